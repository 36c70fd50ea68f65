/* Expressions, and doubtful words read again by the other model. */
#include <string.h>

#include "ocr/again.h"
#include "ocr/expressions.h"
#include "ocr/lines.h"

#include "tests/unit/ocr-inputs.h"
#include "tests/unit/ocr-sheet.h"

static void
assert_key(const char *word, const char *expected)
{
    g_autofree char *key = lt_expressions_key(word);

    g_assert_cmpstr(key, ==, expected);
}

static void
test_expressions(void)
{
    assert_key("(Ủy", "ủy");
    assert_key("hoà,", "hòa");
    assert_key("Ðịnh", "định");
    assert_key("12/QĐ", "");
    g_assert_true(lt_expressions_has("đầu", "mối"));
    g_assert_true(lt_expressions_has("nghị", "định"));
    g_assert_false(lt_expressions_has("dầu", "mối"));
    g_assert_false(lt_expressions_has("nghị", "dịnh"));
    g_assert_false(lt_expressions_has("ngh", "ị định"));
    g_assert_false(lt_expressions_has("", "định"));
}

/* Its lines in order, each found again. */
static void
test_all_are_found(void)
{
    g_autofree char *list = NULL;
    g_auto(GStrv) lines = NULL;

    g_assert_true(g_file_get_contents("ocr/expressions.txt", &list, NULL, NULL));
    lines = g_strsplit(g_strchomp(list), "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), >, 1000);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) pair = g_strsplit(*line, " ", 2);

        g_assert_true(lt_expressions_has(pair[0], pair[1]));
        g_assert_true(line == lines || strcmp(line[-1], *line) < 0);
    }
}

/* A word of the line drawn below, as the first reading gave it. */
typedef struct {
    const char *text;
    guint confidence;
    double x0, x1; /* points */
} First;

/* Reads the line again where the first reading is doubtful. Returns: (transfer full). */
static char *
read_again(const First *first, guint n)
{
    Sheet sheet = sheet_new(300, 0, 1);
    g_autoptr(GArray) words = lt_raw_words_new();
    g_autoptr(GString) line = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(TessBaseAPI) api = TessBaseAPICreate();
    g_auto(LtPrepared) prepared = {0};
    double pixels = 300 / 72.0;

    put(&sheet, 85, 200, "bộ phận đầu mối 26");
    g_autoptr(PIX) pix = take_pix(&sheet, FALSE);
    g_assert_cmpint(TessBaseAPIInit2(api, NULL, "Vietnamese", OEM_LSTM_ONLY), ==, 0);
    TessBaseAPISetPageSegMode(api, PSM_SINGLE_LINE);
    g_assert_true(lt_picture_prepare(pix, 300, &prepared, &error));
    for (guint i = 0; i < n; i++) {
        LtRawWord word = {
            .text = g_strdup(first[i].text),
            .box = {first[i].x0 * pixels, 189 * pixels, first[i].x1 * pixels, 203 * pixels},
            .confidence = first[i].confidence};
        g_array_append_val(words, word);
    }
    lt_again_read(api, &prepared, words);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(line, "%s ", g_array_index(words, LtRawWord, i).text);
    return g_strchomp(g_strdup(line->str));
}

static void
assert_again(const char *third, guint confidence, const char *figures, const char *expected)
{
    const First first[] = {
        {"bộ", 96, 85, 99},    {"phận", 96, 102, 128},  {third, confidence, 131, 154},
        {"mối", 96, 157, 180}, {figures, 50, 183, 197},
    };
    g_autofree char *line = read_again(first, G_N_ELEMENTS(first));

    g_assert_cmpstr(line, ==, expected);
}

static void
test_again(void)
{
    assert_again("dầu", 87, "26", "bộ phận đầu mối 26");
    assert_again("dầu", 96, "26", "bộ phận dầu mối 26"); /* sure */
    assert_again("đầu", 40, "28", "bộ phận đầu mối 28"); /* figures are not for it */
    assert_again("dầu.", 40, "26",
                 "bộ phận đầu. mối 26"); /* neither forms an expression with 'phận' */
    assert_again("_dầu", 87, "26", "bộ phận đầu mối 26");
    assert_again("dầubò", 60, "26", "bộ phận dầubò mối 26"); /* 'đầu' is a part of it only */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/again/expressions", test_expressions);
    g_test_add_func("/again/all-are-found", test_all_are_found);
    g_test_add_func("/again/again", test_again);
    return g_test_run();
}
