/* luutru more-like: documents like one that is there. */
#include "cli/cli.h"

#include "cli/results.h"

#define USUAL_LIMIT 20

static gboolean
parse_id(char *const *words, gint64 *ret_id, GError **error)
{
    if (words != NULL && words[1] == NULL && lt_cli_parse_id(words[0], TRUE, ret_id))
        return TRUE;
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("give the id of one document: #12"));
    return FALSE;
}

LtExit
lt_command_more_like(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    gboolean json = FALSE;
    int limit = USUAL_LIMIT;
    gint64 id;
    const GOptionEntry entries[] = {
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("at most N documents (20; 0 for all)"), "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, N_("#ID")},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(cli, argv, entries, _("Finds documents that have much in common with one."),
                      NULL, error) ||
        !parse_id(words, &id, error))
        return LT_EXIT_USAGE;
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtSearchResult) result =
        store != NULL ? lt_store_more_like(store, id, (guint)MAX(limit, 0), error) : NULL;
    if (result == NULL)
        return LT_EXIT_IO;
    const LtSearch search = {.limit = (guint)MAX(limit, 0)};
    lt_results_print(result, &search, json ? LT_RESULTS_JSON : LT_RESULTS_TABLE);
    return result->hits->len > 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}
