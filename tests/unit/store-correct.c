/* Putting right: corrections, what they leave behind, reading again, review. */
#include "tests/unit/store-entries.h"

static const Dispatch sample = {
    "1758/STTTT-TTBCXB", "2023-09-18", "Sở Thông tin và Truyền thông", "Đắk Lắk",
    "Công văn",          "nhân quyền", "Số: 1758\nmột hai\fba bốn"};

static const char *
value_of(const LtRecord *record, LtFieldId field)
{
    return record->fields[field].value;
}

/* A document with a doubt about its number, one about its date and one about the whole. */
static gint64
file_doubtful(Archive *archive)
{
    g_autoptr(LtRecord) record = new_record(archive, &sample);

    lt_field_add_candidate(&record->fields[LT_FIELD_NUMBER], "1753/STTTT-TTBCXB", 0.3);
    lt_record_add_doubt(record, "number", "low-confidence");
    lt_record_add_doubt(record, "issued_date", "mismatch");
    lt_record_add_doubt(record, NULL, "damaged");
    file_record(archive, record);
    return record->id;
}

static gboolean
amend(Archive *archive, gint64 id, const LtChange *changes, guint n, guint if_revision,
      LtRecord **ret_record, GError **error)
{
    const LtAmendment amendment = {
        .changes = changes, .n_changes = n, .by = "Lan", .if_revision = if_revision};

    return lt_store_correct(archive->store, id, &amendment, ret_record, error);
}

static LtRecord *
correct(Archive *archive, gint64 id, const char *field, const char *value)
{
    const LtChange change = {field, value};
    g_autoptr(GError) error = NULL;
    LtRecord *record = NULL;

    amend(archive, id, &change, 1, 0, &record, &error);
    g_assert_no_error(error);
    g_assert_nonnull(record);
    return record;
}

static gint64
ask(Archive *archive, const char *sql)
{
    gint64 value = -1;

    g_assert_true(lt_sql_integer(archive->store, &value, NULL, sql, ""));
    return value;
}

static guint
count_found(Archive *archive, const char *query)
{
    const LtSearch search = {.query = query};
    g_autoptr(LtSearchResult) result = lt_store_search(archive->store, &search, NULL);

    return result->hits->len;
}

static void
test_correct_number(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_doubtful(archive);
    g_autoptr(LtRecord) record = correct(archive, id, "number", " 0042 / SNV - TCBC ");
    g_autoptr(LtRecord) back = lt_store_document(archive->store, id, TRUE, NULL);
    const LtField *number = &back->fields[LT_FIELD_NUMBER];
    g_autoptr(GArray) old = lt_store_find_number(archive->store, "1758/STTTT-TTBCXB", NULL);
    g_autoptr(GArray) new = lt_store_find_number(archive->store, "42/snv-tcbc", NULL);

    g_assert_cmpstr(number->value, ==, "0042/SNV-TCBC");
    g_assert_cmpstr(value_of(back, LT_FIELD_CODE_NUMBER), ==, "0042");
    g_assert_cmpstr(value_of(back, LT_FIELD_CODE_NOTATION), ==, "SNV-TCBC");
    g_assert_cmpstr(number->rule, ==, "corrected");
    g_assert_cmpfloat(number->confidence, ==, 1);
    g_assert_cmpuint(number->page, ==, 1);
    g_assert_cmpstr(number->as_printed, ==, "1758/STTTT-TTBCXB");
    g_assert_null(number->candidates);
    g_assert_cmpuint(back->revision, ==, 2);
    g_assert_cmpuint(back->doubts->len, ==, 2);
    g_assert_cmpuint(back->corrections->len, ==, 3);
    const LtCorrection *correction = back->corrections->pdata[0];
    g_assert_cmpstr(correction->field, ==, "number");
    g_assert_cmpstr(correction->old_value, ==, "1758/STTTT-TTBCXB");
    g_assert_cmpstr(correction->new_value, ==, "0042/SNV-TCBC");
    g_assert_cmpstr(correction->by, ==, "Lan");
    g_assert_cmpuint(correction->revision, ==, 2);
    g_assert_cmpuint(old->len, ==, 0);
    g_assert_cmpuint(new->len, ==, 1);
    g_assert_cmpuint(back->pages->len, ==, 2);
    g_assert_cmpuint(count_found(archive, "TCBC"), ==, 1);
    assert_index_right(archive->store);
}

