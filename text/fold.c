#include "text/fold.h"

#include <string.h>

#include "text/canonical.h"
#include "text/letter.h"

#define SHORT_TEXT 64 /* letters of texts compared without an allocation */

/* Letters that Unicode does not decompose, and signs that a reader takes for one another. */
static const struct {
    gunichar from, to;
} folds[] = {
    {U'Đ', 'd'}, {U'đ', 'd'},   {0x00D0, 'd'}, {0x00F0, 'd'}, {0x0189, 'd'}, {0x0256, 'd'},
    {U'ı', 'i'}, {0x2010, '-'}, {0x2011, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2212, '-'},
};

/* The letter a-z under any number of marks; 0 where the sign is no such letter. */
static gunichar
latin_base(gunichar c)
{
    gunichar base, mark;
    while (c >= 0x80 && g_unichar_decompose(c, &base, &mark))
        c = base;
    return c < 0x80 && g_ascii_isalpha((char)c) ? (gunichar)g_ascii_tolower((char)c) : 0;
}

/* What letters that text is full of fold to, so that nothing need be looked up for them. A dot: not to a
 * letter a-z. */
static const char toned[] = /* U+1EA0 to U+1EF9 */
    "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuu"
    "yyyyyyyy";
static const char marked[] = /* U+00C0 to U+01B0 */
    "aaaaaa.ceeeeiiiidnooooo..uuuuy..aaaaaa.ceeeeiiiidnooooo..uuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghh..iiiiiiiiii..jjkk.llllll."
    "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz."
    ".........d......................oo.............uu";

gunichar
lt_text_fold_char(gunichar c)
{
    if (c < 0x80)
        return (gunichar)g_ascii_tolower((char)c);
    if (c >= 0x1EA0 && c < 0x1EA0 + strlen(toned))
        return (gunichar)toned[c - 0x1EA0];
    if (c >= 0xC0 && c < 0xC0 + strlen(marked) && marked[c - 0xC0] != '.')
        return (gunichar)marked[c - 0xC0];
    for (gsize i = 0; i < G_N_ELEMENTS(folds); i++)
        if (folds[i].from == c)
            return folds[i].to;
    gunichar base = latin_base(c);
    return base ? base : g_unichar_tolower(c);
}

char *
lt_text_fold(const char *text)
{
    gsize bytes = strlen(text);
    g_autofree char *mended =
        g_utf8_validate_len(text, bytes, NULL) ? NULL : g_utf8_make_valid(text, (gssize)bytes);
    const char *valid = mended ? mended : text;
    if (mended)
        bytes = strlen(mended);

    /* Ⱥ and Ⱦ, of two bytes, have a small letter of three; no other letter grows. */
    char *fold = g_malloc(bytes + bytes / 2 + 1), *end = fold;
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = lt_text_fold_char((guchar)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p));
        if (c < 0x80)
            *end++ = (char)c;
        else
            end += g_unichar_to_utf8(c, end);
    }
    *end = '\0';
    return fold;
}

char *
lt_text_letters(const char *text)
{
    char *letters = lt_text_fold(text), *end = letters;
    for (const char *p = letters, *next; *p; p = next) {
        next = g_utf8_next_char(p);
        if ((guchar)*p < 0x80 ? !g_ascii_isalnum(*p) : !g_unichar_isalnum(g_utf8_get_char(p)))
            continue;
        while (p < next)
            *end++ = *p++;
    }
    *end = '\0';
    return letters;
}

/* Moves the tone of a word that ends in oà, oè, uỳ (at letters[last]) one letter forward. In 'qu'
 * the u belongs to the consonant, and both customs write quý. */
static void
move_tone(gunichar *letters, gsize last)
{
    LtTone tone, before;
    gunichar vowel = lt_letter_split(letters[last], &tone);
    if (tone == LT_TONE_LEVEL || last == 0)
        return;
    gunichar glide = lt_letter_split(letters[last - 1], &before);
    gboolean movable = (glide == 'o' && (vowel == 'a' || vowel == 'e')) ||
                       (glide == 'u' && vowel == 'y' && (last < 2 || letters[last - 2] != 'q'));
    if (!movable || before != LT_TONE_LEVEL)
        return;
    letters[last - 1] = lt_letter_join(glide, tone);
    letters[last] = vowel;
}

char *
lt_text_level(const char *text)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_strdelimit(canonical, "\n", ' ');
    g_autofree char *line = lt_text_canonical(canonical);
    glong length = 0;
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast(line, -1, &length);
    for (glong i = 0; i < length; i++)
        letters[i] = g_unichar_tolower(letters[i]);
    for (glong i = 0; i < length; i++)
        if (!g_unichar_isalpha(letters[i + 1])) /* the array ends with a 0 */
            move_tone(letters, (gsize)i);
    return g_ucs4_to_utf8(letters, length, NULL, NULL, NULL);
}

