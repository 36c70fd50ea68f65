/* The watched folders themselves: where links lead by now, and whether their disks answer and tell of changes. */
#include <glib/gi18n-lib.h>

#include "ingest/reasons.h"
#include "ingest/walk.h"
#include "ingest/watch.h"

gboolean
lt_root_is_polled(const LtWatch *watch, const char *folder)
{
    return g_ptr_array_find_with_equal_func(watch->polled, folder, g_str_equal, NULL);
}

gboolean
lt_root_is(const LtWatch *watch, const char *path)
{
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);

    return folder && g_str_equal(folder->path, path);
}

void
lt_root_say(LtWatch *watch, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    g_autofree char *sentence = g_strdup_vprintf(format, values);
    va_end(values);
    lt_watch_say(watch, sentence);
}

gboolean
lt_root_poll_if_silent(LtWatch *watch, const char *folder)
{
    const LtFilesystem *filesystem = lt_filesystem_of(folder);
    g_autofree char *parent = g_path_get_dirname(folder);

    if (!filesystem || filesystem->kind == LT_FILESYSTEM_LOCAL)
        return FALSE;
    if (lt_root_is_polled(watch, folder) ||
        (!lt_root_is(watch, folder) && lt_filesystem_of(parent) == filesystem))
        return TRUE;
    g_ptr_array_add(watch->polled, g_strdup(folder));
    g_autofree char *shown = lt_reason_show_path(folder);
    lt_root_say(watch,
                _("'%s' is looked at in intervals: a disk of the kind %s does not tell of changes"),
                shown, filesystem->name);
    return TRUE;
}

void
lt_root_refuse(LtWatch *watch, const char *path, const char *reason)
{
    g_autofree char *shown = NULL;

    if (g_hash_table_contains(watch->told, path))
        return;
    lt_watch_remember(watch->told, path);
    shown = lt_reason_show_path(path);
    lt_root_say(watch, _("'%s' is not looked at: %s"), shown, reason);
}

/* --- disks that do not answer --- */

static LtWatchFolder *
find_root(const LtWatch *watch, const char *path)
{
    for (guint i = 0; i < watch->folders->len; i++) {
        LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);

        if (g_str_equal(folder->path, path))
            return folder;
    }
    return NULL;
}

static void
tell_hung(LtWatch *watch, const char *path)
{
    LtFound *found;

    if (g_hash_table_contains(watch->told, path))
        return;
    lt_watch_remember(watch->told, path);
    found = g_new0(LtFound, 1);
    found->kind = LT_FOUND_FAILED;
    found->path = g_strdup(path);
    found->reason =
        g_strdup(_("its disk does not answer; other folders go on: is the server of the "
                   "share switched off?"));
    lt_run_push(watch->run, found);
}

static void
come_back(LtWatch *watch, const char *path)
{
    g_autofree char *shown = lt_reason_show_path(path);

    if (g_hash_table_remove(watch->told, path))
        lt_root_say(watch, _("'%s' answers again"), shown);
}

static void
root_comes_back(LtWatch *watch, LtWatchFolder *folder)
{
    g_autoptr(GError) error = NULL;
    guint at;

    folder->hung = FALSE;
    come_back(watch, folder->path);
    /* The look decides anew whether events come. */
    if (g_ptr_array_find_with_equal_func(watch->polled, folder->path, g_str_equal, &at))
        g_ptr_array_remove_index(watch->polled, at);
    watch->look_wanted = TRUE;
    if (!lt_watch_prepare_done(watch, &error))
        lt_watch_say(watch, error->message);
}

LtAnswer
lt_root_ask(LtWatch *watch, const char *path)
{
    LtWatchFolder *folder = find_root(watch, path);
    LtAnswer answer = lt_answers_ask(watch->answers, folder ? folder->named : path);

    if (answer == LT_ANSWER_MISSING) {
        tell_hung(watch, path);
        if (folder)
            folder->hung = TRUE;
        else
            lt_watch_remember(watch->hung, path);
    } else if (answer == LT_ANSWER_CAME && folder && folder->hung) {
        root_comes_back(watch, folder);
    } else if (answer == LT_ANSWER_CAME && g_hash_table_remove(watch->hung, path)) {
        come_back(watch, path);
    }
    return answer;
}

/* Who looks once waits for what is slow. */
static gboolean
is_well(const LtWatch *watch, LtAnswer answer)
{
    return answer == LT_ANSWER_CAME || (answer == LT_ANSWER_AWAITED && watch->options.once);
}

gboolean
lt_root_may_enter(LtWatch *watch, const char *path)
{
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);

    if (folder && folder->hung)
        return FALSE;
    return !lt_root_is_polled(watch, path) || lt_root_is(watch, path) ||
           is_well(watch, lt_root_ask(watch, path));
}

/* Where events come the disk is one of this machine. */
gboolean
lt_root_may_be_asked(LtWatch *watch, const char *path)
{
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);
    gboolean well = !folder || !folder->hung;

    for (guint i = 0; i < watch->polled->len && well; i++) {
        const char *polled = g_ptr_array_index(watch->polled, i);

        well = !lt_walk_holds(polled, path) || is_well(watch, lt_root_ask(watch, polled));
    }
    return well;
}

