#include "store/folder.h"

#include <string.h>

#define REMEMBERED 0x1F00u /* all letters of Vietnamese stand below */

enum { KNOWN = 0x8000, IN_WORD = 0x4000, CONTINUES = 0x2000, LETTER = 0x1FFF };

struct LtFolder {
    guint16 known[REMEMBERED]; /* the folded letter and the bits above; 0: not looked at yet */
    guint8 steps
        [256]; /* by a byte that begins a letter for certain: how many bytes that has; else 0 */
    char *words;
    LtFolded *tokens;
    gsize words_size;
    guint n_tokens, tokens_size;
};

/* U+0100 to U+01BF are letters, each of two bytes. */
LtFolder *
lt_folder_new(void)
{
    LtFolder *folder = g_new0(LtFolder, 1);

    for (guint byte = 0; byte < G_N_ELEMENTS(folder->steps); byte++)
        folder->steps[byte] = g_ascii_isalnum((char)byte)    ? 1
                              : byte >= 0xC4 && byte <= 0xC6 ? 2
                                                             : 0;
    return folder;
}

void
lt_folder_free(LtFolder *folder)
{
    if (folder == NULL)
        return;
    g_free(folder->words);
    g_free(folder->tokens);
    g_free(folder);
}

static guint
look_at(gunichar letter)
{
    gunichar folded = lt_text_fold_char(letter);
    guint bits = KNOWN;

    if (g_unichar_isalnum(folded))
        bits |= IN_WORD;
    else if (g_unichar_ismark(folded))
        bits |= CONTINUES;
    return bits | (folded < REMEMBERED ? folded : 0);
}

/* The letter at *cursor of valid UTF-8, and on to the next; those of up to three bytes are all that
 * Vietnamese has. */
static inline gunichar
next_letter(const char **cursor)
{
    const guchar *bytes = (const guchar *)*cursor;

    if (bytes[0] < 0x80) {
        *cursor += 1;
        return bytes[0];
    }
    if (bytes[0] < 0xE0) {
        *cursor += 2;
        return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    }
    if (bytes[0] < 0xF0) {
        *cursor += 3;
        return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    }
    gunichar letter = g_utf8_get_char(*cursor);
    *cursor += 4;
    return letter;
}

/* Takes the letter at *cursor. Whether it stands in a word, begun or not; *ret_folded is what it folds to. The
 * end of the text stands in none. */
static inline gboolean
fold_next(LtFolder *folder, const char **cursor, gboolean begun, gunichar *ret_folded)
{
    gunichar letter = next_letter(cursor);
    guint bits = G_LIKELY(letter < REMEMBERED) ? folder->known[letter] : look_at(letter);

    if (G_UNLIKELY(bits == 0))
        bits = folder->known[letter] = (guint16)look_at(letter);
    *ret_folded = bits & LETTER;
    if (G_UNLIKELY(*ret_folded == 0))
        *ret_folded = lt_text_fold_char(letter);
    return (bits & IN_WORD) != 0 || (begun && (bits & CONTINUES) != 0);
}

static inline gsize
put_letter(char *words, gsize end, gunichar folded)
{
    if (folded >= 0x80)
        return end + (gsize)g_unichar_to_utf8(folded, words + end);
    words[end] = (char)folded;
    return end + 1;
}

static void
add_token(LtFolder *folder, const LtFolded *token)
{
    if (folder->n_tokens == folder->tokens_size) {
        folder->tokens_size = MAX(1024u, folder->tokens_size * 2);
        folder->tokens = g_renew(LtFolded, folder->tokens, folder->tokens_size);
    }
    folder->tokens[folder->n_tokens++] = *token;
}

/* A letter never folds to a longer one, and each word brings one blank in place of what parts words, but
 * for the first. */
static void
make_room(LtFolder *folder, gsize bytes)
{
    gsize needed = 2 * bytes + 3;

    if (needed <= folder->words_size)
        return;
    folder->words_size = needed;
    g_free(folder->words);
    folder->words = g_malloc(needed);
}

