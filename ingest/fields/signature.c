/* The appearances of digital signatures: who, for which agency, when. They may name a portal that
 * published the document, and are never taken for its signer or its date. */
#include <string.h>

#include "ingest/fields/reading.h"

#define MAX_SIGNATURES 20u
#define NEAR_LINES 8u /* lines of one appearance that has no zone of its own */

typedef struct {
    LtStamp *stamp; /* (nullable) */
    char **open;    /* (nullable) the part that the next line may go on with */
    guint last;     /* index of the last line */
} Block;

static void
set_part(char **part, const LtMatch *match, const char *group, Block *block)
{
    char *value = lt_match_dup(match, group);
    if (!value)
        return;
    g_free(*part);
    *part = g_strstrip(value);
    block->open = part;
}

/* "12.05.2015 10:32:58 +07:00" -> "2015-05-12T10:32:58+07:00". */
static void
set_time(LtStamp *stamp, const LtMatch *match)
{
    g_autofree char *clock = lt_match_dup(match, "clock");
    g_autofree char *offset = lt_match_dup(match, "offset");
    g_autofree char *day = lt_date_dup(match);
    if (!day)
        return;
    g_free(stamp->date);
    stamp->date = clock && *clock
                      ? g_strconcat(day, "T", strlen(clock) < 8 ? "0" : "", clock, offset, NULL)
                      : g_strdup(day);
}

static void
open_block(LtReading *reading, const LtLine *line, Block *block)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    block->stamp =
        lt_record_add_stamp(reading->record, LT_STAMP_SIGNATURE, page->number, &line->box);
    block->open = NULL;
}

/* An appearance begins with who signed, or where another was complete. */
static gboolean
begins_another(const Block *block, const LtLine *line, const LtMatch *match)
{
    guint start, end;
    if (!block->stamp || line->index > block->last + NEAR_LINES)
        return TRUE;
    return (block->stamp->person && lt_match_range(match, "person", &start, &end)) ||
           (block->stamp->date && lt_match_range(match, "day", &start, &end));
}

static void
take_match(LtReading *reading, const LtLine *line, const LtMatch *match, Block *block)
{
    guint start, end;
    if (begins_another(block, line, match)) {
        if (reading->record->stamps->len >= MAX_SIGNATURES)
            return;
        open_block(reading, line, block);
    }
    block->open = NULL;
    set_part(&block->stamp->person, match, "person", block);
    set_part(&block->stamp->agency, match, "agency", block);
    if (lt_match_range(match, "day", &start, &end))
        set_time(block->stamp, match);
    lt_box_add(&block->stamp->box, &line->box);
    block->last = line->index;
}

/* Every part that stands on a line: they may follow one another. */
static gboolean
take_line(LtReading *reading, const LtLine *line, Block *block)
{
    GPtrArray *list = reading->rules->by_kind[LT_RULE_SIGNATURE];
    gboolean found = FALSE;
    for (guint i = 0; i < list->len; i++) {
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (!lt_rule_match(g_ptr_array_index(list, i), line->text, line->fold, &match))
            continue;
        take_match(reading, line, &match, block);
        found = TRUE;
    }
    return found;
}

static void
go_on(const LtLine *line, Block *block)
{
    if (!block->stamp || !block->open || line->index != block->last + 1)
        return;
    char *longer = g_strconcat(*block->open, " ", line->text, NULL);
    g_free(*block->open);
    *block->open = longer;
    lt_box_add(&block->stamp->box, &line->box);
    block->last = line->index;
}

/* "Người ký: …" in running text is no signature: who signed must go with when or for whom. */
static void
drop_incomplete(GPtrArray *stamps)
{
    for (guint i = stamps->len; i > 0; i--) {
        const LtStamp *stamp = g_ptr_array_index(stamps, i - 1);
        guint parts = !!stamp->person + !!stamp->agency + !!stamp->date;
        if (stamp->kind == LT_STAMP_SIGNATURE && parts < 2)
            g_ptr_array_remove_index(stamps, i - 1);
    }
}

void
lt_read_signatures(LtReading *reading)
{
    Block block = {0};
    for (guint i = 0; i < reading->lines->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->zone != LT_ZONE_ASIDE || line->mark == LT_MARK_ARRIVAL)
            continue;
        if (!take_line(reading, line, &block) && line->mark == LT_MARK_SIGNATURE)
            go_on(line, &block);
    }
    drop_incomplete(reading->record->stamps);
}
