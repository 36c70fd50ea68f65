/* The passage that shows why a document was found. Folding keeps the place of every code point, so
 * hits found in folded text are marked in the original. */
#include "store/query.h"

#include <string.h>

#define WINDOW_WORDS 32u /* hits that far apart count together */
#define BEFORE_WORDS 8u  /* shown before the first hit */
#define MAX_HITS 1000u   /* looked at on a page */
#define MAX_LENGTH 400u  /* code points shown */

typedef struct {
    guint first, words; /* tokens */
    guint term;
    guint weight; /* 2: with the marks that were typed */
} Hit;

typedef struct {
    const char *text;
    LtFoldedText folded;
} Passage;

static const LtFolded *
token_at(const Passage *passage, guint at)
{
    return &passage->folded.tokens[at];
}

static gboolean
token_is(const Passage *passage, guint at, const char *word, gsize length, gboolean prefix)
{
    const LtFolded *token = token_at(passage, at);

    if (prefix ? token->bytes < length : token->bytes != length)
        return FALSE;
    return memcmp(passage->folded.words + token->offset, word, length) == 0;
}

/* How many tokens from at on are the phrase; 0: they are not. */
static guint
phrase_at(const Passage *passage, guint at, const char *phrase, gboolean prefix)
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
term_at(const Passage *passage, guint at, const LtTerm *term)
{
    char begin = passage->folded.words[token_at(passage, at)->offset];

    for (guint i = 0; i < term->phrases->len; i++) {
        const char *phrase = g_ptr_array_index(term->phrases, i);
        guint words = *phrase == begin ? phrase_at(passage, at, phrase, term->prefix) : 0;
        if (words > 0)
            return words;
    }
    return 0;
}

/* Code points [start, end) of the original. (transfer full) */
static char *
slice(const Passage *passage, guint start, guint end)
{
    return g_utf8_substring(passage->text, (glong)start, (glong)end);
}

