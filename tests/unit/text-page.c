#include <math.h>
#include <string.h>

#include "text/text.h"

static const LtBox half = {0.25, 0.1, 0.75, 0.2};

static LtPage *
make_page(void)
{
    g_autoptr(LtPageBuilder) builder = lt_page_builder_new(3, LT_PAGE_FROM_OCR, 595, 842);
    lt_page_builder_add_word(builder, "Số:", &half, 90, 1);
    lt_page_builder_add_word(builder, "12/QÐ", &(LtBox){0.8, 0.1, 0.9, 0.2}, 50, 2);
    lt_page_builder_end_line(builder);
    lt_page_builder_end_line(builder);
    lt_page_builder_add_word(builder, " \u200B", &half, 10, 0);
    lt_page_builder_end_line(builder);
    lt_page_builder_add_word(builder, "nhân dân", &(LtBox){0, 0.5, 0.8, 0.6}, 100, 0);
    return lt_page_builder_finish(g_steal_pointer(&builder));
}

/* Every word is where text says it is. */
static void
check_words(const LtPage *page)
{
    g_auto(GStrv) tokens = g_strsplit_set(page->text, " \n", -1);
    g_auto(GStrv) lines = lt_page_dup_lines(page);
    guint n_lines = g_strv_length(lines);
    const char *p = page->text;
    guint32 position = 0;
    for (guint i = 0; i < page->n_words; i++) {
        const LtWord *word = &page->words[i];
        p = g_utf8_offset_to_pointer(p, (glong)word->start - position);
        position = word->start;
        g_assert_true(g_str_has_prefix(p, tokens[i]));
        g_assert_cmpint(g_utf8_strlen(tokens[i], -1), ==, word->length);
        g_assert_cmpuint(word->line, <, n_lines);
    }
    /* What follows the last line end is one empty token. */
    g_assert_cmpuint(g_strv_length(tokens), ==, page->n_words > 0 ? page->n_words + 1 : 0);
}

static void
test_builder(void)
{
    g_autoptr(LtPage) page = make_page();
    g_assert_cmpstr(page->text, ==, "Số: 12/QĐ\nnhân dân\n");
    g_assert_cmpuint(page->number, ==, 3);
    g_assert_cmpuint(page->n_words, ==, 4);
    check_words(page);
    g_assert_cmpuint(page->words[1].zone, ==, 2);
    g_assert_cmpuint(page->words[2].line, ==, 1);
    /* "nhân dân": 8 signs over 0.8 of the page. */
    g_assert_cmpfloat_with_epsilon(page->words[2].box.x1, 0.4, 1e-9);
    g_assert_cmpfloat_with_epsilon(page->words[3].box.x0, 0.5, 1e-9);
    g_assert_cmpfloat_with_epsilon(page->words[3].box.x1, 0.8, 1e-9);
    g_assert_cmpfloat_with_epsilon(page->confidence, (3 * 0.9 + 5 * 0.5 + 7) / 15, 1e-9);
}

static void
test_builder_forces_ranges(void)
{
    g_autoptr(LtPageBuilder) builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, NAN, -1);
    lt_page_builder_add_word(builder, "a", &(LtBox){NAN, 2, NAN, 0.5}, 1000, 100000);
    g_autoptr(LtPage) page = lt_page_builder_finish(g_steal_pointer(&builder));
    const LtWord *word = &page->words[0];
    g_assert_true(page->width == 0 && page->height == 0);
    g_assert_true(word->box.x0 == 0 && word->box.x1 == 0);
    g_assert_true(word->box.y0 == 0.5 && word->box.y1 == 1);
    g_assert_cmpuint(word->confidence, ==, 100);
    g_assert_cmpuint(word->zone, ==, G_MAXUINT16);
}

static void
test_builder_limits(void)
{
    g_autoptr(LtPageBuilder) builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 0, 0);
    g_autofree char *long_word = g_strnfill(LT_PAGE_MAX_TEXT / 2, 'x');
    for (guint i = 0; i < 3; i++)
        lt_page_builder_add_word(builder, long_word, &half, 100, 0);
    for (guint i = 0; i < LT_PAGE_MAX_WORDS + 5; i++)
        lt_page_builder_add_word(builder, "a", &half, 100, 0);
    g_autoptr(LtPage) page = lt_page_builder_finish(g_steal_pointer(&builder));
    g_assert_cmpuint(strlen(page->text), <=, LT_PAGE_MAX_TEXT);
    g_assert_cmpuint(page->n_words, ==, LT_PAGE_MAX_WORDS);
    check_words(page);
}

