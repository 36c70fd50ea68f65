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
    static const char *const tables[] = {"types.tsv",     "issuers.tsv",       "kinds.tsv",
                                         "places.tsv",    "words.tsv",         "titles.tsv",
                                         "surnames.tsv",  "abbreviations.tsv", "authority.tsv",
                                         "districts.tsv", "communes.tsv",      "givennames.tsv"};
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

#define NUMBER_PATTERN "pattern=(?<number>a)(?<notation>b)\n"

static const Broken broken[] = {
    {"no-field", "a.rules", "[x]\npattern=a\n", "'a.rules', line 1, [x]: field"},
    {"no-pattern", "a.rules", "\n[x]\nfield=number\n", "line 2, [x]: pattern: missing"},
    {"bad-pattern", "a.rules", "[x]\nfield=number\npattern=(\n", "line 3, [x]: pattern"},
    {"no-group", "a.rules", "[x]\nfield=number\npattern=a\n", "line 3, [x]: pattern: names no"},
    {"bad-confidence", "a.rules", "[x]\nfield=number\n" NUMBER_PATTERN "confidence=2\n",
     "line 4, [x]: confidence: '2'"},
    {"bad-on", "a.rules", "[x]\nfield=number\n" NUMBER_PATTERN "on=page\n",
     "line 4, [x]: on: 'page'"},
    {"unknown-key", "a.rules", "[x]\nfield=number\npatern=a\n" NUMBER_PATTERN,
     "line 3, [x]: patern: no such key"},
    {"bad-example", "a.rules", "[x]\nfield=number\n" NUMBER_PATTERN "example1=a\n",
     "line 4, [x]: example1: write it as TEXT => VALUE"},
    {"no-definition", "a.rules", "[x]\nfield=number\npattern={{NONE}}\n",
     "line 3, [x]: pattern: no definition 'NONE'"},
    {"circular-definition", "a.rules", "[definitions]\nA={{A}}\n[x]\nfield=number\npattern={{A}}\n",
     "definition 'A'"},
    {"growing-definition", "a.rules",
     "[definitions]\nA={{B}}{{B}}{{B}}{{B}}{{B}}{{B}}{{B}}{{B}}\n"
     "B={{C}}{{C}}{{C}}{{C}}{{C}}{{C}}{{C}}{{C}}\nC={{D}}{{D}}{{D}}{{D}}{{D}}{{D}}{{D}}{{D}}\n"
     "D=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
     "8901234567890123456789012345678901234567890123456789\n"
     "[x]\nfield=urgency\npattern={{A}}{{A}}\n",
     "line 8, [x]: pattern: longer than"},
    {"before-group", "a.rules", "field=number\n", "line 1: 'field=number' stands before"},
    {"no-key", "a.rules", "[x]\nnonsense\n", "line 2, [x]: 'nonsense' is neither"},
    {"open-group", "a.rules", "[\n", "'a.rules', line 1: a group is written as [name]"},
    {"twice", "a.rules", "[x]\nfield=number\nfield=number\n" NUMBER_PATTERN,
     "line 3, [x]: field stands on line 2 already"},
    {"group-twice", "a.rules", "[x]\nfield=number\n" NUMBER_PATTERN "[x]\nfield=number\n",
     "line 4, [x]: stands on line 1 already"},
    {"not-utf8", "a.rules", "[x]\nfield=\xFF\n", "'a.rules', line 2: not UTF-8"},
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
        g_assert_true(g_file_set_contents(path, "[x]\nfield=urgency\npattern=a\n", -1, NULL));
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRules) rules = lt_rules_load(directory, &error);
    g_assert_null(rules);
    g_assert_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID);
    if (!strstr(error->message, rule->message))
        g_error("%s: '%s' is not in '%s'", rule->name, rule->message, error->message);
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
    lt_fields_read(rules, pages, record);
    g_assert_null(value_of(record, LT_FIELD_NUMBER));
    remove_directory(directory);
}

/* Lays an office's folder with one file over our own rules. (transfer full) */
static LtRules *
load_with_office(const char *file, const char *contents)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *office = g_dir_make_tmp("luutru-office-XXXXXX", &error);
    g_autofree char *path = g_build_filename(office, file, NULL);
    g_assert_true(g_file_set_contents(path, contents, -1, &error));
    LtRules *rules = lt_rules_load_office(RULES_DIRECTORY, office, &error);
    g_assert_no_error(error);
    remove_directory(office);
    return rules;
}

static LtRecord *
read_with(const LtRules *rules, const char *text)
{
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free);
    g_ptr_array_add(pages, lt_page_new_from_text(1, text));
    LtRecord *record = lt_record_new();
    lt_fields_read(rules, pages, record);
    return record;
}

#define ODD_LETTER                                                                                 \
    "SỞ NỘI VỤ\nNo. 17 // SNV-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"           \
    "Độc lập - Tự do - Hạnh phúc\nHà Nội, ngày 05 tháng 9 năm 2023\nKính gửi: Bộ Nội vụ\n"