gboolean
lt_root_is_hung(LtWatch *watch, const char *path)
{
    const LtWatchFolder *folder = lt_folders_find(watch->folders, path);
    gboolean hung = folder && folder->hung;

    for (guint i = 0; i < watch->polled->len && !hung; i++) {
        const char *polled = g_ptr_array_index(watch->polled, i);
        const LtWatchFolder *root = find_root(watch, polled);

        hung = lt_walk_holds(polled, path) &&
               !lt_answers_came(watch->answers, root ? root->named : polled) &&
               lt_root_ask(watch, polled) == LT_ANSWER_MISSING;
    }
    return hung;
}

gboolean
lt_root_is_done_there(LtWatch *watch, const LtWatchFolder *folder)
{
    gboolean came = lt_answers_came(watch->answers, folder->done);
    LtWatchFolder *own = find_root(watch, folder->path);

    /* That it is back a look finds, which makes it ready. */
    if (!came && own)
        own->done_hung = TRUE;
    return came && !folder->done_hung;
}

char *
lt_roots_hung(const LtWatch *watch)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < watch->folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);
        g_autofree char *shown = folder->hung ? lt_reason_show_path(folder->path) : NULL;

        if (shown)
            g_string_append_printf(names, "%s'%s'", names->len > 0 ? ", " : "", shown);
    }
    return names->len > 0 ? g_strdup_printf(_("no answer comes from %s"), names->str) : NULL;
}

/* --- before a look --- */

void
lt_roots_forget_ways(LtWatch *watch)
{
    GHashTableIter iter;
    gpointer path;

    g_ptr_array_set_size(watch->polled, 0);
    g_hash_table_iter_init(&iter, watch->hung);
    while (g_hash_table_iter_next(&iter, &path, NULL))
        if (lt_folders_find(watch->folders, path))
            g_ptr_array_add(watch->polled, g_strdup(path));
}

/* Folders that were not there when they were named, or to which another way leads since. */
static void
resolve_roots(LtWatch *watch)
{
    for (guint i = 0; i < watch->folders->len; i++) {
        LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);
        g_autofree char *before = g_strdup(folder->path);
        g_autofree char *named = NULL;
        g_autofree char *shown = NULL;
        guint at;

        if (!lt_folders_resolve(folder))
            continue;
        named = lt_reason_show_path(folder->named);
        shown = lt_reason_show_path(folder->path);
        lt_root_say(watch, _("'%s' is '%s' from now on; what was taken before stays where it lies"),
                    named, shown);
        if (!g_ptr_array_find_with_equal_func(watch->polled, before, g_str_equal, &at))
            continue;
        g_ptr_array_remove_index(watch->polled, at);
        g_ptr_array_add(watch->polled, g_strdup(folder->path));
    }
}

/* Where events come, and where they do not. */
static void
choose_ways(LtWatch *watch)
{
    for (guint i = 0; i < watch->folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);

        if (lt_root_is_polled(watch, folder->path))
            continue;
        if (folder->hung ||
            (!lt_root_poll_if_silent(watch, folder->path) &&
             (!watch->events || watch->options.poll || !lt_filesystem_of(folder->path))))
            g_ptr_array_add(watch->polled, g_strdup(folder->path));
    }
}

/* Where filed sources go. FALSE: some have not answered yet. */
static gboolean
ask_done(LtWatch *watch)
{
    gboolean all = TRUE, came_back = FALSE;
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < watch->folders->len; i++) {
        LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);
        LtAnswer answer =
            folder->done ? lt_answers_ask(watch->answers, folder->done) : LT_ANSWER_CAME;

        all &= answer != LT_ANSWER_AWAITED;
        came_back |= answer == LT_ANSWER_CAME && folder->done_hung;
        if (answer != LT_ANSWER_AWAITED)
            folder->done_hung = answer == LT_ANSWER_MISSING;
    }
    if (came_back && !lt_watch_prepare_done(watch, &error))
        lt_watch_say(watch, error->message);
    return all;
}

/* Of all that are to be looked at. FALSE: some have not answered yet. others: shares below the watched folders that
 * answer. */
static gboolean
ask_all(LtWatch *watch, gboolean polled, GPtrArray *others)
{
    gboolean all = ask_done(watch);

    for (guint i = 0; i < watch->folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);

        if (!polled || lt_root_is_polled(watch, folder->path))
            all &= lt_root_ask(watch, folder->path) != LT_ANSWER_AWAITED;
    }
    for (guint i = 0; i < watch->polled->len; i++) {
        const char *path = g_ptr_array_index(watch->polled, i);
        LtAnswer answer = find_root(watch, path) ? LT_ANSWER_MISSING : lt_root_ask(watch, path);

        all &= answer != LT_ANSWER_AWAITED;
        if (polled && answer == LT_ANSWER_CAME)
            g_ptr_array_add(others, g_strdup(path));
    }
    return all;
}

GPtrArray *
lt_roots_gather(LtWatch *watch, gboolean polled)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

    if (!ask_all(watch, polled, paths))
        return NULL;
    resolve_roots(watch);
    choose_ways(watch);
    for (guint i = 0; i < watch->folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);

        if (!folder->hung && (!polled || lt_root_is_polled(watch, folder->path)))
            g_ptr_array_add(paths, g_strdup(folder->path));
    }
    return g_steal_pointer(&paths);
}
