/* luutru watch: folders watched for ever, by hand or under a service manager. */
#include "cli/cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib-unix.h>

#include "cli/journal.h"
#include "cli/notify.h"
#include "cli/report.h"
#include "cli/watch-config.h"

#define STATUS_SECONDS 1
#define MAX_SECONDS 86400

typedef struct {
    gboolean once, dry_run, json, delete, dossiers, require_sandbox, names_archive;
    int wait_seconds, page_seconds;
    char *config, *move_to;
    char **leave, **settings, **paths;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->config);
    g_free(options->move_to);
    g_strfreev(options->leave);
    g_strfreev(options->settings);
    g_strfreev(options->paths);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

typedef struct {
    const Options *options;
    const LtWatchConfig *config; /* of the start */
    LtWatch *watch;
    LtReport report;
    gboolean journal;
    gboolean interrupted;
} Run;

/* --- what it is to do --- */

static gboolean
add_folders(const Options *options, LtWatchConfig *config, GError **error)
{
    const char *action = options->move_to != NULL ? "move" : options->delete ? "delete" : "keep";

    if (options->move_to != NULL && options->delete) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--move and --delete do not go together"));
        return FALSE;
    }
    for (gsize i = 0; options->paths != NULL && options->paths[i] != NULL; i++) {
        LtWatchFolder *folder = lt_watch_config_add(config, options->paths[i], action,
                                                    options->move_to, options->leave, error);
        if (folder == NULL)
            return FALSE;
        folder->dossiers = options->dossiers;
    }
    return TRUE;
}

static gboolean
read_config(const Options *options, LtWatchConfig *config, GError **error)
{
    if (options->config != NULL && !lt_watch_config_load(config, options->config, error))
        return FALSE;
    for (gsize i = 0; options->settings != NULL && options->settings[i] != NULL; i++)
        if (!lt_watch_config_set(config, options->settings[i], error))
            return FALSE;
    config->options.once = options->once;
    return add_folders(options, config, error) && lt_watch_config_check(config, error);
}

/* --- what it says --- */

static char *
status_line(LtWatch *watch)
{
    const LtIngestProgress *progress = lt_watch_progress(watch);
    g_autoptr(GString) line = g_string_new(NULL);
    LtWatchState state;

    lt_watch_state(watch, &state);
    g_string_append(line, state.paused != NULL ? _("paused")
                          : state.looking      ? _("looking for files")
                                               : _("watching"));
    g_string_append_printf(line, ", ");
    g_string_append_printf(line, ngettext("%u folder", "%u folders", state.folders), state.folders);
    g_string_append_printf(line, _("; %u filed"), progress->filed);
    if (progress->doubtful > 0)
        g_string_append_printf(line, _(" (%u doubtful)"), progress->doubtful);
    if (state.waiting + state.in_hand > 0)
        g_string_append_printf(line, _(", %u waiting"), state.waiting + state.in_hand);
    if (progress->quarantined > 0)
        g_string_append_printf(line, _(", %u in quarantine"), progress->quarantined);
    return g_string_free(g_steal_pointer(&line), FALSE);
}

static gboolean
on_status(gpointer user_data)
{
    Run *run = user_data;
    g_autofree char *line = status_line(run->watch);

    lt_notify_status(line);
    lt_progress_bar_set_line(run->report.bar, line);
    return G_SOURCE_CONTINUE;
}

static void
on_report(const LtIngestEvent *event, gpointer user_data)
{
    Run *run = user_data;

    lt_report_walls(event, run->report.bar);
    if (event->kind != LT_INGEST_FILE)
        return;
    if (run->journal && !run->report.json)
        lt_journal_file(event);
    else
        lt_report_event(event, &run->report);
    if (isatty(STDERR_FILENO))
        on_status(run);
}

static void
on_sentence(const char *sentence, gpointer user_data)
{
    Run *run = user_data;
    g_autofree char *shown = lt_cli_shown_path(sentence);

    lt_progress_bar_hide(run->report.bar);
    if (run->journal)
        lt_journal_say(shown);
    else
        fprintf(stderr, "luutru: %s\n", shown);
}

/* --- signals --- */

