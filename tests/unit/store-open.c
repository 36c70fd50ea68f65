/* Opening: modes, what is refused and why, the lock, and readers who may not write. */
#include "tests/unit/store-fixture.h"

#include <sys/wait.h>

#include "store/private.h"
#include "tests/unit/store-sql.h"

#define NOBODY 65534

static void
assert_refused(const char *directory, LtStoreMode mode, LtStoreError code)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_store_open(directory, mode, &error);

    g_assert_error(error, LT_STORE_ERROR, (gint)code);
    g_assert_null(store);
    g_assert_cmpuint(strlen(error->message), >, 20);
}

static void
write_database(const char *directory, const char *bytes)
{
    g_autofree char *path = g_build_filename(directory, "archive.db", NULL);

    g_assert_true(g_file_set_contents(path, bytes, -1, NULL));
}

static void
test_missing(void)
{
    g_autofree char *directory = g_dir_make_tmp("luutru-store-XXXXXX", NULL);
    g_autofree char *deeper = g_build_filename(directory, "a", "b", NULL);
    g_autofree char *database = g_build_filename(directory, "archive.db", NULL);

    assert_refused(directory, LT_STORE_READ, LT_STORE_ERROR_MISSING);
    assert_refused(directory, LT_STORE_WRITE, LT_STORE_ERROR_MISSING);
    assert_refused(deeper, LT_STORE_READ, LT_STORE_ERROR_MISSING);
    g_assert_false(g_file_test(database, G_FILE_TEST_EXISTS));

    /* A run killed before the first transaction leaves an empty file: no archive yet. */
    write_database(directory, "");
    assert_refused(directory, LT_STORE_READ, LT_STORE_ERROR_MISSING);
    lt_store_close(open_store(directory, LT_STORE_CREATE));
    lt_store_close(open_store(directory, LT_STORE_READ));

    lt_store_close(open_store(deeper, LT_STORE_CREATE));
    lt_store_close(open_store(deeper, LT_STORE_WRITE));
    remove_tree(directory);
}

static void
test_settings(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    LtStoreStatus status;
    g_autofree char *wal = g_build_filename(archive->directory, "archive.db-wal", NULL);

    g_assert_true(lt_store_status(archive->store, &status, NULL));
    g_assert_true(g_file_test(wal, G_FILE_TEST_EXISTS));
    g_assert_cmpint(ask_sql(archive->directory, "PRAGMA application_id"), ==, 0x4C547275);
    g_assert_cmpint(ask_sql(archive->directory, "PRAGMA user_version"), ==, status.schema);
}

static void
test_newer(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    run_sql(archive->directory, "PRAGMA user_version = 9999");
    assert_refused(archive->directory, LT_STORE_READ, LT_STORE_ERROR_NEWER);
    assert_refused(archive->directory, LT_STORE_WRITE, LT_STORE_ERROR_NEWER);
    assert_refused(archive->directory, LT_STORE_CREATE, LT_STORE_ERROR_NEWER);
    g_assert_cmpint(ask_sql(archive->directory, "PRAGMA user_version"), ==, 9999);
}

static void
test_damaged(void)
{
    g_autofree char *directory = g_dir_make_tmp("luutru-store-XXXXXX", NULL);
    g_autofree char *garbage = g_strnfill(20000, 'x');

    write_database(directory, garbage);
    assert_refused(directory, LT_STORE_READ, LT_STORE_ERROR_DAMAGED);
    assert_refused(directory, LT_STORE_CREATE, LT_STORE_ERROR_DAMAGED);
    remove_tree(directory);
}

static void
test_stranger(void)
{
    g_autofree char *directory = g_dir_make_tmp("luutru-store-XXXXXX", NULL);

    run_sql(directory, "CREATE TABLE cooking (recipe TEXT)");
    assert_refused(directory, LT_STORE_READ, LT_STORE_ERROR_DAMAGED);
    assert_refused(directory, LT_STORE_CREATE, LT_STORE_ERROR_DAMAGED);
    g_assert_cmpint(ask_sql(directory, "SELECT count(*) FROM sqlite_schema"), ==, 1);
    remove_tree(directory);
}

