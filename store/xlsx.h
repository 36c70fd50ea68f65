/* A workbook with one sheet: headings, then rows as in CSV, days as real dates. Part of the front door of store/. */
#pragma once

#include "store/sheet.h"

typedef struct LtXlsx LtXlsx;

/* columns is kept, not copied. titles (nullable, of char *): lines above the headings; with them the
 * sheet is laid out for paper as well: A4 across, headings on every page. */
LtXlsx *lt_xlsx_new(const LtSheetColumn *columns, guint n_columns, const GPtrArray *titles,
                    GError **error);
void lt_xlsx_free(LtXlsx *xlsx);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtXlsx, lt_xlsx_free)

/* A value a column. */
void lt_xlsx_add(LtXlsx *xlsx, char *const *values);
guint lt_xlsx_n_rows(const LtXlsx *xlsx);
guint lt_xlsx_n_cut(const LtXlsx *xlsx); /* values that did not fit into a cell */
/* The file with all of it, which is there until the workbook is freed; NULL also where there were more rows than a
 * sheet can hold. (transfer none) */
const char *lt_xlsx_finish(LtXlsx *xlsx, GError **error);
