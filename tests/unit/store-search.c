/* Finding documents: by number, by words with and without marks, narrowed, and by anything typed.
 */
#include "tests/unit/store-fixture.h"

#include <json-glib/json-glib.h>
#include <sqlite3.h>

static const char dispatch_text[] =
    "UBND TỈNH ĐẮK LẮK\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 1758/STTTT-TTBCXB\n"
    "Đắk Lắk, ngày 18 tháng 9 năm 2023\nKính gửi: các phòng, ban\n"
    "Thực hiện Công văn số 20/CV-BCĐNQ ngày 05 tháng 9 năm 2023 về thành tựu nhân quyền.";

/* What the tests look for; the index in the table is the id less 1. */
static const Dispatch dispatches[] = {
    {"1758/STTTT-TTBCXB", "2023-09-18", "Sở Thông tin và Truyền thông", "Đắk Lắk", "Công văn",
     "tuyên truyền thành tựu về nhân quyền", dispatch_text},
    {"20/CV-BCĐNQ", "2023-09-05", "Ban Chỉ đạo về Nhân quyền", "Hà Nội", "Công văn",
     "tuyên truyền nhân quyền", "Số: 20/CV-BCĐNQ\nHà Nội, ngày 05 tháng 9 năm 2023\nnội dung"},
    {"15/QĐ-UBND", "2023-01-09", "Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", "Quyết định",
     "về việc ban hành quy chế", "QUYẾT ĐỊNH\nvề việc ban hành quy chế\fĐiều 2. Hoà bình"},
    {"016/QĐ-UBND", "2022-03-02", "Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", "Quyết định",
     "phê duyệt", "Căn cứ Công văn số 1758/STTTT-TTBCXB, quyết đinh phê duyệt"},
    {"30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "Hà Nội", "Nghị định", "về công tác văn thư",
     "NGHỊ ĐỊNH\nvề công tác văn thư"},
    {NULL, NULL, NULL, NULL, NULL, NULL, "Biên bản họp 1758 người; quyet dinh cua toi"},
};

static void
set_up(Archive *archive, gconstpointer data)
{
    archive_set_up(archive, data);
    for (guint i = 0; i < G_N_ELEMENTS(dispatches); i++)
        file_dispatch(archive, &dispatches[i]);
}

/* The ids found, best first: "1 4 6". */
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
test_queries(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *query, *found;
    } cases[] = {
        {"1758/STTTT-TTBCXB", "1 4"},
        {"1758 / stttt - ttbcxb", "1 4"},
        {"01758/STTTT-TTBCXB", "1 4"},
        {"Số: 1758/STTTT-TTBCXB", "1 4"},
        {"1758", "1 6 4"},
        {"so 1758", "1 6 4"},
        {"1758stttt", "1"},
        {"16 qd", "4"},
        {"stttt", "1 4"},
        {"30/2020/nd-cp", "5"},
        {"30/2020/NĐ-CP", "5"},
        {"nđ-cp", "5"},
        {"16/QĐ-UBND", "4"},
        {"016/qd-ubnd", "4"},
        {"qd ubnd", "3 4"},
        {"quyet dinh", "3 4 6"},
        {"Quyết định", "3 4 6"},
        {"quyết định", "3 4 6"},
        {"\"quyết đinh\" phê", "4"},
        {"hoà bình", "3"},
        {"hòa bình", "3"},
        {"nhan quyen", "1 2"},
        {"\"thành tựu nhân quyền\"", "1"},
        {"nhân quyền -sở", "2"},
        {"-quyen", "3 4 5 6"},
        {"truyen OR thu", "1 5 2"},
        {"nhân quyền OR thư", "1 2"},
        {"thanh tuu OR OR", "1"},
        {"quy*", "3 1 2 4 6"},
        {"18/9/2023", "1"},
        {"05/09/2023", "2 1"},
        {"9/2023", "2 1"},
        {"năm 2023 quyết định", "3"},
        {"ubnd 2022", "4"},
        {"16 2022 qd", "4"},
        {"ngày 9/1/2023", "3"},
        {"tháng 3 năm 2022", "4"},
        {"quý 1/2022 quyết định", "4"},
        {"qd dak lak 2022", "4 3"},
        {"CV nhân quyền", "1 2"},
        {"\"năm 2022\"", ""},
        {"quyetdinh", "3 4 6"},
        {"không có từ nào như thế", ""},
        {"***", ""},
        {"", "1 2 3 4 5 6"},
        {"   ", "1 2 3 4 5 6"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = cases[i].query});
        g_autofree char *found = ids(result);
        g_test_message("query '%s': %s, wanted %s", cases[i].query, found, cases[i].found);
        g_assert_cmpstr(found, ==, cases[i].found);
        g_assert_cmpuint(result->total, ==, result->hits->len);
        g_assert_true(result->total_exact);
    }
}

