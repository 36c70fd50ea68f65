/* The issuing agency and the one above it, from the lines of the letterhead's left column. */
#include <string.h>

#include "ingest/fields/reading.h"

#define MOSTLY_CAPITALS 0.65
/* Letters of a name that may differ in one, and in two, from the known one that the notation's
 * abbreviation stands for. */
#define SHORTEST_FUZZY 5u
#define SHORT_FUZZY 9u

/* Confidence of a name that the notation's abbreviation confirms, and of one it does not. */
#define CONFIRMED 0.975
#define PRINTED 0.92
#define UNCONFIRMED 0.82
#define UNSETTLED 0.86
#define JOINED 0.88 /* confirmed together with the name above it */

typedef struct {
    GString *name;
    GArray *spans; /* of LtStretch */
    guint level;
} Agency;

static const char *const joiners[] = {"và", "-", "–", "của", "&", "thuộc", NULL};
static const char *const not_in_initials[] = {"và",    "của", "các", "tại", "về",
                                              "thuộc", "-",   "–",   NULL};

static void
agency_free(gpointer data)
{
    Agency *agency = data;
    g_string_free(agency->name, TRUE);
    g_array_unref(agency->spans);
    g_free(agency);
}

guint
lt_issuer_level(const LtRules *rules, const char *fold)
{
    while (*fold && !g_unichar_isalpha(g_utf8_get_char(fold)))
        fold = g_utf8_next_char(fold);
    for (guint i = 0; i < rules->kinds->len; i++) {
        const LtIssuerKind *kind = g_ptr_array_index(rules->kinds, i);
        gsize length = strlen(kind->key);
        if (strncmp(fold, kind->key, length) == 0 && !g_ascii_isalnum(fold[length]))
            return kind->level;
    }
    return 0;
}

char *
lt_issuer_initials(const char *name)
{
    GString *initials = g_string_new(NULL);
    g_auto(GStrv) words = g_strsplit_set(name, " ,-", -1);
    for (guint i = 0; words[i]; i++) {
        g_autofree char *lower = g_utf8_strdown(words[i], -1);
        if (!*lower || g_strv_contains(not_in_initials, lower))
            continue;
        guint letters;
        if (lt_text_capitals(words[i], &letters) == 1 && letters > 1)
            g_string_append(initials, words[i]);
        else
            g_string_append_unichar(initials, g_unichar_toupper(g_utf8_get_char(words[i])));
    }
    return g_string_free(initials, FALSE);
}

/* The stretch of a line that holds the name: noise before and after it is left out, a dash at its
 * end kept, for it says that the name goes on. FALSE when nothing is left. */
static gboolean
name_span(const LtLine *line, LtStretch *ret_span)
{
    g_auto(GStrv) words = g_strsplit(line->text, " ", -1);
    guint at = 0, start = 0, end = 0;
    gboolean found = FALSE;
    for (guint i = 0; words[i]; i++) {
        guint letters, length = (guint)g_utf8_strlen(words[i], -1);
        gboolean named = lt_text_capitals(words[i], &letters) >= 0.5 && letters > 0;
        if (named && !found)
            start = at;
        found = found || named;
        if (named || (found && g_strv_contains(joiners, words[i])))
            end = at + length;
        at += length + 1;
    }
    *ret_span = (LtStretch){line, start, end};
    return found;
}

/* A dash at the end of a name says that it goes on, unless the next line begins like an agency's: then
 * it was noise. Other joining words hold in any case, and so does a kind of agency without a name. */
static gboolean
goes_on(const LtRules *rules, const Agency *agency, guint next_level)
{
    const char *blank = strrchr(agency->name->str, ' ');
    g_autofree char *last = g_utf8_strdown(blank ? blank + 1 : agency->name->str, -1);
    if (g_str_has_suffix(last, "-") || g_str_has_suffix(last, "–"))
        return !next_level;
    if (g_strv_contains(joiners, last) || g_str_has_suffix(last, ","))
        return TRUE;
    if (agency->level < 3)
        return FALSE;
    g_autofree char *fold = lt_text_fold(agency->name->str);
    for (guint i = 0; i < rules->kinds->len; i++)
        if (g_str_equal(((LtIssuerKind *)g_ptr_array_index(rules->kinds, i))->key, fold))
            return TRUE;
    return FALSE;
}

/* The known name that is printed here, allowing for what recognition does to it. */
static const LtIssuerName *
known_agency(const LtReading *reading, const char *name)
{
    const LtIssuerName *known = lt_rules_issuer_by_name(reading->rules, name);
    if (known || !reading->issuer_code)
        return known;
    g_autofree char *key = lt_text_letters(name);
    known = lt_rules_issuer_by_code(reading->rules, reading->issuer_code);
    gsize length = known ? strlen(known->key) : 0;
    guint limit = length >= SHORT_FUZZY ? 2 : 1;
    return length >= SHORTEST_FUZZY && lt_text_distance(key, known->key, limit) <= limit ? known
                                                                                         : NULL;
}

