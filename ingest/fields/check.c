/* Runs the examples that stand beside the rules. */
#include <glib/gi18n-lib.h>

#include "ingest/fields/reading.h"

char *
lt_rule_dup_meaning(const LtMatch *match)
{
    g_auto(LtNumber) number = {0};
    LtDateState state;
    gboolean repaired;
    char *date, *value;

    switch (match->rule->kind) {
    case LT_RULE_NUMBER:
    case LT_RULE_REFERENCE:
    case LT_RULE_REPORT:
        return lt_number_from_match(match, &number)
                   ? lt_number_format(&number, number.digits ? number.digits : "?")
                   : g_strdup("");
    case LT_RULE_DATE:
    case LT_RULE_CITED_DATE:
    case LT_RULE_MINUTES:
    case LT_RULE_ARRIVAL_DATE:
    case LT_RULE_PUBLISHED:
        date = lt_date_from_match(match, &state, &repaired);
        return date ? date : g_strdup(state == LT_DATE_IMPOSSIBLE ? "impossible" : "?");
    case LT_RULE_ARRIVAL_NUMBER:
        return lt_match_dup(match, "number");
    case LT_RULE_SIGNS_FOR:
        return lt_match_dup(match, "value");
    case LT_RULE_COPY:
        return lt_match_dup(match, "type");
    case LT_RULE_TITLE_LINE:
        value = lt_match_dup(match, "value");
        return value ? value : g_strdup("");
    default:
        return lt_match_dup_value(match);
    }
}

static char *
dup_meaning_of(const LtRule *rule, const char *text, const char *fold)
{
    g_auto(LtMatch) match = LT_MATCH_INIT;
    return lt_rule_match(rule, text, fold, &match) ? lt_rule_dup_meaning(&match) : NULL;
}

static void
check_example(const LtRule *rule, const LtExample *example, GPtrArray *failures)
{
    g_autofree char *text = lt_text_canonical(example->text);
    g_autofree char *fold = lt_text_fold(text);
    g_autofree char *meaning = dup_meaning_of(rule, text, fold);
    if (!example->value && meaning)
        lt_rule_problem(failures, rule->file, example->line, rule->name,
                        _("must not fit '%s', and does"), example->text);
    else if (g_strcmp0(meaning, example->value) != 0)
        lt_rule_problem(failures, rule->file, example->line, rule->name,
                        _("'%s' gives '%s', not '%s'"), example->text,
                        meaning ? meaning : _("nothing"), example->value);
}

/* Whether rules of a kind exclude one another: the first that fits decides. Of the others, any may. */
static gboolean
first_decides(LtRuleKind kind)
{
    switch (kind) {
    case LT_RULE_NUMBER:
    case LT_RULE_DATE:
    case LT_RULE_SUBJECT:
    case LT_RULE_TO:
    case LT_RULE_URGENCY:
    case LT_RULE_SECRECY:
    case LT_RULE_TITLE:
    case LT_RULE_NAME:
    case LT_RULE_CITED_DATE:
    case LT_RULE_MINUTES:
        return TRUE;
    default:
        return FALSE;
    }
}

/* A rule above that takes another's example and makes something else of it: one of them is wrong. */
static void
check_contradiction(const LtRules *rules, const LtRule *rule, const LtExample *example,
                    GPtrArray *failures)
{
    const GPtrArray *list = rules->by_kind[rule->kind];
    g_autofree char *text = lt_text_canonical(example->text);
    g_autofree char *fold = lt_text_fold(text);
    for (guint i = 0; example->value && i < list->len; i++) {
        const LtRule *above = g_ptr_array_index(list, i);
        if (above == rule)
            return;
        g_autofree char *meaning = dup_meaning_of(above, text, fold);
        if (!meaning)
            continue;
        if (!g_str_equal(meaning, example->value))
            lt_rule_problem(
                failures, rule->file, example->line, rule->name,
                _("'%s' is taken by [%s] ('%s', line %u), which is tried first and gives "
                  "'%s'"),
                example->text, above->name, above->file, above->line, meaning);
        return;
    }
}

static void
check_rule(const LtRules *rules, const LtRule *rule, GPtrArray *failures, guint *examples)
{
    gboolean shown = FALSE;
    for (guint i = 0; i < rule->examples->len; i++, ++*examples) {
        const LtExample *example = g_ptr_array_index(rule->examples, i);
        check_example(rule, example, failures);
        if (first_decides(rule->kind))
            check_contradiction(rules, rule, example, failures);
        shown = shown || example->value;
    }
    if (!shown)
        lt_rule_problem(failures, rule->file, rule->line, rule->name, _("has no example"));
}

/* All rules, or those of one of the office's files. */
static void
check_rules(const LtRules *rules, const char *file, GPtrArray *failures, guint *ret_examples)
{
    guint examples = 0;
    for (guint kind = 0; kind < LT_RULE_N_KINDS; kind++)
        for (guint i = 0; i < rules->by_kind[kind]->len; i++) {
            const LtRule *rule = g_ptr_array_index(rules->by_kind[kind], i);
            if (!file || (rule->office && g_str_equal(rule->file, file)))
                check_rule(rules, rule, failures, &examples);
        }
    if (ret_examples)
        *ret_examples = examples;
}

GPtrArray *
lt_rules_check(const LtRules *rules, guint *ret_examples)
{
    GPtrArray *failures = g_ptr_array_new_with_free_func(g_free);
    check_rules(rules, NULL, failures, ret_examples);
    return failures;
}

GPtrArray *
lt_rules_check_file(const char *directory, const char *path, guint *ret_examples, GError **error)
{
    g_autoptr(GPtrArray) failures = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *name = g_path_get_basename(path);
    g_autoptr(LtRules) rules = lt_rules_load_all(directory, path, failures, error);
    if (!rules)
        return NULL;
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        lt_rule_problem(failures, name, 0, NULL, _("there is no such file in its folder"));
    check_rules(rules, name, failures, ret_examples);
    return g_steal_pointer(&failures);
}
