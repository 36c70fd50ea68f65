/* Where a query hits a text. */
#include "store/hits.h"

#include <string.h>

#define MAX_HITS 3000u /* looked at on a page */

const LtFolded *
lt_passage_token(const LtPassage *passage, guint at)
{
    return &passage->folded.tokens[at];
}

static gboolean
token_is(const LtPassage *passage, guint at, const char *word, gsize length, gboolean prefix)
{
    const LtFolded *token = lt_passage_token(passage, at);

    if (prefix ? token->bytes < length : token->bytes != length)
        return FALSE;
    return memcmp(passage->folded.words + token->offset, word, length) == 0;
}

/* How many tokens from at on are the phrase; 0: they are not. */
static guint
phrase_at(const LtPassage *passage, guint at, const char *phrase, gboolean prefix)
{
    guint words = 0;

    for (const char *word = phrase; *word != '\0'; words++) {
        gsize length = strcspn(word, " ");
        gboolean last = word[length] == '\0';
        if (at + words >= passage->folded.n_tokens ||
            !token_is(passage, at + words, word, length, last && prefix))
            return 0;
        word += length + (last ? 0 : 1);
    }
    return words;
}

static guint
term_at(const LtPassage *passage, guint at, const LtTerm *term)
{
    char begin = passage->folded.words[lt_passage_token(passage, at)->offset];

    for (guint i = 0; i < term->phrases->len; i++) {
        const char *phrase = g_ptr_array_index(term->phrases, i);
        guint words = *phrase == begin ? phrase_at(passage, at, phrase, term->prefix) : 0;
        if (words > 0)
            return words;
    }
    return 0;
}

static guint
hit_weight(const LtPassage *passage, guint at, guint words, const LtTerm *term)
{
    const LtFolded *first = lt_passage_token(passage, at),
                   *last = lt_passage_token(passage, at + words - 1);

    if (term->marked == NULL)
        return 1;
    const char *start = passage->text + first->at;
    gsize bytes = last->at + last->at_bytes - first->at;
    if (bytes == strlen(term->marked) && memcmp(start, term->marked, bytes) == 0)
        return 2;
    g_autofree char *shown = g_strndup(start, bytes);
    if (g_str_is_ascii(shown)) /* what was typed has marks */
        return 1;
    g_autofree char *level = lt_text_level(shown);
    g_autofree char *joined = lt_words_join(level);
    gboolean same = term->prefix ? g_str_has_prefix(joined, term->marked)
                                 : lt_words_same_but_custom(joined, term->marked);
    return same ? 2 : 1;
}

static guint
said_before(const LtPassage *passage, guint at, const LtTerm *term)
{
    return term->number && at > 0 &&
           token_is(passage, at - 1, LT_QUERY_NUMBER_WORD, strlen(LT_QUERY_NUMBER_WORD), FALSE);
}

static void
find_at(const LtPassage *passage, const LtQuery *query, guint at, GArray *hits)
{
    guint number = 0;

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++, number++) {
            const LtTerm *term = g_ptr_array_index(group, j);
            guint words = term_at(passage, at, term);
            if (words == 0)
                continue;
            LtQueryHit hit = {at,
                              words,
                              number,
                              i,
                              said_before(passage, at, term),
                              hit_weight(passage, at, words, term)};
            g_array_append_val(hits, hit);
        }
    }
}

/* The bytes that hits begin with. */
typedef struct {
    guint8 any[256];
} Begins;

static Begins
begins_of(const LtQuery *query)
{
    Begins begins = {0};

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++) {
            const LtTerm *term = g_ptr_array_index(group, j);
            for (guint k = 0; k < term->phrases->len; k++)
                begins.any[*(const guchar *)g_ptr_array_index(term->phrases, k)] = TRUE;
        }
    }
    return begins;
}

/* Most words of a text begin as no hit does: that is seen first. */
static GArray *
find_all(const LtPassage *passage, const LtQuery *query)
{
    const guchar *words = (const guchar *)passage->folded.words;
    GArray *hits = g_array_new(FALSE, FALSE, sizeof(LtQueryHit));
    const Begins begins = begins_of(query);

    for (guint at = 0; at < passage->folded.n_tokens && hits->len < MAX_HITS; at++)
        if (begins.any[words[lt_passage_token(passage, at)->offset]])
            find_at(passage, query, at, hits);
    return hits;
}

/* Different terms near together count most, then their marks, then how near. */
static guint
window_score(const GArray *hits, guint from)
{
    const LtQueryHit *first = &g_array_index(hits, LtQueryHit, from);
    guint best[LT_QUERY_MAX_TERMS] = {0};
    guint score = 0, words = 0, end = first->first;

    for (guint i = from; i < hits->len; i++) {
        const LtQueryHit *hit = &g_array_index(hits, LtQueryHit, i);
        if (hit->first + hit->words > first->first + MAX(LT_LOOK_WINDOW, first->words))
            break;
        if (best[hit->term] == 0) {
            words += hit->words;
            end = MAX(end, hit->first + hit->words);
        }
        best[hit->term] = MAX(best[hit->term], hit->weight);
    }
    for (guint i = 0; i < G_N_ELEMENTS(best); i++)
        score += best[i] > 0 ? LT_LOOK_TERM + best[i] : 0;
    guint between = end - first->first > words ? end - first->first - words : 0;
    return score + (between < LT_LOOK_CLOSE ? LT_LOOK_CLOSE - between : 0);
}

void
lt_look(LtLooked *looked, const LtQuery *query, const char *text)
{
    looked->passage = (LtPassage){text, lt_folder_take(query->folder, text)};
    looked->hits = find_all(&looked->passage, query);
}

void
lt_looked_clear(LtLooked *looked)
{
    g_clear_pointer(&looked->hits, g_array_unref);
}

guint
lt_look_best(const GArray *hits, guint *ret_score)
{
    guint best = 0;

    *ret_score = 0;
    for (guint i = 0; i < hits->len; i++) {
        const LtQueryHit *hit = &g_array_index(hits, LtQueryHit, i);
        if (i > 0 && hit->first == hit[-1].first) /* its window is a part of that one's */
            continue;
        guint here = window_score(hits, i);
        if (here > *ret_score) {
            *ret_score = here;
            best = i;
        }
    }
    return best;
}
