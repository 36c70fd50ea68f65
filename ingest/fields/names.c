/* Persons' names as recognition leaves them: put right towards surnames.tsv and givennames.tsv, where it is clear. */
#include <string.h>

#include "ingest/fields/reading.h"

#define UNHEARD 0.85 /* left of a name that begins with no family's */
#define MENDED 0.8   /* share of confidence left where marks were put right */
#define COMMONEST 40 /* rows at the head of the table: nine in ten persons bear one of these */
#define SHORTEST_SURNAME 4 /* letters of one of which one may be misread */

gboolean
lt_name_is_whole(const char *name)
{
    const char *blank = strchr(name, ' ');
    return blank && strchr(blank + 1, ' ');
}

/* By how many letters and marks two syllables differ, at most limit + 1. */
static guint
mark_distance(const char *a, const char *b, guint limit)
{
    g_autofree char *x = g_utf8_normalize(a, -1, G_NORMALIZE_NFD);
    g_autofree char *y = g_utf8_normalize(b, -1, G_NORMALIZE_NFD);
    return lt_text_distance(x, y, limit);
}

/* The family name that a syllable stands for: its letters, or all but one, and of several the one with the nearest
 * marks, a common one before a rare; itself where it is one. *ret_wrong: its letters that are. (nullable) */
static const char *
known_surname(const LtRules *rules, const char *syllable, guint *ret_wrong)
{
    g_autofree char *letters = lt_text_letters(syllable);
    const char *found = NULL;
    gboolean several = FALSE;
    guint limit = strlen(letters) >= SHORTEST_SURNAME ? 1 : 0;
    guint best = limit + 1, best_marks = 0, at = 0;
    for (guint i = 0; i < rules->surnames->len; i++) {
        const LtPhrase *surname = g_ptr_array_index(rules->surnames, i);
        *ret_wrong = 0;
        if (g_str_equal(surname->name, syllable))
            return surname->name;
        guint wrong = lt_text_distance(letters, surname->key, limit);
        guint marks = wrong <= best ? mark_distance(syllable, surname->name, 8) : 0;
        if (wrong > limit || wrong > best || (wrong == best && marks > best_marks))
            continue;
        gboolean tie = wrong == best && marks == best_marks;
        if (tie && at < COMMONEST && i >= COMMONEST)
            continue;
        several = tie;
        at = i;
        found = surname->name;
        best = wrong;
        best_marks = marks;
    }
    *ret_wrong = best;
    return several ? NULL : found;
}

/* The one syllable of given names that differs in a letter or mark. (nullable) */
static const char *
known_given(const LtRules *rules, const char *syllable)
{
    const char *found = NULL;
    for (guint i = 0; i < rules->given_names->len; i++) {
        const LtPhrase *given = g_ptr_array_index(rules->given_names, i);
        if (mark_distance(syllable, given->name, 1) > 1)
            continue;
        if (found)
            return NULL;
        found = given->name;
    }
    return found;
}

/* A name must begin with a family's. Of two syllables the first may be a given name's: what was before it is
 * lost. */
static double
settle_surname(const LtRules *rules, char **words)
{
    guint wrong;
    const char *surname = known_surname(rules, words[0], &wrong);
    if (surname && g_str_equal(surname, words[0]))
        return 1;
    if (!surname || !words[1] || !words[2])
        return UNHEARD;
    g_free(words[0]);
    words[0] = g_strdup(surname);
    return wrong ? MENDED * MENDED : MENDED;
}

double
lt_name_settle(const LtRules *rules, char **name)
{
    g_auto(GStrv) words = g_strsplit(*name, " ", -1);
    if (!words[0] || !words[1])
        return 1;
    double left = settle_surname(rules, words);
    for (guint i = 1; words[i]; i++) {
        const char *given = lt_text_is_syllable(words[i]) ? NULL : known_given(rules, words[i]);
        if (!given)
            continue;
        g_free(words[i]);
        words[i] = g_strdup(given);
        left *= MENDED;
    }
    g_free(*name);
    *name = g_strjoinv(" ", words);
    return left;
}

char *
lt_name_part(const char *text)
{
    GString *parted = g_string_new(NULL);
    gunichar before = 0;
    while (*text && !g_unichar_isalpha(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p), next = g_utf8_get_char(g_utf8_next_char(p));
        gboolean inner = g_unichar_isupper(c) && g_unichar_isalpha(before);
        /* AVinh is A and Vinh; LÊ is one word. */
        if (inner && g_unichar_islower(next))
            g_string_append_c(parted, ' ');
        g_string_append_unichar(parted, c);
        before = c;
    }
    return g_string_free(parted, FALSE);
}
