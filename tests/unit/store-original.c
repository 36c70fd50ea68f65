/* Originals: kept whole, once, read-only; what a killed run leaves half written is cleared away. */
#include "tests/unit/store-fixture.h"

static char *
source_path(const Archive *archive)
{
    return g_build_filename(archive->directory, "source", NULL);
}

static guint
count_files(const char *path)
{
    g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
    const char *name;
    guint count = 0;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *entry = g_build_filename(path, name, NULL);
        count += g_file_test(entry, G_FILE_TEST_IS_DIR) ? count_files(entry) : 1;
    }
    return count;
}

static guint
count_objects(const Archive *archive)
{
    g_autofree char *path = g_build_filename(archive->directory, "objects", NULL);

    return count_files(path);
}

static char *
keep(Archive *archive, const char *bytes, gsize size)
{
    g_autofree char *path = source_path(archive);
    g_autoptr(GError) error = NULL;
    char *sha256 = NULL;
    guint64 kept = 0;
    int fd = write_file(path, bytes, size);

    g_assert_true(lt_store_keep_original(archive->store, fd, &sha256, &kept, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(kept, ==, size);
    close(fd);
    return sha256;
}

static void
assert_holds(Archive *archive, const char *sha256, const char *bytes, gsize size)
{
    g_autofree char *buffer = g_malloc(size + 1);
    int fd = lt_store_open_original(archive->store, sha256, NULL);
    struct stat status;

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(fstat(fd, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0444);
    g_assert_cmpint(read(fd, buffer, size + 1), ==, (gssize)size);
    g_assert_cmpmem(buffer, size, bytes, size);
    close(fd);
}

static void
test_keep(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const gsize sizes[] = {0, 1, 5000, (1u << 20) - 1, 1u << 20, 1200000};
    g_autofree char *bytes = g_strnfill(1200000, 'a');

    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *sha256 = keep(archive, bytes, sizes[i]);
        g_autofree char *wanted =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, sizes[i]);
        g_assert_cmpstr(sha256, ==, wanted);
        assert_holds(archive, sha256, bytes, sizes[i]);
    }
    g_assert_cmpuint(count_objects(archive), ==, G_N_ELEMENTS(sizes));
}

static void
test_twice(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *first = keep(archive, "same bytes", 10);
    g_autofree char *second = keep(archive, "same bytes", 10);

    g_assert_cmpstr(first, ==, second);
    g_assert_cmpuint(count_objects(archive), ==, 1);
}

static void
test_heals(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *sha256 = keep(archive, "whole bytes", 11);
    char folder[] = {sha256[0], sha256[1], '\0'};
    g_autofree char *path =
        g_build_filename(archive->directory, "objects", folder, sha256 + 2, NULL);

    g_assert_cmpint(truncate(path, 3), ==, 0);
    g_autofree char *again = keep(archive, "whole bytes", 11);
    assert_holds(archive, again, "whole bytes", 11);

    g_assert_true(g_file_set_contents(path, "wh0le bytes", 11, NULL));
    g_autofree char *once_more = keep(archive, "whole bytes", 11);
    assert_holds(archive, once_more, "whole bytes", 11);
}

static void
test_offset(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = source_path(archive);
    g_autofree char *sha256 = NULL;
    guint64 size = 0;
    int fd = write_file(path, "headbody", 8);

    g_assert_cmpint(lseek(fd, 4, SEEK_SET), ==, 4);
    g_assert_true(lt_store_keep_original(archive->store, fd, &sha256, &size, NULL));
    assert_holds(archive, sha256, "body", 4);
    close(fd);
}

/* The file is shorter than where reading begins: what was read is not what stands there. */
static void
test_changed(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = source_path(archive);
    g_autoptr(GError) error = NULL;
    g_autofree char *sha256 = NULL;
    guint64 size = 0;
    int fd = write_file(path, "will shrink", 11);

    g_assert_cmpint(lseek(fd, 0, SEEK_END), ==, 11);
    g_assert_cmpint(ftruncate(fd, 4), ==, 0);
    g_assert_false(lt_store_keep_original(archive->store, fd, &sha256, &size, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED);
    g_assert_null(sha256);
    g_assert_cmpuint(count_objects(archive), ==, 0);
    close(fd);
}

/* It was seen with another size, and stands still by now. */
static void
test_other_size(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = source_path(archive);
    g_autoptr(GError) error = NULL;
    g_autofree char *sha256 = NULL;
    guint64 size = 4;
    int fd = write_file(path, "has grown", 9);

    g_assert_false(lt_store_keep_original(archive->store, fd, &sha256, &size, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED);
    g_assert_cmpuint(count_objects(archive), ==, 0);
    close(fd);
}

typedef struct {
    int fd;
    gint stop;
} Grower;

static gpointer
grow(gpointer data)
{
    Grower *grower = data;

    while (g_atomic_int_get(&grower->stop) == 0)
        g_assert_cmpint(pwrite(grower->fd, "x", 1, 0), ==, 1);
    return NULL;
}

/* Somebody writes to the file all the while: its time of change moves. */
static void
test_written_meanwhile(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = source_path(archive);
    g_autofree char *bytes = g_strnfill(16u << 20, 'b');
    g_autoptr(GError) error = NULL;
    g_autofree char *sha256 = NULL;
    guint64 size = 0;
    int fd = write_file(path, bytes, 16u << 20);
    Grower grower = {.fd = fd};
    GThread *thread = g_thread_new("grow", grow, &grower);

    gboolean kept = lt_store_keep_original(archive->store, fd, &sha256, &size, &error);
    g_atomic_int_set(&grower.stop, 1);
    g_thread_join(thread);
    g_assert_false(kept);
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED);
    close(fd);
}

static void
test_unreadable(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *sha256 = NULL;
    guint64 size = 0;
    int fd = open(archive->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    g_assert_false(lt_store_keep_original(archive->store, fd, &sha256, &size, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED);
    g_assert_cmpuint(count_objects(archive), ==, 0);
    close(fd);
}

static void
test_leftovers(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *left =
        g_build_filename(archive->directory, "objects", "tmp", "incoming-killed", NULL);

    g_assert_true(g_file_set_contents(left, "half", -1, NULL));
    g_assert_true(lt_store_lock(archive->store, 0, NULL));
    g_assert_false(g_file_test(left, G_FILE_TEST_EXISTS));
}

static void
test_names(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *absent = g_strnfill(64, 'a');
    const struct {
        const char *sha256;
        LtStoreError code;
    } cases[] = {
        {absent, LT_STORE_ERROR_NOT_FOUND},
        {"", LT_STORE_ERROR_INVALID},
        {"../../archive.db", LT_STORE_ERROR_INVALID},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_cmpint(lt_store_open_original(archive->store, cases[i].sha256, &error), ==, -1);
        g_assert_error(error, LT_STORE_ERROR, (gint)cases[i].code);
    }
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/original/keep", test_keep},
        {"/store/original/twice", test_twice},
        {"/store/original/heals", test_heals},
        {"/store/original/offset", test_offset},
        {"/store/original/changed", test_changed},
        {"/store/original/other-size", test_other_size},
        {"/store/original/written-meanwhile", test_written_meanwhile},
        {"/store/original/unreadable", test_unreadable},
        {"/store/original/leftovers", test_leftovers},
        {"/store/original/names", test_names},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
