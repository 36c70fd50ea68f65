/* How well a text fits a query. */
#include "store/hits.h"

#define FIT_BY_WINDOW 0.7 /* the rest: how much of the text the hits are */

/* The first hit that begins at a token or behind it. */
static guint
first_from(const GArray *hits, guint token)
{
    guint low = 0, high = hits->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(hits, LtQueryHit, middle).first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many groups stand side by side from this hit on, as they were typed. runs: of the hits behind it. */
static guint
run_from(const GArray *hits, guint at, const guint *runs)
{
    const LtQueryHit *hit = &g_array_index(hits, LtQueryHit, at);
    guint next = hit->first + hit->words, longest = 0;

    for (guint i = first_from(hits, next); i < hits->len; i++) {
        const LtQueryHit *other = &g_array_index(hits, LtQueryHit, i);
        if (other->first > next + 1)
            break;
        if (other->group == hit->group + 1 && other->first - other->before == next)
            longest = MAX(longest, runs[i]);
    }
    return longest + 1;
}

/* The query is cut into as few pieces as stand in the text as they were typed: taking the longest at each place
 * does that, for every part of a piece stands there as well. */
static guint
count_joined(const LtQuery *query, const GArray *hits)
{
    g_autofree guint *runs = g_new0(guint, hits->len + 1);
    guint longest[LT_QUERY_MAX_TERMS] = {0};
    guint pieces = 0, n = query->groups->len;

    for (guint i = hits->len; i-- > 0;) {
        guint group = g_array_index(hits, LtQueryHit, i).group;
        runs[i] = run_from(hits, i, runs);
        longest[group] = MAX(longest[group], runs[i]);
    }
    for (guint group = 0; group < n; group += MAX(longest[group], 1u))
        pieces++;
    return n - pieces;
}

/* The groups, as bits, of which every term was typed with marks. */
static guint64
typed_marked(const LtQuery *query)
{
    guint64 marked = 0;

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        gboolean all = group->len > 0;
        for (guint j = 0; j < group->len; j++)
            all = all && ((const LtTerm *)g_ptr_array_index(group, j))->marked != NULL;
        if (all)
            marked |= G_GUINT64_CONSTANT(1) << i;
    }
    return marked;
}

static gboolean
is_marked(const LtQuery *query, const GArray *hits)
{
    guint64 typed = typed_marked(query), found = 0;

    for (guint i = 0; i < hits->len; i++) {
        const LtQueryHit *hit = &g_array_index(hits, LtQueryHit, i);
        if (hit->weight > 1)
            found |= G_GUINT64_CONSTANT(1) << hit->group;
    }
    return typed != 0 && (typed & ~found) == 0;
}

LtFit
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
    return (LtFit){
        .close = FIT_BY_WINDOW * MIN(1.0, score / whole) + (1.0 - FIT_BY_WINDOW) * share,
        .joined = count_joined(query, looked.hits),
        .marked = is_marked(query, looked.hits),
    };
}
