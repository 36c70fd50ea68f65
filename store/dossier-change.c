/* Dossiers: making and changing them, each in one short transaction. */
#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* --- what a person types --- */

static char *
normalise_year(const char *line, GError **error)
{
    guint64 year = 0;

    if (strspn(line, "0123456789") == strlen(line) &&
        g_ascii_string_to_unsigned(line, 10, 1900, 2100, &year, NULL))
        return g_strdup_printf("%" G_GUINT64_FORMAT, year);
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("'%s' is no year of a dossier: write four digits, such as 2023"), line);
    return NULL;
}

/* "id:" and "@2023" are how dossiers are named. */
static char *
normalise_code(const char *line, GError **error)
{
    if (strchr(line, '@') == NULL && !g_str_has_prefix(line, "id:"))
        return g_strdup(line);
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("'%s' cannot be the code of a dossier: it must not begin with 'id:' or hold '@'"),
                line);
    return NULL;
}

static char *
normalise(LtDossierField field, const char *typed, GError **error)
{
    g_autofree char *line = lt_value_line(lt_dossier_field(field)->name, typed, error);
    glong length = line != NULL ? g_utf8_strlen(line, -1) : 0;

    if (line == NULL)
        return NULL;
    if (field == LT_DOSSIER_START_DATE || field == LT_DOSSIER_END_DATE)
        return lt_value_normalise(LT_FIELD_ISSUED_DATE, line, error);
    if (length > (glong)lt_dossier_field(field)->length) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("'%s' is too long: it has %ld signs, and Decree 30/2020/NĐ-CP allows %u"),
                    lt_dossier_field(field)->name, length, lt_dossier_field(field)->length);
        return NULL;
    }
    if (field == LT_DOSSIER_YEAR)
        return normalise_year(line, error);
    if (field == LT_DOSSIER_CODE)
        return normalise_code(line, error);
    return g_steal_pointer(&line);
}

static gboolean
check_days(const LtDossier *dossier, GError **error)
{
    const char *start = dossier->values[LT_DOSSIER_START_DATE];
    const char *end = dossier->values[LT_DOSSIER_END_DATE];

    if (start == NULL || end == NULL || strcmp(start, end) <= 0)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("a dossier cannot end on '%s', before it begins on '%s'"), end, start);
    return FALSE;
}

gboolean
lt_dossier_take_values(LtDossier *dossier, const LtDossierValue *values, guint n_values,
                       GError **error)
{
    for (guint i = 0; i < n_values; i++) {
        LtDossierField field = values[i].field;
        gboolean empty = values[i].value[0] == '\0';
        char *value = empty ? NULL : normalise(field, values[i].value, error);

        if (value == NULL && !empty)
            return FALSE;
        g_free(dossier->values[field]);
        dossier->values[field] = value;
    }
    if (dossier->values[LT_DOSSIER_CODE] != NULL && dossier->values[LT_DOSSIER_TITLE] != NULL)
        return check_days(dossier, error);
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                        _("a dossier must have a code and a title"));
    return FALSE;
}

/* --- writing; each inside a transaction --- */

static gboolean
check_code(LtStore *store, const LtDossier *dossier, GError **error)
{
    const char *code = dossier->values[LT_DOSSIER_CODE];
    g_autofree char *key = lt_dossier_code_key(code);
    gint64 there = 0;

    if (!lt_sql_integer(store, &there, error,
                        "SELECT id FROM dossier WHERE key_code = ? AND coalesce(year, 0) = ?"
                        " AND id <> ?",
                        "sii", key, lt_dossier_year(dossier), dossier->id))
        return FALSE;
    if (there == 0)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("the dossier id:%" PRId64 " of the same year has the code '%s' already"), there,
                code);
    return FALSE;
}

static gboolean
write_values(LtStore *store, const LtDossier *dossier, GError **error)
{
    g_autofree char *key = lt_dossier_code_key(dossier->values[LT_DOSSIER_CODE]);
    char *const *v = dossier->values;

    return lt_sql_run(store, error,
                      "UPDATE dossier SET (" LT_DOSSIER_COLUMNS ", key_code) ="
                      " (?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
                      "sissssssssssi", v[LT_DOSSIER_ORGAN_ID], lt_dossier_year(dossier),
                      v[LT_DOSSIER_CODE], v[LT_DOSSIER_TITLE], v[LT_DOSSIER_RETENTION],
                      v[LT_DOSSIER_ACCESS], v[LT_DOSSIER_CREATOR], v[LT_DOSSIER_LANGUAGE],
                      v[LT_DOSSIER_START_DATE], v[LT_DOSSIER_END_DATE], v[LT_DOSSIER_DESCRIPTION],
                      key, dossier->id);
}

