/* Taking out and letting in: nothing of a text that must not be there is left in the files. */
#include "tests/unit/store-entries.h"

#define WORD "phươngándiễntập" /* stands nowhere else */

/* Whether a file of the archive holds the bytes of a word. */
static gboolean
file_holds(Archive *archive, const char *name, const char *word)
{
    g_autofree char *path = g_build_filename(archive->directory, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size = 0;

    if (!g_file_get_contents(path, &bytes, &size, NULL))
        return FALSE;
    return memmem(bytes, size, word, strlen(word)) != NULL;
}

static gboolean
database_holds(Archive *archive, const char *word)
{
    g_autofree char *folded = lt_text_fold(word);

    return file_holds(archive, LT_STORE_DATABASE, word) ||
           file_holds(archive, LT_STORE_DATABASE "-wal", word) ||
           file_holds(archive, LT_STORE_DATABASE, folded) ||
           file_holds(archive, LT_STORE_DATABASE "-wal", folded);
}

/* Text of so many words; the telling one stands every tenth word where secret is set. */
static char *
long_text(guint words, gboolean secret)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < words; i++)
        g_string_append_printf(text, "%s%u%c", secret && i % 10 == 0 ? WORD : "chữ", i,
                               i % 12 == 11 ? '\n' : ' ');
    return g_string_free(text, FALSE);
}

static void
stage(Archive *archive, const char *name, guint page, guint words, gboolean secret)
{
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1);
    g_autofree char *text = long_text(words, secret);
    g_autoptr(LtPage) read = lt_page_new_from_text(page, text);

    g_assert_true(lt_store_stage_page(archive->store, sha256, read, NULL));
}

/* Pages of several documents come in turn, as workers send them, and one document is held. */
static void
test_unstaged(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *secret = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "secret", -1);

    for (guint page = 1; page <= 40; page++) {
        stage(archive, "one", page, 3 + page * 17 % 900, FALSE);
        stage(archive, "secret", page, 5 + page * 31 % 900, TRUE);
        stage(archive, "two", page, 2 + page * 7 % 400, FALSE);
        if (page % 9 == 0)
            g_assert_true(lt_store_scrub(archive->store, NULL));
    }
    g_assert_true(database_holds(archive, WORD));
    g_assert_true(lt_store_unstage(archive->store, secret, NULL));
    g_assert_true(lt_store_scrub(archive->store, NULL));
    g_assert_false(database_holds(archive, WORD));
}

/* A run that is killed before it cuts off the log leaves that to the next, also while others read. */
static void
test_unstaged_and_killed(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *secret = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "secret", -1);
    g_autoptr(LtStore) reader = open_store(archive->directory, LT_STORE_READ);
    g_autoptr(LtStore) next = NULL;

    stage(archive, "secret", 1, 900, TRUE);
    g_assert_true(lt_store_unstage_secret(archive->store, secret, NULL));
    g_assert_true(database_holds(archive, WORD));
    next = open_store(archive->directory, LT_STORE_WRITE);
    g_assert_true(lt_store_lock(next, 0, NULL));
    g_assert_false(database_holds(archive, WORD));
}

static gint64
file_text(Archive *archive, guint words, gboolean secret)
{
    g_autofree char *text = long_text(words, secret);
    const Dispatch dispatch = {"12/BCH-TM", "2023-09-18", "Bộ Chỉ huy",
                               "Đắk Lắk",   "Kế hoạch",   secret ? WORD : "việc khác",
                               text};

    return file_dispatch(archive, &dispatch);
}

/* Returns the id of the one that holds the word. */
static gint64
file_twelve(Archive *archive)
{
    gint64 id = 0;

    for (guint i = 0; i < 12; i++) {
        gint64 filed = file_text(archive, 200 + i * 40, i == 5);
        if (i == 5)
            id = filed;
    }
    return id;
}

static void
test_removed(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_twelve(archive);
    g_autoptr(LtRecord) record = lt_store_document(archive->store, id, FALSE, NULL);
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, "/in/a.pdf", 1000, 5, NULL, NULL);
    g_assert_true(lt_store_ledger_set(archive->store, row->id, LT_LEDGER_FILED, NULL,
                                      record->sha256, id, NULL));
    g_assert_true(database_holds(archive, WORD));
    g_assert_true(lt_store_remove(archive->store, id, "mật", "Lan", NULL));
    g_assert_false(database_holds(archive, WORD));

    g_autoptr(GError) error = NULL;
    g_assert_null(lt_store_document(archive->store, id, FALSE, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "Lan"));
    g_autoptr(LtRemoval) removal = lt_store_find_removal(archive->store, record->sha256, NULL);
    g_assert_cmpint(removal->document, ==, id);
    g_assert_cmpstr(removal->number, ==, "12/BCH-TM");
    g_assert_cmpstr(removal->reason, ==, "mật");
    g_autoptr(LtLedgerRow) now = lt_store_ledger_find(archive->store, "/in/a.pdf", 1000, 5, NULL);
    g_assert_cmpint(now->state, ==, LT_LEDGER_SKIPPED);
    g_assert_cmpint(now->document, ==, 0);
    assert_index_right(archive->store);
    /* Its id is never used again. */
    g_assert_cmpint(file_text(archive, 20, FALSE), ==, 13);
}

