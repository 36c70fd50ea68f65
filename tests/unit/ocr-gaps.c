/* Where a hand may have written, from the words around it. */
#include <string.h>

#include "ocr/gaps.h"

#define WIDTH 1650
#define HEIGHT 2340

static void
add(GArray *words, const char *text, double x0, double x1, double y, guint confidence)
{
    const LtRawWord word = {.text = g_strdup(text),
                            .box = {x0 / WIDTH, (y - 12) / HEIGHT, x1 / WIDTH, (y + 12) / HEIGHT},
                            .confidence = confidence,
                            .line_hint = G_MAXUINT};

    g_array_append_val(words, word);
}

/* The size of the page's print is told by sure words: these make an em of 36 pixels. */
static GArray *
page_of_print(void)
{
    GArray *words = lt_raw_words_new();

    for (guint i = 0; i < 20; i++)
        add(words, "nghiệm", 200, 200 + 36 * (3.0 - 0.05), 1200 + 40 * i, 96);
    return words;
}

/* The gap of a part, which must be there. */
static LtGap
get_gap(const GArray *gaps, LtWrittenPart part)
{
    LtGap found = {0};
    guint n = 0;

    for (guint i = 0; i < gaps->len; i++)
        if (g_array_index(gaps, LtGap, i).part == part) {
            found = g_array_index(gaps, LtGap, i);
            n++;
        }
    g_assert_cmpuint(n, ==, 1);
    return found;
}

static void
add_date(GArray *words, double y)
{
    add(words, "Hà", 900, 940, y, 96);
    add(words, "Nội,", 950, 1010, y, 96);
    add(words, "ngày", 1020, 1088, y, 96);
    add(words, "tháng", 1160, 1238, y, 96);
    add(words, "11", 1250, 1285, y, 90);
    add(words, "năm", 1300, 1360, y, 96);
    add(words, "2017", 1370, 1440, y, 96);
}

static void
test_apart(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "Số:", 300, 350, 300, 96);
    add(words, "/GM-SYT", 450, 590, 300, 90);
    add_date(words, 302);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    LtGap number = get_gap(gaps, LT_WRITTEN_NUMBER);
    LtGap day = get_gap(gaps, LT_WRITTEN_DAY);
    g_assert_cmpfloat_with_epsilon(number.x0, 350, 1);
    g_assert_cmpfloat_with_epsilon(number.x1, 450, 1);
    g_assert_true(number.slash && !number.open0);
    g_assert_cmpfloat_with_epsilon(day.x0, 1088, 1);
    g_assert_cmpfloat_with_epsilon(day.x1, 1160, 1);
    get_gap(gaps, LT_WRITTEN_MONTH);
    get_gap(gaps, LT_WRITTEN_YEAR);
}

/* What is glued is cut where the letters must end: "Số:" is 1.33 em, "/KH-SYT" 3.9. */
static void
test_glued(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "Só:2/42/KH-SYT", 300, 590, 300, 40);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    LtGap number = get_gap(gaps, LT_WRITTEN_NUMBER);
    g_assert_cmpfloat_with_epsilon(number.x0, 348, 5);
    g_assert_cmpfloat_with_epsilon(number.x1, 590 - 3.9 * 36, 8);
}

/* A number or a day that the text cites is none of the letterhead's. */
static void
test_body(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "Quyết", 200, 290, 400, 96);
    add(words, "định", 300, 370, 400, 96);
    add(words, "số", 380, 410, 400, 96);
    add(words, "3916/QĐ-BYT", 420, 640, 400, 90);
    add(words, "ngày", 650, 718, 400, 96);
    add(words, "28", 728, 760, 400, 96);
    add(words, "tháng", 770, 848, 400, 96);
    add(words, "8", 858, 874, 400, 96);
    add(words, "năm", 884, 944, 400, 96);
    add(words, "2017", 954, 1024, 400, 96);
    add(words, "của", 1034, 1080, 400, 96);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    g_assert_cmpuint(gaps->len, ==, 0);
}

/* Where "Số" leads to it, a notation may be misread, or be broken into words. */
static const struct {
    const char *lead, *notation[4];
    gboolean slash;
} shapes[] = {
    {"Số:", {"/c-UBND"}, TRUE},
    {"số", {"/sGDĐT-GDTrH"}, TRUE},
    {"sỐ:", {"/qĐ-UBND"}, TRUE},
    {"Số.", {"GM-BVĐK"}, TRUE},
    {"Số:", {"/TB", "-", "CTXD"}, TRUE},
    {"Số:", {"/", "TA", "-", "VP"}, TRUE},
    {"Số:", {"/", "2006/TT", "-", "BNNPTNT"}, TRUE},
    {"Số", {"-TBTU"}, FALSE},
    {"Số", {"-qp/ru"}, FALSE},
    {"Số:", {"“TB-CTXD"}, TRUE},
};

static void
test_shapes(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(shapes); i++) {
        g_autoptr(GArray) words = page_of_print();
        double x = 450;

        add(words, shapes[i].lead, 300, 350, 300, 96);
        for (guint k = 0; k < 4 && shapes[i].notation[k]; k++) {
            add(words, shapes[i].notation[k], x, x + 12 * strlen(shapes[i].notation[k]), 300, 40);
            x += 12 * strlen(shapes[i].notation[k]) + 10;
        }
        g_test_message("%s", shapes[i].notation[0]);
        g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
        LtGap number = get_gap(gaps, LT_WRITTEN_NUMBER);
        g_assert_cmpfloat_with_epsilon(number.x0, 350, 1);
        g_assert_cmpfloat_with_epsilon(number.x1, 450, 20);
        g_assert_cmpint(number.slash, ==, shapes[i].slash);
        g_assert_false(number.open0);
    }
}

