/* Is the text layer of a page worth keeping? Judged by what the text is, never by its mere
 * presence. */
#pragma once

#include "text/text.h"

typedef enum {
    LT_LAYER_KEEP,
    LT_LAYER_NONE,    /* no words, or too few to be the page's text */
    LT_LAYER_GARBAGE, /* another language's recognition, a broken font */
    LT_LAYER_LEGACY,  /* a code from before Unicode that could not be decoded */
    LT_LAYER_STAMP    /* nothing but a signature's stamp over a picture */
} LtLayerVerdict;

/* "keep", "none", "garbage", "legacy", "stamp". */
const char *lt_layer_verdict_name(LtLayerVerdict verdict);

/* image_share: the share of the page's area that pictures cover, 0–1. Words of
 * LT_PAGE_ZONE_SIGNATURE are not the page's text. */
LtLayerVerdict lt_layer_judge(const LtPage *page, double image_share);
