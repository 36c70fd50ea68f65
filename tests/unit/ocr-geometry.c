/* Geometry without recognition: maps of points, sheets found in photos, what is cleared from a page
 * and what must stay, and pictures of shapes that no page has. */
#include "ocr/borders.h"
#include "ocr/lines.h"
#include "ocr/orient.h"
#include "ocr/photo.h"
#include "ocr/tone.h"

#include "tests/unit/ocr-inputs.h"
#include "tests/unit/ocr-sheet.h"

static void
assert_maps(const LtGeometry *geometry, double x, double y, double to_x, double to_y)
{
    LtPoint point = lt_geometry_map(geometry, x, y);

    g_assert_cmpfloat_with_epsilon(point.x, to_x, 1e-6);
    g_assert_cmpfloat_with_epsilon(point.y, to_y, 1e-6);
}

/* A mark at the left of the upper edge goes where Leptonica turns it to. */
static void
test_turns(void)
{
    g_autoptr(PIX) pix = pixCreate(100, 200, 1);

    pixSetPixel(pix, 10, 0, 1);
    for (guint turns = 0; turns < 4; turns++) {
        LtGeometry turn = lt_geometry_turn(turns), back = lt_geometry_turn(4 - turns);
        LtGeometry both = lt_geometry_join(&back, &turn);
        g_autoptr(PIX) turned = pixRotateOrth(pix, (int)turns);
        LtPoint mark = lt_geometry_map(&turn, 0.105, 0.0025);
        l_uint32 found = 0;

        pixGetPixel(turned, (int)(mark.x * pixGetWidth(turned)),
                    (int)(mark.y * pixGetHeight(turned)), &found);
        g_assert_cmpuint(found, ==, 1);
        assert_maps(&both, 0.3, 0.8, 0.3, 0.8);
    }
}

static void
test_unskew(void)
{
    const double radians = 0.15;
    g_autoptr(PIX) pix = pixCreate(400, 300, 8);
    LtGeometry back = lt_geometry_unskew(radians, 400, 300);
    LtPoint mark;
    l_uint32 tone = 255;

    pixSetAll(pix);
    for (int i = 0; i < 25; i++)
        pixSetPixel(pix, 300 + i % 5, 60 + i / 5, 0);
    g_autoptr(PIX) turned = pixRotateAM(pix, (float)radians, L_BRING_IN_WHITE);
    for (int y = 0; y < 300; y++)
        for (int x = 0; x < 400; x++) {
            l_uint32 here = 255;

            pixGetPixel(turned, x, y, &here);
            if (here < tone) {
                tone = here;
                mark = lt_geometry_map(&back, (x + 0.5) / 400, (y + 0.5) / 300);
            }
        }
    g_assert_cmpuint(tone, <, 60);
    g_assert_cmpfloat_with_epsilon(mark.x, 302.5 / 400, 0.008);
    g_assert_cmpfloat_with_epsilon(mark.y, 62.5 / 300, 0.01);
}

static void
test_corners(void)
{
    const LtPoint corners[4] = {{0.1, 0.2}, {0.8, 0.1}, {0.95, 0.9}, {0.05, 0.7}};
    LtGeometry geometry = lt_geometry_to_corners(corners);

    for (guint i = 0; i < 4; i++)
        assert_maps(&geometry, i == 1 || i == 2, i >= 2, corners[i].x, corners[i].y);
}

static const LtPoint laid[4] = {{0.08, 0.06}, {0.93, 0.03}, {0.96, 0.95}, {0.05, 0.97}};

/* A sheet on a desk, light falling off to the lower right. (transfer full) */
static PIX *
draw_photo(double paper, double desk, const LtPoint corners[4])
{
    Sheet photo = sheet_new(150, 0, desk);
    cairo_pattern_t *dusk;

    for (guint i = 0; i < 4; i++)
        cairo_line_to(photo.cairo, corners[i].x * WIDTH, corners[i].y * HEIGHT);
    cairo_close_path(photo.cairo);
    cairo_set_source_rgb(photo.cairo, paper, paper, paper * 0.97);
    cairo_fill(photo.cairo);
    cairo_set_source_rgb(photo.cairo, 0, 0, 0);
    put_dispatch(&photo);
    dusk = cairo_pattern_create_linear(0, 0, WIDTH, HEIGHT);
    cairo_pattern_add_color_stop_rgba(dusk, 0, 0, 0, 0, 0);
    cairo_pattern_add_color_stop_rgba(dusk, 1, 0, 0, 0, 0.3);
    cairo_set_source(photo.cairo, dusk);
    cairo_paint(photo.cairo);
    cairo_pattern_destroy(dusk);
    return take_pix(&photo, TRUE);
}

