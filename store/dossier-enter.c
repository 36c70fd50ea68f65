/* Documents that go into a dossier as they are filed, by its name alone: the dossier is begun where there
 * is none of that code. What speaks against it never keeps a document out of the archive. */
#include "store/private.h"

/* Inside a transaction. */
static gboolean
find_or_begin(LtStore *store, const char *name, const char *by, gint64 *ret_id, GError **error)
{
    const LtDossierValue values[] = {{LT_DOSSIER_CODE, name}, {LT_DOSSIER_TITLE, name}};
    g_autoptr(LtDossier) dossier = g_new0(LtDossier, 1);
    g_autoptr(GError) problem = NULL;

    if (lt_store_find_dossier(store, name, ret_id, &problem))
        return TRUE;
    if (!g_error_matches(problem, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    dossier->made_by = lt_value_line("--by", by, error);
    dossier->made_at = lt_time_now();
    if (dossier->made_by == NULL ||
        !lt_dossier_take_values(dossier, values, G_N_ELEMENTS(values), error) ||
        !lt_dossier_insert(store, dossier, error))
        return FALSE;
    *ret_id = dossier->id;
    return TRUE;
}

static gboolean
enter(LtStore *store, const LtDossierEntry *entry, gint64 document, GError **error)
{
    g_autoptr(GArray) documents = g_array_new(FALSE, FALSE, sizeof document);
    g_autoptr(LtDossier) dossier = NULL;
    gint64 id = 0;
    guint added;

    g_array_append_val(documents, document);
    if (!find_or_begin(store, entry->dossier, entry->by, &id, error))
        return FALSE;
    dossier = lt_dossier_open(store, id, error);
    return dossier != NULL && lt_dossier_add(store, dossier, documents, &added, error);
}

static gboolean
is_dossiers_trouble(const GError *error)
{
    return g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID) ||
           g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
}

gboolean
lt_dossier_enter(LtStore *store, LtDossierEntry *entry, gint64 document, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (!lt_sql_script(store, "SAVEPOINT dossier", error))
        return FALSE;
    if (enter(store, entry, document, &problem))
        return lt_sql_script(store, "RELEASE dossier", error);
    if (!is_dossiers_trouble(problem)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    g_free(entry->problem);
    entry->problem = g_strdup(problem->message);
    return lt_sql_script(store, "ROLLBACK TO dossier; RELEASE dossier", error);
}

gboolean
lt_store_dossier_enter(LtStore *store, LtDossierEntry *entry, gint64 document, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL && lt_dossier_enter(store, entry, document, error) &&
           lt_transaction_commit(transaction, error);
}
