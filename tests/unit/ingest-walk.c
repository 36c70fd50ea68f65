#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "ingest/walk.h"

typedef struct {
    char *folder;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *made = g_dir_make_tmp("luutru-walk-XXXXXX", NULL);

    (void)unused;
    g_assert_nonnull(made);
    /* The folder for temporary files may itself lie behind a link. */
    fixture->folder = lt_walk_absolute(made);
}

static void
remove_tree(const char *path)
{
    GDir *folder = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);

    if (folder) {
        const char *name;

        while ((name = g_dir_read_name(folder))) {
            g_autofree char *inside = g_build_filename(path, name, NULL);

            remove_tree(inside);
        }
        g_dir_close(folder);
    }
    g_assert_cmpint(g_remove(path), ==, 0);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
    (void)unused;
    remove_tree(fixture->folder);
    g_free(fixture->folder);
}

static char *
put(Fixture *fixture, const char *name)
{
    char *path = g_build_filename(fixture->folder, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
    g_assert_true(g_file_set_contents(path, "x", 1, NULL));
    return path;
}

/* "KIND name", in the order in which the walk found them. */
static char *
walk_all(Fixture *fixture, const char *const *paths, const char *leave_alone)
{
    static const char kinds[] = "FSDX";
    g_autoptr(LtWalk) walk = lt_walk_new(paths, leave_alone);
    g_autoptr(GString) all = g_string_new(NULL);

    while (!lt_walk_is_over(walk)) {
        g_autoptr(LtFound) found = lt_walk_step(walk);

        if (!found)
            continue;
        g_assert_true(found->kind == LT_FOUND_FILE || found->reason != NULL);
        g_assert_true(g_str_has_prefix(found->path, fixture->folder));
        g_string_append_printf(all, "%c %s|", kinds[found->kind],
                               found->path + strlen(fixture->folder));
    }
    return g_string_free(g_steal_pointer(&all), FALSE);
}

static void
test_order(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *b = put(fixture, "b/2.pdf");
    g_autofree char *a = put(fixture, "b/1/x\n\xFF.pdf");
    g_autofree char *c = put(fixture, "a.pdf");
    g_autofree char *hidden = put(fixture, ".hidden");
    const char *paths[] = {fixture->folder, NULL};
    g_autofree char *all = walk_all(fixture, paths, NULL);

    (void)unused;
    g_assert_cmpstr(all, ==, "F /.hidden|F /a.pdf|F /b/1/x\n\xFF.pdf|F /b/2.pdf|");
}

static void
test_special(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *file = put(fixture, "folder/file");
    g_autofree char *pipe_path = g_build_filename(fixture->folder, "pipe", NULL);
    g_autofree char *to_file = g_build_filename(fixture->folder, "link-file", NULL);
    g_autofree char *to_folder = g_build_filename(fixture->folder, "link-folder", NULL);
    g_autofree char *to_itself = g_build_filename(fixture->folder, "folder", "up", NULL);
    g_autofree char *to_nothing = g_build_filename(fixture->folder, "nowhere", NULL);
    g_autofree char *missing = g_build_filename(fixture->folder, "missing", NULL);
    const char *paths[] = {fixture->folder, missing, to_folder, NULL};
    g_autofree char *all = NULL;

    (void)unused;
    g_assert_cmpint(mkfifo(pipe_path, 0600), ==, 0);
    g_assert_cmpint(symlink(file, to_file), ==, 0);
    g_assert_cmpint(symlink("folder", to_folder), ==, 0);
    g_assert_cmpint(symlink("..", to_itself), ==, 0);
    g_assert_cmpint(symlink("/nonexistent/file", to_nothing), ==, 0);
    all = walk_all(fixture, paths, NULL);
    g_assert_cmpstr(all, ==,
                    "F /folder/file|S /folder/up|F /link-file|S /link-folder|S /nowhere|S /pipe|"
                    "X /missing|F /link-folder/file|S /link-folder/up|");
}

static void
test_left_alone(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *file = put(fixture, "file");
    g_autofree char *database = put(fixture, "archive/archive.db");
    g_autofree char *object = put(fixture, "archive/objects/ab/cd");
    g_autofree char *filed = put(fixture, "filed/old");
    g_autofree char *done = g_build_filename(fixture->folder, "filed", NULL);
    const char *paths[] = {fixture->folder, NULL};
    g_autofree char *all = walk_all(fixture, paths, done);

    (void)unused;
    g_assert_cmpstr(all, ==, "D /archive|F /file|D /filed|");
}

/* What the server is still receiving; elsewhere that is a name like others. */
static void
test_arriving(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *database = put(fixture, "archive/archive.db");
    g_autofree char *object = put(fixture, "archive/objects/ab/cd");
    g_autofree char *arriving = put(fixture, "archive/inbox/.coming-a1B2c3");
    g_autofree char *arrived = put(fixture, "archive/inbox/7/a.pdf");
    g_autofree char *elsewhere = put(fixture, "inbox/.coming-a1B2c3");
    g_autofree char *inbox = g_build_filename(fixture->folder, "archive", "inbox", NULL);
    const char *paths[] = {inbox, fixture->folder, NULL};
    g_autofree char *all = walk_all(fixture, paths, NULL);

    (void)unused;
    g_assert_cmpstr(all, ==, "F /archive/inbox/7/a.pdf|D /archive|F /inbox/.coming-a1B2c3|");
}

static void
test_named(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *file = put(fixture, "in/a.pdf");
    g_autofree char *beside = put(fixture, "in.pdf");
    g_autofree char *folder = g_path_get_dirname(file);
    g_autofree char *around = g_build_filename(folder, "..", "in", NULL);
    const char *paths[] = {around, "/nonexistent/folder/file", NULL};
    g_autoptr(LtWalk) walk = lt_walk_new(paths, NULL);

    (void)unused;
    g_assert_true(lt_walk_is_named(walk, file));
    g_assert_true(lt_walk_is_named(walk, folder));
    g_assert_false(lt_walk_is_named(walk, beside));
    g_assert_false(lt_walk_is_named(walk, fixture->folder));
}

/* Root may read every folder, so it looks as somebody else. */
static void
test_no_permission(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *secret = put(fixture, "closed/file");
    g_autofree char *closed = g_path_get_dirname(secret);
    const char *paths[] = {fixture->folder, NULL};
    g_autofree char *all = NULL;
    uid_t user = geteuid();

    (void)unused;
    g_assert_cmpint(chmod(fixture->folder, 0755), ==, 0);
    g_assert_cmpint(chmod(closed, 0), ==, 0);
    g_assert_cmpint(user == 0 ? seteuid(65534) : 0, ==, 0);
    all = walk_all(fixture, paths, NULL);
    g_assert_cmpint(user == 0 ? seteuid(user) : 0, ==, 0);
    g_assert_cmpint(chmod(closed, 0700), ==, 0);
    g_assert_cmpstr(all, ==, "X /closed|");
}

/* However a file or folder is named, it is known under one path. */
static void
test_absolute(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *file = put(fixture, "one/two/file");
    g_autofree char *folder = g_path_get_dirname(file);
    g_autofree char *here = g_get_current_dir();
    const struct {
        const char *name, *expected;
    } cases[] = {
        {"one/two/file", file},
        {"one/../one/./two/file", file},
        {"./one//two/file", file},
        {"one/two", folder},
        {"one/two/", folder},
        {"one/two//", folder},
        {"one/two/.", folder},
        {"one/two/../two", folder},
        {".", fixture->folder},
        {"one/..", fixture->folder},
        {fixture->folder, fixture->folder},
        {"/", "/"},
        {"", NULL},
        {"none/file", NULL},
    };

    (void)unused;
    g_assert_cmpint(g_chdir(fixture->folder), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = lt_walk_absolute(cases[i].name);

        g_assert_cmpstr(path, ==, cases[i].expected);
    }
    g_assert_cmpint(g_chdir(here), ==, 0);
}

/* For one who follows no links: neither the last name of a path nor a folder on its way may be one. */
static void
test_no_links(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *file = put(fixture, "one/file");
    g_autofree char *link = g_build_filename(fixture->folder, "link", NULL);
    g_autofree char *way = g_build_filename(fixture->folder, "way", NULL);
    g_autofree char *through = g_build_filename(way, "file", NULL);
    g_autoptr(LtFound) found = NULL;
    int fd = lt_walk_open(file);

    (void)unused;
    g_assert_cmpint(fd, >=, 0);
    close(fd);
    g_assert_cmpint(symlink(file, link), ==, 0);
    g_assert_cmpint(symlink("one", way), ==, 0);
    g_assert_cmpint(lt_walk_open(link), ==, -1);
    g_assert_cmpint(lt_walk_open(through), ==, -1);
    found = lt_walk_look(link);
    g_assert_cmpint(found->kind, ==, LT_FOUND_SKIP);
    g_assert_null(lt_walk_look(fixture->folder));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/walk/order", Fixture, NULL, set_up, test_order, tear_down);
    g_test_add("/walk/special", Fixture, NULL, set_up, test_special, tear_down);
    g_test_add("/walk/left-alone", Fixture, NULL, set_up, test_left_alone, tear_down);
    g_test_add("/walk/arriving", Fixture, NULL, set_up, test_arriving, tear_down);
    g_test_add("/walk/named", Fixture, NULL, set_up, test_named, tear_down);
    g_test_add("/walk/no-permission", Fixture, NULL, set_up, test_no_permission, tear_down);
    g_test_add("/walk/absolute", Fixture, NULL, set_up, test_absolute, tear_down);
    g_test_add("/walk/no-links", Fixture, NULL, set_up, test_no_links, tear_down);
    return g_test_run();
}
