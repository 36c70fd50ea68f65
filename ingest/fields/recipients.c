/* To whom a document goes: Kính gửi above the body, Nơi nhận below it. */
#include <string.h>

#include "ingest/fields/reading.h"

#define MAX_TO_LINES 40u
#define MAX_LENGTH 2000    /* code points of Kính gửi */
#define MAX_RECIPIENT 2000 /* bytes of one of Nơi nhận */

static gboolean
is_item(const char *text)
{
    return g_regex_match_simple("^\\s*[^\\p{L}\\d(]{0,2}\\s*[-–—+•*]", text, 0, 0);
}

/* An item without the dash before it. */
static const char *
after_dash(const char *text)
{
    while (*text && !g_unichar_isalnum(g_utf8_get_char(text)) && *text != '(')
        text = g_utf8_next_char(text);
    return text;
}

/* Whether a line goes on with the addressees read so far. */
static gboolean
to_goes_on(const LtReading *reading, const GString *value, const LtLine *line)
{
    if (is_item(line->text))
        return TRUE;
    if (lt_rules_fits(reading->rules, LT_RULE_OPENER, line->text, line->fold) ||
        lt_rules_fits(reading->rules, LT_RULE_AUTHORITY, line->text, line->fold))
        return FALSE;
    const char *first = after_dash(line->text);
    if (value->len == 0)
        return g_unichar_isalpha(g_utf8_get_char(first));
    if (value->str[value->len - 1] == '.' || *first == '(')
        return FALSE;
    return !g_unichar_isupper(g_utf8_get_char(first)) || strchr(",-", value->str[value->len - 1]);
}

static void
append_to(GString *value, const char *text, gboolean item)
{
    while (item && value->len && strchr(";,. -", value->str[value->len - 1]))
        g_string_truncate(value, value->len - 1);
    if (value->len)
        g_string_append(value, item ? "; " : " ");
    g_string_append(value, text);
}

void
lt_read_to(LtReading *reading)
{
    const LtLine *line = reading->body_line;
    g_auto(LtMatch) match = LT_MATCH_INIT;
    LtStretch span = {.line = line};
    if (!line || !lt_rules_match(reading->rules, LT_RULE_TO, line->text, line->fold, &match) ||
        !lt_match_range(&match, "value", &span.start, &span.end))
        return;
    g_autoptr(GString) value = g_string_new(NULL);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(LtStretch));
    g_autofree char *same_line = lt_match_dup(&match, "value");
    g_string_append(value, after_dash(same_line));
    if (span.end > span.start)
        g_array_append_val(spans, span);
    for (guint i = line->index + 1; i < MIN(reading->lines->len, line->index + MAX_TO_LINES); i++) {
        const LtLine *next = g_ptr_array_index(reading->lines, i);
        if (next->zone != LT_ZONE_BODY || !*after_dash(next->text))
            continue;
        if (!to_goes_on(reading, value, next))
            break;
        append_to(value, after_dash(next->text), is_item(next->text));
        LtStretch more = {next, 0, (guint)g_utf8_strlen(next->text, -1)};
        g_array_append_val(spans, more);
    }
    if (g_utf8_strlen(value->str, -1) > MAX_LENGTH)
        g_string_truncate(value,
                          (gsize)(g_utf8_offset_to_pointer(value->str, MAX_LENGTH) - value->str));
    while (value->len && strchr(" .;:,", value->str[value->len - 1]))
        g_string_truncate(value, value->len - 1);
    if (value->len)
        lt_reading_set(reading, LT_FIELD_TO, value->str, match.rule, match.rule->confidence,
                       (LtStretch *)spans->data, spans->len, FALSE);
}

/* Scraps of the seal and the signature end up behind an item: signs and capitals after its semicolon. */
static gboolean
is_scrap(const char *text)
{
    return !g_regex_match_simple("\\p{Ll}{2}", text, 0, 0);
}

static void
append_recipient(GPtrArray *recipients, const char *text)
{
    const char *end = strchr(text, ';');
    if (!*text || recipients->len >= LT_READING_MAX_RECIPIENTS)
        return;
    g_ptr_array_add(recipients, end && is_scrap(end) ? g_strndup(text, (gsize)(end + 1 - text))
                                                     : g_strdup(text));
}

static void
extend_recipient(GPtrArray *recipients, const char *text)
{
    char *last = g_ptr_array_index(recipients, recipients->len - 1);
    if (strlen(last) + strlen(text) >= MAX_RECIPIENT)
        return;
    g_ptr_array_index(recipients, recipients->len - 1) = g_strconcat(last, " ", text, NULL);
    g_free(last);
}

static gboolean
is_last(const char *item)
{
    g_autofree char *fold = lt_text_fold(item);
    return g_regex_match_simple("^[lb]uu\\b", fold, 0, 0);
}

/* Whether a line stands in the column of the recipients, below their heading. */
static gboolean
in_column(const LtReading *reading, const LtLine *heading, const LtLine *line)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    gboolean boxes = line->n && page->words[line->first].box.x1 > page->words[line->first].box.x0;
    if (line->zone == LT_ZONE_ASIDE || line->page != heading->page)
        return FALSE;
    return !boxes || (line->box.x0 < 0.45 && line->box.x0 + line->box.x1 < 1.1 &&
                      line->box.y0 > heading->box.y0 - 0.005);
}

void
lt_read_recipients(LtReading *reading)
{
    GPtrArray *recipients = reading->record->recipients;
    const LtLine *heading = NULL;
    gboolean ended = FALSE;
    for (guint i = 0; i < reading->lines->len && !ended; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (!heading) {
            if (line->zone == LT_ZONE_BODY && lt_rules_match(reading->rules, LT_RULE_RECIPIENTS,
                                                             line->text, line->fold, &match)) {
                g_autofree char *value = lt_match_dup(&match, "value");
                heading = line;
                if (value && is_item(value))
                    append_recipient(recipients, after_dash(value));
            }
            continue;
        }
        if (!in_column(reading, heading, line)) {
            ended = line->page != heading->page;
            continue;
        }
        if (is_item(line->text)) {
            append_recipient(recipients, after_dash(line->text));
            ended = recipients->len && is_last(after_dash(line->text));
        } else if (recipients->len &&
                   !lt_rules_fits(reading->rules, LT_RULE_NAME, line->text, line->fold) &&
                   lt_text_capitals(line->text, NULL) < 0.6)
            extend_recipient(recipients, line->text);
    }
}
