/* Documents cited in the body: number, date, relation. Text is looked at in windows of joined
 * lines, for a number, or its date, often goes on on the next line. */
#include <string.h>

#include "ingest/fields/reading.h"

#define WINDOW_LINES 40u
#define WINDOW_LENGTH 6000u /* code points after which a window is closed */
#define BEFORE 420u         /* code points before a number that may tell its relation */

typedef struct {
    GString *text;
    char *fold;
    GArray *starts;   /* of guint: where each line begins, in code points */
    GPtrArray *lines; /* of LtLine */
} Window;

static void
window_clear(Window *window)
{
    g_string_free(window->text, TRUE);
    g_free(window->fold);
    g_array_unref(window->starts);
    g_ptr_array_unref(window->lines);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Window, window_clear)

static gboolean
is_body(const LtLine *line)
{
    return line->zone == LT_ZONE_BODY;
}

/* Lines from first on, joined; a dash or slash at a line's end is glued to what follows. */
static void
window_fill(Window *window, const LtReading *reading, guint first)
{
    guint length = 0;
    *window = (Window){g_string_new(NULL), NULL, g_array_new(FALSE, FALSE, sizeof(guint)),
                       g_ptr_array_new()};
    for (guint i = first;
         i < reading->lines->len && window->lines->len < WINDOW_LINES && length < WINDOW_LENGTH;
         i++) {
        LtLine *line = g_ptr_array_index(reading->lines, i);
        if (!is_body(line))
            continue;
        gsize n = window->text->len;
        gboolean glue =
            n > 1 && strchr("-/", window->text->str[n - 1]) && window->text->str[n - 2] != ' ';
        if (n && !glue) {
            g_string_append_c(window->text, ' ');
            length++;
        }
        g_array_append_val(window->starts, length);
        g_ptr_array_add(window->lines, line);
        g_string_append(window->text, line->text);
        length += (guint)g_utf8_strlen(line->text, -1);
    }
    window->fold = lt_text_fold(window->text->str);
}

/* The stretches of lines between two places of a window, at most n. */
static guint
window_spans(const Window *window, guint start, guint end, LtStretch *spans, guint n)
{
    guint used = 0;
    for (guint i = 0; i < window->lines->len && used < n; i++) {
        const LtLine *line = g_ptr_array_index(window->lines, i);
        guint from = g_array_index(window->starts, guint, i);
        guint to = from + (guint)g_utf8_strlen(line->text, -1);
        if (start < to && end > from)
            spans[used++] = (LtStretch){line, MAX(start, from) - from, MIN(end, to) - from};
    }
    return used;
}

static char *
find_date(const LtReading *reading, const Window *window, guint end)
{
    const char *text = g_utf8_offset_to_pointer(window->text->str, (glong)end);
    const char *fold = g_utf8_offset_to_pointer(window->fold, (glong)end);
    g_autofree char *near_text = g_strndup(text, MIN(strlen(text), 120));
    g_autofree char *near = lt_text_canonical(near_text);
    g_autofree char *near_fold = lt_text_fold(near);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    LtDateState state;
    gboolean repaired;
    if (!*fold || !lt_rules_match(reading->rules, LT_RULE_CITED_DATE, near, near_fold, &match))
        return NULL;
    return lt_date_from_match(&match, &state, &repaired);
}

/* The rule whose words stand nearest before the number, in the same sentence. */
static const char *
find_relation(const LtReading *reading, const Window *window, guint start)
{
    guint from = start > BEFORE ? start - BEFORE : 0;
    g_autofree char *text = lt_text_slice(window->text->str, from, start);
    g_autofree char *fold = lt_text_slice(window->fold, from, start);
    GPtrArray *list = reading->rules->by_kind[LT_RULE_RELATION];
    for (guint i = 0; i < list->len; i++) {
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (lt_rule_match(g_ptr_array_index(list, i), text, fold, &match))
            return match.rule->value;
    }
    return NULL;
}

/* Recognition doubles the Đ: no type's code but GĐĐ has two. */
static void
mend_doubles(const LtReading *reading, LtNumber *number)
{
    g_auto(GStrv) groups = g_strsplit(number->notation, "-", 2);
    if (!strstr(groups[0] ? groups[0] : "", "ĐĐ") ||
        lt_rules_type_by_code(reading->rules, groups[0]))
        return;
    g_auto(GStrv) parts = g_strsplit(number->notation, "ĐĐ", 2);
    g_free(number->notation);
    number->notation = g_strjoinv("Đ", parts);
}

static gboolean
is_plausible(const LtNumber *number)
{
    if (!number->digits)
        return FALSE;
    guint capitals = 0;
    for (const char *p = number->notation; *p; p = g_utf8_next_char(p))
        capitals += g_unichar_isupper(g_utf8_get_char(p));
    return capitals >= 2;
}

static void
add_match(LtReading *reading, GHashTable *seen, const Window *window, const LtMatch *match)
{
    g_auto(LtNumber) number = {0};
    guint start, end;
    if (!lt_match_range(match, "", &start, &end) || !lt_number_from_match(match, &number) ||
        !is_plausible(&number))
        return;
    mend_doubles(reading, &number);
    g_autofree char *value = lt_number_format(&number, number.digits);
    g_autofree char *key = lt_text_number_key(value);
    if (g_hash_table_size(seen) > LT_READING_MAX_REFERENCES || g_hash_table_contains(seen, key))
        return;
    g_hash_table_add(seen, g_steal_pointer(&key));
    LtStretch spans[3];
    guint n = window_spans(window, start, end, spans, G_N_ELEMENTS(spans));
    if (n == 0)
        return;
    const LtPage *page = g_ptr_array_index(reading->pages, spans[0].line->page);
    LtBox box = lt_spans_box(reading, spans, n);
    g_autofree char *date = find_date(reading, window, end);
    lt_record_add_reference(reading->record, value, date, find_relation(reading, window, start),
                            page->number, &box);
}

static void
read_window(LtReading *reading, GHashTable *seen, const Window *window)
{
    GPtrArray *list = reading->rules->by_kind[LT_RULE_REFERENCE];
    for (guint i = 0; i < list->len; i++) {
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (!lt_rule_match(g_ptr_array_index(list, i), window->text->str, window->fold, &match))
            continue;
        do
            add_match(reading, seen, window, &match);
        while (lt_match_next(&match));
    }
}

void
lt_read_references(LtReading *reading)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *own = reading->record->fields[LT_FIELD_NUMBER].value;
    if (own)
        g_hash_table_add(seen, lt_text_number_key(own));
    for (guint first = 0; first < reading->lines->len;) {
        g_auto(Window) window = {0};
        window_fill(&window, reading, first);
        if (window.lines->len == 0)
            return;
        read_window(reading, seen, &window);
        /* The last line begins the next window too, for a number that is broken there. */
        const LtLine *last = g_ptr_array_index(window.lines, window.lines->len - 1);
        const LtLine *begin = g_ptr_array_index(window.lines, 0);
        first = last == begin ? last->index + 1 : last->index;
        if (last->index + 1 >= reading->lines->len)
            return;
    }
}
