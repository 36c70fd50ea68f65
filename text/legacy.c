#include "text/legacy.h"

#include <string.h>

#include "text/fold.h"
#include "text/legacy-tables.h"
#include "text/letter.h"
#include "text/syllable.h"

#define SUBSET_TAG 6 /* letters before the '+' */

static const struct {
    const char *beginning; /* of a font's name, small */
    LtLegacyCode code;
} font_names[] = {
    {".vn", LT_LEGACY_TCVN3}, {"vni", LT_LEGACY_VNI},    {"vn", LT_LEGACY_TCVN3},
    {"vps", LT_LEGACY_VPS},   {"vi ", LT_LEGACY_VISCII},
};

/* What follows the family in a font's name. */
static const char *const font_styles[] = {"bold", "italic", "oblique", "regular", "normal"};

/* Words that a document has in its head, always in capitals or each with one; levelled. */
static const char *const capital_words[] = {
    "xã hội chủ nghĩa việt nam",
    "độc lập - tự do - hạnh phúc",
    "đảng cộng sản việt nam",
};

static gsize
family_length(const char *name)
{
    gsize length = strcspn(name, ",-");
    for (gsize i = 0; i < G_N_ELEMENTS(font_styles);) {
        gsize style = strlen(font_styles[i]);
        if (length > style &&
            g_ascii_strncasecmp(name + length - style, font_styles[i], style) == 0) {
            length -= style;
            i = 0;
        } else {
            i++;
        }
    }
    while (length > 0 && name[length - 1] == ' ')
        length--;
    return length;
}

LtLegacyFont
lt_legacy_font(const char *name)
{
    LtLegacyFont font = {LT_LEGACY_NONE, FALSE};
    if (name && strcspn(name, "+") == SUBSET_TAG && name[SUBSET_TAG])
        name += SUBSET_TAG + 1;
    for (gsize i = 0; name && i < G_N_ELEMENTS(font_names); i++) {
        gsize length = strlen(font_names[i].beginning);
        if (g_ascii_strncasecmp(name, font_names[i].beginning, length) != 0)
            continue;
        gsize family = family_length(name);
        font.code = font_names[i].code;
        font.capitals = font.code == LT_LEGACY_TCVN3 && family > length && name[family - 1] == 'H';
        break;
    }
    return font;
}

gboolean
lt_legacy_has_signs(const char *text)
{
    static const gunichar plain[] = U"\u00A0«»·°²³";
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        if ((guchar)*p < 0x80)
            continue;
        gunichar c = g_utf8_get_char(p);
        if (c > 0xFF && c != 0x2212 && c != 0x2219)
            continue;
        gboolean sign = !lt_letter_is_marked(g_unichar_tolower(c));
        for (gsize i = 0; sign && plain[i]; i++)
            sign = plain[i] != c;
        if (sign && (lt_legacy_letter(LT_LEGACY_TCVN3, c) || lt_legacy_letter(LT_LEGACY_VNI, c) ||
                     lt_legacy_letter(LT_LEGACY_VISCII, c) || lt_legacy_vni_mark('a', c)))
            return TRUE;
    }
    return FALSE;
}

/* A word's signs while it is decoded. */
typedef struct {
    LtLegacyCode code;
    const gunichar *signs;
    glong n;
} Word;

static gunichar
letter_at(const Word *word, glong i)
{
    gunichar letter = lt_legacy_letter(word->code, word->signs[i]);
    return letter ? letter : word->signs[i];
}

static gboolean
is_letter_at(const Word *word, glong i)
{
    return i >= 0 && i < word->n && g_unichar_isalpha(letter_at(word, i));
}

static gboolean
is_digit_at(const Word *word, glong i)
{
    return i >= 0 && i < word->n && g_unichar_isdigit(word->signs[i]);
}

/* Whether the letters [from, end), with instead for the sign at place at, are a syllable. Nothing at
 * all is one. */
static gboolean
is_syllable(const Word *word, glong from, glong end, glong at, gunichar instead)
{
    g_autoptr(GString) letters = g_string_new(NULL);
    for (glong i = from; i < end; i++)
        g_string_append_unichar(letters, i == at ? instead : letter_at(word, i));
    return letters->len == 0 || lt_text_is_syllable(letters->str);
}

