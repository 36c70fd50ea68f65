/* Seals without a colour of their own, drawn by the test: their rings found, and the signer's title
 * and name read beneath them. */
#include <string.h>

#include "ocr/lines.h"
#include "ocr/names.h"
#include "ocr/recognise.h"
#include "ocr/seal.h"

#include "tests/unit/ocr-inputs.h"
#include "tests/unit/ocr-sheet.h"

#define DPI 200
#define SEAL_X 330 /* points */
#define SEAL_Y 645
#define SEAL_RADIUS 52

static void
put_circle(Sheet *sheet, double radius, double line)
{
    cairo_set_line_width(sheet->cairo, line);
    cairo_new_sub_path(sheet->cairo);
    cairo_arc(sheet->cairo, SEAL_X, SEAL_Y, radius, 0, 2 * G_PI);
    cairo_stroke(sheet->cairo);
}

/* Two circles and the office's name within, all in one tone of grey. */
static void
put_seal(Sheet *sheet, double tone)
{
    cairo_set_operator(sheet->cairo, CAIRO_OPERATOR_MULTIPLY);
    cairo_set_source_rgb(sheet->cairo, tone, tone, tone);
    put_circle(sheet, SEAL_RADIUS, 2);
    put_circle(sheet, 36, 1);
    cairo_set_font_size(sheet->cairo, 8);
    put(sheet, SEAL_X - 28, SEAL_Y - 4, "SỞ NÔNG NGHIỆP");
    put(sheet, SEAL_X - 28, SEAL_Y + 10, "MÔI TRƯỜNG");
    cairo_set_font_size(sheet->cairo, 14);
}

static void
put_signature(Sheet *sheet)
{
    cairo_set_source_rgb(sheet->cairo, 0.1, 0.1, 0.1);
    cairo_set_line_width(sheet->cairo, 1.5);
    cairo_move_to(sheet->cairo, 345, 665);
    cairo_curve_to(sheet->cairo, 360, 600, 385, 700, 400, 640);
    cairo_curve_to(sheet->cairo, 410, 620, 420, 690, 470, 630);
    cairo_stroke(sheet->cairo);
}

static void
put_signer(Sheet *sheet)
{
    cairo_select_font_face(sheet->cairo, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    put(sheet, 372, 605, "GIÁM ĐỐC");
    put(sheet, 346, 708, "Nguyễn Hoàng Giang");
}

static PIX *
draw_signed(double tone)
{
    Sheet sheet = sheet_new(DPI, 0, 1);

    put_dispatch(&sheet);
    put_signer(&sheet);
    put_seal(&sheet, tone);
    put_signature(&sheet);
    return take_pix(&sheet, FALSE);
}

static GArray *
find_rings(PIX *grey)
{
    g_autoptr(PIX) ink = pixConvertTo1(grey, 160);

    return lt_rings_find(ink, DPI);
}

static void
test_ring_found(void)
{
    const double SCALE = DPI / 72.0;
    g_autoptr(PIX) pix = draw_signed(0);
    g_autoptr(GArray) rings = find_rings(pix);

    g_assert_cmpuint(rings->len, ==, 1);
    const LtRing *ring = &g_array_index(rings, LtRing, 0);
    g_assert_cmpfloat_with_epsilon(ring->x, SEAL_X * SCALE, 2.5);
    g_assert_cmpfloat_with_epsilon(ring->y, SEAL_Y * SCALE, 2.5);
    g_assert_cmpfloat_with_epsilon(ring->radius, SEAL_RADIUS * SCALE, 4.5);
}

/* Neither text, nor a frame, nor a disc is a ring; nor is anything on a page without room for one. */
static void
test_no_ring(void)
{
    Sheet sheet = sheet_new(DPI, 0, 1);

    put_dispatch(&sheet);
    cairo_rectangle(sheet.cairo, 300, 500, 105, 105);
    cairo_stroke(sheet.cairo);
    cairo_arc(sheet.cairo, 150, 650, SEAL_RADIUS, 0, 2 * G_PI);
    cairo_fill(sheet.cairo);
    g_autoptr(PIX) pix = take_pix(&sheet, FALSE);
    g_autoptr(GArray) rings = find_rings(pix);
    g_assert_cmpuint(rings->len, ==, 0);

    g_autoptr(PIX) dot = pixCreate(1, 1, 8);
    g_autoptr(GArray) none = find_rings(dot);
    g_assert_cmpuint(none->len, ==, 0);
}

static GArray *
read_words(PIX *pix)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtEngine) engine = lt_engine_open(&error);
    GArray *words = lt_raw_words_new();

    g_assert_no_error(error);
    g_assert_true(lt_engine_read(engine, pix, DPI, words, &error));
    g_assert_no_error(error);
    return words;
}

static void
assert_signer_is_read(PIX *pix)
{
    g_autoptr(GArray) words = read_words(pix);
    g_autoptr(LtPage) page = lt_lines_build(words, 1, LT_PAGE_FROM_OCR, WIDTH, HEIGHT);
    g_autofree char *text = g_strchomp(g_strdup(page->text));

    g_assert_cmpuint(lt_text_distance(text, DISPATCH "\nGIÁM ĐỐC\nNguyễn Hoàng Giang", 6), <=, 6);
    g_assert_nonnull(strstr(text, "Nguyễn Hoàng Giang"));
    g_assert_null(strstr(text, "NÔNG"));
}