static void
add_line(const LtReading *reading, GPtrArray *agencies, const LtStretch *span)
{
    const LtRules *rules = reading->rules;
    g_autofree char *text = lt_text_slice(span->line->text, span->start, span->end);
    g_autofree char *fold = lt_text_fold(text);
    guint level = lt_issuer_level(rules, fold);
    if (!level && known_agency(reading, text))
        level = 3;
    Agency *current = agencies->len ? g_ptr_array_index(agencies, agencies->len - 1) : NULL;
    gboolean part = current && (!level || goes_on(rules, current, level) ||
                                (level <= 2 && current->level >= 3));
    if (!part) {
        current = g_new0(Agency, 1);
        current->name = g_string_new(NULL);
        current->spans = g_array_new(FALSE, FALSE, sizeof(LtStretch));
        current->level = level;
        g_ptr_array_add(agencies, current);
    }
    if (current->name->len)
        g_string_append_c(current->name, ' ');
    g_string_append(current->name, text);
    g_array_append_val(current->spans, *span);
}

/* The first line of the head that is below the agencies' names. */
static const LtLine *
lower_bound(const LtReading *reading)
{
    const LtLine *bounds[] = {reading->number_line, reading->subject_line, reading->title_line,
                              reading->boxes ? reading->date_line : NULL};
    for (guint i = 0; i < G_N_ELEMENTS(bounds); i++)
        if (bounds[i])
            return bounds[i];
    return NULL;
}

static gboolean
may_name_agency(const LtReading *reading, const LtLine *line, const LtLine *bound)
{
    if (line->zone != LT_ZONE_HEAD || (reading->boxes && !line->left))
        return FALSE;
    if (bound && !lt_line_above(reading, line, bound))
        return FALSE;
    if (!bound && !lt_issuer_level(reading->rules, line->fold))
        return FALSE;
    guint letters;
    if (lt_text_capitals(line->text, &letters) < MOSTLY_CAPITALS || letters < 3)
        return FALSE;
    /* Numbers carry a slash; names do not. */
    if (strchr(line->text, '/') ||
        lt_rules_fits(reading->rules, LT_RULE_NUMBER, line->text, line->fold))
        return FALSE;
    return !lt_rules_fits(reading->rules, LT_RULE_URGENCY, line->text, line->fold) &&
           !lt_rules_fits(reading->rules, LT_RULE_SECRECY, line->text, line->fold) &&
           !lt_rules_fits(reading->rules, LT_RULE_DATE, line->text, line->fold);
}

/* Lines before the first that begins like an agency's name are noise. */
static GPtrArray *
collect_agencies(const LtReading *reading)
{
    GPtrArray *agencies = g_ptr_array_new_with_free_func(agency_free);
    const LtLine *bound = lower_bound(reading);
    for (guint i = 0; i < reading->head->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->head, i);
        LtStretch span;
        if (may_name_agency(reading, line, bound) && name_span(line, &span))
            add_line(reading, agencies, &span);
    }
    while (agencies->len > 1 && !((Agency *)g_ptr_array_index(agencies, 0))->level)
        g_ptr_array_remove_index(agencies, 0);
    return agencies;
}

/* Whether the abbreviation in the notation stands for this name. */
static gboolean
code_confirms(const LtReading *reading, const char *name)
{
    if (!reading->issuer_code)
        return FALSE;
    g_autofree char *initials = lt_issuer_initials(name);
    g_autofree char *short_name = lt_text_letters(initials);
    g_autofree char *code = lt_text_letters(reading->issuer_code);
    if (strlen(code) < 2)
        return FALSE;
    if (g_str_has_prefix(short_name, code) || g_str_has_suffix(short_name, code))
        return TRUE;
    const LtIssuerName *known = lt_rules_issuer_by_code(reading->rules, reading->issuer_code);
    g_autofree char *key = lt_text_letters(name);
    return known && g_str_has_prefix(key, known->key);
}

static char *
dup_name(const Agency *agency)
{
    char *name = g_strdup(agency->name->str);
    while (*name && strchr(" -,", name[strlen(name) - 1]))
        name[strlen(name) - 1] = '\0';
    return name;
}

/* A body of the agency above it bears that one's name where the notation says so: BTGTU below TỈNH ỦY
 * is its Ban Tuyên giáo. */
