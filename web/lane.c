#include "web/lane.h"

struct LtLane {
    LtSite *site;
    GMainContext *home;
    GAsyncQueue *line; /* of Job; of END for each thread at the end */
    GPtrArray *threads;
    guint most_waiting;
};

typedef struct {
    const LtRoute *route;
    LtRequest *request;
    LtAnswer *answer;
    gboolean later;
    LtLaneDone done;
    gpointer user_data;
} Job;

static Job END;

static void
free_job(gpointer data)
{
    Job *job = data;

    lt_request_free(job->request);
    lt_answer_free(job->answer);
    g_free(job);
}

static gboolean
hand_over(gpointer data)
{
    Job *job = data;

    job->done(g_steal_pointer(&job->answer), g_steal_pointer(&job->request), job->user_data);
    return G_SOURCE_REMOVE;
}

static gpointer
work(gpointer data)
{
    LtLane *lane = data;
    g_autoptr(LtDesk) desk = lt_desk_new(lane->site);
    Job *job;

    while ((job = g_async_queue_pop(lane->line)) != &END) {
        job->answer = job->later ? lt_route_answer_later(desk, job->route, job->request)
                                 : lt_route_answer(desk, job->route, job->request, NULL);
        g_main_context_invoke_full(lane->home, G_PRIORITY_DEFAULT, hand_over, job, free_job);
    }
    return NULL;
}

LtLane *
lt_lane_new(LtSite *site, guint threads, guint most_waiting)
{
    LtLane *lane = g_new0(LtLane, 1);

    lane->site = site;
    lane->home = g_main_context_ref_thread_default();
    lane->line = g_async_queue_new();
    lane->most_waiting = most_waiting;
    lane->threads = g_ptr_array_new();
    for (guint i = 0; i < threads; i++)
        g_ptr_array_add(lane->threads, g_thread_new("lane", work, lane));
    return lane;
}

void
lt_lane_free(LtLane *lane)
{
    if (lane == NULL)
        return;
    for (guint i = 0; i < lane->threads->len; i++)
        g_async_queue_push(lane->line, &END);
    for (guint i = 0; i < lane->threads->len; i++)
        g_thread_join(g_ptr_array_index(lane->threads, i));
    g_ptr_array_unref(lane->threads);
    g_async_queue_unref(lane->line);
    g_main_context_unref(lane->home);
    g_free(lane);
}

gboolean
lt_lane_push(LtLane *lane, const LtRoute *route, LtRequest *request, gboolean later,
             LtLaneDone done, gpointer user_data)
{
    Job *job;

    if (g_async_queue_length(lane->line) >= (gint)lane->most_waiting)
        return FALSE;
    job = g_new0(Job, 1);
    job->route = route;
    job->request = request;
    job->later = later;
    job->done = done;
    job->user_data = user_data;
    g_async_queue_push(lane->line, job);
    return TRUE;
}
