/* What the parts of searching share. */
#pragma once

#include "store/query.h"

/* typed: a type's name or the letters for it in numbers. Returns the keys of the types that are
 * meant, each between bars: "|hd|hop dong|huong dan|". (transfer full) */
char *lt_filter_types(const char *typed);

/* A search made ready: parameters ?1 to ?13 of every statement. NULL parameters ask for nothing. */
typedef struct {
    LtQuery *query;
    char *match, *marked, *excluded, *excluded_marked;
    char *issuer, *types, *type_letters;
    const char *from, *to;
} LtPlan;

/* FALSE when a filter cannot be used. */
gboolean lt_plan_init(LtPlan *plan, const LtSearch *search, GError **error);
void lt_plan_clear(LtPlan *plan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtPlan, lt_plan_clear)

/* TRUE where something was typed and nothing of it can be searched for. */
gboolean lt_plan_is_hopeless(const LtPlan *plan);

/* Conditions on the table document as d: filters and words left out. */
#define LT_PLAN_FILTERS                                                                            \
    "(?4 IS NULL OR d.issued_date >= ?4) AND (?5 IS NULL OR d.issued_date <= ?5)"                  \
    " AND (?6 IS NULL OR instr(' ' || d.key_issuer, ' ' || ?6)"                                    \
    "  OR instr(' ' || d.key_issuer_printed, ' ' || ?6)"                                           \
    "  OR instr(' ' || d.key_notation_words || ' ', ' ' || ?6 || ' '))"                            \
    " AND (?7 IS NULL OR instr(?7, '|' || d.key_type || '|')"                                      \
    "  OR instr(' ' || d.key_notation_words || ' ', ' ' || ?8 || ' '))"                            \
    " AND (?9 IS NULL OR d.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?9))"            \
    " AND (?13 IS NULL OR"                                                                         \
    "  d.id NOT IN (SELECT rowid FROM search_marks WHERE search_marks MATCH ?13))"

/* Binds ?1 to ?13; match for ?10 (nullable), count and skip for ?11 and ?12. */
sqlite3_stmt *lt_plan_prepare(LtStore *store, const LtPlan *plan, const char *sql,
                              const char *match, gint64 count, gint64 skip, GError **error);

/* --- rank.c: candidates, best first --- */

typedef struct {
    gint64 id;
    double score;
    gboolean by_number;
    char date[11]; /* "" for none */
} LtCandidateHit;

typedef struct {
    GArray *hits; /* of LtCandidateHit, best first */
    gboolean complete;
    GPtrArray *facets[LT_N_FACETS]; /* of LtFacet */
} LtRanking;

/* limit: how many hits must be there at least if there are so many; -1: all. */
gboolean lt_rank(LtStore *store, const LtPlan *plan, gint64 limit, LtRanking *ret_ranking,
                 GError **error);
void lt_ranking_clear(LtRanking *ranking);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtRanking, lt_ranking_clear)

void lt_facet_free(LtFacet *facet);
