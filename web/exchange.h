/* A request of libsoup's on its way to its answer. It lives as long as the message does, and as somebody works
 * on it. */
#pragma once

#include <libsoup/soup.h>

#include "web/route.h"

typedef struct {
    struct LtServer *server;
    LtSite *site;
    SoupServerMessage *message; /* (nullable) NULL: who asked is gone */
    LtRequest *request;         /* (nullable) NULL: it makes none, or somebody works on it */
    const LtRoute *route;
    char *allow;
    gboolean given, paused;
    gboolean head;
    int upload_fd;          /* -1: its body is kept in memory */
    gboolean upload_failed; /* the disk did not take all of it */
} LtExchange;

LtExchange *lt_exchange_new(struct LtServer *server, LtSite *site, SoupServerMessage *message);
LtExchange *lt_exchange_of(SoupServerMessage *message);
/* Whether its body may come: 0, or the status to refuse it with. */
guint lt_exchange_check_body(LtExchange *exchange);
/* Its body goes to a file beside the archive's originals, and never into memory. */
gboolean lt_exchange_begin_upload(LtExchange *exchange, GError **error);
/* All of the body is there. */
void lt_exchange_take_body(LtExchange *exchange);
/* It is answered later. */
void lt_exchange_pause(LtExchange *exchange);
/* The head of an answer whose body comes bit by bit; answer: taken over. Then the message is unpaused. */
void lt_exchange_give_head(LtExchange *exchange, LtAnswer *answer);
/* Before a body that is not wanted: answers at once and ends the connection, for libsoup would read the body first.
 * answer: taken over. The exchange is gone then. */
void lt_exchange_refuse(LtExchange *exchange, LtAnswer *answer);
/* answer: taken over. */
void lt_exchange_give(LtExchange *exchange, LtAnswer *answer);
