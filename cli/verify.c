/* luutru verify: whether every promise of the archive holds. */
#include "cli/cli.h"

#include "cli/json.h"
#include "cli/upkeep.h"

#define MAX_SECONDS (30 * 86400)
#define MAX_RATE 1000000 /* megabytes a second */
#define MEGABYTE 1000000u

typedef struct {
    gboolean repair, anew, compact, json;
    int seconds, rate;
    char *backup;
    char **rest;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->backup);
    g_strfreev(options->rest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean
go_on(const LtVerifyProgress *progress, gpointer user_data)
{
    LtUpkeepReport *report = user_data;

    if (lt_upkeep_is_time(report)) {
        g_autofree char *bytes = g_format_size(progress->bytes);

        lt_upkeep_progress(report,
                           g_strdup_printf(_("%s: %" PRIu64 " of %" PRIu64
                                             " documents, %s read, %" PRIu64 " faults"),
                                           lt_check_name(progress->check), progress->documents_done,
                                           progress->documents, bytes, progress->faults));
    }
    return !lt_upkeep_interrupted();
}

static void
print_json(const LtVerifyProgress *progress)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_bool(builder, "ended", progress->ended);
    lt_json_bool(builder, "resumed", progress->resumed);
    lt_json_count(builder, "documents", progress->documents);
    lt_json_count(builder, "documents_checked", progress->documents_done);
    lt_json_count(builder, "unsealed", progress->unsealed);
    lt_json_count(builder, "bytes", progress->bytes);
    lt_json_count(builder, "faults", progress->faults);
    lt_json_count(builder, "repaired", progress->repaired);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static void
print_summary(const LtVerifyProgress *progress)
{
    g_autofree char *bytes = g_format_size(progress->bytes);

    if (progress->resumed)
        printf(_("This went on where an earlier check had stopped; --anew begins again\n"));
    printf(_("%" PRIu64 " of %" PRIu64 " documents checked, %s of originals read\n"),
           progress->documents_done, progress->documents, bytes);
    if (progress->unsealed > 0)
        printf(_("%" PRIu64 " documents were changed by another program or are older than seals: "
                 "whether a bit of their text has flipped cannot be told; --repair seals them\n"),
               progress->unsealed);
    printf(_("%" PRIu64 " faults, %" PRIu64 " repaired\n"), progress->faults + progress->repaired,
           progress->repaired);
    if (!progress->ended)
        printf(_("Stopped on the way: the next check goes on from here\n"));
}

/* An archive that may not be written can be checked, and only what is not done is not noted. */
static LtStore *
open_archive(LtCli *cli, const Options *options, GError **error)
{
    g_autoptr(GError) refusal = NULL;
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, &refusal);
    gboolean changes = options->repair || options->compact;

    if (store != NULL && changes && !lt_store_lock(store, 0, error))
        return NULL;
    if (store != NULL)
        return g_steal_pointer(&store);
    if (!changes && g_error_matches(refusal, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY))
        return lt_cli_open(cli, LT_STORE_READ, error);
    g_propagate_error(error, g_steal_pointer(&refusal));
    return NULL;
}

static LtExit
run_verify(LtCli *cli, const Options *options, GError **error)
{
    g_autoptr(LtStore) store = open_archive(cli, options, error);
    LtUpkeepReport report = {.json = options->json};
    const LtVerifyOptions settings = {
        .repair = options->repair,
        .anew = options->anew,
        .seconds = (guint)options->seconds,
        .rate = (guint64)options->rate * MEGABYTE,
        .backup = options->backup,
        .report = lt_upkeep_fault,
        .go_on = go_on,
        .user_data = &report,
    };
    LtVerifyProgress progress = {0};

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    lt_upkeep_watch_signals();
    gboolean done = lt_store_verify(store, &settings, &progress, error);
    lt_upkeep_progress_end(&report);
    if (!done)
        return LT_EXIT_IO;
    done = !options->compact || !progress.ended || lt_store_compact(store, error);
    if (options->json)
        print_json(&progress);
    else
        print_summary(&progress);
    if (!done)
        return LT_EXIT_IO;
    if (lt_upkeep_interrupted())
        return LT_EXIT_INTERRUPTED;
    return progress.faults > 0 ? LT_EXIT_PARTLY : LT_EXIT_DONE;
}

static gboolean
check_options(const Options *options, GError **error)
{
    if (options->rest != NULL)
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'verify' takes no '%s'"),
                    options->rest[0]);
    else if (options->backup != NULL && !options->repair)
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--from is for --repair: it says where good originals are"));
    else if (options->seconds < 0 || options->seconds > MAX_SECONDS || options->rate < 0 ||
             options->rate > MAX_RATE)
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--for takes up to %d seconds, --rate up to %d megabytes a second"),
                    MAX_SECONDS, MAX_RATE);
    else
        return TRUE;
    return FALSE;
}

LtExit
lt_command_verify(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"repair", 0, 0, G_OPTION_ARG_NONE, &options.repair, N_("mend what can be made again"),
         NULL},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &options.backup,
         N_("with --repair: take lost originals from this backup"), N_("DIR")},
        {"for", 0, 0, G_OPTION_ARG_INT, &options.seconds,
         N_("stop after this time; the next check goes on"), N_("SECONDS")},
        {"rate", 0, 0, G_OPTION_ARG_INT, &options.rate,
         N_("read at most so many megabytes a second"), N_("MB")},
        {"anew", 0, 0, G_OPTION_ARG_NONE, &options.anew,
         N_("from the beginning, not where an earlier check stopped"), NULL},
        {"compact", 0, 0, G_OPTION_ARG_NONE, &options.compact,
         N_("then write search tables and database file anew"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("one JSON object a line"), NULL},
        {G_OPTION_REMAINING, 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &options.rest,
         NULL, ""},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(
            cli, argv, entries,
            _("Checks the archive: every original against its sum, every document, the ledger, the "
              "files, and the database itself."),
            _("It may run beside others; --repair and --compact need the archive to themselves. "
              "With --compact nothing of what was ever removed stays in the database file."),
            error) ||
        !check_options(&options, error))
        return LT_EXIT_USAGE;
    return run_verify(cli, &options, error);
}