static void
test_sheet_found(void)
{
    g_autoptr(PIX) photo = draw_photo(0.95, 0.35, laid);
    LtPoint found[4];

    g_assert_true(lt_photo_find_sheet(photo, found));
    for (guint i = 0; i < 4; i++) {
        g_assert_cmpfloat_with_epsilon(found[i].x, laid[i].x, 0.004);
        g_assert_cmpfloat_with_epsilon(found[i].y, laid[i].y, 0.004);
    }
}

static void
test_sheet_cut_off(void)
{
    const LtPoint corners[4] = {{0.07, -0.1}, {0.9, -0.1}, {0.93, 0.94}, {0.05, 0.92}};
    g_autoptr(PIX) photo = draw_photo(0.95, 0.35, corners);
    LtPoint found[4];

    g_assert_true(lt_photo_find_sheet(photo, found));
    g_assert_cmpfloat_with_epsilon(found[0].y, 0, 0.004);
    g_assert_cmpfloat_with_epsilon(found[1].y, 0, 0.004);
    g_assert_cmpfloat_with_epsilon(found[2].y, 0.94, 0.004);
}

static void
test_no_sheet(void)
{
    const LtPoint whole[4] = {{-0.1, -0.1}, {1.1, -0.1}, {1.1, 1.1}, {-0.1, 1.1}};
    const LtPoint scrap[4] = {{0.4, 0.4}, {0.6, 0.4}, {0.6, 0.6}, {0.4, 0.6}};
    const LtPoint dart[4] = {{0.05, 0.05}, {0.95, 0.45}, {0.95, 0.55}, {0.05, 0.95}};
    g_autoptr(PIX) scan = draw_photo(1, 1, whole);
    g_autoptr(PIX) faint = draw_photo(0.9, 0.85, laid);
    g_autoptr(PIX) small = draw_photo(0.95, 0.3, scrap);
    g_autoptr(PIX) pointed = draw_photo(0.95, 0.3, dart);
    g_autoptr(PIX) bilevel = pixConvertTo1(small, 128);
    LtPoint found[4];

    g_assert_false(lt_photo_find_sheet(scan, found));
    g_assert_false(lt_photo_find_sheet(faint, found));
    g_assert_false(lt_photo_find_sheet(small, found));
    g_assert_false(lt_photo_find_sheet(pointed, found));
    g_assert_false(lt_photo_find_sheet(bilevel, found));
}

/* Two sheets on the glass: to take one for the page would lose the other. */
static void
test_two_sheets(void)
{
    Sheet photo = sheet_new(150, 0, 0.3);

    cairo_set_source_rgb(photo.cairo, 0.95, 0.95, 0.95);
    cairo_rectangle(photo.cairo, 20, 20, WIDTH - 40, 460);
    cairo_rectangle(photo.cairo, 20, 500, WIDTH - 40, 320);
    cairo_fill(photo.cairo);
    g_autoptr(PIX) pix = take_pix(&photo, TRUE);
    LtPoint found[4];

    g_assert_false(lt_photo_find_sheet(pix, found));
}

