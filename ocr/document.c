#include "ocr/document.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ocr/cut.h"
#include "ocr/pdf.h"
#include "ocr/picture.h"

#define HEAD_SIZE 1024 /* bytes: where Poppler looks for the PDF header, too */

struct LtDocument {
    LtPdf *pdf; /* one of the two */
    LtPictureFile *pictures;
};

static gssize
read_head(int fd, char *head, GError **error)
{
    struct stat status;
    gssize n = -1;

    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        n = pread(fd, head, HEAD_SIZE, 0);
    if (n < 0) {
        g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_INTERNAL,
                            _("the document's descriptor cannot be read"));
        return -1;
    }
    if (n == 0) {
        g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED, _("the file is empty"));
        return -1;
    }
    return n;
}

static gboolean
check_page_count(guint n_pages, guint limit, GError **error)
{
    if (n_pages == 0) {
        g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_NO_PAGES,
                            _("the document has no pages"));
        return FALSE;
    }
    if (n_pages > limit) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_MANY_PAGES,
                    _("the document has %u pages, more than the %u that are allowed"), n_pages,
                    limit);
        return FALSE;
    }
    return TRUE;
}

LtDocument *
lt_document_open(int fd, guint page_limit, GError **error)
{
    g_autoptr(LtDocument) document = g_new0(LtDocument, 1);
    char head[HEAD_SIZE];
    gssize n = read_head(fd, head, error);
    gboolean opened = FALSE;

    if (n < 0) {
        close(fd);
        return NULL;
    }
    if (memmem(head, (gsize)n, "%PDF-", 5))
        opened = (document->pdf = lt_pdf_open(fd, error)) != NULL;
    else
        opened = (document->pictures = lt_picture_file_open(fd, error)) != NULL;
    if (!opened || !check_page_count(lt_document_n_pages(document), page_limit, error))
        return NULL;
    return g_steal_pointer(&document);
}

void
lt_document_close(LtDocument *document)
{
    if (!document)
        return;
    lt_pdf_close(document->pdf);
    lt_picture_file_close(document->pictures);
    g_free(document);
}

guint
lt_document_n_pages(const LtDocument *document)
{
    return document->pdf ? lt_pdf_n_pages(document->pdf)
                         : lt_picture_file_n_pages(document->pictures);
}

gboolean
lt_document_is_damaged(const LtDocument *document)
{
    return document->pdf ? lt_pdf_is_damaged(document->pdf)
                         : lt_picture_file_is_damaged(document->pictures);
}

static gboolean
has_page(const LtDocument *document, guint number, GError **error)
{
    if (number >= 1 && number <= lt_document_n_pages(document))
        return TRUE;
    g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_PROTOCOL, _("the document has no page %u"),
                number);
    return FALSE;
}

gboolean
lt_document_read_layer(LtDocument *document, guint number, LtPage **ret_page,
                       LtLayerVerdict *ret_verdict, GError **error)
{
    *ret_page = NULL;
    *ret_verdict = LT_LAYER_NONE;
    if (!has_page(document, number, error))
        return FALSE;
    if (document->pdf)
        return lt_pdf_read_layer(document->pdf, number, ret_page, ret_verdict, error);
    return lt_picture_file_check(document->pictures, number, error);
}

gboolean
lt_document_picture(LtDocument *document, guint number, LtPagePicture *ret_picture, GError **error)
{
    if (!has_page(document, number, error))
        return FALSE;
    if (document->pdf)
        return lt_pdf_render(document->pdf, number, 0, ret_picture, error);
    return lt_picture_file_read(document->pictures, number, ret_picture, error);
}

gboolean
lt_document_show(LtDocument *document, guint number, guint dpi, LtPagePicture *ret_picture,
                 GError **error)
{
    if (!has_page(document, number, error))
        return FALSE;
    if (document->pdf)
        return lt_pdf_render(document->pdf, number, dpi, ret_picture, error);
    return lt_picture_file_read(document->pictures, number, ret_picture, error) &&
           lt_picture_reduce(ret_picture, dpi, error);
}
