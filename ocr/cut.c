#include "ocr/cut.h"

#include <math.h>

#include <glib/gi18n-lib.h>

static void
fail_memory(GError **error)
{
    g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_MEMORY,
                        _("the picture takes more memory than is allowed"));
}

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
        fail_memory(error);
    lept_free(bytes);
    return png;
}

#define SHOWN_QUALITY 80 /* small letters at 150 dpi stay clear */

GBytes *
lt_picture_show(PIX *pix, GError **error)
{
    g_autoptr(PIX) deep = pixConvertTo8Or32(pix, L_CLONE, 0);
    l_uint8 *bytes = NULL;
    size_t size = 0;
    GBytes *jpeg = NULL;

    if (deep && pixWriteMemJpeg(&bytes, &size, deep, SHOWN_QUALITY, 0) == 0 &&
        size < LT_OCR_MAX_FRAME / 2)
        jpeg = g_bytes_new(bytes, size);
    else
        fail_memory(error);
    lept_free(bytes);
    return jpeg;
}

gboolean
lt_picture_reduce(LtPagePicture *picture, guint dpi, GError **error)
{
    float factor = picture->dpi > 0 ? (float)dpi / (float)picture->dpi : 1;
    PIX *reduced;

    if (factor >= 1)
        return TRUE;
    reduced = pixGetDepth(picture->pix) == 1 ? pixScaleToGray(picture->pix, factor)
                                             : pixScaleAreaMap(picture->pix, factor, factor);
    if (!reduced) {
        fail_memory(error);
        return FALSE;
    }
    pixDestroy(&picture->pix);
    picture->pix = reduced;
    picture->dpi = dpi;
    return TRUE;
}
