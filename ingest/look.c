/* Which files are there, and which are ripe. Events say where to look at once; a look over the folders
 * finds whatever they did not say. Nothing here grows with the number of files: what does not fit is
 * found again by the next look. */
#include <errno.h>

#include <glib/gi18n-lib.h>

#include "ingest/move.h"
#include "ingest/reasons.h"
#include "ingest/watch.h"

#define FOUND_ENOUGH 8u       /* handed over and not taken: then finding waits */
#define STEPS_AT_ONCE 64u     /* entries of folders looked at between two files taken */
#define TICK_AT_ONCE 256u     /* candidates examined in one go */
#define MAX_FRESH 10000u      /* told by events and not examined */
#define MAX_SUBFOLDERS 1000u  /* the same of folders */
#define MAX_REMEMBERED 10000u /* troubles that are not told twice */
#define ONCE_SECONDS 60u      /* that a disk may take to answer who looks but once */
#define LONGEST_STUCK 3600    /* seconds between two tries of a source that resists */

typedef struct {
    char *path;
    gboolean closed;
} LtFresh;

static void
fresh_free(gpointer data)
{
    LtFresh *fresh = data;

    g_free(fresh->path);
    g_free(fresh);
}

/* --- names --- */

/* Whether a name inside a watched folder is one to look at. What a kill left of a deletion gets its name
 * back, under which it is found. */
static gboolean
is_wanted(const char *path, gpointer user_data)
{
    LtWatch *watch = user_data;
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *back = NULL;

    if (!folder)
        return FALSE;
    if (lt_move_name_of_taken(name) && !watch->ingest.dry_run &&
        (back = lt_move_give_back(path)) != NULL)
        watch->look_wanted = TRUE;
    /* What is left out now is looked at by itself, in intervals. */
    return !back && !lt_folders_leaves(folder, path) && lt_root_may_enter(watch, path);
}

void
lt_watch_remember(GHashTable *set, const char *path)
{
    if (g_hash_table_size(set) >= MAX_REMEMBERED)
        g_hash_table_remove_all(set);
    g_hash_table_add(set, g_strdup(path));
}

/* --- sources that resist --- */

gboolean
lt_watch_is_stuck(LtWatch *watch, const char *path)
{
    const LtStuck *stuck = g_hash_table_lookup(watch->stuck, path);

    return stuck && stuck->next > g_get_monotonic_time();
}

/* Where it was to go may have room again, or be there again, or its disk be well: a look tries it, less and
 * less often. */
static void
put_off(LtWatch *watch, const char *path)
{
    LtStuck *stuck = g_hash_table_lookup(watch->stuck, path);
    guint64 pause;

    if (!stuck) {
        if (g_hash_table_size(watch->stuck) >= MAX_REMEMBERED)
            g_hash_table_remove_all(watch->stuck);
        stuck = g_new0(LtStuck, 1);
        g_hash_table_insert(watch->stuck, g_strdup(path), stuck);
    }
    pause = (guint64)watch->options.look_seconds << MIN(stuck->tries, 10);
    stuck->next = g_get_monotonic_time() + (gint64)MIN(pause, LONGEST_STUCK) * G_USEC_PER_SEC;
    stuck->tries++;
}

/* --- what is told --- */

static void
add_fresh(LtWatch *watch, const char *path, gboolean closed)
{
    LtFresh *fresh;

    if (watch->fresh.length >= MAX_FRESH) {
        watch->look_wanted = TRUE;
        return;
    }
    fresh = g_new0(LtFresh, 1);
    fresh->path = g_strdup(path);
    fresh->closed = closed;
    g_queue_push_tail(&watch->fresh, fresh);
}

static void
add_subfolder(LtWatch *watch, const char *path)
{
    if (watch->subfolders.length >= MAX_SUBFOLDERS)
        watch->look_wanted = TRUE;
    else
        g_queue_push_tail(&watch->subfolders, g_strdup(path));
}

static void
event_came(LtEventKind kind, const char *path, gpointer user_data)
{
    LtWatch *watch = user_data;

    switch (kind) {
    case LT_EVENT_CLOSED:
    case LT_EVENT_APPEARED:
        g_hash_table_remove(watch->stuck, path);
        if (is_wanted(path, watch))
            add_fresh(watch, path, kind == LT_EVENT_CLOSED);
        break;
    case LT_EVENT_FOLDER:
        if (is_wanted(path, watch))
            add_subfolder(watch, path);
        break;
    case LT_EVENT_LOST:
        /* A folder of ours that went may come back, of which nothing would tell. */
        watch->look_wanted |= !path;
        if (path && lt_root_is(watch, path) && !lt_root_is_polled(watch, path))
            g_ptr_array_add(watch->polled, g_strdup(path));
        break;
    }
}

