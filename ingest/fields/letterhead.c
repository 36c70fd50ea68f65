/* The agencies that a letterhead names: its left column, cut into names by how they begin. */
#include "ingest/fields/letterhead.h"

#include <string.h>

#define MOSTLY_CAPITALS 0.65
#define SHORTEST_FUZZY 6 /* letters of a kind of which one may be misread */

static const char *const joiners[] = {"và", "-", "–", "của", "&", "thuộc", NULL};
static const char *const not_in_initials[] = {"và",    "của", "các", "tại", "về",
                                              "thuộc", "-",   "–",   NULL};

static void
name_free(gpointer data)
{
    LtLetterheadName *agency = data;
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

/* QUẬN 1, PHÒNG GIAO DỊCH SỐ 7: a number that is a name, or the end of one: BỆNH VIỆN NHI ĐỒNG 1. On a scan that may be
 * a speck, unless the abbreviation has it too. */
static gboolean
is_numbered(const LtReading *reading, const LtLine *line, char **words, guint i)
{
    static const char *const units[] = {"quan", "phuong", "khu", "vuc", "vung", "so", NULL};
    g_autofree char *before = i ? lt_text_fold(words[i - 1]) : NULL;
    if (!before || !g_ascii_isdigit(words[i][0]) || strlen(words[i]) > 2)
        return FALSE;
    const char *code = reading->issuer_code ? reading->issuer_code : "";
    return g_strv_contains(units, before) ||
           (!words[i + 1] && (!lt_reading_is_ocr(reading, line) || strstr(code, words[i])));
}

static gboolean
is_capitals(const LtLine *line, guint *ret_letters)
{
    return lt_text_capitals(line->text, ret_letters) >= MOSTLY_CAPITALS;
}

/* The stretch of a line that holds the name: noise before and after it is left out, a dash at its
 * end kept, for it says that the name goes on. FALSE when nothing is left. */
static gboolean
name_span(const LtReading *reading, const LtLine *line, LtStretch *ret_span)
{
    g_auto(GStrv) words = g_strsplit(line->text, " ", -1);
    guint at = 0, start = 0, end = 0;
    gboolean found = FALSE, capitals = is_capitals(line, NULL);
    for (guint i = 0; words[i]; i++) {
        guint letters, length = (guint)g_utf8_strlen(words[i], -1);
        gboolean large = lt_text_capitals(words[i], &letters) >= 0.5 || !capitals;
        gboolean named = large && letters > 0;
        if (named && !found)
            start = at;
        found = found || named;
        if (named ||
            (found && (g_strv_contains(joiners, words[i]) || is_numbered(reading, line, words, i))))
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
goes_on(const LtRules *rules, const LtLetterheadName *agency, guint next_level)
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

static gboolean
is_listed(const LtReading *reading, const char *name)
{
    g_auto(LtNaming) naming = LT_NAMING_INIT;
    return lt_letterhead_find(reading, name, reading->issuer_code, &naming) && !naming.unlisted;
}

/* TẬP ĐOÀN / ĐIỆN LỰC VIỆT NAM: the authority file has both together. */
static gboolean
is_listed_with(const LtReading *reading, const LtLetterheadName *agency, const char *text)
{
    g_autofree char *whole = g_strconcat(agency->name->str, " ", text, NULL);
    g_auto(LtNaming) naming = LT_NAMING_INIT;
    return lt_letterhead_find(reading, whole, NULL, &naming) && !naming.unlisted && !naming.wrong;
}

/* CHI NHÁNH TỈNH LAI CHÂU is no name without the bank's above it. */
static gboolean
is_branch_of_place(const LtRules *rules, const char *fold)
{
    static const char *const units[] = {"tinh ",   "thanh pho ", "huyen ", "quan ",
                                        "thi xa ", "khu vuc ",   "so "};
    static const char branch[] = "chi nhanh ";
    if (!g_str_has_prefix(fold, branch))
        return FALSE;
    const char *rest = fold + strlen(branch);
    for (guint i = 0; i < G_N_ELEMENTS(units); i++)
        if (g_str_has_prefix(rest, units[i]))
            return TRUE;
    return lt_authority_place(rules->authority, rest, ~0u) != NULL;
}

/* The kind, of two words and more, that a name begins with but for a letter: CNI CỤC, CÔNG AM. (nullable) */
static const LtIssuerKind *
nearly_kind(const LtRules *rules, char **words)
{
    guint n = g_strv_length(words);
    for (guint i = 0; i < rules->kinds->len; i++) {
        const LtIssuerKind *kind = g_ptr_array_index(rules->kinds, i);
        g_auto(GStrv) parts = g_strsplit(kind->key, " ", -1);
        guint length = g_strv_length(parts);
        if (length < 2 || length > n)
            continue;
        char *next = words[length];
        words[length] = NULL;
        g_autofree char *head = g_strjoinv("", words), *key = g_strjoinv("", parts);
        words[length] = next;
        g_autofree char *letters = lt_text_letters(head);
        if (strlen(key) >= SHORTEST_FUZZY && lt_text_distance(letters, key, 1) <= 1)
            return kind;
    }
    return NULL;
}

/* Puts a misread kind right in the name that begins with it. Returns how high it stands, 0 where there is none. */
static guint
mend_kind(const LtRules *rules, char **text)
{
    g_auto(GStrv) words = g_strsplit(*text, " ", -1);
    const LtIssuerKind *kind = nearly_kind(rules, words);
    /* A kind of level 0 only looks like one. */
    if (!kind || !kind->level)
        return 0;
    guint used = 1;
    for (const char *p = kind->key; *p; p++)
        used += *p == ' ';
    g_autofree char *rest = g_strjoinv(" ", words + used);
    g_autofree char *name = g_utf8_strup(kind->name, -1);
    g_free(*text);
    *text = *rest ? g_strconcat(name, " ", rest, NULL) : g_steal_pointer(&name);
    return kind->level;
}

/* Whether a line is right as printed: a place, or words whose spelling is settled (QUẢN LÝ is no Quận ủy, LONG AN
 * no Công an). */
static gboolean
is_known_words(const LtRules *rules, const char *text)
{
    g_autofree char *letters = lt_text_letters(text), *fold = lt_text_fold(text);
    if (g_hash_table_contains(rules->authority->places_by_key, letters))
        return TRUE;
    for (guint i = 0; i < rules->phrases->len; i++) {
        const LtPhrase *phrase = g_ptr_array_index(rules->phrases, i);
        gsize length = strlen(phrase->key);
        if (phrase->words > 1 && g_str_has_prefix(fold, phrase->key) &&
            (!fold[length] || fold[length] == ' '))
            return TRUE;
    }
    return FALSE;
}

static void
add_line(const LtReading *reading, GPtrArray *agencies, const LtStretch *span)
{
    const LtRules *rules = reading->rules;
    g_autofree char *text = lt_text_slice(span->line->text, span->start, span->end);
    g_autofree char *whole = lt_naming_expand(rules->authority, text);
    g_autofree char *fold = lt_text_fold(whole);
    guint level = lt_issuer_level(rules, fold);
    gboolean mended = FALSE;
    LtLetterheadName *current =
        agencies->len ? g_ptr_array_index(agencies, agencies->len - 1) : NULL;
    if (!level && is_listed(reading, text)) {
        level = 3;
    } else if (!level && !is_known_words(rules, text) &&
               !(current && is_listed_with(reading, current, text))) {
        level = mend_kind(rules, &text);
        mended = level != 0;
    }
    gboolean part =
        current && (!level || goes_on(rules, current, level) || is_branch_of_place(rules, fold) ||
                    (level <= 2 && current->level >= 3) || is_listed_with(reading, current, text));
    if (!part) {
        current = g_new0(LtLetterheadName, 1);
        current->name = g_string_new(NULL);
        current->spans = g_array_new(FALSE, FALSE, sizeof(LtStretch));
        current->level = level;
        g_ptr_array_add(agencies, current);
    }
    current->mended = current->mended || mended;
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

/* Names stand in capitals. Where recognition took them for small letters, the authority file
 * must have them. */
static gboolean
may_name_agency(const LtReading *reading, const LtLine *line, const LtLine *bound)
{
    if (line->zone != LT_ZONE_HEAD || (reading->boxes && !line->left))
        return FALSE;
    if (reading->title_line && !lt_line_above(reading, line, reading->title_line))
        return FALSE;
    if (bound && !lt_line_above(reading, line, bound))
        return FALSE;
    if (!bound && !lt_issuer_level(reading->rules, line->fold))
        return FALSE;
    guint letters;
    gboolean capitals = is_capitals(line, &letters);
    /* The end of a name may stand alone: TỈNH NGHỆ / AN. */
    if (letters < 2 || (letters == 2 && !lt_text_is_syllable(line->text)) ||
        (!capitals && (!reading->boxes || !is_listed(reading, line->text))))
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
GPtrArray *
lt_letterhead_names(const LtReading *reading)
{
    GPtrArray *agencies = g_ptr_array_new_with_free_func(name_free);
    const LtLine *bound = lower_bound(reading);
    for (guint i = 0; i < reading->head->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->head, i);
        LtStretch span;
        if (may_name_agency(reading, line, bound) && name_span(reading, line, &span))
            add_line(reading, agencies, &span);
    }
    while (agencies->len > 1 && !((LtLetterheadName *)g_ptr_array_index(agencies, 0))->level)
        g_ptr_array_remove_index(agencies, 0);
    return agencies;
}