/* Whoever has a page of it in hand brings it too late. */
static void
test_page_after_removal(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_twelve(archive), staged = -1;
    g_autoptr(LtRecord) record = lt_store_document(archive->store, id, FALSE, NULL);
    g_autoptr(LtPage) page = lt_page_new_from_text(1, WORD);

    g_assert_true(lt_store_remove(archive->store, id, "mật", "Lan", NULL));
    g_assert_true(lt_store_stage_page(archive->store, record->sha256, page, NULL));
    g_assert_true(
        lt_sql_integer(archive->store, &staged, NULL, "SELECT count(*) FROM staged_page", ""));
    g_assert_cmpint(staged, ==, 0);
    g_assert_false(database_holds(archive, WORD));
}

static gboolean
is_clean(Archive *archive)
{
    gboolean clean = FALSE;

    g_assert_true(lt_store_is_clean(archive->store, &clean, NULL));
    return clean;
}

static void
take_out(LtStore *store, gint64 id)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, NULL);

    g_assert_true(lt_index_drop(store, id, NULL));
    g_assert_true(lt_sql_run(store, NULL, "DELETE FROM document WHERE id = ?", "i", id));
    g_assert_true(lt_index_owe_scrub(store, NULL));
    g_assert_true(lt_transaction_commit(transaction, NULL));
}

/* What a removal that was killed after its commit has left. */
static void
take_out_only(Archive *archive, gint64 id)
{
    take_out(archive->store, id);
    g_assert_true(lt_store_scrub(archive->store, NULL));
    g_assert_true(database_holds(archive, WORD));
    g_assert_false(is_clean(archive));
}

/* A program that was killed after the commit has left the words in the index; whoever locks the archive
 * next takes them out. */
static void
test_killed_while_merging(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    take_out_only(archive, file_twelve(archive));
    g_assert_true(lt_store_lock(archive->store, 0, NULL));
    g_assert_false(database_holds(archive, WORD));
    assert_index_right(archive->store);
    g_assert_true(is_clean(archive));
}

/* A merge that did not end in its time is gone on with, with what was filed in between. */
static void
test_merged_in_parts(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    take_out_only(archive, file_twelve(archive));
    g_assert_true(lt_sql_script(archive->store,
                                "INSERT INTO search (search, rank) VALUES ('merge', -1);"
                                "UPDATE note SET value = 'begun' WHERE name = 'scrub'",
                                NULL));
    file_text(archive, 30, FALSE);
    g_assert_true(lt_store_clean(archive->store, 60, NULL));
    g_assert_false(database_holds(archive, WORD));
    assert_index_right(archive->store);
    g_assert_true(is_clean(archive));
}

typedef struct {
    LtStore *store; /* of another program */
    gint64 id;      /* of the document that it removes */
    guint commits;  /* of the one that merges, after which it does */
} Remover;

static int
remove_after_commit(gpointer user_data, G_GNUC_UNUSED sqlite3 *db, G_GNUC_UNUSED const char *name,
                    G_GNUC_UNUSED int pages)
{
    Remover *remover = user_data;

    if (remover->commits > 0 && --remover->commits == 0)
        take_out(remover->store, remover->id);
    return SQLITE_OK;
}

/* Between any two steps of a merge another program removes a document, and is killed: its words are merged away,
 * too, or it is still noted that they are to be. */
static void
test_removed_while_merging(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) other = open_store(archive->directory, LT_STORE_WRITE);
    Remover remover = {.store = other};
    guint commits = 0;

    sqlite3_wal_hook(archive->store->db, remove_after_commit, &remover);
    while (remover.commits == 0) {
        gint64 first = file_text(archive, 300, FALSE);

        remover.id = file_text(archive, 300, TRUE);
        take_out(archive->store, first);
        remover.commits = ++commits;
        g_assert_true(lt_store_clean(archive->store, 60, NULL));
        g_assert_true(remover.commits > 0 || !is_clean(archive) || !database_holds(archive, WORD));
        g_assert_true(lt_store_clean(archive->store, 60, NULL));
        g_assert_true(remover.commits > 0 || !database_holds(archive, WORD));
    }
    g_assert_cmpuint(commits, >, 4);
    assert_index_right(archive->store);
}

/* Who reads the older state keeps its text in the log: that is noted, and done when it has ended. */
static void
test_read_meanwhile(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) reader = open_store(archive->directory, LT_STORE_READ);
    gint64 id = file_twelve(archive), pages;

    g_assert_true(lt_sql_script(reader, "BEGIN", NULL));
    g_assert_true(lt_sql_integer(reader, &pages, NULL, "SELECT count(*) FROM page", ""));
    g_assert_true(lt_store_remove(archive->store, id, "mật", "Lan", NULL));
    g_assert_true(database_holds(archive, WORD));
    g_assert_false(is_clean(archive));
    g_assert_true(lt_sql_script(reader, "COMMIT", NULL));

    g_assert_true(lt_store_clean(archive->store, 60, NULL));
    g_assert_false(database_holds(archive, WORD));
    g_assert_true(is_clean(archive));
}

