/* Where a page stands in two columns: the header (issuer and number beside state name, motto and
 * date), the foot (recipients beside the signature), and text that runs in two columns. Positions: decree 30/2020, annex I, diagram
 * of zones. */
#pragma once

#include "ocr/rows.h"

/* Numbers the zones in rows (GPtrArray of LtRow) and sets the side of the spots in them. */
void lt_columns_mark(GPtrArray *rows, const LtSpots *spots);

/* Marks the first header from row first on. Returns: the row after it, or first where there is none. */
guint lt_header_mark(GPtrArray *rows, const LtSpots *spots, guint first, guint zone);

/* Marks the first foot in the rows [first, end), if there is one. */
void lt_foot_mark(GPtrArray *rows, const LtSpots *spots, guint first, guint end, guint zone);

/* Marks the rows of running text in two columns, zones numbered from zone on. */
void lt_pairs_mark(GPtrArray *rows, const LtSpots *spots, guint zone);

/* Parts a row of two columns before spot cut. */
void lt_row_part(LtRow *row, guint cut, LtPageZone left, LtPageZone right);
