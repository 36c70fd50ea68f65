/* Pages as they are fed and photographed: turned, askew, on a desk, black, empty or out of all
 * proportion. Each is read, and its boxes lie on the page as it came, turned upright. */
#include <string.h>

#include "ocr/geometry.h"
#include "ocr/scan.h"

#include "tests/unit/ocr-inputs.h"
#include "tests/unit/ocr-sheet.h"

#define WORD "Phượng"
#define WORD_X 495.0 /* points: about the middle of the word */
#define WORD_Y 695.0

/* (transfer full) */
static PIX *
draw_page(guint dpi, double degrees, gboolean colour)
{
    Sheet sheet = sheet_new(dpi, degrees, 1);

    put_dispatch(&sheet);
    put(&sheet, 470, 700, WORD);
    return take_pix(&sheet, colour);
}

/* pix: (transfer full) */
static LtPage *
read_page(PIX *pix, guint dpi)
{
    static LtEngine *engine; /* for all pages, as in a worker */
    g_auto(LtPagePicture) picture = {.pix = pix, .dpi = dpi};
    g_autoptr(GError) error = NULL;
    LtPage *page;

    if (!engine)
        engine = lt_engine_open(&error);
    g_assert_no_error(error);
    picture.width = pixGetWidth(pix) * 72.0 / dpi;
    picture.height = pixGetHeight(pix) * 72.0 / dpi;
    page = lt_scan_read(engine, &picture, 1, &error);
    g_assert_no_error(error);
    return page;
}

static void
assert_reads(const LtPage *page, guint misread)
{
    g_autofree char *text = g_strchomp(g_strdup(page->text));

    g_assert_cmpuint(lt_text_distance(text, DISPATCH "\n" WORD, misread), <=, misread);
}

/* x, y: where the middle of the word must be, in fractions. */
static void
assert_word_at(const LtPage *page, double x, double y)
{
    gsize length = g_utf8_strlen(page->text, -1), word = g_utf8_strlen(WORD, -1);
    const LtBox *box = NULL;

    for (guint i = 0; i < page->n_words; i++)
        if (page->words[i].length == word && page->words[i].start + word < length &&
            strncmp(g_utf8_offset_to_pointer(page->text, page->words[i].start), WORD,
                    strlen(WORD)) == 0)
            box = &page->words[i].box;
    g_assert_nonnull(box);
    g_assert_cmpfloat_with_epsilon((box->x0 + box->x1) / 2, x, 0.01);
    g_assert_cmpfloat_with_epsilon((box->y0 + box->y1) / 2, y, 0.008);
}

static void
test_turned(void)
{
    for (guint turns = 0; turns < 4; turns++) {
        g_autoptr(PIX) upright = draw_page(200, 0, turns % 2);
        g_autoptr(LtPage) page = read_page(pixRotateOrth(upright, (int)turns), 200);

        g_test_message("%u quarter turns", turns);
        assert_reads(page, 2);
        assert_word_at(page, WORD_X / WIDTH, WORD_Y / HEIGHT);
        g_assert_cmpfloat_with_epsilon(page->width, WIDTH, 1);
        g_assert_cmpfloat_with_epsilon(page->height, HEIGHT, 1);
    }
}

static void
test_turned_bilevel(void)
{
    g_autoptr(PIX) grey = draw_page(300, 0, FALSE);
    g_autoptr(PIX) upright = pixConvertTo1(grey, 128);

    for (guint turns = 1; turns < 4; turns++) {
        g_autoptr(LtPage) page = read_page(pixRotateOrth(upright, (int)turns), 300);

        assert_reads(page, 2);
    }
}

/* So little text that nothing tells which way up it stands but reading it. */
static void
test_few_words_turned(void)
{
    Sheet sheet = sheet_new(200, 0, 1);

    put(&sheet, 300, 120, "Nguyễn Hoàng Giang");
    g_autoptr(PIX) upright = take_pix(&sheet, FALSE);
    for (guint turns = 0; turns < 4; turns++) {
        g_autoptr(LtPage) page = read_page(pixRotateOrth(upright, (int)turns), 200);

        g_assert_cmpstr(page->text, ==, "Nguyễn Hoàng Giang\n");
        g_assert_cmpfloat(page->words[0].box.y1, <, 0.2);
    }
}

