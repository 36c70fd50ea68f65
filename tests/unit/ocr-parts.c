/* What part of the page words belong to, and tables read cell by cell. */
#include <string.h>

#include "tests/unit/ocr-words.h"

#define LINE "thực hiện nhiệm vụ được giao theo kế hoạch của cơ quan đơn vị trong năm nay"

/* Like put, in letters of another height. */
static void
put_sized(Sheet *sheet, double x, double y, double height, const char *text)
{
    guint first = sheet->words->len;

    put(sheet, x, y, G_MAXUINT, text);
    for (guint i = first; i < sheet->words->len; i++) {
        LtBox *box = &g_array_index(sheet->words, LtRawWord, i).box;

        box->y0 = (y - height / 2) / HEIGHT;
        box->y1 = (y + height / 2) / HEIGHT;
    }
}

static LtPage *
build(Sheet *sheet)
{
    LtPage *page = lt_lines_build(sheet->words, 1, LT_PAGE_FROM_TEXT_LAYER, WIDTH, HEIGHT);

    g_array_unref(sheet->words);
    return page;
}

/* All words of the line that begins so are of the zone. */
static void
assert_zone(const LtPage *page, const char *start, LtPageZone zone)
{
    g_auto(GStrv) lines = lt_page_dup_lines(page);
    guint n = 0;

    for (guint i = 0; i < page->n_words; i++) {
        if (!g_str_has_prefix(lines[page->words[i].line], start))
            continue;
        g_assert_cmpuint(page->words[i].zone, ==, zone);
        n++;
    }
    g_assert_cmpuint(n, >, 0);
}

static void
put_lines(Sheet *sheet, double y, guint n)
{
    for (guint i = 0; i < n; i++)
        put(sheet, 85, y + i * 19, G_MAXUINT, LINE);
}

