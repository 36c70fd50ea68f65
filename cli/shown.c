/* What people see: text and paths made safe for a terminal, measured in columns. */
#include "cli/cli.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

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
lt_cli_shown(const char *text)
{
    return make_safe(text, FALSE);
}

char *
lt_cli_shown_lines(const char *text)
{
    return make_safe(text, TRUE);
}

/* Bytes that are not UTF-8 become \xNN, and so do the signs that are refused. */
static char *
escape(const char *text, gboolean (*refuse)(gunichar c))
{
    g_autoptr(GString) shown = g_string_new(NULL);
    const char *end = text + strlen(text);

    while (text < end) {
        gunichar c = g_utf8_get_char_validated(text, end - text);
        gboolean valid = c < (gunichar)-2;
        gsize length = valid ? (gsize)(g_utf8_next_char(text) - text) : 1;
        if (valid && !refuse(c))
            g_string_append_len(shown, text, (gssize)length);
        else
            for (gsize i = 0; i < length; i++)
                g_string_append_printf(shown, "\\x%02X", (guchar)text[i]);
        text += length;
    }
    return g_string_free(g_steal_pointer(&shown), FALSE);
}

static gboolean
refuse_none(gunichar c)
{
    (void)c;
    return FALSE;
}

char *
lt_cli_shown_path(const char *path)
{
    return escape(path, steers);
}

char *
lt_cli_json_path(const char *path)
{
    return escape(path, refuse_none);
}

guint
lt_cli_width(const char *text)
{
    guint width = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_iszerowidth(c) && !g_unichar_iscntrl(c))
            width += g_unichar_iswide(c) ? 2 : 1;
    }
    return width;
}

#define USUAL_WIDTH 80u

guint
lt_cli_terminal_width(int fd)
{
    struct winsize size;

    if (!isatty(fd))
        return 0;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_WIDTH;
    return size.ws_col;
}

gboolean
lt_cli_terminal_styled(int fd)
{
    const char *term = g_getenv("TERM");

    return isatty(fd) && term != NULL && strcmp(term, "dumb") != 0 && g_getenv("NO_COLOR") == NULL;
}

char *
lt_cli_shown_day(const char *iso)
{
    guint year, month, day;
    g_autoptr(GDate) date = NULL;
    char text[64];

    if (iso == NULL)
        return g_strdup("");
    if (sscanf(iso, "%4u-%2u-%2u", &year, &month, &day) != 3 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return lt_cli_shown(iso);
    date = g_date_new_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
    /* A translation gives the order that its readers expect, such as %d/%m/%Y. */
    g_date_strftime(text, sizeof text, _("%Y-%m-%d"), date);
    return g_strdup(text);
}
