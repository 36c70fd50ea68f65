/* Seals and signatures that have no colour of their own: on grey and one-bit scans. */
#pragma once

#include "ocr/ring.h"

/* Where the seal's ink is lighter than the print, takes it off by its tone. grey: 8 bits, changed
 * in place. Returns: whether it did. */
gboolean lt_seal_lighten(PIX *grey, const LtRing *ring, guint dpi);

/* Takes the seal's ring, the print inside it and the signature beside it off the picture and leaves
 * the signer's titles and name. grey: 8 bits, level, changed in place; lightened: there is no ring
 * left. */
void lt_seal_erase(PIX *grey, const LtRing *ring, guint dpi, gboolean lightened);
