/* How well a text fits a query. */
#include "store/hits.h"

#define FIT_BY_WINDOW 0.7 /* the rest: how much of the text the hits are */

double
lt_query_fit(const LtQuery *query, const char *text)
{
    g_auto(LtLooked) looked = {0};
    guint score;

    lt_look(&looked, query, text);
    lt_look_best(looked.hits, &score);
    double whole = query->groups->len * (LT_LOOK_TERM + 2) + LT_LOOK_CLOSE;
    double share = looked.passage.folded.n_tokens > 0
                       ? MIN(1.0, looked.hits->len / (double)looked.passage.folded.n_tokens)
                       : 0;
    return FIT_BY_WINDOW * MIN(1.0, score / whole) + (1.0 - FIT_BY_WINDOW) * share;
}
