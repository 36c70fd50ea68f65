/* Filters in the query, what letters stand for, other spellings, order, pages of results, what is kept
 * and what is alike. */
#include "tests/unit/store-fixture.h"

#include "store/dates.h"
#include "store/private.h"

/* The index in the table is the id less 1. */
static const Dispatch dispatches[] = {
    {"1758/STTTT-TTBCXB", "2023-09-18", "Sở Thông tin và Truyền thông", "Đắk Lắk", "Công văn",
     "tuyên truyền thành tựu về nhân quyền", "Thực hiện công tác tuyên truyền nhân quyền"},
    {"12/QĐ-SKHCN", "2025-04-02", "Sở Khoa học và Công nghệ", "Đắk Lắk", "Quyết định",
     "giao nhiệm vụ", "giao nhiệm vụ cho phòng chuyên môn Krông Bông"},
    {"15/QĐ-UBND", "2023-01-09", "Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", "Quyết định",
     "ban hành quy chế", "ban hành quy chế làm việc của phòng chuyên môn"},
    {"7/BC-SNV", NULL, "Sở Nội vụ", "Đắk Lắk", "Báo cáo", "kết quả", "kết quả giao nhiệm vụ"},
};

static void
set_up(Archive *archive, gconstpointer data)
{
    static const char *const names[] = {"Sở Thông tin và Truyền thông", NULL};
    static const char *const codes[] = {"STTTT", "SởTTTT", NULL};
    static const char *const next_names[] = {"Sở Khoa học và Công nghệ", NULL};
    static const char *const next_codes[] = {"SKHCN", NULL};
    static const char *const successors[] = {"b", NULL}, *const none[] = {NULL};
    const LtStoreAgency agencies[] = {{"a", names, codes, successors},
                                      {"b", next_names, next_codes, none}};

    archive_set_up(archive, data);
    g_assert_true(lt_store_tell_agencies(archive->store, agencies, 2, NULL));
    g_assert_true(lt_store_tell_agencies(archive->store, agencies, 2, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(dispatches); i++) {
        g_autoptr(LtRecord) record = new_record(archive, &dispatches[i]);
        if (i == 0) {
            set_field(record, LT_FIELD_SIGNER, "Nguyễn Văn Thành");
            set_field(record, LT_FIELD_URGENCY, "KHẨN");
            g_ptr_array_add(record->recipients, g_strdup("UBND huyện Krông Pắc"));
        }
        if (i == 3)
            lt_record_add_doubt(record, "issued_date", "missing");
        if (i == 2) {
            const LtBox box = {0.1, 0.2, 0.3, 0.25};
            lt_record_add_reference(record, "1758/STTTT-TTBCXB", NULL, "căn cứ", 1, &box);
        }
        file_record(archive, record);
    }
}

static char *
ids(const LtSearchResult *result)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < result->hits->len; i++) {
        const LtHit *hit = g_ptr_array_index(result->hits, i);
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", hit->record->id);
    }
    return g_string_free(text, FALSE);
}

static void
assert_found(Archive *archive, LtSearch request, const char *wanted)
{
    g_autoptr(LtSearchResult) result = search(archive, request);
    g_autofree char *found = ids(result);

    g_test_message("query '%s': %s, wanted %s", request.query, found, wanted);
    g_assert_cmpstr(found, ==, wanted);
}

