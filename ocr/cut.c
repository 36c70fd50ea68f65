#include "ocr/cut.h"

#include <math.h>

#include <glib/gi18n-lib.h>

GBytes *
lt_picture_cut(PIX *pix, const LtBox *box, GError **error)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    int x = (int)floor(box->x0 * width), y = (int)floor(box->y0 * height);
    BOX *part = boxCreate(x, y, MAX(1, (int)ceil(box->x1 * width) - x),
                          MAX(1, (int)ceil(box->y1 * height) - y));
    g_autoptr(PIX) clipped = part ? pixClipRectangle(pix, part, NULL) : NULL;
    l_uint8 *bytes = NULL;
    size_t size = 0;
    GBytes *png = NULL;

    boxDestroy(&part);
    if (clipped && pixWriteMemPng(&bytes, &size, clipped, 0) == 0 && size < LT_OCR_MAX_FRAME / 2)
        png = g_bytes_new(bytes, size);
    else
        g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_MEMORY,
                            _("the picture takes more memory than is allowed"));
    lept_free(bytes);
    return png;
}
