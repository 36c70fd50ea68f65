/* Why a field has its value: every place that a rule of the field fits, taken or not. */
#include <string.h>

#include "ingest/fields/reading.h"

#define MAX_LINES 5000u  /* lines of a document that are looked at */
#define MAX_FINDINGS 12u /* of one field */

/* The kinds of rules that give a field its value, in the order in which the readers try them. */
static const struct {
    LtFieldId field;
    LtRuleKind kind;
} sources[] = {
    {LT_FIELD_NUMBER, LT_RULE_NUMBER},
    {LT_FIELD_ISSUED_DATE, LT_RULE_DATE},
    {LT_FIELD_ISSUED_DATE, LT_RULE_MINUTES},
    {LT_FIELD_SUBJECT, LT_RULE_SUBJECT},
    {LT_FIELD_SIGNER, LT_RULE_NAME},
    {LT_FIELD_SIGNER_TITLE, LT_RULE_TITLE},
    {LT_FIELD_SIGNER_AUTHORITY, LT_RULE_SIGNS_FOR},
    {LT_FIELD_TO, LT_RULE_TO},
    {LT_FIELD_URGENCY, LT_RULE_URGENCY},
    {LT_FIELD_SECRECY, LT_RULE_SECRECY},
};

void
lt_finding_free(LtFinding *finding)
{
    if (!finding)
        return;
    g_free(finding->value);
    g_free(finding->text);
    g_free(finding->rule);
    g_free(finding->file);
    g_free(finding);
}

/* The place decides where the page tells places, else what the line says. */
static gboolean
is_taken(const LtReading *reading, LtFieldId id, const LtMatch *match, const LtStretch *span)
{
    const LtField *field = &reading->record->fields[id];
    const LtPage *page = g_ptr_array_index(reading->pages, span->line->page);
    LtBox box = lt_spans_box(reading, span, 1);
    if (g_strcmp0(field->rule, match->rule->name) != 0 || field->page != page->number)
        return FALSE;
    if (reading->boxes)
        return box.y0 <= field->box.y1 && box.y1 >= field->box.y0;
    g_autofree char *meaning = lt_rule_dup_meaning(match);
    return !field->value || !meaning || g_str_has_prefix(field->value, meaning);
}

static LtFindingReason
reason_of(const LtReading *reading, LtFieldId id, const LtMatch *match, const LtStretch *span)
{
    if (is_taken(reading, id, match, span))
        return LT_FINDING_TAKEN;
    switch (span->line->zone) {
    case LT_ZONE_ASIDE:
        return LT_FINDING_STAMP;
    case LT_ZONE_BODY:
        return LT_FINDING_TEXT;
    default:
        return LT_FINDING_LATER;
    }
}

static LtFinding *
finding_new(const LtReading *reading, LtFieldId id, const LtMatch *match, const LtLine *line)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    LtStretch span = {line, 0, (guint)g_utf8_strlen(line->text, -1)};
    LtFinding *finding = g_new0(LtFinding, 1);
    finding->field = id;
    finding->value = lt_rule_dup_meaning(match);
    finding->text = g_strdup(line->text);
    finding->rule = g_strdup(match->rule->name);
    finding->file = g_strdup(match->rule->file);
    finding->line = match->rule->line;
    finding->office = match->rule->office;
    finding->page = page->number;
    finding->box = line->box;
    finding->reason = reason_of(reading, id, match, &span);
    return finding;
}

static void
explain_source(const LtReading *reading, LtFieldId id, LtRuleKind kind, GPtrArray *findings)
{
    guint found = 0;
    for (guint i = 0; i < MIN(reading->lines->len, MAX_LINES) && found < MAX_FINDINGS; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (!lt_rules_match(reading->rules, kind, line->text, line->fold, &match))
            continue;
        g_ptr_array_add(findings, finding_new(reading, id, &match, line));
        found++;
    }
}

GPtrArray *
lt_fields_explain(const LtRules *rules, GPtrArray *pages, LtRecord *record)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func((GDestroyNotify)lt_finding_free);
    LtReading reading;
    lt_reading_init(&reading, rules, pages, record);
    lt_reading_run(&reading);
    for (guint i = 0; i < G_N_ELEMENTS(sources); i++)
        explain_source(&reading, sources[i].field, sources[i].kind, findings);
    lt_reading_clear(&reading);
    return findings;
}

static const LtRule *
find_in_kind(const LtRules *rules, LtRuleKind kind, const char *name)
{
    const GPtrArray *list = rules->by_kind[kind];
    for (guint i = 0; i < list->len; i++) {
        const LtRule *rule = g_ptr_array_index(list, i);
        if (g_str_equal(rule->name, name))
            return rule;
    }
    return NULL;
}

/* The field whose rules find this one with their own. */
static LtFieldId
found_with(LtFieldId field)
{
    if (field == LT_FIELD_CODE_NUMBER || field == LT_FIELD_CODE_NOTATION)
        return LT_FIELD_NUMBER;
    return field == LT_FIELD_PLACE ? LT_FIELD_ISSUED_DATE : field;
}

gboolean
lt_rules_find(const LtRules *rules, LtFieldId field, const char *name, const char **ret_file,
              guint *ret_line, gboolean *ret_office)
{
    const LtRule *rule = find_in_kind(rules, LT_RULE_REPORT, name);
    for (guint i = 0; i < G_N_ELEMENTS(sources) && !rule; i++)
        if (sources[i].field == found_with(field))
            rule = find_in_kind(rules, sources[i].kind, name);
    if (!rule)
        return FALSE;
    *ret_file = rule->file;
    *ret_line = rule->line;
    *ret_office = rule->office;
    return TRUE;
}
