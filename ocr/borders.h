/* What a copier or scanner adds to a page: black edges, punch holes, dust. */
#pragma once

#include "ocr/ocr-private.h"

/* Paints them white in pix (1, 8 or 32 bits) and in its ink (see ocr/orient.h), a pixel of which is
 * step by step of pix and which stands at ink_dpi. */
void lt_borders_clear(PIX *pix, PIX *ink, int step, double ink_dpi);
