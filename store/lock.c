/* The intake lock: an open-file-description lock on ARCHIVE/lock, which the kernel drops with the
 * last descriptor, however the run ends. The file's text is the process id of its holder, for
 * people, and whether it takes files from the queue. */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The second line in the file of one who takes from the queue, and has every wall around its workers. */
#define ROLE_SERVER "queue\n"
#define ROLE_STRICT "queue strict\n"
#define LOCK_POLL_MICROSECONDS 100000

/* 1: locked, 0: another holds it, -1: error (errno). */
static int
try_lock(int fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    if (fcntl(fd, F_OFD_SETLK, &whole) == 0)
        return 1;
    return errno == EAGAIN || errno == EACCES ? 0 : -1;
}

/* What the file says of him who holds its lock. */
typedef struct {
    gboolean held, served, strict;
    gint64 process;
} Holder;

static void
read_holder(int fd, Holder *holder)
{
    char text[32] = "";
    ssize_t got = pread(fd, text, sizeof text - 1, 0);
    char *rest = text;

    if (got <= 0)
        return;
    holder->process = g_ascii_strtoll(text, &rest, 10);
    holder->strict = strcmp(rest, "\n" ROLE_STRICT) == 0;
    holder->served = holder->strict || strcmp(rest, "\n" ROLE_SERVER) == 0;
}

static gboolean
fail_held(const LtStore *store, int fd, GError **error)
{
    g_autofree char *shown = g_filename_display_name(store->directory);
    Holder holder = {0};

    read_holder(fd, &holder);
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY,
                holder.served ? _("a watcher (process %" PRId64 ") holds the archive '%s': end it "
                                  "first, and begin it again afterwards")
                              : _("another run (process %" PRId64 ") is taking files into the "
                                  "archive '%s': try again when it has ended"),
                holder.process, shown);
    return FALSE;
}

static gboolean
write_holder(int fd, const char *path, const char *role, GError **error)
{
    g_autofree char *text = g_strdup_printf("%d\n%s", (int)getpid(), role);

    if (ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0 &&
        lt_disk_write(fd, text, strlen(text), "lock"))
        return TRUE;
    return lt_store_fail_errno(errno, path, error);
}

gboolean
lt_store_lock(LtStore *store, guint wait_seconds, GError **error)
{
    g_autofree char *path = g_build_filename(store->directory, "lock", NULL);
    gint64 deadline = g_get_monotonic_time() + (gint64)wait_seconds * G_USEC_PER_SEC;
    int got;

    if (store->lock_fd >= 0)
        return TRUE;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return lt_store_fail_errno(errno, path, error);
    while ((got = try_lock(fd)) == 0 && g_get_monotonic_time() < deadline)
        g_usleep(LOCK_POLL_MICROSECONDS);

    gboolean held = got > 0   ? write_holder(fd, path, "", error)
                    : got < 0 ? lt_store_fail_errno(errno, path, error)
                              : fail_held(store, fd, error);
    if (!held || !lt_store_sweep_temporary(store, error)) {
        close(fd);
        return FALSE;
    }
    /* What cannot be done of it is noted still, and must not keep away the repair that helps. */
    lt_store_sweep_removed(store, 0, NULL);
    store->lock_fd = fd;
    return TRUE;
}

/* Whether the file that is held locked is still the one that others find. */
static gboolean
is_lock_in_place(const LtStore *store)
{
    g_autofree char *path = g_build_filename(store->directory, "lock", NULL);
    struct stat held, found;

    return store->lock_fd < 0 || (fstat(store->lock_fd, &held) == 0 && stat(path, &found) == 0 &&
                                  held.st_dev == found.st_dev && held.st_ino == found.st_ino);
}

gboolean
lt_store_check_in_place(LtStore *store, GError **error)
{
    g_autofree char *shown = NULL;
    struct stat folder;
    int moved = 0;

    /* SQLite does not see that a link on the way leads elsewhere by now. */
    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (!moved && stat(store->directory, &folder) == 0 && folder.st_dev == store->disk &&
        folder.st_ino == store->inode && is_lock_in_place(store))
        return TRUE;
    shown = g_filename_display_name(store->directory);
    g_set_error(
        error, LT_STORE_ERROR, LT_STORE_ERROR_MISSING,
        _("the archive at '%s' was moved or replaced while it was open, or files of it were "
          "deleted: put it back, and begin again"),
        shown);
    return FALSE;
}

void
lt_store_unlock(LtStore *store)
{
    if (store->lock_fd >= 0)
        close(store->lock_fd);
    store->lock_fd = -1;
}

gboolean
lt_store_serve_queue(LtStore *store, gboolean strict, GError **error)
{
    g_autofree char *path = g_build_filename(store->directory, "lock", NULL);

    g_return_val_if_fail(store->lock_fd >= 0, FALSE);
    return write_holder(store->lock_fd, path, strict ? ROLE_STRICT : ROLE_SERVER, error);
}

static Holder
ask_holder(const char *directory)
{
    g_autofree char *path = g_build_filename(directory, "lock", NULL);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    Holder holder = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return holder;
    holder.held = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    if (holder.held)
        read_holder(fd, &holder);
    close(fd);
    return holder;
}

gboolean
lt_lock_is_held(const char *directory)
{
    return ask_holder(directory).held;
}

gboolean
lt_lock_is_of_another(const LtStore *store)
{
    return store->lock_fd < 0 && lt_lock_is_held(store->directory);
}

gboolean
lt_store_is_served(LtStore *store, gint64 *ret_process)
{
    Holder holder = ask_holder(store->directory);

    if (holder.served && ret_process != NULL)
        *ret_process = holder.process;
    return holder.served;
}

gboolean
lt_store_is_served_strictly(LtStore *store)
{
    return ask_holder(store->directory).strict;
}