static void
test_filters(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        LtSearch search;
        const char *found;
    } cases[] = {
        {{.query = "", .from = "2023-01-09"}, "1 2 3"},
        {{.query = "", .to = "2022-12-31"}, "4 5"},
        {{.query = "", .from = "2023-01-01", .to = "2023-01-31"}, "3"},
        {{.query = "nhân quyền", .from = "2023-09-10"}, "1"},
        {{.query = "1758", .to = "2022-12-31"}, "4"},
        {{.query = "", .issuer = "Ủy ban nhân dân"}, "3 4"},
        {{.query = "", .issuer = "uy ban nhan dan tinh dak lak"}, "3 4"},
        {{.query = "", .issuer = "thông tin"}, "1"},
        {{.query = "", .issuer = "STTTT"}, "1"},
        {{.query = "", .issuer = "ubnd"}, "3 4"},
        {{.query = "", .issuer = "an nhan"}, ""},
        {{.query = "", .issuer = "' OR 1=1 --"}, ""},
        {{.query = "", .issuer = ""}, "1 2 3 4 5 6"},
        {{.query = "", .type = "quyết định"}, "3 4"},
        {{.query = "", .type = "QĐ"}, "3 4"},
        {{.query = "", .type = "qd"}, "3 4"},
        {{.query = "", .type = "CV"}, "1 2"},
        {{.query = "", .type = "NĐ"}, "5"},
        {{.query = "", .type = "Tờ trình"}, ""},
        {{.query = "quyet", .type = "QĐ", .issuer = "ubnd", .from = "2023-01-01"}, "3"},
        {{.query = "", .limit = 2}, "1 2"},
        {{.query = "", .limit = 2, .offset = 1}, "2 3"},
        {{.query = "", .offset = 100}, ""},
        {{.query = "", .limit = G_MAXUINT, .offset = G_MAXUINT}, ""},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, cases[i].search);
        g_autofree char *found = ids(result);
        g_test_message("case %u: %s, wanted %s", i, found, cases[i].found);
        g_assert_cmpstr(found, ==, cases[i].found);
    }
}

static void
test_bad_day(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const days[] = {"32/9/2023", "2023-02-30", "13/2023", "2023-09-18x", ""};

    for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autoptr(GError) error = NULL;
        const LtSearch request = {.query = "", .from = days[i]};
        g_assert_null(lt_store_search(archive->store, &request, &error));
        g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    }
}

/* The marked parts of a snippet: "[nhân] và [quyền]". */
static char *
show_marks(const LtHit *hit)
{
    GString *text = g_string_new(hit->snippet);

    for (guint i = hit->marks->len; i > 0; i--) {
        const LtSpan *span = &g_array_index(hit->marks, LtSpan, i - 1);
        const char *start = g_utf8_offset_to_pointer(text->str, span->start);
        const char *end = g_utf8_offset_to_pointer(start, span->length);
        gssize at = start - text->str;
        g_string_insert_c(text, end - text->str, ']');
        g_string_insert_c(text, at, '[');
    }
    return g_string_free(text, FALSE);
}

