/* What the fields say about one another, and the doubts that follow. */
#include <stdlib.h>
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

/* Fields without which a dispatch cannot be filed under its name. */
static const LtFieldId needed[] = {LT_FIELD_NUMBER, LT_FIELD_ISSUED_DATE, LT_FIELD_ISSUER,
                                   LT_FIELD_TYPE, LT_FIELD_SUBJECT};

/* What is left of a value's confidence when another field speaks against it. */
#define CONTRADICTED 0.6
#define DISPUTED 0.9
/* What is left when it was put right by another. */
#define MENDED 0.85
#define UNCONFIRMED 0.93
#define SHORTEST_MENDED 3 /* letters of an abbreviation */

static LtField *
field_of(const LtReading *reading, LtFieldId field)
{
    return &reading->record->fields[field];
}

static void
doubt(const LtReading *reading, LtFieldId field, const char *code)
{
    lt_record_add_doubt(reading->record, lt_field_name(field), code);
}

/* The year inside 30/2020/NĐ-CP, 0 where there is none. */
static int
year_in_number(const LtReading *reading)
{
    const char *notation = field_of(reading, LT_FIELD_CODE_NOTATION)->value;
    return notation && g_ascii_isdigit(*notation) ? atoi(notation) : 0;
}

static void
check_years(const LtReading *reading)
{
    LtField *date = field_of(reading, LT_FIELD_ISSUED_DATE);
    int year = year_in_number(reading);
    if (!date->value || !year || atoi(date->value) == year)
        return;
    date->confidence *= CONTRADICTED;
    doubt(reading, LT_FIELD_ISSUED_DATE, "mismatch");
}

/* Without a letterhead, a line that looks like its date may be any other: a page from a news
 * site. */
static void
check_letterhead(const LtReading *reading)
{
    LtField *date = field_of(reading, LT_FIELD_ISSUED_DATE);
    if (!date->value || reading->number_line)
        return;
    for (guint i = 0; i < reading->head->len; i++)
        if (((const LtLine *)g_ptr_array_index(reading->head, i))->zone == LT_ZONE_MOTTO)
            return;
    date->confidence *= CONTRADICTED;
}

static void
check_future(const LtReading *reading)
{
    LtField *date = field_of(reading, LT_FIELD_ISSUED_DATE);
    if (!date->value)
        return;
    /* Clocks of scanners and servers in other time zones: a day's grace. */
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) limit = g_date_time_add_days(now, 1);
    g_autofree char *latest = g_date_time_format(limit, "%Y-%m-%d");
    if (strcmp(date->value, latest) <= 0)
        return;
    date->confidence *= CONTRADICTED;
    doubt(reading, LT_FIELD_ISSUED_DATE, "impossible");
}

/* A document cannot cite one of a later day. Of a date that was recognised less than surely, this
 * says that it was misread; print that stands beyond doubt keeps its confidence. */
static void
check_citations(const LtReading *reading)
{
    LtField *date = field_of(reading, LT_FIELD_ISSUED_DATE);
    if (!date->value || date->confidence >= LT_SURE)
        return;
    for (guint i = 0; i < reading->record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(reading->record->references, i);
        if (reference->date && strcmp(reference->date, date->value) > 0) {
            date->confidence *= CONTRADICTED;
            doubt(reading, LT_FIELD_ISSUED_DATE, "mismatch");
            return;
        }
    }
}

