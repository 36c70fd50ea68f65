/* The inbox in a copy: inbox/FOLDER/FILE, what the server took and nobody has filed yet. A file in it never changes,
 * and goes once its document is in the archive. */
#include "store/backup-inbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/private.h"

#define INBOX "inbox"
#define COMING ".coming-backup" /* a name that the server sweeps */
#define PLACE "inbox"           /* of the fault points */

typedef struct {
    char *folder, *temporary; /* the inbox of the copy, and a file in it that is not whole */
    /* Paths of files in the copy, and of folders whose source cannot be read: what an earlier backup has of those is
     * kept. */
    GHashTable *copied;
    GPtrArray *lost;
} Inbox;

static void
inbox_clear(Inbox *inbox)
{
    g_free(inbox->folder);
    g_free(inbox->temporary);
    g_clear_pointer(&inbox->copied, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Inbox, inbox_clear)

/* What has gone meanwhile was filed; what cannot be read is told, and costs no other file its copy. */
static void
note_lost(Inbox *inbox, const char *path, int code)
{
    g_autofree char *shown = g_filename_display_name(path);

    if (code != ENOENT)
        g_ptr_array_add(inbox->lost,
                        g_strdup_printf(_("'%s', which nobody has filed yet, cannot be "
                                          "read: %s"),
                                        shown, g_strerror(code)));
}

/* Its time goes along: the ledger knows it by that. */
static gboolean
write_copy(Inbox *inbox, int from, const char *source, const char *target, GError **error)
{
    int fd = open(inbox->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    LtDiskCopy copied = fd >= 0 ? lt_disk_copy(from, fd, PLACE) : LT_DISK_NOT_WRITTEN;
    struct stat status;
    gboolean written = copied == LT_DISK_COPIED && fstat(from, &status) == 0;

    if (written) {
        const struct timespec times[] = {status.st_atim, status.st_mtim};

        written = futimens(fd, times) == 0 && lt_disk_sync(fd, PLACE) &&
                  lt_disk_rename(inbox->temporary, target, PLACE);
    }
    if (copied == LT_DISK_NOT_READ)
        note_lost(inbox, source, errno);
    else if (!written)
        lt_store_fail_errno(errno, target, error);
    if (fd >= 0)
        close(fd);
    return written || copied == LT_DISK_NOT_READ;
}

static gboolean
copy_file(Inbox *inbox, const char *source, const char *target, GError **error)
{
    int fd = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status, there;
    gboolean done = TRUE;

    if (fd < 0) {
        note_lost(inbox, source, errno);
        return TRUE;
    }
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        (lstat(target, &there) != 0 || there.st_size != status.st_size))
        done = write_copy(inbox, fd, source, target, error);
    close(fd);
    return done;
}

static gboolean
make_private(const char *folder, GError **error)
{
    return (g_mkdir_with_parents(folder, 0700) == 0 && chmod(folder, 0700) == 0) ||
           lt_store_fail_errno(errno, folder, error);
}

/* The names in a folder of the inbox; those that could be read where not all can. target: its copy. */
static GPtrArray *
read_source(Inbox *inbox, const char *path, const char *target)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    DIR *folder = opendir(path);
    const struct dirent *entry;
    int code = folder == NULL ? errno : 0;

    while (folder != NULL && ((void)(errno = 0), entry = readdir(folder)) != NULL)
        if (!g_str_equal(entry->d_name, ".") && !g_str_equal(entry->d_name, ".."))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    if (folder != NULL) {
        code = errno;
        closedir(folder);
    }
    if (code != 0)
        note_lost(inbox, path, code);
    if (code != 0 && code != ENOENT)
        g_hash_table_add(inbox->copied, g_strdup(target));
    return names;
}

static gboolean
copy_folder(Inbox *inbox, const char *from, const char *name, GError **error)
{
    g_autofree char *to = g_build_filename(inbox->folder, name, NULL);
    g_autoptr(GPtrArray) names = read_source(inbox, from, to);

    if (names->len == 0)
        return TRUE;
    if (!make_private(inbox->folder, error) || !make_private(to, error))
        return FALSE;
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *source = g_build_filename(from, g_ptr_array_index(names, i), NULL);
        g_autofree char *target = g_build_filename(to, g_ptr_array_index(names, i), NULL);

        if (!copy_file(inbox, source, target, error))
            return FALSE;
        g_hash_table_add(inbox->copied, g_steal_pointer(&target));
    }
    return lt_disk_sync_folder(to, PLACE) || lt_store_fail_errno(errno, to, error);
}

GHashTable *
lt_backup_inbox(const char *from, const char *to, GPtrArray *lost, GError **error)
{
    g_auto(Inbox) inbox = {
        .folder = g_build_filename(to, INBOX, NULL),
        .temporary = g_build_filename(to, INBOX, COMING, NULL),
        .copied = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .lost = lost,
    };
    g_autofree char *source = g_build_filename(from, INBOX, NULL);
    g_autoptr(GPtrArray) names = read_source(&inbox, source, inbox.folder);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *folder = g_build_filename(source, name, NULL);

        if (name[0] != '.' && !copy_folder(&inbox, folder, name, error))
            return NULL;
    }
    if (g_file_test(inbox.folder, G_FILE_TEST_IS_DIR) &&
        !lt_disk_sync_folder(inbox.folder, PLACE)) {
        lt_store_fail_errno(errno, inbox.folder, error);
        return NULL;
    }
    return g_steal_pointer(&inbox.copied);
}

static gboolean
drop_others(const char *folder, GHashTable *copied, GError **error)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        if (!g_hash_table_contains(copied, path) && !lt_disk_unlink(path, PLACE))
            return lt_store_fail_errno(errno, path, error);
    }
    g_rmdir(folder); /* where it is empty now */
    return TRUE;
}

gboolean
lt_backup_inbox_end(const char *to, GHashTable *copied, GError **error)
{
    g_autofree char *inbox = g_build_filename(to, INBOX, NULL);
    g_autoptr(GDir) entries =
        g_hash_table_contains(copied, inbox) ? NULL : g_dir_open(inbox, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *folder = g_build_filename(inbox, name, NULL);

        if (!g_hash_table_contains(copied, folder) && !drop_others(folder, copied, error))
            return FALSE;
    }
    return TRUE;
}
