/* Finding documents: by number, by words with and without marks, narrowed, and by anything typed.
 */
#include "tests/unit/store-fixture.h"

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

static LtSearchResult *
search(Archive *archive, LtSearch request)
{
    g_autoptr(GError) error = NULL;
    LtSearchResult *result = lt_store_search(archive->store, &request, &error);

    g_assert_no_error(error);
    g_assert_nonnull(result);
    return result;
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
        {"stttt", "1 4"},
        {"30/2020/nd-cp", "5"},
        {"30/2020/NĐ-CP", "5"},
        {"nđ-cp", "5"},
        {"16/QĐ-UBND", "4"},
        {"016/qd-ubnd", "4"},
        {"qd ubnd", "4 3"},
        {"quyet dinh", "4 3 6"},
        {"Quyết định", "4 3 6"},
        {"quyết định", "4 3 6"},
        {"\"quyết đinh\" phê", "4"},
        {"hoà bình", "3"},
        {"hòa bình", "3"},
        {"nhan quyen", "2 1"},
        {"\"thành tựu nhân quyền\"", "1"},
        {"nhân quyền -sở", "2"},
        {"-quyen", "3 4 5 6"},
        {"truyen OR thu", "5 1 2"},
        {"nhân quyền OR thư", "2 1"},
        {"thanh tuu OR OR", "1"},
        {"quy*", "2 3 1 4 6"},
        {"18/9/2023", "1"},
        {"05/09/2023", "2 1"},
        {"9/2023", "1 2"},
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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/store/search/queries", Archive, NULL, set_up, test_queries, archive_tear_down);
    return g_test_run();
}