static void
test_snippets(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *query, *why, *part;
        guint page;
    } cases[] = {
        {"hoa binh", "text", "Điều 2. [Hoà] [bình]", 2},
        {"hòa bình", "text", "[Hoà] [bình]", 2},
        {"\"ban hành quy chế\"", "subject", "về việc [ban hành quy chế]", 1},
        {"15/QĐ-UBND", "number", NULL, 0},
        {"van thu", "subject", "công tác [văn] [thư]", 1},
        {"chinh phu", "issuer", NULL, 0},
        {"qu* định phê", "subject", "[quyết] [đinh] [phê]", 1},
        {"20/cv-bcdnq thuc hien", "text", "[Thực] [hiện] Công văn số [20/CV-BCĐNQ] ngày", 1},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = cases[i].query});
        g_assert_cmpuint(result->hits->len, >, 0);
        const LtHit *hit = result->hits->pdata[0];
        g_autofree char *shown = show_marks(hit);
        g_test_message("query '%s': %s", cases[i].query, shown);
        g_assert_cmpstr(hit->why, ==, cases[i].why);
        g_assert_cmpuint(hit->page, ==, cases[i].page);
        if (cases[i].part == NULL)
            g_assert_null(hit->snippet);
        else
            g_assert_nonnull(strstr(shown, cases[i].part));
    }
}

static void
test_long_page(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < 5000; i++)
        g_string_append(text, i == 2500 ? "kim khâu đáy bể\n" : "chữ này chữ kia\n");
    g_string_append_len(text, "kimxxxx", 7);
    for (guint i = 0; i < 50000; i++)
        g_string_append(text, "ệ");
    const Dispatch dispatch = {.text = text->str};
    gint64 id = file_dispatch(archive, &dispatch);

    g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = "kim OR kimx* đáy"});
    g_assert_cmpuint(result->hits->len, ==, 1);
    const LtHit *hit = result->hits->pdata[0];
    g_autofree char *shown = show_marks(hit);
    g_assert_cmpint(hit->record->id, ==, id);
    g_assert_nonnull(strstr(shown, "[kim] khâu [đáy]"));
    g_assert_true(g_str_has_prefix(hit->snippet, "…") && g_str_has_suffix(hit->snippet, "…"));
    g_assert_cmpuint(g_utf8_strlen(hit->snippet, -1), <, 410);

    g_autoptr(LtSearchResult) glued = search(archive, (LtSearch){.query = "kimx*"});
    hit = glued->hits->pdata[0];
    g_assert_cmpuint(g_utf8_strlen(hit->snippet, -1), <, 410);
}

/* Words with marks are one thing, words that only fold to them another; both are found. */
static void
test_marks_first(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch ways[] = {
        {.text = "con đường làng"},
        {.text = "con đương làng"},
        {.text = "con duong lang"},
        {.text = "con Ðường làng"},
    };
    gint64 id[G_N_ELEMENTS(ways)];
    static const struct {
        const char *query;
        guint first;
    } cases[] = {{"đương", 1}, {"\"con đương\"", 1}, {"lang đương", 1}, {"đườ*", 3}};

    for (guint i = 0; i < G_N_ELEMENTS(ways); i++)
        id[i] = file_dispatch(archive, &ways[i]);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = cases[i].query});
        g_test_message("query '%s'", cases[i].query);
        g_assert_cmpuint(result->total, ==, 4);
        g_assert_cmpint(((LtHit *)result->hits->pdata[0])->record->id, ==, id[cases[i].first]);
    }
}

