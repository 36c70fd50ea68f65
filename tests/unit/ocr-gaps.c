/* Where a hand may have written, from the words around it. */
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
    g_test_add_func("/ocr/gaps/nothing", test_nothing);
    return g_test_run();
}
