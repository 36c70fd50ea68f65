/* Text layers: legacy codes run by run, signatures apart, fonts that do not say their letters. */
#include "ocr/layer.h"

#include "tests/unit/ocr-inputs.h"

#define A4 "/MediaBox [0 0 595 842]"

/* content: in UTF-8, goes into the file as Latin-1. (transfer full) */
static LtPage *
layer_of(const char *content, gboolean *ret_broken)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *latin = g_convert(content, -1, "ISO-8859-1", "UTF-8", NULL, NULL, &error);
    g_assert_no_error(error);
    g_autoptr(GString) pdf = input_pdf(&(PdfInput){.page = A4, .n_pages = 1, .content = latin});
    g_autoptr(GBytes) bytes = g_bytes_new(pdf->str, pdf->len);
    g_autoptr(PopplerDocument) document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    g_autoptr(PopplerPage) page = poppler_document_get_page(document, 0);
    return lt_layer_read(page, 1, 595, 842, ret_broken);
}

static void
expect_layer(const char *content, LtPageSource source, const char *expected)
{
    gboolean broken = TRUE;
    g_autoptr(LtPage) page = layer_of(content, &broken);
    g_assert_cmpstr(page->text, ==, expected);
    g_assert_cmpint(page->source, ==, source);
    g_assert_false(broken);
    g_assert_true((page->raw_text != NULL) == (source == LT_PAGE_FROM_LEGACY));
}

#define TCVN3                                                                                                  \
    "BT /L 12 Tf 60 700 Td (C¨n cø NghÞ ®Þnh sè 20 cña ChÝnh phñ vÒ viÖc t¨ng c\u00ADêng) Tj "    \
    "0 -16 Td (c«ng t¸c th«ng tin, §iÒu 5 - Toµn v¨n) Tj 0 -16 Td (NGHÞ §ÞNH CñA Bé TµI CHÝNH) " \
    "Tj ET "
#define TCVN3_READ                                                                                 \
    "Căn cứ Nghị định số 20 của Chính phủ về việc tăng cường\n"             \
    "công tác thông tin, Điều 5 - Toàn văn\nNGHỊ ĐỊNH CỦA BỘ TÀI CHÍNH\n"

static void
test_tcvn3(void)
{
    expect_layer(TCVN3, LT_PAGE_FROM_LEGACY, TCVN3_READ);
    expect_layer("BT /LH 12 Tf 60 740 Td (ban qu¶n lý dù ¸n) Tj ET " TCVN3, LT_PAGE_FROM_LEGACY,
                 "BAN QUẢN LÝ DỰ ÁN\n" TCVN3_READ);
    /* nothing but its font tells how this is to be read */
    expect_layer("BT /LH 12 Tf 60 740 Td (ban thi ®ua) Tj ET " TCVN3, LT_PAGE_FROM_LEGACY,
                 "BAN THI ĐUA\n" TCVN3_READ);
    expect_layer("BT /LH 12 Tf 60 740 Td (nam) Tj ET " TCVN3, LT_PAGE_FROM_LEGACY,
                 "NAM\n" TCVN3_READ);
    /* a word in two fonts */
    expect_layer("BT /F 12 Tf 60 740 Td (T) Tj /L 12 Tf (Ønh) Tj ET " TCVN3, LT_PAGE_FROM_LEGACY,
                 "Tỉnh\n" TCVN3_READ);
}

static void
test_raw_layer_is_kept(void)
{
    gboolean broken;
    g_autoptr(LtPage) page = layer_of(TCVN3, &broken);
    g_assert_nonnull(strstr(page->raw_text, "C¨n cø NghÞ ®Þnh"));
    g_assert_nonnull(strstr(page->raw_text, "c\u2212êng"));
    g_assert_cmpfloat(page->confidence, ==, 1);
}

static void
test_vni(void)
{
    expect_layer("BT /V 12 Tf 60 700 Td (Caên cöù Nghò ñònh soá 20 cuûa Chính phuû) Tj 0 -16 Td "
                 "(COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM) Tj ET",
                 LT_PAGE_FROM_LEGACY,
                 "Căn cứ Nghị định số 20 của Chính phủ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n");
}

/* Each font by itself, and within one each line. */
static void
test_mixed(void)
{
    expect_layer("BT /T 12 Tf 60 740 Td (và các cô chú có quà) Tj ET " TCVN3, LT_PAGE_FROM_LEGACY,
                 "và các cô chú có quà\n" TCVN3_READ);
    expect_layer("BT /L 12 Tf 60 740 Td (và các cô chú có nhà khoán) Tj ET " TCVN3,
                 LT_PAGE_FROM_LEGACY, "và các cô chú có nhà khoán\n" TCVN3_READ);
}

