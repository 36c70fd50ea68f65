/* A page from its parts: text up to the first zero byte, packed words after it. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "text/text.h"

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    const guint8 *zero = length > 0 ? memchr(bytes, 0, length) : NULL;

    if (zero == NULL)
        return 0;
    const char *text = (const char *)bytes;
    gsize rest = length - (gsize)(zero + 1 - bytes);
    g_autoptr(GBytes) words = g_bytes_new(zero + 1, rest);
    g_autoptr(GError) error = NULL;
    g_autoptr(LtPage) page =
        lt_page_new_packed(1, LT_PAGE_FROM_OCR, 0.5, 595, 842, text, NULL, words, &error);

    if (page != NULL) {
        g_autoptr(GBytes) packed = lt_page_pack_words(page);

        g_assert_true(g_bytes_equal(packed, words));
    } else {
        g_autofree char *canonical = lt_text_canonical(text);
        g_autoptr(LtPage) plain = lt_page_new_from_text(1, canonical);
        g_autoptr(GBytes) packed = lt_page_pack_words(plain);
        g_autoptr(LtPage) again =
            lt_page_new_packed(1, LT_PAGE_FROM_OCR, 1, 0, 0, plain->text, NULL, packed, NULL);

        g_assert_nonnull(again);
    }
    return 0;
}
