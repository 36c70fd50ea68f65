/* Filing: what goes in comes out, all of it or nothing; links, duplicates, staging, figures. */
#include "tests/unit/store-fixture.h"
#include "tests/unit/store-sql.h"

static const Dispatch sample = {
    "1758/STTTT-TTBCXB", "2023-09-18", "Sở Thông tin và Truyền thông", "Đắk Lắk",
    "Công văn",          "nhân quyền", "Số: 1758\nmột hai\fba bốn"};

static void
assert_same_box(const LtBox *a, const LtBox *b)
{
    g_assert_cmpfloat(a->x0, ==, b->x0);
    g_assert_cmpfloat(a->y0, ==, b->y0);
    g_assert_cmpfloat(a->x1, ==, b->x1);
    g_assert_cmpfloat(a->y1, ==, b->y1);
}

static void
assert_same_page(const LtPage *a, const LtPage *b)
{
    g_assert_cmpuint(a->number, ==, b->number);
    g_assert_cmpint(a->source, ==, b->source);
    g_assert_cmpfloat(a->confidence, ==, b->confidence);
    g_assert_cmpfloat(a->width, ==, b->width);
    g_assert_cmpfloat(a->height, ==, b->height);
    g_assert_cmpstr(a->text, ==, b->text);
    g_assert_cmpstr(a->raw_text, ==, b->raw_text);
    g_autofree char *written_a = lt_written_to_text(a->written);
    g_autofree char *written_b = lt_written_to_text(b->written);
    g_assert_cmpstr(written_a, ==, written_b);
    g_assert_cmpuint(a->n_words, ==, b->n_words);
    g_autoptr(GBytes) words_a = lt_page_pack_words(a);
    g_autoptr(GBytes) words_b = lt_page_pack_words(b);
    g_assert_true(g_bytes_equal(words_a, words_b));
}

/* A page as a legacy layer gives it, with its raw text. */
static LtPage *
legacy_page(guint number)
{
    g_autoptr(LtPage) plain = lt_page_new_from_text(number, "chữ đã giải mã");
    g_autoptr(GBytes) words = lt_page_pack_words(plain);
    g_autoptr(GError) error = NULL;
    LtPage *page = lt_page_new_packed(number, LT_PAGE_FROM_LEGACY, 0.75, 595, 842, plain->text,
                                      "ch÷ ®· gi¶i m·", words, &error);

    g_assert_no_error(error);
    g_assert_true(
        lt_written_from_text("day ink 0.1000 0.2000 0.3000 0.4000 05=0.9000\n", &page->written));
    return page;
}

static LtRecord *
full_record(Archive *archive)
{
    const LtBox box = {0.25, 0.5, 0.75, 0.625};
    LtRecord *record = new_record(archive, &sample);

    record->fields[LT_FIELD_SIGNER].confidence = 0.4;
    lt_field_add_candidate(&record->fields[LT_FIELD_SIGNER], "Nguyễn Văn A", 0.4);
    lt_field_add_candidate(&record->fields[LT_FIELD_SIGNER], "Nguyễn Văn Á", 0.3);
    g_ptr_array_add(record->recipients, g_strdup("Như trên;"));
    g_ptr_array_add(record->recipients, g_strdup("Lưu: VT, TTBCXB."));
    lt_record_add_reference(record, "20/CV-BCĐNQ", "2023-09-05", "thực hiện", 1, &box);
    lt_record_add_reference(record, "30/2020/NĐ-CP", NULL, NULL, 2, NULL);
    lt_record_add_doubt(record, "signer", "low-confidence");
    lt_record_add_doubt(record, "signer", "low-confidence");
    lt_record_add_doubt(record, NULL, "damaged");
    g_free(record->source);
    record->source = g_strdup("/scans/\xff m\xe1y.pdf");
    record->issuer_id = g_strdup("vn.dak-lak.so-thong-tin-va-truyen-thong");
    g_ptr_array_add(record->pages, legacy_page(3));
    return record;
}

