/* The subject: below the title of a named type, after V/v in the left column of a letter. */
#include <string.h>

#include "ingest/fields/agreement.h"

#define MAX_LINES 12u
#define TOLERATED 0.1   /* share of words that may be wrong in a subject that counts as right */
#define MAX_LENGTH 1000 /* code points; the decree's own field takes 500 */
#define MOSTLY_CAPITALS 0.8
#define FULL_LINE 50             /* code points: a line so long was broken, not ended */
#define LARGEST_STEP 0.033       /* of the page's height, from line to line of one subject */
#define LARGEST_FIRST_STEP 0.055 /* from the title to its subject */

/* Words that cannot end a subject: the next line goes on, whatever letter it begins with. */
static const char *const open_ends[] = {
    "và",   "của",  "về",    "cho",  "tại",   "tỉnh", "huyện", "phố", "xã",  "trên", "các", "theo",
    "số",   "do",   "trong", "từ",   "đến",   "với",  "bộ",    "sở",  "ban", "cục",  "năm", "ngày",
    "luật", "định", "tư",    "quận", "những", "là",   "việc",  "gia", "-",   "–",    NULL};

typedef struct {
    GString *text;
    GArray *spans;
    const LtLine *last;
    gboolean capitals;
} Subject;

static void
subject_add(Subject *subject, const LtLine *line, guint start, guint end)
{
    g_autofree char *part = lt_text_slice(line->text, start, end);
    LtStretch span = {line, start, end};
    gsize length = subject->text->len;
    gboolean glued = length > 1 && subject->text->str[length - 1] == '-' &&
                     subject->text->str[length - 2] != ' ';
    if (length && !glued)
        g_string_append_c(subject->text, ' ');
    g_string_append(subject->text, part);
    g_array_append_val(subject->spans, span);
    subject->last = line;
    subject->capitals = lt_text_capitals(subject->text->str, NULL) > MOSTLY_CAPITALS;
}

static gboolean
is_stamp(const LtReading *reading, const LtLine *line)
{
    guint letters;
    lt_text_capitals(line->text, &letters);
    gboolean years = g_regex_match_simple("\\b(?:19|20)\\d\\d\\b", line->text, 0, 0);
    return line->zone != LT_ZONE_HEAD || (letters < 2 && !years) ||
           lt_rules_fits(reading->rules, LT_RULE_URGENCY, line->text, line->fold) ||
           lt_rules_fits(reading->rules, LT_RULE_SECRECY, line->text, line->fold) ||
           lt_rules_fits(reading->rules, LT_RULE_DATE, line->text, line->fold) ||
           line == reading->number_line || line == reading->date_line;
}

