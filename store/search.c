/* Search results: the page of hits that was asked for, with snippets. */
#include "store/search.h"

#include <string.h>

static void
hit_free(LtHit *hit)
{
    lt_record_free(hit->record);
    g_free(hit->why);
    g_free(hit->snippet);
    g_array_unref(hit->marks);
    g_clear_pointer(&hit->places, g_ptr_array_unref);
    g_free(hit);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtHit, hit_free)

void
lt_search_result_free(LtSearchResult *result)
{
    if (result == NULL)
        return;
    g_free(result->query);
    g_clear_pointer(&result->ignored, g_ptr_array_unref);
    g_clear_pointer(&result->unknown, g_ptr_array_unref);
    g_free(result->suggestion);
    g_clear_pointer(&result->hits, g_ptr_array_unref);
    for (guint i = 0; i < LT_N_FACETS; i++)
        g_clear_pointer(&result->facets[i], g_ptr_array_unref);
    g_free(result);
}

/* Pages are read one by one: a file of hundreds is not held in memory for two lines of it. */
static gboolean
find_snippet(LtStore *store, const LtQuery *query, gint64 id, LtSnippet *snippet, GError **error)
{
    g_autoptr(LtKept) statement = lt_sql_keep(
        store, error, "SELECT number, text FROM page WHERE document = ? ORDER BY number LIMIT ?",
        "ii", id, (gint64)LT_SNIPPET_MAX_PAGES);
    int got = -1;

    if (statement == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, statement, error)) > 0)
        lt_snippet_offer(snippet, query, (guint)sqlite3_column_int(statement, 0),
                         (const char *)sqlite3_column_text(statement, 1));
    return got == 0;
}

/* The best place that was hit, in the order in which it says most; NULL where nothing was looked
 * for. */
static const char *
best_place(const LtQuery *query, const LtRecord *record, guint tiers)
{
    static const struct {
        LtIndexField field;
        const char *name;
    } places[] = {
        {LT_INDEX_NUMBER, "number"}, {LT_INDEX_SUBJECT, "subject"}, {LT_INDEX_ISSUER, "issuer"},
        {LT_INDEX_TYPE, "type"},     {LT_INDEX_PEOPLE, "people"},
    };

    if (query->groups->len == 0)
        return NULL;
    if (tiers & (1u << LT_TIER_NUMBER | 1u << LT_TIER_CODE | 1u << LT_TIER_CODE_WORD))
        return "number";
    if (tiers & 1u << LT_TIER_CITES)
        return "cites";
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *text = lt_index_field(record, places[i].field);
        if (lt_query_hits(query, text))
            return places[i].name;
    }
    return "text";
}

static LtHit *
load_hit(LtStore *store, const LtSearch *search, const LtQuery *query,
         const LtCandidateHit *candidate, GError **error)
{
    g_autoptr(LtHit) hit = g_new0(LtHit, 1);
    g_auto(LtSnippet) snippet = {0};

    hit->marks = g_array_new(FALSE, FALSE, sizeof(LtSpan));
    hit->record = search->brief ? lt_store_document_brief(store, candidate->id, error)
                                : lt_store_document(store, candidate->id, FALSE, error);
    if (hit->record == NULL)
        return NULL;
    hit->score = candidate->score;
    hit->why = g_strdup(best_place(query, hit->record, candidate->tiers));
    if (query->groups->len > 0 && !find_snippet(store, query, candidate->id, &snippet, error))
        return NULL;
    if (search->places &&
        (hit->places = lt_places_find(store, query, candidate->id, error)) == NULL)
        return NULL;
    hit->page = snippet.page;
    hit->snippet = g_steal_pointer(&snippet.text);
    if (snippet.marks != NULL) {
        g_array_unref(hit->marks);
        hit->marks = g_steal_pointer(&snippet.marks);
    }
    return g_steal_pointer(&hit);
}

