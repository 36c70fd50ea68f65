/* Words of a PDF page whose fonts hold TCVN3, VNI or another code from before Unicode. */
#pragma once

#include "ocr/ocr-private.h"

/* words (of LtRawWord) and places (of guint): as lt_pdf_collect_words gives them. Replaces the texts
 * of words in a legacy code, font by font; a font's words are judged together, since a code belongs
 * to a font and one word says too little. Returns: whether there were any. */
gboolean lt_decode_words(PopplerPage *page, GArray *words, GArray *places);
