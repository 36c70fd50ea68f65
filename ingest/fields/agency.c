/* Agencies for whoever looks one up: made from an office and a place at the time of asking. */
#include "ingest/fields/agency.h"

#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/rules.h"

#define ANYWHERE "*" /* stands for the place in an id */

void
lt_agency_free(LtAgency *agency)
{
    if (!agency)
        return;
    g_free(agency->id);
    g_free(agency->name);
    g_strfreev(agency->codes);
    g_free(agency->parent);
    g_free(agency->from);
    g_free(agency->to);
    g_strfreev(agency->successors);
    g_free(agency);
}

/* Its id, where no place is asked for, with a star. (transfer full) */
static char *
dup_id(const LtOffice *office, const LtPlace *place)
{
    return place || !office->where || office->own
               ? lt_office_id(office, place)
               : g_strconcat("vn." ANYWHERE ".", office->slug, NULL);
}

/* Tỉnh ủy, Thành ủy, Huyện đoàn: names that hold the unit already. NULL where the office has
 * none for a unit. */
static const char *
name_with_unit(const LtOffice *office, const LtPlace *place)
{
    g_autofree char *fold = lt_text_fold(place->unit);
    g_autofree char *party = g_strdup_printf("%.*s uy", (int)strcspn(fold, " "), fold);
    g_autofree char *youth = g_strdup_printf("%.*s doan", (int)strcspn(fold, " "), fold);
    for (char **name = office->names; *name; name++) {
        g_autofree char *key = lt_text_fold(*name);
        if (g_str_has_suffix(key, party) || g_str_has_suffix(key, youth))
            return *name;
    }
    return NULL;
}

static char *
dup_name(const LtOffice *office, const LtPlace *place)
{
    if (!place)
        return g_strdup(office->names[0]);
    const char *name = name_with_unit(office, place);
    return name ? g_strdup_printf("%s %s", name, place->name)
                : g_strdup_printf("%s %s %s", office->names[0], place->unit, place->name);
}

/* The id of the agency above: at the same place, at the province, or for the country. */
static char *
dup_parent(const LtAuthority *authority, const LtOffice *office, const LtPlace *place)
{
    const LtOffice *parent =
        office->parent ? g_hash_table_lookup(authority->offices_by_slug, office->parent) : NULL;
    if (!parent)
        return NULL;
    if (place && !lt_office_is_at(parent, place) && place->above)
        place = g_hash_table_lookup(authority->places_by_id, place->above);
    return dup_id(parent, parent->where ? place : NULL);
}

/* What came after: another office at the same place, else the same one where the place went. */
static char **
dup_successors(const LtAuthority *authority, const LtOffice *office, const LtPlace *place)
{
    GPtrArray *ids = g_ptr_array_new();
    for (char **slug = office->successors; *slug; slug++) {
        const LtOffice *next = g_hash_table_lookup(authority->offices_by_slug, *slug);
        char *id = next ? dup_id(next, next->where ? place : NULL) : NULL;
        if (id)
            g_ptr_array_add(ids, id);
    }
    for (char **to = place && !ids->len ? place->successors : NULL; to && *to; to++) {
        const LtPlace *next = g_hash_table_lookup(authority->places_by_id, *to);
        char *id = next ? lt_office_id(office, next) : NULL;
        if (id)
            g_ptr_array_add(ids, id);
    }
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(ids, FALSE);
}

/* The earlier of two last days, the later of two first ones; NULL: not known. */
static char *
dup_bound(const char *a, const char *b, int sign)
{
    if (!a || !b)
        return g_strdup(a ? a : b);
    return g_strdup(sign * strcmp(a, b) < 0 ? a : b);
}

static LtAgency *
agency_new(const LtAuthority *authority, const LtOffice *office, const LtPlace *place)
{
    LtAgency *agency = g_new0(LtAgency, 1);
    agency->id = dup_id(office, place);
    agency->name = dup_name(office, place);
    agency->codes = g_strdupv(office->codes);
    agency->parent = dup_parent(authority, office, place);
    agency->from = dup_bound(office->from, place ? place->from : NULL, -1);
    agency->to = dup_bound(office->to, place ? place->to : NULL, 1);
    agency->successors = dup_successors(authority, office, place);
    return agency;
}

GPtrArray *
lt_agencies_by_code(const LtRules *rules, const char *code)
{
    GPtrArray *agencies = g_ptr_array_new_with_free_func((GDestroyNotify)lt_agency_free);
    const GPtrArray *offices = lt_authority_offices_of_code(rules->authority, code);
    for (guint i = 0; offices && i < MIN(offices->len, LT_AGENCIES_MAX); i++)
        g_ptr_array_add(agencies,
                        agency_new(rules->authority, g_ptr_array_index(offices, i), NULL));
    return agencies;
}

