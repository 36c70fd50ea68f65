/* Round seals on a page of ink: where their rings are. */
#pragma once

#include "ocr/ocr-private.h"

typedef struct {
    double x, y, radius; /* pixels of the picture; radius: of the outermost circle */
} LtRing;

/* ink: (transfer none) 1 bit, black is ink. Returns: (transfer full) GArray of LtRing, the clearest
 * first; empty where there is none. */
GArray *lt_rings_find(PIX *ink, guint dpi);

/* The ring placed to the pixel, slack pixels around where it is known to be, its radius that of its
 * outermost circle. */
LtRing lt_ring_refine(PIX *ink, const LtRing *ring, guint slack);

/* The share of the circle's points that are inked. */
double lt_ring_coverage(PIX *ink, double x, double y, double radius);
