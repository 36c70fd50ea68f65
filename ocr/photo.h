/* A sheet of paper photographed on a darker ground: found by its edges and laid flat. */
#pragma once

#include "ocr/geometry.h"

/* The sheet's corners in fractions of the picture, as they lie in it: top left, top right, bottom
 * right, bottom left. FALSE where no edges show but the picture's. pix: 8 or 32 bits; one in black
 * and white is no photo. */
gboolean lt_photo_find_sheet(PIX *pix, LtPoint ret_corners[4]);

/* The sheet alone, laid flat. *ret_to_photo: from its fractions to those of the photo. (transfer
 * full) (nullable) */
PIX *lt_photo_flatten(PIX *pix, const LtPoint corners[4], LtGeometry *ret_to_photo);
