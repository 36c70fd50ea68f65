/* Decoding any text from any code: words stay words, and what comes out can be made canonical. The
 * first byte is the font's hint. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "text/text.h"

static guint
count_blanks(const char *text)
{
    guint n = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        n += g_unichar_isspace(g_utf8_get_char(p));
    return n;
}

static void
decode(const char *text, LtLegacyCode code, gboolean capitals)
{
    g_autofree char *decoded = lt_legacy_decode(text, code, capitals);
    g_assert_true(g_utf8_validate(decoded, -1, NULL));
    g_assert_cmpint(g_utf8_strlen(decoded, -1), <=, g_utf8_strlen(text, -1));
    g_assert_cmpuint(count_blanks(decoded), ==, count_blanks(text));

    g_autofree char *mended = lt_legacy_mend_capitals(decoded);
    g_assert_cmpint(g_utf8_strlen(mended, -1), ==, g_utf8_strlen(decoded, -1));
    g_assert_cmpuint(count_blanks(mended), ==, count_blanks(decoded));

    g_autofree char *canonical = lt_text_canonical(mended);
    g_autofree char *again = lt_text_canonical(canonical);
    g_assert_cmpstr(canonical, ==, again);
    lt_legacy_lost_capitals(decoded);
}

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    if (length == 0)
        return 0;
    LtLegacyCode hint = bytes[0] % LT_N_LEGACY_CODES;
    g_autofree char *raw = g_strndup((const char *)bytes + 1, length - 1);
    g_autofree char *text = g_utf8_make_valid(raw, -1);

    for (LtLegacyCode code = LT_LEGACY_NONE; code < LT_N_LEGACY_CODES; code++) {
        decode(text, code, FALSE);
        decode(text, code, TRUE);
        lt_legacy_fits(text, code);
    }
    if (g_str_is_ascii(text))
        g_assert_cmpint(lt_legacy_detect(text, hint), ==, LT_LEGACY_NONE);
    else
        lt_legacy_detect(text, hint);
    lt_legacy_font(text);
    return 0;
}
