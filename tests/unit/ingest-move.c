#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "ingest/move.h"
#include "ingest/walk.h"
#include "store/disk.h"
#include "store/store.h"

typedef struct {
    char *folder, *done;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    fixture->folder = g_dir_make_tmp("luutru-move-XXXXXX", NULL);
    g_assert_nonnull(fixture->folder);
    fixture->done = g_build_filename(fixture->folder, "year", "done", NULL);
}

static void
remove_files(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name;

    while (entries && (name = g_dir_read_name(entries))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        g_unlink(path);
    }
    g_rmdir(folder);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *year = g_path_get_dirname(fixture->done);

    (void)unused;
    remove_files(fixture->done);
    g_rmdir(year);
    remove_files(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->done);
}

static char *
put(const char *folder, const char *name, const char *contents)
{
    char *path = g_build_filename(folder, name, NULL);

    g_assert_true(g_file_set_contents(path, contents, -1, NULL));
    return path;
}

static void
assert_holds(const char *folder, const char *name, const char *expected)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *contents = NULL;

    g_assert_true(g_file_get_contents(path, &contents, NULL, NULL));
    g_assert_cmpstr(contents, ==, expected);
}

static void
stat_of(const char *path, struct stat *ret_info)
{
    g_assert_cmpint(lstat(path, ret_info), ==, 0);
}

/* As it is now. */
static LtMoveLook
look_of(const char *path)
{
    static char sum[65]; /* of the last one */
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    g_autofree char *fresh = lt_store_sum(fd);
    struct stat info;

    close(fd);
    stat_of(path, &info);
    g_strlcpy(sum, fresh, sizeof sum);
    return (LtMoveLook){(guint64)info.st_size, lt_mtime_ns(&info), sum};
}

static LtMoved
move_file(const char *path, const char *folder, GError **error)
{
    const LtMoveLook look = look_of(path);

    return lt_move_file(path, &look, folder, error);
}