/* Documents that only cite, all at once: filing so many one by one would take the disk a while. */
static void
add_citing(const Archive *archive, guint count)
{
    g_autofree char *path = g_build_filename(archive->directory, "archive.db", NULL);
    g_autofree char *sql = g_strdup_printf(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
        " INSERT INTO document (revision, sha256, source, status, size, filed_at, page_count,"
        " needs_review) SELECT 1, 'x' || i, x'61', 'filed', 1, '', 0, 0 FROM n;"
        " INSERT INTO search (rowid, terms)"
        " SELECT id, 'theo 1758 stttt ttbcxb _2theo_1758 _21758_stttt _2stttt_ttbcxb'"
        " FROM document WHERE sha256 GLOB 'x*';"
        " INSERT INTO page SELECT id, 1, 'ocr', 1, 0, 0, 'theo 1758/STTTT-TTBCXB' FROM document"
        " WHERE sha256 GLOB 'x*'",
        count);
    sqlite3 *db = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
}

/* More hits than are ranked: the old document whose number was typed still comes first. */
static void
test_common_number(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    add_citing(archive, 5100);
    g_autoptr(LtSearchResult) result =
        search(archive, (LtSearch){.query = "1758/STTTT-TTBCXB", .limit = 3});
    g_assert_cmpint(((LtHit *)result->hits->pdata[0])->record->id, ==, 1);
    g_assert_cmpuint(result->hits->len, ==, 3);
    g_assert_false(result->total_exact);
    g_assert_cmpuint(result->total, ==, LT_SEARCH_COUNTED);

    g_autoptr(LtSearchResult) deep =
        search(archive, (LtSearch){.query = "theo", .offset = 5090, .limit = 100});
    g_assert_cmpuint(deep->hits->len, ==, 10);
    g_assert_true(deep->total_exact);
}

static guint64
facet_count(const LtSearchResult *result, LtFacetKind kind, const char *value)
{
    for (guint i = 0; i < result->facets[kind]->len; i++) {
        const LtFacet *facet = result->facets[kind]->pdata[i];
        if (strcmp(facet->value, value) == 0)
            return facet->count;
    }
    return 0;
}

static void
test_facets(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = "", .limit = 1});

    g_assert_cmpuint(facet_count(result, LT_FACET_TYPE, "Công văn"), ==, 2);
    g_assert_cmpuint(facet_count(result, LT_FACET_TYPE, "Nghị định"), ==, 1);
    g_assert_cmpuint(facet_count(result, LT_FACET_YEAR, "2023"), ==, 3);
    g_assert_cmpuint(facet_count(result, LT_FACET_ISSUER, "Chính phủ"), ==, 1);
    g_assert_cmpuint(result->facets[LT_FACET_YEAR]->len, ==, 3);
    g_assert_cmpuint(facet_count(result, LT_FACET_STATUS, "done"), ==, 6);
    g_assert_cmpuint(result->facets[LT_FACET_STATUS]->len, ==, 1);
    g_assert_cmpuint(result->hits->len, ==, 1);
    g_assert_cmpuint(result->total, ==, 6);
}

static void
test_json(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = "hoà \"bình\"\\\t*"});
    g_autofree char *json = lt_search_result_to_json(result);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) root = json_from_string(json, &error);

    g_assert_no_error(error);
    JsonObject *object = json_node_get_object(root);
    g_assert_cmpint(json_object_get_int_member(object, "total"), ==, 1);
    g_assert_true(json_object_get_boolean_member(object, "total_exact"));
    g_assert_true(json_object_get_null_member(object, "suggestion"));
    JsonObject *hit =
        json_array_get_object_element(json_object_get_array_member(object, "results"), 0);
    g_assert_cmpstr(json_object_get_string_member(hit, "why"), ==, "text");
    g_assert_cmpint(json_object_get_int_member(hit, "page"), ==, 2);
    g_assert_cmpint(json_object_get_int_member(hit, "id"), ==, 3);
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(hit, "marks")), ==, 2);
    JsonObject *facets = json_object_get_object_member(object, "facets");
    g_assert_cmpuint(json_array_get_length(json_object_get_array_member(facets, "year")), ==, 1);
}

