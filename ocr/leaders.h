/* Dotted lines that are to be written on, as in forms and questionnaires. */
#pragma once

#include "ocr/ocr-private.h"

#define LT_LEADER_LEAST                                                                            \
    60.0 /* mm; shorter rows of dots stand between words, as in "ngày …… tháng ……" */

/* Marks the rows of dots that are LT_LEADER_LEAST long, level or not: recognition takes them for figures and letters,
 * hundreds on a page, and for as long as lines of print. What touches a dot is left.
 * ink, marked: 1 bit, of one size, mm pixels a millimetre; boxes: of the ink's connected parts. Returns: how many
 * dots there are. */
guint lt_leaders_find(PIX *ink, BOXA *boxes, double mm, PIX *marked);