static void
test_empty(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_doubtful(archive);
    g_autoptr(LtRecord) record = correct(archive, id, "issued_date", "");
    g_autoptr(LtRecord) back = lt_store_document(archive->store, id, FALSE, NULL);

    g_assert_null(value_of(back, LT_FIELD_ISSUED_DATE));
    g_assert_cmpuint(back->fields[LT_FIELD_ISSUED_DATE].page, ==, 0);
    g_assert_cmpstr(back->fields[LT_FIELD_ISSUED_DATE].rule, ==, "corrected");
    assert_index_right(archive->store);

    g_autoptr(LtRecord) bare = correct(archive, id, "number", "");
    g_assert_null(value_of(bare, LT_FIELD_CODE_NOTATION));
    g_autoptr(LtRecord) notation = correct(archive, id, "code_notation", "SNV-VP");
    g_assert_cmpstr(value_of(notation, LT_FIELD_CODE_NOTATION), ==, "SNV-VP");
    g_assert_null(value_of(notation, LT_FIELD_NUMBER));
}

static void
test_accept(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_doubtful(archive);
    const LtChange changes[] = {{"number", NULL}, {"issued_date", NULL}, {"document", NULL}};
    g_autoptr(LtRecord) record = NULL;

    g_assert_true(amend(archive, id, changes, 3, 1, &record, NULL));
    g_assert_cmpuint(record->doubts->len, ==, 0);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "1758/STTTT-TTBCXB");
    g_assert_cmpint(ask(archive, "SELECT needs_review FROM document"), ==, 0);
    g_assert_cmpint(ask(archive, "SELECT count(*) FROM correction WHERE field = 'document'"
                                 " AND old_value = 'damaged'"),
                    ==, 1);
}

/* Nothing of an amendment is kept where one part of it is wrong. */
static void
test_refused(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const LtChange wrong[] = {
        {"number", "STTTT"},          {"number", "12/"},
        {"number", "12/A;DROP"},      {"issued_date", "2023-02-29"},
        {"issued_date", "31/4/2023"}, {"issued_date", "18-9-23"},
        {"issued_date", "2023"},      {"issued_date", "0223-09-18"},
        {"issued_date", "2023-9-x"},  {"code_number", "12"},
        {"code_notation", "SNV"},     {"urgency", "rất khẩn"},
        {"secrecy", "mật độ"},        {"nonsense", "x"},
        {"nonsense", NULL},           {"document", "x"},
        {"subject", "  \n "},         {"duplicates", "1"},
    };
    gint64 id = file_doubtful(archive);

    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        const LtChange changes[] = {{"subject", "khác"}, wrong[i]};
        g_autoptr(GError) error = NULL;
        g_test_message("%s=%s", wrong[i].field, wrong[i].value);
        g_assert_false(amend(archive, id, changes, 2, 0, NULL, &error));
        g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    }
    g_autofree char *long_text = g_strnfill(LT_VALUE_MAX + 1, 'a');
    const LtChange too_long = {"subject", long_text};
    g_assert_false(amend(archive, id, &too_long, 1, 0, NULL, NULL));

    g_autoptr(LtRecord) back = lt_store_document(archive->store, id, FALSE, NULL);
    g_assert_cmpuint(back->revision, ==, 1);
    g_assert_cmpstr(value_of(back, LT_FIELD_SUBJECT), ==, "nhân quyền");
    g_assert_cmpuint(back->corrections->len, ==, 0);
    g_assert_cmpuint(back->doubts->len, ==, 3);
}

