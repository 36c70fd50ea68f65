/* Recognition of pages that the test draws itself: in black on white, skewed, coarse and grey, and
 * with a red seal and a blue signature over a name. */
#include <string.h>

#include "ocr/lines.h"
#include "ocr/prepare.h"
#include "ocr/recognise.h"
#include "ocr/tall.h"

#include "tests/unit/ocr-inputs.h"
#include "tests/unit/ocr-sheet.h"

static GArray *
read_words(PIX *pix, guint dpi)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtEngine) engine = lt_engine_open(&error);
    GArray *words = lt_raw_words_new();

    g_assert_no_error(error);
    g_assert_true(lt_engine_read(engine, pix, dpi, words, &error));
    g_assert_no_error(error);
    return words;
}

static char *
read_text(PIX *pix, guint dpi)
{
    g_autoptr(GArray) words = read_words(pix, dpi);
    g_autoptr(LtPage) page = lt_lines_build(words, 1, LT_PAGE_FROM_OCR, WIDTH, HEIGHT);

    return g_strchomp(g_strdup(page->text));
}

/* misread: letters of some 330 that the recogniser may take for others. */
static void
assert_reads(guint dpi, double degrees, double paper, guint misread)
{
    Sheet sheet = sheet_new(dpi, degrees, paper);

    put_dispatch(&sheet);
    g_autoptr(PIX) pix = take_pix(&sheet, FALSE);
    g_autofree char *text = read_text(pix, dpi);
    g_assert_cmpuint(lt_text_distance(text, DISPATCH, misread), <=, misread);
}

static void
test_clean(void)
{
    assert_reads(300, 0, 1, 1);
}

static void
test_coarse_and_grey(void)
{
    assert_reads(150, 0, 0.75, 4);
}

static void
test_skewed(void)
{
    assert_reads(200, 1.8, 1, 4);
    assert_reads(200, -1.8, 1, 4);
}

static const LtRawWord *
find_word(const GArray *words, const char *text)
{
    for (guint i = 0; i < words->len; i++)
        if (strcmp(g_array_index(words, LtRawWord, i).text, text) == 0)
            return &g_array_index(words, LtRawWord, i);
    g_error("'%s' was not read", text);
}

/* Boxes lie on the picture as it came, not as it was levelled. */
static void
test_boxes_of_skewed(void)
{
    const double degrees = 1.8;
    Sheet sheet = sheet_new(200, degrees, 1);

    put_dispatch(&sheet);
    put(&sheet, 470, 760, "Phượng");
    double x = 495, y = 755; /* about the middle of the word */
    cairo_user_to_device(sheet.cairo, &x, &y);
    g_autoptr(PIX) pix = take_pix(&sheet, FALSE);
    g_autoptr(GArray) words = read_words(pix, 200);
    const LtRawWord *word = find_word(words, "Phượng");
    g_assert_cmpfloat_with_epsilon((word->box.x0 + word->box.x1) / 2, x / pixGetWidth(pix), 0.01);
    g_assert_cmpfloat_with_epsilon((word->box.y0 + word->box.y1) / 2, y / pixGetHeight(pix), 0.006);
    g_assert_cmpfloat(word->box.x1 - word->box.x0, <, 0.12);
    g_assert_cmpuint(word->confidence, >, 60);
    g_assert_cmpuint(word->line_hint, !=, G_MAXUINT);
}