static gboolean
stop(Run *run)
{
    lt_progress_bar_hide(run->report.bar);
    if (!lt_watch_stopped(run->watch)) {
        lt_notify("STOPPING=1");
        on_sentence(_("stopping: what is under way is put away first; again to stop at once"), run);
    }
    lt_watch_stop(run->watch);
    return G_SOURCE_CONTINUE;
}

/* SIGTERM; and SIGHUP where there is nothing to be read again, as of a terminal that is closed. */
static gboolean
on_terminate(gpointer user_data)
{
    return stop(user_data);
}

static gboolean
on_interrupt(gpointer user_data)
{
    Run *run = user_data;

    run->interrupted = TRUE;
    return stop(run);
}

static void
tell_reloaded(Run *run, const LtWatchConfig *config)
{
    gboolean archive =
        !run->options->names_archive && g_strcmp0(config->archive, run->config->archive) != 0;
    gboolean jobs = config->jobs != run->config->jobs;
    g_autofree char *sentence = NULL;

    if (archive || jobs)
        sentence =
            g_strdup_printf(_("the settings were read again; a change of these counts from the "
                              "next start on: %s"),
                            archive && jobs ? "archive, jobs"
                            : archive       ? "archive"
                                            : "jobs");
    on_sentence(sentence != NULL ? sentence : _("the settings were read again"), run);
}

static gboolean
reload(Run *run, LtWatchConfig *config, GError **error)
{
    const LtIngestOptions settings = {.retries = config->retries,
                                      .retry_seconds = config->retry_seconds};

    return lt_watch_reload(run->watch, &settings, &config->options,
                           g_steal_pointer(&config->folders), error);
}

/* A file that is wrong leaves everything as it was. */
static gboolean
on_reload(gpointer user_data)
{
    Run *run = user_data;
    g_auto(LtWatchConfig) config = {0};
    g_autoptr(GError) error = NULL;

    lt_watch_config_init(&config);
    lt_notify_reloading();
    if (read_config(run->options, &config, &error) && reload(run, &config, &error))
        tell_reloaded(run, &config);
    else
        on_sentence(error->message, run);
    lt_notify("READY=1");
    return G_SOURCE_CONTINUE;
}

/* What 'nohup' keeps from it does not end it. */
static gboolean
is_ignored(int number)
{
    struct sigaction action;

    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static guint
await_hangup(Run *run)
{
    if (run->options->config != NULL)
        return g_unix_signal_add(SIGHUP, on_reload, run);
    return is_ignored(SIGHUP) ? 0 : g_unix_signal_add(SIGHUP, on_terminate, run);
}

/* --- the run --- */

/* A dry run looks into an archive that is there, and needs none. */
static gboolean
open_archive(LtCli *cli, const Options *options, LtStore **ret_store, GError **error)
{
    g_autoptr(GError) problem = NULL;

    *ret_store = lt_cli_open(cli, options->dry_run ? LT_STORE_READ : LT_STORE_CREATE, &problem);
    if (*ret_store == NULL) {
        if (options->dry_run && g_error_matches(problem, LT_STORE_ERROR, LT_STORE_ERROR_MISSING))
            return TRUE;
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    return options->dry_run || (lt_store_lock(*ret_store, (guint)options->wait_seconds, error) &&
                                lt_store_serve_queue(*ret_store, options->require_sandbox, error));
}

static gboolean
watch_with_signals(Run *run, GError **error)
{
    const guint sources[] = {
        g_unix_signal_add(SIGINT, on_interrupt, run),
        g_unix_signal_add(SIGTERM, on_terminate, run),
        await_hangup(run),
        g_timeout_add_seconds(STATUS_SECONDS, on_status, run),
    };
    guint watchdog = lt_notify_start_watchdog();
    gboolean done;

    lt_notify("READY=1");
    done = lt_watch_run(run->watch, error);
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++)
        if (sources[i] > 0)
            g_source_remove(sources[i]);
    if (watchdog > 0)
        g_source_remove(watchdog);
    return done;
}

static LtExit
exit_of(const Run *run, const LtIngestProgress *progress)
{
    if (run->interrupted)
        return LT_EXIT_INTERRUPTED;
    if (run->options->once && progress->failed + progress->held + progress->quarantined +
                                      progress->waiting + progress->stayed >
                                  0)
        return LT_EXIT_PARTLY;
    return LT_EXIT_DONE;
}

/* An archive that is not where it was ends a service for good: begun again it would make an empty one there. One that
 * cannot be written is tried again: its disk may come late, or may be well again. */
static LtExit
fail(const Options *options, GError *error)
{
    if (options->config != NULL && g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY))
        error->code = LT_STORE_ERROR_IO;
    return LT_EXIT_IO;
}

