/* The authority file's rows, and the ids and times of agencies. */
#include "ingest/fields/authority.h"

#include <string.h>

#include "ingest/fields/rules.h"

#define GRACE_DAYS 31 /* around the days on which a reorganisation reached provinces */

static void
place_free(gpointer data)
{
    LtPlace *place = data;
    g_free(place->id);
    g_free(place->name);
    g_free(place->unit);
    g_free(place->key);
    g_free(place->above);
    g_free(place->from);
    g_free(place->to);
    g_strfreev(place->successors);
    g_free(place);
}

static void
office_free(gpointer data)
{
    LtOffice *office = data;
    g_free(office->slug);
    g_strfreev(office->names);
    g_strfreev(office->keys);
    g_strfreev(office->codes);
    g_free(office->parent);
    g_free(office->from);
    g_free(office->to);
    g_strfreev(office->successors);
    g_free(office);
}

LtAuthority *
lt_authority_new(void)
{
    GDestroyNotify list_free = (GDestroyNotify)g_ptr_array_unref;
    LtAuthority *authority = g_new0(LtAuthority, 1);
    authority->offices = g_ptr_array_new_with_free_func(office_free);
    authority->places = g_ptr_array_new_with_free_func(place_free);
    authority->offices_by_code = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, list_free);
    authority->offices_by_slug = g_hash_table_new(g_str_hash, g_str_equal);
    authority->places_by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, list_free);
    authority->places_by_id = g_hash_table_new(g_str_hash, g_str_equal);
    authority->abbreviations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return authority;
}

void
lt_authority_free(LtAuthority *authority)
{
    if (!authority)
        return;
    g_hash_table_unref(authority->offices_by_code);
    g_hash_table_unref(authority->offices_by_slug);
    g_hash_table_unref(authority->places_by_key);
    g_hash_table_unref(authority->places_by_id);
    g_hash_table_unref(authority->abbreviations);
    g_ptr_array_unref(authority->offices);
    g_ptr_array_unref(authority->places);
    g_free(authority);
}

char *
lt_slug(const char *name)
{
    g_autofree char *fold = lt_text_fold(name);
    GString *slug = g_string_new(NULL);
    for (const char *p = fold; *p; p = g_utf8_next_char(p)) {
        if (g_ascii_isalnum(*p))
            g_string_append_c(slug, *p);
        else if (slug->len && slug->str[slug->len - 1] != '-')
            g_string_append_c(slug, '-');
    }
    if (slug->len && slug->str[slug->len - 1] == '-')
        g_string_truncate(slug, slug->len - 1);
    return g_string_free(slug, FALSE);
}

/* A column's value, NULL for "-". (transfer full) */
static char *
dup_column(const char *column)
{
    return g_str_equal(column, "-") || !*column ? NULL : g_strdup(column);
}

/* The parts of a column, none for "-". (transfer full) */
static char **
split_column(const char *column, const char *separator)
{
    return g_strsplit(g_str_equal(column, "-") ? "" : column, separator, -1);
}

