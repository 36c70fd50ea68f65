/* The gaps of a letterhead's date, from the words "ngày", "tháng" and "năm". */
#include <math.h>
#include <string.h>

#include "ocr/band.h"

#define DATE_REACH 6.0 /* em between two words of the date at most */
#define DATE_BELOW 7.0 /* em that the date may stand lower than the number, */
#define DATE_ABOVE 5.0 /* or higher */
#define WIDER 1.12     /* times its letters: a box that holds more than its word */
#define SURE_ALONE 85u /* confidence of a word that no ink made wider: its row's print is */
#define YEAR_REACH 2.5 /* em between "20" and what a hand wrote behind it */
#define YEAR_DIGITS 4u

typedef struct {
    const LtBand *band;
    GRegex *day, *month, *year;
    double em; /* of the row that is looked at */
} Dates;

/* A word of the date with what is glued to it on either side. */
typedef struct {
    const LtPrint *print;
    double x0, x1; /* of the word alone */
    gboolean alone;
} DateWord;

static gboolean
take_date_word(const Dates *dates, const LtPrint *print, const GRegex *regex, const char *word,
               DateWord *ret_word)
{
    g_autoptr(GMatchInfo) info = NULL;
    double length = (lt_print_advances(word) - LT_BEARINGS) * dates->em;
    int from = 0, to = 0;

    if (!g_regex_match(regex, print->fold, 0, &info))
        return FALSE;
    g_match_info_fetch_pos(info, 0, &from, &to);
    *ret_word = (DateWord){print, print->x0, print->x1, from == 0 && print->fold[to] == '\0'};
    if (ret_word->alone && print->x1 - print->x0 < WIDER * length)
        return TRUE;
    if (ret_word->alone && regex == dates->year && print->confidence < SURE_ALONE) {
        /* A figure is glued to it, on whichever side. Ink beside "tháng" is more often apart, and the word
         * only wider than the row's measure. */
        ret_word->x0 = print->x1 - length;
        ret_word->x1 = print->x0 + length;
    } else if (from == 0) {
        ret_word->x1 = MIN(print->x1, print->x0 + length);
    } else if (print->fold[to] == '\0') {
        ret_word->x0 = MAX(print->x0, print->x1 - length);
    } else {
        /* Glued on both sides: the letters' places by their count. */
        double share = (print->x1 - print->x0) / (double)g_utf8_strlen(print->fold, -1);
        ret_word->x0 = print->x0 + share * (double)g_utf8_strlen(print->fold, from);
        ret_word->x1 = MIN(print->x1, ret_word->x0 + length);
    }
    return TRUE;
}

#define DAY_WORD "ng[a-z]y|ngay|nga[a-z]|^ng[a-z]"
#define MONTH_WORD "th.?ng|t.ang|than[a-z]"
#define YEAR_WORD "n[a-z][mn]|.am(?=$|\\d)"

/* The word of the date nearest to x on its left (or right) side. */
static gboolean
find_date_word(const Dates *dates, const LtPrint *of, double x, gboolean left, const GRegex *regex,
               const char *word, DateWord *ret_word)
{
    const LtBand *band = dates->band;
    guint n = band->prints->len;

    for (guint k = 0; k < n; k++) {
        const LtPrint *print = lt_band_at(band, left ? n - 1 - k : k);
        DateWord found;

        if (!lt_band_same_row(band, print, of) ||
            !take_date_word(dates, print, regex, word, &found))
            continue;
        if (left ? found.x1 <= x + band->em / 4 && found.x1 > x - DATE_REACH * band->em
                 : found.x0 >= x - band->em / 4 && found.x0 < x + DATE_REACH * band->em) {
            *ret_word = found;
            return TRUE;
        }
    }
    return FALSE;
}

typedef struct {
    DateWord day, month, year;
    double end; /* where the year's digits end */
    double em;
    guint confidence[3];
} DateLine;

/* What recognition read between two places of a row. FALSE where that is a word. */
static gboolean
look_between(const LtBand *band, const DateLine *line, double x0, double x1, guint *ret_confidence)
{
    const LtPrint *of = line->month.print;

    *ret_confidence = 0;
    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *print = lt_band_at(band, i);
        double middle = (print->x0 + print->x1) / 2;

        /* What is glued to a word of the date is no word of its own. */
        if (!lt_band_same_row(band, print, of) || middle < x0 || middle > x1 ||
            print == line->day.print || print == of || print == line->year.print)
            continue;
        if (lt_print_is_word(print))
            return FALSE;
        *ret_confidence =
            *ret_confidence ? MIN(*ret_confidence, print->confidence) : print->confidence;
    }
    return TRUE;
}

