#include "text/shown.h"

#include <string.h>

/* Bidirectional marks and line separators could make a line read other than it is. */
static gboolean
steers(gunichar c)
{
    return g_unichar_iscntrl(c) || c == 0x00AD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static char *
make_safe(const char *text, gboolean lines)
{
    g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
    g_autoptr(GString) safe = g_string_sized_new(strlen(valid));

    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (lines && c == '\n')
            g_string_append_c(safe, '\n');
        else if (c == '\n' || c == '\r' || c == '\t' || c == '\f')
            g_string_append_c(safe, lines && c != '\t' ? '\n' : ' ');
        else
            g_string_append_unichar(safe, steers(c) ? 0xFFFD : c);
    }
    return g_string_free(g_steal_pointer(&safe), FALSE);
}

char *
lt_shown(const char *text)
{
    return make_safe(text, FALSE);
}

char *
lt_shown_lines(const char *text)
{
    return make_safe(text, TRUE);
}

/* Bytes that are not UTF-8 become \xNN, and so do the signs that steer. */
char *
lt_shown_path(const char *text)
{
    g_autoptr(GString) shown = g_string_new(NULL);
    const char *end = text + strlen(text);

    while (text < end) {
        gunichar c = g_utf8_get_char_validated(text, end - text);
        gboolean valid = c < (gunichar)-2;
        gsize length = valid ? (gsize)(g_utf8_next_char(text) - text) : 1;
        if (valid && !steers(c))
            g_string_append_len(shown, text, (gssize)length);
        else
            for (gsize i = 0; i < length; i++)
                g_string_append_printf(shown, "\\x%02X", (guchar)text[i]);
        text += length;
    }
    return g_string_free(g_steal_pointer(&shown), FALSE);
}