/* A seal of 38 mm over the left of title and name, and strokes of blue ink through both. */
static void
test_name_under_seal(void)
{
    Sheet sheet = sheet_new(200, 0, 1);

    put_dispatch(&sheet);
    put(&sheet, 360, 600, "GIÁM ĐỐC");
    put(&sheet, 340, 680, "Nguyễn Hoàng Giang");
    cairo_set_operator(sheet.cairo, CAIRO_OPERATOR_MULTIPLY); /* ink does not cover black */
    cairo_set_source_rgb(sheet.cairo, 0.85, 0.15, 0.2);
    cairo_set_line_width(sheet.cairo, 2.5);
    for (double radius = 40; radius <= 54; radius += 14) {
        cairo_new_sub_path(sheet.cairo);
        cairo_arc(sheet.cairo, 335, 640, radius, 0, 2 * G_PI);
        cairo_stroke(sheet.cairo);
    }
    cairo_set_source_rgb(sheet.cairo, 0.1, 0.2, 0.6);
    for (double x = 340; x < 440; x += 12) {
        cairo_move_to(sheet.cairo, x, 690);
        cairo_line_to(sheet.cairo, x + 25, 585);
    }
    cairo_stroke(sheet.cairo);
    g_autoptr(PIX) pix = take_pix(&sheet, TRUE);
    g_autofree char *text = read_text(pix, 200);
    g_assert_cmpuint(lt_text_distance(text, DISPATCH "\nGIÁM ĐỐC\nNguyễn Hoàng Giang", 4), <=, 4);
}

/* Many offices stamp the signer's title and name, in blue. */
static void
test_stamped_name_stays(void)
{
    Sheet sheet = sheet_new(200, 0, 1);

    put_dispatch(&sheet);
    cairo_set_source_rgb(sheet.cairo, 0.85, 0.15, 0.2);
    cairo_set_line_width(sheet.cairo, 2.5);
    cairo_new_sub_path(sheet.cairo);
    cairo_arc(sheet.cairo, 275, 640, 54, 0, 2 * G_PI);
    cairo_stroke(sheet.cairo);
    cairo_set_source_rgb(sheet.cairo, 0.15, 0.2, 0.6);
    put(&sheet, 380, 600, "GIÁM ĐỐC");
    put(&sheet, 360, 680, "Nguyễn Hoàng Giang");
    g_autoptr(PIX) pix = take_pix(&sheet, TRUE);
    g_autofree char *text = read_text(pix, 200);
    g_assert_nonnull(strstr(text, "GIÁM ĐỐC"));
    g_assert_nonnull(strstr(text, "Nguyễn Hoàng Giang"));
}

/* An urgency stamp is red too, but no seal: it is read. */
static void
test_red_stamp_stays(void)
{
    Sheet sheet = sheet_new(200, 0, 1);

    put_dispatch(&sheet);
    cairo_set_source_rgb(sheet.cairo, 0.85, 0.1, 0.15);
    put(&sheet, 90, 140, "HỎA TỐC");
    cairo_rectangle(sheet.cairo, 80, 122, 85, 24);
    cairo_stroke(sheet.cairo);
    g_autoptr(PIX) pix = take_pix(&sheet, TRUE);
    g_autofree char *text = read_text(pix, 200);
    g_assert_nonnull(strstr(text, "HỎA TỐC"));
}

static void
test_blank(void)
{
    Sheet sheet = sheet_new(150, 0, 1);
    g_autoptr(PIX) pix = take_pix(&sheet, TRUE);
    g_autoptr(GArray) words = read_words(pix, 150);
    g_autoptr(PIX) dot = pixCreate(1, 1, 1);
    g_autoptr(GArray) none = read_words(dot, 300);

    g_assert_cmpuint(words->len, ==, 0);
    g_assert_cmpuint(none->len, ==, 0);
}

