#include "text/text.h"

static void
expect_all(const char *words, gboolean expected)
{
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    for (char **word = list; *word; word++)
        if (lt_text_is_syllable(*word) != expected)
            g_error("'%s' should%s be a syllable", *word, expected ? "" : " not");
}

static void
test_marked(void)
{
    expect_all("Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc", TRUE);
    expect_all("QUYẾT ĐỊNH NGHỊ QUYẾT CHỈ THỊ THÔNG TƯ HƯỚNG DẪN KẾ HOẠCH", TRUE);
    expect_all("nghiêng nghiệp quốc quân huyện uyển khuỷu ngoằn nguệch thuở xoong", TRUE);
    expect_all("ủy yên yêu yết y ý ạ ở ước uống oanh ích ương", TRUE);
    expect_all("quỳnh quýt quyên quyết quạch quăng luýnh tuýp rượu hươu", TRUE);
}

static void
test_unmarked(void)
{
    expect_all("quyet dinh nghi quyet thong tu huong dan ke hoach duong quoc gieng", TRUE);
    expect_all("hoc sach phap viet QUYET", TRUE);
    expect_all("this and of for zero sandbox spring street government", FALSE);
}

static void
test_onsets(void)
{
    expect_all("giếng gì giữ già giết giấy gỗ ghi ghế kỹ kí cũng của quả quý quỹ", TRUE);
    expect_all("kả kô cê cì gẻ gê ngể nghà ghà qủ fà zô wì jà đđ nđ tđ", FALSE);
    expect_all("coà cuý kuý giuê iên iêu iếng bỳ đỳ nyê tyết quuy quươi", FALSE);
}

static void
test_rhymes(void)
{
    expect_all("tơc tơng tâ tă tăy tôu têng têc tưp tươ tiê tuô", FALSE);
    expect_all("tr ngh qu nghiêngh nghiêngg trươương", FALSE);
    expect_all("- 12 a1 tờ1", FALSE);
    g_assert_false(lt_text_is_syllable(""));
}

static void
test_tones(void)
{
    expect_all("cát cạt hộp họp sách sạch học hóc", TRUE);
    expect_all("càt cảt cãt đat hôp quôc sàch hỏc", FALSE);
    expect_all("hóà ngườí", FALSE);
}

static void
test_tone_places(void)
{
    expect_all("hoà hòa khoẻ khỏe thuỷ thủy uỷ ủy", TRUE);
    expect_all("của mía người muốn hoàn toàn thuyết ngoài chuyện ngoéo", TRUE);
    expect_all("cuả miá ngừơi múôn hòan tòan thúyêt ngòai chuỷên qúy", FALSE);
}

static void
expect_counts(const char *text, LtTextQuality expected)
{
    LtTextQuality quality = lt_text_quality(text);
    g_assert_cmpuint(quality.letters, ==, expected.letters);
    g_assert_cmpuint(quality.marked, ==, expected.marked);
    g_assert_cmpuint(quality.words, ==, expected.words);
    g_assert_cmpuint(quality.syllables, ==, expected.syllables);
    g_assert_cmpuint(quality.legacy, ==, expected.legacy);
}

static void
test_counts(void)
{
    expect_counts("", (LtTextQuality){0});
    expect_counts("Sở Nội vụ, ý kiến.",
                  (LtTextQuality){.letters = 12, .marked = 5, .words = 4, .syllables = 4});
    /* A letter alone and a word with a figure are no words; decomposed letters count once. */
    expect_counts("a A4 Vie\u0323\u0302t UBND",
                  (LtTextQuality){.letters = 10, .marked = 1, .words = 2, .syllables = 1});
}

