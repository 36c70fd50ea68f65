/* Gaps of a letterhead in which a hand may have written. What decides is the print around them, which
 * recognition reads well: a notation with capitals, and the words of the date. Boxes in which print and
 * ink are glued are cut where the letters must end by the measures of their typeface. */
#include "ocr/gaps.h"

#include <math.h>
#include <string.h>

#define BAND 0.42        /* of the page: no letterhead reaches lower */
#define SAME_ROW 0.45    /* em: distance of centres within one row */
#define NUMBER_REACH 8.0 /* em from "Số:" to the notation at most */
#define DATE_REACH 6.0   /* em between two words of the date at most */
#define CLOSE 0.7        /* em: what stands so near goes on with the sentence */
#define DATE_BELOW 7.0   /* em that the date may stand lower than the number, */
#define DATE_ABOVE 5.0   /* or higher */
#define SURE_WORD 85u    /* confidence of a word that is print beyond doubt */
#define LEAST_WORD 3u    /* letters of it */
#define EM_WORDS 4u      /* letters of a word that the size of print is measured on */
#define EM_FROM 0.75     /* share of the page's print that the number's may be smaller, */
#define EM_TO 1.15       /* or larger */
#define WIDER 1.2        /* times its letters: a box that holds more than its word */
#define BEARINGS 0.05    /* em: a word's box is so much narrower than its letters' advances */

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

static double
advances(const char *text)
{
    double sum = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p))
        sum += advance(g_utf8_get_char(p));
    return sum;
}

#define N_TAILS 3u

typedef struct {
    GArray *prints; /* of LtPrint, by x0 */
    double em;      /* of the page's running text */
    GRegex *lead, *tails[N_TAILS], *day, *month, *year;
} Band;

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

void
lt_gaps_level(double slope, int width, int height, double *x, double *y)
{
    double dx = *x - width / 2.0, dy = *y - height / 2.0;

    *x = width / 2.0 + dx * cos(slope) - dy * sin(slope);
    *y = height / 2.0 + dx * sin(slope) + dy * cos(slope);
}

static LtPrint
make_print(const LtRawWord *word, int width, int height, double slope)
{
    g_autofree char *canonical = lt_text_canonical(word->text);
    double x = (word->box.x0 + word->box.x1) / 2 * width,
           y = (word->box.y0 + word->box.y1) / 2 * height;
    double half_x = (word->box.x1 - word->box.x0) * width / 2,
           half_y = (word->box.y1 - word->box.y0) * height / 2;

    lt_gaps_level(slope, width, height, &x, &y);
    return (LtPrint){.text = word->text,
                     .fold = lt_text_fold(canonical),
                     .x0 = x - half_x,
                     .y0 = y - half_y,
                     .x1 = x + half_x,
                     .y1 = y + half_y,
                     .confidence = word->confidence};
}

static guint
count_letters(const char *text)
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

/* The size of the page's print: the median over words that were surely read. 0: there are none. */
static double
measure_em(const GArray *words, int width)
{
    g_autoptr(GArray) sizes = g_array_new(FALSE, FALSE, sizeof(double));

    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);
        double size;

        if (word->confidence < SURE_WORD || count_letters(word->text) < EM_WORDS)
            continue;
        size = (word->box.x1 - word->box.x0) * width / (advances(word->text) - BEARINGS);
        g_array_append_val(sizes, size);
    }
    g_array_sort(sizes, compare_doubles);
    return sizes->len ? g_array_index(sizes, double, sizes->len / 2) : 0;
}

static const LtPrint *
print_at(const Band *band, guint i)
{
    return &g_array_index(band->prints, LtPrint, i);
}

static double
centre(const LtPrint *print)
{
    return (print->y0 + print->y1) / 2;
}

static gboolean
same_row(const Band *band, const LtPrint *a, const LtPrint *b)
{
    return fabs(centre(a) - centre(b)) < SAME_ROW * band->em;
}

/* A word of print beyond doubt: none such stands where a hand writes. */
static gboolean
is_word(const LtPrint *print)
{
    return print->confidence >= SURE_WORD && count_letters(print->text) >= LEAST_WORD;
}

/* The nearest print of the row right of x; NULL where there is none. */
static const LtPrint *
next_in_row(const Band *band, const LtPrint *of, double x)
{
    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *print = print_at(band, i);

        if (print != of && print->x0 >= x && same_row(band, print, of))
            return print;
    }
    return NULL;
}