/* Whoever removes a document is not told to try again where only the index is in somebody's hands. */
static void
test_busy_meanwhile(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_twelve(archive);
    g_autoptr(LtRecord) record = lt_store_document(archive->store, id, FALSE, NULL);
    g_autofree char *path = lt_original_path(archive->directory, record->sha256);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, WORD, -1, NULL));
    g_assert_true(lt_sql_script(archive->store,
                                "CREATE TRIGGER busy BEFORE UPDATE ON note BEGIN"
                                " SELECT RAISE(ABORT, 'others are writing'); END",
                                NULL));
    g_assert_true(lt_store_remove(archive->store, id, "mật", "Lan", &error));
    g_assert_no_error(error);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_assert_false(is_clean(archive));

    g_assert_true(lt_sql_script(archive->store, "DROP TRIGGER busy", NULL));
    g_assert_true(lt_store_clean(archive->store, 60, NULL));
    g_assert_false(database_holds(archive, WORD));
}

static void
test_original(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename(archive->directory, "in", NULL);
    int from = write_file(path, "abc", 3);
    g_autofree char *sha256 = NULL;
    g_autoptr(LtRecord) record = new_record(archive, &(Dispatch){.number = "1/A"});
    guint64 size = 0;

    g_assert_true(lt_store_keep_original(archive->store, from, &sha256, &size, NULL));
    close(from);
    g_free(record->sha256);
    record->sha256 = g_strdup(sha256);
    file_record(archive, record);
    g_assert_false(lt_store_remove(archive->store, record->id, " ", "Lan", NULL));
    g_assert_false(lt_store_remove(archive->store, 99, "x", "Lan", NULL));
    g_assert_true(lt_store_remove(archive->store, record->id, "x", "Lan", NULL));
    g_assert_cmpint(lt_store_open_original(archive->store, sha256, NULL), ==, -1);
    g_assert_true(lt_store_drop_original(archive->store, sha256, NULL));

    /* What a killed program could not delete any more goes with the next run. */
    int again = write_file(path, "abc", 3);
    g_free(g_steal_pointer(&sha256));
    g_assert_true(lt_store_keep_original(archive->store, again, &sha256, &size, NULL));
    close(again);
    g_assert_true(lt_store_lock(archive->store, 0, NULL));
    g_assert_cmpint(lt_store_open_original(archive->store, sha256, NULL), ==, -1);
    g_assert_false(lt_store_drop_original(archive->store, "../../etc", NULL));
}

static gint64
hold(Archive *archive, const char *path, LtLedgerState state)
{
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "secret", -1);
    g_autoptr(LtLedgerRow) row = lt_store_ledger_see(archive->store, path, 9, 9, NULL, NULL);

    g_assert_true(lt_store_ledger_set(archive->store, row->id, state, "marked", sha256, 0, NULL));
    return row->id;
}

static void
test_release(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "secret", -1);
    gint64 held = hold(archive, "/in/a.pdf", LT_LEDGER_HELD);
    gint64 other = hold(archive, "/in/b.pdf", LT_LEDGER_QUARANTINED);
    g_autoptr(GError) error = NULL;
    gboolean released = TRUE;

    hold(archive, "/in/copy.pdf", LT_LEDGER_HELD);
    g_assert_true(lt_store_is_released(archive->store, sha256, &released, NULL));
    g_assert_false(released);
    g_assert_false(lt_store_release(archive->store, other, "x", "Lan", &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
    g_assert_false(lt_store_release(archive->store, held, "", "Lan", NULL));
    g_assert_true(lt_store_release(archive->store, held, "đã giải mật", "Lan", NULL));
    g_assert_true(lt_store_is_released(archive->store, sha256, &released, NULL));
    g_assert_true(released);
    g_autoptr(GPtrArray) unfinished = lt_store_ledger_unfinished(archive->store, TRUE, NULL);
    g_assert_cmpuint(unfinished->len, ==, 2);
    g_assert_false(lt_store_release(archive->store, held, "x", "Lan", NULL));
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/remove/unstaged", test_unstaged},
        {"/store/remove/unstaged-and-killed", test_unstaged_and_killed},
        {"/store/remove/removed", test_removed},
        {"/store/remove/page-after-removal", test_page_after_removal},
        {"/store/remove/killed-while-merging", test_killed_while_merging},
        {"/store/remove/merged-in-parts", test_merged_in_parts},
        {"/store/remove/removed-while-merging", test_removed_while_merging},
        {"/store/remove/read-meanwhile", test_read_meanwhile},
        {"/store/remove/busy-meanwhile", test_busy_meanwhile},
        {"/store/remove/original", test_original},
        {"/store/remove/release", test_release},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
