/* One turn on a connection: a stream for a single request and its answer. libsoup ends a stream that it was handed after
 * each answer, and 3.2 forgets one that it keeps when its client closes it between two requests. So it gets one for each
 * request; what lies below outlives it. */
#pragma once

#include <gio/gio.h>

#define LT_TYPE_TURN (lt_turn_get_type())
G_DECLARE_FINAL_TYPE(LtTurn, lt_turn, LT, TURN, GIOStream)

/* Called once, when libsoup lets the turn go. */
typedef void (*LtTurnOver)(gpointer user_data);

/* below: what bytes really come and go by; it stays open. */
LtTurn *lt_turn_new(GIOStream *below, LtTurnOver over, gpointer user_data);
/* The bytes taken in behind the request's head; G_MAXUINT64: the head is not at its end. More than its body has would
 * be of a next request, and lost with the turn. */
guint64 lt_turn_behind_head(const LtTurn *turn);
