/* Reading decides: what was read the wrong way up scores a tenth of what could be had, what was
 * read the right way three quarters and more. Which way is tried first follows Leptonica's measure
 * of strokes above and below the middle of the lines; Vietnamese has more above. On 222 pages, poor
 * copies and signature pages among them, it never called an upright page turned; of the same pages
 * turned it named the right way up for 605 of 666. */
#include "ocr/orient.h"

#include <math.h>

#include "ocr/lines.h"
#include "ocr/tone.h"

/* Leptonica's measure is made for 150 to 300 dpi: pictures from here on are halved. */
#define RANK_REDUCE_DPI 250
#define INK_TONE 140     /* of 255: darker is ink, the background levelled to 200 */
#define ORIENT_CLEAR 3.0 /* Leptonica's confidence from which a direction is sure, */
#define ORIENT_RATIO 2.0 /* if it is so many times that of the other axis */
#define SLOPE_SURE 3.0   /* Leptonica's confidence in a slope */
#define WIDE_SURE 6.0    /* the same for one of more than NARROW */
#define NARROW 7.0       /* degrees */
#define WIDE 20.0        /* degrees */
#define SPELT_WRONG 0.3  /* what a word that is no syllable counts for */
#define FIGURE 0.5       /* what a figure counts for: some can be read upside down */
#define SURE_SHARE 0.5   /* of what all letters could score */
#define SURE_LETTERS 30  /* fewer are too few to be sure */
#define LONG_WORD 3      /* letters: printed across, it is wider than high */

/* pix: 1 bit, or any depth without colour map. (transfer full) (nullable) */
static PIX *
find_ink(PIX *pix)
{
    g_autoptr(PIX) grey = NULL;
    g_autoptr(PIX) level = NULL;

    if (pixGetDepth(pix) == 1)
        return pixClone(pix);
    grey = pixConvertTo8(pix, FALSE);
    if (!grey)
        return NULL;
    level = pixBackgroundNormSimple(grey, NULL, NULL); /* NULL for the smallest pictures */
    int threshold = INK_TONE, tone;
    if (level && lt_tone_is_faint(level, &tone))
        threshold = (tone + LT_TONE_PAPER) / 2;
    return pixThresholdToBinary(level ? level : grey, threshold);
}

/* Halved so that the darkest of four pixels stays: dust must be seen. (transfer full) (nullable) */
static PIX *
halve(PIX *pix)
{
    g_autoptr(PIX) grey = NULL;

    if (pixGetDepth(pix) == 1)
        return pixReduceRankBinary2(pix, 1, NULL);
    grey = pixGetDepth(pix) == 32 ? pixGetRGBComponent(pix, COLOR_GREEN) : pixClone(pix);
    return grey ? pixScaleGrayMinMax2(grey, L_CHOOSE_MIN) : NULL;
}

PIX *
lt_ink_new(PIX *pix, guint dpi, int *ret_step)
{
    g_autoptr(PIX) small = pixClone(pix);

    for (*ret_step = 1; small && dpi / (guint)*ret_step >= 2 * LT_INK_DPI &&
                        MIN(pixGetWidth(small), pixGetHeight(small)) > 1;
         *ret_step *= 2) {
        PIX *half = halve(small);

        pixDestroy(&small);
        small = half;
    }
    return small ? find_ink(small) : NULL;
}

static gboolean
is_clear(float confidence, float other)
{
    return fabsf(confidence) > ORIENT_CLEAR && fabsf(confidence) > ORIENT_RATIO * fabsf(other);
}

/* (transfer full) (nullable) */
static PIX *
rank_ink(PIX *pix, guint dpi)
{
    g_autoptr(PIX) grey = pixConvertTo8(pix, FALSE);
    g_autoptr(PIX) small = grey && dpi >= RANK_REDUCE_DPI ? pixScaleAreaMap2(grey) : pixClone(grey);

    return small ? find_ink(small) : NULL;
}

guint
lt_orient_rank(PIX *pix, guint dpi, guint ret_turns[4])
{
    g_autoptr(PIX) ink = rank_ink(pix, dpi);
    float up = 0, left = 0;
    gboolean measured = ink && pixOrientDetect(ink, &up, &left, 0, 0) == 0;
    gboolean sideways_first = measured && is_clear(left, up);
    guint upright, sideways;

    upright = up < -ORIENT_CLEAR ? 2 : 0;
    sideways = left >= 0 ? 1 : 3;
    ret_turns[sideways_first ? 2 : 0] = upright;
    ret_turns[sideways_first ? 3 : 1] = upright ^ 2;
    ret_turns[sideways_first ? 0 : 2] = sideways;
    ret_turns[sideways_first ? 1 : 3] = sideways ^ 2;
    return measured && up > 0 && is_clear(up, left) ? 1 : 4;
}

gboolean
lt_orient_find_slope(PIX *ink, double *ret_degrees)
{
    float degrees = 0, sure = 0;
    gboolean found = pixFindSkewSweepAndSearch(ink, &degrees, &sure, 2, 1, NARROW, 1, 0.01f) == 0 &&
                     sure >= SLOPE_SURE;

    if (!found)
        found = pixFindSkewSweepAndSearch(ink, &degrees, &sure, 2, 1, WIDE, 1, 0.01f) == 0 &&
                sure >= WIDE_SURE;
    *ret_degrees = found ? degrees : 0;
    return found;
}

LtLinesRun
lt_orient_find_lines(PIX *ink)
{
    double slope;
    g_autoptr(PIX) turned = NULL;

    if (lt_orient_find_slope(ink, &slope))
        return LT_LINES_ACROSS;
    turned = pixRotateOrth(ink, 1);
    return turned && lt_orient_find_slope(turned, &slope) ? LT_LINES_DOWN : LT_LINES_NONE;
}

/* Tesseract also reads lines that run down the page. */
static gboolean
runs_down(const LtRawWord *word, guint letters, double width, double height)
{
    return letters >= LONG_WORD &&
           (word->box.y1 - word->box.y0) * height > (word->box.x1 - word->box.x0) * width;
}

static guint
count_figures(const char *text)
{
    guint n = 0;

    for (; *text; text++)
        n += g_ascii_isdigit(*text) ? 1 : 0;
    return n;
}

double
lt_orient_score(const GArray *words, double width, double height, gboolean *ret_sure)
{
    double figures = 0, spelt = 0;
    guint letters = 0;

    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);
        LtTextQuality quality = lt_text_quality(word->text);
        double confidence = word->confidence / 100.0;

        letters += quality.letters;
        if (runs_down(word, quality.letters, width, height))
            continue;
        spelt += quality.letters * confidence * confidence * (quality.syllables ? 1 : SPELT_WRONG);
        figures += count_figures(word->text) * FIGURE * confidence * confidence;
    }
    *ret_sure = letters >= SURE_LETTERS && spelt > SURE_SHARE * letters;
    return spelt + figures;
}
