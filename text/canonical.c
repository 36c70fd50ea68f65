#include "text/canonical.h"

#include <string.h>

/* Marks that may follow one another; more is nobody's writing, and ordering a long run of them
 * takes quadratic time. The figure is that of the Stream-Safe Text Format, Unicode Standard
 * Annex 15. */
#define MAX_MARKS_IN_A_ROW 30

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

/* Everything but the normal form. Invisible characters go first, for one may stand between a letter
 * and the mark that belongs on it. */
static GString *
clean(const char *text)
{
    GString *out = g_string_sized_new(strlen(text) + 1);
    gboolean line_begins = TRUE, blank_waits = FALSE;
    guint marks = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '\r' && p[1] == '\n')
            continue;
        if (is_line_end(c)) {
            g_string_append_c(out, '\n');
            line_begins = TRUE;
            blank_waits = FALSE;
            marks = 0;
            continue;
        }
        if (g_unichar_isspace(c)) {
            blank_waits = !line_begins;
            continue;
        }
        if (is_invisible(c))
            continue;
        marks = c >= 0x80 && g_unichar_combining_class(c) != 0 ? marks + 1 : 0;
        if (marks > MAX_MARKS_IN_A_ROW)
            continue;
        if (blank_waits)
            g_string_append_c(out, ' ');
        line_begins = blank_waits = FALSE;
        append_letter(out, c);
    }
    return out;
}

char *
lt_text_canonical(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) cleaned = clean(valid);
    return g_utf8_normalize(cleaned->str, (gssize)cleaned->len, G_NORMALIZE_DEFAULT_COMPOSE);
}
