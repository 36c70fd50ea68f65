/* What a hand wrote into number and date: the readings of the ink, weighed with what recognition read
 * there, the calendar, and what the rest of the document and the file's name say. */
#include <stdlib.h>
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

/* How much likelier a witness says so of the right value than of a wrong one. */
#define RECOGNISED_PRINT 50.0 /* recognition, of what has the shape of print */
#define RECOGNISED_INK 3.0    /* and of ink, of which it reads one in twenty */
#define UNSEEN 0.01           /* what print is worth that the reader of ink does not see */
#define REPEATED 30.0         /* the number stands again in the text, with its notation */
#define NAMED 20.0            /* the file's name has it beside a word of its kind */
#define NAMED_BARE 4.0        /* or alone */
#define SIGNED_THEN 20.0      /* a digital signature is of that day */
#define SIGNED_BEFORE 0.1     /* or of a day before it */
#define CITES_LATER 0.05      /* it cites a document of a later day */

#define CONFIRMABLE 0.3 /* confidence of a notation that its issuer confirms, */
#define CONFIRMED 0.96  /* and what becomes of it */
#define LONGEST 5u      /* digits of a number */
#define PARTS_TRIED 6u
#define UNWITNESSED                                                                                \
    0.85 /* what a day is worth at most that recognition read and the ink does not say */
#define YEAR_SURE 50u /* confidence from which the digits of a printed year are believed */

static const LtWritten *
find_written(const LtReading *reading, LtWrittenPart part)
{
    const LtPage *page = g_ptr_array_index(reading->pages, reading->head_page);
    for (guint i = 0; page->written && i < page->written->len; i++) {
        const LtWritten *written = &g_array_index(page->written, LtWritten, i);
        if (written->part == part)
            return written;
    }
    return NULL;
}

static gboolean
stands_on(const LtReading *reading, const LtWritten *written, const LtLine *line)
{
    double middle = (written->box.y0 + written->box.y1) / 2;
    double spare = line->box.y1 - line->box.y0;
    return line->page == reading->head_page && middle > line->box.y0 - spare &&
           middle < line->box.y1 + spare;
}

/* --- witnesses --- */

static double
ask_equal(const char *value, gpointer pair)
{
    const struct {
        const char *value;
        double factor;
    } *said = pair;
    return g_strcmp0(value, said->value) == 0 ? said->factor : 1;
}

static void
hear_recognition(LtField *field, const char *read, gboolean printed)
{
    struct {
        const char *value;
        double factor;
    } said = {read, printed ? RECOGNISED_PRINT : RECOGNISED_INK};
    lt_candidates_hear(field, "recognition", ask_equal, &said);
}

/* Blanks around the signs of "1252 / SYT - NVY" are no part of a number. */
static gboolean
names_number(const char *text, const char *key)
{
    g_autoptr(GRegex) regex = g_regex_new("\\s*([/–-])\\s*", 0, 0, NULL);
    g_autofree char *joined = g_regex_replace(regex, text, -1, 0, "\\1", 0, NULL);
    g_auto(GStrv) words = g_strsplit_set(joined ? joined : text, " ,;.()", -1);
    for (char **word = words; *word; word++) {
        g_autofree char *other = g_ascii_isdigit(**word) ? lt_text_number_key(*word) : NULL;
        if (other && g_str_equal(other, key))
            return TRUE;
    }
    return FALSE;
}

/* The number with its notation in a line of the text. */
static double
ask_text(const char *value, gpointer user_data)
{
    const LtReading *reading = user_data;
    g_autofree char *key = lt_text_number_key(value);
    g_autofree char *digits = g_strndup(value, strspn(value, "0123456789"));
    const char *least = digits + strspn(digits, "0");
    for (guint i = 0; i < reading->lines->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        if (line != reading->number_line && strpbrk(line->text, "/-") &&
            strstr(line->text, least) && names_number(line->text, key))
            return REPEATED;
    }
    return 1;
}

/* The words that name a number or a type in a file's name: "so 2193", "kh-753", "2193_TB-SYT". */
static gboolean
is_beside_word(const char *name, const char *from, const char *to, const char *notation)
{
    g_autofree char *folded = lt_text_fold(notation);
    g_auto(GStrv) groups = g_strsplit_set(folded, "/-.", -1);
    for (char **group = groups; *group; group++) {
        gsize length = strlen(*group);
        const char *after = to + strspn(to, " _-.,");
        const char *before = from;
        while (before > name && strchr(" _-.,", before[-1]))
            before--;
        if (length > 0 &&
            ((gsize)(before - name) >= length && strncmp(before - length, *group, length) == 0))
            return TRUE;
        if (length > 0 && strncmp(after, *group, length) == 0)
            return TRUE;
    }
    return from - name >= 3 && strncmp(from - 3, "so", 2) == 0;
}

