/* The codes from before Unicode: every letter of their tables, and text as it comes out of files. */
#include <string.h>

#include "text/text.h"

/* Letter by letter the same, in the order of the alphabet. From the published tables. */
#define SMALL                                                                                                                                            \
    "a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ e è ẻ ẽ é ẹ ê ề ể ễ ế ệ i ì ỉ ĩ í ị o ò ỏ õ ó ọ " \
    "ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ u ù ủ ũ ú ụ ư ừ ử ữ ứ ự y ỳ ỷ ỹ ý ỵ đ"
#define SMALL_TCVN3                                                                                                              \
    "a µ ¶ · ¸ ¹ ¨ » ¼ ½ ¾ Æ © Ç È É Ê Ë e Ì Î Ï Ð Ñ ª Ò Ó Ô Õ Ö i × Ø Ü Ý Þ o ß á â ã ä " \
    "« å æ ç è é ¬ ê ë ì í î u ï ñ ò ó ô \u00AD õ ö ÷ ø ù y ú û ü ý þ ®"
#define SMALL_VNI                                                                                                                   \
    "a aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä e eø eû eõ eù eï eâ eà eå eã eá "              \
    "eä i ì æ ó í ò o oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï u uø uû uõ uù uï ö öø " \
    "öû öõ öù öï y yø yû yõ yù î ñ"
#define BREVE_CAPITALS "Ă Â Ê Ô Ơ Ư Đ"
#define BREVE_CAPITALS_TCVN3 "¡ ¢ £ ¤ ¥ ¦ §"

#define PROSE                                                                                                                \
    "Căn cứ Nghị định số 20 của Chính phủ về việc tăng cường công tác thông tin, các sở, ban, " \
    "ngành và Uỷ ban nhân dân các huyện báo cáo tình hình thực hiện trước ngày 30 tháng 9"
#define PROSE_TCVN3                                                                                               \
    "C¨n cø NghÞ ®Þnh sè 20 cña ChÝnh phñ vÒ viÖc t¨ng c\u00ADêng c«ng t¸c th«ng tin, c¸c së, " \
    "ban, ngµnh vµ Uû ban nh©n d©n c¸c huyÖn b¸o c¸o t×nh h×nh thùc hiÖn tr\u00ADíc ngµy 30 "      \
    "th¸ng 9"
#define PROSE_VNI                                                                                                 \
    "Caên cöù Nghò ñònh soá 20 cuûa Chính phuû veà vieäc taêng cöôøng coâng taùc thoâng tin, " \
    "caùc sôû, ban, ngaønh vaø Uyû ban nhaân daân caùc huyeän baùo caùo tình hình thöïc hieän "  \
    "tröôùc ngaøy 30 thaùng 9"

static void
assert_decoded(const char *text, LtLegacyCode code, gboolean capitals, const char *expected)
{
    g_autofree char *decoded = lt_legacy_decode(text, code, capitals);
    g_assert_cmpstr(decoded, ==, expected);
}

/* Each letter behind a t: by itself a sign may be a bullet. (transfer full) */
static char *
behind_t(const char *letters)
{
    g_auto(GStrv) parts = g_strsplit(letters, " ", -1);
    g_autofree char *joined = g_strjoinv(" t", parts);
    return g_strconcat("t", joined, NULL);
}

static void
test_tables(void)
{
    g_autofree char *small = behind_t(SMALL);
    g_autofree char *small_tcvn3 = behind_t(SMALL_TCVN3);
    g_autofree char *small_vni = behind_t(SMALL_VNI);
    g_autofree char *capitals = g_utf8_strup(small, -1);
    g_autofree char *capitals_vni = g_utf8_strup(small_vni, -1);

    assert_decoded(small_tcvn3, LT_LEGACY_TCVN3, FALSE, small);
    assert_decoded(small_tcvn3, LT_LEGACY_TCVN3, TRUE, capitals);
    assert_decoded(BREVE_CAPITALS_TCVN3, LT_LEGACY_TCVN3, FALSE, BREVE_CAPITALS);
    assert_decoded(small_vni, LT_LEGACY_VNI, FALSE, small);
    assert_decoded(capitals_vni, LT_LEGACY_VNI, FALSE, capitals);
}

/* Every letter once, among the signs of a single-byte code that iconv or a font's table knows. */
static void
assert_holds_alphabet(LtLegacyCode code, const char *letters)
{
    g_autoptr(GString) signs = g_string_new(NULL);
    for (gunichar c = 1; c <= 0xFF; c++)
        if (c < '\t' || (c > '\r' && c != ' ' && c != 0xA0))
            g_string_append_unichar(signs, c);
    g_autofree char *decoded = lt_legacy_decode(signs->str, code, FALSE);
    for (const char *p = letters; *p; p = g_utf8_next_char(p))
        if (*p != ' ' && g_utf8_strchr(decoded, -1, g_utf8_get_char(p)) == NULL)
            g_error("U+%04X is not in code %d", g_utf8_get_char(p), code);
}

