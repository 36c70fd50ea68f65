/* What a check finds, what it mends, and how it goes on where it was stopped. */
#include "store/private.h"
#include "tests/unit/store-fixture.h"
#include "tests/unit/store-sql.h"

typedef struct {
    GString *found; /* "check/fault" or "check/fault repaired", each with a blank after it */
    guint stop_after;
    guint steps;
} Witness;

static void
note(const LtFault *fault, gpointer user_data)
{
    Witness *witness = user_data;

    g_assert_nonnull(fault->detail);
    g_string_append_printf(witness->found, "%s/%s%s ", lt_check_name(fault->check), fault->fault,
                           fault->repaired ? " repaired" : "");
}

static gboolean
go_on(G_GNUC_UNUSED const LtVerifyProgress *progress, gpointer user_data)
{
    Witness *witness = user_data;

    return witness->stop_after == 0 || ++witness->steps < witness->stop_after;
}

static LtVerifyProgress
check(Archive *archive, LtVerifyOptions options, const char *expected)
{
    g_autoptr(GString) found = g_string_new(NULL);
    Witness witness = {.found = found};
    LtVerifyProgress progress = {0};
    g_autoptr(GError) error = NULL;

    options.report = note;
    options.go_on = go_on;
    options.user_data = &witness;
    g_assert_true(lt_store_verify(archive->store, &options, &progress, &error));
    g_assert_no_error(error);
    if (expected != NULL)
        g_assert_cmpstr(found->str, ==, expected);
    return progress;
}

static char *
source_of(Archive *archive, guint number)
{
    g_autofree char *name = g_strdup_printf("source-%u.pdf", number);

    return g_build_filename(archive->directory, "..", name, NULL);
}

static void
file_one(Archive *archive, guint number)
{
    const Dispatch dispatch = {.number = "1758/STTTT-TTBCXB",
                               .issuer = "Sở Thông tin và Truyền thông",
                               .text = "Quyết định về đất đai\fTrang hai"};
    g_autofree char *bytes = g_strdup_printf("document %u", number);
    g_autofree char *path = source_of(archive, number);
    g_autoptr(LtRecord) record = new_record(archive, &dispatch);
    g_autoptr(LtLedgerRow) row = NULL;
    guint64 size = 0;
    int fd = write_file(path, bytes, strlen(bytes));

    g_clear_pointer(&record->sha256, g_free);
    g_assert_true(lt_store_keep_original(archive->store, fd, &record->sha256, &size, NULL));
    close(fd);
    record->size = size;
    row = lt_store_ledger_see(archive->store, path, size, number, NULL, NULL);
    g_assert_true(lt_store_file(archive->store, record, row->id, NULL));
}

static void
set_up(Archive *archive, gconstpointer data)
{
    archive_set_up(archive, data);
    for (guint i = 1; i <= 3; i++)
        file_one(archive, i);
}

static void
drop_sources(Archive *archive)
{
    for (guint i = 1; i <= 5; i++) {
        g_autofree char *path = source_of(archive, i);
        g_unlink(path);
    }
}

static char *
original_of(Archive *archive, gint64 id)
{
    g_autoptr(LtRecord) record = lt_store_document(archive->store, id, FALSE, NULL);

    return lt_original_path(archive->directory, record->sha256);
}

static void
test_well(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_auto(LtUpkeep) upkeep = {0};
    LtVerifyProgress progress = check(archive, (LtVerifyOptions){0}, "");

    g_assert_true(progress.ended);
    g_assert_false(progress.resumed);
    g_assert_cmpuint(progress.documents_done, ==, 3);
    g_assert_cmpuint(progress.bytes, ==, 3 * strlen("document 1"));
    g_assert_cmpuint(progress.unsealed, ==, 0);
    g_assert_true(lt_store_last_upkeep(archive->store, "verify", &upkeep, NULL));
    g_assert_nonnull(upkeep.ended_at);
    g_assert_cmpuint(upkeep.faults, ==, 0);
    drop_sources(archive);
}