/* --- the look --- */

static gboolean
is_reached_by_link(const char *path)
{
    g_autofree char *resolved = lt_walk_resolve(path);

    return resolved && !g_str_equal(resolved, path);
}

/* A folder before it is read: first it is watched, so that nothing slips between. */
static gboolean
visit(const char *path, gpointer user_data)
{
    LtWatch *watch = user_data;
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);

    if (!folder || is_reached_by_link(path)) {
        lt_root_refuse(watch, path, _("a link leads to it by now; name the folder itself"));
        return FALSE;
    }
    if (lt_folders_moving_to(watch->folders, path)) {
        if (lt_root_is(watch, path))
            lt_root_refuse(watch, path, _("filed sources move there"));
        return FALSE;
    }
    /* Also of ours themselves: a share may have been mounted there since. */
    if (!lt_root_is_polled(watch, folder->path))
        lt_root_poll_if_silent(watch, path);
    if (!watch->events || lt_root_is_polled(watch, folder->path) ||
        lt_events_add(watch->events, path))
        return TRUE;
    if (errno == ENOSPC || errno == ENOMEM) {
        g_autofree char *shown = lt_reason_show_path(folder->path);
        g_ptr_array_add(watch->polled, g_strdup(folder->path));
        lt_root_say(
            watch,
            _("'%s' is looked at in intervals from now on: the system's limit of watched folders "
              "is reached (%s)"),
            shown, "fs.inotify.max_user_watches");
    }
    return TRUE;
}

static void
begin_walk(LtWatch *watch, const GPtrArray *paths)
{
    g_autoptr(GPtrArray) named = g_ptr_array_new();

    for (guint i = 0; i < paths->len; i++)
        g_ptr_array_add(named, g_ptr_array_index(paths, i));
    g_ptr_array_add(named, NULL);
    watch->walk = lt_walk_new((const char *const *)named->pdata, NULL);
    lt_walk_watch(watch->walk, visit, is_wanted, watch);
}

/* Over the folders that answer. FALSE: some have not said whether they do. */
static gboolean
begin_look_over(LtWatch *watch, gboolean polled)
{
    g_autoptr(GPtrArray) paths = lt_roots_gather(watch, polled);

    if (!paths)
        return FALSE;
    watch->poll_wanted = FALSE;
    if (!polled)
        watch->look_wanted = FALSE;
    watch->walk_is_full = !polled;
    begin_walk(watch, paths);
    return TRUE;
}

/* Begins whichever look is due. FALSE: none. */
static gboolean
begin_look(LtWatch *watch)
{
    if (watch->look_wanted && begin_look_over(watch, FALSE))
        return TRUE;
    while (!watch->walk && watch->subfolders.length > 0) {
        g_autoptr(GPtrArray) path = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(LtFound) link = NULL;

        g_ptr_array_add(path, g_queue_pop_head(&watch->subfolders));
        /* It is gone, or a link by now. */
        link = lt_walk_look(g_ptr_array_index(path, 0));
        if (!link)
            begin_walk(watch, path);
    }
    if (watch->walk)
        return TRUE;
    return !watch->look_wanted && watch->poll_wanted && begin_look_over(watch, TRUE);
}

