/* Where a query hits a text; what snippets, marks and ranking are made of. */
#pragma once

#include "store/query.h"

#define LT_LOOK_WINDOW 32u /* words: hits that far apart count together */
#define LT_LOOK_TERM 10u   /* what a term counts in a window, and 2 more where it has its marks */
#define LT_LOOK_CLOSE 8u   /* what it counts that all stand side by side */

typedef struct {
    guint first, words; /* tokens */
    guint term;         /* of all groups, counted through */
    guint group;
    guint before; /* tokens that belong to it and stand before it: the "số" of a number */
    guint weight; /* 2: with the marks that were typed */
} LtQueryHit;

typedef struct {
    const char *text;
    LtFoldedText folded; /* until the query's folder takes the next text */
} LtPassage;

const LtFolded *lt_passage_token(const LtPassage *passage, guint at);

/* A canonical text with its words and where the query hits them. */
typedef struct {
    LtPassage passage;
    GArray *hits; /* of LtQueryHit, by place; of a text with very many the first */
} LtLooked;

void lt_look(LtLooked *looked, const LtQuery *query, const char *text);
void lt_looked_clear(LtLooked *looked);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtLooked, lt_looked_clear)

/* The hit that the best window begins with; of no hits 0, with the score 0. */
guint lt_look_best(const GArray *hits, guint *ret_score);