/* A bit that flips on the disk passes by the triggers: so do these. */
static const struct {
    const char *what, *sql, *found, *mended;
} DAMAGES[] = {
    {"text", "UPDATE page SET text = 'x' || text WHERE document = 2 AND number = 1;",
     "document/damaged ", "document/damaged "},
    {"words", "UPDATE page_words SET words = zeroblob(length(words)) WHERE document = 1;",
     "document/damaged ", "document/damaged "},
    {"key", "UPDATE document SET key_number = 'x' WHERE id = 1;", "document/damaged ",
     "document/damaged repaired "},
    {"search row of no document", "INSERT INTO search (rowid, terms) VALUES (77, 'x');",
     "search/search ", "search/search repaired "},
    {"search rows", "INSERT INTO search (search) VALUES ('delete-all');",
     "search/search search/search search/search ",
     "search/search repaired search/search repaired search/search repaired "},
    {"document of a file", "UPDATE ledger SET document = 77 WHERE document = 2;",
     "ledger/no-document ledger/unlisted ",
     "ledger/no-document repaired ledger/unlisted repaired "},
    {"sum of a file",
     "UPDATE ledger SET sha256 = (SELECT sha256 FROM document WHERE id = 3)"
     " WHERE document = 2;",
     "ledger/mismatch ", "ledger/mismatch repaired ledger/unlisted repaired "},
    {"state of a file", "UPDATE ledger SET state = 'filee' WHERE document = 2;", "ledger/damaged ",
     "ledger/damaged "},
    {"row of a file", "DELETE FROM ledger WHERE document = 2;", "ledger/unlisted ",
     "ledger/unlisted repaired "},
    {"a file on its way, without an original",
     "INSERT INTO ledger (path, size, mtime_ns, state, seen_at, changed_at)"
     " VALUES (x'61', 1, 1, 'stored', '', '');",
     "ledger/no-original ", "ledger/no-original repaired "},
    {"a file on its way, its original gone",
     "INSERT INTO ledger (path, size, mtime_ns, state, sha256, seen_at, changed_at)"
     " VALUES (x'61', 1, 1, 'read', '"
     "0000000000000000000000000000000000000000000000000000000000000000"
     "', '', '');",
     "ledger/missing ", "ledger/missing repaired "},
    {"a file that could not be read, its original gone",
     "INSERT INTO ledger (path, size, mtime_ns, state, reason, sha256, seen_at, changed_at)"
     " VALUES (x'61', 1, 1, 'quarantined', 'why', '"
     "0000000000000000000000000000000000000000000000000000000000000000"
     "', '', '');",
     "ledger/missing ", "ledger/missing "},
    {"a file that is tried again, its original gone",
     "INSERT INTO ledger (path, size, mtime_ns, state, sha256, seen_at, changed_at)"
     " VALUES (x'61', 1, 1, 'seen', '"
     "0000000000000000000000000000000000000000000000000000000000000000"
     "', '', '');",
     "ledger/missing ", "ledger/missing repaired "},
    {"staged pages",
     "INSERT INTO staged_page (sha256, number, source, confidence, width, height, text, words)"
     " VALUES ('00', 1, 'ocr', 1, 1, 1, 'x', x'');",
     "database/left-over ", "database/left-over repaired "},
    {"ids", "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'document';", "database/damaged ",
     "database/damaged repaired "},
};

static void
damage(Archive *archive, const char *sql)
{
    g_autofree char *all = g_strconcat(sql, "DELETE FROM unsealed", NULL);

    g_assert_true(lt_sql_script(archive->store, all, NULL));
}