static void
test_filters(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *query, *found;
    } cases[] = {
        {"so:1758", "1"},
        {"so:1758/stttt-ttbcxb", "1"},
        {"số:\"15 / QD - UBND\"", "3"},
        {"so:qd-ubnd", "3"},
        {"so:15/qd", "3"},
        {"so:17/qd", ""},
        {"so:д", ""},
        {"number:12", "2"},
        {"ngay:18/9/2023", "1"},
        {"ngay:9/2023", "1"},
        {"ngày: 9/2023", "1"},
        {"ngay:2023", "1 3"},
        {"ngay:quy 3/2023", "1"},
        {"ngay:\"quý III/2023\"", "1"},
        {"ngay:q1/2023", "3"},
        {"ngay: quý III/2023", "1"},
        {"ngày:quý 3 năm 2023", "1"},
        {"ngay:thang 9 nam 2023", "1"},
        {"ngay:18 tháng 9 năm 2023 quyền", "1"},
        {"ngay: 1/2023 den 9/2023", "1 3"},
        {"tu:tháng 2 năm 2023 den:tháng 9 năm 2023", "1"},
        {"thang:9/2023 -ngay:2 thang 9 nam 2023", "1"},
        {"ngay:1/2023-9/2023", "1 3"},
        {"ngay:2023..2025", "2 1 3"},
        {"ngay:10/1/2023..17/9/2023", ""},
        {"date:2023-09-18", "1"},
        {"thang:9/2023", "1"},
        {"tu:10/2023", "2"},
        {"từ:18/9/2023 đến:18/9/2023", "1"},
        {"den:8/2023", "3"},
        {"from:2023-09-19", "2"},
        {"-ngay:2023", "2 4"},
        {"coquan:\"Sở Nội vụ\"", "4"},
        {"cơquan:\"so noi vu\"", "4"},
        {"co-quan:snv", "4"},
        {"coquan:stttt", "1"},
        {"issuer:stttt+", "2 1"},
        {"coquan:\"Sở Thông tin và Truyền thông+\"", "2 1"},
        {"loai:qd", "2 3"},
        {"loại:\"Quyết định\" ngay:2023", "3"},
        {"type:BC", "4"},
        {"loai:quyết định", "2 3"},
        {"loai:quyet dinh giao nhiem vu", "2"},
        {"loai:quyet", "2 3"},
        {"-loai:qd", "1 4"},
        {"nguoiky:thanh", "1"},
        {"signer:\"nguyen van thanh\"", "1"},
        {"nguoiky:\"van nguyen\"", ""},
        {"noinhan:\"krong pac\"", "1"},
        {"trangthai:canxem", "4"},
        {"ngay:2023 ngay:2023 nhân nhân", "1 3"},
        {"trangthai:cần xem", "4"},
        {"trangthai: can xem -giao", ""},
        {"trạngthái:khẩn", "1"},
        {"status:done", "2 1 3"},
        {"-status:done", "4"},
        {"coquan:stttt nhân", "1"},
        {"giao nhiem vu loai:qd", "2"},
        {"loai:qd giao OR che", "2 3"},
        {"cơ quan:stttt nhân", "1"},
        {"nhân co quan: stttt", "1"},
        {"-cơ quan:stttt ngay:2023", "3"},
        {"người ký:thành", "1"},
        {"nơi nhận:\"krông pắc\" trạng thái:khẩn", "1"},
        {"giao loai:qd", "2"},
        {"vụ ngay:4/2025", "2"},
        {"tu ngay:9/2023", ""},
        {"\"cơ\" quan:stttt", ""},
        {"ngay:2024..", "2"},
        {"ngay:..8/2023", "3"},
        {"tháng 9 2023", "1"},
        {"T9/2023", "1"},
        {"t4/2025 giao", "2"},
        {"stttt", "1"},
        {"SKHCN nhiệm vụ", "2"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_found(archive, (LtSearch){.query = cases[i].query, .literal = TRUE}, cases[i].found);
}

static void
test_states(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const struct {
        LtSearch search;
        const char *counts;
    } cases[] = {
        {{.query = ""}, "done 3 review 1 urgent 1 "},
        {{.query = "ngay:2023", .order = LT_ORDER_OLDEST}, "done 2 urgent 1 "},
        {{.query = "giao"}, "done 1 review 1 "},
        {{.query = "giao", .status = "review"}, "review 1 "},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, cases[i].search);
        GString *counts = g_string_new(NULL);
        for (guint j = 0; j < result->facets[LT_FACET_STATUS]->len; j++) {
            const LtFacet *facet = result->facets[LT_FACET_STATUS]->pdata[j];
            g_string_append_printf(counts, "%s %u ", facet->value, (guint)facet->count);
        }
        g_assert_cmpstr(counts->str, ==, cases[i].counts);
        g_string_free(counts, TRUE);
    }
}

static void
test_options(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    assert_found(archive, (LtSearch){.query = "", .number = "1758"}, "1");
    assert_found(archive, (LtSearch){.query = "", .date = "quý 3/2023"}, "1");
    assert_found(archive, (LtSearch){.query = "", .signer = "Thành"}, "1");
    assert_found(archive, (LtSearch){.query = "", .recipient = "Krông Pắc"}, "1");
    assert_found(archive, (LtSearch){.query = "", .status = "review"}, "4");
    assert_found(archive, (LtSearch){.query = "", .issuer = "STTTT", .successors = TRUE}, "2 1");
    assert_found(archive, (LtSearch){.query = "", .order = LT_ORDER_OLDEST}, "3 1 2 4");
    assert_found(archive, (LtSearch){.query = "", .order = LT_ORDER_NEWEST}, "2 1 3 4");
    assert_found(archive, (LtSearch){.query = "giao", .order = LT_ORDER_NEWEST}, "2 4");
    assert_found(archive, (LtSearch){.query = "", .newest = 2}, "2 1");
    assert_found(archive, (LtSearch){.query = "giao", .newest = 2}, "2");

    const LtSearch bad[] = {{.query = "", .status = "gone"}, {.query = "", .date = "31/2/2023"}};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(lt_store_search(archive->store, &bad[i], &error));
        g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    }
}

