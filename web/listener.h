/* Connections: how many, for how long, over TLS or not. libsoup's own listener has neither limits nor
 * time-outs; a client that says nothing would keep its place for ever. */
#pragma once

#include <gio/gio.h>

typedef struct {
    const char *address;          /* of this machine, in figures */
    guint16 port;                 /* 0: any that is free */
    GTlsCertificate *certificate; /* (nullable) */
    guint patience; /* seconds for a whole head, and between two requests; three times that without
                                     a byte end any connection */
    guint most;     /* connections at once */
    guint most_per_address; /* 0: as many as that; behind a proxy all have its address */
} LtListenerOptions;

/* stream is ready for one request: it is to be closed with its answer. remote belongs to the connection: see
 * lt_connection_of. */
typedef void (*LtListenerAccept)(GIOStream *stream, GSocketAddress *local, GSocketAddress *remote,
                                 gpointer user_data);

typedef struct LtListener LtListener;

LtListener *lt_listener_new(const LtListenerOptions *options, LtListenerAccept accept,
                            gpointer user_data, GError **error);
void lt_listener_free(LtListener *listener);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtListener, lt_listener_free)
guint16 lt_listener_port(const LtListener *listener);
/* Takes no more connections, and ends those that are between two requests. */
void lt_listener_stop(LtListener *listener);
guint lt_listener_open(const LtListener *listener); /* connections */

/* One connection, by the address that accept was given; NULL where it is none of a listener. It is cut when the
 * time of what it is at is over. */
typedef struct LtConnection LtConnection;
LtConnection *lt_connection_of(GSocketAddress *remote);
/* Waits for a request, or for the rest of its head. */
void lt_connection_await(LtConnection *connection);
/* Takes in or gives out so many bytes. */
void lt_connection_transfer(LtConnection *connection, guint64 bytes);
/* The request, whose body has that many bytes, has its whole answer, and both sides would go on: when its stream is
 * closed, the connection waits for another one. */
void lt_connection_go_on(LtConnection *connection, guint64 body);
/* Has its answer before its request was whole: it ends, but not before the answer had time to get through. */
void lt_connection_refuse(LtConnection *connection);
/* Is being answered here: no hurry. Also for a stream of events, whose own beats tell whether it lives. */
void lt_connection_work(LtConnection *connection);