/* Numbers of one or two digits stand in every name: alone they say nothing. */
static double
ask_name(const char *value, gpointer name)
{
    const char *digits = value + strspn(value, "0"), *sign = value + strcspn(value, "/-");
    gsize length = (gsize)(sign - digits);
    double factor = 1;
    for (const char *at = name; length > 0 && *at;) {
        gsize run = strspn(at, "0123456789");
        const char *from = at + strspn(at, "0");
        if (run > 0 && (gsize)(at + run - from) == length && strncmp(from, digits, length) == 0)
            factor = MAX(factor, is_beside_word(name, at, at + run, *sign ? sign + 1 : "") ? NAMED
                                 : length >= 3 ? NAMED_BARE
                                               : 1);
        at += MAX(run, 1);
    }
    return factor;
}

/* 2017-11-29, 29.11.2017 and 20171129 in a file's name. */
static double
ask_name_day(const char *value, gpointer name)
{
    g_auto(GStrv) parts = g_strsplit(value, "-", 3);
    g_autofree char *forth =
        g_strdup_printf("(?<!\\d)%s[-_. ]?%s[-_. ]?%s(?!\\d)", parts[0], parts[1], parts[2]);
    g_autofree char *back = g_strdup_printf("(?<!\\d)0?%d[-_. ]0?%d[-_. ]%s(?!\\d)", atoi(parts[2]),
                                            atoi(parts[1]), parts[0]);
    return g_regex_match_simple(forth, name, 0, 0) || g_regex_match_simple(back, name, 0, 0) ? NAMED
                                                                                             : 1;
}

static double
ask_signatures(const char *value, gpointer user_data)
{
    const LtReading *reading = user_data;
    double factor = 1;
    for (guint i = 0; i < reading->record->stamps->len; i++) {
        const LtStamp *stamp = g_ptr_array_index(reading->record->stamps, i);
        if (stamp->kind != LT_STAMP_SIGNATURE || !stamp->date)
            continue;
        int order = strncmp(value, stamp->date, strlen(value));
        factor = order == 0  ? MAX(factor, SIGNED_THEN)
                 : order > 0 ? MIN(factor, SIGNED_BEFORE)
                             : factor;
    }
    return factor;
}

static double
ask_citations(const char *value, gpointer user_data)
{
    const LtReading *reading = user_data;
    for (guint i = 0; i < reading->record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(reading->record->references, i);
        if (reference->date && strcmp(reference->date, value) > 0)
            return CITES_LATER;
    }
    return 1;
}

/* The file's name in small letters, without its folders; "" where it is not known. */
static char *
dup_name(const LtRecord *record)
{
    g_autofree char *base = g_path_get_basename(record->source ? record->source : "");
    g_autofree char *valid = g_utf8_make_valid(base, -1);
    g_autofree char *canonical = lt_text_canonical(valid);
    return lt_text_fold(canonical);
}

/* --- the number --- */

static gboolean
is_number(const char *text)
{
    gsize digits = strspn(text, "0123456789");
    return digits > 0 && digits <= LONGEST && strlen(text) <= digits + 1 &&
           strspn(text, "0") < digits;
}

static LtCandidate *
add_written(LtField *field, const char *value, double probability)
{
    lt_field_add_candidate(field, value, probability);
    LtCandidate *candidate = g_ptr_array_index(field->candidates, field->candidates->len - 1);
    lt_candidate_note(candidate, LT_WITNESS_INK, probability);
    return candidate;
}

/* What recognition made of the number: given, or held back. (transfer full) (nullable) */
static char *
dup_recognised(const LtField *field)
{
    if (field->value)
        return g_strdup(field->value);
    if (field->candidates && field->candidates->len)
        return g_strdup(((LtCandidate *)g_ptr_array_index(field->candidates, 0))->value);
    return NULL;
}

static gboolean
is_candidate(const LtField *field, const char *value)
{
    for (guint i = 0; field->candidates && i < field->candidates->len; i++)
        if (g_str_equal(((LtCandidate *)g_ptr_array_index(field->candidates, i))->value, value))
            return TRUE;
    return FALSE;
}

/* Letters that recognition was not sure of, and that are those of the issuer and the type. Where the
 * title is another type's, they confirm nothing: they may have been misread as another known notation. */
static void
confirm_notation(LtReading *reading)
{
    LtField *notation = &reading->record->fields[LT_FIELD_CODE_NOTATION];
    if (notation->confidence >= CONFIRMABLE &&
        !lt_record_is_doubted(reading->record, LT_FIELD_TYPE) && reading->office &&
        reading->issuer_code &&
        lt_office_is_coded(reading->office, reading->issuer_code, reading->type_code))
        notation->confidence = MAX(notation->confidence, CONFIRMED);
}

