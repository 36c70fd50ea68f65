/* Values as people type them into a correction; the first byte names the field. */
#include "store/store.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    if (length == 0)
        return 0;
    LtFieldId field = bytes[0] % LT_N_FIELDS;
    g_autofree char *typed = g_strndup((const char *)bytes + 1, length - 1);
    g_autoptr(GError) error = NULL;
    g_autofree char *value = lt_value_normalise(field, typed, &error);

    g_assert_true((value != NULL) != (error != NULL));
    if (value != NULL) {
        g_autofree char *again = lt_value_normalise(field, value, NULL);

        g_assert_true(g_utf8_validate(value, -1, NULL));
        g_assert_cmpstr(value, ==, again);
    }
    return 0;
}
