/* The order of what was found: the ranked candidates and then the rest, or by day; and how many have
 * which issuer, type, year and state. */
#include "store/search.h"

#include <string.h>

#include "store/terms.h"

#define FACET_VALUES 50u

void
lt_facet_free(LtFacet *facet)
{
    g_free(facet->value);
    g_free(facet);
}

static int
compare_facets(gconstpointer a, gconstpointer b)
{
    const LtFacet *first = *(LtFacet *const *)a, *second = *(LtFacet *const *)b;

    if (first->count != second->count)
        return first->count > second->count ? -1 : 1;
    return strcmp(first->value, second->value);
}

static GPtrArray *
facet_values(GHashTable *counts)
{
    GPtrArray *facets = g_ptr_array_new_with_free_func((GDestroyNotify)lt_facet_free);
    GHashTableIter each;
    gpointer value, count;

    g_hash_table_iter_init(&each, counts);
    while (g_hash_table_iter_next(&each, &value, &count)) {
        LtFacet *facet = g_new0(LtFacet, 1);
        facet->value = g_strdup(value);
        facet->count = GPOINTER_TO_UINT(count);
        g_ptr_array_add(facets, facet);
    }
    g_ptr_array_sort(facets, compare_facets);
    if (facets->len > FACET_VALUES)
        g_ptr_array_set_size(facets, FACET_VALUES);
    return facets;
}

/* value: the only one of its letters in ranking's strings. */
static void
count_value(GHashTable *counts, const char *value)
{
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, value));

    if (value != NULL && value[0] != '\0')
        g_hash_table_insert(counts, (char *)value, GUINT_TO_POINTER(count + 1));
}

static const char *
year_of(LtRanking *ranking, const LtCandidateHit *hit)
{
    char year[5];

    g_strlcpy(year, hit->date, sizeof year);
    return g_string_chunk_insert_const(ranking->strings, year);
}

/* By the names that LT_FILTER_STATUS takes. */
static void
count_states(GHashTable *counts, const LtCandidateHit *hit)
{
    static const char done[] = "done", review[] = LT_TERM_REVIEW, urgent[] = LT_TERM_URGENT,
                      secret[] = LT_TERM_SECRET;

    count_value(counts, hit->unsure ? review : done);
    if (hit->urgent)
        count_value(counts, urgent);
    if (hit->secret)
        count_value(counts, secret);
}

static void
count_facets(LtRanking *ranking, const GArray *hits)
{
    GHashTable *counts[LT_N_FACETS];

    for (guint i = 0; i < LT_N_FACETS; i++)
        counts[i] = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < hits->len; i++) {
        const LtCandidateHit *hit = &g_array_index(hits, LtCandidateHit, i);
        count_value(counts[LT_FACET_ISSUER], hit->issuer);
        count_value(counts[LT_FACET_TYPE], hit->type);
        count_value(counts[LT_FACET_YEAR], year_of(ranking, hit));
        count_states(counts[LT_FACET_STATUS], hit);
    }
    for (guint i = 0; i < LT_N_FACETS; i++) {
        ranking->facets[i] = facet_values(counts[i]);
        g_hash_table_unref(counts[i]);
    }
}

/* --- by day --- */

static int
compare_days(gconstpointer a, gconstpointer b)
{
    const LtCandidateHit *first = a, *second = b;
    int by_date = strcmp(second->date, first->date);

    return by_date != 0 ? by_date : first->id > second->id ? -1 : 1;
}

static void
append_ids(GArray *hits, const GArray *ids)
{
    for (guint i = 0; i < ids->len; i++) {
        const LtCandidateHit hit = {.id = g_array_index(ids, gint64, i)};
        g_array_append_val(hits, hit);
    }
}

static void
reverse(GArray *hits)
{
    for (guint i = 0; i < hits->len / 2; i++) {
        LtCandidateHit *a = &g_array_index(hits, LtCandidateHit, i);
        LtCandidateHit *b = &g_array_index(hits, LtCandidateHit, hits->len - 1 - i);
        LtCandidateHit c = *a;
        *a = *b;
        *b = c;
    }
}

/* The hits of one month (digits as in LT_TERM_DATE), in their order, after those that are there. */
static gboolean
append_month(LtStore *store, const LtPlan *plan, const char *digits, gboolean oldest_first,
             gsize *left, LtRanking *ranking, GError **error)
{
    g_autoptr(GString) match = g_string_new(NULL);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));

    lt_match_add(match, LT_MATCH_AND, plan->match);
    lt_match_add_term(match, LT_MATCH_AND, LT_TERM_DATE, digits);
    g_autoptr(GArray) ids = lt_rank_ids(store, match->str, plan->newest, -1, error);
    if (ids == NULL || !lt_phrases_keep(store, plan, ids, left, error))
        return FALSE;
    append_ids(found, ids);
    if (!lt_rank_describe(store, ranking, found, error))
        return FALSE;
    g_array_sort(found, compare_days);
    if (oldest_first)
        reverse(found);
    g_array_append_vals(ranking->hits, found->data, found->len);
    return TRUE;
}

