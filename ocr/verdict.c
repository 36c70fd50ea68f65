/* Thresholds from the measurements on good and broken layers in the domain notes (5.4): good
 * Vietnamese has a quarter of its letters marked and nine words in ten spelled as syllables, a
 * layer by an English recogniser under a tenth of its letters marked. */
#include "ocr/verdict.h"

#include <string.h>

#define FEW_LETTERS 40   /* fewer are too few to be judged by shares */
#define FULL_PICTURE 0.5 /* share of the page: more is a scan */
#define SCAN_LETTERS 100 /* fewer are not the text of a scanned page */
#define SCAN_COVER                                                                                 \
    0.025 /* share of a scanned page that the words of its text cover at least: two lines, which a portal or a \
             registry prints over it, cover 0.02 */
#define LEGACY_SIGNS 3        /* fewer may be slips */
#define LEGACY_SHARE 0.04     /* of the letters; measured: TCVN3 0.14 and more */
#define FOREIGN_SYLLABLES 0.5 /* share of the words; fewer are another language */
#define MARKED 0.12           /* share of the letters; fewer are the text of a broken font */
#define CLEAN_TOKENS 0.9      /* share of the tokens that hold no strange signs */

static const char *const names[] = {
    [LT_LAYER_KEEP] = "keep",     [LT_LAYER_NONE] = "none",   [LT_LAYER_GARBAGE] = "garbage",
    [LT_LAYER_LEGACY] = "legacy", [LT_LAYER_STAMP] = "stamp",
};

const char *
lt_layer_verdict_name(LtLayerVerdict verdict)
{
    return names[verdict];
}

/* The words before those of a signature's appearance, which come last. */
static guint
running_words(const LtPage *page)
{
    guint n = 0;
    while (n < page->n_words && page->words[n].zone != LT_PAGE_ZONE_SIGNATURE)
        n++;
    return n;
}

static char *
running_text(const LtPage *page, guint n_words)
{
    if (n_words == page->n_words)
        return g_strdup(page->text);
    return g_utf8_substring(page->text, 0, page->words[n_words].start);
}

static double
share(guint part, guint whole)
{
    return whole ? (double)part / whole : 0;
}

static double
covered(const LtPage *page, guint n_words)
{
    double area = 0;
    for (guint i = 0; i < n_words; i++) {
        const LtBox *box = &page->words[i].box;
        area += (box->x1 - box->x0) * (box->y1 - box->y0);
    }
    return area;
}

/* Whole words of letters with plain punctuation around them, or figures: what a sound font gives.
 */
static double
clean_tokens(const char *text)
{
    g_auto(GStrv) tokens = g_strsplit_set(text, " \n", -1);
    guint all = 0, clean = 0;
    for (guint i = 0; tokens[i]; i++) {
        if (!*tokens[i])
            continue;
        gboolean letters = FALSE, others = FALSE;
        for (const char *p = tokens[i]; *p; p = g_utf8_next_char(p)) {
            gunichar c = g_utf8_get_char(p);
            letters = letters || g_unichar_isalpha(c);
            others = others || !(g_unichar_isalpha(c) || g_unichar_ispunct(c));
        }
        all++;
        clean += letters && others ? 0 : 1;
    }
    return share(clean, all);
}

/* Words of another language, or Vietnamese with many abbreviations, in good order: drawn from
 * fonts, they are better than anything recognised. Syllables without marks are a font that lost
 * them. */
static gboolean
is_in_order(const LtTextQuality *quality, const char *text)
{
    return (share(quality->syllables, quality->words) < FOREIGN_SYLLABLES ||
            share(quality->marked, quality->letters) > MARKED) &&
           clean_tokens(text) > CLEAN_TOKENS;
}

LtLayerVerdict
lt_layer_judge(const LtPage *page, double image_share)
{
    guint n_words = running_words(page);
    g_autofree char *text = running_text(page, n_words);
    LtTextQuality quality = lt_text_quality(text);
    gboolean scan = image_share > FULL_PICTURE;

    if (page->n_words == 0)
        return LT_LAYER_NONE;
    if (quality.legacy >= LEGACY_SIGNS && share(quality.legacy, quality.letters) > LEGACY_SHARE)
        return LT_LAYER_LEGACY;
    if (scan && quality.letters < SCAN_LETTERS)
        return n_words < page->n_words ? LT_LAYER_STAMP : LT_LAYER_NONE;
    if (quality.letters < FEW_LETTERS || lt_text_quality_is_vietnamese(&quality))
        return scan && covered(page, n_words) < SCAN_COVER ? LT_LAYER_NONE : LT_LAYER_KEEP;
    return !scan && is_in_order(&quality, text) ? LT_LAYER_KEEP : LT_LAYER_GARBAGE;
}
