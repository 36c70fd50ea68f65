/* Logging in and out, and who is here. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/body.h"
#include "web/route.h"

static LtAnswer *
describe(const LtVisitor *visitor, const LtRequest *request)
{
    g_autofree char *csrf = visitor->session.person != NULL ? lt_visitor_csrf(visitor) : NULL;
    g_autofree char *expires = NULL;
    GString *json = g_string_new("{");

    if (visitor->session.person != NULL) {
        g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(visitor->session.expires);
        expires = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
    }
    lt_json_put_bool(json, "users", visitor->users);
    lt_json_put_string(json, "user",
                       visitor->session.person != NULL ? visitor->session.person->name : NULL);
    lt_json_put_string(json, "role", visitor->known ? lt_role_name(visitor->role) : NULL);
    lt_json_put_bool(json, "cleared", visitor->cleared);
    lt_json_put_string(json, "csrf", csrf);
    lt_json_put_string(json, "expires_at", expires);
    lt_json_put_string(json, "language", lt_request_wants_english(request) ? "en" : "vi");
    lt_json_put_string(json, "version", LUUTRU_VERSION);
    lt_json_put_integer(json, "upload_limit", LT_SITE_MAX_UPLOAD);
    g_string_append_c(json, '}');
    return lt_answer_json(200, g_string_free(json, FALSE));
}

LtAnswer *
lt_handle_session(LtDesk *desk, const LtRequest *request)
{
    return describe(lt_desk_visitor(desk), request);
}

static void
set_cookie(LtAnswer *answer, const LtRequest *request, const char *token, int seconds)
{
    g_autofree char *cookie =
        g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s",
                        lt_cookie_name(request), token, seconds, request->secure ? "; Secure" : "");

    lt_answer_add_header(answer, "Set-Cookie", cookie);
}

/* The log says under which name somebody tried; it may be a password typed into the wrong box, so that it is
 * kept only where there is such a person. */
static void
note_failure(LtDesk *desk, const LtRequest *request, const char *name)
{
    g_autoptr(GPtrArray) list = lt_people_list(lt_desk_people(desk, NULL), NULL);
    const char *known = NULL;

    for (guint i = 0; list != NULL && i < list->len; i++) {
        const LtPerson *person = g_ptr_array_index(list, i);
        known = strcmp(person->name, name) == 0 ? person->name : known;
    }
    lt_desk_note(desk, request, "login-failed", 0, known);
}

/* As the new visitor: its cookie takes the place of the old one. */
static LtAnswer *
welcome(LtDesk *desk, const LtRequest *request, const char *token)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *cookie = g_strdup_printf("%s=%s", lt_cookie_name(request), token);
    LtAnswer *answer;

    g_hash_table_replace(request->headers, g_strdup("cookie"), g_steal_pointer(&cookie));
    if (!lt_desk_meet(desk, request, &error))
        return lt_answer_error(error);
    lt_desk_note(desk, request, "login", 0, NULL);
    answer = describe(lt_desk_visitor(desk), request);
    set_cookie(answer, request, token, LT_SESSION_SECONDS);
    return answer;
}

LtAnswer *
lt_handle_log_in(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(LtBody) body = lt_body_read(request);
    const char *name = body != NULL ? lt_body_string(body, "user") : NULL;
    const char *password = body != NULL ? lt_body_string(body, "password") : NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *token = NULL;
    LtLogIn outcome;

    if (name == NULL || password == NULL)
        return lt_answer_problem(400, _("a log-in wants the texts 'user' and 'password'"));
    if (!lt_desk_visitor(desk)->users)
        return lt_answer_problem(409, _("nobody needs to log in here: see 'luutru user add'"));
    if (!lt_people_log_in(lt_desk_people(desk, NULL), name, password, request->address, &outcome,
                          &token, &error))
        return lt_answer_error(error);
    if (outcome == LT_LOG_IN_DONE)
        return welcome(desk, request, token);
    note_failure(desk, request, name);
    return outcome == LT_LOG_IN_TOO_OFTEN
               ? lt_answer_problem(429, _("too many tries failed: wait a quarter of an hour"))
               : lt_answer_problem(401, _("that name and that password do not go together"));
}

