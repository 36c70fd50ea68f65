#include "ingest/fields/agreement.h"

#include <string.h>

#define MAX_WORDS 20000u /* of the body that are looked at */
#define TRUSTED 75u      /* confidence of words that tell how others are spelt */

/* A pair of words as the body spells it, in small letters. */
typedef struct {
    char *first, *second;
    guint times;
} Spelling;

struct LtAgreement {
    GHashTable *pairs; /* both words folded, parted by a blank -> GPtrArray of Spelling */
};

static void
spelling_free(gpointer data)
{
    Spelling *spelling = data;
    g_free(spelling->first);
    g_free(spelling->second);
    g_free(spelling);
}

/* Where the word's letters begin and end: "tế,” is tế. FALSE where it has none. */
static gboolean
find_core(const char *word, const char **ret_start, const char **ret_end)
{
    const char *start = word, *end = word + strlen(word);
    while (*start && !g_unichar_isalpha(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start && !g_unichar_isalpha(g_utf8_get_char(g_utf8_prev_char(end))))
        end = g_utf8_prev_char(end);
    *ret_start = start;
    *ret_end = end;
    return end > start;
}

/* In small letters. (transfer full) (nullable) */
static char *
dup_core(const char *word)
{
    const char *start, *end;
    return word && find_core(word, &start, &end) ? g_utf8_strdown(start, (gssize)(end - start))
                                                 : NULL;
}

static char *
dup_key(const char *first, const char *second)
{
    g_autofree char *both = g_strconcat(first, " ", second, NULL);
    return lt_text_fold(both);
}

static void
add_pair(LtAgreement *agreement, const char *first, const char *second)
{
    char *key = dup_key(first, second);
    GPtrArray *list = g_hash_table_lookup(agreement->pairs, key);
    if (!list) {
        list = g_ptr_array_new_with_free_func(spelling_free);
        g_hash_table_insert(agreement->pairs, key, list);
    } else
        g_free(key);
    for (guint i = 0; i < list->len; i++) {
        Spelling *known = g_ptr_array_index(list, i);
        if (g_str_equal(known->first, first) && g_str_equal(known->second, second)) {
            known->times++;
            return;
        }
    }
    Spelling *new = g_new0(Spelling, 1);
    *new = (Spelling){g_strdup(first), g_strdup(second), 1};
    g_ptr_array_add(list, new);
}

static void
add_name(LtAgreement *agreement, const char *name)
{
    g_auto(GStrv) words = g_strsplit(name ? name : "", " ", -1);
    for (guint i = 0; words[0] && words[i + 1]; i++) {
        g_autofree char *first = dup_core(words[i]), *second = dup_core(words[i + 1]);
        if (first && second)
            add_pair(agreement, first, second);
    }
}

/* *last: the word before, NULL where it cannot be trusted; the line's last one then. */
static void
add_line(LtAgreement *agreement, const LtReading *reading, const LtLine *line, char **last)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    for (guint w = line->first; w < line->first + line->n; w++) {
        const LtWord *word = &page->words[w];
        g_autofree char *text = lt_text_slice(page->text, word->start, word->start + word->length);
        char *core = word->confidence >= TRUSTED ? dup_core(text) : NULL;
        if (*last && core)
            add_pair(agreement, *last, core);
        g_free(*last);
        *last = core;
    }
}

LtAgreement *
lt_agreement_new(const LtReading *reading)
{
    LtAgreement *agreement = g_new0(LtAgreement, 1);
    g_autofree char *last = NULL;
    guint words = 0;
    agreement->pairs =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < reading->lines->len && words < MAX_WORDS; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->zone != LT_ZONE_BODY)
            continue;
        add_line(agreement, reading, line, &last);
        words += line->n;
    }
    add_name(agreement, reading->record->fields[LT_FIELD_ISSUER].value);
    return agreement;
}

void
lt_agreement_free(LtAgreement *agreement)
{
    if (!agreement)
        return;
    g_hash_table_unref(agreement->pairs);
    g_free(agreement);
}

static const GPtrArray *
look_up(const LtAgreement *agreement, const char *first, const char *second)
{
    if (!first || !second)
        return NULL;
    g_autofree char *key = dup_key(first, second);
    return g_hash_table_lookup(agreement->pairs, key);
}

