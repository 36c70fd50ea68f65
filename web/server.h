/* HTTP: libsoup between connections and routes. With listener.c and main.c the only files that know of a
 * network. */
#pragma once

#include "web/listener.h"
#include "web/site.h"

typedef struct LtServer LtServer;

LtServer *lt_server_new(LtSite *site, const LtListenerOptions *options, GError **error);
void lt_server_free(LtServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtServer, lt_server_free)
guint16 lt_server_port(const LtServer *server);
/* Until lt_server_stop, and then until what is under way is answered, at most some seconds. */
void lt_server_run(LtServer *server);
void lt_server_stop(LtServer *server);
