#include "store/dates.h"

#include <string.h>

#include "text/text.h"

#define MOST_LETTERS 60u /* of anything that can be a date */
#define FIRST_DAY "0001-01-01"
#define LAST_DAY "9999-12-31"

/* What stands in a date, folded, without blanks: numbers with one sign between. */
typedef struct {
    guint value[3];
    guint digits[3];
    guint n;
    gboolean quarter;
} Parts;

/* Words that part the numbers as well as a sign does, and what they leave. */
static const struct {
    const char *word, *leaves;
} words[] = {{"ngay", ""},     {"thang", "/"}, {"nam", "/"}, {"quy", "q"}, {"qui", "q"},
             {"quarter", "q"}, {"iv", "4"},    {"iii", "3"}, {"ii", "2"},  {"i", "1"}};

static char *
simplify(const char *typed)
{
    g_autofree char *canonical = lt_text_canonical(typed);
    g_autofree char *folded = lt_text_fold(canonical);
    g_autoptr(GString) text = g_string_new(NULL);

    /* "tháng 9 2017" and "quý 3 2017" leave out the word before the year. */
    gboolean spelled = strstr(folded, "thang") != NULL || strstr(folded, "quy") != NULL ||
                       strstr(folded, "qui") != NULL;
    for (const char *p = folded; *p != '\0'; p++)
        if (*p != ' ' && *p != '\n')
            g_string_append_c(text, *p);
        else if (spelled && text->len > 0 && g_ascii_isdigit(text->str[text->len - 1]) &&
                 g_ascii_isdigit(p[1]))
            g_string_append_c(text, '/');
    /* "T9/2017"; "T2017" is a code. */
    if (text->str[0] == 't' && g_ascii_isdigit(text->str[1]) && strpbrk(text->str, "/.-") != NULL)
        text->str[0] = '/';
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        g_string_replace(text, words[i].word, words[i].leaves, 0);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean
is_sign(char c)
{
    return c == '/' || c == '.' || c == '-';
}

/* FALSE where anything but numbers, signs between and one q stands there. */
static gboolean
take_parts(const char *text, Parts *parts)
{
    const char *p = text;

    *parts = (Parts){0};
    while (*p != '\0') {
        while (is_sign(*p))
            p++;
        if (*p == 'q' && !parts->quarter) {
            parts->quarter = TRUE;
            p++;
            continue;
        }
        gsize digits = strspn(p, "0123456789");
        if (digits == 0 || digits > 4 || parts->n == 3)
            return FALSE;
        parts->value[parts->n] = (guint)g_ascii_strtoull(p, NULL, 10);
        parts->digits[parts->n++] = (guint)digits;
        p += digits;
    }
    return parts->n > 0 && !is_sign(p[-1]);
}

static gboolean
set_months(guint year, guint first, guint last, char **ret_from, char **ret_to)
{
    if (year < 1 || first < 1 || last > 12)
        return FALSE;
    *ret_from = g_strdup_printf("%04u-%02u-01", year, first);
    *ret_to = g_strdup_printf("%04u-%02u-%02u", year, last,
                              g_date_get_days_in_month((GDateMonth)last, (GDateYear)year));
    return TRUE;
}

static gboolean
set_day(guint year, guint month, guint day, char **ret_from, char **ret_to)
{
    if (day > 31 || month > 12 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    *ret_from = g_strdup_printf("%04u-%02u-%02u", year, month, day);
    *ret_to = g_strdup(*ret_from);
    return TRUE;
}

/* Two digits of a year: "18/9/23". */
static guint
whole_year(guint year)
{
    return year < 80 ? 2000 + year : 1900 + year;
}

static gboolean
parse_one(const char *typed, char **ret_from, char **ret_to)
{
    g_autofree char *text = simplify(typed);
    Parts parts;

    if (!take_parts(text, &parts))
        return FALSE;
    const guint *v = parts.value, *d = parts.digits;
    if (parts.quarter) {
        guint at = parts.n == 2 && d[0] == 4 ? 1 : 0;
        if (parts.n != 2 || d[1 - at] != 4 || v[at] < 1 || v[at] > 4)
            return FALSE;
        return set_months(v[1 - at], 3 * v[at] - 2, 3 * v[at], ret_from, ret_to);
    }
    switch (parts.n) {
    case 1:
        return d[0] == 4 && set_months(v[0], 1, 12, ret_from, ret_to);
    case 2:
        return (d[0] == 4 && d[1] <= 2 && set_months(v[0], v[1], v[1], ret_from, ret_to)) ||
               (d[1] == 4 && d[0] <= 2 && set_months(v[1], v[0], v[0], ret_from, ret_to));
    default:
        if (d[0] == 4)
            return set_day(v[0], v[1], v[2], ret_from, ret_to);
        return d[2] != 1 && d[2] != 3 &&
               set_day(d[2] == 2 ? whole_year(v[2]) : v[2], v[1], v[0], ret_from, ret_to);
    }
}

static gboolean
parse_both(const char *first, const char *second, char **ret_from, char **ret_to)
{
    g_autofree char *from = NULL, *from_end = NULL, *to_begin = NULL, *to = NULL;

    if (!parse_one(first, &from, &from_end) || !parse_one(second, &to_begin, &to) ||
        strcmp(from, to) > 0)
        return FALSE;
    *ret_from = g_steal_pointer(&from);
    *ret_to = g_steal_pointer(&to);
    return TRUE;
}

/* What may part the two ends; a dash also stands inside of days, so each is tried. */
static const char *const between[] = {"..", "…", "đến", "den", "–", "—", "-"};

/* "2017.." and "..2000": one end is open. FALSE where neither is. */
static gboolean
parse_open(const char *typed, gboolean *ret_parsed, char **ret_from, char **ret_to)
{
    g_autofree char *from = NULL, *to = NULL;
    gboolean begins = g_str_has_prefix(typed, "..");

    if (begins == g_str_has_suffix(typed, ".."))
        return FALSE;
    g_autofree char *closed = begins ? g_strdup(typed + 2) : g_strndup(typed, strlen(typed) - 2);
    *ret_parsed = parse_one(closed, &from, &to);
    if (*ret_parsed) {
        *ret_from = begins ? g_strdup(FIRST_DAY) : g_steal_pointer(&from);
        *ret_to = begins ? g_steal_pointer(&to) : g_strdup(LAST_DAY);
    }
    return TRUE;
}

gboolean
lt_dates_parse(const char *typed, char **ret_from, char **ret_to)
{
    gboolean parsed = FALSE;

    if (g_utf8_strlen(typed, -1) > MOST_LETTERS)
        return FALSE;
    if (parse_open(typed, &parsed, ret_from, ret_to))
        return parsed;
    if (parse_one(typed, ret_from, ret_to))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(between); i++) {
        const char *at = typed;
        while ((at = strstr(at, between[i])) != NULL) {
            g_autofree char *first = g_strndup(typed, (gsize)(at - typed));
            at += strlen(between[i]);
            if (parse_both(first, at, ret_from, ret_to))
                return TRUE;
        }
    }
    return FALSE;
}
