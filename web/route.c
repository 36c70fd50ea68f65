#include "web/route.h"

#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define API "/api/v1"
#define DOCUMENT API "/documents/{id}"
#define PAGE DOCUMENT "/pages/{n}"

/* Most have nothing to do later, and take no files. */
#define ROUTE(method, pattern, who, lane, name)                                                    \
    {                                                                                              \
        method, pattern, LT_FOR_##who, LT_LANE_##lane, lt_handle_##name, NULL, FALSE               \
    }
#define ROUTE_LATER(method, pattern, who, name)                                                    \
    {                                                                                              \
        method, pattern, LT_FOR_##who, LT_LANE_READ, lt_handle_##name, lt_handle_##name##_making,  \
            FALSE                                                                                  \
    }
#define ROUTE_UPLOAD(method, pattern, who, name)                                                   \
    {                                                                                              \
        method, pattern, LT_FOR_##who, LT_LANE_WRITE, lt_handle_##name, NULL, TRUE                 \
    }

static const LtRoute ROUTES[] = {
    ROUTE("GET", "/", ALL, NOW, page),
    ROUTE("GET", "/search", ALL, NOW, page),
    ROUTE("GET", "/documents/{id}", ALL, NOW, page),
    ROUTE("GET", "/review", ALL, NOW, page),
    ROUTE("GET", "/intake", ALL, NOW, page),
    ROUTE("GET", "/saved", ALL, NOW, page),
    ROUTE("GET", "/login", ALL, NOW, page),
    ROUTE("GET", "/access", ALL, NOW, page),
    ROUTE("GET", "/assets/{name}", ALL, NOW, asset),
    ROUTE("GET", API "/session", ALL, READ, session),
    ROUTE("POST", API "/session", ALL, WRITE, log_in),
    ROUTE("DELETE", API "/session", ALL, WRITE, log_out),
    ROUTE("GET", API "/search", READERS, READ, search),
    ROUTE("GET", API "/export", READERS, READ, export),
    ROUTE("GET", API "/agencies", READERS, READ, agencies),
    ROUTE("GET", API "/types", READERS, READ, types),
    ROUTE("GET", API "/saved", READERS, READ, saved),
    ROUTE("PUT", API "/saved/{name}", READERS, WRITE, saved_keep),
    ROUTE("DELETE", API "/saved/{name}", READERS, WRITE, saved_forget),
    ROUTE("GET", DOCUMENT, READERS, READ, document),
    ROUTE("GET", DOCUMENT "/refs", READERS, READ, refs),
    ROUTE("GET", DOCUMENT "/similar", READERS, READ, similar),
    ROUTE("GET", DOCUMENT "/original", READERS, READ, original),
    ROUTE("GET", DOCUMENT "/hits", READERS, READ, hits),
    ROUTE("GET", PAGE "/words", READERS, READ, words),
    ROUTE_LATER("GET", PAGE "/picture", READERS, picture),
    ROUTE_LATER("GET", PAGE "/crop", READERS, picture),
    ROUTE("POST", DOCUMENT "/corrections", ARCHIVISTS, WRITE, correct),
    ROUTE("POST", DOCUMENT "/undo", ARCHIVISTS, WRITE, undo),
    ROUTE("GET", API "/review", ARCHIVISTS, READ, review),
    ROUTE("GET", API "/status", ARCHIVISTS, READ, status),
    ROUTE("GET", API "/intake", ARCHIVISTS, READ, intake),
    ROUTE_UPLOAD("POST", API "/intake", ARCHIVISTS, upload),
    ROUTE("GET", API "/intake/events", ARCHIVISTS, READ, events),
    ROUTE("GET", API "/quarantine", ARCHIVISTS, READ, quarantine),
    ROUTE("POST", API "/quarantine/{id}/retry", ARCHIVISTS, WRITE, retry),
    ROUTE("GET", API "/access", ADMINISTRATORS, READ, access),
};

const LtRoute *
lt_route_at(guint n)
{
    return n < G_N_ELEMENTS(ROUTES) ? &ROUTES[n] : NULL;
}

/* Segment by segment. captures: LT_HTTP_MAX_CAPTURES places. */
static gboolean
matches(const char *pattern, const char *path, char **captures)
{
    guint n = 0;

    while (*pattern != '\0' && *path != '\0') {
        gsize wanted = strcspn(pattern + 1, "/"), there = strcspn(path + 1, "/");
        gboolean capture = pattern[1] == '{';
        if (capture && there > 0)
            captures[n++] = g_strndup(path + 1, there);
        else if (capture || wanted != there || strncmp(pattern, path, wanted + 1) != 0)
            return FALSE;
        pattern += wanted + 1;
        path += there + 1;
    }
    return *pattern == *path;
}

static void
forget_captures(char **captures)
{
    for (guint i = 0; i < LT_HTTP_MAX_CAPTURES; i++)
        g_clear_pointer(&captures[i], g_free);
}

