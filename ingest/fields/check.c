/* Runs the examples that stand beside the rules. */
#include <glib/gi18n-lib.h>

#include "ingest/fields/reading.h"

/* What the reader makes of a match, as the examples write it. (transfer full) */
static char *
dup_meaning(const LtMatch *match)
{
    g_auto(LtNumber) number = {0};
    LtDateState state;
    gboolean repaired;
    char *date;

    switch (match->rule->kind) {
    case LT_RULE_NUMBER:
    case LT_RULE_REFERENCE:
        return lt_number_from_match(match, &number)
                   ? lt_number_format(&number, number.digits ? number.digits : "?")
                   : g_strdup("");
    case LT_RULE_DATE:
    case LT_RULE_CITED_DATE:
    case LT_RULE_MINUTES:
        date = lt_date_from_match(match, &state, &repaired);
        return date ? date : g_strdup(state == LT_DATE_IMPOSSIBLE ? "impossible" : "?");
    default:
        return lt_match_dup_value(match);
    }
}

static void
check_example(const LtRule *rule, const char *text, const char *expected, GPtrArray *failures)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_autofree char *fold = lt_text_fold(canonical);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    gboolean found = lt_rule_match(rule, canonical, fold, &match);
    if (!expected) {
        if (found)
            g_ptr_array_add(failures, g_strdup_printf(_("'%s', [%s]: must not fit '%s', and does"),
                                                      rule->file, rule->name, text));
        return;
    }
    g_autofree char *meaning = found ? dup_meaning(&match) : NULL;
    if (g_strcmp0(meaning, expected) != 0)
        g_ptr_array_add(failures, g_strdup_printf(_("'%s', [%s]: '%s' gives '%s', not '%s'"),
                                                  rule->file, rule->name, text,
                                                  meaning ? meaning : _("nothing"), expected));
}

static void
check_rule(const LtRule *rule, GPtrArray *failures, guint *examples)
{
    for (guint i = 0; i + 1 < rule->examples->len; i += 2, ++*examples)
        check_example(rule, g_ptr_array_index(rule->examples, i),
                      g_ptr_array_index(rule->examples, i + 1), failures);
    for (guint i = 0; i < rule->opposites->len; i++, ++*examples)
        check_example(rule, g_ptr_array_index(rule->opposites, i), NULL, failures);
    if (rule->examples->len == 0)
        g_ptr_array_add(failures,
                        g_strdup_printf(_("'%s', [%s]: has no example"), rule->file, rule->name));
}

GPtrArray *
lt_rules_check(const LtRules *rules, guint *ret_examples)
{
    GPtrArray *failures = g_ptr_array_new_with_free_func(g_free);
    guint examples = 0;
    for (guint kind = 0; kind < LT_RULE_N_KINDS; kind++)
        for (guint i = 0; i < rules->by_kind[kind]->len; i++)
            check_rule(g_ptr_array_index(rules->by_kind[kind], i), failures, &examples);
    if (ret_examples)
        *ret_examples = examples;
    return failures;
}
