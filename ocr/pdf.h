/* PDF through Poppler: text layers as words with boxes, pages as pictures. Pages count from 1. */
#pragma once

#include "ocr/ocr-private.h"
#include "ocr/verdict.h"

typedef struct LtPdf LtPdf;

/* fd is taken, also in failure. LT_OCR_ERROR_ENCRYPTED, _NO_PAGES, _DAMAGED. (transfer full) */
LtPdf *lt_pdf_open(int fd, GError **error);
void lt_pdf_close(LtPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPdf, lt_pdf_close)

guint lt_pdf_n_pages(const LtPdf *pdf);
gboolean lt_pdf_is_damaged(const LtPdf *pdf);

/* See lt_document_read_layer. */
gboolean lt_pdf_read_layer(LtPdf *pdf, guint number, LtPage **ret_page, LtLayerVerdict *ret_verdict,
                           GError **error);

/* On white, at wanted_dpi; where that is 0 at LT_DPI_DEFAULT, or at the image's own resolution where the page is one scanned image;
 * lower where the page would be over LT_OCR_MAX_PIXELS, else LT_OCR_ERROR_TOO_LARGE. */
gboolean lt_pdf_render(LtPdf *pdf, guint number, guint wanted_dpi, LtPagePicture *ret_picture,
                       GError **error);
