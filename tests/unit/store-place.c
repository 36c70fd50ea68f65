/* Where archives and copies lie: what comes there meanwhile, what cannot be read, and links that turn. */
#include "store/private.h"
#include "tests/unit/store-fixture.h"

static void
back_up(Archive *archive, const char *folder, guint64 *ret_damaged)
{
    LtCopyProgress progress;

    g_assert_true(lt_store_backup(archive->store, folder, &(LtCopyOptions){0}, &progress, NULL));
    *ret_damaged = progress.damaged;
}

static gboolean
begin_another(G_GNUC_UNUSED const LtCopyProgress *progress, gpointer user_data)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(lt_store_open(user_data, LT_STORE_CREATE, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY);
    return TRUE;
}

static gboolean
put_another(G_GNUC_UNUSED const LtCopyProgress *progress, gpointer user_data)
{
    g_autofree char *database = g_build_filename(user_data, LT_STORE_DATABASE, NULL);

    g_assert_true(g_file_set_contents(database, "theirs", -1, NULL));
    return TRUE;
}

/* Nobody begins an archive that a restore would take the place of; where one came all the same, it stays. */
static void
test_restore(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *restored = beside(archive, "restored");
    g_autofree char *other = beside(archive, "other");
    g_autofree char *database = g_build_filename(other, LT_STORE_DATABASE, NULL);
    const LtCopyOptions beginning = {.go_on = begin_another, .user_data = restored};
    const LtCopyOptions putting = {.go_on = put_another, .user_data = other};
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    LtCopyProgress progress;
    guint64 damaged;

    back_up(archive, folder, &damaged);
    g_assert_true(lt_store_restore(folder, restored, &beginning, &progress, NULL));
    g_assert_false(lt_store_restore(folder, other, &putting, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    g_assert_true(g_file_get_contents(database, &bytes, NULL, NULL));
    g_assert_cmpstr(bytes, ==, "theirs");
    remove_tree(folder);
    remove_tree(restored);
    remove_tree(other);
}

/* A folder that cannot be read is no reason to throw away what an earlier backup has of it. */
static void
test_unreadable(Archive *archive, gconstpointer data)
{
    const char *spoilt = data;
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *anew = beside(archive, "anew");
    g_autofree char *kept = g_build_filename(folder, "inbox/1/first.pdf", NULL);
    g_autofree char *inner = g_build_filename(archive->directory, "inbox/1", NULL);
    g_autofree char *file = g_build_filename(inner, "first.pdf", NULL);
    g_autofree char *path = g_build_filename(archive->directory, spoilt, NULL);
    g_autofree char *away = g_strconcat(path, ".away", NULL);
    g_autofree char *itself = g_path_get_basename(path);
    guint64 damaged;

    g_assert_cmpint(g_mkdir_with_parents(inner, 0700), ==, 0);
    g_assert_true(g_file_set_contents(file, "waits", -1, NULL));
    back_up(archive, folder, &damaged);
    g_assert_cmpuint(damaged, ==, 0);
    g_assert_cmpint(g_rename(path, away), ==, 0);
    g_assert_cmpint(symlink(itself, path), ==, 0);
    back_up(archive, folder, &damaged);
    g_assert_cmpuint(damaged, ==, 1);
    g_assert_true(g_file_test(kept, G_FILE_TEST_EXISTS));
    /* Nor is it a reason to make no backup. */
    back_up(archive, anew, &damaged);
    g_assert_cmpuint(damaged, ==, 1);
    remove_tree(folder);
    remove_tree(anew);
}

/* An archive that was opened by way of a link that leads elsewhere by now is not the one at its place. */
static void
test_link(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *link = beside(archive, "link");
    g_autofree char *folder = beside(archive, "backup");
    guint64 damaged;

    g_assert_cmpint(symlink(archive->directory, link), ==, 0);
    g_autoptr(LtStore) store = lt_store_open(link, LT_STORE_READ, NULL);
    g_autoptr(LtPeople) people = lt_people_open(link, TRUE, NULL);
    g_assert_true(lt_store_check_in_place(store, NULL) && lt_people_in_place(people));
    back_up(archive, folder, &damaged);
    g_assert_cmpint(g_unlink(link), ==, 0);
    g_assert_cmpint(symlink(folder, link), ==, 0);
    g_assert_false(lt_store_check_in_place(store, NULL) || lt_people_in_place(people));
    g_assert_cmpint(g_unlink(link), ==, 0);
    remove_tree(folder);
}

/* Accounts are kept beside an archive, and nowhere else. */
static void
test_people(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *empty = beside(archive, "empty");
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir(empty, 0700), ==, 0);
    g_assert_null(lt_people_open(empty, TRUE, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_MISSING);
    g_assert_cmpint(g_rmdir(empty), ==, 0);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/place/restore", test_restore},
        {"/place/link", test_link},
        {"/place/people", test_people},
    };
    static const char *const spoilt[] = {"inbox", "inbox/1"};

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    for (guint i = 0; i < G_N_ELEMENTS(spoilt); i++) {
        g_autofree char *name = g_strconcat("/place/unreadable/", spoilt[i], NULL);

        g_test_add(name, Archive, spoilt[i], archive_set_up, test_unreadable, archive_tear_down);
    }
    return g_test_run();
}