GPtrArray *
lt_agencies_by_name(const LtRules *rules, const char *name)
{
    GPtrArray *agencies = g_ptr_array_new_with_free_func((GDestroyNotify)lt_agency_free);
    g_autofree char *text = lt_naming_expand(rules->authority, name);
    g_autofree char *key = lt_text_letters(text);
    const GPtrArray *offices = rules->authority->offices;
    for (guint i = 0; i < offices->len && agencies->len < LT_AGENCIES_MAX; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        if (g_strv_contains((const char *const *)office->keys, key))
            g_ptr_array_add(agencies, agency_new(rules->authority, office, NULL));
    }
    if (agencies->len)
        return agencies;
    LtNamingHints hints = {NULL, NULL, NULL, NULL};
    g_auto(LtNaming) naming = LT_NAMING_INIT;
    if (lt_authority_name(rules->authority, name, &hints, &naming) && !naming.wrong &&
        !naming.unlisted)
        g_ptr_array_add(agencies, agency_new(rules->authority, naming.office, naming.place));
    return agencies;
}

static gboolean
has_key_with(const LtOffice *office, const char *part)
{
    for (guint i = 0; office->keys[i]; i++)
        if (strstr(office->keys[i], part))
            return TRUE;
    return FALSE;
}

GPtrArray *
lt_agencies_like(const LtRules *rules, const char *text)
{
    GPtrArray *agencies = g_ptr_array_new_with_free_func((GDestroyNotify)lt_agency_free);
    g_autofree char *part = lt_text_letters(text);
    const GPtrArray *offices = rules->authority->offices;

    for (guint i = 0; *part && i < offices->len && agencies->len < LT_AGENCIES_MAX; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        if (has_key_with(office, part))
            g_ptr_array_add(agencies, agency_new(rules->authority, office, NULL));
    }
    return agencies;
}

LtAgency *
lt_agency_by_id(const LtRules *rules, const char *id)
{
    const LtAuthority *authority = rules->authority;
    const char *slug = strrchr(id, '.'), *first = strchr(id, '.');
    const LtOffice *office =
        slug ? g_hash_table_lookup(authority->offices_by_slug, slug + 1) : NULL;
    if (!office)
        return NULL;
    g_autofree char *at = slug > first ? g_strndup(first + 1, (gsize)(slug - first - 1)) : NULL;
    const LtPlace *place = at ? g_hash_table_lookup(authority->places_by_id, at) : NULL;
    g_autofree char *known = dup_id(office, place);
    return g_strcmp0(known, id) == 0 ? agency_new(authority, office, place) : NULL;
}

char *
lt_agency_identify(const LtRules *rules, const char *name, const char *parent, const char *place,
                   const char *day)
{
    const LtAuthority *authority = rules->authority;
    const LtPlace *province =
        place ? lt_authority_place(authority, place, 1u << LT_PLACE_PROVINCE) : NULL;
    LtNamingHints hints = {NULL, province, day, place};
    g_auto(LtNaming) naming = LT_NAMING_INIT, above = LT_NAMING_INIT;
    if (!lt_authority_name(authority, name, &hints, &naming) || naming.wrong)
        return NULL;
    const LtPlace *at = naming.place;
    if (!at && !naming.unlisted && parent && lt_authority_name(authority, parent, &hints, &above) &&
        lt_office_is_at(naming.office, above.place))
        at = above.place;
    if (!at && !naming.unlisted && place)
        at = lt_authority_place(authority, place, naming.office->where);
    return lt_office_id(naming.office, at);
}

char *
lt_agency_identify_issuer(const LtRecord *record, gpointer rules)
{
    const LtField *fields = record->fields;

    return lt_agency_identify(rules, fields[LT_FIELD_ISSUER].value,
                              fields[LT_FIELD_PARENT_ISSUER].value, fields[LT_FIELD_PLACE].value,
                              fields[LT_FIELD_ISSUED_DATE].value);
}

/* (transfer full), ended by NULL. */
static char **
dup_successor_ids(const LtAuthority *authority, const LtOffice *office)
{
    g_autoptr(LtAgency) agency = agency_new(authority, office, NULL);

    return g_steal_pointer(&agency->successors);
}

gboolean
lt_agencies_tell(const LtRules *rules, LtStore *store, GError **error)
{
    const GPtrArray *offices = rules->authority->offices;
    g_autoptr(GArray) told = g_array_new(FALSE, FALSE, sizeof(LtStoreAgency));
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) successors = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

    for (guint i = 0; i < offices->len; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        char *id = dup_id(office, NULL);
        char **next = dup_successor_ids(rules->authority, office);
        if (!id)
            id = g_strdup(office->slug);
        const LtStoreAgency agency = {id, (const char *const *)office->names,
                                      (const char *const *)office->codes,
                                      (const char *const *)next};
        g_ptr_array_add(ids, id);
        g_ptr_array_add(successors, next);
        g_array_append_val(told, agency);
    }
    return lt_store_tell_agencies(store, (const LtStoreAgency *)(void *)told->data, told->len,
                                  error);
}
