/* The issuing agency and the one above it, from the lines of the letterhead's left column. */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

#define MOSTLY_CAPITALS 0.65
#define SHORTEST_COMPLETED 6u /* letters of a name that an abbreviation completes */

/* Confidence of a name that the notation's abbreviation confirms, and of one it does not. */
#define CONFIRMED 0.975
#define PRINTED 0.92
#define UNCONFIRMED 0.82
#define UNSETTLED 0.86
/* Of one that the authority file has letter for letter; of one it has nearly so, with and
 * without the abbreviation that stands for it. */
#define LISTED 0.945
#define MENDED_CONFIRMED 0.94
#define MENDED 0.84
/* Of an issuer known from its abbreviation alone, where its place is known too. */
#define BY_CODE 0.75

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

/* Whether a sign belongs to a name that begins or ends with it: dashes and commas say that it
 * goes on. */
static gboolean
is_part(const LtLine *line, guint at, gboolean last)
{
    gunichar c = g_utf8_get_char(g_utf8_offset_to_pointer(line->text, (glong)at));
    return g_unichar_isalnum(c) || (last && g_utf8_strchr("-–,)&", -1, c));
}

/* QUẬN 1, PHƯỜNG 12: a number that is a name. */
static gboolean
is_numbered(char **words, guint i)
{
    static const char *const units[] = {"quan", "phuong", "khu", "vuc", "vung", NULL};
    g_autofree char *before = i ? lt_text_fold(words[i - 1]) : NULL;
    return before && g_strv_contains(units, before) && g_ascii_isdigit(words[i][0]) &&
           strlen(words[i]) <= 2;
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
        if (named || (found && (g_strv_contains(joiners, words[i]) || is_numbered(words, i))))
            end = at + length;
        at += length + 1;
    }
    while (start < end && !is_part(line, start, FALSE))
        start++;
    while (end > start && !is_part(line, end - 1, TRUE))
        end--;
    *ret_span = (LtStretch){line, start, end};
    return found;
}

/* A dash at the end of a name says that it goes on, unless the next line begins like an
 * agency's: then it was noise. Other joining words hold in any case, and so does a kind of
 * agency without a name. */
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

/* The place that the letterhead's date names. */
static const LtPlace *
place_of_date(const LtReading *reading, guint levels)
{
    const LtField *place = &reading->record->fields[LT_FIELD_PLACE];
    return place->value ? lt_authority_place(reading->rules->authority, place->value, levels)
                        : NULL;
}

/* The agency of the authority file that is printed here. code: (nullable) the abbreviation in
 * the number. */
static gboolean
find_listed(const LtReading *reading, const char *name, const char *code, LtNaming *ret_naming)
{
    const LtField *date = &reading->record->fields[LT_FIELD_ISSUED_DATE];
    LtNamingHints hints = {code, place_of_date(reading, 1u << LT_PLACE_PROVINCE),
                           date->confidence >= LT_DOUBTFUL ? date->value : NULL};
    return lt_authority_name(reading->rules->authority, name, &hints, ret_naming);
}

static gboolean
is_listed(const LtReading *reading, const char *name)
{
    g_auto(LtNaming) naming = LT_NAMING_INIT;
    return find_listed(reading, name, reading->issuer_code, &naming) && !naming.unlisted;
}