/* Names of fonts outlive a conversion to Unicode. */
static void
test_unicode_in_legacy_fonts(void)
{
    expect_layer("BT /L 12 Tf 60 700 Td (và các cô chú có quà, 20 m² ½) Tj ET",
                 LT_PAGE_FROM_TEXT_LAYER, "và các cô chú có quà, 20 m² ½\n");
    expect_layer("BT /LH 12 Tf 60 700 Td (nam) Tj ET", LT_PAGE_FROM_TEXT_LAYER, "nam\n");
    expect_layer("BT /F 12 Tf 60 700 Td (façade, naïve, Übergröße) Tj ET", LT_PAGE_FROM_TEXT_LAYER,
                 "façade, naïve, Übergröße\n");
}

#define BODY                                                                                       \
    "BT /F 12 Tf 60 700 Td (và các cô chú có quà) Tj 0 -16 Td (là nhà khoán quê ta) Tj " \
    "0 -16 Td (có là các ông bà) Tj ET "
#define BODY_READ "và các cô chú có quà\nlà nhà khoán quê ta\ncó là các ông bà\n"

static void
expect_stamp(const char *content, const char *text, const char *stamp)
{
    gboolean broken;
    g_autoptr(LtPage) page = layer_of(content, &broken);
    g_autofree char *all = g_strconcat(text, stamp, NULL);
    glong from = g_utf8_strlen(text, -1);

    g_assert_cmpstr(page->text, ==, all);
    g_assert_true(*stamp == '\0' || page->n_words > 0);
    for (guint i = 0; i < page->n_words; i++)
        g_assert_true((page->words[i].zone == LT_PAGE_ZONE_SIGNATURE) ==
                      (page->words[i].start >= from));
}

/* Ư, ờ, ộ are not in the test's fonts; folding makes that no matter. */
static void
test_stamps(void)
{
    expect_stamp(BODY, BODY_READ, "");
    /* beside the text, with a line that goes on and figures below the last */
    expect_stamp(
        BODY "BT /F 8 Tf 350 702 Td (Ký boi: Công Thông tin diên tu Chính) Tj 0 -10 Td (phu) Tj "
             "0 -10 Td (Email: tin@chinhphu.vn) Tj 0 -10 Td (Co quan: Van phòng) Tj "
             "0 -10 Td (Thoi gian ký: 12.05.2015) Tj 0 -10 Td (10:32:58 +07:00) Tj ET",
        BODY_READ,
        "Ký boi: Công Thông tin diên tu Chính\nphu\nEmail: tin@chinhphu.vn\n"
        "Co quan: Van phòng\nThoi gian ký: 12.05.2015\n10:32:58 +07:00\n");
    expect_stamp(BODY "BT /F 8 Tf 60 780 Td (Nguoi ký: CÔNG THÔNG TIN Email: tin@chinhphu.vn "
                      "Thoi gian ký: 12.05.2015 10:32:58 +07:00) Tj ET",
                 BODY_READ,
                 "Nguoi ký: CÔNG THÔNG TIN Email: tin@chinhphu.vn Thoi gian ký: 12.05.2015 "
                 "10:32:58 +07:00\n");
    expect_stamp("BT /F 8 Tf 60 780 Td (Ngày ký: 18/12/2024 15:15:09) Tj ET " BODY, BODY_READ,
                 "Ngày ký: 18/12/2024 15:15:09\n");
}

/* The same words in a letter are part of it. */
static void
test_no_stamps(void)
{
    static const char *const lines[] = {
        "Nguoi ký van ban có trách nhiêm",
        "Ngày ký: 18/12/2024",
        "Email: so@tinh.vn",
        "Co quan: Van phòng",
        "ký boi",
        "KÝ",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *content =
            g_strdup_printf("BT /F 12 Tf 60 740 Td (%s) Tj ET " BODY, lines[i]);
        g_autofree char *text = g_strdup_printf("%s\n" BODY_READ, lines[i]);
        expect_stamp(content, text, "");
    }
}

/* Glyphs by number and no table that says what they are. */
static void
test_fonts_without_unicode(void)
{
    gboolean broken = FALSE;
    g_autoptr(LtPage) shifted = layer_of(
        BODY "BT /G 12 Tf 60 500 Td <002600340031001A0003> Tj 60 0 Td <00110012001300140015> Tj "
             "60 0 Td <00120013001100140015> Tj 60 0 Td <0013001100140012> Tj ET",
        &broken);
    g_assert_true(broken);

    /* bullets and the like come out of symbol fonts */
    g_autoptr(LtPage) bullets = layer_of(
        BODY
        "BT /G 12 Tf 60 500 Td <0011> Tj 0 -20 Td <0012> Tj 0 -20 Td <0013> Tj 0 -20 Td <0014> "
        "Tj ET",
        &broken);
    g_assert_false(broken);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layer/tcvn3", test_tcvn3);
    g_test_add_func("/layer/raw-layer-is-kept", test_raw_layer_is_kept);
    g_test_add_func("/layer/vni", test_vni);
    g_test_add_func("/layer/mixed", test_mixed);
    g_test_add_func("/layer/unicode-in-legacy-fonts", test_unicode_in_legacy_fonts);
    g_test_add_func("/layer/stamps", test_stamps);
    g_test_add_func("/layer/no-stamps", test_no_stamps);
    g_test_add_func("/layer/fonts-without-unicode", test_fonts_without_unicode);
    return g_test_run();
}
