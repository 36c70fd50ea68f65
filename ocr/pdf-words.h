/* The words of a PDF page's text layer. */
#pragma once

#include "ocr/ocr-private.h"

/* Adds to words (of LtRawWord, see ocr/lines.h) in Poppler's order, at most LT_PAGE_MAX_WORDS;
 * boxes in fractions of the upright page of width × height points. Poppler's own spaces are not
 * trusted: it writes the two header columns without any between them, so a word also ends where the
 * next letter stands apart. Words outside the page are left out. */
void lt_pdf_collect_words(PopplerPage *page, double width, double height, GArray *words);