/* A document that was removed since it was found is left out. */
static gboolean
load_hits(LtStore *store, const LtSearch *search, const LtQuery *query, const LtRanking *ranking,
          GPtrArray *hits, GError **error)
{
    guint64 end = search->limit == 0 ? G_MAXUINT64 : (guint64)search->offset + search->limit;

    for (guint i = search->offset; i < ranking->hits->len && i < end; i++) {
        g_autoptr(GError) failure = NULL;
        LtHit *hit = load_hit(store, search, query,
                              &g_array_index(ranking->hits, LtCandidateHit, i), &failure);
        if (hit != NULL) {
            g_ptr_array_add(hits, hit);
        } else if (!g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FALSE;
        }
    }
    return TRUE;
}

/* Filters that by themselves let no document through. */
static gboolean
find_unknown(LtStore *store, const LtQuery *query, GPtrArray *unknown, GError **error)
{
    for (guint i = 0; i < query->filters->len; i++) {
        const LtFilter *filter = g_ptr_array_index(query->filters, i);
        g_autofree char *match = lt_filter_match(store, filter, error);
        g_autoptr(GArray) ids =
            match != NULL && !filter->excluded ? lt_rank_ids(store, match, 0, 1, error) : NULL;
        if (match == NULL || (ids == NULL && !filter->excluded))
            return FALSE;
        if (ids != NULL && ids->len == 0)
            g_ptr_array_add(unknown, g_strdup(filter->typed));
    }
    return TRUE;
}

/* Nothing was found, or nothing that has all the words: tries other spellings, and puts what they find in place
 * of it. */
static gboolean
try_spelling(LtStore *store, const LtSearch *search, LtPlan *plan, LtRanking *ranking,
             LtSearchResult *result, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(LtQuery) mended =
        lt_spelling_mend(store, plan, ranking->almost, &result->suggestion, &failure);

    if (mended == NULL) {
        if (failure != NULL)
            g_propagate_error(error, g_steal_pointer(&failure));
        return failure == NULL;
    }
    g_ptr_array_unref(mended->ignored);
    mended->ignored = g_ptr_array_ref(plan->query->ignored);
    lt_plan_clear(plan);
    lt_ranking_clear(ranking);
    result->corrected = TRUE;
    return lt_plan_init_query(plan, store, search, g_steal_pointer(&mended), error) &&
           lt_rank(store, plan, search, ranking, error);
}

static gboolean
find(LtStore *store, const LtSearch *search, LtPlan *plan, LtRanking *ranking,
     LtSearchResult *result, GError **error)
{
    if (!lt_plan_init(plan, store, search, error) || !lt_rank(store, plan, search, ranking, error))
        return FALSE;
    if (ranking->almost)
        return search->literal || try_spelling(store, search, plan, ranking, result, error);
    if (ranking->total > 0)
        return TRUE;
    if (!find_unknown(store, plan->query, result->unknown, error))
        return FALSE;
    return search->literal || plan->query->groups->len == 0 || result->unknown->len > 0 ||
           try_spelling(store, search, plan, ranking, result, error);
}

/* Empty but for its lists. */
static LtSearchResult *
result_new(void)
{
    LtSearchResult *result = g_new0(LtSearchResult, 1);

    result->hits = g_ptr_array_new_with_free_func((GDestroyNotify)hit_free);
    result->unknown = g_ptr_array_new_with_free_func(g_free);
    return result;
}

/* The savepoint makes all that is read one state of the archive, and saves a lock for each statement. */
LtSearchResult *
lt_store_search(LtStore *store, const LtSearch *search, GError **error)
{
    g_autoptr(LtSearchResult) result = result_new();
    g_auto(LtPlan) plan = {0};
    g_auto(LtRanking) ranking = {0};

    if (!lt_sql_run(store, error, "SAVEPOINT search", ""))
        return NULL;
    gboolean found =
        lt_sql_integer(store, &result->newest, error, "SELECT max(id) FROM document", "") &&
        find(store, search, &plan, &ranking, result, error) &&
        load_hits(store, search, plan.query, &ranking, result->hits, error);
    if (!lt_sql_run(store, found ? error : NULL, "RELEASE search", "") || !found)
        return NULL;
    if (search->newest > 0)
        result->newest = MIN(result->newest, search->newest);
    result->query = g_utf8_make_valid(search->query != NULL ? search->query : "", -1);
    result->total = ranking.total;
    result->total_exact = ranking.complete;
    result->facets_exact = ranking.facets_complete;
    result->ignored = g_ptr_array_ref(plan.query->ignored);
    for (guint i = 0; i < LT_N_FACETS; i++)
        result->facets[i] = g_steal_pointer(&ranking.facets[i]);
    return g_steal_pointer(&result);
}

