/* The zones of a page that stand in two columns, from top to bottom. */
#include "ocr/columns.h"

static guint
zone_of(GPtrArray *rows, guint i)
{
    return ((const LtRow *)g_ptr_array_index(rows, i))->zone;
}

void
lt_row_part(LtRow *row, guint cut, LtPageZone left, LtPageZone right)
{
    for (guint i = 0; i < row->spots->len; i++) {
        LtSpot *spot = lt_row_spot(row, i);

        spot->side = i < cut ? LT_SIDE_LEFT : LT_SIDE_RIGHT;
        spot->part = i < cut ? left : right;
    }
}

void
lt_columns_mark(GPtrArray *rows, const LtSpots *spots)
{
    guint zone = 1, next = 0;
    /* More than one header: a copy's own letterhead, or a regulation behind its decision. */
    for (guint end; (end = lt_header_mark(rows, spots, next, zone)) > next; zone++)
        next = end;
    for (guint first = 0, end; first < rows->len; first = end) {
        for (end = first; end < rows->len && zone_of(rows, end) == 0;)
            end++;
        lt_foot_mark(rows, spots, first, end, zone++);
        while (end < rows->len && zone_of(rows, end) > 0)
            end++;
    }
    lt_pairs_mark(rows, spots, zone);
}
