/* A page that reports a document and is not the document itself: news on an office's site. What it
 * says about the document is given, with the doubt "report" on the whole. */
#include <string.h>

#include "ingest/fields/reading.h"

#define MAX_LINES 400u      /* lines that are searched for the sentence */
#define PARAGRAPH_LINES 12u /* that one sentence may take */
#define SHORT_LINE 0.75     /* of the longest: so short a line ends its paragraph */

/* The lines of a paragraph, joined. */
typedef struct {
    GString *text;
    char *fold;
    GArray *spans; /* of LtStretch, whole lines */
} Paragraph;

static void
paragraph_clear(Paragraph *paragraph)
{
    g_string_free(paragraph->text, TRUE);
    g_free(paragraph->fold);
    g_array_unref(paragraph->spans);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Paragraph, paragraph_clear)

static gboolean
has_letterhead(const LtReading *reading)
{
    if (reading->number_line || reading->title_line || reading->subject_line)
        return TRUE;
    for (guint i = 0; i < reading->head->len; i++)
        if (((const LtLine *)g_ptr_array_index(reading->head, i))->zone == LT_ZONE_MOTTO)
            return TRUE;
    return FALSE;
}

static guint
longest_line(const LtReading *reading)
{
    guint longest = 0;
    for (guint i = 0; i < MIN(reading->lines->len, MAX_LINES); i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        longest = MAX(longest, (guint)g_utf8_strlen(line->text, -1));
    }
    return longest;
}

static gboolean
ends_paragraph(const LtReading *reading, const LtLine *line, const LtLine *next, guint longest)
{
    gboolean capital = g_unichar_isupper(g_utf8_get_char(next->text));
    if (lt_rules_fits(reading->rules, LT_RULE_REPORT_ENDS, next->text, next->fold) ||
        g_str_has_suffix(line->text, "."))
        return TRUE;
    return capital && (double)g_utf8_strlen(line->text, -1) < SHORT_LINE * longest;
}

static void
paragraph_fill(Paragraph *paragraph, const LtReading *reading, guint first, guint longest)
{
    *paragraph =
        (Paragraph){g_string_new(NULL), NULL, g_array_new(FALSE, FALSE, sizeof(LtStretch))};
    for (guint i = first; i < MIN(reading->lines->len, first + PARAGRAPH_LINES); i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        LtStretch span = {line, 0, (guint)g_utf8_strlen(line->text, -1)};
        if (i > first) {
            const LtLine *before = g_ptr_array_index(reading->lines, i - 1);
            if (ends_paragraph(reading, before, line, longest))
                break;
            g_string_append_c(paragraph->text, ' ');
        }
        g_string_append(paragraph->text, line->text);
        g_array_append_val(paragraph->spans, span);
    }
    paragraph->fold = lt_text_fold(paragraph->text->str);
}

/* The day on which the page was published. (transfer full) (nullable) */
static char *
find_published(const LtReading *reading)
{
    for (guint i = 0; i < MIN(reading->lines->len, MAX_LINES); i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (lt_rules_match(reading->rules, LT_RULE_PUBLISHED, line->text, line->fold, &match))
            return lt_date_dup(&match);
    }
    return NULL;
}

/* "18/9" of a page of 2023-09-19 is of that year; "30/12" of one of 2024-01-02 of the year before. */
static char *
dup_date(const LtReading *reading, const LtMatch *match)
{
    g_autofree char *day = lt_match_dup(match, "day");
    g_autofree char *month = lt_match_dup(match, "month");
    g_autofree char *year = lt_match_dup(match, "year");
    if (year && *year)
        return lt_date_dup(match);
    g_autofree char *published = find_published(reading);
    if (!published || !day || !month)
        return NULL;
    guint of_page = (guint)g_ascii_strtoull(published, NULL, 10);
    guint64 m = g_ascii_strtoull(month, NULL, 10), d = g_ascii_strtoull(day, NULL, 10);
    g_autofree char *date = g_strdup_printf("%04u-%02u-%02u", of_page, (guint)m, (guint)d);
    if (strcmp(date, published) > 0)
        of_page--;
    if (m < 1 || m > 12 || !g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)of_page))
        return NULL;
    return g_strdup_printf("%04u-%02u-%02u", of_page, (guint)m, (guint)d);
}

