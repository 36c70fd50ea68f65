/* Which two syllables stand side by side in official Vietnamese (ocr/expressions.txt, made by
 * tools/make-expressions.py from laws, decrees and circulars; such texts are outside copyright, article 15 of
 * the law on intellectual property). */
#pragma once

#include <glib.h>

/* The letters of a word, small, tone marks placed by one custom: what expressions are made of. (transfer
 * full), "" where there are none, or figures among them. */
char *lt_expressions_key(const char *word);

/* Both: keys. FALSE where one is empty. */
gboolean lt_expressions_has(const char *first, const char *second);
