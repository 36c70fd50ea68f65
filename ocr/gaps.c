/* Gaps of a letterhead in which a hand may have written. What decides is the print around them, which
 * recognition reads well: a notation with capitals, and the words of the date. Boxes in which print and
 * ink are glued are cut where the letters must end by the measures of their typeface. */
#include "ocr/gaps.h"

#include <math.h>
#include <string.h>

#include "ocr/band.h"

#define NUMBER_REACH 8.0 /* em from "Số:" to the notation at most */
#define DOUBTFUL 0.4     /* em farther off that a misread notation may begin */
#define LEAD_WIDER 1.3   /* times its letters: a box of "Số:" that holds ink, too */
#define SAID_REACH 2.0   /* em: a word so near before "số" makes a sentence of it */
#define EM_FROM 0.75     /* share of the page's print that the number's may be smaller, */
#define EM_TO 1.15       /* or larger */

/* "Số" as printed and as misread, with what may be glued to it. */
#define LEAD                                                                                                                                    \
    "^[^\\p{L}\\d]{0,2}(?:[S§$][ốồổỗộôóòỏõọoơớờởáÓỐÔ60ä]|[sS][ỐỒỔÓÔ]|s[ốôóòỏ](?=:))\\p{M}?[:;.," \
    "zˆ]{0,2}"
/* And as it is also said within sentences. */
#define SAID "^s[ốồổỗộôóòỏ][:;.,zˆ]{0,2}"
/* A notation at the end of a word, with the sign that parts it from the number. */
#define CODES                                                                                      \
    "QĐ|QD|NQ|CT|TB|KH|BC|TTr|HD|CV|GM|CĐ|TM|ĐL|NĐ|TT|KL|BB|CTr|QC|UBND|HĐND|S\\p{Lu}{1,6}"
static const struct {
    const char *pattern; /* the group "tail" begins with the sign */
    gboolean slash;
    double lost;  /* em: of the slash, where recognition lost it */
    gboolean led; /* a notation only where "Số" stands before it */
} tails[] = {
    {"(?<tail>[-–](?:CT|NQ|QĐ|QC|KH|BC|TB|KL|CV|HD|TTr|CTr|BB|TT)/\\p{Lu}.*)$", FALSE, 0, FALSE},
    {"(?<tail>[/⁄]{1,2}(?:(?:19|20)\\d\\d/)?\\p{Lu}[\\p{L}\\d&§]*(?:[-–./"
     "][\\p{L}\\d&§]+)*[-–.]?)\\W*$",
     TRUE, 0, FALSE},
    {"(?:^|(?<=\\d))(?<tail>(?:" CODES ")[-–]\\p{Lu}.*)$", TRUE, 0.278, FALSE},
    /* Misread: small letters, a sign or the slash lost. */
    {"^[^/⁄]*(?<!\\p{L})(?<tail>[-–]\\p{L}{1,4}(?:/\\p{L}|\\p{Lu})\\p{L}*)\\W*$", FALSE, 0, TRUE},
    {"(?<tail>[/⁄]{1,2}\\p{L}[\\p{L}\\d&§]*(?:[-–./][\\p{L}\\d&§]+)*[-–.]?)\\W*$", TRUE, 0, TRUE},
    {"(?<tail>[/⁄]{1,2}(?:(?:19|20)\\d\\d/?)?)$", TRUE, 0, TRUE},
    {"(?:^|(?<=[\\d._\"'“”‘’]))(?<tail>\\p{L}*\\p{Lu}{2}\\p{L}*(?:[-–.]\\p{L}+)*)\\W*$", TRUE,
     0.278, TRUE},
};

typedef struct {
    const LtBand *band;
    GRegex *lead, *said, *tails[G_N_ELEMENTS(tails)];
} Finder;

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

static gboolean
is_dash(const char *text)
{
    return strcmp(text, "-") == 0 || strcmp(text, "–") == 0;
}