static guint
count_digits(const char *text)
{
    guint n = 0;

    for (; *text; text++)
        n += g_ascii_isdigit(*text) ? 1 : 0;
    return n;
}

/* Where the year ends: behind its four digits, of which a hand may have written the last. */
static double
end_of_year(const LtBand *band, const DateWord *word)
{
    double end = word->print->x1;
    guint digits = count_digits(word->print->fold);

    for (const LtPrint *next;
         digits < YEAR_DIGITS &&
         (next = lt_band_next(band, word->print, MAX(word->x1 - 1, end - 1))) &&
         next->x0 - end < YEAR_REACH * band->em &&
         (digits > 0 || g_ascii_isdigit(next->fold[0]));) {
        digits += MAX(count_digits(next->fold), 1);
        end = next->x1;
    }
    return end;
}

static gboolean
take_date(Dates *dates, const LtPrint *print, DateLine *ret_line)
{
    const LtBand *band = dates->band;
    const LtPrint *next;
    DateLine line;

    dates->em = band->em;
    if (!take_date_word(dates, print, dates->month, "tháng", &line.month))
        return FALSE;
    dates->em = lt_band_row_em(band, print);
    if (!take_date_word(dates, print, dates->month, "tháng", &line.month) ||
        !find_date_word(dates, print, line.month.x0, TRUE, dates->day, "ngày", &line.day) ||
        !find_date_word(dates, print, line.month.x1, FALSE, dates->year, "năm", &line.year))
        return FALSE;
    line.em = band->em;
    line.end = end_of_year(band, &line.year);
    next = lt_band_next(band, print, line.end);
    if (next && next->x0 - line.end < LT_CLOSE_PRINT * band->em && lt_print_letters(next->text) > 0)
        return FALSE;
    if (!look_between(band, &line, line.day.x1, line.month.x0, &line.confidence[0]) ||
        !look_between(band, &line, line.month.x1, line.year.x0, &line.confidence[1]) ||
        !look_between(band, &line, line.year.x1, line.end, &line.confidence[2]))
        return FALSE;
    *ret_line = line;
    return TRUE;
}

static gboolean
near_number(const LtBand *band, const LtPrint *print, const LtGap *number)
{
    double below = lt_print_centre(print) - number->y;

    return below < DATE_BELOW * band->em && below > -DATE_ABOVE * band->em;
}

static gboolean
find_date(Dates *dates, const LtGap *number, DateLine *ret_line)
{
    const LtBand *band = dates->band;
    gboolean found = FALSE;

    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *print = lt_band_at(band, i);
        DateLine line;

        if ((number && !near_number(band, print, number)) || !take_date(dates, print, &line))
            continue;
        if (!found || lt_print_centre(print) < lt_print_centre(ret_line->month.print))
            *ret_line = line;
        found = TRUE;
    }
    return found;
}

static void
add_date(const DateLine *line, GArray *gaps)
{
    const struct {
        LtWrittenPart part;
        const DateWord *before, *after;
    } parts[] = {{LT_WRITTEN_DAY, &line->day, &line->month},
                 {LT_WRITTEN_MONTH, &line->month, &line->year},
                 {LT_WRITTEN_YEAR, &line->year, NULL}};

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        const DateWord *before = parts[i].before, *after = parts[i].after;
        double end = MAX(line->end, before->x1 + 2.5 * line->em);
        LtGap gap = {.part = parts[i].part,
                     .x0 = before->x1,
                     .x1 = after ? after->x0 : end,
                     .outer0 = before->x0,
                     .outer1 = after ? after->x1 : end,
                     .open1 = !after,
                     .y = lt_print_centre(line->month.print),
                     .em = line->em,
                     .confidence = line->confidence[i]};
        g_array_append_val(gaps, gap);
    }
}

static void
dates_init(Dates *dates, const LtBand *band)
{
    dates->band = band;
    dates->day = g_regex_new(DAY_WORD, 0, 0, NULL);
    dates->month = g_regex_new(MONTH_WORD, 0, 0, NULL);
    dates->year = g_regex_new(YEAR_WORD, 0, 0, NULL);
}

static void
dates_clear(Dates *dates)
{
    g_clear_pointer(&dates->day, g_regex_unref);
    g_clear_pointer(&dates->month, g_regex_unref);
    g_clear_pointer(&dates->year, g_regex_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Dates, dates_clear)

void
lt_gaps_find_date(const LtBand *band, const LtGap *number, GArray *gaps)
{
    g_auto(Dates) dates = {0};
    DateLine date;

    dates_init(&dates, band);
    if (find_date(&dates, number, &date))
        add_date(&date, gaps);
}