/* The agency that the notation's abbreviation stands for is not the one printed. */
static void
check_issuer(const LtReading *reading)
{
    LtField *issuer = field_of(reading, LT_FIELD_ISSUER);
    const LtOffice *office = reading->office;
    const GPtrArray *coded =
        lt_authority_offices_of_code(reading->rules->authority, reading->issuer_code);
    if (!issuer->value || !office || !*office->codes || !coded ||
        lt_office_is_coded(office, reading->issuer_code, reading->type_code))
        return;
    g_autofree char *initials = lt_issuer_initials(issuer->value);
    g_autofree char *short_name = lt_text_letters(initials);
    g_autofree char *code = lt_text_letters(reading->issuer_code);
    if (strstr(short_name, code))
        return;
    issuer->confidence *= CONTRADICTED;
    field_of(reading, LT_FIELD_NUMBER)->confidence *= DISPUTED;
    for (guint i = 0; i < coded->len; i++)
        lt_field_add_candidate(issuer, ((const LtOffice *)g_ptr_array_index(coded, i))->names[0],
                               0.4 / (i + 1));
    doubt(reading, LT_FIELD_ISSUER, "mismatch");
}

/* An agency, or its province, that was not there on the document's day: one of the two was
 * misread, or the paper is not what it says. */
static void
check_times(const LtReading *reading)
{
    LtField *date = field_of(reading, LT_FIELD_ISSUED_DATE);
    if (!reading->office || !date->value || date->confidence < LT_DOUBTFUL ||
        lt_office_valid(reading->office, reading->office_place, date->value))
        return;
    /* A name that stands in the file is less likely to be misread than a date. */
    if (reading->date_line && lt_reading_is_ocr(reading, reading->date_line))
        date->confidence *= DISPUTED;
    doubt(reading, LT_FIELD_ISSUER, "mismatch");
}

static void
replace_in_value(LtField *field, const char *from, const char *to)
{
    char *at = field->value ? strstr(field->value, from) : NULL;
    if (!at)
        return;
    char *mended =
        g_strdup_printf("%.*s%s%s", (int)(at - field->value), field->value, to, at + strlen(from));
    g_free(field->value);
    field->value = mended;
    field->confidence *= MENDED;
}

/* What the printed abbreviation must be, given the one that the issuer's name makes: often a
 * part of it (ĐHVD for a TĐHVD), perhaps without its marks, or all of it with one letter
 * misread. NULL where it is another. (transfer full) */
static char *
dup_meant(const char *printed, const char *made)
{
    g_autofree char *a = lt_text_letters(made), *b = lt_text_letters(printed);
    guint n = (guint)g_utf8_strlen(made, -1), m = (guint)g_utf8_strlen(printed, -1);
    if (n < SHORTEST_MENDED || m < 2)
        return NULL;
    if (m <= n && g_str_has_suffix(a, b))
        return lt_text_slice(made, n - m, n);
    if (m <= n && g_str_has_prefix(a, b))
        return lt_text_slice(made, 0, m);
    return lt_text_distance(a, b, 1) <= 1 ? g_strdup(made) : NULL;
}

/* Whether some agency has exactly this abbreviation. */
static gboolean
is_known_code(const LtReading *reading)
{
    const GPtrArray *coded =
        lt_authority_offices_of_code(reading->rules->authority, reading->issuer_code);
    for (guint i = 0; coded && i < coded->len; i++) {
        const LtOffice *office = g_ptr_array_index(coded, i);
        if (g_strv_contains((const char *const *)office->codes, reading->issuer_code))
            return TRUE;
    }
    return FALSE;
}

/* Whether the printed issuer has this abbreviation but for its marks: TƯ below TỈNH ỦY is TU. */
static gboolean
is_office_code(const LtReading *reading)
{
    const LtOffice *office = reading->office;
    return office && lt_office_has_code(office, reading->issuer_code) &&
           !g_strv_contains((const char *const *)office->codes, reading->issuer_code);
}

/* Another agency's abbreviation that was hardly recognised, below a name that was: YT for Sở Y tế's SYT. */
static gboolean
is_doubtful_code(const LtReading *reading)
{
    return reading->office && field_of(reading, LT_FIELD_ISSUER)->confidence >= LT_SURE &&
           field_of(reading, LT_FIELD_CODE_NOTATION)->confidence < LT_DOUBTFUL &&
           !lt_office_is_coded(reading->office, reading->issuer_code, reading->type_code);
}

