/* Folded words of many texts, quickly: each code point is folded once and remembered. */
#pragma once

#include "store/private.h"

typedef struct LtFolder LtFolder;
LtFolder *lt_folder_new(void);
void lt_folder_free(LtFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtFolder, lt_folder_free)

/* A word of a text. */
typedef struct {
    gsize offset, bytes; /* in the folded words */
    gsize at, at_bytes;  /* in the text */
    guint start, length; /* code points of the text */
} LtFolded;

/* The words of canonical text, folded, a blank before, between and behind them: " quyet dinh ". Where
 * tokens is not NULL it gets an LtFolded for each. (transfer full) */
char *lt_folder_words(LtFolder *folder, const char *text, GArray *tokens);
