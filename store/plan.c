/* A search made ready for the index. */
#include "store/search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An option that is a filter. */
static gboolean
add_option(LtQuery *query, LtFilterKind kind, const char *name, const char *value, GError **error)
{
    g_autofree char *key = value != NULL ? lt_words_key(value) : NULL;

    if (value == NULL || (key[0] == '\0' && kind != LT_FILTER_FROM && kind != LT_FILTER_TO &&
                          kind != LT_FILTER_DATE))
        return TRUE; /* empty filters are no filters */
    LtFilter *filter = lt_filter_new(kind, value, value, FALSE);
    if (filter != NULL) {
        filter->option = TRUE;
        g_ptr_array_add(query->filters, filter);
        return TRUE;
    }
    if (kind == LT_FILTER_STATUS)
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("'%s' is not a value of --%s: take review, done, urgent or secret"), value,
                    name);
    else
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("'%s' is not a day, month, quarter or year for --%s: write 18/9/2023, "
                      "9/2023, 'quy 3/2023' or 2023"),
                    value, name);
    return FALSE;
}

static gboolean
add_options(LtQuery *query, const LtSearch *search, GError **error)
{
    const struct {
        LtFilterKind kind;
        const char *name, *value;
    } options[] = {
        {LT_FILTER_FROM, "from", search->from},
        {LT_FILTER_TO, "to", search->to},
        {LT_FILTER_DATE, "date", search->date},
        {LT_FILTER_ISSUER, "issuer", search->issuer},
        {LT_FILTER_TYPE, "type", search->type},
        {LT_FILTER_NUMBER, "number", search->number},
        {LT_FILTER_SIGNER, "signer", search->signer},
        {LT_FILTER_RECIPIENT, "recipient", search->recipient},
        {LT_FILTER_STATUS, "status", search->status},
    };

    for (guint i = 0; i < G_N_ELEMENTS(options); i++)
        if (!add_option(query, options[i].kind, options[i].name, options[i].value, error))
            return FALSE;
    for (guint i = 0; search->successors && i < query->filters->len; i++) {
        LtFilter *filter = g_ptr_array_index(query->filters, i);
        filter->successors = filter->successors || filter->kind == LT_FILTER_ISSUER;
    }
    return TRUE;
}

/* What lets documents through, and what keeps them out; both (nullable). */
static gboolean
match_filters(LtStore *store, const LtQuery *query, char **ret_in, char **ret_out, GError **error)
{
    g_autofree char *words = lt_match_excluded(query);
    g_autoptr(GString) in = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new(NULL);

    lt_match_add(out, LT_MATCH_OR, words);
    for (guint i = 0; i < query->filters->len; i++) {
        const LtFilter *filter = g_ptr_array_index(query->filters, i);
        g_autofree char *match = lt_filter_match(store, filter, error);
        if (match == NULL)
            return FALSE;
        if (filter->excluded)
            lt_match_add(out, LT_MATCH_OR, match);
        else
            lt_match_add(in, LT_MATCH_AND, match);
    }
    *ret_in = lt_match_take(g_steal_pointer(&in));
    *ret_out = lt_match_take(g_steal_pointer(&out));
    return TRUE;
}

static gboolean
is_digits(const char *key)
{
    return key != NULL && key[strspn(key, "0123456789")] == '\0';
}

/* Documents with the words, and with a number among them as theirs. */
static char *
match_number_words(const LtQuery *query, const char *words, LtTermKind kind)
{
    g_autofree char *terms = lt_match_number_terms(query, kind);

    return terms != NULL ? g_strdup_printf("(%s) AND (%s)", words, terms) : NULL;
}

/* Documents whose number, code number or notation was typed, alone or among other words. */
static void
match_numbers(LtPlan *plan, const char *words)
{
    const LtNumberKeys *keys = &plan->query->keys;
    GString *number = g_string_new(NULL), *code = g_string_new(NULL), *cites = g_string_new(NULL);
    gboolean digits = keys->key != NULL && strpbrk(keys->key, "0123456789") != NULL;
    gboolean alone = digits && plan->query->groups->len == 1; /* nothing but that number */
    g_autofree char *among = alone ? NULL : match_number_words(plan->query, words, LT_TERM_KEY);

    lt_match_add(number, LT_MATCH_OR, among);
    plan->tiers[LT_TIER_CODE_WORD] = match_number_words(plan->query, words, LT_TERM_CODE);
    if (keys->key != NULL)
        lt_match_own_number(code, keys);
    if (digits) {
        lt_match_add_term(number, LT_MATCH_OR, LT_TERM_KEY, keys->key);
        lt_match_add_term(cites, LT_MATCH_OR, LT_TERM_CITED, keys->key);
        if (is_digits(keys->key))
            lt_match_add_term(cites, LT_MATCH_OR, LT_TERM_CITED_CODE, keys->key);
    }
    plan->tiers[LT_TIER_NUMBER] = lt_match_take(number);
    plan->tiers[LT_TIER_CODE] = lt_match_take(code);
    plan->tiers[LT_TIER_CITES] = lt_match_take(cites);
}

