#include <math.h>

#include "ocr/fine.h"

#define PRINT_LEAST 29 /* rows that a printed figure is high */
#define PRINT_MOST 36
#define RULE_LEAST 2.5   /* capitals that a rule is long at least, */
#define RULE_THICK 0.28  /* and thick at most, */
#define RULE_ABOVE 0.7   /* and lies above the baseline at least, */
#define RULE_SHRED 0.1   /* and its shreds are thick at most */
#define RULE_STEP 3      /* rows: one that lies aslant goes on in the next row, above or below */
#define FOOT_NEAR 0.2    /* capitals from a figure to its own foot at most, */
#define SPECK_NEAR 0.75  /* and to a bit that broke off it */
#define REACH_LEFT 0.2   /* em that ink may reach over the bound on the left, */
#define REACH_RIGHT 0.25 /* over a slash, */
#define REACH_DATE 0.15  /* and over a word's first letter, and not be glued to it */
#define TAIL_LEAST 0.2 /* capitals that the tail of "g" or "y" hangs below the baseline at least */
#define TAILED_MOST 0.85 /* and its top above it at most */
#define SLIVER 0.25      /* capitals of a letter that are within the bound at most */
#define EDGE_MOST 0.5    /* capitals that the edge of a letter is wide, */
#define SMALL_MOST 0.78  /* and a small letter high at most */
#define SLASH_WIDE 0.35  /* em that a slash takes at most */
#define LEFT_OFF 0.1     /* em before the notation that its own ink may begin */
#define APART 1.0 /* em between two numbers; within one of 45 real ones it was 0.55 at most */
#define SLASH_MIDDLE 0.33 /* em above the baseline: middle of a notation's box, */
#define DATE_MIDDLE 0.27  /* and of the box of "tháng" */

/* Dots that lead from one print to the next, rules, specks, and what belongs to other lines. */
static gboolean
is_litter(const LtPiece *piece)
{
    double middle = piece->y + piece->height / 2.0;

    if (piece->area < 8)
        return TRUE;
    if (lt_piece_is_dot(piece) && (middle > LT_FINE_BASE - 0.4 * LT_FINE_CAPITAL ||
                                   lt_piece_bottom(piece) < LT_FINE_BASE - 1.45 * LT_FINE_CAPITAL))
        return TRUE;
    if (piece->height <= 0.2 * LT_FINE_CAPITAL && piece->width >= 1.1 * LT_FINE_CAPITAL)
        return TRUE;
    return piece->y > LT_FINE_BASE + 0.15 * LT_FINE_CAPITAL ||
           lt_piece_bottom(piece) < LT_FINE_BASE - 1.6 * LT_FINE_CAPITAL ||
           (piece->y == 0 && middle < LT_FINE_BASE - 1.35 * LT_FINE_CAPITAL) ||
           (lt_piece_bottom(piece) >= LT_FINE_ROWS && middle > LT_FINE_BASE);
}

/* A small piece at the bound is what the cut left of the print. */
static gboolean
is_scrap(const LtPiece *piece, const LtBounds *bounds)
{
    return piece->height < 0.5 * LT_FINE_CAPITAL && piece->width < 0.35 * LT_FINE_CAPITAL &&
           (lt_piece_right(piece) < bounds->left + 0.3 * LT_FINE_CAPITAL ||
            piece->x > bounds->right - 0.3 * LT_FINE_CAPITAL);
}

/* Whether a figure stands over it or below it, or so near, whose foot or bar it might be. The print beside the
 * ink is none. */
static gboolean
is_by_figure(const LtPiece *piece, const GArray *pieces, const LtBounds *bounds, double near)
{
    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *other = &g_array_index(pieces, LtPiece, i);

        if (other->height > 0.5 * LT_FINE_CAPITAL && lt_piece_right(other) > bounds->left &&
            other->x < bounds->right - 2 && other->x < lt_piece_right(piece) + near &&
            lt_piece_right(other) > piece->x - near)
            return TRUE;
    }
    return FALSE;
}

/* Dots that ran into one another, what is left of a rule above, or a speck by itself. */
static gboolean
is_line_left(const LtPiece *piece, const GArray *pieces, const LtBounds *bounds)
{
    double middle = piece->y + piece->height / 2.0;
    gboolean dots =
        piece->height <= 0.3 * LT_FINE_CAPITAL && middle >= LT_FINE_BASE - 0.25 * LT_FINE_CAPITAL;
    gboolean shred = piece->height <= RULE_SHRED * LT_FINE_CAPITAL &&
                     lt_piece_bottom(piece) < LT_FINE_BASE - LT_FINE_CAPITAL;

    return ((dots || shred) &&
            !is_by_figure(piece, pieces, bounds, dots ? FOOT_NEAR * LT_FINE_CAPITAL : 0)) ||
           (lt_piece_is_dot(piece) &&
            !is_by_figure(piece, pieces, bounds, SPECK_NEAR * LT_FINE_CAPITAL));
}

