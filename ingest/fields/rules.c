/* Loads rule files: GKeyFile, one group a rule, as docs/rules.md describes them. */
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
    [LT_RULE_RECIPIENTS] = "recipients",
    [LT_RULE_REFERENCE] = "reference",
    [LT_RULE_CITED_DATE] = "cited-date",
    [LT_RULE_RELATION] = "relation",
    [LT_RULE_MINUTES] = "minutes",
};

static const char *const known_keys[] = {"field", "on", "pattern", "confidence", "value", NULL};

G_DEFINE_QUARK(lt - rules - error - quark, lt_rules_error)

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
    g_ptr_array_unref(rule->opposites);
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

/* {{NAME}} in a pattern stands for the definition of that name, which may use others in turn. */
static char *
expand_definitions(GKeyFile *file, const char *pattern, guint depth, GError **error)
{
    g_autoptr(GString) expanded = g_string_new(NULL);
    const char *p = pattern;
    for (const char *open; (open = strstr(p, "{{"));) {
        const char *end = strstr(open, "}}");
        g_autofree char *name = g_strndup(open + 2, end ? (gsize)(end - open - 2) : 0);
        g_autofree char *value = g_key_file_get_value(file, DEFINITIONS, name, NULL);
        if (!value || depth == 0) {
            g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                        _("pattern: no definition '%s' in group [definitions], or one that "
                          "uses itself"),
                        name);
            return NULL;
        }
        g_autofree char *inner = expand_definitions(file, value, depth - 1, error);
        if (!inner)
            return NULL;
        g_string_append_len(expanded, p, open - p);
        g_string_append(expanded, inner);
        p = end + 2;
    }
    g_string_append(expanded, p);
    return g_string_free(g_steal_pointer(&expanded), FALSE);
}

static gboolean
read_kind(GKeyFile *file, const char *group, LtRuleKind *ret_kind, GError **error)
{
    g_autofree char *field = g_key_file_get_value(file, group, "field", NULL);
    for (guint i = 0; i < LT_RULE_N_KINDS; i++)
        if (g_strcmp0(field, kind_names[i]) == 0) {
            *ret_kind = i;
            return TRUE;
        }
    g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                _("field: '%s' is none that rules can find; see docs/rules.md"),
                field ? field : "");
    return FALSE;
}

static gboolean
read_confidence(GKeyFile *file, const char *group, double *ret_confidence, GError **error)
{
    g_autofree char *text = g_key_file_get_value(file, group, "confidence", NULL);
    char *end = NULL;
    double value = text ? g_ascii_strtod(text, &end) : 1;
    if (text && (end == text || *g_strstrip(end) || !(value >= 0 && value <= 1))) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                    _("confidence: '%s' is no number from 0 to 1"), text);
        return FALSE;
    }
    *ret_confidence = value;
    return TRUE;
}

static gboolean
read_pattern(GKeyFile *file, const char *group, LtRule *rule, GError **error)
{
    g_autofree char *on = g_key_file_get_value(file, group, "on", NULL);
    if (on && !g_str_equal(on, "text") && !g_str_equal(on, "fold")) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                    _("on: '%s' is neither 'text' nor 'fold'"), on);
        return FALSE;
    }
    rule->folded = g_strcmp0(on, "fold") == 0;
    g_autofree char *pattern = g_key_file_get_value(file, group, "pattern", NULL);
    if (!pattern || !*pattern) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID, _("pattern: missing"));
        return FALSE;
    }
    g_autofree char *expanded = expand_definitions(file, pattern, DEFINITION_DEPTH, error);
    if (!expanded)
        return FALSE;
    g_autofree char *limited = g_strconcat(MATCH_LIMIT, expanded, NULL);
    g_autoptr(GError) broken = NULL;
    rule->regex = g_regex_new(limited, G_REGEX_OPTIMIZE, 0, &broken);
    if (!rule->regex)
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID, _("pattern: %s"),
                    broken->message);
    return rule->regex != NULL;
}

