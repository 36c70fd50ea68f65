#include "cli/saved.h"

#include "cli/table.h"

#include <unistd.h>

void
lt_saved_options_clear(LtSavedOptions *options)
{
    g_clear_pointer(&options->save, g_free);
    g_clear_pointer(&options->use, g_free);
    g_clear_pointer(&options->forget, g_free);
    g_clear_pointer(&options->query, g_free);
}

gboolean
lt_saved_is_asked(const LtSavedOptions *options)
{
    return options->save != NULL || options->forget != NULL || options->list;
}

static LtExit
save(LtCli *cli, const char *name, const LtFind *find, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, error);
    g_autofree char *query = lt_find_query(find);
    g_autofree char *shown = lt_cli_shown(query);

    if (store == NULL || !lt_store_save_search(store, name, query, lt_cli_person(NULL), error))
        return LT_EXIT_IO;
    fprintf(stderr, _("Kept: %s\n"), shown);
    return LT_EXIT_DONE;
}

static LtExit
forget(LtCli *cli, const char *name, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, error);

    return store != NULL && lt_store_forget_search(store, name, error) ? LT_EXIT_DONE : LT_EXIT_IO;
}

static LtExit
list(LtCli *cli, GError **error)
{
    const LtColumn columns[] = {{_("name"), LT_COLUMN_LEFT},
                                {_("query"), LT_COLUMN_WRAP},
                                {_("by"), LT_COLUMN_LEFT},
                                {_("kept at"), LT_COLUMN_LEFT}};
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(GPtrArray) searches = store != NULL ? lt_store_saved_searches(store, error) : NULL;
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    if (searches == NULL)
        return LT_EXIT_IO;
    for (guint i = 0; i < searches->len; i++) {
        const LtSavedSearch *saved = g_ptr_array_index(searches, i);
        lt_table_row(table);
        lt_table_take(table, lt_cli_shown(saved->name));
        lt_table_take(table, lt_cli_shown(saved->query));
        lt_table_take(table, lt_cli_shown(saved->by));
        lt_table_take(table, lt_cli_shown(saved->at));
    }
    if (searches->len > 0)
        lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                       lt_cli_terminal_styled(STDOUT_FILENO));
    else
        fprintf(stderr, _("No search is kept yet: --save keeps one\n"));
    return LT_EXIT_DONE;
}

LtExit
lt_saved_run(LtCli *cli, const LtSavedOptions *options, const LtFind *find, GError **error)
{
    if ((options->save != NULL) + (options->forget != NULL) + options->list > 1) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--save, --delete-saved and --list-saved exclude each other"));
        return LT_EXIT_USAGE;
    }
    if (options->save != NULL)
        return save(cli, options->save, find, error);
    return options->forget != NULL ? forget(cli, options->forget, error) : list(cli, error);
}

gboolean
lt_saved_use(LtCli *cli, LtSavedOptions *options, const char **query, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autofree char *saved =
        store != NULL ? lt_store_saved_search(store, options->use, error) : NULL;

    if (saved == NULL)
        return FALSE;
    options->query = g_strconcat(saved, **query != '\0' ? " " : "", *query, NULL);
    *query = options->query;
    return TRUE;
}
