/* Backup and restore: one moment of an archive, whole, and nothing else touched. */
#include <sys/file.h>

#include "store/private.h"
#include "tests/unit/store-fixture.h"
#include "tests/unit/store-sql.h"

typedef struct {
    Archive *archive; /* (nullable) into which something is filed while it is copied */
    Archive
        *losing; /* (nullable) whose newest document is removed, and another filed, before originals
                       * are copied */
    gint64 newest;
    guint faults, stop_after, steps;
} Witness;

static gint64
file_one(Archive *archive, const char *bytes)
{
    const Dispatch dispatch = {.number = "1758/STTTT-TTBCXB", .text = "Quyết định về đất đai"};
    g_autofree char *path = g_build_filename(archive->directory, "lock.pdf", NULL);
    g_autoptr(LtRecord) record = new_record(archive, &dispatch);
    guint64 size = 0;
    int fd = write_file(path, bytes, strlen(bytes));

    g_clear_pointer(&record->sha256, g_free);
    g_assert_true(lt_store_keep_original(archive->store, fd, &record->sha256, &size, NULL));
    close(fd);
    g_assert_cmpint(g_unlink(path), ==, 0);
    record->size = size;
    file_record(archive, record);
    return record->id;
}

static void
set_up(Archive *archive, gconstpointer data)
{
    archive_set_up(archive, data);
    file_one(archive, "one");
    file_one(archive, "two");
}

static void
note(G_GNUC_UNUSED const LtFault *fault, gpointer user_data)
{
    ((Witness *)user_data)->faults++;
}

/* By a store of its own, as another program does it. */
static gint64
file_beside(Archive *archive, const char *bytes)
{
    LtStore *copying = archive->store;
    gint64 id;

    archive->store = open_store(archive->directory, LT_STORE_WRITE);
    id = file_one(archive, bytes);
    lt_store_close(archive->store);
    archive->store = copying;
    return id;
}

static void
replace_newest(Witness *witness)
{
    g_autofree char *bytes = g_strdup_printf("after step %u", witness->steps);
    g_autoptr(LtStore) other = open_store(witness->losing->directory, LT_STORE_WRITE);

    g_assert_true(lt_store_remove(other, witness->newest, "thu hồi", "Lan", NULL));
    witness->newest = file_beside(witness->losing, bytes);
}

static gboolean
go_on(const LtCopyProgress *progress, gpointer user_data)
{
    Witness *witness = user_data;

    witness->steps++;
    if (witness->archive != NULL && witness->steps == 1)
        file_beside(witness->archive, "filed meanwhile");
    if (witness->losing != NULL && progress->originals == 0)
        replace_newest(witness);
    return witness->stop_after == 0 || witness->steps < witness->stop_after;
}

static LtCopyProgress
back_up(Archive *archive, const char *folder, gboolean whole)
{
    LtCopyProgress progress = {0};
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_backup(archive->store, folder, &(LtCopyOptions){.check = whole},
                                  &progress, &error));
    g_assert_no_error(error);
    return progress;
}

static guint64
count_documents(const char *directory)
{
    g_autoptr(LtStore) store = open_store(directory, LT_STORE_READ);
    LtStoreStatus status;

    g_assert_true(lt_store_status(store, &status, NULL));
    return status.documents;
}

static void
assert_verifies(const char *directory)
{
    g_autoptr(LtStore) store = open_store(directory, LT_STORE_READ);
    LtVerifyProgress progress;

    /* These documents were filed without a file that the ledger knows. */
    g_assert_true(lt_store_verify(store, &(LtVerifyOptions){0}, &progress, NULL));
    g_assert_cmpuint(progress.faults, ==, progress.documents);
    g_assert_cmpuint(progress.documents_done, ==, progress.documents);
}

static void
test_incremental(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *journal = g_build_filename(folder, LT_STORE_DATABASE "-wal", NULL);
    g_auto(LtUpkeep) upkeep = {0};
    LtCopyProgress progress = back_up(archive, folder, FALSE);

    g_assert_cmpuint(progress.copied, ==, 2);
    file_one(archive, "three");
    g_assert_true(g_file_set_contents(journal, "left behind", -1, NULL));
    progress = back_up(archive, folder, FALSE);
    g_assert_cmpuint(progress.originals, ==, 3);
    g_assert_cmpuint(progress.copied, ==, 1);
    g_assert_cmpuint(count_documents(folder), ==, 3);
    assert_verifies(folder);
    g_assert_true(lt_store_last_upkeep(archive->store, "backup", &upkeep, NULL));
    g_assert_nonnull(upkeep.ended_at);
    g_assert_cmpstr(upkeep.target, ==, folder);
    remove_tree(folder);
}

