/* The letters of a number, group by group: which type and agency they name, and what recognition did to
 * them. Put right only within a group, and only towards types and agencies that are known. */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

#define MAX_GROUPS 12u
#define SHORTEST_LOOSE                                                                             \
    3 /* letters of a type's code that may be misread in two, where the title says it */

#define DOT_BELOW 0x0323
#define TONES "\314\200\314\201\314\211\314\203\314\243" /* grave, acute, hook, tilde, dot below */

/* "2020/NĐ-CP" is 2020, NĐ and CP, with "/" and "-" after the first two. */
typedef struct {
    char *text[MAX_GROUPS];
    char after[MAX_GROUPS]; /* 0 after the last */
    guint n;
    guint first; /* the first that is no year */
} Groups;

static void
groups_clear(Groups *groups)
{
    for (guint i = 0; i < groups->n; i++)
        g_free(groups->text[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Groups, groups_clear)

static void
groups_init(Groups *groups, const char *notation)
{
    *groups = (Groups){.n = 0};
    for (const char *p = notation; *p && groups->n < MAX_GROUPS;) {
        gsize length = groups->n + 1 < MAX_GROUPS ? strcspn(p, "/-.") : strlen(p);
        groups->text[groups->n] = g_strndup(p, length);
        p += length;
        groups->after[groups->n++] = *p;
        p += *p != '\0';
    }
    groups->first = groups->n > 1 && g_ascii_isdigit(groups->text[0][0]) ? 1 : 0;
}

static char *
groups_join(const Groups *groups)
{
    GString *notation = g_string_new(NULL);
    for (guint i = 0; i < groups->n; i++) {
        g_string_append(notation, groups->text[i]);
        if (groups->after[i])
            g_string_append_c(notation, groups->after[i]);
    }
    return g_string_free(notation, FALSE);
}

/* The group that is the printed title's code, groups->n for none. Before 2005 the agency's own might stand before it:
 * 999-TC/QĐ/CĐKT. */
static guint
find_titles_group(const LtReading *reading, const Groups *groups)
{
    g_autofree char *title = lt_text_letters(reading->title ? reading->title->code : "");
    for (guint i = groups->first; *title && i < groups->n; i++) {
        g_autofree char *letters = lt_text_letters(groups->text[i]);
        if (g_str_equal(letters, title))
            return i;
    }
    return groups->n;
}

/* A group with those that a dot ties to it: CT.UB. (transfer full) */
static char *
dup_dotted(const Groups *groups, guint i)
{
    GString *code = g_string_new(groups->text[i]);
    for (; i + 1 < groups->n && groups->after[i] == '.'; i++)
        g_string_append_printf(code, ".%s", groups->text[i + 1]);
    return g_string_free(code, FALSE);
}

void
lt_notation_note_codes(LtReading *reading, const char *notation)
{
    g_auto(Groups) groups = {0};
    groups_init(&groups, notation);
    guint i = groups.first;
    if (i >= groups.n)
        return;
    guint type = find_titles_group(reading, &groups);
    if (type == groups.n && i + 1 < groups.n &&
        lt_rules_type_by_code(reading->rules, groups.text[i]))
        type = i;
    if (type < groups.n && groups.n > groups.first + 1) {
        reading->type_code = g_strdup(groups.text[type]);
        i += type == i;
    }
    reading->issuer_code = dup_dotted(&groups, i);
}

/* Signs that recognition puts for letters of capitals: Q4 for QĐ, KII for KH. (transfer full) */
static char *
dup_unconfused(const char *code)
{
    static const struct {
        const char *read, *meant;
    } confusions[] = {{"4", "Đ"}, {"II", "H"}, {"I3", "B"}, {"8", "B"}, {"0", "Q"}, {"1", "T"}};
    char *text = g_strdup(code);
    for (guint i = 0; i < G_N_ELEMENTS(confusions); i++) {
        g_auto(GStrv) parts = g_strsplit(text, confusions[i].read, -1);
        g_free(text);
        text = g_strjoinv(confusions[i].meant, parts);
    }
    return text;
}

/* The title says which type it is: its code may have lost marks or a letter, of longer ones on a scan two. */
static gboolean
is_titles(const LtReading *reading, const char *code, gboolean ocr)
{
    const LtTypeName *title = reading->title;
    if (!title || !*title->code)
        return FALSE;
    gboolean loose = ocr && g_utf8_strlen(title->code, -1) >= SHORTEST_LOOSE &&
                     !lt_authority_offices_of_code(reading->rules->authority, code);
    guint limit = loose ? 2 : 1;
    return lt_text_distance(code, title->code, limit) <= limit;
}

/* The type that a group stands for: the printed title's, where the group is nearly its code; else the one that
 * it folds to; on a scan also the one that it was misread from. (nullable) */
static const LtTypeName *
meant_type(const LtReading *reading, const char *code, gboolean ocr)
{
    const LtTypeName *known = lt_rules_type_by_code(reading->rules, code);
    const LtTypeName *title = reading->title;
    if (known && g_str_equal(known->code, code)) {
        g_autofree char *a = lt_text_letters(code);
        g_autofree char *b = lt_text_letters(title ? title->code : "");
        /* TT below TỜ TRÌNH is TTr without its last letter. */
        gboolean shortened = ocr && g_str_has_prefix(b, a) && strlen(b) == strlen(a) + 1;
        return shortened || g_str_equal(a, b) ? title : known;
    }
    if (is_titles(reading, code, ocr))
        return title;
    if (known || !ocr)
        return known;
    g_autofree char *unconfused = dup_unconfused(code);
    const LtTypeName *meant = lt_rules_type_by_code(reading->rules, unconfused);
    return meant && g_str_equal(meant->code, unconfused) ? meant : NULL;
}

static gboolean
is_known_group(const LtReading *reading, const char *group)
{
    const LtTypeName *type = lt_rules_type_by_code(reading->rules, group);
    if ((type && g_str_equal(type->code, group)) || g_ascii_isdigit(*group))
        return TRUE;
    const GPtrArray *offices = lt_authority_offices_of_code(reading->rules->authority, group);
    for (guint i = 0; offices && i < offices->len; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        if (g_strv_contains((const char *const *)office->codes, group))
            return TRUE;
    }
    return FALSE;
}

/* A speck read as a dot: ST.P for STP. Only where the letters on both sides make a known code, and alone do
 * not. */
static gboolean
join_dotted(const LtReading *reading, Groups *groups)
{
    gboolean joined = FALSE;
    for (guint i = groups->first; i + 1 < groups->n; i++) {
        g_autofree char *both = g_strconcat(groups->text[i], groups->text[i + 1], NULL);
        if (groups->after[i] != '.' || !is_known_group(reading, both) ||
            (is_known_group(reading, groups->text[i]) &&
             is_known_group(reading, groups->text[i + 1])))
            continue;
        g_free(groups->text[i]);
        g_free(groups->text[i + 1]);
        groups->text[i] = g_steal_pointer(&both);
        groups->after[i] = groups->after[i + 1];
        for (guint k = i + 1; k + 1 < groups->n; k++) {
            groups->text[k] = groups->text[k + 1];
            groups->after[k] = groups->after[k + 1];
        }
        groups->n--;
        joined = TRUE;
    }
    return joined;
}

/* Whether a notation has words in it: TB-Thuế has small letters, KH-ĐỘI a vowel with two marks. */
static gboolean
has_words(const char *notation)
{
    for (const char *p = notation; *p; p = g_utf8_next_char(p))
        if (g_unichar_islower(g_utf8_get_char(p)))
            return TRUE;
    return strstr(notation, "Ộ") || strstr(notation, "Ợ");
}

/* Abbreviations bear no tone marks: one is a speck, the dot below an O the tail of a Q. TRUE where there were. */
static gboolean
drop_tones(char **notation)
{
    g_autofree char *parts = g_utf8_normalize(*notation, -1, G_NORMALIZE_NFD);
    GString *bare = g_string_new(NULL);
    gboolean dropped = FALSE;
    for (const char *p = parts; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gunichar next = g_utf8_get_char(g_utf8_next_char(p));
        gboolean tone = g_utf8_strchr(TONES, -1, c) != NULL;
        dropped = dropped || tone;
        if (c == 'O' && next == DOT_BELOW)
            g_string_append_c(bare, 'Q');
        else if (!tone)
            g_string_append_unichar(bare, c);
    }
    if (dropped) {
        g_free(*notation);
        *notation = g_utf8_normalize(bare->str, -1, G_NORMALIZE_NFC);
    }
    g_string_free(bare, TRUE);
    return dropped;
}

static gboolean
repair_groups(const LtReading *reading, char **notation, gboolean ocr)
{
    g_auto(Groups) groups = {0};
    groups_init(&groups, *notation);
    if (ocr && join_dotted(reading, &groups)) {
        g_autofree char *joined = groups_join(&groups);
        g_free(*notation);
        *notation = g_steal_pointer(&joined);
        repair_groups(reading, notation, ocr);
        return TRUE;
    }
    guint i = groups.first, titles = find_titles_group(reading, &groups);
    if (titles < groups.n && titles > i &&
        !g_str_equal(groups.text[titles], reading->title->code)) {
        g_free(groups.text[titles]);
        groups.text[titles] = g_strdup(reading->title->code);
        g_free(*notation);
        *notation = groups_join(&groups);
        return TRUE;
    }
    gboolean alone = i + 1 == groups.n;
    /* Of a type's code in the middle (999-TC/QĐ/CĐKT) nothing is known for sure, and one that stands alone
     * (04/TTLB) must be the title's. */
    if (i >= groups.n || (groups.after[i] == '/' && groups.n > i + 2))
        return FALSE;
    const LtTypeName *meant = meant_type(reading, groups.text[i], ocr);
    if (!meant ||
        (alone && (meant != reading->title || g_utf8_strlen(meant->code, -1) < SHORTEST_LOOSE)))
        return FALSE;
    gboolean dot = ocr && groups.after[i] == '.';
    if (!dot && g_str_equal(meant->code, groups.text[i]))
        return FALSE;
    g_free(groups.text[i]);
    groups.text[i] = g_strdup(meant->code);
    if (dot)
        groups.after[i] = '-';
    g_free(*notation);
    *notation = groups_join(&groups);
    return TRUE;
}

gboolean
lt_notation_repair(const LtReading *reading, char **notation, gboolean ocr)
{
    gboolean dropped = !has_words(*notation) && drop_tones(notation);
    return repair_groups(reading, notation, ocr) || dropped;
}

/* Whether a word stands in the text besides the number: the unit that drafted it is named in Nơi nhận. */
static gboolean
stands_elsewhere(const LtReading *reading, const char *word)
{
    gsize length = strlen(word);
    for (guint i = 0; i < reading->lines->len; i++) {
        const LtLine *line = g_ptr_array_index(reading->lines, i);
        const char *at = line == reading->number_line ? NULL : strstr(line->text, word);
        for (; at; at = strstr(at + 1, word)) {
            gunichar before = at > line->text ? g_utf8_get_char(g_utf8_prev_char(at)) : ' ';
            if (!g_unichar_isalnum(before) && !g_unichar_isalnum(g_utf8_get_char(at + length)))
                return TRUE;
        }
    }
    return FALSE;
}

gboolean
lt_notation_confirmed(const LtReading *reading, const char *notation)
{
    g_auto(Groups) groups = {0};
    gboolean joint = lt_reading_is_joint(reading);
    groups_init(&groups, notation);
    for (guint i = groups.first; i < groups.n; i++) {
        /* The issuer's is held against the printed name elsewhere. */
        if ((!joint && g_strcmp0(groups.text[i], reading->issuer_code) == 0) ||
            is_known_group(reading, groups.text[i]))
            continue;
        if (!stands_elsewhere(reading, groups.text[i]))
            return FALSE;
    }
    return TRUE;
}
