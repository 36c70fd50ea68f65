/* Names from the letterhead's capitals into ordinary case, as Decree 30/2020/NĐ-CP (Appendix II)
 * writes them: phrases from words.tsv and places.tsv as they stand there, units before a place
 * small, the place itself in capitals, the first word of each field of work with one capital. */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

#define MOSTLY_CAPITALS 0.7

/* A unit's name is small before the place, and what follows is the place. */
static const char *const units[] = {"tỉnh",     "thành phố", "huyện",    "quận",    "thị xã",
                                    "xã",       "phường",    "thị trấn", "đặc khu", "khu vực",
                                    "cửa khẩu", "khu",       NULL};
static const char *const small_words[] = {"và",  "của",  "các", "thuộc", "về",
                                          "cho", "trên", "tại", NULL};
/* Agencies that bear a proper name: all its words have capitals. */
static const char *const named_kinds[] = {
    "Trường",    "Đại học",   "Học viện", "Công ty",  "Tập đoàn",        "Tổng công ty",
    "Bệnh viện", "Ngân hàng", "Cao đẳng", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông",
    "Mầm non",   "Mẫu giáo",  NULL};

typedef struct {
    char **words; /* as given */
    guint n, at;
    GString *out;
    gboolean proper;  /* in a proper name: every word with a capital */
    gboolean fresh;   /* the next word begins a field of work */
    gboolean settled; /* every word so far stood in a table */
} Casing;

/* THCS, TNCS, BCH: letters that no word could be made of. */
static gboolean
is_acronym(const char *word)
{
    g_autofree char *fold = lt_text_fold(word);
    return strlen(fold) > 1 && !strpbrk(fold, "aeiouy") && lt_text_capitals(word, NULL) == 1;
}

char *
lt_case_word(const char *word)
{
    if (!*word || is_acronym(word))
        return g_strdup(word);
    g_autofree char *lower = g_utf8_strdown(word, -1);
    const char *rest = g_utf8_next_char(lower);
    GString *out = g_string_new(NULL);
    g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(lower)));
    return g_string_free(g_string_append(out, rest), FALSE);
}

/* Whether the words from here on are this phrase; punctuation after its last word does not count. */
static gboolean
phrase_here(const Casing *casing, const char *key, guint *ret_words, const char **ret_tail)
{
    guint used = 0;
    const char *tail = "";
    for (const char *k = key; *k; used++) {
        if (casing->at + used >= casing->n || *tail)
            return FALSE;
        gsize length = strcspn(k, " ");
        const char *word = casing->words[casing->at + used];
        g_autofree char *fold = lt_text_fold(word);
        if (strncmp(fold, k, length) != 0 || g_ascii_isalnum(fold[length]))
            return FALSE;
        tail = g_utf8_offset_to_pointer(word, g_utf8_strlen(k, (gssize)length));
        k += length;
        k += *k == ' ';
    }
    *ret_words = used;
    *ret_tail = tail;
    return TRUE;
}

static void
put(Casing *casing, const char *text, const char *tail)
{
    if (casing->out->len)
        g_string_append_c(casing->out, ' ');
    g_string_append(casing->out, text);
    g_string_append(casing->out, tail);
    casing->fresh = strpbrk(tail, ",;-") != NULL;
    if (casing->fresh)
        casing->proper = FALSE;
}

static gboolean
put_unit(Casing *casing)
{
    guint used;
    const char *tail;
    for (guint i = 0; units[i]; i++) {
        g_autofree char *key = lt_text_fold(units[i]);
        if (casing->out->len == 0 || !phrase_here(casing, key, &used, &tail))
            continue;
        put(casing, units[i], tail);
        casing->at += used;
        casing->proper = TRUE;
        return TRUE;
    }
    return FALSE;
}

static gboolean
same_word(const char *printed, const char *word)
{
    g_autofree char *a = lt_text_level(printed), *b = lt_text_level(word);
    gsize length = strlen(b);
    return g_str_has_prefix(a, b) && !g_unichar_isalnum(g_utf8_get_char(a + length));
}

