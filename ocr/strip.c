#include "ocr/strip.h"

#include <math.h>

#define FINE 2 /* the ink is looked at in strips so many times finer */
#define ROWS (FINE * LT_STRIP_HEIGHT)
#define BASE (FINE * LT_STRIP_BASELINE)
#define CAPITAL (FINE * LT_STRIP_CAPITAL)
#define CAPITAL_EM 0.662 /* em: height of a capital of Times */
#define SMALL_EM 0.45    /* em: height of a small letter */
#define SLASH_REACH 0.45 /* em that it may stand off where it must be */
#define SLASH_HALF 2.5   /* columns: half of its stroke, and its soft edge */
#define SLASH_DARK 0.9   /* of it, dark */
#define PRINT_LEAST 29   /* rows that a printed figure is high */
#define PRINT_MOST 36
#define LEAD_EM 1.33      /* em: "Số:" */
#define SLASH_MIDDLE 0.33 /* em above the baseline: middle of a notation's box, */
#define DATE_MIDDLE 0.27  /* and of the box of "tháng" */

/* A strip at FINE size, with the way back to the picture. */
typedef struct {
    PIX *ink;     /* 8 bits: 255 is the darkest */
    PIX *mask;    /* 1 bit: what is ink */
    double x, y;  /* level pixels of the picture at column 0, row BASE */
    double scale; /* pixels of the picture a column */
} Fine;

static void
fine_clear(Fine *fine)
{
    g_clear_pointer(&fine->ink, lt_pix_free);
    g_clear_pointer(&fine->mask, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fine, fine_clear)

/* Paper is 255 outside. Red ink is left out where there is colour: a seal's, or a stamp's. */
static double
tone_at(PIX *pix, int x, int y)
{
    const l_uint32 *line;

    if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix))
        return 255;
    line = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
    if (pixGetDepth(pix) == 1)
        return GET_DATA_BIT(line, x) ? 0 : 255;
    if (pixGetDepth(pix) == 8)
        return GET_DATA_BYTE(line, x);
    return (line[x] >> L_RED_SHIFT) & 0xFF;
}

static double
tone_between(PIX *pix, double x, double y)
{
    int left = (int)floor(x), top = (int)floor(y);
    double dx = x - left, dy = y - top;

    return (1 - dy) * ((1 - dx) * tone_at(pix, left, top) + dx * tone_at(pix, left + 1, top)) +
           dy * ((1 - dx) * tone_at(pix, left, top + 1) + dx * tone_at(pix, left + 1, top + 1));
}

/* The mean over one pixel of the strip, which may be larger than one of the picture. */
static double
tone_of(PIX *pix, double slope, const Fine *fine, double column, double row)
{
    const double offsets[] = {-0.25, 0.25};
    double sum = 0;

    for (guint i = 0; i < 4; i++) {
        double x = fine->x + (column + offsets[i % 2]) * fine->scale;
        double y = fine->y + (row + offsets[i / 2] - BASE) * fine->scale;

        lt_gaps_level(-slope, pixGetWidth(pix), pixGetHeight(pix), &x, &y);
        sum += tone_between(pix, x - 0.5, y - 0.5);
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

static gboolean
sample(PIX *pix, double slope, double x1, Fine *fine)
{
    int width = (int)CLAMP(ceil((x1 - fine->x) / fine->scale), 1, 4 * FINE * LT_STRIP_MOST);

    fine_clear(fine);
    fine->ink = pixCreate(width, ROWS, 8);
    if (!fine->ink)
        return FALSE;
    for (int y = 0; y < ROWS; y++) {
        l_uint32 *line = pixGetData(fine->ink) + (gsize)y * (gsize)pixGetWpl(fine->ink);

        for (int x = 0; x < width; x++)
            SET_DATA_BYTE(line, x, (int)lround(tone_of(pix, slope, fine, x + 0.5, y + 0.5)));
    }
    spread_tones(fine->ink);
    g_autoptr(PIX) inverse = pixInvert(NULL, fine->ink);
    fine->mask = inverse ? pixThresholdToBinary(inverse, 255 - 110) : NULL;
    return fine->mask != NULL;
}

/* A connected piece of what is dark, in columns and rows of the fine strip. */
typedef struct {
    int x, y, width, height;
    int area;
} Piece;

static double
middle_of(const Piece *piece)
{
    return piece->x + piece->width / 2.0;
}

static int
bottom_of(const Piece *piece)
{
    return piece->y + piece->height;
}

static int
right_of(const Piece *piece)
{
    return piece->x + piece->width;
}

/* (transfer full) of Piece; ret_masks (transfer full): the pieces' pixels, in the same order. NULL where
 * memory fails. */
static GArray *
find_pieces(PIX *mask, PIXA **ret_masks)
{
    BOXA *boxes = pixConnComp(mask, ret_masks, 8);
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));

    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        g_autoptr(PIX) pixels = pixaGetPix(*ret_masks, i, L_CLONE);
        Piece piece;

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
        const Piece *piece = &g_array_index(pieces, Piece, i);
        int bottom = bottom_of(piece);

        if (piece->x < from || right_of(piece) > to || piece->height < 0.75 * height ||
            piece->height > 1.3 * height || piece->width > 2 * height ||
            abs(bottom - BASE) > CAPITAL / 2)
            continue;
        g_array_append_val(bases, bottom);
        g_array_append_val(heights, piece->height);
    }
    return median_of(bases, 2, ret_base) && median_of(heights, 2, ret_height);
}

