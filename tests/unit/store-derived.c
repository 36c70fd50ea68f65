/* What was made of originals: how much of it is kept, and what goes first. */
#include "tests/unit/store-fixture.h"

#define LARGE ((goffset)100 << 20)

static const char sum[] = "ab00000000000000000000000000000000000000000000000000000000000000";

static char *
path_of(const Archive *archive, guint number)
{
    return g_strdup_printf("%s/derived/ab/%s-%u", archive->directory, sum + 2, number);
}

static gboolean
is_there(const Archive *archive, guint number)
{
    g_autofree char *path = path_of(archive, number);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* A large file with nothing in it, last asked for so many seconds after 2001. */
static void
make_large(const Archive *archive, guint number, guint seconds)
{
    g_autofree char *path = path_of(archive, number);
    const struct timespec when[2] = {{.tv_sec = 1000000000 + seconds},
                                     {.tv_sec = 1000000000 + seconds}};
    int fd = open(path, O_WRONLY | O_CREAT, 0600);

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(ftruncate(fd, LARGE), ==, 0);
    g_assert_cmpint(futimens(fd, when), ==, 0);
    close(fd);
}

static void
keep_small(const Archive *archive, guint times)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);

    for (guint i = 0; i < times; i++)
        g_assert_true(lt_store_keep_derived(archive->store, sum, "small", bytes));
}

static void
test_limit(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const guint asked[] = {3, 1, 6, 2, 5, 4, 7};

    keep_small(archive, 1);
    for (guint i = 0; i < 5; i++)
        make_large(archive, i, asked[i]);
    keep_small(archive, 64);
    for (guint i = 0; i < 5; i++)
        g_assert_true(is_there(archive, i));
    /* 700 MiB: those that were not asked for longest go until a fifth of the 512 is free. */
    for (guint i = 5; i < 7; i++)
        make_large(archive, i, asked[i]);
    keep_small(archive, 64);
    for (guint i = 0; i < 7; i++)
        g_assert_cmpint(is_there(archive, i), ==, asked[i] > 3);
}

static void
test_asking(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GBytes) first = NULL;

    keep_small(archive, 1);
    for (guint i = 0; i < 7; i++)
        make_large(archive, i, i);
    first = lt_store_derived(archive->store, sum, "0");
    g_assert_nonnull(first);
    keep_small(archive, 64);
    g_assert_true(is_there(archive, 0));
    g_assert_false(is_there(archive, 1));
    g_assert_true(is_there(archive, 6));
}

/* It was removed while a picture of it was being made. */
static void
test_removed(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) record = new_record(archive, &(Dispatch){.number = "1/A"});
    g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
    g_autoptr(GBytes) kept = NULL;

    file_record(archive, record);
    g_assert_true(lt_store_remove(archive->store, record->id, "mật", "Lan", NULL));
    g_assert_true(lt_store_keep_derived(archive->store, record->sha256, "p1", bytes));
    kept = lt_store_derived(archive->store, record->sha256, "p1");
    g_assert_null(kept);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*test)(Archive *, gconstpointer);
    } tests[] = {{"/store/derived/limit", test_limit},
                 {"/store/derived/asking", test_asking},
                 {"/store/derived/removed", test_removed}};

    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, Archive, NULL, archive_set_up, tests[i].test, archive_tear_down);
    return g_test_run();
}