/* Rows of a column that are dark without a break, through one of them. */
static int
dark_run(PIX *mask, int x, int y)
{
    l_uint32 bit = 0;
    int from = y, to = y;

    while (pixGetPixel(mask, x, from - 1, &bit) == 0 && bit)
        from--;
    while (pixGetPixel(mask, x, to + 1, &bit) == 0 && bit)
        to++;
    return to - from + 1;
}

/* How thick a rule is that goes on from row to row: the middle one of the runs that cross a row of it. 0: what
 * is dark in the row is too short for a part of one. */
static int
rule_thickness(PIX *mask, const l_uint32 *line, int y)
{
    guint counts[LT_FINE_ROWS + 1] = {0}, n = 0, seen = 0;
    int thick = 0;

    for (int x = 0; x < pixGetWidth(mask); x++) {
        l_uint32 bit = 0;

        if (!GET_DATA_BIT(line, x) || pixGetPixel(mask, x, y, &bit) != 0 || !bit)
            continue;
        counts[dark_run(mask, x, y)]++;
        n++;
    }
    if (n < RULE_LEAST * LT_FINE_CAPITAL)
        return 0;
    while (thick < LT_FINE_ROWS && (seen += counts[thick]) * 2 < n)
        thick++;
    return thick;
}

/* Takes rules off that lie along the tops of figures, as that of the line above does, but for where a stroke
 * crosses them; lower ones may be the feet of figures. (transfer full) (nullable) */
static PIX *
without_rules(PIX *mask)
{
    g_autoptr(PIX) stepless = pixDilateBrick(NULL, mask, 1, RULE_STEP);
    g_autoptr(PIX) lines = pixOpenBrick(NULL, mask, (int)(RULE_LEAST * LT_FINE_CAPITAL), 1);
    g_autoptr(PIX) steps =
        stepless ? pixOpenBrick(NULL, stepless, (int)(RULE_LEAST * LT_FINE_CAPITAL), 1) : NULL;
    PIX *left = pixCopy(NULL, mask);

    for (int y = 0; lines && steps && left && y < LT_FINE_BASE - RULE_ABOVE * LT_FINE_CAPITAL;
         y++) {
        const l_uint32 *line = pixGetData(lines) + (gsize)y * (gsize)pixGetWpl(lines);
        const l_uint32 *step = pixGetData(steps) + (gsize)y * (gsize)pixGetWpl(steps);
        l_uint32 *to = pixGetData(left) + (gsize)y * (gsize)pixGetWpl(left);
        int most = (int)(RULE_THICK * LT_FINE_CAPITAL);
        int bare = MIN(most, rule_thickness(mask, step, y));

        for (int x = 0; x < pixGetWidth(mask); x++)
            if (GET_DATA_BIT(to, x) && GET_DATA_BIT(step, x) &&
                dark_run(mask, x, y) <= (GET_DATA_BIT(line, x) ? most : bare))
                CLEAR_DATA_BIT(to, x);
    }
    return left;
}

/* Whether what lies within the bounds is the edge of a small letter that reaches over one of them. */
static gboolean
is_edge_of_letter(const LtPiece *piece, PIX *pixels, const LtBounds *bounds)
{
    double right = lt_bounds_right(bounds, piece->y + piece->height / 2.0);
    int from = MAX(0, (int)ceil(bounds->left) - piece->x);
    int to = MIN(piece->width, (int)ceil(right) - piece->x);

    if (to <= from || to - from > EDGE_MOST * LT_FINE_CAPITAL)
        return FALSE;
    for (int y = 0; y < piece->height; y++)
        for (int x = from; x < to; x++)
            if (GET_DATA_BIT(pixGetData(pixels) + (gsize)y * (gsize)pixGetWpl(pixels), x))
                return piece->y + y > LT_FINE_BASE - SMALL_MOST * LT_FINE_CAPITAL;
    return FALSE;
}

/* The "g" of "tháng" or the "y" of "ngày", before which recognition ended the word. */
static gboolean
is_tailed_letter(const LtPiece *piece, const LtBounds *bounds)
{
    return piece->x < bounds->left - 2 && piece->y > LT_FINE_BASE - TAILED_MOST * LT_FINE_CAPITAL &&
           lt_piece_bottom(piece) > LT_FINE_BASE + TAIL_LEAST * LT_FINE_CAPITAL;
}

