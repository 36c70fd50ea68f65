/* The passage that shows why a document was found. Folding keeps the place of every code point, so
 * hits found in folded text are marked in the original. */
#include "store/hits.h"

#include <string.h>

#define BEFORE_WORDS 8u /* shown before the first hit */
#define MAX_LENGTH 400u /* code points shown */

/* Code points [start, end) of the original. (transfer full) */
static char *
slice(const LtPassage *passage, guint start, guint end)
{
    return g_utf8_substring(passage->text, (glong)start, (glong)end);
}

gboolean
lt_query_hits(const LtQuery *query, const char *text)
{
    g_auto(LtLooked) looked = {0};

    lt_look(&looked, query, text);
    return looked.hits->len > 0;
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
marks_between(const LtPassage *passage, const GArray *hits, guint start, guint end, guint shift)
{
    GArray *marks = g_array_new(FALSE, FALSE, sizeof(LtSpan));

    for (guint i = 0; i < hits->len; i++) {
        const LtQueryHit *hit = &g_array_index(hits, LtQueryHit, i);
        const LtFolded *last = lt_passage_token(passage, hit->first + hit->words - 1);
        guint from = lt_passage_token(passage, hit->first)->start;
        guint to = last->start + last->length;
        if (from >= start && to <= end)
            append_mark(marks, (LtSpan){from - start + shift, to - from});
    }
    return marks;
}

GArray *
lt_query_spans(const LtQuery *query, const char *text)
{
    g_auto(LtLooked) looked = {0};

    lt_look(&looked, query, text);
    return marks_between(&looked.passage, looked.hits, 0, G_MAXUINT, 0);
}

static void
show(LtSnippet *snippet, const LtPassage *passage, const GArray *hits, guint from)
{
    guint n_tokens = passage->folded.n_tokens;
    guint first_hit = g_array_index(hits, LtQueryHit, from).first;
    guint first = first_hit > BEFORE_WORDS ? first_hit - BEFORE_WORDS : 0;
    guint last = MIN(first_hit + LT_LOOK_WINDOW, n_tokens - 1);
    guint start = lt_passage_token(passage, first)->start;
    guint end = lt_passage_token(passage, last)->start + lt_passage_token(passage, last)->length;
    guint hit_start = lt_passage_token(passage, first_hit)->start;

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
    g_auto(LtLooked) looked = {0};
    guint score;

    lt_look(&looked, query, text);
    guint best = lt_look_best(looked.hits, &score);
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
