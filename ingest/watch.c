/* The life of a watcher. Files are taken by an ordinary run that does not end; where one ends all the
 * same, for want of room or a failing disk, the next goes on from the ledger as after a kill. */
#include "ingest/watch.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ingest/reasons.h"

#define TICK_MS 250u
#define DUE_MS 1000       /* between two looks for rows that are to be tried again */
#define NOTE_MS 2000      /* between two notes of how it is */
#define CLEAN_SECONDS 5u  /* that files may wait for what removals have left to be done */
#define LONGEST_PAUSE 60u /* seconds between two tries after a run failed */

LtWatch *
lt_watch_new(LtStore *store, const LtRules *rules, const LtIngestOptions *ingest,
             const LtWatchOptions *options, GPtrArray *folders)
{
    LtWatch *watch = g_new0(LtWatch, 1);

    watch->store = store;
    watch->rules = rules;
    watch->ingest = *ingest;
    watch->ingest.worker = g_strdup(ingest->worker);
    watch->ingest.move_to = NULL;
    watch->ingest.overtaking = TRUE;
    watch->options = *options;
    watch->options.once |= ingest->dry_run;
    watch->folders = folders;
    watch->context = g_main_context_ref_thread_default();
    lt_look_init(watch);
    return watch;
}

void
lt_watch_free(LtWatch *watch)
{
    if (!watch)
        return;
    lt_look_clear(watch);
    lt_settling_free(watch->settling);
    lt_ingest_free(watch->run);
    g_ptr_array_unref(watch->folders);
    g_main_context_unref(watch->context);
    g_free((char *)watch->ingest.worker);
    g_free(watch->paused);
    g_free(watch->started_at);
    g_free(watch);
}

void
lt_watch_set_hooks(LtWatch *watch, LtIngestReport report, LtWatchSay say, gpointer user_data)
{
    watch->report = report;
    watch->say = say;
    watch->user_data = user_data;
}

void
lt_watch_say(LtWatch *watch, const char *sentence)
{
    if (watch->say)
        watch->say(sentence, watch->user_data);
}

/* --- how it is --- */

void
lt_watch_state(const LtWatch *watch, LtWatchState *ret_state)
{
    LtWatchState state = {.looking = watch->walk || watch->look_wanted, .paused = watch->paused};
    GHashTableIter iter;
    gpointer path, value;

    state.folders = watch->events ? lt_events_count(watch->events) : watch->folders->len;
    state.waiting = g_hash_table_size(watch->candidates) + watch->fresh.length;
    state.in_hand = g_hash_table_size(watch->in_hand);
    g_hash_table_iter_init(&iter, watch->candidates);
    while (g_hash_table_iter_next(&iter, &path, &value)) {
        const LtUnripe *candidate = value;

        if (state.oldest_path && state.oldest_since <= candidate->seen)
            continue;
        state.oldest_path = path;
        state.oldest_since = candidate->seen;
    }
    *ret_state = state;
}

static char *
iso_time(gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);

    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

/* For 'status', which is another process. That it cannot be written is no reason to stop: whatever
 * matters more will fail soon. */
static void
note_state(LtWatch *watch, const char *name)
{
    LtWatchState state;
    g_autofree char *oldest = NULL;
    g_autofree char *since = NULL;
    g_autofree char *state_name = g_strdup(name);
    g_autofree char *hung = NULL;

    if (!watch->store)
        return;
    hung = watch->paused ? NULL : lt_roots_hung(watch);
    lt_watch_state(watch, &state);
    if (state.oldest_path) {
        oldest = lt_reason_show_path(state.oldest_path);
        since = iso_time(state.oldest_since);
    }
    lt_store_watch_note(watch->store,
                        &(LtWatchNote){.process = getpid(),
                                       .started_at = watch->started_at,
                                       .state = state_name,
                                       .reason = watch->paused ? watch->paused : hung,
                                       .folders = state.folders,
                                       /* What is in hand is in the ledger. */
                                       .waiting = state.waiting,
                                       .oldest_path = oldest,
                                       .oldest_since = since},
                        NULL);
}

const LtIngestProgress *
lt_watch_progress(LtWatch *watch)
{
    return watch->run ? lt_ingest_progress(watch->run) : &watch->progress;
}

/* --- pauses --- */

static void
pause_for(LtWatch *watch, const char *reason)
{
    if (watch->paused)
        return;
    watch->paused = g_strdup(reason);
    lt_watch_say(watch, reason);
    note_state(watch, "paused");
}