const LtRoute *
lt_route_find(LtRequest *request, char **ret_allow)
{
    const char *method = strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
    g_autoptr(GString) allow = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(ROUTES); i++) {
        forget_captures(request->captures);
        if (!matches(ROUTES[i].pattern, request->path, request->captures))
            continue;
        if (strcmp(ROUTES[i].method, method) == 0)
            return &ROUTES[i];
        g_string_append_printf(allow, "%s%s", allow->len > 0 ? ", " : "", ROUTES[i].method);
        if (strcmp(ROUTES[i].method, "GET") == 0)
            g_string_append(allow, ", HEAD");
    }
    forget_captures(request->captures);
    *ret_allow = allow->len > 0 ? g_string_free(g_steal_pointer(&allow), FALSE) : NULL;
    return NULL;
}

/* --- whether it may be answered at all --- */

/* The host of "host:port" or "[::1]:port", in small letters. (transfer full) */
static char *
host_of(const char *authority)
{
    const char *end = authority[0] == '[' ? strchr(authority, ']') : NULL;
    gsize length = end != NULL ? (gsize)(end + 1 - authority) : strcspn(authority, ":");

    return g_ascii_strdown(authority, (gssize)length);
}

/* A page elsewhere whose name was made to point here would be of another host. */
static gboolean
is_for_us(const LtSite *site, const LtRequest *request)
{
    const char *header = lt_request_header(request, "host");
    g_autofree char *host = header != NULL ? host_of(header) : NULL;

    return host != NULL && g_strv_contains((const char *const *)site->hosts, host);
}

/* Whether it comes from a page of this site, or from no page at all. */
static gboolean
is_from_us(const LtRequest *request)
{
    const char *origin = lt_request_header(request, "origin");
    const char *site = lt_request_header(request, "sec-fetch-site");
    const char *host = lt_request_header(request, "host");
    const char *authority = origin != NULL ? strstr(origin, "://") : NULL;

    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return FALSE;
    return origin == NULL ||
           (authority != NULL && host != NULL && g_ascii_strcasecmp(authority + 3, host) == 0);
}

/* What changes anything has to bring along what only a page of this site knows. */
static gboolean
has_token(const LtVisitor *visitor, const LtRequest *request)
{
    const char *header = lt_request_header(request, "x-csrf-token");
    g_autofree char *token = lt_visitor_csrf(visitor);

    return visitor->session.person == NULL || g_strcmp0(header, token) == 0;
}

static LtAnswer *
refuse_visitor(LtDesk *desk, const LtRoute *route, const LtRequest *request)
{
    const LtVisitor *visitor = lt_desk_visitor(desk);
    g_autoptr(GError) error = NULL;

    if (!lt_desk_meet(desk, request, &error))
        return lt_answer_error(error);
    if (route->who != LT_FOR_ALL && !visitor->known)
        return lt_answer_problem(401, _("log in first"));
    if (route->who > LT_FOR_READERS + visitor->role)
        return lt_answer_problem(403, _("your role does not allow that"));
    if (!lt_request_is_safe(request) && route->handler != lt_handle_log_in &&
        !has_token(visitor, request))
        return lt_answer_problem(403, _("the request lacks the page's token: load the page anew"));
    return NULL;
}

LtAnswer *
lt_route_refuse(LtDesk *desk, const LtRoute *route, const LtRequest *request, const char *allow)
{
    LtAnswer *answer;

    if (!is_for_us(lt_desk_site(desk), request))
        return lt_answer_problem(421, _("this server does not go by that name: see --host"));
    if (route == NULL && allow == NULL)
        return lt_answer_problem(404, _("there is nothing of that name"));
    if (route == NULL) {
        answer = lt_answer_problem(405, _("that cannot be done with it"));
        lt_answer_add_header(answer, "Allow", allow);
        return answer;
    }
    if (!lt_request_is_safe(request) && !is_from_us(request))
        return lt_answer_problem(403, _("the request comes from a page of another site"));
    return route->lane == LT_LANE_NOW ? NULL : refuse_visitor(desk, route, request);
}

/* --- language --- */

/* Messages are translated by what the environment's LANGUAGE says, which is Vietnamese here, unless the
 * thread's own locale is C: in that one gettext translates nothing, and English stays. */
static locale_t
english(void)
{
    static gsize made;
    static locale_t locale;

    if (g_once_init_enter(&made)) {
        locale = newlocale(LC_MESSAGES_MASK, "C", duplocale(LC_GLOBAL_LOCALE));
        g_once_init_leave(&made, 1);
    }
    return locale;
}

static locale_t
speak_to(const LtRequest *request)
{
    return uselocale(lt_request_wants_english(request) ? english() : LC_GLOBAL_LOCALE);
}

LtAnswer *
lt_route_answer(LtDesk *desk, const LtRoute *route, const LtRequest *request, const char *allow)
{
    locale_t before = speak_to(request);
    LtAnswer *answer = lt_route_refuse(desk, route, request, allow);

    if (answer == NULL)
        answer = route->handler(desk, request);
    if (answer != NULL)
        lt_answer_finish(answer, request);
    uselocale(before);
    return answer;
}

LtAnswer *
lt_route_answer_later(LtDesk *desk, const LtRoute *route, const LtRequest *request)
{
    locale_t before = speak_to(request);
    LtAnswer *answer = refuse_visitor(desk, route, request);

    if (answer == NULL)
        answer = route->later(desk, request);
    lt_answer_finish(answer, request);
    uselocale(before);
    return answer;
}
