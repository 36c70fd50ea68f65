/* Originals: objects/ab/cdef…, named by SHA-256, written once, mode 0444. A name there is only ever
 * a whole file that is on the disk: bytes first go to objects/tmp/, and the order is write, fsync,
 * rename, fsync of the folders. */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (1u << 20)

/* A file that is removed when it goes out of scope, unless it was renamed to its place. */
typedef struct {
    char *path;
    int fd;
} Temporary;

static void
temporary_clear(Temporary *temporary)
{
    if (temporary->fd >= 0)
        close(temporary->fd);
    if (temporary->path != NULL)
        lt_disk_unlink(temporary->path, "incoming");
    g_clear_pointer(&temporary->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Temporary, temporary_clear)

static gboolean
make_folder(const char *path, GError **error)
{
    return lt_disk_make_folder(path, "folder") || lt_store_fail_errno(errno, path, error);
}

static gboolean
sync_folder(const char *path, GError **error)
{
    return lt_disk_sync_folder(path, "folder") || lt_store_fail_errno(errno, path, error);
}

gboolean
lt_store_make_folders(LtStore *store, GError **error)
{
    g_autofree char *objects = g_build_filename(store->directory, LT_STORE_OBJECTS, NULL);
    g_autofree char *temporary = g_build_filename(objects, LT_STORE_TEMPORARY, NULL);
    g_autofree char *parent = g_path_get_dirname(store->directory);
    gboolean there = g_file_test(store->directory, G_FILE_TEST_IS_DIR);

    if (g_mkdir_with_parents(store->directory, 0777) != 0)
        return lt_store_fail_errno(errno, store->directory, error);
    /* A folder that was there may stand in one that this user cannot read. */
    return make_folder(objects, error) && make_folder(temporary, error) &&
           sync_folder(objects, error) && sync_folder(store->directory, error) &&
           (there || sync_folder(parent, error));
}

gboolean
lt_store_sweep_temporary(LtStore *store, GError **error)
{
    g_autofree char *objects = g_build_filename(store->directory, LT_STORE_OBJECTS, NULL);
    g_autofree char *folder = g_build_filename(objects, LT_STORE_TEMPORARY, NULL);
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name;

    if (entries == NULL)
        return make_folder(folder, error) && sync_folder(objects, error);
    while ((name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!lt_disk_unlink(path, "sweep") && errno != ENOENT)
            return lt_store_fail_errno(errno, path, error);
    }
    /* A run that was killed may have made folders and not come to this. */
    return sync_folder(objects, error);
}

static gboolean
temporary_open(LtStore *store, Temporary *ret_temporary, GError **error)
{
    g_autofree char *path = g_build_filename(store->directory, LT_STORE_OBJECTS, LT_STORE_TEMPORARY,
                                             "incoming-XXXXXX", NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = g_mkstemp_full(path, O_WRONLY | O_CLOEXEC, 0600);

    /* Cleaners take empty folders away. */
    if (fd < 0 && errno == ENOENT && lt_disk_make_folder(folder, "folder")) {
        memset(path + strlen(path) - 6, 'X', 6);
        fd = g_mkstemp_full(path, O_WRONLY | O_CLOEXEC, 0600);
    }
    if (fd < 0)
        return lt_store_fail_errno(errno, path, error);
    ret_temporary->fd = fd;
    ret_temporary->path = g_steal_pointer(&path);
    return TRUE;
}

static gboolean
fail_source(int saved_errno, GError **error)
{
    g_set_error(
        error, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED,
        _("the file cannot be read to its end (%s): check the disk or share it lies on, then "
          "run again"),
        g_strerror(saved_errno));
    return FALSE;
}

static gboolean
fail_changed(GError **error)
{
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED,
                        _("the file changed while it was read: run again when it is complete"));
    return FALSE;
}

/* At most most bytes: a file that grows as fast as it is copied would fill the disk. */
static gboolean
copy_all(int from, const Temporary *to, GChecksum *checksum, guint64 most, guint64 *ret_size,
         GError **error)
{
    g_autofree guchar *buffer = g_malloc(COPY_BYTES);
    guint64 size = 0;

    for (;;) {
        ssize_t got = read(from, buffer, COPY_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_source(errno, error);
        if (got == 0)
            break;
        if ((guint64)got > most - size)
            return fail_changed(error);
        g_checksum_update(checksum, buffer, got);
        if (!lt_disk_write(to->fd, buffer, (gsize)got, "original"))
            return lt_store_fail_errno(errno, to->path, error);
        size += (guint64)got;
    }
    *ret_size = size;
    return TRUE;
}

/* Whether what was copied is what stood there all the while. size: bytes copied from offset on. */
static gboolean
check_unchanged(int fd, const struct stat *before, off_t offset, guint64 size, GError **error)
{
    struct stat after;

    if (fstat(fd, &after) != 0)
        return fail_source(errno, error);
    gboolean same = before->st_size == after.st_size &&
                    before->st_mtim.tv_sec == after.st_mtim.tv_sec &&
                    before->st_mtim.tv_nsec == after.st_mtim.tv_nsec;
    if (S_ISREG(after.st_mode))
        same = same && (guint64)after.st_size == (guint64)offset + size;
    return same || fail_changed(error);
}

static char *
object_folder(const LtStore *store, const char *sha256)
{
    char first[] = {sha256[0], sha256[1], '\0'};

    return g_build_filename(store->directory, LT_STORE_OBJECTS, first, NULL);
}

char *
lt_original_path(const char *directory, const char *sha256)
{
    char first[] = {sha256[0], sha256[1], '\0'};

    return g_build_filename(directory, LT_STORE_OBJECTS, first, sha256 + 2, NULL);
}

char *
lt_store_sum(int fd)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *buffer = g_malloc(COPY_BYTES);
    off_t at = 0;
    ssize_t got;

    while ((got = pread(fd, buffer, COPY_BYTES, at)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return NULL;
        g_checksum_update(checksum, buffer, got);
        at += got;
    }
    return g_strdup(g_checksum_get_string(checksum));
}

static gboolean
is_in_place(const char *path, const char *sha256, gint64 size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    g_autofree char *sum = NULL;
    struct stat status;

    if (fd < 0)
        return FALSE;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == size)
        sum = lt_store_sum(fd);
    close(fd);
    return g_strcmp0(sum, sha256) == 0;
}

/* An object that holds what its name says is kept; one that does not is what a failing disk left, and
 * the good bytes at hand, which may be about to leave their folder, take its place. size -1: they do in
 * any case. */
static gboolean
put_in_place(LtStore *store, Temporary *temporary, const char *sha256, gint64 size, GError **error)
{
    g_autofree char *objects = g_build_filename(store->directory, LT_STORE_OBJECTS, NULL);
    g_autofree char *folder = object_folder(store, sha256);
    g_autofree char *path = lt_original_path(store->directory, sha256);
    gboolean is_new = !g_file_test(folder, G_FILE_TEST_IS_DIR);

    if (is_new && (!make_folder(folder, error) || !sync_folder(objects, error)))
        return FALSE;
    if (!is_in_place(path, sha256, size)) {
        if (fchmod(temporary->fd, 0444) != 0 || !lt_disk_sync(temporary->fd, "original"))
            return lt_store_fail_errno(errno, temporary->path, error);
        if (!lt_disk_rename(temporary->path, path, "original"))
            return lt_store_fail_errno(errno, path, error);
        g_clear_pointer(&temporary->path, g_free);
    }
    /* Also where the object was there: the run that put it may have been killed before this. */
    return sync_folder(folder, error);
}

gboolean
lt_store_keep_original(LtStore *store, int fd, char **ret_sha256, guint64 *size, GError **error)
{
    g_auto(Temporary) temporary = {NULL, -1};
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    struct stat before;
    guint64 copied = 0, most;
    off_t offset = MAX(lseek(fd, 0, SEEK_CUR), 0);

    if (fstat(fd, &before) != 0)
        return fail_source(errno, error);
    most = S_ISREG(before.st_mode) ? (guint64)MAX(before.st_size - offset, 0) : G_MAXUINT64;
    if (!temporary_open(store, &temporary, error) ||
        !copy_all(fd, &temporary, checksum, most, &copied, error) ||
        !check_unchanged(fd, &before, offset, copied, error))
        return FALSE;
    if (*size > 0 && *size != copied)
        return fail_changed(error);
    if (!put_in_place(store, &temporary, g_checksum_get_string(checksum), (gint64)copied, error))
        return FALSE;
    *ret_sha256 = g_strdup(g_checksum_get_string(checksum));
    *size = copied;
    return TRUE;
}

gboolean
lt_original_put_back(LtStore *store, int fd, const char *sha256, gboolean *ret_same, GError **error)
{
    g_auto(Temporary) temporary = {NULL, -1};
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint64 size;

    if (!temporary_open(store, &temporary, error) ||
        !copy_all(fd, &temporary, checksum, G_MAXUINT64, &size, error))
        return FALSE;
    *ret_same = g_strcmp0(g_checksum_get_string(checksum), sha256) == 0;
    return !*ret_same || put_in_place(store, &temporary, sha256, -1, error);
}

gboolean
lt_is_sha256(const char *text)
{
    return text != NULL && strlen(text) == LT_STORE_SHA256_LENGTH &&
           strspn(text, "0123456789abcdef") == LT_STORE_SHA256_LENGTH;
}

static gboolean
fail_sha256(const char *sha256, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID, _("'%s' is not a SHA-256 sum"),
                sha256);
    return FALSE;
}

