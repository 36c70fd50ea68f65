/* luutru backup, luutru restore: the archive as it is at one moment, in another folder, and back. */
#include "cli/cli.h"

#include "cli/json.h"
#include "cli/upkeep.h"

typedef struct {
    gboolean restoring, anew, check, json;
    char **words;
} Options;

static void
options_clear(Options *options)
{
    g_strfreev(options->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean
go_on(const LtCopyProgress *progress, gpointer user_data)
{
    LtUpkeepReport *report = user_data;

    if (lt_upkeep_is_time(report)) {
        g_autofree char *bytes = g_format_size(progress->bytes);

        lt_upkeep_progress(
            report, g_strdup_printf(_("%" PRIu64 " originals looked at, %" PRIu64 " copied (%s)"),
                                    progress->originals, progress->copied, bytes));
    }
    return !lt_upkeep_interrupted();
}

static void
print_json(const LtCopyProgress *progress)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_count(builder, "originals", progress->originals);
    lt_json_count(builder, "copied", progress->copied);
    lt_json_count(builder, "bytes", progress->bytes);
    lt_json_count(builder, "dropped", progress->dropped);
    lt_json_count(builder, "damaged", progress->damaged);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static void
print_summary(const LtCopyProgress *progress)
{
    g_autofree char *bytes = g_format_size(progress->bytes);

    printf(_("%" PRIu64 " originals, %" PRIu64 " of them copied now (%s), each checked\n"),
           progress->originals, progress->copied, bytes);
    if (progress->dropped > 0)
        printf(_("%" PRIu64 " originals of removed documents deleted\n"), progress->dropped);
    if (progress->damaged > 0)
        printf(_("%" PRIu64 " originals are missing or damaged, and are not in the copy\n"),
               progress->damaged);
}

static LtExit
conclude(const Options *options, const LtCopyProgress *progress)
{
    if (options->json)
        print_json(progress);
    else
        print_summary(progress);
    return progress->damaged > 0 ? LT_EXIT_PARTLY : LT_EXIT_DONE;
}

static gboolean
parse(LtCli *cli, char **argv, Options *options, const char *summary, const char *notes,
      GError **error)
{
    const GOptionEntry entries[] = {
        {"anew", 0, 0, G_OPTION_ARG_NONE, &options->anew, /* for 'backup' alone */
         N_("begin a new backup also where an earlier one is gone"), NULL},
        {"check", 0, 0, G_OPTION_ARG_NONE, &options->check,
         N_("read what the copy has already, too"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("one JSON object a line"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->words, NULL, N_("DIR")},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(cli, argv, entries + (options->restoring ? 1 : 0), summary, notes, error))
        return FALSE;
    if (options->words != NULL && options->words[1] == NULL)
        return TRUE;
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'%s' wants one folder"), argv[0]);
    return FALSE;
}

static LtCopyOptions
settings_of(const Options *options, LtUpkeepReport *report)
{
    report->json = options->json;
    return (LtCopyOptions){
        .check = options->check,
        .anew = options->anew,
        .report = lt_upkeep_fault,
        .go_on = go_on,
        .user_data = report,
    };
}

/* One that may not be written is copied, too, and only does not remember it. */
static LtStore *
open_archive(LtCli *cli, GError **error)
{
    g_autoptr(GError) refusal = NULL;
    LtStore *store = lt_cli_open(cli, LT_STORE_WRITE, &refusal);

    if (store == NULL && g_error_matches(refusal, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY))
        return lt_cli_open(cli, LT_STORE_READ, error);
    if (store == NULL)
        g_propagate_error(error, g_steal_pointer(&refusal));
    return store;
}

LtExit
lt_command_backup(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    g_autoptr(LtStore) store = NULL;
    LtUpkeepReport report = {0};
    LtCopyProgress progress = {0};

    if (!parse(cli, argv, &options, _("Copies the archive, as it is at one moment, to a folder."),
               _("It may run while files are taken in. The next backup to the same folder copies "
                 "only what is new. The copy is an archive of its own: 'luutru --archive DIR' "
                 "reads it."),
               error))
        return LT_EXIT_USAGE;
    store = open_archive(cli, error);
    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    const LtCopyOptions settings = settings_of(&options, &report);
    lt_upkeep_watch_signals();
    gboolean done = lt_store_backup(store, options.words[0], &settings, &progress, error);
    lt_upkeep_progress_end(&report);
    return done ? conclude(&options, &progress) : LT_EXIT_IO;
}

LtExit
lt_command_restore(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {.restoring = TRUE};
    g_autofree char *archive = NULL;
    LtUpkeepReport report = {0};
    LtCopyProgress progress = {0};

    if (!parse(
            cli, argv, &options, _("Makes an archive of a backup."),
            _("The archive's folder must be empty or not there: nothing is overwritten. Stopped, "
              "it goes on when it is given again."),
            error))
        return LT_EXIT_USAGE;
    archive = lt_cli_archive(cli);
    const LtCopyOptions settings = settings_of(&options, &report);
    lt_upkeep_watch_signals();
    gboolean done = lt_store_restore(options.words[0], archive, &settings, &progress, error);
    lt_upkeep_progress_end(&report);
    return done ? conclude(&options, &progress) : LT_EXIT_IO;
}