/* Moved or deleted since its folder was read. */
static gboolean
is_gone(const char *path)
{
    struct stat info;

    return lstat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* What cannot be looked at is told once; that names come and go is nothing to be told. */
static void
tell_trouble(LtWatch *watch, LtFound *found_taken)
{
    g_autoptr(LtFound) found = found_taken;

    if (g_hash_table_contains(watch->told, found->path) ||
        (!lt_root_is(watch, found->path) && is_gone(found->path)))
        return;
    lt_watch_remember(watch->told, found->path);
    lt_run_push(watch->run, g_steal_pointer(&found));
}

/* What other programs ask for does not count: however much that is, it keeps nobody's scanner waiting. */
static gboolean
has_enough(const LtIngest *run)
{
    return run->found.length - run->n_asked >= FOUND_ENOUGH;
}

static void
look_further(LtWatch *watch)
{
    for (guint i = 0; i < STEPS_AT_ONCE && !lt_walk_is_over(watch->walk) && !has_enough(watch->run);
         i++) {
        LtFound *found = lt_walk_step(watch->walk);

        if (!found)
            continue;
        if (found->kind == LT_FOUND_FILE || found->kind == LT_FOUND_SKIP)
            lt_examine(watch, found->path, FALSE);
        else
            tell_trouble(watch, g_steal_pointer(&found));
        lt_found_free(found);
    }
    if (!lt_walk_is_over(watch->walk))
        return;
    g_clear_pointer(&watch->walk, lt_walk_free);
    watch->looked |= watch->walk_is_full;
    watch->walk_is_full = FALSE;
}

/* --- the feed of a run --- */

static gboolean
feed_step(LtIngest *run, gpointer user_data)
{
    LtWatch *watch = user_data;
    LtFresh *fresh;

    if (watch->paused || has_enough(run))
        return FALSE;
    fresh = g_queue_pop_head(&watch->fresh);
    if (fresh) {
        lt_examine(watch, fresh->path, fresh->closed);
        fresh_free(fresh);
        return TRUE;
    }
    if (!watch->walk && !begin_look(watch))
        return FALSE;
    look_further(watch);
    return TRUE;
}

static gboolean
feed_is_over(G_GNUC_UNUSED const LtIngest *run, gpointer user_data)
{
    const LtWatch *watch = user_data;

    return watch->options.once && watch->looked && !watch->look_wanted && !watch->overfull &&
           !watch->walk && !watch->paused && watch->fresh.length + watch->subfolders.length == 0 &&
           g_hash_table_size(watch->candidates) + g_hash_table_size(watch->in_hand) == 0;
}

static LtSourceAction
feed_action(G_GNUC_UNUSED LtIngest *run, const char *path, char **ret_folder, gpointer user_data)
{
    LtWatch *watch = user_data;
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);
    gboolean moves = folder && folder->action == LT_SOURCE_MOVE;

    if (!folder || folder->action == LT_SOURCE_KEEP || lt_root_is_hung(watch, path))
        return LT_SOURCE_KEEP;
    if (moves && !lt_root_is_done_there(watch, folder))
        return LT_SOURCE_MOVE;
    /* Who asks for a file that was filed and moved does not want it moved further. */
    if (lt_folders_moving_to(watch->folders, path))
        return LT_SOURCE_KEEP;
    if (moves)
        *ret_folder = lt_folders_done_for(folder, path);
    return folder->action;
}

static char *
feed_dossier(G_GNUC_UNUSED LtIngest *run, const char *path, gpointer user_data)
{
    const LtWatch *watch = user_data;
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);

    return folder && folder->dossiers ? lt_folders_dossier_for(folder, path) : NULL;
}

static void
feed_ended(G_GNUC_UNUSED LtIngest *run, const char *path, guint outcome, gpointer user_data)
{
    LtWatch *watch = user_data;
    gboolean changed = GPOINTER_TO_INT(g_hash_table_lookup(watch->in_hand, path));
    gboolean handed_over = g_hash_table_contains(watch->in_hand, path);

    /* Also what an earlier run left, and this one took up by itself. */
    if (outcome == LT_LEDGER_QUARANTINED ||
        (handed_over && outcome == LT_OUTCOME_UNCHANGED && g_file_test(path, G_FILE_TEST_EXISTS)))
        put_off(watch, path);
    else if (handed_over)
        g_hash_table_remove(watch->stuck, path);
    if (!handed_over)
        return;
    if (changed)
        add_fresh(watch, path, TRUE);
    g_hash_table_remove(watch->in_hand, path);
}

static gboolean
feed_offer(G_GNUC_UNUSED LtIngest *run, const char *path, gpointer user_data)
{
    LtWatch *watch = user_data;

    if (!lt_folders_find(watch->folders, path))
        return FALSE;
    add_fresh(watch, path, FALSE);
    return TRUE;
}

static gboolean
feed_has_room(G_GNUC_UNUSED const LtIngest *run, guint64 size, gpointer user_data)
{
    return lt_watch_has_room(user_data, size);
}

static gboolean
feed_is_paused(G_GNUC_UNUSED const LtIngest *run, gpointer user_data)
{
    const LtWatch *watch = user_data;

    return watch->paused != NULL;
}

static gboolean
feed_is_away(G_GNUC_UNUSED const LtIngest *run, const char *path, gpointer user_data)
{
    const LtWatch *watch = user_data;
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);

    return folder && !g_file_test(folder->path, G_FILE_TEST_IS_DIR);
}