static void
go_on(LtWatch *watch)
{
    if (!watch->paused)
        return;
    g_clear_pointer(&watch->paused, g_free);
    lt_watch_say(watch, _("going on"));
    note_state(watch, "watching");
}

gboolean
lt_watch_has_room(const LtWatch *watch, guint64 size)
{
    guint64 room = 0;

    return !watch->store || !lt_store_room(watch->store, &room, NULL) ||
           room >= watch->options.reserve + MIN(size, G_MAXUINT64 - watch->options.reserve);
}

/* The intake stops while there is room enough for what is under way. */
static void
check_room(LtWatch *watch)
{
    if (watch->ingest.dry_run)
        return;
    if (!lt_watch_has_room(watch, 0) && watch->options.once && watch->run)
        lt_run_fail(watch->run, g_error_new_literal(LT_STORE_ERROR, LT_STORE_ERROR_FULL,
                                                    _("the disk of the archive is nearly full: "
                                                      "free some space, and run again")));
    else if (!lt_watch_has_room(watch, 0))
        pause_for(watch, _("paused: the disk of the archive is nearly full; it goes on by itself "
                           "when there is room"));
    else if (watch->run)
        go_on(watch);
}

/* --- timers --- */

static void
check_archive(LtWatch *watch)
{
    g_autoptr(GError) error = NULL;
    gint64 version = 0;

    if (!lt_store_check_in_place(watch->store, &error) ||
        !lt_store_data_version(watch->store, &version, &error)) {
        lt_run_fail(watch->run, g_steal_pointer(&error));
        return;
    }
    watch->run->queue_wanted |= version != watch->version;
    watch->version = version;
}

/* What a hand wrote on earlier documents, by those filed since: a document a tick while nothing else is
 * to be done, so that no file waits for it. */
static void
settle_a_little(LtWatch *watch)
{
    LtIngest *run = watch->run;
    g_autoptr(GError) error = NULL;
    gboolean more = TRUE;

    if (g_hash_table_size(run->documents) > 0 || run->found.length > 0)
        return;
    if (!watch->settling) {
        if (run->progress.filed == watch->settled_filed)
            return;
        watch->settled_filed = run->progress.filed;
        watch->settling = lt_settling_new(watch->store, watch->rules);
    }
    if (!lt_settling_step(watch->settling, &more, &error))
        lt_run_fail(run, g_steal_pointer(&error));
    if (!more || run->fatal)
        g_clear_pointer(&watch->settling, lt_settling_free);
}

/* Ticks come as fast as files ripen, which is no measure for what is written down. */
static gboolean
is_time(gint64 *next, gint64 milliseconds)
{
    gint64 now = g_get_monotonic_time();

    if (now < *next)
        return FALSE;
    *next = now + milliseconds * 1000;
    return TRUE;
}

static gboolean
on_tick(gpointer user_data)
{
    LtWatch *watch = user_data;

    check_room(watch);
    lt_look_tick(watch);
    if (watch->store && !watch->ingest.dry_run && watch->run && !watch->paused) {
        check_archive(watch);
        if (is_time(&watch->next_due, DUE_MS))
            lt_intake_due(watch->run);
        settle_a_little(watch);
    }
    if (is_time(&watch->next_note, NOTE_MS))
        note_state(watch, watch->paused ? "paused" : "watching");
    return G_SOURCE_CONTINUE;
}

static gboolean
on_look(gpointer user_data)
{
    LtWatch *watch = user_data;

    watch->look_wanted = TRUE;
    /* What lies in another archive by that name by now is none of this one's. */
    if (watch->store && lt_store_check_in_place(watch->store, NULL)) {
        lt_store_queue_sweep(watch->store, NULL);
        lt_store_sweep_removed(watch->store, CLEAN_SECONDS, NULL);
    }
    return G_SOURCE_CONTINUE;
}

static gboolean
on_poll(gpointer user_data)
{
    LtWatch *watch = user_data;

    watch->poll_wanted = watch->polled->len > 0;
    return G_SOURCE_CONTINUE;
}

static GSource *
start_timer(LtWatch *watch, guint milliseconds, GSourceFunc callback)
{
    GSource *source = g_timeout_source_new(milliseconds);

    g_source_set_callback(source, callback, watch, NULL);
    g_source_attach(source, watch->context);
    return source;
}

static void
stop_timer(GSource *source)
{
    g_source_destroy(source);
    g_source_unref(source);
}

