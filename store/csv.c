#include "store/private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_VALUES 100u /* of a line */

void
lt_csv_append(GString *csv, const char *value)
{
    gboolean guard = value != NULL && *value != '\0' && strchr("=+-@\t\r", *value) != NULL;

    if (value == NULL)
        return;
    if (!guard && strpbrk(value, ",\"\r\n\f") == NULL) {
        g_string_append(csv, value);
        return;
    }
    g_string_append(csv, guard ? "\"'" : "\"");
    for (const char *p = value; *p != '\0'; p++) {
        if (*p == '"')
            g_string_append_c(csv, '"');
        g_string_append_c(csv, *p);
    }
    g_string_append_c(csv, '"');
}

void
lt_csv_append_line(GString *csv, const char *const *values, guint n)
{
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(csv, ',');
        lt_csv_append(csv, values[i]);
    }
    g_string_append(csv, "\r\n");
}

/* The value that begins at *at; *at is then at what ends it. NULL: quotes that do not close, or text
 * behind them. */
static char *
take_value(const char **at)
{
    GString *value = g_string_new(NULL);
    const char *p = *at;
    gboolean closed = *p != '"';

    if (closed) {
        gsize length = strcspn(p, ",\r\n");
        g_string_append_len(value, p, (gssize)length);
        p += length;
    } else {
        for (p++; *p != '\0' && (*p != '"' || p[1] == '"'); p++) {
            g_string_append_c(value, *p);
            p += *p == '"';
        }
        closed = *p == '"' && (p[1] == '\0' || strchr(",\r\n", p[1]) != NULL);
        p += *p == '"';
    }
    *at = p;
    return g_string_free(value, !closed);
}

/* Returns: (transfer full), NULL where it is none, or one of too many values. */
static char **
take_line(const char **at)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    const char *p = *at;

    for (;;) {
        char *value = values->len < MAX_VALUES ? take_value(&p) : NULL;
        if (value == NULL)
            return NULL;
        g_ptr_array_add(values, value);
        if (*p != ',')
            break;
        p++;
    }
    p += *p == '\r';
    p += *p == '\n';
    *at = p;
    g_ptr_array_add(values, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&values), FALSE);
}

GPtrArray *
lt_csv_parse(const char *text, guint max_lines, GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

    if (g_str_has_prefix(text, LT_CSV_MARK))
        text += strlen(LT_CSV_MARK);
    while (*text != '\0') {
        if (lines->len >= max_lines) {
            g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                        _("it has more than %u lines"), max_lines);
            return NULL;
        }
        char **line = take_line(&text);
        if (line == NULL) {
            g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                        _("line %u is no CSV: its quotes do not match, or it has more than %u "
                          "values"),
                        lines->len + 1, MAX_VALUES);
            return NULL;
        }
        g_ptr_array_add(lines, line);
    }
    return g_steal_pointer(&lines);
}
