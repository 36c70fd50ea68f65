/* A page picture made ready for recognition: grey, of a resolution that reads well, its background
 * white, its lines level, and without the seal over the signer's name. */
#pragma once

#include "ocr/seal.h"

typedef struct {
    PIX *pix; /* 8 bits */
    guint dpi;
    double angle;   /* radians by which the picture was turned clockwise about its centre */
    GArray *rings;  /* (nullable) of LtRing: seals that were taken off, as they lay on pix */
    GArray *sealed; /* (nullable) of LtSealed: what was there */
} LtPrepared;

static inline void
lt_prepared_clear(LtPrepared *prepared)
{
    g_clear_pointer(&prepared->pix, lt_pix_free);
    g_clear_pointer(&prepared->rings, g_array_unref);
    g_clear_pointer(&prepared->sealed, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtPrepared, lt_prepared_clear)

/* pix: (transfer none) 1, 8 or 32 bits, upright. LT_OCR_ERROR_MEMORY. */
gboolean lt_picture_prepare(PIX *pix, guint dpi, LtPrepared *ret_prepared, GError **error);

/* Whether a box in pixels of the prepared picture lies where a seal was taken off. */
gboolean lt_prepared_was_sealed(const LtPrepared *prepared, double x0, double y0, double x1,
                                double y1);

/* A box in pixels of the prepared picture, in fractions of the picture that it was made from. */
LtBox lt_prepared_map(const LtPrepared *prepared, double x0, double y0, double x1, double y1);