/* The letters around the sign at place i. */
static void
find_letters(const Word *word, glong i, glong *ret_from, glong *ret_end)
{
    *ret_from = i;
    *ret_end = i + 1;
    while (is_letter_at(word, *ret_from - 1))
        --*ret_from;
    while (is_letter_at(word, *ret_end))
        ++*ret_end;
}

/* A hyphen may be the ư of TCVN3: PDF's own encoding has it at that place, too. It is where it makes a
 * syllable of what is none. */
static gboolean
hyphen_is_letter(const Word *word, glong i)
{
    glong from, end;
    find_letters(word, i, &from, &end);
    glong before = i - from, behind = end - i - 1;
    if (before + behind == 0 || is_digit_at(word, from - 1) || is_digit_at(word, end) ||
        !is_syllable(word, from, end, i, U'ư'))
        return FALSE;
    if (behind == 0 && before == 1) /* 'tư' and no other: 'b-' begins a list */
        return g_unichar_tolower(word->signs[from]) == 't';
    if (before == 0 && behind == 1) /* 'ưu' */
        return word->signs[i + 1] == 'u';
    return !is_syllable(word, from, i, -1, 0) || !is_syllable(word, i + 1, end, -1, 0);
}

/* A sign of arithmetic or a bullet is a letter next to letters only, and none where it stands before
 * a word that is whole without it. */
static gboolean
sign_is_letter(const Word *word, glong i)
{
    static const gunichar bullets[] = {0x2212, 0x2219, U'·'};
    gunichar sign = word->signs[i];
    gboolean letters = is_letter_at(word, i - 1) || is_letter_at(word, i + 1);
    gboolean digits = is_digit_at(word, i - 1) || is_digit_at(word, i + 1);
    if (digits && !letters)
        return g_unichar_tolower(letter_at(word, i)) == U'đ';
    for (gsize k = 0; k < G_N_ELEMENTS(bullets); k++) {
        if (bullets[k] != sign)
            continue;
        glong from, end;
        find_letters(word, i, &from, &end);
        gboolean whole = from < i || is_syllable(word, from, end, -1, 0);
        return letters && (whole || !is_syllable(word, i + 1, end, -1, 0));
    }
    return TRUE;
}

static gunichar
decode_sign(const Word *word, glong i)
{
    gunichar sign = word->signs[i];
    if (sign == '-' && word->code == LT_LEGACY_TCVN3)
        return hyphen_is_letter(word, i) ? U'ư' : sign;
    gunichar letter = lt_legacy_letter(word->code, sign);
    if (letter && !sign_is_letter(word, i))
        return sign;
    return letter ? letter : sign;
}

static void
append_char(GString *out, gunichar c, gboolean capitals)
{
    g_string_append_unichar(out, capitals ? g_unichar_toupper(c) : c);
}

static void
append_word(GString *out, const Word *word, gboolean capitals)
{
    gunichar waiting = 0; /* for the marks behind it */
    for (glong i = 0; i < word->n; i++) {
        gunichar marked = 0;
        if (waiting && word->code == LT_LEGACY_VNI)
            marked = lt_legacy_vni_mark(waiting, word->signs[i]);
        if (marked) {
            waiting = marked;
            continue;
        }
        if (waiting)
            append_char(out, waiting, capitals);
        waiting = decode_sign(word, i);
    }
    if (waiting)
        append_char(out, waiting, capitals);
}

char *
lt_legacy_decode(const char *text, LtLegacyCode code, gboolean capitals)
{
    g_return_val_if_fail(code < LT_N_LEGACY_CODES, NULL);
    GString *out = g_string_sized_new(strlen(text) + 1);
    glong n = 0, end;
    g_autofree gunichar *signs = g_utf8_to_ucs4_fast(text, -1, &n);
    for (glong i = 0; i < n; i = end) {
        for (end = i; end < n && !g_unichar_isspace(signs[end]);)
            end++;
        Word word = {code, signs + i, end - i};
        append_word(out, &word, capitals);
        if (end < n)
            g_string_append_unichar(out, signs[end++]);
    }
    return g_string_free(out, FALSE);
}