static void
read_number(LtReading *reading)
{
    LtField *field = &reading->record->fields[LT_FIELD_NUMBER];
    const char *notation = reading->record->fields[LT_FIELD_CODE_NOTATION].value;
    const LtWritten *written = find_written(reading, LT_WRITTEN_NUMBER);
    if (!written || !notation || !reading->number_line || written->n_readings == 0 ||
        !lt_reading_is_ocr(reading, reading->number_line) ||
        !stands_on(reading, written, reading->number_line) ||
        (field->value && (written->printed || field->confidence >= LT_SURE)))
        return;
    g_autofree char *recognised = dup_recognised(field);
    g_autofree char *name = dup_name(reading->record);
    gboolean printed = written->printed || field->value;
    g_clear_pointer(&field->candidates, g_ptr_array_unref);
    for (guint i = 0; i < written->n_readings; i++)
        if (is_number(written->readings[i].text)) {
            g_autofree char *value = g_strconcat(written->readings[i].text,
                                                 reading->number_dash ? "-" : "/", notation, NULL);
            add_written(field, value, written->readings[i].probability);
        }
    if (printed && recognised && !is_candidate(field, recognised))
        lt_field_add_candidate(field, recognised, UNSEEN);
    if (!printed) /* of a printed number recognition's own doubt about the letters stands */
        confirm_notation(reading);
    hear_recognition(field, recognised, printed);
    lt_candidates_hear(field, "text", ask_text, reading);
    lt_candidates_hear(field, "file-name", ask_name, name);
    lt_candidates_decide(reading->record, LT_FIELD_NUMBER);
    field->box = written->box;
}

/* --- the day --- */

typedef struct {
    guint value;
    double share; /* of what the ink says of all values of the calendar */
} PartValue;

/* The digits of a word, with the letters that recognition takes them for. */
static guint
digits_of(const char *text)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_autofree char *folded = lt_text_fold(canonical);
    guint value = 0;
    for (const char *p = folded; *p && value < 1000; p++)
        if (strchr("0123456789oil|", *p))
            value = value * 10 + (*p == 'o' ? 0 : g_ascii_isdigit(*p) ? (guint)(*p - '0') : 1);
    return value;
}

/* What recognition read at a place, as a number; 0: none. */
static guint
recognised_at(const LtReading *reading, const LtBox *box)
{
    const LtPage *page = g_ptr_array_index(reading->pages, reading->head_page);
    for (guint i = 0; i < page->n_words; i++) {
        const LtWord *word = &page->words[i];
        double x = (word->box.x0 + word->box.x1) / 2, y = (word->box.y0 + word->box.y1) / 2;
        if (x < box->x0 || x > box->x1 || y < box->y0 || y > box->y1 ||
            word->confidence < YEAR_SURE)
            continue;
        g_autofree char *text = lt_text_slice(page->text, word->start, word->start + word->length);
        return digits_of(text);
    }
    return 0;
}

static int
compare_parts(gconstpointer a, gconstpointer b)
{
    double x = ((const PartValue *)a)->share, y = ((const PartValue *)b)->share;
    return (x < y) - (x > y);
}

/* "5" and "05" are one day. Print whose shape was spoiled is not outvoted by the reader of ink.
 * parts: of PartValue, best first. Returns: what the ink says of the calendar's values in all. */
static double
weigh_part(const LtReading *reading, const LtWritten *written, gboolean printed, guint from,
           guint to, GArray *parts)
{
    guint read = recognised_at(reading, &written->box);
    double total = 0, covered = 0;
    for (guint i = 0; i < written->n_readings; i++) {
        const LtWrittenReading *each = &written->readings[i];
        guint value = (guint)atoi(each->text), k = 0;
        if (!g_ascii_isdigit(each->text[0]) || value < from || value > to)
            continue;
        double share = each->probability;
        covered += share;
        if (value == read)
            share *= printed ? RECOGNISED_PRINT : RECOGNISED_INK;
        total += share;
        while (k < parts->len && g_array_index(parts, PartValue, k).value != value)
            k++;
        if (k == parts->len) {
            PartValue part = {value, 0};
            g_array_append_val(parts, part);
        }
        g_array_index(parts, PartValue, k).share += share;
    }
    /* Print that the reader of ink cannot read at all. */
    if (printed && read >= from && read <= to && total < 0.5) {
        PartValue part = {read, 1};
        g_array_set_size(parts, 0);
        g_array_append_val(parts, part);
        total = covered = 1;
    }
    for (guint k = 0; k < parts->len; k++)
        g_array_index(parts, PartValue, k).share /= total;
    g_array_sort(parts, compare_parts);
    return covered;
}

