/* derived/ab/cdef…-name: what was made of an original and can be made again, such as pictures of its pages. It is
 * not synced: what is lost is made anew. */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DERIVED "derived"
#define PREFIX 2u        /* digits of the sum that name the folder */
#define LOOK_EVERY 64    /* files that are kept between two looks at how much there is */
#define ROOM_PERCENT 80u /* of the limit that is left after some went */

static char *
folder_of(const LtStore *store, const char *sha256)
{
    return g_strdup_printf("%s/" DERIVED "/%.*s", store->directory, (int)PREFIX, sha256);
}

static char *
path_of(const LtStore *store, const char *sha256, const char *name)
{
    g_autofree char *folder = folder_of(store, sha256);

    return g_strdup_printf("%s/%s-%s", folder, sha256 + PREFIX, name);
}

GBytes *
lt_store_derived(LtStore *store, const char *sha256, const char *name)
{
    g_autofree char *path = path_of(store, sha256, name);
    char *bytes = NULL;
    gsize size = 0;

    if (!g_file_get_contents(path, &bytes, &size, NULL))
        return NULL;
    /* Asked for now: so the last to go. */
    utimensat(AT_FDCWD, path, NULL, 0);
    return g_bytes_new_take(bytes, size);
}

typedef struct {
    char *path;
    guint64 size;
    gint64 used;
} Made;

static void
made_free(gpointer data)
{
    Made *made = data;

    g_free(made->path);
    g_free(made);
}

static int
longest_unused_first(gconstpointer a, gconstpointer b)
{
    const Made *first = *(const Made *const *)a, *second = *(const Made *const *)b;

    return (first->used > second->used) - (first->used < second->used);
}

static void
list_folder(const char *folder, GPtrArray *all, guint64 *ret_size)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        struct stat status;
        if (lstat(path, &status) != 0 || !S_ISREG(status.st_mode))
            continue;
        Made *made = g_new0(Made, 1);
        made->path = g_steal_pointer(&path);
        made->size = (guint64)status.st_size;
        made->used = (gint64)status.st_mtim.tv_sec;
        *ret_size += made->size;
        g_ptr_array_add(all, made);
    }
}

static void
make_room(const LtStore *store)
{
    g_autofree char *top = g_build_filename(store->directory, DERIVED, NULL);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(made_free);
    g_autoptr(GDir) folders = g_dir_open(top, 0, NULL);
    const char *name;
    guint64 size = 0;

    while (folders != NULL && (name = g_dir_read_name(folders)) != NULL) {
        g_autofree char *folder = g_build_filename(top, name, NULL);
        list_folder(folder, all, &size);
    }
    if (size <= LT_DERIVED_MOST)
        return;
    g_ptr_array_sort(all, longest_unused_first);
    for (guint i = 0; i < all->len && size > LT_DERIVED_MOST / 100 * ROOM_PERCENT; i++) {
        const Made *made = g_ptr_array_index(all, i);
        if (g_unlink(made->path) == 0)
            size -= made->size;
    }
}

gboolean
lt_store_keep_derived(LtStore *store, const char *sha256, const char *name, GBytes *bytes)
{
    static gint kept;
    g_autofree char *folder = folder_of(store, sha256);
    g_autofree char *path = path_of(store, sha256, name);
    gsize size = 0;
    g_autoptr(LtRemoval) removal = NULL;
    const char *start = g_bytes_get_data(bytes, &size);

    if (g_mkdir_with_parents(folder, 0700) != 0 ||
        !g_file_set_contents_full(path, start, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                  NULL))
        return FALSE;
    /* Removed while it was made; a removal that commits behind this look deletes it itself. */
    removal = lt_store_find_removal(store, sha256, NULL);
    if (removal != NULL)
        g_unlink(path);
    if (g_atomic_int_add(&kept, 1) % LOOK_EVERY == LOOK_EVERY - 1)
        make_room(store);
    return TRUE;
}

void
lt_derived_drop(LtStore *store, const char *sha256)
{
    g_autofree char *folder = folder_of(store, sha256);
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_prefix(name, sha256 + PREFIX))
            g_unlink(path);
    }
}