/* What is flattened is the sheet: light all over, print where it was. */
static void
test_flattened(void)
{
    g_autoptr(PIX) photo = draw_photo(0.95, 0.35, laid);
    g_autoptr(PIX) grey = pixConvertTo8(photo, FALSE);
    PIX *const photos[] = {photo, grey};

    for (guint i = 0; i < G_N_ELEMENTS(photos); i++) {
        LtGeometry to_photo;
        g_autoptr(PIX) flat = lt_photo_flatten(photos[i], laid, &to_photo);
        g_autoptr(PIX) tones = flat ? pixConvertTo8(flat, FALSE) : NULL;
        float mean = 0;

        g_assert_nonnull(tones);
        g_assert_cmpint(pixGetDepth(flat), ==, pixGetDepth(photos[i]));
        g_assert_cmpint(pixGetWidth(flat), <, pixGetWidth(photo));
        pixAverageInRect(tones, NULL, NULL, 0, 255, 1, &mean);
        g_assert_cmpfloat(mean, >, 185); /* the desk is darker than 100 */
        assert_maps(&to_photo, 1, 0, laid[1].x, laid[1].y);
    }
}

static int
count_ink(PIX *pix, double x0, double y0, double x1, double y1)
{
    double width = pixGetWidth(pix), height = pixGetHeight(pix);
    g_autoptr(PIX) ink = pixConvertTo1(pix, 128);
    BOX *box = boxCreate((int)(x0 * width), (int)(y0 * height), (int)((x1 - x0) * width),
                         (int)((y1 - y0) * height));
    int count = 0;

    g_assert_cmpint(pixCountPixelsInRect(ink, box, &count, NULL), ==, 0);
    boxDestroy(&box);
    return count;
}

static void
clear(PIX *pix, guint dpi)
{
    int step = 0;
    g_autoptr(PIX) ink = lt_ink_new(pix, dpi, &step);

    g_assert_false(lt_borders_clear(pix, ink, step, dpi / (double)step));
}

static void
draw_spot(Sheet *sheet, double x, double y, double radius)
{
    cairo_arc(sheet->cairo, x, y, radius, 0, 2 * G_PI);
    cairo_fill(sheet->cairo);
}

/* A frayed black edge at the bottom, two holes at the left, dust between the lines. */
static Sheet
draw_copied(guint dpi)
{
    Sheet sheet = sheet_new(dpi, 0, 1);

    put_dispatch(&sheet);
    cairo_rectangle(sheet.cairo, 0, HEIGHT - 12, WIDTH, 12);
    cairo_fill(sheet.cairo);
    draw_spot(&sheet, 30, 300, 8.5);
    draw_spot(&sheet, 30, 530, 8.5);
    for (guint i = 0; i < 40; i++)
        draw_spot(&sheet, 60 + 12 * i, 400 + 17.0 * (i % 20), 0.3 + 0.015 * i);
    return sheet;
}

static void
test_cleared(void)
{
    static const guint DPIS[] = {150, 200, 300, 400};

    for (guint i = 0; i < G_N_ELEMENTS(DPIS); i++) {
        Sheet sheet = draw_copied(DPIS[i]);
        g_autoptr(PIX) grey = take_pix(&sheet, FALSE);
        g_autoptr(PIX) bilevel = pixConvertTo1(grey, 128);
        int print = count_ink(grey, 0.1, 0, 1, 0.3);

        g_assert_cmpint(count_ink(grey, 0, 0.3, 1, 1), >, 10000);
        clear(grey, DPIS[i]);
        clear(bilevel, DPIS[i]);
        g_assert_cmpint(count_ink(grey, 0, 0.3, 1, 1), ==, 0);
        g_assert_cmpint(count_ink(bilevel, 0, 0.3, 1, 1), ==, 0);
        g_assert_cmpint(count_ink(grey, 0.1, 0, 1, 0.3), ==, print);
    }
}

/* Nothing of what is printed goes, be it as small as dust: dots, marks, leaders, in small and large
 * letters; nor what is round but a seal's, nor what is black but a table's. */