static void
test_empty(void)
{
    g_autoptr(LtPage) page =
        lt_page_builder_finish(lt_page_builder_new(1, LT_PAGE_FROM_TEXT_LAYER, 1, 1));
    g_assert_cmpstr(page->text, ==, "");
    g_assert_cmpuint(page->n_words, ==, 0);
    g_assert_true(page->confidence == 1);
    g_auto(GStrv) lines = lt_page_dup_lines(page);
    g_assert_cmpuint(g_strv_length(lines), ==, 0);
    g_assert_null(lt_page_dup_line(page, 0));

    g_autoptr(GBytes) packed = lt_page_pack_words(page);
    g_autoptr(LtPage) again = lt_page_new_packed(1, page->source, 1, 1, 1, "", NULL, packed, NULL);
    g_assert_nonnull(again);
}

static void
test_pack(void)
{
    g_autoptr(LtPage) page = make_page();
    g_autoptr(GBytes) packed = lt_page_pack_words(page);
    g_assert_cmpuint(g_bytes_get_size(packed), ==, 4 * 12);
    const guint8 *bytes = g_bytes_get_data(packed, NULL);
    g_assert_cmpuint(bytes[0] + 256u * bytes[1], ==, 2500);

    g_autoptr(GError) error = NULL;
    g_autoptr(LtPage) again = lt_page_new_packed(3, page->source, page->confidence, 595, 842,
                                                 page->text, "raw", packed, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(again->text, ==, page->text);
    g_assert_cmpstr(again->raw_text, ==, "raw");
    g_assert_cmpuint(again->n_words, ==, page->n_words);
    for (guint i = 0; i < page->n_words; i++) {
        g_assert_cmpuint(again->words[i].start, ==, page->words[i].start);
        g_assert_cmpuint(again->words[i].length, ==, page->words[i].length);
        g_assert_cmpuint(again->words[i].line, ==, page->words[i].line);
        g_assert_cmpuint(again->words[i].confidence, ==, page->words[i].confidence);
        g_assert_cmpuint(again->words[i].zone, ==, page->words[i].zone);
        g_assert_cmpfloat_with_epsilon(again->words[i].box.x0, page->words[i].box.x0, 1e-4);
        g_assert_cmpfloat_with_epsilon(again->words[i].box.y1, page->words[i].box.y1, 1e-4);
    }
    g_autoptr(GBytes) repacked = lt_page_pack_words(again);
    g_assert_true(g_bytes_equal(packed, repacked));
}

/* The parts of a page that holds two words; each test spoils one. */
typedef struct {
    guint number, source;
    double confidence, width, height;
    const char *text, *raw_text;
    guint16 values[12];
    gsize bytes;
} Parts;

static const Parts good = {
    1,   LT_PAGE_FROM_OCR, 0.5,  595,
    842, "a b\n",          NULL, {0, 0, 1, 1, 100, 0, 10000, 10000, 10000, 10000, 0, 9},
    24};

static gboolean
is_accepted(const Parts *parts)
{
    guint16 values[12];
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = GUINT16_TO_LE(parts->values[i]);
    g_autoptr(GBytes) words = g_bytes_new(values, parts->bytes);
    g_autoptr(GError) error = NULL;
    g_autoptr(LtPage) page =
        lt_page_new_packed(parts->number, parts->source, parts->confidence, parts->width,
                           parts->height, parts->text, parts->raw_text, words, &error);
    if (!page)
        g_assert_error(error, LT_PAGE_ERROR, LT_PAGE_ERROR_INVALID);
    return page != NULL;
}

static void
test_strangers_numbers(void)
{
    g_assert_true(is_accepted(&good));
    const double bad_confidences[] = {NAN, -0.1, 1.1, INFINITY};
    for (guint i = 0; i < G_N_ELEMENTS(bad_confidences); i++) {
        Parts parts = good;
        parts.confidence = bad_confidences[i];
        g_assert_false(is_accepted(&parts));
    }
    const double bad_lengths[] = {NAN, -1, INFINITY};
    for (guint i = 0; i < G_N_ELEMENTS(bad_lengths); i++) {
        Parts wide = good, high = good;
        wide.width = high.height = bad_lengths[i];
        g_assert_false(is_accepted(&wide));
        g_assert_false(is_accepted(&high));
    }
    Parts numbered = good, sourced = good;
    numbered.number = 0;
    sourced.source = LT_PAGE_N_SOURCES;
    g_assert_false(is_accepted(&numbered));
    g_assert_false(is_accepted(&sourced));
}

static void
test_strangers_text(void)
{
    static const char *const bad[] = {"a \n",     " a\n",      "a\n\n",        "\na\n",   "",
                                      "a\n",      "a b",       "a b ",         "a b \n",  " a b\n",
                                      "a  b\n",   "a\n\nb\n",  "a b\n\n",      "\na b\n", "a b c\n",
                                      "a\tb b\n", "a\xFF b\n", "a\xC2\x85 b\n"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        Parts parts = good;
        parts.text = bad[i];
        g_assert_false(is_accepted(&parts));
    }
    g_autofree char *long_text = g_strnfill(LT_PAGE_MAX_TEXT, 'x');
    memcpy(long_text, "a ", 2);
    long_text[LT_PAGE_MAX_TEXT - 1] = '\n';
    g_autofree char *longer_text = g_strconcat("x", long_text, NULL);
    Parts most = good, too_long = good, raw = good, raw_invalid = good;
    most.text = long_text;
    too_long.text = longer_text;
    raw.raw_text = longer_text;
    raw_invalid.raw_text = "\xC3";
    g_assert_true(is_accepted(&most));
    g_assert_false(is_accepted(&too_long));
    g_assert_false(is_accepted(&raw));
    g_assert_false(is_accepted(&raw_invalid));
}

static void
test_strangers_words(void)
{
    const gsize bad_sizes[] = {0, 1, 12, 23};
    for (guint i = 0; i < G_N_ELEMENTS(bad_sizes); i++) {
        Parts parts = good;
        parts.bytes = bad_sizes[i];
        g_assert_false(is_accepted(&parts));
    }
    const struct {
        guint at;
        guint16 value;
    } bad[] = {{0, 2}, {1, 2}, {2, 10001}, {3, 65535}, {4, 101}};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        Parts parts = good;
        parts.values[bad[i].at] = bad[i].value;
        g_assert_false(is_accepted(&parts));
    }
    gsize size = (LT_PAGE_MAX_WORDS + 1) * 12;
    g_autoptr(GBytes) many = g_bytes_new_take(g_malloc0(size), size);
    g_autofree char *text = g_strnfill(2 * (LT_PAGE_MAX_WORDS + 1), '\n');
    for (guint i = 0; i < 2 * (LT_PAGE_MAX_WORDS + 1); i += 2)
        text[i] = 'x';
    g_autoptr(GError) error = NULL;
    g_assert_null(lt_page_new_packed(1, LT_PAGE_FROM_OCR, 1, 1, 1, text, NULL, many, &error));
    g_assert_error(error, LT_PAGE_ERROR, LT_PAGE_ERROR_INVALID);
}