LtSearchResult *
lt_search_result_of_hits(LtStore *store, const char *typed, const GArray *hits, GError **error)
{
    g_autoptr(LtSearchResult) result = result_new();
    g_autoptr(LtQuery) query = lt_query_parse("");
    const LtSearch all = {.query = ""};
    const LtRanking ranking = {.hits = (GArray *)hits};

    if (!load_hits(store, &all, query, &ranking, result->hits, error) ||
        !lt_sql_integer(store, &result->newest, error, "SELECT max(id) FROM document", ""))
        return NULL;
    for (guint i = 0; i < result->hits->len; i++)
        ((LtHit *)g_ptr_array_index(result->hits, i))->why = g_strdup("similar");
    for (guint i = 0; i < LT_N_FACETS; i++)
        result->facets[i] = g_ptr_array_new_with_free_func((GDestroyNotify)lt_facet_free);
    result->query = g_strdup(typed);
    result->ignored = g_ptr_array_ref(query->ignored);
    result->total = result->hits->len;
    result->total_exact = result->facets_exact = TRUE;
    return g_steal_pointer(&result);
}

GPtrArray *
lt_search_ignored(const char *query)
{
    g_autoptr(LtQuery) parsed = lt_query_parse(query);

    return g_ptr_array_ref(parsed->ignored);
}

/* --- every document that is found, by id --- */

/* The part of ids that offset and limit leave. */
static void
cut_window(GArray *ids, const LtSearch *search)
{
    g_array_remove_range(ids, 0, MIN(search->offset, ids->len));
    if (search->limit > 0 && ids->len > search->limit)
        g_array_set_size(ids, search->limit);
}

static GArray *
find_ids(LtStore *store, const LtPlan *plan, const LtSearch *search, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean phrases = lt_query_to_check(plan->query) != 0;
    gsize left = G_MAXSIZE;
    int got = -1;

    if (lt_plan_is_hopeless(plan))
        return g_steal_pointer(&ids);
    g_autoptr(sqlite3_stmt) statement = lt_plan_prepare(
        store, plan,
        "SELECT d.id FROM document d WHERE " LT_PLAN_FOUND " ORDER BY d.id LIMIT ?3 OFFSET ?4",
        search->limit == 0 || phrases ? (gint64)-1 : (gint64)search->limit,
        phrases ? 0 : (gint64)search->offset, error);
    if (statement == NULL)
        return NULL;
    while ((got = lt_sql_step(store, statement, error)) > 0) {
        gint64 id = sqlite3_column_int64(statement, 0);
        g_array_append_val(ids, id);
    }
    if (got != 0 || !lt_phrases_keep(store, plan, ids, &left, error))
        return NULL;
    if (phrases)
        cut_window(ids, search);
    return g_steal_pointer(&ids);
}

GArray *
lt_search_ids(LtStore *store, const LtSearch *search, GError **error)
{
    g_auto(LtPlan) plan = {0};

    return lt_plan_init(&plan, store, search, error) ? find_ids(store, &plan, search, error) : NULL;
}

gboolean
lt_store_each(LtStore *store, const LtSearch *search, gboolean with_pages, LtVisit visit,
              gpointer user_data, GError **error)
{
    g_autoptr(GArray) ids = lt_search_ids(store, search, error);

    if (ids == NULL)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(GError) failure = NULL;
        g_autoptr(LtRecord) record =
            lt_store_document(store, g_array_index(ids, gint64, i), with_pages, &failure);
        if (g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
            continue;
        if (record == NULL || !visit(record, user_data, &failure)) {
            gboolean stopped = failure == NULL;
            if (!stopped)
                g_propagate_error(error, g_steal_pointer(&failure));
            return stopped;
        }
    }
    return TRUE;
}
