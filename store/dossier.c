/* Dossiers: reading them. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Lengths: Decree 30/2020/NĐ-CP, Appendix VI, part II. */
static const LtDossierFieldInfo fields[LT_DOSSIER_N_FIELDS] = {
    [LT_DOSSIER_ORGAN_ID] = {"organ_id", "OrganId", 13},
    [LT_DOSSIER_YEAR] = {"year", "FileCatalog", 4},
    [LT_DOSSIER_CODE] = {"code", "FileNotation", 20},
    [LT_DOSSIER_TITLE] = {"title", "Title", 500},
    [LT_DOSSIER_RETENTION] = {"retention", "Maintenance", 30},
    [LT_DOSSIER_ACCESS] = {"access", "Rights", 30},
    [LT_DOSSIER_CREATOR] = {"creator", "Creator", 30},
    [LT_DOSSIER_LANGUAGE] = {"language", "Language", 50},
    [LT_DOSSIER_START_DATE] = {"start_date", "StartDate", 10},
    [LT_DOSSIER_END_DATE] = {"end_date", "EndDate", 10},
    [LT_DOSSIER_DESCRIPTION] = {"description", "Description", 500},
};

const LtDossierFieldInfo *
lt_dossier_field(LtDossierField field)
{
    g_return_val_if_fail((guint)field < LT_DOSSIER_N_FIELDS, NULL);
    return &fields[field];
}

void
lt_dossier_free(LtDossier *dossier)
{
    if (dossier == NULL)
        return;
    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++)
        g_free(dossier->values[i]);
    g_free(dossier->made_at);
    g_free(dossier->made_by);
    g_free(dossier->closed_at);
    g_free(dossier->closed_by);
    g_free(dossier->first_date);
    g_free(dossier->last_date);
    g_clear_pointer(&dossier->ids, g_array_unref);
    g_free(dossier);
}

const char *
lt_dossier_start(const LtDossier *dossier)
{
    const char *given = dossier->values[LT_DOSSIER_START_DATE];

    return given != NULL ? given : dossier->first_date;
}

const char *
lt_dossier_end(const LtDossier *dossier)
{
    const char *given = dossier->values[LT_DOSSIER_END_DATE];

    return given != NULL ? given : dossier->last_date;
}

gint64
lt_dossier_year(const LtDossier *dossier)
{
    const char *year = dossier->values[LT_DOSSIER_YEAR];

    return year != NULL ? g_ascii_strtoll(year, NULL, 10) : 0;
}

char *
lt_dossier_code_key(const char *code)
{
    g_autofree char *canonical = lt_text_canonical(code);

    return g_utf8_strdown(canonical, -1);
}

/* --- looking up --- */

static gboolean
fail_missing(const char *name, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                _("there is no dossier '%s': see 'luutru dossier list'"), name);
    return FALSE;
}

/* The dossiers of a code; year 0: of any year. */
static gboolean
find_code(LtStore *store, const char *code, gint64 year, gint64 *ret_id, gint64 *ret_count,
          GError **error)
{
    g_autofree char *key = lt_dossier_code_key(code);
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(store, error,
                       "SELECT max(id), count(*) FROM dossier WHERE key_code = ?1"
                       " AND (?2 = 0 OR year = ?2)",
                       "si", key, year);

    if (rows == NULL || lt_sql_step(store, rows, error) < 0)
        return FALSE;
    *ret_id = sqlite3_column_int64(rows, 0);
    *ret_count = sqlite3_column_int64(rows, 1);
    return TRUE;
}

gboolean
lt_store_find_dossier(LtStore *store, const char *name, gint64 *ret_id, GError **error)
{
    const char *at = strrchr(name, '@');
    g_autofree char *code = at != NULL ? g_strndup(name, (gsize)(at - name)) : g_strdup(name);
    guint64 id = 0, year = 0;
    gint64 count = 0;

    if (!g_utf8_validate(name, -1, NULL))
        return fail_missing("?", error);
    if (g_str_has_prefix(name, "id:")) {
        if (!g_ascii_string_to_unsigned(name + 3, 10, 1, G_MAXINT64, &id, NULL))
            return fail_missing(name, error);
        if (!lt_sql_integer(store, ret_id, error, "SELECT id FROM dossier WHERE id = ?", "i",
                            (gint64)id))
            return FALSE;
        return *ret_id != 0 || fail_missing(name, error);
    }
    if (at != NULL && !g_ascii_string_to_unsigned(at + 1, 10, 1, 9999, &year, NULL))
        return fail_missing(name, error);
    if (!find_code(store, code, (gint64)year, ret_id, &count, error))
        return FALSE;
    if (count == 0)
        return fail_missing(name, error);
    if (count == 1)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("%" PRId64
                  " dossiers have the code '%s': add the year, such as '%s@2023', or name "
                  "it by its id, such as id:3"),
                count, code, code);
    return FALSE;
}

