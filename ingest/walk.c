/* A walk without recursion: a stack of folders, each with its names sorted. */
#include "ingest/walk.h"

#include "ingest/ingest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

typedef struct {
    char *path;       /* (nullable) NULL: the paths that were named */
    GPtrArray *names; /* of char * */
    guint next;
} Folder;

struct LtWalk {
    GPtrArray *folders; /* of Folder; the last one is looked through */
    GHashTable *named;  /* of char *, absolute */
    gboolean has_leave;
    dev_t leave_device;
    ino_t leave_inode;
    LtWalkAsk visit, wanted; /* (nullable) a watcher's */
    gpointer user_data;
};

static void
folder_free(Folder *folder)
{
    g_free(folder->path);
    g_ptr_array_unref(folder->names);
    g_free(folder);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Folder, folder_free)

static Folder *
folder_new(const char *path)
{
    Folder *folder = g_new0(Folder, 1);

    folder->path = g_strdup(path);
    folder->names = g_ptr_array_new_with_free_func(g_free);
    return folder;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* NULL with errno set. readdir(3) is used as it is, for GDir hides an error in the midst of a
 * folder. */
static Folder *
folder_read(const char *path)
{
    g_autoptr(Folder) folder = folder_new(path);
    DIR *stream = opendir(path);
    int failed;

    if (!stream)
        return NULL;
    for (;;) {
        struct dirent *entry;

        errno = 0;
        entry = readdir(stream);
        if (!entry)
            break;
        if (!g_str_equal(entry->d_name, ".") && !g_str_equal(entry->d_name, ".."))
            g_ptr_array_add(folder->names, g_strdup(entry->d_name));
    }
    failed = errno;
    closedir(stream);
    errno = failed;
    if (failed)
        return NULL;
    g_ptr_array_sort(folder->names, compare_names);
    return g_steal_pointer(&folder);
}

void
lt_found_free(LtFound *found)
{
    if (!found)
        return;
    g_free(found->path);
    g_free(found->reason);
    lt_ledger_row_free(found->row);
    g_free(found);
}

static LtFound *
found_new(LtFoundKind kind, const char *path, const char *reason)
{
    LtFound *found = g_new0(LtFound, 1);

    found->kind = kind;
    found->path = g_strdup(path);
    found->reason = g_strdup(reason);
    return found;
}

static LtFound *
found_failed(const char *path, int code)
{
    g_autofree char *reason = NULL;
    LtFoundKind kind = LT_FOUND_FAILED;

    /* It is there, and stays so until somebody renames what is above it. */
    if (code == ENAMETOOLONG && strlen(path) >= PATH_MAX) {
        kind = LT_FOUND_BROKEN;
        reason =
            g_strdup_printf(_("its path is longer than %d bytes, which is as long as paths can be "
                              "opened: give the folders above it shorter names"),
                            PATH_MAX - 1);
    } else if (code == ENOENT) {
        reason = g_strdup(_("not there (any more)"));
    } else if (code == EACCES || code == EPERM) {
        reason = g_strdup(_("no permission to read it; allow that and run again"));
    } else {
        reason = g_strdup_printf(_("cannot be looked at: %s"), g_strerror(code));
    }
    return found_new(kind, path, reason);
}

gint64
lt_mtime_ns(const struct stat *info)
{
    return info->st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + info->st_mtim.tv_nsec;
}

LtWalk *
lt_walk_new(const char *const *paths, const char *leave_alone)
{
    LtWalk *walk = g_new0(LtWalk, 1);
    Folder *top = folder_new(NULL);
    struct stat info;

    walk->folders = g_ptr_array_new_with_free_func((GDestroyNotify)folder_free);
    walk->named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; paths && paths[i]; i++) {
        char *absolute = lt_walk_absolute(paths[i]);

        g_ptr_array_add(top->names, g_strdup(paths[i]));
        if (absolute)
            g_hash_table_add(walk->named, absolute);
    }
    g_ptr_array_add(walk->folders, top);
    if (leave_alone && stat(leave_alone, &info) == 0) {
        walk->has_leave = TRUE;
        walk->leave_device = info.st_dev;
        walk->leave_inode = info.st_ino;
    }
    return walk;
}