/* "Số" as printed and as misread, with what may be glued to it. */
#define LEAD                                                                                                                                  \
    "^[^\\p{L}\\d]{0,2}(?:[S§$][ốồổỗộôóòỏõọoơớờởáÓỐÔ60ä]|SỐ|SÓ|SÔ|s[ốôóòỏ](?=:))\\p{M}?[:;.,zˆ]{" \
    "0,2}"
/* A notation at the end of a word, with the sign that parts it from the number. */
#define CODES                                                                                      \
    "QĐ|QD|NQ|CT|TB|KH|BC|TTr|HD|CV|GM|CĐ|TM|ĐL|NĐ|TT|KL|BB|CTr|QC|UBND|HĐND|S\\p{Lu}{1,6}"
static const struct {
    const char *pattern; /* the group "tail" begins with the sign */
    gboolean slash;
    double lost; /* em: of the slash, where recognition lost it */
} tails[] = {
    {"(?<tail>[-–](?:CT|NQ|QĐ|QC|KH|BC|TB|KL|CV|HD|TTr|CTr|BB|TT)/\\p{Lu}.*)$", FALSE, 0},
    {"(?<tail>[/⁄]{1,2}(?:(?:19|20)\\d\\d/)?\\p{Lu}[\\p{L}\\d&]*(?:[-–./][\\p{L}\\d&]*)*)\\W*$",
     TRUE, 0},
    {"(?:^|(?<=\\d))(?<tail>(?:" CODES ")[-–]\\p{Lu}.*)$", TRUE, 0.278},
};

static gboolean
match_group(const GRegex *regex, const char *text, const char *group, char **ret_found)
{
    g_autoptr(GMatchInfo) info = NULL;

    if (!g_utf8_validate(text, -1, NULL) || !g_regex_match(regex, text, 0, &info))
        return FALSE;
    *ret_found = g_match_info_fetch_named(info, group);
    return *ret_found != NULL;
}

static guint
count_capitals(const char *text)
{
    guint n = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p))
        n += g_unichar_isupper(g_utf8_get_char(p)) ? 1 : 0;
    return n;
}

/* How far a notation that was broken into several words goes on. */
static double
end_of_notation(const Band *band, const LtPrint *from)
{
    double end = from->x1;

    for (const LtPrint *next; (next = next_in_row(band, from, end)) &&
                              next->x0 - end < CLOSE * band->em && count_capitals(next->text) >= 2;)
        end = next->x1;
    return end;
}

/* Where the lead and its colon end on the print; the print itself where nothing is glued to them. */
static gboolean
take_lead(const Band *band, const LtPrint *print, LtGap *gap)
{
    g_autofree char *lead = NULL;
    double end;

    if (!match_group(band->lead, print->text, "lead", &lead))
        return FALSE;
    gap->outer0 = print->x0;
    end = print->x0 + (advances(g_str_has_suffix(lead, ":") ? lead : "Số:") - BEARINGS) * gap->em;
    gap->x0 = strlen(lead) == strlen(print->text) ? print->x1 : MIN(end, print->x1);
    gap->open0 = FALSE;
    return TRUE;
}

/* Looks left from the notation for "Số:". FALSE where words of a sentence stand there. */
static gboolean
look_left(const Band *band, const LtPrint *tail, LtGap *gap)
{
    gap->open0 = TRUE;
    gap->x0 = gap->outer0 = MAX(0, gap->x1 - NUMBER_REACH * gap->em);
    for (guint i = band->prints->len; i > 0; i--) {
        const LtPrint *print = print_at(band, i - 1);

        if (print == tail || !same_row(band, print, tail) || print->x0 >= tail->x0 ||
            print->x1 < gap->x1 - NUMBER_REACH * gap->em)
            continue;
        if (take_lead(band, print, gap))
            return TRUE;
        if (is_word(print))
            return FALSE;
        gap->confidence = MAX(gap->confidence, print->confidence);
    }
    return TRUE;
}

