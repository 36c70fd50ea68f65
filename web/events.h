/* Streams of events (text/event-stream): what changes in the intake, as it changes. */
#pragma once

#include "web/exchange.h"

typedef struct LtEvents LtEvents;

LtEvents *lt_events_new(LtSite *site);
void lt_events_free(LtEvents *events);
/* Ends all streams. */
void lt_events_stop(LtEvents *events);
/* answer: the stream's head, taken over. exchange: paused, with its message. */
void lt_events_begin(LtEvents *events, LtExchange *exchange, LtAnswer *answer);
