/* Filters as expressions: an issuer or a type by whatever name it goes, days by their terms. */
#include "store/search.h"

#include <string.h>

#define MOST_YEARS 400u /* that documents may be from */

/* Types by the letters that stand for them in numbers: Decree 30/2020/NĐ-CP, Appendix III, and the
 * legislative ones of the Law on Promulgation of Legal Documents. */
static const struct {
    const char *letters, *type;
} abbreviations[] = {
    {"NQ", "Nghị quyết"},
    {"QĐ", "Quyết định"},
    {"CT", "Chỉ thị"},
    {"QC", "Quy chế"},
    {"QyĐ", "Quy định"},
    {"TC", "Thông cáo"},
    {"TB", "Thông báo"},
    {"HD", "Hướng dẫn"},
    {"CTr", "Chương trình"},
    {"KH", "Kế hoạch"},
    {"PA", "Phương án"},
    {"ĐA", "Đề án"},
    {"DA", "Dự án"},
    {"BC", "Báo cáo"},
    {"BB", "Biên bản"},
    {"TTr", "Tờ trình"},
    {"HĐ", "Hợp đồng"},
    {"CĐ", "Công điện"},
    {"BGN", "Bản ghi nhớ"},
    {"BTT", "Bản thỏa thuận"},
    {"GUQ", "Giấy ủy quyền"},
    {"GM", "Giấy mời"},
    {"GGT", "Giấy giới thiệu"},
    {"GNP", "Giấy nghỉ phép"},
    {"PG", "Phiếu gửi"},
    {"PC", "Phiếu chuyển"},
    {"PB", "Phiếu báo"},
    {"CV", "Công văn"},
    {"NĐ", "Nghị định"},
    {"TT", "Thông tư"},
    {"TTLT", "Thông tư liên tịch"},
    {"PL", "Pháp lệnh"},
    {"L", "Lệnh"},
};

