#include "web/server.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "web/events.h"
#include "web/exchange.h"
#include "web/lane.h"

#define READ_WAITING 64u /* requests in line, beyond which people are asked to come again */
#define PICTURE_WAITING 64u
#define WRITE_WAITING 32u
#define STOP_SECONDS 5

struct LtServer {
    LtSite *site;
    SoupServer *soup;
    LtListener *listener;
    LtLane *lanes[LT_N_LANES];
    LtDesk *desk; /* of what is answered at once */
    LtEvents *events;
    GMainLoop *loop;
};

/* --- answering --- */

static void
give_problem(LtExchange *exchange, guint status, const char *detail)
{
    lt_exchange_give(exchange, lt_answer_problem(status, detail));
}

static void answered(LtAnswer *answer, LtRequest *request, gpointer user_data);

static void
push(LtExchange *exchange, LtLane *lane, gboolean later)
{
    if (lt_lane_push(lane, exchange->route, exchange->request, later, answered, exchange))
        exchange->request = NULL;
    else
        give_problem(exchange, 503, _("too many people ask at once: try again in a moment"));
}

static void
answered(LtAnswer *answer, LtRequest *request, gpointer user_data)
{
    LtExchange *exchange = user_data;
    LtServer *server = exchange->server;

    exchange->request = request;
    if (answer == NULL)
        push(exchange, server->lanes[LT_LANE_PICTURE], TRUE);
    else if (answer->events && exchange->message != NULL)
        lt_events_begin(server->events, exchange, answer);
    else
        lt_exchange_give(exchange, answer);
}

static void
answer_now(LtServer *server, LtExchange *exchange, const char *allow)
{
    lt_exchange_give(exchange,
                     lt_route_answer(server->desk, exchange->route, exchange->request, allow));
}

/* All of a request is there. */
static void
on_request(G_GNUC_UNUSED SoupServer *soup, SoupServerMessage *message,
           G_GNUC_UNUSED const char *path, G_GNUC_UNUSED GHashTable *query, gpointer user_data)
{
    LtServer *server = user_data;
    LtExchange *exchange = lt_exchange_of(message);
    LtLane *lane = exchange->route != NULL ? server->lanes[exchange->route->lane] : NULL;

    if (exchange->given)
        return;
    lt_exchange_take_body(exchange);
    if (lane == NULL) {
        answer_now(server, exchange, exchange->allow);
        return;
    }
    lt_exchange_pause(exchange);
    push(exchange, lane, FALSE);
}

/* A file goes to the disk as it comes, and only where whoever sends it may. (transfer full) (nullable) a problem */
static LtAnswer *
begin_upload(LtServer *server, LtExchange *exchange)
{
    LtAnswer *refusal = lt_route_refuse(server->desk, exchange->route, exchange->request, NULL);
    g_autoptr(GError) error = NULL;

    if (refusal == NULL && !lt_exchange_begin_upload(exchange, &error))
        refusal = lt_answer_problem(507, error->message);
    return refusal;
}

/* The head of a request is there: what is refused by it is refused before its body comes. */
static void
on_head(G_GNUC_UNUSED SoupServer *soup, SoupServerMessage *message, G_GNUC_UNUSED const char *path,
        G_GNUC_UNUSED GHashTable *query, gpointer user_data)
{
    LtServer *server = user_data;
    LtExchange *exchange = lt_exchange_new(server, server->site, message);
    LtAnswer *refusal = NULL;
    guint status;

    if (exchange->request == NULL) {
        /* Its body is not waited for: nobody has said how long it may be. */
        lt_exchange_refuse(exchange,
                           lt_answer_problem(400, _("the request's address cannot be read")));
        return;
    }
    exchange->route = lt_route_find(exchange->request, &exchange->allow);
    status = lt_exchange_check_body(exchange);
    if (status != 0)
        refusal = lt_answer_problem(
            status, _("the request brings more than it may, or does not say how much"));
    else if (exchange->route != NULL && exchange->route->uploads)
        refusal = begin_upload(server, exchange);
    if (refusal != NULL) {
        lt_answer_finish(refusal, exchange->request);
        lt_exchange_refuse(exchange, refusal);
    }
}

