/* Loads rule files: one group a rule, as docs/rules.md describes them. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ingest/fields/rules.h"

/* What a hostile or careless pattern may cost on one line. */
#define MATCH_LIMIT "(*LIMIT_MATCH=200000)"
#define DEFINITIONS "definitions"
#define DEFINITION_DEPTH 4u /* definitions within definitions */

static const char *const kind_names[LT_RULE_N_KINDS] = {
    [LT_RULE_NUMBER] = "number",
    [LT_RULE_DATE] = "issued_date",
    [LT_RULE_SUBJECT] = "subject",
    [LT_RULE_TO] = "to",
    [LT_RULE_URGENCY] = "urgency",
    [LT_RULE_SECRECY] = "secrecy",
    [LT_RULE_MOTTO] = "motto",
    [LT_RULE_OPENER] = "opener",
    [LT_RULE_ASIDE] = "aside",
    [LT_RULE_ARRIVAL] = "arrival",
    [LT_RULE_ARRIVAL_LINE] = "arrival-line",
    [LT_RULE_AUTHORITY] = "authority",
    [LT_RULE_TITLE] = "signer_title",
    [LT_RULE_NAME] = "signer",
    [LT_RULE_SIGNS_FOR] = "signer_authority",
    [LT_RULE_RECIPIENTS] = "recipients",
    [LT_RULE_REFERENCE] = "reference",
    [LT_RULE_CITED_DATE] = "cited-date",
    [LT_RULE_RELATION] = "relation",
    [LT_RULE_RELATION_AFTER] = "relation-after",
    [LT_RULE_MINUTES] = "minutes",
    [LT_RULE_ARRIVAL_NUMBER] = "arrival-number",
    [LT_RULE_ARRIVAL_DATE] = "arrival-date",
    [LT_RULE_COPY] = "copy",
    [LT_RULE_SIGNATURE] = "signature",
    [LT_RULE_CITED_ISSUER] = "cited-issuer",
    [LT_RULE_REPORT] = "report",
    [LT_RULE_REPORT_ENDS] = "report-ends",
    [LT_RULE_PUBLISHED] = "published",
    [LT_RULE_TITLE_LINE] = "title-line",
    [LT_RULE_TITLE_REST] = "title-rest",
};

/* What a field's patterns must name, or the reader finds nothing in a match. */
static const char *const needed_groups[LT_RULE_N_KINDS][4] = {
    [LT_RULE_NUMBER] = {"number", "notation"},
    [LT_RULE_REFERENCE] = {"number", "notation"},
    [LT_RULE_DATE] = {"day", "month", "year"},
    [LT_RULE_CITED_DATE] = {"day", "month", "year"},
    [LT_RULE_MINUTES] = {"day", "month", "year"},
    [LT_RULE_SUBJECT] = {"value"},
    [LT_RULE_TO] = {"value"},
    [LT_RULE_TITLE] = {"title", "value"},
    [LT_RULE_NAME] = {"value"},
    [LT_RULE_SIGNS_FOR] = {"prefix", "name"},
    [LT_RULE_ARRIVAL_NUMBER] = {"number"},
    [LT_RULE_ARRIVAL_DATE] = {"day", "month", "year"},
    [LT_RULE_COPY] = {"type"},
    [LT_RULE_CITED_ISSUER] = {"value"},
    [LT_RULE_REPORT] = {"number", "notation"},
    [LT_RULE_PUBLISHED] = {"day", "month", "year"},
    [LT_RULE_TITLE_LINE] = {"value"},
    [LT_RULE_TITLE_REST] = {"value"},
};

static const char *const known_keys[] = {"field", "on", "pattern", "confidence", "value", NULL};

G_DEFINE_QUARK(lt_rules_error_quark, lt_rules_error)

const char *
lt_rule_kind_name(LtRuleKind kind)
{
    return kind_names[kind];
}

static void
example_free(gpointer data)
{
    LtExample *example = data;
    g_free(example->text);
    g_free(example->value);
    g_free(example);
}

void
lt_rule_free(LtRule *rule)
{
    if (!rule)
        return;
    g_free(rule->name);
    g_free(rule->file);
    g_free(rule->value);
    g_clear_pointer(&rule->regex, g_regex_unref);
    g_ptr_array_unref(rule->examples);
    g_free(rule);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRule, lt_rule_free)

void
lt_rules_free(LtRules *rules)
{
    if (!rules)
        return;
    for (guint i = 0; i < LT_RULE_N_KINDS; i++)
        g_ptr_array_unref(rules->by_kind[i]);
    lt_rules_free_tables(rules);
    g_free(rules);
}