gboolean
lt_dossier_insert(LtStore *store, LtDossier *dossier, GError **error)
{
    if (!check_code(store, dossier, error) ||
        !lt_sql_run(store, error,
                    "INSERT INTO dossier (code, key_code, year, title, made_at, made_by)"
                    " VALUES (?, ?, nullif(?, 0), ?, ?, ?)",
                    "ssisss", dossier->values[LT_DOSSIER_CODE], "", lt_dossier_year(dossier),
                    dossier->values[LT_DOSSIER_TITLE], dossier->made_at, dossier->made_by))
        return FALSE;
    dossier->id = sqlite3_last_insert_rowid(store->db);
    return write_values(store, dossier, error);
}

gboolean
lt_store_dossier_new(LtStore *store, const LtDossierValue *values, guint n_values, const char *by,
                     gint64 *ret_id, GError **error)
{
    g_autoptr(LtDossier) dossier = g_new0(LtDossier, 1);
    g_autoptr(LtTransaction) transaction = NULL;

    dossier->made_by = lt_value_line("--by", by, error);
    dossier->made_at = lt_time_now();
    if (dossier->made_by == NULL || !lt_dossier_take_values(dossier, values, n_values, error))
        return FALSE;
    transaction = lt_transaction_begin(store, error);
    if (transaction == NULL || !lt_dossier_insert(store, dossier, error) ||
        !lt_transaction_commit(transaction, error))
        return FALSE;
    *ret_id = dossier->id;
    return TRUE;
}

/* (transfer full) where it may be changed. */
LtDossier *
lt_dossier_open(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(LtDossier) dossier = lt_store_dossier(store, id, error);

    if (dossier == NULL || dossier->closed_at == NULL)
        return g_steal_pointer(&dossier);
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("the dossier '%s' was closed by %s: 'luutru dossier close --reopen' opens it"),
                dossier->values[LT_DOSSIER_CODE], dossier->closed_by);
    return NULL;
}

gboolean
lt_store_dossier_edit(LtStore *store, gint64 id, const LtDossierValue *values, guint n_values,
                      GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(LtDossier) dossier = transaction != NULL ? lt_dossier_open(store, id, error) : NULL;

    return dossier != NULL && lt_dossier_take_values(dossier, values, n_values, error) &&
           check_code(store, dossier, error) && write_values(store, dossier, error) &&
           lt_transaction_commit(transaction, error);
}

/* Thousands of documents in one transaction: only what decides is read of each. */
gboolean
lt_dossier_check_admissible(LtStore *store, gint64 document, GError **error)
{
    g_autoptr(sqlite3_stmt) row = lt_sql_prepare(
        store, error,
        "SELECT secrecy, EXISTS (SELECT 1 FROM admission a WHERE a.sha256 = d.sha256)"
        " FROM document d WHERE id = ?",
        "i", document);
    int got = row != NULL ? lt_sql_step(store, row, error) : -1;

    if (got <= 0)
        return got == 0 ? lt_document_fail(store, document, error) : FALSE;
    if (sqlite3_column_type(row, 0) == SQLITE_NULL || sqlite3_column_int(row, 1) != 0)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("document #%" PRId64 " is marked %s: it does not belong into a dossier that is "
                  "open to everyone"),
                document, (const char *)sqlite3_column_text(row, 0));
    return FALSE;
}

static gboolean
add_one(LtStore *store, gint64 id, gint64 document, gint64 position, guint *added, GError **error)
{
    if (!lt_dossier_check_admissible(store, document, error) ||
        !lt_sql_run(store, error,
                    "INSERT INTO dossier_document VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "iii",
                    id, document, position))
        return FALSE;
    *added += (guint)sqlite3_changes(store->db);
    return TRUE;
}

gboolean
lt_dossier_add(LtStore *store, const LtDossier *dossier, const GArray *documents, guint *ret_added,
               GError **error)
{
    gint64 last = 0;

    *ret_added = 0;
    if (!lt_sql_integer(store, &last, error,
                        "SELECT max(position) FROM dossier_document WHERE dossier = ?", "i",
                        dossier->id))
        return FALSE;
    for (guint i = 0; i < documents->len; i++)
        if (!add_one(store, dossier->id, g_array_index(documents, gint64, i), last + 1 + i,
                     ret_added, error))
            return FALSE;
    if (dossier->documents + *ret_added <= LT_DOSSIER_MAX_DOCUMENTS)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("a dossier holds at most %u documents: '%s' would have %u"),
                LT_DOSSIER_MAX_DOCUMENTS, dossier->values[LT_DOSSIER_CODE],
                dossier->documents + *ret_added);
    return FALSE;
}

gboolean
lt_store_dossier_add(LtStore *store, gint64 id, const GArray *documents, guint *ret_added,
                     GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(LtDossier) dossier = transaction != NULL ? lt_dossier_open(store, id, error) : NULL;

    return dossier != NULL && lt_dossier_add(store, dossier, documents, ret_added, error) &&
           lt_transaction_commit(transaction, error);
}

