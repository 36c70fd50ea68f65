/* Recognition of one page picture with Tesseract. */
#pragma once

#include "ocr/digits.h"

struct Pix;

/* A recogniser with its models loaded; kept open from page to page. */
typedef struct LtEngine LtEngine;

/* Fails with LT_OCR_ERROR_SETUP where the model is not installed. (transfer full) */
LtEngine *lt_engine_open(GError **error);
void lt_engine_close(LtEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtEngine, lt_engine_close)

/* The reader of handwritten digits. (transfer none) (nullable): this program was built without a model */
const LtDigits *lt_engine_digits(const LtEngine *engine);

/* pix: (transfer none) the upright page picture, any depth; dpi: its resolution. Adds to ret_words
 * (of LtRawWord, see ocr/lines.h) what is read, boxes in fractions of the picture, line_hint set.
 */
gboolean lt_engine_read(LtEngine *engine, struct Pix *pix, guint dpi, GArray *ret_words,
                        GError **error);