void
lt_walk_watch(LtWalk *walk, LtWalkAsk visit, LtWalkAsk wanted, gpointer user_data)
{
    walk->visit = visit;
    walk->wanted = wanted;
    walk->user_data = user_data;
}

void
lt_walk_free(LtWalk *walk)
{
    if (!walk)
        return;
    g_ptr_array_unref(walk->folders);
    g_hash_table_unref(walk->named);
    g_free(walk);
}

gboolean
lt_walk_is_over(const LtWalk *walk)
{
    return walk->folders->len == 0;
}

gboolean
lt_walk_holds(const char *folder, const char *path)
{
    return lt_path_is_within(path, folder);
}

gboolean
lt_walk_is_named(const LtWalk *walk, const char *path)
{
    g_autofree char *at = g_strdup(path);

    while (!g_hash_table_contains(walk->named, at)) {
        char *parent = g_path_get_dirname(at);

        if (g_str_equal(parent, at)) {
            g_free(parent);
            return FALSE;
        }
        g_free(at);
        at = parent;
    }
    return TRUE;
}

char *
lt_walk_resolve(const char *path)
{
    char *resolved = realpath(path, NULL);
    char *copy = g_strdup(resolved);

    free(resolved);
    return copy;
}

char *
lt_walk_absolute(const char *path)
{
    g_autofree char *trimmed = g_strdup(path);
    g_autofree char *folder = NULL;
    g_autofree char *name = NULL;
    g_autofree char *resolved = NULL;

    for (gsize n = strlen(trimmed); n > 1 && trimmed[n - 1] == '/'; n--)
        trimmed[n - 1] = '\0';
    folder = g_path_get_dirname(trimmed);
    name = g_path_get_basename(trimmed);
    /* "." and ".." as last part name a folder by its way, not by its name. */
    if (!*path || g_str_equal(name, ".") || g_str_equal(name, "..") || g_str_equal(name, "/"))
        return lt_walk_resolve(path);
    resolved = lt_walk_resolve(folder);
    return resolved ? g_build_filename(resolved, name, NULL) : NULL;
}

/* Also one that a backup or a restore is still making. */
static gboolean
is_archive(const char *path)
{
    g_autofree char *database = g_build_filename(path, "archive.db", NULL);
    g_autofree char *partial = g_build_filename(path, "archive.db.partial", NULL);
    g_autofree char *objects = g_build_filename(path, "objects", NULL);

    return g_file_test(objects, G_FILE_TEST_IS_DIR) &&
           (g_file_test(database, G_FILE_TEST_IS_REGULAR) ||
            g_file_test(partial, G_FILE_TEST_IS_REGULAR));
}

gboolean
lt_walk_is_in_archive(const char *path)
{
    g_autofree char *at = lt_walk_resolve(path);
    gboolean inbox = FALSE;

    while (at) {
        g_autofree char *name = g_path_get_basename(at);
        char *parent;

        if (is_archive(at))
            return !inbox;
        inbox = g_str_equal(name, LT_INGEST_INBOX);
        parent = g_path_get_dirname(at);
        if (g_str_equal(parent, at))
            g_clear_pointer(&parent, g_free);
        g_free(at);
        at = parent;
    }
    return FALSE;
}

static LtFound *
enter_folder(LtWalk *walk, const char *path, const struct stat *info)
{
    Folder *folder;

    if (walk->has_leave && info->st_dev == walk->leave_device && info->st_ino == walk->leave_inode)
        return found_new(LT_FOUND_FOLDER, path, _("the folder for filed sources is left alone"));
    if (walk->visit && !walk->visit(path, walk->user_data))
        return NULL;
    folder = folder_read(path);
    if (!folder)
        return found_failed(path, errno);
    g_ptr_array_add(walk->folders, folder);
    return NULL;
}