static void
test_alphabets(void)
{
    g_autofree char *capitals = g_utf8_strup(SMALL, -1);
    g_auto(GStrv) parts = g_strsplit(capitals, "Õ", -1);
    g_autofree char *but_one = g_strjoinv("", parts); /* Õ is where Latin-1 has a blank */

    assert_holds_alphabet(LT_LEGACY_VISCII, SMALL);
    assert_holds_alphabet(LT_LEGACY_VISCII, but_one);
    assert_holds_alphabet(LT_LEGACY_VPS, SMALL);
}

static void
test_prose(void)
{
    assert_decoded(PROSE_TCVN3, LT_LEGACY_TCVN3, FALSE, PROSE);
    assert_decoded(PROSE_VNI, LT_LEGACY_VNI, FALSE, PROSE);
    assert_decoded("Cµng hòa xã hµi chü nghîa Vi®t Nam", LT_LEGACY_VISCII, FALSE,
                   "Cộng hòa xã hội chủ nghĩa Việt Nam");
    assert_decoded("\xC2\x80", LT_LEGACY_VISCII, FALSE, "Ạ");
    assert_decoded("\u20AC", LT_LEGACY_VISCII, FALSE, "Ạ");
    assert_decoded(PROSE_TCVN3, LT_LEGACY_NONE, FALSE, PROSE_TCVN3);
}

/* The same letters as other producers write them. */
static void
test_variants(void)
{
    assert_decoded("Thñ t\u2212íng, x\u2219 héi, nh\u2212 sau: \u2212u tiªn", LT_LEGACY_TCVN3,
                   FALSE, "Thủ tướng, xã hội, như sau: ưu tiên");
    assert_decoded("n-íc, tr-êng, nh-ng, t- ph¸p, Th«ng t-, -u tiªn", LT_LEGACY_TCVN3, FALSE,
                   "nước, trường, nhưng, tư pháp, Thông tư, ưu tiên");
    assert_decoded("h\u03BCng n\u0308m th\u0327ng", LT_LEGACY_TCVN3, FALSE, "hàng năm tháng");
    assert_decoded("VEÂØ, TRÖÔØNG, yï, aØ", LT_LEGACY_VNI, FALSE, "VỀ, TRƯỜNG, ỵ, à");
}

static void
test_signs_that_stay(void)
{
    assert_decoded("5 \u2212 3, 10\u221220, 3×4, 2½, \u2212 Thñ", LT_LEGACY_TCVN3, FALSE,
                   "5 \u2212 3, 10\u221220, 3×4, 2½, \u2212 Thủ");
    assert_decoded("\u2219 Thùc, \u2219Thùc, ·Thùc, \u2212Thùc", LT_LEGACY_TCVN3, FALSE,
                   "\u2219 Thực, \u2219Thực, ·Thực, \u2212Thực");
    assert_decoded("20/CV-UBND, Q§-TTg, N§-CP, b- Néi dung, 5-7", LT_LEGACY_TCVN3, FALSE,
                   "20/CV-UBND, QĐ-TTg, NĐ-CP, b- Nội dung, 5-7");
    assert_decoded("10.000®, §1", LT_LEGACY_TCVN3, FALSE, "10.000đ, Đ1");
    assert_decoded("“ViÖt Nam” – a\tb\nc", LT_LEGACY_TCVN3, FALSE, "“Việt Nam” – a\tb\nc");
    assert_decoded("ñ1", LT_LEGACY_VNI, FALSE, "đ1");
    assert_decoded("uù! ø 3ø Bû", LT_LEGACY_VNI, FALSE, "ú! ø 3ø Bû");
}

static void
assert_mended(const char *text, const char *expected)
{
    g_autofree char *mended = lt_legacy_mend_capitals(text);
    g_assert_cmpstr(mended, ==, expected);
}

static void
test_capitals(void)
{
    assert_mended("NGHị ĐịNH CủA CHíNH PHủ", "NGHỊ ĐỊNH CỦA CHÍNH PHỦ");
    assert_mended("TOàN VĂN\nToàn văn", "TOÀN VĂN\nToàn văn");
    assert_mended("Bộ TàI CHíNH", "BỘ TÀI CHÍNH");
    assert_mended("ý KIếN Và Đề NGHị", "Ý KIẾN VÀ ĐỀ NGHỊ");
    assert_mended("Bộ Tài chính", "Bộ Tài chính");
    assert_mended("Hồ Chí Minh và UBND xã", "Hồ Chí Minh và UBND xã");
    assert_mended("UBND Hà Nội", "UBND Hà Nội");
    assert_mended("UBND Bà", "UBND Bà");
    assert_mended("Số:31/2026/NĐ-CP", "Số:31/2026/NĐ-CP");
    assert_mended("ủY BAN", "ỦY BAN");
    assert_mended("", "");
    assert_mended(" a  TOàN ", " a  TOÀN ");
}

static void
test_lost_capitals(void)
{
    g_assert_true(lt_legacy_lost_capitals("cộng hoà xã hội chủ nghĩa việt nam"));
    g_assert_true(lt_legacy_lost_capitals("số 5\nđộc lập - tự do  - hạnh phúc"));
    g_assert_false(lt_legacy_lost_capitals("Cộng hòa xã hội chủ nghĩa việt nam"));
    g_assert_false(lt_legacy_lost_capitals("ủy ban nhân dân các huyện"));
}