gboolean
lt_agreement_has(const LtAgreement *agreement, const char *word, const char *next)
{
    g_autofree char *first = dup_core(word), *second = dup_core(next);
    const GPtrArray *list = look_up(agreement, first, second);
    for (guint i = 0; list && i < list->len; i++) {
        const Spelling *known = g_ptr_array_index(list, i);
        if (g_str_equal(known->first, first) && g_str_equal(known->second, second))
            return TRUE;
    }
    return FALSE;
}

/* How often the body spells a word so beside its neighbours. */
static void
count_votes(GHashTable *votes, const GPtrArray *list, gboolean second)
{
    for (guint i = 0; list && i < list->len; i++) {
        const Spelling *known = g_ptr_array_index(list, i);
        char *spelt = second ? known->second : known->first;
        guint times = GPOINTER_TO_UINT(g_hash_table_lookup(votes, spelt));
        g_hash_table_insert(votes, spelt, GUINT_TO_POINTER(times + known->times));
    }
}

/* The spelling with most votes; NULL where the word is spelt so somewhere, or no other has more. */
static const char *
best_spelling(GHashTable *votes, const char *core)
{
    GHashTableIter iterator;
    gpointer spelt, times;
    const char *best = NULL;
    guint most = 0;
    if (g_hash_table_contains(votes, core))
        return NULL;
    g_hash_table_iter_init(&iterator, votes);
    while (g_hash_table_iter_next(&iterator, &spelt, &times)) {
        guint count = GPOINTER_TO_UINT(times);
        if (count >= most) {
            best = count == most ? NULL : spelt;
            most = count;
        }
    }
    return best && g_utf8_strlen(best, -1) == g_utf8_strlen(core, -1) ? best : NULL;
}

/* Appends the word with its letters spelt so, capitals kept. */
static void
append_spelt(GString *text, const char *word, const char *spelling)
{
    const char *start, *end;
    find_core(word, &start, &end);
    g_string_append_len(text, word, (gssize)(start - word));
    for (; start < end; start = g_utf8_next_char(start), spelling = g_utf8_next_char(spelling)) {
        gunichar letter = g_utf8_get_char(spelling);
        gboolean capital = g_unichar_isupper(g_utf8_get_char(start));
        g_string_append_unichar(text, capital ? g_unichar_toupper(letter) : letter);
    }
    g_string_append(text, end);
}

static gboolean
is_small_syllable(const char *word, gsize bytes)
{
    g_autofree char *part = g_strndup(word, bytes);
    guint letters;
    return lt_text_is_syllable(part) && lt_text_capitals(part, &letters) == 0 &&
           letters == (guint)g_utf8_strlen(part, -1);
}

/* Vietnamese joins no small words with dashes: "bổ-sung" is two words and a speck. (transfer full) */
static char *
dup_without_specks(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++) {
        char *dash = strchr(*word, '-');
        gsize tail = dash ? strcspn(dash + 1, ".,;:") : 0;
        if (dash && is_small_syllable(*word, (gsize)(dash - *word)) &&
            is_small_syllable(dash + 1, tail))
            *dash = ' ';
    }
    return g_strjoinv(" ", words);
}

char *
lt_agreement_spell(const LtAgreement *agreement, const char *text)
{
    g_autofree char *clean = dup_without_specks(text);
    g_auto(GStrv) words = g_strsplit(clean, " ", -1);
    g_autoptr(GPtrArray) cores = g_ptr_array_new_with_free_func(g_free);
    GString *spelt = g_string_new(NULL);
    for (char **word = words; *word; word++)
        g_ptr_array_add(cores, dup_core(*word));
    for (guint i = 0; words[i]; i++) {
        g_autoptr(GHashTable) votes = g_hash_table_new(g_str_hash, g_str_equal);
        const char *core = g_ptr_array_index(cores, i);
        if (i > 0)
            count_votes(votes, look_up(agreement, g_ptr_array_index(cores, i - 1), core), TRUE);
        if (words[i + 1])
            count_votes(votes, look_up(agreement, core, g_ptr_array_index(cores, i + 1)), FALSE);
        const char *best = core ? best_spelling(votes, core) : NULL;
        if (i > 0)
            g_string_append_c(spelt, ' ');
        if (best)
            append_spelt(spelt, words[i], best);
        else
            g_string_append(spelt, words[i]);
    }
    return g_string_free(spelt, FALSE);
}
