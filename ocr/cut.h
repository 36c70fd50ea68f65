/* A page picture, or a part of it, for a person's eye. */
#pragma once

#include "ocr/ocr-private.h"

/* box: in fractions of pix. Returns: (transfer full) a PNG; LT_OCR_ERROR_MEMORY, _TOO_LARGE. */
GBytes *lt_picture_cut(PIX *pix, const LtBox *box, GError **error);
/* The whole of it. Returns: (transfer full) a JPEG. */
GBytes *lt_picture_show(PIX *pix, GError **error);
/* To that resolution, where it is of a greater one. */
gboolean lt_picture_reduce(LtPagePicture *picture, guint dpi, GError **error);
