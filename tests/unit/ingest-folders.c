/* Folders that are watched: where their filed sources go. */
#include "ingest/folders.h"

static void
assert_done_for(const char *root, const char *path, const char *expected)
{
    LtWatchFolder folder = {.path = (char *)root, .done = (char *)"/done"};
    g_autofree char *done = lt_folders_done_for(&folder, path);

    g_assert_cmpstr(done, ==, expected);
}

static void
test_done_for(void)
{
    assert_done_for("/in", "/in/a.pdf", "/done");
    assert_done_for("/in", "/in/deep/a.pdf", "/done/deep");
    assert_done_for("/", "/deep/a.pdf", "/done/deep");
    /* The root is no folder any more. */
    assert_done_for("/scans/of/a/year", "/scans/of/a/year", "/done");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/folders/done-for", test_done_for);
    return g_test_run();
}