/* The month next to day in that order, as "2023-09"; NULL where there is none. */
static gboolean
next_month(LtStore *store, gboolean oldest_first, char **month, GError **error)
{
    g_autofree char *after = *month != NULL ? g_strconcat(*month, "-99", NULL) : NULL;
    g_autoptr(sqlite3_stmt) row = lt_sql_prepare(
        store, error,
        oldest_first
            ? "SELECT substr(min(issued_date), 1, 7) FROM document WHERE issued_date > coalesce(?, "
              "'')"
            : "SELECT substr(max(issued_date), 1, 7) FROM document WHERE issued_date < "
              "coalesce(?, 'a')",
        "s", oldest_first ? after : *month);

    if (row == NULL || lt_sql_step(store, row, error) < 0)
        return FALSE;
    g_free(*month);
    *month = lt_sql_dup_text(row, 0);
    return TRUE;
}

/* Month by month, until enough are there; documents without a day come last. */
static gboolean
append_months(LtStore *store, const LtPlan *plan, const LtSearch *search, guint64 wanted,
              gsize *left, LtRanking *ranking, GError **error)
{
    gboolean oldest_first = search->order == LT_ORDER_OLDEST;
    g_autofree char *month = NULL;

    while (ranking->hits->len < wanted) {
        if (!next_month(store, oldest_first, &month, error))
            return FALSE;
        g_autofree char *digits =
            month != NULL ? g_strdup_printf("%.4s%s", month, month + 5) : g_strdup(LT_TERM_UNDATED);
        if (!append_month(store, plan, digits, oldest_first, left, ranking, error))
            return FALSE;
        if (month == NULL)
            break;
    }
    ranking->complete = ranking->hits->len < wanted;
    return TRUE;
}

static gboolean
rank_days(LtStore *store, const LtPlan *plan, const LtSearch *search, guint64 wanted,
          LtRanking *ranking, GError **error)
{
    g_autoptr(GArray) ids =
        lt_rank_ids(store, plan->match, plan->newest, LT_SEARCH_COUNTED + 1, error);

    gsize left = LT_PHRASES_BYTES;

    ranking->hits = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));
    if (ids == NULL)
        return FALSE;
    ranking->complete = ids->len <= LT_SEARCH_COUNTED;
    if (!ranking->complete)
        g_array_set_size(ids, LT_SEARCH_COUNTED);
    if (!lt_phrases_keep(store, plan, ids, &left, error))
        return FALSE;
    g_autoptr(GArray) counted = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));
    append_ids(counted, ids);
    if (!lt_rank_describe(store, ranking, counted, error))
        return FALSE;
    count_facets(ranking, counted);
    ranking->facets_complete = ranking->complete;
    ranking->total = counted->len;
    if (!ranking->complete) {
        if (!append_months(store, plan, search, wanted, &left, ranking, error))
            return FALSE;
        ranking->total = MAX(ranking->total, ranking->hits->len);
        return TRUE;
    }
    g_array_append_vals(ranking->hits, counted->data, counted->len);
    g_array_sort(ranking->hits, compare_days);
    if (search->order == LT_ORDER_OLDEST)
        reverse(ranking->hits);
    ranking->complete = left > 0;
    return TRUE;
}

/* --- every document --- */

/* The first by day, those without one last: each part is read in the order of an index. */
static const char newest_sql[] =
    "SELECT id FROM (SELECT id FROM document WHERE issued_date IS NOT NULL AND id <= ?1"
    " ORDER BY issued_date DESC, id DESC LIMIT ?2) UNION ALL"
    " SELECT id FROM (SELECT id FROM document WHERE issued_date IS NULL AND id <= ?1"
    " ORDER BY id DESC LIMIT ?2) LIMIT ?2";
static const char oldest_sql[] =
    "SELECT id FROM (SELECT id FROM document WHERE issued_date IS NOT NULL AND id <= ?1"
    " ORDER BY issued_date, id LIMIT ?2) UNION ALL"
    " SELECT id FROM (SELECT id FROM document WHERE issued_date IS NULL AND id <= ?1"
    " ORDER BY id LIMIT ?2) LIMIT ?2";

