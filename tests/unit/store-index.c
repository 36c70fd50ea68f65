/* The search rows: what stands in them is what the documents say, place by place; and what the
 * codes of SQLite and of the system mean to a caller. */
#include "tests/unit/store-entries.h"

#include <sqlite3.h>

static const char *const syllables[] = {
    "Quyết", "định", "hoà", "thuỷ",    "Ðông",     "NGHĨA", "1758", "007",    "STTTT-TTBCXB",
    "ﬁn",    "İ",    "…",   "a\u0301", "x\u00ady", "–",     "ế",    "\u1EBF",
};

static char *
random_text(guint most)
{
    GString *text = g_string_new(NULL);

    for (gint n = g_test_rand_int_range(0, (gint32)most); n > 0; n--) {
        g_string_append(text, syllables[g_test_rand_int_range(0, G_N_ELEMENTS(syllables))]);
        g_string_append_c(text, g_test_rand_int_range(0, 8) == 0 ? '\n' : ' ');
    }
    return g_string_free(text, FALSE);
}

static void
file_random(Archive *archive)
{
    g_autofree char *number = random_text(4);
    g_autofree char *issuer = random_text(6);
    g_autofree char *type = random_text(3);
    g_autofree char *subject = random_text(20);
    const Dispatch dispatch = {number, NULL, issuer, NULL, type, subject, NULL};
    g_autoptr(LtRecord) record = new_record(archive, &dispatch);

    for (gint n = g_test_rand_int_range(0, 4); n > 0; n--) {
        g_autofree char *text = random_text(60);
        g_ptr_array_add(record->pages, lt_page_new_from_text(record->pages->len + 1, text));
        g_ptr_array_add(record->recipients, random_text(5));
    }
    file_record(archive, record);
}

/* What was filed, changed and taken out in any order leaves the index that making it anew gives. */
static void
test_rebuild(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    for (guint i = 0; i < 60; i++)
        file_random(archive);
    assert_index_right(archive->store);
    for (gint64 id = 1; id <= 60; id += 3) {
        g_autofree char *subject = random_text(20);
        g_autofree char *issuer = random_text(5);
        const LtChange changes[] = {{"subject", subject}, {"issuer", issuer}};
        const LtAmendment amendment = {.changes = changes, .n_changes = 2, .by = "Lan"};
        g_assert_true(lt_store_correct(archive->store, id, &amendment, NULL, NULL));
        g_autoptr(LtRecord) record = lt_store_document(archive->store, id + 1, TRUE, NULL);
        g_ptr_array_set_size(record->pages, 0);
        g_assert_true(lt_store_revise(archive->store, record, TRUE, NULL));
        g_assert_true(lt_store_remove(archive->store, id + 2, "thử", "Lan", NULL));
    }
    assert_index_right(archive->store);
}

/* A corrected document is not found by its old words. */
static void
test_put_again(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Dispatch dispatch = {.subject = "nhân quyền", .text = "một hai"};
    gint64 id = file_dispatch(archive, &dispatch);
    const LtChange change = {"subject", "đất đai"};
    const LtAmendment amendment = {.changes = &change, .n_changes = 1, .by = "Lan"};

    g_assert_true(lt_store_correct(archive->store, id, &amendment, NULL, NULL));
    g_autoptr(LtSearchResult) old = search(archive, (LtSearch){.query = "quyền"});
    g_autoptr(LtSearchResult) new = search(archive, (LtSearch){.query = "dai"});
    g_assert_cmpuint(old->total, ==, 0);
    g_assert_cmpuint(new->total, ==, 1);
}

