/* The front door: a run's options, its loop, and what it reports. */
#include "ingest/ingest.h"

#include <errno.h>
#include <sys/stat.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "ingest/crash.h"
#include "ingest/folders.h"
#include "ingest/reasons.h"
#include "ingest/reread.h"
#include "ingest/run.h"

#define SCAN_STEPS 64u    /* folder entries looked at between two files taken */
#define MAX_FOUND 200000u /* files known and not taken yet; then looking through folders waits */

GQuark
lt_ingest_error_quark(void)
{
    return g_quark_from_static_string("lt-ingest-error");
}

LtIngest *
lt_ingest_new(LtStore *store, const LtRules *rules, const LtIngestOptions *options,
              LtIngestReport report, gpointer user_data)
{
    LtIngest *run = g_new0(LtIngest, 1);

    run->store = store;
    run->rules = rules;
    run->options = *options;
    run->options.jobs = options->jobs ? options->jobs : g_get_num_processors();
    run->options.page_seconds =
        options->page_seconds ? options->page_seconds : LT_INGEST_PAGE_SECONDS;
    run->options.max_pages = options->max_pages ? options->max_pages : LT_OCR_MAX_PAGES;
    run->options.move_to = g_strdup(options->move_to);
    run->options.worker = g_strdup(options->worker);
    run->report = report;
    run->user_data = user_data;
    run->context = g_main_context_ref_thread_default();
    g_queue_init(&run->found);
    g_queue_init(&run->opening);
    g_queue_init(&run->later);
    g_queue_init(&run->reading);
    g_queue_init(&run->again);
    run->handled = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    run->staying = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    run->resumed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    run->documents =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)lt_document_free);
    lt_queue_init(run);
    lt_schedule_init(run);
    return run;
}

void
lt_ingest_free(LtIngest *run)
{
    if (!run)
        return;
    lt_pool_free(run->pool);
    g_queue_clear_full(&run->found, (GDestroyNotify)lt_found_free);
    g_queue_clear(&run->opening);
    g_queue_clear(&run->later);
    g_queue_clear(&run->reading);
    g_queue_clear_full(&run->again, g_free);
    g_hash_table_unref(run->documents);
    g_hash_table_unref(run->handled);
    g_hash_table_unref(run->staying);
    g_hash_table_unref(run->resumed);
    lt_walk_free(run->walk);
    lt_follow_free(run->follow);
    lt_queue_clear(run);
    g_clear_error(&run->fatal);
    g_main_context_unref(run->context);
    g_free((char *)run->options.move_to);
    g_free((char *)run->options.worker);
    g_free(run);
}

gboolean
lt_run_fail(LtIngest *run, GError *error)
{
    if (run->fatal)
        g_error_free(error);
    else
        run->fatal = error;
    return FALSE;
}

gboolean
lt_run_is_ending(const LtIngest *run)
{
    return run->fatal || run->stops > 0;
}

const LtIngestProgress *
lt_ingest_progress(LtIngest *run)
{
    if (run->started_at > 0)
        run->progress.seconds = (double)(g_get_monotonic_time() - run->started_at) / G_USEC_PER_SEC;
    return &run->progress;
}

static void
send_event(LtIngest *run, LtIngestEvent *event)
{
    event->progress = lt_ingest_progress(run);
    if (event->kind != LT_INGEST_FOUND)
        run->progress.last_seconds = run->progress.seconds;
    if (run->report)
        run->report(event, run->user_data);
}

void
lt_run_report(LtIngest *run, LtIngestEventKind kind)
{
    LtIngestEvent event = {.kind = kind};

    send_event(run, &event);
}

void
lt_run_tell_walls(LtIngest *run, const char *missing)
{
    g_autofree char *reason = g_strdup_printf(
        _("this system lets no walls of this kind be built around what reads files: "
          "%s. It goes on without; --require-sandbox refuses"),
        missing);
    LtIngestEvent event = {.kind = LT_INGEST_WALLS, .reason = reason};

    send_event(run, &event);
}

