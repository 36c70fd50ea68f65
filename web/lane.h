/* Threads that answer requests, so that the thread of the network never waits: a few of them, each with its own
 * desk, and a line of stated length before them. */
#pragma once

#include "web/route.h"

/* Called in the thread that made the lane, from its main context, with the request back. answer: (nullable) NULL: it
 * is to be answered later. (transfer full) both */
typedef void (*LtLaneDone)(LtAnswer *answer, LtRequest *request, gpointer user_data);

typedef struct LtLane LtLane;

LtLane *lt_lane_new(LtSite *site, guint threads, guint most_waiting);
/* Answers what is in line, then ends. */
void lt_lane_free(LtLane *lane);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtLane, lt_lane_free)
/* FALSE: the line is full; then nothing was taken. request: taken over. */
gboolean lt_lane_push(LtLane *lane, const LtRoute *route, LtRequest *request, gboolean later,
                      LtLaneDone done, gpointer user_data);
