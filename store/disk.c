#include "store/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/fault.h"

#define COPY_BYTES 65536u

/* Whether the operation may be tried; else errno is set. */
static gboolean
before(const char *place, const char *operation)
{
    int ordered = lt_fault(place, operation, "before");

    if (ordered > 0)
        errno = ordered;
    return ordered <= 0;
}

static gboolean
after(gboolean done, const char *place, const char *operation)
{
    lt_fault(place, operation, "after");
    return done;
}

static gssize
write_some(int fd, const void *bytes, gsize size, const char *place)
{
    int ordered = lt_fault(place, "write", "before");

    if (ordered > 0) {
        errno = ordered;
        return -1;
    }
    if (ordered == LT_FAULT_SHORT)
        size = (size + 1) / 2;
    gssize written = write(fd, bytes, size);
    lt_fault(place, "write", "after");
    return written;
}

gboolean
lt_disk_write(int fd, const void *bytes, gsize size, const char *place)
{
    const char *at = bytes;

    while (size > 0) {
        gssize written = write_some(fd, at, size, place);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return FALSE;
        at += written;
        size -= (gsize)written;
    }
    return TRUE;
}

LtDiskCopy
lt_disk_copy(int from, int to, const char *place)
{
    g_autofree guchar *bytes = g_malloc(COPY_BYTES);
    gssize n;

    while ((n = read(from, bytes, COPY_BYTES)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return LT_DISK_NOT_READ;
        if (!lt_disk_write(to, bytes, (gsize)n, place))
            return LT_DISK_NOT_WRITTEN;
    }
    return LT_DISK_COPIED;
}

gboolean
lt_disk_sync(int fd, const char *place)
{
    return before(place, "sync") && after(fsync(fd) == 0, place, "sync");
}

gboolean
lt_disk_sync_folder(const char *folder, const char *place)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = 0;

    if (fd < 0)
        return FALSE;
    /* Some shares and FUSE file systems have nothing that could be synced of a folder, and say so. */
    if (!lt_disk_sync(fd, place) && errno != EINVAL && errno != ENOTSUP)
        failed = errno;
    close(fd);
    errno = failed;
    return failed == 0;
}

gboolean
lt_disk_make_folder(const char *folder, const char *place)
{
    return before(place, "mkdir") &&
           after(mkdir(folder, 0777) == 0 || errno == EEXIST, place, "mkdir");
}

gboolean
lt_disk_rename(const char *from, const char *to, const char *place)
{
    return before(place, "rename") && after(rename(from, to) == 0, place, "rename");
}

/* For file systems that know neither: the name is taken by an empty file, which is replaced. */
static gboolean
reserve_new(const char *from, const char *to, const char *place)
{
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    int failed;

    if (fd < 0)
        return FALSE;
    close(fd);
    if (lt_disk_rename(from, to, place))
        return TRUE;
    failed = errno;
    unlink(to);
    errno = failed;
    return FALSE;
}

/* For file systems that cannot rename without replacing. Where the old name may not be removed, the new
 * one goes again, lest every run leave one name more. */
static gboolean
link_new(const char *from, const char *to, const char *place)
{
    int failed;

    if (!before(place, "link") || !after(link(from, to) == 0, place, "link"))
        return FALSE;
    if (lt_disk_unlink(from, place))
        return TRUE;
    failed = errno;
    unlink(to);
    errno = failed;
    return FALSE;
}

gboolean
lt_disk_rename_new(const char *from, const char *to, const char *place)
{
    if (!before(place, "rename"))
        return FALSE;
    if (after(renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0, place, "rename"))
        return TRUE;
    if (errno != EINVAL && errno != ENOSYS)
        return FALSE;
    if (link_new(from, to, place))
        return TRUE;
    return (errno == EPERM || errno == ENOSYS || errno == ENOTSUP) && reserve_new(from, to, place);
}

gboolean
lt_disk_unlink(const char *path, const char *place)
{
    return before(place, "unlink") && after(unlink(path) == 0, place, "unlink");
}
