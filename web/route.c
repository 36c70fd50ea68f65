#include "web/route.h"

#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define API "/api/v1"
#define DOCUMENT API "/documents/{id}"
#define PAGE DOCUMENT "/pages/{n}"

static const LtRoute ROUTES[] = {
    {"GET", "/", LT_LANE_NOW, lt_handle_page},
    {"GET", "/search", LT_LANE_NOW, lt_handle_page},
    {"GET", "/documents/{id}", LT_LANE_NOW, lt_handle_page},
    {"GET", "/review", LT_LANE_NOW, lt_handle_page},
    {"GET", "/intake", LT_LANE_NOW, lt_handle_page},
    {"GET", "/saved", LT_LANE_NOW, lt_handle_page},
    {"GET", "/login", LT_LANE_NOW, lt_handle_page},
    {"GET", "/access", LT_LANE_NOW, lt_handle_page},
    {"GET", "/assets/{name}", LT_LANE_NOW, lt_handle_asset},
    {"GET", API "/session", LT_LANE_READ, lt_handle_session},
    {"GET", API "/search", LT_LANE_READ, lt_handle_search},
    {"GET", DOCUMENT, LT_LANE_READ, lt_handle_document},
    {"GET", DOCUMENT "/refs", LT_LANE_READ, lt_handle_refs},
    {"GET", DOCUMENT "/similar", LT_LANE_READ, lt_handle_similar},
    {"GET", DOCUMENT "/original", LT_LANE_READ, lt_handle_original},
    {"GET", DOCUMENT "/hits", LT_LANE_READ, lt_handle_hits},
    {"GET", PAGE "/words", LT_LANE_READ, lt_handle_words},
    {"GET", API "/review", LT_LANE_READ, lt_handle_review},
    {"GET", API "/status", LT_LANE_READ, lt_handle_status},
    {"GET", API "/quarantine", LT_LANE_READ, lt_handle_quarantine},
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

static LtAnswer *
refuse(LtDesk *desk, const LtRoute *route, const LtRequest *request, const char *allow)
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
    return NULL;
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

LtAnswer *
lt_route_answer(LtDesk *desk, const LtRoute *route, const LtRequest *request, const char *allow)
{
    locale_t before = uselocale(lt_request_wants_english(request) ? english() : LC_GLOBAL_LOCALE);
    LtAnswer *answer = refuse(desk, route, request, allow);

    if (answer == NULL)
        answer = route->handler(desk, request);
    lt_answer_finish(answer, request);
    uselocale(before);
    return answer;
}