static void
stop_timers(LtWatch *watch)
{
    g_clear_pointer(&watch->on_tick, stop_timer);
    g_clear_pointer(&watch->on_look, stop_timer);
    g_clear_pointer(&watch->on_poll, stop_timer);
}

static void
start_timers(LtWatch *watch)
{
    stop_timers(watch);
    watch->on_tick = start_timer(watch, CLAMP(watch->options.settle_ms / 2, 10, TICK_MS), on_tick);
    if (watch->options.once)
        return;
    watch->on_look = start_timer(watch, watch->options.look_seconds * 1000, on_look);
    watch->on_poll = start_timer(watch, watch->options.poll_seconds * 1000, on_poll);
}

/* --- runs --- */

static gboolean
run_once(LtWatch *watch, GError **error)
{
    LtFeed feed;
    gboolean done;

    watch->run =
        lt_ingest_new(watch->store, watch->rules, &watch->ingest, watch->report, watch->user_data);
    /* What the run before had in hand is found once more. */
    watch->progress.files = watch->progress.done;
    watch->progress.pages = watch->progress.pages_done;
    watch->progress.stayed = 0;
    watch->run->progress = watch->progress;
    g_hash_table_remove_all(watch->in_hand);
    lt_look_restart(watch);
    lt_look_feed(watch, &feed);
    watch->run->feed = feed;
    check_room(watch);
    /* The first file that comes shall not have to wait until a worker is up. */
    done = (watch->ingest.dry_run || lt_pool_want(watch->run->pool, 1, 0, error)) &&
           lt_ingest_run(watch->run, NULL, error);
    watch->progress = *lt_ingest_progress(watch->run);
    watch->workers_came_up |= lt_pool_came_up(watch->run->pool);
    g_clear_pointer(&watch->run, lt_ingest_free);
    return done;
}

/* What may be well again without anybody's touching the program. Workers that came up before may do so
 * again: memory is short, or the program is just being replaced. */
static gboolean
may_pass(const LtWatch *watch, const GError *error)
{
    if (g_error_matches(error, LT_INGEST_ERROR, LT_INGEST_ERROR_WORKER))
        return watch->workers_came_up;
    return g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_FULL) ||
           g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY) ||
           g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_IO);
}

static gboolean
time_is_up(gpointer user_data)
{
    gboolean *up = user_data;

    *up = TRUE;
    return G_SOURCE_REMOVE;
}

/* Until it is worth another try; each pause is longer than the one before. */
static void
wait_for_better(LtWatch *watch, const GError *error, gint64 lasted)
{
    g_autofree char *reason =
        g_strdup_printf(_("paused, and tried again by itself: %s"), error->message);
    gboolean up = FALSE;
    GSource *source;

    watch->failures = lasted > LONGEST_PAUSE * G_USEC_PER_SEC ? 0 : MIN(watch->failures, 6);
    source = g_timeout_source_new(MIN(1u << watch->failures, LONGEST_PAUSE) * 1000);
    watch->failures++;
    g_source_set_callback(source, time_is_up, &up, NULL);
    g_source_attach(source, watch->context);
    g_clear_pointer(&watch->paused, g_free);
    pause_for(watch, reason);
    while (watch->stops == 0 && !(up && lt_watch_has_room(watch, 0)))
        g_main_context_iteration(watch->context, TRUE);
    g_source_destroy(source);
    g_source_unref(source);
    if (watch->stops == 0)
        go_on(watch);
}

static gboolean
refuse_folder(const char *path, GError **error)
{
    g_autofree char *shown = lt_reason_show_path(path);

    g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_PATH,
                _("'%s' is no folder that can be watched"), shown);
    return FALSE;
}

/* What is there and is no folder is refused, also beside others. */
static gboolean
check_kinds(const GPtrArray *folders, GError **error)
{
    for (guint i = 0; i < folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(folders, i);

        if (!folder->hung && g_file_test(folder->path, G_FILE_TEST_EXISTS) &&
            !g_file_test(folder->path, G_FILE_TEST_IS_DIR))
            return refuse_folder(folder->path, error);
    }
    return TRUE;
}

/* A folder that is missing may come later, unless none is there. */
static gboolean
check_folders(const GPtrArray *folders, GError **error)
{
    const char *missing = "";

    for (guint i = 0; i < folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(folders, i);

        if (folder->hung || g_file_test(folder->path, G_FILE_TEST_IS_DIR))
            return check_kinds(folders, error);
        missing = folder->path;
    }
    return refuse_folder(missing, error);
}

