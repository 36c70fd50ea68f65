/* luutru ingest: files and folders into the archive. */
#include "cli/cli.h"

#include <unistd.h>

#include "cli/report.h"
#include "cli/run.h"

#define MAX_JOBS 256
#define MAX_SECONDS 86400
#define NO_LIMIT (-1) /* --wait is not given */

typedef struct {
    int jobs;
    int page_seconds;
    int wait_seconds;
    char *move_to;
    gboolean dry_run;
    gboolean require_sandbox;
    gboolean json;
    char **paths;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->move_to);
    g_strfreev(options->paths);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* Takes the archive, unless a watcher has it that takes files for others. */
static gboolean
take_archive(LtStore *store, int wait_seconds, gboolean *ret_follow, GError **error)
{
    g_autoptr(GError) problem = NULL;

    *ret_follow = lt_store_is_served(store, NULL);
    if (*ret_follow || lt_store_lock(store, (guint)MAX(wait_seconds, 0), &problem))
        return TRUE;
    *ret_follow = lt_store_is_served(store, NULL);
    if (!*ret_follow)
        g_propagate_error(error, g_steal_pointer(&problem));
    return *ret_follow;
}

/* A dry run looks into an archive that is there, and needs none. */
static gboolean
open_archive(LtCli *cli, const Options *options, LtStore **ret_store, gboolean *ret_follow,
             GError **error)
{
    g_autoptr(LtStore) store = NULL;
    g_autoptr(GError) problem = NULL;

    store = lt_cli_open(cli, options->dry_run ? LT_STORE_READ : LT_STORE_CREATE, &problem);
    if (store == NULL && options->dry_run &&
        g_error_matches(problem, LT_STORE_ERROR, LT_STORE_ERROR_MISSING))
        return TRUE;
    if (store == NULL) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    if (!options->dry_run && !take_archive(store, options->wait_seconds, ret_follow, error))
        return FALSE;
    if (*ret_follow && options->require_sandbox && !lt_store_is_served_strictly(store)) {
        g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_WORKER,
                    _("a watcher takes the files of this archive, and was not begun with "
                      "--require-sandbox: begin it so, or end it"));
        return FALSE;
    }
    *ret_store = g_steal_pointer(&store);
    return TRUE;
}

static LtExit
run_ingest(LtCli *cli, const Options *options, GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_archive_rules(cli, error);
    g_autofree char *worker = rules != NULL ? lt_cli_worker(error) : NULL;
    g_autoptr(LtStore) store = NULL;
    g_autoptr(LtProgressBar) bar = lt_progress_bar_new(STDERR_FILENO);
    g_autoptr(LtIngest) ingest = NULL;
    LtReport report = {options->json, options->dry_run, bar};
    LtIngestOptions settings = {
        .jobs = (guint)options->jobs,
        .move_to = options->move_to,
        .dry_run = options->dry_run,
        .page_seconds = (guint)options->page_seconds,
        .follow_seconds = options->wait_seconds,
        .worker = worker,
        .require_sandbox = options->require_sandbox,
    };
    gboolean done;

    if (worker == NULL || !open_archive(cli, options, &store, &settings.follow, error))
        return LT_EXIT_IO;
    ingest = lt_ingest_new(store, rules, &settings, lt_report_event, &report);
    done = lt_cli_run(ingest, bar, (const char *const *)options->paths, error);
    lt_report_summary(&report, lt_ingest_progress(ingest), lt_ingest_stopped(ingest));
    return done ? lt_cli_run_exit(ingest) : LT_EXIT_IO;
}

static gboolean
check_options(const Options *options, GError **error)
{
    if (options->paths == NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'ingest' wants files or folders"));
        return FALSE;
    }
    return lt_cli_check_range("--jobs", options->jobs, MAX_JOBS, error) &&
           lt_cli_check_range("--page-deadline", options->page_seconds, MAX_SECONDS, error) &&
           (options->wait_seconds == NO_LIMIT ||
            lt_cli_check_range("--wait", options->wait_seconds, MAX_SECONDS, error));
}

LtExit
lt_command_ingest(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {.wait_seconds = NO_LIMIT};
    const GOptionEntry entries[] = {
        {"jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, N_("worker processes (one a core)"), "N"},
        {"move", 0, 0, G_OPTION_ARG_FILENAME, &options.move_to,
         N_("move sources there once they are filed"), N_("DIR")},
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
         N_("say what would be done; write nothing"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("one JSON object a line"), NULL},
        {"require-sandbox", 0, 0, G_OPTION_ARG_NONE, &options.require_sandbox,
         N_("refuse to read files without every wall around what reads them"), NULL},
        {"page-deadline", 0, 0, G_OPTION_ARG_INT, &options.page_seconds,
         N_("give up a page after this time (120)"), N_("SECONDS")},
        {"wait", 0, 0, G_OPTION_ARG_INT, &options.wait_seconds,
         N_("wait for another run on this archive (0), or for the watcher"), N_("SECONDS")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.paths, NULL, N_("PATH…")},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(cli, argv, entries,
                      _("Takes files and folders into the archive, which is made where it is not."),
                      _("PDF, TIFF, JPEG, PNG and other pictures, known by their content. Ctrl-C "
                        "stops; the next run goes on."),
                      error) ||
        !check_options(&options, error))
        return LT_EXIT_USAGE;
    return run_ingest(cli, &options, error);
}