/* A letter of the words beside a day, of which little reaches over the bound. */
static gboolean
is_sliver(const LtPiece *piece, const LtGap *gap, const LtBounds *bounds, double right)
{
    double from = MAX(piece->x, bounds->left), to = MIN(lt_piece_right(piece), right);

    return gap->part != LT_WRITTEN_NUMBER && to - from < SLIVER * LT_FINE_CAPITAL &&
           to - from < piece->width / 2.0;
}

/* Copies of a piece what lies within the bounds. */
static void
keep_piece(PIX *kept, const LtPiece *piece, PIX *pixels, const LtBounds *bounds, gboolean whole)
{
    for (int y = 0; y < piece->height; y++) {
        const l_uint32 *from = pixGetData(pixels) + (gsize)y * (gsize)pixGetWpl(pixels);
        l_uint32 *to = pixGetData(kept) + (gsize)(piece->y + y) * (gsize)pixGetWpl(kept);
        double right = lt_bounds_right(bounds, piece->y + y);

        for (int x = 0; x < piece->width; x++)
            if (GET_DATA_BIT(from, x) &&
                (whole || (piece->x + x >= bounds->left && piece->x + x < right)))
                SET_DATA_BIT(to, piece->x + x);
    }
}

/* Between what was taken for the slash and the notation there is nothing, or it was a digit. */
static gboolean
is_left_over(const LtPiece *piece, const LtBounds *bounds, double em)
{
    return bounds->near > 0 && piece->height > 0.5 * LT_FINE_CAPITAL &&
           piece->x > bounds->right + SLASH_WIDE * em &&
           lt_piece_middle(piece) < bounds->near - LEFT_OFF * em;
}

/* A piece that reaches far over a bound is glued to print, and cut there. ret_left: ink was left out that
 * may belong to it. */
static PIX *
keep_ink(const LtFine *fine, const LtGap *gap, gboolean *ret_left)
{
    PIXA *masks = NULL;
    g_autoptr(PIX) mask = without_rules(fine->mask);
    g_autoptr(GArray) pieces = lt_pieces_find(mask ? mask : fine->mask, &masks);
    PIX *kept = pixCreateTemplate(fine->mask);
    double em = LT_FINE_CAPITAL / LT_CAPITAL_EM;
    double reach = (gap->part == LT_WRITTEN_NUMBER ? REACH_RIGHT : REACH_DATE) * em;
    LtBounds bounds;
    gboolean bound = lt_bounds_find(fine, gap, pieces, masks, &bounds);

    for (guint i = 0; kept && bound && i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);
        g_autoptr(PIX) pixels = pixaGetPix(masks, (int)i, L_CLONE);
        double right = lt_bounds_right(&bounds, piece->y + piece->height / 2.0);
        gboolean whole =
            piece->x > bounds.left - REACH_LEFT * em && lt_piece_right(piece) < right + reach;

        if (is_litter(piece) || is_line_left(piece, pieces, &bounds) ||
            is_tailed_letter(piece, &bounds))
            continue;
        *ret_left |= is_left_over(piece, &bounds, em);
        if (piece->x > bounds.right - 3 ||
            (whole && (lt_piece_middle(piece) < bounds.left || lt_piece_middle(piece) > right)) ||
            lt_piece_right(piece) < bounds.left + 2 || is_scrap(piece, &bounds) ||
            is_sliver(piece, gap, &bounds, right) ||
            (!whole && is_edge_of_letter(piece, pixels, &bounds)))
            continue;
        keep_piece(kept, piece, pixels, &bounds, whole);
    }
    pixaDestroy(&masks);
    return kept;
}

/* Figures of print stand on the baseline and are all as high as a capital; none that a hand wrote on
 * real paper did. */
static gboolean
is_printed(const GArray *pieces)
{
    int lowest = G_MAXINT, highest = 0;

    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);

        if (lt_piece_bottom(piece) > LT_FINE_BASE + 2 ||
            lt_piece_bottom(piece) - piece->height < LT_FINE_BASE - PRINT_MOST)
            return FALSE;
        if (piece->height < 0.6 * LT_FINE_CAPITAL)
            continue;
        if (abs(lt_piece_bottom(piece) - LT_FINE_BASE) > 2 || piece->width > piece->height)
            return FALSE;
        lowest = MIN(lowest, piece->height);
        highest = MAX(highest, piece->height);
    }
    return lowest >= PRINT_LEAST && highest <= PRINT_MOST && highest - lowest <= 4;
}

