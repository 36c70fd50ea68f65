/* Rule files: the examples that stand in ours, and what is wrong with others. */
#include "fields-fixture.h"

typedef struct {
    const char *name, *file, *contents;
    const char *message; /* must stand in the error */
} Broken;

static void
test_examples(void)
{
    g_autoptr(LtRules) rules = load_rules();
    guint examples = 0;
    g_autoptr(GPtrArray) failures = lt_rules_check(rules, &examples);
    for (guint i = 0; i < failures->len; i++)
        g_test_message("%s", (const char *)g_ptr_array_index(failures, i));
    g_assert_cmpuint(failures->len, ==, 0);
    g_assert_cmpuint(examples, >, 100);
}

/* A folder with our tables and one rule file of the test's. (transfer full) */
static char *
make_directory(const char *file, const char *contents)
{
    static const char *const tables[] = {"types.tsv",  "issuers.tsv", "kinds.tsv",
                                         "places.tsv", "words.tsv",   "titles.tsv"};
    g_autoptr(GError) error = NULL;
    char *directory = g_dir_make_tmp("luutru-rules-XXXXXX", &error);
    g_assert_no_error(error);
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *from = g_build_filename(RULES_DIRECTORY, tables[i], NULL);
        g_autofree char *to = g_build_filename(directory, tables[i], NULL);
        g_autofree char *text = NULL;
        g_assert_true(g_file_get_contents(from, &text, NULL, &error));
        g_assert_true(g_file_set_contents(to, text, -1, &error));
    }
    g_autofree char *path = g_build_filename(directory, file, NULL);
    g_assert_true(g_file_set_contents(path, contents, -1, &error));
    return directory;
}

static void
remove_directory(const char *directory)
{
    g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(directory, name, NULL);
        g_unlink(path);
    }
    g_rmdir(directory);
}

static const Broken broken[] = {
    {"no-field", "a.rules", "[x]\npattern=a\n", "'a.rules', group [x]: field"},
    {"no-pattern", "a.rules", "[x]\nfield=number\n", "group [x]: pattern: missing"},
    {"bad-pattern", "a.rules", "[x]\nfield=number\npattern=(\n", "group [x]: pattern"},
    {"bad-confidence", "a.rules", "[x]\nfield=number\npattern=a\nconfidence=2\n",
     "group [x]: confidence: '2'"},
    {"bad-on", "a.rules", "[x]\nfield=number\npattern=a\non=page\n", "on: 'page'"},
    {"unknown-key", "a.rules", "[x]\nfield=number\npatern=a\npattern=a\n", "patern: no such key"},
    {"bad-example", "a.rules", "[x]\nfield=number\npattern=a\nexample1=a\n", "TEXT => VALUE"},
    {"no-definition", "a.rules", "[x]\nfield=number\npattern={{NONE}}\n", "no definition 'NONE'"},
    {"circular-definition", "a.rules", "[definitions]\nA={{A}}\n[x]\nfield=number\npattern={{A}}\n",
     "definition 'A'"},
    {"no-group", "a.rules", "field=number\n", "rule file 'a.rules'"},
    {"bad-table", "kinds.tsv", "# levels\nx\tSở\n", "'kinds.tsv', line 2"},
    {"short-table", "types.tsv", "QĐ\tQuyết định\n", "'types.tsv', line 1"},
};

static void
test_broken(gconstpointer data)
{
    const Broken *rule = data;
    g_autofree char *directory = make_directory(rule->file, rule->contents);
    if (!g_str_has_suffix(rule->file, ".rules")) {
        g_autofree char *path = g_build_filename(directory, "a.rules", NULL);
        g_assert_true(g_file_set_contents(path, "[x]\nfield=number\npattern=a\n", -1, NULL));
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRules) rules = lt_rules_load(directory, &error);
    g_assert_null(rules);
    g_assert_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, rule->message));
    remove_directory(directory);
}

static void
test_missing(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(lt_rules_load("/nonexistent/rules", &error));
    g_assert_error(error, LT_RULES_ERROR, LT_RULES_ERROR_MISSING);
    g_assert_nonnull(strstr(error->message, "/nonexistent/rules"));
}

static void
test_failed_examples(void)
{
    g_autofree char *directory =
        make_directory("a.rules", "[x]\nfield=urgency\npattern=^KHẨN$\nexample1=KHẨN => HỎA TỐC\n"
                                  "counter-example1=KHẨN\n[y]\nfield=urgency\npattern=a\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRules) rules = lt_rules_load(directory, &error);
    g_assert_no_error(error);
    guint examples = 0;
    g_autoptr(GPtrArray) failures = lt_rules_check(rules, &examples);
    g_assert_cmpuint(examples, ==, 2);
    g_assert_cmpuint(failures->len, ==, 3);
    g_assert_nonnull(strstr(g_ptr_array_index(failures, 0), "[x]"));
    g_assert_nonnull(strstr(g_ptr_array_index(failures, 2), "[y]: has no example"));
    remove_directory(directory);
}

/* A pattern that would search for ever stops at its limit and counts as one that does not fit. */
static void
test_hostile_pattern(void)
{
    g_autofree char *directory =
        make_directory("a.rules", "[x]\nfield=number\npattern=^(?<number>(a+)+)(?<notation>)$\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRules) rules = lt_rules_load(directory, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free);
    g_ptr_array_add(pages,
                    lt_page_new_from_text(1, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n"));
    g_autoptr(LtRecord) record = lt_record_new();
    g_autoptr(GTimer) timer = g_timer_new();
    lt_fields_read(rules, pages, record);
    g_assert_cmpfloat(g_timer_elapsed(timer, NULL), <, 10);
    g_assert_null(value_of(record, LT_FIELD_NUMBER));
    remove_directory(directory);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/examples", test_examples);
    for (guint i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autofree char *path = g_strconcat("/rules/broken/", broken[i].name, NULL);
        g_test_add_data_func(path, &broken[i], test_broken);
    }
    g_test_add_func("/rules/missing", test_missing);
    g_test_add_func("/rules/failed-examples", test_failed_examples);
    g_test_add_func("/rules/hostile-pattern", test_hostile_pattern);
    return g_test_run();
}
