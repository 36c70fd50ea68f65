/* Searches that people keep under a name. */
#include "store/private.h"

#include <glib/gi18n-lib.h>

void
lt_saved_search_free(LtSavedSearch *saved)
{
    if (saved == NULL)
        return;
    g_free(saved->name);
    g_free(saved->query);
    g_free(saved->by);
    g_free(saved->at);
    g_free(saved);
}

static gboolean
fail_missing(const char *name, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                _("there is no saved search '%s': see 'luutru search --list-saved'"), name);
    return FALSE;
}

char *
lt_saved_search_name(const char *typed, GError **error)
{
    return lt_value_line("--save", typed, error);
}

gboolean
lt_store_save_search(LtStore *store, const char *name, const char *query, const char *by,
                     GError **error)
{
    g_autofree char *line = lt_saved_search_name(name, error);
    g_autofree char *who = line != NULL ? lt_value_line("--by", by, error) : NULL;
    g_autofree char *valid = g_utf8_make_valid(query, -1);
    g_autofree char *now = lt_time_now();

    if (who == NULL)
        return FALSE;
    if (g_utf8_strlen(valid, -1) > (glong)LT_SEARCH_MAX_QUERY) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("a search of more than %u letters cannot be saved"), LT_SEARCH_MAX_QUERY);
        return FALSE;
    }
    return lt_sql_run(store, error, "INSERT OR REPLACE INTO saved_search VALUES (?, ?, ?, ?)",
                      "ssss", line, valid, who, now);
}

char *
lt_store_saved_search(LtStore *store, const char *name, GError **error)
{
    g_autofree char *line = lt_value_line("--saved", name, error);
    g_autoptr(sqlite3_stmt) row =
        line != NULL ? lt_sql_prepare(store, error, "SELECT query FROM saved_search WHERE name = ?",
                                      "s", line)
                     : NULL;
    int got = row != NULL ? lt_sql_step(store, row, error) : -1;

    if (got > 0)
        return lt_sql_dup_text(row, 0);
    if (got == 0)
        fail_missing(line, error);
    return NULL;
}

GPtrArray *
lt_store_saved_searches(LtStore *store, GError **error)
{
    g_autoptr(GPtrArray) list =
        g_ptr_array_new_with_free_func((GDestroyNotify)lt_saved_search_free);
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(
        store, error, "SELECT name, query, who, at FROM saved_search ORDER BY name", "");
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0) {
        LtSavedSearch *saved = g_new0(LtSavedSearch, 1);
        saved->name = lt_sql_dup_text(rows, 0);
        saved->query = lt_sql_dup_text(rows, 1);
        saved->by = lt_sql_dup_text(rows, 2);
        saved->at = lt_sql_dup_text(rows, 3);
        g_ptr_array_add(list, saved);
    }
    return got == 0 ? g_steal_pointer(&list) : NULL;
}

gboolean
lt_store_forget_search(LtStore *store, const char *name, GError **error)
{
    g_autofree char *query = lt_store_saved_search(store, name, error);
    g_autofree char *line = query != NULL ? lt_value_line("--delete-saved", name, error) : NULL;

    return line != NULL &&
           lt_sql_run(store, error, "DELETE FROM saved_search WHERE name = ?", "s", line);
}
