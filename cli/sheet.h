/* A register written out: for spreadsheets, or as it is printed. */
#pragma once

#include "cli/cli.h"
#include "cli/output.h"

typedef gboolean (*LtSheetWrite)(const LtSheet *sheet, LtOutput *output, GError **error);

typedef struct {
    const char *name; /* "csv", "xlsx", "pdf" */
    LtSheetWrite write;
    gboolean is_text;
} LtSheetFormat;

/* name NULL: csv. path (nullable): what is no text goes into a file or a pipe, never onto a terminal. */
const LtSheetFormat *lt_sheet_format(const char *name, const char *path, GError **error);
