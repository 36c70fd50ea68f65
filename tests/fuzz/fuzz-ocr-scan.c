/* A picture as a worker recognises it: decoded, turned, levelled, cleaned and read by Tesseract. Seeds are TIFFs, PNGs and
 * JPEGs. Pictures are made small beforehand, for a page of full size takes seconds. PDFs are left to fuzz-ocr-document: drawing
 * some takes for ever, which is what a worker's deadline is for. */
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ocr/document.h"
#include "ocr/scan.h"
#include "tests/fuzz/fuzz.h"

#define MOST_BYTES (1u << 20)
#define MOST_PIXELS 60000.0

/* FALSE: too large to be fuzzed. */
static gboolean
make_small(LtPagePicture *picture)
{
    double pixels = (double)pixGetWidth(picture->pix) * pixGetHeight(picture->pix);
    float scale = (float)sqrt(MOST_PIXELS / pixels);
    PIX *small;

    if (scale >= 1)
        return TRUE;
    small = pixScale(picture->pix, scale, scale);
    if (!small)
        return FALSE;
    pixDestroy(&picture->pix);
    picture->pix = small;
    picture->dpi = MAX(1, (guint)(picture->dpi * scale));
    return TRUE;
}

static void
recognise(LtEngine *engine, LtDocument *document)
{
    g_auto(LtPagePicture) picture = {0};
    g_autoptr(LtPage) page = NULL;
    g_autoptr(GError) error = NULL;

    if (!lt_document_picture(document, 1, &picture, NULL) || !make_small(&picture))
        return;
    page = lt_scan_read(engine, &picture, 1, &error);
    g_assert_true((page != NULL) != (error != NULL));
    if (page)
        g_assert_true(g_utf8_validate(page->text, -1, NULL));
}

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static LtEngine *engine; /* opened once a process, as a worker does */
    g_autoptr(LtDocument) document = NULL;
    g_autoptr(GError) error = NULL;
    int fd = -1;

    if (length <= MOST_BYTES && !memmem(bytes, length, "%PDF-", 5))
        fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0)
        return 0;
    setMsgSeverity(L_SEVERITY_NONE);
    if (!engine)
        engine = lt_engine_open(&error);
    g_assert_no_error(error);
    g_assert_cmpint(write(fd, bytes, length), ==, (gssize)length);
    document = lt_document_open(fd, LT_OCR_MAX_PAGES, NULL);
    if (document && lt_document_n_pages(document) > 0)
        recognise(engine, document);
    return 0;
}
