/* Stamps of urgency and secrecy: a word or two in a frame, often crooked, above the middle of a page. */
#pragma once

#include "ocr/prepare.h"

/* words: of LtRawWord with boxes in pixels of the prepared picture. Where a frame holds one of the
 * stamps that the rules of paperwork know, what was read there before gives way to the stamp's own
 * words, in LT_PAGE_ZONE_STAMP. api: holds no results that are still needed. */
void lt_framed_read(TessBaseAPI *api, const LtPrepared *prepared, GArray *words);