/* It opens where nothing can be written, with any SQLite. */
static void
test_is_one_file(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *database = g_build_filename(folder, LT_STORE_DATABASE, NULL);
    g_autofree char *bytes = NULL;

    back_up(archive, folder, FALSE);
    g_assert_true(g_file_get_contents(database, &bytes, NULL, NULL));
    g_assert_cmpint(bytes[18], ==, 1); /* the format's version: 2 would be a write-ahead log */
    g_assert_cmpint(bytes[19], ==, 1);
    remove_tree(folder);
}

static void
test_one_moment(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    Witness witness = {.archive = archive};
    LtCopyProgress progress;

    g_assert_true(lt_store_backup(archive->store, folder,
                                  &(LtCopyOptions){.go_on = go_on, .user_data = &witness},
                                  &progress, NULL));
    g_assert_cmpuint(count_documents(archive->directory), ==, 3);
    g_assert_cmpuint(count_documents(folder), ==, 2);
    assert_verifies(folder);
    remove_tree(folder);
}

static void
test_removed_meanwhile(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    Witness witness = {.losing = archive};
    const LtCopyOptions options = {.go_on = go_on, .user_data = &witness};
    LtCopyProgress progress;
    g_autoptr(GError) error = NULL;

    back_up(archive, folder, FALSE);
    witness.newest = file_one(archive, "three");
    g_assert_false(lt_store_backup(archive->store, folder, &options, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY);
    g_assert_cmpuint(count_documents(folder), ==, 2);
    assert_verifies(folder);
    back_up(archive, folder, FALSE);
    g_assert_cmpuint(count_documents(folder), ==, count_documents(archive->directory));
    assert_verifies(folder);
    remove_tree(folder);
}

static void
test_stopped(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *restored = beside(archive, "restored");
    Witness witness = {.stop_after = 2};
    const LtCopyOptions options = {.go_on = go_on, .user_data = &witness};
    LtCopyProgress progress;
    g_autoptr(GError) error = NULL;

    g_assert_false(lt_store_backup(archive->store, folder, &options, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_STOPPED);
    g_clear_error(&error);
    g_assert_null(lt_store_open(folder, LT_STORE_READ, NULL));
    back_up(archive, folder, FALSE);

    witness.steps = 0;
    g_assert_false(lt_store_restore(folder, restored, &options, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_STOPPED);
    g_assert_null(lt_store_open(restored, LT_STORE_READ, NULL));
    g_assert_true(lt_store_restore(folder, restored, &(LtCopyOptions){0}, &progress, NULL));
    assert_verifies(restored);
    remove_tree(folder);
    remove_tree(restored);
}

/* A good original of an earlier backup is not lost to a bad one; a bad one of the backup is put right. */
static void
test_damaged(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autoptr(LtRecord) record = lt_store_document(archive->store, 1, FALSE, NULL);
    g_autofree char *path = lt_original_path(archive->directory, record->sha256);
    g_autofree char *saved = lt_original_path(folder, record->sha256);
    g_autofree char *second = beside(archive, "second");
    Witness witness = {0};
    const LtCopyOptions options = {.report = note, .user_data = &witness};
    LtCopyProgress progress = back_up(archive, folder, FALSE);

    g_assert_true(g_file_set_contents(saved, "OME", -1, NULL));
    g_assert_cmpuint(back_up(archive, folder, FALSE).copied, ==, 0);
    g_assert_cmpuint(back_up(archive, folder, TRUE).copied, ==, 1);

    g_assert_true(g_file_set_contents(path, "OMF", -1, NULL));
    g_assert_true(lt_store_backup(archive->store, folder, &options, &progress, NULL));
    g_assert_cmpuint(progress.damaged, ==, 0);
    assert_verifies(folder);
    g_assert_true(lt_store_backup(archive->store, second, &options, &progress, NULL));
    g_assert_cmpuint(progress.damaged, ==, 1);
    g_assert_cmpuint(witness.faults, ==, 1);
    g_assert_cmpuint(count_documents(second), ==, 2);
    remove_tree(folder);
    remove_tree(second);
}

static void
test_removed(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autoptr(LtRecord) record = lt_store_document(archive->store, 1, FALSE, NULL);
    g_autofree char *saved = lt_original_path(folder, record->sha256);

    back_up(archive, folder, FALSE);
    g_assert_true(g_file_test(saved, G_FILE_TEST_EXISTS));
    g_assert_true(lt_store_remove(archive->store, 1, "thu hồi", "Lan", NULL));
    g_assert_cmpuint(back_up(archive, folder, FALSE).dropped, ==, 1);
    g_assert_false(g_file_test(saved, G_FILE_TEST_EXISTS));
    remove_tree(folder);
}

/* (transfer full) its sum */
static char *
keep_unfiled(Archive *archive, const char *name, LtLedgerState state)
{
    g_autofree char *path = g_build_filename(archive->directory, "lock.pdf", NULL);
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, name, strlen(name), 1, NULL, NULL);
    char *sha256 = NULL;
    guint64 size = 0;
    int fd = write_file(path, name, strlen(name));

    g_assert_true(lt_store_keep_original(archive->store, fd, &sha256, &size, NULL));
    close(fd);
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_true(lt_store_ledger_set(archive->store, row->id, state, "why", sha256, 0, NULL));
    return sha256;
}

static gboolean
has_original(const char *directory, const char *sha256)
{
    g_autofree char *path = lt_original_path(directory, sha256);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* What could not be read is copied, too, for it may be read one day; what was removed is not. */
static void
test_unfiled(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *restored = beside(archive, "restored");
    g_autofree char *locked = keep_unfiled(archive, "/in/locked", LT_LEDGER_QUARANTINED);
    g_autofree char *retried = keep_unfiled(archive, "/in/retried", LT_LEDGER_SEEN);
    g_autofree char *earlier = keep_unfiled(archive, "/in/earlier", LT_LEDGER_SKIPPED);
    g_autofree char *lost = keep_unfiled(archive, "/in/lost", LT_LEDGER_QUARANTINED);
    g_autofree char *gone = keep_unfiled(archive, "/in/gone", LT_LEDGER_SKIPPED);
    g_autofree char *removed = keep_unfiled(archive, "/in/removed", LT_LEDGER_SKIPPED);
    LtCopyProgress progress = {0};

    run_sql(archive->directory, "INSERT INTO removal SELECT 99, sha256, NULL, 'x', 'y', 'z' FROM"
                                " ledger WHERE path = CAST('/in/removed' AS BLOB)");
    g_assert_true(lt_store_drop_original(archive->store, lost, NULL));
    g_assert_true(lt_store_drop_original(archive->store, gone, NULL));
    g_assert_true(lt_store_backup(archive->store, folder, &(LtCopyOptions){0}, &progress, NULL));
    g_assert_cmpuint(progress.copied, ==, 5);
    g_assert_cmpuint(progress.damaged, ==, 1);
    g_assert_true(lt_store_restore(folder, restored, &(LtCopyOptions){0}, &progress, NULL));
    g_assert_cmpuint(progress.damaged, ==, 1);
    g_assert_true(has_original(restored, locked) && has_original(restored, retried) &&
                  has_original(restored, earlier));
    g_assert_false(has_original(folder, removed));
    remove_tree(folder);
    remove_tree(restored);
}

static void
refuse(Archive *archive, const char *folder)
{
    LtCopyProgress progress;
    g_autoptr(GError) error = NULL;

    g_assert_false(lt_store_backup(archive->store, folder, &(LtCopyOptions){0}, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
}

static void
test_refused(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *inside = g_build_filename(archive->directory, "backup", NULL);
    g_autofree char *file = g_build_filename(folder, "thesis.odt", NULL);
    g_autofree char *restored = beside(archive, "restored");
    g_autoptr(GError) error = NULL;
    LtCopyProgress progress;
    Archive other;

    refuse(archive, archive->directory);
    refuse(archive, inside);
    g_assert_cmpint(g_mkdir(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents(file, "", -1, NULL));
    refuse(archive, folder);
    g_assert_cmpint(g_unlink(file), ==, 0);

    back_up(archive, folder, FALSE);
    set_up(&other, NULL);
    refuse(&other, folder);
    g_assert_true(lt_store_lock(archive->store, 0, NULL));
    refuse(&other, archive->directory);
    archive_tear_down(&other, NULL);

    g_assert_false(
        lt_store_restore(folder, archive->directory, &(LtCopyOptions){0}, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(lt_store_restore(inside, restored, &(LtCopyOptions){0}, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_MISSING);
    remove_tree(folder);
}

static void
write_rule(const char *directory, const char *folder, const char *name)
{
    g_autofree char *parent = g_build_filename(directory, "rules", folder, NULL);
    g_autofree char *path = g_build_filename(parent, name, NULL);

    g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, name, -1, NULL));
}

static gboolean
has_rule(const char *directory, const char *name)
{
    g_autofree char *path = g_build_filename(directory, "rules", name, NULL);
    g_autofree char *bytes = NULL;
    g_autofree char *last = g_path_get_basename(name);

    return g_file_get_contents(path, &bytes, NULL, NULL) && g_strcmp0(bytes, last) == 0;
}

/* The rules of a copy are those of the archive: in the same folders, and none that were given up. */
static void
test_rules(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *restored = beside(archive, "restored");
    g_autofree char *rules = g_build_filename(archive->directory, "rules", NULL);
    g_autofree char *ring = g_build_filename(rules, "ring", NULL);
    LtCopyProgress progress;

    write_rule(archive->directory, "", "old.rules");
    write_rule(archive->directory, "old", "older.rules");
    write_rule(archive->directory, "", "turned");
    back_up(archive, folder, FALSE);
    g_assert_true(has_rule(folder, "old.rules") && has_rule(folder, "old/older.rules"));

    remove_tree(rules);
    write_rule(archive->directory, "", "office.rules");
    write_rule(archive->directory, "turned/in", "deep.tsv");
    g_assert_cmpint(symlink(".", ring), ==, 0);
    back_up(archive, folder, FALSE);
    g_assert_true(lt_store_restore(folder, restored, &(LtCopyOptions){0}, &progress, NULL));
    g_assert_true(has_rule(restored, "office.rules") && has_rule(restored, "turned/in/deep.tsv"));
    g_assert_false(has_rule(restored, "old.rules") || has_rule(restored, "old/older.rules"));

    remove_tree(rules);
    back_up(archive, folder, FALSE);
    g_assert_false(has_rule(folder, "office.rules"));
    remove_tree(folder);
    remove_tree(restored);
}

static char *
inbox_file(const char *directory, const char *name)
{
    return g_build_filename(directory, "inbox", name, NULL);
}

static void
drop_file(Archive *archive, const char *name)
{
    g_autofree char *path = inbox_file(archive->directory, name);
    g_autofree char *folder = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, name, -1, NULL));
}

static gboolean
waits_in(const char *directory, const char *name)
{
    g_autofree char *path = inbox_file(directory, name);
    g_autofree char *bytes = NULL;

    return g_file_get_contents(path, &bytes, NULL, NULL) && g_str_equal(bytes, name);
}

static gboolean
file_from_inbox(const LtCopyProgress *progress, gpointer user_data)
{
    g_autofree char *path = inbox_file(user_data, "2/second.pdf");

    if (progress->originals == 0)
        g_unlink(path);
    return TRUE;
}

/* What the server took and nobody has filed yet goes along, and goes once it was filed before the copy is made. */
static void
test_inbox(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *restored = beside(archive, "restored");
    g_autofree char *first = inbox_file(archive->directory, "1/first.pdf");
    const LtCopyOptions options = {.go_on = file_from_inbox, .user_data = archive->directory};
    LtCopyProgress progress;

    drop_file(archive, "1/first.pdf");
    drop_file(archive, "2/second.pdf");
    drop_file(archive, ".coming-a1B2c3");
    g_assert_true(lt_store_backup(archive->store, folder, &options, &progress, NULL));
    g_assert_false(waits_in(archive->directory, "2/second.pdf"));
    g_assert_true(waits_in(folder, "1/first.pdf") && waits_in(folder, "2/second.pdf"));
    g_assert_false(waits_in(folder, ".coming-a1B2c3"));
    g_assert_true(lt_store_restore(folder, restored, &(LtCopyOptions){0}, &progress, NULL));
    g_assert_true(waits_in(restored, "1/first.pdf") && waits_in(restored, "2/second.pdf"));

    g_assert_cmpint(g_unlink(first), ==, 0);
    drop_file(archive, "3/third.pdf");
    back_up(archive, folder, FALSE);
    g_assert_false(waits_in(folder, "1/first.pdf") || waits_in(folder, "2/second.pdf"));
    g_assert_true(waits_in(folder, "3/third.pdf"));

    /* One that cannot be read does not keep the others from being copied. */
    g_assert_cmpint(symlink("nowhere", first), ==, 0);
    drop_file(archive, "4/fourth.pdf");
    g_assert_cmpuint(back_up(archive, folder, FALSE).damaged, ==, 1);
    g_assert_true(waits_in(folder, "3/third.pdf") && waits_in(folder, "4/fourth.pdf"));
    remove_tree(folder);
    remove_tree(restored);
}

/* Two that copied to one folder would spoil each other's copy. */
static void
test_two_at_once(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    LtCopyProgress progress = back_up(archive, folder, FALSE);
    int other = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    g_assert_cmpint(flock(other, LOCK_EX), ==, 0);
    refuse(archive, folder);
    close(other);
    progress = back_up(archive, folder, FALSE);
    g_assert_cmpuint(progress.originals, ==, 2);
    remove_tree(folder);
}

/* What is under way while it is copied is not under way in the copy. */
static void
test_forgets_unended(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = beside(archive, "backup");
    g_autofree char *restored = beside(archive, "restored");
    LtVerifyProgress checked = {0};
    LtCopyProgress progress;

    run_sql(archive->directory, "INSERT INTO upkeep (kind, started_at, stage, position, faults)"
                                " VALUES ('verify', 'then', 'search', NULL, 7)");
    back_up(archive, folder, FALSE);
    g_assert_true(lt_store_restore(folder, restored, &(LtCopyOptions){0}, &progress, NULL));
    g_autoptr(LtStore) store = open_store(restored, LT_STORE_WRITE);
    g_assert_true(lt_store_verify(store, &(LtVerifyOptions){0}, &checked, NULL));
    g_assert_false(checked.resumed);
    g_assert_cmpuint(checked.faults, <, 7);
    remove_tree(folder);
    remove_tree(restored);
}

/* A disk fails after the program was renewed: the backup of the older one still makes an archive. Of files that were
 * not filed that one has copied only those that were on their way, or held. */
static void
test_of_older_program(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *old = beside(archive, "old");
    g_autofree char *restored = beside(archive, "restored");
    g_autofree char *stamp = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = 1",
                                             LT_STORE_APPLICATION_ID);
    g_autofree char *lock = g_build_filename(old, "lock", NULL);
    LtCopyProgress progress;
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir(old, 0755), ==, 0);
    run_sql(old, lt_schema_step(1));
    run_sql(old, "INSERT INTO ledger (path, size, mtime_ns, state, sha256, seen_at, changed_at)"
                 " SELECT value, 1, 1, value, printf('%064d', key), '', ''"
                 " FROM json_each('[\"quarantined\", \"seen\", \"held\"]')");
    run_sql(old, stamp);
    g_assert_true(lt_store_restore(old, restored, &(LtCopyOptions){0}, &progress, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(progress.damaged, ==, 1);
    g_assert_cmpuint(count_documents(restored), ==, 0);
    g_assert_cmpint(ask_sql(old, "PRAGMA user_version"), ==, 1);
    g_assert_false(g_file_test(lock, G_FILE_TEST_EXISTS));
    remove_tree(old);
    remove_tree(restored);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/backup/incremental", test_incremental},
        {"/backup/is-one-file", test_is_one_file},
        {"/backup/one-moment", test_one_moment},
        {"/backup/stopped", test_stopped},
        {"/backup/damaged", test_damaged},
        {"/backup/removed", test_removed},
        {"/backup/removed-meanwhile", test_removed_meanwhile},
        {"/backup/unfiled", test_unfiled},
        {"/backup/refused", test_refused},
        {"/backup/rules", test_rules},
        {"/backup/inbox", test_inbox},
        {"/backup/two-at-once", test_two_at_once},
        {"/backup/forgets-unended", test_forgets_unended},
        {"/backup/of-older-program", test_of_older_program},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), set_up);
    return g_test_run();
}