static void
test_round_trip(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) record = full_record(archive);
    g_autoptr(GError) error = NULL;

    file_record(archive, record);
    g_autoptr(LtRecord) back = lt_store_document(archive->store, record->id, TRUE, &error);
    g_assert_no_error(error);
    g_autofree char *before = lt_record_to_json(record, TRUE);
    g_autofree char *after = lt_record_to_json(back, TRUE);
    g_assert_cmpstr(before, ==, after);

    g_assert_cmpstr(back->source, ==, record->source);
    g_assert_cmpuint(back->page_count, ==, 3);
    g_assert_cmpuint(back->doubts->len, ==, 2);
    g_assert_cmpuint(back->fields[LT_FIELD_SIGNER].candidates->len, ==, 2);
    assert_same_box(&back->fields[LT_FIELD_NUMBER].box, &record->fields[LT_FIELD_NUMBER].box);
    for (guint i = 0; i < 3; i++)
        assert_same_page(back->pages->pdata[i], record->pages->pdata[i]);

    g_autoptr(LtRecord) bare = lt_store_document(archive->store, record->id, FALSE, NULL);
    g_assert_cmpuint(bare->pages->len, ==, 0);
    g_assert_cmpuint(bare->page_count, ==, 3);
}

static void
test_not_found(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(lt_store_document(archive->store, 77, FALSE, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
}

static void
test_same_bytes(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) first = new_record(archive, &sample);
    g_autoptr(LtRecord) second = new_record(archive, &sample);
    g_autoptr(GError) error = NULL;
    gint64 id = -1;

    file_record(archive, first);
    g_free(second->sha256);
    second->sha256 = g_strdup(first->sha256);
    g_assert_false(lt_store_file(archive->store, second, 0, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    g_assert_cmpint(second->id, ==, 0);
    g_assert_true(lt_store_find_sha256(archive->store, first->sha256, &id, NULL));
    g_assert_cmpint(id, ==, first->id);
    g_assert_true(lt_store_find_sha256(archive->store, "none", &id, NULL));
    g_assert_cmpint(id, ==, 0);
}

/* The last step fails, because there is no such ledger row: nothing may remain. */
static void
test_all_or_nothing(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) record = full_record(archive);
    g_autoptr(GError) error = NULL;
    LtStoreStatus status;
    gint64 id = -1;

    g_assert_true(
        lt_store_stage_page(archive->store, record->sha256, record->pages->pdata[0], NULL));
    g_assert_false(lt_store_file(archive->store, record, 4711, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
    g_assert_true(lt_store_find_sha256(archive->store, record->sha256, &id, NULL));
    g_assert_cmpint(id, ==, 0);
    g_assert_true(lt_store_status(archive->store, &status, NULL));
    g_assert_cmpuint(status.pages, ==, 0);
    g_autoptr(GPtrArray) staged = lt_store_staged_pages(archive->store, record->sha256, NULL);
    g_assert_cmpuint(staged->len, ==, 1);

    file_record(archive, record);
}

static void
test_ledger(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) record = full_record(archive);
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, "/in/a.pdf", 1000, 5, NULL, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_file(archive->store, record, row->id, &error));
    g_autoptr(LtLedgerRow) now = lt_store_ledger_find(archive->store, "/in/a.pdf", 1000, 5, NULL);
    g_assert_cmpint(now->state, ==, LT_LEDGER_FILED);
    g_assert_cmpint(now->document, ==, record->id);
    g_assert_cmpstr(now->sha256, ==, record->sha256);
}

static void
test_staging(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtPage) third = legacy_page(3);
    g_autoptr(LtPage) first = lt_page_new_from_text(1, "một");
    LtStoreStatus status;

    g_assert_true(lt_store_stage_page(archive->store, "s", third, NULL));
    g_assert_true(lt_store_stage_page(archive->store, "s", first, NULL));
    g_assert_true(lt_store_stage_page(archive->store, "s", third, NULL));
    g_assert_true(lt_store_stage_page(archive->store, "other", first, NULL));

    /* A killed run: another one finds the pages, and nobody else does. */
    lt_store_close(archive->store);
    archive->store = open_store(archive->directory, LT_STORE_WRITE);
    g_autoptr(GPtrArray) pages = lt_store_staged_pages(archive->store, "s", NULL);
    g_assert_cmpuint(pages->len, ==, 2);
    assert_same_page(pages->pdata[0], first);
    assert_same_page(pages->pdata[1], third);
    g_assert_true(lt_store_status(archive->store, &status, NULL));
    g_assert_cmpuint(status.pages, ==, 0);

    run_sql(archive->directory, "UPDATE staged_page SET words = x'1758' WHERE number = 3");
    g_autoptr(GPtrArray) whole = lt_store_staged_pages(archive->store, "s", NULL);
    g_assert_cmpuint(whole->len, ==, 1);

    g_assert_true(lt_store_unstage(archive->store, "s", NULL));
    g_autoptr(GPtrArray) none = lt_store_staged_pages(archive->store, "s", NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_autoptr(GPtrArray) others = lt_store_staged_pages(archive->store, "other", NULL);
    g_assert_cmpuint(others->len, ==, 1);
}

static void
test_filing_unstages(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) record = full_record(archive);

    g_assert_true(
        lt_store_stage_page(archive->store, record->sha256, record->pages->pdata[0], NULL));
    file_record(archive, record);
    g_autoptr(GPtrArray) staged = lt_store_staged_pages(archive->store, record->sha256, NULL);
    g_assert_cmpuint(staged->len, ==, 0);
}

static gint64
reference_of(Archive *archive, gint64 id, guint position)
{
    g_autoptr(LtRecord) record = lt_store_document(archive->store, id, FALSE, NULL);

    g_assert_cmpuint(record->references->len, >, position);
    return ((LtReference *)record->references->pdata[position])->document;
}

static void
test_references(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch later = {.number = "020/cv-bcdnq", .date = "2023-09-05"};
    static const Dispatch other_day = {.number = "20/CV-BCĐNQ", .date = "2022-09-05"};
    static const Dispatch decree = {.number = "30/2020/NĐ-CP", .date = "2020-03-05"};
    static const Dispatch namesake = {.number = "30/2020/NĐ-CP", .date = "2020-03-06"};
    g_autoptr(LtRecord) record = full_record(archive);

    file_record(archive, record);
    file_dispatch(archive, &other_day);
    g_assert_cmpint(reference_of(archive, record->id, 0), ==, 0);
    gint64 cited = file_dispatch(archive, &later);
    g_assert_cmpint(reference_of(archive, record->id, 0), ==, cited);
    gint64 law = file_dispatch(archive, &decree);
    g_assert_cmpint(reference_of(archive, record->id, 1), ==, law);

    g_autoptr(GArray) citing = lt_store_cited_by(archive->store, cited, NULL);
    g_assert_cmpuint(citing->len, ==, 1);
    g_assert_cmpint(g_array_index(citing, gint64, 0), ==, record->id);
    g_autoptr(GArray) none = lt_store_cited_by(archive->store, record->id, NULL);
    g_assert_cmpuint(none->len, ==, 0);

    /* Without a date, two days are one too many to choose from. */
    file_dispatch(archive, &namesake);
    g_assert_cmpint(reference_of(archive, record->id, 1), ==, 0);
}

/* The pairs that are the same document and those that are not. */
static void
test_duplicates(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch others[] = {
        {.number = "01758/STTTT-ttbcxb",
         .date = "2023-12-31",
         .issuer = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
         .place = "Đắk Lắk"},
        {.number = "1758/STTTT-TTBCXB",
         .date = "2022-09-18",
         .issuer = "Sở Thông tin và Truyền thông",
         .place = "Đắk Lắk"},
        {.number = "1758/STTTT-TTBCXB",
         .date = "2023-09-18",
         .issuer = "Sở Thông tin và Truyền thông",
         .place = "Gia Lai"},
        {.number = "1758/STTTT-TTBCXB",
         .date = "2023-09-18",
         .issuer = "Sở Nội vụ",
         .place = "Đắk Lắk"},
        {.number = "1758/STTTT-TTBCXB", .place = "Đắk Lắk"},
        {.date = "2023-09-18", .issuer = "Sở Thông tin và Truyền thông", .place = "Đắk Lắk"},
    };
    gint64 first = file_dispatch(archive, &sample);

    g_autoptr(LtRecord) twin = new_record(archive, &others[0]);
    file_record(archive, twin);
    g_assert_cmpuint(twin->duplicates->len, ==, 1);
    g_assert_cmpint(*(gint64 *)twin->duplicates->pdata[0], ==, first);
    for (guint i = 1; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(LtRecord) record = new_record(archive, &others[i]);
        file_record(archive, record);
        g_assert_cmpuint(record->duplicates->len, ==, 0);
    }
    g_autoptr(LtRecord) back = lt_store_document(archive->store, first, FALSE, NULL);
    g_assert_cmpuint(back->duplicates->len, ==, 1);
    g_assert_cmpint(*(gint64 *)back->duplicates->pdata[0], ==, twin->id);
}

static void
test_find_number(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch dispatches[] = {
        {.number = "1758/STTTT-TTBCXB", .date = "2023-09-18"},
        {.number = "030/2020/NĐ-CP", .date = "2020-03-05"},
        {.number = "30/KH-UBND", .date = "2024-01-01"},
        {.number = "31/2021/NĐ-CP", .date = "2021-01-01"},
    };
    static const struct {
        const char *typed, *found;
    } cases[] = {
        {"1758/STTTT-TTBCXB", "1"},
        {"Số: 1758 / stttt - ttbcxb", "1"},
        {"01758", "1"},
        {"stttt-ttbcxb", "1"},
        {"30", "3 2"},
        {"030/2020/nd-cp", "2"},
        {"30/2020/NĐ-CP", "2"},
        {"NĐ-CP", "4 2"},
        {"2021/NĐ-CP", "4"},
        {"", ""},
        {"số", ""},
        {"9999", ""},
        {"'; --", ""},
    };

    for (guint i = 0; i < G_N_ELEMENTS(dispatches); i++)
        file_dispatch(archive, &dispatches[i]);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) ids = lt_store_find_number(archive->store, cases[i].typed, NULL);
        g_autoptr(GString) found = g_string_new(NULL);
        for (guint j = 0; j < ids->len; j++)
            g_string_append_printf(found, "%s%" G_GINT64_FORMAT, j > 0 ? " " : "",
                                   g_array_index(ids, gint64, j));
        g_test_message("'%s'", cases[i].typed);
        g_assert_cmpstr(found->str, ==, cases[i].found);
    }
}

