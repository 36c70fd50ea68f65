#include "store/json-text.h"

#include <math.h>
#include <string.h>

void
lt_json_append_string(GString *json, const char *text)
{
    g_autofree char *valid = NULL;

    if (text == NULL) {
        g_string_append(json, "null");
        return;
    }
    if (!g_utf8_validate(text, -1, NULL))
        text = valid = g_utf8_make_valid(text, -1);
    g_string_append_c(json, '"');
    for (const char *p = text; *p != '\0'; p++) {
        guchar c = (guchar)*p;
        if (c == '"' || c == '\\')
            g_string_append_printf(json, "\\%c", c);
        else if (c == '\n')
            g_string_append(json, "\\n");
        else if (c < 0x20 || c == 0x7F)
            g_string_append_printf(json, "\\u%04x", c);
        else
            g_string_append_c(json, (char)c);
    }
    g_string_append_c(json, '"');
}

/* Parts of a page and confidences: four places after the point are what word boxes have. */
void
lt_json_append_real(GString *json, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    if (!isfinite(value)) {
        g_string_append(json, "null");
        return;
    }
    g_ascii_formatd(buffer, sizeof buffer, "%.4f", value);
    gsize length = strlen(buffer);
    while (buffer[length - 1] == '0')
        length--;
    if (buffer[length - 1] == '.')
        length--;
    g_string_append_len(json, buffer, (gssize)length);
}

void
lt_json_append_integer(GString *json, guint64 value)
{
    g_string_append_printf(json, "%" G_GUINT64_FORMAT, value);
}

/* 0 is none. */
void
lt_json_append_id(GString *json, gint64 id)
{
    if (id == 0)
        g_string_append(json, "null");
    else
        g_string_append_printf(json, "%" G_GINT64_FORMAT, id);
}

void
lt_json_separate(GString *json)
{
    char last = json->str[json->len - 1];

    if (last != '{' && last != '[')
        g_string_append_c(json, ',');
}

void
lt_json_append_key(GString *json, const char *key)
{
    lt_json_separate(json);
    lt_json_append_string(json, key);
    g_string_append_c(json, ':');
}

void
lt_json_put_string(GString *json, const char *key, const char *value)
{
    lt_json_append_key(json, key);
    lt_json_append_string(json, value);
}

void
lt_json_put_integer(GString *json, const char *key, guint64 value)
{
    lt_json_append_key(json, key);
    lt_json_append_integer(json, value);
}

void
lt_json_put_real(GString *json, const char *key, double value)
{
    lt_json_append_key(json, key);
    lt_json_append_real(json, value);
}

void
lt_json_put_bool(GString *json, const char *key, gboolean value)
{
    lt_json_append_key(json, key);
    g_string_append(json, value ? "true" : "false");
}

/* A path is bytes: those that are not UTF-8 are written as \xNN. */
char *
lt_json_path(const char *path)
{
    GString *text = g_string_new(NULL);
    const char *end;

    while (!g_utf8_validate(path, -1, &end)) {
        g_string_append_len(text, path, end - path);
        g_string_append_printf(text, "\\x%02X", (guchar)*end);
        path = end + 1;
    }
    g_string_append(text, path);
    return g_string_free(text, FALSE);
}

void
lt_json_put_id(GString *json, const char *key, gint64 id)
{
    lt_json_append_key(json, key);
    lt_json_append_id(json, id);
}

void
lt_json_put_path(GString *json, const char *key, const char *path)
{
    g_autofree char *text = path != NULL ? lt_json_path(path) : NULL;

    lt_json_put_string(json, key, text);
}

void
lt_json_begin(GString *json, const char *key, char bracket)
{
    if (key != NULL)
        lt_json_append_key(json, key);
    else if (json->len > 0)
        lt_json_separate(json);
    g_string_append_c(json, bracket);
}
