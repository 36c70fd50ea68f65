/* Phrases of three words and more: the index knows words and pairs of them, so whether a document has
 * the phrase its text tells. */
#include "store/search.h"

/* The pages of a document but for the first ?2, and its fields. */
static const char pages_sql[] =
    "SELECT text FROM page WHERE document = ?1 ORDER BY number LIMIT -1 OFFSET ?2";
static const char fields_sql[] =
    "SELECT coalesce(number, '') || char(10) || coalesce(type, '') || char(10) ||"
    " coalesce(issuer, '') || char(10) || coalesce(parent_issuer, '') || char(10) ||"
    " coalesce(subject, '') || char(10) || coalesce(signer, '') || char(10) || coalesce(\"to\", '')"
    " FROM document WHERE id = ?1 UNION ALL SELECT text FROM recipient WHERE document = ?1"
    " AND ?2 >= 0";

static gboolean
look_in(LtStore *store, const LtQuery *query, const char *sql, gint64 id, guint pages, gsize *left,
        guint64 *missing, GError **error)
{
    g_autoptr(GString) whole = g_string_new(NULL);
    g_autoptr(LtKept) rows = lt_sql_keep(store, error, sql, "ii", id, (gint64)pages);
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0) {
        g_string_append(whole, (const char *)sqlite3_column_text(rows, 0));
        g_string_append_c(whole, '\f');
    }
    *left -= MIN(*left, whole->len);
    *missing = lt_query_missing(query, *missing, whole->str);
    return got == 0;
}

/* Nearly all stands on the pages, too. */
gboolean
lt_phrases_look(LtStore *store, const LtQuery *query, gint64 id, guint pages, gsize *left,
                guint64 *missing, GError **error)
{
    return look_in(store, query, pages_sql, id, pages, left, missing, error) &&
           (*missing == 0 || look_in(store, query, fields_sql, id, 0, left, missing, error));
}

/* Ids of documents that are found by their number or by what they cite, whatever their text says. */
static GHashTable *
find_by_number(LtStore *store, const LtPlan *plan, GError **error)
{
    static const LtTier tiers[] = {LT_TIER_NUMBER, LT_TIER_CODE, LT_TIER_CITES};
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

    for (guint i = 0; i < G_N_ELEMENTS(tiers); i++) {
        if (plan->tiers[tiers[i]] == NULL)
            continue;
        g_autoptr(GArray) ids = lt_rank_ids(store, plan->tiers[tiers[i]], plan->newest, -1, error);
        if (ids == NULL)
            return NULL;
        for (guint j = 0; j < ids->len; j++)
            g_hash_table_add(found, g_memdup2(&g_array_index(ids, gint64, j), sizeof(gint64)));
    }
    return g_steal_pointer(&found);
}

gboolean
lt_phrases_keep(LtStore *store, const LtPlan *plan, GArray *ids, gsize *left, GError **error)
{
    guint64 groups = lt_query_to_check(plan->query);
    guint kept = 0;

    if (ids->len == 0 || groups == 0)
        return TRUE;
    g_autoptr(GHashTable) by_number = find_by_number(store, plan, error);
    if (by_number == NULL)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        gint64 id = g_array_index(ids, gint64, i);
        guint64 missing = *left == 0 || g_hash_table_contains(by_number, &id) ? 0 : groups;
        if (missing != 0 && !lt_phrases_look(store, plan->query, id, 0, left, &missing, error))
            return FALSE;
        if (missing == 0)
            g_array_index(ids, gint64, kept++) = id;
    }
    g_array_set_size(ids, kept);
    return TRUE;
}