typedef struct {
    GArray *parts;  /* of PartValue */
    double covered; /* by what was read, of the calendar's values */
    gboolean printed;
} Part;

static void
part_clear(Part *part)
{
    g_clear_pointer(&part->parts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Part, part_clear)

static Part
make_part(const LtReading *reading, LtWrittenPart id, guint from, guint to)
{
    const LtField *date = &reading->record->fields[LT_FIELD_ISSUED_DATE];
    const LtWritten *written = find_written(reading, id);
    Part part = {.parts = g_array_new(FALSE, FALSE, sizeof(PartValue))};
    if (!written)
        return part;
    part.printed = written->printed || (date->value && date->confidence >= LT_SURE);
    part.covered = weigh_part(reading, written, part.printed, from, to, part.parts);
    return part;
}

static void
add_days(LtField *field, const Part *days, const Part *months, const Part *years)
{
    double covered = MIN(days->covered, months->printed ? 1 : months->covered);
    for (guint d = 0; d < MIN(days->parts->len, PARTS_TRIED); d++)
        for (guint m = 0; m < MIN(months->parts->len, PARTS_TRIED); m++)
            for (guint y = 0; y < MIN(years->parts->len, 2); y++) {
                const PartValue *day = &g_array_index(days->parts, PartValue, d);
                const PartValue *month = &g_array_index(months->parts, PartValue, m);
                const PartValue *year = &g_array_index(years->parts, PartValue, y);
                double share = day->share * month->share * year->share;
                if (share < 0.001 ||
                    !g_date_valid_dmy((GDateDay)day->value, (GDateMonth)month->value,
                                      (GDateYear)year->value))
                    continue;
                g_autofree char *value =
                    g_strdup_printf("%04u-%02u-%02u", year->value, month->value, day->value);
                /* Ink that says little of any day or month says nothing of one. */
                add_written(field, value, share * MIN(1, 2 * covered));
            }
}

/* The line of the date is too garbled for a rule: the spot is that of the day. */
static void
place_day(const LtReading *reading, LtField *field, const LtWritten *day)
{
    const LtPage *page = g_ptr_array_index(reading->pages, reading->head_page);
    g_autofree char *value = g_strdup(field->value);
    lt_field_set(field, value, NULL, field->confidence, page->number, &day->box, NULL);
}

/* Whether what recognition read stays: its digits were clear, and the ink, of which little could be read,
 * says no other day. Surer it does not become by that. */
static gboolean
keeps_recognised(LtField *field)
{
    const LtCandidate *best = field->candidates && field->candidates->len
                                  ? g_ptr_array_index(field->candidates, 0)
                                  : NULL;
    if (!field->value ||
        (best && (best->confidence >= LT_INK_SURE || !g_str_equal(best->value, field->value))))
        return FALSE;
    field->confidence = MIN(field->confidence, UNWITNESSED);
    return TRUE;
}

static void
read_day(LtReading *reading)
{
    LtField *field = &reading->record->fields[LT_FIELD_ISSUED_DATE];
    const LtWritten *day = find_written(reading, LT_WRITTEN_DAY);
    const LtWritten *month = find_written(reading, LT_WRITTEN_MONTH);
    if (!day || !month || day->n_readings == 0 ||
        (field->value && day->printed && (month->printed || field->confidence >= LT_SURE)) ||
        (reading->date_line && (!lt_reading_is_ocr(reading, reading->date_line) ||
                                !stands_on(reading, day, reading->date_line))))
        return;
    g_auto(Part) days = make_part(reading, LT_WRITTEN_DAY, 1, 31);
    g_auto(Part) months = make_part(reading, LT_WRITTEN_MONTH, 1, 12);
    g_auto(Part) years = make_part(reading, LT_WRITTEN_YEAR, 1945, 2099);
    g_autofree char *name = dup_name(reading->record);
    g_clear_pointer(&field->candidates, g_ptr_array_unref);
    add_days(field, &days, &months, &years);
    lt_candidates_hear(field, "signature", ask_signatures, reading);
    lt_candidates_hear(field, "citations", ask_citations, reading);
    lt_candidates_hear(field, "file-name", ask_name_day, name);
    if (!keeps_recognised(field))
        lt_candidates_decide(reading->record, LT_FIELD_ISSUED_DATE);
    if (!reading->date_line)
        place_day(reading, field, day);
}

void
lt_read_ink(LtReading *reading)
{
    if (reading->head_page >= reading->pages->len)
        return;
    read_number(reading);
    read_day(reading);
}
