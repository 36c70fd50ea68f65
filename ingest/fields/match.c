/* Matching rules against lines, by code points: the folded line has as many as the line itself. */
#include <string.h>

#include "ingest/fields/rules.h"

void
lt_match_clear(LtMatch *match)
{
    g_clear_pointer(&match->info, g_match_info_unref);
}

gboolean
lt_rule_match(const LtRule *rule, const char *text, const char *fold, LtMatch *match)
{
    const char *subject = rule->folded ? fold : text;
    g_autoptr(GMatchInfo) info = NULL;
    /* A pattern that runs into its match limit counts as one that does not fit. */
    if (!g_regex_match_full(rule->regex, subject, -1, 0, 0, &info, NULL))
        return FALSE;
    lt_match_clear(match);
    *match = (LtMatch){rule, g_steal_pointer(&info), subject, text};
    return TRUE;
}

gboolean
lt_match_next(LtMatch *match)
{
    return g_match_info_next(match->info, NULL) && g_match_info_matches(match->info);
}

gboolean
lt_rules_match(const LtRules *rules, LtRuleKind kind, const char *text, const char *fold,
               LtMatch *match)
{
    GPtrArray *list = rules->by_kind[kind];
    for (guint i = 0; i < list->len; i++)
        if (lt_rule_match(g_ptr_array_index(list, i), text, fold, match))
            return TRUE;
    return FALSE;
}

gboolean
lt_rules_fits(const LtRules *rules, LtRuleKind kind, const char *text, const char *fold)
{
    g_auto(LtMatch) match = LT_MATCH_INIT;
    return lt_rules_match(rules, kind, text, fold, &match);
}

gboolean
lt_match_range(const LtMatch *match, const char *group, guint *ret_start, guint *ret_end)
{
    int start = -1, end = -1;
    gboolean found = *group ? g_match_info_fetch_named_pos(match->info, group, &start, &end)
                            : g_match_info_fetch_pos(match->info, 0, &start, &end);
    if (!found || start < 0)
        return FALSE;
    *ret_start = (guint)g_utf8_pointer_to_offset(match->subject, match->subject + start);
    *ret_end = (guint)g_utf8_pointer_to_offset(match->subject, match->subject + end);
    return TRUE;
}

char *
lt_match_dup(const LtMatch *match, const char *group)
{
    guint start, end;
    return lt_match_range(match, group, &start, &end) ? lt_text_slice(match->text, start, end)
                                                      : NULL;
}

char *
lt_match_dup_value(const LtMatch *match)
{
    if (match->rule->value)
        return g_strdup(match->rule->value);
    char *value = lt_match_dup(match, "value");
    return value ? value : lt_match_dup(match, "");
}

char *
lt_text_slice(const char *text, guint start, guint end)
{
    return g_utf8_substring(text, (glong)start, (glong)end);
}

char *
lt_text_squeeze(const char *text)
{
    GString *squeezed = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (!g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_unichar(squeezed, g_utf8_get_char(p));
    return g_string_free(squeezed, FALSE);
}

double
lt_text_capitals(const char *text, guint *ret_letters)
{
    guint letters = 0, capitals = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        letters += g_unichar_isalpha(c);
        capitals += g_unichar_isupper(c);
    }
    if (ret_letters)
        *ret_letters = letters;
    return letters ? (double)capitals / letters : 0;
}