static void
test_print_stays(void)
{
    static const double SIZES[] = {8, 14, 24, 60};
    Sheet sheet = sheet_new(300, 0, 1);

    for (guint i = 0; i < G_N_ELEMENTS(SIZES); i++) {
        cairo_set_font_size(sheet.cairo, SIZES[i]);
        put(&sheet, 60, 80 + 3.5 * SIZES[i], "Số: .../ị ọ ỉ; i. - é: ậ...");
    }
    cairo_set_font_size(sheet.cairo, 14);
    cairo_select_font_face(sheet.cairo, "Cousine", CAIRO_FONT_SLANT_NORMAL,
                           CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(sheet.cairo, 12); /* a typewriter's ten letters an inch */
    put(&sheet, 200, 440, "Điều 1. 12.500.000 đ; 3.5 tạ; 12.5.1975.");
    cairo_select_font_face(sheet.cairo, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(sheet.cairo, 14);
    put(&sheet, 200, 400, "Kính gửi: ......................................");
    put(&sheet, 290, 30, "2");
    cairo_set_line_width(sheet.cairo, 3);
    cairo_arc(sheet.cairo, 300, 560, 50, 0, 2 * G_PI);
    cairo_stroke(sheet.cairo);
    cairo_rectangle(sheet.cairo, 60, 650, 470, 100);
    cairo_stroke(sheet.cairo);
    g_autoptr(PIX) pix = take_pix(&sheet, TRUE);
    int print = count_ink(pix, 0, 0, 1, 1);

    clear(pix, 300);
    g_assert_cmpint(count_ink(pix, 0, 0, 1, 1), ==, print);
}

/* The pages of a questionnaire are more dots than print. Both go on slopes, and what was written on a dotted
 * line stays. */
static void
test_dotted_lines(void)
{
    g_autofree char *dots = g_strnfill(95, '.');

    for (int slope = -2; slope <= 2; slope++) {
        Sheet sheet = sheet_new(200, slope, 1);

        for (guint i = 0; i < 32; i++) {
            cairo_set_font_size(sheet.cairo, i % 2 ? 14 : 12);
            put(&sheet, 100, 250 + 16.0 * i, dots);
        }
        g_autoptr(PIX) lines = take_pix(&sheet, FALSE);
        clear(lines, 200);
        g_assert_cmpint(count_ink(lines, 0, 0, 1, 1), ==, 0);
    }
    Sheet sheet = sheet_new(200, 0, 1);
    cairo_set_font_size(sheet.cairo, 14);
    put(&sheet, 100, 200, "Ý kiến của đơn vị");
    g_autoptr(PIX) question = take_pix(&sheet, FALSE);
    sheet = sheet_new(200, 0, 1);
    cairo_set_font_size(sheet.cairo, 14);
    put(&sheet, 100, 200, "Ý kiến của đơn vị");
    put(&sheet, 100, 300, dots);
    put(&sheet, 100, 294, "Đồng ý");
    g_autoptr(PIX) answered = take_pix(&sheet, FALSE);
    int written = count_ink(answered, 0, 0.32, 1, 0.352);
    clear(answered, 200);
    g_assert_cmpint(count_ink(answered, 0, 0, 1, 0.3), ==, count_ink(question, 0, 0, 1, 1));
    g_assert_cmpint(count_ink(answered, 0, 0.32, 1, 0.352), ==, written);
    g_assert_cmpint(count_ink(answered, 0.5, 0.3, 1, 0.4), ==, 0);
}

/* A colon or full stop before a dotted line belongs to what stands before it. */
static void
test_sign_before_dots(void)
{
    static const char *const BEFORE[] = {"Họ và tên:", "Địa chỉ: ", "1. "};

    for (guint i = 0; i < G_N_ELEMENTS(BEFORE); i++) {
        g_autofree char *line = g_strconcat(BEFORE[i],
                                            "................................................"
                                            "..............................",
                                            NULL);
        Sheet label = sheet_new(200, 0, 1), field = sheet_new(200, 0, 1);

        put(&label, 70, 300, BEFORE[i]);
        put(&field, 70, 300, line);
        g_autoptr(PIX) alone = take_pix(&label, FALSE);
        g_autoptr(PIX) filled = take_pix(&field, FALSE);
        int sign = count_ink(alone, 0, 0.3, 1, 0.4);
        clear(filled, 200);
        g_assert_cmpint(abs(count_ink(filled, 0, 0.3, 1, 0.4) - sign), <, 8); /* a dot has 9 */
    }
}

/* A page of small figures, and a page of print with a patterned table head, have as many parts as one of
 * specks. */
static void
test_dense_print_stays(void)
{
    Sheet figures = sheet_new(190, 0, 1), headed = sheet_new(190, 0, 1);

    cairo_set_font_size(figures.cairo, 6);
    for (guint i = 0; i < 105; i++)
        put(&figures, 40, 50 + 7.1 * i,
            "12 345 678 91 234 567 89 123 456 78 912 345 67 891 234 56 789 123 45 678 912 34 567 "
            "891 23 456 789 12 345 678 91 234 567 89 123 456 78 912 345 67 891 234 56 789 123 45");
    put_dispatch(&headed);
    for (guint y = 0; y < 50; y++)
        for (guint x = 0; x < 260; x++)
            draw_spot(&headed, 40 + 2.0 * x + (y % 2), 500 + 2.0 * y, 0.35);
    g_autoptr(PIX) table = take_pix(&figures, FALSE);
    g_autoptr(PIX) page = take_pix(&headed, FALSE);
    int print = count_ink(page, 0, 0, 1, 0.5), cells = count_ink(table, 0, 0, 1, 1);

    clear(table, 190);
    clear(page, 190);
    g_assert_cmpint(count_ink(table, 0, 0, 1, 1), >, 0.99 * cells);
    g_assert_cmpint(count_ink(page, 0, 0, 1, 0.5), >, 0.99 * print);
}

/* Dots that fill an area are a shade, or print of a dot matrix. */
static void
test_shade_stays(void)
{
    Sheet sheet = sheet_new(300, 0, 1);

    for (guint y = 0; y < 8; y++)
        for (guint x = 0; x < 100; x++)
            draw_spot(&sheet, 100 + 3.5 * x, 300 + 2.0 * y, 0.6);
    g_autoptr(PIX) pix = take_pix(&sheet, FALSE);
    int shade = count_ink(pix, 0, 0, 1, 1);

    clear(pix, 300);
    g_assert_cmpint(count_ink(pix, 0, 0, 1, 1), ==, shade);
}

/* Few or many, small or grown into clumps: a page of specks is white when it comes back, and one with as
 * many words of print is left. */
static void
test_specks(void)
{
    static const struct {
        guint n;
        int most; /* pixels at 200 dpi */
    } PAGES[] = {{8000, 3}, {20000, 3}, {60000, 6}};

    g_autoptr(PIX) screen = pixCreate(1654, 2339, 1);
    int step = 0;

    for (int y = 0; y < 2339; y += 8) /* level lines of dots: a screen, and no text */
        for (int x = 0; x < 1654; x += 8)
            pixRasterop(screen, x, y, 3, 3, PIX_SET, NULL, 0, 0);
    g_autoptr(PIX) dots = lt_ink_new(screen, 200, &step);
    g_assert_true(lt_borders_clear(screen, dots, step, 200.0 / step));
    for (guint i = 0; i < G_N_ELEMENTS(PAGES); i++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(i + 1);
        g_autoptr(PIX) pix = pixCreate(1654, 2339, 1);
        int empty = 0;

        for (guint k = 0; k < PAGES[i].n; k++) {
            int side = g_rand_int_range(random, 1, PAGES[i].most + 1);

            pixRasterop(pix, g_rand_int_range(random, 0, 1654), g_rand_int_range(random, 0, 2339),
                        side, side, PIX_SET, NULL, 0, 0);
        }
        g_autoptr(PIX) ink = lt_ink_new(pix, 200, &step);
        g_assert_true(lt_borders_clear(pix, ink, step, 200.0 / step));
        pixZero(pix, &empty);
        g_assert_true(empty);
    }
}

static double
score_of(const char *text, guint confidence)
{
    g_autoptr(GArray) words = lt_raw_words_new();
    g_auto(GStrv) texts = g_strsplit(text, " ", -1);
    gboolean sure;

    for (guint i = 0; texts[i]; i++) {
        LtRawWord word = {
            .text = g_strdup(texts[i]), .box = {0.1, 0.1, 0.3, 0.12}, .confidence = confidence};

        g_array_append_val(words, word);
    }
    double score = lt_orient_score(words, 1654, 2339, &sure);
    g_assert_false(sure);
    return score;
}

/* A page of figures, and the letters that are seen in it the wrong way up. */
static void
test_figures_count(void)
{
    double upright = score_of("12.500 3.481 97.250 1.004 66.120 8.375", 92);

    score_of("12.500 OZI'99 3.481 tOO'L 97.250 OSZ'L6 1.004 I8t'E 66.120 OOS'ZI 8.375 SLE'8 OSL'IE "
             "TZO'SS LLZ'OE EOO'TI",
             40);
    g_assert_cmpfloat(upright, >, 2 * score_of("SLE'8 OZI'99 tOO'L OSZ'L6 I8t'E OOS'ZI", 45));
}

static void
test_odd_shapes(void)
{
    static const int SHAPES[][2] = {{1, 1},      {2, 3},      {1, 20000}, {20000, 1},
                                    {20000, 40}, {40, 20000}, {700, 500}};
    static const int DEPTHS[] = {1, 8, 32};

    for (guint i = 0; i < G_N_ELEMENTS(SHAPES) * G_N_ELEMENTS(DEPTHS) * 2; i++) {
        const int *shape = SHAPES[i / 2 / G_N_ELEMENTS(DEPTHS)];
        g_autoptr(PIX) pix = pixCreate(shape[0], shape[1], DEPTHS[i / 2 % G_N_ELEMENTS(DEPTHS)]);
        guint turns[4], sum = 0;
        LtPoint found[4];
        int step = 0;
        double slope = 1;

        if (i % 2)
            pixSetAll(pix);
        g_assert_false(lt_photo_find_sheet(pix, found));
        g_autoptr(PIX) ink = lt_ink_new(pix, 300, &step);
        g_assert_nonnull(ink);
        g_assert_cmpint(pixGetWidth(ink) * step, <=, pixGetWidth(pix));
        lt_borders_clear(pix, ink, step, 300.0 / step);
        g_assert_false(lt_orient_find_slope(ink, &slope));
        g_assert_cmpfloat(slope, ==, 0);
        g_assert_cmpuint(lt_orient_rank(pix, 300, turns), ==, 4);
        for (guint t = 0; t < 4; t++)
            sum += 1u << turns[t];
        g_assert_cmpuint(sum, ==, 15);
    }
}

static void
blacken_rows(PIX *pix, int from, int to, l_uint32 tone)
{
    for (int y = from; y < to; y++)
        for (int x = 0; x < pixGetWidth(pix); x++)
            pixSetPixel(pix, x, y, tone);
}

/* Half a line of sound print tells that the rest of a page is grain, not faint print. */
static void
test_tone(void)
{
    PIX *level = pixCreate(1000, 1000, 8);
    int tone = 0;

    pixSetAllArbitrary(level, 220);
    blacken_rows(level, 500, 512, 140);
    g_assert_true(lt_tone_is_faint(level, &tone));
    g_assert_cmpint(tone, ==, 140);
    blacken_rows(level, 600, 602, 40);
    g_assert_false(lt_tone_is_faint(level, &tone));
    pixDestroy(&level);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add_func("/geometry/tone", test_tone);
    g_test_add_func("/geometry/turns", test_turns);
    g_test_add_func("/geometry/unskew", test_unskew);
    g_test_add_func("/geometry/corners", test_corners);
    g_test_add_func("/photo/sheet-found", test_sheet_found);
    g_test_add_func("/photo/sheet-cut-off", test_sheet_cut_off);
    g_test_add_func("/photo/no-sheet", test_no_sheet);
    g_test_add_func("/photo/two-sheets", test_two_sheets);
    g_test_add_func("/photo/flattened", test_flattened);
    g_test_add_func("/borders/cleared", test_cleared);
    g_test_add_func("/borders/print-stays", test_print_stays);
    g_test_add_func("/borders/dotted-lines", test_dotted_lines);
    g_test_add_func("/borders/sign-before-dots", test_sign_before_dots);
    g_test_add_func("/borders/dense-print-stays", test_dense_print_stays);
    g_test_add_func("/borders/shade-stays", test_shade_stays);
    g_test_add_func("/borders/specks", test_specks);
    g_test_add_func("/orient/figures-count", test_figures_count);
    g_test_add_func("/geometry/odd-shapes", test_odd_shapes);
    return g_test_run();
}
