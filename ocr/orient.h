/* Which way up a page lies, and how far its lines slope. */
#pragma once

#include "ocr/ocr-private.h"

/* The page's ink, the background levelled: 1 bit, at LT_INK_DPI or more where pix has it, one pixel
 * for each *ret_step by *ret_step of pix (1, 8 or 32 bits). (transfer full) (nullable) */
#define LT_INK_DPI 100
PIX *lt_ink_new(PIX *pix, guint dpi, int *ret_step);

/* Quarter turns clockwise that may put the page upright, the likeliest first. Returns how many of
 * them are worth a try: 1 where the page is upright beyond doubt, else 4. */
guint lt_orient_rank(PIX *pix, guint dpi, guint ret_turns[4]);

/* Degrees by which the ink must be turned clockwise for its lines to be level. FALSE where no lines
 * are found that run across; beyond seven degrees only what is quite sure counts, and twenty at
 * most. */
gboolean lt_orient_find_slope(PIX *ink, double *ret_degrees);

typedef enum { LT_LINES_NONE, LT_LINES_ACROSS, LT_LINES_DOWN } LtLinesRun;

/* How the lines run, as lt_orient_find_slope finds them on the ink as it is or, else, turned a quarter. */
LtLinesRun lt_orient_find_lines(PIX *ink);

/* How well words were read this way up: the letters of each weighted by its confidence and its
 * spelling, and its figures. words: GArray of LtRawWord, boxes in fractions of a picture of width by height pixels.
 * *ret_sure: so well that no other way up needs a try. */
double lt_orient_score(const GArray *words, double width, double height, gboolean *ret_sure);
