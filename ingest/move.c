/* A move is a rename that refuses to overwrite; between file systems it is a synced copy first. */
#include "ingest/move.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ingest/walk.h"
#include "store/store.h"

#define MAX_NUMBER 100u /* then a name bears the time */
#define MAX_TRIES 110u  /* names tried for one file */
#define TAKEN ".luutru-taken-"
#define LEFTOVER "leftover"
#define PLACE "move" /* of the fault points */

static LtMoved
fail(GError **error, const char *folder, int code)
{
    g_autofree char *shown = g_filename_display_name(folder);

    g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(code),
                _("cannot be moved to '%s': %s"), shown, g_strerror(code));
    return LT_MOVE_FAILED;
}

/* --- whether it is still the same --- */

static gboolean
is_on_network(int fd)
{
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    const LtFilesystem *filesystem = lt_filesystem_of(path);

    return filesystem && filesystem->kind == LT_FILESYSTEM_NETWORK;
}

LtWriters
lt_move_writers(int fd)
{
    int refused;

    /* Who opens the file while the lease is held would be announced by a signal that ends programs. */
    fcntl(fd, F_SETSIG, SIGURG);
    if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0) {
        fcntl(fd, F_SETLEASE, F_UNLCK);
        return LT_WRITERS_NONE;
    }
    refused = errno;
    /* A share has no leases, or says the same as of a writer where its server gave this machine no right to keep the
     * file to itself; and of writers at other machines nothing tells. */
    if (refused == EACCES || refused == EPERM || is_on_network(fd))
        return LT_WRITERS_UNKNOWN;
    return refused == EAGAIN ? LT_WRITERS_SOME : LT_WRITERS_NONE;
}

static int
open_file(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
}

static gboolean
looks_the_same(int fd, const LtMoveLook *look)
{
    struct stat info;

    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (guint64)info.st_size == look->size &&
           lt_mtime_ns(&info) == look->mtime_ns && lt_move_writers(fd) != LT_WRITERS_SOME;
}

static gboolean
is_as_it_was(const char *path, const LtMoveLook *look)
{
    int fd = open_file(path);
    gboolean same = fd >= 0 && looks_the_same(fd, look);

    if (fd >= 0)
        close(fd);
    return same;
}

/* Reads it: hours may lie between the copy and this, and a coarse clock or a program that sets times hides
 * what happened in them. DONE: it is what was filed, and nothing stands against what is to be done. */
static LtMoved
compare(const char *path, const LtMoveLook *look)
{
    int fd = open_file(path);
    g_autofree char *sum = NULL;
    LtMoved verdict = LT_MOVE_LEFT;

    if (fd < 0)
        return LT_MOVE_LEFT;
    if (looks_the_same(fd, look))
        sum = lt_store_sum(fd);
    if (sum && looks_the_same(fd, look)) /* reading took its time */
        verdict = g_strcmp0(sum, look->sha256) == 0 ? LT_MOVE_DONE : LT_MOVE_CHANGED;
    close(fd);
    return verdict;
}

/* --- moving --- */

static gboolean
is_inside_letter(char byte)
{
    return ((guchar)byte & 0xC0) == 0x80;
}

/* BEFORE STEM BETWEEN .ENDING: the stem is cut, between two letters of UTF-8, where the name would be longer
 * than names may be. */
static char *
fit_name(const char *before, const char *name, const char *between)
{
    gsize room = NAME_MAX - strlen(before) - strlen(between);
    const char *dot = strrchr(name, '.');
    const char *ending = dot && dot != name && strlen(dot) < room ? dot : name + strlen(name);
    gsize stem = (gsize)(ending - name);
    gsize cut = MIN(stem, room - strlen(ending));

    for (guint i = 0; i < 3 && cut > 1 && is_inside_letter(name[cut]); i++)
        cut--;
    return g_strdup_printf("%s%.*s%s%s", before, (int)cut, name, between, ending);
}

/* A scanner that gives every file the same name fills the numbers in a year. */
static char *
time_mark(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *second = g_date_time_format(now, "%Y-%m-%d %H.%M.%S");

    return g_strdup_printf(" (%s.%06d)", second, g_date_time_get_microsecond(now));
}

/* "a.pdf", "a (2).pdf", "a (3).pdf", ..., "a (2026-02-28 09.30.15.123456).pdf" */
static char *
numbered_path(const char *folder, const char *name, guint number)
{
    g_autofree char *mark = NULL, *numbered = NULL;

    if (number == 1)
        return g_build_filename(folder, name, NULL);
    mark = number <= MAX_NUMBER ? g_strdup_printf(" (%u)", number) : time_mark();
    numbered = fit_name("", name, mark);
    return g_build_filename(folder, numbered, NULL);
}

