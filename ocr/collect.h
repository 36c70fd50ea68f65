/* The words that the recogniser has read. */
#pragma once

#include "ocr/prepare.h"

/* Adds them to words (of LtRawWord), boxes in pixels of the prepared picture, their lines numbered after those
 * that are there; without dirt taken for words. */
void lt_collect_words(TessBaseAPI *api, const LtPrepared *prepared, GArray *words);