static gboolean
fail_not_in(const LtDossier *dossier, gint64 document, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                _("document #%" PRId64 " is not in the dossier '%s'"), document,
                dossier->values[LT_DOSSIER_CODE]);
    return FALSE;
}

gboolean
lt_store_dossier_drop(LtStore *store, gint64 id, const GArray *documents, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(LtDossier) dossier = transaction != NULL ? lt_dossier_open(store, id, error) : NULL;

    if (dossier == NULL)
        return FALSE;
    for (guint i = 0; i < documents->len; i++) {
        gint64 document = g_array_index(documents, gint64, i);
        if (!lt_sql_run(store, error,
                        "DELETE FROM dossier_document WHERE dossier = ? AND document = ?", "ii", id,
                        document))
            return FALSE;
        if (sqlite3_changes(store->db) == 0)
            return fail_not_in(dossier, document, error);
    }
    return lt_transaction_commit(transaction, error);
}

gboolean
lt_store_dossier_delete(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(LtDossier) dossier = transaction != NULL ? lt_dossier_open(store, id, error) : NULL;

    if (dossier == NULL)
        return FALSE;
    if (dossier->ids->len > 0) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("the dossier '%s' holds %u documents: take them out first"),
                    dossier->values[LT_DOSSIER_CODE], dossier->ids->len);
        return FALSE;
    }
    return lt_sql_run(store, error, "DELETE FROM dossier WHERE id = ?", "i", id) &&
           lt_transaction_commit(transaction, error);
}

/* Numbers the documents of a dossier anew, in the order of ids. */
static gboolean
write_order(LtStore *store, gint64 id, const GArray *ids, GError **error)
{
    for (guint i = 0; i < ids->len; i++)
        if (!lt_sql_run(store, error,
                        "UPDATE dossier_document SET position = ? WHERE dossier = ?"
                        " AND document = ?",
                        "iii", (gint64)i + 1, id, g_array_index(ids, gint64, i)))
            return FALSE;
    return TRUE;
}

gboolean
lt_store_dossier_sort(LtStore *store, gint64 id, LtDossierOrder order, GError **error)
{
    static const char *const orders[] = {
        [LT_DOSSIER_BY_DATE] = "d.issued_date IS NULL, d.issued_date, d.key_notation,"
                               " CAST(d.code_number AS INTEGER), d.code_number, d.id",
        [LT_DOSSIER_BY_NUMBER] =
            "d.key_notation IS NULL, d.key_notation_words,"
            " CAST(d.code_number AS INTEGER), d.code_number, d.issued_date, d.id",
        [LT_DOSSIER_BY_FILING] = "d.id",
    };
    g_autofree char *sql =
        g_strconcat("UPDATE dossier_document SET position = o.place FROM (SELECT m.document AS"
                    " document, row_number() OVER (ORDER BY ",
                    orders[order],
                    ") AS place FROM dossier_document m JOIN document d ON d.id = m.document"
                    " WHERE m.dossier = ?1) AS o WHERE dossier_document.dossier = ?1"
                    " AND dossier_document.document = o.document",
                    NULL);
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(LtDossier) dossier = transaction != NULL ? lt_dossier_open(store, id, error) : NULL;

    return dossier != NULL && lt_sql_run(store, error, sql, "i", id) &&
           lt_transaction_commit(transaction, error);
}

gboolean
lt_store_dossier_move(LtStore *store, gint64 id, gint64 document, guint ordinal, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(LtDossier) dossier = transaction != NULL ? lt_dossier_open(store, id, error) : NULL;
    guint at = 0;

    if (dossier == NULL)
        return FALSE;
    while (at < dossier->ids->len && g_array_index(dossier->ids, gint64, at) != document)
        at++;
    if (at == dossier->ids->len)
        return fail_not_in(dossier, document, error);
    g_array_remove_index(dossier->ids, at);
    at = CLAMP(ordinal, 1, dossier->ids->len + 1) - 1;
    g_array_insert_val(dossier->ids, at, document);
    return write_order(store, id, dossier->ids, error) && lt_transaction_commit(transaction, error);
}

gboolean
lt_store_dossier_close(LtStore *store, gint64 id, const char *by, GError **error)
{
    g_autofree char *who = by != NULL ? lt_value_line("--by", by, error) : NULL;
    g_autofree char *now = who != NULL ? lt_time_now() : NULL;
    g_autoptr(LtTransaction) transaction = NULL;
    g_autoptr(LtDossier) dossier = NULL;

    if (by != NULL && who == NULL)
        return FALSE;
    transaction = lt_transaction_begin(store, error);
    if (transaction != NULL)
        dossier =
            by != NULL ? lt_dossier_open(store, id, error) : lt_store_dossier(store, id, error);
    return dossier != NULL &&
           lt_sql_run(store, error, "UPDATE dossier SET closed_at = ?, closed_by = ? WHERE id = ?",
                      "ssi", now, who, id) &&
           lt_transaction_commit(transaction, error);
}