char *
lt_text_other_custom(const char *word)
{
    const char *end = word + strlen(word);
    const char *last = g_utf8_find_prev_char(word, end);
    gsize before = last != NULL ? (gsize)(last - word) : 0;
    gboolean single = before == 1 && strchr("hklmst", word[0]) != NULL;
    LtTone tone;

    if (last == NULL || !(single || (before == 2 && word[0] == 'q' && word[1] == 'u')))
        return NULL;
    gunichar vowel = lt_letter_split(g_utf8_get_char(last), &tone);
    if (vowel != 'i' && vowel != 'y')
        return NULL;
    GString *other = g_string_new_len(word, (gssize)before);
    g_string_append_unichar(other, lt_letter_join(vowel == 'i' ? 'y' : 'i', tone));
    return g_string_free(other, FALSE);
}

char *
lt_text_number_key(const char *number)
{
    g_autofree char *folded = lt_text_fold(number);
    GString *key = g_string_sized_new(strlen(folded) + 1);
    for (const char *p = folded; *p; p++)
        if (g_ascii_isalnum(*p))
            g_string_append_c(key, *p);

    gsize first = strcspn(key->str, "0123456789");
    gsize zeros = strspn(key->str + first, "0");
    if (zeros > 0 && !g_ascii_isdigit(key->str[first + zeros]))
        zeros--;
    g_string_erase(key, (gssize)first, (gssize)zeros);
    return g_string_free(key, FALSE);
}

/* One row of the table of distances: row[j] holds the distance from the first i letters of a to the
 * first j of b, for j within the band of width limit around i; outside of it limit + 1 stands.
 * Returns: the least value of the row. (E. Ukkonen, Algorithms for approximate string matching,
 * 1985) */
static guint
distance_row(guint *row, gunichar letter, gsize i, const gunichar *b, gsize b_length, guint limit)
{
    gsize from = i > limit ? i - limit : 1;
    gsize to = MIN(b_length, i + limit);
    guint diagonal = row[from - 1];
    row[from - 1] = from == 1 && i <= limit ? (guint)i : limit + 1;
    guint least = row[from - 1];
    for (gsize j = from; j <= to; j++) {
        guint best = diagonal + (letter == b[j - 1] ? 0 : 1);
        best = MIN(best, MIN(row[j], row[j - 1]) + 1);
        diagonal = row[j];
        row[j] = MIN(best, limit + 1);
        least = MIN(least, row[j]);
    }
    return least;
}

/* Most texts that are compared are short keys in ASCII: these cost no allocation. */
typedef struct {
    gunichar room[SHORT_TEXT];
    gunichar *own; /* (nullable) of a longer one */
    const gunichar *at;
    gsize length;
} Letters;

static gboolean
is_short_ascii(const char *text, gsize bytes)
{
    for (gsize i = 0; bytes <= SHORT_TEXT && i < bytes; i++)
        if ((guchar)text[i] >= 0x80)
            return FALSE;
    return bytes <= SHORT_TEXT;
}

static void
letters_init(Letters *letters, const char *text)
{
    gsize bytes = strlen(text);
    glong length = 0;

    letters->own = NULL;
    if (is_short_ascii(text, bytes)) {
        for (gsize i = 0; i < bytes; i++)
            letters->room[i] = (gunichar)text[i];
        letters->at = letters->room;
        letters->length = bytes;
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    letters->at = letters->own = g_utf8_to_ucs4_fast(valid, -1, &length);
    letters->length = (gsize)length;
}

static void
letters_clear(Letters *letters)
{
    g_free(letters->own);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Letters, letters_clear)

guint
lt_text_distance(const char *a, const char *b, guint limit)
{
    g_auto(Letters) from, to;
    guint room[SHORT_TEXT + 1];
    g_autofree guint *own = NULL;

    letters_init(&from, a);
    letters_init(&to, b);
    limit = (guint)MIN((gsize)limit, MAX(from.length, to.length));
    if (MAX(from.length, to.length) - MIN(from.length, to.length) > limit)
        return limit + 1;
    guint *row = to.length <= SHORT_TEXT ? room : (own = g_new(guint, to.length + 1));
    for (gsize j = 0; j <= to.length; j++)
        row[j] = (guint)MIN(j, (gsize)limit + 1);
    for (gsize i = 1; i <= from.length; i++)
        if (distance_row(row, from.at[i - 1], i, to.at, to.length, limit) > limit)
            return limit + 1;
    return row[to.length];
}
