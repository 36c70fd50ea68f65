/* Which code a text is in: the one in which its words with signs become Vietnamese syllables. */
#include "text/legacy.h"
#include "text/legacy-tables.h"
#include "text/letter.h"
#include "text/syllable.h"

#define MOST_BYTES (64u << 10) /* of a text are looked at */
#define ENOUGH_WORDS 2         /* with signs, where no font gives a hint */

/* Shares of the words with signs. Of text in a code, nine in ten and more are syllables once it is
 * decoded, and a third or fewer before that, by chance: 'Sè' for 'Số'. */
#define MIN_AFTER 0.8
#define MAX_BEFORE 0.6
#define MAX_UNICODE 0.1

typedef struct {
    guint words;         /* that hold signs or marked letters, and letters only */
    guint before, after; /* of these, syllables as they stand and once decoded */
    guint unicode;       /* with Vietnamese letters that are Unicode already */
} Reading;

/* Without what stands around the letters. Returns: (transfer full), "" where there are none. */
static char *
trim(const char *word)
{
    const char *start = NULL, *end = word;
    for (const char *p = word; *p; p = g_utf8_next_char(p))
        if (g_unichar_isalpha(g_utf8_get_char(p))) {
            start = start ? start : p;
            end = g_utf8_next_char(p);
        }
    return start ? g_strndup(start, (gsize)(end - start)) : g_strdup("");
}

static gboolean
is_letters(const char *word)
{
    for (const char *p = word; *p; p = g_utf8_next_char(p))
        if (!g_unichar_isalpha(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

static gboolean
has_unicode(const char *word, LtLegacyCode code)
{
    for (const char *p = word; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c > 0xFF && lt_letter_is_marked(g_unichar_tolower(c)) && !lt_legacy_letter(code, c))
            return TRUE;
    }
    return FALSE;
}

static void
read_word(Reading *reading, const char *word, LtLegacyCode code)
{
    g_autofree char *decoded = lt_legacy_decode(word, code, FALSE);
    g_autofree char *raw = trim(word);
    g_autofree char *letters = trim(decoded);
    if (g_str_is_ascii(raw) && g_str_is_ascii(letters))
        return;
    reading->unicode += has_unicode(raw, code);
    if (!is_letters(letters))
        return;
    reading->words++;
    reading->before += lt_text_is_syllable(raw);
    reading->after += lt_text_is_syllable(letters);
}

static Reading
read_as(const char *text, LtLegacyCode code)
{
    Reading reading = {0};
    gunichar c;
    for (const char *p = text, *end; *p && p < text + MOST_BYTES; p = end) {
        gboolean ascii = TRUE;
        for (end = p; (c = g_utf8_get_char(end)) && !g_unichar_isspace(c);
             end = g_utf8_next_char(end))
            ascii = ascii && c < 0x80;
        if (!ascii) {
            g_autofree char *word = g_strndup(p, (gsize)(end - p));
            read_word(&reading, word, code);
        }
        if (c)
            end = g_utf8_next_char(end);
    }
    return reading;
}

static gboolean
is_code(const Reading *reading, gboolean hinted)
{
    return reading->words >= (hinted ? 1 : ENOUGH_WORDS) &&
           reading->after >= MIN_AFTER * reading->words &&
           reading->before <= MAX_BEFORE * reading->words &&
           reading->unicode <= MAX_UNICODE * reading->words;
}

LtLegacyCode
lt_legacy_detect(const char *text, LtLegacyCode hint)
{
    LtLegacyCode best = LT_LEGACY_NONE;
    guint most = 0;
    for (LtLegacyCode code = LT_LEGACY_TCVN3; code < LT_N_LEGACY_CODES; code++) {
        Reading reading = read_as(text, code);
        gboolean better = reading.after > most || (reading.after == most && code == hint);
        if (better && is_code(&reading, code == hint)) {
            best = code;
            most = reading.after;
        }
    }
    return best;
}

gboolean
lt_legacy_fits(const char *text, LtLegacyCode code)
{
    Reading reading = read_as(text, code);
    return reading.unicode == 0 && reading.after >= reading.before;
}