/* Not g_date_set_parse: it minds the locale. */
static gboolean
parse_day(const char *text, GDate *ret_date)
{
    g_auto(GStrv) parts = g_strsplit(text, "-", 4);
    guint64 year, month, day;
    g_date_clear(ret_date, 1);
    if (g_strv_length(parts) != 3 ||
        !g_ascii_string_to_unsigned(parts[0], 10, 1900, 9999, &year, NULL) ||
        !g_ascii_string_to_unsigned(parts[1], 10, 1, 12, &month, NULL) ||
        !g_ascii_string_to_unsigned(parts[2], 10, 1, 31, &day, NULL) ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return FALSE;
    g_date_set_dmy(ret_date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return TRUE;
}

static gboolean
is_day(const char *column)
{
    GDate date;
    return g_str_equal(column, "-") || parse_day(column, &date);
}

static void
index_add(GHashTable *table, char *key, gpointer entry)
{
    GPtrArray *list = g_hash_table_lookup(table, key);
    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(table, g_strdup(key), list);
    }
    if (!g_ptr_array_find(list, entry, NULL))
        g_ptr_array_add(list, entry);
    g_free(key);
}

/* (transfer full) */
static char **
make_keys(const LtAuthority *authority, char **names)
{
    GPtrArray *keys = g_ptr_array_new();
    for (char **name = names; *name; name++) {
        g_autofree char *whole = lt_naming_expand(authority, *name);
        g_ptr_array_add(keys, lt_text_letters(whole));
    }
    g_ptr_array_add(keys, NULL);
    return (char **)g_ptr_array_free(keys, FALSE);
}

/* Those of the first and then those of the second that it lacks. (transfer full) */
static char **
join_codes(char **first, char **second)
{
    g_autoptr(GStrvBuilder) codes = g_strv_builder_new();
    g_strv_builder_addv(codes, (const char **)first);
    for (char **code = second; *code; code++)
        if (!g_strv_contains((const char *const *)first, *code))
            g_strv_builder_add(codes, *code);
    return g_strv_builder_end(codes);
}

/* A row of abbreviation and name alone takes all but the abbreviations from the full one. */
static void
fill_in(LtOffice *bare, LtOffice *full)
{
    LtOffice taken = *full;
    *full = *bare;
    *bare = taken;
    bare->codes = full->codes;
    full->codes = taken.codes;
}

/* Takes office. Of rows with the same id the first counts, and has the abbreviations of all. */
static void
add_office(LtAuthority *authority, LtOffice *office)
{
    LtOffice *known = g_hash_table_lookup(authority->offices_by_slug, office->slug);
    if (known) {
        char **codes = join_codes(known->codes, office->codes);
        g_strfreev(known->codes);
        known->codes = codes;
        g_hash_table_remove(authority->offices_by_slug, known->slug);
        if (known->own && !office->own)
            fill_in(known, office);
        office_free(office);
    } else {
        known = office;
        g_ptr_array_add(authority->offices, known);
    }
    g_hash_table_insert(authority->offices_by_slug, known->slug, known);
    for (char **code = known->codes; *code; code++)
        index_add(authority->offices_by_code, lt_text_letters(*code), known);
}

gboolean
lt_authority_add_office(LtAuthority *authority, char **columns)
{
    static const char levels[] = "pdc";
    guint where = 0;
    for (const char *p = columns[3]; *p; p++) {
        const char *level = strchr(levels, *p);
        if (!level && !strchr("- ", *p))
            return FALSE;
        where |= level ? 1u << (level - levels) : 0;
    }
    if (!*columns[0] || !*columns[1] || !is_day(columns[5]) || !is_day(columns[6]))
        return FALSE;
    LtOffice *office = g_new0(LtOffice, 1);
    office->slug = g_strdup(columns[0]);
    office->names = g_strsplit(columns[1], " | ", -1);
    office->codes = split_column(columns[2], " ");
    office->where = where;
    office->parent = dup_column(columns[4]);
    office->from = dup_column(columns[5]);
    office->to = dup_column(columns[6]);
    office->successors = split_column(columns[7], " ");
    add_office(authority, office);
    return TRUE;
}

gboolean
lt_authority_add_abbreviation(LtAuthority *authority, char **columns)
{
    char *key = lt_text_letters(columns[0]);
    gboolean whole = *key && *columns[1];
    if (whole && !g_hash_table_contains(authority->abbreviations, key))
        g_hash_table_insert(authority->abbreviations, key, g_strdup(columns[1]));
    else
        g_free(key);
    return whole;
}

void
lt_authority_make_keys(LtAuthority *authority)
{
    for (guint i = 0; i < authority->offices->len; i++) {
        LtOffice *office = g_ptr_array_index(authority->offices, i);
        g_strfreev(office->keys);
        office->keys = make_keys(authority, office->names);
    }
}

gboolean
lt_authority_add_own(LtAuthority *authority, const char *code, const char *name)
{
    const char *names[] = {name, NULL}, *codes[] = {code, NULL};
    g_autofree char *slug = lt_slug(name);
    if (!*slug || !*code)
        return FALSE;
    LtOffice *office = g_new0(LtOffice, 1);
    office->slug = g_steal_pointer(&slug);
    office->names = g_strdupv((char **)names);
    office->codes = g_strdupv((char **)codes);
    office->successors = g_new0(char *, 1);
    office->own = TRUE;
    add_office(authority, office);
    return TRUE;
}

static void
add_place(LtAuthority *authority, LtPlace *place)
{
    place->key = lt_text_letters(place->name);
    g_ptr_array_add(authority->places, place);
    if (!g_hash_table_contains(authority->places_by_id, place->id))
        g_hash_table_insert(authority->places_by_id, place->id, place);
    index_add(authority->places_by_key, g_strdup(place->key), place);
}

/* Other spellings find the same place. */
static void
add_spellings(LtAuthority *authority, LtPlace *place, const char *column)
{
    g_auto(GStrv) spellings = split_column(column, ", ");
    for (char **spelling = spellings; *spelling; spelling++)
        index_add(authority->places_by_key, lt_text_letters(*spelling), place);
}

gboolean
lt_authority_add_province(LtAuthority *authority, char **columns)
{
    guint n = g_strv_length(columns);
    if (!*columns[0] || (n > 2 && n < 6) ||
        (n >= 6 && (!is_day(columns[2]) || !is_day(columns[3]))))
        return FALSE;
    LtPlace *place = g_new0(LtPlace, 1);
    place->id = lt_slug(columns[0]);
    place->name = g_strdup(columns[0]);
    place->unit = n > 1 ? g_strndup(columns[1], strcspn(columns[1], ",")) : g_strdup("tỉnh");
    place->from = n > 2 ? dup_column(columns[2]) : NULL;
    place->to = n > 2 ? dup_column(columns[3]) : NULL;
    place->successors = split_column(n > 2 ? columns[4] : "-", "; ");
    for (char **name = place->successors; *name; name++) {
        char *id = lt_slug(*name);
        g_free(*name);
        *name = id;
    }
    add_place(authority, place);
    if (n > 2)
        add_spellings(authority, place, columns[5]);
    return TRUE;
}

static gboolean
add_units(LtAuthority *authority, char **columns, LtPlaceLevel level, const char *from,
          const char *to)
{
    g_autofree char *above = lt_slug(columns[0]);
    g_autofree char *unit = lt_slug(columns[1]);
    g_auto(GStrv) names = g_strsplit(columns[2], ", ", -1);
    for (char **name = names; *name; name++) {
        g_autofree char *slug = lt_slug(*name);
        LtPlace *place = g_new0(LtPlace, 1);
        place->level = level;
        place->id = g_strdup_printf("%s.%s-%s", above, unit, slug);
        place->name = g_strdup(*name);
        place->unit = g_strdup(columns[1]);
        place->above = g_strdup(above);
        place->from = g_strdup(from);
        place->to = g_strdup(to);
        place->successors = g_new0(char *, 1);
        add_place(authority, place);
    }
    return *above && *unit && *names;
}

gboolean
lt_authority_add_districts(LtAuthority *authority, char **columns)
{
    return add_units(authority, columns, LT_PLACE_DISTRICT, NULL, LT_DISTRICTS_END);
}

gboolean
lt_authority_add_communes(LtAuthority *authority, char **columns)
{
    return add_units(authority, columns, LT_PLACE_COMMUNE, LT_COMMUNES_BEGIN, NULL);
}

GPtrArray *
lt_authority_offices_of_code(const LtAuthority *authority, const char *code)
{
    g_autofree char *key = code ? lt_text_letters(code) : NULL;
    return key ? g_hash_table_lookup(authority->offices_by_code, key) : NULL;
}

gboolean
lt_office_has_code(const LtOffice *office, const char *code)
{
    g_autofree char *key = lt_text_letters(code);
    for (char **known = office->codes; *known; known++) {
        g_autofree char *letters = lt_text_letters(*known);
        if (g_str_equal(letters, key))
            return TRUE;
    }
    return FALSE;
}

gboolean
lt_office_is_coded(const LtOffice *office, const char *issuer_code, const char *type_code)
{
    return (issuer_code && lt_office_has_code(office, issuer_code)) ||
           (type_code && lt_office_has_code(office, type_code));
}

gboolean
lt_office_is_at(const LtOffice *office, const LtPlace *place)
{
    return place && office->where & (1u << place->level);
}

char *
lt_office_id(const LtOffice *office, const LtPlace *place)
{
    if (office->own)
        return g_strconcat("own.", office->slug, NULL);
    if (!office->where)
        return g_strconcat("vn.", office->slug, NULL);
    return lt_office_is_at(office, place) ? g_strconcat("vn.", place->id, ".", office->slug, NULL)
                                          : NULL;
}

/* Whether a day lies between two others (nullable), or that many days outside. */
static gboolean
lies_between(const char *day, const char *from, const char *to, guint grace)
{
    GDate date, bound;
    if (!parse_day(day, &date))
        return TRUE;
    if (from && parse_day(from, &bound)) {
        g_date_subtract_days(&bound, grace);
        if (g_date_compare(&date, &bound) < 0)
            return FALSE;
    }
    if (!to || !parse_day(to, &bound))
        return TRUE;
    g_date_add_days(&bound, grace);
    return g_date_compare(&date, &bound) <= 0;
}

gboolean
lt_place_existed(const LtPlace *place, const char *day)
{
    return lies_between(day, place->from, place->to, GRACE_DAYS);
}

gboolean
lt_office_valid(const LtOffice *office, const LtPlace *place, const char *day)
{
    return lies_between(day, office->from, office->to, office->where ? GRACE_DAYS : 0) &&
           (!place || !office->where || lt_place_existed(place, day));
}

const LtPlace *
lt_authority_place(const LtAuthority *authority, const char *name, guint levels)
{
    g_autofree char *key = lt_text_letters(name);
    const GPtrArray *list = g_hash_table_lookup(authority->places_by_key, key);
    const LtPlace *found = NULL;
    for (guint i = 0; list && i < list->len; i++) {
        const LtPlace *place = g_ptr_array_index(list, i);
        if (!(levels & (1u << place->level)))
            continue;
        if (found)
            return NULL;
        found = place;
    }
    return found;
}

const char *
lt_authority_spelling(const LtAuthority *authority, const char *printed, gboolean *ret_as_printed)
{
    g_autofree char *key = lt_text_letters(printed), *level = lt_text_level(printed);
    const GPtrArray *list = g_hash_table_lookup(authority->places_by_key, key);
    const char *found = NULL;
    gboolean several = FALSE;
    *ret_as_printed = FALSE;
    for (guint i = 0; list && i < list->len; i++) {
        const char *name = ((const LtPlace *)g_ptr_array_index(list, i))->name;
        g_autofree char *other = lt_text_level(name);
        if (g_str_equal(level, other)) {
            *ret_as_printed = TRUE;
            return name;
        }
        several = several || (found && !g_str_equal(found, name));
        found = name;
    }
    return several ? NULL : found;
}