static void
assert_font(const char *name, LtLegacyCode code, gboolean capitals)
{
    LtLegacyFont font = lt_legacy_font(name);
    g_assert_cmpint(font.code, ==, code);
    g_assert_cmpint(font.capitals, ==, capitals);
}

static void
test_fonts(void)
{
    assert_font(".VnTime", LT_LEGACY_TCVN3, FALSE);
    assert_font("AARIQC+.VnTimeH,Bold", LT_LEGACY_TCVN3, TRUE);
    assert_font("FBHPFO+VnTimeHBold", LT_LEGACY_TCVN3, TRUE);
    assert_font("VnTimeHBoldItalic", LT_LEGACY_TCVN3, TRUE);
    assert_font("VnTimeBold", LT_LEGACY_TCVN3, FALSE);
    assert_font(".VnArial NarrowH", LT_LEGACY_TCVN3, TRUE);
    assert_font(".Vn3DH", LT_LEGACY_TCVN3, TRUE);
    assert_font("VNI-Times,Bold", LT_LEGACY_VNI, FALSE);
    assert_font("VNI Helve", LT_LEGACY_VNI, FALSE);
    assert_font("VPS Times", LT_LEGACY_VPS, FALSE);
    assert_font("TimesNewRomanPSMT", LT_LEGACY_NONE, FALSE);
    assert_font("ABCDEF+", LT_LEGACY_NONE, FALSE);
    assert_font("", LT_LEGACY_NONE, FALSE);
    assert_font(NULL, LT_LEGACY_NONE, FALSE);
}

static void
assert_detected(const char *text, LtLegacyCode hint, LtLegacyCode expected)
{
    g_assert_cmpint(lt_legacy_detect(text, hint), ==, expected);
}

/* What the font claims never outweighs the text. */
static void
test_detect(void)
{
    for (LtLegacyCode hint = LT_LEGACY_NONE; hint < LT_N_LEGACY_CODES; hint++) {
        assert_detected(PROSE_TCVN3, hint, LT_LEGACY_TCVN3);
        assert_detected(PROSE_VNI, hint, LT_LEGACY_VNI);
        assert_detected(PROSE, hint, LT_LEGACY_NONE);
        assert_detected("và các cơ quan có liên quan", hint, LT_LEGACY_NONE);
        assert_detected("The agencies report, in plain words.", hint, LT_LEGACY_NONE);
        assert_detected("Les autorités de la République française ont été informées à temps.", hint,
                        LT_LEGACY_NONE);
        assert_detected("Die Behörden müssen überall größere Pläne für Straßen führen.", hint,
                        LT_LEGACY_NONE);
        assert_detected("19°17'16,6\" 3×4 “½”", hint, LT_LEGACY_NONE);
        assert_detected("", hint, LT_LEGACY_NONE);
    }
}

static void
test_few_words(void)
{
    assert_detected("Thñ t\u2212íng", LT_LEGACY_NONE, LT_LEGACY_TCVN3);
    assert_detected("th¸ng", LT_LEGACY_TCVN3, LT_LEGACY_TCVN3);
    assert_detected("th¸ng", LT_LEGACY_NONE, LT_LEGACY_NONE);
    g_assert_true(lt_legacy_fits("Sè", LT_LEGACY_TCVN3));
    g_assert_true(lt_legacy_fits("tØnh qu¶ngtrÞ", LT_LEGACY_TCVN3));
    g_assert_true(lt_legacy_fits("ABC 123", LT_LEGACY_TCVN3));
    g_assert_false(lt_legacy_fits("các phần", LT_LEGACY_TCVN3));
    g_assert_false(lt_legacy_fits("chứng", LT_LEGACY_VNI));
}

static void
test_signs(void)
{
    g_assert_true(lt_legacy_has_signs(PROSE_TCVN3));
    g_assert_true(lt_legacy_has_signs(PROSE_VNI));
    g_assert_true(lt_legacy_has_signs("t\u2212"));
    g_assert_false(lt_legacy_has_signs(PROSE));
    g_assert_false(lt_legacy_has_signs("“20 m²” – 30 °C\u00A0…"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/legacy/tables", test_tables);
    g_test_add_func("/legacy/alphabets", test_alphabets);
    g_test_add_func("/legacy/prose", test_prose);
    g_test_add_func("/legacy/variants", test_variants);
    g_test_add_func("/legacy/signs-that-stay", test_signs_that_stay);
    g_test_add_func("/legacy/capitals", test_capitals);
    g_test_add_func("/legacy/lost-capitals", test_lost_capitals);
    g_test_add_func("/legacy/fonts", test_fonts);
    g_test_add_func("/legacy/detect", test_detect);
    g_test_add_func("/legacy/few-words", test_few_words);
    g_test_add_func("/legacy/signs", test_signs);
    return g_test_run();
}
