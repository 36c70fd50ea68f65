/* Words of a letterhead by rows, and what their letters measure. */
#include "ocr/band.h"

#include <math.h>
#include <string.h>

#define BAND 0.42     /* of the page: no letterhead reaches lower */
#define SAME_ROW 0.45 /* em: distance of centres within one row, */
#define SAME_FOOT 0.2 /* or of feet, where ink glued to a word makes its box higher */
#define SURE_WORD 85u /* confidence of a word that is print beyond doubt */
#define LEAST_WORD 3u /* letters of it */
#define EM_WORDS 4u   /* letters of a word that the size of print is measured on */
#define ROW_SURE 60u  /* confidence of one that the size of a row is */
#define ROW_FROM 0.75 /* share of the page's print that a row's may be smaller, */
#define ROW_TO 1.15   /* or larger */
#define ROW_WORDS 2u  /* words that must agree on it */

/* Advance widths of Times, in thousandths of an em: decree 30/2020 asks for Times New Roman, and what
 * the tables lack measures as much as a digit. */
static const guint16 capitals[26] = {722, 667, 667, 722, 611, 556, 722, 722, 333,
                                     389, 722, 611, 889, 722, 722, 556, 722, 667,
                                     556, 611, 722, 722, 944, 722, 722, 611};
static const guint16 smalls[26] = {444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778,
                                   500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444};

static double
advance(gunichar c)
{
    gunichar base = c == 0x111 ? 'd' : c == 0x110 || c == 0xD0 ? 'D' : c, mark;

    while (base > 0x7F && g_unichar_decompose(base, &base, &mark) && mark)
        ;
    if (base >= 'A' && base <= 'Z')
        return capitals[base - 'A'] / 1000.0;
    if (base >= 'a' && base <= 'z')
        return smalls[base - 'a'] / 1000.0;
    if (base < 0x80 && strchr("/:;|", (int)base))
        return 0.278;
    if (base < 0x80 && strchr(".,'", (int)base))
        return 0.25;
    return base == '-' ? 0.333 : 0.5;
}

double
lt_print_advances(const char *text)
{
    double sum = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p))
        sum += advance(g_utf8_get_char(p));
    return sum;
}

static void
print_clear(gpointer print)
{
    g_free(((LtPrint *)print)->fold);
}

static int
compare_prints(gconstpointer a, gconstpointer b)
{
    double x = ((const LtPrint *)a)->x0, y = ((const LtPrint *)b)->x0;

    return (x > y) - (x < y);
}

LtLevel
lt_level_new(double slope, int width, int height)
{
    return (LtLevel){cos(slope), sin(slope), width / 2.0, height / 2.0};
}

void
lt_level_turn(const LtLevel *level, double *x, double *y)
{
    double dx = *x - level->middle_x, dy = *y - level->middle_y;

    *x = level->middle_x + dx * level->cosine - dy * level->sine;
    *y = level->middle_y + dx * level->sine + dy * level->cosine;
}

static LtPrint
make_print(const LtRawWord *word, int width, int height, double slope)
{
    g_autofree char *canonical = lt_text_canonical(word->text);
    double x = (word->box.x0 + word->box.x1) / 2 * width,
           y = (word->box.y0 + word->box.y1) / 2 * height;
    double half_x = (word->box.x1 - word->box.x0) * width / 2,
           half_y = (word->box.y1 - word->box.y0) * height / 2;

    LtLevel level = lt_level_new(slope, width, height);
    lt_level_turn(&level, &x, &y);
    return (LtPrint){.text = word->text,
                     .fold = g_strstrip(lt_text_fold(canonical)),
                     .x0 = x - half_x,
                     .y0 = y - half_y,
                     .x1 = x + half_x,
                     .y1 = y + half_y,
                     .confidence = word->confidence};
}

guint
lt_print_letters(const char *text)
{
    guint n = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p))
        n += g_unichar_isalpha(g_utf8_get_char(p)) ? 1 : 0;
    return n;
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* 0: there are fewer than least. */
static double
median_of(GArray *sizes, guint least)
{
    g_array_sort(sizes, compare_doubles);
    return sizes->len >= least ? g_array_index(sizes, double, sizes->len / 2) : 0;
}

static void
add_size(GArray *sizes, const char *text, double width)
{
    double size = width / (lt_print_advances(text) - LT_BEARINGS);

    g_array_append_val(sizes, size);
}

/* The size of the page's print: the median over words that were surely read. 0: there are none. */
static double
measure_em(const GArray *words, int width)
{
    g_autoptr(GArray) sizes = g_array_new(FALSE, FALSE, sizeof(double));

    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);

        if (word->confidence >= SURE_WORD && lt_print_letters(word->text) >= EM_WORDS)
            add_size(sizes, word->text, (word->box.x1 - word->box.x0) * width);
    }
    return median_of(sizes, 1);
}

void
lt_band_init(LtBand *band, const GArray *words, int width, int height, double slope)
{
    band->em = measure_em(words, width);
    band->prints = g_array_new(FALSE, FALSE, sizeof(LtPrint));
    g_array_set_clear_func(band->prints, print_clear);
    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);

        if (word->box.y1 < BAND) {
            LtPrint print = make_print(word, width, height, slope);
            g_array_append_val(band->prints, print);
        }
    }
    g_array_sort(band->prints, compare_prints);
}

void
lt_band_clear(LtBand *band)
{
    g_clear_pointer(&band->prints, g_array_unref);
}

gboolean
lt_band_same_row(const LtBand *band, const LtPrint *a, const LtPrint *b)
{
    return fabs(lt_print_centre(a) - lt_print_centre(b)) < SAME_ROW * band->em ||
           fabs(a->y1 - b->y1) < SAME_FOOT * band->em;
}

gboolean
lt_print_is_word(const LtPrint *print)
{
    return print->confidence >= SURE_WORD && lt_print_letters(print->text) >= LEAST_WORD &&
           !strpbrk(print->text, "0123456789");
}

const LtPrint *
lt_band_next(const LtBand *band, const LtPrint *of, double x)
{
    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *print = lt_band_at(band, i);

        if (print != of && print->x0 >= x && lt_band_same_row(band, print, of))
            return print;
    }
    return NULL;
}

/* Letters alone, but for a comma or a stop behind them. */
static gboolean
is_measurable(const char *text)
{
    glong length = g_utf8_strlen(text, -1);

    if (length > 0 && strpbrk(text + strlen(text) - 1, ",."))
        length--;
    return lt_print_letters(text) >= LEAST_WORD && lt_print_letters(text) == length;
}

double
lt_band_row_em(const LtBand *band, const LtPrint *of)
{
    g_autoptr(GArray) sizes = g_array_new(FALSE, FALSE, sizeof(double));
    guint sure = 0;
    double em;

    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *print = lt_band_at(band, i);

        if (print->confidence < ROW_SURE || !is_measurable(print->text) ||
            !lt_band_same_row(band, print, of))
            continue;
        add_size(sizes, print->text, print->x1 - print->x0);
        sure += print->confidence >= SURE_WORD ? 1 : 0;
    }
    em = median_of(sizes, sure ? 1 : ROW_WORDS);
    return em > 0 ? CLAMP(em, ROW_FROM * band->em, ROW_TO * band->em) : band->em;
}
