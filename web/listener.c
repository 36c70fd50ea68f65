#include "web/listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <glib/gi18n-lib.h>

#include "web/turn.h"

#define TRANSFER_SECONDS 30u /* for any body, and on top of that: */
#define TRANSFER_RATE 8192u  /* bytes a second are the least that a body must come or go with */
#define STALL 3u             /* times the patience, without a single byte */
#define DRAIN_SECONDS 5      /* for bytes that nobody wants to come */
#define FAREWELL_SECONDS 2u  /* for TLS to say that it ends */
#define LOOK_MS 500u
#define BACKLOG                                                                                    \
    128 /* that come at the same moment; those beyond have to call again after a second */
#define KEY "luutru-connection"

struct LtListener {
    GSocketService *service;
    LtListenerAccept accept;
    gpointer user_data;
    GTlsCertificate *certificate;
    guint patience, most, most_per_address;
    GQueue connections;  /* of LtConnection */
    GHashTable *callers; /* address -> how many connections */
    GSource *timer;
    guint16 port;
};

struct LtConnection {
    LtListener *listener;   /* NULL: it has ended */
    GSocketAddress *remote; /* owns this, which keeps it until it is closed */
    GIOStream *stream;      /* TLS, or the plain one */
    GSocket *socket;
    LtTurn *turn; /* (nullable) (transfer none) */
    guint next;   /* source: what will begin another turn, or drains */
    char *caller;
    gint64 until; /* monotonic; 0: no limit */
    gboolean idle;
    gboolean goes_on, drains; /* what comes when the turn is over; neither: the end */
};

static void
set_limit(LtConnection *connection, gint64 seconds)
{
    connection->until = seconds > 0 ? g_get_monotonic_time() + seconds * (gint64)G_USEC_PER_SEC : 0;
}

LtConnection *
lt_connection_of(GSocketAddress *remote)
{
    return remote != NULL ? g_object_get_data(G_OBJECT(remote), KEY) : NULL;
}

void
lt_connection_await(LtConnection *connection)
{
    connection->idle = TRUE;
    if (connection->listener != NULL)
        set_limit(connection, connection->listener->patience);
}

void
lt_connection_transfer(LtConnection *connection, guint64 bytes)
{
    connection->idle = FALSE;
    set_limit(connection, TRANSFER_SECONDS + (gint64)(bytes / TRANSFER_RATE));
}

void
lt_connection_work(LtConnection *connection)
{
    connection->idle = FALSE;
    set_limit(connection, 0);
}

static void
cut(LtConnection *connection)
{
    g_socket_shutdown(connection->socket, TRUE, TRUE, NULL);
}

static gboolean
look(gpointer user_data)
{
    LtListener *listener = user_data;
    gint64 now = g_get_monotonic_time();

    for (GList *l = listener->connections.head; l != NULL; l = l->next) {
        LtConnection *connection = l->data;
        if (connection->until > 0 && connection->until <= now)
            cut(connection);
    }
    return G_SOURCE_CONTINUE;
}

/* --- beginning and end of a connection --- */

static void
connection_free(gpointer data)
{
    LtConnection *connection = data;

    g_object_unref(connection->socket);
    g_free(connection->caller);
    g_free(connection);
}

static guint
count_of(const LtListener *listener, const char *caller)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(listener->callers, caller));
}

static void
set_count(LtListener *listener, const char *caller, guint count)
{
    if (count == 0)
        g_hash_table_remove(listener->callers, caller);
    else
        g_hash_table_replace(listener->callers, g_strdup(caller), GUINT_TO_POINTER(count));
}

static void
closed(GObject *stream, GAsyncResult *result, gpointer user_data)
{
    LtConnection *connection = user_data;
    LtListener *listener = connection->listener;

    g_io_stream_close_finish(G_IO_STREAM(stream), result, NULL);
    if (listener != NULL) {
        g_queue_remove(&listener->connections, connection);
        set_count(listener, connection->caller, count_of(listener, connection->caller) - 1);
    }
    connection->listener = NULL;
    g_object_unref(connection->remote);
}

/* Takes its place until it is closed. TLS says farewell, which must not keep the others waiting. */
static void
end(LtConnection *connection)
{
    g_autoptr(GIOStream) stream = g_steal_pointer(&connection->stream);

    if (stream == NULL)
        return;
    set_limit(connection, 0);
    g_clear_handle_id(&connection->next, g_source_remove);
    g_socket_set_timeout(connection->socket, FAREWELL_SECONDS);
    g_io_stream_close_async(stream, G_PRIORITY_DEFAULT, NULL, closed, connection);
}

