/* A whole document as a worker opens it: every page's text layer, and with FUZZ_PICTURES set (nonempty)
 * small pages as pictures, too. Seeds are real PDFs, TIFFs, PNGs and JPEGs: any file of samples/. */
#include <sys/mman.h>
#include <unistd.h>

#include "ocr/document.h"
#include "tests/fuzz/fuzz.h"

#define MOST_BYTES (1u << 20)
#define MOST_PAGES 5u

static void
read_page(LtDocument *document, guint number)
{
    g_autoptr(LtPage) page = NULL;
    g_autoptr(GError) error = NULL;
    LtLayerVerdict verdict;

    if (!lt_document_read_layer(document, number, &page, &verdict, &error))
        g_assert_nonnull(error);
    else if (page)
        g_assert_true(g_utf8_validate(page->text, -1, NULL));
    if (!page && !error && g_getenv("FUZZ_PICTURES")) {
        g_auto(LtPagePicture) picture = {0};

        lt_document_picture(document, number, &picture, NULL);
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    g_autoptr(LtDocument) document = NULL;
    int fd = length <= MOST_BYTES ? memfd_create("fuzz", MFD_CLOEXEC) : -1;

    if (fd < 0)
        return 0;
    setMsgSeverity(L_SEVERITY_NONE);
    g_assert_cmpint(write(fd, bytes, length), ==, (gssize)length);
    document = lt_document_open(fd, LT_OCR_MAX_PAGES, NULL);
    for (guint page = 1; document && page <= MIN(lt_document_n_pages(document), MOST_PAGES); page++)
        read_page(document, page);
    return 0;
}