/* What cannot be a filter is told, and a filter that nothing meets is named. */
static void
test_bad_filters(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const ignored[] = {"ngay:31/2/2023", "ngay:13/2023", "tu:hôm",
                                          "ngay:2023-2022", "status:x",     "coquan:\"\""};

    for (guint i = 0; i < G_N_ELEMENTS(ignored); i++) {
        g_autofree char *query = g_strdup_printf("nhân %s", ignored[i]);
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = query});
        g_test_message("query '%s'", query);
        g_assert_cmpuint(result->ignored->len, ==, 1);
        g_assert_cmpstr(result->ignored->pdata[0], ==, ignored[i]);
        g_assert_true((lt_search_ignored_reason(ignored[i]) != NULL) == (i < 5));
        g_assert_cmpuint(result->total, ==, 2);
    }
    g_autoptr(LtSearchResult) alone = search(archive, (LtSearch){.query = "ngay:31/2/2023"});
    g_assert_cmpuint(alone->total, ==, 0);
    g_autoptr(LtSearchResult) nobody =
        search(archive, (LtSearch){.query = "nhân coquan:\"Sở Mộng mơ\" loai:cv"});
    g_assert_cmpuint(nobody->total, ==, 0);
    g_assert_cmpuint(nobody->unknown->len, ==, 1);
    g_assert_cmpstr(nobody->unknown->pdata[0], ==, "coquan:\"Sở Mộng mơ\"");
    g_assert_null(nobody->suggestion);
}

static void
test_spelling(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *query, *suggestion, *found;
    } cases[] = {
        {"krongg", "krong", "1 2"},
        {"kromg bong", "krong bong", "2"},
        {"tuyen truyeen", "tuyen truyen", "1"},
        {"thanh tru nhan quyen", "thanh tuu nhan quyen", "1"},
        {"thanh qua nhan quyen", NULL, "1"},
        {"quy che zebra", "quy che", "3"},
        {"krong ngay:2025 bomg", "krong bong ngay:2025", "2"},
        {"zzzzzzzz", NULL, ""},
        {"1759/STTTT-TTBCXB", NULL, ""},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = cases[i].query});
        g_autofree char *found = ids(result);
        g_test_message("query '%s': %s '%s'", cases[i].query, found, result->suggestion);
        g_assert_cmpstr(result->suggestion, ==, cases[i].suggestion);
        g_assert_cmpstr(found, ==, cases[i].found);
        g_assert_cmpint(result->corrected, ==, cases[i].suggestion != NULL);
    }
    assert_found(archive, (LtSearch){.query = "krongg", .literal = TRUE}, "");
}

/* A number's own document comes first; those that cite it come next, and say so. */
static void
test_cites(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const queries[] = {"1758/STTTT-TTBCXB", "1758", "so 1758",
                                          "1758 stttt ttbcxb"};

    for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = queries[i]});
        g_assert_cmpuint(result->hits->len, ==, 2);
        const LtHit *own = result->hits->pdata[0], *citing = result->hits->pdata[1];
        g_assert_cmpint(own->record->id, ==, 1);
        g_assert_cmpstr(own->why, ==, "number");
        g_assert_cmpint(citing->record->id, ==, 3);
        g_assert_cmpstr(citing->why, ==, "cites");
    }
}

/* Each word in a box of its own, three words a line. */
static LtPage *
boxed_page(const char *text)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 595, 842);
    g_auto(GStrv) words = g_strsplit(text, " ", 0);

    for (guint i = 0; words[i] != NULL; i++) {
        const double x = 0.1 + 0.2 * (i % 3), y = 0.1 + 0.1 * (i / 3);
        const LtBox box = {x, y, x + 0.15, y + 0.05};
        lt_page_builder_add_word(builder, words[i], &box, 90, 0);
        if (i % 3 == 2)
            lt_page_builder_end_line(builder);
    }
    lt_page_builder_end_line(builder);
    return lt_page_builder_finish(builder);
}

