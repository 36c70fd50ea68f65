/* Where the ink of a gap begins and ends: after "Số:" and its colon, before the slash. */
#include <math.h>

#include "ocr/fine.h"

#define SLASH_NEAR 0.55 /* em that it may stand off where it must be, */
#define SLASH_REACH 0.7 /* where it is glued to something, */
#define SLASH_OFF 0.3   /* em left of where it must be: it may be another stroke */
#define SLASH_FAR 1.3   /* and where there is none so near: one that stands alone */
#define WHOLE 0.85      /* capitals that it is high at least, */
#define BROKEN 0.45     /* or a part of it */
#define SLASH_HALF 2.5  /* columns: half of its stroke, and its soft edge */
#define SLASH_DARK 0.9  /* of it, dark */
#define SHRED_WIDE 0.35 /* capitals that a part of a slash in pieces is wide at most, */
#define SHREDS 0.55     /* and all of them together high at least */
#define LINE_HALF 5.0   /* columns off its line that a slash's ink lies at most, */
#define STRAIGHT 0.85   /* in so many of its rows */
#define LEAD_EM 1.33    /* em: "Số:" */

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
    int from = LT_FINE_BASE - (int)(0.9 * LT_FINE_CAPITAL),
        to = LT_FINE_BASE - (int)(0.1 * LT_FINE_CAPITAL), n = 0;

    for (int y = from; y < to; y++)
        n += is_dark(mask, (int)lround(column + (LT_FINE_BASE - y) * lean), y);
    return (double)n / (to - from);
}

static const double slash_leans[] = {0.43, 0.37, 0.31, 0.49};

/* Whether a piece at this place is wider than any figure: print and ink, or two letters of print. */
static gboolean
is_glued(const GArray *pieces, double column)
{
    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);

        if (piece->x <= column && lt_piece_right(piece) >= column &&
            piece->width > 1.05 * LT_FINE_CAPITAL && piece->height > 0.8 * LT_FINE_CAPITAL)
            return TRUE;
    }
    return FALSE;
}

/* The dark line nearest to where the slash must be, where a digit touches it, or the letter after it. */
static gboolean
find_glued_slash(const GArray *pieces, PIX *mask, double near, double reach, LtBounds *bounds)
{
    double best = reach;

    for (guint i = 0; i < G_N_ELEMENTS(slash_leans); i++)
        for (double column = near - reach; column <= near + reach; column += 0.5) {
            double left = column - SLASH_HALF;

            if (fabs(left - near) >= best ||
                dark_share(mask, column, slash_leans[i]) < SLASH_DARK ||
                !is_glued(pieces, column + slash_leans[i] * LT_FINE_CAPITAL / 2))
                continue;
            best = fabs(left - near);
            bounds->right = left;
            bounds->lean = slash_leans[i];
        }
    return best < reach;
}

/* The mean column of what is dark in rows [from, to) of a piece. */
static double
mean_column(PIX *pixels, int from, int to)
{
    double sum = 0;
    int n = 0;

    for (int y = MAX(from, 0); y < to; y++)
        for (int x = 0; x < pixGetWidth(pixels); x++)
            if (is_dark(pixels, x, y)) {
                sum += x;
                n++;
            }
    return n ? sum / n : 0;
}

/* The columns of what is dark in a row of a piece. FALSE: nothing is. */
static gboolean
row_extent(PIX *pixels, int row, int *ret_from, int *ret_to)
{
    *ret_from = G_MAXINT;
    for (int x = 0; x < pixGetWidth(pixels); x++)
        if (is_dark(pixels, x, row)) {
            *ret_from = MIN(*ret_from, x);
            *ret_to = x;
        }
    return *ret_from < G_MAXINT;
}