/* Of a file that lies elsewhere, which somebody asked for, nothing is known before. */
static gboolean
feed_is_hung(G_GNUC_UNUSED LtIngest *run, const char *path, gpointer user_data)
{
    LtWatch *watch = user_data;
    g_autofree char *parent = g_path_get_dirname(path);

    return lt_folders_find(watch->folders, path) ? lt_root_is_hung(watch, path)
                                                 : !lt_answers_came(watch->answers, parent);
}

void
lt_look_feed(LtWatch *watch, LtFeed *ret_feed)
{
    *ret_feed = (LtFeed){
        .step = feed_step,
        .is_over = feed_is_over,
        .action = feed_action,
        .dossier = feed_dossier,
        .ended = feed_ended,
        .offer = feed_offer,
        .has_room = feed_has_room,
        .is_paused = feed_is_paused,
        .is_away = feed_is_away,
        .is_hung = feed_is_hung,
        .user_data = watch,
    };
}

void
lt_look_tick(LtWatch *watch)
{
    g_autoptr(GPtrArray) due = g_ptr_array_new_with_free_func(g_free);
    gint64 now = g_get_monotonic_time();
    GHashTableIter iter;
    gpointer path, value;

    if (watch->paused || !watch->run)
        return;
    if (watch->overfull && g_hash_table_size(watch->candidates) < LT_MAX_UNRIPE / 2) {
        watch->overfull = FALSE;
        watch->look_wanted = TRUE;
    }
    g_hash_table_iter_init(&iter, watch->candidates);
    while (due->len < TICK_AT_ONCE && g_hash_table_iter_next(&iter, &path, &value)) {
        if (((LtUnripe *)value)->next > now)
            continue;
        if (lt_root_may_be_asked(watch, path))
            g_ptr_array_add(due, g_strdup(path));
        else if (watch->options.once) /* its folder was told, and is not looked at any more */
            g_hash_table_iter_remove(&iter);
    }
    for (guint i = 0; i < due->len && !has_enough(watch->run); i++)
        lt_examine(watch, g_ptr_array_index(due, i), FALSE);
}

/* --- beginning and end --- */

static void
begin_events(LtWatch *watch)
{
    watch->events = lt_events_new(watch->context, event_came, watch);
    if (watch->events || watch->options.poll)
        return;
    lt_root_say(
        watch,
        _("the folders are looked at in intervals: the system does not tell of changes (%s)"),
        errno == EMFILE ? _("the limit fs.inotify.max_user_instances is reached")
                        : g_strerror(errno));
}

void
lt_look_init(LtWatch *watch)
{
    g_queue_init(&watch->subfolders);
    g_queue_init(&watch->fresh);
    watch->candidates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    watch->in_hand = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    watch->stuck = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    watch->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    watch->polled = g_ptr_array_new_with_free_func(g_free);
    watch->hung = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    watch->answers =
        lt_answers_new(watch->context, watch->options.once ? ONCE_SECONDS : LT_ANSWER_SECONDS);
}

void
lt_look_clear(LtWatch *watch)
{
    g_queue_clear_full(&watch->subfolders, g_free);
    g_queue_clear_full(&watch->fresh, fresh_free);
    g_hash_table_unref(watch->candidates);
    g_hash_table_unref(watch->in_hand);
    g_hash_table_unref(watch->stuck);
    g_hash_table_unref(watch->told);
    g_ptr_array_unref(watch->polled);
    g_hash_table_unref(watch->hung);
    lt_answers_free(watch->answers);
    g_clear_pointer(&watch->walk, lt_walk_free);
    g_clear_pointer(&watch->events, lt_events_free);
}

void
lt_look_restart(LtWatch *watch)
{
    g_queue_clear_full(&watch->subfolders, g_free);
    g_queue_clear_full(&watch->fresh, fresh_free);
    g_hash_table_remove_all(watch->candidates);
    watch->overfull = FALSE;
    g_hash_table_remove_all(watch->stuck);
    g_hash_table_remove_all(watch->told);
    lt_roots_forget_ways(watch);
    g_clear_pointer(&watch->walk, lt_walk_free);
    g_clear_pointer(&watch->events, lt_events_free);
    if (!watch->ingest.dry_run && !watch->options.once)
        begin_events(watch);
    watch->look_wanted = TRUE;
    watch->walk_is_full = watch->looked = FALSE;
}