/* Spans and boxes of the hits, as they stand on the page: a phrase over two lines has two boxes. */
static void
test_places(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Dispatch empty = {.number = "9/X"};
    g_autoptr(LtRecord) record = new_record(archive, &empty);

    g_ptr_array_add(record->pages, boxed_page("một hai đất đai bốn năm"));
    file_record(archive, record);
    g_autoptr(LtSearchResult) result =
        search(archive, (LtSearch){.query = "\"hai dat dai\" nam", .places = TRUE});
    const LtHit *hit = result->hits->pdata[0];
    g_assert_cmpuint(hit->places->len, ==, 2);
    const LtHitPlace *place = hit->places->pdata[0];
    g_assert_cmpuint(place->page, ==, 1);
    g_assert_cmpuint(place->span.start, ==, 4);
    g_assert_cmpuint(place->span.length, ==, strlen("hai dat dai"));
    g_assert_cmpuint(place->boxes->len, ==, 2);
    const LtBox *first = &g_array_index(place->boxes, LtBox, 0);
    const LtBox *second = &g_array_index(place->boxes, LtBox, 1);
    g_assert_cmpfloat_with_epsilon(first->x0, 0.3, 1e-3);
    g_assert_cmpfloat_with_epsilon(first->x1, 0.65, 1e-3);
    g_assert_cmpfloat_with_epsilon(second->y0, 0.2, 1e-3);
    g_autofree char *json = lt_search_result_to_json(result);
    g_assert_nonnull(strstr(json, "\"hits\":[{\"page\":1,\"start\":4,\"length\":11"));
}

