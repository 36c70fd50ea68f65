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
         NULL},                          /* one has all, one all but one in its subject */
        {"kiem lam ven duong", 1, NULL}, /* both have the words, one has each two side by side */
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

/* More documents than texts are compared: the oldest alone has the marks that were typed. */
static void
test_marks(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    for (guint i = 0; i < 60; i++) {
        g_autofree char *number = g_strdup_printf("%u/SYT", i + 1);
        g_autofree char *text = g_strdup_printf("Đề nghị %s báo cáo lần %u.",
                                                i == 0 ? "Bệnh viện huyện" : "Bênh viên huyên", i);
        file_dispatch(archive, &(Dispatch){number, "2024-03-01", "Sở Y tế", "Huế", "Công văn",
                                           "báo cáo", text});
    }
    g_autoptr(LtSearchResult) all =
        search(archive, (LtSearch){.query = "\"bệnh viện huyện\"", .limit = 100});
    g_assert_cmpuint(all->total, ==, 60);
    const LtHit *first = g_ptr_array_index(all->hits, 0);
    g_assert_cmpint(first->record->id, ==, 1);
}

/* A phrase that no document has takes away what the other words almost found: then spellings are tried as where
 * nothing was found. What is quoted is not spelled otherwise where there are results. */
static void
test_phrases(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtSearchResult) missing =
        search(archive, (LtSearch){.query = "\"kiểm lâm zzz\" tuần tra bảo"});
    g_assert_cmpstr(missing->suggestion, ==, "tuần tra bảo");
    g_assert_cmpuint(missing->hits->len, >, 0);
    g_autoptr(LtSearchResult) number =
        search(archive, (LtSearch){.query = "\"số 12\" thong keee rung"});
    g_test_message("%s", number->suggestion);
    g_assert_true(number->suggestion == NULL || strstr(number->suggestion, "so so") == NULL);
    g_autoptr(LtSearchResult) quoted =
        search(archive, (LtSearch){.query = "tuần \"traa\" bảo vệ rừng trồng"});
    g_assert_null(quoted->suggestion);
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

static void
test_marked(void)
{
    static const struct {
        const char *query, *text;
        gboolean marked;
    } cases[] = {
        {"bảo vệ", "Bảo vệ rừng", TRUE},
        {"bảo vệ", "bao ve; bảo", FALSE},
        {"bảo ve", "BẢO VỆ", TRUE},
        {"bao ve", "bảo vệ", FALSE},
        {"\"Bảo vệ rừng\"", "BẢO VỆ RỪNG", TRUE},
        {"\"bảo vệ rừng\"", "bào vệ rừng", FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtQuery) query = lt_query_parse(cases[i].query);
        g_test_message("'%s' in '%s'", cases[i].query, cases[i].text);
        g_assert_cmpint(lt_query_fit(query, cases[i].text).marked, ==, cases[i].marked);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/rank/first", Archive, NULL, set_up, test_first, archive_tear_down);
    g_test_add("/rank/marks", Archive, NULL, archive_set_up, test_marks, archive_tear_down);
    g_test_add("/rank/phrases", Archive, NULL, set_up, test_phrases, archive_tear_down);
    g_test_add_func("/rank/joined", test_joined);
    g_test_add_func("/rank/marked", test_marked);
    return g_test_run();
}
