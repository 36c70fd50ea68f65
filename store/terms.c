#include "store/terms.h"

#include <string.h>

#include "store/folder.h"

static const char *const marks[LT_TERM_N_KINDS] = {
    [LT_TERM_WORD] = "",        [LT_TERM_PAIR] = "_2",       [LT_TERM_FIELD] = "_f",
    [LT_TERM_ISSUER] = "_i",    [LT_TERM_NOTATION] = "_n",   [LT_TERM_SIGNER] = "_g",
    [LT_TERM_RECIPIENT] = "_r", [LT_TERM_TYPE] = "_t",       [LT_TERM_DATE] = "_d",
    [LT_TERM_KEY] = "_k",       [LT_TERM_CODE] = "_c",       [LT_TERM_SERIES] = "_o",
    [LT_TERM_CITED] = "_q",     [LT_TERM_CITED_CODE] = "_w", [LT_TERM_STATE] = "_v",
    [LT_TERM_ALL] = "_x",
};

struct LtTerms {
    GHashTable *seen, *levelled; /* terms; words as they stand. The keys are in strings */
    GStringChunk *strings;
    GString *text;
    GString *term; /* the one being made */
    LtFolder *folder;
};

LtTerms *
lt_terms_new(void)
{
    LtTerms *terms = g_new0(LtTerms, 1);

    terms->seen = g_hash_table_new(g_str_hash, g_str_equal);
    terms->levelled = g_hash_table_new(g_str_hash, g_str_equal);
    terms->folder = lt_folder_new();
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
    g_hash_table_unref(terms->levelled);
    lt_folder_free(terms->folder);
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

/* Bytes of a word that are indexed; length in code points, of the text it came from, which has no more. */
static gsize
indexed_bytes(const char *start, gsize bytes, guint length)
{
    if (length <= LT_TERM_MAX_WORD)
        return bytes;
    return (gsize)(g_utf8_offset_to_pointer(start, LT_TERM_MAX_WORD) - start);
}

char **
lt_term_words(const char *text)
{
    g_autoptr(GArray) tokens = lt_words_find(text);
    char **words = g_new0(char *, (gsize)tokens->len + 1);

    for (guint i = 0; i < tokens->len; i++) {
        const LtToken *token = &g_array_index(tokens, LtToken, i);
        const char *start = text + token->offset;
        words[i] = g_strndup(start, indexed_bytes(start, token->bytes, token->length));
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

/* The mark of kind, so many bytes of word, and the one after it (nullable), as a term. */
static void
add_term(LtTerms *terms, LtTermKind kind, const char *words, const LtFolded *word,
         const LtFolded *next)
{
    g_string_assign(terms->term, marks[kind]);
    g_string_append_len(terms->term, words + word->offset,
                        (gssize)indexed_bytes(words + word->offset, word->bytes, word->length));
    if (next != NULL) {
        g_string_append_c(terms->term, '_');
        g_string_append_len(terms->term, words + next->offset,
                            (gssize)indexed_bytes(words + next->offset, next->bytes, next->length));
    }
    take(terms);
}

static void
add_tokens(LtTerms *terms, const LtFoldedText *folded, LtTermKind kind, LtTermKind pair_kind,
           gboolean pairs)
{
    for (guint i = 0; i < folded->n_tokens; i++) {
        const LtFolded *token = &folded->tokens[i];
        add_term(terms, kind, folded->words, token, NULL);
        if (pairs && i + 1 < folded->n_tokens)
            add_term(terms, pair_kind, folded->words, token, token + 1);
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

/* The words of what stands at a token, with their marks: one, unless a mark begins it. */
static void
add_level(LtTerms *terms, const char *word)
{
    g_autofree char *level = lt_text_level(word);
    g_autoptr(GArray) tokens = lt_words_find(level);

    for (guint i = 0; i < tokens->len; i++) {
        const LtToken *token = &g_array_index(tokens, LtToken, i);
        const char *start = level + token->offset;
        if (is_ascii(start, token->bytes))
            continue;
        g_string_truncate(terms->term, 0);
        g_string_append_len(terms->term, start,
                            (gssize)indexed_bytes(start, token->bytes, token->length));
        take(terms);
    }
}

/* Words with marks, beside their folded forms: who types marks gets those first. */
static void
add_marked(LtTerms *terms, const char *text, const LtFoldedText *folded)
{
    for (guint i = 0; i < folded->n_tokens; i++) {
        const LtFolded *token = &folded->tokens[i];
        if (is_ascii(text + token->at, token->at_bytes))
            continue;
        g_string_truncate(terms->term, 0);
        g_string_append_len(terms->term, text + token->at, (gssize)token->at_bytes);
        if (g_hash_table_contains(terms->levelled, terms->term->str))
            continue;
        g_hash_table_add(
            terms->levelled,
            g_string_chunk_insert_len(terms->strings, terms->term->str, (gssize)terms->term->len));
        g_autofree char *word = g_strdup(terms->term->str);
        add_level(terms, word);
    }
}

void
lt_terms_add_text(LtTerms *terms, const char *text)
{
    LtFoldedText folded = lt_folder_take(terms->folder, text);

    add_tokens(terms, &folded, LT_TERM_WORD, LT_TERM_PAIR, TRUE);
    add_marked(terms, text, &folded);
}

void
lt_terms_add_words(LtTerms *terms, LtTermKind kind, const char *text, gboolean pairs)
{
    if (text == NULL)
        return;
    LtFoldedText folded = lt_folder_take(terms->folder, text);

    add_tokens(terms, &folded, kind, kind, pairs);
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