/* The rule that is being read: its group, whence definitions come, and where complaints go. */
typedef struct {
    const LtRuleFile *file;
    const LtRuleFile *fallback; /* (nullable) */
    const LtRuleGroup *group;
    GPtrArray *problems;
} Source;

/* A complaint at the line of the key, or of the group where the key is missing. FALSE, for return. */
static gboolean G_GNUC_PRINTF(3, 4)
    complain(const Source *source, const LtRuleEntry *entry, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    lt_rule_problem(source->problems, source->file->name, entry ? entry->line : source->group->line,
                    source->group->name, "%s", what);
    return FALSE;
}

static const LtRuleEntry *
find_definition(const LtRuleFile *file, const char *name)
{
    const LtRuleGroup *group = file ? lt_rule_file_group(file, DEFINITIONS) : NULL;
    return group ? lt_rule_group_entry(group, name) : NULL;
}

/* {{NAME}} in a pattern stands for the definition of that name, which may use others in turn. */
static char *
expand_definitions(const Source *source, const LtRuleEntry *entry, const char *pattern, guint depth)
{
    g_autoptr(GString) expanded = g_string_new(NULL);
    const char *p = pattern;
    for (const char *open; (open = strstr(p, "{{"));) {
        const char *end = strstr(open, "}}");
        g_autofree char *name = g_strndup(open + 2, end ? (gsize)(end - open - 2) : 0);
        const LtRuleEntry *definition = find_definition(source->file, name);
        if (!definition)
            definition = find_definition(source->fallback, name);
        if (!definition || depth == 0) {
            complain(source, entry,
                     _("pattern: no definition '%s' in group [definitions], or one that "
                       "uses itself"),
                     name);
            return NULL;
        }
        g_autofree char *inner = expand_definitions(source, entry, definition->value, depth - 1);
        if (!inner)
            return NULL;
        g_string_append_len(expanded, p, open - p);
        g_string_append(expanded, inner);
        if (expanded->len > LT_RULES_MAX_PATTERN) {
            complain(source, entry, _("pattern: longer than %u bytes"), LT_RULES_MAX_PATTERN);
            return NULL;
        }
        p = end + 2;
    }
    g_string_append(expanded, p);
    return g_string_free(g_steal_pointer(&expanded), FALSE);
}

static gboolean
read_kind(const Source *source, LtRule *rule)
{
    const LtRuleEntry *entry = lt_rule_group_entry(source->group, "field");
    g_autofree char *field = g_strchomp(g_strdup(entry ? entry->value : ""));
    for (guint i = 0; i < LT_RULE_N_KINDS; i++)
        if (g_str_equal(field, kind_names[i])) {
            rule->kind = i;
            return TRUE;
        }
    return complain(source, entry, _("field: '%s' is none that rules can find; see docs/rules.md"),
                    field);
}

static gboolean
read_confidence(const Source *source, LtRule *rule)
{
    const LtRuleEntry *entry = lt_rule_group_entry(source->group, "confidence");
    rule->confidence = 1;
    if (!entry)
        return TRUE;
    char *end = NULL;
    double value = g_ascii_strtod(entry->value, &end);
    if (end == entry->value || end[strspn(end, " \t")] || !(value >= 0 && value <= 1))
        return complain(source, entry, _("confidence: '%s' is no number from 0 to 1"),
                        entry->value);
    rule->confidence = value;
    return TRUE;
}

static gboolean
has_needed_groups(const Source *source, const LtRule *rule, const LtRuleEntry *entry)
{
    for (guint i = 0; i < 4 && needed_groups[rule->kind][i]; i++)
        if (g_regex_get_string_number(rule->regex, needed_groups[rule->kind][i]) < 0)
            return complain(source, entry,
                            _("pattern: names no part (?<%s>…), which field=%s needs"),
                            needed_groups[rule->kind][i], kind_names[rule->kind]);
    gboolean relation = rule->kind == LT_RULE_RELATION || rule->kind == LT_RULE_RELATION_AFTER;
    return !relation || rule->value ||
           complain(source, entry, _("value: missing, and field=relation has no other"));
}