static void
test_damages(G_GNUC_UNUSED Archive *unused, G_GNUC_UNUSED gconstpointer data)
{
    for (guint i = 0; i < G_N_ELEMENTS(DAMAGES); i++) {
        Archive archive;

        g_test_message("%s", DAMAGES[i].what);
        set_up(&archive, NULL);
        damage(&archive, DAMAGES[i].sql);
        check(&archive, (LtVerifyOptions){0}, DAMAGES[i].found);
        check(&archive, (LtVerifyOptions){.repair = TRUE}, DAMAGES[i].mended);
        if (strstr(DAMAGES[i].mended, "damaged ") == NULL &&
            strcmp(DAMAGES[i].mended, DAMAGES[i].found) != 0)
            check(&archive, (LtVerifyOptions){0}, "");
        drop_sources(&archive);
        archive_tear_down(&archive, NULL);
    }
    drop_sources(unused);
}

static void
test_originals(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = original_of(archive, 1), *second = original_of(archive, 2);
    g_autofree char *third = original_of(archive, 3);

    g_assert_cmpint(chmod(path, 0644), ==, 0);
    check(archive, (LtVerifyOptions){0}, "files/writable ");
    g_assert_true(g_file_set_contents(path, "documenu 1", -1, NULL));
    g_assert_cmpint(g_unlink(second), ==, 0);
    g_assert_true(g_file_set_contents(third, "short", -1, NULL));
    chmod(path, 0444);
    chmod(third, 0444);
    check(archive, (LtVerifyOptions){0}, "document/damaged document/missing document/damaged ");
    check(archive, (LtVerifyOptions){.repair = TRUE},
          "document/damaged repaired document/missing repaired document/damaged repaired ");
    check(archive, (LtVerifyOptions){0}, "");

    drop_sources(archive);
    g_assert_cmpint(g_unlink(path), ==, 0);
    check(archive, (LtVerifyOptions){.repair = TRUE}, "document/missing ");
}

static void
test_backup_gives_originals(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = original_of(archive, 1);
    g_autofree char *backup = g_strconcat(archive->directory, "-backup", NULL);
    LtCopyProgress progress;

    drop_sources(archive);
    g_assert_true(lt_store_backup(archive->store, backup, &(LtCopyOptions){0}, &progress, NULL));
    g_assert_cmpint(g_unlink(path), ==, 0);
    check(archive, (LtVerifyOptions){.repair = TRUE}, "document/missing ");
    check(archive, (LtVerifyOptions){.repair = TRUE, .backup = backup},
          "document/missing repaired ");
    check(archive, (LtVerifyOptions){0}, "");
    remove_tree(backup);
}

static void
put(Archive *archive, const char *name, const char *bytes)
{
    g_autofree char *path = g_build_filename(archive->directory, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, bytes, -1, NULL));
}

static void
test_files(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "a stray", -1);
    g_autofree char *stray = g_strdup_printf("objects/%.2s/%s", sum, sum + 2);
    g_autofree char *made = g_strdup_printf("derived/%.2s/%s.png", sum, sum + 2);
    g_autoptr(GPtrArray) rows = NULL;

    put(archive, stray, "a stray");
    put(archive, made, "a picture");
    check(archive, (LtVerifyOptions){0}, "files/unknown files/left-over ");
    check(archive, (LtVerifyOptions){.repair = TRUE},
          "files/unknown repaired files/left-over repaired ");
    rows = lt_store_ledger_list(archive->store, LT_LEDGER_STORED, 0, NULL);
    g_assert_cmpuint(rows->len, ==, 1);
    g_assert_cmpstr(((LtLedgerRow *)g_ptr_array_index(rows, 0))->sha256, ==, sum);

    put(archive, "objects/ab/README", "what is this");
    put(archive, "objects/README", "what is this");
    check(archive, (LtVerifyOptions){.repair = TRUE},
          "files/writable repaired files/stranger files/stranger ");
    drop_sources(archive);
}

/* The original of a file that is just being taken in has its name before anybody speaks of it. */
static void
test_on_its_way(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) taking = open_store(archive->directory, LT_STORE_WRITE);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "coming", -1);
    g_autofree char *name = g_strdup_printf("objects/%.2s/%s", sum, sum + 2);

    put(archive, name, "coming");
    g_assert_true(lt_store_lock(taking, 0, NULL));
    check(archive, (LtVerifyOptions){0}, "");
    g_clear_pointer(&taking, lt_store_close);
    check(archive, (LtVerifyOptions){0}, "files/unknown ");
    drop_sources(archive);
}

