/* Tables that leave the archive: comma-separated values, and registers as they are printed. Part of the
 * front door of store/. */
#pragma once

#include <glib.h>

/* --- csv.c: RFC 4180, UTF-8, lines end in CRLF --- */

/* What a spreadsheet needs at the beginning to take the rest for UTF-8. */
#define LT_CSV_MARK "\xEF\xBB\xBF"

/* A value that begins with = + - @, a tab or a carriage return gets an apostrophe in front, so that no
 * spreadsheet runs it as a formula. value may be NULL. */
void lt_csv_append(GString *csv, const char *value);
/* A whole line of n values. */
void lt_csv_append_line(GString *csv, const char *const *values, guint n);
/* The lines of a text, each a NULL-terminated array of at most 100 values; a mark at the beginning is
 * passed over. NULL with LT_STORE_ERROR_INVALID and the line where it is no CSV, or where there are more
 * than max_lines: a value costs many times its bytes. (transfer full) */
GPtrArray *lt_csv_parse(const char *text, guint max_lines, GError **error);

/* --- sheet.c: a table as it is printed --- */

typedef enum {
    LT_SHEET_TEXT,
    LT_SHEET_COUNT, /* a whole number */
    LT_SHEET_DAY    /* an ISO day */
} LtSheetKind;

typedef struct {
    const char *name; /* heading */
    LtSheetKind kind;
    guint width; /* columns of a spreadsheet, a fair first guess; on paper its share of the width */
} LtSheetColumn;

typedef struct {
    const char *title;     /* "SỔ ĐĂNG KÝ VĂN BẢN ĐI" */
    gboolean head;         /* agencies, national name and motto stand above the title */
    gboolean cover;        /* title and heads stand on a page of their own */
    gboolean signature;    /* who made it signs at the end */
    char *office, *parent; /* (nullable) at its head */
    GPtrArray *heads;      /* of char *: lines below the title */
    GPtrArray *closing;    /* of char *: lines after the table */
    const LtSheetColumn *columns;
    guint n_columns;
    GPtrArray *rows; /* of char **, n_columns values each, then NULL */
    guint secret;    /* documents left out because they are marked secret */
    guint left_out;  /* others that were found and do not belong into this register */
} LtSheet;

void lt_sheet_free(LtSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtSheet, lt_sheet_free)

/* A value as it is printed: days as 18/09/2023. (transfer full) */
char *lt_sheet_text(const LtSheet *sheet, guint row, guint column);
/* The whole as CSV: LT_CSV_MARK, one line of headings, the rows. What stands around the table on paper is
 * left out, so that the columns can be read. (transfer full) */
GString *lt_sheet_to_csv(const LtSheet *sheet);
/* "một trăm linh năm" for 105; up to 999,999. (transfer full) */
char *lt_sheet_number_words(guint number);
