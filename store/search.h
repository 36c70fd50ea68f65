/* What the parts of searching share. */
#pragma once

#include "store/match.h"

/* --- filter.c --- */

/* The documents that a filter lets through, whatever its excluded says. (transfer full), NULL on
 * error. */
char *lt_filter_match(LtStore *store, const LtFilter *filter, GError **error);

/* --- agency.c --- */

/* Names, as keys, of the agencies that a code or a name stands for; with those that came after them.
 * key: of lt_words_key. (transfer full) of char *, NULL on error. */
GPtrArray *lt_agency_names(LtStore *store, const char *key, gboolean successors, GError **error);
/* Fills in the agencies and types of terms that are letters of some. */
gboolean lt_agency_extend(LtStore *store, LtQuery *query, GError **error);

/* --- plan.c --- */

/* Ways in which a document may be found, the one that says most first. */
typedef enum {
    LT_TIER_NUMBER,        /* it has that number */
    LT_TIER_CODE,          /* it has that code number or that notation */
    LT_TIER_CODE_WORD,     /* it has the code number that stands among other words: "số 1758" */
    LT_TIER_CITES,         /* it cites a document of that number */
    LT_TIER_FIELDS,        /* its fields have the words */
    LT_TIER_ISSUED,        /* it was issued when a date that was typed says */
    LT_TIER_NEAR,          /* the words stand side by side */
    LT_TIER_ALMOST_FIELDS, /* its fields have all the words but one */
    LT_TIER_ALMOST,        /* all the words but one do */
    LT_TIER_ALMOST_WORDS,  /* they do, and it has that one elsewhere */
    LT_TIER_MARKS,         /* it has the words with the marks that were typed */
    LT_TIER_WORDS,         /* it has the words; not a tier that is asked for by itself */
    LT_N_TIERS
} LtTier;

/* Tiers that find documents whether these have the words or not; and those that are parts of what has them. */
static const LtTier lt_plan_own[] = {LT_TIER_NUMBER, LT_TIER_CODE, LT_TIER_CITES, LT_TIER_ALMOST,
                                     LT_TIER_ALMOST_FIELDS};
static const LtTier lt_plan_parts[] = {LT_TIER_CODE_WORD, LT_TIER_FIELDS,       LT_TIER_ISSUED,
                                       LT_TIER_NEAR,      LT_TIER_ALMOST_WORDS, LT_TIER_MARKS};

/* A search made ready: expressions for MATCH. */
typedef struct {
    LtQuery *query;
    char *match;             /* all that is found; NULL: every document */
    char *words;             /* (nullable) what has the words that were typed: the most of it */
    char *tiers[LT_N_TIERS]; /* (nullable) parts of it */
    char *narrow;            /* (nullable) the filters alone */
    gint64 newest;           /* documents up to this id; 0: all */
} LtPlan;

/* FALSE when a filter that was given as an option cannot be used. */
gboolean lt_plan_init(LtPlan *plan, LtStore *store, const LtSearch *search, GError **error);
/* The same of a query that was taken apart and changed since; takes the query over. */
gboolean lt_plan_init_query(LtPlan *plan, LtStore *store, const LtSearch *search, LtQuery *query,
                            GError **error);
void lt_plan_clear(LtPlan *plan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtPlan, lt_plan_clear)

/* TRUE where something was typed and nothing of it can be searched for. */
gboolean lt_plan_is_hopeless(const LtPlan *plan);

/* A condition on the table document as d; ?1 and ?2 as lt_plan_prepare binds them. */
#define LT_PLAN_FOUND                                                                              \
    "(?1 IS NULL OR d.id IN (SELECT rowid FROM search WHERE search MATCH ?1))"                     \
    " AND (?2 = 0 OR d.id <= ?2)"
/* Binds the match of plan to ?1, its newest to ?2, count and skip to ?3 and ?4. */
sqlite3_stmt *lt_plan_prepare(LtStore *store, const LtPlan *plan, const char *sql, gint64 count,
                              gint64 skip, GError **error);

/* --- rank.c: candidates, best first --- */

typedef struct {
    gint64 id;
    guint tiers; /* bits of 1 << LtTier */
    double score;
    char date[11]; /* "" for none */
    const char *issuer,
        *type; /* (nullable), in the ranking's strings; the only ones of their letters */
    gboolean unsure, urgent, secret;
    gboolean described; /* all of these are filled in */
} LtCandidateHit;

typedef struct {
    GArray *hits; /* of LtCandidateHit, best first */
    GStringChunk *strings;
    guint64 total;
    gboolean complete;              /* total is exact */
    gboolean almost;                /* all were found for some of what was typed */
    gboolean facets_complete;       /* every hit was counted */
    GPtrArray *facets[LT_N_FACETS]; /* of LtFacet */
} LtRanking;

/* The hits up to search's offset and limit. */
gboolean lt_rank(LtStore *store, const LtPlan *plan, const LtSearch *search, LtRanking *ret_ranking,
                 GError **error);
void lt_ranking_clear(LtRanking *ranking);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtRanking, lt_ranking_clear)

/* Ids that an expression finds, newest first, at most limit of them (-1: all); newest as in LtPlan.
 * Of gint64. (transfer full) */
GArray *lt_rank_ids(LtStore *store, const char *match, gint64 newest, gint64 limit, GError **error);

void lt_facet_free(LtFacet *facet);

/* The candidates of a search for words, best first, into ranking's hits; complete: there are no other
 * hits. */
gboolean lt_rank_head(LtStore *store, const LtPlan *plan, LtRanking *ranking, GError **error);
/* Fills in day, issuer and type of hits, which may be ranking's own. */
gboolean lt_rank_describe(LtStore *store, LtRanking *ranking, GArray *hits, GError **error);

/* --- phrases.c --- */

#define LT_PHRASES_BYTES ((gsize)8 << 20) /* of text that a search reads to make sure of phrases */

/* Takes those groups of the query (see lt_query_to_check) out of *missing whose phrases stand in the fields
 * of a document or in its pages, but for its first pages. *left grows less by the bytes that were read. */
gboolean lt_phrases_look(LtStore *store, const LtQuery *query, gint64 id, guint pages, gsize *left,
                         guint64 *missing, GError **error);
/* Takes out of ids (of gint64), which plan's match found, those that have only the pairs of a phrase.
 * When *left bytes are read the rest stays as it is, and *left is 0. */
gboolean lt_phrases_keep(LtStore *store, const LtPlan *plan, GArray *ids, gsize *left,
                         GError **error);

/* --- restrict.c --- */

/* What stands behind a MATCH on the table search where the connection hides what is restricted; else "". */
const char *lt_restrict_condition(const LtStore *store);

/* --- search.c --- */

/* A result of documents that were found in another way than by a query, each with why "similar". hits: of
 * LtCandidateHit. (transfer full) */
LtSearchResult *lt_search_result_of_hits(LtStore *store, const char *typed, const GArray *hits,
                                         GError **error);

/* --- spelling.c --- */

/* The query with what was misspelled put right, where that finds documents; NULL where nothing does,
 * or on error. only_unknown: words that some document has stay as they are. *ret_typed: what a person would have
 * typed. (transfer full) */
LtQuery *lt_spelling_mend(LtStore *store, const LtPlan *plan, gboolean only_unknown,
                          char **ret_typed, GError **error);

/* --- places.c --- */

/* Where the hits stand on the pages of a document, with their boxes. Of LtPlace. (transfer full) */
GPtrArray *lt_places_find(LtStore *store, const LtQuery *query, gint64 id, GError **error);
