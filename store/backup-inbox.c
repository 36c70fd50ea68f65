/* The inbox in a copy: inbox/FOLDER/FILE, what the server took and nobody has filed yet. A file in it never changes,
 * and goes once its document is in the archive. */
#include "store/backup-inbox.h"

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

/* NULL where it cannot be read, or is not there. */
static GDir *
open_source(Inbox *inbox, const char *path)
{
    GDir *entries = g_dir_open(path, 0, NULL);

    if (entries == NULL)
        note_lost(inbox, path, errno);
    return entries;
}

static gboolean
copy_folder(Inbox *inbox, const char *from, const char *name, GError **error)
{
    g_autofree char *to = g_build_filename(inbox->folder, name, NULL);
    g_autoptr(GDir) entries = open_source(inbox, from);
    const char *entry;

    if (entries == NULL)
        return TRUE;
    if (!make_private(inbox->folder, error) || !make_private(to, error))
        return FALSE;
    while ((entry = g_dir_read_name(entries)) != NULL) {
        g_autofree char *source = g_build_filename(from, entry, NULL);
        g_autofree char *target = g_build_filename(to, entry, NULL);

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
    g_autoptr(GDir) entries = open_source(&inbox, source);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *folder = g_build_filename(source, name, NULL);

        if (name[0] != '.' && !copy_folder(&inbox, folder, name, error))
            return NULL;
    }
    if (g_hash_table_size(inbox.copied) > 0 && !lt_disk_sync_folder(inbox.folder, PLACE)) {
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
    g_autoptr(GDir) entries = g_dir_open(inbox, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *folder = g_build_filename(inbox, name, NULL);

        if (!drop_others(folder, copied, error))
            return FALSE;
    }
    return TRUE;
}
