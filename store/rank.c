/* Ranking. Vietnamese syllables are few and frequent, so a query may find most of the archive: only a
 * stated number of candidates is looked at. They are taken tier by tier, in the order in which a
 * tier says something (its own number, citing it, words in fields, side by side, with their marks),
 * then the newest that have the words anywhere; the best of these are compared with their text.
 *
 * score = the weights of its tiers, and up to FIT_WEIGHT for how well text and fields fit */
#include "store/search.h"

#include <string.h>

#define CANDIDATES ((gint64)LT_SEARCH_COUNTED)
#define TIER_CANDIDATES 200 /* more of each tier where there are more hits than that */
#define CLOSE_BY_WORD 25u   /* whose text is read: of few words the index tells nearly all */
#define CLOSE_BY_PHRASE 50u
#define CLOSE_CANDIDATES 250u /* and never more */
#define READ_PAGES 200u
#define MOST_FIELDED 5000 /* documents whose ids are kept at hand */
#define SUBJECT_WEIGHT 150.0
#define ISSUER_WEIGHT 25.0
#define TEXT_WEIGHT 100.0
#define JOINED_WEIGHT 40.0 /* of each two neighbours that stand side by side in the text */

static const double tier_weights[LT_N_TIERS] = {
    [LT_TIER_NUMBER] = 8000.0,   [LT_TIER_CODE] = 4000.0,  [LT_TIER_CITES] = 2000.0,
    [LT_TIER_CODE_WORD] = 260.0, [LT_TIER_FIELDS] = 300.0, [LT_TIER_ISSUED] = 250.0,
    [LT_TIER_NEAR] = 200.0,      [LT_TIER_ALMOST] = 150.0, [LT_TIER_ALMOST_FIELDS] = 180.0,
    [LT_TIER_MARKS] = 100.0,     [LT_TIER_WORDS] = 300.0,
};

/* Whoever is found by these has all the words; one that was not among the newest is known to by them. */
#define WITH_WORDS                                                                                 \
    (1u << LT_TIER_CODE_WORD | 1u << LT_TIER_FIELDS | 1u << LT_TIER_NEAR |                         \
     1u << LT_TIER_ALMOST_WORDS | 1u << LT_TIER_MARKS)
/* Found for what they are, whatever words they have. */
#define NUMBERED (1u << LT_TIER_NUMBER | 1u << LT_TIER_CODE | 1u << LT_TIER_CITES)

typedef struct {
    LtStore *store;
    const LtPlan *plan;
    GHashTable *places; /* id, as a pointer -> index in hits + 1 */
    GArray *hits;
    LtKept *row, *pages;
    GString *text;          /* the one that is being looked at */
    guint pages_read;       /* of it */
    gsize left;             /* bytes of text that may be read */
    guint64 phrases;        /* to be made sure of: of lt_query_to_check */
    gboolean unchecked;     /* phrases of some were not compared with the text */
    gboolean fielded_known; /* fielded was asked for */
    GHashTable
        *fielded; /* (nullable) of ids, as pointers: all whose fields have the words of a phrase */
} Collector;

static void
collector_clear(Collector *collector)
{
    g_clear_pointer(&collector->places, g_hash_table_unref);
    g_clear_pointer(&collector->hits, g_array_unref);
    g_clear_pointer(&collector->row, lt_kept_release);
    g_clear_pointer(&collector->pages, lt_kept_release);
    g_clear_pointer(&collector->fielded, g_hash_table_unref);
    if (collector->text != NULL)
        g_string_free(g_steal_pointer(&collector->text), TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Collector, collector_clear)

void
lt_ranking_clear(LtRanking *ranking)
{
    g_clear_pointer(&ranking->hits, g_array_unref);
    g_clear_pointer(&ranking->strings, g_string_chunk_free);
    for (guint i = 0; i < LT_N_FACETS; i++)
        g_clear_pointer(&ranking->facets[i], g_ptr_array_unref);
}

GArray *
lt_rank_ids(LtStore *store, const char *match, gint64 newest, gint64 limit, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *sql =
        g_strdup_printf("SELECT rowid FROM search WHERE search MATCH ?1%s%s"
                        " ORDER BY rowid DESC LIMIT ?2",
                        newest > 0 ? " AND rowid <= ?3" : "", lt_restrict_condition(store));
    g_autoptr(LtKept) rows =
        lt_sql_keep(store, error, sql, newest > 0 ? "sii" : "si", match, limit, newest);
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0) {
        gint64 id = sqlite3_column_int64(rows, 0);
        g_array_append_val(ids, id);
    }
    return got == 0 ? g_steal_pointer(&ids) : NULL;
}

