/* The structure of picture files, as far as this project reads it itself: TIFF directories, JPEG markers. */
#include "ocr/jpeg.h"
#include "ocr/tiff.h"
#include "tests/fuzz/fuzz.h"

#define MOST_PAGES 100u

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(LtTiffPage));
    LtJpegInfo info = lt_jpeg_scan(bytes, length);

    g_assert_cmpuint(info.orientation, >=, 1);
    g_assert_cmpuint(info.orientation, <=, 8);
    lt_tiff_scan(bytes, length, MOST_PAGES, pages);
    g_assert_cmpuint(pages->len, <=, MOST_PAGES);
    for (guint i = 0; i < pages->len; i++)
        g_assert_cmpuint(g_array_index(pages, LtTiffPage, i).offset, <, length);
    return 0;
}
