#include <string.h>

#include "text/text.h"

static void
expect(const char *text, const char *expected)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_assert_cmpstr(canonical, ==, expected);
    g_autofree char *again = lt_text_canonical(canonical);
    g_assert_cmpstr(again, ==, expected);
}

static void
test_normal_form(void)
{
    expect("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt");
    expect("ngươ\u0300i, đươ\u0323c, hô\u0300", "người, được, hồ");
    expect("u\u031B\u0301", "ứ");
    expect("", "");
}

static void
test_invalid_bytes(void)
{
    expect("a\xFF"
           "b",
           "a\uFFFDb");
    expect("cut \xE1\xBB", "cut \uFFFD\uFFFD");
}

static void
test_ligatures(void)
{
    expect("ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ", "ff fi fl ffi ffl st st");
}

static void
test_look_alikes(void)
{
    expect("ÐƉĐ ðɖđ", "ĐĐĐ đđđ");
}

static void
test_invisible(void)
{
    expect("a\u00ADb\u200Bc\u200Dd\u200Fe\uFEFFf\xC2\x85"
           "g",
           "abcdef\ng");
    expect("a\001b\x7F"
           "c\xC2\x9F"
           "d\u202Ee\u2060f",
           "abcdef");
    /* A mark finds its letter again. */
    expect("e\u200B\u0301", "é");
}

static void
test_blanks(void)
{
    expect("  a \t b\u00A0\u3000c  ", "a b c");
    expect("a  \n\n  b \n", "a\n\nb\n");
    expect("a\r\nb\rc\fd\u2028e", "a\nb\nc\nd\ne");
    expect(" \u200B ", "");
    expect("a \u200B b", "a b");
    expect(" \n \n", "\n\n");
}

/* Letters that nothing changes are taken as they are; an invisible sign behind each keeps them from that,
 * and must make no difference, with a mark on them or without. */
static void
test_short_cut(void)
{
    for (gunichar c = ' '; c < 0x3000; c++) {
        char letter[7] = "", *p = letter;
        if (!g_unichar_validate(c))
            continue;
        p[g_unichar_to_utf8(c, p)] = '\0';
        g_autofree char *quick = g_strconcat("x", letter, "y ", letter, "\u0301", NULL);
        g_autofree char *slow =
            g_strconcat("x\u200B", letter, "\u200By\u200B ", letter, "\u200B\u0301\u200B", NULL);
        g_autofree char *expected = lt_text_canonical(slow);
        expect(quick, expected);
    }
}

/* Ordering marks is quadratic in the length of a run of them: a page of marks must not stop the
 * house. */
static void
test_many_marks(void)
{
    g_autoptr(GString) text = g_string_new("a");
    for (guint i = 0; i < 500000; i++)
        g_string_append(text, i % 2 ? "\u0301" : "\u0323");
    g_autofree char *canonical = lt_text_canonical(text->str);
    g_assert_cmpuint(strlen(canonical), <, 100);
    g_assert_true(g_str_has_prefix(canonical, "ạ"));
}

/* So is joining letters and marks, in GLib, over the whole of a text. */
static void
test_long_text(void)
{
    g_autoptr(GString) text = g_string_new(NULL), words = g_string_new(NULL);
    for (guint i = 0; i < 300000; i++) {
        g_string_append(text, "e\u0302\u0301");
        g_string_append(words, "ế ");
    }
    g_autofree char *canonical = lt_text_canonical(text->str);
    g_autofree char *canonical_words = lt_text_canonical(words->str);
    g_assert_cmpint(g_utf8_strlen(canonical, -1), ==, 300000);
    g_assert_cmpuint(strlen(canonical_words), ==, words->len - 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/canonical/normal-form", test_normal_form);
    g_test_add_func("/canonical/invalid-bytes", test_invalid_bytes);
    g_test_add_func("/canonical/ligatures", test_ligatures);
    g_test_add_func("/canonical/look-alikes", test_look_alikes);
    g_test_add_func("/canonical/invisible", test_invisible);
    g_test_add_func("/canonical/blanks", test_blanks);
    g_test_add_func("/canonical/short-cut", test_short_cut);
    g_test_add_func("/canonical/many-marks", test_many_marks);
    g_test_add_func("/canonical/long-text", test_long_text);
    return g_test_run();
}
