/* Seals and signatures that have no colour of their own: on grey and one-bit scans. */
#pragma once

#include "ocr/ring.h"

/* What was there where a seal was taken off. */
typedef struct {
    int left, top;       /* pixels: of the block around it, in the picture */
    double x, y, radius; /* of its ring, in the block */
    PIX *ink;            /* 1 bit: the block's, without the ring's circles */
    PIX *gone;           /* 1 bit: what went with them */
} LtSealed;

static inline void
lt_sealed_clear(LtSealed *sealed)
{
    g_clear_pointer(&sealed->ink, lt_pix_free);
    g_clear_pointer(&sealed->gone, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtSealed, lt_sealed_clear)

/* Where the seal's ink is lighter than the print, takes it off by its tone. grey: 8 bits, changed
 * in place. Returns: whether it did. */
gboolean lt_seal_lighten(PIX *grey, const LtRing *ring, guint dpi);

/* Takes the seal's ring, the print inside it and the signature beside it off the picture and leaves
 * the signer's titles and name. grey: 8 bits, level, changed in place; lightened: there is no ring
 * left. Returns: whether it did; then *ret_sealed is what was there. */
gboolean lt_seal_erase(PIX *grey, const LtRing *ring, guint dpi, gboolean lightened,
                       LtSealed *ret_sealed);