static void
test_legacy_signs(void)
{
    /* TCVN3: "Cộng hoà", "Độc lập", "năm", "ngày". */
    g_assert_cmpuint(lt_text_quality("Céng hoµ").legacy, ==, 1);
    g_assert_cmpuint(lt_text_quality("§éc lËp").legacy, ==, 2);
    g_assert_cmpuint(lt_text_quality("n¨m ngµy x·").legacy, ==, 2);
    /* VNI: "Cộng hòa xã", "Độc lập". */
    g_assert_cmpuint(lt_text_quality("Coäng hoøa xaõ").legacy, ==, 2);
    g_assert_cmpuint(lt_text_quality("Ñoäc laäp").legacy, ==, 3);
    /* What people write among Vietnamese words. */
    g_assert_cmpuint(lt_text_quality("«Quyết định» § 5, 20 m², 30°C, 3×4, điều¹ · Ðức").legacy, ==,
                     0);
}

static gboolean
is_vietnamese(const char *text)
{
    LtTextQuality quality = lt_text_quality(text);
    return lt_text_quality_is_vietnamese(&quality);
}

static void
test_verdict(void)
{
    g_assert_true(is_vietnamese("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"));
    g_assert_true(is_vietnamese("UBND TỈNH HÀ GIANG\nSỞ NỘI VỤ\nSố: 12/SNV-XDCQ\n"
                                "V/v triển khai số hóa tài liệu lưu trữ"));
    /* Read as English, in legacy code, in a wrong encoding, not Vietnamese at all. */
    g_assert_false(
        is_vietnamese("CONG HOA XA HOI CHU NGHIA VIET NAM\nDoc lap - Tu do - Hanh phuc"));
    g_assert_false(
        is_vietnamese("CQNG HOA xA HQI CHU NGHiA VIET NAM\nD9c lip - Tg do - Hanh phiic"));
    g_assert_false(
        is_vietnamese("Céng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc"));
    g_assert_false(is_vietnamese("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM\nÑoäc laäp - Töï do"));
    g_assert_false(is_vietnamese("Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam Äá»™c láº\u00ADp"));
    g_assert_false(
        is_vietnamese("The Department of Information and Communications of the province"));
    g_assert_false(
        is_vietnamese("Le Comité exécutif a décidé à l'été dernier d'être présent à Genève"));
    /* Too little to tell. */
    g_assert_false(is_vietnamese("Nơi nhận: Như trên"));
    g_assert_false(is_vietnamese(""));
}

/* A letterhead may be half abbreviations; in a whole page as many strange words are garbage. */
static void
test_verdict_by_length(void)
{
    LtTextQuality quality = {.letters = 150, .marked = 30, .words = 50, .syllables = 35};
    g_assert_true(lt_text_quality_is_vietnamese(&quality));
    quality = (LtTextQuality){.letters = 1500, .marked = 300, .words = 500, .syllables = 350};
    g_assert_false(lt_text_quality_is_vietnamese(&quality));
}

/* Code that happens to leave most words alone is code all the same. */
static void
test_verdict_on_legacy(void)
{
    LtTextQuality quality = {.letters = 400, .marked = 80, .words = 120, .syllables = 100};
    g_assert_true(lt_text_quality_is_vietnamese(&quality));
    quality.legacy = 20;
    g_assert_false(lt_text_quality_is_vietnamese(&quality));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/syllable/marked", test_marked);
    g_test_add_func("/syllable/unmarked", test_unmarked);
    g_test_add_func("/syllable/onsets", test_onsets);
    g_test_add_func("/syllable/rhymes", test_rhymes);
    g_test_add_func("/syllable/tones", test_tones);
    g_test_add_func("/syllable/tone-places", test_tone_places);
    g_test_add_func("/quality/counts", test_counts);
    g_test_add_func("/quality/legacy-signs", test_legacy_signs);
    g_test_add_func("/quality/verdict", test_verdict);
    g_test_add_func("/quality/verdict-by-length", test_verdict_by_length);
    g_test_add_func("/quality/verdict-on-legacy", test_verdict_on_legacy);
    return g_test_run();
}
