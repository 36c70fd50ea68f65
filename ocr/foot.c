/* The foot of a dispatch: "Nơi nhận:" with its list at the left, beside the signer's titles and
 * name at the right. The list's lines run freely, so the corridor between the two is sought over
 * all rows. */
#include <math.h>

#include "ocr/columns.h"

#define LEFT_SHARE 0.35 /* of the page's width: where "Nơi nhận" begins at most */
#define SLICES 200      /* of the page's width in the profile */
#define FOOT_GAP 0.8    /* letter heights: the least gap between the columns in a row */
#define FOOT_ROWS 40    /* rows that a foot has at most */
#define RUNS_THROUGH G_MAXUINT
#define ABOVE_ROWS 4.0 /* letter heights that the signer's titles may begin higher */
#define MARGIN                                                                                     \
    0.92          /* of the page: what stands below, apart and across the middle, is its address */
#define APART 1.6 /* letter heights */

static const LtRow *
row_at(GPtrArray *rows, guint i)
{
    return g_ptr_array_index(rows, i);
}

static gboolean
begins_recipients(const LtRow *row, const LtSpots *spots)
{
    if (row->spots->len < 2 || row->x0 > LEFT_SHARE * spots->width)
        return FALSE;
    const LtSpot *first = lt_row_spot(row, 0), *second = lt_row_spot(row, 1);
    return lt_text_distance(first->key, "noi", 1) <= 1 &&
           lt_text_distance(second->key, "nhan", 1) <= 1;
}

/* The middle of the widest strip right of x that the fewest rows of [first, end) cross. */
static double
find_corridor(GPtrArray *rows, const LtSpots *spots, guint first, guint end, double x)
{
    guint crossed[SLICES] = {0};
    for (guint i = first; i < end; i++)
        for (guint k = 0; k < row_at(rows, i)->spots->len; k++) {
            const LtSpot *spot = lt_row_spot(row_at(rows, i), k);
            guint from = CLAMP(spot->x0 / spots->width * SLICES, 0, SLICES - 1);
            guint to = CLAMP(spot->x1 / spots->width * SLICES, 0, SLICES - 1);
            for (guint s = from; s <= to; s++)
                crossed[s]++;
        }
    guint start = CLAMP(x / spots->width * SLICES, 0, SLICES - 1), stop = SLICES * 3 / 4;
    guint least = G_MAXUINT, best = 0;
    double middle = 0;
    for (guint s = start; s < stop; s++)
        least = MIN(least, crossed[s]);
    for (guint s = start, run = 0; s < stop; s++) {
        run = crossed[s] == least ? run + 1 : 0;
        if (run > best) {
            best = run;
            middle = (s + 1 - run / 2.0) / SLICES * spots->width;
        }
    }
    return middle;
}

/* The spot that begins the right column, or the number of spots where all are left; RUNS_THROUGH where
 * the row minds no columns. */
static guint
cut_at(const LtRow *row, double corridor, double letter)
{
    guint cut = 0;
    while (cut < row->spots->len &&
           (lt_row_spot(row, cut)->x0 + lt_row_spot(row, cut)->x1) / 2 < corridor)
        cut++;
    if (cut > 0 && cut < row->spots->len && lt_row_gap(row, cut) < FOOT_GAP * letter)
        return RUNS_THROUGH;
    return cut;
}

/* Zone 13 of the decree's diagram: the agency's address below all else. */
static gboolean
is_address(GPtrArray *rows, guint i, const LtSpots *spots)
{
    const LtRow *row = row_at(rows, i), *above = row_at(rows, i - 1);

    return row->y > MARGIN * spots->height && row->y - above->y > APART * spots->letter &&
           row->x0 < spots->width / 2 && row->x1 > spots->width / 2;
}

void
lt_foot_mark(GPtrArray *rows, const LtSpots *spots, guint first, guint end, guint zone)
{
    double letter = spots->letter;
    guint anchor = first, begin, after;

    while (anchor < end && !begins_recipients(row_at(rows, anchor), spots))
        anchor++;
    if (anchor == end)
        return;
    end = MIN(end, anchor + FOOT_ROWS);
    for (guint i = anchor + 1; i < end; i++)
        if (is_address(rows, i, spots))
            end = i;
    double corridor = find_corridor(rows, spots, anchor, end,
                                    lt_row_spot(row_at(rows, anchor), 1)->x1 + letter / 2);
    for (begin = anchor; begin > first; begin--) {
        const LtRow *above = row_at(rows, begin - 1);

        if (row_at(rows, anchor)->y - above->y > ABOVE_ROWS * letter || above->x0 < corridor)
            break;
    }
    for (after = anchor; after < end; after++)
        if (cut_at(row_at(rows, after), corridor, letter) == RUNS_THROUGH)
            break;
    for (guint i = begin; i < after; i++) {
        LtRow *row = g_ptr_array_index(rows, i);
        guint cut = cut_at(row, corridor, letter);

        row->zone = zone;
        lt_row_part(row, cut, LT_PAGE_ZONE_RECIPIENTS, LT_PAGE_ZONE_SIGNER);
    }
}
