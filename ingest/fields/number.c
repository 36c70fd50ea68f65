/* The document's own number: digits and notation, on a line of the letterhead. */
#include <string.h>

#include "ingest/fields/reading.h"

/* Digits of a scan are withheld when they may be handwriting, which is never guessed: recognised with
 * little confidence, or standing higher than the print before them. The less sure the word, the closer
 * it must keep to the print's height. Glued to the notation, its odd letters lower the confidence. */
typedef struct {
    guint confidence;
    double height; /* of the word Số's */
} Readable;
static const Readable separate[] = {{80, 1.12}, {65, 0.95}};
static const Readable glued[] = {{88, 1.8}, {70, 1.25}, {60, 1.15}, {40, 1.08}, {30, 0.95}};

#define PRINTED 60u /* confidence of a word whose digits are print by their height */
#define LOWEST_PRINT 0.7
#define HIGHEST_PRINT 1.15
#define TRUSTED 88       /* confidence that such digits deserve */
#define REPAIRED 0.8     /* share of confidence left by a repair */
#define BELOW_TITLE 0.95 /* strength of the rules that may find a number there */

void
lt_number_clear(LtNumber *number)
{
    g_clear_pointer(&number->digits, g_free);
    g_clear_pointer(&number->notation, g_free);
    g_clear_pointer(&number->guess, g_free);
}

/* Letters that recognition takes for digits; anything else is not repaired. */
static gunichar
as_digit(gunichar c)
{
    switch (c) {
    case 'O':
    case 'o':
    case 'Q':
        return '0';
    case 'l':
    case 'I':
    case '|':
        return '1';
    default:
        return g_ascii_isdigit(c) ? c : 0;
    }
}

/* Up to five digits, perhaps with a letter or "bis" after them, or two parts: "66.7". */
static gboolean
is_clear(const char *text)
{
    gsize n = strspn(text, "0123456789");
    const char *rest = text + n;
    if (n == 0 || n > 5)
        return FALSE;
    if (*rest == '.') {
        gsize more = strspn(rest + 1, "0123456789");
        return n <= 3 && (more == 1 || more == 2) && !rest[1 + more];
    }
    return !*rest || (g_ascii_isalpha(*rest) && !rest[1]) || g_str_equal(rest, "bis") ||
           g_str_equal(rest, "Đ") || g_str_equal(rest, "đ");
}

/* Sets digits, or blank, or a guess with only what can be made out. */
static void
read_digits(LtNumber *number, const char *printed)
{
    g_autofree char *squeezed = lt_text_squeeze(printed);
    if (is_clear(squeezed)) {
        number->digits = g_steal_pointer(&squeezed);
        return;
    }
    g_autoptr(GString) guess = g_string_new(NULL);
    guint digits = 0, others = 0, signs = 0;
    for (const char *p = squeezed; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p), digit = as_digit(c);
        digits += g_unichar_isdigit(c);
        signs += c != '.' && c != 0x2026 && c != 0x2025 && c != '_';
        others += !digit;
        if (digit)
            g_string_append_unichar(guess, digit);
    }
    number->blank = signs == 0;
    if (digits > 0 && others == 0 && guess->len <= 5) {
        number->digits = g_strdup(guess->str);
        number->repaired = TRUE;
    } else if (guess->len > 0 && guess->len <= 5)
        number->guess = g_strdup(guess->str);
}

/* Other scripts' letters that look like ours: typists mix keyboards, and a search would not find them. */
static char *
dup_latin(const char *notation)
{
    static const char foreign[] = "АВСЕНКМОРТХІЅЈΑΒΕΗΙΚΜΝΟΡΤΥΧаеорсхі",
                      latin[] = "ABCEHKMOPTXISJABEHIKMNOPTYXaeopcxi";
    GString *spelt = g_string_new(NULL);
    for (const char *p = notation; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        const char *at = c < 0x80 ? NULL : g_utf8_strchr(foreign, -1, c);
        g_string_append_unichar(spelt,
                                at ? (gunichar)latin[g_utf8_pointer_to_offset(foreign, at)] : c);
    }
    return g_string_free(spelt, FALSE);
}