static void
add_line(const LtReading *reading, GPtrArray *agencies, const LtStretch *span)
{
    const LtRules *rules = reading->rules;
    g_autofree char *text = lt_text_slice(span->line->text, span->start, span->end);
    g_autofree char *fold = lt_text_fold(text);
    guint level = lt_issuer_level(rules, fold);
    if (!level && is_listed(reading, text))
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

/* Whether the abbreviation in the notation stands for this name, by its first letters. */
static gboolean
code_confirms(const LtReading *reading, const char *name)
{
    if (!reading->issuer_code)
        return FALSE;
    g_autofree char *initials = lt_issuer_initials(name);
    g_autofree char *short_name = lt_text_letters(initials);
    g_autofree char *code = lt_text_letters(reading->issuer_code);
    return strlen(code) > 1 &&
           (g_str_has_prefix(short_name, code) || g_str_has_suffix(short_name, code));
}

static char *
dup_name(const Agency *agency)
{
    char *name = g_strdup(agency->name->str);
    while (*name && strchr(" -,", name[strlen(name) - 1]))
        name[strlen(name) - 1] = '\0';
    return name;
}

/* How far a name that the authority file has is right. */
static double
listed_confidence(const LtNaming *naming, gboolean confirmed, gboolean ocr)
{
    if (naming->unlisted)
        return ocr ? UNSETTLED : PRINTED;
    /* The abbreviation speaks for the office, not for its place. */
    if (naming->wrong)
        return confirmed && naming->place_wrong <= 1 ? MENDED_CONFIRMED : MENDED;
    return confirmed ? CONFIRMED : LISTED;
}

static void
set_listed(LtReading *reading, LtFieldId field, const Agency *agency, const LtNaming *naming)
{
    const LtStretch *spans = (const LtStretch *)agency->spans->data;
    gboolean ocr = lt_reading_is_ocr(reading, spans[0].line);
    gboolean coded = lt_office_is_coded(naming->office, reading->issuer_code, reading->type_code);
    gboolean confirmed = field == LT_FIELD_ISSUER &&
                         (coded || (!naming->wrong && code_confirms(reading, naming->name)));
    double confidence = listed_confidence(naming, confirmed, ocr);
    lt_reading_set(reading, field, naming->name, NULL, confidence, spans, agency->spans->len,
                   FALSE);
    LtField *set = &reading->record->fields[field];
    /* A name that the file has is right however faint its print. */
    if (!naming->unlisted)
        set->confidence = MAX(set->confidence, confidence);
    set->rule = g_strdup("authority.tsv");
}

static void
set_unlisted(LtReading *reading, LtFieldId field, const Agency *agency)
{
    g_autofree char *name = dup_name(agency);
    const LtStretch *spans = (const LtStretch *)agency->spans->data;
    gboolean settled;
    g_autofree char *cased = lt_case_agency(reading->rules, name, &settled);
    gboolean confirmed = field == LT_FIELD_ISSUER && code_confirms(reading, cased);
    gboolean ocr = lt_reading_is_ocr(reading, spans[0].line);
    double confidence = confirmed ? CONFIRMED : ocr ? UNCONFIRMED : PRINTED;
    if (!agency->level)
        confidence *= 0.8;
    /* Words that stand in no table may have been misread, whatever recognition thinks of them. */
    if (ocr && !settled)
        confidence = MIN(confidence, UNSETTLED);
    lt_reading_set(reading, field, cased, NULL, confidence, spans, agency->spans->len, FALSE);
    reading->record->fields[field].rule = g_strdup("letterhead");
}

/* Sets a field from a name of the letterhead; TRUE where the authority file has it. */
static gboolean
set_agency(LtReading *reading, LtFieldId field, const Agency *agency, LtNaming *ret_naming)
{
    g_autofree char *name = dup_name(agency);
    const char *code = field == LT_FIELD_ISSUER ? reading->issuer_code : NULL;
    gboolean listed = find_listed(reading, name, code, ret_naming);
    if (listed)
        set_listed(reading, field, agency, ret_naming);
    else
        set_unlisted(reading, field, agency);
    return listed;
}

/* A body of the agency above it that the file knows by both names together: Ban Tuyên giáo below
 * TỈNH ỦY. */
static gboolean
join_parent(LtReading *reading, const Agency *agency, const Agency *parent, LtNaming *ret_naming)
{
    g_autofree char *name = dup_name(agency);
    g_autofree char *above = dup_name(parent);
    g_autofree char *joined = g_strconcat(name, " ", above, NULL);
    g_auto(LtNaming) naming = LT_NAMING_INIT;
    if (!find_listed(reading, joined, reading->issuer_code, &naming) || naming.wrong)
        return FALSE;
    set_listed(reading, LT_FIELD_ISSUER, agency, &naming);
    *ret_naming = naming;
    naming.name = NULL;
    return TRUE;
}

/* A body for the country, printed without what it is of: BAN TỔ CHỨC, with BTCTW in its number. */
static gboolean
complete_by_code(LtReading *reading, const Agency *agency, LtNaming *ret_naming)
{
    const GPtrArray *coded =
        lt_authority_offices_of_code(reading->rules->authority, reading->issuer_code);
    const LtOffice *office = coded && coded->len == 1 ? g_ptr_array_index(coded, 0) : NULL;
    g_autofree char *name = dup_name(agency);
    g_autofree char *key = lt_text_letters(name);
    if (!office || office->where || strlen(key) < SHORTEST_COMPLETED ||
        !g_str_has_prefix(office->keys[0], key))
        return FALSE;
    *ret_naming = (LtNaming){.office = office, .name = g_strdup(office->names[0])};
    set_listed(reading, LT_FIELD_ISSUER, agency, ret_naming);
    return TRUE;
}

/* Identity: an agency of a province, district or commune is one by its own place, or that of the
 * agency above it, or of the letterhead's date. */
static void
identify(LtReading *reading, const LtNaming *issuer, const LtPlace *above)
{
    const LtOffice *office = issuer->office;
    const LtPlace *place = issuer->place;
    if (!place && !issuer->unlisted)
        place = lt_office_is_at(office, above) ? above : place_of_date(reading, office->where);
    reading->office = office;
    reading->office_place = place;
    reading->record->issuer_id = lt_office_id(office, place);
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
        g_auto(LtNaming) naming = LT_NAMING_INIT;
        gboolean listed = find_listed(reading, name->str, NULL, &naming);
        g_autofree char *cased = lt_case_agency(reading->rules, name->str, &settled);
        if (names->len)
            g_string_append(names, "; ");
        g_string_append(names, listed ? naming.name : cased);
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

/* Where the letterhead names no agency, the abbreviation in the number may. */
static void
set_by_code(LtReading *reading)
{
    LtField *issuer = &reading->record->fields[LT_FIELD_ISSUER];
    const GPtrArray *offices =
        lt_authority_offices_of_code(reading->rules->authority, reading->issuer_code);
    for (guint i = 0; offices && i < offices->len; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        lt_field_add_candidate(issuer, office->names[0], 0.5 / (i + 1));
    }
    if (!offices || offices->len != 1)
        return;
    const LtOffice *office = g_ptr_array_index(offices, 0);
    const LtPlace *place = place_of_date(reading, office->where);
    if (!place || !office->where)
        return;
    issuer->value = g_strdup(office->names[0]);
    issuer->confidence = BY_CODE;
    issuer->rule = g_strdup("authority.tsv");
    reading->office = office;
    reading->office_place = place;
    reading->record->issuer_id = lt_office_id(office, place);
}

void
lt_read_issuer(LtReading *reading)
{
    g_autoptr(GPtrArray) agencies = collect_agencies(reading);
    if (agencies->len == 0) {
        if (reading->issuer_code)
            set_by_code(reading);
        return;
    }
    if (is_joint(reading)) {
        set_joint(reading, agencies);
        return;
    }
    const Agency *agency = g_ptr_array_index(agencies, agencies->len - 1);
    const Agency *parent =
        agencies->len > 1 ? g_ptr_array_index(agencies, agencies->len - 2) : NULL;
    g_auto(LtNaming) above = LT_NAMING_INIT;
    g_auto(LtNaming) issuer = LT_NAMING_INIT;
    if (parent)
        set_agency(reading, LT_FIELD_PARENT_ISSUER, parent, &above);
    gboolean listed = set_agency(reading, LT_FIELD_ISSUER, agency, &issuer);
    if (!listed && parent)
        listed = join_parent(reading, agency, parent, &issuer);
    if (!listed)
        listed = complete_by_code(reading, agency, &issuer);
    if (listed)
        identify(reading, &issuer, above.place);
}
