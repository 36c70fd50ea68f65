/* What a hand wrote into the letterhead of a page, read. */
#pragma once

#include "ocr/digits.h"
#include "ocr/ocr-private.h"

/* pix: the upright page, lines level but for slope radians, to be turned clockwise; words: of LtRawWord,
 * what recognition read there. reader: NULL leaves the places unread. Returns: (transfer full)
 * (nullable) GArray of LtWritten, boxes in fractions of pix; NULL where no such place was found. */
GArray *lt_ink_read(const LtDigits *reader, PIX *pix, double slope, const GArray *words);
