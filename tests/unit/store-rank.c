/* What stands first: passages that are there as they were typed, documents that have every word. */
#include "tests/unit/store-fixture.h"

#include "store/query.h"

static const Dispatch dispatches[] = {
    {"11/UBND-VX", "2024-02-01", "Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", "Công văn",
     "thống kê rừng", "Lực lượng kiểm lâm tuần tra bảo vệ rừng; trồng cây phân tán ven đường."},
    {"12/UBND-VX", "2024-02-02", "Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", "Công văn",
     "tuần tra bảo vệ rừng trồng", "Kiểm lâm tuần tra bảo vệ rừng trồng."},
    {"13/UBND-VX", "2024-02-03", "Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", "Công văn", "trồng cây",
     "Lâm trường kiểm tra cây trồng; bảo dưỡng xe tuần, ven đường; vệ sinh, rừng phân "
     "tán, đường lực; lượng mưa."},
};

static void
set_up(Archive *archive, gconstpointer data)
{
    archive_set_up(archive, data);
    for (guint i = 0; i < G_N_ELEMENTS(dispatches); i++)
        file_dispatch(archive, &dispatches[i]);
}

static void
test_first(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *query;
        gint64 first;
        const char *suggestion;
    } cases[] = {
        {"kiem lam tuan tra ven duong", 1, NULL}, /* two places of the text */
        {"luong kiem lam tuan tra bao ve rung trong", 1,
         NULL}, /* one has all, one all but one in its subject */
        {"tuan tra baoo ve rung trong", 2, "tuan tra bao ve rung trong"},
        {"thong ke rumg so 11", 1, "thong ke rung so 11"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = cases[i].query});
        g_test_message("query '%s', '%s'", cases[i].query, result->suggestion);
        g_assert_cmpuint(result->hits->len, >, 0);
        const LtHit *hit = g_ptr_array_index(result->hits, 0);
        g_assert_cmpint(hit->record->id, ==, cases[i].first);
        g_assert_cmpstr(result->suggestion, ==, cases[i].suggestion);
    }
}

static void
test_joined(void)
{
    static const struct {
        const char *query, *text;
        guint joined;
    } cases[] = {
        {"bao ve rung", "tuần tra Bảo vệ rừng.", 2},
        {"bao ve rung", "bảo vệ, mùa rừng; bảo vệ", 1},
        {"bao ve rung", "vệ bảo", 0},
        {"bao ve rung", "", 0},
        {"rung rung rung", "rừng rừng, núi rừng", 1},
        {"a b c d e", "c d e, a b c", 3}, /* in two pieces, wherever it is cut */
        {"xet ho so 541 syt", "xét hồ sơ 541 SYT", 3},
        {"ban so 541 syt", "văn bản số 541 SYT", 2},
        {"bao OR cham ve rung", "chăm vé rừng", 2},
        {"\"bao ve\" rung", "bảo vệ rừng", 1},
        {"rung", "rừng", 0},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtQuery) query = lt_query_parse(cases[i].query);
        guint joined = lt_query_fit(query, cases[i].text).joined;
        g_test_message("'%s' in '%s': %u", cases[i].query, cases[i].text, joined);
        g_assert_cmpuint(joined, ==, cases[i].joined);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/rank/first", Archive, NULL, set_up, test_first, archive_tear_down);
    g_test_add_func("/rank/joined", test_joined);
    return g_test_run();
}
