/* From the picture of a page to the page: upright, flat, level and clean, then recognised. */
#pragma once

#include "ocr/ocr-private.h"
#include "ocr/recognise.h"

/* picture is changed on the way: what is no print is taken out of it. The page's size and boxes are
 * those of the picture as it came, turned upright. (transfer full) (nullable) */
LtPage *lt_scan_read(LtEngine *engine, LtPagePicture *picture, guint number, GError **error);
