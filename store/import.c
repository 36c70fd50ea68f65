/* A package that was read, into the archive: the dossier, and what people corrected elsewhere. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

gboolean
lt_store_has_originals(LtStore *store, const LtPackage *package, const LtPackageItem **ret_missing,
                       GError **error)
{
    if (ret_missing != NULL)
        *ret_missing = NULL;
    for (guint i = 0; i < package->items->len; i++) {
        const LtPackageItem *item = g_ptr_array_index(package->items, i);
        gint64 id = 0;
        if (!lt_store_find_sha256(store, item->sha256, &id, error))
            return FALSE;
        if (id == 0) {
            if (ret_missing != NULL)
                *ret_missing = item;
            return FALSE;
        }
    }
    return TRUE;
}

/* The values of a package as a dossier, checked as if a person had typed them. (transfer full) */
static LtDossier *
dossier_of(const LtPackage *package, const char *by, GError **error)
{
    g_autoptr(LtDossier) dossier = g_new0(LtDossier, 1);
    LtDossierValue values[LT_DOSSIER_N_FIELDS];
    guint n = 0;

    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++)
        if (package->values[i] != NULL)
            values[n++] = (LtDossierValue){i, package->values[i]};
    dossier->made_by = lt_value_line("--by", by, error);
    dossier->made_at = lt_time_now();
    if (dossier->made_by == NULL || !lt_dossier_take_values(dossier, values, n, error))
        return NULL;
    return g_steal_pointer(&dossier);
}

/* The dossier of that code and year; NULL without error where there is none. (transfer full) */
static LtDossier *
find_same(LtStore *store, const LtDossier *dossier, GError **error)
{
    g_autofree char *key = lt_dossier_code_key(dossier->values[LT_DOSSIER_CODE]);
    gint64 id = 0;

    if (!lt_sql_integer(store, &id, error,
                        "SELECT id FROM dossier WHERE key_code = ? AND coalesce(year, 0) = ?", "si",
                        key, lt_dossier_year(dossier)))
        return NULL;
    return id != 0 ? lt_store_dossier(store, id, error) : NULL;
}

static gboolean
check_same(const LtDossier *there, const LtDossier *dossier, GError **error)
{
    const char *title = there->values[LT_DOSSIER_TITLE];

    if (g_strcmp0(title, dossier->values[LT_DOSSIER_TITLE]) == 0)
        return TRUE;
    g_set_error(
        error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
        _("the archive has another dossier with the code '%s' of that year, '%s': give that "
          "one another code first"),
        there->values[LT_DOSSIER_CODE], title);
    return FALSE;
}

static gboolean
check_not_removed(LtStore *store, const LtPackageItem *item, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(LtRemoval) removal = lt_store_find_removal(store, item->sha256, &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (removal == NULL)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("'%s' was removed from this archive by %s: %s"), item->path, removal->by,
                removal->reason);
    return FALSE;
}

static GArray *
find_ids(LtStore *store, const LtPackage *package, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < package->items->len; i++) {
        const LtPackageItem *item = g_ptr_array_index(package->items, i);
        gint64 id = 0;
        if (!lt_store_find_sha256(store, item->sha256, &id, error))
            return NULL;
        if (id == 0) {
            g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                        _("'%s' is not filed: the dossier is not made"), item->path);
            return NULL;
        }
        g_array_append_val(ids, id);
    }
    return g_steal_pointer(&ids);
}

static gboolean
has_all(const LtDossier *dossier, const GArray *ids)
{
    g_autoptr(GHashTable) there = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (guint i = 0; i < dossier->ids->len; i++)
        g_hash_table_add(there, &g_array_index(dossier->ids, gint64, i));
    for (guint i = 0; i < ids->len; i++)
        if (!g_hash_table_contains(there, &g_array_index(ids, gint64, i)))
            return FALSE;
    return TRUE;
}

