/* Documents cited in the body: number, date, relation. Text is looked at in windows of joined
 * lines, for a number, or its date, often goes on on the next line. */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

#define WINDOW_LINES 40u
#define WINDOW_LENGTH 6000u /* code points after which a window is closed */
#define AFTER 200u          /* code points after it that may hold its date and issuer */
#define TYPE_BEFORE 100u    /* code points before it that may name its type */
#define BEFORE 420u         /* code points before a number that may tell its relation */
#define MAX_RELATIONS 20u   /* words of one relation in these */
#define NAME_WORDS 10u      /* that may follow "và" or a comma in an agency's name */

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

/* Subjects cite too, and where the body's first words were misread it begins too late. */
static gboolean
may_cite(const LtReading *reading, const LtLine *line)
{
    return line->zone == LT_ZONE_BODY ||
           (line->zone == LT_ZONE_HEAD &&
            !lt_rules_fits(reading->rules, LT_RULE_NUMBER, line->text, line->fold));
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
        if (!may_cite(reading, line))
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

/* What follows a place of a window, as far as a date and an agency may stand. (transfer full) */
static char *
dup_after(const char *text, guint from, guint n)
{
    const char *start = g_utf8_offset_to_pointer(text, (glong)from);
    const char *end = start;
    for (guint i = 0; i < n && *end; i++)
        end = g_utf8_next_char(end);
    return g_strndup(start, (gsize)(end - start));
}

/* *ret_end: the place after the date, or end where there is none. (transfer full) (nullable) */
static char *
find_date(const LtReading *reading, const Window *window, guint end, guint *ret_end)
{
    g_autofree char *text = dup_after(window->text->str, end, AFTER);
    g_autofree char *fold = dup_after(window->fold, end, AFTER);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    guint first, last;
    *ret_end = end;
    if (!lt_rules_match(reading->rules, LT_RULE_CITED_DATE, text, fold, &match))
        return NULL;
    lt_match_range(&match, "", &first, &last);
    *ret_end = end + last;
    return lt_date_dup(&match);
}

/* The longest name of the authority file that begins with this one and goes on in the text: Bộ Giáo dục,
 * "và Đào tạo". name: (transfer full). (transfer full) */
static char *
dup_longest(const LtReading *reading, char *name, const char *rest)
{
    if (!g_str_has_prefix(rest, " và ") && !g_str_has_prefix(rest, ", "))
        return name;
    g_auto(GStrv) words = g_strsplit(rest, " ", NAME_WORDS + 2);
    g_autoptr(GString) longer = g_string_new(name);
    for (guint i = 0; words[i] && i <= NAME_WORDS; i++) {
        static const LtNamingHints hints = {NULL, NULL, NULL, NULL};
        g_auto(LtNaming) naming = LT_NAMING_INIT;
        g_string_append_printf(longer, "%s%s", i ? " " : "", words[i]);
        g_autofree char *trial = g_strdup(longer->str);
        for (gsize n = strlen(trial); n > 0 && strchr(".,;:)", trial[n - 1]); n--)
            trial[n - 1] = '\0';
        if (lt_authority_name(reading->rules->authority, trial, &hints, &naming) &&
            naming.wrong == 0 && !naming.unlisted && !naming.marks) {
            g_free(name);
            name = g_steal_pointer(&trial);
        }
        if (*words[i] && strchr(".;:)", words[i][strlen(words[i]) - 1]))
            break;
    }
    return name;
}

/* Whoever the text names after number and date. (transfer full) (nullable) */
static char *
find_issuer(const LtReading *reading, const Window *window, guint end)
{
    static const char *const persons[] = {"Bộ trưởng ", "Thống đốc ", "Giám đốc "};
    g_autofree char *text = dup_after(window->text->str, end, AFTER);
    g_autofree char *fold = dup_after(window->fold, end, AFTER);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    guint from = 0, to = 0;
    if (!lt_rules_match(reading->rules, LT_RULE_CITED_ISSUER, text, fold, &match) ||
        !lt_match_range(&match, "value", &from, &to))
        return NULL;
    char *value = lt_match_dup(&match, "value");
    /* A minister's circular is his ministry's. */
    for (guint i = 0; i < G_N_ELEMENTS(persons); i++)
        if (g_str_has_prefix(value, persons[i]) && strlen(value) > strlen(persons[i])) {
            char *agency = g_strdup(value + strlen(persons[i]));
            g_free(value);
            value = agency;
            break;
        }
    return dup_longest(reading, value, g_utf8_offset_to_pointer(text, (glong)to));
}

/* The type that is named nearest before the number: "Luật Lưu trữ số". NULL where none is. */
static const LtTypeName *
named_type(const LtReading *reading, const Window *window, guint start)
{
    guint from = start > TYPE_BEFORE ? start - TYPE_BEFORE : 0;
    g_autofree char *text = lt_text_slice(window->text->str, from, start);
    const LtTypeName *best = NULL;
    const char *at = NULL;
    /* Not across another number or sentence. */
    const char *clause = text;
    for (const char *p = text; *p; p++)
        if (strchr(";/", *p) || (*p == '.' && p[1] == ' '))
            clause = p;
    for (guint i = 0; i < reading->rules->types->len; i++) {
        const LtTypeName *type = g_ptr_array_index(reading->rules->types, i);
        gboolean named = !g_str_equal(type->family, "copy") && strstr(clause, type->name);
        const char *here = named ? g_strrstr(clause, type->name) : NULL;
        gboolean longer = here && here == at && strlen(type->name) > strlen(best->name);
        if (here && (here > at || longer)) {
            best = type;
            at = here;
        }
    }
    return best;
}

/* As printed before the number, else by the code in it, else a letter where the notation begins with
 * an agency. */
static const char *
find_type(const LtReading *reading, const Window *window, guint start, const LtNumber *number)
{
    g_auto(GStrv) groups = g_strsplit_set(number->notation, "/-", -1);
    gboolean year = groups[0] && g_ascii_isdigit(groups[0][0]);
    const char *code = groups[year ? 1 : 0];
    const LtTypeName *named = named_type(reading, window, start);
    const LtTypeName *coded = code ? lt_rules_type_by_code(reading->rules, code) : NULL;
    gboolean agrees = named && (!coded || g_str_equal(named->code, coded->code));
    if (agrees || (named && !number->dash && !*named->code))
        return named->name;
    if (coded)
        return coded->name;
    GPtrArray *offices =
        year || !code ? NULL : lt_authority_offices_of_code(reading->rules->authority, code);
    return offices && offices->len ? "Công văn" : NULL;
}

/* Where the last match of a rule in a text begins, -1 where there is none. */
static gint
last_match(const LtRule *rule, const char *text, const char *fold)
{
    gint last = -1;
    guint from = 0;
    for (guint i = 0; i < MAX_RELATIONS; i++) {
        g_auto(LtMatch) match = LT_MATCH_INIT;
        guint start, end;
        if (!lt_rule_match(rule, g_utf8_offset_to_pointer(text, from),
                           g_utf8_offset_to_pointer(fold, from), &match) ||
            !lt_match_range(&match, "", &start, &end))
            return last;
        last = (gint)(from + start);
        from += start + 1;
    }
    return last;
}

/* By what follows the number and its date, else by the rule whose words stand nearest before it. */
static const char *
find_relation(const LtReading *reading, const Window *window, guint start, guint after)
{
    g_autofree char *next = dup_after(window->text->str, after, AFTER);
    g_autofree char *next_fold = dup_after(window->fold, after, AFTER);
    g_auto(LtMatch) match = LT_MATCH_INIT;
    if (lt_rules_match(reading->rules, LT_RULE_RELATION_AFTER, next, next_fold, &match))
        return match.rule->value;
    guint from = start > BEFORE ? start - BEFORE : 0;
    g_autofree char *text = lt_text_slice(window->text->str, from, start);
    g_autofree char *fold = lt_text_slice(window->fold, from, start);
    const char *nearest = NULL;
    gint best = -1;
    GPtrArray *list = reading->rules->by_kind[LT_RULE_RELATION];
    for (guint i = 0; i < list->len; i++) {
        const LtRule *rule = g_ptr_array_index(list, i);
        gint at = last_match(rule, text, fold);
        if (at > best) {
            best = at;
            nearest = rule->value;
        }
    }
    return nearest;
}

/* The one abbreviation of an agency that differs from group by marks or capitals alone; NULL where group
 * itself is one, or there are several. (transfer full) */
static char *
dup_office_code(const LtRules *rules, const char *group)
{
    const GPtrArray *offices = lt_authority_offices_of_code(rules->authority, group);
    g_autofree char *letters = lt_text_letters(group);
    const char *only = NULL;
    for (guint i = 0; offices && i < offices->len; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        for (char **code = office->codes; *code; code++) {
            g_autofree char *other = lt_text_letters(*code);
            if (!g_str_equal(other, letters))
                continue;
            if (g_str_equal(*code, group) || (only && !g_str_equal(only, *code)))
                return NULL;
            only = *code;
        }
    }
    return g_strdup(only);
}

/* A group of a notation that recognition has spoilt, as the one code that it can only mean: HDND for
 * HĐND, TT1 for TT, QĐĐ for QĐ. NULL where it stands. (transfer full) */
static char *
dup_mended(const LtRules *rules, const char *group, gboolean may_be_type)
{
    const LtTypeName *type = may_be_type ? lt_rules_type_by_code(rules, group) : NULL;
    g_autofree char *office = type ? NULL : dup_office_code(rules, group);
    if (type || office)
        return type ? g_strdup(type->code) : g_steal_pointer(&office);
    g_autofree char *shorter = g_strdup(group);
    gsize length = strlen(shorter);
    if (may_be_type && length > 2 && strchr("1I", shorter[length - 1])) {
        shorter[length - 1] = '\0';
        type = lt_rules_type_by_code(rules, shorter);
        return type ? g_strdup(type->code) : NULL;
    }
    g_auto(GStrv) parts = g_strsplit(group, "ĐĐ", 2);
    return parts[0] && parts[1] && !g_str_equal(group, "GĐĐ") ? g_strjoinv("Đ", parts) : NULL;
}

/* Only on scans: what print says stands. */
static void
mend_notation(const LtReading *reading, LtNumber *number)
{
    g_autoptr(GString) mended = g_string_new(NULL);
    gboolean first = TRUE;
    for (const char *p = number->notation; *p;) {
        gsize length = strcspn(p, "/-.");
        g_autofree char *group = g_strndup(p, length);
        gboolean letters = length && !g_ascii_isdigit(*p);
        g_autofree char *meant = letters ? dup_mended(reading->rules, group, first) : NULL;
        first = first && !letters;
        g_string_append(mended, meant ? meant : group);
        p += length;
        if (*p)
            g_string_append_c(mended, *p++);
    }
    g_free(number->notation);
    number->notation = g_strdup(mended->str);
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

/* FALSE where it was seen before, or there are too many. */
static gboolean
note_seen(GHashTable *seen, const char *value)
{
    return g_hash_table_size(seen) <= LT_READING_MAX_REFERENCES &&
           g_hash_table_add(seen, lt_text_number_key(value));
}

/* A number found in a window. */
typedef struct {
    guint start, end;
    LtNumber number;
} Found;

static void
found_clear(gpointer data)
{
    lt_number_clear(&((Found *)data)->number);
}

static int
earlier_first(gconstpointer a, gconstpointer b)
{
    const Found *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void
add_found(LtReading *reading, GHashTable *seen, const Window *window, Found *found)
{
    LtStretch spans[3];
    guint after;
    guint n = window_spans(window, found->start, found->end, spans, G_N_ELEMENTS(spans));
    if (n == 0)
        return;
    if (lt_reading_is_ocr(reading, spans[0].line))
        mend_notation(reading, &found->number);
    g_autofree char *value = lt_number_format(&found->number, found->number.digits);
    if (!note_seen(seen, value))
        return;
    const LtPage *page = g_ptr_array_index(reading->pages, spans[0].line->page);
    LtBox box = lt_spans_box(reading, spans, n);
    g_autofree char *date = find_date(reading, window, found->end, &after);
    LtReference *reference = lt_record_add_reference(
        reading->record, value, date, find_relation(reading, window, found->start, after),
        page->number, &box);
    reference->issuer = find_issuer(reading, window, after);
    reference->type = g_strdup(find_type(reading, window, found->start, &found->number));
}

/* In the order of the text, whatever the order of the rules: what was cited before is not added again. */
static void
read_window(LtReading *reading, GHashTable *seen, const Window *window)
{
    GPtrArray *list = reading->rules->by_kind[LT_RULE_REFERENCE];
    g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(Found));
    g_array_set_clear_func(all, found_clear);
    for (guint i = 0; i < list->len; i++) {
        g_auto(LtMatch) match = LT_MATCH_INIT;
        if (!lt_rule_match(g_ptr_array_index(list, i), window->text->str, window->fold, &match))
            continue;
        do {
            Found found = {0};
            if (!lt_match_range(&match, "", &found.start, &found.end) ||
                !lt_number_from_match(&match, &found.number))
                continue;
            /* A copy's number is that of its own block: nobody cites it. */
            if (is_plausible(&found.number) && !lt_number_is_copy(reading->rules, &found.number))
                g_array_append_val(all, found);
            else
                lt_number_clear(&found.number);
        } while (lt_match_next(&match));
    }
    g_array_sort(all, earlier_first);
    for (guint i = 0; i < all->len; i++)
        add_found(reading, seen, window, &g_array_index(all, Found, i));
}

/* An annex names the document that it belongs to: no citation, though the number be doubtful. */
static void
note_own(const LtReading *reading, GHashTable *seen)
{
    const LtField *own = &reading->record->fields[LT_FIELD_NUMBER];
    if (own->value)
        g_hash_table_add(seen, lt_text_number_key(own->value));
    for (guint i = 0; own->candidates && i < own->candidates->len; i++) {
        const LtCandidate *candidate = g_ptr_array_index(own->candidates, i);
        g_hash_table_add(seen, lt_text_number_key(candidate->value));
    }
}

void
lt_read_references(LtReading *reading)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    note_own(reading, seen);
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
