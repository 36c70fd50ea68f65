/* The ink of a gap as a strip that the reader of digits takes: cut out, freed from print, dots, rules
 * and seals, levelled, and brought to one size. */
#pragma once

#include "ocr/gaps.h"
#include "ocr/ocr-private.h"

#define LT_STRIP_HEIGHT 48   /* rows: */
#define LT_STRIP_BASELINE 33 /* the print beside the ink stands on this one, */
#define LT_STRIP_CAPITAL 16  /* and its capitals are so high */
#define LT_STRIP_MOST 512    /* columns */

typedef struct {
    PIX *pix;  /* (nullable) 8 bits, ink 255 on 0; NULL where there is no ink */
    LtBox box; /* of the ink, or of the gap where there is none, in fractions of the picture */
    gboolean printed; /* by its shape it is print */
    gboolean
        doubtful; /* it stands in two groups, as two numbers do, or some may have been left out */
} LtStrip;

static inline void
lt_strip_clear(LtStrip *strip)
{
    g_clear_pointer(&strip->pix, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtStrip, lt_strip_clear)

/* pix: 1, 8 or 32 bits; slope: as in lt_gaps_find. FALSE where memory fails. */
gboolean lt_strip_cut(PIX *pix, double slope, const LtGap *gap, LtStrip *ret_strip);