static gboolean
rank_every(LtStore *store, const LtPlan *plan, const LtSearch *search, guint64 wanted,
           LtRanking *ranking, GError **error)
{
    gint64 newest = plan->newest > 0 ? plan->newest : G_MAXINT64;
    gint64 limit = (gint64)MAX(MIN(wanted, G_MAXINT64), LT_SEARCH_COUNTED);
    g_autoptr(LtKept) rows =
        lt_sql_keep(store, error, search->order == LT_ORDER_OLDEST ? oldest_sql : newest_sql, "ii",
                    newest, limit);
    gint64 total = 0;
    int got = -1;

    ranking->hits = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));
    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0) {
        const LtCandidateHit hit = {.id = sqlite3_column_int64(rows, 0)};
        g_array_append_val(ranking->hits, hit);
    }
    /* Counting all needs no row; those above an id are few. */
    if (got != 0 || !lt_sql_integer(store, &total, error,
                                    "SELECT (SELECT count(*) FROM document)"
                                    " - (SELECT count(*) FROM document WHERE id > ?)",
                                    "i", newest))
        return FALSE;
    g_autoptr(GArray) counted = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));
    g_array_append_vals(counted, ranking->hits->data, MIN(ranking->hits->len, LT_SEARCH_COUNTED));
    ranking->total = (guint64)total;
    ranking->complete = TRUE;
    ranking->facets_complete = total <= LT_SEARCH_COUNTED;
    if (!lt_rank_describe(store, ranking, counted, error))
        return FALSE;
    count_facets(ranking, counted);
    return TRUE;
}

/* --- by relevance --- */

/* Behind the ranked candidates the rest follows, newest first: paging on shows each once. Where phrases
 * keep some out, all are needed to know that there are no more. */
static gboolean
append_rest(LtStore *store, const LtPlan *plan, guint64 wanted, LtRanking *ranking, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(gint64));
    guint64 most = wanted + ranking->hits->len;
    gboolean every =
        wanted == G_MAXUINT64 || most > G_MAXINT64 || lt_query_to_check(plan->query) != 0;
    g_autoptr(GArray) ids =
        lt_rank_ids(store, plan->match, plan->newest, every ? -1 : (gint64)most, error);
    gsize left = LT_PHRASES_BYTES;

    if (ids == NULL)
        return FALSE;
    for (guint i = 0; i < ranking->hits->len; i++)
        g_hash_table_add(
            seen, g_memdup2(&g_array_index(ranking->hits, LtCandidateHit, i).id, sizeof(gint64)));
    for (guint i = 0; i < ids->len; i++)
        if (!g_hash_table_contains(seen, &g_array_index(ids, gint64, i)))
            g_array_append_val(rest, g_array_index(ids, gint64, i));
    if (!lt_phrases_keep(store, plan, rest, &left, error))
        return FALSE;
    g_array_set_size(rest, (guint)MIN(rest->len, wanted - ranking->hits->len));
    append_ids(ranking->hits, rest);
    ranking->complete = ranking->hits->len < wanted;
    ranking->total = MAX(ranking->total, ranking->hits->len);
    return TRUE;
}

static gboolean
rank_relevance(LtStore *store, const LtPlan *plan, guint64 wanted, LtRanking *ranking,
               GError **error)
{
    if (!lt_rank_head(store, plan, ranking, error))
        return FALSE;
    count_facets(ranking, ranking->hits);
    ranking->facets_complete = ranking->complete;
    ranking->total =
        ranking->complete ? ranking->hits->len : MIN(ranking->hits->len, LT_SEARCH_COUNTED);
    if (!ranking->complete && ranking->hits->len < wanted)
        return append_rest(store, plan, wanted, ranking, error);
    return TRUE;
}

gboolean
lt_rank(LtStore *store, const LtPlan *plan, const LtSearch *search, LtRanking *ret_ranking,
        GError **error)
{
    guint64 wanted =
        search->limit == 0 ? G_MAXUINT64 : (guint64)search->offset + (guint64)search->limit;

    if (lt_plan_is_hopeless(plan)) {
        *ret_ranking = (LtRanking){.complete = TRUE, .facets_complete = TRUE};
        ret_ranking->hits = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));
        count_facets(ret_ranking, ret_ranking->hits);
        return TRUE;
    }
    if (plan->match == NULL)
        return rank_every(store, plan, search, wanted, ret_ranking, error);
    if (search->order != LT_ORDER_RELEVANCE || plan->query->groups->len == 0)
        return rank_days(store, plan, search, wanted, ret_ranking, error);
    return rank_relevance(store, plan, wanted, ret_ranking, error);
}