static guint
hit_weight(const Passage *passage, guint at, guint words, const LtTerm *term)
{
    const LtFolded *first = token_at(passage, at), *last = token_at(passage, at + words - 1);

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

static void
find_at(const Passage *passage, const LtQuery *query, guint at, GArray *hits)
{
    guint number = 0;

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++, number++) {
            const LtTerm *term = g_ptr_array_index(group, j);
            guint words = term_at(passage, at, term);
            if (words == 0)
                continue;
            Hit hit = {at, words, number, hit_weight(passage, at, words, term)};
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
find_all(const Passage *passage, const LtQuery *query)
{
    const guchar *words = (const guchar *)passage->folded.words;
    GArray *hits = g_array_new(FALSE, FALSE, sizeof(Hit));
    const Begins begins = begins_of(query);

    for (guint at = 0; at < passage->folded.n_tokens && hits->len < MAX_HITS; at++)
        if (begins.any[words[token_at(passage, at)->offset]])
            find_at(passage, query, at, hits);
    return hits;
}

#define TERM_SCORE 10u    /* and 2 more where it has its marks */
#define CLOSE_SCORE 8u    /* where all terms stand side by side */
#define FIT_BY_WINDOW 0.7 /* the rest: how much of the text the hits are */

/* Different terms near together count most, then their marks, then how near. */
static guint
window_score(const GArray *hits, guint from)
{
    const Hit *first = &g_array_index(hits, Hit, from);
    guint best[LT_QUERY_MAX_TERMS] = {0};
    guint score = 0, words = 0, end = first->first;

    for (guint i = from; i < hits->len; i++) {
        const Hit *hit = &g_array_index(hits, Hit, i);
        if (hit->first + hit->words > first->first + MAX(WINDOW_WORDS, first->words))
            break;
        if (best[hit->term] == 0) {
            words += hit->words;
            end = MAX(end, hit->first + hit->words);
        }
        best[hit->term] = MAX(best[hit->term], hit->weight);
    }
    for (guint i = 0; i < G_N_ELEMENTS(best); i++)
        score += best[i] > 0 ? TERM_SCORE + best[i] : 0;
    guint between = end - first->first > words ? end - first->first - words : 0;
    return score + (between < CLOSE_SCORE ? CLOSE_SCORE - between : 0);
}

/* A text with its words and where the query hits them. */
typedef struct {
    Passage passage;
    GArray *hits; /* of Hit */
} Looked;

static void
look(Looked *looked, const LtQuery *query, const char *text)
{
    looked->passage = (Passage){text, lt_folder_take(query->folder, text)};
    looked->hits = find_all(&looked->passage, query);
}

static void
looked_clear(Looked *looked)
{
    g_clear_pointer(&looked->hits, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Looked, looked_clear)

gboolean
lt_query_hits(const LtQuery *query, const char *text)
{
    g_auto(Looked) looked = {0};

    look(&looked, query, text);
    return looked.hits->len > 0;
}

static guint
best_window(const GArray *hits, guint *ret_score)
{
    guint best = 0;

    *ret_score = 0;
    for (guint i = 0; i < hits->len; i++) {
        guint here = window_score(hits, i);
        if (here > *ret_score) {
            *ret_score = here;
            best = i;
        }
    }
    return best;
}

double
lt_query_fit(const LtQuery *query, const char *text)
{
    g_auto(Looked) looked = {0};
    guint score;

    look(&looked, query, text);
    best_window(looked.hits, &score);
    double whole = query->groups->len * (TERM_SCORE + 2) + CLOSE_SCORE;
    double share = looked.passage.folded.n_tokens > 0
                       ? MIN(1.0, looked.hits->len / (double)looked.passage.folded.n_tokens)
                       : 0;
    return FIT_BY_WINDOW * MIN(1.0, score / whole) + (1.0 - FIT_BY_WINDOW) * share;
}

/* --- phrases --- */

static gboolean
is_long_phrase(const char *phrase)
{
    const char *blank = strchr(phrase, ' ');

    return blank != NULL && strchr(blank + 1, ' ') != NULL;
}

static gboolean
group_needs_check(const GPtrArray *group)
{
    gboolean any_long = FALSE;

    for (guint i = 0; i < group->len; i++) {
        const LtTerm *term = g_ptr_array_index(group, i);
        if (term->dated || (term->types != NULL && term->types->len > 0) ||
            (term->agencies != NULL && term->agencies->len > 0))
            return FALSE;
        for (guint j = 0; j < term->phrases->len; j++)
            any_long = any_long || is_long_phrase(g_ptr_array_index(term->phrases, j));
    }
    return any_long;
}

guint64
lt_query_to_check(const LtQuery *query)
{
    guint64 groups = 0;

    for (guint i = 0; i < query->groups->len; i++)
        if (group_needs_check(g_ptr_array_index(query->groups, i)))
            groups |= G_GUINT64_CONSTANT(1) << i;
    return groups;
}

static gboolean
is_word_end(char byte)
{
    return (guchar)byte < 0x80 && !g_ascii_isalnum(byte);
}

/* Whether words stand in a text letter by letter as they were typed: found at once where it is so, while what
 * is not found may still stand there in another form. */
static gboolean
stands_as_typed(const char *text, const char *words)
{
    gsize length = strlen(words);

    for (const char *at = strstr(text, words); at != NULL; at = strstr(at + length, words))
        if ((at == text || is_word_end(at[-1])) && is_word_end(at[length]))
            return TRUE;
    return FALSE;
}

#define FOLDED_FROM 3u /* phrases: for so many it pays to fold the whole text once */

/* A text in which phrases are looked for. */
typedef struct {
    LtFolder *folder;
    const char *text;
    const char *words; /* (nullable) all of it, folded */
} Searched;

static guint
count_phrases(const LtQuery *query, guint64 groups)
{
    guint n = 0;

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; (groups & G_GUINT64_CONSTANT(1) << i) != 0 && j < group->len; j++)
            n += ((const LtTerm *)g_ptr_array_index(group, j))->phrases->len;
    }
    return n;
}

static gboolean
term_stands(const Searched *searched, const LtTerm *term)
{
    if (term->marked != NULL && stands_as_typed(searched->text, term->marked))
        return TRUE;
    for (guint i = 0; i < term->phrases->len; i++) {
        g_autofree char *wanted =
            g_strconcat(" ", g_ptr_array_index(term->phrases, i), term->prefix ? NULL : " ", NULL);
        if (searched->words != NULL ? strstr(searched->words, wanted) != NULL
                                    : lt_folder_finds(searched->folder, searched->text, wanted))
            return TRUE;
    }
    return FALSE;
}

static gboolean
group_stands(const Searched *searched, const GPtrArray *group)
{
    for (guint i = 0; i < group->len; i++)
        if (term_stands(searched, g_ptr_array_index(group, i)))
            return TRUE;
    return FALSE;
}

guint64
lt_query_missing(const LtQuery *query, guint64 groups, const char *text)
{
    Searched searched = {query->folder, text, NULL};
    guint64 missing = 0;

    if (count_phrases(query, groups) >= FOLDED_FROM)
        searched.words = lt_folder_take(query->folder, text).words;
    for (guint i = 0; i < query->groups->len; i++) {
        guint64 group = groups & G_GUINT64_CONSTANT(1) << i;
        if (group != 0 && !group_stands(&searched, g_ptr_array_index(query->groups, i)))
            missing |= group;
    }
    return missing;
}

static void
append_mark(GArray *marks, LtSpan mark)
{
    LtSpan *before = marks->len > 0 ? &g_array_index(marks, LtSpan, marks->len - 1) : NULL;

    if (before != NULL && mark.start <= before->start + before->length)
        before->length =
            MAX(before->start + before->length, mark.start + mark.length) - before->start;
    else
        g_array_append_val(marks, mark);
}

/* Marks in order and apart: overlapping hits grow together. Those between start and end, shifted. */
static GArray *
marks_between(const Passage *passage, const GArray *hits, guint start, guint end, guint shift)
{
    GArray *marks = g_array_new(FALSE, FALSE, sizeof(LtSpan));

    for (guint i = 0; i < hits->len; i++) {
        const Hit *hit = &g_array_index(hits, Hit, i);
        const LtFolded *last = token_at(passage, hit->first + hit->words - 1);
        guint from = token_at(passage, hit->first)->start;
        guint to = last->start + last->length;
        if (from >= start && to <= end)
            append_mark(marks, (LtSpan){from - start + shift, to - from});
    }
    return marks;
}

GArray *
lt_query_spans(const LtQuery *query, const char *text)
{
    g_auto(Looked) looked = {0};

    look(&looked, query, text);
    return marks_between(&looked.passage, looked.hits, 0, G_MAXUINT, 0);
}

static void
show(LtSnippet *snippet, const Passage *passage, const GArray *hits, guint from)
{
    guint n_tokens = passage->folded.n_tokens;
    guint first_hit = g_array_index(hits, Hit, from).first;
    guint first = first_hit > BEFORE_WORDS ? first_hit - BEFORE_WORDS : 0;
    guint last = MIN(first_hit + WINDOW_WORDS, n_tokens - 1);
    guint start = token_at(passage, first)->start;
    guint end = token_at(passage, last)->start + token_at(passage, last)->length;
    guint hit_start = token_at(passage, first_hit)->start;

    /* Words without blanks can be as long as a page. */
    if (hit_start - start > MAX_LENGTH / 2)
        start = hit_start;
    end = MIN(end, start + MAX_LENGTH);
    g_autofree char *text = slice(passage, start, end);
    g_strdelimit(text, "\n", ' ');

    g_free(snippet->text);
    snippet->text = g_strconcat(start > 0 ? "…" : "", text, last + 1 < n_tokens ? "…" : "", NULL);
    g_clear_pointer(&snippet->marks, g_array_unref);
    snippet->marks = marks_between(passage, hits, start, end, start > 0 ? 1 : 0);
}

void
lt_snippet_offer(LtSnippet *snippet, const LtQuery *query, guint page, const char *text)
{
    g_auto(Looked) looked = {0};
    guint score;

    look(&looked, query, text);
    guint best = best_window(looked.hits, &score);
    if (score <= snippet->score)
        return;
    snippet->score = score;
    snippet->page = page;
    show(snippet, &looked.passage, looked.hits, best);
}

void
lt_snippet_clear(LtSnippet *snippet)
{
    g_clear_pointer(&snippet->text, g_free);
    g_clear_pointer(&snippet->marks, g_array_unref);
}