static void
on_start(G_GNUC_UNUSED SoupServer *soup, SoupServerMessage *message,
         G_GNUC_UNUSED gpointer user_data)
{
    LtConnection *connection = lt_connection_of(soup_server_message_get_remote_address(message));

    if (connection != NULL)
        lt_connection_await(connection);
}

/* The answer is out. */
static void
on_end(G_GNUC_UNUSED SoupServer *soup, SoupServerMessage *message, G_GNUC_UNUSED gpointer user_data)
{
    SoupMessageHeaders *request = soup_server_message_get_request_headers(message);
    SoupMessageHeaders *answer = soup_server_message_get_response_headers(message);
    LtConnection *connection = lt_connection_of(soup_server_message_get_remote_address(message));

    if (connection != NULL && soup_server_message_get_http_version(message) == SOUP_HTTP_1_1 &&
        !soup_message_headers_header_contains(request, "Connection", "close") &&
        !soup_message_headers_header_contains(answer, "Connection", "close"))
        lt_connection_go_on(connection, (guint64)soup_message_headers_get_content_length(request));
}

static void
on_connection(GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data)
{
    LtServer *server = user_data;
    g_autoptr(GError) error = NULL;

    if (!soup_server_accept_iostream(server->soup, stream, local, remote, &error))
        g_warning("%s", error->message);
}

/* --- the server --- */

LtServer *
lt_server_new(LtSite *site, const LtListenerOptions *options, GError **error)
{
    g_autoptr(LtServer) server = g_new0(LtServer, 1);
    guint readers = CLAMP(g_get_num_processors(), 2, 8);

    server->site = site;
    server->soup = soup_server_new("raw-paths", TRUE, NULL);
    server->listener = lt_listener_new(options, on_connection, server, error);
    if (server->listener == NULL)
        return NULL;
    server->desk = lt_desk_new(site);
    server->lanes[LT_LANE_READ] = lt_lane_new(site, readers, READ_WAITING);
    server->lanes[LT_LANE_PICTURE] = lt_lane_new(site, readers / 2, PICTURE_WAITING);
    server->lanes[LT_LANE_WRITE] = lt_lane_new(site, 1, WRITE_WAITING);
    server->events = lt_events_new(site);
    soup_server_add_early_handler(server->soup, NULL, on_head, server, NULL);
    soup_server_add_handler(server->soup, NULL, on_request, server, NULL);
    g_signal_connect(server->soup, "request-started", G_CALLBACK(on_start), server);
    g_signal_connect(server->soup, "request-finished", G_CALLBACK(on_end), server);
    server->loop = g_main_loop_new(NULL, FALSE);
    return g_steal_pointer(&server);
}

void
lt_server_free(LtServer *server)
{
    if (server == NULL)
        return;
    for (guint i = 0; i < LT_N_LANES; i++)
        lt_lane_free(server->lanes[i]);
    soup_server_disconnect(server->soup);
    g_object_unref(server->soup);
    lt_listener_free(server->listener);
    lt_desk_free(server->desk);
    lt_events_free(server->events);
    g_clear_pointer(&server->loop, g_main_loop_unref);
    g_free(server);
}

guint16
lt_server_port(const LtServer *server)
{
    return lt_listener_port(server->listener);
}

void
lt_server_run(LtServer *server)
{
    gint64 until;

    g_main_loop_run(server->loop);
    until = g_get_monotonic_time() + STOP_SECONDS * (gint64)G_USEC_PER_SEC;
    while (lt_listener_open(server->listener) > 0 && g_get_monotonic_time() < until)
        g_main_context_iteration(NULL, TRUE);
}

void
lt_server_stop(LtServer *server)
{
    lt_events_stop(server->events);
    lt_listener_stop(server->listener);
    g_main_loop_quit(server->loop);
}