static void
move(const char *path, const char *folder)
{
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(move_file(path, folder, &error), ==, LT_MOVE_DONE);
    g_assert_no_error(error);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static guint
count_files(const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    guint n = 0;

    while (g_dir_read_name(entries))
        n++;
    return n;
}

/* What lies there already is never overwritten. */
static void
test_numbered(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    for (int i = 1; i <= 3; i++) {
        g_autofree char *contents = g_strdup_printf("%d", i);
        g_autofree char *path = put(fixture->folder, "scan.page.pdf", contents);
        g_autofree char *bare = put(fixture->folder, ".bare", contents);

        move(path, fixture->done);
        move(bare, fixture->done);
    }
    assert_holds(fixture->done, "scan.page.pdf", "1");
    assert_holds(fixture->done, "scan.page (2).pdf", "2");
    assert_holds(fixture->done, "scan.page (3).pdf", "3");
    assert_holds(fixture->done, ".bare", "1");
    assert_holds(fixture->done, ".bare (3)", "3");
}

/* A scanner that gives every file the same name. */
static void
test_same_name(Fixture *fixture, gconstpointer unused)
{
    guint before;

    (void)unused;
    for (guint i = 1; i <= 100; i++) {
        g_autofree char *name = i == 1 ? g_strdup("a.pdf") : g_strdup_printf("a (%u).pdf", i);

        g_assert_cmpint(g_mkdir_with_parents(fixture->done, 0755), ==, 0);
        g_free(put(fixture->done, name, "old"));
    }
    before = count_files(fixture->done);
    for (guint i = 0; i < 2; i++) {
        g_autofree char *path = put(fixture->folder, "a.pdf", "new");

        move(path, fixture->done);
    }
    g_assert_cmpuint(count_files(fixture->done), ==, before + 2);
    assert_holds(fixture->done, "a.pdf", "old");
}

/* "ộ" is three bytes, and a name may have 255: with what is added it would be longer. */
static char *
long_name(void)
{
    g_autoptr(GString) name = g_string_new(NULL);

    while (name->len < 249)
        g_string_append(name, "ộ");
    g_string_append(name, ".pdf");
    return g_string_free(g_steal_pointer(&name), FALSE);
}

static char *
put_long(const char *folder, const char *name, const char *contents)
{
    g_autofree char *made = put(folder, "x", contents);
    char *path = g_build_filename(folder, name, NULL);

    g_assert_cmpint(g_rename(made, path), ==, 0);
    return path;
}

static void
test_long_names(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *name = long_name();
    g_autofree char *second = NULL, *path = NULL;
    g_autoptr(GError) error = NULL;
    LtMoveLook look;

    (void)unused;
    for (int i = 0; i < 2; i++) {
        g_free(path);
        path = put_long(fixture->folder, name, i == 0 ? "one" : "two");
        move(path, fixture->done);
    }
    second = g_strdup_printf("%.*s (2).pdf", 246, name); /* 247 would be within a letter */
    assert_holds(fixture->done, name, "one");
    assert_holds(fixture->done, second, "two");

    g_free(put_long(fixture->folder, name, "three"));
    look = look_of(path);
    g_assert_cmpint(lt_move_delete(path, &look, &error), ==, LT_MOVE_DONE);
    g_assert_cmpuint(count_files(fixture->folder), ==, 1); /* what leads to the other folder */
}

/* It lies where it is to go, also where that is named by another way. */
static void
test_home(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = put(fixture->folder, "a.pdf", "bytes");
    g_autofree char *way = g_build_filename(fixture->folder, "way", NULL);
    g_autoptr(GError) error = NULL;

    (void)unused;
    g_assert_cmpint(symlink(".", way), ==, 0);
    g_assert_cmpint(move_file(path, fixture->folder, &error), ==, LT_MOVE_DONE);
    g_assert_cmpint(move_file(path, way, &error), ==, LT_MOVE_DONE);
    assert_holds(fixture->folder, "a.pdf", "bytes");
    g_assert_cmpuint(count_files(fixture->folder), ==, 2);
}

/* Other bytes, of which size and time tell nothing. */
static void
test_other_bytes(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = put(fixture->folder, "a.pdf", "bytes");
    LtMoveLook look = look_of(path);
    struct timespec times[2] = {{0}};
    g_autoptr(GError) error = NULL;
    struct stat info;

    (void)unused;
    stat_of(path, &info);
    times[0] = times[1] = info.st_mtim;
    g_free(put(fixture->folder, "a.pdf", "BYTES"));
    g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
    g_assert_cmpint(lt_move_file(path, &look, fixture->done, &error), ==, LT_MOVE_CHANGED);
    g_assert_cmpint(lt_move_delete(path, &look, &error), ==, LT_MOVE_CHANGED);
    g_assert_no_error(error);
    assert_holds(fixture->folder, "a.pdf", "BYTES");
    g_assert_cmpuint(count_files(fixture->done), ==, 0);
}

typedef struct {
    char *path, *copy; /* of a.pdf, here and on another file system */
    char *folder;      /* there */
} Across;

/* FALSE: there is no second file system. */
static gboolean
across_begin(Across *across, Fixture *fixture)
{
    g_autofree char *other = g_strdup("/dev/shm/luutru-move-XXXXXX");
    GStatBuf here, there;

    if (!g_mkdtemp(other) || g_stat(other, &there) != 0 || g_stat(fixture->folder, &here) != 0 ||
        here.st_dev == there.st_dev) {
        g_rmdir(other);
        g_test_skip("there is no second file system");
        return FALSE;
    }
    across->path = put(fixture->folder, "a.pdf", "bytes");
    across->copy = g_build_filename(other, "a.pdf", NULL);
    across->folder = g_steal_pointer(&other);
    return TRUE;
}

/* Nothing else was left there. */
static void
across_end(Across *across)
{
    g_assert_cmpint(g_unlink(across->copy), ==, 0);
    g_assert_cmpint(g_rmdir(across->folder), ==, 0);
    g_free(across->path);
    g_free(across->copy);
    g_free(across->folder);
}

static const struct timespec TIMES[] = {{1000, 5}, {2000, 7}};

static void
test_across_file_systems(Fixture *fixture, gconstpointer unused)
{
    Across across;
    GStatBuf there;

    (void)unused;
    if (!across_begin(&across, fixture))
        return;
    g_assert_cmpint(chmod(across.path, 0640), ==, 0);
    g_assert_cmpint(utimensat(AT_FDCWD, across.path, TIMES, 0), ==, 0);
    move(across.path, across.folder);
    assert_holds(across.folder, "a.pdf", "bytes");
    g_assert_cmpint(g_stat(across.copy, &there), ==, 0);
    g_assert_cmpuint(there.st_mode & 0777, ==, 0640);
    g_assert_cmpint(there.st_mtim.tv_sec, ==, 2000);
    across_end(&across);
}

/* A move that was killed when the copy was whole and the source still there is brought to its end; another
 * file of that name, or one of the same bytes and another time, is no such copy. */
static void
test_cut_short(Fixture *fixture, gconstpointer unused)
{
    Across across;
    g_autofree char *second = NULL, *leftover = NULL;

    (void)unused;
    if (!across_begin(&across, fixture))
        return;
    leftover = put(across.folder, "a.pdf", "bytes");
    g_assert_cmpint(utimensat(AT_FDCWD, across.path, TIMES, 0), ==, 0);
    g_assert_cmpint(utimensat(AT_FDCWD, leftover, TIMES, 0), ==, 0);
    move(across.path, across.folder);
    assert_holds(across.folder, "a.pdf", "bytes");

    g_free(put(fixture->folder, "a.pdf", "bytes"));
    move(across.path, across.folder);
    assert_holds(across.folder, "a.pdf", "bytes");
    second = g_build_filename(across.folder, "a (2).pdf", NULL);
    g_assert_cmpint(g_unlink(second), ==, 0);
    across_end(&across);
}

/* Where names are added and taken away, a killed move leaves two of one file. */
static void
test_second_name(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = put(fixture->folder, "a.pdf", "bytes");
    g_autofree char *name = g_build_filename(fixture->done, "a.pdf", NULL);
    g_autofree char *second = g_build_filename(fixture->done, "a (2).pdf", NULL);

    (void)unused;
    g_assert_cmpint(g_mkdir_with_parents(fixture->done, 0755), ==, 0);
    g_assert_cmpint(link(path, name), ==, 0);
    move(path, fixture->done);
    assert_holds(fixture->done, "a.pdf", "bytes");
    g_assert_false(g_file_test(second, G_FILE_TEST_EXISTS));
}

static void
test_failure(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = put(fixture->folder, "a.pdf", "bytes");
    g_autofree char *file = put(fixture->folder, "file", "in the way");
    g_autoptr(GError) error = NULL;

    (void)unused;
    g_assert_cmpint(move_file(path, file, &error), ==, LT_MOVE_FAILED);
    g_assert_nonnull(error);
    assert_holds(fixture->folder, "a.pdf", "bytes");
}

/* Another file came to lie under its name, or somebody still writes to it: it has not been filed. */
static void
test_move_another(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = put(fixture->folder, "a.pdf", "other bytes");
    g_autofree char *there = g_build_filename(fixture->done, "a.pdf", NULL);
    g_autoptr(GError) error = NULL;
    LtMoveLook look = look_of(path);
    int fd;

    (void)unused;
    look.size = 5;
    g_assert_cmpint(lt_move_file(path, &look, fixture->done, &error), ==, LT_MOVE_LEFT);
    assert_holds(fixture->folder, "a.pdf", "other bytes");
    fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    g_assert_cmpint(move_file(path, fixture->done, &error), ==, LT_MOVE_LEFT);
    assert_holds(fixture->folder, "a.pdf", "other bytes");
    g_assert_false(g_file_test(there, G_FILE_TEST_EXISTS));
    close(fd);
    move(path, fixture->done);
    assert_holds(fixture->done, "a.pdf", "other bytes");
}

static void
test_delete(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = put(fixture->folder, "a.pdf", "bytes");
    g_autofree char *second = g_build_filename(fixture->folder, "b.pdf", NULL);
    g_autoptr(GError) error = NULL;
    LtMoveLook look;

    (void)unused;
    g_assert_cmpint(link(path, second), ==, 0);
    look = look_of(path);
    g_assert_cmpint(lt_move_delete(path, &look, &error), ==, LT_MOVE_DONE);
    g_assert_no_error(error);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_holds(fixture->folder, "b.pdf", "bytes");
    g_assert_cmpint(lt_move_delete(path, &look, &error), ==, LT_MOVE_LEFT);
}

/* Another file came to lie under its name, or somebody still writes to it. */
static void
test_delete_another(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = put(fixture->folder, "a.pdf", "other bytes");
    g_autoptr(GError) error = NULL;
    LtMoveLook look = look_of(path);
    const guint64 size = look.size;
    int fd;

    (void)unused;
    look.size = 5;
    g_assert_cmpint(lt_move_delete(path, &look, &error), ==, LT_MOVE_LEFT);
    assert_holds(fixture->folder, "a.pdf", "other bytes");
    look.size = size;
    fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    g_assert_cmpint(lt_move_delete(path, &look, &error), ==, LT_MOVE_LEFT);
    assert_holds(fixture->folder, "a.pdf", "other bytes");
    close(fd);
    g_assert_cmpint(lt_move_delete(path, &look, &error), ==, LT_MOVE_DONE);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* A kill between the two steps leaves this; meanwhile its name was given to another. */
static void
test_give_back(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *taken = put(fixture->folder, ".luutru-taken-a.pdf", "bytes");
    g_autofree char *path = put(fixture->folder, "a.pdf", "other bytes");
    g_autofree char *back = lt_move_give_back(taken);

    (void)unused;
    g_assert_cmpstr(lt_move_name_of_taken(".luutru-taken-a.pdf"), ==, "a.pdf");
    g_assert_null(lt_move_name_of_taken("a.pdf"));
    g_assert_true(g_str_has_suffix(back, "/a (2).pdf"));
    assert_holds(fixture->folder, "a (2).pdf", "bytes");
    assert_holds(fixture->folder, "a.pdf", "other bytes");
    g_assert_null(lt_move_give_back(path));
}

/* From here on all file systems are as poor as some shares are: a rename always replaces, a file has one
 * name, a folder cannot be synced. */
static void
make_poor(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fsync, 3, 0),
#ifdef SYS_link
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_link, 3, 0),
#endif
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_linkat, 2, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    struct sock_fprog program = {G_N_ELEMENTS(filter), filter};

    g_assert_cmpint(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
    g_assert_cmpint(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

static void
test_poor_file_system(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *path = NULL, *other = NULL, *taken = NULL;
    g_autoptr(GError) error = NULL;
    LtMoveLook look;

    (void)unused;
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
        g_test_trap_assert_passed();
        return;
    }
    other = put(fixture->folder, "b.pdf", "other bytes");
    path = put(fixture->folder, "a.pdf", "bytes");
    g_assert_cmpint(g_mkdir_with_parents(fixture->done, 0755), ==, 0);
    g_free(put(fixture->done, "a.pdf", "older bytes"));
    make_poor();
    g_assert_true(lt_disk_sync_folder(fixture->done, "move"));
    move(path, fixture->done);
    assert_holds(fixture->done, "a.pdf", "older bytes");
    assert_holds(fixture->done, "a (2).pdf", "bytes");

    look = look_of(other);
    g_assert_cmpint(lt_move_delete(other, &look, &error), ==, LT_MOVE_DONE);
    g_assert_no_error(error);
    g_assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
    taken = g_build_filename(fixture->folder, ".luutru-taken-b.pdf", NULL);
    g_assert_false(g_file_test(taken, G_FILE_TEST_EXISTS));
}

/* A kill before the name that was kept got its file. */
static void
test_kept_name(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *taken = put(fixture->folder, ".luutru-taken-a.pdf", "");

    (void)unused;
    g_assert_null(lt_move_give_back(taken));
    g_assert_false(g_file_test(taken, G_FILE_TEST_EXISTS));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/move/numbered", Fixture, NULL, set_up, test_numbered, tear_down);
    g_test_add("/move/same-name", Fixture, NULL, set_up, test_same_name, tear_down);
    g_test_add("/move/long-names", Fixture, NULL, set_up, test_long_names, tear_down);
    g_test_add("/move/home", Fixture, NULL, set_up, test_home, tear_down);
    g_test_add("/move/other-bytes", Fixture, NULL, set_up, test_other_bytes, tear_down);
    g_test_add("/move/across", Fixture, NULL, set_up, test_across_file_systems, tear_down);
    g_test_add("/move/cut-short", Fixture, NULL, set_up, test_cut_short, tear_down);
    g_test_add("/move/second-name", Fixture, NULL, set_up, test_second_name, tear_down);
    g_test_add("/move/failure", Fixture, NULL, set_up, test_failure, tear_down);
    g_test_add("/move/another", Fixture, NULL, set_up, test_move_another, tear_down);
    g_test_add("/move/delete", Fixture, NULL, set_up, test_delete, tear_down);
    g_test_add("/move/delete-another", Fixture, NULL, set_up, test_delete_another, tear_down);
    g_test_add("/move/give-back", Fixture, NULL, set_up, test_give_back, tear_down);
    g_test_add("/move/poor-file-system", Fixture, NULL, set_up, test_poor_file_system, tear_down);
    g_test_add("/move/kept-name", Fixture, NULL, set_up, test_kept_name, tear_down);
    return g_test_run();
}
