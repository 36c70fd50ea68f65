/* Checks the search index against one that is made anew from the documents. */
#pragma once

#include "tests/unit/store-fixture.h"

#include "store/private.h"

/* Every term with every document that the index finds by it, a line each. */
static inline char *
index_entries(LtStore *store)
{
    g_autoptr(sqlite3_stmt) rows = NULL;
    GString *entries = g_string_new(NULL);

    g_assert_true(lt_sql_script(store,
                                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.entry"
                                " USING fts5vocab (main, search, instance)",
                                NULL));
    rows = lt_sql_prepare(store, NULL, "SELECT term, doc FROM temp.entry ORDER BY term, doc", "");
    g_assert_nonnull(rows);
    while (lt_sql_step(store, rows, NULL) > 0)
        g_string_append_printf(entries, "%s %" G_GINT64_FORMAT "\n",
                               (const char *)sqlite3_column_text(rows, 0),
                               (gint64)sqlite3_column_int64(rows, 1));
    return g_string_free(entries, FALSE);
}

/* Corrections and removals have left nothing behind, and nothing is missing. */
static inline void
assert_index_right(LtStore *store)
{
    g_autofree char *before = index_entries(store);
    g_autoptr(GError) error = NULL;

    g_assert_true(
        lt_sql_script(store, "INSERT INTO search (search) VALUES ('integrity-check')", &error));
    g_assert_no_error(error);
    g_assert_true(lt_sql_script(store, "SAVEPOINT anew", NULL));
    g_assert_true(lt_index_rebuild(store, &error));
    g_assert_no_error(error);
    g_autofree char *after = index_entries(store);
    g_assert_true(lt_sql_script(store, "ROLLBACK TO anew; RELEASE anew", NULL));
    g_assert_cmpstr(before, ==, after);
}