/* A word in a frame that leans, in red. */
static PIX *
draw_stamped(const char *text)
{
    Sheet sheet = sheet_new(200, 0, 1);

    put_dispatch(&sheet);
    cairo_set_source_rgb(sheet.cairo, 0.85, 0.1, 0.15);
    cairo_translate(sheet.cairo, 90, 135);
    cairo_rotate(sheet.cairo, -5 * G_PI / 180);
    cairo_rectangle(sheet.cairo, 0, 0, 96, 28);
    cairo_set_line_width(sheet.cairo, 2);
    cairo_stroke(sheet.cairo);
    cairo_select_font_face(sheet.cairo, "Arimo", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(sheet.cairo, 16);
    put(&sheet, 9, 20, text);
    return take_pix(&sheet, TRUE);
}

/* A stamp's words stand at the page's end, in their own zone. */
static void
test_stamp(void)
{
    g_autoptr(PIX) pix = draw_stamped("HỎA TỐC");
    g_autoptr(GArray) words = read_words(pix, 200);
    g_autoptr(LtPage) page = lt_lines_build(words, 1, LT_PAGE_FROM_OCR, WIDTH, HEIGHT);

    g_assert_true(g_str_has_suffix(page->text, "\nHỎA TỐC\n"));
    g_assert_cmpuint(page->words[page->n_words - 1].zone, ==, LT_PAGE_ZONE_STAMP);
    g_assert_cmpuint(page->words[page->n_words - 2].zone, ==, LT_PAGE_ZONE_STAMP);
    g_assert_cmpuint(page->words[page->n_words - 3].zone, !=, LT_PAGE_ZONE_STAMP);
    g_assert_cmpfloat_with_epsilon(page->words[page->n_words - 1].box.y0, 125 / HEIGHT, 0.02);
}

/* What else stands in a frame is no stamp. */
static void
test_no_stamp(void)
{
    g_autoptr(PIX) pix = draw_stamped("PHÒNG 12");
    g_autoptr(GArray) words = read_words(pix, 200);

    for (guint i = 0; i < words->len; i++)
        g_assert_cmpuint(g_array_index(words, LtRawWord, i).zone, ==, LT_PAGE_ZONE_UNKNOWN);
}

/* A word of the boxes' line is as high as two lines: the recogniser took them for one. Both are read, and
 * a line without such words is left alone. */
static void
test_two_lines_for_one(void)
{
    Sheet sheet = sheet_new(300, 0, 1);
    g_autoptr(TessBaseAPI) api = TessBaseAPICreate();
    g_autoptr(GArray) words = lt_raw_words_new();
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_auto(LtPrepared) prepared = {0};
    static const struct {
        const char *text;
        double x0, y0, x1, y1; /* points */
        guint line;
    } first[] = {
        {"Nơi", 85, 186, 104, 216, 1},     {"nhận:", 108, 186, 142, 216, 1},
        {"các", 85, 288, 104, 302, 2},     {"phòng", 108, 288, 142, 302, 2},
        {"chuyên", 146, 288, 186, 302, 2},
    };

    put(&sheet, 85, 200, "Nơi nhận:");
    put(&sheet, 85, 214, "- Như trên;");
    put(&sheet, 85, 300, "các phòng chuyên");
    g_autoptr(PIX) pix = take_pix(&sheet, FALSE);
    g_assert_cmpint(TessBaseAPIInit2(api, NULL, "vie", OEM_LSTM_ONLY), ==, 0);
    g_assert_true(lt_picture_prepare(pix, 300, &prepared, &error));
    for (guint i = 0; i < G_N_ELEMENTS(first); i++) {
        double pixels = 300 / 72.0;
        LtRawWord word = {.text = g_strdup(first[i].text),
                          .box = {first[i].x0 * pixels, first[i].y0 * pixels, first[i].x1 * pixels,
                                  first[i].y1 * pixels},
                          .confidence = 90,
                          .line_hint = first[i].line};

        g_array_append_val(words, word);
    }
    lt_tall_read(api, &prepared, words);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(text, "%s ", g_array_index(words, LtRawWord, i).text);
    g_assert_cmpstr(text->str, ==, "Nơi nhận: - Như trên; các phòng chuyên ");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/recognise/clean", test_clean);
    g_test_add_func("/recognise/coarse-and-grey", test_coarse_and_grey);
    g_test_add_func("/recognise/skewed", test_skewed);
    g_test_add_func("/recognise/stamp", test_stamp);
    g_test_add_func("/recognise/no-stamp", test_no_stamp);
    g_test_add_func("/recognise/boxes-of-skewed", test_boxes_of_skewed);
    g_test_add_func("/recognise/name-under-seal", test_name_under_seal);
    g_test_add_func("/recognise/stamped-name-stays", test_stamped_name_stays);
    g_test_add_func("/recognise/red-stamp-stays", test_red_stamp_stays);
    g_test_add_func("/recognise/blank", test_blank);
    g_test_add_func("/recognise/two-lines-for-one", test_two_lines_for_one);
    return g_test_run();
}
