/* The watched folders themselves: where links lead by now, and whether their disk tells of changes. */
#include <glib/gi18n-lib.h>

#include "ingest/reasons.h"
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

void
lt_roots_resolve(LtWatch *watch)
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

void
lt_roots_choose_ways(LtWatch *watch)
{
    for (guint i = 0; i < watch->folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(watch->folders, i);

        if (!lt_root_poll_if_silent(watch, folder->path) &&
            (!watch->events || watch->options.poll || !lt_filesystem_of(folder->path)))
            g_ptr_array_add(watch->polled, g_strdup(folder->path));
    }
}
