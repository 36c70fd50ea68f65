/* From loose words with boxes to a page of lines as a person reads them. */
#pragma once

#include "text/text.h"

/* One word as its source gives it: Poppler, Tesseract. */
typedef struct {
    char *text;
    LtBox box;        /* fractions of the upright page */
    guint confidence; /* 0–100 */
    guint line_hint;  /* the source's own line number, or G_MAXUINT */
    guint zone; /* LtPageZone; words of zones other than 0 make lines of their own, at the end */
} LtRawWord;

/* An empty array of LtRawWord that frees the words' texts. (transfer full) */
GArray *lt_raw_words_new(void);

/* words: GArray of LtRawWord in the order of their source. width and height in points, 0 where not
 * known. The two header columns never share a line, nor do the recipients and the signature block;
 * each column's lines stand together, the left column first. Returns: (transfer full). */
LtPage *lt_lines_build(GArray *words, guint number, LtPageSource source, double width,
                       double height);
