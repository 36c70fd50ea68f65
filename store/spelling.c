/* Other spellings for a query that finds nothing: words one letter away that stand beside the other
 * words in some document; where there are none, the query without the word that no document has. */
#include "store/search.h"

#include <string.h>

#define SHORTEST_WORD 3u /* letters; shorter words are one letter from too many others */
#define LONGEST_WORD 24u
#define MOST_UNKNOWN 3u /* words put right at the same time */
#define MOST_WORDS 12u  /* of a query that is tried */
#define COUNTED 50      /* documents that tell one spelling from another */

static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

typedef struct {
    LtStore *store;
    const LtPlan *plan;
    GError **error;
    gboolean failed;
} Mender;

/* --- asking the index --- */

static guint
count(Mender *mender, const char *match)
{
    g_autoptr(GString) all = g_string_new(NULL);

    if (mender->failed || match == NULL)
        return 0;
    lt_match_add(all, LT_MATCH_AND, match);
    lt_match_add(all, LT_MATCH_AND, mender->plan->narrow);
    g_autoptr(GArray) ids =
        lt_rank_ids(mender->store, all->str, mender->plan->newest, COUNTED, mender->error);
    mender->failed = ids == NULL;
    return ids != NULL ? ids->len : 0;
}

static guint
count_words(Mender *mender, const LtQuery *query)
{
    g_autofree char *match = lt_match_words(query);

    return count(mender, match);
}

/* Side by side says more than somewhere in the same document. */
static guint
count_best(Mender *mender, const LtQuery *query)
{
    g_autofree char *near = lt_match_near(query);
    guint n = count(mender, near);

    return n > 0 ? COUNTED + n : count_words(mender, query);
}

static gboolean
is_known(Mender *mender, const char *word)
{
    g_autofree char *match = lt_match_phrase(LT_TERM_WORD, word);
    g_autoptr(GArray) ids =
        lt_rank_ids(mender->store, match, mender->plan->newest, 1, mender->error);

    mender->failed = mender->failed || ids == NULL;
    return ids == NULL || ids->len > 0;
}

/* --- words one letter away --- */

static void
add_spelling(GPtrArray *spellings, const char *word, GString *spelling, gboolean syllables)
{
    if (strcmp(spelling->str, word) != 0 && (!syllables || lt_text_is_syllable(spelling->str)) &&
        !g_ptr_array_find_with_equal_func(spellings, spelling->str, g_str_equal, NULL))
        g_ptr_array_add(spellings, g_strdup(spelling->str));
}

/* The blank between two syllables was forgotten. */
static void
add_parted(GPtrArray *spellings, const char *word)
{
    for (gsize i = 1; word[i] != '\0'; i++) {
        g_autofree char *first = g_strndup(word, i);
        if (lt_text_is_syllable(first) && lt_text_is_syllable(word + i))
            g_ptr_array_add(spellings, g_strdup_printf("%s %s", first, word + i));
    }
}

/* One letter too many, wrong, missing, or two that changed places; or two words in one. Of char *. */
static GPtrArray *
spellings_of(const char *word, gboolean syllables)
{
    GPtrArray *spellings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) spelling = g_string_new(NULL);
    gsize length = strlen(word);

    for (gsize i = 0; i <= length; i++) {
        g_string_assign(spelling, word);
        if (i < length) {
            g_string_erase(spelling, (gssize)i, 1);
            add_spelling(spellings, word, spelling, syllables);
        }
        for (const char *letter = letters; *letter != '\0'; letter++) {
            g_string_assign(spelling, word);
            g_string_insert_c(spelling, (gssize)i, *letter);
            add_spelling(spellings, word, spelling, syllables);
            if (i == length)
                continue;
            g_string_assign(spelling, word);
            spelling->str[i] = *letter;
            add_spelling(spellings, word, spelling, syllables);
        }
        if (i + 1 < length) {
            g_string_assign(spelling, word);
            spelling->str[i] = word[i + 1];
            spelling->str[i + 1] = word[i];
            add_spelling(spellings, word, spelling, syllables);
        }
    }
    add_parted(spellings, word);
    return spellings;
}

