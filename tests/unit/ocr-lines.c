/* Lines from made-up words with boxes: columns, foot, skew. */
#include <string.h>

#include "tests/unit/ocr-words.h"

static char *
build(Sheet *sheet)
{
    g_autoptr(LtPage) page = lt_lines_build(sheet->words, 1, LT_PAGE_FROM_OCR, WIDTH, HEIGHT);

    g_array_unref(sheet->words);
    return g_strdup(page->text);
}

static void
assert_text(Sheet *sheet, const char *expected)
{
    g_autofree char *text = build(sheet);
    g_autofree char *stripped = g_strdup(g_strchomp(text));

    g_assert_cmpstr(stripped, ==, expected);
}

static void
put_body(Sheet *sheet, double y, guint hint)
{
    for (guint i = 0; i < 6; i++)
        put(sheet, 85, y + i * 19, hint == G_MAXUINT ? hint : hint + i,
            "Thực hiện Công văn ngày 05 tháng 9 năm 2023 về việc này các cơ quan");
}

#define BODY_LINE "Thực hiện Công văn ngày 05 tháng 9 năm 2023 về việc này các cơ quan"
#define BODY BODY_LINE "\n" BODY_LINE "\n" BODY_LINE "\n" BODY_LINE "\n" BODY_LINE "\n" BODY_LINE

/* The left column ends 6 points (2 mm) before the right one begins, and the source took each pair
 * for one line, as Tesseract and Poppler do. */
static void
put_narrow_header(Sheet *sheet, guint hint, guint step)
{
    double end = put(sheet, 60, 60, hint, "ỦY BAN NHÂN DÂN TỈNH XA");

    put(sheet, end + 6, 60, hint, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    put_centred(sheet, 140, 77, hint + step, "SỞ NỘI VỤ");
    put_centred(sheet, 400, 77, hint + step, "Độc lập - Tự do - Hạnh phúc");
    put_centred(sheet, 140, 100, hint + 2 * step, "Số: 12/SNV-VP");
    put_centred(sheet, 400, 100, hint + 2 * step, "Tỉnh Xa, ngày 05 tháng 9 năm 2023");
    put_centred(sheet, 140, 118, hint + 3 * step, "V/v tăng cường công tác");
    put_centred(sheet, 140, 135, hint + 4 * step, "văn thư, lưu trữ");
    put(sheet, 150, 165, hint + 5 * step, "Kính gửi: Các cơ quan, đơn vị của tỉnh");
}

#define NARROW_HEADER                                                                                               \
    "ỦY BAN NHÂN DÂN TỈNH XA\nSỞ NỘI VỤ\nSố: 12/SNV-VP\nV/v tăng cường công tác\n"              \
    "văn thư, lưu trữ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" \
    "Tỉnh Xa, ngày 05 tháng 9 năm 2023\nKính gửi: Các cơ quan, đơn vị của tỉnh\n"

/* Lines of both columns at one height, as the source gives them, between a heading across the page and one at the left. Words beside a
 * list of amounts stay in their rows. */
static void
test_two_columns(void)
{
    static const char *const LEFT[] = {"Trong thời gian qua các sở", "và ủy ban các huyện đã có",
                                       "nhiều cố gắng trong việc"};
    static const char *const RIGHT[] = {"Tuy vậy một số đơn vị vẫn", "chưa báo cáo đúng hạn như",
                                        "văn bản đã quy định về"};
    g_autoptr(GString) expected =
        g_string_new("Về việc báo cáo kết quả thực hiện công tác quý một năm nay\n");
    Sheet columns = sheet_new(0), list = sheet_new(0);

    put(&columns, 85, 100, 0, "Về việc báo cáo kết quả thực hiện công tác quý một năm nay");
    for (guint i = 0; i < 12; i++) {
        put(&columns, 60, 130 + 17.0 * i, i + 1, LEFT[i % 3]);
        put(&columns, 320, 130 + 17.0 * i, i + 1, RIGHT[i % 3]);
        put(&list, 60, 130 + 17.0 * i, i + 1, LEFT[i % 3]);
        put(&list, 480, 130 + 17.0 * i, i + 1, "125.000");
    }
    put(&columns, 60, 130 + 17.0 * 12, 20, "Điều 5.");
    for (guint i = 0; i < 12; i++)
        g_string_append_printf(expected, "%s\n", LEFT[i % 3]);
    for (guint i = 0; i < 12; i++)
        g_string_append_printf(expected, "%s\n", RIGHT[i % 3]);
    g_string_append(expected, "Điều 5.");
    assert_text(&columns, expected->str);
    g_autofree char *rows = build(&list);
    g_assert_nonnull(strstr(rows, "Trong thời gian qua các sở 125.000"));
}

static void
test_header_joined_by_source(void)
{
    Sheet sheet = sheet_new(0);

    put_narrow_header(&sheet, 1, 1);
    put_body(&sheet, 190, 20);
    assert_text(&sheet, NARROW_HEADER BODY);
}

static void
test_header_without_hints(void)
{
    Sheet sheet = sheet_new(0);

    put_narrow_header(&sheet, G_MAXUINT, 0);
    put_body(&sheet, 190, G_MAXUINT);
    assert_text(&sheet, NARROW_HEADER BODY);
}

/* At 1.5 degrees a line falls by 15 points over the page, more than its height. */
static void
test_skewed_page(void)
{
    static const double degrees[] = {-1.5, 1.5};

    for (guint i = 0; i < G_N_ELEMENTS(degrees); i++) {
        Sheet sheet = sheet_new(degrees[i]);

        put_narrow_header(&sheet, 1, 1);
        put_body(&sheet, 190, 20);
        assert_text(&sheet, NARROW_HEADER BODY);
    }
}

static void
test_misread_header(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 80, 60, 1, "UBND TÍNH XA");
    put(&sheet, 300, 60, 1, "CỌNG HOÀ XÃ HỘI CHÚ NGHĨA VIẸT N4M");
    put(&sheet, 90, 77, 2, "SỞ Y TẾ");
    put(&sheet, 330, 77, 2, "Đôc lap Tư do -- Hanh phúc");
    put(&sheet, 80, 100, 3, "S6: 4 /SYT");
    put(&sheet, 310, 100, 3, "Tỉnh Xa, ngảy tháng 9 năm 2023");
    assert_text(&sheet, "UBND TÍNH XA\nSỞ Y TẾ\nS6: 4 /SYT\nCỌNG HOÀ XÃ HỘI CHÚ NGHĨA VIẸT N4M\n"
                        "Đôc lap Tư do -- Hanh phúc\nTỉnh Xa, ngảy tháng 9 năm 2023");
}

