/* A document that is there, written anew, one revision higher. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

gboolean
lt_revise_check(LtStore *store, gint64 id, guint revision, GError **error)
{
    gint64 present;

    if (!lt_sql_integer(store, &present, error, "SELECT revision FROM document WHERE id = ?", "i",
                        id))
        return FALSE;
    if (present == 0)
        return lt_document_fail(store, id, error);
    if (revision == 0 || present == revision)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_CONFLICT,
                _("document #%" PRId64 " was changed meanwhile: it is at revision %" PRId64
                  ", not %u; look at it again"),
                id, present, revision);
    return FALSE;
}

gboolean
lt_revise_write(LtStore *store, LtRecord *record, gboolean with_pages, GError **error)
{
    record->revision++;
    return lt_index_drop(store, record->id, error) &&
           lt_sql_run(store, error,
                      "UPDATE document SET revision = ?, page_count = ?, needs_review = ?"
                      " WHERE id = ?",
                      "iiii", (gint64)record->revision, (gint64)record->page_count,
                      (gint64)(record->doubts->len > 0), record->id) &&
           lt_write_fields(store, record, error) &&
           (!with_pages || lt_write_pages(store, record, error)) &&
           lt_index_put(store, record->id, error) && lt_store_read_duplicates(store, record, error);
}

gboolean
lt_store_revise(LtStore *store, LtRecord *record, gboolean with_pages, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    guint revision = record->revision;

    if (transaction != NULL && lt_revise_check(store, record->id, revision, error) &&
        lt_revise_write(store, record, with_pages, error) &&
        lt_transaction_commit(transaction, error))
        return TRUE;
    record->revision = revision;
    return FALSE;
}