static LtTerm *
first_term(const LtQuery *query, guint at)
{
    const GPtrArray *group = g_ptr_array_index(query->groups, at);

    return g_ptr_array_index(group, 0);
}

static gboolean
is_none(const GPtrArray *names)
{
    return names == NULL || names->len == 0;
}

/* Whether a group is one word of letters, and no letters that stand for an agency, a type or a date. */
static gboolean
is_single_word(const LtQuery *query, guint at)
{
    const GPtrArray *group = g_ptr_array_index(query->groups, at);
    const LtTerm *term = first_term(query, at);
    const char *word = g_ptr_array_index(term->phrases, 0);
    gsize length = strlen(word);

    return group->len == 1 && !term->prefix && is_none(term->agencies) && is_none(term->types) &&
           term->dates == NULL && length >= SHORTEST_WORD && length <= LONGEST_WORD &&
           strspn(word, letters) == length;
}

static void
set_phrases(LtTerm *term, GPtrArray *phrases)
{
    g_ptr_array_unref(term->phrases);
    term->phrases = phrases;
}

static void
set_phrase(LtTerm *term, const char *phrase)
{
    GPtrArray *phrases = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(phrases, g_strdup(phrase));
    set_phrases(term, phrases);
}

/* How well a group stands beside the others: all of them side by side, it beside its neighbours, all somewhere
 * in the same document. */
static guint
count_beside(Mender *mender, const LtQuery *query, guint at)
{
    guint somewhere = count_words(mender, query);
    g_autofree char *words = somewhere > 0 ? lt_match_words(query) : NULL;
    g_autofree char *near = somewhere > 0 ? lt_match_near(query) : NULL;
    g_autofree char *beside = somewhere > 0 ? lt_match_beside(query, at) : NULL;
    g_autoptr(GString) both = g_string_new(NULL);
    guint n = count(mender, near);

    if (n > 0)
        return 2 * COUNTED + n;
    lt_match_add(both, LT_MATCH_AND, words);
    lt_match_add(both, LT_MATCH_AND, beside);
    n = beside != NULL ? count(mender, both->str) : 0;
    return n > 0 ? COUNTED + n : somewhere;
}

/* Of the term's spellings, the one that stands best beside the other words. */
static void
choose(Mender *mender, const LtQuery *query, guint at)
{
    LtTerm *term = first_term(query, at);
    g_autoptr(GPtrArray) spellings = g_ptr_array_ref(term->phrases);
    const char *best = g_ptr_array_index(spellings, 0);
    guint most = 0;

    for (guint i = 0; i < spellings->len && !mender->failed; i++) {
        set_phrase(term, g_ptr_array_index(spellings, i));
        guint n = count_beside(mender, query, at);
        if (n > most) {
            most = n;
            best = g_ptr_array_index(spellings, i);
        }
    }
    set_phrase(term, best);
    g_free(term->typed);
    term->typed = g_strdup(best);
    g_clear_pointer(&term->marked, g_free);
    g_clear_pointer(&term->agencies, g_ptr_array_unref);
}

static const char *
word_at(const LtQuery *query, guint at)
{
    return g_ptr_array_index(first_term(query, at)->phrases, 0);
}

/* Tries other spellings of these groups at the same time; they keep them where that finds something. */
static gboolean
respell(Mender *mender, const LtQuery *query, const guint *groups, guint n, gboolean syllables)
{
    g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    gboolean any = TRUE;

    for (guint i = 0; i < n; i++) {
        GPtrArray *spellings = spellings_of(word_at(query, groups[i]), syllables);
        g_ptr_array_add(before, g_ptr_array_ref(first_term(query, groups[i])->phrases));
        any = any && spellings->len > 0;
        set_phrases(first_term(query, groups[i]), spellings);
    }
    if (any && count_words(mender, query) > 0) {
        for (guint i = 0; i < n; i++)
            choose(mender, query, groups[i]);
        return TRUE;
    }
    for (guint i = 0; i < n; i++)
        set_phrases(first_term(query, groups[i]), g_ptr_array_ref(g_ptr_array_index(before, i)));
    return FALSE;
}

/* --- the whole query --- */