static gboolean
fail_closed(const LtDossier *there, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("the dossier '%s' was closed by %s: 'luutru dossier close --reopen' opens it"),
                there->values[LT_DOSSIER_CODE], there->closed_by);
    return FALSE;
}

/* A dossier that was closed takes nothing, and needs nothing if it has all of the package. */
static gboolean
check_open(LtStore *store, const LtDossier *there, const LtPackage *package, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GArray) ids = there->closed_at != NULL ? find_ids(store, package, &failure) : NULL;

    if (there->closed_at == NULL || (ids != NULL && has_all(there, ids)))
        return TRUE;
    if (ids != NULL || g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
        return fail_closed(there, error);
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

gboolean
lt_store_can_import(LtStore *store, const LtPackage *package, GError **error)
{
    g_autoptr(LtDossier) dossier = dossier_of(package, "-", error);
    g_autoptr(LtDossier) there = NULL;
    g_autoptr(GError) failure = NULL;

    if (dossier == NULL)
        return FALSE;
    there = find_same(store, dossier, &failure);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (there != NULL &&
        (!check_same(there, dossier, error) || !check_open(store, there, package, error)))
        return FALSE;
    for (guint i = 0; i < package->items->len; i++)
        if (!check_not_removed(store, g_ptr_array_index(package->items, i), error))
            return FALSE;
    return TRUE;
}

/* Days that follow from the documents are not a person's: they go on following. */
static gboolean
drop_derived_days(LtStore *store, gint64 id, GError **error)
{
    return lt_sql_run(store, error,
                      "UPDATE dossier SET"
                      " start_date = nullif(start_date, (SELECT min(issued_date) FROM document d"
                      "  JOIN dossier_document m ON m.document = d.id WHERE m.dossier = ?1)),"
                      " end_date = nullif(end_date, (SELECT max(issued_date) FROM document d"
                      "  JOIN dossier_document m ON m.document = d.id WHERE m.dossier = ?1))"
                      " WHERE id = ?1",
                      "i", id);
}

/* Inside a transaction. */
static gboolean
put_dossier(LtStore *store, LtDossier *dossier, const GArray *ids, LtImported *imported,
            GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(LtDossier) there = find_same(store, dossier, &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    imported->made = there == NULL;
    if (there == NULL) {
        if (!lt_dossier_insert(store, dossier, error) ||
            !lt_dossier_add(store, dossier, ids, &imported->added, error))
            return FALSE;
        imported->dossier = dossier->id;
        return drop_derived_days(store, dossier->id, error);
    }
    imported->dossier = there->id;
    if (!check_same(there, dossier, error))
        return FALSE;
    if (has_all(there, ids))
        return TRUE;
    return there->closed_at != NULL ? fail_closed(there, error)
                                    : lt_dossier_add(store, there, ids, &imported->added, error);
}

gboolean
lt_store_import(LtStore *store, const LtPackage *package, const char *by, LtImported *ret_imported,
                GError **error)
{
    g_autoptr(LtDossier) dossier = dossier_of(package, by, error);
    g_autoptr(LtTransaction) transaction =
        dossier != NULL ? lt_transaction_begin(store, error) : NULL;
    g_autoptr(GArray) ids = transaction != NULL ? find_ids(store, package, error) : NULL;
    LtImported imported = {0};

    if (ids == NULL || !put_dossier(store, dossier, ids, &imported, error))
        return FALSE;
    for (guint i = 0; i < package->items->len; i++) {
        const LtPackageItem *item = g_ptr_array_index(package->items, i);
        gint64 id = g_array_index(ids, gint64, i);
        guint taken = 0;
        /* What marks a document as secret here is lifted here alone, not by a package. */
        if (!lt_dossier_check_admissible(store, id, error) ||
            !lt_correct_take_over(store, id, item->corrections, &taken, error)) {
            g_prefix_error(error, "%s: ", item->path);
            return FALSE;
        }
        imported.corrections += taken;
    }
    if (!lt_transaction_commit(transaction, error))
        return FALSE;
    *ret_imported = imported;
    return TRUE;
}
