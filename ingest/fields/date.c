/* The date of the letterhead and the place before it. */
#include <stdio.h>
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

#define DIGITS_READABLE 75u
#define YEAR_READABLE 50u
#define REPAIRED 0.8
/* Of a place that the tables have as it is printed, or but for its marks; of another on a scan, and in text. */
#define PLACE_KNOWN 0.97
#define PLACE_MENDED 0.95
#define PLACE_UNHEARD 0.88
#define PLACE_PRINTED 0.95
#define OTHER_WEEKDAY 0.6 /* left of a date that was another day of the week */
/* The decree prints 05, not 5: a lone digit on a scan is most often written by hand. */
#define LONE_DIGIT 0.8

/* Days and months in words: "mùng bảy", "mười lăm", "hai mươi mốt", "tháng Giêng". 0 where it is none. */
static guint
read_words(const char *printed)
{
    static const struct {
        const char *word;
        guint value;
    } numerals[] = {{"mot", 1},  {"hai", 2},   {"ba", 3},   {"bon", 4}, {"tu", 4},
                    {"nam", 5},  {"lam", 5},   {"sau", 6},  {"bay", 7}, {"tam", 8},
                    {"chin", 9}, {"gieng", 1}, {"chap", 12}};
    g_autofree char *fold = lt_text_fold(printed);
    g_auto(GStrv) words = g_strsplit_set(g_strstrip(fold), " ", -1);
    guint value = 0;
    for (char **word = words; *word; word++) {
        if (g_str_equal(*word, "muoi"))
            value = value ? value * 10 : 10;
        for (guint i = 0; i < G_N_ELEMENTS(numerals); i++)
            if (g_str_equal(*word, numerals[i].word))
                value += numerals[i].value;
    }
    return value;
}

/* "mùng 7" -> "7". */
static const char *
after_early(const char *printed)
{
    g_autofree char *fold = lt_text_fold(printed);
    gboolean early = g_str_has_prefix(fold, "mung ") || g_str_has_prefix(fold, "mong ");
    return early ? g_utf8_offset_to_pointer(printed, 5) : printed;
}

/* Letters that recognition takes for digits: beside digits only, and never sure. */
static gunichar
as_digit(gunichar c)
{
    static const char letters[] = "oOlI|sSBzZ", digits[] = "0011155822";
    const char *at = c > 0 && c < 0x80 ? strchr(letters, (int)c) : NULL;
    return at ? (gunichar)digits[at - letters] : c;
}

/* Dots and lines to write on, or nothing. */
static gboolean
is_rule(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (!g_utf8_strchr("….·_/", -1, g_utf8_get_char(text)))
            return FALSE;
    return TRUE;
}

static gboolean
is_word(const char *text)
{
    guint letters = 0;
    for (; *text; text = g_utf8_next_char(text), letters++)
        if (!g_unichar_isalpha(g_utf8_get_char(text)))
            return FALSE;
    return letters > 1;
}

/* A part of a date as a number; 0 when blank or no number. */
static guint
read_part(const char *printed, gboolean *ret_blank, gboolean *ret_repaired)
{
    g_autofree char *squeezed = lt_text_squeeze(after_early(printed ? printed : ""));
    guint value = 0, digits = 0, length = 0;
    *ret_blank = is_rule(squeezed);
    if (is_word(squeezed))
        return read_words(printed);
    for (const char *p = squeezed; *p; p = g_utf8_next_char(p), length++) {
        gunichar c = g_utf8_get_char(p);
        gunichar digit = as_digit(c);
        if (!g_unichar_isdigit(digit) || length >= 4)
            return 0;
        digits += digit == c;
        value = value * 10 + digit - '0';
    }
    *ret_repaired = *ret_repaired || digits < length;
    return digits > 0 ? value : 0;
}

/* 18/9/23: of this century, unless that were to come. */
static guint
full_year(const char *printed, guint year)
{
    g_autofree char *squeezed = lt_text_squeeze(printed ? printed : "");
    if (strlen(squeezed) != 2 || !g_ascii_isdigit(squeezed[0]) || !g_ascii_isdigit(squeezed[1]))
        return year;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    guint century = 2000;
    return century + year <= (guint)g_date_time_get_year(now) ? century + year
                                                              : century - 100 + year;
}

