/* Folding for search and comparison: small letters without marks, đ as d.
 *
 * lt_text_fold works code point by code point on canonical text: the n-th code point of the result is
 * the folded n-th code point of the input, so a hit's position in folded text is its position in the
 * original. (This is why 'İ' gives one code point, not two.) */
#pragma once

#include <glib.h>

/* One code point folded to one code point. En dash, em dash, U+2010, U+2011, U+2212 fold to '-'. */
gunichar lt_text_fold_char(gunichar c);

/* text: canonical UTF-8. Returns: (transfer full), as many code points as text. */
char *lt_text_fold(const char *text);

/* The same, letters and digits only. Returns: (transfer full). */
char *lt_text_letters(const char *text);

/* The two customs of placing tone marks (hoà/hòa, thuỷ/thủy, khoẻ/khỏe) levelled to the newer one
 * (hòa, thủy, khỏe), small letters, Ð as đ, blanks levelled: equal strings are the same words to a
 * reader who minds marks. Returns: (transfer full). */
char *lt_text_level(const char *text);

/* A syllable that ends in its only vowel may be written with i or y after h, k, l, m, s, t and qu: kỹ and kĩ,
 * lý and lí, quý and quí. (Decision 240/QĐ of the Ministry of Education, 5 March 1984, asks for i; most
 * offices write y.) word: one word of small letters, canonical. Returns: (transfer full) the word as the
 * other custom writes it; NULL where there is but one way. */
char *lt_text_other_custom(const char *word);

/* The key under which a document number is compared: folded, only a-z and 0-9 kept, leading zeros of
 * the first run of digits dropped: "Số 0020/CV-BCĐNQ" without "Số" -> "20cvbcdnq".
 * Returns: (transfer full), "" when nothing remains. */
char *lt_text_number_key(const char *number);

/* Edit distance (insert, delete, substitute) between two strings by code point, no more than limit + 1. */
guint lt_text_distance(const char *a, const char *b, guint limit);
