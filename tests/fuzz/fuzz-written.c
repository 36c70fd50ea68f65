/* What a worker says was written by hand: any text is of that form or refused, and what is of it comes back the same. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "text/text.h"

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autoptr(GArray) written = NULL;
    g_autoptr(GArray) again = NULL;

    if (!lt_written_from_text(text, &written)) {
        g_assert_null(written);
        return 0;
    }
    g_autofree char *first = lt_written_to_text(written);
    g_assert_true(lt_written_from_text(first, &again));
    g_autofree char *second = lt_written_to_text(again);
    g_assert_cmpstr(first, ==, second);
    return 0;
}