static LtCandidateHit *
find_hit(Collector *collector, gint64 id)
{
    gpointer place = g_hash_table_lookup(collector->places, GSIZE_TO_POINTER(id));

    if (place != NULL)
        return &g_array_index(collector->hits, LtCandidateHit, GPOINTER_TO_UINT(place) - 1);
    const LtCandidateHit hit = {.id = id};
    g_array_append_val(collector->hits, hit);
    g_hash_table_insert(collector->places, GSIZE_TO_POINTER(id),
                        GUINT_TO_POINTER(collector->hits->len));
    return &g_array_index(collector->hits, LtCandidateHit, collector->hits->len - 1);
}

/* Documents whose fields have the words of phrases: which of the candidates those are is asked for once. */
static void
keep_fielded(Collector *collector, const GArray *ids)
{
    collector->fielded_known = TRUE;
    if (ids->len < MOST_FIELDED)
        collector->fielded = g_hash_table_new(NULL, NULL);
    for (guint i = 0; collector->fielded != NULL && i < ids->len; i++)
        g_hash_table_add(collector->fielded, GSIZE_TO_POINTER(g_array_index(ids, gint64, i)));
}

static gboolean
collect(Collector *collector, LtTier tier, gint64 limit, guint *ret_found, GError **error)
{
    /* Where the query is a phrase and nothing else, its fields are what may_hold() will ask for. */
    gboolean fielded = tier == LT_TIER_FIELDS && collector->phrases != 0 &&
                       collector->plan->query->groups->len == 1;
    g_autoptr(GArray) ids =
        lt_rank_ids(collector->store, collector->plan->tiers[tier], collector->plan->newest,
                    fielded ? MAX(limit, MOST_FIELDED) : limit, error);

    *ret_found = ids != NULL ? MIN(ids->len, (guint)limit) : 0;
    for (guint i = 0; i < *ret_found; i++)
        find_hit(collector, g_array_index(ids, gint64, i))->tiers |= 1u << tier;
    if (ids != NULL && fielded)
        keep_fielded(collector, ids);
    return ids != NULL;
}

static const char *
text_at(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return text != NULL ? text : "";
}

static const char *
keep(LtRanking *ranking, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return text != NULL ? g_string_chunk_insert_const(ranking->strings, text) : NULL;
}

#define DESCRIBED "d.id, d.issued_date, d.issuer, d.type, d.needs_review, d.urgency, d.secrecy"

/* Columns of row: DESCRIBED. */
static void
describe(LtRanking *ranking, LtCandidateHit *hit, sqlite3_stmt *row)
{
    g_strlcpy(hit->date, text_at(row, 1), sizeof hit->date);
    hit->issuer = keep(ranking, row, 2);
    hit->type = keep(ranking, row, 3);
    hit->unsure = sqlite3_column_int(row, 4) != 0;
    hit->urgent = sqlite3_column_type(row, 5) != SQLITE_NULL;
    hit->secret = sqlite3_column_type(row, 6) != SQLITE_NULL;
    hit->described = TRUE;
}

static void
make_strings(LtRanking *ranking)
{
    if (ranking->strings == NULL)
        ranking->strings = g_string_chunk_new(4096);
}

