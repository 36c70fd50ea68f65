/* Taking documents out, and letting held ones in. Both leave a trace that names who and why. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

void
lt_removal_free(LtRemoval *removal)
{
    if (removal == NULL)
        return;
    g_free(removal->sha256);
    g_free(removal->number);
    g_free(removal->reason);
    g_free(removal->by);
    g_free(removal->at);
    g_free(removal);
}

LtRemoval *
lt_store_find_removal(LtStore *store, const char *sha256, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT document, sha256, number, reason, who, at FROM removal"
                       " WHERE sha256 = ?",
                       "s", sha256);

    if (statement == NULL || lt_sql_step(store, statement, error) <= 0)
        return NULL;
    LtRemoval *removal = g_new0(LtRemoval, 1);
    removal->document = sqlite3_column_int64(statement, 0);
    removal->sha256 = lt_sql_dup_text(statement, 1);
    removal->number = lt_sql_dup_text(statement, 2);
    removal->reason = lt_sql_dup_text(statement, 3);
    removal->by = lt_sql_dup_text(statement, 4);
    removal->at = lt_sql_dup_text(statement, 5);
    return removal;
}

/* The files that it came from are settled: nothing takes them up again. */
static gboolean
settle_ledger(LtStore *store, const char *sha256, gint64 id, const char *reason, GError **error)
{
    g_autofree char *now = lt_time_now();

    return lt_sql_run(store, error,
                      "UPDATE ledger SET state = ?, reason = ?, document = NULL, changed_at = ?"
                      " WHERE document = ? OR sha256 = ?",
                      "sssis", lt_ledger_state_name(LT_LEDGER_SKIPPED), reason, now, id, sha256);
}

/* Inside a transaction. ret_sha256: of the original that is not needed any more. */
static gboolean
take_out(LtStore *store, gint64 id, const char *reason, const char *by, char **ret_sha256,
         GError **error)
{
    g_autoptr(LtRecord) record = lt_store_document(store, id, FALSE, error);
    g_autofree char *now = lt_time_now();
    g_autofree char *told = NULL;

    if (record == NULL)
        return FALSE;
    told = g_strdup_printf(_("removed by %s: %s"), by, reason);
    if (!lt_sql_run(store, error, "INSERT INTO removal VALUES (?, ?, ?, ?, ?, ?)", "isssss", id,
                    record->sha256, record->fields[LT_FIELD_NUMBER].value, reason, by, now) ||
        !settle_ledger(store, record->sha256, id, told, error) ||
        !lt_store_unstage(store, record->sha256, error) || !lt_index_drop(store, id, error) ||
        !lt_sql_run(store, error, "DELETE FROM document WHERE id = ?", "i", id) ||
        !lt_index_owe_scrub(store, error))
        return FALSE;
    *ret_sha256 = g_steal_pointer(&record->sha256);
    return TRUE;
}

gboolean
lt_store_remove(LtStore *store, gint64 id, const char *reason, const char *by, GError **error)
{
    g_autofree char *why = lt_value_line("--reason", reason, error);
    g_autofree char *who = why != NULL ? lt_value_line("--by", by, error) : NULL;
    g_autofree char *sha256 = NULL;

    if (who == NULL)
        return FALSE;
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    if (transaction == NULL || !take_out(store, id, why, who, &sha256, error) ||
        !lt_transaction_commit(transaction, error))
        return FALSE;
    gboolean dropped = lt_store_drop_original(store, sha256, error);
    /* It is removed: what others do not let be cleaned now is noted. */
    lt_store_clean(store, 0, NULL);
    return dropped;
}

gboolean
lt_store_sweep_removed(LtStore *store, guint seconds, GError **error)
{
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(store, error, "SELECT sha256 FROM removal", "");
    gboolean dropped = TRUE;
    int got = -1;

    /* One that cannot be deleted keeps nothing else from being done. */
    while (rows != NULL && (got = lt_sql_step(store, rows, dropped ? error : NULL)) > 0) {
        const char *sha256 = (const char *)sqlite3_column_text(rows, 0);

        /* What is no sum any more names no original. */
        if (lt_is_sha256(sha256) && !lt_store_drop_original(store, sha256, dropped ? error : NULL))
            dropped = FALSE;
    }
    g_clear_pointer(&rows, sqlite3_finalize);
    return got == 0 && lt_store_clean(store, seconds, dropped ? error : NULL) && dropped;
}

/* --- held documents --- */

/* The row's bytes; NULL with an error where it is not held. */
static char *
held_sha256(LtStore *store, gint64 row, GError **error)
{
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, error, "SELECT sha256 FROM ledger WHERE id = ? AND state = ? AND sha256 IS NOT NULL",
        "is", row, lt_ledger_state_name(LT_LEDGER_HELD));
    int got = statement != NULL ? lt_sql_step(store, statement, error) : -1;

    if (got > 0)
        return lt_sql_dup_text(statement, 0);
    if (got == 0)
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                    _("the file %" PRId64 " is not held: see 'luutru quarantine list'"), row);
    return NULL;
}

/* Its copies are held for the same mark; the first is filed and they are its duplicates. */
static gboolean
let_in(LtStore *store, gint64 row, const char *reason, const char *by, GError **error)
{
    g_autofree char *sha256 = held_sha256(store, row, error);
    g_autofree char *now = lt_time_now();

    return sha256 != NULL &&
           lt_sql_run(store, error,
                      "INSERT INTO admission (sha256, reason, who, at) VALUES (?, ?, ?, ?)", "ssss",
                      sha256, reason, by, now) &&
           lt_sql_run(store, error,
                      "UPDATE ledger SET state = ?, reason = NULL, changed_at = ?"
                      " WHERE sha256 = ? AND state = ?",
                      "ssss", lt_ledger_state_name(LT_LEDGER_STORED), now, sha256,
                      lt_ledger_state_name(LT_LEDGER_HELD));
}

gboolean
lt_store_release(LtStore *store, gint64 ledger_row, const char *reason, const char *by,
                 GError **error)
{
    g_autofree char *why = lt_value_line("--reason", reason, error);
    g_autofree char *who = why != NULL ? lt_value_line("--by", by, error) : NULL;

    if (who == NULL)
        return FALSE;
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    return transaction != NULL && let_in(store, ledger_row, why, who, error) &&
           lt_transaction_commit(transaction, error);
}

gboolean
lt_store_is_released(LtStore *store, const char *sha256, gboolean *ret_released, GError **error)
{
    gint64 n;

    if (!lt_sql_integer(store, &n, error, "SELECT count(*) FROM admission WHERE sha256 = ?", "s",
                        sha256))
        return FALSE;
    *ret_released = n > 0;
    return TRUE;
}

gboolean
lt_store_is_secret(LtStore *store, const LtRecord *record, gboolean *ret_secret, GError **error)
{
    gboolean released = FALSE;

    *ret_secret = FALSE;
    if (record->fields[LT_FIELD_SECRECY].value == NULL)
        return TRUE;
    if (!lt_store_is_released(store, record->sha256, &released, error))
        return FALSE;
    *ret_secret = !released;
    return TRUE;
}
