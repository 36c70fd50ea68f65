/* Text in the 8-bit codes that offices wrote before Unicode: found out and decoded.
 *
 * Such text comes out of a file as Latin-1 signs: 'ViÖt Nam' in TCVN3 (ABC), 'Vieät Nam' in VNI. What
 * a font is called is a hint and no more: many that are called .VnTime hold Unicode.
 *
 * TCVN3 has no capitals with marks. Capital words are either set in a capital font (.VnTimeH), whose
 * name alone says so, or their marked letters are small ones: 'TOµN'. */
#pragma once

#include <glib.h>

typedef enum {
    LT_LEGACY_NONE, /* Unicode, or nothing that can be told */
    LT_LEGACY_TCVN3,
    LT_LEGACY_VNI,
    LT_LEGACY_VISCII,
    LT_LEGACY_VPS,
    LT_N_LEGACY_CODES
} LtLegacyCode;

typedef struct {
    LtLegacyCode code;
    gboolean capitals; /* small letters are drawn as capitals */
} LtLegacyFont;

/* name: (nullable) with or without the tag of a subset. */
LtLegacyFont lt_legacy_font(const char *name);

/* Whether text holds signs that stand for letters in one of the codes and are none in Vietnamese; a
 * quick look before the others. */
gboolean lt_legacy_has_signs(const char *text);

/* The code that text is in, by what it would read as; hint: the font's code, or that of the text
 * around, which decides where the text alone leaves a doubt. */
LtLegacyCode lt_legacy_detect(const char *text, LtLegacyCode hint);

/* Whether nothing in text speaks against code: for a few words whose font is known. */
gboolean lt_legacy_fits(const char *text, LtLegacyCode code);

/* text: valid UTF-8 of one code, or of none: what is no sign of the code stays. Blanks and line ends
 * stay where they are, so that the n-th word of the result is the n-th of text. capitals: all
 * letters become capitals. Returns: (transfer full), letters composed. */
char *lt_legacy_decode(const char *text, LtLegacyCode code, gboolean capitals);

/* Makes whole the capital words of decoded text ('TOàN', 'CHíNH PHủ'): those whose other letters are
 * capitals. Words parted by blanks stay words. Returns: (transfer full). */
char *lt_legacy_mend_capitals(const char *text);

/* Whether decoded text holds words that nobody writes small, and no capital letter: it was set in a
 * capital font. */
gboolean lt_legacy_lost_capitals(const char *text);