/* No date was read; the number was left blank for a pen; the subject is wider than all above it. */
static void
test_left_column_alone(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 100, 60, 1, "UBND TỈNH XA");
    put(&sheet, 300, 60, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    put(&sheet, 110, 77, 2, "SỞ Y TẾ");
    put(&sheet, 330, 77, 2, "Độc lập - Tự do - Hạnh phúc");
    put(&sheet, 90, 100, 3, "Số:");
    put(&sheet, 150, 100, 3, "/SYT-VP");
    put(&sheet, 60, 118, 4, "V/v tăng cường công tác văn thư,");
    put(&sheet, 110, 135, 5, "lưu trữ");
    put_body(&sheet, 190, 20);
    assert_text(&sheet,
                "UBND TỈNH XA\nSỞ Y TẾ\nSố: /SYT-VP\nV/v tăng cường công tác văn thư,\n"
                "lưu trữ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" BODY);
}

static void
test_party_header(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 80, 60, 1, "TỈNH ỦY XA");
    put(&sheet, 330, 60, 1, "ĐẢNG CỘNG SẢN VIỆT NAM");
    put(&sheet, 75, 77, 2, "BAN TUYÊN GIÁO");
    put(&sheet, 115, 92, 3, "*");
    put(&sheet, 80, 108, 4, "Số 31-CT/BTGTU");
    put(&sheet, 320, 108, 4, "Tỉnh Xa, ngày 02 tháng 4 năm 2019");
    put_body(&sheet, 160, 20);
    assert_text(&sheet, "TỈNH ỦY XA\nBAN TUYÊN GIÁO\n*\nSố 31-CT/BTGTU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
                        "Tỉnh Xa, ngày 02 tháng 4 năm 2019\n" BODY);
}

static void
test_wrapped_date(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 60, 60, 1, "ỦY BAN NHÂN DÂN");
    put(&sheet, 300, 60, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    put(&sheet, 60, 77, 2, "THÀNH PHỐ XA");
    put(&sheet, 330, 77, 2, "Độc lập - Tự do - Hạnh phúc");
    put(&sheet, 60, 100, 3, "Số: 7/QĐ-UB");
    put(&sheet, 300, 100, 3, "Thành phố Xa, ngày 01 tháng 02 năm");
    put_centred(&sheet, 400, 115, 4, "1995");
    put_centred(&sheet, 300, 150, 5, "QUYẾT ĐỊNH");
    assert_text(&sheet,
                "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ XA\nSố: 7/QĐ-UB\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                "Độc lập - Tự do - Hạnh phúc\nThành phố Xa, ngày 01 tháng 02 năm\n1995\n"
                "QUYẾT ĐỊNH");
}

/* The state's name and a date within running text do not part a line. */
static void
test_running_text(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 85, 60, 1, "của nước Cộng hòa xã hội chủ nghĩa Việt Nam, có hiệu lực thi");
    put(&sheet, 85, 79, 2, "hành theo Quyết định số 9/QĐ-BNV, ngày 05 tháng 9 năm 2023");
    assert_text(&sheet, "của nước Cộng hòa xã hội chủ nghĩa Việt Nam, có hiệu lực thi\n"
                        "hành theo Quyết định số 9/QĐ-BNV, ngày 05 tháng 9 năm 2023");
}