static const struct {
    mode_t type;
    const char *reason;
} special_files[] = {
    {S_IFIFO, N_("not a document: a pipe")},
    {S_IFSOCK, N_("not a document: a socket")},
    {S_IFCHR, N_("not a document: a device")},
    {S_IFBLK, N_("not a document: a device")},
    {S_IFDIR, N_("a link to a folder is not followed; name the folder itself")},
    {S_IFLNK, N_("a link is not followed out of a watched folder")},
};

static LtFound *
found_special(const char *path, const struct stat *info)
{
    const char *reason = _("not a document: a special file");
    LtFound *found;

    for (gsize i = 0; i < G_N_ELEMENTS(special_files); i++) {
        if ((info->st_mode & S_IFMT) == special_files[i].type)
            reason = _(special_files[i].reason);
    }
    found = found_new(LT_FOUND_SKIP, path, reason);
    found->mtime_ns = lt_mtime_ns(info);
    return found;
}

LtFound *
lt_walk_look(const char *path)
{
    struct stat info;

    if (lstat(path, &info) != 0)
        return found_failed(path, errno);
    if (S_ISDIR(info.st_mode))
        return NULL;
    return S_ISREG(info.st_mode) ? found_new(LT_FOUND_FILE, path, NULL)
                                 : found_special(path, &info);
}

int
lt_walk_open(const char *path)
{
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
                           .resolve = RESOLVE_NO_SYMLINKS};
    int fd = (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);

    /* Kernels before 5.6, and sandboxes that do not know the call. */
    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
    return fd;
}

static LtFound *
look_at(LtWalk *walk, const char *path, gboolean named)
{
    struct stat info, link;

    if (lstat(path, &link) != 0)
        return found_failed(path, errno);
    if (walk->visit && !named && S_ISLNK(link.st_mode))
        return found_special(path, &link);
    if (stat(path, &info) != 0) {
        LtFound *found;

        if (!S_ISLNK(link.st_mode) || named)
            return found_failed(path, errno);
        found = found_special(path, &link);
        g_free(found->reason);
        found->reason = g_strdup(_("a link that leads nowhere"));
        return found;
    }
    if (named ? lt_walk_is_in_archive(path) : S_ISDIR(link.st_mode) && is_archive(path))
        return found_new(LT_FOUND_FOLDER, path, _("an archive is not taken into an archive"));
    if (S_ISREG(info.st_mode))
        return found_new(LT_FOUND_FILE, path, NULL);
    /* A link that a person named is meant; one that lies in a folder may lead anywhere. */
    if (S_ISDIR(info.st_mode) && (named || !S_ISLNK(link.st_mode)))
        return enter_folder(walk, path, &info);
    return found_special(path, &info);
}

/* Whether name, in folder, is a file that the server is still receiving. */
static gboolean
is_arriving(const char *folder, const char *name)
{
    g_autofree char *own = g_path_get_basename(folder);
    g_autofree char *parent = g_path_get_dirname(folder);

    return g_str_has_prefix(name, LT_INGEST_ARRIVING) && g_str_equal(own, LT_INGEST_INBOX) &&
           is_archive(parent);
}

LtFound *
lt_walk_step(LtWalk *walk)
{
    Folder *folder = g_ptr_array_index(walk->folders, walk->folders->len - 1);
    const char *name;
    g_autofree char *path = NULL;

    if (folder->next == folder->names->len) {
        g_ptr_array_set_size(walk->folders, (int)walk->folders->len - 1);
        return NULL;
    }
    name = g_ptr_array_index(folder->names, folder->next++);
    if (folder->path)
        path = g_build_filename(folder->path, name, NULL);
    else
        path = lt_walk_absolute(name);
    if (!path)
        return found_failed(name, errno);
    if (folder->path &&
        (walk->wanted ? !walk->wanted(path, walk->user_data) : is_arriving(folder->path, name)))
        return NULL;
    return look_at(walk, path, folder->path == NULL);
}