static LtDossier *
dossier_from_statement(sqlite3_stmt *row)
{
    LtDossier *dossier = g_new0(LtDossier, 1);
    int at = 0;

    dossier->id = sqlite3_column_int64(row, at++);
    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++)
        dossier->values[i] = lt_sql_dup_text(row, at++);
    dossier->made_at = lt_sql_dup_text(row, at++);
    dossier->made_by = lt_sql_dup_text(row, at++);
    dossier->closed_at = lt_sql_dup_text(row, at++);
    dossier->closed_by = lt_sql_dup_text(row, at++);
    dossier->documents = (guint)sqlite3_column_int(row, at++);
    dossier->pages = (guint)sqlite3_column_int(row, at++);
    dossier->first_date = lt_sql_dup_text(row, at++);
    dossier->last_date = lt_sql_dup_text(row, at++);
    return dossier;
}

#define SELECT_DOSSIER                                                                             \
    "SELECT s.id, " LT_DOSSIER_COLUMNS ", made_at, made_by, closed_at, closed_by, count(d.id),"    \
    " sum(d.page_count), min(d.issued_date), max(d.issued_date) FROM dossier s"                    \
    " LEFT JOIN dossier_document m ON m.dossier = s.id LEFT JOIN document d ON d.id = m.document"

GPtrArray *
lt_store_dossiers(LtStore *store, guint year, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)lt_dossier_free);
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(store, error,
                       SELECT_DOSSIER " WHERE ?1 = 0 OR s.year = ?1 GROUP BY s.id"
                                      " ORDER BY s.year, s.key_code, s.id",
                       "i", (gint64)year);
    int got = -1;

    if (rows == NULL)
        return NULL;
    while ((got = lt_sql_step(store, rows, error)) > 0)
        g_ptr_array_add(list, dossier_from_statement(rows));
    return got == 0 ? g_steal_pointer(&list) : NULL;
}

static gboolean
read_ids(LtStore *store, LtDossier *dossier, GError **error)
{
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(
        store, error,
        "SELECT document FROM dossier_document WHERE dossier = ? ORDER BY position, document", "i",
        dossier->id);
    int got = -1;

    if (rows == NULL)
        return FALSE;
    dossier->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    while ((got = lt_sql_step(store, rows, error)) > 0) {
        gint64 id = sqlite3_column_int64(rows, 0);
        g_array_append_val(dossier->ids, id);
    }
    return got == 0;
}

LtDossier *
lt_store_dossier(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        lt_sql_prepare(store, error, SELECT_DOSSIER " WHERE s.id = ? GROUP BY s.id", "i", id);
    int got = row != NULL ? lt_sql_step(store, row, error) : -1;
    g_autoptr(LtDossier) dossier = got > 0 ? dossier_from_statement(row) : NULL;
    g_autofree char *name = g_strdup_printf("id:%" PRId64, id);

    if (got == 0)
        fail_missing(name, error);
    return dossier != NULL && read_ids(store, dossier, error) ? g_steal_pointer(&dossier) : NULL;
}

gboolean
lt_store_read_memberships(LtStore *store, LtRecord *record, GError **error)
{
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(
        store, error,
        "SELECT s.id, s.code, s.year, s.title, (SELECT count(*) FROM dossier_document o"
        " WHERE o.dossier = m.dossier AND o.position <= m.position)"
        " FROM dossier_document m JOIN dossier s ON s.id = m.dossier WHERE m.document = ?"
        " ORDER BY s.id",
        "i", record->id);
    int got = -1;

    g_ptr_array_set_size(record->dossiers, 0);
    if (rows == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, rows, error)) > 0) {
        const LtMembership membership = {
            .dossier = sqlite3_column_int64(rows, 0),
            .code = (char *)sqlite3_column_text(rows, 1),
            .year = (guint)sqlite3_column_int(rows, 2),
            .title = (char *)sqlite3_column_text(rows, 3),
            .ordinal = (guint)sqlite3_column_int(rows, 4),
        };
        lt_record_add_membership(record, &membership);
    }
    return got == 0;
}