static gboolean
drain(GSocket *socket, G_GNUC_UNUSED GIOCondition condition, gpointer user_data)
{
    LtConnection *connection = user_data;
    g_autoptr(GError) error = NULL;
    char waste[16384];
    gssize size = g_socket_receive_with_blocking(socket, waste, sizeof waste, FALSE, NULL, &error);

    if (size > 0 || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
    connection->next = 0;
    end(connection);
    return G_SOURCE_REMOVE;
}

/* Whoever still sends would lose the answer too if the connection were closed on unread bytes. */
static void
begin_drain(LtConnection *connection)
{
    g_autoptr(GSource) source = g_socket_create_source(connection->socket, G_IO_IN, NULL);

    set_limit(connection, DRAIN_SECONDS);
    g_socket_shutdown(connection->socket, FALSE, TRUE, NULL);
    g_source_set_callback(source, G_SOURCE_FUNC(drain), connection, NULL);
    connection->next = g_source_attach(source, NULL);
}

/* --- turns --- */

static gboolean begin_turn(gpointer user_data);

static void
turn_is_over(gpointer user_data)
{
    LtConnection *connection = user_data;

    connection->turn = NULL;
    if (connection->listener == NULL)
        return;
    if (connection->goes_on && g_socket_service_is_active(connection->listener->service))
        connection->next = g_idle_add_full(G_PRIORITY_DEFAULT, begin_turn, connection, NULL);
    else if (connection->drains)
        begin_drain(connection);
    else
        end(connection);
}

static gboolean
begin_turn(gpointer user_data)
{
    LtConnection *connection = user_data;
    const LtListener *listener = connection->listener;
    g_autoptr(GSocketAddress) local = g_socket_get_local_address(connection->socket, NULL);
    g_autoptr(LtTurn) turn = lt_turn_new(connection->stream, turn_is_over, connection);

    /* Neither may go before the other. */
    g_object_set_data_full(G_OBJECT(turn), KEY, g_object_ref(connection->remote), g_object_unref);
    connection->next = 0;
    connection->turn = turn;
    connection->goes_on = connection->drains = FALSE;
    lt_connection_await(connection);
    listener->accept(G_IO_STREAM(turn), local, connection->remote, listener->user_data);
    return G_SOURCE_REMOVE;
}

void
lt_connection_go_on(LtConnection *connection, guint64 body)
{
    /* Whoever sent more did not wait for the answer. That is lost, and is sent again when the connection ends. */
    connection->goes_on = connection->turn != NULL && lt_turn_behind_head(connection->turn) == body;
    connection->drains = !connection->goes_on;
}

void
lt_connection_refuse(LtConnection *connection)
{
    connection->drains = TRUE;
}

/* --- beginning --- */

static char *
caller_of(GSocketAddress *remote)
{
    return G_IS_INET_SOCKET_ADDRESS(remote)
               ? g_inet_address_to_string(
                     g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(remote)))
               : g_strdup("");
}

static void
shaken(GObject *source, GAsyncResult *result, gpointer user_data)
{
    LtConnection *connection = user_data;
    g_autoptr(GSocketAddress) remote = connection->remote;
    gboolean well = g_tls_connection_handshake_finish(G_TLS_CONNECTION(source), result, NULL);

    if (connection->listener == NULL)
        return;
    if (well)
        begin_turn(connection);
    else
        end(connection);
}

static GIOStream *
wrap(const LtListener *listener, GSocketConnection *plain)
{
    if (listener->certificate == NULL)
        return G_IO_STREAM(g_object_ref(plain));
    return g_tls_server_connection_new(G_IO_STREAM(plain), listener->certificate, NULL);
}