static gboolean
take_number(const Band *band, const LtPrint *print, LtGap *gap)
{
    g_autofree char *tail = NULL;
    const LtPrint *next;
    gboolean alone;
    double size, length, lost = 0;

    for (guint i = 0; i < G_N_ELEMENTS(tails) && !tail; i++) {
        match_group(band->tails[i], print->text, "tail", &tail);
        gap->slash = tails[i].slash;
        lost = tails[i].lost;
    }
    if (!tail)
        return FALSE;
    gap->part = LT_WRITTEN_NUMBER;
    gap->y = centre(print);
    gap->outer1 = end_of_notation(band, print);
    if (count_capitals(tail) < 2 && gap->outer1 == print->x1)
        return FALSE;
    next = next_in_row(band, print, gap->outer1);
    if (next && next->x0 - gap->outer1 < CLOSE * band->em)
        return FALSE;
    length = advances(tail) - BEARINGS;
    size = (print->x1 - print->x0) / length;
    alone = strlen(tail) == strlen(print->text) && size < EM_TO * band->em;
    gap->em = alone ? MAX(size, EM_FROM * band->em) : band->em;
    gap->tail = alone ? 0 : length + lost;
    gap->tail_end = print->x1;
    gap->x1 = alone ? print->x0 : MAX(print->x0, print->x1 - gap->tail * gap->em);
    if (!alone) {
        gap->confidence = print->confidence;
        if (take_lead(band, print, gap))
            return TRUE;
    }
    return look_left(band, print, gap);
}

/* The one of the letterhead is the highest; one with "Số:" comes before one without. */
static gboolean
find_number(const Band *band, LtGap *ret_gap)
{
    gboolean found = FALSE;

    for (guint i = 0; i < band->prints->len; i++) {
        LtGap gap = {0};

        if (!take_number(band, print_at(band, i), &gap))
            continue;
        if (!found || gap.open0 < ret_gap->open0 ||
            (gap.open0 == ret_gap->open0 && gap.y < ret_gap->y))
            *ret_gap = gap;
        found = TRUE;
    }
    return found;
}

/* A word of the date with what is glued to it on either side. */
typedef struct {
    const LtPrint *print;
    double x0, x1; /* of the word alone */
    gboolean alone;
} DateWord;

static gboolean
take_date_word(const Band *band, const LtPrint *print, const GRegex *regex, const char *word,
               DateWord *ret_word)
{
    g_autoptr(GMatchInfo) info = NULL;
    double em = band->em, length = (advances(word) - BEARINGS) * em;
    int from = 0, to = 0;

    if (!g_regex_match(regex, print->fold, 0, &info))
        return FALSE;
    g_match_info_fetch_pos(info, 0, &from, &to);
    *ret_word = (DateWord){print, print->x0, print->x1, from == 0 && print->fold[to] == '\0'};
    if (ret_word->alone && print->x1 - print->x0 < WIDER * length)
        return TRUE;
    if (from == 0) {
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
find_date_word(const Band *band, const LtPrint *of, double x, gboolean left, const GRegex *regex,
               const char *word, DateWord *ret_word)
{
    guint n = band->prints->len;

    for (guint k = 0; k < n; k++) {
        const LtPrint *print = print_at(band, left ? n - 1 - k : k);
        DateWord found;

        if (!same_row(band, print, of) || !take_date_word(band, print, regex, word, &found))
            continue;
        if (left ? found.x1 <= x + band->em / 4 && found.x1 > x - DATE_REACH * band->em
                 : found.x0 >= x - band->em / 4 && found.x0 < x + DATE_REACH * band->em) {
            *ret_word = found;
            return TRUE;
        }
    }
    return FALSE;
}

/* What recognition read between two places of a row. FALSE where that is a word. */
static gboolean
look_between(const Band *band, const LtPrint *of, double x0, double x1, guint *ret_confidence)
{
    *ret_confidence = 0;
    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *print = print_at(band, i);
        double middle = (print->x0 + print->x1) / 2;

        if (!same_row(band, print, of) || middle < x0 || middle > x1)
            continue;
        if (is_word(print))
            return FALSE;
        *ret_confidence =
            *ret_confidence ? MIN(*ret_confidence, print->confidence) : print->confidence;
    }
    return TRUE;
}

typedef struct {
    DateWord day, month, year;
    double end; /* where the year's digits end */
    guint confidence[3];
} DateLine;

static gboolean
take_date(const Band *band, const LtPrint *print, DateLine *ret_line)
{
    const LtPrint *year, *next;
    DateLine line;

    if (!take_date_word(band, print, band->month, "tháng", &line.month) ||
        !find_date_word(band, print, line.month.x0, TRUE, band->day, "ngày", &line.day) ||
        !find_date_word(band, print, line.month.x1, FALSE, band->year, "năm", &line.year))
        return FALSE;
    line.end = line.year.print->x1;
    year = next_in_row(band, print, line.year.x1 - 1);
    if (year && year->x0 - line.end < 1.5 * band->em && g_ascii_isdigit(year->fold[0]))
        line.end = year->x1;
    next = next_in_row(band, print, line.end);
    if (next && next->x0 - line.end < CLOSE * band->em && count_letters(next->text) > 0)
        return FALSE;
    if (!look_between(band, print, line.day.x1, line.month.x0, &line.confidence[0]) ||
        !look_between(band, print, line.month.x1, line.year.x0, &line.confidence[1]) ||
        !look_between(band, print, line.year.x1, line.end, &line.confidence[2]))
        return FALSE;
    *ret_line = line;
    return TRUE;
}

static gboolean
near_number(const Band *band, const LtPrint *print, const LtGap *number)
{
    double below = centre(print) - number->y;

    return below < DATE_BELOW * band->em && below > -DATE_ABOVE * band->em;
}

static gboolean
find_date(const Band *band, const LtGap *number, DateLine *ret_line)
{
    gboolean found = FALSE;

    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *print = print_at(band, i);
        DateLine line;

        if ((number && !near_number(band, print, number)) || !take_date(band, print, &line))
            continue;
        if (!found || centre(print) < centre(ret_line->month.print))
            *ret_line = line;
        found = TRUE;
    }
    return found;
}

