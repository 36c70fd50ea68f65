#include "store/terms.h"

#include <string.h>

static const char *const marks[LT_TERM_N_KINDS] = {
    [LT_TERM_WORD] = "",        [LT_TERM_PAIR] = "_2",       [LT_TERM_FIELD] = "_f",
    [LT_TERM_ISSUER] = "_i",    [LT_TERM_NOTATION] = "_n",   [LT_TERM_SIGNER] = "_g",
    [LT_TERM_RECIPIENT] = "_r", [LT_TERM_TYPE] = "_t",       [LT_TERM_DATE] = "_d",
    [LT_TERM_KEY] = "_k",       [LT_TERM_CODE] = "_c",       [LT_TERM_SERIES] = "_o",
    [LT_TERM_CITED] = "_q",     [LT_TERM_CITED_CODE] = "_w", [LT_TERM_STATE] = "_v",
    [LT_TERM_ALL] = "_x",
};

struct LtTerms {
    GHashTable *seen; /* its keys stand in strings */
    GStringChunk *strings;
    GString *text;
    GString *term; /* the one being made */
};

LtTerms *
lt_terms_new(void)
{
    LtTerms *terms = g_new0(LtTerms, 1);

    terms->seen = g_hash_table_new(g_str_hash, g_str_equal);
    terms->strings = g_string_chunk_new(16384);
    terms->text = g_string_new(NULL);
    terms->term = g_string_new(NULL);
    return terms;
}

void
lt_terms_free(LtTerms *terms)
{
    if (terms == NULL)
        return;
    g_hash_table_unref(terms->seen);
    g_string_chunk_free(terms->strings);
    g_string_free(terms->text, TRUE);
    g_string_free(terms->term, TRUE);
    g_free(terms);
}

const char *
lt_terms_text(const LtTerms *terms)
{
    return terms->text->str;
}

char *
lt_term(LtTermKind kind, const char *word)
{
    return g_strconcat(marks[kind], word, NULL);
}

char *
lt_term_pair(LtTermKind kind, const char *word, const char *next)
{
    return g_strconcat(marks[kind], word, "_", next, NULL);
}

/* Bytes of a token that are indexed. */
static gsize
indexed_bytes(const char *text, const LtToken *token)
{
    const char *start = text + token->offset;

    if (token->length <= LT_TERM_MAX_WORD)
        return token->bytes;
    return (gsize)(g_utf8_offset_to_pointer(start, LT_TERM_MAX_WORD) - start);
}

char **
lt_term_words(const char *text)
{
    g_autoptr(GArray) tokens = lt_words_find(text);
    char **words = g_new0(char *, (gsize)tokens->len + 1);

    for (guint i = 0; i < tokens->len; i++) {
        const LtToken *token = &g_array_index(tokens, LtToken, i);
        words[i] = g_strndup(text + token->offset, indexed_bytes(text, token));
    }
    return words;
}

/* Puts the term that was made into the list, unless it is there. */
static void
take(LtTerms *terms)
{
    if (g_hash_table_contains(terms->seen, terms->term->str))
        return;
    g_hash_table_add(terms->seen, g_string_chunk_insert_len(terms->strings, terms->term->str,
                                                            (gssize)terms->term->len));
    if (terms->text->len > 0)
        g_string_append_c(terms->text, ' ');
    g_string_append_len(terms->text, terms->term->str, (gssize)terms->term->len);
}

static void
append_token(LtTerms *terms, const char *text, const LtToken *token)
{
    g_string_append_len(terms->term, text + token->offset, (gssize)indexed_bytes(text, token));
}

static void
add_tokens(LtTerms *terms, const char *text, const GArray *tokens, LtTermKind kind,
           LtTermKind pair_kind, gboolean pairs)
{
    for (guint i = 0; i < tokens->len; i++) {
        const LtToken *token = &g_array_index(tokens, LtToken, i);
        g_string_assign(terms->term, marks[kind]);
        append_token(terms, text, token);
        take(terms);
        if (!pairs || i + 1 >= tokens->len)
            continue;
        g_string_assign(terms->term, marks[pair_kind]);
        append_token(terms, text, token);
        g_string_append_c(terms->term, '_');
        append_token(terms, text, token + 1);
        take(terms);
    }
}

static gboolean
is_ascii(const char *text, gsize bytes)
{
    for (gsize i = 0; i < bytes; i++)
        if ((guchar)text[i] >= 0x80)
            return FALSE;
    return TRUE;
}

/* Words with marks, beside their folded forms: who types marks gets those first. */
static void
add_marked(LtTerms *terms, const char *text)
{
    g_autofree char *level = lt_text_level(text);
    g_autoptr(GArray) tokens = lt_words_find(level);

    for (guint i = 0; i < tokens->len; i++) {
        const LtToken *token = &g_array_index(tokens, LtToken, i);
        if (is_ascii(level + token->offset, token->bytes))
            continue;
        g_string_truncate(terms->term, 0);
        append_token(terms, level, token);
        take(terms);
    }
}

void
lt_terms_add_text(LtTerms *terms, const char *text)
{
    g_autofree char *folded = lt_text_fold(text);
    g_autoptr(GArray) tokens = lt_words_find(folded);

    add_tokens(terms, folded, tokens, LT_TERM_WORD, LT_TERM_PAIR, TRUE);
    add_marked(terms, text);
}

void
lt_terms_add_words(LtTerms *terms, LtTermKind kind, const char *text, gboolean pairs)
{
    if (text == NULL)
        return;
    g_autofree char *folded = lt_text_fold(text);
    g_autoptr(GArray) tokens = lt_words_find(folded);

    add_tokens(terms, folded, tokens, kind, kind, pairs);
}

void
lt_terms_add_whole(LtTerms *terms, LtTermKind kind, const char *text)
{
    if (text == NULL)
        return;
    g_string_assign(terms->term, marks[kind]);
    g_string_append(terms->term, text);
    g_strdelimit(terms->term->str, " ", '_');
    take(terms);
}
