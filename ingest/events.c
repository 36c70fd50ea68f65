/* inotify(7). A watch follows its folder when that is renamed, and so the path it stands for is told
 * anew each time that the folder is met. */
#include "ingest/events.h"

#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <glib-unix.h>

#define MASK                                                                                       \
    (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_ATTRIB | IN_DELETE_SELF |       \
     IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK)
#define BYTES_AT_ONCE 65536u
#define READS_AT_ONCE 16u /* then others have their turn */

struct LtEvents {
    int fd;
    GSource *source;
    GHashTable *paths;   /* watch descriptor -> path */
    GHashTable *watches; /* path -> watch descriptor */
    LtEventsHook hook;
    gpointer user_data;
};

static void
drop(LtEvents *events, int watch)
{
    const char *path = g_hash_table_lookup(events->paths, GINT_TO_POINTER(watch));

    if (!path)
        return;
    g_hash_table_remove(events->watches, path);
    g_hash_table_remove(events->paths, GINT_TO_POINTER(watch));
}

static void
tell(LtEvents *events, LtEventKind kind, const char *folder, const char *name)
{
    g_autofree char *path = name ? g_build_filename(folder, name, NULL) : g_strdup(folder);

    events->hook(kind, path, events->user_data);
}

static void
tell_entry(LtEvents *events, const struct inotify_event *event, const char *folder)
{
    g_autofree char *path = g_build_filename(folder, event->name, NULL);
    gboolean is_folder = (event->mask & IN_ISDIR) != 0;

    if (is_folder && event->mask & IN_MOVED_FROM)
        lt_events_forget(events, path);
    else if (is_folder && event->mask & (IN_CREATE | IN_MOVED_TO))
        events->hook(LT_EVENT_FOLDER, path, events->user_data);
    else if (!is_folder && event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
        events->hook(LT_EVENT_CLOSED, path, events->user_data);
    else if (!is_folder && event->mask & (IN_CREATE | IN_ATTRIB))
        events->hook(LT_EVENT_APPEARED, path, events->user_data);
}

static void
take(LtEvents *events, const struct inotify_event *event)
{
    const char *known = g_hash_table_lookup(events->paths, GINT_TO_POINTER(event->wd));
    g_autofree char *folder = g_strdup(known);

    if (event->mask & IN_Q_OVERFLOW) {
        events->hook(LT_EVENT_LOST, NULL, events->user_data);
        return;
    }
    if (!folder)
        return;
    if (event->mask & IN_IGNORED)
        drop(events, event->wd);
    if (event->len > 0)
        tell_entry(events, event, folder);
    else if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT))
        tell(events, LT_EVENT_LOST, folder, NULL);
}

static gboolean
news(int fd, GIOCondition condition, gpointer user_data)
{
    LtEvents *events = user_data;
    char bytes[BYTES_AT_ONCE] __attribute__((aligned(__alignof__(struct inotify_event))));

    (void)condition;
    for (guint i = 0; i < READS_AT_ONCE; i++) {
        gssize n = read(fd, bytes, sizeof bytes);

        if (n <= 0)
            break;
        for (const char *at = bytes; at < bytes + n;) {
            const struct inotify_event *event = (const struct inotify_event *)at;

            take(events, event);
            at += sizeof *event + event->len;
        }
    }
    return G_SOURCE_CONTINUE;
}

LtEvents *
lt_events_new(GMainContext *context, LtEventsHook hook, gpointer user_data)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    LtEvents *events;

    if (fd < 0)
        return NULL;
    events = g_new0(LtEvents, 1);
    events->fd = fd;
    events->hook = hook;
    events->user_data = user_data;
    events->paths = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    events->watches = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    events->source = g_unix_fd_source_new(fd, G_IO_IN);
    g_source_set_callback(events->source, G_SOURCE_FUNC(news), events, NULL);
    /* Before everything else: what is not read is lost when the kernel's queue is full. */
    g_source_set_priority(events->source, G_PRIORITY_HIGH - 10);
    g_source_attach(events->source, context);
    return events;
}

void
lt_events_free(LtEvents *events)
{
    if (!events)
        return;
    g_source_destroy(events->source);
    g_source_unref(events->source);
    close(events->fd);
    g_hash_table_unref(events->paths);
    g_hash_table_unref(events->watches);
    g_free(events);
}

gboolean
lt_events_add(LtEvents *events, const char *folder)
{
    int watch = inotify_add_watch(events->fd, folder, MASK);
    const char *known;

    if (watch < 0)
        return FALSE;
    known = g_hash_table_lookup(events->paths, GINT_TO_POINTER(watch));
    if (known && g_str_equal(known, folder))
        return TRUE;
    drop(events, watch);
    g_hash_table_insert(events->paths, GINT_TO_POINTER(watch), g_strdup(folder));
    g_hash_table_insert(events->watches, g_strdup(folder), GINT_TO_POINTER(watch));
    return TRUE;
}

static gboolean
is_below(const char *path, const char *folder, gsize length)
{
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

void
lt_events_forget(LtEvents *events, const char *folder)
{
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(int));
    gsize length = strlen(folder);
    GHashTableIter iter;
    gpointer path, watch;

    g_hash_table_iter_init(&iter, events->watches);
    while (g_hash_table_iter_next(&iter, &path, &watch))
        if (is_below(path, folder, length)) {
            int descriptor = GPOINTER_TO_INT(watch);
            g_array_append_val(gone, descriptor);
        }
    for (guint i = 0; i < gone->len; i++) {
        int watch_gone = g_array_index(gone, int, i);

        drop(events, watch_gone);
        inotify_rm_watch(events->fd, watch_gone);
    }
}

guint
lt_events_count(const LtEvents *events)
{
    return g_hash_table_size(events->paths);
}
