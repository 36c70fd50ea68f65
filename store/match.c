#include "store/match.h"

#include <string.h>

void
lt_match_add(GString *match, LtMatchJoin join, const char *expression)
{
    if (expression == NULL)
        return;
    if (match->len > 0)
        g_string_append(match, join == LT_MATCH_AND ? " AND " : " OR ");
    g_string_append_printf(match, "(%s)", expression);
}

void
lt_match_add_term(GString *match, LtMatchJoin join, LtTermKind kind, const char *word)
{
    g_autofree char *term = lt_term(kind, word);
    g_autofree char *quoted = g_strdup_printf("\"%s\"", term);

    lt_match_add(match, join, quoted);
}

char *
lt_match_take(GString *match)
{
    return g_string_free(match, match->len == 0);
}

static LtTermKind
pair_kind(LtTermKind kind)
{
    return kind == LT_TERM_WORD ? LT_TERM_PAIR : kind;
}

/* Words of fields have no pairs of their own: there each word counts, and they are neighbours
 * somewhere. */
static gboolean
has_pairs(LtTermKind kind)
{
    return kind != LT_TERM_FIELD && kind != LT_TERM_NOTATION;
}

/* A word with marks, as either custom writes it. */
static void
add_marked(GString *match, const char *word, gboolean prefix)
{
    g_autofree char *other = prefix ? NULL : lt_text_other_custom(word);
    g_autofree char *either = other != NULL ? g_strdup_printf("\"%s\" OR \"%s\"", word, other)
                                            : g_strdup_printf("\"%s\"%s", word, prefix ? " *" : "");

    lt_match_add(match, LT_MATCH_AND, either);
}

static void
add_quoted(GString *match, const char *term, gboolean prefix)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"%s", term, prefix ? " *" : "");

    lt_match_add(match, LT_MATCH_AND, quoted);
}

static char *
match_words(LtTermKind kind, const char *phrase, gboolean prefix)
{
    g_auto(GStrv) words = lt_term_words(phrase);
    GString *match = g_string_new(NULL);
    gboolean several = words[0] != NULL && words[1] != NULL;
    gboolean pairs = has_pairs(kind) && several;

    for (guint i = 0; words[i] != NULL; i++) {
        gboolean last = words[i + (pairs ? 2 : 1)] == NULL;
        g_autofree char *term =
            pairs ? lt_term_pair(pair_kind(kind), words[i], words[i + 1]) : lt_term(kind, words[i]);
        add_quoted(match, term, prefix && last);
        if (last)
            break;
    }
    if (several && kind == LT_TERM_FIELD) {
        g_autofree char *neighbours = match_words(LT_TERM_WORD, phrase, prefix);
        lt_match_add(match, LT_MATCH_AND, neighbours);
    }
    return lt_match_take(match);
}

/* Any of some phrases. */
static void
add_phrases(GString *match, LtTermKind kind, const GPtrArray *phrases, gboolean prefix)
{
    for (guint i = 0; i < phrases->len; i++) {
        g_autofree char *phrase = match_words(kind, g_ptr_array_index(phrases, i), prefix);
        lt_match_add(match, LT_MATCH_OR, phrase);
    }
}

char *
lt_match_phrase(LtTermKind kind, const char *words)
{
    g_autoptr(GPtrArray) spellings = lt_words_spellings(words, FALSE);
    GString *match = NULL;

    if (spellings->len == 1)
        return match_words(kind, words, FALSE);
    match = g_string_new(NULL);
    add_phrases(match, kind, spellings, FALSE);
    return lt_match_take(match);
}