static void
set_field(LtReading *reading, LtFieldId field, const char *value, const LtMatch *match,
          const Paragraph *paragraph)
{
    lt_reading_set(reading, field, value, match->rule, value ? match->rule->confidence : 0,
                   (const LtStretch *)paragraph->spans->data, paragraph->spans->len, FALSE);
    /* The sentence is the place; what it says of this field is the value. */
    g_clear_pointer(&reading->record->fields[field].as_printed, g_free);
}

static void
set_type(LtReading *reading, const LtMatch *match, const LtNumber *number,
         const Paragraph *paragraph)
{
    g_autofree char *printed = lt_match_dup(match, "type");
    g_auto(GStrv) groups = g_strsplit_set(number->notation, "/-", -1);
    const char *code = groups[0] && g_ascii_isdigit(*groups[0]) ? groups[1] : groups[0];
    const LtTypeName *named = printed ? lt_rules_type_by_name(reading->rules, printed) : NULL;
    const LtTypeName *coded = code ? lt_rules_type_by_code(reading->rules, code) : NULL;
    const LtTypeName *type = named ? named : coded;
    /* "Văn bản" with an agency's abbreviation after the number is a letter. */
    set_field(reading, LT_FIELD_TYPE, type ? type->name : "Công văn", match, paragraph);
}

static void
set_group(LtReading *reading, LtFieldId field, const LtMatch *match, const char *group,
          const Paragraph *paragraph)
{
    g_autofree char *value = lt_match_dup(match, group);
    if (value && *g_strstrip(value))
        set_field(reading, field, value, match, paragraph);
}

/* What the letterhead's readers found on such a page is its menu and its date. */
static void
forget_fields(LtReading *reading)
{
    static const LtFieldId fields[] = {
        LT_FIELD_NUMBER,  LT_FIELD_CODE_NUMBER, LT_FIELD_CODE_NOTATION, LT_FIELD_ISSUED_DATE,
        LT_FIELD_PLACE,   LT_FIELD_ISSUER,      LT_FIELD_PARENT_ISSUER, LT_FIELD_TYPE,
        LT_FIELD_SUBJECT, LT_FIELD_SIGNER,      LT_FIELD_SIGNER_TITLE,  LT_FIELD_SIGNER_AUTHORITY,
        LT_FIELD_TO,
    };
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
        LtField *field = &reading->record->fields[fields[i]];
        lt_field_set(field, NULL, NULL, 0, 0, NULL, NULL);
        g_clear_pointer(&field->candidates, g_ptr_array_unref);
    }
    g_ptr_array_set_size(reading->record->recipients, 0);
    g_ptr_array_set_size(reading->record->doubts, 0);
}

static gboolean
take_report(LtReading *reading, const LtMatch *match, const Paragraph *paragraph)
{
    g_autofree char *issuer = lt_match_dup(match, "issuer");
    g_autofree char *fold = lt_text_fold(issuer ? issuer : "");
    g_auto(LtNumber) number = {0};
    if (!lt_issuer_level(reading->rules, fold) || !lt_number_from_match(match, &number) ||
        !number.digits)
        return FALSE;
    g_autofree char *value = lt_number_format(&number, number.digits);
    g_autofree char *date = dup_date(reading, match);
    forget_fields(reading);
    set_field(reading, LT_FIELD_NUMBER, value, match, paragraph);
    set_field(reading, LT_FIELD_CODE_NUMBER, number.digits, match, paragraph);
    set_field(reading, LT_FIELD_CODE_NOTATION, number.notation, match, paragraph);
    set_field(reading, LT_FIELD_ISSUED_DATE, date, match, paragraph);
    set_field(reading, LT_FIELD_ISSUER, issuer, match, paragraph);
    set_type(reading, match, &number, paragraph);
    set_group(reading, LT_FIELD_SUBJECT, match, "value", paragraph);
    set_group(reading, LT_FIELD_TO, match, "to", paragraph);
    lt_record_add_doubt(reading->record, NULL, "report");
    reading->number_line = g_array_index(paragraph->spans, LtStretch, 0).line;
    return TRUE;
}

void
lt_read_report(LtReading *reading)
{
    if (has_letterhead(reading))
        return;
    guint longest = longest_line(reading);
    for (guint i = 0; i < MIN(reading->lines->len, MAX_LINES); i++) {
        g_auto(LtMatch) match = LT_MATCH_INIT;
        g_auto(Paragraph) paragraph = {0};
        paragraph_fill(&paragraph, reading, i, longest);
        if (lt_rules_match(reading->rules, LT_RULE_REPORT, paragraph.text->str, paragraph.fold,
                           &match) &&
            take_report(reading, &match, &paragraph))
            return;
    }
}
