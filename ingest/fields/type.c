/* The type of document: the title as printed, else what the number and the form of the letter say.
 */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

#define MOSTLY_CAPITALS 0.75
#define LONGEST_TITLE 120 /* code points */
#define CONTRADICTED 0.7  /* what is left of a number whose code speaks against the title */
#define SHORTEST_FUZZY 7  /* letters of a title that may be misread in one */
/* A law with all that amended it, put together by an office: printed below the law's own title. */
#define CONSOLIDATED "VBHN"

/* A line without the scraps at its ends that hold no capitals: "[hỏa rốc] KẾ HOẠCH :". */
static char *
dup_capitals(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    guint n = g_strv_length(words), first = 0;
    while (first < n && lt_text_capitals(words[first], NULL) < 0.6)
        first++;
    while (n > first && lt_text_capitals(words[n - 1], NULL) < 0.6) {
        g_free(words[--n]);
        words[n] = NULL;
    }
    char *joined = g_strjoinv(" ", words + first);
    while (*joined && strchr(".:;,", joined[strlen(joined) - 1]))
        joined[strlen(joined) - 1] = '\0';
    return joined;
}

/* How well a line names this type: 3 it is the name, 2 it begins with it (what follows goes to
 * *ret_rest), 1 it is the name but for one letter, 0 not at all. */
static guint
names_type(const LtTypeName *type, const char *text, char **ret_rest)
{
    g_autofree char *letters = lt_text_letters(text);
    g_autofree char *fold = lt_text_fold(text);
    gsize length = strlen(type->key);
    if (g_str_equal(letters, type->letters))
        return 3;
    if (strncmp(fold, type->key, length) == 0 && fold[length] == ' ') {
        *ret_rest = g_strdup(g_utf8_offset_to_pointer(text, g_utf8_strlen(type->key, -1) + 1));
        return 2;
    }
    return strlen(type->letters) >= SHORTEST_FUZZY &&
           lt_text_distance(letters, type->letters, 1) <= 1;
}

static gboolean
may_be_title(const LtReading *reading, const LtLine *line)
{
    if (line->zone != LT_ZONE_HEAD || g_utf8_strlen(line->text, -1) > LONGEST_TITLE)
        return FALSE;
    double middle = (line->box.x0 + line->box.x1) / 2;
    return !reading->boxes || (middle > 0.3 && middle < 0.78 && line->box.y0 > 0.06);
}

static const LtTypeName *
match_title(const LtReading *reading, const char *text, char **ret_rest)
{
    const LtTypeName *best = NULL;
    guint best_fit = 0;
    for (guint i = 0; i < reading->rules->types->len; i++) {
        const LtTypeName *type = g_ptr_array_index(reading->rules->types, i);
        g_autofree char *rest = NULL;
        guint fit = g_str_equal(type->family, "copy") ? 0 : names_type(type, text, &rest);
        if (fit > best_fit || (fit && fit == best_fit && strlen(type->key) > strlen(best->key))) {
            best = type;
            best_fit = fit;
            g_free(*ret_rest);
            *ret_rest = g_steal_pointer(&rest);
        }
    }
    return best;
}

gboolean
lt_line_is_title(const LtReading *reading, const LtLine *line)
{
    g_autofree char *text = dup_capitals(line->text);
    g_autofree char *rest = NULL;
    return may_be_title(reading, line) && lt_text_capitals(text, NULL) >= MOSTLY_CAPITALS &&
           match_title(reading, text, &rest) && !rest;
}

gboolean
lt_reading_is_slip(const LtReading *reading)
{
    return reading->title && g_str_equal(reading->title->family, "slip");
}

static void
find_subject_line(LtReading *reading)
{
    for (guint i = 0; i < reading->head->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->head, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (line->zone == LT_ZONE_HEAD &&
            lt_rules_match(reading->rules, LT_RULE_SUBJECT, line->text, line->fold, &match)) {
            reading->subject_line = line;
            return;
        }
    }
}

void
lt_read_title(LtReading *reading)
{
    find_subject_line(reading);
    for (guint i = 0; i < reading->head->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->head, i);
        g_autofree char *text = dup_capitals(line->text);
        if (!may_be_title(reading, line) || lt_text_capitals(text, NULL) < MOSTLY_CAPITALS)
            continue;
        g_autofree char *rest = NULL;
        const LtTypeName *type = match_title(reading, text, &rest);
        if (!type)
            continue;
        reading->title = type;
        reading->title_line = line;
        reading->title_rest = g_steal_pointer(&rest);
        return;
    }
}

static void
set_from_code(LtReading *reading, const LtTypeName *coded, const LtLine *line, double confidence)
{
    LtStretch span = {.line = line};
    lt_reading_set(reading, LT_FIELD_TYPE, coded->name, NULL, confidence, &span, line ? 1 : 0,
                   FALSE);
    reading->record->fields[LT_FIELD_TYPE].rule = g_strdup("types.tsv");
}