static void
add_term(GString *match, const LtTerm *term, LtTermKind kind)
{
    add_phrases(match, kind, term->phrases, term->prefix);
    gboolean by_date = term->dates != NULL && (term->dated || kind == LT_TERM_FIELD);
    for (guint i = 0; by_date && i < term->dates->len; i++)
        lt_match_add_term(match, LT_MATCH_OR, LT_TERM_DATE, g_ptr_array_index(term->dates, i));
    for (guint i = 0; term->types != NULL && i < term->types->len; i++)
        lt_match_add_term(match, LT_MATCH_OR, LT_TERM_TYPE, g_ptr_array_index(term->types, i));
    for (guint i = 0; term->agencies != NULL && i < term->agencies->len; i++) {
        g_autofree char *agency =
            match_words(LT_TERM_ISSUER, g_ptr_array_index(term->agencies, i), FALSE);
        lt_match_add(match, LT_MATCH_OR, agency);
    }
}

static char *
match_group(const GPtrArray *group, LtTermKind kind)
{
    GString *any = g_string_new(NULL);

    for (guint i = 0; i < group->len; i++)
        add_term(any, g_ptr_array_index(group, i), kind);
    return lt_match_take(any);
}

/* A word that was typed again is asked for once. */
static char *
match_groups(const LtQuery *query, LtTermKind kind)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(g_free);
    GString *match = g_string_new(NULL);

    for (guint i = 0; i < query->groups->len; i++) {
        char *group = match_group(g_ptr_array_index(query->groups, i), kind);
        if (group != NULL && !g_ptr_array_find_with_equal_func(groups, group, g_str_equal, NULL)) {
            lt_match_add(match, LT_MATCH_AND, group);
            g_ptr_array_add(groups, group);
        } else {
            g_free(group);
        }
    }
    return lt_match_take(match);
}

char *
lt_match_words(const LtQuery *query)
{
    return match_groups(query, LT_TERM_WORD);
}

char *
lt_match_fields(const LtQuery *query)
{
    return match_groups(query, LT_TERM_FIELD);
}

char *
lt_match_fields_of(const LtQuery *query, guint64 groups)
{
    GString *match = g_string_new(NULL);

    for (guint i = 0; i < query->groups->len; i++) {
        g_autofree char *group =
            groups & G_GUINT64_CONSTANT(1) << i
                ? match_group(g_ptr_array_index(query->groups, i), LT_TERM_FIELD)
                : NULL;
        lt_match_add(match, LT_MATCH_OR, group);
    }
    return lt_match_take(match);
}

/* Words with the marks that were typed, and, where they are several, as neighbours: that holds those without
 * marks. */
static char *
match_marked(const LtTerm *term)
{
    g_auto(GStrv) words = lt_term_words(term->marked);
    GString *match = g_string_new(NULL);
    gboolean several = words[0] != NULL && words[1] != NULL;

    for (guint i = 0; words[i] != NULL; i++)
        if (!several || !g_str_is_ascii(words[i]))
            add_marked(match, words[i], term->prefix && words[i + 1] == NULL);
    if (several) {
        GString *any = g_string_new(NULL);
        add_phrases(any, LT_TERM_WORD, term->phrases, term->prefix);
        g_autofree char *pairs = lt_match_take(any);
        lt_match_add(match, LT_MATCH_AND, pairs);
    }
    return lt_match_take(match);
}

/* Groups in which a word without marks would do as well prove nothing, but they must be met. */
static char *
match_marked_group(const GPtrArray *group, gboolean *ret_proves)
{
    GString *match = g_string_new(NULL);
    gboolean all = TRUE;

    for (guint i = 0; i < group->len; i++)
        all = all && ((const LtTerm *)g_ptr_array_index(group, i))->marked != NULL;
    for (guint i = 0; i < group->len; i++) {
        const LtTerm *term = g_ptr_array_index(group, i);
        if (all) {
            g_autofree char *marked = match_marked(term);
            lt_match_add(match, LT_MATCH_OR, marked);
        } else {
            add_term(match, term, LT_TERM_WORD);
        }
    }
    *ret_proves = *ret_proves || all;
    return lt_match_take(match);
}

char *
lt_match_marks(const LtQuery *query)
{
    g_autoptr(GString) match = g_string_new(NULL);
    gboolean proves = FALSE;

    for (guint i = 0; i < query->groups->len; i++) {
        g_autofree char *group = match_marked_group(g_ptr_array_index(query->groups, i), &proves);
        lt_match_add(match, LT_MATCH_AND, group);
    }
    return proves ? lt_match_take(g_steal_pointer(&match)) : NULL;
}

