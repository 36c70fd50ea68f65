/* Words: runs of letters and digits, as SQLite's tokenizer unicode61 cuts them, and the comparison
 * keys made of them. */
#include "store/private.h"

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
