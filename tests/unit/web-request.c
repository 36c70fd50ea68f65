/* Requests and answers without a network: what a target says, what conditions make of an answer, and that every route
 * is documented and none is that is not there. */
#include <string.h>

#include <json-glib/json-glib.h>

#include "web/route.h"

static void
test_targets(void)
{
    static const char *const bad[] = {"",     "x",    "*",        "/a/../b", "/%2e%2e/x",  "/a%2fb",
                                      "/%00", "/%ff", "/a?b=%zz", "/./a",    "/a?%c3%28=1"};

    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(LtRequest) request = lt_request_new("GET", bad[i]);
        g_assert_null(request);
    }
    g_autofree char *long_target = g_strnfill(LT_HTTP_MAX_TARGET + 1, '/');
    g_autoptr(LtRequest) too_long = lt_request_new("GET", long_target);
    g_assert_null(too_long);
    g_autoptr(LtRequest) good =
        lt_request_new("GET", "/s%C3%A1ch/1?q=a+b%20c&x=&q=%C4%91%E1%BA%A5t#f");
    g_assert_nonnull(good);
    g_assert_cmpstr(good->path, ==, "/sách/1");
    g_assert_cmpstr(lt_request_parameter(good, "q"), ==, "đất");
    g_assert_cmpstr(lt_request_parameter(good, "x"), ==, "");
    g_assert_null(lt_request_parameter(good, "y"));
}

static void
test_cookies_and_languages(void)
{
    g_autoptr(LtRequest) request = lt_request_new("GET", "/");
    g_autofree char *cookie = NULL;

    g_assert_false(lt_request_wants_english(request));
    lt_request_set_header(request, "Cookie", "a=1; luutru=token; xluutru=2");
    cookie = lt_request_cookie(request, "luutru");
    g_assert_cmpstr(cookie, ==, "token");
    lt_request_set_header(request, "Accept-Language", "en-US,en;q=0.9,vi;q=0.8");
    g_assert_true(lt_request_wants_english(request));
    lt_request_set_header(request, "Accept-Language", "vi,en;q=0.9");
    g_assert_false(lt_request_wants_english(request));
}

static LtAnswer *
ask_range(const char *header, const char *value)
{
    g_autoptr(LtRequest) request = lt_request_new("GET", "/");
    LtAnswer *answer = lt_answer_new(200);

    answer->body = g_bytes_new_static("0123456789", 10);
    answer->etag = g_strdup("\"e\"");
    answer->ranges = TRUE;
    lt_request_set_header(request, header, value);
    lt_answer_finish(answer, request);
    return answer;
}

static void
test_ranges(void)
{
    static const struct {
        const char *range;
        guint status;
        const char *body, *content_range;
    } cases[] = {
        {"bytes=2-4", 206, "234", "bytes 2-4/10"},
        {"bytes=8-", 206, "89", "bytes 8-9/10"},
        {"bytes=-3", 206, "789", "bytes 7-9/10"},
        {"bytes=-99", 206, "0123456789", "bytes 0-9/10"},
        {"bytes=5-99", 206, "56789", "bytes 5-9/10"},
        {"bytes=10-", 416, NULL, "bytes */10"},
        {"bytes=-0", 416, NULL, "bytes */10"},
        {"bytes=4-2", 200, "0123456789", NULL},
        {"bytes=0-1,3-4", 200, "0123456789", NULL},
        {"lines=1-2", 200, "0123456789", NULL},
        {"bytes=x-y", 200, "0123456789", NULL},
        {"bytes=99999999999999999999-", 200, "0123456789", NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtAnswer) answer = ask_range("range", cases[i].range);
        g_assert_cmpuint(answer->status, ==, cases[i].status);
        g_assert_cmpstr(lt_answer_header(answer, "Content-Range"), ==, cases[i].content_range);
        if (cases[i].body == NULL)
            g_assert_null(answer->body);
        else
            g_assert_cmpmem(g_bytes_get_data(answer->body, NULL), g_bytes_get_size(answer->body),
                            cases[i].body, strlen(cases[i].body));
    }
    g_autoptr(LtAnswer) same = ask_range("if-none-match", "W/\"x\", \"e\"");
    g_assert_cmpuint(same->status, ==, 304);
    g_assert_null(same->body);
}

/* --- docs/openapi.json --- */

static gboolean
is_documented(JsonObject *paths, const LtRoute *route)
{
    const char *path = route->pattern + strlen("/api/v1");
    g_autofree char *method = g_ascii_strdown(route->method, -1);

    return json_object_has_member(paths, path) &&
           json_object_has_member(json_object_get_object_member(paths, path), method);
}

static guint
count_operations(JsonObject *paths)
{
    g_autoptr(GList) members = json_object_get_members(paths);
    guint n = 0;

    for (GList *l = members; l != NULL; l = l->next)
        n += json_object_get_size(json_object_get_object_member(paths, l->data));
    return n;
}

static void
test_documented(void)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    guint routes = 0;

    g_assert_true(json_parser_load_from_file(parser, "docs/openapi.json", NULL));
    JsonObject *paths =
        json_object_get_object_member(json_node_get_object(json_parser_get_root(parser)), "paths");
    for (guint i = 0; lt_route_at(i) != NULL; i++) {
        const LtRoute *route = lt_route_at(i);
        if (!g_str_has_prefix(route->pattern, "/api/v1/"))
            continue;
        routes++;
        if (!is_documented(paths, route))
            g_error("%s %s is not in docs/openapi.json", route->method, route->pattern);
    }
    g_assert_cmpuint(count_operations(paths), ==, routes);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/web/targets", test_targets);
    g_test_add_func("/web/cookies-and-languages", test_cookies_and_languages);
    g_test_add_func("/web/ranges", test_ranges);
    g_test_add_func("/web/documented", test_documented);
    return g_test_run();
}
