#include "web/http.h"

#include <string.h>

#include <glib/gstdio.h>

/* What an escape stands for may not steer: a path is cut at '/' before. (transfer full) (nullable) */
static char *
decode(const char *text, gsize length, gboolean plus)
{
    g_autofree char *raw = g_strndup(text, length);
    g_autofree char *decoded = NULL;

    if (plus)
        g_strdelimit(raw, "+", ' ');
    decoded = g_uri_unescape_string(raw, NULL);
    if (decoded == NULL || !g_utf8_validate(decoded, -1, NULL))
        return NULL;
    return g_steal_pointer(&decoded);
}

/* (transfer full) (nullable) */
static char *
decode_path(const char *path, gsize length)
{
    g_autofree char *raw = g_strndup(path, length);
    g_auto(GStrv) segments = g_strsplit(raw, "/", -1);
    g_autoptr(GString) decoded = g_string_new(NULL);

    if (raw[0] != '/')
        return NULL;
    for (guint i = 1; segments[i] != NULL; i++) {
        g_autofree char *segment = decode(segments[i], strlen(segments[i]), FALSE);
        if (segment == NULL || strchr(segment, '/') != NULL || strcmp(segment, ".") == 0 ||
            strcmp(segment, "..") == 0)
            return NULL;
        g_string_append_printf(decoded, "/%s", segment);
    }
    return g_string_free(g_steal_pointer(&decoded), FALSE);
}

static gboolean
decode_query(GHashTable *parameters, const char *query)
{
    g_auto(GStrv) parts = g_strsplit(query, "&", -1);

    for (guint i = 0; parts[i] != NULL; i++) {
        const char *equals = strchrnul(parts[i], '=');
        g_autofree char *name = decode(parts[i], (gsize)(equals - parts[i]), TRUE);
        const char *value = *equals == '=' ? equals + 1 : equals;
        char *text = decode(value, strlen(value), TRUE);
        if (*parts[i] == '\0') {
            g_free(text);
            continue;
        }
        if (name == NULL || text == NULL ||
            g_hash_table_size(parameters) >= LT_HTTP_MAX_PARAMETERS) {
            g_free(text);
            return FALSE;
        }
        g_hash_table_replace(parameters, g_steal_pointer(&name), text);
    }
    return TRUE;
}

LtRequest *
lt_request_new(const char *method, const char *target)
{
    g_autoptr(LtRequest) request = g_new0(LtRequest, 1);
    gsize path = strcspn(target, "?#");

    request->method = g_strdup(method);
    request->parameters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    request->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (strlen(target) > LT_HTTP_MAX_TARGET || (request->path = decode_path(target, path)) == NULL)
        return NULL;
    if (target[path] == '?') {
        g_autofree char *query = g_strndup(target + path + 1, strcspn(target + path + 1, "#"));
        if (!decode_query(request->parameters, query))
            return NULL;
    }
    return g_steal_pointer(&request);
}

void
lt_request_free(LtRequest *request)
{
    if (request == NULL)
        return;
    g_free(request->method);
    g_free(request->path);
    g_clear_pointer(&request->parameters, g_hash_table_unref);
    g_clear_pointer(&request->headers, g_hash_table_unref);
    g_clear_pointer(&request->body, g_bytes_unref);
    if (request->upload != NULL)
        g_unlink(request->upload);
    g_free(request->upload);
    g_free(request->address);
    for (guint i = 0; i < LT_HTTP_MAX_CAPTURES; i++)
        g_free(request->captures[i]);
    g_free(request);
}

void
lt_request_set_header(LtRequest *request, const char *name, const char *value)
{
    g_hash_table_replace(request->headers, g_ascii_strdown(name, -1), g_utf8_make_valid(value, -1));
}

const char *
lt_request_header(const LtRequest *request, const char *name)
{
    return g_hash_table_lookup(request->headers, name);
}

const char *
lt_request_parameter(const LtRequest *request, const char *name)
{
    return g_hash_table_lookup(request->parameters, name);
}

char *
lt_request_cookie(const LtRequest *request, const char *name)
{
    const char *header = lt_request_header(request, "cookie");
    g_auto(GStrv) cookies = g_strsplit(header != NULL ? header : "", ";", -1);
    gsize length = strlen(name);

    for (guint i = 0; cookies[i] != NULL; i++) {
        const char *cookie = g_strstrip(cookies[i]);
        if (strncmp(cookie, name, length) == 0 && cookie[length] == '=')
            return g_strdup(cookie + length + 1);
    }
    return NULL;
}

gboolean
lt_request_is_safe(const LtRequest *request)
{
    return strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
}

/* RFC 9110, 12.5.4, as far as two languages need it. */
static double
language_weight(const char *header, const char *language)
{
    g_auto(GStrv) ranges = g_strsplit(header, ",", -1);
    double weight = 0;

    for (guint i = 0; ranges[i] != NULL; i++) {
        const char *range = g_strstrip(ranges[i]);
        const char *quality = strstr(range, "q=");
        if (g_ascii_strncasecmp(range, language, 2) == 0 && strchr("-;", range[2]) != NULL)
            weight = MAX(weight, quality != NULL ? g_ascii_strtod(quality + 2, NULL) : 1);
    }
    return weight;
}

gboolean
lt_request_wants_english(const LtRequest *request)
{
    const char *header = lt_request_header(request, "accept-language");

    return header != NULL && language_weight(header, "en") > language_weight(header, "vi");
}

static gboolean
parse_number(const char *text, gint64 least, gint64 most, gint64 *ret_value)
{
    return g_ascii_string_to_signed(text, 10, least, most, ret_value, NULL);
}

gboolean
lt_request_number(const LtRequest *request, const char *name, gint64 least, gint64 most,
                  gint64 *ret_value)
{
    const char *text = lt_request_parameter(request, name);

    return text == NULL || *text == '\0' || parse_number(text, least, most, ret_value);
}

gboolean
lt_request_capture(const LtRequest *request, guint capture, gint64 most, gint64 *ret_value)
{
    const char *text = request->captures[capture];

    return text != NULL && parse_number(text, 1, most, ret_value);
}