gboolean
lt_store_drop_original(LtStore *store, const char *sha256, GError **error)
{
    if (!lt_is_sha256(sha256))
        return fail_sha256(sha256, error);

    g_autofree char *folder = object_folder(store, sha256);
    g_autofree char *path = lt_original_path(store->directory, sha256);
    lt_derived_drop(store, sha256);
    if (lt_disk_unlink(path, "original"))
        return sync_folder(folder, error);
    return errno == ENOENT || lt_store_fail_errno(errno, path, error);
}

static void
fail_open(int saved_errno, const char *path, const char *sha256, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);

    if (saved_errno == ENOENT)
        g_set_error(
            error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
            _("the original '%s' is not in the archive: 'luutru verify --repair --from BACKUP' "
              "puts it back"),
            sha256);
    else if (saved_errno == EACCES || saved_errno == EPERM)
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY,
                    _("the original '%s' cannot be read: ask for permission to read the archive's "
                      "folders and files"),
                    shown);
    else
        lt_store_fail_errno(saved_errno, path, error);
}

int
lt_store_open_original(LtStore *store, const char *sha256, GError **error)
{
    if (!lt_is_sha256(sha256)) {
        fail_sha256(sha256, error);
        return -1;
    }

    g_autofree char *path = lt_original_path(store->directory, sha256);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        fail_open(errno, path, sha256, error);
    return fd;
}