LtAnswer *
lt_handle_log_out(LtDesk *desk, const LtRequest *request)
{
    const LtVisitor *visitor = lt_desk_visitor(desk);
    g_autoptr(GError) error = NULL;
    LtAnswer *answer;

    if (visitor->session.person != NULL) {
        lt_desk_note(desk, request, "logout", 0, NULL);
        if (!lt_people_log_out(lt_desk_people(desk, NULL), visitor->token, &error))
            return lt_answer_error(error);
    }
    answer = lt_answer_new(204);
    set_cookie(answer, request, "", 0);
    return answer;
}

#define MOST_ENTRIES 500
#define USUAL_ENTRIES 50

static const char *
text_parameter(const LtRequest *request, const char *name)
{
    const char *text = lt_request_parameter(request, name);

    return text != NULL && *text != '\0' ? text : NULL;
}

/* A moment as the log writes it, *ret_moment NULL where none is asked for. FALSE: it is none. */
static gboolean
moment_parameter(const LtRequest *request, const char *name, char **ret_moment)
{
    const char *text = text_parameter(request, name);
    g_autoptr(GDateTime) there = text != NULL ? g_date_time_new_from_iso8601(text, NULL) : NULL;
    g_autoptr(GDateTime) moment = there != NULL ? g_date_time_to_utc(there) : NULL;

    *ret_moment = moment != NULL ? g_date_time_format(moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;
    return text == NULL || *ret_moment != NULL;
}

LtAnswer *
lt_handle_access(LtDesk *desk, const LtRequest *request)
{
    gint64 document = 0, offset = 0, limit = USUAL_ENTRIES;
    g_autofree char *from = NULL, *before = NULL;
    g_autoptr(GPtrArray) list = NULL;
    g_autoptr(GError) error = NULL;
    LtPeople *people = lt_desk_people(desk, &error);
    guint64 total = 0;
    GString *json;

    if (!lt_request_number(request, "document", 1, G_MAXINT64, &document) ||
        !lt_request_number(request, "offset", 0, LT_ACCESS_KEPT, &offset) ||
        !lt_request_number(request, "limit", 1, MOST_ENTRIES, &limit))
        return lt_answer_problem(400, _("document, offset and limit are numbers"));
    if (!moment_parameter(request, "from", &from) || !moment_parameter(request, "to", &before))
        return lt_answer_problem(400, _("from and to are moments, such as 2026-11-28T00:00:00Z"));
    const LtAccessQuery query = {.document = document,
                                 .person = text_parameter(request, "user"),
                                 .action = text_parameter(request, "action"),
                                 .from = from,
                                 .before = before,
                                 .offset = (guint)offset,
                                 .limit = (guint)limit};
    list = people != NULL ? lt_people_accesses(people, &query, &total, &error) : NULL;
    if (list == NULL)
        return lt_answer_error(error);
    json = g_string_new("{");
    lt_json_put_integer(json, "total", total);
    lt_json_begin(json, "results", '[');
    for (guint i = 0; i < list->len; i++) {
        const LtAccess *access = g_ptr_array_index(list, i);
        lt_json_begin(json, NULL, '{');
        lt_json_put_string(json, "at", access->at);
        lt_json_put_string(json, "user", access->person);
        lt_json_put_string(json, "address", access->address);
        lt_json_put_string(json, "action", access->action);
        lt_json_put_id(json, "document", access->document);
        lt_json_put_string(json, "detail", access->detail);
        g_string_append_c(json, '}');
    }
    g_string_append(json, "]}");
    return lt_answer_json(200, g_string_free(json, FALSE));
}
