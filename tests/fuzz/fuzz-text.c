/* Folding, levelling, keys and spelling over any bytes that were made canonical first. */
#include "tests/fuzz/fuzz.h"
#include "text/text.h"

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    g_autofree char *raw = g_strndup((const char *)bytes, length);
    g_autofree char *canonical = lt_text_canonical(raw);
    g_autofree char *again = lt_text_canonical(canonical);
    g_autofree char *folded = lt_text_fold(canonical);
    g_autofree char *level = lt_text_level(canonical);
    g_autofree char *key = lt_text_number_key(canonical);
    LtTextQuality quality = lt_text_quality(canonical);

    g_assert_cmpstr(canonical, ==, again);
    g_assert_cmpint(g_utf8_strlen(canonical, -1), ==, g_utf8_strlen(folded, -1));
    g_assert_cmpuint(quality.syllables, <=, quality.words);
    g_assert_cmpuint(quality.marked, <=, quality.letters);
    g_assert_true(g_utf8_validate(level, -1, NULL));
    g_assert_true(g_str_is_ascii(key));
    lt_text_is_syllable(canonical);
    return 0;
}