/* Whatever words come in, the page that goes out is one that every reader accepts. */
static void
test_by_chance(void)
{
    static const char *const pieces[] = {
        "a",        "Đ",        "Ð",      " ",      "\n",     "\r",     "\t",         "\f",
        "\u0301",   "\u0323",   "\u0344", "\u200B", "\u00AD", "\u00A0", "\u2028",     "\xFF",
        "\xC2\x85", "\xE1\xBB", "ﬃ",      "가",     "\x01",   "\uFFFD", "\U0001D15E", "\u1100"};
    for (guint n = 0; n < 5000; n++) {
        g_autoptr(LtPageBuilder) builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 1, 1);
        g_autoptr(GString) word = g_string_new(NULL);
        for (gint i = g_test_rand_int_range(0, 60); i > 0; i--) {
            g_string_append(word, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
            gint then = g_test_rand_int_range(0, 8);
            if (then > 1)
                continue;
            lt_page_builder_add_word(builder, word->str, &half, 1, 1);
            g_string_truncate(word, 0);
            if (then == 1)
                lt_page_builder_end_line(builder);
        }
        g_autoptr(LtPage) page = lt_page_builder_finish(g_steal_pointer(&builder));
        check_words(page);
        g_autofree char *canonical = lt_text_canonical(page->text);
        g_assert_cmpstr(canonical, ==, page->text);
        g_autoptr(GBytes) packed = lt_page_pack_words(page);
        g_autoptr(GError) error = NULL;
        g_autoptr(LtPage) again =
            lt_page_new_packed(1, LT_PAGE_FROM_OCR, 1, 1, 1, page->text, NULL, packed, &error);
        g_assert_no_error(error);
        g_assert_nonnull(again);
    }
}

static void
test_from_text(void)
{
    g_autoptr(LtPage) page = lt_page_new_from_text(1, "SỞ NỘI VỤ\r\n\n  Số: 1\n");
    g_assert_cmpstr(page->text, ==, "SỞ NỘI VỤ\nSố: 1\n");
    g_assert_cmpuint(page->n_words, ==, 5);
    check_words(page);
    g_assert_cmpfloat_with_epsilon(page->words[1].box.x0, 3.0 / 9, 1e-9);
    g_assert_true(page->words[1].box.x0 == page->words[1].box.x1);
    g_assert_cmpfloat(page->words[3].box.y0, >, page->words[0].box.y0);
    g_assert_true(page->words[4].box.y0 == page->words[3].box.y0);
}