static LtConnection *
connection_new(LtListener *listener, GSocketConnection *plain, GSocketAddress *remote)
{
    LtConnection *connection = g_new0(LtConnection, 1);

    connection->listener = listener;
    connection->remote = g_object_ref(remote);
    connection->socket = g_object_ref(g_socket_connection_get_socket(plain));
    g_object_set_data_full(G_OBJECT(remote), KEY, connection, connection_free);
    g_socket_set_timeout(connection->socket, STALL * listener->patience);
    /* Head and body of an answer are written one after the other: the body must not wait for an acknowledgement. */
    g_socket_set_option(connection->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
    g_tcp_connection_set_graceful_disconnect(G_TCP_CONNECTION(plain), FALSE);
    return connection;
}

static gboolean
incoming(G_GNUC_UNUSED GSocketService *service, GSocketConnection *plain,
         G_GNUC_UNUSED GObject *source, gpointer user_data)
{
    LtListener *listener = user_data;
    g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address(plain, NULL);
    g_autofree char *caller = caller_of(remote);
    guint there = count_of(listener, caller);
    LtConnection *connection;
    GIOStream *stream;

    if (remote == NULL || listener->connections.length >= listener->most ||
        (listener->most_per_address > 0 && there >= listener->most_per_address) ||
        (stream = wrap(listener, plain)) == NULL) {
        g_io_stream_close(G_IO_STREAM(plain), NULL, NULL);
        return TRUE;
    }
    connection = connection_new(listener, plain, remote);
    connection->stream = stream;
    connection->caller = g_steal_pointer(&caller);
    set_count(listener, connection->caller, there + 1);
    g_queue_push_tail(&listener->connections, connection);
    set_limit(connection, listener->patience);
    if (listener->certificate == NULL) {
        begin_turn(connection);
    } else {
        g_object_ref(remote); /* until it is shaken */
        g_tls_connection_handshake_async(G_TLS_CONNECTION(stream), G_PRIORITY_DEFAULT, NULL, shaken,
                                         connection);
    }
    return TRUE;
}

/* --- the listener --- */

static gboolean
bind_to(LtListener *listener, const LtListenerOptions *options, GError **error)
{
    g_autoptr(GSocketAddress) wanted =
        g_inet_socket_address_new_from_string(options->address, options->port);
    g_autoptr(GSocketAddress) bound = NULL;

    if (wanted == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    _("'%s' is no address of a machine in figures, such as 127.0.0.1 or ::1"),
                    options->address);
        return FALSE;
    }
    if (!g_socket_listener_add_address(G_SOCKET_LISTENER(listener->service), wanted,
                                       G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound,
                                       error)) {
        g_prefix_error(error, _("cannot listen on %s, port %u: "), options->address, options->port);
        return FALSE;
    }
    listener->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    return TRUE;
}

LtListener *
lt_listener_new(const LtListenerOptions *options, LtListenerAccept accept, gpointer user_data,
                GError **error)
{
    g_autoptr(LtListener) listener = g_new0(LtListener, 1);

    listener->service = g_socket_service_new();
    g_socket_listener_set_backlog(G_SOCKET_LISTENER(listener->service), BACKLOG);
    listener->accept = accept;
    listener->user_data = user_data;
    listener->certificate = options->certificate ? g_object_ref(options->certificate) : NULL;
    listener->patience = options->patience;
    listener->most = options->most;
    listener->most_per_address = options->most_per_address;
    listener->callers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!bind_to(listener, options, error))
        return NULL;
    g_signal_connect(listener->service, "incoming", G_CALLBACK(incoming), listener);
    listener->timer = g_timeout_source_new(LOOK_MS);
    g_source_set_callback(listener->timer, look, listener, NULL);
    g_source_attach(listener->timer, g_main_context_get_thread_default());
    return g_steal_pointer(&listener);
}

void
lt_listener_free(LtListener *listener)
{
    if (listener == NULL)
        return;
    if (listener->timer != NULL) {
        g_source_destroy(listener->timer);
        g_source_unref(listener->timer);
    }
    g_socket_service_stop(listener->service);
    g_object_unref(listener->service);
    while (listener->connections.length > 0) {
        LtConnection *connection = g_queue_pop_head(&listener->connections);
        connection->listener = NULL;
        end(connection);
    }
    g_clear_object(&listener->certificate);
    g_hash_table_unref(listener->callers);
    g_free(listener);
}

guint16
lt_listener_port(const LtListener *listener)
{
    return listener->port;
}

void
lt_listener_stop(LtListener *listener)
{
    g_socket_service_stop(listener->service);
    g_socket_listener_close(G_SOCKET_LISTENER(listener->service));
    for (GList *l = listener->connections.head; l != NULL; l = l->next) {
        LtConnection *connection = l->data;
        if (connection->idle)
            cut(connection);
    }
}

guint
lt_listener_open(const LtListener *listener)
{
    return listener->connections.length;
}
