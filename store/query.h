/* What people type, taken apart. Anything is a query: what cannot be used is listed, never an
 * error.
 *
 *   word "a phrase" -not -"not this phrase" one OR other begi* 1758/STTTT-TTBCXB 18/9/2023
 *
 * Groups are ANDed; OR binds two neighbours into one group. */
#pragma once

#include "store/private.h"

#define LT_QUERY_MAX_TERMS 64u

typedef struct {
    GPtrArray *phrases; /* of char *: folded words parted by blanks; any of them will do */
    char *marked;       /* (nullable) the words with marks, where they were typed with any */
    gboolean prefix;    /* the last word is only the beginning of one */
    gboolean number;    /* "số" stood before it */
} LtTerm;

typedef struct {
    GPtrArray *groups;   /* of GPtrArray of LtTerm */
    GPtrArray *excluded; /* of LtTerm */
    GPtrArray *ignored;  /* of char * */
    LtNumberKeys keys;   /* the whole as a number; NULLs where it cannot be one */
} LtQuery;

/* Returns: (transfer full). */
LtQuery *lt_query_parse(const char *typed);
void lt_query_free(LtQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtQuery, lt_query_free)

/* Expressions for MATCH, all words quoted; NULL where there is nothing to match. (transfer full) */
char *lt_query_match(const LtQuery *query);        /* for table search */
char *lt_query_match_marked(const LtQuery *query); /* for table search_marks */
/* Any of what is left out: words typed without marks for search, those with marks for search_marks,
 * so that -sở leaves "số" alone. */
char *lt_query_match_excluded(const LtQuery *query, gboolean marked);

/* --- snippet.c --- */

/* Whether any term of the query stands in folded text. */
gboolean lt_query_hits(const LtQuery *query, const char *folded);

/* The best passage of the pages offered. */
typedef struct {
    guint page;
    char *text;
    GArray *marks; /* of LtSpan */
    guint score;
} LtSnippet;

#define LT_SNIPPET_MAX_PAGES 200u

void lt_snippet_offer(LtSnippet *snippet, const LtQuery *query, guint page, const char *text);
void lt_snippet_clear(LtSnippet *snippet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtSnippet, lt_snippet_clear)
