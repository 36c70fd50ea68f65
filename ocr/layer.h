/* The text layer of a PDF page as a page of Vietnamese text: legacy codes decoded, signatures apart. */
#pragma once

#include "ocr/ocr-private.h"

/* width, height: of the upright page in points. *ret_broken: whether some of the words cannot be
 * text, because their font does not say what its letters are. Returns: (transfer full), of source
 * LT_PAGE_FROM_TEXT_LAYER or LT_PAGE_FROM_LEGACY, then with the layer as it stood in raw_text. */
LtPage *lt_layer_read(PopplerPage *page, guint number, double width, double height,
                      gboolean *ret_broken);
