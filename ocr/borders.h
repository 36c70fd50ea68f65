/* What a copier or scanner adds to a page: black edges, punch holes, dust; and pages of nothing but specks. */
#pragma once

#include "ocr/ocr-private.h"

/* Paints them white in pix (1, 8 or 32 bits) and in its ink (see ocr/orient.h), a pixel of which is
 * step by step of pix and which stands at ink_dpi. Returns: TRUE where the page is so full of specks that
 * nothing can be read on it; all of it is white then. */
gboolean lt_borders_clear(PIX *pix, PIX *ink, int step, double ink_dpi);