static void
test_saved(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_save_search(archive->store, "hạn", "ngay:2023 \"", "Lan", &error));
    g_assert_no_error(error);
    g_assert_true(lt_store_save_search(archive->store, "hạn", "loai:qd", "Lan", NULL));
    g_autofree char *query = lt_store_saved_search(archive->store, "hạn", NULL);
    g_assert_cmpstr(query, ==, "loai:qd");
    g_autoptr(GPtrArray) list = lt_store_saved_searches(archive->store, NULL);
    g_assert_cmpuint(list->len, ==, 1);
    g_assert_cmpstr(((LtSavedSearch *)list->pdata[0])->by, ==, "Lan");
    g_assert_true(lt_store_forget_search(archive->store, "hạn", NULL));
    g_assert_false(lt_store_forget_search(archive->store, "hạn", &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_false(lt_store_save_search(archive->store, " ", "a", "Lan", &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
}

static void
test_more_like(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtSearchResult) result = lt_store_more_like(archive->store, 2, 1, NULL);
    const LtHit *hit = result->hits->pdata[0];

    g_assert_cmpuint(result->hits->len, ==, 1);
    g_assert_cmpint(hit->record->id, ==, 4);
    g_assert_cmpstr(hit->why, ==, "similar");
    g_assert_null(lt_store_more_like(archive->store, 99, 5, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
}

/* Every document on exactly one page of results, whatever the order, also behind those that are ranked. */
static void
test_pages(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const LtSearchOrder orders[] = {LT_ORDER_RELEVANCE, LT_ORDER_NEWEST, LT_ORDER_OLDEST};
    const guint more = LT_SEARCH_COUNTED + 30, step = 97;

    g_assert_true(lt_sql_script(archive->store, "PRAGMA synchronous = OFF", NULL));
    for (guint i = 0; i < more; i++) {
        g_autofree char *day = g_strdup_printf("20%02u-%02u-%02u", i % 20, i % 12 + 1, i % 28 + 1);
        const Dispatch dispatch = {.date = i % 7 == 0 ? NULL : day, .text = "trang này trang kia"};
        file_dispatch(archive, &dispatch);
    }
    for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_autoptr(GHashTable) seen =
            g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
        g_autofree char *last_day = g_strdup(i == 1 ? "9999" : "0000");
        for (guint offset = 0; offset < more; offset += step) {
            g_autoptr(LtSearchResult) page = search(archive, (LtSearch){.query = "trang kia",
                                                                        .order = orders[i],
                                                                        .offset = offset,
                                                                        .limit = step});
            for (guint j = 0; j < page->hits->len; j++) {
                const LtRecord *record = ((LtHit *)page->hits->pdata[j])->record;
                const char *day = record->fields[LT_FIELD_ISSUED_DATE].value;
                g_assert_true(g_hash_table_add(seen, g_memdup2(&record->id, sizeof record->id)));
                if (i > 0 && day != NULL) {
                    g_assert_true(i == 1 ? strcmp(day, last_day) <= 0 : strcmp(day, last_day) >= 0);
                    g_free(last_day);
                    last_day = g_strdup(day);
                }
            }
        }
        g_assert_cmpuint(g_hash_table_size(seen), ==, more);
    }
    g_autoptr(LtSearchResult) counted = search(archive, (LtSearch){.query = "trang", .limit = 5});
    g_assert_cmpuint(counted->total, ==, LT_SEARCH_COUNTED);
    g_assert_false(counted->total_exact || counted->facets_exact);
}

static void
test_dates(void)
{
    static const struct {
        const char *typed, *from, *to;
    } cases[] = {
        {"18/9/2023", "2023-09-18", "2023-09-18"},
        {"18.09.2023", "2023-09-18", "2023-09-18"},
        {"2023-09-18", "2023-09-18", "2023-09-18"},
        {"18/9/23", "2023-09-18", "2023-09-18"},
        {"ngày 18 tháng 9 năm 2023", "2023-09-18", "2023-09-18"},
        {"tháng 2/2024", "2024-02-01", "2024-02-29"},
        {"2023-9", "2023-09-01", "2023-09-30"},
        {"9-2023", "2023-09-01", "2023-09-30"},
        {"2023", "2023-01-01", "2023-12-31"},
        {"năm 2023", "2023-01-01", "2023-12-31"},
        {"quy 3/2023", "2023-07-01", "2023-09-30"},
        {"Quý IV năm 2023", "2023-10-01", "2023-12-31"},
        {"2023-Q1", "2023-01-01", "2023-03-31"},
        {"2022-2023", "2022-01-01", "2023-12-31"},
        {"1/9/2023 - 30/9/2023", "2023-09-01", "2023-09-30"},
        {"2023-09-01..2023-09-15", "2023-09-01", "2023-09-15"},
        {"1/2023 đến 3/2023", "2023-01-01", "2023-03-31"},
        {"quy 1/2023..quy 2/2023", "2023-01-01", "2023-06-30"},
        {"tháng 9 2017", "2017-09-01", "2017-09-30"},
        {"thang 09 2017", "2017-09-01", "2017-09-30"},
        {"18 tháng 9 2017", "2017-09-18", "2017-09-18"},
        {"quý 3 2017", "2017-07-01", "2017-09-30"},
        {"T9/2017", "2017-09-01", "2017-09-30"},
        {"T2017", NULL, NULL},
        {"quí 3/2017", "2017-07-01", "2017-09-30"},
        {"quí 3 2017", "2017-07-01", "2017-09-30"},
        {"t09.2017", "2017-09-01", "2017-09-30"},
        {"2017..", "2017-01-01", "9999-12-31"},
        {"quy 2/2017..", "2017-04-01", "9999-12-31"},
        {"..9/2000", "0001-01-01", "2000-09-30"},
        {"..2017..", NULL, NULL},
        {"9 2017", NULL, NULL},
        {"t9", NULL, NULL},
        {"tháng 13 2017", NULL, NULL},
        {"29/2/2023", NULL, NULL},
        {"0/9/2023", NULL, NULL},
        {"18/13/2023", NULL, NULL},
        {"quy 5/2023", NULL, NULL},
        {"2023-2022", NULL, NULL},
        {"", NULL, NULL},
        {"-", NULL, NULL},
        {"..", NULL, NULL},
        {"9", NULL, NULL},
        {"18/9", NULL, NULL},
        {"99999", NULL, NULL},
        {"1/2/3/2023", NULL, NULL},
        {"hôm qua", NULL, NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *from = NULL, *to = NULL;
        gboolean parsed = lt_dates_parse(cases[i].typed, &from, &to);
        g_test_message("'%s': %s %s", cases[i].typed, from, to);
        g_assert_cmpint(parsed, ==, cases[i].from != NULL);
        g_assert_cmpstr(from, ==, cases[i].from);
        g_assert_cmpstr(to, ==, cases[i].to);
    }
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/filter/states", test_states},       {"/store/filter/filters", test_filters},
        {"/store/filter/options", test_options},     {"/store/filter/bad", test_bad_filters},
        {"/store/filter/spelling", test_spelling},   {"/store/filter/cites", test_cites},
        {"/store/filter/places", test_places},       {"/store/filter/saved", test_saved},
        {"/store/filter/more-like", test_more_like}, {"/store/filter/pages", test_pages},
    };

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/filter/dates", test_dates);
    add_archive_tests(tests, G_N_ELEMENTS(tests), set_up);
    return g_test_run();
}