gboolean
lt_number_from_match(const LtMatch *match, LtNumber *ret_number)
{
    g_autofree char *digits = lt_match_dup(match, "number");
    g_autofree char *notation = lt_match_dup(match, "notation");
    guint start, end, next, last;
    if (!notation || !lt_match_range(match, "number", &start, &end) ||
        !lt_match_range(match, "notation", &next, &last))
        return FALSE;
    g_autofree char *between = lt_text_slice(match->text, end, next);
    g_autofree char *squeezed = lt_text_squeeze(notation);
    /* Between blanks it was left out: the Party and the Youth Union have their slash further on. */
    gboolean left_out = g_str_equal(between, " ") && strchr(notation, '/');
    LtNumber number = {.dash = left_out || (strpbrk(between, "-–") && !strchr(between, '/'))};
    g_auto(GStrv) parts = g_strsplit(squeezed, "–", -1);
    g_autofree char *joined = g_strjoinv("-", parts);
    number.notation = dup_latin(joined);
    read_digits(&number, digits);
    *ret_number = number;
    return TRUE;
}

char *
lt_number_format(const LtNumber *number, const char *digits)
{
    return g_strconcat(digits, number->dash ? "-" : "/", number->notation, NULL);
}

static LtStretch
group_span(const LtMatch *match, const LtLine *line, const char *group)
{
    LtStretch span = {.line = line};
    lt_match_range(match, group, &span.start, &span.end);
    return span;
}

static gboolean
is_readable(const Readable *limits, guint n, guint confidence, double height)
{
    for (guint i = 0; i < n; i++)
        if (confidence >= limits[i].confidence && height <= limits[i].height)
            return TRUE;
    return FALSE;
}

/* How high the digits stand, in heights of the word before them that is surely print: "Số:", or the
 * notation where that is lost. */
static double
height_of_digits(const LtReading *reading, const LtLine *line, guint at)
{
    guint letter = 0;
    for (const char *p = line->text; *p && !g_unichar_isalpha(g_utf8_get_char(p)); letter++)
        p = g_utf8_next_char(p);
    double print = lt_line_height_at(reading, line, letter);
    return print > 0 ? lt_line_height_at(reading, line, at) / print : 1;
}

/* Whether digits were recognised well enough to be given. *ret_printed: they stand as high as the print
 * beside them and were no mere guess, which of numbers without errors of reading is the best sign. */
static gboolean
digits_readable(const LtReading *reading, const LtMatch *match, const LtLine *line,
                gboolean *ret_printed)
{
    *ret_printed = TRUE;
    if (!lt_reading_is_ocr(reading, line))
        return TRUE;
    LtStretch digits = group_span(match, line, "number");
    LtStretch notation = group_span(match, line, "notation");
    const char *before = g_utf8_offset_to_pointer(line->text, (glong)MAX(digits.start, 1) - 1);
    /* Print leaves a blank after "Số:"; what is glued to it was written there. */
    if (digits.start > 0 && *before != ' ')
        return FALSE;
    double height = height_of_digits(reading, line, digits.start);
    guint confidence = lt_span_lowest(reading, &digits);
    *ret_printed = confidence >= PRINTED && height >= LOWEST_PRINT && height <= HIGHEST_PRINT;
    const char *last = g_utf8_offset_to_pointer(line->text, (glong)digits.end - 1);
    if (!g_ascii_isdigit(*last) && confidence < 90)
        return FALSE;
    return notation.start - digits.end <= 1
               ? is_readable(glued, G_N_ELEMENTS(glued), confidence, height)
               : is_readable(separate, G_N_ELEMENTS(separate), confidence, height);
}

/* Of digits that look printed, recognition thinks too little: a number is no word of its dictionary. */
static void
trust_print(LtReading *reading, double confidence)
{
    static const LtFieldId ids[] = {LT_FIELD_NUMBER, LT_FIELD_CODE_NUMBER};
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        LtField *field = &reading->record->fields[ids[i]];
        field->confidence = MAX(field->confidence, lt_confidence_of_word(confidence, TRUSTED));
    }
}