static gboolean
read_pattern(const Source *source, LtRule *rule)
{
    const LtRuleEntry *on = lt_rule_group_entry(source->group, "on");
    g_autofree char *form = g_strchomp(g_strdup(on ? on->value : "text"));
    if (!g_str_equal(form, "text") && !g_str_equal(form, "fold"))
        return complain(source, on, _("on: '%s' is neither 'text' nor 'fold'"), form);
    rule->folded = g_str_equal(form, "fold");
    const LtRuleEntry *pattern = lt_rule_group_entry(source->group, "pattern");
    if (!pattern || !*pattern->value)
        return complain(source, pattern, _("pattern: missing"));
    g_autofree char *expanded =
        expand_definitions(source, pattern, pattern->value, DEFINITION_DEPTH);
    if (!expanded)
        return FALSE;
    g_autofree char *limited = g_strconcat(MATCH_LIMIT, expanded, NULL);
    g_autoptr(GError) broken = NULL;
    rule->regex = g_regex_new(limited, G_REGEX_OPTIMIZE, 0, &broken);
    if (!rule->regex) {
        /* GLib's sentence repeats the pattern with all its definitions; what is wrong comes last. */
        const char *colon = g_strrstr(broken->message, ": ");
        return complain(source, pattern, _("pattern: %s"), colon ? colon + 2 : broken->message);
    }
    return has_needed_groups(source, rule, pattern);
}

/* exampleN = TEXT => VALUE; counter-exampleN = TEXT. */
static gboolean
read_example(const Source *source, LtRule *rule, const LtRuleEntry *entry)
{
    gboolean opposite = g_str_has_prefix(entry->key, "counter-example");
    const char *arrow = opposite ? NULL : g_strrstr(entry->value, "=>");
    if (!opposite && !arrow)
        return complain(source, entry, _("%s: write it as TEXT => VALUE"), entry->key);
    LtExample *example = g_new0(LtExample, 1);
    example->text = opposite ? g_strdup(entry->value)
                             : g_strchomp(g_strndup(entry->value, (gsize)(arrow - entry->value)));
    example->value = opposite ? NULL : g_strstrip(g_strdup(arrow + 2));
    example->line = entry->line;
    g_ptr_array_add(rule->examples, example);
    return TRUE;
}

static gboolean
read_examples(const Source *source, LtRule *rule)
{
    gboolean right = TRUE;
    for (guint i = 0; i < source->group->entries->len; i++) {
        const LtRuleEntry *entry = g_ptr_array_index(source->group->entries, i);
        if (g_str_has_prefix(entry->key, "example") ||
            g_str_has_prefix(entry->key, "counter-example"))
            right = read_example(source, rule, entry) && right;
        else if (!g_strv_contains(known_keys, entry->key))
            right = complain(source, entry, _("%s: no such key; see docs/rules.md"), entry->key);
    }
    return right;
}

/* Every part is read, so that one look tells all that is wrong. */
static LtRule *
read_rule(const Source *source, gboolean office)
{
    g_autoptr(LtRule) rule = g_new0(LtRule, 1);
    const LtRuleEntry *value = lt_rule_group_entry(source->group, "value");
    rule->name = g_strdup(source->group->name);
    rule->file = g_strdup(source->file->name);
    rule->line = source->group->line;
    rule->office = office;
    rule->value = value ? g_strchomp(g_strdup(value->value)) : NULL;
    rule->examples = g_ptr_array_new_with_free_func(example_free);
    gboolean examples = read_examples(source, rule);
    gboolean confidence = read_confidence(source, rule);
    if (!read_kind(source, rule) || !read_pattern(source, rule) || !examples || !confidence)
        return NULL;
    return g_steal_pointer(&rule);
}

/* An office's rule of the same field and name. (nullable) */
static const LtRule *
office_rule(const LtRules *rules, const LtRule *rule)
{
    const GPtrArray *list = rules->by_kind[rule->kind];
    for (guint i = 0; i < list->len; i++) {
        const LtRule *other = g_ptr_array_index(list, i);
        if (other->office && g_str_equal(other->name, rule->name))
            return other;
    }
    return NULL;
}

/* Of an office's two rules of one field and name nobody could say which counts. */
static void
add_rule(LtRules *rules, LtRule *rule, GPtrArray *problems)
{
    const LtRule *other = office_rule(rules, rule);
    if (!other)
        g_ptr_array_add(rules->by_kind[rule->kind], rule);
    else {
        if (rule->office && !g_str_equal(rule->file, other->file))
            lt_rule_problem(problems, rule->file, rule->line, rule->name,
                            _("stands in '%s', line %u, already: give one of them another name"),
                            other->file, other->line);
        lt_rule_free(rule);
    }
}

static LtRuleFile *
open_rule_file(const char *path, GPtrArray *problems)
{
    g_autofree char *contents = lt_rule_file_read(path, problems);
    g_autofree char *name = g_path_get_basename(path);
    return contents ? lt_rule_file_parse(name, contents, problems) : NULL;
}

