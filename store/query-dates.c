/* Dates among the words of a query. */
#include <string.h>

#include "store/dates.h"
#include "store/query.h"

static gboolean
is_first_day(const char *iso)
{
    return strcmp(iso + 8, "01") == 0;
}

static gboolean
is_last_day(const char *iso)
{
    guint year = (guint)g_ascii_strtoull(iso, NULL, 10);
    guint month = (guint)g_ascii_strtoull(iso + 5, NULL, 10);

    return g_ascii_strtoull(iso + 8, NULL, 10) ==
           g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
}

GPtrArray *
lt_query_dates(const char *typed)
{
    g_autoptr(GPtrArray) dates = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *from = NULL, *to = NULL;

    if (!lt_dates_parse(typed, &from, &to) || strncmp(from, to, 4) != 0)
        return NULL;
    if (strcmp(from, to) == 0) {
        g_ptr_array_add(dates, g_strdup_printf("%.4s%.2s%.2s", from, from + 5, from + 8));
        return g_steal_pointer(&dates);
    }
    if (!is_first_day(from) || !is_last_day(to))
        return NULL;
    guint first = (guint)g_ascii_strtoull(from + 5, NULL, 10);
    guint last = (guint)g_ascii_strtoull(to + 5, NULL, 10);
    if (first == 1 && last == 12)
        g_ptr_array_add(dates, g_strndup(from, 4));
    else
        for (guint month = first; month <= last; month++)
            g_ptr_array_add(dates, g_strdup_printf("%.4s%02u", from, month));
    return g_steal_pointer(&dates);
}

char *
lt_query_short_date(const GPtrArray *dates)
{
    const char *digits = g_ptr_array_index(dates, 0);

    if (dates->len == 3)
        return g_strdup_printf("quy %u/%.4s",
                               ((guint)g_ascii_strtoull(digits + 4, NULL, 10) + 2) / 3, digits);
    switch (strlen(digits)) {
    case 4:
        return g_strdup(digits);
    case 6:
        return g_strdup_printf("%s/%.4s", digits + 4, digits);
    default:
        return g_strdup_printf("%s/%.2s/%.4s", digits + 6, digits + 4, digits);
    }
}