gboolean
lt_filter_is_type(const char *value)
{
    g_autofree char *key = lt_words_key(value);

    for (guint i = 0; i < G_N_ELEMENTS(abbreviations); i++) {
        g_autofree char *type = lt_words_key(abbreviations[i].type);
        if (strcmp(type, key) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The first words of a type's name: "loai:quyet". */
static void
match_type_begun(GString *match, const char *key)
{
    g_autofree char *term = lt_term(LT_TERM_TYPE, key);
    g_autofree char *begun = g_strdup_printf("\"%s_\" *", g_strdelimit(term, " ", '_'));

    lt_match_add(match, LT_MATCH_OR, begun);
}

/* "Công văn" -> "cong_van". (transfer full) */
static char *
type_term(const char *name)
{
    return g_strdelimit(lt_words_key(name), " ", '_');
}

static void
match_type_name(GString *match, const char *name)
{
    g_autofree char *term = type_term(name);

    lt_match_add_term(match, LT_MATCH_OR, LT_TERM_TYPE, term);
}

/* Letters typed with their marks tell HĐ (Hợp đồng) from HD (Hướng dẫn); in capitals without, both.
 */
GPtrArray *
lt_filter_types(const char *typed)
{
    g_autofree char *level = lt_text_level(typed);
    g_autofree char *key = lt_words_key(typed);
    gboolean marked = strcmp(level, key) != 0;
    GPtrArray *types = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < G_N_ELEMENTS(abbreviations); i++) {
        g_autofree char *letters = marked ? lt_text_level(abbreviations[i].letters)
                                          : lt_words_key(abbreviations[i].letters);
        if (strcmp(letters, marked ? level : key) == 0)
            g_ptr_array_add(types, type_term(abbreviations[i].type));
    }
    return types;
}

static char *
match_type(const char *typed)
{
    g_autofree char *key = lt_words_key(typed);
    g_autoptr(GPtrArray) types = lt_filter_types(typed);
    GString *match = g_string_new(NULL);

    match_type_name(match, typed);
    for (guint i = 0; i < types->len; i++)
        lt_match_add_term(match, LT_MATCH_OR, LT_TERM_TYPE, g_ptr_array_index(types, i));
    if (types->len == 0 && !lt_filter_is_type(typed))
        match_type_begun(match, key);
    if (strchr(key, ' ') == NULL)
        lt_match_add_term(match, LT_MATCH_OR, LT_TERM_NOTATION, key);
    return lt_match_take(match);
}

static void
match_names(GString *match, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *phrase = lt_match_phrase(LT_TERM_ISSUER, g_ptr_array_index(names, i));
        lt_match_add(match, LT_MATCH_OR, phrase);
    }
}

/* A name or part of it, letters as in a number, and what the letters stand for. */
static char *
match_issuer(LtStore *store, const LtFilter *filter, GError **error)
{
    g_autofree char *key = lt_words_key(filter->value);
    g_autoptr(GPtrArray) names = lt_agency_names(store, key, filter->successors, error);
    g_autoptr(GString) match = g_string_new(NULL);

    if (names == NULL)
        return NULL;
    g_autofree char *phrase = lt_match_phrase(LT_TERM_ISSUER, key);
    g_autofree char *letters = lt_match_phrase(LT_TERM_NOTATION, key);
    lt_match_add(match, LT_MATCH_OR, phrase);
    lt_match_add(match, LT_MATCH_OR, letters);
    match_names(match, names);
    return lt_match_take(g_steal_pointer(&match));
}

static char *
match_number(const char *typed)
{
    g_auto(LtNumberKeys) keys = {0};
    GString *match = g_string_new(NULL);

    lt_number_keys_init(&keys, typed);
    lt_match_own_number(match, &keys);
    return lt_match_take(match);
}

/* A year; a month of it, or 0; a day of that, or 0. */
static void
add_date(GString *match, guint year, guint month, guint day)
{
    char digits[32];
    int length = g_snprintf(digits, sizeof digits, "%04u", year);

    if (month > 0)
        length += g_snprintf(digits + length, sizeof digits - (gsize)length, "%02u", month);
    if (day > 0)
        g_snprintf(digits + length, sizeof digits - (gsize)length, "%02u", day);
    lt_match_add_term(match, LT_MATCH_OR, LT_TERM_DATE, digits);
}

typedef struct {
    guint year, month, day;
} Day;

static Day
day_of(const char *iso)
{
    return (Day){(guint)g_ascii_strtoull(iso, NULL, 10), (guint)g_ascii_strtoull(iso + 5, NULL, 10),
                 (guint)g_ascii_strtoull(iso + 8, NULL, 10)};
}

/* The days of one year in months where they are whole. */
static void
match_part_of_year(GString *match, guint year, Day from, Day to)
{
    guint first_month = from.year == year ? from.month : 1;
    guint last_month = to.year == year ? to.month : 12;

    for (guint month = first_month; month <= last_month; month++) {
        guint last = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
        guint begin = from.year == year && month == from.month ? from.day : 1;
        guint end = to.year == year && month == to.month ? MIN(to.day, last) : last;
        if (begin == 1 && end == last) {
            add_date(match, year, month, 0);
            continue;
        }
        for (guint day = begin; day <= end; day++)
            add_date(match, year, month, day);
    }
}

/* Years, months and days that together are the range; only years that documents are from. */
static char *
match_days(LtStore *store, const char *from_day, const char *to_day, GError **error)
{
    g_autoptr(GString) match = g_string_new(NULL);
    g_autoptr(sqlite3_stmt) years = lt_sql_prepare(
        store, error,
        "WITH RECURSIVE y (day) AS (SELECT min(issued_date) FROM document WHERE issued_date >= ?1"
        " UNION ALL SELECT (SELECT min(issued_date) FROM document"
        " WHERE issued_date > substr(y.day, 1, 4) || '-12-31') FROM y WHERE y.day IS NOT NULL)"
        " SELECT substr(day, 1, 4) FROM y WHERE day <= ?2 LIMIT ?3",
        "ssi", from_day != NULL ? from_day : "0001", to_day != NULL ? to_day : "9999-12-31",
        (gint64)MOST_YEARS);
    Day from = day_of(from_day != NULL ? from_day : "0001-01-01");
    Day to = day_of(to_day != NULL ? to_day : "9999-12-31");
    int got = -1;

    while (years != NULL && (got = lt_sql_step(store, years, error)) > 0) {
        guint year = (guint)sqlite3_column_int(years, 0);
        gboolean whole = (year > from.year || (from.month == 1 && from.day == 1)) &&
                         (year < to.year || (to.month == 12 && to.day == 31));
        if (whole)
            add_date(match, year, 0, 0);
        else
            match_part_of_year(match, year, from, to);
    }
    return got == 0 ? lt_match_take(g_steal_pointer(&match)) : NULL;
}

static char *
match_term(LtTermKind kind, const char *word)
{
    GString *match = g_string_new(NULL);

    lt_match_add_term(match, LT_MATCH_OR, kind, word);
    return lt_match_take(match);
}

static char *
match_people(LtTermKind kind, const char *value)
{
    g_autofree char *key = lt_words_key(value);

    return lt_match_phrase(kind, key);
}

/* NULL without error: it has no letter or digit that stands in any document. */
static char *
match_filter(LtStore *store, const LtFilter *filter, GError **error)
{
    switch (filter->kind) {
    case LT_FILTER_NUMBER:
        return match_number(filter->value);
    case LT_FILTER_DATE:
    case LT_FILTER_FROM:
    case LT_FILTER_TO:
        return match_days(store, filter->from, filter->to, error);
    case LT_FILTER_ISSUER:
        return match_issuer(store, filter, error);
    case LT_FILTER_TYPE:
        return match_type(filter->value);
    case LT_FILTER_SIGNER:
        return match_people(LT_TERM_SIGNER, filter->value);
    case LT_FILTER_RECIPIENT:
        return match_people(LT_TERM_RECIPIENT, filter->value);
    case LT_FILTER_STATUS:
        return match_term(LT_TERM_STATE, filter->state);
    }
    g_return_val_if_reached(NULL);
}

char *
lt_filter_match(LtStore *store, const LtFilter *filter, GError **error)
{
    g_autoptr(GError) failure = NULL;
    char *match = match_filter(store, filter, &failure);

    if (match == NULL && failure == NULL)
        return g_strdup(LT_MATCH_NOTHING);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return match;
}
