/* Where disks belong, and whether they are there. */
#include "store/store.h"

#include <glib/gstdio.h>

static void
assert_mount(const char *table, const char *path, const char *expected)
{
    g_autofree char *mount = lt_mount_of(table, path);

    g_assert_cmpstr(mount, ==, expected);
}

static void
test_mount_of(void)
{
    g_autofree char *folder = g_dir_make_tmp("luutru-folders-XXXXXX", NULL);
    g_autofree char *table = g_build_filename(folder, "fstab", NULL);

    assert_mount(table, "/srv/scans/done", NULL);
    g_assert_true(g_file_set_contents(table,
                                      "# of this machine\n"
                                      "UUID=1758 / ext4 defaults 0 1\n"
                                      "UUID=1759 none swap sw 0 0\n"
                                      "//nas/scans /srv/scans/ cifs nofail 0 0\n"
                                      "UUID=1760 /srv ext4 defaults 0 2\n"
                                      "UUID=1761 /srv/h\303\264\\040so ext4 defaults 0 2\n",
                                      -1, NULL));
    assert_mount(table, "/srv/scans/done", "/srv/scans");
    assert_mount(table, "/srv/scans", "/srv/scans");
    assert_mount(table, "/srv/scans-2/done", "/srv");
    assert_mount(table, "/srv/h\303\264 so/2026", "/srv/h\303\264 so");
    assert_mount(table, "/home/lan", NULL);
    g_assert_cmpint(g_unlink(table), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void
test_is_at(void)
{
    g_autofree char *folder = g_dir_make_tmp("luutru-folders-XXXXXX", NULL);
    g_autofree char *missing = g_build_filename(folder, "missing", NULL);

    g_assert_true(lt_mount_is_at("/"));
    g_assert_true(lt_mount_is_at("/proc/"));
    g_assert_false(lt_mount_is_at("/proc/self"));
    g_assert_false(lt_mount_is_at(folder));
    g_assert_false(lt_mount_is_at(missing));
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mount/of", test_mount_of);
    g_test_add_func("/mount/is-at", test_is_at);
    return g_test_run();
}