static void
add_date(const Band *band, const DateLine *line, GArray *gaps)
{
    const struct {
        LtWrittenPart part;
        const DateWord *before, *after;
    } parts[] = {{LT_WRITTEN_DAY, &line->day, &line->month},
                 {LT_WRITTEN_MONTH, &line->month, &line->year},
                 {LT_WRITTEN_YEAR, &line->year, NULL}};

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        const DateWord *before = parts[i].before, *after = parts[i].after;
        double end = MAX(line->end, before->x1 + 2.5 * band->em);
        LtGap gap = {.part = parts[i].part,
                     .x0 = before->x1,
                     .x1 = after ? after->x0 : end,
                     .outer0 = before->x0,
                     .outer1 = after ? after->x1 : end,
                     .open1 = !after,
                     .y = centre(line->month.print),
                     .em = band->em,
                     .confidence = line->confidence[i]};
        g_array_append_val(gaps, gap);
    }
}

static void
band_init(Band *band)
{
    band->prints = g_array_new(FALSE, FALSE, sizeof(LtPrint));
    g_array_set_clear_func(band->prints, print_clear);
    band->lead = g_regex_new("(?<lead>" LEAD ")", 0, 0, NULL);
    for (guint i = 0; i < N_TAILS; i++)
        band->tails[i] = g_regex_new(tails[i].pattern, 0, 0, NULL);
    band->day = g_regex_new(DAY_WORD, 0, 0, NULL);
    band->month = g_regex_new(MONTH_WORD, 0, 0, NULL);
    band->year = g_regex_new(YEAR_WORD, 0, 0, NULL);
}

static void
band_clear(Band *band)
{
    GRegex **const all[] = {&band->lead, &band->day, &band->month, &band->year};

    g_clear_pointer(&band->prints, g_array_unref);
    for (guint i = 0; i < G_N_ELEMENTS(all); i++)
        g_clear_pointer(all[i], g_regex_unref);
    for (guint i = 0; i < N_TAILS; i++)
        g_clear_pointer(&band->tails[i], g_regex_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Band, band_clear)

GArray *
lt_gaps_find(const GArray *words, int width, int height, double slope)
{
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(LtGap));
    g_auto(Band) band = {.em = measure_em(words, width)};
    LtGap number;
    DateLine date;

    if (band.em <= 0)
        return gaps;
    band_init(&band);
    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);

        if (word->box.y1 < BAND) {
            LtPrint print = make_print(word, width, height, slope);
            g_array_append_val(band.prints, print);
        }
    }
    g_array_sort(band.prints, compare_prints);
    gboolean numbered = find_number(&band, &number);
    if (numbered)
        g_array_append_val(gaps, number);
    if (find_date(&band, numbered ? &number : NULL, &date))
        add_date(&band, &date, gaps);
    return gaps;
}
