/* The verdict on a text layer: any text, any share of pictures (the first byte). */
#include "ocr/verdict.h"
#include "tests/fuzz/fuzz.h"

#define MOST_BYTES 20000u

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    if (length == 0 || length > MOST_BYTES)
        return 0;
    g_autofree char *raw = g_strndup((const char *)bytes + 1, length - 1);
    g_autofree char *text = g_utf8_make_valid(raw, -1);
    g_autofree char *canonical = lt_text_canonical(text);
    g_autoptr(LtPage) page = lt_page_new_from_text(1, canonical);

    g_assert_nonnull(lt_layer_verdict_name(lt_layer_judge(page, bytes[0] / 255.0)));
    return 0;
}
