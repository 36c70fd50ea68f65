/* Folded words of many texts, quickly: each code point is folded once and remembered. */
#pragma once

#include "store/private.h"

typedef struct LtFolder LtFolder;
LtFolder *lt_folder_new(void);
void lt_folder_free(LtFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtFolder, lt_folder_free)

/* A word of a text. */
typedef struct {
    guint offset, bytes; /* in the folded words */
    guint at, at_bytes;  /* in the text */
    guint start, length; /* code points of the text */
} LtFolded;

/* A text's words, folded, a blank before, between and behind them (" quyet dinh "), and where each of them
 * stands. Both belong to the folder, and hold until it takes the next text. */
typedef struct {
    const char *words;
    const LtFolded *tokens;
    guint n_tokens;
} LtFoldedText;

/* text: canonical, of less than 2 GiB. */
LtFoldedText lt_folder_take(LtFolder *folder, const char *text);
/* Whether wanted, folded words with a blank before the first (and, unless it may end within a word, behind
 * the last), is a stretch of the text's folded words. Reads no further than it must. */
gboolean lt_folder_finds(LtFolder *folder, const char *text, const char *wanted);
