/* A search made ready for SQL. */
#include "store/search.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static gboolean
is_day(const char *text)
{
    int year, month, day, used = 0;

    return sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) == 3 && used == 10 &&
           text[10] == '\0' && g_date_valid_dmy((GDateDay)day, month, (GDateYear)year);
}

static gboolean
check_day(const char *text, const char *option, GError **error)
{
    if (text == NULL || is_day(text))
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("'%s' is not a day for --%s: write it as 2023-09-18"), text, option);
    return FALSE;
}

/* Empty filters are no filters. */
static char *
filter_key(const char *typed)
{
    g_autofree char *key = typed != NULL ? lt_words_key(typed) : NULL;

    return key != NULL && key[0] != '\0' ? g_steal_pointer(&key) : NULL;
}

gboolean
lt_plan_init(LtPlan *plan, const LtSearch *search, GError **error)
{
    if (!check_day(search->from, "from", error) || !check_day(search->to, "to", error))
        return FALSE;
    plan->query = lt_query_parse(search->query != NULL ? search->query : "");
    plan->match = lt_query_match(plan->query);
    plan->marked = lt_query_match_marked(plan->query);
    plan->excluded = lt_query_match_excluded(plan->query, FALSE);
    plan->excluded_marked = lt_query_match_excluded(plan->query, TRUE);
    plan->issuer = filter_key(search->issuer);
    plan->type_letters = filter_key(search->type);
    plan->types = plan->type_letters != NULL ? lt_filter_types(search->type) : NULL;
    plan->from = search->from;
    plan->to = search->to;
    return TRUE;
}

void
lt_plan_clear(LtPlan *plan)
{
    g_clear_pointer(&plan->query, lt_query_free);
    g_clear_pointer(&plan->match, g_free);
    g_clear_pointer(&plan->marked, g_free);
    g_clear_pointer(&plan->excluded, g_free);
    g_clear_pointer(&plan->excluded_marked, g_free);
    g_clear_pointer(&plan->issuer, g_free);
    g_clear_pointer(&plan->types, g_free);
    g_clear_pointer(&plan->type_letters, g_free);
}

gboolean
lt_plan_is_hopeless(const LtPlan *plan)
{
    return plan->match == NULL && plan->query->excluded->len == 0 && plan->query->ignored->len > 0;
}

sqlite3_stmt *
lt_plan_prepare(LtStore *store, const LtPlan *plan, const char *sql, const char *match,
                gint64 count, gint64 skip, GError **error)
{
    const LtNumberKeys *keys = &plan->query->keys;

    return lt_sql_prepare(store, error, sql, "ssssssssssiis", keys->key, keys->notation,
                          keys->notation_words, plan->from, plan->to, plan->issuer, plan->types,
                          plan->type_letters, plan->excluded, match, count, skip,
                          plan->excluded_marked);
}