/* How many of a piece's rows lie on one straight line: all of a printed slash, and of no digit but a 1. */
static double
straight_share(PIX *pixels, double low, double high)
{
    int height = pixGetHeight(pixels), n = 0, from, to;

    for (int y = 0; y < height; y++) {
        double on_line = high + (low - high) * ((double)y / height - 0.125) / 0.75;

        if (row_extent(pixels, y, &from, &to) && to - from < 2 * LINE_HALF &&
            fabs((from + to) / 2.0 - on_line) < LINE_HALF)
            n++;
    }
    return (double)n / height;
}

static gboolean
is_slash(const LtPiece *piece, PIX *pixels, double least)
{
    int quarter = piece->height / 4;
    double low, high, lean;

    if (piece->height < least * LT_FINE_CAPITAL || piece->height > 1.6 * LT_FINE_CAPITAL ||
        piece->width > 0.75 * LT_FINE_CAPITAL ||
        abs(lt_piece_bottom(piece) - LT_FINE_BASE) > (1.2 - least) * LT_FINE_CAPITAL)
        return FALSE;
    high = mean_column(pixels, 0, quarter);
    low = mean_column(pixels, piece->height - quarter, piece->height);
    lean = (high - low) / (0.75 * piece->height);
    return lean > 0.2 && lean < 0.75 && piece->area < 0.5 * piece->width * piece->height &&
           straight_share(pixels, low, high) > STRAIGHT;
}

/* A slash that stands alone: of several the last, since the others are ones. One that is far from where it
 * must be is not taken: there the notation was misread, and is longer or shorter than its letters. */
static gboolean
find_lone_slash(const GArray *pieces, PIXA *masks, double near, double reach, double least,
                LtBounds *bounds)
{
    const LtPiece *last = NULL;

    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);
        g_autoptr(PIX) pixels = pixaGetPix(masks, (int)i, L_CLONE);

        if (fabs(piece->x - near) < reach && (!last || piece->x > last->x) &&
            is_slash(piece, pixels, least))
            last = piece;
    }
    if (last) {
        bounds->right = last->x;
        bounds->lean = slash_leans[0];
    }
    return last != NULL;
}

/* How high the pieces are together that lie on a leaning line. ret_parts: how many they are. */
static double
shreds_on_line(const GArray *pieces, double column, double lean, guint *ret_parts)
{
    double sum = 0;

    *ret_parts = 0;
    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);
        double row = piece->y + piece->height / 2.0;

        if (piece->width > SHRED_WIDE * LT_FINE_CAPITAL || piece->height < piece->width ||
            piece->area < 8 || piece->y < LT_FINE_BASE - 1.3 * LT_FINE_CAPITAL ||
            lt_piece_bottom(piece) > LT_FINE_BASE + 0.25 * LT_FINE_CAPITAL ||
            fabs(lt_piece_middle(piece) - column - (LT_FINE_BASE - row) * lean) > LINE_HALF / 2)
            continue;
        sum += piece->height;
        ++*ret_parts;
    }
    return sum;
}

/* A slash of which a pale print or a coarse scan left pieces. */
static gboolean
find_shredded_slash(const GArray *pieces, double near, double reach, LtBounds *bounds)
{
    double best = SHREDS * LT_FINE_CAPITAL;

    for (guint i = 0; i < G_N_ELEMENTS(slash_leans); i++)
        for (double column = near - reach; column <= near + reach; column++) {
            guint parts;
            double high = shreds_on_line(pieces, column, slash_leans[i], &parts);

            if (parts < 2 || high <= best)
                continue;
            best = high;
            bounds->right = column - SLASH_HALF;
            bounds->lean = slash_leans[i];
        }
    return best > SHREDS * LT_FINE_CAPITAL;
}