/* No folder lies where filed sources of any of them move to: there nothing is looked at. */
static gboolean
check_done(const GPtrArray *folders, GError **error)
{
    for (guint i = 0; i < folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(folders, i);
        const LtWatchFolder *spoiler =
            folder->hung ? NULL : lt_folders_moving_to(folders, folder->path);
        g_autofree char *shown = NULL;

        if (!spoiler)
            continue;
        shown = lt_reason_show_path(spoiler->done);
        g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_PATH,
                    _("'%s' cannot be the folder for filed sources, for it holds a folder that is "
                      "watched"),
                    shown);
        return FALSE;
    }
    return TRUE;
}

static gboolean
make_done(LtWatchFolder *folder, GError **error)
{
    g_autofree char *shown = lt_reason_show_path(folder->done);
    char *resolved;

    if (!lt_folders_check_done(folder->done, error))
        return FALSE;
    if (g_mkdir_with_parents(folder->done, 0777) != 0 ||
        !(resolved = lt_walk_resolve(folder->done))) {
        g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_PATH,
                    _("the folder for filed sources, '%s', cannot be made: %s"), shown,
                    g_strerror(errno));
        return FALSE;
    }
    g_free(folder->done);
    folder->done = resolved;
    return TRUE;
}

/* Folders for filed sources are there, and in the form in which a look meets them; those whose disk is away, or does
 * not answer, are left as they are, lest they be made in its place. */
static gboolean
prepare_done(const LtWatch *watch, GPtrArray *folders, GError **error)
{
    for (guint i = 0; i < folders->len; i++) {
        LtWatchFolder *folder = g_ptr_array_index(folders, i);

        if (!folder->done || folder->hung || watch->ingest.dry_run)
            continue;
        folder->done_hung = !lt_answers_came(watch->answers, folder->done);
        if (lt_folders_is_done_away(folder, watch->folders))
            continue;
        if (!make_done(folder, error))
            return FALSE;
        lt_folders_note_mount(folder);
    }
    return watch->ingest.dry_run || check_done(folders, error);
}

gboolean
lt_watch_prepare(LtWatch *watch, GError **error)
{
    return check_folders(watch->folders, error) && prepare_done(watch, watch->folders, error);
}

gboolean
lt_watch_prepare_done(LtWatch *watch, GError **error)
{
    return prepare_done(watch, watch->folders, error);
}

gboolean
lt_watch_run(LtWatch *watch, GError **error)
{
    gboolean done = FALSE;

    watch->started_at = iso_time(g_get_real_time() / G_USEC_PER_SEC);
    start_timers(watch);
    note_state(watch, "watching");
    while (!done) {
        g_autoptr(GError) failure = NULL;
        gint64 began = g_get_monotonic_time();

        done = run_once(watch, &failure);
        if (!done && (watch->options.once || !may_pass(watch, failure))) {
            g_propagate_error(error, g_steal_pointer(&failure));
            break;
        }
        if (!done)
            wait_for_better(watch, failure, g_get_monotonic_time() - began);
        done |= watch->stops > 0;
    }
    stop_timers(watch);
    note_state(watch, "stopped");
    return done;
}

void
lt_watch_stop(LtWatch *watch)
{
    watch->stops++;
    if (watch->run)
        lt_ingest_stop(watch->run);
}

gboolean
lt_watch_stopped(const LtWatch *watch)
{
    return watch->stops > 0;
}

static void
take_retries(LtIngestOptions *to, const LtIngestOptions *from)
{
    to->retries = from->retries;
    to->retry_seconds = from->retry_seconds;
}

gboolean
lt_watch_reload(LtWatch *watch, const LtIngestOptions *ingest, const LtWatchOptions *options,
                GPtrArray *folders_taken, GError **error)
{
    g_autoptr(GPtrArray) folders = folders_taken;
    gboolean once = watch->options.once;

    if (!check_kinds(folders, error) || !prepare_done(watch, folders, error))
        return FALSE;
    watch->options = *options;
    watch->options.once = once;
    take_retries(&watch->ingest, ingest);
    if (watch->run)
        take_retries(&watch->run->options, ingest);
    g_ptr_array_unref(watch->folders);
    watch->folders = g_steal_pointer(&folders);
    if (watch->on_tick)
        start_timers(watch);
    lt_look_restart(watch);
    return TRUE;
}
