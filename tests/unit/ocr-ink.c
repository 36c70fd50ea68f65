/* Ink in the gap of a number, as bad as it comes: what is no number that was plainly written is read as
 * nothing, or with doubt. */
#include "tests/unit/ocr-inputs.h"
#include "tests/unit/ocr-sheet.h"

#include "ocr/ink.h"
#include "ocr/lines.h"

#define SCALE (200 / 72.0)
#define BASE 120.0     /* points: the baseline of the number's line */
#define GAP 104.0      /* where the gap begins, */
#define NOTATION 160.0 /* and ends */
#define SURE 0.95      /* from here on a number would be given */

/* Strokes in a box one wide and one high, from its top left; a pen is lifted at the NANs. */
#define LIFT                                                                                       \
    {                                                                                              \
        -1, -1                                                                                     \
    }
typedef struct {
    double x, y;
} Point;

static const Point one[] = {{0.3, 0.25}, {0.55, 0}, {0.5, 1}};
static const Point two[] = {{0.1, 0.25}, {0.3, 0.02}, {0.65, 0.05}, {0.75, 0.3},
                            {0.5, 0.65}, {0.08, 1},   {0.85, 0.96}};
static const Point seven[] = {{0.1, 0.05}, {0.8, 0.02}, {0.6, 0.4}, {0.4, 1}};
static const Point signature[] = {{0, 0.6},    {0.15, -0.7}, {0.2, 1.2},  {0.35, -0.3}, {0.4, 0.9},
                                  {0.5, 0.1},  {0.55, 0.8},  {0.65, 0.2}, {0.7, 0.9},   {0.8, 0.3},
                                  {1.0, -0.6}, {0.3, 0.7},   {0.05, 0.3}, {0.9, 0.5}};
static const Point struck[] = {{0, 0.35}, {1, 0.6}, LIFT,     {0, 0.65},
                               {1, 0.3},  LIFT,     {0, 0.5}, {1, 0.45}};

