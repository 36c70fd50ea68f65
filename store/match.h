/* Expressions for MATCH on the table search. Terms reach them only inside quotes, and hold nothing but
 * letters, digits and '_', so that nothing a person types can be an operator. Each function returns
 * (transfer full) an expression, or NULL where there is nothing to match. */
#pragma once

#include "store/query.h"
#include "store/terms.h"

#define LT_MATCH_NOTHING "\"_\"" /* finds no document: no term is so short */

typedef enum { LT_MATCH_AND, LT_MATCH_OR } LtMatchJoin;

/* Puts another expression (nullable) to those in match. */
void lt_match_add(GString *match, LtMatchJoin join, const char *expression);
/* One term. */
void lt_match_add_term(GString *match, LtMatchJoin join, LtTermKind kind, const char *word);
char *lt_match_take(GString *match); /* frees it; NULL where it is empty */

/* Folded words as neighbours of this kind: LT_TERM_WORD, LT_TERM_ISSUER, ... */
char *lt_match_phrase(LtTermKind kind, const char *words);

char *lt_match_words(const LtQuery *query);  /* documents that have the words, in whatever form */
char *lt_match_fields(const LtQuery *query); /* that have them all in their fields */
/* That have the words of one of these groups (bits) in their fields. */
char *lt_match_fields_of(const LtQuery *query, guint64 groups);
char *lt_match_marks(const LtQuery *query); /* that have them with the marks that were typed */
char *lt_match_near(const LtQuery *query);  /* that have them as neighbours */
/* That have a group beside those before and after it; NULL where it can be beside none. */
char *lt_match_beside(const LtQuery *query, guint at);
/* That have all of many words but one as neighbours: it may be misspelled here or there. */
char *lt_match_almost(const LtQuery *query);
/* That have all of several words but one in their fields. */
char *lt_match_almost_fields(const LtQuery *query);
char *lt_match_excluded(const LtQuery *query); /* that have any of what is left out */
char *lt_match_issued(const LtQuery *query);   /* that are of a day or month among the words */
/* A whole number that is a term of the query, beside other words. */
char *lt_match_number_terms(const LtQuery *query, LtTermKind kind);
/* Documents of that number, code number or notation, or whose number begins with that code number and
 * those letters ("1758stttt"): into match, each with OR. */
void lt_match_own_number(GString *match, const LtNumberKeys *keys);
