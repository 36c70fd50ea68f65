#include "text/text.h"

static void
expect_fold(const char *text, const char *expected)
{
    g_autofree char *folded = lt_text_fold(text);
    g_assert_cmpstr(folded, ==, expected);
}

static void
test_fold(void)
{
    expect_fold("QUYẾT ĐỊNH số 30/2020/NĐ-CP", "quyet dinh so 30/2020/nd-cp");
    expect_fold("ăâđêôơư ĂÂĐÊÔƠƯ Ðð Ɖɖ", "aadeoou aadeoou dd dd");
    expect_fold("Çà ñ Ü İ ı K", "ca n u i i k");
    expect_fold("a–b—c‐d‑e−f-g", "a-b-c-d-e-f-g");
    /* Not Latin: only made small. */
    expect_fold("ΑΒ Йй 한 か\u3099", "αβ йй 한 か\u3099");
    expect_fold("\xFF", "\uFFFD");
}

static void
test_fold_keeps_positions(void)
{
    for (gunichar c = 1; c <= 0x10FFFF; c++) {
        if (!g_unichar_validate(c))
            continue;
        char text[8] = {0};
        g_unichar_to_utf8(c, text);
        g_autofree char *folded = lt_text_fold(text);
        g_assert_cmpint(g_utf8_strlen(folded, -1), ==, 1);
        g_assert_true(g_utf8_validate(folded, -1, NULL));
    }
}

static void
test_fold_toned(void)
{
    for (gunichar c = 0x1E00; c <= 0x1EFF; c++) {
        gunichar parts[4];
        char text[8] = {0}, base[2] = {0};
        g_unichar_fully_decompose(c, FALSE, parts, G_N_ELEMENTS(parts));
        g_unichar_to_utf8(c, text);
        base[0] = (char)g_ascii_tolower((char)parts[0]);
        if (parts[0] < 0x80 && g_ascii_isalpha(base[0]))
            expect_fold(text, base);
    }
}

static void
expect_level(const char *text, const char *expected)
{
    g_autofree char *level = lt_text_level(text);
    g_assert_cmpstr(level, ==, expected);
}

static void
test_level(void)
{
    expect_level("Cộng Hoà", "cộng hòa");
    expect_level("hòa thuỷ khoẻ HOẢ TỐC UỶ", "hòa thủy khỏe hỏa tốc ủy");
    expect_level("quý, quỹ QUỲ", "quý, quỹ quỳ");
    expect_level("hoàn thuyết ngoài khoét", "hoàn thuyết ngoài khoét");
    expect_level("loạ oà", "lọa òa");
    expect_level("Ð  a\n b ", "đ a b");
    expect_level("oà2 ý", "òa2 ý");
}

static void
expect_custom(const char *word, const char *expected)
{
    g_autofree char *other = lt_text_other_custom(word);
    g_assert_cmpstr(other, ==, expected);
}

static void
test_other_custom(void)
{
    static const char *const pairs[][2] = {{"kỹ", "kĩ"},   {"lý", "lí"}, {"sỹ", "sĩ"},
                                           {"mỹ", "mĩ"},   {"ty", "ti"}, {"hy", "hi"},
                                           {"quý", "quí"}, {"ky", "ki"}, {"quy", "qui"}};
    static const char *const single[] = {"",    "y",  "kim", "ký tự", "nghi", "thi",
                                         "chy", "uy", "vi",  "kay",   "khi",  "si1",
                                         "k",   "qu", "tuy", "gi",    "quị1"};

    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        expect_custom(pairs[i][0], pairs[i][1]);
        expect_custom(pairs[i][1], pairs[i][0]);
    }
    for (guint i = 0; i < G_N_ELEMENTS(single); i++)
        expect_custom(single[i], NULL);
}

static void
expect_key(const char *number, const char *expected)
{
    g_autofree char *key = lt_text_number_key(number);
    g_assert_cmpstr(key, ==, expected);
}

static void
test_number_key(void)
{
    expect_key("0020/CV-BCĐNQ", "20cvbcdnq");
    expect_key(" 20 / CV – BCÐNQ", "20cvbcdnq");
    expect_key("27-KH/ĐU", "27khdu");
    expect_key("30/2020/NĐ-CP", "302020ndcp");
    expect_key("QĐ 007/UB", "qd7ub");
    expect_key("000/A", "0a");
    expect_key("/-", "");
    expect_key("", "");
}

static void
test_distance(void)
{
    g_assert_cmpuint(lt_text_distance("", "", 3), ==, 0);
    g_assert_cmpuint(lt_text_distance("", "ab", 3), ==, 2);
    g_assert_cmpuint(lt_text_distance("kitten", "sitting", 5), ==, 3);
    g_assert_cmpuint(lt_text_distance("kitten", "sitting", 3), ==, 3);
    g_assert_cmpuint(lt_text_distance("kitten", "sitting", 2), ==, 3);
    g_assert_cmpuint(lt_text_distance("sở nội vụ", "sỏ nội vụ", 2), ==, 1);
    g_assert_cmpuint(lt_text_distance("abc", "abc", 0), ==, 0);
    g_assert_cmpuint(lt_text_distance("abc", "abd", 0), ==, 1);
    g_assert_cmpuint(lt_text_distance("abcdef", "a", 2), ==, 3);
    g_assert_cmpuint(lt_text_distance("abc", "xyz", G_MAXUINT), ==, 3);
    g_autofree char *longer = g_strnfill(200, 'a');
    g_autofree char *other = g_strconcat("b", longer, "ấ", NULL);
    g_assert_cmpuint(lt_text_distance(longer, other, 5), ==, 2);
    g_assert_cmpuint(lt_text_distance(other, longer, 5), ==, 2);
    g_assert_cmpuint(lt_text_distance("aa", longer, 300), ==, 198);
}

/* The whole table, without a band. */
static guint
plain_distance(const char *a, gsize a_length, const char *b, gsize b_length)
{
    guint table[16][16];
    for (gsize i = 0; i <= a_length; i++)
        for (gsize j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = (guint)(i + j);
                continue;
            }
            guint substituted = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            table[i][j] = MIN(substituted, MIN(table[i - 1][j], table[i][j - 1]) + 1);
        }
    return table[a_length][b_length];
}

static void
test_distance_by_chance(void)
{
    for (guint n = 0; n < 20000; n++) {
        char a[16] = "", b[16] = "";
        gsize a_length = (gsize)g_test_rand_int_range(0, 12);
        gsize b_length = (gsize)g_test_rand_int_range(0, 12);
        for (gsize i = 0; i < a_length; i++)
            a[i] = (char)g_test_rand_int_range('a', 'd');
        for (gsize i = 0; i < b_length; i++)
            b[i] = (char)g_test_rand_int_range('a', 'd');
        guint limit = (guint)g_test_rand_int_range(0, 14);
        guint expected = MIN(plain_distance(a, a_length, b, b_length), limit + 1);
        g_assert_cmpuint(lt_text_distance(a, b, limit), ==, expected);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fold/text", test_fold);
    g_test_add_func("/fold/keeps-positions", test_fold_keeps_positions);
    g_test_add_func("/fold/toned", test_fold_toned);
    g_test_add_func("/fold/level", test_level);
    g_test_add_func("/fold/other-custom", test_other_custom);
    g_test_add_func("/fold/number-key", test_number_key);
    g_test_add_func("/fold/distance", test_distance);
    g_test_add_func("/fold/distance-by-chance", test_distance_by_chance);
    return g_test_run();
}