/* Without boxes only the words say whether a line goes on with the subject. */
static gboolean
words_go_on(const Subject *subject, const LtLine *line)
{
    const char *p = line->text;
    while (*p && !g_unichar_isalnum(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    if (!g_unichar_isupper(g_utf8_get_char(p)))
        return TRUE;
    if (*line->text == '-')
        return FALSE;
    const char *blank = strrchr(subject->text->str, ' ');
    g_autofree char *last = g_utf8_strdown(blank ? blank + 1 : subject->text->str, -1);
    return subject->capitals || g_str_has_suffix(last, ",") || g_strv_contains(open_ends, last) ||
           g_utf8_strlen(subject->last->text, -1) >= FULL_LINE;
}

static gboolean
step_fits(const LtLine *from, const LtLine *to, double largest)
{
    double step = (to->box.y0 + to->box.y1 - from->box.y0 - from->box.y1) / 2;
    return step > 0.004 && step < largest;
}

/* Whether a line below goes on with the subject of a named type. */
static gboolean
title_goes_on(const LtReading *reading, const Subject *subject, const LtLine *line)
{
    gboolean first = subject->text->len == 0;
    gboolean capitals = lt_text_capitals(line->text, NULL) > MOSTLY_CAPITALS;
    gboolean decides = lt_rules_fits(reading->rules, LT_RULE_AUTHORITY, line->text, line->fold);
    if (decides && (!first || capitals))
        return FALSE;
    /* What stands beside the title (KẾT LUẬN THANH TRA) says in the title's capitals what the lines below go on
     * with. */
    if (!first && subject->last != reading->title_line && capitals != subject->capitals)
        return FALSE;
    if (reading->boxes)
        return step_fits(subject->last, line, first ? LARGEST_FIRST_STEP : LARGEST_STEP);
    /* Where the text's own first words are known, what stands before them without a break is the subject. */
    gboolean bounded = reading->body_line && line->index == subject->last->index + 1 &&
                       g_unichar_isalnum(g_utf8_get_char(line->text));
    return first || bounded || words_go_on(subject, line);
}

/* Adds what a line of a named type's subject holds of it: nothing, where the line says only whose decision
 * it is. */
static void
add_below_title(const LtReading *reading, Subject *subject, const LtLine *line, guint from)
{
    g_autofree char *text = lt_text_slice(line->text, from, (guint)g_utf8_strlen(line->text, -1));
    g_autofree char *fold = lt_text_fold(text);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    guint start = 0, end = (guint)g_utf8_strlen(text, -1);
    subject->last = line;
    if (!subject->text->len &&
        lt_rules_match(reading->rules, LT_RULE_TITLE_LINE, text, fold, &match) &&
        !lt_match_range(&match, "value", &start, &end))
        return;
    subject_add(subject, line, from + start, from + end);
}

static void
read_below_title(LtReading *reading, Subject *subject)
{
    const LtLine *title = reading->title_line;
    subject->last = title;
    if (reading->title_rest) {
        guint length = (guint)g_utf8_strlen(title->text, -1);
        guint rest = (guint)g_utf8_strlen(reading->title_rest, -1);
        add_below_title(reading, subject, title, length - MIN(rest, length));
    }
    for (guint i = 0; i < reading->head->len && subject->spans->len < MAX_LINES; i++) {
        const LtLine *line = g_ptr_array_index(reading->head, i);
        if (line == title || !lt_line_above(reading, title, line) || is_stamp(reading, line)) {
            gboolean drawn =
                line->zone == LT_ZONE_HEAD && subject->text->len > 0 &&
                lt_rules_fits(reading->rules, LT_RULE_AUTHORITY, line->text, line->fold);
            if (drawn)
                return;
            continue;
        }
        if (!title_goes_on(reading, subject, line))
            return;
        add_below_title(reading, subject, line, 0);
    }
}

/* Whether a line goes on with a letter's subject in the left column. */
static gboolean
letter_goes_on(const LtReading *reading, const Subject *subject, const LtLine *line)
{
    if (lt_text_capitals(line->text, NULL) > MOSTLY_CAPITALS)
        return FALSE;
    /* Below V/v stands nothing else, whatever letter a line of the narrow column begins with. */
    if (!reading->boxes)
        return line->index == subject->last->index + 1 || words_go_on(subject, line);
    return line->box.x0 < 0.45 && line->box.x0 + line->box.x1 < 1.1 &&
           lt_line_under(reading, subject->last, line);
}

static void
read_letter(LtReading *reading, Subject *subject)
{
    const LtLine *first = reading->subject_line;
    subject_add(subject, first, 0, (guint)g_utf8_strlen(first->text, -1));
    for (guint i = 0; i < reading->head->len && subject->spans->len < MAX_LINES; i++) {
        const LtLine *line = g_ptr_array_index(reading->head, i);
        if (line == first || !lt_line_above(reading, first, line) || is_stamp(reading, line))
            continue;
        if (letter_goes_on(reading, subject, line))
            subject_add(subject, line, 0, (guint)g_utf8_strlen(line->text, -1));
        else if (!reading->boxes)
            return;
    }
}

/* Without V/v or Về việc, and without signs at its end. The opening words are cut off the first
 * span too, so that the evidence shows the value only. */
static char *
dup_value(const LtReading *reading, Subject *subject, const LtRule **ret_rule)
{
    g_auto(LtMatch) match = LT_MATCH_INIT;
    g_autofree char *fold = lt_text_fold(subject->text->str);
    g_autofree char *value = NULL;
    guint start = 0, end = 0;
    if (lt_rules_match(reading->rules, LT_RULE_SUBJECT, subject->text->str, fold, &match) &&
        lt_match_range(&match, "value", &start, &end)) {
        value = lt_match_dup(&match, "value");
        *ret_rule = match.rule;
        LtStretch *span = &g_array_index(subject->spans, LtStretch, 0);
        if (span->start + start < span->end)
            span->start += start;
    } else
        value = g_strdup(subject->text->str);
    if (g_utf8_strlen(value, -1) > MAX_LENGTH)
        *g_utf8_offset_to_pointer(value, MAX_LENGTH) = '\0';
    for (gsize n = strlen(value); n > 0 && strchr(" .;:,-_'`", value[n - 1]); n--)
        value[n - 1] = '\0';
    return *value ? g_steal_pointer(&value) : NULL;
}

void
lt_read_subject(LtReading *reading)
{
    if (lt_reading_is_slip(reading))
        return;
    Subject subject = {.text = g_string_new(NULL),
                       .spans = g_array_new(FALSE, FALSE, sizeof(LtStretch))};
    const LtRule *rule = NULL;
    if (reading->title_line)
        read_below_title(reading, &subject);
    else if (reading->subject_line)
        read_letter(reading, &subject);
    g_autofree char *printed = subject.text->len ? dup_value(reading, &subject, &rule) : NULL;
    if (printed) {
        const LtStretch *spans = (const LtStretch *)subject.spans->data;
        gboolean ocr = lt_reading_is_ocr(reading, spans[0].line);
        g_autoptr(LtAgreement) body = ocr ? lt_agreement_new(reading) : NULL;
        g_autofree char *value = body ? lt_agreement_spell(body, printed) : g_strdup(printed);
        double words = lt_spans_mostly_right(reading, spans, subject.spans->len, TOLERATED, body);
        /* Where the body's first words are not known, boxes or the end of the head bound the
         * subject. */
        double confidence = (reading->boxes || reading->body_line ? 0.96 : 0.8) * words;
        lt_reading_set(reading, LT_FIELD_SUBJECT, value, rule, confidence, spans,
                       subject.spans->len, FALSE);
        /* The words were counted already. */
        reading->record->fields[LT_FIELD_SUBJECT].confidence = confidence;
        if (!rule)
            reading->record->fields[LT_FIELD_SUBJECT].rule = g_strdup("below-title");
    }
    g_string_free(subject.text, TRUE);
    g_array_unref(subject.spans);
}