/* A place of the level picture as a column of the strip. */
static double
column_of(const Fine *fine, double x)
{
    return (x - fine->x) / fine->scale;
}

/* The strip again, with the print beside the gap standing on its baseline and of its size. */
static gboolean
sample_again(PIX *pix, double slope, LtGap *gap, Fine *fine)
{
    gboolean number = gap->part == LT_WRITTEN_NUMBER;
    PIXA *masks = NULL;
    g_autoptr(GArray) pieces = find_pieces(fine->mask, &masks);
    double from = number ? column_of(fine, gap->x1) : 0, to = pixGetWidth(fine->mask);
    double height = number ? CAPITAL : CAPITAL * SMALL_EM / CAPITAL_EM;
    int base, found;

    pixaDestroy(&masks);
    if (!measure_letters(pieces, from, to, height, &base, &found))
        return TRUE;
    fine->y += (base - BASE) * fine->scale;
    if (number) {
        fine->scale *= CLAMP((found - 1) / height, 0.8, 1.25); /* soft edges add to it */
        if (gap->tail > 0)
            gap->x1 = gap->tail_end - gap->tail * fine->scale * CAPITAL / CAPITAL_EM;
    }
    return sample(pix, slope, gap->outer1 + gap->em / 2, fine);
}

/* What bounds the ink, in columns: a line leaning with the slash on the right. */
typedef struct {
    double left, right;
    double lean; /* columns a row that the right bound leans */
} Bounds;

static double
right_at(const Bounds *bounds, double row)
{
    return bounds->right + (BASE - row) * bounds->lean;
}

static gboolean
is_dark(PIX *mask, int x, int y)
{
    l_uint32 bit = 0;

    return pixGetPixel(mask, x, y, &bit) == 0 && bit;
}

/* How much of a leaning line from near the baseline to near the capitals' tops is dark. */
static double
dark_share(PIX *mask, double column, double lean)
{
    int from = BASE - (int)(0.9 * CAPITAL), to = BASE - (int)(0.1 * CAPITAL), n = 0;

    for (int y = from; y < to; y++)
        n += is_dark(mask, (int)lround(column + (BASE - y) * lean), y);
    return (double)n / (to - from);
}

static const double slash_leans[] = {0.43, 0.37, 0.31, 0.49};

/* The dark line of a slash nearest to where it must be; a digit may touch it, and so may the letter
 * after it. */
static gboolean
find_slash(PIX *mask, double near, double reach, Bounds *bounds)
{
    double best = reach;

    for (guint i = 0; i < G_N_ELEMENTS(slash_leans); i++)
        for (double column = near - reach; column <= near + reach; column += 0.5) {
            double left = column - SLASH_HALF;

            if (fabs(left - near) >= best || dark_share(mask, column, slash_leans[i]) < SLASH_DARK)
                continue;
            best = fabs(left - near);
            bounds->right = left;
            bounds->lean = slash_leans[i];
        }
    return best < reach;
}

static gboolean
is_dot(const Piece *piece)
{
    return piece->width <= 0.4 * CAPITAL && piece->height <= 0.4 * CAPITAL && piece->area >= 4;
}

/* The colon: two dots, one upon the other. Of several the one nearest to near. */
static gboolean
find_colon(const GArray *pieces, double near, double reach, double *ret_right)
{
    double best = reach;

    for (guint i = 0; i < pieces->len; i++)
        for (guint k = 0; k < pieces->len; k++) {
            const Piece *low = &g_array_index(pieces, Piece, i);
            const Piece *high = &g_array_index(pieces, Piece, k);

            if (!is_dot(low) || !is_dot(high) || abs(bottom_of(low) - BASE) > CAPITAL / 6 ||
                fabs(middle_of(low) - middle_of(high)) > CAPITAL / 6 ||
                fabs(BASE - bottom_of(high) - 0.5 * CAPITAL) > 0.22 * CAPITAL ||
                fabs(right_of(low) - near) >= best)
                continue;
            best = fabs(right_of(low) - near);
            *ret_right = MAX(right_of(low), right_of(high));
        }
    return best < reach;
}