static gboolean
is_one_file(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

/* Whether to is another name of from, as a rename by link(2) leaves it that was cut short. One that has only
 * one name is met by another way. */
static gboolean
is_second_name(const char *from, const char *to)
{
    struct stat one, other;

    return lstat(from, &one) == 0 && lstat(to, &other) == 0 && is_one_file(&one, &other) &&
           one.st_nlink > 1;
}

static gboolean
is_one_folder(const char *folder, const char *other)
{
    struct stat one, two;

    return stat(folder, &one) == 0 && stat(other, &two) == 0 && is_one_file(&one, &two);
}

/* Where the new name is taken by the file itself, only its old name is left to be removed. The new path
 * (transfer full), or NULL with errno. */
static char *
rename_numbered(const char *from, const char *folder, const char *name)
{
    for (guint number = 1; number <= MAX_TRIES; number++) {
        g_autofree char *to = numbered_path(folder, name, number);

        if (lt_disk_rename_new(from, to, PLACE))
            return g_steal_pointer(&to);
        if (errno == EEXIST && is_second_name(from, to))
            return lt_disk_unlink(from, PLACE) ? g_steal_pointer(&to) : NULL;
        if (errno != EEXIST)
            return NULL;
    }
    return NULL;
}

/* Everything of from, with its times, synced. FALSE with errno. */
static gboolean
copy_bytes(int from, int to)
{
    struct stat info;

    if (fstat(from, &info) != 0 || lt_disk_copy(from, to, PLACE) != LT_DISK_COPIED)
        return FALSE;
    /* Whose it was may still read it; only root can give files away. */
    (void)!fchown(to, info.st_uid, info.st_gid);
    return fchmod(to, info.st_mode & 0777) == 0 &&
           futimens(to, (struct timespec[]){info.st_atim, info.st_mtim}) == 0 &&
           lt_disk_sync(to, PLACE);
}

static gboolean
holds_same_bytes(int one, int other)
{
    char bytes[65536], others[sizeof bytes];
    gssize n;

    while ((n = read(one, bytes, sizeof bytes)) > 0)
        for (gssize got = 0, more; got < n; got += more)
            if ((more = read(other, others, (gsize)(n - got))) <= 0 ||
                memcmp(bytes + got, others, (gsize)more) != 0)
                return FALSE;
    return n == 0;
}

/* Whether to is what a move of from between file systems leaves that was cut short before the source was
 * removed: the same bytes and the same time. */
static gboolean
is_copy(int from, const struct stat *info, const char *to)
{
    int fd = open_file(to);
    struct stat other;
    gboolean same;

    if (fd < 0)
        return FALSE;
    same = fstat(fd, &other) == 0 && S_ISREG(other.st_mode) && other.st_size == info->st_size &&
           other.st_mtim.tv_sec == info->st_mtim.tv_sec &&
           other.st_mtim.tv_nsec == info->st_mtim.tv_nsec &&
           !(is_one_file(info, &other) && other.st_nlink == 1) && lseek(from, 0, SEEK_SET) == 0 &&
           holds_same_bytes(from, fd);
    close(fd);
    return same;
}

/* The copy that an earlier, killed move left under one of the names; NULL where there is none. (transfer
 * full) */
static char *
find_copy(int from, const char *folder, const char *name)
{
    struct stat info;

    if (fstat(from, &info) != 0)
        return NULL;
    for (guint number = 1; number <= MAX_NUMBER; number++) {
        g_autofree char *to = numbered_path(folder, name, number);

        if (is_copy(from, &info, to))
            return g_steal_pointer(&to);
        if (!g_file_test(to, G_FILE_TEST_EXISTS))
            return NULL;
    }
    return NULL;
}

/* A name that the next move of the same source uses again, so that killed ones leave no litter. */
static char *
temporary_path(const char *path, const char *folder)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);
    g_autofree char *name = g_strdup_printf(".luutru-%.16s", sum);

    return g_build_filename(folder, name, NULL);
}

