/* Doubtful words read a second time, by another model. */
#pragma once

#include "ocr/prepare.h"

/* api: the other model's. words: of LtRawWord, boxes in pixels of the prepared picture. */
void lt_again_read(TessBaseAPI *api, const LtPrepared *prepared, GArray *words);
