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
/* The lines of a text, each a NULL-terminated array of values; a mark at the beginning is passed over.
 * NULL with LT_STORE_ERROR_INVALID and the line where it is no CSV. (transfer full) */
GPtrArray *lt_csv_parse(const char *text, GError **error);
