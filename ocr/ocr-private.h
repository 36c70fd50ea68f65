/* What the rooms of ocr/ share and nobody else sees: the resolutions of pictures, the picture of a
 * page, and the cleanup of third-party types. */
#pragma once

#include <allheaders.h>
#include <poppler.h>
#include <tesseract/capi.h>

#include "ocr/ocr.h"

#define LT_DPI_DEFAULT 300 /* a page is rendered at this, */
#define LT_DPI_NATIVE_MIN                                                                          \
    150 /* a page that is one scanned image at the image's own within these                        \
         */
#define LT_DPI_NATIVE_MAX 300
#define LT_DPI_LOWEST 100 /* to which a page too large for the pixel limit may be lowered */
#define LT_DPI_REDUCE 450 /* pictures from here on are reduced to LT_DPI_DEFAULT */

static inline void
lt_pix_free(PIX *pix)
{
    pixDestroy(&pix);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PIX, lt_pix_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerPage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TessBaseAPI, TessBaseAPIDelete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TessResultIterator, TessResultIteratorDelete)

/* The upright page, ready to be recognised: 1 bit, or 8 or 32 bits without colour map or alpha. */
typedef struct {
    PIX *pix;
    guint dpi;
    double width, height; /* of the page in points */
    gboolean hollow;      /* an image fills the page, and nothing of it is to be seen */
} LtPagePicture;

static inline void
lt_page_picture_clear(LtPagePicture *picture)
{
    g_clear_pointer(&picture->pix, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtPagePicture, lt_page_picture_clear)

static inline double
lt_clamp_fraction(double value)
{
    return value > 0 ? MIN(value, 1.0) : 0.0; /* of a NaN too */
}