static void
test_truncated(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename(archive->directory, "archive.db", NULL);
    const Dispatch dispatch = {.number = "1/A", .text = "một"};
    g_autoptr(GError) error = NULL;

    file_dispatch(archive, &dispatch);
    g_clear_pointer(&archive->store, lt_store_close);
    g_assert_cmpint(truncate(path, 8192), ==, 0);
    g_autoptr(LtStore) store = lt_store_open(archive->directory, LT_STORE_READ, &error);
    g_autoptr(LtRecord) record = store != NULL ? lt_store_document(store, 1, TRUE, &error) : NULL;
    g_assert_null(record);
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED);
}

static void
test_reader_writes_nothing(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) reader = open_store(archive->directory, LT_STORE_READ);
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row = lt_store_ledger_see(reader, "/a", 1, 1, NULL, &error);

    g_assert_null(row);
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY);
}

static void
test_two_handles(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) reader = open_store(archive->directory, LT_STORE_READ);
    const Dispatch dispatch = {.number = "7/CV", .text = "bảy"};
    gint64 id = file_dispatch(archive, &dispatch);
    g_autoptr(LtRecord) record = lt_store_document(reader, id, TRUE, NULL);

    g_assert_nonnull(record);
    g_assert_cmpstr(record->fields[LT_FIELD_NUMBER].value, ==, "7/CV");
}

static void
test_lock(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) other = open_store(archive->directory, LT_STORE_WRITE);
    g_autoptr(GError) error = NULL;
    g_autofree char *holder = g_strdup_printf("process %d", (int)getpid());

    g_assert_true(lt_store_lock(archive->store, 0, NULL));
    g_assert_true(lt_store_lock(archive->store, 0, NULL));
    g_assert_false(lt_store_lock(other, 0, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, holder));
    g_clear_pointer(&archive->store, lt_store_close);
    g_assert_true(lt_store_lock(other, 0, NULL));
}

static void
test_lock_dies_with_holder(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        LtStore *store = lt_store_open(archive->directory, LT_STORE_WRITE, NULL);
        _exit(store != NULL && lt_store_lock(store, 0, NULL) ? 0 : 1);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_assert_true(lt_store_lock(archive->store, 0, NULL));
}

/* Opens as a user who may not write; the child's exit status is 100 + the error code, or 0. */
static int
open_as_nobody(const char *directory, LtStoreMode mode)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        g_autoptr(GError) error = NULL;
        if (setresuid(NOBODY, NOBODY, NOBODY) != 0)
            _exit(99);
        LtStore *store = lt_store_open(directory, mode, &error);
        LtStoreStatus figures;
        gboolean read = store != NULL && lt_store_status(store, &figures, &error);
        _exit(read && figures.documents == 1 ? 0 : 100 + (error != NULL ? error->code : 50));
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
test_no_permission(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Dispatch dispatch = {.number = "1/A", .text = "một"};
    g_autofree char *wal = g_build_filename(archive->directory, "archive.db-wal", NULL);

    if (geteuid() != 0) {
        g_test_skip("needs root, to become somebody else");
        return;
    }
    file_dispatch(archive, &dispatch);
    g_clear_pointer(&archive->store, lt_store_close);
    g_assert_cmpint(chmod(archive->directory, 0755), ==, 0);
    g_assert_cmpint(open_as_nobody(archive->directory, LT_STORE_READ), ==, 0);
    g_assert_cmpint(open_as_nobody(archive->directory, LT_STORE_WRITE), ==,
                    100 + LT_STORE_ERROR_READ_ONLY);
    g_assert_cmpint(open_as_nobody(archive->directory, LT_STORE_CREATE), ==,
                    100 + LT_STORE_ERROR_READ_ONLY);

    /* What a killed writer leaves: changes that only a writer can merge. */
    g_assert_true(g_file_set_contents(wal, "not merged", -1, NULL));
    g_assert_cmpint(open_as_nobody(archive->directory, LT_STORE_READ), ==,
                    100 + LT_STORE_ERROR_READ_ONLY);

    g_assert_cmpint(chmod(archive->directory, 0700), ==, 0);
    g_assert_cmpint(open_as_nobody(archive->directory, LT_STORE_READ), ==,
                    100 + LT_STORE_ERROR_READ_ONLY);
}

