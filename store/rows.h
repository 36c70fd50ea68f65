/* A document as one flat row, the same in CSV and XLSX. The columns carry the JSON keys. Part of the front
 * door of store/. */
#pragma once

#include "store/record.h"
#include "store/sheet.h"

/* with_text adds the last column. */
guint lt_row_n_columns(gboolean with_text);
const LtSheetColumn *lt_row_column(guint column);
/* "" where the document has none. Returns: (transfer full). */
char *lt_row_value(const LtRecord *record, guint column);

/* One CSV line of names or values (see lt_csv_append), for programs: without LT_CSV_MARK before it. */
void lt_csv_header(GString *csv, gboolean with_text);
void lt_csv_row(GString *csv, const LtRecord *record, gboolean with_text);