static void
set_from_title(LtReading *reading)
{
    const LtLine *line = reading->title_line;
    LtStretch span = {line, 0, (guint)g_utf8_strlen(line->text, -1)};
    const LtTypeName *coded =
        reading->type_code ? lt_rules_type_by_code(reading->rules, reading->type_code) : NULL;
    if (coded && g_str_equal(coded->code, CONSOLIDATED)) {
        set_from_code(reading, coded, line, 0.97);
        return;
    }
    gboolean agrees = coded && g_str_equal(coded->code, reading->title->code);
    /* The Party's QĐ is a decision or a regulation, its TT a circular of its own kind. */
    gboolean differs = coded && !agrees && !reading->party && *reading->title->code;
    double confidence = agrees ? 0.99 : differs ? 0.85 : reading->title_rest ? 0.9 : 0.97;
    lt_reading_set(reading, LT_FIELD_TYPE, reading->title->name, NULL, confidence, &span, 1, FALSE);
    LtField *field = &reading->record->fields[LT_FIELD_TYPE];
    field->rule = g_strdup("title");
    if (agrees)
        field->confidence = MAX(field->confidence, 0.97);
    if (differs) {
        /* One of them belongs to another document. */
        reading->record->fields[LT_FIELD_NUMBER].confidence *= CONTRADICTED;
        reading->record->fields[LT_FIELD_CODE_NOTATION].confidence *= CONTRADICTED;
        lt_record_add_doubt(reading->record, lt_field_name(LT_FIELD_TYPE), "mismatch");
    }
}

static gboolean
is_about(const LtLine *line)
{
    const char *first = line->fold;
    while (*first && !g_ascii_isalpha(*first))
        first++;
    return g_str_has_prefix(first, "ve viec");
}

/* Letters begin their notation with an agency's abbreviation: where that is none that is known, it may
 * be the code of a type that is not. */
static gboolean
begins_with_agency(const LtReading *reading)
{
    const GPtrArray *offices =
        lt_authority_offices_of_code(reading->rules->authority, reading->issuer_code);
    return !reading->issuer_code || (offices && offices->len > 0);
}

/* Letters have no type's code: what looks like one in 4021/TC-ĐT is the Bộ Tài chính's of its time. */
static gboolean
is_of_issuer(const LtReading *reading)
{
    return reading->office && reading->subject_line &&
           g_strv_contains((const char *const *)reading->office->codes, reading->type_code);
}

/* BẢN ÁN and its like stand before the number and nowhere else: "Bản án số: 12/2023/HS-ST". (nullable) */
static const LtTypeName *
type_before_number(const LtReading *reading)
{
    const char *fold = reading->number_line ? reading->number_line->fold : "";
    const char *end = strstr(fold, " so");
    g_autofree char *head = end ? g_strndup(fold, (gsize)(end - fold)) : NULL;
    for (guint i = 0; head && i < reading->rules->types->len; i++) {
        const LtTypeName *type = g_ptr_array_index(reading->rules->types, i);
        if (g_str_equal(type->key, head) && !g_str_equal(type->family, "copy"))
            return type;
    }
    return NULL;
}

void
lt_read_type(LtReading *reading)
{
    if (reading->title) {
        set_from_title(reading);
        return;
    }
    const LtTypeName *before = type_before_number(reading);
    if (before) {
        set_from_code(reading, before, reading->number_line, 0.95);
        return;
    }
    const LtTypeName *coded = reading->type_code && !is_of_issuer(reading)
                                  ? lt_rules_type_by_code(reading->rules, reading->type_code)
                                  : NULL;
    const LtLine *line = reading->subject_line ? reading->subject_line : reading->number_line;
    LtStretch span = {.line = line};
    gboolean addressed =
        reading->body_line && lt_rules_fits(reading->rules, LT_RULE_TO, reading->body_line->text,
                                            reading->body_line->fold);
    if (coded) {
        gboolean letter = g_str_equal(coded->code, "CV");
        set_from_code(reading, coded, line, letter ? 0.95 : 0.8);
        return;
    }
    if (!line || (!reading->subject_line && !addressed && !reading->issuer_code))
        return;
    /* Only the Party's letters begin theirs with "Về việc": else it may stand below a title that was not
     * recognised. */
    gboolean letter = reading->subject_line && (reading->party || !is_about(reading->subject_line));
    double confidence = letter                        ? 0.97
                        : reading->subject_line       ? 0.75
                        : !addressed                  ? 0.6
                        : begins_with_agency(reading) ? 0.92
                                                      : 0.85;
    lt_reading_set(reading, LT_FIELD_TYPE, "Công văn", NULL, confidence, &span, 1, FALSE);
    reading->record->fields[LT_FIELD_TYPE].rule = g_strdup("letter");
}
