/* A workbook with one sheet: a row a document, columns as in CSV, days as real dates. */
#pragma once

#include "cli/cli.h"
#include "cli/output.h"

typedef struct LtXlsx LtXlsx;

LtXlsx *lt_xlsx_new(gboolean with_text, GError **error);
void lt_xlsx_free(LtXlsx *xlsx);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtXlsx, lt_xlsx_free)

void lt_xlsx_add(LtXlsx *xlsx, const LtRecord *record);
guint lt_xlsx_n_rows(const LtXlsx *xlsx);
guint lt_xlsx_n_cut(const LtXlsx *xlsx); /* values that did not fit into a cell */
/* FALSE also where there were more rows than a sheet can hold. */
gboolean lt_xlsx_finish(LtXlsx *xlsx, LtOutput *output, GError **error);
