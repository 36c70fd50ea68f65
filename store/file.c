/* Filing: everything about one document, in one transaction. */
#include "store/private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
insert_document(LtStore *store, LtRecord *record, GError **error)
{
    if (!lt_sql_run(
            store, error,
            "INSERT INTO document (revision, sha256, source, status, format, size, filed_at,"
            " page_count, needs_review) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "ispssisii", (gint64)record->revision, record->sha256, record->source, record->status,
            record->format, (gint64)record->size, record->filed_at, (gint64)record->page_count,
            (gint64)(record->doubts->len > 0)))
        return FALSE;
    record->id = sqlite3_last_insert_rowid(store->db);
    return TRUE;
}

static gboolean
write_all(LtStore *store, LtRecord *record, gint64 ledger_row, LtDossierEntry *entry,
          GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL && insert_document(store, record, error) &&
           lt_write_fields(store, record, error) && lt_write_pages(store, record, error) &&
           lt_index_put(store, record->id, error) &&
           (ledger_row == 0 || lt_store_ledger_set(store, ledger_row, LT_LEDGER_FILED, NULL,
                                                   record->sha256, record->id, error)) &&
           lt_store_unstage(store, record->sha256, error) &&
           lt_store_read_duplicates(store, record, error) &&
           (entry == NULL || lt_dossier_enter(store, entry, record->id, error)) &&
           lt_transaction_commit(transaction, error);
}

static gboolean
check_record(LtStore *store, const LtRecord *record, GError **error)
{
    gint64 there = 0;

    if (record->sha256 == NULL || strlen(record->sha256) != LT_STORE_SHA256_LENGTH ||
        record->source == NULL) {
        g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                            _("a document without its SHA-256 sum and source cannot be filed"));
        return FALSE;
    }
    if (!lt_store_find_sha256(store, record->sha256, &there, error))
        return FALSE;
    if (there == 0)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("these bytes are filed already, as #%" PRId64), there);
    return FALSE;
}

gboolean
lt_store_file(LtStore *store, LtRecord *record, gint64 ledger_row, GError **error)
{
    return lt_store_file_into(store, record, ledger_row, NULL, error);
}

gboolean
lt_store_file_into(LtStore *store, LtRecord *record, gint64 ledger_row, LtDossierEntry *entry,
                   GError **error)
{
    if (!check_record(store, record, error))
        return FALSE;
    record->revision = 1;
    g_free(record->status);
    record->status = g_strdup("filed");
    g_free(record->filed_at);
    record->filed_at = lt_time_now();
    if (record->page_count == 0)
        record->page_count = record->pages->len;
    if (write_all(store, record, ledger_row, entry, error))
        return TRUE;
    record->id = 0;
    return FALSE;
}

gboolean
lt_store_find_sha256(LtStore *store, const char *sha256, gint64 *ret_id, GError **error)
{
    return lt_sql_integer(store, ret_id, error, "SELECT id FROM document WHERE sha256 = ?", "s",
                          sha256);
}
