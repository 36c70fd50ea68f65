/* What people see: text and paths made safe for a terminal, measured in columns. */
#include "cli/cli.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

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