/* Narrows an expression (nullable) by the filters; NULL stays NULL. */
static char *
narrow(const char *match, const char *in, const char *out)
{
    GString *all = g_string_new(NULL);

    if (match == NULL)
        return g_string_free(all, TRUE);
    lt_match_add(all, LT_MATCH_AND, match);
    lt_match_add(all, LT_MATCH_AND, in);
    if (out != NULL) {
        g_string_prepend_c(all, '(');
        g_string_append_printf(all, ") NOT (%s)", out);
    }
    return g_string_free(all, FALSE);
}

/* What is found, for whatever reason, and was issued when a date among the words says. */
static char *
match_issued(const LtQuery *query, const char *found)
{
    g_autofree char *dates = lt_match_issued(query);

    return dates != NULL ? g_strdup_printf("(%s) AND (%s)", found, dates) : NULL;
}

static void
match_all(LtPlan *plan, const char *in, const char *out)
{
    g_autofree char *words = lt_match_words(plan->query);
    g_autofree char *every = lt_term(LT_TERM_ALL, "");
    g_autofree char *quoted = g_strdup_printf("\"%s\"", every);
    g_autoptr(GString) found = g_string_new(NULL);

    plan->narrow = in != NULL || out != NULL ? narrow(in != NULL ? in : quoted, NULL, out) : NULL;
    if (words == NULL) {
        plan->match = g_strdup(plan->narrow);
        return;
    }
    match_numbers(plan, words);
    plan->tiers[LT_TIER_FIELDS] = lt_match_fields(plan->query);
    plan->tiers[LT_TIER_NEAR] = lt_match_near(plan->query);
    plan->tiers[LT_TIER_ALMOST_FIELDS] = lt_match_almost_fields(plan->query);
    plan->tiers[LT_TIER_ALMOST] = lt_match_almost(plan->query);
    plan->tiers[LT_TIER_ALMOST_WORDS] = narrow(plan->tiers[LT_TIER_ALMOST], words, NULL);
    plan->tiers[LT_TIER_MARKS] = lt_match_marks(plan->query);
    lt_match_add(found, LT_MATCH_OR, words);
    for (guint i = 0; i < G_N_ELEMENTS(lt_plan_own); i++)
        lt_match_add(found, LT_MATCH_OR, plan->tiers[lt_plan_own[i]]);
    plan->tiers[LT_TIER_ISSUED] = match_issued(plan->query, found->str);
    plan->match = narrow(found->str, in, out);
    plan->words = narrow(words, in, out);
    for (guint i = 0; i < LT_N_TIERS; i++) {
        g_autofree char *tier = plan->tiers[i];
        plan->tiers[i] = narrow(tier, in, out);
    }
}

gboolean
lt_plan_init_query(LtPlan *plan, LtStore *store, const LtSearch *search, LtQuery *query,
                   GError **error)
{
    g_autofree char *in = NULL, *out = NULL;

    plan->query = query;
    plan->newest = search->newest;
    if (!match_filters(store, query, &in, &out, error))
        return FALSE;
    match_all(plan, in, out);
    return TRUE;
}

gboolean
lt_plan_init(LtPlan *plan, LtStore *store, const LtSearch *search, GError **error)
{
    g_autoptr(LtQuery) query = lt_query_parse(search->query != NULL ? search->query : "");

    return add_options(query, search, error) && lt_agency_extend(store, query, error) &&
           lt_plan_init_query(plan, store, search, g_steal_pointer(&query), error);
}

void
lt_plan_clear(LtPlan *plan)
{
    g_clear_pointer(&plan->query, lt_query_free);
    g_clear_pointer(&plan->match, g_free);
    g_clear_pointer(&plan->words, g_free);
    g_clear_pointer(&plan->narrow, g_free);
    for (guint i = 0; i < LT_N_TIERS; i++)
        g_clear_pointer(&plan->tiers[i], g_free);
}

gboolean
lt_plan_is_hopeless(const LtPlan *plan)
{
    return plan->match == NULL && plan->query->ignored->len > 0;
}

sqlite3_stmt *
lt_plan_prepare(LtStore *store, const LtPlan *plan, const char *sql, gint64 count, gint64 skip,
                GError **error)
{
    return lt_sql_prepare(store, error, sql, "siii", plan->match, plan->newest, count, skip);
}