/* The words of a group that is nothing but one sequence of whole words. */
static const char *
plain_words(const GPtrArray *group)
{
    const LtTerm *term = g_ptr_array_index(group, 0);

    return group->len == 1 && !term->prefix ? g_ptr_array_index(term->phrases, 0) : NULL;
}

static gboolean
is_number(const LtQuery *query, guint at)
{
    const GPtrArray *group = g_ptr_array_index(query->groups, at);

    return ((const LtTerm *)g_ptr_array_index(group, 0))->number;
}

/* The pair of the last word before and the first one after; NULL where it is none. */
static char *
junction(const LtQuery *query, guint at)
{
    const char *before = plain_words(g_ptr_array_index(query->groups, at));
    const char *after = plain_words(g_ptr_array_index(query->groups, at + 1));

    if (before == NULL || after == NULL)
        return NULL;
    const char *blank = strrchr(before, ' ');
    g_auto(GStrv) last = lt_term_words(blank != NULL ? blank + 1 : before);
    g_auto(GStrv) first = lt_term_words(after);
    if (last[0] == NULL || first[0] == NULL)
        return NULL;
    g_autofree char *both = g_strdup_printf(
        "%s %s", last[0], is_number(query, at + 1) ? LT_QUERY_NUMBER_WORD : first[0]);
    return lt_match_phrase(LT_TERM_WORD, both);
}

/* Whether the pair of a group and a neighbour holds all that is asked of the group: a word, and no number,
 * before which the pair has another word. */
static gboolean
is_in_pair(const LtQuery *query, guint at)
{
    const char *words = plain_words(g_ptr_array_index(query->groups, at));

    return words != NULL && strchr(words, ' ') == NULL && !is_number(query, at);
}

char *
lt_match_near(const LtQuery *query)
{
    g_autoptr(GString) match = g_string_new(NULL);
    guint n = query->groups->len;
    gboolean any = FALSE;
    gboolean before = FALSE; /* this group is in a pair with the one before */

    for (guint i = 0; i < n; i++) {
        g_autofree char *pair = i + 1 < n ? junction(query, i) : NULL;
        lt_match_add(match, LT_MATCH_AND, pair);
        if ((pair == NULL && !before) || !is_in_pair(query, i)) {
            g_autofree char *group = match_group(g_ptr_array_index(query->groups, i), LT_TERM_WORD);
            lt_match_add(match, LT_MATCH_AND, group);
        }
        any = any || pair != NULL;
        before = pair != NULL;
    }
    return any ? lt_match_take(g_steal_pointer(&match)) : NULL;
}

char *
lt_match_beside(const LtQuery *query, guint at)
{
    g_autofree char *before = at > 0 ? junction(query, at - 1) : NULL;
    g_autofree char *after = at + 1 < query->groups->len ? junction(query, at) : NULL;
    GString *match = g_string_new(NULL);

    lt_match_add(match, LT_MATCH_AND, before);
    lt_match_add(match, LT_MATCH_AND, after);
    return lt_match_take(match);
}

#define FEWEST_PAIRS 3u /* that must be left where one word is left out */
#define MOST_WORDS 12u

char *
lt_match_almost(const LtQuery *query)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) match = g_string_new(NULL);
    guint n = query->groups->len;

    for (guint i = 0; i + 1 < n && n <= MOST_WORDS; i++) {
        char *pair = junction(query, i);
        if (pair == NULL)
            return NULL;
        g_ptr_array_add(pairs, pair);
    }
    for (guint left_out = 0; left_out < n && pairs->len > FEWEST_PAIRS; left_out++) {
        g_autoptr(GString) others = g_string_new(NULL);
        guint left = 0;
        for (guint i = 0; i < pairs->len; i++) {
            if (i == left_out || i + 1 == left_out)
                continue;
            lt_match_add(others, LT_MATCH_AND, g_ptr_array_index(pairs, i));
            left++;
        }
        if (left >= FEWEST_PAIRS)
            lt_match_add(match, LT_MATCH_OR, others->str);
    }
    return lt_match_take(g_steal_pointer(&match));
}