void
lt_rules_load_patterns(LtRules *rules, const char *path, const char *fallback, gboolean office,
                       GPtrArray *problems)
{
    g_autoptr(LtRuleFile) file = open_rule_file(path, problems);
    g_autoptr(LtRuleFile) other = NULL;
    if (!file)
        return;
    /* What is wrong with the other file is said when that one is loaded. */
    if (fallback && g_file_test(fallback, G_FILE_TEST_EXISTS)) {
        g_autoptr(GPtrArray) ignored = g_ptr_array_new_with_free_func(g_free);
        other = open_rule_file(fallback, ignored);
    }
    for (guint i = 0; i < file->groups->len; i++) {
        const Source source = {file, other, g_ptr_array_index(file->groups, i), problems};
        if (g_str_equal(source.group->name, DEFINITIONS))
            continue;
        g_autoptr(LtRule) rule = read_rule(&source, office);
        if (rule)
            add_rule(rules, g_steal_pointer(&rule), problems);
    }
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The paths of *.rules in a folder, in the order of their names. */
static GPtrArray *
list_rule_files(const char *directory, GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(directory, 0, error);
    if (!dir)
        return NULL;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir));)
        if (g_str_has_suffix(name, ".rules"))
            g_ptr_array_add(paths, g_build_filename(directory, name, NULL));
    g_ptr_array_sort(paths, compare_names);
    return g_steal_pointer(&paths);
}

static LtRules *
rules_new(void)
{
    LtRules *rules = g_new0(LtRules, 1);
    for (guint i = 0; i < LT_RULE_N_KINDS; i++)
        rules->by_kind[i] = g_ptr_array_new_with_free_func((GDestroyNotify)lt_rule_free);
    lt_rules_init_tables(rules);
    return rules;
}

static void
load_office_file(LtRules *rules, const char *directory, const char *path, GPtrArray *problems)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *built_in = g_build_filename(directory, name, NULL);
    if (g_str_has_suffix(name, ".rules"))
        lt_rules_load_patterns(rules, path, built_in, TRUE, problems);
    else if (!lt_rules_load_table(rules, path, problems))
        lt_rule_problem(
            problems, name, 0, NULL,
            _("is neither named *.rules nor like one of the tables; see docs/rules.md"));
}

/* An office's own folder may be missing, and hold as little as it likes. */
static void
load_office(LtRules *rules, const char *directory, const char *office, GPtrArray *problems)
{
    if (!g_file_test(office, G_FILE_TEST_EXISTS))
        return;
    if (!g_file_test(office, G_FILE_TEST_IS_DIR)) {
        load_office_file(rules, directory, office, problems);
        return;
    }
    g_autoptr(GPtrArray) paths = list_rule_files(office, NULL);
    for (guint i = 0; paths && i < paths->len; i++)
        load_office_file(rules, directory, g_ptr_array_index(paths, i), problems);
    lt_rules_load_tables(rules, office, FALSE, problems);
}

static gboolean
fail_with(const GPtrArray *problems, GError **error)
{
    const char *first = problems->len ? g_ptr_array_index(problems, 0) : NULL;
    if (problems->len == 1)
        g_set_error_literal(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID, first);
    else if (first)
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                    ngettext("%s (and %u more: 'luutru rules check' tells it)",
                             "%s (and %u more: 'luutru rules check' tells them)",
                             problems->len - 1),
                    first, problems->len - 1);
    return !first;
}

LtRules *
lt_rules_load_all(const char *directory, const char *office, GPtrArray *problems, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GPtrArray) paths = list_rule_files(directory, &cause);
    if (!paths || paths->len == 0) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_MISSING, _("no field rules in '%s': %s"),
                    directory, cause ? cause->message : _("no file ends in .rules"));
        return NULL;
    }
    LtRules *rules = rules_new();
    if (office)
        load_office(rules, directory, office, problems);
    for (guint i = 0; i < paths->len; i++)
        lt_rules_load_patterns(rules, g_ptr_array_index(paths, i), NULL, FALSE, problems);
    lt_rules_load_tables(rules, directory, TRUE, problems);
    lt_rules_sort_tables(rules);
    return rules;
}

LtRules *
lt_rules_load_office(const char *directory, const char *office, GError **error)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(LtRules) rules = lt_rules_load_all(directory, office, problems, error);
    return rules && fail_with(problems, error) ? g_steal_pointer(&rules) : NULL;
}

LtRules *
lt_rules_load(const char *directory, GError **error)
{
    return lt_rules_load_office(directory, NULL, error);
}
