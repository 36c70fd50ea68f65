/* The stamp of arrival: the number and the day that the receiving office gave. */
#include "ingest/fields/reading.h"

/* The stamp is filled in by hand or by a numbering machine: on a scan only what was recognised beyond
 * doubt is given, never a guess. */
#define SURELY_PRINTED 93u

static gboolean
is_readable(const LtReading *reading, const LtLine *line, const LtMatch *match,
            const char *const *groups)
{
    for (guint i = 0; groups[i] && lt_reading_is_ocr(reading, line); i++) {
        LtStretch span = {.line = line};
        if (lt_match_range(match, groups[i], &span.start, &span.end) &&
            lt_span_lowest(reading, &span) < SURELY_PRINTED)
            return FALSE;
    }
    return TRUE;
}

static void
take_line(const LtReading *reading, const LtLine *line, LtStamp *stamp)
{
    static const char *const number_groups[] = {"number", NULL};
    static const char *const date_groups[] = {"day", "month", "year", NULL};
    g_auto(LtMatch) number = LT_MATCH_INIT;
    g_auto(LtMatch) date = LT_MATCH_INIT;
    if (!stamp->number &&
        lt_rules_match(reading->rules, LT_RULE_ARRIVAL_NUMBER, line->text, line->fold, &number) &&
        is_readable(reading, line, &number, number_groups))
        stamp->number = lt_match_dup(&number, "number");
    if (!stamp->date &&
        lt_rules_match(reading->rules, LT_RULE_ARRIVAL_DATE, line->text, line->fold, &date) &&
        is_readable(reading, line, &date, date_groups))
        stamp->date = lt_date_dup(&date);
}

/* The first stamp counts: an office that sends a document on adds its own beside it. */
void
lt_read_arrival(LtReading *reading)
{
    LtStamp *stamp = NULL;
    for (guint i = 0; i < reading->lines->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->mark != LT_MARK_ARRIVAL)
            continue;
        const LtPage *page = g_ptr_array_index(reading->pages, line->page);
        if (!stamp)
            stamp =
                lt_record_add_stamp(reading->record, LT_STAMP_ARRIVAL, page->number, &line->box);
        lt_box_add(&stamp->box, &line->box);
        take_line(reading, line, stamp);
    }
}