/* How far a notation that was broken into several words goes on. ret_capitals: of those words. */
static double
end_of_notation(const LtBand *band, const LtPrint *from, guint *ret_capitals)
{
    double end = from->x1;

    *ret_capitals = 0;
    for (const LtPrint *next; (next = lt_band_next(band, from, end)) &&
                              next->x0 - end < LT_CLOSE_PRINT * band->em &&
                              (count_capitals(next->text) >= 2 || is_dash(next->text));) {
        *ret_capitals += count_capitals(next->text);
        end = next->x1;
    }
    return end;
}

/* Whether words stand close before it, as in a sentence. */
static gboolean
is_said(const LtBand *band, const LtPrint *print)
{
    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *other = lt_band_at(band, i);

        if (other != print && other->x0 < print->x0 &&
            other->x1 > print->x0 - SAID_REACH * band->em && lt_print_letters(other->text) >= 2 &&
            lt_band_same_row(band, other, print))
            return TRUE;
    }
    return FALSE;
}

/* Where the lead and its colon end on the print; the print itself where nothing is glued to them. */
static gboolean
take_lead(const Finder *finder, const LtPrint *print, LtGap *gap)
{
    g_autofree char *lead = NULL;
    double length, most;

    if (!match_group(finder->lead, print->text, "lead", &lead) &&
        (!match_group(finder->said, print->text, "lead", &lead) || is_said(finder->band, print)))
        return FALSE;
    gap->outer0 = print->x0;
    length = lt_print_advances(g_str_has_suffix(lead, ":") ? lead : "Số:") - LT_BEARINGS;
    most = LEAD_WIDER * length * MAX(gap->em, finder->band->em);
    length *= gap->em;
    gap->x0 = strlen(lead) == strlen(print->text) && print->x1 - print->x0 < most
                  ? print->x1
                  : MIN(print->x0 + length, print->x1);
    gap->open0 = FALSE;
    return TRUE;
}

/* Looks left from the notation for "Số:", the leftmost, since ink may be read like it. FALSE where words of a
 * sentence stand there. */
static gboolean
look_left(const Finder *finder, const LtPrint *tail, LtGap *gap)
{
    const LtBand *band = finder->band;

    gap->open0 = TRUE;
    gap->x0 = gap->outer0 = MAX(0, gap->x1 - NUMBER_REACH * gap->em);
    for (guint i = band->prints->len; i > 0; i--) {
        const LtPrint *print = lt_band_at(band, i - 1);

        if (print == tail || !lt_band_same_row(band, print, tail) || print->x0 >= tail->x0 ||
            print->x1 < gap->x1 - NUMBER_REACH * gap->em)
            continue;
        if (take_lead(finder, print, gap))
            continue;
        if (lt_print_is_word(print))
            return !gap->open0;
        gap->confidence = MAX(gap->confidence, print->confidence);
    }
    return TRUE;
}

/* "984/ 2006/TT-BTC": the year is the notation's, whose first slash stands before it. */
static gboolean
is_year_of_notation(const LtBand *band, const LtPrint *print)
{
    if (!g_regex_match_simple("^(19|20)\\d\\d[/⁄]", print->text, 0, 0))
        return FALSE;
    for (guint i = 0; i < band->prints->len; i++) {
        const LtPrint *other = lt_band_at(band, i);

        if (other->x1 <= print->x0 && other->x1 > print->x0 - LT_CLOSE_PRINT * band->em &&
            lt_band_same_row(band, other, print) &&
            (g_str_has_suffix(other->text, "/") || g_str_has_suffix(other->text, "⁄")))
            return TRUE;
    }
    return FALSE;
}

