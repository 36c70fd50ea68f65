/* What part of the page each word belongs to (LtPageZone), beyond the header and the foot that
 * columns.h knows: tables, titles, footnotes, page numbers, and what stands in the margins. */
#pragma once

#include "ocr/rows.h"

/* rows: GPtrArray of LtRow, their two-column zones marked. Sets the part of the spots. */
void lt_parts_mark(GPtrArray *rows, const LtSpots *spots);

/* Sets part, column and, where a table's rows can be told apart, the row of the table. */
void lt_tables_mark(GPtrArray *rows, const LtSpots *spots);