static void
test_words(void)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        {"", ""},
        {" /-: ", ""},
        {"1758/STTTT-TTBCXB", "1758 stttt ttbcxb"},
        {"  Sở Thông tin,và…Truyền thông.", "so thong tin va truyen thong"},
        {"UBND-VX_2", "ubnd vx 2"},
        {"đ", "d"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *key = lt_words_key(cases[i].text);
        g_assert_cmpstr(key, ==, cases[i].key);
    }

    static const struct {
        const char *text, *kept;
    } zeros[] = {{"016/QĐ", "16/QĐ"}, {"00", "0"}, {"0", "0"}, {"a007b010", "a7b10"}, {"", ""}};
    for (guint i = 0; i < G_N_ELEMENTS(zeros); i++) {
        g_autofree char *kept = lt_words_drop_zeros(zeros[i].text);
        g_assert_cmpstr(kept, ==, zeros[i].kept);
    }
}

static void
test_errors(void)
{
    static const struct {
        int code, system;
        LtStoreError error;
    } cases[] = {
        {SQLITE_BUSY, 0, LT_STORE_ERROR_BUSY},
        {SQLITE_BUSY_SNAPSHOT, 0, LT_STORE_ERROR_BUSY},
        {SQLITE_FULL, 0, LT_STORE_ERROR_FULL},
        {SQLITE_IOERR_WRITE, EDQUOT, LT_STORE_ERROR_FULL},
        {SQLITE_IOERR_SHMSIZE, ENOSPC, LT_STORE_ERROR_FULL},
        {SQLITE_IOERR_FSYNC, EIO, LT_STORE_ERROR_IO},
        {SQLITE_READONLY_DIRECTORY, 0, LT_STORE_ERROR_READ_ONLY},
        {SQLITE_CANTOPEN, EACCES, LT_STORE_ERROR_READ_ONLY},
        {SQLITE_CORRUPT_VTAB, 0, LT_STORE_ERROR_DAMAGED},
        {SQLITE_NOTADB, 0, LT_STORE_ERROR_DAMAGED},
        {SQLITE_TOOBIG, 0, LT_STORE_ERROR_INVALID},
        {SQLITE_NOMEM, 0, LT_STORE_ERROR_IO},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(lt_store_error_of_sqlite(cases[i].code, cases[i].system), ==,
                        cases[i].error);
    g_assert_cmpint(lt_store_error_of_errno(ENOSPC), ==, LT_STORE_ERROR_FULL);
    g_assert_cmpint(lt_store_error_of_errno(EDQUOT), ==, LT_STORE_ERROR_FULL);
    g_assert_cmpint(lt_store_error_of_errno(EROFS), ==, LT_STORE_ERROR_READ_ONLY);
    g_assert_cmpint(lt_store_error_of_errno(EIO), ==, LT_STORE_ERROR_IO);
}

/* A writer that cannot get the database says so, and says which archive. */
static void
test_busy(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) other = open_store(archive->directory, LT_STORE_WRITE);
    g_autoptr(LtTransaction) held = lt_transaction_begin(other, NULL);
    g_autoptr(GError) error = NULL;

    sqlite3_busy_timeout(archive->store->db, 1);
    g_assert_null(lt_store_ledger_see(archive->store, "/a", 1, 1, NULL, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY);
    g_assert_nonnull(strstr(error->message, archive->directory));
}

/* No page may be added to the database: the same as a full disk. */
static void
test_full(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *text = g_strnfill(200000, 'a');
    const Dispatch dispatch = {.number = "1/A", .text = text};
    g_autoptr(LtRecord) record = new_record(archive, &dispatch);
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_sql_script(archive->store, "PRAGMA max_page_count = 1", NULL));
    g_assert_false(lt_store_file(archive->store, record, 0, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_FULL);
    g_assert_true(lt_sql_script(archive->store, "PRAGMA max_page_count = 1000000", NULL));
    file_record(archive, record);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/index/rebuild", test_rebuild},
        {"/store/index/put-again", test_put_again},
        {"/store/errors/busy", test_busy},
        {"/store/errors/full", test_full},
    };

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/index/words", test_words);
    g_test_add_func("/store/errors/codes", test_errors);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