static const struct {
    const char *name; /* (nullable) NULL: the ledger state's */
    gsize counter;    /* offset in LtIngestProgress; 0: none */
} outcomes[LT_N_OUTCOMES] = {
    [LT_LEDGER_FILED] = {NULL, G_STRUCT_OFFSET(LtIngestProgress, filed)},
    [LT_LEDGER_DUPLICATE] = {NULL, G_STRUCT_OFFSET(LtIngestProgress, duplicate)},
    [LT_LEDGER_SKIPPED] = {NULL, G_STRUCT_OFFSET(LtIngestProgress, skipped)},
    [LT_LEDGER_HELD] = {NULL, G_STRUCT_OFFSET(LtIngestProgress, held)},
    [LT_LEDGER_QUARANTINED] = {NULL, G_STRUCT_OFFSET(LtIngestProgress, quarantined)},
    [LT_OUTCOME_UNCHANGED] = {"unchanged", G_STRUCT_OFFSET(LtIngestProgress, unchanged)},
    [LT_OUTCOME_FAILED] = {"failed", G_STRUCT_OFFSET(LtIngestProgress, failed)},
    [LT_OUTCOME_WAITING] = {"waiting", G_STRUCT_OFFSET(LtIngestProgress, waiting)},
};

void
lt_run_tell_waiting(LtIngest *run, const char *path, const char *reason)
{
    LtIngestEvent event = {.kind = LT_INGEST_FILE, .path = path, .reason = reason};

    event.outcome = outcomes[LT_OUTCOME_WAITING].name;
    send_event(run, &event);
}

void
lt_run_end_file(LtIngest *run, const char *path, guint outcome, const char *reason,
                const LtRecord *record, gint64 document)
{
    const char *name = outcomes[outcome].name;
    LtIngestEvent event = {.kind = LT_INGEST_FILE, .path = path, .reason = reason};

    event.outcome = name ? name : lt_ledger_state_name((LtLedgerState)outcome);
    event.record = record;
    event.before = run->before;
    event.document = document;
    run->progress.done++;
    if (outcomes[outcome].counter > 0)
        G_STRUCT_MEMBER(guint, &run->progress, outcomes[outcome].counter)++;
    if (outcome != LT_OUTCOME_WAITING)
        lt_queue_ended(run, &event);
    send_event(run, &event);
    if (run->feed.ended)
        run->feed.ended(run, path, outcome, run->feed.user_data);
}

/* A first look, so that a mistyped name is an error and not an empty run. */
static gboolean
check_paths(const char *const *paths, GError **error)
{
    g_autofree char *shown = NULL;
    struct stat info;
    int failed = 0;

    for (gsize i = 0; paths && paths[i]; i++) {
        if (stat(paths[i], &info) == 0)
            return TRUE;
        failed = errno;
    }
    if (!paths || !paths[0])
        return TRUE;
    shown = lt_reason_show_path(paths[0]);
    g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_PATH,
                paths[1] ? _("none of the paths can be used, beginning with '%s': %s")
                         : _("'%s' cannot be used: %s"),
                shown, g_strerror(failed));
    return FALSE;
}

static gboolean
prepare_move_to(LtIngest *run, GError **error)
{
    g_autofree char *shown = NULL;

    if (!run->options.move_to || run->options.dry_run)
        return TRUE;
    if (!lt_folders_check_done(run->options.move_to, error))
        return FALSE;
    if (g_mkdir_with_parents(run->options.move_to, 0777) == 0)
        return TRUE;
    shown = lt_reason_show_path(run->options.move_to);
    g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_PATH,
                _("the folder for filed sources, '%s', cannot be made: %s"), shown,
                g_strerror(errno));
    return FALSE;
}

void
lt_run_push(LtIngest *run, LtFound *found)
{
    g_queue_push_tail(&run->found, found);
    run->progress.files++;
    lt_run_report(run, LT_INGEST_FOUND);
}

void
lt_run_let_go(LtIngest *run, gint64 row)
{
    if (!run->walk)
        g_hash_table_remove(run->handled, &row);
}

gboolean
lt_ingest_is_gone(const LtLedgerRow *row)
{
    struct stat info;

    if (stat(row->path, &info) != 0)
        return errno == ENOENT || errno == ENOTDIR;
    return (guint64)info.st_size != row->size || lt_mtime_ns(&info) != row->mtime_ns;
}

/* --- a batch: a walk over the paths --- */

static gboolean
batch_step(LtIngest *run, G_GNUC_UNUSED gpointer user_data)
{
    gboolean moved = FALSE;

    for (guint i = 0; i < SCAN_STEPS && !lt_walk_is_over(run->walk); i++) {
        LtFound *found;

        if (g_queue_get_length(&run->found) >= MAX_FOUND)
            break;
        moved = TRUE;
        found = lt_walk_step(run->walk);
        run->progress.scanning = !lt_walk_is_over(run->walk);
        if (found)
            lt_run_push(run, found);
    }
    return moved;
}

static gboolean
batch_is_over(const LtIngest *run, G_GNUC_UNUSED gpointer user_data)
{
    return lt_walk_is_over(run->walk);
}

