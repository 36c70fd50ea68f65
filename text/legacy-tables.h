/* The letters of the 8-bit Vietnamese codes. Private to text/. */
#pragma once

#include "text/legacy.h"

/* sign: as it comes out of a file that was read as Latin-1 or Windows-1252, or as a producer of PDF
 * named it (ư of TCVN3 as U+2212, ã as U+2219). Returns: the letter that it stands for by itself, 0
 * for signs that stand for themselves. */
gunichar lt_legacy_letter(LtLegacyCode code, gunichar sign);

/* VNI writes most marks as a sign of their own behind the vowel. letter: a vowel with the marks that
 * it got so far. Returns: the letter with the mark added, 0 where sign is no mark for it. */
gunichar lt_legacy_vni_mark(gunichar letter, gunichar sign);