static void
test_first_page(void)
{
    Sheet sheet = sheet_new(0);

    put_centred(&sheet, 150, 70, G_MAXUINT, "SỞ NỘI VỤ");
    put_centred(&sheet, 420, 70, G_MAXUINT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    put_centred(&sheet, 420, 87, G_MAXUINT, "Độc lập - Tự do - Hạnh phúc");
    put_centred(&sheet, 150, 110, G_MAXUINT, "Số: 12/QĐ-SNV");
    put_centred(&sheet, 420, 110, G_MAXUINT, "Lai Châu, ngày 05 tháng 9 năm 2023");
    put_centred(&sheet, 340, 160, G_MAXUINT, "QUYẾT ĐỊNH");
    put_centred(&sheet, 340, 180, G_MAXUINT, "Về việc ban hành quy chế");
    put_lines(&sheet, 220, 8);
    put(&sheet, 85, 420, G_MAXUINT, "Nơi nhận:");
    put(&sheet, 85, 437, G_MAXUINT, "- Như trên;");
    put(&sheet, 85, 454, G_MAXUINT, "- Lưu: VT.");
    put_centred(&sheet, 430, 420, G_MAXUINT, "GIÁM ĐỐC");
    put_centred(&sheet, 430, 500, G_MAXUINT, "Lò Minh Hiệp");
    put_centred(&sheet, 297, 800, G_MAXUINT, "Địa chỉ: 12 đường 30/4, thành phố Lai Châu");
    g_autoptr(LtPage) page = build(&sheet);

    assert_zone(page, "SỞ NỘI VỤ", LT_PAGE_ZONE_ISSUER);
    assert_zone(page, "Số:", LT_PAGE_ZONE_ISSUER);
    assert_zone(page, "Độc lập", LT_PAGE_ZONE_STATE);
    assert_zone(page, "Lai Châu", LT_PAGE_ZONE_STATE);
    assert_zone(page, "QUYẾT ĐỊNH", LT_PAGE_ZONE_TITLE);
    assert_zone(page, "Về việc", LT_PAGE_ZONE_TITLE);
    assert_zone(page, "thực hiện", LT_PAGE_ZONE_BODY);
    assert_zone(page, "- Như trên", LT_PAGE_ZONE_RECIPIENTS);
    assert_zone(page, "GIÁM ĐỐC", LT_PAGE_ZONE_SIGNER);
    assert_zone(page, "Địa chỉ", LT_PAGE_ZONE_MARGIN);
}

static void
test_other_page(void)
{
    Sheet sheet = sheet_new(0);

    put(&sheet, 85, 30, G_MAXUINT, "Sổ tay nghiệp vụ");
    put_centred(&sheet, 300, 52, G_MAXUINT, "2");
    put_lines(&sheet, 80, 30);
    put_sized(&sheet, 85, 700, 11, "1 Theo báo cáo của đơn vị");
    put_sized(&sheet, 85, 714, 11, "trong quý một và quý hai");
    put_centred(&sheet, 300, 815, G_MAXUINT, "- 3 -");
    g_autoptr(LtPage) page = build(&sheet);

    assert_zone(page, "Sổ tay", LT_PAGE_ZONE_MARGIN);
    assert_zone(page, "2", LT_PAGE_ZONE_PAGE_NUMBER);
    assert_zone(page, "thực hiện", LT_PAGE_ZONE_BODY);
    assert_zone(page, "1 Theo", LT_PAGE_ZONE_FOOTNOTE);
    assert_zone(page, "trong quý", LT_PAGE_ZONE_FOOTNOTE);
    assert_zone(page, "- 3 -", LT_PAGE_ZONE_PAGE_NUMBER);
}

/* A short last line of a paragraph, and one indented, are no titles; figures within the text no page numbers. */
static void
test_plain_text(void)
{
    Sheet sheet = sheet_new(0);

    put_lines(&sheet, 100, 10);
    put(&sheet, 85, 290, G_MAXUINT, "trong năm nay.");
    put(&sheet, 121, 309, G_MAXUINT, "Căn cứ Luật Lưu trữ; " LINE);
    put(&sheet, 85, 328, G_MAXUINT, "2024");
    put_lines(&sheet, 347, 3);
    g_autoptr(LtPage) page = build(&sheet);

    for (guint i = 0; i < page->n_words; i++)
        g_assert_cmpuint(page->words[i].zone, ==, LT_PAGE_ZONE_BODY);
}

static void
put_row(Sheet *sheet, double y, const char *number, const char *what, const char *sum)
{
    if (*number)
        put(sheet, 90, y, G_MAXUINT, number);
    if (*what)
        put(sheet, 130, y, G_MAXUINT, what);
    if (*sum)
        put(sheet, 430, y, G_MAXUINT, sum);
}

#define TABLE_READ                                                                                 \
    "STT Nội dung Số tiền\n1\nChi cho giáo dục\nvà đào tạo\n12.500\nđồng\n2 Chi y tế 7.000\n"
#define TABLE_END "3\nChi cho\nviệc khác\n900\nTổng cộng 20.400\n"

static void
put_table(Sheet *sheet)
{
    put_row(sheet, 300, "STT", "Nội dung", "Số tiền");
    put_row(sheet, 318, "1", "Chi cho giáo dục", "12.500");
    put_row(sheet, 336, "", "và đào tạo", "đồng");
    put_row(sheet, 354, "2", "Chi y tế", "7.000");
    put_row(sheet, 372, "3", "Chi cho", "900");
    put_row(sheet, 390, "", "việc khác", "");
    put_row(sheet, 408, "", "Tổng cộng", "20.400");
}

static void
test_cells_in_order(void)
{
    Sheet sheet = sheet_new(0);

    put_lines(&sheet, 100, 8);
    put_table(&sheet);
    put_lines(&sheet, 440, 3);
    g_autoptr(LtPage) page = build(&sheet);

    g_assert_nonnull(strstr(page->text, TABLE_READ TABLE_END "thực hiện"));
    assert_zone(page, "STT", LT_PAGE_ZONE_TABLE);
    assert_zone(page, "và đào tạo", LT_PAGE_ZONE_TABLE);
    assert_zone(page, "thực hiện", LT_PAGE_ZONE_BODY);
}

/* Numbers at half the height of their rows do not tell where these begin, but spaces may; else lines stay
 * as they stand. */
static void
test_numbers_in_the_middle(void)
{
    Sheet sheet = sheet_new(0);

    put_lines(&sheet, 60, 6);
    put_row(&sheet, 300, "STT", "Nội dung", "Số tiền");
    put_row(&sheet, 318, "", "Chi cho giáo dục", "12.500");
    put_row(&sheet, 327, "1", "", "");
    put_row(&sheet, 336, "", "và đào tạo", "đồng");
    put_row(&sheet, 354, "2", "Chi y tế", "7.000");
    put_lines(&sheet, 400, 3);
    put_row(&sheet, 600, "STT", "Nội dung", "Số tiền");
    put_row(&sheet, 618, "", "Chi cho", "12.500");
    put_row(&sheet, 636, "1", "giáo dục", "đồng");
    put_row(&sheet, 654, "", "và đào tạo", "mỗi năm");
    put_row(&sheet, 672, "2", "Chi y tế", "7.000");
    g_autoptr(LtPage) page = build(&sheet);

    g_assert_nonnull(
        strstr(page->text, "1\nChi cho giáo dục\nvà đào tạo\n12.500\nđồng\n2 Chi y tế 7.000\n"));
    g_assert_nonnull(strstr(page->text, "Chi cho 12.500\n1 giáo dục đồng\nvà đào tạo mỗi năm\n"));
}

static void
test_arrival(void)
{
    Sheet sheet = sheet_new(0);

    put_centred(&sheet, 150, 70, G_MAXUINT, "SỞ NỘI VỤ");
    put_centred(&sheet, 420, 70, G_MAXUINT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    put_centred(&sheet, 420, 87, G_MAXUINT, "Độc lập - Tự do - Hạnh phúc");
    put(&sheet, 90, 130, G_MAXUINT, "ĐẾN");
    put(&sheet, 90, 147, G_MAXUINT, "Số: 415");
    put(&sheet, 90, 164, G_MAXUINT, "Ngày: 12/3/2024");
    put(&sheet, 90, 181, G_MAXUINT, "Chuyển: Phòng Tổ chức");
    put_lines(&sheet, 240, 6);
    g_autoptr(LtPage) page = build(&sheet);

    assert_zone(page, "ĐẾN", LT_PAGE_ZONE_ARRIVAL);
    assert_zone(page, "Số: 415", LT_PAGE_ZONE_ARRIVAL);
    assert_zone(page, "Chuyển", LT_PAGE_ZONE_ARRIVAL);
    assert_zone(page, "thực hiện", LT_PAGE_ZONE_BODY);
}

/* Rows of three cells without end: time must not grow with their square. */
static void
test_endless_table(void)
{
    Sheet sheet = sheet_new(0);

    for (guint i = 0; i < 20000; i++)
        put_row(&sheet, 40 + i * 0.04, i % 2 ? "1" : "", "a", "b");
    g_autoptr(LtPage) page = build(&sheet);

    g_assert_cmpuint(page->n_words, >, 1000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/parts/first-page", test_first_page);
    g_test_add_func("/parts/other-page", test_other_page);
    g_test_add_func("/parts/plain-text", test_plain_text);
    g_test_add_func("/parts/cells-in-order", test_cells_in_order);
    g_test_add_func("/parts/numbers-in-the-middle", test_numbers_in_the_middle);
    g_test_add_func("/parts/arrival", test_arrival);
    g_test_add_func("/parts/endless-table", test_endless_table);
    return g_test_run();
}