static void
set_number(LtReading *reading, const LtMatch *match, const LtLine *line, LtNumber *number)
{
    gboolean mended =
        lt_notation_repair(reading, &number->notation, lt_reading_is_ocr(reading, line));
    LtStretch spans[] = {group_span(match, line, "number"), group_span(match, line, "notation")};
    LtStretch whole = {line, spans[0].start, spans[1].end};
    double confidence = match->rule->confidence;
    if (mended || number->repaired)
        confidence *= REPAIRED;
    lt_reading_set(reading, LT_FIELD_CODE_NOTATION, number->notation, match->rule,
                   mended ? confidence : MAX(confidence, 0.9), &spans[1], 1, TRUE);
    lt_notation_note_codes(reading, number->notation);
    reading->number_dash = number->dash;
    gboolean printed;
    if (number->digits && digits_readable(reading, match, line, &printed)) {
        g_autofree char *value = lt_number_format(number, number->digits);
        lt_reading_set(reading, LT_FIELD_NUMBER, value, match->rule, confidence, &whole, 1, TRUE);
        lt_reading_set(reading, LT_FIELD_CODE_NUMBER, number->digits, match->rule, confidence,
                       &spans[0], 1, TRUE);
        if (printed)
            trust_print(reading, confidence);
        return;
    }
    lt_reading_set(reading, LT_FIELD_NUMBER, NULL, match->rule, 0, &whole, 1, TRUE);
    const char *guess = number->digits ? number->digits : number->guess;
    if (guess) {
        g_autofree char *value = lt_number_format(number, guess);
        lt_field_add_candidate(&reading->record->fields[LT_FIELD_NUMBER], value,
                               number->digits ? 0.4 : 0.2);
    }
    lt_record_add_doubt(reading->record, lt_field_name(LT_FIELD_NUMBER),
                        number->blank ? "missing" : "unreadable");
}

gboolean
lt_number_is_copy(const LtRules *rules, const LtNumber *number)
{
    g_auto(GStrv) groups = g_strsplit(number->notation, "-", 2);
    /* 3/SL-UBND is a copy's; 14-SL is a Sắc lệnh's. */
    for (guint i = 0; groups[0] && groups[1] && i < rules->types->len; i++) {
        const LtTypeName *type = g_ptr_array_index(rules->types, i);
        if (g_str_equal(type->family, "copy") && g_str_equal(type->code, groups[0]))
            return TRUE;
    }
    return FALSE;
}

static gboolean
may_hold_number(const LtReading *reading, const LtLine *line, gboolean below_title)
{
    if (line->zone != LT_ZONE_HEAD)
        return FALSE;
    if (reading->title_line && lt_line_above(reading, line, reading->title_line) == below_title)
        return FALSE;
    return !lt_rules_fits(reading->rules, LT_RULE_SUBJECT, line->text, line->fold);
}

/* Rules come first by strength: a clear number further down beats an unclear one above it. */
static gboolean
find_number(LtReading *reading, gboolean below_title, double least)
{
    GPtrArray *list = reading->rules->by_kind[LT_RULE_NUMBER];
    for (guint r = 0; r < list->len; r++)
        for (guint i = 0; i < reading->head->len; i++) {
            const LtLine *line = g_ptr_array_index(reading->head, i);
            const LtRule *rule = g_ptr_array_index(list, r);
            g_auto(LtMatch) match = LT_MATCH_INIT;
            g_auto(LtNumber) number = {0};
            if (rule->confidence < least || !may_hold_number(reading, line, below_title) ||
                !lt_rule_match(rule, line->text, line->fold, &match) ||
                !lt_number_from_match(&match, &number) ||
                lt_number_is_copy(reading->rules, &number))
                continue;
            reading->number_line = line;
            set_number(reading, &match, line, &number);
            return TRUE;
        }
    return FALSE;
}

/* Contracts and some offices' notices have it below the title. */
void
lt_read_number(LtReading *reading)
{
    if (!find_number(reading, FALSE, 0) && reading->title_line)
        find_number(reading, TRUE, BELOW_TITLE);
}