/* The notation as it begins on the print: where the ink ends. */
static void
take_tail(const LtBand *band, const LtPrint *print, const char *tail, guint way, LtGap *gap)
{
    /* A notation is of capitals: small letters were misread. */
    g_autofree char *upper = tails[way].led ? g_utf8_strup(tail, -1) : g_strdup(tail);
    double lost = tails[way].lost;
    double length = lt_print_advances(upper) - LT_BEARINGS;
    double size = (print->x1 - print->x0) / length;
    gboolean alone = strlen(tail) == strlen(print->text) && size < EM_TO * band->em;

    gap->em = alone ? MAX(size, EM_FROM * band->em) : band->em;
    gap->tail = alone ? 0 : length + lost;
    gap->tail_end = print->x1;
    gap->doubt = tails[way].led ? DOUBTFUL * band->em : 0;
    /* Blanks within it, or ink that was not read. */
    if (!alone && strlen(tail) == strlen(print->text))
        gap->doubt = MAX(gap->doubt, print->x1 - gap->tail * gap->em - print->x0);
    gap->x1 = alone ? print->x0 - lost * gap->em : MAX(print->x0, print->x1 - gap->tail * gap->em);
    if (!alone)
        gap->confidence = print->confidence;
}

static gboolean
take_number(const Finder *finder, const LtPrint *print, guint way, LtGap *gap)
{
    const LtBand *band = finder->band;
    g_autofree char *tail = NULL;
    const LtPrint *next;
    guint more;

    if (!match_group(finder->tails[way], print->text, "tail", &tail) ||
        is_year_of_notation(band, print))
        return FALSE;
    gap->part = LT_WRITTEN_NUMBER;
    gap->slash = tails[way].slash;
    gap->y = lt_print_centre(print);
    gap->outer1 = end_of_notation(band, print, &more);
    if (count_capitals(tail) + more < 2 && !(tails[way].led && lt_print_letters(tail) >= 2))
        return FALSE;
    next = lt_band_next(band, print, gap->outer1);
    if (next && next->x0 - gap->outer1 < LT_CLOSE_PRINT * band->em)
        return FALSE;
    take_tail(band, print, tail, way, gap);
    if (gap->tail > 0 && take_lead(finder, print, gap))
        return TRUE;
    return look_left(finder, print, gap) && !(tails[way].led && gap->open0);
}

/* The one of the letterhead is the highest; one with "Số:" comes before one without, and one that was
 * well read before one that was not. */
static gboolean
find_number(const Finder *finder, LtGap *ret_gap)
{
    gboolean found = FALSE;

    for (guint way = 0; way < G_N_ELEMENTS(tails); way++) {
        if (tails[way].led && found && !ret_gap->open0)
            break;
        for (guint i = 0; i < finder->band->prints->len; i++) {
            LtGap gap = {0};

            if (!take_number(finder, lt_band_at(finder->band, i), way, &gap))
                continue;
            if (!found || gap.open0 < ret_gap->open0 ||
                (gap.open0 == ret_gap->open0 && gap.y < ret_gap->y - finder->band->em / 2))
                *ret_gap = gap;
            found = TRUE;
        }
    }
    return found;
}

static void
finder_init(Finder *finder, const LtBand *band)
{
    finder->band = band;
    finder->lead = g_regex_new("(?<lead>" LEAD ")", 0, 0, NULL);
    finder->said = g_regex_new("(?<lead>" SAID ")", 0, 0, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tails); i++)
        finder->tails[i] = g_regex_new(tails[i].pattern, 0, 0, NULL);
}

static void
finder_clear(Finder *finder)
{
    g_clear_pointer(&finder->lead, g_regex_unref);
    g_clear_pointer(&finder->said, g_regex_unref);
    for (guint i = 0; i < G_N_ELEMENTS(tails); i++)
        g_clear_pointer(&finder->tails[i], g_regex_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Finder, finder_clear)

GArray *
lt_gaps_find(const GArray *words, int width, int height, double slope)
{
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(LtGap));
    g_auto(LtBand) band = {0};
    g_auto(Finder) finder = {0};
    LtGap number;
    gboolean numbered;

    lt_band_init(&band, words, width, height, slope);
    if (band.em <= 0)
        return gaps;
    finder_init(&finder, &band);
    numbered = find_number(&finder, &number);
    if (numbered)
        g_array_append_val(gaps, number);
    lt_gaps_find_date(&band, numbered ? &number : NULL, gaps);
    return gaps;
}