#define VERSION_OF_INDEX 7

/* An archive as the program of that version left it, with one document. */
static void
make_old(const char *directory, guint version)
{
    g_autofree char *stamp = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                             LT_STORE_APPLICATION_ID, version);

    run_sql(directory, "PRAGMA journal_mode = WAL");
    for (guint step = 1; step <= version; step++)
        run_sql(directory, lt_schema_step(step));
    run_sql(directory, stamp);
    run_sql(directory, "INSERT INTO document (revision, sha256, source, status, size, filed_at,"
                       " page_count, needs_review, number) VALUES (1, 'a', 'b', 'filed', 1, 'c', 1,"
                       " 0, '1/A');"
                       "INSERT INTO page VALUES (1, 1, 'ocr', 1, 0, 0, 'một' || char(10));"
                       "INSERT INTO page_words VALUES (1, 1, zeroblob(12));"
                       "INSERT INTO citation (document, position, number, key_number, page, x0, y0,"
                       " x1, y1) VALUES (1, 0, '2/B', '2b', 1, 0, 0, 0, 0)");
}

/* What an older program filed is there after the upgrade, and can be put right. */
static void
test_upgrade(void)
{
    const LtChange change = {"subject", "khác"};
    const LtAmendment amendment = {.changes = &change, .n_changes = 1, .by = "Lan"};

    for (guint version = 1; version < lt_schema_version; version++) {
        g_autofree char *directory = g_dir_make_tmp("luutru-store-XXXXXX", NULL);
        make_old(directory, version);
        assert_refused(directory, LT_STORE_READ, LT_STORE_ERROR_READ_ONLY);
        g_autoptr(LtStore) store = open_store(directory, LT_STORE_WRITE);
        g_assert_cmpint(ask_sql(directory, "PRAGMA user_version"), ==, lt_schema_version);
        g_autoptr(GError) error = NULL;
        g_autoptr(LtRecord) before = lt_store_document(store, 1, TRUE, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(before->fields[LT_FIELD_NUMBER].value, ==, "1/A");
        g_assert_cmpuint(before->pages->len, ==, 1);
        g_assert_cmpuint(before->references->len, ==, 1);
        g_assert_null(before->issuer_id);
        /* Since then a document is indexed when it is filed, and no upgrade does it. */
        if (version < VERSION_OF_INDEX)
            g_assert_true(lt_store_correct(store, 1, &amendment, NULL, NULL));
        g_clear_pointer(&store, lt_store_close);
        lt_store_close(open_store(directory, LT_STORE_READ));
        remove_tree(directory);
    }
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/open/settings", test_settings},
        {"/store/open/newer", test_newer},
        {"/store/open/truncated", test_truncated},
        {"/store/open/reader-writes-nothing", test_reader_writes_nothing},
        {"/store/open/two-handles", test_two_handles},
        {"/store/open/no-permission", test_no_permission},
        {"/store/lock/held", test_lock},
        {"/store/lock/dies-with-holder", test_lock_dies_with_holder},
    };

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/open/missing", test_missing);
    g_test_add_func("/store/open/damaged", test_damaged);
    g_test_add_func("/store/open/stranger", test_stranger);
    g_test_add_func("/store/open/upgrade", test_upgrade);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