/* A removed document's original that a killed program could not delete. */
static void
test_removed(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = original_of(archive, 1);

    g_assert_true(lt_store_remove(archive->store, 1, "thu hồi", "Lan", NULL));
    g_assert_true(g_file_set_contents(path, "document 1", -1, NULL));
    check(archive, (LtVerifyOptions){0}, "files/removed ");
    check(archive, (LtVerifyOptions){.repair = TRUE}, "files/removed repaired ");
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    drop_sources(archive);
}

static void
test_goes_on(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = original_of(archive, 1);
    g_autoptr(GString) found = g_string_new(NULL);
    Witness witness = {.found = found, .stop_after = 4};
    LtVerifyOptions options = {.report = note, .go_on = go_on, .user_data = &witness};
    LtVerifyProgress progress = {0};

    drop_sources(archive);
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_false(progress.ended);
    g_assert_cmpuint(progress.documents_done, <, 3);
    g_assert_cmpuint(progress.faults, ==, 1);

    /* What was found before counts, and is not looked at again. */
    progress = check(archive, (LtVerifyOptions){0}, "");
    g_assert_true(progress.resumed && progress.ended);
    g_assert_cmpuint(progress.documents_done, ==, 3);
    g_assert_cmpuint(progress.faults, ==, 1);
    progress = check(archive, (LtVerifyOptions){0}, "document/missing ");
    g_assert_false(progress.resumed);

    witness.steps = 0;
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    progress = check(archive, (LtVerifyOptions){.anew = TRUE}, "document/missing ");
    g_assert_false(progress.resumed);
}

/* In the last stage the time is over before the first document. */
static gboolean
dawdle(const LtVerifyProgress *progress, gpointer user_data)
{
    gint64 *started = user_data;

    while (progress->check == LT_CHECK_SEARCH && g_get_monotonic_time() < *started + 1500 * 1000)
        g_usleep(1000);
    return TRUE;
}

/* A stage that cannot go on where it was comes to its end, however little time it was given. */
static void
test_search_ends(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 started = g_get_monotonic_time();
    LtVerifyOptions options = {.seconds = 1, .go_on = dawdle, .user_data = &started};
    LtVerifyProgress progress = {0};

    g_assert_true(lt_sql_script(archive->store,
                                "INSERT INTO upkeep (kind, started_at, stage, faults)"
                                " VALUES ('verify', 'then', 'search', 0)",
                                NULL));
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_true(progress.resumed && progress.ended);
    drop_sources(archive);
}

/* A repair does not go on where a mere look had stopped: what that found would stay as it is. */
static void
test_repair_begins_anew(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = original_of(archive, 1);
    g_autoptr(GString) found = g_string_new(NULL);
    Witness witness = {.found = found, .stop_after = 4};
    LtVerifyOptions options = {.report = note, .go_on = go_on, .user_data = &witness};
    LtVerifyProgress progress = {0};

    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_cmpuint(progress.faults, ==, 1);
    options.repair = TRUE;
    witness.steps = 0;
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_false(progress.resumed);
    g_assert_cmpuint(progress.repaired, ==, 1);

    witness.stop_after = 0;
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_true(progress.resumed && progress.ended);
    g_assert_cmpuint(progress.faults, ==, 0);
}

/* What a look has passed behind a repair is not mended either. */
static void
test_look_after_repair(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = original_of(archive, 2);
    g_autoptr(GString) found = g_string_new(NULL);
    Witness witness = {.found = found, .stop_after = 1};
    LtVerifyOptions options = {
        .report = note, .go_on = go_on, .user_data = &witness, .repair = TRUE};
    LtVerifyProgress progress = {0};

    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_cmpuint(progress.repaired, ==, 0);
    witness = (Witness){.found = found, .stop_after = 4};
    options.repair = FALSE;
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_true(progress.resumed && !progress.ended);
    g_assert_cmpuint(progress.faults, ==, 1);

    witness = (Witness){.found = found};
    options.repair = TRUE;
    g_assert_true(lt_store_verify(archive->store, &options, &progress, NULL));
    g_assert_false(progress.resumed);
    g_assert_cmpuint(progress.repaired, ==, 1);
    drop_sources(archive);
}

