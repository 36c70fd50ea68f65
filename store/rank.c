/* Ranking. bm25 costs time for every hit, and Vietnamese syllables are few and frequent: only the
 * newest CANDIDATES of a common query are ranked. Documents of the number that was typed, and those
 * that have the words with the marks that were typed, are looked for on their own, so that none is
 * lost by it.
 *
 * score = 1000 * tier + 100 where the marks are those typed + bm25 (0–99, by weighted columns)
 * tier: 3 the whole number, 2 its code number or notation, 0 words */
#include "store/search.h"

#include <string.h>

#define CANDIDATES 5000
#define FACET_VALUES 50u

#define HIT_COLUMNS                                                                                \
    "d.id, d.key_number, d.key_code, d.key_notation, d.key_notation_words, d.issued_date, "        \
    "d.issuer,"                                                                                    \
    " d.type"
/* Weights in the order of LtIndexColumn. */
#define BM25 "-bm25(search, 10.0, 2.0, 4.0, 6.0, 3.0, 1.0)"

/* Each source finds some of the hits; a hit found twice counts where it was found first. The plus sign
 * keeps SQLite from running the whole MATCH again for every rowid of the list: minutes, not
 * milliseconds, on 200,000 documents. */
static const struct {
    const char *sql;
    enum { ALL, BY_WORDS, BY_MARKS, BY_NUMBER } kind;
} sources[] = {
    {"SELECT " HIT_COLUMNS ", " BM25 " FROM search CROSS JOIN document d ON d.id = search.rowid"
     " WHERE search MATCH ?10"
     " AND +search.rowid IN (SELECT rowid FROM search_marks WHERE search_marks MATCH ?14)"
     " AND " LT_PLAN_FILTERS " ORDER BY search.rowid DESC LIMIT ?11 OFFSET ?12",
     BY_MARKS},
    {"SELECT " HIT_COLUMNS ", " BM25 " FROM search CROSS JOIN document d ON d.id = search.rowid"
     " WHERE search MATCH ?10 AND " LT_PLAN_FILTERS
     " ORDER BY search.rowid DESC LIMIT ?11 OFFSET ?12",
     BY_WORDS},
    {"SELECT " HIT_COLUMNS ", 0.0 FROM document d WHERE " LT_NUMBER_CONDITION
     " AND " LT_PLAN_FILTERS " ORDER BY d.id DESC LIMIT ?11 OFFSET ?12",
     BY_NUMBER},
    {"SELECT " HIT_COLUMNS ", 0.0 FROM document d WHERE " LT_PLAN_FILTERS
     " ORDER BY d.issued_date DESC, d.id DESC LIMIT ?11 OFFSET ?12",
     ALL},
};

typedef struct {
    const LtPlan *plan;
    GArray *term_keys; /* of TermKey */
    GHashTable *seen;  /* of gint64 */
    GHashTable *counts[LT_N_FACETS];
    LtRanking *ranking;
} Collector;

typedef struct {
    LtNumberKeys keys;
    gboolean as_code; /* "số" stood before it: a code number alone will do */
} TermKey;

void
lt_facet_free(LtFacet *facet)
{
    g_free(facet->value);
    g_free(facet);
}

void
lt_ranking_clear(LtRanking *ranking)
{
    g_clear_pointer(&ranking->hits, g_array_unref);
    for (guint i = 0; i < LT_N_FACETS; i++)
        g_clear_pointer(&ranking->facets[i], g_ptr_array_unref);
}

static void
term_key_clear(TermKey *key)
{
    lt_number_keys_clear(&key->keys);
}

static GArray *
term_keys(const LtQuery *query)
{
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(TermKey));

    g_array_set_clear_func(keys, (GDestroyNotify)term_key_clear);
    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++) {
            const LtTerm *term = g_ptr_array_index(group, j);
            TermKey key = {.as_code = term->number};
            lt_number_keys_init(&key.keys, g_ptr_array_index(term->phrases, 0));
            g_array_append_val(keys, key);
        }
    }
    return keys;
}

static gboolean
column_is(sqlite3_stmt *row, int column, const char *text)
{
    return text != NULL && g_strcmp0((const char *)sqlite3_column_text(row, column), text) == 0;
}

static guint
number_tier(const Collector *collector, sqlite3_stmt *row)
{
    const LtNumberKeys *whole = &collector->plan->query->keys;
    guint tier = 0;

    if (column_is(row, 1, whole->key))
        return 3;
    if (column_is(row, 2, whole->key) ||
        (column_is(row, 3, whole->notation) &&
         (whole->notation_words == NULL || column_is(row, 4, whole->notation_words))))
        tier = 2;
    for (guint i = 0; i < collector->term_keys->len; i++) {
        const TermKey *term = &g_array_index(collector->term_keys, TermKey, i);
        if (column_is(row, 1, term->keys.key))
            return 3;
        if (term->as_code && column_is(row, 2, term->keys.key))
            tier = 2;
    }
    return tier;
}