/* "Số" without its colon: where it must end. */
static gboolean
find_lead(const GArray *pieces, double to, double *ret_right)
{
    const Piece *first = NULL;

    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);

        if (abs(piece->height - CAPITAL) < 0.2 * CAPITAL && right_of(piece) < to &&
            abs(bottom_of(piece) - BASE) < 0.2 * CAPITAL && (!first || piece->x < first->x))
            first = piece;
    }
    if (!first)
        return FALSE;
    *ret_right = first->x + LEAD_EM * CAPITAL / CAPITAL_EM;
    return TRUE;
}

static Bounds
find_bounds(const Fine *fine, const LtGap *gap, const GArray *pieces)
{
    Bounds bounds = {.left = column_of(fine, gap->x0), .right = column_of(fine, gap->x1)};
    double em = CAPITAL / CAPITAL_EM;

    if (gap->part != LT_WRITTEN_NUMBER)
        return bounds;
    if (gap->slash && !find_slash(fine->mask, bounds.right, SLASH_REACH * em, &bounds))
        bounds.lean = slash_leans[0];
    if (!find_colon(pieces, bounds.left, gap->open0 ? bounds.right : 0.6 * em, &bounds.left) &&
        gap->open0)
        find_lead(pieces, bounds.right, &bounds.left);
    return bounds;
}

/* Dots that lead from one print to the next, rules, specks, and what belongs to other lines. */
static gboolean
is_litter(const Piece *piece)
{
    double middle = piece->y + piece->height / 2.0;

    if (piece->area < 8)
        return TRUE;
    if (is_dot(piece) && middle > BASE - 0.4 * CAPITAL)
        return TRUE;
    if (piece->height <= 0.2 * CAPITAL && piece->width >= 1.1 * CAPITAL)
        return TRUE;
    return piece->y > BASE + 0.15 * CAPITAL || bottom_of(piece) < BASE - 1.6 * CAPITAL ||
           (piece->y == 0 && middle < BASE - 1.35 * CAPITAL) ||
           (bottom_of(piece) >= ROWS && middle > BASE);
}

/* A small piece at the bound is what the cut left of the print. */
static gboolean
is_scrap(const Piece *piece, const Bounds *bounds)
{
    return piece->height < 0.5 * CAPITAL && piece->width < 0.35 * CAPITAL &&
           (right_of(piece) < bounds->left + 0.3 * CAPITAL ||
            piece->x > bounds->right - 0.3 * CAPITAL);
}

/* Copies of a piece what lies within the bounds. */
static void
keep_piece(PIX *kept, const Piece *piece, PIX *pixels, const Bounds *bounds, gboolean whole)
{
    for (int y = 0; y < piece->height; y++) {
        const l_uint32 *from = pixGetData(pixels) + (gsize)y * (gsize)pixGetWpl(pixels);
        l_uint32 *to = pixGetData(kept) + (gsize)(piece->y + y) * (gsize)pixGetWpl(kept);
        double right = right_at(bounds, piece->y + y);

        for (int x = 0; x < piece->width; x++)
            if (GET_DATA_BIT(from, x) &&
                (whole || (piece->x + x >= bounds->left && piece->x + x < right)))
                SET_DATA_BIT(to, piece->x + x);
    }
}

/* A piece that reaches far over a bound is glued to print, and cut there. */
static PIX *
keep_ink(const Fine *fine, const LtGap *gap)
{
    PIXA *masks = NULL;
    g_autoptr(GArray) pieces = find_pieces(fine->mask, &masks);
    Bounds bounds = find_bounds(fine, gap, pieces);
    PIX *kept = pixCreateTemplate(fine->mask);
    double em = CAPITAL / CAPITAL_EM;

    for (guint i = 0; kept && i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        g_autoptr(PIX) pixels = pixaGetPix(masks, (int)i, L_CLONE);
        double right = right_at(&bounds, piece->y + piece->height / 2.0);
        gboolean whole = piece->x > bounds.left - 0.2 * em && right_of(piece) < right + 0.25 * em;

        if (is_litter(piece) || piece->x > bounds.right - 3 ||
            (whole && (middle_of(piece) < bounds.left || middle_of(piece) > right)) ||
            right_of(piece) < bounds.left + 2 || is_scrap(piece, &bounds))
            continue;
        keep_piece(kept, piece, pixels, &bounds, whole);
    }
    pixaDestroy(&masks);
    return kept;
}

/* Figures of print stand on the baseline and are all as high as a capital; none that a hand wrote on
 * real paper did. */
