/* The signer's title and name where a seal or a signature lies over their first words. */
#pragma once

#include "ocr/prepare.h"

/* words: of LtRawWord with boxes in pixels of the prepared picture. Words that were read with doubt
 * beside sure ones, or not at all, are replaced where one word of the lists in names.h, drawn in the
 * typeface of the sure ones, is what the ink shows and no other. */
void lt_beneath_read(const LtPrepared *prepared, GArray *words);