LtFoldedText
lt_folder_take(LtFolder *folder, const char *text)
{
    gsize end = 0;
    LtFolded token = {0};
    gboolean begun = FALSE;
    guint position = 0;
    const char *p = text;

    make_room(folder, strlen(text));
    folder->n_tokens = 0;
    char *words = folder->words;
    words[end++] = ' ';
    for (const char *at = p; *at != '\0' || begun; at = p, position++) {
        gunichar folded;
        if (fold_next(folder, &p, begun, &folded)) {
            if (!begun)
                token =
                    (LtFolded){.offset = (guint)end, .at = (guint)(at - text), .start = position};
            begun = TRUE;
            end = put_letter(words, end, folded);
            /* What follows of plain letters and digits is what most of a text is. */
            for (; folder->steps[(guchar)*p] == 1; p++, position++)
                words[end++] = (char)(*p | 0x20);
            continue;
        }
        if (begun) {
            token.bytes = (guint)end - token.offset;
            token.at_bytes = (guint)(at - text) - token.at;
            token.length = position - token.start;
            add_token(folder, &token);
            words[end++] = ' ';
            begun = FALSE;
        }
        if (*at == '\0')
            break;
    }
    words[end] = '\0';
    return (LtFoldedText){words, folder->tokens, folder->n_tokens};
}

/* For each beginning of wanted the length of its longest own beginning that it ends with. (D. Knuth,
 * J. Morris, V. Pratt, Fast pattern matching in strings, 1977) (transfer full) */
static guint *
borders_of(const char *wanted, gsize length)
{
    guint *borders = g_new0(guint, length + 1);
    guint border = 0;

    for (gsize i = 1; i < length; i++) {
        while (border > 0 && wanted[i] != wanted[border])
            border = borders[border];
        border += wanted[i] == wanted[border];
        borders[i + 1] = border;
    }
    return borders;
}

static inline guint
match_byte(const char *wanted, const guint *borders, guint matched, char byte)
{
    while (matched > 0 && wanted[matched] != byte)
        matched = borders[matched];
    return matched + (wanted[matched] == byte);
}

/* Past the rest of a word. Latin letters with marks, which is nearly all of Vietnamese, need no look at what
 * they fold to: U+00C0 to U+01BF but for two signs, U+1E80 to U+1EFF. */
static const char *
skip_word(LtFolder *folder, const char *p)
{
    gunichar folded;

    for (const char *next = p;; p = next) {
        for (guint step = folder->steps[(guchar)*p]; step != 0; step = folder->steps[(guchar)*p])
            p += step;
        guchar first = (guchar)*p;
        if (first < 0x80)
            return p;
        guchar second = (guchar)p[1];
        next = p;
        if (first == 0xC3 && second != 0x97 && second != 0xB7)
            next = p + 2;
        else if (first == 0xE1 && (second == 0xBA || second == 0xBB))
            next = p + 3;
        else if (!fold_next(folder, &next, TRUE, &folded))
            return p;
    }
}

/* To the next letter that stands in a word, or the end of the text; p: in none. */
static const char *
skip_between(LtFolder *folder, const char *p, gunichar *ret_folded)
{
    const char *next = p;

    *ret_folded = 0;
    for (; *p != '\0'; p = next) {
        guchar byte = (guchar)*p;
        next = p + 1;
        if (folder->steps[byte] == 1) {
            *ret_folded = byte | 0x20u;
            return p;
        }
        if (byte < 0x80)
            continue;
        next = p;
        if (fold_next(folder, &next, FALSE, ret_folded))
            return p;
    }
    return p;
}

/* From within a word to the next that begins with a letter, or to the end of the text. */
static const char *
skip_words(LtFolder *folder, const char *p, gunichar first)
{
    gunichar folded;

    do
        p = skip_between(folder, skip_word(folder, p), &folded);
    while (*p != '\0' && folded != first);
    return p;
}

gboolean
lt_folder_finds(LtFolder *folder, const char *text, const char *wanted)
{
    gsize length = strlen(wanted);
    g_autofree guint *borders = borders_of(wanted, length);
    gunichar first = g_utf8_get_char(wanted + 1);
    gboolean begun = FALSE;
    guint matched = match_byte(wanted, borders, 0, ' ');

    const char *p = text;
    for (const char *at = p; matched < length && (*at != '\0' || begun); at = p) {
        gunichar folded;
        if (fold_next(folder, &p, begun, &folded)) {
            begun = TRUE;
            char bytes[6];
            gsize n = put_letter(bytes, 0, folded);
            for (gsize i = 0; i < n && matched < length; i++)
                matched = match_byte(wanted, borders, matched, bytes[i]);
            if (matched == 0) { /* a word that is not the first one wanted */
                p = skip_words(folder, p, first);
                matched = match_byte(wanted, borders, 0, ' ');
                begun = FALSE;
            }
        } else if (begun) {
            matched = match_byte(wanted, borders, matched, ' ');
            begun = FALSE;
        }
        if (*at == '\0')
            break;
    }
    return matched == length;
}
