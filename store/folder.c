#include "store/folder.h"

#include <string.h>

#define REMEMBERED 0x1F00u /* all letters of Vietnamese stand below */

enum { KNOWN = 0x8000, IN_WORD = 0x4000, CONTINUES = 0x2000, LETTER = 0x1FFF };

struct LtFolder {
    guint16 known[REMEMBERED]; /* the folded letter and the bits above; 0: not looked at yet */
};

LtFolder *
lt_folder_new(void)
{
    return g_new0(LtFolder, 1);
}

void
lt_folder_free(LtFolder *folder)
{
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

/* Whether the letter stands in a word, begun or not; *ret_folded is what it folds to. */
static inline gboolean
fold(LtFolder *folder, gunichar letter, gboolean begun, gunichar *ret_folded)
{
    guint bits = letter < REMEMBERED ? folder->known[letter] : 0;

    if (bits == 0) {
        bits = look_at(letter);
        if (letter < REMEMBERED)
            folder->known[letter] = (guint16)bits;
    }
    *ret_folded = (bits & LETTER) != 0 ? bits & LETTER : lt_text_fold_char(letter);
    return (bits & IN_WORD) != 0 || (begun && (bits & CONTINUES) != 0);
}

/* The code point at p of valid UTF-8; those of two and three bytes are all that Vietnamese has. */
static inline gunichar
letter_at(const char *p)
{
    const guchar *bytes = (const guchar *)p;

    if (bytes[0] < 0x80)
        return bytes[0];
    if (bytes[0] < 0xE0)
        return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    if (bytes[0] < 0xF0)
        return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    return g_utf8_get_char(p);
}

char *
lt_folder_words(LtFolder *folder, const char *text, GArray *tokens)
{
    /* A letter never folds to a longer one, and each word brings one blank in place of what parts
     * words, but for the first. */
    gsize size = 2 * strlen(text) + 3;
    char *words = g_malloc(size);
    gsize end = 0;
    LtFolded token = {0};
    gboolean begun = FALSE;
    guint position = 0;

    words[end++] = ' ';
    for (const char *p = text;; p = g_utf8_next_char(p), position++) {
        gunichar letter = letter_at(p);
        gunichar folded = 0;
        if (letter != 0 && fold(folder, letter, begun, &folded)) {
            if (!begun)
                token = (LtFolded){.offset = end, .at = (gsize)(p - text), .start = position};
            begun = TRUE;
            if (folded < 0x80)
                words[end++] = (char)folded;
            else
                end += (gsize)g_unichar_to_utf8(folded, words + end);
            continue;
        }
        if (begun) {
            token.bytes = end - token.offset;
            token.at_bytes = (gsize)(p - text) - token.at;
            token.length = position - token.start;
            if (tokens != NULL)
                g_array_append_val(tokens, token);
            words[end++] = ' ';
            begun = FALSE;
        }
        if (letter == 0)
            break;
    }
    words[end] = '\0';
    return words;
}
