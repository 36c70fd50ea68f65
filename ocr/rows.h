/* Words at their places, and the rows that they stand in. Lengths are in points (1/72 inch), y
 * grows downwards and is levelled: a row of a skewed page has one y. */
#pragma once

#include "ocr/lines.h"

typedef enum { LT_SIDE_WHOLE, LT_SIDE_LEFT, LT_SIDE_RIGHT } LtSide;

typedef struct {
    const LtRawWord *word; /* not owned */
    char *key;             /* folded, letters and digits only */
    double x0, x1;
    double y;      /* levelled centre */
    double height; /* of the box */
    LtSide side;   /* of a zone with two columns */
    LtPageZone part;
    guint column; /* of a table, from 0 */
} LtSpot;

typedef struct {
    GPtrArray *spots; /* of LtSpot, not owned, by x0 */
    double x0, x1;
    double y;      /* mean of the spots */
    double height; /* mean of the spots */
    guint zone;    /* 0, or the zone with two columns that the row belongs to */
    guint cells;   /* 0, or the row of a table that it belongs to, which others may, too */
} LtRow;

typedef struct {
    GArray *spots; /* of LtSpot, in the order of their source */
    double width, height;
    double letter; /* median height of a word's box */
} LtSpots;

/* words must outlive the result. */
void lt_spots_init(LtSpots *spots, GArray *words, double width, double height);
void lt_spots_clear(LtSpots *spots);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtSpots, lt_spots_clear)

/* spots: GPtrArray of LtSpot. Rows from top to bottom; words of one source line stay in one row.
 * Returns: (transfer full) GPtrArray of LtRow. */
GPtrArray *lt_rows_find(GPtrArray *spots);

static inline LtSpot *
lt_row_spot(const LtRow *row, guint i)
{
    return g_ptr_array_index(row->spots, i);
}

/* A page's width in slices, in which it is told where no row has a word. */
#define LT_ROW_SLICES 400

/* Marks the slices that the row's words lie in. width: of the page. */
void lt_row_cross(const LtRow *row, double width, gboolean crossed[LT_ROW_SLICES]);

/* The empty space before the i-th spot; G_MAXDOUBLE for the first. */
double lt_row_gap(const LtRow *row, guint i);
