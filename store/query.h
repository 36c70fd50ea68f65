/* What people type, taken apart. Anything is a query: what cannot be used is listed, never an
 * error.
 *
 *   word "a phrase" -not -"not this phrase" one OR other begi* 1758/STTTT-TTBCXB 18/9/2023
 *   coquan:STTTT ngay:9/2023 -loai:CV
 *
 * Groups are ANDed; OR binds two neighbours into one group. */
#pragma once

#include "store/folder.h"
#include "store/narrow.h"

#define LT_QUERY_MAX_TERMS 64u
#define LT_QUERY_MAX_FILTERS 16u
#define LT_QUERY_NUMBER_WORD "so" /* stands before a term that is a number, and is no part of it */

typedef struct {
    char *typed;        /* without quotes, minus and star */
    GPtrArray *phrases; /* of char *: folded words parted by blanks; any of them will do */
    char *marked;       /* (nullable) the words with marks, where they were typed with any */
    gboolean prefix;    /* the last word is only the beginning of one */
    gboolean number;    /* "số" stood before it */
    gboolean quoted;
    GPtrArray
        *dates; /* (nullable) of char *: the days, months or year that a date says, in digits */
    gboolean
        dated; /* it can be nothing but a date: who was issued then need not say so in its text */
    GPtrArray
        *types; /* (nullable) of char *: as LT_TERM_TYPE has them, that its letters stand for */
    GPtrArray
        *agencies; /* (nullable) of char *: names of the agencies that its letters stand for */
} LtTerm;

typedef struct {
    GPtrArray *groups;   /* of GPtrArray of LtTerm */
    GPtrArray *excluded; /* of LtTerm */
    GPtrArray *filters;  /* of LtFilter */
    GPtrArray *ignored;  /* of char * */
    LtFolder *folder;    /* for the texts that it is compared with */
    LtNumberKeys keys;   /* the whole as a number; NULLs where it cannot be one */
} LtQuery;

/* Returns: (transfer full). */
LtQuery *lt_query_parse(const char *typed);
void lt_query_free(LtQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtQuery, lt_query_free)

/* --- query-dates.c --- */

/* What a date says, as LT_TERM_DATE has it: a year, whole months of one, or a day. NULL where it is none of
 * these. (transfer full) of char * */
GPtrArray *lt_query_dates(const char *typed);
/* "2017", "12/2017", "18/12/2017"; a quarter as "quy 4/2017". (transfer full) */
char *lt_query_short_date(const GPtrArray *dates);

/* --- fit.c, snippet.c --- */

/* Whether any term of the query stands in canonical text. */
gboolean lt_query_hits(const LtQuery *query, const char *text);
/* How well canonical text fits the query. */
typedef struct {
    double
        close; /* 0 to 1: how many of its terms stand together, how closely, and whether with their marks */
    /* How many neighbours of the query stand side by side where it is cut into as few pieces of the text as can
     * be; all of them, its terms less one, where it stands there whole. */
    guint joined;
    gboolean
        marked; /* it was typed with marks, and each term stands there with those that it has */
} LtFit;

LtFit lt_query_fit(const LtQuery *query, const char *text);
/* The groups, as bits, of which the index alone cannot tell that a document has what was typed: a phrase of
 * three words and more may be in it in pairs only. */
guint64 lt_query_to_check(const LtQuery *query);
/* Those of these groups whose phrases do not stand in canonical text. */
guint64 lt_query_missing(const LtQuery *query, guint64 groups, const char *text);

/* Everything that the query hits in canonical text, in order and apart. (transfer full) of LtSpan */
GArray *lt_query_spans(const LtQuery *query, const char *text);

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
