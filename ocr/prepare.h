/* A page picture made ready for recognition: grey, of a resolution that reads well, its background
 * white, its lines level, and without the red seal over the signer's name. */
#pragma once

#include "ocr/ocr-private.h"

typedef struct {
    PIX *pix; /* 8 bits */
    guint dpi;
    double angle; /* radians by which the picture was turned clockwise about its centre */
} LtPrepared;

static inline void
lt_prepared_clear(LtPrepared *prepared)
{
    g_clear_pointer(&prepared->pix, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtPrepared, lt_prepared_clear)

/* pix: (transfer none) 1, 8 or 32 bits, upright. LT_OCR_ERROR_MEMORY. */
gboolean lt_picture_prepare(PIX *pix, guint dpi, LtPrepared *ret_prepared, GError **error);

/* A box in pixels of the prepared picture, in fractions of the picture that it was made from. */
LtBox lt_prepared_map(const LtPrepared *prepared, double x0, double y0, double x1, double y1);
