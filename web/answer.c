#include "web/http.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "ingest/ingest.h"
#include "store/store.h"

LtAnswer *
lt_answer_new(guint status)
{
    LtAnswer *answer = g_new0(LtAnswer, 1);

    answer->status = status;
    answer->headers = g_ptr_array_new_with_free_func(g_free);
    return answer;
}

void
lt_answer_free(LtAnswer *answer)
{
    if (answer == NULL)
        return;
    g_free(answer->type);
    g_clear_pointer(&answer->body, g_bytes_unref);
    g_ptr_array_unref(answer->headers);
    g_free(answer->etag);
    g_free(answer->token);
    g_free(answer);
}

void
lt_answer_add_header(LtAnswer *answer, const char *name, const char *value)
{
    g_ptr_array_add(answer->headers, g_strdup(name));
    g_ptr_array_add(answer->headers, g_strdup(value));
}

const char *
lt_answer_header(const LtAnswer *answer, const char *name)
{
    for (guint i = 0; i < answer->headers->len; i += 2)
        if (g_ascii_strcasecmp(g_ptr_array_index(answer->headers, i), name) == 0)
            return g_ptr_array_index(answer->headers, i + 1);
    return NULL;
}

LtAnswer *
lt_answer_json(guint status, char *json)
{
    LtAnswer *answer = lt_answer_new(status);

    answer->type = g_strdup("application/json");
    answer->body = g_bytes_new_take(json, strlen(json));
    return answer;
}

const char *
lt_http_status_name(guint status)
{
    static const struct {
        guint status;
        const char *name;
    } names[] = {
        {200, "OK"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {507, "Insufficient Storage"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].status == status)
            return names[i].name;
    return "Unknown";
}

LtAnswer *
lt_answer_problem_with(guint status, const char *detail, const char *key, const char *json)
{
    GString *problem = g_string_new("{");
    LtAnswer *answer;

    lt_json_put_string(problem, "type", "about:blank");
    lt_json_put_string(problem, "title", lt_http_status_name(status));
    lt_json_put_integer(problem, "status", status);
    lt_json_put_string(problem, "detail", detail);
    if (key != NULL) {
        lt_json_append_key(problem, key);
        g_string_append(problem, json);
    }
    g_string_append_c(problem, '}');
    answer = lt_answer_json(status, g_string_free(problem, FALSE));
    g_free(answer->type);
    answer->type = g_strdup("application/problem+json");
    if (status == 503 || status == 429)
        lt_answer_add_header(answer, "Retry-After", status == 503 ? "1" : "60");
    return answer;
}

LtAnswer *
lt_answer_problem(guint status, const char *detail)
{
    return lt_answer_problem_with(status, detail, NULL, NULL);
}

LtAnswer *
lt_answer_error(const GError *error)
{
    static const guint statuses[] = {
        [LT_STORE_ERROR_MISSING] = 503,   [LT_STORE_ERROR_NEWER] = 503,
        [LT_STORE_ERROR_DAMAGED] = 500,   [LT_STORE_ERROR_READ_ONLY] = 503,
        [LT_STORE_ERROR_BUSY] = 503,      [LT_STORE_ERROR_FULL] = 507,
        [LT_STORE_ERROR_IO] = 500,        [LT_STORE_ERROR_CHANGED] = 409,
        [LT_STORE_ERROR_NOT_FOUND] = 404, [LT_STORE_ERROR_INVALID] = 422,
        [LT_STORE_ERROR_CONFLICT] = 409,  [LT_STORE_ERROR_STOPPED] = 503,
    };
    guint status = 500;

    if (error->domain == LT_STORE_ERROR && (guint)error->code < G_N_ELEMENTS(statuses))
        status = statuses[error->code];
    if (error->domain == LT_INGEST_ERROR)
        status = 422;
    /* What went wrong inside, with its paths, is for the log. */
    if (status == 500) {
        g_warning("%s", error->message);
        return lt_answer_problem(500, _("something went wrong here; the server's log says more"));
    }
    if (g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_STOPPED))
        return lt_answer_problem(503, _("the search took too long: add a word or a filter"));
    return lt_answer_problem(status, error->message);
}

/* --- conditions --- */

