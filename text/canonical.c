#include "text/canonical.h"

#include <string.h>

/* Marks that may follow one another; more is nobody's writing, and ordering a long run of them
 * takes quadratic time. The figure is that of the Stream-Safe Text Format, Unicode Standard
 * Annex 15. */
#define MAX_MARKS_IN_A_ROW 30

/* Letters without a blank that are brought into the normal form in one piece. No Vietnamese letter
 * can be cut in two by it, only a Korean syllable in single letters. */
#define MAX_RUN 1000

static const struct {
    gunichar letter;
    const char *instead;
} replacements[] = {
    {0x00D0, "Đ"},   {0x0189, "Đ"},  {0x00F0, "đ"},  {0x0256, "đ"},
    {0xFB00, "ff"},  {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"},
    {0xFB04, "ffl"}, {0xFB05, "st"}, {0xFB06, "st"},
};

static gboolean
is_line_end(gunichar c)
{
    return (c >= '\n' && c <= '\r') || c == 0x0085 || c == 0x2028 || c == 0x2029;
}

static gboolean
is_invisible(gunichar c)
{
    if (c < 0x80)
        return c < ' ' || c == 0x7F;
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT;
}

static void
append_letter(GString *out, gunichar c)
{
    if (c >= 0x80)
        for (gsize i = 0; i < G_N_ELEMENTS(replacements); i++)
            if (replacements[i].letter == c) {
                g_string_append(out, replacements[i].instead);
                return;
            }
    g_string_append_unichar(out, c);
}

/* The bytes of the letter at p where it stands in canonical text as it is, whatever stands before it: ASCII,
 * and composed letters and signs whose quick check for form C says yes (Unicode Standard Annex 15) and
 * which nothing above changes. 0: it must be looked at, as what is no UTF-8. */
static gsize
plain_bytes(const guchar *p)
{
    if (p[0] < 0x80)
        return p[0] > ' ' && p[0] < 0x7F;
    if ((p[1] & 0xC0) != 0x80)
        return 0;
    if (p[0] >= 0xC2 &&
        p[0] <= 0xC8) { /* U+0080 to U+023F, without controls, blank, hyphen, Ð ð Ɖ */
        guint c = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
        return c > 0xA0 && c != 0xAD && c != 0xD0 && c != 0xF0 && c != 0x189 ? 2 : 0;
    }
    if ((p[2] & 0xC0) != 0x80)
        return 0;
    if (p[0] == 0xE1) /* U+1E00 to U+1EFF */
        return p[1] >= 0xB8 && p[1] <= 0xBB ? 3 : 0;
    return p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA7 ? 3 : 0; /* – ’ ” … */
}

/* The end of the letters from p on that stand as they are: what follows may be a mark on the last. */
static const char *
plain_end(const char *p)
{
    const char *end = p, *last = p;
    gsize bytes;

    while ((bytes = plain_bytes((const guchar *)end)) > 0) {
        last = end;
        end += bytes;
    }
    return *end == '\0' || *end == ' ' || *end == '\n' ? end : last;
}

/* Text on its way into the canonical form. Letters are gathered in run, which goes into the normal
 * form at each blank: g_utf8_normalize takes quadratic time over what it is given in one piece. */
typedef struct {
    GString *out, *run;
    guint letters, marks; /* in run; at the end of run */
    gboolean line_begins, blank_waits;
} Cleaner;

static void
end_run(Cleaner *cleaner)
{
    if (cleaner->run->len == 0)
        return;
    g_autofree char *normal =
        g_utf8_normalize(cleaner->run->str, (gssize)cleaner->run->len, G_NORMALIZE_DEFAULT_COMPOSE);
    g_string_append(cleaner->out, normal);
    g_string_truncate(cleaner->run, 0);
    cleaner->letters = cleaner->marks = 0;
}

static void
begin_letters(Cleaner *cleaner)
{
    if (cleaner->blank_waits)
        g_string_append_c(cleaner->out, ' ');
    cleaner->line_begins = cleaner->blank_waits = FALSE;
}

static void
add_plain(Cleaner *cleaner, const char *letters, gsize bytes)
{
    end_run(cleaner);
    begin_letters(cleaner);
    g_string_append_len(cleaner->out, letters, (gssize)bytes);
}

static void
add_letter(Cleaner *cleaner, gunichar c)
{
    gboolean mark = c >= 0x80 && g_unichar_combining_class(c) != 0;
    if (mark && cleaner->marks == MAX_MARKS_IN_A_ROW)
        return;
    if (cleaner->blank_waits || (cleaner->letters >= MAX_RUN && !mark))
        end_run(cleaner);
    begin_letters(cleaner);
    append_letter(cleaner->run, c);
    cleaner->letters++;
    cleaner->marks = mark ? cleaner->marks + 1 : 0;
}

static void
end_line(Cleaner *cleaner)
{
    end_run(cleaner);
    g_string_append_c(cleaner->out, '\n');
    cleaner->line_begins = TRUE;
    cleaner->blank_waits = FALSE;
}

char *
lt_text_canonical(const char *text)
{
    const char *plain = plain_end(text);
    if (*plain == '\0')
        return g_strndup(text, (gsize)(plain - text));
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) run = g_string_new(NULL);
    Cleaner cleaner = {
        .out = g_string_sized_new(strlen(valid) + 1), .run = run, .line_begins = TRUE};

    for (const char *p = valid, *end; *p; p = end) {
        gunichar c;
        if ((end = plain_end(p)) > p) {
            add_plain(&cleaner, p, (gsize)(end - p));
            continue;
        }
        c = g_utf8_get_char(p);
        end = g_utf8_next_char(p);
        if (c == '\r' && *end == '\n')
            continue;
        if (is_line_end(c))
            end_line(&cleaner);
        else if (g_unichar_isspace(c))
            cleaner.blank_waits = !cleaner.line_begins;
        else if (!is_invisible(
                     c)) /* one may stand between a letter and the mark that belongs on it */
            add_letter(&cleaner, c);
    }
    end_run(&cleaner);
    return g_string_free(cleaner.out, FALSE);
}