static void
test_values(void)
{
    static const struct {
        LtFieldId field;
        const char *typed, *kept;
    } cases[] = {
        {LT_FIELD_ISSUED_DATE, "18/9/2023", "2023-09-18"},
        {LT_FIELD_ISSUED_DATE, "2023-9-8", "2023-09-08"},
        {LT_FIELD_ISSUED_DATE, "29.02.2024", "2024-02-29"},
        {LT_FIELD_NUMBER, "27-KH/ĐU", "27-KH/ĐU"},
        {LT_FIELD_NUMBER, "30/2020/NĐ - CP", "30/2020/NĐ-CP"},
        {LT_FIELD_NUMBER, "05a/QĐ-UBND", "05a/QĐ-UBND"},
        {LT_FIELD_NUMBER, "15", "15"},
        {LT_FIELD_URGENCY, "hoa toc", "HỎA TỐC"},
        {LT_FIELD_SECRECY, "tối mật", "TỐI MẬT"},
        {LT_FIELD_SUBJECT, "một\n  hai", "một hai"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *kept = lt_value_normalise(cases[i].field, cases[i].typed, NULL);
        g_assert_cmpstr(kept, ==, cases[i].kept);
    }
}

static void
test_conflict(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_doubtful(archive);
    const LtChange change = {"subject", "khác"};
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) missing = NULL;

    g_assert_true(amend(archive, id, &change, 1, 1, NULL, NULL));
    g_assert_false(amend(archive, id, &change, 1, 1, NULL, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_CONFLICT);
    g_assert_false(amend(archive, 99, &change, 1, 0, NULL, &missing));
    g_assert_error(missing, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);

    g_autoptr(LtRecord) stale = lt_store_document(archive->store, id, TRUE, NULL);
    g_autoptr(LtRecord) later = correct(archive, id, "subject", "khác nữa");
    g_autoptr(GError) late = NULL;
    g_assert_false(lt_store_revise(archive->store, stale, FALSE, &late));
    g_assert_error(late, LT_STORE_ERROR, LT_STORE_ERROR_CONFLICT);
    g_assert_cmpuint(stale->revision, ==, 2);
}

/* A correction makes two documents the same one, and links what cites it. */
static void
test_links(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch misread = {"1753/STTTT-TTBCXB",
                                     "2023-09-18",
                                     "Sở Thông tin và Truyền thông",
                                     "Đắk Lắk",
                                     NULL,
                                     NULL,
                                     "x"};
    gint64 first = file_dispatch(archive, &sample);
    g_autoptr(LtRecord) citing = new_record(archive, &(Dispatch){.number = "9/UBND-VX"});
    lt_record_add_reference(citing, "1753/STTTT-TTBCXB", "2023-09-18", "căn cứ", 1, NULL);
    file_record(archive, citing);
    gint64 second = file_dispatch(archive, &misread);
    g_autoptr(GArray) before = lt_store_cited_by(archive->store, second, NULL);
    g_assert_cmpuint(before->len, ==, 1);

    g_autoptr(LtRecord) record = correct(archive, second, "number", "1758/STTTT-TTBCXB");
    g_assert_cmpuint(record->duplicates->len, ==, 1);
    g_assert_cmpint(*(gint64 *)record->duplicates->pdata[0], ==, first);
    g_autoptr(GArray) after = lt_store_cited_by(archive->store, second, NULL);
    g_assert_cmpuint(after->len, ==, 0);
    g_autoptr(LtRecord) back = lt_store_document(archive->store, citing->id, FALSE, NULL);
    g_assert_cmpint(((LtReference *)back->references->pdata[0])->document, ==, 0);
}

/* What reading again finds does not touch what a person decided; all else is new. */
static void
test_reread(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_doubtful(archive);
    const LtChange changes[] = {{"subject", "đúng"}, {"document", NULL}};
    g_assert_true(amend(archive, id, changes, 2, 0, NULL, NULL));
    g_autoptr(LtRecord) before = lt_store_document(archive->store, id, TRUE, NULL);
    g_autoptr(LtRecord) after = lt_store_document(archive->store, id, TRUE, NULL);

    lt_record_forget(after);
    set_field(after, LT_FIELD_SUBJECT, "sai");
    set_field(after, LT_FIELD_NUMBER, "5/A-B");
    lt_record_add_doubt(after, "subject", "low-confidence");
    lt_record_add_doubt(after, NULL, "damaged");
    lt_record_add_doubt(after, NULL, "report");
    lt_record_keep_corrections(after, before);
    g_assert_true(lt_store_revise(archive->store, after, FALSE, NULL));

    g_autoptr(LtRecord) back = lt_store_document(archive->store, id, TRUE, NULL);
    g_assert_cmpstr(value_of(back, LT_FIELD_SUBJECT), ==, "đúng");
    g_assert_cmpstr(value_of(back, LT_FIELD_NUMBER), ==, "5/A-B");
    g_assert_null(value_of(back, LT_FIELD_ISSUED_DATE));
    g_assert_cmpuint(back->doubts->len, ==, 1);
    g_assert_cmpstr(((LtDoubt *)back->doubts->pdata[0])->code, ==, "report");
    g_assert_cmpuint(back->corrections->len, ==, 2);
    g_assert_cmpuint(back->revision, ==, 3);
    g_assert_cmpuint(back->pages->len, ==, 2);
    assert_index_right(archive->store);
}

/* What was answered by mistake, and taken back, waits for an answer still. */
static void
test_reread_after_undo(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = file_doubtful(archive);
    const LtChange subject = {"subject", "sai"}, whole = {"document", NULL};
    const LtAmendment undoing = {.by = "Lan"};

    for (guint i = 0; i < 2; i++) {
        g_assert_true(amend(archive, id, i == 0 ? &subject : &whole, 1, 0, NULL, NULL));
        g_assert_true(lt_store_undo(archive->store, id, &undoing, NULL, NULL));
    }
    g_autoptr(LtRecord) before = lt_store_document(archive->store, id, TRUE, NULL);
    g_autoptr(LtRecord) after = lt_store_document(archive->store, id, TRUE, NULL);
    g_assert_cmpuint(before->doubts->len, >=, 2);
    lt_record_forget(after);
    lt_record_keep_corrections(after, before);
    for (guint i = 0; i < before->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(before->doubts, i);
        gboolean kept = FALSE;

        for (guint k = 0; k < after->doubts->len; k++) {
            const LtDoubt *other = g_ptr_array_index(after->doubts, k);
            kept |=
                g_strcmp0(other->field, doubt->field) == 0 && g_str_equal(other->code, doubt->code);
        }
        g_test_message("%s %s", doubt->field, doubt->code);
        g_assert_true(kept || (doubt->field != NULL && !g_str_equal(doubt->field, "subject")));
    }
}

static void
file_with_doubt(Archive *archive, const char *field, const char *code, const char *more)
{
    g_autoptr(LtRecord) record = new_record(archive, &sample);

    if (code != NULL)
        lt_record_add_doubt(record, field, code);
    if (more != NULL)
        lt_record_add_doubt(record, "place", more);
    file_record(archive, record);
}

static void
test_review(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *field, *code, *more;
    } doubts[] = {
        {NULL, NULL, NULL},
        {"number", "odd", NULL},
        {"issued_date", "low-confidence", NULL},
        {"issuer", "mismatch", NULL},
        {"issuer", "missing", NULL},
        {NULL, "damaged", NULL},
        {"issued_date", "unreadable", NULL},
        {"number", "missing", "low-confidence"},
        {"secrecy", "secret", NULL},
    };
    static const gint64 order[] = {9, 8, 7, 6, 5, 4, 3, 2};
    const LtSearch all = {.query = ""};
    const LtSearch window = {.query = "nhan quyen", .limit = 2, .offset = 3};
    const LtSearch none = {.query = "voi"};

    for (guint i = 0; i < G_N_ELEMENTS(doubts); i++)
        file_with_doubt(archive, doubts[i].field, doubts[i].code, doubts[i].more);
    g_autoptr(LtReviewList) list = lt_store_review(archive->store, &all, NULL);
    g_assert_cmpuint(list->total, ==, 8);
    g_assert_cmpuint(list->items->len, ==, 8);
    for (guint i = 0; i < list->items->len; i++) {
        const LtReviewItem *item = list->items->pdata[i];
        g_assert_cmpint(item->record->id, ==, order[i]);
    }
    g_autoptr(LtReviewList) some = lt_store_review(archive->store, &window, NULL);
    g_assert_cmpuint(some->total, ==, 8);
    g_assert_cmpuint(some->items->len, ==, 2);
    g_assert_cmpint(((LtReviewItem *)some->items->pdata[0])->review, ==, LT_REVIEW_DAMAGED);
    g_autofree char *json = lt_review_list_to_json(some);
    g_assert_nonnull(strstr(json, "\"class\":\"damaged\""));
    g_autoptr(LtReviewList) empty = lt_store_review(archive->store, &none, NULL);
    g_assert_cmpuint(empty->total, ==, 0);
}

