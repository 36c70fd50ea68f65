/* luutru import: a dossier that was written as a folder, back into an archive. */
#include "cli/cli.h"

#include <unistd.h>

#include "cli/report.h"
#include "cli/run.h"

#define MAX_SECONDS 86400

typedef struct {
    char **words;
    char *by;
    int wait_seconds;
    gboolean dry_run;
} Options;

static void
options_clear(Options *options)
{
    g_strfreev(options->words);
    g_free(options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static char **
paths_of(const LtPackage *package)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < package->items->len; i++) {
        const LtPackageItem *item = g_ptr_array_index(package->items, i);
        g_ptr_array_add(paths, g_build_filename(package->directory, item->path, NULL));
    }
    g_ptr_array_add(paths, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&paths), FALSE);
}

/* The originals go the way of every file: stored, synced, in the ledger, read, filed. FALSE also where
 * the run was interrupted. */
static gboolean
take_files(LtCli *cli, LtStore *store, const LtPackage *package, int wait_seconds, GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_archive_rules(cli, error);
    g_autofree char *worker = rules != NULL ? lt_cli_worker(error) : NULL;
    g_autoptr(LtProgressBar) bar = lt_progress_bar_new(STDERR_FILENO);
    g_autoptr(LtIngest) ingest = NULL;
    g_auto(GStrv) paths = paths_of(package);
    LtReport report = {FALSE, FALSE, bar};
    const LtIngestOptions settings = {.worker = worker};
    gboolean done;

    if (worker == NULL || !lt_store_lock(store, (guint)wait_seconds, error))
        return FALSE;
    ingest = lt_ingest_new(store, rules, &settings, lt_report_event, &report);
    done = lt_cli_run(ingest, bar, (const char *const *)paths, error);
    lt_report_summary(&report, lt_ingest_progress(ingest), lt_ingest_stopped(ingest));
    return done && !lt_ingest_stopped(ingest);
}

static void
say_imported(LtStore *store, const LtImported *imported)
{
    g_autoptr(LtDossier) dossier = lt_store_dossier(store, imported->dossier, NULL);
    g_autofree char *title =
        dossier != NULL ? lt_cli_shown(dossier->values[LT_DOSSIER_TITLE]) : g_strdup("");

    printf(imported->made ? _("Dossier id:%" PRId64 " made: %s\n")
                          : _("Dossier id:%" PRId64 " was there: %s\n"),
           imported->dossier, title);
    printf(ngettext("%u document put in, ", "%u documents put in, ", imported->added),
           imported->added);
    printf(ngettext("%u correction taken over\n", "%u corrections taken over\n",
                    imported->corrections),
           imported->corrections);
}

static LtExit
run_import(LtCli *cli, const Options *options, GError **error)
{
    g_autoptr(LtPackage) package = lt_package_read(options->words[0], error);
    g_autoptr(LtStore) store =
        package != NULL ? lt_cli_open(cli, options->dry_run ? LT_STORE_READ : LT_STORE_WRITE, error)
                        : NULL;
    g_autoptr(GError) failure = NULL;
    LtImported imported;

    if (store == NULL || !lt_store_can_import(store, package, error))
        return LT_EXIT_IO;
    if (options->dry_run) {
        printf(ngettext("The package is whole: %u document\n",
                        "The package is whole: %u documents\n", package->items->len),
               package->items->len);
        return LT_EXIT_DONE;
    }
    if (!lt_store_has_originals(store, package, NULL, &failure)) {
        if (failure != NULL) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return LT_EXIT_IO;
        }
        if (!take_files(cli, store, package, options->wait_seconds, error))
            return *error != NULL ? LT_EXIT_IO : LT_EXIT_INTERRUPTED;
    }
    if (!lt_store_import(store, package, lt_cli_person(options->by), &imported, error))
        return LT_EXIT_IO;
    say_imported(store, &imported);
    return LT_EXIT_DONE;
}

LtExit
lt_command_import(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
         N_("verify the package; write nothing"), NULL},
        {"by", 0, 0, G_OPTION_ARG_STRING, &options.by, N_("who says so (the user's name)"),
         N_("NAME")},
        {"wait", 0, 0, G_OPTION_ARG_INT, &options.wait_seconds,
         N_("wait for another run on this archive (0)"), N_("SECONDS")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.words, NULL, N_("DIR")},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(
            cli, argv, entries, _("Reads a dossier that 'luutru dossier export' wrote back in."),
            _("Everything is verified before anything is taken: one changed byte, and the "
              "package is refused.\nA second time changes nothing."),
            error))
        return LT_EXIT_USAGE;
    if (options.words == NULL || options.words[1] != NULL || options.wait_seconds < 0 ||
        options.wait_seconds > MAX_SECONDS) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'import' wants one folder that 'luutru dossier export' wrote"));
        return LT_EXIT_USAGE;
    }
    return run_import(cli, &options, error);
}