static gboolean
is_nothing_copied(const LtCopyProgress *progress, G_GNUC_UNUSED gpointer user_data)
{
    return progress->copied == 0;
}

/* A backup that was cut short is none the worse, and one that was mended stays one. */
static void
test_backup(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = g_strconcat(archive->directory, "-backup", NULL);
    Archive copy = {.directory = folder};
    LtCopyProgress progress = {0};
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_backup(archive->store, folder, &(LtCopyOptions){0}, &progress, NULL));
    file_one(archive, 4);
    file_one(archive, 5);
    g_assert_false(lt_store_backup(archive->store, folder,
                                   &(LtCopyOptions){.go_on = is_nothing_copied}, &progress, NULL));
    g_assert_cmpuint(progress.copied, ==, 1);
    copy.store = open_store(folder, LT_STORE_WRITE);
    check(&copy, (LtVerifyOptions){0}, "");

    damage(&copy, "DELETE FROM ledger WHERE document = 3;");
    g_assert_true(lt_store_lock(copy.store, 0, NULL));
    check(&copy, (LtVerifyOptions){.repair = TRUE}, "ledger/unlisted repaired ");
    lt_store_close(copy.store);
    g_assert_true(lt_store_backup(archive->store, folder, &(LtCopyOptions){0}, &progress, &error));
    g_assert_no_error(error);
    remove_tree(folder);
    drop_sources(archive);
}

/* It is said which of the two is damaged: the earlier backup is as good as it was. */
static void
test_backup_of_damaged(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *folder = g_strconcat(archive->directory, "-backup", NULL);
    g_autofree char *shown = g_strdup_printf("'%s'", archive->directory);
    LtCopyProgress progress = {0};
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_backup(archive->store, folder, &(LtCopyOptions){0}, &progress, NULL));
    lt_store_close(archive->store);
    run_sql(archive->directory,
            "PRAGMA writable_schema = ON;"
            "UPDATE sqlite_schema SET rootpage = (SELECT sum(rootpage) FROM sqlite_schema"
            " WHERE name IN ('ledger_state', 'sqlite_autoindex_ledger_1')) - rootpage"
            " WHERE name IN ('ledger_state', 'sqlite_autoindex_ledger_1')");
    archive->store = open_store(archive->directory, LT_STORE_WRITE);
    g_assert_false(lt_store_backup(archive->store, folder, &(LtCopyOptions){0}, &progress, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED);
    g_assert_nonnull(strstr(error->message, shown));
    g_assert_null(strstr(error->message, folder));
    Archive copy = {.directory = folder, .store = open_store(folder, LT_STORE_READ)};
    check(&copy, (LtVerifyOptions){0}, "");
    lt_store_close(copy.store);
    remove_tree(folder);
    drop_sources(archive);
}