static LtExit
run_watch(LtCli *cli, const Options *options, LtWatchConfig *config, GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_archive_rules(cli, error);
    g_autofree char *worker = rules != NULL ? lt_cli_worker(error) : NULL;
    g_autoptr(LtStore) store = NULL;
    g_autoptr(LtProgressBar) bar = lt_progress_bar_new(STDERR_FILENO);
    g_autoptr(LtWatch) watch = NULL;
    const LtIngestOptions settings = {
        .jobs = (guint)config->jobs,
        .dry_run = options->dry_run,
        .page_seconds = (guint)options->page_seconds,
        .worker = worker,
        .require_sandbox = options->require_sandbox,
        .retries = config->retries,
        .retry_seconds = config->retry_seconds,
    };
    Run run = {.options = options, .config = config, .journal = lt_journal_is_there()};

    run.report = (LtReport){options->json, options->dry_run, bar};
    if (worker == NULL || !open_archive(cli, options, &store, error))
        return fail(options, *error);
    watch =
        lt_watch_new(store, rules, &settings, &config->options, g_steal_pointer(&config->folders));
    run.watch = watch;
    lt_watch_set_hooks(watch, on_report, on_sentence, &run);
    if (!lt_watch_prepare(watch, error) || !watch_with_signals(&run, error))
        return fail(options, *error);
    if (!run.journal || options->json)
        lt_report_summary(&run.report, lt_watch_progress(watch), run.interrupted);
    return exit_of(&run, lt_watch_progress(watch));
}

LtExit
lt_command_watch(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    g_auto(LtWatchConfig) config = {0};
    const GOptionEntry entries[] = {
        {"config", 'c', 0, G_OPTION_ARG_FILENAME, &options.config,
         N_("folders and settings from a file"), N_("FILE")},
        {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.settings,
         N_("a setting, as in the file: settle=5"), N_("KEY=VALUE")},
        {"move", 0, 0, G_OPTION_ARG_FILENAME, &options.move_to,
         N_("move sources there once they are filed"), N_("DIR")},
        {"delete", 0, 0, G_OPTION_ARG_NONE, &options.delete,
         N_("delete sources once they are filed"), NULL},
        {"dossiers", 0, 0, G_OPTION_ARG_NONE, &options.dossiers,
         N_("put documents into dossiers named by their subfolders"), NULL},
        {"leave", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.leave,
         N_("leave files of such names alone"), N_("PATTERN")},
        {"once", 0, 0, G_OPTION_ARG_NONE, &options.once, N_("take what is there, then end"), NULL},
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
         N_("say what would be done; write nothing"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("one JSON object a line"), NULL},
        {"require-sandbox", 0, 0, G_OPTION_ARG_NONE, &options.require_sandbox,
         N_("refuse to read files without every wall around what reads them"), NULL},
        {"page-deadline", 0, 0, G_OPTION_ARG_INT, &options.page_seconds,
         N_("give up a page after this time (120)"), N_("SECONDS")},
        {"wait", 0, 0, G_OPTION_ARG_INT, &options.wait_seconds,
         N_("wait for another run on this archive (0)"), N_("SECONDS")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.paths, NULL, N_("DIR…")},
        G_OPTION_ENTRY_NULL,
    };

    lt_watch_config_init(&config);
    if (!lt_cli_parse(
            cli, argv, entries, _("Watches folders, and takes each file as soon as it is whole."),
            _("Goes on until it is stopped (Ctrl-C, SIGTERM); SIGHUP reads FILE again, or "
              "stops it where there is none. 'luutru status' tells how it is."),
            error) ||
        !lt_cli_check_range("--page-deadline", options.page_seconds, MAX_SECONDS, error) ||
        !lt_cli_check_range("--wait", options.wait_seconds, MAX_SECONDS, error) ||
        !read_config(&options, &config, error))
        return LT_EXIT_USAGE;
    options.names_archive = cli->archive != NULL;
    if (!options.names_archive)
        cli->archive = g_strdup(config.archive);
    return run_watch(cli, &options, &config, error);
}
