/* Words: runs of letters and digits, as SQLite's tokenizer unicode61 cuts them, and the comparison
 * keys made of them. */
#include "store/private.h"

#include <string.h>

/* A combining mark continues a word but begins none. */
static gboolean
in_word(gunichar c, gboolean begun)
{
    return g_unichar_isalnum(c) || (begun && g_unichar_ismark(c));
}

GArray *
lt_words_find(const char *text)
{
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(LtToken));
    LtToken token = {0};
    guint position = 0;
    const char *p = text;

    for (;; p = g_utf8_next_char(p), position++) {
        gunichar c = *p != '\0' ? g_utf8_get_char(p) : 0;
        if (c != 0 && in_word(c, token.length > 0)) {
            if (token.length++ == 0) {
                token.offset = (gsize)(p - text);
                token.start = position;
            }
            continue;
        }
        if (token.length > 0) {
            token.bytes = (gsize)(p - text) - token.offset;
            g_array_append_val(tokens, token);
            token.length = 0;
        }
        if (c == 0)
            return tokens;
    }
}

char *
lt_words_join(const char *text)
{
    g_autoptr(GArray) tokens = lt_words_find(text);
    GString *joined = g_string_new(NULL);

    for (guint i = 0; i < tokens->len; i++) {
        const LtToken *token = &g_array_index(tokens, LtToken, i);
        if (i > 0)
            g_string_append_c(joined, ' ');
        g_string_append_len(joined, text + token->offset, (gssize)token->bytes);
    }
    return g_string_free(joined, FALSE);
}

char *
lt_words_key(const char *text)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_autofree char *folded = lt_text_fold(canonical);

    return lt_words_join(folded);
}

#define MOST_CHANGED 3u /* syllables of one text, so that it has at most eight spellings */

GPtrArray *
lt_words_spellings(const char *words, gboolean but_last)
{
    GPtrArray *spellings = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(words, " ", -1);
    guint changed = 0;

    g_ptr_array_add(spellings, g_strdup(words));
    for (guint i = 0; parts[i] != NULL && changed < MOST_CHANGED; i++) {
        g_autofree char *other =
            but_last && parts[i + 1] == NULL ? NULL : lt_text_other_custom(parts[i]);
        if (other == NULL)
            continue;
        guint n = spellings->len;
        for (guint k = 0; k < n; k++) {
            g_auto(GStrv) others = g_strsplit(g_ptr_array_index(spellings, k), " ", -1);
            g_free(others[i]);
            others[i] = g_strdup(other);
            g_ptr_array_add(spellings, g_strjoinv(" ", others));
        }
        changed++;
    }
    return spellings;
}

static gboolean
is_same_but_custom(const char *word, const char *other)
{
    g_autofree char *custom = strcmp(word, other) != 0 ? lt_text_other_custom(word) : NULL;

    return strcmp(custom != NULL ? custom : word, other) == 0;
}

gboolean
lt_words_same_but_custom(const char *words, const char *others)
{
    g_auto(GStrv) left = g_strsplit(words, " ", -1);
    g_auto(GStrv) right = g_strsplit(others, " ", -1);
    guint i = 0;

    while (left[i] != NULL && right[i] != NULL && is_same_but_custom(left[i], right[i]))
        i++;
    return left[i] == NULL && right[i] == NULL;
}

char *
lt_words_drop_zeros(const char *text)
{
    GString *kept = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p++) {
        gboolean begins = p == text || !g_ascii_isdigit(p[-1]);
        while (begins && *p == '0' && g_ascii_isdigit(p[1]))
            p++;
        g_string_append_c(kept, *p);
    }
    return g_string_free(kept, FALSE);
}