static gboolean
is_printed(PIX *kept)
{
    PIXA *masks = NULL;
    g_autoptr(GArray) pieces = find_pieces(kept, &masks);
    int lowest = G_MAXINT, highest = 0;

    pixaDestroy(&masks);
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);

        if (bottom_of(piece) > BASE + 2 || bottom_of(piece) - piece->height < BASE - PRINT_MOST)
            return FALSE;
        if (piece->height < 0.6 * CAPITAL)
            continue;
        if (abs(bottom_of(piece) - BASE) > 2 || piece->width > piece->height)
            return FALSE;
        lowest = MIN(lowest, piece->height);
        highest = MAX(highest, piece->height);
    }
    return lowest >= PRINT_LEAST && highest <= PRINT_MOST && highest - lowest <= 4;
}

#define AROUND (8 * FINE) /* columns left free on either side */
#define LEAST_INK 30      /* fine pixels */

/* A rectangle of the strip as a box around it on the picture. */
static LtBox
box_of(const Fine *fine, PIX *pix, double slope, double x, double y, double width, double height)
{
    double across = pixGetWidth(pix), down = pixGetHeight(pix);
    LtBox box = {1, 1, 0, 0};

    for (guint corner = 0; corner < 4; corner++) {
        double at_x = fine->x + (x + (corner & 1 ? width : 0)) * fine->scale;
        double at_y = fine->y + (y - BASE + (corner & 2 ? height : 0)) * fine->scale;

        lt_gaps_level(-slope, (int)across, (int)down, &at_x, &at_y);
        box.x0 = MIN(box.x0, lt_clamp_fraction(at_x / across));
        box.y0 = MIN(box.y0, lt_clamp_fraction(at_y / down));
        box.x1 = MAX(box.x1, lt_clamp_fraction(at_x / across));
        box.y1 = MAX(box.y1, lt_clamp_fraction(at_y / down));
    }
    return box;
}

/* The kept ink with its soft edges, at the reader's size: columns from x on. */
static gboolean
finish(const Fine *fine, PIX *kept, int x, int width, LtStrip *ret_strip)
{
    g_autoptr(PIX) wide = pixDilateBrick(NULL, kept, 5, 5);
    g_autoptr(PIX) strip = NULL;

    width = MIN(width, FINE * LT_STRIP_MOST - 2 * AROUND);
    strip = pixCreate(width + 2 * AROUND, ROWS, 8);
    if (!wide || !strip)
        return FALSE;
    for (int row = 0; row < ROWS; row++) {
        const l_uint32 *ink = pixGetData(fine->ink) + (gsize)row * (gsize)pixGetWpl(fine->ink);
        const l_uint32 *mask = pixGetData(wide) + (gsize)row * (gsize)pixGetWpl(wide);
        l_uint32 *to = pixGetData(strip) + (gsize)row * (gsize)pixGetWpl(strip);

        for (int column = 0; column < width + 2 * AROUND; column++) {
            int from = x - AROUND + column;
            if (from >= 0 && from < pixGetWidth(wide) && GET_DATA_BIT(mask, from))
                SET_DATA_BYTE(to, column, GET_DATA_BYTE(ink, from));
        }
    }
    ret_strip->pix = pixScaleAreaMap2(strip);
    return ret_strip->pix != NULL;
}

gboolean
lt_strip_cut(PIX *pix, double slope, const LtGap *of, LtStrip *ret_strip)
{
    LtGap gap = *of;
    g_auto(Fine) fine = {.scale = CAPITAL_EM * gap.em / CAPITAL, .x = gap.outer0 - gap.em / 2};
    g_autoptr(PIX) kept = NULL;
    BOX *found = NULL;
    int x, y, width, height, n = 0;

    fine.y = gap.y + (gap.part == LT_WRITTEN_NUMBER ? SLASH_MIDDLE : DATE_MIDDLE) * gap.em;
    if (!sample(pix, slope, gap.outer1 + gap.em / 2, &fine) ||
        !sample_again(pix, slope, &gap, &fine))
        return FALSE;
    kept = keep_ink(&fine, &gap);
    if (!kept)
        return FALSE;
    pixCountPixels(kept, &n, NULL);
    if (n < LEAST_INK || pixClipToForeground(kept, NULL, &found) != 0) {
        x = (int)column_of(&fine, gap.x0);
        width = MAX(1, (int)column_of(&fine, gap.x1) - x);
        ret_strip->box = box_of(&fine, pix, slope, x, BASE - CAPITAL, width, CAPITAL);
        return TRUE;
    }
    boxGetGeometry(found, &x, &y, &width, &height);
    boxDestroy(&found);
    ret_strip->box = box_of(&fine, pix, slope, x, y, width, height);
    ret_strip->printed = is_printed(kept);
    return finish(&fine, kept, x, width, ret_strip);
}
