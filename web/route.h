/* What the site answers to: method, path, who may, where the work is done, and by which function. */
#pragma once

#include "web/site.h"

/* Where a request is worked on. */
typedef enum {
    LT_LANE_NOW,  /* at once, by the thread of the network: takes no time and touches no archive */
    LT_LANE_READ, /* several threads, each with the archive open for reading */
    LT_LANE_PICTURE, /* few threads, each with a worker of its own */
    LT_LANE_WRITE,   /* one thread, for there is one writer at a time anyway */
    LT_N_LANES
} LtLaneKind;

/* Who may. */
typedef enum {
    LT_FOR_ALL, /* whether somebody is logged in or not */
    LT_FOR_READERS,
    LT_FOR_ARCHIVISTS,
    LT_FOR_ADMINISTRATORS
} LtFor;

/* NULL, where the route has a later handler: it is that one's. */
typedef LtAnswer *(*LtHandler)(LtDesk *desk, const LtRequest *request);

typedef struct {
    const char *method;
    const char *pattern; /* "/api/v1/documents/{id}"; {…} is one segment */
    LtFor who;
    LtLaneKind lane;
    LtHandler handler;
    LtHandler later;  /* (nullable) what takes its time, in LT_LANE_PICTURE */
    gboolean uploads; /* its body is a file */
} LtRoute;

/* The route of a request, whose captures are filled in; NULL where there is none. *ret_allow (transfer full)
 * (nullable) are the methods that the path has. HEAD goes where GET does. */
const LtRoute *lt_route_find(LtRequest *request, char **ret_allow);
/* The n-th route, for tests; NULL behind the last. */
const LtRoute *lt_route_at(guint n);

/* Whether the request may be answered: NULL, or what is said instead. route: of lt_route_find; NULL: there is none,
 * and allow (nullable) says which methods there are. */
LtAnswer *lt_route_refuse(LtDesk *desk, const LtRoute *route, const LtRequest *request,
                          const char *allow);
/* Answers a request, whatever it is: checks, handler, conditions. NULL: it is to be given to
 * lt_route_answer_later. */
LtAnswer *lt_route_answer(LtDesk *desk, const LtRoute *route, const LtRequest *request,
                          const char *allow);
LtAnswer *lt_route_answer_later(LtDesk *desk, const LtRoute *route, const LtRequest *request);

/* The handlers, each in the file of its subject. */
LtAnswer *lt_handle_access(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_agencies(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_asset(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_correct(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_document(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_events(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_export(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_hits(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_intake(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_log_in(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_log_out(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_original(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_page(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_picture(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_picture_making(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_quarantine(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_refs(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_retry(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_review(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_saved(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_saved_forget(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_saved_keep(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_search(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_session(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_similar(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_status(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_types(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_undo(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_upload(LtDesk *desk, const LtRequest *request);
LtAnswer *lt_handle_words(LtDesk *desk, const LtRequest *request);