static void
test_askew(void)
{
    static const double ANGLES[] = {-5, 5, 11};

    for (guint i = 0; i < G_N_ELEMENTS(ANGLES); i++) {
        Sheet sheet = sheet_new(200, ANGLES[i], 1);
        double x = WORD_X, y = WORD_Y;

        put_dispatch(&sheet);
        put(&sheet, 470, 700, WORD);
        cairo_user_to_device(sheet.cairo, &x, &y);
        PIX *pix = take_pix(&sheet, FALSE);
        double width = pixGetWidth(pix), height = pixGetHeight(pix);
        g_autoptr(LtPage) page = read_page(pix, 200);

        assert_reads(page, 6);
        assert_word_at(page, x / width, y / height);
    }
}

/* The page on a dark ground, seen from an angle. (transfer full) */
static PIX *
photograph(PIX *page, const LtPoint corners[4])
{
    double width = pixGetWidth(page), height = pixGetHeight(page);
    PTA *from = ptaCreate(4), *to = ptaCreate(4);
    PIX *photo;

    for (guint i = 0; i < 4; i++) {
        ptaAddPt(from, i == 1 || i == 2 ? (float)width : 0, i >= 2 ? (float)height : 0);
        ptaAddPt(to, (float)(corners[i].x * width), (float)(corners[i].y * height));
    }
    photo = pixProjectivePta(page, to, from, L_BRING_IN_BLACK);
    ptaDestroy(&from);
    ptaDestroy(&to);
    return photo;
}

static void
test_photo(void)
{
    const LtPoint corners[4] = {{0.09, 0.04}, {0.93, 0.07}, {0.97, 0.96}, {0.03, 0.94}};
    LtGeometry laid = lt_geometry_to_corners(corners);
    LtPoint word = lt_geometry_map(&laid, WORD_X / WIDTH, WORD_Y / HEIGHT);
    g_autoptr(PIX) flat = draw_page(250, 0, TRUE);

    for (guint turns = 0; turns < 3; turns += 2) {
        g_autoptr(PIX) photo = photograph(flat, corners);
        g_autoptr(LtPage) page = read_page(pixRotateOrth(photo, (int)turns), 250);

        assert_reads(page, 4);
        assert_word_at(page, word.x, word.y);
    }
}

/* pix: (transfer full) */
static void
assert_empty(PIX *pix)
{
    g_autoptr(LtPage) page = read_page(pix, 300);

    g_assert_cmpuint(page->n_words, ==, 0);
}

static void
test_nothing_to_read(void)
{
    static const int SHAPES[][2] = {{1, 1}, {3, 2}, {20000, 30}, {30, 20000}, {1240, 1754}};
    static const int DEPTHS[] = {1, 8, 32};

    for (guint i = 0; i < G_N_ELEMENTS(SHAPES) * G_N_ELEMENTS(DEPTHS); i++)
        for (guint tone = 0; tone < 2; tone++) {
            const int *shape = SHAPES[i / G_N_ELEMENTS(DEPTHS)];
            PIX *pix = pixCreate(shape[0], shape[1], DEPTHS[i % G_N_ELEMENTS(DEPTHS)]);

            g_test_message("%d × %d, tone %u", shape[0], shape[1], tone);
            if (tone)
                pixSetAll(pix);
            assert_empty(pix);
        }
}

/* Print of a worn ribbon, and grain in which no print is. */
static void
test_faint(void)
{
    g_autoptr(PIX) pale = draw_page(300, 0, FALSE);
    g_autoptr(PIX) grain = pixCreate(1240, 1754, 8);
    g_autoptr(LtPage) page = NULL, empty = NULL;

    pixMultConstantGray(pale, 0.3f);
    pixAddConstantGray(pale, 170); /* print at 170, paper at 246 */
    page = read_page(g_steal_pointer(&pale), 300);
    assert_reads(page, 6);

    for (int y = 0; y < 1754; y++)
        for (int x = 0; x < 1240; x++)
            pixSetPixel(grain, x, y, (l_uint32)(235 + (x * 7919 + y * 104729) % 13));
    empty = read_page(g_steal_pointer(&grain), 150);
    g_assert_cmpuint(empty->n_words, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add_func("/read/turned", test_turned);
    g_test_add_func("/read/turned-bilevel", test_turned_bilevel);
    g_test_add_func("/read/few-words-turned", test_few_words_turned);
    g_test_add_func("/read/askew", test_askew);
    g_test_add_func("/read/photo", test_photo);
    g_test_add_func("/read/nothing-to-read", test_nothing_to_read);
    g_test_add_func("/read/faint", test_faint);
    return g_test_run();
}