static void
test_grey_seal(void)
{
    g_autoptr(PIX) pix = draw_signed(0.5);

    assert_signer_is_read(pix);
}

static void
test_black_seal(void)
{
    g_autoptr(PIX) pix = draw_signed(0);
    g_autoptr(PIX) one_bit = pixConvertTo1(pix, 128);

    assert_signer_is_read(one_bit);
}

/* A ring and thick strokes over the first words of the titles and of the name. */
static PIX *
draw_crossed(const char *name)
{
    Sheet sheet = sheet_new(DPI, 0, 1);

    put_dispatch(&sheet);
    cairo_select_font_face(sheet.cairo, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    put(&sheet, 341, 605, "KT. GIÁM ĐỐC");
    put(&sheet, 336, 624, "PHÓ GIÁM ĐỐC");
    put(&sheet, 330, 692, name);
    put_circle(&sheet, SEAL_RADIUS, 2.5);
    put_circle(&sheet, 44, 1);
    cairo_set_line_width(sheet.cairo, 2);
    cairo_move_to(sheet.cairo, 350, 620);
    for (guint i = 0; i < 8; i++)
        cairo_line_to(sheet.cairo, 345 + 13 * i, i % 2 ? 612 : 650);
    cairo_stroke(sheet.cairo);
    g_autoptr(PIX) grey = take_pix(&sheet, FALSE);
    return pixConvertTo1(grey, 128);
}

static char *
read_page(PIX *pix)
{
    g_autoptr(GArray) words = read_words(pix);
    g_autoptr(LtPage) page = lt_lines_build(words, 1, LT_PAGE_FROM_OCR, WIDTH, HEIGHT);

    return g_strdup(page->text);
}

static void
test_crossed_words(void)
{
    g_autoptr(PIX) pix = draw_crossed("Đặng Hoàng Giang");
    g_autofree char *text = read_page(pix);

    g_assert_nonnull(strstr(text, "\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n"));
    g_assert_nonnull(strstr(text, "\nĐặng Hoàng Giang\n"));
}

/* A word that no list has is left as it was read: no other is put in its place. */
static void
test_unknown_name(void)
{
    g_autoptr(PIX) pix = draw_crossed("Ksơr Hoàng Giang");
    g_autofree char *text = read_page(pix);
    const char *end = strstr(text, " Giang");

    g_assert_nonnull(end);
    while (end > text && end[-1] != '\n')
        end--;
    for (const char *const *surname = lt_names_surnames; *surname; surname++) {
        g_autofree char *first = g_strconcat(*surname, " ", NULL);

        g_assert_false(g_str_has_prefix(end, first));
    }
}

static void
assert_below(const char *row, const char *expected, gboolean there)
{
    g_autoptr(GPtrArray) rows = lt_names_below(row);

    g_assert_true(g_ptr_array_find_with_equal_func(rows, expected, g_str_equal, NULL) == there);
}

static void
test_titles_below(void)
{
    assert_below("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", TRUE);
    assert_below("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", TRUE);
    assert_below("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", TRUE);
    assert_below("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", TRUE);
    assert_below("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", TRUE);
    assert_below("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", FALSE);
    assert_below("", "CHỦ TỊCH", FALSE);
}

/* What is taken off is taken off the seal and the signature alone. */
static void
test_rest_stays(void)
{
    g_autoptr(PIX) pix = draw_signed(0);
    g_autoptr(PIX) erased = pixCopy(NULL, pix);
    g_autoptr(GArray) rings = find_rings(pix);

    g_assert_cmpuint(rings->len, ==, 1);
    g_auto(LtSealed) sealed = {0};
    g_assert_true(lt_seal_erase(erased, &g_array_index(rings, LtRing, 0), DPI, FALSE, &sealed));
    int above = (SEAL_Y - 2 * SEAL_RADIUS) * DPI / 72, same = FALSE;
    BOX *box = boxCreate(0, 0, pixGetWidth(pix), above);
    g_autoptr(PIX) head = pixClipRectangle(pix, box, NULL);
    g_autoptr(PIX) erased_head = pixClipRectangle(erased, box, NULL);
    boxDestroy(&box);
    pixEqual(head, erased_head, &same);
    g_assert_true(same);
    pixEqual(pix, erased, &same);
    g_assert_false(same);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/seal/ring-found", test_ring_found);
    g_test_add_func("/seal/no-ring", test_no_ring);
    g_test_add_func("/seal/grey", test_grey_seal);
    g_test_add_func("/seal/black", test_black_seal);
    g_test_add_func("/seal/crossed-words", test_crossed_words);
    g_test_add_func("/seal/unknown-name", test_unknown_name);
    g_test_add_func("/seal/titles-below", test_titles_below);
    g_test_add_func("/seal/rest-stays", test_rest_stays);
    return g_test_run();
}