typedef struct {
    GString *ids;
    guint stop_after;
} Visit;

static gboolean
note_visit(const LtRecord *record, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    Visit *visit = user_data;

    g_string_append_printf(visit->ids, "%s%" G_GINT64_FORMAT, visit->ids->len > 0 ? " " : "",
                           record->id);
    return --visit->stop_after > 0;
}

static void
test_each(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        LtSearch search;
        guint stop_after;
        const char *visited;
    } cases[] = {
        {{.query = ""}, 100, "1 2 3 4 5 6"},
        {{.query = ""}, 2, "1 2"},
        {{.query = "", .limit = 2, .offset = 1}, 100, "2 3"},
        {{.query = "1758"}, 100, "1 4 6"},
        {{.query = "nhân quyền", .to = "2023-09-10"}, 100, "2"},
        {{.query = "***"}, 100, ""},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) visited = g_string_new(NULL);
        g_autoptr(GError) error = NULL;
        Visit visit = {visited, cases[i].stop_after};
        g_assert_true(
            lt_store_each(archive->store, &cases[i].search, TRUE, note_visit, &visit, &error));
        g_assert_no_error(error);
        g_assert_cmpstr(visited->str, ==, cases[i].visited);
    }
}

static gboolean
fail_visit(G_GNUC_UNUSED const LtRecord *record, G_GNUC_UNUSED gpointer user_data, GError **error)
{
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_FULL, "no room");
    return FALSE;
}

static void
test_each_fails(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    const LtSearch all = {.query = ""};

    g_assert_false(lt_store_each(archive->store, &all, FALSE, fail_visit, NULL, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_FULL);
}

static gboolean
add_visit(const LtRecord *record, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    g_string_append_printf(user_data, " %" G_GINT64_FORMAT, record->id);
    return TRUE;
}

/* The index has pairs of words: in whatever order and however many are asked for, what has only the pairs
 * of a phrase is not found, and what has it in a field or on a late page is. */
static void
test_long_phrase(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GString) late = g_string_new("trang đầu");
    const Dispatch pairs = {"1/QĐ-UBND",
                            "2023-05-01",
                            NULL,
                            NULL,
                            NULL,
                            "ngư trường sản",
                            "trường sản; sản ngư trường"};
    const Dispatch other = {
        "2/QĐ-UBND", "2023-05-02", NULL, NULL, NULL, "sản ngư trường", "ngư trường; trường sản"};
    const LtSearch all = {.query = "\"ngư trường sản\"", .order = LT_ORDER_NEWEST};
    const LtSearch window = {.query = all.query, .limit = 1, .offset = 1};
    g_autoptr(GString) visited = g_string_new(NULL);

    for (guint i = 0; i < 210; i++)
        g_string_append(late, "\fmột trang");
    g_string_append(late, "\fngư trường sản");
    const Dispatch long_one = {"3/QĐ-UBND", "2023-05-03", NULL, NULL, NULL, "khác", late->str};
    gint64 first = file_dispatch(archive, &pairs);
    file_dispatch(archive, &other);
    file_dispatch(archive, &long_one);
    g_autofree char *wanted =
        g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, first + 2, first);

    g_autoptr(LtSearchResult) by_day = search(archive, all);
    g_autofree char *found_by_day = ids(by_day);
    g_assert_cmpstr(found_by_day, ==, wanted);
    g_autoptr(LtSearchResult) ranked = search(archive, (LtSearch){.query = all.query});
    g_assert_cmpuint(ranked->total, ==, 2);
    g_autoptr(LtSearchResult) any =
        search(archive,
               (LtSearch){.query = "\"ngư trường sản\" OR \"ngu truong sua\" OR \"một sản ngư\""});
    g_assert_cmpuint(any->total, ==, 2);
    g_assert_true(lt_store_each(archive->store, &all, FALSE, add_visit, visited, NULL));
    g_assert_true(lt_store_each(archive->store, &window, FALSE, add_visit, visited, NULL));
    g_autofree char *each =
        g_strdup_printf(" %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, first,
                        first + 2, first + 2);
    g_assert_cmpstr(visited->str, ==, each);
}