static gboolean
etag_matches(const char *header, const char *etag)
{
    g_auto(GStrv) tags = g_strsplit(header, ",", -1);

    for (guint i = 0; tags[i] != NULL; i++) {
        const char *tag = g_strstrip(tags[i]);
        if (strcmp(tag, "*") == 0 || strcmp(g_str_has_prefix(tag, "W/") ? tag + 2 : tag, etag) == 0)
            return TRUE;
    }
    return FALSE;
}

typedef enum { RANGE_NONE, RANGE_PART, RANGE_BAD } RangeKind;

/* One range of bytes (RFC 9110, 14.1.2); several at once are answered by the whole, which is allowed. */
static RangeKind
parse_range(const char *header, guint64 size, guint64 *ret_first, guint64 *ret_last)
{
    const char *range = header + strlen("bytes=");
    guint64 first = 0, last = 0;
    g_auto(GStrv) ends = NULL;

    if (g_ascii_strncasecmp(header, "bytes=", strlen("bytes=")) != 0 || strchr(range, ',') != NULL)
        return RANGE_NONE;
    ends = g_strsplit(range, "-", -1);
    if (g_strv_length(ends) != 2 || (*ends[0] == '\0' && *ends[1] == '\0') ||
        (*ends[0] != '\0' &&
         !g_ascii_string_to_unsigned(ends[0], 10, 0, G_MAXINT64, &first, NULL)) ||
        (*ends[1] != '\0' && !g_ascii_string_to_unsigned(ends[1], 10, 0, G_MAXINT64, &last, NULL)))
        return RANGE_NONE;
    if (*ends[0] == '\0') {
        first = size - MIN(last, size);
        last = size - 1;
    } else if (*ends[1] == '\0') {
        last = G_MAXINT64;
    } else if (last < first) {
        return RANGE_NONE;
    }
    if (first >= size)
        return RANGE_BAD;
    *ret_first = first;
    *ret_last = MIN(last, size - 1);
    return RANGE_PART;
}

static void
cut_range(LtAnswer *answer, const LtRequest *request)
{
    const char *header = lt_request_header(request, "range");
    const char *condition = lt_request_header(request, "if-range");
    guint64 size = g_bytes_get_size(answer->body), first = 0, last = 0;
    RangeKind kind =
        header != NULL && (condition == NULL || g_strcmp0(condition, answer->etag) == 0)
            ? parse_range(header, size, &first, &last)
            : RANGE_NONE;
    g_autofree char *range = NULL;

    lt_answer_add_header(answer, "Accept-Ranges", "bytes");
    if (kind == RANGE_NONE)
        return;
    if (kind == RANGE_BAD) {
        range = g_strdup_printf("bytes */%" G_GUINT64_FORMAT, size);
        answer->status = 416;
        g_clear_pointer(&answer->body, g_bytes_unref);
        g_clear_pointer(&answer->type, g_free);
    } else {
        GBytes *whole = answer->body;
        range =
            g_strdup_printf("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                            first, last, size);
        answer->status = 206;
        answer->body = g_bytes_new_from_bytes(whole, (gsize)first, (gsize)(last - first + 1));
        g_bytes_unref(whole);
    }
    lt_answer_add_header(answer, "Content-Range", range);
}

/* The page loads nothing from elsewhere, runs nothing but its own files, and stands in no frame. */
static const char *const ALWAYS[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
     "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
};

void
lt_answer_finish(LtAnswer *answer, const LtRequest *request)
{
    const char *known = lt_request_header(request, "if-none-match");

    if (answer->etag != NULL)
        lt_answer_add_header(answer, "ETag", answer->etag);
    if (lt_answer_header(answer, "Cache-Control") == NULL)
        lt_answer_add_header(answer, "Cache-Control",
                             answer->cached ? "private, no-cache" : "no-store");
    if (answer->status == 200 && answer->etag != NULL && known != NULL &&
        lt_request_is_safe(request) && etag_matches(known, answer->etag)) {
        answer->status = 304;
        g_clear_pointer(&answer->body, g_bytes_unref);
        g_clear_pointer(&answer->type, g_free);
    } else if (answer->status == 200 && answer->ranges && answer->body != NULL) {
        cut_range(answer, request);
    }
    for (guint i = 0; i < G_N_ELEMENTS(ALWAYS); i++)
        if (lt_answer_header(answer, ALWAYS[i][0]) == NULL)
            lt_answer_add_header(answer, ALWAYS[i][0], ALWAYS[i][1]);
    if (request->secure)
        lt_answer_add_header(answer, "Strict-Transport-Security", "max-age=31536000");
}
