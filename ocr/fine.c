#include "ocr/fine.h"

#include <math.h>

#define SMALL_EM 0.45 /* em: height of a small letter */

/* A picture as it is sampled: what Leptonica tells of it one call at a time. */
typedef struct {
    const l_uint32 *data;
    int width, height, depth, words_per_line;
    LtLevel level; /* from the strip's rows to the picture */
} Source;

static Source
source_of(PIX *pix, double slope)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);

    return (Source){pixGetData(pix),  width,          height,
                    pixGetDepth(pix), pixGetWpl(pix), lt_level_new(-slope, width, height)};
}

/* Paper is 255 outside. Red ink is left out where there is colour: a seal's, or a stamp's. */
static double
tone_at(const Source *source, int x, int y)
{
    const l_uint32 *line;

    if (x < 0 || y < 0 || x >= source->width || y >= source->height)
        return 255;
    line = source->data + (gsize)y * (gsize)source->words_per_line;
    if (source->depth == 1)
        return GET_DATA_BIT(line, x) ? 0 : 255;
    if (source->depth == 8)
        return GET_DATA_BYTE(line, x);
    return (line[x] >> L_RED_SHIFT) & 0xFF;
}

static double
tone_between(const Source *source, double x, double y)
{
    int left = (int)floor(x), top = (int)floor(y);
    double dx = x - left, dy = y - top;

    return (1 - dy) *
               ((1 - dx) * tone_at(source, left, top) + dx * tone_at(source, left + 1, top)) +
           dy * ((1 - dx) * tone_at(source, left, top + 1) +
                 dx * tone_at(source, left + 1, top + 1));
}

/* The mean over one pixel of the strip, which may be larger than one of the picture. */
static double
tone_of(const Source *source, const LtFine *fine, double column, double row)
{
    const double offsets[] = {-0.25, 0.25};
    double sum = 0;

    for (guint i = 0; i < 4; i++) {
        double x = fine->x + (column + offsets[i % 2]) * fine->scale;
        double y = fine->y + (row + offsets[i / 2] - LT_FINE_BASE) * fine->scale;

        lt_level_turn(&source->level, &x, &y);
        sum += tone_between(source, x - 0.5, y - 0.5);
    }
    return sum / 4;
}

/* The tones between paper and ink are spread over all that there are. */
static void
spread_tones(PIX *ink)
{
    NUMA *counts = pixGetGrayHistogram(ink, 1);
    float paper = 255, dark = 0;

    if (!counts)
        return;
    numaHistogramGetValFromRank(counts, 0.6f, &paper);
    numaHistogramGetValFromRank(counts, 0.01f, &dark);
    numaDestroy(&counts);
    dark = MIN(dark, paper - 60);
    for (int y = 0; y < pixGetHeight(ink); y++) {
        l_uint32 *line = pixGetData(ink) + (gsize)y * (gsize)pixGetWpl(ink);

        for (int x = 0; x < pixGetWidth(ink); x++) {
            double tone = (paper - GET_DATA_BYTE(line, x)) / (paper - dark);
            SET_DATA_BYTE(line, x, (int)lround(255 * CLAMP(tone, 0, 1)));
        }
    }
}

gboolean
lt_fine_sample(PIX *pix, double slope, double x1, LtFine *fine)
{
    int width = (int)CLAMP(ceil((x1 - fine->x) / fine->scale), 1, 4 * LT_FINE * LT_STRIP_MOST);
    Source source = source_of(pix, slope);

    lt_fine_clear(fine);
    fine->ink = pixCreate(width, LT_FINE_ROWS, 8);
    if (!fine->ink)
        return FALSE;
    for (int y = 0; y < LT_FINE_ROWS; y++) {
        l_uint32 *line = pixGetData(fine->ink) + (gsize)y * (gsize)pixGetWpl(fine->ink);

        for (int x = 0; x < width; x++)
            SET_DATA_BYTE(line, x, (int)lround(tone_of(&source, fine, x + 0.5, y + 0.5)));
    }
    spread_tones(fine->ink);
    g_autoptr(PIX) inverse = pixInvert(NULL, fine->ink);
    fine->mask = inverse ? pixThresholdToBinary(inverse, 255 - 110) : NULL;
    return fine->mask != NULL;
}

/* (transfer full) of LtPiece; ret_masks (transfer full): the pieces' pixels, in the same order. NULL where
 * memory fails. */
GArray *
lt_pieces_find(PIX *mask, PIXA **ret_masks)
{
    BOXA *boxes = pixConnComp(mask, ret_masks, 8);
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(LtPiece));

    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        g_autoptr(PIX) pixels = pixaGetPix(*ret_masks, i, L_CLONE);
        LtPiece piece;

        boxaGetBoxGeometry(boxes, i, &piece.x, &piece.y, &piece.width, &piece.height);
        pixCountPixels(pixels, &piece.area, NULL);
        g_array_append_val(pieces, piece);
    }
    boxaDestroy(&boxes);
    return pieces;
}

static int
compare_ints(gconstpointer a, gconstpointer b)
{
    return *(const int *)a - *(const int *)b;
}

static gboolean
median_of(GArray *values, guint least, int *ret_median)
{
    if (values->len < least)
        return FALSE;
    g_array_sort(values, compare_ints);
    *ret_median = g_array_index(values, int, values->len / 2);
    return TRUE;
}

/* Where letters of about a height between two columns stand, and how high they are. */
static gboolean
measure_letters(const GArray *pieces, double from, double to, double height, int *ret_base,
                int *ret_height)
{
    g_autoptr(GArray) bases = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(int));

    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);
        int bottom = lt_piece_bottom(piece);

        if (piece->x < from || lt_piece_right(piece) > to || piece->height < 0.75 * height ||
            piece->height > 1.3 * height || piece->width > 2 * height ||
            abs(bottom - LT_FINE_BASE) > LT_FINE_CAPITAL / 2)
            continue;
        g_array_append_val(bases, bottom);
        g_array_append_val(heights, piece->height);
    }
    return median_of(bases, 2, ret_base) && median_of(heights, 2, ret_height);
}

gboolean
lt_fine_sample_again(PIX *pix, double slope, LtGap *gap, LtFine *fine)
{
    gboolean number = gap->part == LT_WRITTEN_NUMBER;
    PIXA *masks = NULL;
    g_autoptr(GArray) pieces = lt_pieces_find(fine->mask, &masks);
    double from = number ? lt_fine_column(fine, gap->x1) : 0, to = pixGetWidth(fine->mask);
    double height = number ? LT_FINE_CAPITAL : LT_FINE_CAPITAL * SMALL_EM / LT_CAPITAL_EM;
    int base, found;

    pixaDestroy(&masks);
    if (!measure_letters(pieces, from, to, height, &base, &found))
        return TRUE;
    fine->y += (base - LT_FINE_BASE) * fine->scale;
    if (number) {
        fine->scale *= CLAMP((found - 1) / height, 0.8, 1.25); /* soft edges add to it */
        if (gap->tail > 0)
            gap->x1 = gap->tail_end - gap->tail * fine->scale * LT_FINE_CAPITAL / LT_CAPITAL_EM;
    }
    return lt_fine_sample(pix, slope, gap->outer1 + gap->em / 2, fine);
}