/* Beside a misread notation that nothing leads to there is no gap. */
static void
test_misread_alone(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "Quyết", 200, 290, 300, 96);
    add(words, "số", 300, 340, 300, 96);
    add(words, "/sGDĐT-GDTrH", 450, 620, 300, 40);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    g_assert_cmpuint(gaps->len, ==, 0);
}

/* "20" is printed, and a hand wrote the rest of the year: the gap of the year holds both. */
static void
test_part_of_year(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "ngày", 1020, 1088, 300, 96);
    add(words, "tháng", 1160, 1238, 300, 96);
    add(words, "năm", 1300, 1360, 300, 96);
    add(words, "20", 1370, 1405, 300, 96);
    add(words, "0é", 1420, 1460, 300, 30);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    g_assert_cmpfloat_with_epsilon(get_gap(gaps, LT_WRITTEN_YEAR).x1, 1460, 1);
}

/* A digit glued to "năm" is the month's: the row's own print says how long the word is. */
static void
test_glued_to_word(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "Quảng", 850, 940, 300, 96);
    add(words, "ngày", 1020, 1088, 300, 96);
    add(words, "tháng", 1160, 1238, 300, 96);
    add(words, "năm", 1285, 1360, 300, 80);
    add(words, "2017", 1370, 1440, 300, 96);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    g_assert_cmpfloat_with_epsilon(get_gap(gaps, LT_WRITTEN_MONTH).x1, 1300, 3);
}

/* "Số:.13": a box that is wider than "Số:" holds ink, whatever was read there. */
static void
test_glued_to_lead(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "Số:.", 300, 420, 300, 60);
    add(words, "/GM-SYT", 450, 590, 300, 90);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    g_assert_cmpfloat_with_epsilon(get_gap(gaps, LT_WRITTEN_NUMBER).x0, 348, 5);
}

/* " tháng?năm", in smaller print than the page's, read with a blank before it: a place with its comma says
 * how long the words are. */
static void
test_row_of_place(void)
{
    g_autoptr(GArray) words = page_of_print();
    const double em = 30;

    add(words, "Pleiku,", 900, 900 + 2.85 * em, 300, 88);
    add(words, "ngày", 1000, 1057, 300, 0);
    add(words, " tháng?năm", 1100, 1100 + (2.222 + 0.5 + 1.722) * em, 300, 0);
    add(words, "2020", 1250, 1310, 300, 96);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    LtGap month = get_gap(gaps, LT_WRITTEN_MONTH);
    g_assert_cmpfloat_with_epsilon(month.x1 - month.x0, 0.5 * em, 0.1 * em);
}

/* A tall figure glued to "tháng" moves the middle of its box, not its foot. */
static void
test_tall_ink(void)
{
    g_autoptr(GArray) words = page_of_print();

    add(words, "ngày", 1020, 1088, 300, 96);
    add(words, "tháng12", 1160, 1290, 300, 0);
    add(words, "năm", 1300, 1360, 300, 96);
    add(words, "2017", 1370, 1440, 300, 96);
    g_array_index(words, LtRawWord, words->len - 3).box.y0 -= 40.0 / HEIGHT;
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    g_assert_cmpfloat_with_epsilon(get_gap(gaps, LT_WRITTEN_MONTH).x0, 1238, 6);
}

/* "ngày?#tháng", in smaller print than the page's: the row's one other word says how long its words are. */
static void
test_glued_on_both_sides(void)
{
    g_autoptr(GArray) words = page_of_print();
    const double em = 30;

    add(words, "ngày?#tháng", 1020, 1020 + (1.944 + 1.3 + 2.222) * em, 300, 40);
    add(words, "năm", 1280, 1280 + (1.722 - 0.05) * em, 300, 96);
    add(words, "2017", 1370, 1430, 300, 96);
    g_autoptr(GArray) gaps = lt_gaps_find(words, WIDTH, HEIGHT, 0);
    LtGap day = get_gap(gaps, LT_WRITTEN_DAY);
    g_assert_cmpfloat_with_epsilon(day.x1 - day.x0, 1.35 * em, 0.2 * em);
}

static void
test_nothing(void)
{
    g_autoptr(GArray) none = lt_raw_words_new();
    g_autoptr(GArray) gaps = lt_gaps_find(none, WIDTH, HEIGHT, 0);

    g_assert_cmpuint(gaps->len, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ocr/gaps/apart", test_apart);
    g_test_add_func("/ocr/gaps/glued", test_glued);
    g_test_add_func("/ocr/gaps/body", test_body);
    g_test_add_func("/ocr/gaps/shapes", test_shapes);
    g_test_add_func("/ocr/gaps/misread-alone", test_misread_alone);
    g_test_add_func("/ocr/gaps/part-of-year", test_part_of_year);
    g_test_add_func("/ocr/gaps/glued-to-word", test_glued_to_word);
    g_test_add_func("/ocr/gaps/glued-on-both-sides", test_glued_on_both_sides);
    g_test_add_func("/ocr/gaps/glued-to-lead", test_glued_to_lead);
    g_test_add_func("/ocr/gaps/row-of-place", test_row_of_place);
    g_test_add_func("/ocr/gaps/tall-ink", test_tall_ink);
    g_test_add_func("/ocr/gaps/nothing", test_nothing);
    return g_test_run();
}
