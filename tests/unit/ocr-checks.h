/* What the tests of documents have in common: opening what ocr-inputs.h makes, and looking at
 * pictures. */
#pragma once

#include "ocr/document.h"

#include "tests/unit/ocr-inputs.h"

static inline LtDocument *
open_bytes(const GString *bytes, GError **error)
{
    return lt_document_open(input_fd_of(bytes), LT_OCR_MAX_PAGES, error);
}

static inline void
expect_open_fails(const GString *bytes, LtOcrError code)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtDocument) document = open_bytes(bytes, &error);

    g_assert_null(document);
    g_assert_error(error, LT_OCR_ERROR, (int)code);
}

static inline LtDocument *
open_whole(const GString *bytes)
{
    g_autoptr(GError) error = NULL;
    LtDocument *document = open_bytes(bytes, &error);

    g_assert_no_error(error);
    g_assert_nonnull(document);
    return document;
}

static inline void
expect_layer_fails(LtDocument *document, guint number, LtOcrError code)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtPage) page = NULL;
    LtLayerVerdict verdict;

    g_assert_false(lt_document_read_layer(document, number, &page, &verdict, &error));
    g_assert_error(error, LT_OCR_ERROR, (int)code);
}

static inline void
read_picture(LtDocument *document, guint number, LtPagePicture *ret_picture)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_document_picture(document, number, ret_picture, &error));
    g_assert_no_error(error);
}

/* The smallest box around all ink, in fractions. */
static inline LtBox
ink_box(PIX *pix)
{
    g_autoptr(PIX) binary = pixConvertTo1(pix, 128);
    double width = pixGetWidth(pix), height = pixGetHeight(pix);
    l_int32 x = 0, y = 0, w = 0, h = 0;
    BOX *box = NULL;
    LtBox ink;

    g_assert_cmpint(pixClipToForeground(binary, NULL, &box), ==, 0);
    boxGetGeometry(box, &x, &y, &w, &h);
    boxDestroy(&box);
    ink = (LtBox){x / width, y / height, (x + w) / width, (y + h) / height};
    return ink;
}

static inline void
assert_inside(const LtBox *inner, const LtBox *outer)
{
    const double SLACK = 0.004;

    g_assert_cmpfloat(inner->x0, >=, outer->x0 - SLACK);
    g_assert_cmpfloat(inner->y0, >=, outer->y0 - SLACK);
    g_assert_cmpfloat(inner->x1, <=, outer->x1 + SLACK);
    g_assert_cmpfloat(inner->y1, <=, outer->y1 + SLACK);
}
