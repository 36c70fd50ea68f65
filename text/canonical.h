/* Canonical text: the one form in which page text is stored.
 * NFC; ligatures opened (ﬁ -> fi); look-alikes of Đ (U+00D0, U+0189 and their small forms) made Đ/đ;
 * U+00AD, U+200B..U+200F, U+FEFF and control characters other than \n dropped; every other blank one U+0020. */
#pragma once

#include <glib.h>

/* text: UTF-8, may hold anything (invalid bytes become U+FFFD). Lines are kept (\r\n, \r, \v, \f, U+0085,
 * U+2028 and U+2029 end one too); blanks at both ends of lines and runs of blanks are levelled. The
 * other format characters of Unicode go with those above, and marks beyond 30 in a row. U+00AD is ư in
 * TCVN3 code: text is decoded before it comes here. Returns: (transfer full). */
char *lt_text_canonical(const char *text);