/* (transfer full) (nullable) */
static char *
dup_issuer_code(const LtReading *reading, const char *issuer)
{
    g_autofree char *printed = lt_text_letters(reading->issuer_code);
    for (char **code = reading->office ? reading->office->codes : NULL; code && *code; code++) {
        g_autofree char *known = lt_text_letters(*code);
        char *meant = NULL;
        /* An abbreviation of the authority file stands there whole: YT for SYT lost a letter. */
        if (strlen(known) >= SHORTEST_MENDED && lt_text_distance(known, printed, 1) <= 1)
            meant = g_strdup(*code);
        else
            meant = dup_meant(reading->issuer_code, *code);
        if (meant)
            return meant;
    }
    g_autofree char *initials = lt_issuer_initials(issuer);
    return dup_meant(reading->issuer_code, initials);
}

/* On a scan, an abbreviation that stands for nobody but nearly for the printed issuer is the
 * issuer's. What was printed stays in as_printed. */
static void
mend_issuer_code(LtReading *reading)
{
    const LtField *issuer = field_of(reading, LT_FIELD_ISSUER);
    if (!issuer->value || !reading->issuer_code || !reading->number_line ||
        !lt_reading_is_ocr(reading, reading->number_line) ||
        (is_known_code(reading) && !is_office_code(reading) && !is_doubtful_code(reading)))
        return;
    g_autofree char *meant = dup_issuer_code(reading, issuer->value);
    if (!meant || g_str_equal(meant, reading->issuer_code))
        return;
    replace_in_value(field_of(reading, LT_FIELD_CODE_NOTATION), reading->issuer_code, meant);
    LtField *number = field_of(reading, LT_FIELD_NUMBER);
    replace_in_value(number, reading->issuer_code, meant);
    for (guint i = 0; number->candidates && i < number->candidates->len; i++) {
        LtCandidate *candidate = g_ptr_array_index(number->candidates, i);
        g_auto(GStrv) parts = g_strsplit(candidate->value, reading->issuer_code, 2);
        g_free(candidate->value);
        candidate->value = g_strjoinv(meant, parts);
    }
}

/* A scanned number whose letters nothing else on the page confirms. */
static void
check_number(const LtReading *reading)
{
    LtField *number = field_of(reading, LT_FIELD_NUMBER);
    LtField *notation = field_of(reading, LT_FIELD_CODE_NOTATION);
    const LtField *issuer = field_of(reading, LT_FIELD_ISSUER);
    if (!notation->value || !reading->number_line ||
        !lt_reading_is_ocr(reading, reading->number_line))
        return;
    /* Letters that recognition is sure of need no second witness. */
    gboolean doubtful =
        notation->confidence < LT_SURE && !lt_notation_confirmed(reading, notation->value);
    if (doubtful)
        notation->confidence *= UNCONFIRMED;
    if (doubtful || issuer->confidence < LT_SURE)
        number->confidence *= UNCONFIRMED;
}

static void
doubt_missing(const LtReading *reading)
{
    for (guint i = 0; i < G_N_ELEMENTS(needed); i++) {
        const LtField *field = field_of(reading, needed[i]);
        if (needed[i] == LT_FIELD_SUBJECT && !field->value && lt_reading_is_slip(reading))
            continue;
        if (!field->value && !lt_record_is_doubted(reading->record, needed[i]))
            doubt(reading, needed[i], "missing");
        else if (field->value && field->confidence < LT_DOUBTFUL)
            doubt(reading, needed[i], "low-confidence");
    }
}

void
lt_read_crosscheck(LtReading *reading)
{
    mend_issuer_code(reading);
    check_years(reading);
    check_letterhead(reading);
    check_future(reading);
    check_citations(reading);
    check_issuer(reading);
    check_times(reading);
    check_number(reading);
    doubt_missing(reading);
}
