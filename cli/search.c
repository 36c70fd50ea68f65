/* luutru search: documents, best first, with the spot that was hit. */
#include "cli/cli.h"

#include <string.h>

#include "cli/find.h"
#include "cli/results.h"
#include "cli/saved.h"

#define USUAL_LIMIT 20

static LtExit
run_search(LtCli *cli, const LtSearch *search, LtResultsForm form, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtSearchResult) result = NULL;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    result = lt_store_search(store, search, error);
    if (result == NULL)
        return LT_EXIT_IO;
    lt_results_print(result, search, form);
    return result->hits->len > 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

static gboolean
parse_order(const char *name, LtSearchOrder *ret_order, GError **error)
{
    static const struct {
        const char *name;
        LtSearchOrder order;
    } orders[] = {{"relevance", LT_ORDER_RELEVANCE},
                  {"date", LT_ORDER_NEWEST},
                  {"newest", LT_ORDER_NEWEST},
                  {"oldest", LT_ORDER_OLDEST}};

    for (guint i = 0; i < G_N_ELEMENTS(orders); i++)
        if (name == NULL || strcmp(orders[i].name, name) == 0) {
            *ret_order = orders[i].order;
            return TRUE;
        }
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("'%s' is no order: take relevance, date or oldest"), name);
    return FALSE;
}

/* What the options of search alone say. */
typedef struct {
    gboolean json, csv, literal;
    int limit, offset;
    gint64 newest;
    char *order;
    LtSavedOptions saved;
} Options;

static void
options_clear(Options *options)
{
    g_clear_pointer(&options->order, g_free);
    lt_saved_options_clear(&options->saved);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean
set_search(const Options *options, LtSearch *search, GError **error)
{
    if (options->json && options->csv) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--json and --csv exclude each other"));
        return FALSE;
    }
    search->literal = options->literal;
    search->newest = options->newest;
    search->places = options->json;
    search->brief = !options->json && !options->csv;
    return parse_order(options->order, &search->order, error) &&
           lt_find_window(search, options->limit, options->offset, error);
}

LtExit
lt_command_search(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    g_auto(Options) options = {.limit = USUAL_LIMIT};
    LtSearch search;
    const GOptionEntry entries[] = {
        {"limit", 0, 0, G_OPTION_ARG_INT, &options.limit, N_("at most N documents (20; 0 for all)"),
         "N"},
        {"offset", 0, 0, G_OPTION_ARG_INT, &options.offset, N_("leave out the first N"), "N"},
        {"newest", 0, 0, G_OPTION_ARG_INT64, &options.newest,
         N_("only documents up to this id: pages stay as they are while others are filed"),
         N_("ID")},
        {"order", 0, 0, G_OPTION_ARG_STRING, &options.order,
         N_("relevance, date (newest first) or oldest"), N_("ORDER")},
        {"literal", 0, 0, G_OPTION_ARG_NONE, &options.literal, N_("try no other spelling"), NULL},
        {"save", 0, 0, G_OPTION_ARG_FILENAME, &options.saved.save, N_("keep this search as NAME"),
         N_("NAME")},
        {"saved", 0, 0, G_OPTION_ARG_FILENAME, &options.saved.use,
         N_("the search kept as NAME, narrowed by what else is given"), N_("NAME")},
        {"list-saved", 0, 0, G_OPTION_ARG_NONE, &options.saved.list, N_("searches that are kept"),
         NULL},
        {"delete-saved", 0, 0, G_OPTION_ARG_FILENAME, &options.saved.forget,
         N_("forget the search kept as NAME"), N_("NAME")},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("one JSON object"), NULL},
        {"csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_("comma-separated values"), NULL},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Finds documents by number, issuer or any word."), error) ||
        !lt_find_search(&find, &search, error) || !set_search(&options, &search, error))
        return LT_EXIT_USAGE;
    if (lt_saved_is_asked(&options.saved))
        return lt_saved_run(cli, &options.saved, &find, error);
    if (options.saved.use != NULL && !lt_saved_use(cli, &options.saved, &search.query, error))
        return LT_EXIT_PARTLY;
    return run_search(cli, &search,
                      options.json  ? LT_RESULTS_JSON
                      : options.csv ? LT_RESULTS_CSV
                                    : LT_RESULTS_TABLE,
                      error);
}