char *
lt_date_from_match(const LtMatch *match, LtDateState *ret_state, gboolean *ret_repaired)
{
    g_autofree char *day_text = lt_match_dup(match, "day");
    g_autofree char *month_text = lt_match_dup(match, "month");
    g_autofree char *year_text = lt_match_dup(match, "year");
    gboolean blanks[3] = {FALSE};
    *ret_repaired = FALSE;
    guint day = read_part(day_text, &blanks[0], ret_repaired);
    guint month = read_part(month_text, &blanks[1], ret_repaired);
    guint year = read_part(year_text, &blanks[2], ret_repaired);
    if (blanks[0] || blanks[1] || blanks[2]) {
        *ret_state = LT_DATE_BLANK;
        return NULL;
    }
    year = full_year(year_text, year);
    if (!day || !month || year < 1000) {
        *ret_state = LT_DATE_UNREADABLE;
        return NULL;
    }
    if (year < 1900 || month > 12 || day > 31 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) {
        *ret_state = LT_DATE_IMPOSSIBLE;
        return NULL;
    }
    *ret_state = LT_DATE_RIGHT;
    return g_strdup_printf("%04u-%02u-%02u", year, month, day);
}

char *
lt_date_dup(const LtMatch *match)
{
    LtDateState state;
    gboolean repaired;
    return lt_date_from_match(match, &state, &repaired);
}

/* A narrow letterhead breaks the date: "... tháng 9 năm" and "1992" below. (transfer full) */
static char *
join_broken(const LtReading *reading, const LtLine *line, const LtLine **ret_next)
{
    *ret_next = NULL;
    if (!g_regex_match_simple("th\\S?ng.*nam\\s*$", line->fold, 0, 0))
        return g_strdup(line->text);
    for (guint i = 0; i < reading->head->len; i++) {
        const LtLine *next = g_ptr_array_index(reading->head, i);
        if (lt_line_under(reading, line, next) &&
            g_regex_match_simple("^\\W*(19|20)\\d\\d\\W*$", next->fold, 0, 0)) {
            *ret_next = next;
            return g_strconcat(line->text, " ", next->text, NULL);
        }
    }
    return g_strdup(line->text);
}

static void
add_span(GArray *spans, const LtLine *line, guint start, guint end)
{
    LtStretch span = {line, start, end};
    g_array_append_val(spans, span);
}

/* The spans of a group in a line and the one joined to it. */
static void
add_group(GArray *spans, const LtMatch *match, const char *group, const LtLine *line,
          const LtLine *next)
{
    guint start, end, length = (guint)g_utf8_strlen(line->text, -1);
    if (!lt_match_range(match, group, &start, &end) || start == end)
        return;
    if (start < length)
        add_span(spans, line, start, MIN(end, length));
    if (next && end > length + 1)
        add_span(spans, next, MAX(start, length + 1) - length - 1, end - length - 1);
}

/* The worst word of the parts in [from, to). */
static guint
lowest(const LtReading *reading, const GArray *spans, guint from, guint to)
{
    guint worst = 100;
    for (guint i = from; i < MIN(to, spans->len); i++)
        worst = MIN(worst, lt_span_lowest(reading, &g_array_index(spans, LtStretch, i)));
    return worst;
}

static void
set_place(LtReading *reading, const LtMatch *match, const LtLine *line)
{
    g_autofree char *place = lt_match_dup(match, "place");
    LtStretch span = {.line = line};
    if (!place || !lt_match_range(match, "place", &span.start, &span.end))
        return;
    gboolean ocr = lt_reading_is_ocr(reading, line), heard;
    const char *known = lt_authority_spelling(reading->rules->authority, place, &heard);
    if (known && (heard || ocr))
        lt_reading_set(reading, LT_FIELD_PLACE, known, match->rule,
                       heard ? PLACE_KNOWN : PLACE_MENDED, &span, 1, TRUE);
    else
        lt_reading_set(reading, LT_FIELD_PLACE, place, match->rule,
                       ocr ? PLACE_UNHEARD : PLACE_PRINTED, &span, 1, FALSE);
}

/* FALSE where the day of the week is printed beside a date and is another's. */
static gboolean
weekday_agrees(const LtMatch *match, const char *value)
{
    static const char *const names[] = {"thu hai", "thu ba",  "thu tu",  "thu nam",
                                        "thu sau", "thu bay", "chu nhat"};
    g_autofree char *printed = lt_match_dup(match, "weekday");
    g_autofree char *fold = lt_text_fold(printed ? printed : "");
    guint year, month, day;
    GDate date;
    if (!*fold || sscanf(value, "%u-%u-%u", &year, &month, &day) != 3)
        return TRUE;
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    guint of_week = (guint)g_date_get_weekday(&date) - 1; /* Monday is 0 */
    char *digit = strpbrk(fold, "234567");
    return digit ? (guint)(*digit - '2') == of_week : g_str_equal(fold, names[of_week]);
}