static void
test_status(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) doubtful = full_record(archive);
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, "/in/a.pdf", 500, 5, NULL, NULL);
    g_autoptr(LtLedgerRow) film =
        lt_store_ledger_see(archive->store, "/in/film.bin", 3000000000, 5, NULL, NULL);
    LtStoreStatus status;

    file_record(archive, doubtful);
    file_dispatch(archive, &sample);
    g_assert_true(lt_store_ledger_set(archive->store, row->id, LT_LEDGER_QUARANTINED, "empty",
                                      "only in the ledger", 0, NULL));
    g_assert_true(lt_store_ledger_set(archive->store, film->id, LT_LEDGER_SKIPPED, "no document",
                                      NULL, 0, NULL));
    g_assert_true(lt_store_status(archive->store, &status, NULL));
    g_assert_cmpuint(status.documents, ==, 2);
    g_assert_cmpuint(status.pages, ==, 5);
    g_assert_cmpuint(status.pages_by_source[LT_PAGE_FROM_LEGACY], ==, 1);
    g_assert_cmpuint(status.pages_by_source[LT_PAGE_FROM_TEXT_LAYER], ==, 4);
    g_assert_cmpuint(status.needs_review, ==, 1);
    g_assert_cmpuint(status.ledger[LT_LEDGER_QUARANTINED], ==, 1);
    g_assert_cmpuint(status.ledger[LT_LEDGER_SEEN], ==, 0);
    g_assert_cmpuint(status.originals_bytes, ==, 2500);
    g_assert_cmpuint(status.database_bytes, >, 50000);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/file/round-trip", test_round_trip},
        {"/store/file/not-found", test_not_found},
        {"/store/file/same-bytes", test_same_bytes},
        {"/store/file/all-or-nothing", test_all_or_nothing},
        {"/store/file/ledger", test_ledger},
        {"/store/file/staging", test_staging},
        {"/store/file/filing-unstages", test_filing_unstages},
        {"/store/file/references", test_references},
        {"/store/file/duplicates", test_duplicates},
        {"/store/file/find-number", test_find_number},
        {"/store/file/status", test_status},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