static void
draw(Sheet *sheet, const Point *points, guint n, double x, double width, double height)
{
    gboolean down = FALSE;

    for (guint i = 0; i < n; i++) {
        double to_x = x + points[i].x * width, to_y = BASE - height + points[i].y * height;

        if (points[i].x < 0) {
            down = FALSE;
            continue;
        }
        if (down)
            cairo_line_to(sheet->cairo, to_x, to_y);
        else
            cairo_move_to(sheet->cairo, to_x, to_y);
        down = TRUE;
    }
    cairo_set_line_width(sheet->cairo, 1.3);
    cairo_set_line_join(sheet->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(sheet->cairo, CAIRO_LINE_CAP_ROUND);
    cairo_stroke(sheet->cairo);
}

#define DRAW(sheet, points, x, width, height)                                                      \
    draw(sheet, points, G_N_ELEMENTS(points), x, width, height)

static void
add(GArray *words, const char *text, double x0, double x1, double y)
{
    const LtRawWord word = {.text = g_strdup(text),
                            .box = {x0 / WIDTH, (y - 10) / HEIGHT, x1 / WIDTH, (y + 0.5) / HEIGHT},
                            .confidence = 96,
                            .line_hint = G_MAXUINT};

    g_array_append_val(words, word);
}

/* Draws print, and adds it as a word that recognition would have read. Returns: where it ends. */
static double
print_as(Sheet *sheet, GArray *words, double x, double y, const char *text, const char *read)
{
    cairo_text_extents_t extents;

    cairo_text_extents(sheet->cairo, text, &extents);
    put(sheet, x, y, text);
    add(words, read, x + extents.x_bearing, x + extents.x_bearing + extents.width, y);
    return x + extents.x_advance;
}

static double
print_word(Sheet *sheet, GArray *words, double x, double y, const char *text)
{
    return print_as(sheet, words, x, y, text, text);
}

static void
write_plain(Sheet *sheet)
{
    DRAW(sheet, two, 112, 9, 14);
    DRAW(sheet, one, 124, 7, 14);
    DRAW(sheet, seven, 134, 9, 14);
}

/* Feet of figures that run into one long line are no rule, nor the dots of one. */
static void
write_joined_feet(Sheet *sheet)
{
    static const Point foot[] = {{0, 1}, {1, 1}};

    DRAW(sheet, two, 108, 10, 14);
    DRAW(sheet, two, 122, 10, 14);
    DRAW(sheet, two, 136, 10, 14);
    DRAW(sheet, foot, 109, 38, 14);
}

/* The rule below the line above, which the digits touch. */
static void
write_below_rule(Sheet *sheet)
{
    write_plain(sheet);
    cairo_set_source_rgb(sheet->cairo, 0, 0, 0);
    cairo_set_line_width(sheet->cairo, 0.8);
    cairo_move_to(sheet->cairo, 70, BASE - 13.6);
    cairo_line_to(sheet->cairo, 200, BASE - 13.6);
    cairo_stroke(sheet->cairo);
}

/* The notation's slash, of which a pale print left two pieces. */
static void
write_before_pieces(Sheet *sheet)
{
    write_plain(sheet);
    cairo_set_source_rgb(sheet->cairo, 0, 0, 0);
    cairo_set_line_width(sheet->cairo, 0.8);
    cairo_move_to(sheet->cairo, NOTATION + 2.9, BASE - 8.2);
    cairo_line_to(sheet->cairo, NOTATION + 1.9, BASE - 5.6);
    cairo_move_to(sheet->cairo, NOTATION + 1.1, BASE - 3.6);
    cairo_line_to(sheet->cairo, NOTATION + 0.1, BASE - 0.6);
    cairo_stroke(sheet->cairo);
}

/* A speck of dirt away from the figures. */
static void
write_beside_speck(Sheet *sheet)
{
    write_plain(sheet);
    cairo_rectangle(sheet->cairo, 153, BASE - 7, 1.6, 3);
    cairo_fill(sheet->cairo);
}

/* A dotted line to write on, whose dots the scanner joined in places. */
static void
write_on_dots(Sheet *sheet)
{
    write_plain(sheet);
    cairo_set_source_rgb(sheet->cairo, 0, 0, 0);
    put(sheet, 105, BASE, "...............");
    cairo_rectangle(sheet->cairo, 105, BASE - 1.3, 8, 1.2);
    cairo_rectangle(sheet->cairo, 146, BASE - 1.3, 9, 1.2);
    cairo_fill(sheet->cairo);
}

static void
write_nothing(G_GNUC_UNUSED Sheet *sheet)
{
}

static void
write_signature(Sheet *sheet)
{
    DRAW(sheet, signature, 106, 50, 22);
}

/* A stamp of arrival lies over the number: its frame, a rule and its words. */
static void
write_stamp(Sheet *sheet)
{
    write_plain(sheet);
    cairo_set_source_rgb(sheet->cairo, 0.1, 0.1, 0.4);
    cairo_set_line_width(sheet->cairo, 1.2);
    cairo_rectangle(sheet->cairo, 90, BASE - 26, 90, 44);
    cairo_move_to(sheet->cairo, 90, BASE - 8);
    cairo_line_to(sheet->cairo, 180, BASE - 8);
    cairo_stroke(sheet->cairo);
    put(sheet, 112, BASE - 2, "ĐẾN");
    put(sheet, 118, BASE + 6, "SỐ 45");
}

static void
write_struck(Sheet *sheet)
{
    write_plain(sheet);
    DRAW(sheet, struck, 108, 40, 14);
    DRAW(sheet, seven, 116, 8, 26);
    DRAW(sheet, one, 126, 8, 26);
}

static void
write_over_notation(Sheet *sheet)
{
    DRAW(sheet, two, 130, 12, 16);
    DRAW(sheet, seven, 144, 16, 18);
    DRAW(sheet, two, 158, 18, 18);
}

static void
write_two(Sheet *sheet)
{
    DRAW(sheet, two, 105, 6, 11);
    DRAW(sheet, seven, 112, 6, 11);
    DRAW(sheet, one, 136, 5, 11);
    DRAW(sheet, two, 143, 7, 11);
}

static void
write_red(Sheet *sheet)
{
    cairo_set_source_rgb(sheet->cairo, 0.9, 0.1, 0.1);
    write_plain(sheet);
}

/* A gap, and what stands around it. */
typedef struct {
    const char *path;
    void (*write)(Sheet *sheet);
    const char *notation, *read; /* as printed and as read; NULL: "/KH-SYT" */
    const char *expected;        /* NULL: "217" */
} Case;

/* What is read in the gap of the number. ret_found: whether the place was found at all. */
static LtWritten
read_gap(const Case *each, gboolean *ret_found)
{
    const char *notation = each->notation ? each->notation : "/KH-SYT";
    Sheet sheet = sheet_new(200, 0, 1);
    g_autoptr(GArray) words = lt_raw_words_new();
    g_autoptr(LtDigits) reader = lt_digits_new(NULL);
    LtWritten found = {0};

    g_assert_nonnull(reader);
    print_word(&sheet, words, 80, BASE, "Số:");
    print_as(&sheet, words, NOTATION, BASE, notation, each->read ? each->read : notation);
    for (guint row = 0; row < G_N_ELEMENTS(body); row++) {
        g_auto(GStrv) parts = g_strsplit(body[row], " ", -1);
        double x = 80;

        for (char **part = parts; *part; part++)
            x = print_word(&sheet, words, x, 400 + 22 * row, *part) + 3.5;
    }
    cairo_set_source_rgb(sheet.cairo, 0.1, 0.1, 0.3);
    each->write(&sheet);
    g_autoptr(PIX) pix = take_pix(&sheet, TRUE);
    g_autoptr(GArray) places = lt_ink_read(reader, pix, 0, words);
    *ret_found = places != NULL;
    for (guint i = 0; places && i < places->len; i++) {
        g_assert_cmpuint(g_array_index(places, LtWritten, i).part, ==, LT_WRITTEN_NUMBER);
        found = g_array_index(places, LtWritten, i);
    }
    for (guint i = 0; i < found.n_readings; i++)
        g_test_message("%s %.3f", found.readings[i].text, found.readings[i].probability);
    return found;
}

static const Case good[] = {
    {"/ink/plain", write_plain, NULL, NULL, NULL},
    {"/ink/below-rule", write_below_rule, NULL, NULL, NULL},
    {"/ink/slash-in-pieces", write_before_pieces, " KH-SYT", "/KH-SYT", NULL},
    {"/ink/beside-speck", write_beside_speck, NULL, NULL, NULL},
    {"/ink/on-dots", write_on_dots, NULL, NULL, NULL},
    {"/ink/blanks-in-notation", write_plain, "/ KH - SYT", "/KH-SYT", NULL},
    {"/ink/letter-too-many", write_plain, "/QĐ-SYT", "/QĐĐ-SYT", NULL},
    {"/ink/small-letters", write_plain, "/QĐ-SYT", "/qđ-sYT", NULL},
    {"/ink/slash-unread", write_plain, "/KH-SYT", "KH-SYT", NULL},
    {"/ink/joined-feet", write_joined_feet, NULL, NULL, "222"},
};

static void
test_good(gconstpointer data)
{
    const char *expected = ((const Case *)data)->expected;
    gboolean found;
    LtWritten written = read_gap(data, &found);

    g_assert_true(found);
    g_assert_cmpuint(written.n_readings, >, 0);
    g_assert_cmpstr(written.readings[0].text, ==, expected ? expected : "217");
    g_assert_cmpfloat(written.readings[0].probability, >=, SURE);
}

static const Case bad[] = {
    {"/ink/nothing", write_nothing, NULL, NULL, NULL},
    {"/ink/signature", write_signature, NULL, NULL, NULL},
    {"/ink/stamp", write_stamp, NULL, NULL, NULL},
    {"/ink/struck-out", write_struck, NULL, NULL, NULL},
    {"/ink/notation", write_over_notation, NULL, NULL, NULL},
    {"/ink/two-numbers", write_two, NULL, NULL, NULL},
    {"/ink/red", write_red, NULL, NULL, NULL},
};

static void
test_bad(gconstpointer data)
{
    gboolean found;
    LtWritten written = read_gap(data, &found);

    g_assert_true(found);
    for (guint i = 0; i < written.n_readings; i++)
        if (*written.readings[i].text)
            g_assert_cmpfloat(written.readings[i].probability, <, SURE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        g_test_add_data_func(good[i].path, &good[i], test_good);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_test_add_data_func(bad[i].path, &bad[i], test_bad);
    return g_test_run();
}