static void
set_date(LtReading *reading, const LtMatch *match, const LtLine *line, const LtLine *next)
{
    LtDateState state;
    gboolean repaired;
    g_autofree char *value = lt_date_from_match(match, &state, &repaired);
    g_autofree char *day = lt_match_dup(match, "day");
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(LtStretch));
    g_autoptr(GArray) whole = g_array_new(FALSE, FALSE, sizeof(LtStretch));
    static const char *const groups[] = {"day", "month", "year"};
    for (guint i = 0; i < G_N_ELEMENTS(groups); i++)
        add_group(parts, match, groups[i], line, next);
    guint from = 0, to = 0, place_end = 0, ignored;
    lt_match_range(match, "", &from, &to);
    if (lt_match_range(match, "place", &ignored, &place_end))
        from = place_end + 1;
    from += g_utf8_get_char(g_utf8_offset_to_pointer(match->text, (glong)from)) == ' ';
    guint length = (guint)g_utf8_strlen(line->text, -1);
    add_span(whole, line, from, MIN(to, length));
    if (next)
        add_span(whole, next, 0, (guint)g_utf8_strlen(next->text, -1));

    gboolean ocr = lt_reading_is_ocr(reading, line);
    /* Day and month are what hands write; the year of a letterhead is print, or begins so. */
    guint year_from = parts->len > 2 ? 2 : parts->len;
    guint written = lowest(reading, parts, 0, year_from);
    guint year = lowest(reading, parts, year_from, parts->len);
    guint worst = MIN(written, year);
    double confidence = match->rule->confidence * (repaired ? REPAIRED : 1);
    if (ocr && day && g_utf8_strlen(day, -1) == 1)
        confidence *= LONE_DIGIT;
    if (ocr)
        confidence = lt_confidence_of_word(confidence, worst);
    gboolean withheld =
        value && ocr &&
        (written < DIGITS_READABLE || year < YEAR_READABLE || (repaired && worst < 85));
    lt_reading_set(reading, LT_FIELD_ISSUED_DATE, withheld ? NULL : value, match->rule,
                   value && !withheld ? confidence : 0, (LtStretch *)whole->data, whole->len,
                   FALSE);
    LtField *field = &reading->record->fields[LT_FIELD_ISSUED_DATE];
    field->confidence = value && !withheld ? confidence : 0;
    if (withheld)
        lt_field_add_candidate(field, value, MIN(confidence, 0.5));
    else if (value && !weekday_agrees(match, value)) {
        field->confidence *= OTHER_WEEKDAY;
        lt_record_add_doubt(reading->record, lt_field_name(LT_FIELD_ISSUED_DATE), "mismatch");
    }
    if (withheld || !value)
        lt_record_add_doubt(reading->record, lt_field_name(LT_FIELD_ISSUED_DATE),
                            state == LT_DATE_BLANK && !ocr ? "missing"
                            : state == LT_DATE_IMPOSSIBLE  ? "impossible"
                                                           : "unreadable");
}

static gboolean
try_line(LtReading *reading, const LtRule *rule, const LtLine *line)
{
    const LtLine *next = NULL;
    g_autofree char *text = join_broken(reading, line, &next);
    g_autofree char *fold = lt_text_fold(text);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    if (!lt_rule_match(rule, text, fold, &match))
        return FALSE;
    reading->date_line = line;
    set_date(reading, &match, line, next);
    set_place(reading, &match, line);
    return TRUE;
}

/* Minutes have no date line: theirs stands in the text. */
static void
read_minutes(LtReading *reading)
{
    if (!reading->title || !g_str_equal(reading->title->code, LT_TYPE_CODE_MINUTES))
        return;
    for (guint i = 0; i < MIN(reading->lines->len, LT_READING_HEAD_LINES); i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (line->zone != LT_ZONE_ASIDE &&
            lt_rules_match(reading->rules, LT_RULE_MINUTES, line->text, line->fold, &match)) {
            set_date(reading, &match, line, NULL);
            return;
        }
    }
}

void
lt_read_date(LtReading *reading)
{
    GPtrArray *list = reading->rules->by_kind[LT_RULE_DATE];
    for (guint r = 0; r < list->len; r++)
        for (guint i = 0; i < reading->head->len; i++) {
            const LtLine *line = g_ptr_array_index(reading->head, i);
            gboolean above =
                !reading->title_line || lt_line_above(reading, line, reading->title_line);
            if (line->zone == LT_ZONE_HEAD && above &&
                try_line(reading, g_ptr_array_index(list, r), line))
                return;
        }
    read_minutes(reading);
}
