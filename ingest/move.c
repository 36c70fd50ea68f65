/* A move is a rename that refuses to overwrite; between file systems it is a synced copy first. */
#include "ingest/move.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_NUMBER 10000u /* names tried for one file */

static gboolean
fail(GError **error, const char *folder, int code)
{
    g_autofree char *shown = g_filename_display_name(folder);

    g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(code),
                _("cannot be moved to '%s': %s"), shown, g_strerror(code));
    return FALSE;
}

/* Removes from, of which to is a copy; where it may not be removed, to goes again, lest every run
 * leave one copy more. 0, or -1 with the errno of what failed. */
static int
remove_or_undo(const char *from, const char *to)
{
    int failed;

    if (unlink(from) == 0)
        return 0;
    failed = errno;
    unlink(to);
    errno = failed;
    return -1;
}

/* rename(2) that fails with EEXIST where the new name is taken, on any file system. */
static int
rename_no_replace(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (link(from, to) != 0)
        return -1;
    return remove_or_undo(from, to);
}

/* "a.pdf", "a (2).pdf", "a (3).pdf", ... */
static char *
numbered_path(const char *folder, const char *name, guint number)
{
    const char *dot = strrchr(name, '.');
    gsize stem = dot && dot != name ? (gsize)(dot - name) : strlen(name);
    g_autofree char *numbered = NULL;

    if (number == 1)
        return g_build_filename(folder, name, NULL);
    numbered = g_strdup_printf("%.*s (%u)%s", (int)stem, name, number, name + stem);
    return g_build_filename(folder, numbered, NULL);
}

/* The new path (transfer full), or NULL with errno. */
static char *
rename_numbered(const char *from, const char *folder, const char *name)
{
    for (guint number = 1; number <= MAX_NUMBER; number++) {
        g_autofree char *to = numbered_path(folder, name, number);

        if (rename_no_replace(from, to) == 0)
            return g_steal_pointer(&to);
        if (errno != EEXIST)
            return NULL;
    }
    return NULL;
}

static gboolean
write_all(int fd, const char *bytes, gsize n)
{
    while (n > 0) {
        gssize written = write(fd, bytes, n);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return FALSE;
        bytes += written;
        n -= (gsize)written;
    }
    return TRUE;
}

/* Everything of from, with its times, synced. FALSE with errno. */
static gboolean
copy_bytes(int from, int to)
{
    char bytes[65536];
    struct stat info;
    gssize n;

    if (fstat(from, &info) != 0)
        return FALSE;
    while ((n = read(from, bytes, sizeof bytes)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || !write_all(to, bytes, (gsize)n))
            return FALSE;
    }
    return fchmod(to, info.st_mode & 0777) == 0 &&
           futimens(to, (struct timespec[]){info.st_atim, info.st_mtim}) == 0 && fsync(to) == 0;
}

static void
sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

/* 0, or the errno of what failed; then nothing is left behind. */
static int
copy_across(const char *path, const char *folder, const char *name)
{
    g_autofree char *temporary = g_build_filename(folder, ".luutru-XXXXXX", NULL);
    g_autofree char *copy = NULL;
    int from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    int to, failed = 0;

    if (from < 0)
        return errno;
    to = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0600);
    if (to < 0) {
        failed = errno;
        close(from);
        return failed;
    }
    if (!copy_bytes(from, to) || !(copy = rename_numbered(temporary, folder, name)))
        failed = errno;
    close(from);
    close(to);
    if (failed) {
        unlink(temporary);
        return failed;
    }
    sync_folder(folder);
    if (remove_or_undo(path, copy) == 0)
        return 0;
    failed = errno;
    sync_folder(folder);
    return failed;
}

gboolean
lt_move_file(const char *path, const char *folder, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *moved = NULL;
    int failed;

    if (g_mkdir_with_parents(folder, 0777) != 0)
        return fail(error, folder, errno);
    moved = rename_numbered(path, folder, name);
    if (moved) {
        sync_folder(folder);
        return TRUE;
    }
    failed = errno == EXDEV ? copy_across(path, folder, name) : errno;
    return failed == 0 ? TRUE : fail(error, folder, failed);
}