/* What stands side by side is read column after column. */
static void
test_columns(void)
{
    static const struct {
        const char *given, *wanted;
    } cases[] = {
        {"SỞ NỘI VỤ              CỘNG HÒA\n"
         "                     Độc lập - Tự do\n"
         "  -----                 -----\n"
         "Số:      /SNV-VP       Huế, ngày    tháng    năm 2021\n"
         "V/v họp\n\n      Kính gửi:\n",
         "SỞ NỘI VỤ\n-----\nSố: /SNV-VP\nCỘNG HÒA\nĐộc lập - Tự do\n-----\n"
         "Huế, ngày tháng năm 2021\nV/v họp\nKính gửi:\n"},
        {"V/v tổ chức hội nghị          Huế, ngày 3\nvà tập huấn\n",
         "V/v tổ chức hội nghị\nvà tập huấn\nHuế, ngày 3\n"},
        {"Nơi nhận:\t\t\tGIÁM ĐỐC\n- Lưu.\n\n\n\t\t\tHà Thử\n",
         "Nơi nhận:\nGIÁM ĐỐC\n- Lưu.\nHà Thử\n"},
        {"1.                  Nội dung\nSố:                 QĐ-UB\n", "1. Nội dung\nSố: QĐ-UB\n"},
        {"một dòng                 có khoảng trống\n", "một dòng có khoảng trống\n"},
        {"A\rB\vC\fD\xE2\x80\xA8"
         "E",
         "A\nB\nC\nD\nE\n"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtPage) page = lt_page_new_from_text(1, cases[i].given);
        g_assert_cmpstr(page->text, ==, cases[i].wanted);
        check_words(page);
    }
}

static void
test_lines(void)
{
    g_autoptr(LtPage) page = make_page();
    g_autofree char *first = lt_page_dup_line(page, 0);
    g_autofree char *second = lt_page_dup_line(page, 1);
    g_assert_cmpstr(first, ==, "Số: 12/QĐ");
    g_assert_cmpstr(second, ==, "nhân dân");
    g_assert_null(lt_page_dup_line(page, 2));
    g_assert_null(lt_page_dup_line(page, G_MAXUINT));
    g_auto(GStrv) lines = lt_page_dup_lines(page);
    g_assert_cmpuint(g_strv_length(lines), ==, 2);
    g_assert_cmpstr(lines[1], ==, "nhân dân");
}

static void
test_words_box(void)
{
    g_autoptr(LtPage) page = make_page();
    LtBox box = lt_page_words_box(page, 0, 2);
    g_assert_true(box.x0 == 0.25 && box.y0 == 0.1 && box.x1 == 0.9 && box.y1 == 0.2);
    LtBox rest = lt_page_words_box(page, 1, G_MAXUINT);
    g_assert_true(rest.x0 == 0 && rest.y0 == 0.1 && rest.x1 == 0.9 && rest.y1 == 0.6);
    LtBox none = lt_page_words_box(page, 4, 1), nothing = lt_page_words_box(page, 0, 0);
    g_assert_true(none.x1 == 0 && none.y1 == 0 && nothing.x1 == 0);
}

static void
test_source_names(void)
{
    for (guint i = 0; i < LT_PAGE_N_SOURCES; i++) {
        LtPageSource source;
        g_assert_true(lt_page_source_from_name(lt_page_source_name(i), &source));
        g_assert_cmpuint(source, ==, i);
    }
    LtPageSource source = LT_PAGE_FROM_OCR;
    g_assert_false(lt_page_source_from_name("paper", &source));
    g_assert_false(lt_page_source_from_name(NULL, &source));
    g_assert_cmpstr(lt_page_source_name(LT_PAGE_FROM_TEXT_LAYER), ==, "text-layer");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/builder", test_builder);
    g_test_add_func("/page/builder-forces-ranges", test_builder_forces_ranges);
    g_test_add_func("/page/builder-limits", test_builder_limits);
    g_test_add_func("/page/empty", test_empty);
    g_test_add_func("/page/pack", test_pack);
    g_test_add_func("/page/strangers-numbers", test_strangers_numbers);
    g_test_add_func("/page/strangers-text", test_strangers_text);
    g_test_add_func("/page/strangers-words", test_strangers_words);
    g_test_add_func("/page/by-chance", test_by_chance);
    g_test_add_func("/page/from-text", test_from_text);
    g_test_add_func("/page/from-text-columns", test_columns);
    g_test_add_func("/page/lines", test_lines);
    g_test_add_func("/page/words-box", test_words_box);
    g_test_add_func("/page/source-names", test_source_names);
    return g_test_run();
}