static void
test_foot(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 85, 560, 1, "phản ánh kịp thời để được hướng dẫn, giải quyết./.");
    put_centred(&sheet, 420, 590, 2, "KT. GIÁM ĐỐC");
    put(&sheet, 85, 600, 3, "Nơi nhận:");
    put_centred(&sheet, 420, 606, 4, "PHÓ GIÁM ĐỐC");
    put(&sheet, 85, 616, 5, "- Như trên;");
    put(&sheet, 85, 632, 6, "- Ủy ban nhân dân tỉnh (để báo cáo);");
    put(&sheet, 85, 690, 7, "- Lưu: VT.");
    put_centred(&sheet, 420, 690, 7, "Nguyễn Văn Ba");
    assert_text(&sheet, "phản ánh kịp thời để được hướng dẫn, giải quyết./.\nNơi nhận:\n"
                        "- Như trên;\n- Ủy ban nhân dân tỉnh (để báo cáo);\n- Lưu: VT.\n"
                        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNguyễn Văn Ba");
}

static void
test_table_rows(void)
{
    Sheet sheet = sheet_new(0);
    static const char *const cells[][3] = {
        {"TT", "Nội dung", "Số tiền"}, {"1", "Thu nội địa", "70,0"}, {"2", "Chi", "8,5"}};

    for (guint column = 0; column < 3; column++)
        for (guint row = 0; row < 3; row++)
            put(&sheet, 90 + 150 * column, 300 + 20 * row, 3 * column + row, cells[row][column]);
    assert_text(&sheet, "TT Nội dung Số tiền\n1 Thu nội địa 70,0\n2 Chi 8,5");
}

static void
test_second_header(void)
{
    Sheet sheet = sheet_new(0);

    put_narrow_header(&sheet, 1, 1);
    put_body(&sheet, 190, 20);
    put(&sheet, 85, 330, 30, "Nơi nhận:");
    put(&sheet, 380, 330, 30, "GIÁM ĐỐC");
    put(&sheet, 85, 345, 31, "- Lưu: VT.");
    put(&sheet, 380, 345, 31, "Nguyễn Văn Ba");
    put(&sheet, 60, 500, 40, "UBND HUYỆN GẦN");
    put(&sheet, 300, 500, 40, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    put(&sheet, 60, 520, 41, "Số: 3/SY-UBND");
    put(&sheet, 330, 520, 41, "Huyện Gần, ngày 9 tháng 9 năm 2023");
    assert_text(&sheet, NARROW_HEADER BODY
                "\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn Ba\nUBND HUYỆN GẦN\nSố: 3/SY-UBND\n"
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                "Huyện Gần, ngày 9 tháng 9 năm 2023");
}

static void
test_boxes_stay_with_words(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 300, 100, 2, "hai ba");
    put(&sheet, 60, 60, 1, "một");
    g_autoptr(LtPage) page = lt_lines_build(sheet.words, 3, LT_PAGE_FROM_OCR, WIDTH, HEIGHT);
    g_array_unref(sheet.words);
    g_assert_cmpuint(page->number, ==, 3);
    g_assert_cmpuint(page->n_words, ==, 3);
    g_assert_cmpuint(page->words[0].line, ==, 0);
    g_assert_cmpfloat_with_epsilon(page->words[0].box.x0, 60 / WIDTH, 1e-9);
    g_assert_cmpfloat_with_epsilon(page->words[1].box.x0, 300 / WIDTH, 1e-9);
    g_assert_cmpuint(page->words[2].confidence, ==, 90);
}

static void
test_nothing(void)
{
    Sheet sheet = sheet_new(0);

    assert_text(&sheet, "");
}

/* What a hostile document may hold: as many words as are allowed, all on one spot. */
static void
test_heap_of_words(void)
{
    GArray *words = lt_raw_words_new();

    for (guint i = 0; i < 20000; i++) {
        LtRawWord word = {.text = g_strdup("x"),
                          .box = {0.5, 0.5, 0.5, 0.5},
                          .confidence = 1,
                          .line_hint = G_MAXUINT};

        g_array_append_val(words, word);
    }
    g_autoptr(LtPage) page = lt_lines_build(words, 1, LT_PAGE_FROM_OCR, 0, 0);
    g_array_unref(words);
    g_assert_cmpuint(page->n_words, ==, 20000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lines/two-columns", test_two_columns);
    g_test_add_func("/lines/header-joined-by-source", test_header_joined_by_source);
    g_test_add_func("/lines/header-without-hints", test_header_without_hints);
    g_test_add_func("/lines/skewed-page", test_skewed_page);
    g_test_add_func("/lines/misread-header", test_misread_header);
    g_test_add_func("/lines/left-column-alone", test_left_column_alone);
    g_test_add_func("/lines/party-header", test_party_header);
    g_test_add_func("/lines/wrapped-date", test_wrapped_date);
    g_test_add_func("/lines/running-text", test_running_text);
    g_test_add_func("/lines/foot", test_foot);
    g_test_add_func("/lines/table-rows", test_table_rows);
    g_test_add_func("/lines/second-header", test_second_header);
    g_test_add_func("/lines/boxes-stay-with-words", test_boxes_stay_with_words);
    g_test_add_func("/lines/nothing", test_nothing);
    g_test_add_func("/lines/heap-of-words", test_heap_of_words);
    return g_test_run();
}