/* exampleN = TEXT => VALUE; counter-exampleN = TEXT. */
static gboolean
read_example(LtRule *rule, const char *key, const char *value, GError **error)
{
    if (g_str_has_prefix(key, "counter-example")) {
        g_ptr_array_add(rule->opposites, g_strdup(value));
        return TRUE;
    }
    const char *arrow = g_strrstr(value, "=>");
    if (!arrow) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                    _("%s: write it as TEXT => VALUE"), key);
        return FALSE;
    }
    g_ptr_array_add(rule->examples, g_strchomp(g_strndup(value, (gsize)(arrow - value))));
    g_ptr_array_add(rule->examples, g_strstrip(g_strdup(arrow + 2)));
    return TRUE;
}

static gboolean
read_examples(GKeyFile *file, const char *group, LtRule *rule, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
    for (char **key = keys; key && *key; key++) {
        g_autofree char *value = g_key_file_get_value(file, group, *key, NULL);
        if (g_str_has_prefix(*key, "example") || g_str_has_prefix(*key, "counter-example")) {
            if (!read_example(rule, *key, value, error))
                return FALSE;
        } else if (!g_strv_contains(known_keys, *key)) {
            g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                        _("%s: no such key; see docs/rules.md"), *key);
            return FALSE;
        }
    }
    return TRUE;
}

static LtRule *
read_rule(GKeyFile *file, const char *group, const char *file_name, GError **error)
{
    g_autoptr(LtRule) rule = g_new0(LtRule, 1);
    rule->name = g_strdup(group);
    rule->file = g_strdup(file_name);
    rule->value = g_key_file_get_value(file, group, "value", NULL);
    rule->examples = g_ptr_array_new_with_free_func(g_free);
    rule->opposites = g_ptr_array_new_with_free_func(g_free);
    if (!read_kind(file, group, &rule->kind, error) ||
        !read_confidence(file, group, &rule->confidence, error) ||
        !read_pattern(file, group, rule, error) || !read_examples(file, group, rule, error))
        return NULL;
    return g_steal_pointer(&rule);
}

static GKeyFile *
open_rule_file(const char *path, GError **error)
{
    g_autofree char *contents = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &contents, &length, error))
        return NULL;
    if (length > LT_RULES_MAX_FILE) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID, _("larger than %u bytes"),
                    LT_RULES_MAX_FILE);
        return NULL;
    }
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_key_file_load_from_data(file, contents, length, G_KEY_FILE_NONE, error))
        return NULL;
    return g_steal_pointer(&file);
}

gboolean
lt_rules_load_patterns(LtRules *rules, const char *path, GError **error)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GKeyFile) file = open_rule_file(path, &cause);
    if (!file) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID, _("rule file '%s': %s"), base,
                    cause->message);
        return FALSE;
    }
    gsize n_groups = 0;
    g_auto(GStrv) groups = g_key_file_get_groups(file, &n_groups);
    for (gsize i = 0; i < MIN(n_groups, LT_RULES_MAX); i++) {
        if (g_str_equal(groups[i], DEFINITIONS))
            continue;
        LtRule *rule = read_rule(file, groups[i], base, &cause);
        if (!rule) {
            g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_INVALID,
                        _("rule file '%s', group [%s]: %s"), base, groups[i], cause->message);
            return FALSE;
        }
        g_ptr_array_add(rules->by_kind[rule->kind], rule);
    }
    return TRUE;
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

LtRules *
lt_rules_load(const char *directory, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GPtrArray) paths = list_rule_files(directory, &cause);
    if (!paths || paths->len == 0) {
        g_set_error(error, LT_RULES_ERROR, LT_RULES_ERROR_MISSING, _("no field rules in '%s': %s"),
                    directory, cause ? cause->message : _("no file ends in .rules"));
        return NULL;
    }
    g_autoptr(LtRules) rules = g_new0(LtRules, 1);
    for (guint i = 0; i < LT_RULE_N_KINDS; i++)
        rules->by_kind[i] = g_ptr_array_new_with_free_func((GDestroyNotify)lt_rule_free);
    if (!lt_rules_load_tables(rules, directory, error))
        return NULL;
    for (guint i = 0; i < paths->len; i++)
        if (!lt_rules_load_patterns(rules, g_ptr_array_index(paths, i), error))
            return NULL;
    return g_steal_pointer(&rules);
}