/* Words that no document has are wrong; where all are known, any one of them may be. */
static gboolean
mend_words(Mender *mender, const LtQuery *query, gboolean only_unknown)
{
    guint unknown[MOST_UNKNOWN];
    guint n = 0;

    for (guint i = 0; i < query->groups->len; i++) {
        if (!is_single_word(query, i) || (only_unknown && first_term(query, i)->quoted) ||
            is_known(mender, word_at(query, i)))
            continue;
        if (n == MOST_UNKNOWN)
            return FALSE;
        unknown[n++] = i;
    }
    if (n > 0)
        return respell(mender, query, unknown, n, TRUE) ||
               respell(mender, query, unknown, n, FALSE);
    if (only_unknown)
        return FALSE;
    for (guint i = 0; i < query->groups->len && query->groups->len > 1; i++)
        if (is_single_word(query, i) && respell(mender, query, &i, 1, TRUE))
            return TRUE;
    return FALSE;
}

/* How much speaks for leaving out a group: the fields have the others, they stand side by side, some
 * document has them. */
static guint
count_without(Mender *mender, LtQuery *query, guint at)
{
    GPtrArray *group = g_ptr_array_steal_index(query->groups, at);
    g_autofree char *fields = lt_match_fields(query);
    guint n = count_words(mender, query);

    if (n > 0)
        n = count_best(mender, query) + (count(mender, fields) > 0 ? 2 * COUNTED : 0);
    g_ptr_array_insert(query->groups, (gint)at, group);
    return n;
}

static gboolean
leave_one_out(Mender *mender, LtQuery *query)
{
    guint best = 0, most = 0;

    for (guint i = 0; i < query->groups->len && query->groups->len > 2; i++) {
        guint n = count_without(mender, query, i);
        if (n > most) {
            most = n;
            best = i;
        }
    }
    if (most > 0)
        g_ptr_array_remove_index(query->groups, best);
    return most > 0;
}

static void
append_term(GString *typed, const char *before, const LtTerm *term)
{
    gboolean apart = term->number && g_ascii_isdigit(term->typed[0]); /* the word stood before it */

    g_string_append_printf(typed, "%s%s%s%s%s%s%s", typed->len > 0 ? " " : "", before,
                           apart ? LT_QUERY_NUMBER_WORD " " : "", term->quoted ? "\"" : "",
                           term->typed, term->quoted ? "\"" : "", term->prefix ? "*" : "");
}

/* The words as a person would have typed them. */
static char *
words_typed(const LtQuery *query)
{
    GString *typed = g_string_new(NULL);

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++)
            append_term(typed, j > 0 ? "OR " : "", g_ptr_array_index(group, j));
    }
    for (guint i = 0; i < query->excluded->len; i++)
        append_term(typed, "-", g_ptr_array_index(query->excluded, i));
    return g_string_free(typed, FALSE);
}

static char *
with_filters(const char *words, const LtQuery *query)
{
    GString *typed = g_string_new(words);

    for (guint i = 0; i < query->filters->len; i++) {
        const LtFilter *filter = g_ptr_array_index(query->filters, i);
        if (!filter->option)
            g_string_append_printf(typed, " %s", filter->typed);
    }
    return g_string_free(typed, FALSE);
}

LtQuery *
lt_spelling_mend(LtStore *store, const LtPlan *plan, gboolean only_unknown, char **ret_typed,
                 GError **error)
{
    Mender mender = {.store = store, .plan = plan, .error = error};
    g_autofree char *before = words_typed(plan->query);
    g_autoptr(LtQuery) query = lt_query_parse(before);

    if (query->groups->len > MOST_WORDS || !lt_agency_extend(store, query, error) ||
        (!mend_words(&mender, query, only_unknown) &&
         (only_unknown || !leave_one_out(&mender, query))) ||
        mender.failed)
        return NULL;
    g_autofree char *words = words_typed(query);
    g_autoptr(LtQuery) mended = lt_query_parse(words);
    g_ptr_array_unref(mended->filters);
    mended->filters = g_ptr_array_ref(plan->query->filters);
    if (!lt_agency_extend(store, mended, error))
        return NULL;
    *ret_typed = with_filters(words, mended);
    return g_steal_pointer(&mended);
}