/* A sample goes with each place that a hand wrote of the field that is put right. */
static void
test_samples(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    const LtBox box = {0.1, 0.1, 0.3, 0.2};
    g_autoptr(LtRecord) record = new_record(archive, &sample);
    LtField *number = &record->fields[LT_FIELD_NUMBER];
    LtPage *page = g_ptr_array_index(record->pages, 0);

    lt_field_set(number, NULL, NULL, 0, 1, &box, NULL);
    g_assert_true(lt_written_from_text("number ink 0.1000 0.1000 0.3000 0.2000 1753=0.5000\n"
                                       "day print 0.5000 0.1000 0.6000 0.2000 18=0.9000\n",
                                       &page->written));
    file_record(archive, record);
    lt_record_free(correct(archive, record->id, "number", "1758a/STTTT-TTBCXB"));
    g_assert_cmpint(ask(archive, "SELECT count(*) FROM written_sample WHERE part = 'number'"
                                 " AND truth = '1758a' AND page = 1 AND x1 = 0.3 AND who = 'Lan'"),
                    ==, 1);
    lt_record_free(correct(archive, record->id, "issued_date", "2023-09-18"));
    g_assert_cmpint(ask(archive, "SELECT count(*) FROM written_sample"), ==, 1);
    g_assert_true(lt_store_keep_samples(archive->store, FALSE, NULL));
    g_assert_cmpint(ask(archive, "SELECT count(*) FROM written_sample"), ==, 0);
    lt_record_free(correct(archive, record->id, "number", "1758/STTTT-TTBCXB"));
    g_assert_cmpint(ask(archive, "SELECT count(*) FROM written_sample"), ==, 0);
    g_assert_true(lt_store_keep_samples(archive->store, TRUE, NULL));
    lt_record_free(correct(archive, record->id, "number", "1758/STTTT-TTBCXB"));
    g_assert_cmpint(ask(archive, "SELECT count(*) FROM written_sample"), ==, 1);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/correct/number", test_correct_number},
        {"/store/correct/empty", test_empty},
        {"/store/correct/accept", test_accept},
        {"/store/correct/refused", test_refused},
        {"/store/correct/conflict", test_conflict},
        {"/store/correct/links", test_links},
        {"/store/correct/reread-after-undo", test_reread_after_undo},
        {"/store/correct/reread", test_reread},
        {"/store/review", test_review},
        {"/store/correct/samples", test_samples},
    };

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/correct/values", test_values);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
