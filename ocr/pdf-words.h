/* The words of a PDF page's text layer, as it stands. */
#pragma once

#include "ocr/ocr-private.h"

/* text: what poppler_page_get_text gave. Adds to words (of LtRawWord, see ocr/lines.h) in Poppler's
 * order, at most LT_PAGE_MAX_WORDS, and to places (of guint) where in text each word begins, in
 * letters; a word's letters stand together there. Boxes in fractions of the upright page of width ×
 * height points. Poppler's own spaces are not trusted: it writes the two header columns without any
 * between them, so a word also ends where the next letter stands apart. Words outside the page are
 * left out. */
void lt_pdf_collect_words(PopplerPage *page, const char *text, double width, double height,
                          GArray *words, GArray *places);