/* What the ledger had unfinished, or another program asked for, nobody wanted moved by this run. */
static LtSourceAction
batch_action(LtIngest *run, const char *path, char **ret_folder, G_GNUC_UNUSED gpointer user_data)
{
    if (!run->options.move_to || !lt_walk_is_named(run->walk, path))
        return LT_SOURCE_KEEP;
    *ret_folder = g_strdup(run->options.move_to);
    return LT_SOURCE_MOVE;
}

static gboolean
begin_batch(LtIngest *run, const char *const *paths, GError **error)
{
    if (!check_paths(paths, error) || !prepare_move_to(run, error))
        return FALSE;
    run->feed = (LtFeed){.step = batch_step, .is_over = batch_is_over, .action = batch_action};
    run->walk = lt_walk_new(paths, run->options.move_to);
    run->progress.scanning = !lt_walk_is_over(run->walk);
    return TRUE;
}

/* --- the loop --- */

/* Does a little of what can be done without waiting for a worker. FALSE: nothing. */
static gboolean
work_a_little(LtIngest *run)
{
    gboolean looked = run->feed.step(run, run->feed.user_data);

    if (run->feed.is_paused && run->feed.is_paused(run, run->feed.user_data))
        return looked;
    looked |= run->queue_wanted && lt_queue_take(run);
    if (lt_schedule_has_room(run)) {
        g_autoptr(LtFound) found = g_queue_pop_head(&run->found);

        if (found) {
            run->n_asked -= found->asked ? 1 : 0;
            lt_intake_take(run, found);
            return TRUE;
        }
    }
    return looked;
}

static gboolean
is_over(const LtIngest *run)
{
    return lt_run_is_ending(run) ||
           (run->feed.is_over(run, run->feed.user_data) && !run->queue_wanted &&
            (!run->follow || lt_follow_is_over(run)) && run->found.length == 0 &&
            g_hash_table_size(run->documents) == 0);
}

/* Takes what has already arrived from the workers, so that no page that is read is read again. */
static void
put_away(LtIngest *run)
{
    while (run->stops == 1 && !run->fatal && g_main_context_iteration(run->context, FALSE))
        lt_pool_sweep(run->pool);
}

/* A file that the ledger had unfinished and that was found, too, counts once; a run that comes to its
 * end sees that when it takes the file up. */
static void
uncount_doubles(LtIngest *run)
{
    for (const GList *link = run->found.head; link; link = link->next) {
        const LtFound *found = link->data;

        run->progress.files -=
            found->kind == LT_FOUND_FILE && g_hash_table_contains(run->resumed, found->path);
    }
}

/* What this run has filed may settle what a hand wrote on documents filed before it, and they in turn on
 * others. What is not settled now is by a later run. */
static void
settle_earlier(LtIngest *run)
{
    g_autoptr(LtSettling) settling = lt_settling_new(run->store, run->rules);
    g_autoptr(GError) error = NULL;

    for (gboolean more = TRUE; more && !lt_run_is_ending(run);) {
        if (!lt_settling_step(settling, &more, &error) &&
            !g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY))
            lt_run_fail(run, g_steal_pointer(&error));
        if (error)
            return;
        g_main_context_iteration(run->context, FALSE);
        lt_pool_sweep(run->pool);
    }
}

gboolean
lt_ingest_run(LtIngest *run, const char *const *paths, GError **error)
{
    run->started_at = g_get_monotonic_time();
    if (run->store && !run->options.dry_run)
        lt_crash_guard(lt_store_directory(run->store));
    if (run->store && !run->options.dry_run && !lt_agencies_tell(run->rules, run->store, error))
        return FALSE;
    if (!run->feed.step && !begin_batch(run, paths, error))
        return FALSE;
    run->queue_wanted = !run->recognising && !run->options.dry_run && !run->options.follow;
    if (run->options.follow)
        lt_follow_begin(run);
    else if (!run->recognising)
        lt_intake_resume(run);
    while (!is_over(run)) {
        gboolean more = work_a_little(run);

        g_main_context_iteration(run->context, !more && !is_over(run));
        lt_pool_sweep(run->pool);
    }
    put_away(run);
    if (run->progress.filed > 0 && !run->follow && !lt_run_is_ending(run))
        settle_earlier(run);
    uncount_doubles(run);
    if (!run->fatal && run->store && !run->options.dry_run && !run->options.follow)
        lt_crash_forget(lt_store_directory(run->store));
    if (!run->fatal)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&run->fatal));
    return FALSE;
}

void
lt_ingest_stop(LtIngest *run)
{
    run->stops++;
}

gboolean
lt_ingest_stopped(const LtIngest *run)
{
    return run->stops > 0;
}
