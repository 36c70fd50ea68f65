/* The zones of a page that stand in two columns, from top to bottom. */
#include "ocr/columns.h"

void
lt_columns_mark(GPtrArray *rows, const LtSpots *spots)
{
    guint zone = 1, next = 0;
    /* More than one header: a copy's own letterhead, or a regulation behind its decision. */
    for (guint end; (end = lt_header_mark(rows, spots, next, zone)) > next; zone++)
        next = end;
    lt_foot_mark(rows, spots, next, zone);
}