static gboolean
put_phrase(Casing *casing, const LtRules *rules)
{
    guint used;
    const char *tail;
    for (guint i = 0; i < rules->phrases->len; i++) {
        const LtPhrase *phrase = g_ptr_array_index(rules->phrases, i);
        if (!phrase_here(casing, phrase->key, &used, &tail))
            continue;
        /* One syllable without its marks may be another word: CỬA is not "của". */
        if (phrase->words == 1 && !same_word(casing->words[casing->at], phrase->name))
            continue;
        gboolean lower = g_unichar_islower(g_utf8_get_char(phrase->name));
        if (casing->out->len == 0 && lower)
            return FALSE;
        put(casing, phrase->name, tail);
        casing->at += used;
        casing->proper = casing->proper || g_strv_contains(named_kinds, phrase->name);
        return TRUE;
    }
    return FALSE;
}

static gboolean
put_kind(Casing *casing, const LtRules *rules)
{
    guint used;
    const char *tail;
    for (guint i = 0; casing->out->len == 0 && i < rules->kinds->len; i++) {
        const LtIssuerKind *kind = g_ptr_array_index(rules->kinds, i);
        if (!phrase_here(casing, kind->key, &used, &tail))
            continue;
        put(casing, kind->name, tail);
        casing->at += used;
        casing->fresh = TRUE;
        casing->proper = g_strv_contains(named_kinds, kind->name) ||
                         g_str_has_prefix(kind->name, "Công ty ") ||
                         g_str_has_prefix(kind->name, "Tổng công ty ");
        return TRUE;
    }
    return FALSE;
}

static void
put_word(Casing *casing)
{
    const char *word = casing->words[casing->at++];
    guint letters;
    lt_text_capitals(word, &letters);
    g_autofree char *lower = g_utf8_strdown(word, -1);
    gboolean small = g_strv_contains(small_words, lower);
    gboolean capital = !small && (casing->fresh || casing->proper || casing->out->len == 0);
    casing->settled = casing->settled && (small || letters == 0);
    g_autofree char *upper = lt_case_word(word);
    gboolean keep_fresh = small || !g_unichar_isalpha(g_utf8_get_char(word));
    gboolean was_fresh = casing->fresh || small;
    put(casing, capital || is_acronym(word) ? upper : lower, "");
    casing->proper = casing->proper || is_acronym(word);
    casing->fresh = (keep_fresh && was_fresh) || g_str_has_suffix(word, ",") ||
                    (!g_unichar_isalpha(g_utf8_get_char(word)) && word[0] != '(');
}

/* Recognition glues words together: "DÂNTỈNH" is two, where the second names a unit. (transfer
 * full) */
static char *
part_glued(const char *name)
{
    g_auto(GStrv) words = g_strsplit(name, " ", -1);
    for (guint i = 0; words[i]; i++) {
        if (lt_text_is_syllable(words[i]))
            continue;
        g_autofree char *lower = g_utf8_strdown(words[i], -1);
        for (guint u = 0; units[u]; u++) {
            gsize length = strlen(lower), tail = strcspn(units[u], " ");
            if (length <= tail || strncmp(lower + length - tail, units[u], tail) != 0)
                continue;
            glong cut = g_utf8_strlen(lower, (gssize)(length - tail));
            g_autofree char *head = lt_text_slice(words[i], 0, (guint)cut);
            if (!lt_text_is_syllable(head))
                continue;
            char *parted = g_strconcat(head, " ", g_utf8_offset_to_pointer(words[i], cut), NULL);
            g_free(words[i]);
            words[i] = parted;
            break;
        }
    }
    return g_strjoinv(" ", words);
}

char *
lt_case_agency(const LtRules *rules, const char *name, gboolean *ret_settled)
{
    *ret_settled = FALSE;
    if (lt_text_capitals(name, NULL) < MOSTLY_CAPITALS)
        return g_strdup(name);
    g_autofree char *whole = lt_naming_expand(rules->authority, name);
    g_autofree char *parted = part_glued(whole);
    g_auto(GStrv) words = g_strsplit(parted, " ", -1);
    Casing casing = {
        .words = words, .n = g_strv_length(words), .out = g_string_new(NULL), .settled = TRUE};
    while (casing.at < casing.n) {
        if (!*words[casing.at]) {
            casing.at++;
            continue;
        }
        if (!put_kind(&casing, rules) && !put_phrase(&casing, rules) && !put_unit(&casing))
            put_word(&casing);
    }
    *ret_settled = casing.settled;
    return g_string_free(casing.out, FALSE);
}