/* How a word is written, as far as letters tell that are never wrong: those without marks, and Đ. */
typedef enum {
    CASE_OPEN, /* one capital at most, and marked letters */
    CASE_SMALL,
    CASE_CAPITAL
} WordCase;

typedef struct {
    const char *start;
    gsize bytes;
    WordCase written;
    gboolean has_small; /* marked letters that are small */
} CasedWord;

static CasedWord
look_at_case(const char *start, gsize bytes)
{
    CasedWord word = {start, bytes, CASE_OPEN, FALSE};
    guint capitals = 0, small = 0, marked = 0;
    gboolean within = FALSE; /* a capital behind other letters */
    for (const char *p = start; p < start + bytes; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        within = within || (p > start && g_unichar_isupper(c));
        if (g_unichar_isupper(c))
            capitals++;
        else if (g_ascii_islower((char)c) && c < 0x80)
            small++;
        else if (lt_letter_is_marked(c))
            marked++;
    }
    word.has_small = marked > 0;
    if (small > 0)
        word.written = CASE_SMALL;
    else if (capitals >= 2 || within)
        word.written = CASE_CAPITAL;
    return word;
}

/* Of the words of a line beside an open one, the nearest that is not open. */
static const CasedWord *
nearest(GArray *words, gssize i, gssize step)
{
    for (i += step; i >= 0 && i < (gssize)words->len; i += step) {
        const CasedWord *word = &g_array_index(words, CasedWord, i);
        if (word->written != CASE_OPEN)
            return word;
    }
    return NULL;
}

static gboolean
is_capital(GArray *words, guint i)
{
    const CasedWord *word = &g_array_index(words, CasedWord, i);
    if (!word->has_small || word->written == CASE_SMALL)
        return FALSE;
    if (word->written == CASE_CAPITAL)
        return TRUE;
    const CasedWord *before = nearest(words, i, -1), *after = nearest(words, i, 1);
    if ((before && before->written == CASE_SMALL) || (after && after->written == CASE_SMALL))
        return FALSE;
    /* An abbreviation beside a name says nothing about the name: 'UBND Hà' goes on somewhere. */
    return (before && before->has_small) || (after && after->has_small);
}

/* Words are letters in a row here: 'Số' of 'Số:5/NĐ-CP' is one. Returns: (transfer full) GArray of
 * CasedWord. */
static GArray *
find_cased_words(const char *line, gsize bytes)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(CasedWord));
    for (const char *p = line, *end; p < line + bytes; p = end) {
        for (end = p; end < line + bytes && g_unichar_isalpha(g_utf8_get_char(end));)
            end = g_utf8_next_char(end);
        if (end > p) {
            CasedWord word = look_at_case(p, (gsize)(end - p));
            g_array_append_val(words, word);
        } else {
            end = g_utf8_next_char(end);
        }
    }
    return words;
}

static void
append_line(GString *out, const char *line, gsize bytes)
{
    g_autoptr(GArray) words = find_cased_words(line, bytes);
    const char *done = line;
    for (guint i = 0; i < words->len; i++) {
        const CasedWord *word = &g_array_index(words, CasedWord, i);
        if (!is_capital(words, i))
            continue;
        g_string_append_len(out, done, word->start - done);
        done = word->start + word->bytes;
        for (const char *p = word->start; p < done; p = g_utf8_next_char(p))
            append_char(out, g_utf8_get_char(p), TRUE);
    }
    g_string_append_len(out, done, line + bytes - done);
}

char *
lt_legacy_mend_capitals(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 1);
    for (const char *line = text;;) {
        gsize bytes = strcspn(line, "\n");
        append_line(out, line, bytes);
        line += bytes;
        if (!*line)
            return g_string_free(out, FALSE);
        g_string_append_c(out, '\n');
        line++;
    }
}

gboolean
lt_legacy_lost_capitals(const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (g_unichar_isupper(g_utf8_get_char(p)))
            return FALSE;
    g_autofree char *level = lt_text_level(text);
    for (gsize i = 0; i < G_N_ELEMENTS(capital_words); i++)
        if (strstr(level, capital_words[i]))
            return TRUE;
    return FALSE;
}
