/* Who signed: the title and the name below it, in the right column at the end of the text. */
#include <string.h>

#include "ingest/fields/reading.h"

#define LINES_BEFORE 10u /* lines before Nơi nhận that may hold the title */
#define LINES_AFTER 40u  /* lines after it that may hold the name */
#define HIGHER 0.09      /* of the page: how far above Nơi nhận the block may begin */
#define SIGN_LEFT 0.42   /* of the page: where its column begins at the earliest */

typedef struct {
    guint first, last; /* indexes of lines */
    const LtLine *heading;
    gboolean boxes;
} Foot;

static gboolean
line_has_box(const LtReading *reading, const LtLine *line)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    const LtBox *box = &page->words[line->first].box;
    return box->x1 > box->x0 && box->y1 > box->y0;
}

/* The lines around the first Nơi nhận; without one, around the last title that is set in capitals.
 */
static gboolean
find_foot(const LtReading *reading, Foot *foot)
{
    const LtLine *heading = NULL, *title = NULL;
    for (guint i = 0; i < reading->lines->len && !heading; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line->zone != LT_ZONE_BODY)
            continue;
        if (lt_rules_fits(reading->rules, LT_RULE_RECIPIENTS, line->text, line->fold))
            heading = line;
        else if (lt_rules_fits(reading->rules, LT_RULE_TITLE, line->text, line->fold))
            title = line;
    }
    heading = heading ? heading : title;
    if (!heading)
        return FALSE;
    *foot = (Foot){.heading = heading, .boxes = line_has_box(reading, heading)};
    foot->first = heading->index > LINES_BEFORE ? heading->index - LINES_BEFORE : 0;
    foot->last = MIN(reading->lines->len, heading->index + LINES_AFTER);
    if (foot->boxes) {
        foot->first = 0;
        foot->last = reading->lines->len;
    }
    return TRUE;
}

static gboolean
in_block(const Foot *foot, const LtLine *line)
{
    if (line->page != foot->heading->page || line->zone != LT_ZONE_BODY)
        return FALSE;
    return !foot->boxes ||
           (line->box.x0 > SIGN_LEFT && line->box.y0 > foot->heading->box.y0 - HIGHER);
}

/* The last title of the block counts: KT. GIÁM ĐỐC, then PHÓ GIÁM ĐỐC. */
static const LtLine *
read_title(LtReading *reading, const Foot *foot)
{
    const LtLine *title = NULL;
    for (guint i = foot->first; i < foot->last; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (!in_block(foot, line) ||
            !lt_rules_match(reading->rules, LT_RULE_TITLE, line->text, line->fold, &match))
            continue;
        LtStretch span = {.line = line};
        g_autofree char *value = lt_match_dup_value(&match);
        if (!lt_match_range(&match, "value", &span.start, &span.end))
            continue;
        title = line;
        lt_reading_set(reading, LT_FIELD_SIGNER_TITLE, value, match.rule, match.rule->confidence,
                       &span, 1, TRUE);
    }
    return title;
}

/* A name is made of Vietnamese syllables, or nearly so: names of other peoples have one or two that
 * are not. */
static double
share_of_syllables(const char *name)
{
    g_auto(GStrv) words = g_strsplit(name, " ", -1);
    guint n = g_strv_length(words), good = 0;
    for (guint i = 0; i < n; i++)
        good += lt_text_is_syllable(words[i]);
    return n ? (double)good / n : 0;
}

static gboolean
may_be_name(const LtReading *reading, const Foot *foot, const LtLine *title, const LtLine *line)
{
    if (!in_block(foot, line) || line == title)
        return FALSE;
    if (foot->boxes && title && line->box.y0 < title->box.y0)
        return FALSE;
    return !lt_rules_fits(reading->rules, LT_RULE_RECIPIENTS, line->text, line->fold);
}

void
lt_read_signer(LtReading *reading)
{
    Foot foot;
    if (!find_foot(reading, &foot))
        return;
    const LtLine *title = read_title(reading, &foot);
    for (guint i = title && !foot.boxes ? title->index : foot.first; i < foot.last; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        LtStretch span = {.line = line};
        if (!may_be_name(reading, &foot, title, line) ||
            !lt_rules_match(reading->rules, LT_RULE_NAME, line->text, line->fold, &match) ||
            !lt_match_range(&match, "value", &span.start, &span.end))
            continue;
        g_autofree char *name = lt_match_dup_value(&match);
        double syllables = share_of_syllables(name);
        if (syllables < 0.5)
            continue;
        double confidence =
            match.rule->confidence * (title ? 1 : 0.85) * (syllables < 1 ? 0.85 : 1);
        lt_reading_set(reading, LT_FIELD_SIGNER, name, match.rule, confidence, &span, 1, TRUE);
        return;
    }
}
