/* Two lines that the recogniser took for one, at the head of the list of recipients. */
#pragma once

#include "ocr/prepare.h"

/* words: of LtRawWord, boxes in pixels of the prepared picture. Each such line is read again as a block, and
 * what was read in it replaced where more was found. */
void lt_tall_read(TessBaseAPI *api, const LtPrepared *prepared, GArray *words);