static void
count_value(GHashTable *counts, const char *value, gssize length)
{
    if (value == NULL || value[0] == '\0')
        return;
    g_autofree char *key = length < 0 ? g_strdup(value) : g_strndup(value, (gsize)length);
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
    g_hash_table_insert(counts, g_steal_pointer(&key), GUINT_TO_POINTER(count + 1));
}

static void
take_hit(Collector *collector, sqlite3_stmt *row, gboolean marked)
{
    const char *date = (const char *)sqlite3_column_text(row, 5);
    LtCandidateHit hit = {.id = sqlite3_column_int64(row, 0)};

    if (g_hash_table_contains(collector->seen, &hit.id))
        return;
    g_hash_table_add(collector->seen, g_memdup2(&hit.id, sizeof hit.id));
    guint tier = number_tier(collector, row);
    hit.by_number = tier > 0;
    hit.score =
        1000.0 * tier + (marked ? 100.0 : 0.0) + CLAMP(sqlite3_column_double(row, 8), 0.0, 99.0);
    g_strlcpy(hit.date, date != NULL ? date : "", sizeof hit.date);
    g_array_append_val(collector->ranking->hits, hit);
    count_value(collector->counts[LT_FACET_ISSUER], (const char *)sqlite3_column_text(row, 6), -1);
    count_value(collector->counts[LT_FACET_TYPE], (const char *)sqlite3_column_text(row, 7), -1);
    count_value(collector->counts[LT_FACET_YEAR], date, 4);
}

/* Which sources a search uses. */
static gboolean
applies(const LtPlan *plan, guint source)
{
    switch (sources[source].kind) {
    case BY_MARKS:
        return plan->match != NULL && plan->marked != NULL;
    case BY_WORDS:
        return plan->match != NULL;
    case BY_NUMBER:
        return plan->match != NULL && plan->query->keys.key != NULL;
    default:
        return plan->match == NULL;
    }
}

static gboolean
collect(LtStore *store, Collector *collector, guint source, gint64 limit, GError **error)
{
    const LtPlan *plan = collector->plan;
    gboolean marked = sources[source].kind == BY_MARKS;
    g_autoptr(sqlite3_stmt) statement =
        lt_plan_prepare(store, plan, sources[source].sql, plan->match, limit, 0, error);
    gint64 found = 0;
    int got = -1;

    if (statement == NULL ||
        (marked && !lt_sql_bind_text(store, statement, 14, plan->marked, error)))
        return FALSE;
    while ((got = lt_sql_step(store, statement, error)) > 0) {
        take_hit(collector, statement, marked);
        found++;
    }
    if (limit >= 0 && found >= limit)
        collector->ranking->complete = FALSE;
    return got == 0;
}

static int
compare_hits(gconstpointer a, gconstpointer b)
{
    const LtCandidateHit *first = a, *second = b;

    if (first->score != second->score)
        return first->score > second->score ? -1 : 1;
    int by_date = strcmp(second->date, first->date);
    if (by_date != 0)
        return by_date;
    return first->id > second->id ? -1 : 1;
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

static void
collector_clear(Collector *collector)
{
    g_array_unref(collector->term_keys);
    g_hash_table_unref(collector->seen);
    for (guint i = 0; i < LT_N_FACETS; i++)
        g_hash_table_unref(collector->counts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Collector, collector_clear)

gboolean
lt_rank(LtStore *store, const LtPlan *plan, gint64 limit, LtRanking *ret_ranking, GError **error)
{
    g_auto(Collector) collector = {
        .plan = plan,
        .term_keys = term_keys(plan->query),
        .seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
        .ranking = ret_ranking,
    };
    gint64 cap = limit < 0 ? -1 : MAX(limit, CANDIDATES);

    for (guint i = 0; i < LT_N_FACETS; i++)
        collector.counts[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    ret_ranking->hits = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));
    ret_ranking->complete = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(sources) && !lt_plan_is_hopeless(plan); i++)
        if (applies(plan, i) && !collect(store, &collector, i, cap, error))
            return FALSE;
    g_array_sort(ret_ranking->hits, compare_hits);
    for (guint i = 0; i < LT_N_FACETS; i++)
        ret_ranking->facets[i] = facet_values(collector.counts[i]);
    return TRUE;
}
