/* How dark the print of a page is: faint print is lighter than what is paper on others. */
#pragma once

#include "ocr/ocr-private.h"

#define LT_TONE_PAPER 200 /* of a picture whose background Leptonica has levelled */

/* level: 8 bits, its background levelled. Whether its print is faint; *ret_tone is the tone of the darkest. */
gboolean lt_tone_is_faint(PIX *level, int *ret_tone);
