/* The first stage of a check: SQLite's structure, the schema, and what can be asked in one query. */
#include "store/verify.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define STEPS_OF_SQLITE 100000 /* virtual machine instructions between two looks at the caller */

static int
interrupt(void *user_data)
{
    return !lt_verify_is_wanted(user_data);
}

/* The lines of a PRAGMA that tells of faults line by line; NULL on error, also where it was stopped. Of
 * char *; (transfer full). */
static GPtrArray *
lines_of(LtVerify *verify, const char *pragma, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(verify->store, error, pragma, "");
    g_autoptr(GError) failure = NULL;
    int got = -1;

    if (rows == NULL)
        return NULL;
    sqlite3_progress_handler(verify->store->db, STEPS_OF_SQLITE, interrupt, verify);
    while ((got = lt_sql_step(verify->store, rows, &failure)) > 0)
        if (g_strcmp0((const char *)sqlite3_column_text(rows, 0), "ok") != 0)
            g_ptr_array_add(lines, lt_sql_dup_text(rows, 0));
    sqlite3_progress_handler(verify->store->db, 0, NULL, NULL);
    if (got == 0)
        return g_steal_pointer(&lines);
    if (!verify->stopped)
        g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
}

/* An index is made of its table; all else in the structure is not made of anything. */
static gboolean
is_of_indices(const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        const char *line = g_ptr_array_index(lines, i);

        if (strstr(line, "missing from index") == NULL &&
            strstr(line, "wrong # of entries in index") == NULL)
            return FALSE;
    }
    return lines->len > 0;
}

static gboolean
mend_indices(LtVerify *verify)
{
    g_autoptr(GPtrArray) left = NULL;

    if (!lt_mend_by(verify, "REINDEX"))
        return FALSE;
    left = lines_of(verify, "PRAGMA integrity_check", NULL);
    return left != NULL && left->len == 0;
}

static gboolean
check_structure(LtVerify *verify, GError **error)
{
    g_autoptr(GPtrArray) lines = lines_of(verify, "PRAGMA integrity_check", error);
    gboolean mended;

    if (lines == NULL)
        return FALSE;
    mended = verify->options->repair && is_of_indices(lines) && mend_indices(verify);
    for (guint i = 0; i < lines->len; i++)
        lt_verify_report(verify, (LtFault){.fault = "damaged",
                                           .detail = g_ptr_array_index(lines, i),
                                           .repaired = mended});
    return TRUE;
}

/* A database of the same schema, in memory. */
static LtStore *
make_pattern(GError **error)
{
    g_autoptr(LtStore) pattern = g_new0(LtStore, 1);
    int code = sqlite3_open(":memory:", &pattern->db);

    pattern->directory = g_strdup(":memory:");
    pattern->lock_fd = -1;
    if (code != SQLITE_OK) {
        lt_store_fail_sql(pattern, code, error);
        return NULL;
    }
    for (guint version = 1; version <= lt_schema_version; version++)
        if (!lt_sql_script(pattern, lt_schema_step(version), error))
            return NULL;
    return g_steal_pointer(&pattern);
}

/* The text of the schema is protected by nothing, and SQLite reads it as generously as it can. */
static gboolean
check_schema(LtVerify *verify, GError **error)
{
    g_autoptr(LtStore) pattern = make_pattern(error);
    g_autoptr(sqlite3_stmt) rows = pattern == NULL
                                       ? NULL
                                       : lt_sql_prepare(pattern, error,
                                                        "SELECT type, name, tbl_name, sql FROM"
                                                        " sqlite_schema WHERE sql IS NOT NULL",
                                                        "");
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(pattern, rows, error)) > 0) {
        const char *name = (const char *)sqlite3_column_text(rows, 1);
        g_autofree char *detail = NULL;
        gint64 same;

        if (!lt_sql_integer(verify->store, &same, error,
                            "SELECT count(*) FROM sqlite_schema WHERE type = ? AND name = ?"
                            " AND tbl_name = ? AND sql = ?",
                            "ssss", (const char *)sqlite3_column_text(rows, 0), name,
                            (const char *)sqlite3_column_text(rows, 2),
                            (const char *)sqlite3_column_text(rows, 3)))
            return FALSE;
        if (same > 0)
            continue;
        detail =
            g_strdup_printf(_("the database's description of '%s' is not what it should be"), name);
        lt_verify_report(verify, (LtFault){.fault = "schema", .detail = detail});
    }
    return got == 0;
}

static gboolean
check_references(LtVerify *verify, GError **error)
{
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(verify->store, error, "PRAGMA foreign_key_check", "");
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(verify->store, rows, error)) > 0) {
        g_autofree char *detail = g_strdup_printf(
            _("row %" PRId64 " of the table '%s' belongs to a row of '%s' that is not there"),
            (gint64)sqlite3_column_int64(rows, 1), (const char *)sqlite3_column_text(rows, 0),
            (const char *)sqlite3_column_text(rows, 2));

        lt_verify_report(verify, (LtFault){.fault = "no-document", .detail = detail});
    }
    return got == 0;
}

/* Staged pages that nothing will ever file. */
#define NOBODYS                                                                                    \
    "(NOT EXISTS (SELECT 1 FROM ledger l WHERE l.sha256 = staged_page.sha256)"                     \
    " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = staged_page.sha256))"              \
    " OR EXISTS (SELECT 1 FROM removal r WHERE r.sha256 = staged_page.sha256)"

/* Counts that say what must not be there, and what takes it away. */
static gboolean
check_counts(LtVerify *verify, GError **error)
{
    const struct {
        const char *fault, *sql, *mend, *detail;
    } counts[] = {
        {"left-over", "SELECT count(*) FROM staged_page WHERE " NOBODYS,
         "DELETE FROM staged_page WHERE " NOBODYS,
         _("pages are kept of files that the ledger does not know, or that were removed")},
        {"damaged",
         "SELECT count(*) FROM sqlite_sequence s WHERE name = 'document' AND seq <"
         " (SELECT max(id) FROM (SELECT max(id) AS id FROM document UNION ALL"
         " SELECT max(document) FROM removal))",
         "UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM (SELECT max(id) AS id FROM document"
         " UNION ALL SELECT max(document) FROM removal)) WHERE name = 'document'",
         _("the count of ids lags behind: an id could be given twice")},
    };

    for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
        gint64 n;

        if (!lt_sql_integer(verify->store, &n, error, counts[i].sql, ""))
            return FALSE;
        if (n > 0)
            lt_verify_report(verify, (LtFault){.fault = counts[i].fault,
                                               .detail = counts[i].detail,
                                               .repaired = verify->options->repair &&
                                                           lt_mend_by(verify, counts[i].mend)});
    }
    return TRUE;
}

gboolean
lt_verify_database(LtVerify *verify, GError **error)
{
    return check_structure(verify, error) && check_schema(verify, error) &&
           check_references(verify, error) && check_counts(verify, error);
}