/* Where the slash is: it stands alone, or is glued to a digit or a letter, or is broken. */
static gboolean
find_slash(const LtFine *fine, const GArray *pieces, PIXA *masks, double doubt, LtBounds *bounds)
{
    double em = LT_FINE_CAPITAL / LT_CAPITAL_EM, near = bounds->right;

    if (find_lone_slash(pieces, masks, near, SLASH_NEAR * em + doubt, WHOLE, bounds)) {
        /* A one that stands off it, while the slash is glued to the letter behind it. */
        if (near - bounds->right > SLASH_OFF * em)
            find_glued_slash(pieces, fine->mask, near, SLASH_OFF * em / 2, bounds);
        return TRUE;
    }
    return find_glued_slash(pieces, fine->mask, near, SLASH_REACH * em + doubt, bounds) ||
           find_lone_slash(pieces, masks, near, SLASH_NEAR * em + doubt, BROKEN, bounds) ||
           find_shredded_slash(pieces, near, SLASH_NEAR * em, bounds) ||
           find_lone_slash(pieces, masks, near, SLASH_FAR * em, WHOLE, bounds);
}

gboolean
lt_piece_is_dot(const LtPiece *piece)
{
    return piece->width <= 0.4 * LT_FINE_CAPITAL && piece->height <= 0.4 * LT_FINE_CAPITAL &&
           piece->area >= 4;
}

/* The colon: two dots, one upon the other. Of several the one nearest to near. */
static gboolean
find_colon(const GArray *pieces, double near, double reach, double *ret_right)
{
    double best = reach;

    for (guint i = 0; i < pieces->len; i++)
        for (guint k = 0; k < pieces->len; k++) {
            const LtPiece *low = &g_array_index(pieces, LtPiece, i);
            const LtPiece *high = &g_array_index(pieces, LtPiece, k);

            if (!lt_piece_is_dot(low) || !lt_piece_is_dot(high) ||
                abs(lt_piece_bottom(low) - LT_FINE_BASE) > LT_FINE_CAPITAL / 6 ||
                fabs(lt_piece_middle(low) - lt_piece_middle(high)) > LT_FINE_CAPITAL / 6 ||
                fabs(LT_FINE_BASE - lt_piece_bottom(high) - 0.5 * LT_FINE_CAPITAL) >
                    0.22 * LT_FINE_CAPITAL ||
                fabs(lt_piece_right(low) - near) >= best)
                continue;
            best = fabs(lt_piece_right(low) - near);
            *ret_right = MAX(lt_piece_right(low), lt_piece_right(high));
        }
    return best < reach;
}

/* "Số" without its colon: where it must end. */
static gboolean
find_lead(const GArray *pieces, double to, double *ret_right)
{
    const LtPiece *first = NULL;

    for (guint i = 0; i < pieces->len; i++) {
        const LtPiece *piece = &g_array_index(pieces, LtPiece, i);

        if (abs(piece->height - LT_FINE_CAPITAL) < 0.2 * LT_FINE_CAPITAL &&
            lt_piece_right(piece) < to &&
            abs(lt_piece_bottom(piece) - LT_FINE_BASE) < 0.2 * LT_FINE_CAPITAL &&
            (!first || piece->x < first->x))
            first = piece;
    }
    if (!first)
        return FALSE;
    *ret_right = first->x + LEAD_EM * LT_FINE_CAPITAL / LT_CAPITAL_EM;
    return TRUE;
}

gboolean
lt_bounds_find(const LtFine *fine, const LtGap *gap, const GArray *pieces, PIXA *masks,
               LtBounds *ret_bounds)
{
    LtBounds bounds = {.left = lt_fine_column(fine, gap->x0),
                       .right = lt_fine_column(fine, gap->x1)};
    double em = LT_FINE_CAPITAL / LT_CAPITAL_EM;

    if (gap->part != LT_WRITTEN_NUMBER) {
        *ret_bounds = bounds;
        return TRUE;
    }
    bounds.near = gap->slash && gap->doubt <= 0 ? bounds.right : 0;
    if (gap->slash && !find_slash(fine, pieces, masks, gap->doubt / fine->scale, &bounds))
        return FALSE;
    if (!find_colon(pieces, bounds.left, gap->open0 ? bounds.right : 0.6 * em, &bounds.left) &&
        gap->open0)
        find_lead(pieces, bounds.right, &bounds.left);
    *ret_bounds = bounds;
    return TRUE;
}