static void
join_parent(LtReading *reading, const Agency *parent)
{
    LtField *issuer = &reading->record->fields[LT_FIELD_ISSUER];
    gboolean settled;
    g_autofree char *name = dup_name(parent);
    g_autofree char *above = lt_case_agency(reading->rules, name, &settled);
    g_autofree char *joined = g_strconcat(issuer->value, " ", above, NULL);
    if (code_confirms(reading, issuer->value) || !code_confirms(reading, joined))
        return;
    g_free(issuer->value);
    issuer->value = g_steal_pointer(&joined);
    issuer->confidence = MAX(issuer->confidence, JOINED);
}

static void
set_agency(LtReading *reading, LtFieldId field, const Agency *agency)
{
    g_autofree char *name = dup_name(agency);
    const LtStretch *spans = (const LtStretch *)agency->spans->data;
    const LtIssuerName *known = known_agency(reading, name);
    gboolean settled;
    g_autofree char *cased = lt_case_agency(reading->rules, name, &settled);
    const char *value = known ? known->name : cased;
    gboolean confirmed = field == LT_FIELD_ISSUER && code_confirms(reading, value);
    gboolean ocr = lt_reading_is_ocr(reading, spans[0].line);
    double confidence = confirmed ? CONFIRMED : ocr ? UNCONFIRMED : PRINTED;
    if (!agency->level)
        confidence *= 0.8;
    /* Words that stand in no table may have been misread, whatever recognition thinks of them. */
    if (ocr && !known && !settled)
        confidence = MIN(confidence, UNSETTLED);
    lt_reading_set(reading, field, value, NULL, confidence, spans, agency->spans->len, FALSE);
    LtField *set = &reading->record->fields[field];
    /* A name that the notation confirms and the table knows is right however faint its print. */
    if (known && confirmed)
        set->confidence = MAX(set->confidence, CONFIRMED);
    set->rule = g_strdup(known ? "issuers.tsv" : "letterhead");
}

static gboolean
is_joint(const LtReading *reading)
{
    static const char *const codes[] = {"TTLT", "NQLT", "TTLB", NULL};
    return reading->type_code && g_strv_contains(codes, reading->type_code);
}

/* The names in one stretch of a joint letterhead: BỘ TÀI CHÍNH - BỘ NỘI VỤ are two. */
static void
append_joint(const LtReading *reading, GString *names, const Agency *agency)
{
    g_auto(GStrv) parts = g_strsplit(agency->name->str, " - ", -1);
    g_autoptr(GString) name = g_string_new(NULL);
    for (char **part = parts; *part; part++) {
        if (name->len)
            g_string_append(name, " - ");
        g_string_append(name, *part);
        g_autofree char *next = part[1] ? lt_text_fold(part[1]) : NULL;
        if (next && !lt_issuer_level(reading->rules, next))
            continue;
        gboolean settled;
        const LtIssuerName *known = lt_rules_issuer_by_name(reading->rules, name->str);
        g_autofree char *cased = lt_case_agency(reading->rules, name->str, &settled);
        if (names->len)
            g_string_append(names, "; ");
        g_string_append(names, known ? known->name : cased);
        g_string_truncate(name, 0);
    }
}

/* All that issue a joint document, parted by semicolons as archives list them. */
static void
set_joint(LtReading *reading, GPtrArray *agencies)
{
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(LtStretch));
    for (guint i = 0; i < agencies->len; i++) {
        const Agency *agency = g_ptr_array_index(agencies, i);
        append_joint(reading, names, agency);
        g_array_append_vals(spans, agency->spans->data, agency->spans->len);
    }
    lt_reading_set(reading, LT_FIELD_ISSUER, names->str, NULL, PRINTED,
                   (const LtStretch *)spans->data, spans->len, FALSE);
    reading->record->fields[LT_FIELD_ISSUER].rule = g_strdup("letterhead");
}

void
lt_read_issuer(LtReading *reading)
{
    g_autoptr(GPtrArray) agencies = collect_agencies(reading);
    if (agencies->len == 0) {
        const LtIssuerName *known =
            reading->issuer_code ? lt_rules_issuer_by_code(reading->rules, reading->issuer_code)
                                 : NULL;
        if (known)
            lt_field_add_candidate(&reading->record->fields[LT_FIELD_ISSUER], known->name, 0.5);
        return;
    }
    if (is_joint(reading)) {
        set_joint(reading, agencies);
        return;
    }
    set_agency(reading, LT_FIELD_ISSUER, g_ptr_array_index(agencies, agencies->len - 1));
    if (agencies->len > 1) {
        const Agency *parent = g_ptr_array_index(agencies, agencies->len - 2);
        set_agency(reading, LT_FIELD_PARENT_ISSUER, parent);
        join_parent(reading, parent);
    }
}
