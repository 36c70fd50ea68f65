/* The block of a copy: SAO Y, SAO LỤC or TRÍCH SAO with the number, day and agency of the copy. On
 * paper it stands below the original as a second letterhead, on an electronic copy in one line at the
 * top (Decree 30/2020/NĐ-CP, Appendix I, part II). */
#include <string.h>

#include "ingest/fields/reading.h"

#define BLOCK_LINES 10u /* lines around the heading that may belong to its block */
#define MOSTLY_CAPITALS 0.75

static gboolean
in_letterhead(const LtLine *line)
{
    return line->zone == LT_ZONE_HEAD || line->zone == LT_ZONE_MOTTO;
}

static void
take_number(const LtReading *reading, const LtLine *line, LtStamp *stamp)
{
    g_auto(LtMatch) match = LT_MATCH_INIT;
    g_auto(LtNumber) number = {0};
    if (!lt_rules_match(reading->rules, LT_RULE_NUMBER, line->text, line->fold, &match) ||
        !lt_number_from_match(&match, &number) || !lt_number_is_copy(reading->rules, &number) ||
        !number.digits)
        return;
    LtStretch span = {.line = line};
    lt_match_range(&match, "number", &span.start, &span.end);
    if (lt_span_lowest(reading, &span) >= LT_DOUBTFUL * 100)
        stamp->number = lt_number_format(&number, number.digits);
}

static void
take_line(const LtReading *reading, const LtLine *line, LtStamp *stamp)
{
    g_auto(LtMatch) date = LT_MATCH_INIT;
    if (!stamp->number)
        take_number(reading, line, stamp);
    if (!stamp->date && lt_rules_match(reading->rules, LT_RULE_DATE, line->text, line->fold, &date))
        stamp->date = lt_date_dup(&date);
    /* The agency's own name stands below its parent's: the last one counts. */
    gboolean settled;
    if (lt_text_capitals(line->text, NULL) > MOSTLY_CAPITALS &&
        !lt_rules_fits(reading->rules, LT_RULE_NUMBER, line->text, line->fold) &&
        lt_issuer_level(reading->rules, line->fold)) {
        g_free(stamp->agency);
        stamp->agency = lt_case_agency(reading->rules, line->text, &settled);
    }
}

static void
take_block(LtReading *reading, const LtLine *heading, LtStamp *stamp)
{
    guint first = heading->index > BLOCK_LINES ? heading->index - BLOCK_LINES : 0;
    for (guint i = first; i < MIN(reading->lines->len, heading->index + BLOCK_LINES); i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->page != heading->page || in_letterhead(line))
            continue;
        take_line(reading, line, stamp);
        if (stamp->number || line->index >= heading->index)
            lt_box_add(&stamp->box, &line->box);
    }
}

/* Who digitised a document signs in one line. */
static void
take_one_line(const LtMatch *match, LtStamp *stamp)
{
    g_autofree char *clock = lt_match_dup(match, "clock");
    g_autofree char *day = lt_date_dup(match);
    stamp->agency = lt_match_dup(match, "agency");
    stamp->date = day && clock ? g_strconcat(day, "T", clock, NULL) : g_strdup(day);
}

void
lt_read_copy(LtReading *reading)
{
    for (guint i = 0; i < reading->lines->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        guint start, end;
        if (in_letterhead(line) ||
            !lt_rules_match(reading->rules, LT_RULE_COPY, line->text, line->fold, &match))
            continue;
        const LtPage *page = g_ptr_array_index(reading->pages, line->page);
        LtStamp *stamp =
            lt_record_add_stamp(reading->record, LT_STAMP_COPY, page->number, &line->box);
        g_autofree char *type = lt_match_dup(&match, "type");
        stamp->type = g_utf8_strup(type, -1);
        if (lt_match_range(&match, "day", &start, &end))
            take_one_line(&match, stamp);
        else
            take_block(reading, line, stamp);
        return;
    }
}
