/* Anything is a query: no input is an error, and what was not used is told. */
#include "tests/unit/store-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "store/folder.h"

static const Dispatch dispatches[] = {
    {"1758/STTTT-TTBCXB", "2023-09-18", "Sở Thông tin và Truyền thông", "Đắk Lắk", "Công văn",
     "tuyên truyền về nhân quyền", "Số: 1758/STTTT-TTBCXB\nĐắk Lắk, ngày 18 tháng 9 năm 2023"},
    {"15/QĐ-UBND", "2023-01-09", "Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", "Quyết định",
     "nhân quyền", "QUYẾT ĐỊNH\nnội dung (a) và b\fĐiều 2. Hoà bình"},
};

static void
set_up(Archive *archive, gconstpointer data)
{
    archive_set_up(archive, data);
    for (guint i = 0; i < G_N_ELEMENTS(dispatches); i++)
        file_dispatch(archive, &dispatches[i]);
}

static void
test_ignored(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *query, *ignored;
    } cases[] = {
        {"nhân quyền", ""},        {"OR nhân", "OR"},     {"nhân OR", "OR"},
        {"nhân AND quyền", "AND"}, {"nhân - quyền", "-"}, {"*** nhân \"\"", "***|\"\""},
        {"nhân OR -quyền", ""},    {"\"nhân", ""},        {"nhân -", "-"},
        {"Nam: nhân", ""},         {"đầu tư: nhân", ""},  {"ngay: 31/2/2023", "ngay: 31/2/2023"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = cases[i].query});
        g_ptr_array_add(result->ignored, NULL);
        g_autofree char *ignored = g_strjoinv("|", (char **)result->ignored->pdata);
        g_ptr_array_set_size(result->ignored, (gint)result->ignored->len - 1);
        g_test_message("query '%s'", cases[i].query);
        g_assert_cmpstr(ignored, ==, cases[i].ignored);
    }
}

static void
test_long_query(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GString) query = g_string_new("nhân");

    for (guint i = 0; i < 130000; i++) /* a megabyte */
        g_string_append(query, " quyền");
    g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = query->str});
    g_assert_cmpuint(result->total, ==, 2);
    g_assert_cmpuint(result->ignored->len, >, 0);
}

static void
test_nasty(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const queries[] = {
        "\"",
        "\"\"\"",
        "'",
        "' OR '1'='1",
        "a AND",
        "AND",
        "NOT",
        "NOT a",
        "NEAR(a b)",
        "NEAR(",
        "a NEAR/2 b",
        "(",
        ")",
        "((a)",
        "a OR OR b",
        "OR OR OR",
        "*",
        "**a**",
        "a*b*",
        "^a",
        "body:a",
        "{body}:a",
        "-a -b",
        "--",
        "---a",
        "-\"",
        "-\"a",
        "-*",
        "-OR",
        "OR -a",
        "a + b",
        "a\\",
        "%s%n%d",
        "\xff\xfe",
        "a\xff"
        "b",
        "\xe1\xba",
        "1758/",
        "/1758",
        "////",
        "số",
        "so",
        "số:",
        "số: ",
        "so 1",
        "so -1",
        "so \"1\"",
        "so so 1",
        "1/1/1",
        "1/1/2023/4",
        "99/99/9999",
        "0/0/0000",
        "9/2023x",
        "-9/2023",
        "\u200b",
        "\u0301",
        "e\u0301",
        "\u201ca\u201d",
        "\u2013a",
        "\U0001F600",
        "\U0010FFFF",
        "ﬁ",
        "İ",
        "\t\n\r\v\f",
        "a\nb",
        ";DROP TABLE document",
        "?1",
        ":a",
        "@a",
        "$a",
        "a:b:c",
        "x'00'",
        "1e999",
        "-",
        "- -",
        "\"a\"*\"b\"*",
        "\"a\" *",
        "2020/nd-cp",
        "2020",
        "0",
        "00000",
        "0000/0000",
    };

    for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
        const LtSearch request = {.query = queries[i], .issuer = queries[i], .type = queries[i]};
        g_autoptr(LtSearchResult) plain = search(archive, (LtSearch){.query = queries[i]});
        g_autoptr(LtSearchResult) narrowed = search(archive, request);
        g_autofree char *json = lt_search_result_to_json(plain);
        g_autoptr(JsonNode) root = json_from_string(json, NULL);
        g_assert_nonnull(root);
        g_assert_cmpuint(narrowed->total, <=, plain->total);
    }
}

/* Random queries out of the pieces that mean something, and bytes that mean nothing. */
static void
test_random(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const pieces[] = {
        "\"",    "-", "*", " OR ",   " ",   "(",      ")",    "quyết", "dinh", "1758",   "/",
        "STTTT", ":", "^", "\n",     "số ", "\xff",   "\xc4", "NEAR",  "NOT ", "AND ",   "{",
        "}",     "+", "'", "9/2023", "Đ",   "\u0300", "0",    "…",     "2020", "\u00ad",
    };

    for (guint i = 0; i < 3000; i++) {
        g_autoptr(GString) query = g_string_new(NULL);
        for (gint length = g_test_rand_int_range(0, 14); length > 0; length--)
            g_string_append(query, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        g_autoptr(LtSearchResult) result = search(archive, (LtSearch){.query = query->str});
        for (guint j = 0; j < result->hits->len; j++) {
            const LtHit *hit = result->hits->pdata[j];
            glong length = hit->snippet != NULL ? g_utf8_strlen(hit->snippet, -1) : 0;
            for (guint k = 0; k < hit->marks->len; k++) {
                const LtSpan *span = &g_array_index(hit->marks, LtSpan, k);
                g_assert_cmpint((glong)span->start + span->length, <=, length);
            }
        }
    }
}

/* Looking for words without folding the whole text comes to the same, whatever letters stand there. */
static void
test_finds(G_GNUC_UNUSED Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const pieces[] = {
        " ",      "\n",     "\f",      ", ",     "_", "a",  "b",  "đ",  "Đ",  "ấ", "Ấ",  "é", "×",
        "÷",      "ß",      "u\u0323", "1",      "A", "B",  "ỳ",  "ữ",  "–",  "…", "ク", "ŋ", "ơ",
        "\u1EFF", "\u1680", "\u01BF",  "\u01C0", "😀", "ab", "da", " a", " b", " ", " d",
    };
    g_autoptr(LtFolder) folder = lt_folder_new();
    guint found = 0;

    for (guint i = 0; i < 20000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        g_autoptr(GString) words = g_string_new(NULL);
        for (gint length = g_test_rand_int_range(0, 24); length > 0; length--)
            g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        for (gint length = g_test_rand_int_range(1, 5); length > 0; length--)
            g_string_append(words, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        g_autofree char *wanted = g_strdup(lt_folder_take(folder, words->str).words);
        if (strcmp(wanted, " ") == 0)
            continue;
        if (i % 2 == 0) /* the beginning of a last word */
            wanted[strlen(wanted) - 1] = '\0';
        gboolean stands = lt_folder_finds(folder, text->str, wanted);
        g_assert_true(stands == (strstr(lt_folder_take(folder, text->str).words, wanted) != NULL));
        found += stands;
    }
    g_assert_cmpuint(found, >, 500);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/query/ignored", test_ignored}, {"/store/query/long", test_long_query},
        {"/store/query/nasty", test_nasty},     {"/store/query/random", test_random},
        {"/store/query/finds", test_finds},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), set_up);
    return g_test_run();
}
