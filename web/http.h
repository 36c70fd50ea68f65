/* A request and its answer, without sockets: all that handlers see, so that they can be tested and fuzzed
 * without a network. Part of the front door of web/. */
#pragma once

#include <glib.h>

#define LT_HTTP_MAX_CAPTURES 3u
#define LT_HTTP_MAX_TARGET 8192u /* bytes of path and query */
#define LT_HTTP_MAX_PARAMETERS 64u

typedef struct {
    char *method;
    char *path;             /* decoded, valid UTF-8, without "." and ".." */
    GHashTable *parameters; /* of the query, decoded; the last of a name counts */
    GHashTable *headers;    /* names in small letters */
    GBytes *body;           /* (nullable) */
    char *
        upload; /* (nullable) a temporary file with the body; deleted with the request where it is still there */
    char *address;                        /* who asks */
    gboolean secure;                      /* came over TLS, here or at the proxy */
    char *captures[LT_HTTP_MAX_CAPTURES]; /* what stands for {…} in the route's pattern */
} LtRequest;

/* target: path and query as they stand in the request line. NULL where they are no such thing: escapes that
 * are broken or hide what steers ('/', NUL), text that is not UTF-8, segments "." and "..", or too much. */
LtRequest *lt_request_new(const char *method, const char *target);
void lt_request_free(LtRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRequest, lt_request_free)
void lt_request_set_header(LtRequest *request, const char *name, const char *value);
/* (nullable) */
const char *lt_request_header(const LtRequest *request, const char *name);
const char *lt_request_parameter(const LtRequest *request, const char *name);
/* The value of a cookie. (transfer full) (nullable) */
char *lt_request_cookie(const LtRequest *request, const char *name);
gboolean lt_request_is_safe(const LtRequest *request); /* GET or HEAD */
/* Whether what is read best is English; else Vietnamese. */
gboolean lt_request_wants_english(const LtRequest *request);
/* A parameter or a capture as a number from least to most. FALSE: it is none. Where the parameter is not
 * there *ret_value stays as it is. */
gboolean lt_request_number(const LtRequest *request, const char *name, gint64 least, gint64 most,
                           gint64 *ret_value);
gboolean lt_request_capture(const LtRequest *request, guint capture, gint64 most,
                            gint64 *ret_value);

typedef struct {
    guint status;
    char *type;         /* (nullable) */
    GBytes *body;       /* (nullable) */
    GPtrArray *headers; /* names and values by turns */
    char *etag;         /* (nullable) with its quotes */
    gboolean ranges;    /* parts of it may be asked for */
    gboolean cached;    /* may be kept by who asked, and asked for again by its etag */
    gboolean events;    /* the beginning of a stream of events */
    gboolean cleared;   /* ... with what is restricted */
    char *
        token; /* (nullable) ... for as long as this session lasts; NULL: as long as nobody has to log in */
} LtAnswer;

LtAnswer *lt_answer_new(guint status);
void lt_answer_free(LtAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtAnswer, lt_answer_free)
void lt_answer_add_header(LtAnswer *answer, const char *name, const char *value);
/* (nullable) */
const char *lt_answer_header(const LtAnswer *answer, const char *name);
/* json: taken over. */
LtAnswer *lt_answer_json(guint status, char *json);
/* application/problem+json (RFC 9457); detail: (nullable) a sentence for people. */
LtAnswer *lt_answer_problem(guint status, const char *detail);
/* The same with one more member, whose value is JSON. */
LtAnswer *lt_answer_problem_with(guint status, const char *detail, const char *key,
                                 const char *json);
/* The problem that an error of store/ or ingest/ is to who asked. */
LtAnswer *lt_answer_error(const GError *error);
/* What an answer becomes by the conditions of a request: If-None-Match, If-Range, Range, HEAD; and the
 * headers that every answer has. */
void lt_answer_finish(LtAnswer *answer, const LtRequest *request);
/* The name of a status: "Not Found". */
const char *lt_http_status_name(guint status);