/* The index is damaged, and a removal is still to be merged away in it. */
static void
test_damaged_after_removal(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gboolean clean = FALSE;
    g_autoptr(GError) error = NULL;

    lt_store_close(archive->store);
    run_sql(archive->directory, "DELETE FROM search_data WHERE id > 10;"
                                "INSERT OR REPLACE INTO note VALUES ('scrub', '1');"
                                "INSERT INTO removal VALUES (1, 'no sum', NULL, '', '', '')");
    archive->store = open_store(archive->directory, LT_STORE_WRITE);
    g_assert_true(lt_store_lock(archive->store, 0, NULL));
    g_assert_false(lt_store_clean(archive->store, 0, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED);
    check(archive, (LtVerifyOptions){.repair = TRUE}, "search/search repaired ");
    g_assert_true(lt_store_clean(archive->store, 0, NULL));
    g_assert_true(lt_store_is_clean(archive->store, &clean, NULL));
    g_assert_true(clean);
    drop_sources(archive);
}

static int
refuse_search(G_GNUC_UNUSED void *user_data, int action, const char *table,
              G_GNUC_UNUSED const char *second, G_GNUC_UNUSED const char *third,
              G_GNUC_UNUSED const char *fourth)
{
    return action == SQLITE_INSERT && g_str_equal(table, "search") ? SQLITE_DENY : SQLITE_OK;
}

/* While files are taken in nothing is asked of the index that keeps others from writing. */
static void
test_beside_intake(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) taking = open_store(archive->directory, LT_STORE_WRITE);

    damage(archive, "INSERT INTO search (search) VALUES ('delete-all');");
    g_assert_true(lt_store_lock(taking, 0, NULL));
    sqlite3_set_authorizer(archive->store->db, refuse_search, NULL);
    check(archive, (LtVerifyOptions){0}, "search/search search/search search/search ");
    sqlite3_set_authorizer(archive->store->db, NULL, NULL);
    drop_sources(archive);
}

/* Rows that another program changed speak for themselves until they are sealed. */
static void
test_unsealed(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    LtVerifyProgress progress;

    g_assert_true(
        lt_sql_script(archive->store, "UPDATE document SET place = 'x' WHERE id = 1", NULL));
    progress = check(archive, (LtVerifyOptions){0}, "");
    g_assert_cmpuint(progress.unsealed, ==, 1);
    progress = check(archive, (LtVerifyOptions){.repair = TRUE}, "");
    g_assert_cmpuint(progress.unsealed, ==, 0);
    damage(archive, "UPDATE document SET place = 'y' WHERE id = 1;");
    check(archive, (LtVerifyOptions){0}, "document/damaged ");
    drop_sources(archive);
}

/* Every fact of every table is under a seal, in an index, or made of others. */
static void
test_every_column_is_covered(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(
        archive->store, NULL,
        "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'search%' AND t.name NOT IN"
        " ('upkeep', 'unsealed', 'sqlite_sequence', 'queue', 'watcher', 'staged_page')"
        " AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'unseal_' || t.name ||"
        "  '_UPDATE')"
        " AND c.pk = 0 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) l,"
        "  pragma_index_info(l.name) i WHERE i.name = c.name AND l.partial = 0)",
        "");

    g_assert_nonnull(rows);
    while (lt_sql_step(archive->store, rows, NULL) > 0) {
        g_test_message("%s is not covered", (const char *)sqlite3_column_text(rows, 0));
        g_test_fail();
    }
    drop_sources(archive);
}

static void
test_pause(void)
{
    g_assert_cmpuint(lt_verify_pause(1000000, 0, 0), ==, 0);
    g_assert_cmpuint(lt_verify_pause(500000, 100000, 1000000), ==, 400000);
    g_assert_cmpuint(lt_verify_pause(500000, 600000, 1000000), ==, 0);
    g_assert_cmpuint(lt_verify_pause(900000000, 0, 1), ==, G_USEC_PER_SEC);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/verify/well", test_well},
        {"/verify/damages", test_damages},
        {"/verify/originals", test_originals},
        {"/verify/backup-gives-originals", test_backup_gives_originals},
        {"/verify/files", test_files},
        {"/verify/on-its-way", test_on_its_way},
        {"/verify/removed", test_removed},
        {"/verify/goes-on", test_goes_on},
        {"/verify/search-ends", test_search_ends},
        {"/verify/repair-begins-anew", test_repair_begins_anew},
        {"/verify/look-after-repair", test_look_after_repair},
        {"/verify/backup", test_backup},
        {"/verify/backup-of-damaged", test_backup_of_damaged},
        {"/verify/damaged-after-removal", test_damaged_after_removal},
        {"/verify/beside-intake", test_beside_intake},
        {"/verify/unsealed", test_unsealed},
        {"/verify/every-column-is-covered", test_every_column_is_covered},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), set_up);
    g_test_add_func("/verify/pause", test_pause);
    return g_test_run();
}