#define FEWEST_IN_FIELDS 3u /* words, where one is left out */

char *
lt_match_almost_fields(const LtQuery *query)
{
    GString *match = g_string_new(NULL);
    guint n = query->groups->len;

    for (guint left_out = 0; left_out < n && n > FEWEST_IN_FIELDS && n <= MOST_WORDS; left_out++) {
        g_autoptr(GString) others = g_string_new(NULL);
        for (guint i = 0; i < n; i++) {
            g_autofree char *group =
                i != left_out ? match_group(g_ptr_array_index(query->groups, i), LT_TERM_FIELD)
                              : NULL;
            lt_match_add(others, LT_MATCH_AND, group);
        }
        lt_match_add(match, LT_MATCH_OR, others->str);
    }
    return lt_match_take(match);
}

/* A word typed with marks leaves out only those with them: -sở leaves "số" alone. */
char *
lt_match_excluded(const LtQuery *query)
{
    GString *match = g_string_new(NULL);

    for (guint i = 0; i < query->excluded->len; i++) {
        const LtTerm *term = g_ptr_array_index(query->excluded, i);
        g_autofree char *marked = term->marked != NULL ? match_marked(term) : NULL;
        if (marked != NULL)
            lt_match_add(match, LT_MATCH_OR, marked);
        else
            add_term(match, term, LT_TERM_WORD);
    }
    return lt_match_take(match);
}

char *
lt_match_issued(const LtQuery *query)
{
    GString *match = g_string_new(NULL);

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++) {
            const LtTerm *term = g_ptr_array_index(group, j);
            for (guint k = 0; term->dates != NULL && k < term->dates->len; k++)
                lt_match_add_term(match, LT_MATCH_OR, LT_TERM_DATE,
                                  g_ptr_array_index(term->dates, k));
        }
    }
    return lt_match_take(match);
}

char *
lt_match_number_terms(const LtQuery *query, LtTermKind kind)
{
    GString *match = g_string_new(NULL);

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++) {
            const LtTerm *term = g_ptr_array_index(group, j);
            g_auto(LtNumberKeys) keys = {0};
            lt_number_keys_init(&keys, g_ptr_array_index(term->phrases, 0));
            if (keys.key != NULL && strpbrk(keys.key, "0123456789") != NULL &&
                (kind != LT_TERM_CODE || term->number))
                lt_match_add_term(match, LT_MATCH_OR, kind, keys.key);
        }
    }
    return lt_match_take(match);
}

/* "2020/nd-cp": the notation with its year. */
static char *
match_series(const LtNumberKeys *keys)
{
    GString *match = g_string_new(NULL);

    lt_match_add_term(match, LT_MATCH_AND, LT_TERM_SERIES, keys->notation);
    if (keys->notation_words != NULL) {
        g_autofree char *words = match_words(LT_TERM_NOTATION, keys->notation_words, FALSE);
        lt_match_add(match, LT_MATCH_AND, words);
    }
    return lt_match_take(match);
}

void
lt_match_own_number(GString *match, const LtNumberKeys *keys)
{
    if (keys->key == NULL)
        return;
    g_autofree char *series = match_series(keys);
    gsize digits = strspn(keys->key, "0123456789");
    lt_match_add(match, LT_MATCH_OR, series);
    if (strpbrk(keys->key, "0123456789") == NULL) /* a number has some */
        return;
    lt_match_add_term(match, LT_MATCH_OR, LT_TERM_KEY, keys->key);
    lt_match_add_term(match, LT_MATCH_OR, LT_TERM_CODE, keys->key);
    if (digits > 0 && keys->key[digits] != '\0') {
        g_autofree char *term = lt_term(LT_TERM_KEY, keys->key);
        g_autofree char *begun = g_strdup_printf("\"%s\" *", term);
        lt_match_add(match, LT_MATCH_OR, begun);
    }
}
