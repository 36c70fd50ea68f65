/* The Vietnamese vowels apart from their tones. Private to text/. */
#pragma once

#include <glib.h>

typedef enum {
    LT_TONE_LEVEL, /* ngang: no sign */
    LT_TONE_GRAVE, /* huyền */
    LT_TONE_ACUTE, /* sắc */
    LT_TONE_HOOK,  /* hỏi */
    LT_TONE_TILDE, /* ngã */
    LT_TONE_DOT,   /* nặng */
    LT_N_TONES
} LtTone;

/* letter: a small letter. Returns: the letter without its tone, other marks kept: ế gives ê and
 * sắc. What is no toned vowel comes back as it is, with LT_TONE_LEVEL. */
gunichar lt_letter_split(gunichar letter, LtTone *ret_tone);

/* vowel: small, without a tone. Returns: the vowel with that tone, or vowel itself when it is none.
 */
gunichar lt_letter_join(gunichar vowel, LtTone tone);

/* The letter of the alphabet under a Vietnamese small letter without a tone: ê gives e, đ gives d.
 */
gunichar lt_letter_plain(gunichar letter);

/* TRUE for small letters that only Vietnamese marks make: ă â ê ô ơ ư đ and every toned vowel. */
gboolean lt_letter_is_marked(gunichar letter);
