/* A file of whatever kind, opened by what it holds: a PDF or a picture. Errors are LT_OCR_ERROR. */
#pragma once

#include "ocr/ocr-private.h"
#include "ocr/verdict.h"

typedef struct LtDocument LtDocument;

/* fd: a regular file, read with pread or mapped, so that its offset does not matter (taken, also in
 * failure). (transfer full) */
LtDocument *lt_document_open(int fd, guint page_limit, GError **error);
void lt_document_close(LtDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtDocument, lt_document_close)

guint lt_document_n_pages(const LtDocument *document);

/* Parts of the file are missing, or it had to be put right to be read. */
gboolean lt_document_is_damaged(const LtDocument *document);

/* The page as its own text layer gives it, or NULL in *ret_page and in *ret_verdict why it has to
 * be recognised; then the page is known to be fit for lt_document_picture, its size at least. */
gboolean lt_document_read_layer(LtDocument *document, guint number, LtPage **ret_page,
                                LtLayerVerdict *ret_verdict, GError **error);

gboolean lt_document_picture(LtDocument *document, guint number, LtPagePicture *ret_picture,
                             GError **error);
/* The same for a person's eye, at that resolution or the next lower one that is possible. */
gboolean lt_document_show(LtDocument *document, guint number, guint dpi, LtPagePicture *ret_picture,
                          GError **error);
