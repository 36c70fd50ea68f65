/* A part of a page picture, for a person's eye. */
#pragma once

#include "ocr/ocr-private.h"

/* box: in fractions of pix. Returns: (transfer full) a PNG; LT_OCR_ERROR_MEMORY, _TOO_LARGE. */
GBytes *lt_picture_cut(PIX *pix, const LtBox *box, GError **error);
