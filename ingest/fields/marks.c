/* Stamps of urgency and secrecy on the page with the letterhead. */
#include "ingest/fields/reading.h"

#define STAMPS_END 0.5 /* of the page's height: stamps stand above it */

static void
read_mark(LtReading *reading, LtRuleKind kind, LtFieldId field)
{
    for (guint i = 0; i < reading->lines->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (line->page != reading->head_page || line->box.y0 > STAMPS_END ||
            !lt_rules_match(reading->rules, kind, line->text, line->fold, &match))
            continue;
        LtStretch span = {line, 0, (guint)g_utf8_strlen(line->text, -1)};
        g_autofree char *value = lt_match_dup_value(&match);
        lt_reading_set(reading, field, value, match.rule, match.rule->confidence, &span, 1, FALSE);
        return;
    }
}

void
lt_read_marks(LtReading *reading)
{
    read_mark(reading, LT_RULE_URGENCY, LT_FIELD_URGENCY);
    read_mark(reading, LT_RULE_SECRECY, LT_FIELD_SECRECY);
}
