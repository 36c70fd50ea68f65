/* Which text layers are kept. */
#include "ocr/verdict.h"

#define VIETNAMESE                                                                                                   \
    "Thực hiện Công văn số 20/CV-BCĐNQ của Ban Chỉ đạo về tăng cường công tác thông tin,\n" \
    "Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị quan tâm tuyên truyền\n"         \
    "thành tựu bảo đảm quyền con người trên địa bàn tỉnh trong thời gian tới."

/* The same read by an English recogniser. */
#define ENGLISH_GARBAGE                                                                            \
    "Thyc hign Cong van s6 20/CV-BCDNQ ctia Ban Chi dgo vé ting cuémg c6ng tac th6ng tin,\n"     \
    "S@ Thong tin va Truyén th6ng dé nghi cac co quan, don vj quan tam tuyén truyén\n"         \
    "thanh twu bao dam quyén con ngudi trén dia ban tinh trong thdi gian tdi."

#define TCVN3                                                                                          \
    "Thùc hiÖn C«ng v¨n sè 20/CV cña Ban ChØ ®¹o vÒ t¨ng c−êng c«ng t¸c th«ng tin,\n" \
    "Së Th«ng tin vµ TruyÒn th«ng ®Ò nghÞ c¸c c¬ quan, ®¬n vÞ quan t©m tuyªn truyÒn"

#define ENGLISH                                                                                    \
    "The Department requests every agency to report the results of the programme before\n"         \
    "the end of September, together with its plan for the following year and the budget."

#define ABBREVIATIONS                                                                              \
    "UBND, HĐND, UBMTTQ, BTTTT, STTTT, BCĐNQ, LĐTBXH, TNMT, KHĐT, VHTTDL, GDĐT, NNPTNT,\n"    \
    "Sở Công Thương, Sở Tư pháp, Sở Y tế, BQLKKT, VPUB, TTBCXB, PTTH."

#define DOWNLOADED                                                                                                   \
    "Văn bản này được tải từ Cổng Thông tin điện tử của Ủy ban nhân dân tỉnh Lào Cai\n" \
    "theo yêu cầu của người dùng vào lúc 10 giờ 32 phút ngày 12 tháng 5 năm 2015"

#define STAMP                                                                                      \
    "Ký bởi: Cổng Thông tin điện tử Chính phủ\nEmail: thongtin@example.vn\n"         \
    "Cơ quan: Văn phòng Chính phủ\nThời gian ký: 12.05.2015 10:32:58 +07:00"

static void
add_lines(LtPageBuilder *builder, const char *text, LtPageZone zone)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++) {
        LtBox box = {0.15, 0.1 + 0.02 * i, 0.9, 0.115 + 0.02 * i};

        lt_page_builder_add_word(builder, lines[i], &box, 100, zone);
        lt_page_builder_end_line(builder);
    }
}

static LtPage *
page_of(const char *text)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_TEXT_LAYER, 595, 842);

    add_lines(builder, text, LT_PAGE_ZONE_UNKNOWN);
    return lt_page_builder_finish(builder);
}

static void
assert_verdict(const char *text, double image_share, LtLayerVerdict expected)
{
    g_autoptr(LtPage) page = page_of(text);

    g_assert_cmpstr(lt_layer_verdict_name(lt_layer_judge(page, image_share)), ==,
                    lt_layer_verdict_name(expected));
}

static void
test_born_digital(void)
{
    assert_verdict(VIETNAMESE, 0, LT_LAYER_KEEP);
    assert_verdict(VIETNAMESE, 0.2, LT_LAYER_KEEP);
    assert_verdict(ENGLISH, 0, LT_LAYER_KEEP);
    assert_verdict(ABBREVIATIONS, 0, LT_LAYER_KEEP);
}

static void
test_few_words(void)
{
    assert_verdict("2\nNguyễn Văn Ba", 0, LT_LAYER_KEEP);
    assert_verdict("QUY CHẾ\nlàm việc", 0.1, LT_LAYER_KEEP);
    assert_verdict("1 2 3 4 5 6 7\n12,5 14,0 55,1 % 30/6 1.200.300", 0, LT_LAYER_KEEP);
}

static void
test_nothing(void)
{
    assert_verdict("", 0, LT_LAYER_NONE);
    assert_verdict("", 1, LT_LAYER_NONE);
}

static void
test_scan(void)
{
    assert_verdict(VIETNAMESE, 1, LT_LAYER_KEEP);
    assert_verdict("CamScanner", 1, LT_LAYER_NONE);
    assert_verdict(DOWNLOADED, 1, LT_LAYER_NONE);
    assert_verdict(ENGLISH_GARBAGE, 1, LT_LAYER_GARBAGE);
    assert_verdict(ENGLISH, 1, LT_LAYER_GARBAGE);
}

static void
test_tiny_letters_on_scan(void)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_TEXT_LAYER, 595, 842);

    lt_page_builder_add_word(builder, VIETNAMESE, &(LtBox){0.1, 0.1, 0.2, 0.11}, 100, 0);
    g_autoptr(LtPage) page = lt_page_builder_finish(builder);
    g_assert_cmpint(lt_layer_judge(page, 1), ==, LT_LAYER_NONE);
    g_assert_cmpint(lt_layer_judge(page, 0), ==, LT_LAYER_KEEP);
}

static void
test_garbage(void)
{
    assert_verdict(ENGLISH_GARBAGE, 0, LT_LAYER_GARBAGE);
    /* A font without its marked letters. */
    assert_verdict("DI HOC DA NANG cong hoa xa hoi chu nghia viet nam doc lap tu do hanh phuc", 0,
                   LT_LAYER_GARBAGE);
}

static void
test_legacy(void)
{
    assert_verdict(TCVN3, 0, LT_LAYER_LEGACY);
    assert_verdict(TCVN3, 1, LT_LAYER_LEGACY);
}

static void
assert_stamped(const char *text, double image_share, LtLayerVerdict expected)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_TEXT_LAYER, 595, 842);

    add_lines(builder, text, LT_PAGE_ZONE_UNKNOWN);
    add_lines(builder, STAMP, LT_PAGE_ZONE_SIGNATURE);
    g_autoptr(LtPage) page = lt_page_builder_finish(builder);
    g_assert_cmpstr(lt_layer_verdict_name(lt_layer_judge(page, image_share)), ==,
                    lt_layer_verdict_name(expected));
}

/* A stamp is no text of the page, and does not make good what is none. */
static void
test_stamp(void)
{
    assert_stamped("", 1, LT_LAYER_STAMP);
    assert_stamped("CamScanner", 1, LT_LAYER_STAMP);
    assert_stamped(VIETNAMESE, 0, LT_LAYER_KEEP);
    assert_stamped(VIETNAMESE, 1, LT_LAYER_KEEP);
    assert_stamped(ENGLISH_GARBAGE, 1, LT_LAYER_GARBAGE);
    assert_stamped(ENGLISH_GARBAGE, 0, LT_LAYER_GARBAGE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verdict/born-digital", test_born_digital);
    g_test_add_func("/verdict/few-words", test_few_words);
    g_test_add_func("/verdict/nothing", test_nothing);
    g_test_add_func("/verdict/scan", test_scan);
    g_test_add_func("/verdict/tiny-letters-on-scan", test_tiny_letters_on_scan);
    g_test_add_func("/verdict/garbage", test_garbage);
    g_test_add_func("/verdict/legacy", test_legacy);
    g_test_add_func("/verdict/stamp", test_stamp);
    return g_test_run();
}
