/* What a person may mean who begins to type an issuer or a type. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/route.h"

#define MOST_ISSUERS 20u /* of the archive's own */

typedef struct {
    GString *json;
    GHashTable *names; /* that are in it */
} List;

static void
add(List *list, const char *name, const LtAgency *agency, const LtAgency *parent)
{
    if (!g_hash_table_add(list->names, g_strdup(name)))
        return;
    lt_json_begin(list->json, NULL, '{');
    lt_json_put_string(list->json, "id", agency != NULL ? agency->id : NULL);
    lt_json_put_string(list->json, "name", name);
    lt_json_begin(list->json, "abbreviations", '[');
    for (guint i = 0; agency != NULL && agency->codes[i] != NULL; i++) {
        lt_json_separate(list->json);
        lt_json_append_string(list->json, agency->codes[i]);
    }
    g_string_append_c(list->json, ']');
    lt_json_put_string(list->json, "parent", parent != NULL ? parent->name : NULL);
    g_string_append_c(list->json, '}');
}

/* Those that documents are from, the most frequent first. */
static gboolean
add_issuers(LtStore *store, const LtRules *rules, List *list, const char *typed, GError **error)
{
    const LtSearch search = {.query = "", .issuer = typed, .limit = 1, .brief = TRUE};
    g_autoptr(LtSearchResult) result = lt_store_search(store, &search, error);

    for (guint i = 0; result != NULL && i < result->facets[LT_FACET_ISSUER]->len; i++) {
        const LtFacet *facet = g_ptr_array_index(result->facets[LT_FACET_ISSUER], i);
        g_autoptr(GPtrArray) known = lt_agencies_by_name(rules, facet->value);
        if (i < MOST_ISSUERS)
            add(list, facet->value, known->len == 1 ? g_ptr_array_index(known, 0) : NULL, NULL);
    }
    return result != NULL;
}

static void
add_agencies(const LtRules *rules, List *list, GPtrArray *agencies)
{
    for (guint i = 0; i < agencies->len; i++) {
        const LtAgency *agency = g_ptr_array_index(agencies, i);
        g_autoptr(LtAgency) parent =
            agency->parent != NULL ? lt_agency_by_id(rules, agency->parent) : NULL;
        add(list, agency->name, agency, parent);
    }
    g_ptr_array_unref(agencies);
}

LtAnswer *
lt_handle_agencies(LtDesk *desk, const LtRequest *request)
{
    const char *typed = lt_request_parameter(request, "q");
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    List list = {g_string_new("{"), names};
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    const LtRules *rules = store != NULL ? lt_site_rules(lt_desk_site(desk), &error) : NULL;

    lt_json_begin(list.json, "results", '[');
    if (rules == NULL ||
        (typed != NULL && *typed != '\0' && !add_issuers(store, rules, &list, typed, &error))) {
        g_string_free(list.json, TRUE);
        return lt_answer_error(error);
    }
    if (typed != NULL && *typed != '\0') {
        add_agencies(rules, &list, lt_agencies_by_code(rules, typed));
        add_agencies(rules, &list, lt_agencies_like(rules, typed));
    }
    g_string_append(list.json, "]}");
    return lt_answer_json(200, g_string_free(list.json, FALSE));
}

LtAnswer *
lt_handle_types(LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    const LtRules *rules = lt_site_rules(lt_desk_site(desk), &error);
    g_autoptr(GPtrArray) names = rules != NULL ? lt_rules_type_names(rules) : NULL;
    GString *json;

    if (names == NULL)
        return lt_answer_problem(500, error->message);
    json = g_string_new("{");
    lt_json_begin(json, "results", '[');
    for (guint i = 0; i < names->len; i++) {
        lt_json_separate(json);
        lt_json_append_string(json, g_ptr_array_index(names, i));
    }
    g_string_append(json, "]}");
    return lt_answer_json(200, g_string_free(json, FALSE));
}