/* The newest that have the words, with what they are: one statement costs less than asking for each. */
static gboolean
collect_newest(Collector *collector, LtRanking *ranking, gboolean *ret_complete, GError **error)
{
    const LtPlan *plan = collector->plan;
    g_autoptr(LtKept) rows = lt_sql_keep(
        collector->store, error,
        "SELECT " DESCRIBED " FROM search CROSS JOIN document d"
        " ON d.id = search.rowid WHERE search MATCH ?1 AND search.rowid <= ?2"
        " ORDER BY search.rowid DESC LIMIT ?3",
        "sii", plan->words, plan->newest > 0 ? plan->newest : G_MAXINT64, CANDIDATES + 1);
    int got = -1;

    make_strings(ranking);
    *ret_complete = TRUE;
    while (rows != NULL && (got = lt_sql_step(collector->store, rows, error)) > 0)
        if (collector->hits->len < CANDIDATES) {
            LtCandidateHit *hit = find_hit(collector, sqlite3_column_int64(rows, 0));
            hit->tiers |= 1u << LT_TIER_WORDS;
            describe(ranking, hit, rows);
        } else {
            *ret_complete = FALSE;
        }
    return got == 0;
}

/* How many of the best are compared with their text: the same for every page of a list. */
static guint
count_close(const Collector *collector)
{
    guint groups = MAX(collector->plan->query->groups->len, 1u);
    guint close = groups * (collector->phrases != 0 ? CLOSE_BY_PHRASE : CLOSE_BY_WORD);

    return MIN(collector->hits->len, MIN(close, CLOSE_CANDIDATES));
}

/* Adds what a tier finds; one that finds more than the words do may find too much for all to be candidates. */
static gboolean
collect_tier(Collector *collector, LtRanking *ranking, LtTier tier, guint *ret_found,
             GError **error)
{
    gint64 most = ranking->complete ? CANDIDATES + 1 : TIER_CANDIDATES;

    *ret_found = 0;
    if (collector->plan->tiers[tier] == NULL)
        return TRUE;
    /* Where every text will be compared, what marks they have is seen there; it is the last that is asked for. */
    if (tier == LT_TIER_MARKS && ranking->complete &&
        count_close(collector) == collector->hits->len)
        return TRUE;
    if (tier == LT_TIER_ALMOST_WORDS && ranking->complete)
        return TRUE; /* all that have the words are candidates */
    if (!collect(collector, tier, most, ret_found, error))
        return FALSE;
    ranking->complete =
        ranking->complete && *ret_found < most && collector->hits->len <= CANDIDATES;
    return TRUE;
}