static void
test_office_rule(void)
{
    g_autoptr(LtRules) rules =
        load_with_office("number.rules", "[odd]\nfield=number\nconfidence=0.9\n"
                                         "pattern=^No\\. (?<number>\\d+) // "
                                         "(?<notation>{{NOTATION}})$\n"
                                         "example1=No. 17 // SNV-VP => 17/SNV-VP\n");
    g_autoptr(GPtrArray) failures = lt_rules_check(rules, NULL);
    g_assert_cmpuint(failures->len, ==, 0);
    g_autoptr(LtRecord) record = read_with(rules, ODD_LETTER);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "17/SNV-VP");
    g_assert_cmpstr(record->fields[LT_FIELD_NUMBER].rule, ==, "odd");
    g_autoptr(LtRules) ours = load_rules();
    g_autoptr(LtRecord) without = read_with(ours, ODD_LETTER);
    g_assert_null(value_of(without, LT_FIELD_NUMBER));
}

/* A rule of the same field and name takes the built-in one's place. */
static void
test_office_replaces(void)
{
    g_autoptr(LtRules) rules =
        load_with_office("ours.rules", "[urgent-flash]\nfield=urgency\nvalue=HỎA TỐC\n"
                                       "pattern=^RẤT GẤP$\nexample1=RẤT GẤP => HỎA TỐC\n");
    g_autoptr(LtRecord) own = read_with(rules, "SỞ NỘI VỤ\nRẤT GẤP\n");
    g_autoptr(LtRecord) built_in = read_with(rules, "SỞ NỘI VỤ\nHỎA TỐC\n");
    g_assert_cmpstr(value_of(own, LT_FIELD_URGENCY), ==, "HỎA TỐC");
    g_assert_null(value_of(built_in, LT_FIELD_URGENCY));
}

static void
test_office_table(void)
{
    g_autoptr(LtRules) rules = load_with_office("types.tsv", "QĐ\tQuyết nghị riêng\tstate\n");
    g_autoptr(LtRecord) record =
        read_with(rules, "SỞ NỘI VỤ\nSố: 17/QĐ-SNV\nHà Nội, ngày 05 tháng 9 năm 2023\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, "Quyết nghị riêng");
}

static void
test_office_missing(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRules) rules = lt_rules_load_office(RULES_DIRECTORY, "/nonexistent/rules", &error);
    g_assert_no_error(error);
    g_assert_nonnull(rules);
}

/* What stands above takes another rule's example: said with both places. */
static void
test_contradiction(void)
{
    g_autoptr(LtRules) rules =
        load_with_office("a.rules", "[all]\nfield=urgency\nvalue=KHẨN\npattern=^\\p{Lu}+ TỐC$\n"
                                    "example1=SIÊU TỐC => KHẨN\n");
    g_autoptr(GPtrArray) failures = lt_rules_check(rules, NULL);
    g_assert_cmpuint(failures->len, ==, 1);
    const char *failure = g_ptr_array_index(failures, 0);
    g_assert_nonnull(strstr(failure, "'marks.rules', line"));
    g_assert_nonnull(strstr(failure, "[all] ('a.rules', line 1)"));
}

static GPtrArray *
check_file(const char *file, const char *contents, guint *ret_examples)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("luutru-office-XXXXXX", &error);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_assert_true(g_file_set_contents(path, contents, -1, &error));
    GPtrArray *failures = lt_rules_check_file(RULES_DIRECTORY, path, ret_examples, &error);
    g_assert_no_error(error);
    remove_directory(folder);
    return failures;
}

/* One look tells all that is wrong with a file. */
static void
test_check_file(void)
{
    guint examples = 0;
    g_autoptr(GPtrArray) failures =
        check_file("own.rules",
                   "[a]\nfield=nothing\npattern=a\n\n[b]\nfield=urgency\npattern=(\n"
                   "[c]\nfield=urgency\npattern=^GẤP$\nexample1=GẤP => KHẨN\n",
                   &examples);
    g_assert_cmpuint(failures->len, ==, 3);
    g_assert_nonnull(strstr(g_ptr_array_index(failures, 0), "'own.rules', line 2, [a]: field"));
    g_assert_nonnull(strstr(g_ptr_array_index(failures, 1), "'own.rules', line 7, [b]: pattern"));
    g_assert_nonnull(strstr(g_ptr_array_index(failures, 2), "'own.rules', line 11, [c]"));
    g_assert_cmpuint(examples, ==, 1);

    g_autoptr(GPtrArray) table = check_file("types.tsv", "QĐ\tQuyết định\tstate\nXX\n", &examples);
    g_assert_cmpuint(table->len, ==, 1);
    g_assert_nonnull(strstr(g_ptr_array_index(table, 0), "'types.tsv', line 2"));

    g_autoptr(GPtrArray) other = check_file("notes.txt", "hello\n", &examples);
    g_assert_cmpuint(other->len, ==, 1);
    g_assert_nonnull(strstr(g_ptr_array_index(other, 0), "'notes.txt': is neither"));
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
    g_test_add_func("/rules/office/rule", test_office_rule);
    g_test_add_func("/rules/office/replaces", test_office_replaces);
    g_test_add_func("/rules/office/table", test_office_table);
    g_test_add_func("/rules/office/missing", test_office_missing);
    g_test_add_func("/rules/contradiction", test_contradiction);
    g_test_add_func("/rules/check-file", test_check_file);
    return g_test_run();
}
