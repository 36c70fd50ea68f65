/* Days, months, quarters, years and ranges of them as people write them. */
#pragma once

#include <glib.h>

/* "18/9/2023", "2023-09-18", "9/2023", "thang 9 nam 2023", "quy 3/2023", "Q3/2023", "2023", and two of
 * these with "..", "-" or "đến" between. The first and the last day in ISO form; FALSE where it is
 * none of these, where a day does not exist, or where the range ends before it begins. */
gboolean lt_dates_parse(const char *typed, char **ret_from, char **ret_to);
