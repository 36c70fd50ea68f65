/* When a file in a watched folder is taken, and which names are none of ours. */
#include "ingest/folders.h"
#include "ingest/ripen.h"

#define SECOND G_USEC_PER_SEC
#define SETTLE (2 * (gint64)SECOND)
#define PATIENCE (120 * (gint64)SECOND)

static const struct {
    const char *what;
    LtRipening file;
    LtRipe ripe;
} cases[] = {
    {"closed and whole", {TRUE, LT_WHOLE_YES, TRUE, LT_WRITERS_NONE, 0}, LT_RIPE_NOW},
    {"whole, but nobody closed it",
     {TRUE, LT_WHOLE_YES, FALSE, LT_WRITERS_NONE, SETTLE - 1},
     LT_RIPE_NOT_YET},
    {"whole, and lies still", {TRUE, LT_WHOLE_YES, FALSE, LT_WRITERS_NONE, SETTLE}, LT_RIPE_NOW},
    {"whole, but open for writing",
     {TRUE, LT_WHOLE_YES, TRUE, LT_WRITERS_SOME, PATIENCE},
     LT_RIPE_NOT_YET},
    {"another user's, and nobody closed it",
     {TRUE, LT_WHOLE_YES, FALSE, LT_WRITERS_UNKNOWN, SETTLE},
     LT_RIPE_NOT_YET},
    {"... for long", {TRUE, LT_WHOLE_YES, FALSE, LT_WRITERS_UNKNOWN, PATIENCE}, LT_RIPE_NOW},
    {"... closed", {TRUE, LT_WHOLE_YES, TRUE, LT_WRITERS_UNKNOWN, 0}, LT_RIPE_NOW},
    {"closed and cut", {TRUE, LT_WHOLE_NO, TRUE, LT_WRITERS_NONE, SETTLE}, LT_RIPE_NOT_YET},
    {"cut for long", {TRUE, LT_WHOLE_NO, TRUE, LT_WRITERS_NONE, PATIENCE}, LT_RIPE_NEVER},
    {"cut for long, but open",
     {TRUE, LT_WHOLE_NO, FALSE, LT_WRITERS_SOME, 60 * PATIENCE},
     LT_RIPE_NOT_YET},
    {"odd", {TRUE, LT_WHOLE_ODD, TRUE, LT_WRITERS_NONE, SETTLE}, LT_RIPE_NOT_YET},
    {"odd for long", {TRUE, LT_WHOLE_ODD, TRUE, LT_WRITERS_NONE, PATIENCE}, LT_RIPE_NOW},
    {"a format that does not tell",
     {TRUE, LT_WHOLE_UNKNOWN, TRUE, LT_WRITERS_NONE, 0},
     LT_RIPE_NOT_YET},
    {"... and lies still", {TRUE, LT_WHOLE_UNKNOWN, FALSE, LT_WRITERS_NONE, SETTLE}, LT_RIPE_NOW},
    {"no document", {FALSE, LT_WHOLE_UNKNOWN, TRUE, LT_WRITERS_NONE, 0}, LT_RIPE_NOT_YET},
    {"... and lies still", {FALSE, LT_WHOLE_UNKNOWN, TRUE, LT_WRITERS_NONE, SETTLE}, LT_RIPE_NOW},
    {"empty", {FALSE, LT_WHOLE_NO, TRUE, LT_WRITERS_NONE, SETTLE}, LT_RIPE_NOT_YET},
    {"empty for long", {FALSE, LT_WHOLE_NO, TRUE, LT_WRITERS_NONE, PATIENCE}, LT_RIPE_NEVER},
};

static void
test_ripe(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        g_assert_cmpint(lt_ripe(&cases[i].file, SETTLE, PATIENCE), ==, cases[i].ripe);
        g_assert_cmpint(lt_ripe_again(&cases[i].file, SETTLE), >, 0);
        g_assert_cmpint(lt_ripe_again(&cases[i].file, SETTLE), <=, 30 * (gint64)SECOND);
    }
}

static LtWatchFolder *
folder_at(GPtrArray *folders, const char *path)
{
    LtWatchFolder *folder = lt_watch_folder_new(path);

    g_ptr_array_add(folders, folder);
    return folder;
}

static void
free_folder(gpointer folder)
{
    lt_watch_folder_free(folder);
}

static void
test_folders(void)
{
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(free_folder);
    LtWatchFolder *outer = folder_at(folders, "/no/such/scans");
    LtWatchFolder *inner = folder_at(folders, "/no/such/scans/fax");
    g_autofree char *done = NULL, *dossier = NULL;

    g_assert_true(lt_folders_find(folders, "/no/such/scans/a/b.pdf") == outer);
    g_assert_true(lt_folders_find(folders, "/no/such/scans") == outer);
    g_assert_true(lt_folders_find(folders, "/no/such/scans/fax/b.pdf") == inner);
    g_assert_true(lt_folders_find(folders, "/no/such/scans/faxes/b.pdf") == outer);
    g_assert_null(lt_folders_find(folders, "/no/such/scansion/b.pdf"));

    outer->action = LT_SOURCE_MOVE;
    outer->done = g_strdup("/no/such/scans/done");
    g_assert_nonnull(lt_folders_moving_to(folders, "/no/such/scans/done/x"));
    g_assert_null(lt_folders_moving_to(folders, "/no/such/scans/donee"));
    done = lt_folders_done_for(outer, "/no/such/scans/one/two/b.pdf");
    g_assert_cmpstr(done, ==, "/no/such/scans/done/one/two");
    dossier = lt_folders_dossier_for(outer, "/no/such/scans/one/two/b.pdf");
    g_assert_cmpstr(dossier, ==, "one");
    g_assert_null(lt_folders_dossier_for(outer, "/no/such/scans/b.pdf"));
}

static void
test_leaves(void)
{
    static const char *const left[] = {".hidden.pdf", "~$letter.docx", "scan.pdf.part", "SCAN.TMP",
                                       "Thumbs.db",   "x.bak",         "a.CRDOWNLOAD",  "@eaDir",
                                       "@Recycle",    "~snapshot"};
    static const char *const taken[] = {"a.pdf", "tmp.pdf", "part", "b\xff\n.pdf", "công văn.PDF"};
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(free_folder);
    LtWatchFolder *folder = folder_at(folders, "/no/such/scans");

    folder->leave = g_strsplit("*.bak;draft*", ";", 0);
    for (gsize i = 0; i < G_N_ELEMENTS(left); i++) {
        g_autofree char *path = g_build_filename("/no/such/scans", left[i], NULL);
        g_assert_true(lt_folders_leaves(folder, path));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(taken); i++) {
        g_autofree char *path = g_build_filename("/no/such/scans", taken[i], NULL);
        g_assert_false(lt_folders_leaves(folder, path));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ripen/cases", test_ripe);
    g_test_add_func("/folders/find", test_folders);
    g_test_add_func("/folders/leaves", test_leaves);
    return g_test_run();
}