static int
compare_pieces(gconstpointer a, gconstpointer b)
{
    return ((const LtPiece *)a)->x - ((const LtPiece *)b)->x;
}

/* Whether figures stand in two groups, farther from one another than those of one number. */
static gboolean
is_apart(GArray *pieces)
{
    int right = G_MAXINT;

    g_array_sort(pieces, compare_pieces);
    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);

        if (piece->height < 0.5 * LT_FINE_CAPITAL)
            continue;
        if (right < G_MAXINT && piece->x - right > APART * LT_FINE_CAPITAL / LT_CAPITAL_EM)
            return TRUE;
        right = right == G_MAXINT ? lt_piece_right(piece) : MAX(right, lt_piece_right(piece));
    }
    return FALSE;
}

static void
judge_shape(PIX *kept, LtStrip *strip)
{
    PIXA *masks = NULL;
    g_autoptr(GArray) pieces = lt_pieces_find(kept, &masks);

    pixaDestroy(&masks);
    strip->printed = is_printed(pieces);
    strip->doubtful = is_apart(pieces);
}

#define AROUND (8 * LT_FINE) /* columns left free on either side */
#define LEAST_INK 30         /* fine pixels */

/* A rectangle of the strip as a box around it on the picture. */
static LtBox
box_of(const LtFine *fine, PIX *pix, double slope, double x, double y, double width, double height)
{
    double across = pixGetWidth(pix), down = pixGetHeight(pix);
    LtLevel level = lt_level_new(-slope, (int)across, (int)down);
    LtBox box = {1, 1, 0, 0};

    for (guint corner = 0; corner < 4; corner++) {
        double at_x = fine->x + (x + (corner & 1 ? width : 0)) * fine->scale;
        double at_y = fine->y + (y - LT_FINE_BASE + (corner & 2 ? height : 0)) * fine->scale;

        lt_level_turn(&level, &at_x, &at_y);
        box.x0 = MIN(box.x0, lt_clamp_fraction(at_x / across));
        box.y0 = MIN(box.y0, lt_clamp_fraction(at_y / down));
        box.x1 = MAX(box.x1, lt_clamp_fraction(at_x / across));
        box.y1 = MAX(box.y1, lt_clamp_fraction(at_y / down));
    }
    return box;
}

/* The kept ink with its soft edges, at the reader's size: columns from x on. */
static gboolean
finish(const LtFine *fine, PIX *kept, int x, int width, LtStrip *ret_strip)
{
    g_autoptr(PIX) wide = pixDilateBrick(NULL, kept, 5, 5);
    g_autoptr(PIX) strip = NULL;

    width = MIN(width, LT_FINE * LT_STRIP_MOST - 2 * AROUND);
    strip = pixCreate(width + 2 * AROUND, LT_FINE_ROWS, 8);
    if (!wide || !strip)
        return FALSE;
    for (int row = 0; row < LT_FINE_ROWS; row++) {
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
    g_auto(LtFine)
        fine = {.scale = LT_CAPITAL_EM * gap.em / LT_FINE_CAPITAL, .x = gap.outer0 - gap.em / 2};
    g_autoptr(PIX) kept = NULL;
    BOX *found = NULL;
    int x, y, width, height, n = 0;
    gboolean left = FALSE;

    fine.y = gap.y + (gap.part == LT_WRITTEN_NUMBER ? SLASH_MIDDLE : DATE_MIDDLE) * gap.em;
    if (!lt_fine_sample(pix, slope, gap.outer1 + gap.em / 2, &fine) ||
        !lt_fine_sample_again(pix, slope, &gap, &fine))
        return FALSE;
    kept = keep_ink(&fine, &gap, &left);
    if (!kept)
        return FALSE;
    pixCountPixels(kept, &n, NULL);
    if (n < LEAST_INK || pixClipToForeground(kept, NULL, &found) != 0) {
        x = (int)lt_fine_column(&fine, gap.x0);
        width = MAX(1, (int)lt_fine_column(&fine, gap.x1) - x);
        ret_strip->box =
            box_of(&fine, pix, slope, x, LT_FINE_BASE - LT_FINE_CAPITAL, width, LT_FINE_CAPITAL);
        return TRUE;
    }
    boxGetGeometry(found, &x, &y, &width, &height);
    boxDestroy(&found);
    ret_strip->box = box_of(&fine, pix, slope, x, y, width, height);
    judge_shape(kept, ret_strip);
    ret_strip->doubtful |= left;
    return finish(&fine, kept, x, width, ret_strip);
}