/* Where all hits are candidates, each tier tells which of them are in it; else it adds its own. */
static gboolean
collect_all(Collector *collector, LtRanking *ranking, GError **error)
{
    guint found, numbered = 0;

    if (!collect_newest(collector, ranking, &ranking->complete, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(lt_plan_own); i++) {
        if (!collect_tier(collector, ranking, lt_plan_own[i], &found, error))
            return FALSE;
        if (lt_plan_own[i] == LT_TIER_NUMBER && collector->plan->query->keys.key != NULL)
            numbered = found;
    }
    /* Where a number was typed and documents have it, it is of no account how others spell it. */
    for (guint i = 0; i < G_N_ELEMENTS(lt_plan_parts) && numbered == 0; i++)
        if (!collect_tier(collector, ranking, lt_plan_parts[i], &found, error))
            return FALSE;
    return TRUE;
}

/* --- comparing with what stands there --- */

/* Rewinds a statement for another document. */
static gboolean
ask(Collector *collector, sqlite3_stmt *statement, gint64 id, GError **error)
{
    sqlite3_reset(statement);
    int code = sqlite3_bind_int64(statement, 1, id);
    return code == SQLITE_OK || lt_store_fail_sql(collector->store, code, error);
}

static gboolean
rate_fields(Collector *collector, LtCandidateHit *hit, GError **error)
{
    if (!ask(collector, collector->row, hit->id, error))
        return FALSE;
    int got = lt_sql_step(collector->store, collector->row, error);
    if (got <= 0)
        return got == 0;
    const LtQuery *query = collector->plan->query;
    hit->score += SUBJECT_WEIGHT * lt_query_fit(query, text_at(collector->row, 1)).close +
                  ISSUER_WEIGHT * lt_query_fit(query, text_at(collector->row, 2)).close;
    return TRUE;
}

static void
rate_text(const LtQuery *query, LtCandidateHit *hit, const char *text)
{
    const LtFit fit = lt_query_fit(query, text);

    hit->score += TEXT_WEIGHT * fit.close + JOINED_WEIGHT * fit.joined;
    if (fit.marked && (hit->tiers & 1u << LT_TIER_MARKS) == 0)
        hit->score += tier_weights[LT_TIER_MARKS];
}

/* All its pages, until the next are read. NULL on error. */
static const char *
read_text(Collector *collector, gint64 id, GError **error)
{
    GString *whole = g_string_truncate(collector->text, 0);
    int got = -1;

    collector->pages_read = 0;
    if (!ask(collector, collector->pages, id, error))
        return NULL;
    while ((got = lt_sql_step(collector->store, collector->pages, error)) > 0) {
        if (whole->len > 0)
            g_string_append_c(whole, '\f');
        g_string_append(whole, text_at(collector->pages, 0));
        collector->pages_read++;
    }
    collector->left -= MIN(collector->left, whole->len);
    return got == 0 ? whole->str : NULL;
}

/* The documents whose fields have the words of a phrase; where these are too many, all may. */
static gboolean
find_fielded(Collector *collector, GError **error)
{
    g_autofree char *match = lt_match_fields_of(collector->plan->query, collector->phrases);
    g_autoptr(GArray) ids =
        lt_rank_ids(collector->store, match, collector->plan->newest, MOST_FIELDED, error);

    if (ids != NULL)
        keep_fielded(collector, ids);
    return ids != NULL;
}

/* Whether a phrase that the text read does not have may stand in the fields, or on a page behind. */
static gboolean
may_hold(Collector *collector, const LtCandidateHit *hit, gboolean *ret_may, GError **error)
{
    *ret_may = collector->pages_read == READ_PAGES;
    if (*ret_may)
        return TRUE;
    if (!collector->fielded_known && !find_fielded(collector, error))
        return FALSE;
    *ret_may = collector->fielded == NULL ||
               g_hash_table_contains(collector->fielded, GSIZE_TO_POINTER(hit->id));
    return TRUE;
}

/* Whether its phrases stand there as they were typed, and not only their pairs: in the text, or in its
 * fields and the pages that text leaves out; its last page may be where a phrase begins. */
static gboolean
holds(Collector *collector, const LtCandidateHit *hit, const char *text, gboolean *ret_holds,
      GError **error)
{
    const LtQuery *query = collector->plan->query;
    guint64 missing = 0;
    gboolean may = FALSE;

    if ((hit->tiers & NUMBERED) == 0)
        missing = lt_query_missing(query, collector->phrases, text);
    if (missing != 0 && !may_hold(collector, hit, &may, error))
        return FALSE;
    if (may && !lt_phrases_look(collector->store, query, hit->id, READ_PAGES - 1, &collector->left,
                                &missing, error))
        return FALSE;
    *ret_holds = missing == 0;
    return TRUE;
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

/* Rates the best; makes sure of the phrases of all. */
static gboolean
look_closely(Collector *collector, GError **error)
{
    GArray *hits = collector->hits;
    guint kept = 0, i = 0;

    guint close = count_close(collector);
    guint most = collector->phrases != 0 ? hits->len : close;
    for (; i < most && collector->left > 0; i++) {
        LtCandidateHit hit = g_array_index(hits, LtCandidateHit, i);
        const char *text = read_text(collector, hit.id, error);
        gboolean stands = FALSE;
        if (text == NULL || !holds(collector, &hit, text, &stands, error))
            return FALSE;
        if (!stands)
            continue;
        if (i < close && !rate_fields(collector, &hit, error))
            return FALSE;
        if (i < close)
            rate_text(collector->plan->query, &hit, text);
        g_array_index(hits, LtCandidateHit, kept++) = hit;
    }
    collector->unchecked = collector->phrases != 0 && i < hits->len;
    g_array_remove_range(hits, kept, i - kept);
    g_array_sort(hits, compare_hits);
    return TRUE;
}

/* --- what they are --- */

gboolean
lt_rank_describe(LtStore *store, LtRanking *ranking, GArray *hits, GError **error)
{
    g_autoptr(LtKept) row =
        lt_sql_keep(store, error, "SELECT " DESCRIBED " FROM document d WHERE d.id = ?", "");

    if (row == NULL)
        return FALSE;
    make_strings(ranking);
    for (guint i = 0; i < hits->len; i++) {
        LtCandidateHit *hit = &g_array_index(hits, LtCandidateHit, i);
        if (hit->described)
            continue;
        sqlite3_reset(row);
        sqlite3_bind_int64(row, 1, hit->id);
        int got = lt_sql_step(store, row, error);
        if (got < 0)
            return FALSE;
        if (got > 0)
            describe(ranking, hit, row);
    }
    return TRUE;
}

static gboolean
prepare(Collector *collector, GError **error)
{
    collector->row =
        lt_sql_keep(collector->store, error,
                    "SELECT id, subject, coalesce(issuer, '') || ' ' || coalesce(parent_issuer, '')"
                    " FROM document WHERE id = ?",
                    "");
    collector->pages =
        lt_sql_keep(collector->store, error,
                    "SELECT text FROM page WHERE document = ? ORDER BY number LIMIT ?2", "ii",
                    (gint64)0, (gint64)READ_PAGES);
    return collector->row != NULL && collector->pages != NULL;
}

/* Whether nothing was found for all that was typed. */
static gboolean
are_almost(const GArray *hits)
{
    for (guint i = 0; i < hits->len; i++)
        if (g_array_index(hits, LtCandidateHit, i).tiers & (1u << LT_TIER_WORDS | NUMBERED))
            return FALSE;
    return hits->len > 0;
}

static void
weigh_tiers(GArray *hits)
{
    for (guint i = 0; i < hits->len; i++) {
        LtCandidateHit *hit = &g_array_index(hits, LtCandidateHit, i);
        if (hit->tiers & WITH_WORDS)
            hit->tiers |= 1u << LT_TIER_WORDS;
        for (guint tier = 0; tier < LT_N_TIERS; tier++)
            if (hit->tiers & 1u << tier)
                hit->score += tier_weights[tier];
    }
}

gboolean
lt_rank_head(LtStore *store, const LtPlan *plan, LtRanking *ranking, GError **error)
{
    g_auto(Collector) collector = {
        .store = store,
        .plan = plan,
        .places = g_hash_table_new(NULL, NULL),
        .hits = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit)),
        .text = g_string_new(NULL),
        .left = LT_PHRASES_BYTES,
        .phrases = lt_query_to_check(plan->query),
    };

    if (!prepare(&collector, error) || !collect_all(&collector, ranking, error) ||
        !lt_rank_describe(store, ranking, collector.hits, error))
        return FALSE;
    weigh_tiers(collector.hits);
    g_array_sort(collector.hits, compare_hits);
    if (plan->query->groups->len > 0 && !look_closely(&collector, error))
        return FALSE;
    ranking->complete = ranking->complete && !collector.unchecked;
    ranking->almost = are_almost(collector.hits);
    ranking->hits = g_steal_pointer(&collector.hits);
    return TRUE;
}