/* The path of the synced copy (transfer full), or NULL with errno; then nothing is left behind. */
static char *
make_copy(int from, const char *path, const char *folder, const char *name)
{
    g_autofree char *temporary = temporary_path(path, folder);
    char *copy = NULL;
    int to, failed;

    if (lseek(from, 0, SEEK_SET) != 0)
        return NULL;
    lt_disk_unlink(temporary, LEFTOVER);
    to = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (to < 0)
        return NULL;
    if (copy_bytes(from, to))
        copy = rename_numbered(temporary, folder, name);
    failed = errno;
    close(to);
    if (!copy)
        lt_disk_unlink(temporary, LEFTOVER);
    errno = failed;
    return copy;
}

/* FAILED with errno. Unless it is DONE nothing is left behind. */
static LtMoved
copy_across(const char *path, const LtMoveLook *look, const char *folder, const char *name)
{
    int from = open_file(path);
    g_autofree char *found = NULL, *copy = NULL;
    LtMoved moved = LT_MOVE_FAILED;
    int failed;

    if (from < 0)
        return LT_MOVE_FAILED;
    found = find_copy(from, folder, name);
    if (!found)
        copy = make_copy(from, path, folder, name);
    failed = errno;
    close(from);
    if ((found || copy) && lt_disk_sync_folder(folder, PLACE)) {
        moved = compare(path, look);                            /* the copy took its time */
        if (moved == LT_MOVE_DONE && !is_as_it_was(path, look)) /* as did that */
            moved = LT_MOVE_LEFT;
        else if (moved == LT_MOVE_DONE && !lt_disk_unlink(path, PLACE))
            moved = LT_MOVE_FAILED;
    }
    if (found || copy)
        failed = errno;
    /* Where the source stays the copy goes again, lest every run leave one copy more. */
    if (copy && moved != LT_MOVE_DONE)
        lt_disk_unlink(copy, LEFTOVER);
    errno = failed;
    return moved;
}

LtMoved
lt_move_file(const char *path, const LtMoveLook *look, const char *folder, GError **error)
{
    g_autofree char *home = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *to = NULL, *back = NULL;
    LtMoved moved;

    if (g_mkdir_with_parents(folder, 0777) != 0)
        return fail(error, folder, errno);
    if (is_one_folder(home, folder))
        return LT_MOVE_DONE;
    moved = compare(path, look);
    if (moved != LT_MOVE_DONE)
        return moved;
    to = rename_numbered(path, folder, name);
    if (!to)
        moved = errno == EXDEV ? copy_across(path, look, folder, name) : LT_MOVE_FAILED;
    if (moved == LT_MOVE_FAILED)
        return fail(error, folder, errno);
    if (to && !is_as_it_was(to, look)) { /* replaced since it was looked at */
        back = rename_numbered(to, home, name);
        return LT_MOVE_LEFT;
    }
    if (to)
        lt_disk_sync_folder(folder, PLACE); /* both names or one: the file is there either way */
    return moved;
}

/* --- deleting --- */

const char *
lt_move_name_of_taken(const char *name)
{
    return g_str_has_prefix(name, TAKEN) && name[strlen(TAKEN)] ? name + strlen(TAKEN) : NULL;
}

char *
lt_move_give_back(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    const char *own = lt_move_name_of_taken(name);
    struct stat info;

    /* No file that was taken is empty: this one only kept the name (lt_disk_rename_new). */
    if (own && lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == 0) {
        lt_disk_unlink(path, LEFTOVER);
        return NULL;
    }
    return own ? rename_numbered(path, folder, own) : NULL;
}

static LtMoved
fail_delete(GError **error)
{
    g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno), _("cannot be deleted: %s"),
                g_strerror(errno));
    return LT_MOVE_FAILED;
}

LtMoved
lt_move_delete(const char *path, const LtMoveLook *look, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *fitted = fit_name(TAKEN, name, "");
    g_autofree char *taken = g_build_filename(folder, fitted, NULL);
    g_autofree char *back = NULL;
    LtMoved verdict;

    /* Before it is taken: to take a file away and give it back would be told as a new file, time and again. */
    verdict = compare(path, look);
    if (verdict != LT_MOVE_DONE)
        return verdict;
    if (!lt_disk_rename_new(path, taken, "delete"))
        return errno == ENOENT ? LT_MOVE_LEFT : fail_delete(error);
    if (!is_as_it_was(taken, look)) /* replaced since */
        verdict = LT_MOVE_LEFT;
    else if (!lt_disk_unlink(taken, "delete"))
        verdict = fail_delete(error);
    if (verdict == LT_MOVE_DONE)
        lt_disk_sync_folder(folder, "delete");
    else
        back = rename_numbered(taken, folder, name);
    return verdict;
}