/* What is found by its type alone is not held to the phrase that stands beside it. */
static void
test_type_or_phrase(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Dispatch bare = {.type = "Thông báo", .text = "nội dung khác"};
    gint64 id = file_dispatch(archive, &bare);

    g_autoptr(LtSearchResult) result = search(
        archive, (LtSearch){.query = "TB OR \"thành tựu nhân quyền\"", .order = LT_ORDER_NEWEST});
    g_autofree char *found = ids(result);
    g_autofree char *wanted = g_strdup_printf("1 %" G_GINT64_FORMAT, id);
    g_assert_cmpstr(found, ==, wanted);
}

static void
expect_found(Archive *archive, LtSearch request, const char *wanted)
{
    g_autoptr(LtSearchResult) result = search(archive, request);
    g_autofree char *found = ids(result);

    g_test_message("query '%s': %s, wanted %s", request.query, found, wanted);
    g_assert_cmpstr(found, ==, wanted);
}

/* Some write kỹ, some kĩ: whichever is typed, both are found, neither before the other for that, and marked. */
static void
test_customs_of_y(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch others[] = {
        {.type = "Báo cáo", .date = "2021-01-02", .text = "Tập huấn kỹ năng quản lý cho bác sĩ."},
        {.type = "Báo cáo", .date = "2021-01-01", .text = "Tập huấn kĩ năng quản lí cho bác sỹ."},
        {.type = "Báo cáo", .date = "2021-01-03", .text = "Tập huấn kỳ năng quản lỵ cho bác sì."},
    };
    static const struct {
        const char *query, *found;
    } cases[] = {
        {"kỹ năng", "7 8 9"},
        {"kĩ năng", "7 8 9"},
        {"ki nang", "9 7 8"},
        {"ky nang", "9 7 8"},
        {"bác sỹ", "7 8 9"},
        {"bác sĩ", "7 8 9"},
        {"\"kĩ năng quản lý\"", "7 8 9"},
        {"\"kỹ năng quản lí cho bác sĩ\"", "7 8 9"},
        {"huấn -kĩ", "9"},
        {"huan -\"kĩ năng\"", "9"},
        {"ky*", "9 7"},
        {"kĩ nanng", "7 8 9"},
        {"12/QĐ-KY", ""},
    };

    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        file_dispatch(archive, &others[i]);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        expect_found(archive, (LtSearch){.query = cases[i].query}, cases[i].found);
    g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = "kĩ năng", .limit = 1});
    const LtHit *hit = g_ptr_array_index(result->hits, 0);
    g_assert_cmpstr(hit->snippet, ==, "Tập huấn kỹ năng quản lý cho bác sĩ");
    g_assert_cmpuint(hit->marks->len, ==, 2);
    g_assert_cmpuint(g_array_index(hit->marks, LtSpan, 0).start, ==, 9);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/search/queries", test_queries},
        {"/store/search/filters", test_filters},
        {"/store/search/bad-day", test_bad_day},
        {"/store/search/snippets", test_snippets},
        {"/store/search/long-page", test_long_page},
        {"/store/search/marks-first", test_marks_first},
        {"/store/search/common-number", test_common_number},
        {"/store/search/facets", test_facets},
        {"/store/search/json", test_json},
        {"/store/search/long-phrase", test_long_phrase},
        {"/store/search/type-or-phrase", test_type_or_phrase},
        {"/store/search/customs-of-y", test_customs_of_y},
        {"/store/search/each", test_each},
        {"/store/search/each-fails", test_each_fails},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), set_up);
    return g_test_run();
}
