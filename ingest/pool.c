/* Keeps up to so many workers alive as there is work for. */
#include "ingest/pool.h"

#include <glib/gi18n-lib.h>

#include "ingest/ingest.h"
#include "ingest/reasons.h"

#define MAX_START_FAILURES 3u /* in a row, before the run is given up */

struct LtPool {
    char *program;
    gboolean strict, told_open, came_up;
    guint jobs, wanted;
    guint fewer_seconds;
    gint64 fewer_until; /* monotonic, microseconds: until then jobs are fewer than wanted */
    GMainContext *context;
    const LtPoolHooks *hooks;
    LtWorkerHooks worker_hooks;
    GPtrArray *workers; /* of LtWorker; dead ones until they are swept */
    guint start_failures;
};

static void
worker_is_ready(LtWorker *worker, const char *const *missing, gpointer user_data)
{
    LtPool *pool = user_data;

    (void)worker;
    pool->came_up = TRUE;
    pool->start_failures = 0;
    if (missing && missing[0] && !pool->told_open) {
        pool->told_open = TRUE;
        pool->hooks->open(missing, pool->hooks->user_data);
    }
    pool->hooks->changed(pool->hooks->user_data);
}

static gboolean
worker_answers(LtWorker *worker, LtOcrMessage *message, gpointer user_data)
{
    LtPool *pool = user_data;

    return pool->hooks->answer(worker, message, pool->hooks->user_data);
}

/* With those that did come up the run can go on, only slower; what kept the others may pass. */
static gboolean
make_do(LtPool *pool)
{
    guint ready = 0;

    for (guint i = 0; i < pool->workers->len; i++)
        ready += lt_worker_is_ready(g_ptr_array_index(pool->workers, i));
    if (ready == 0)
        return FALSE;
    pool->jobs = ready;
    pool->fewer_until = g_get_monotonic_time() + pool->fewer_seconds * (gint64)G_USEC_PER_SEC;
    pool->start_failures = 0;
    return TRUE;
}

static void
start_failed(LtPool *pool, const LtWorkerEnd *end)
{
    if (++pool->start_failures < MAX_START_FAILURES || make_do(pool))
        return;
    pool->hooks->broken(lt_reason_for_start(pool->program, end), pool->hooks->user_data);
}

static void
worker_has_ended(LtWorker *worker, const LtWorkerEnd *end, gpointer user_data)
{
    LtPool *pool = user_data;
    LtDocument *document = lt_worker_document(worker);
    guint page = lt_worker_page(worker);

    lt_worker_rest(worker);
    if (!end->was_ready)
        start_failed(pool, end);
    if (document)
        pool->hooks->lost(document, page, end, pool->hooks->user_data);
    pool->hooks->changed(pool->hooks->user_data);
}

LtPool *
lt_pool_new(const char *program, gboolean strict, guint jobs, GMainContext *context,
            const LtPoolHooks *hooks)
{
    LtPool *pool = g_new0(LtPool, 1);

    pool->program = g_strdup(program);
    pool->strict = strict;
    pool->jobs = pool->wanted = MAX(jobs, 1);
    pool->fewer_seconds = LT_POOL_FEWER_SECONDS;
    pool->context = g_main_context_ref(context);
    pool->hooks = hooks;
    pool->worker_hooks = (LtWorkerHooks){worker_is_ready, worker_answers, worker_has_ended, pool};
    pool->workers = g_ptr_array_new_with_free_func((GDestroyNotify)lt_worker_free);
    return pool;
}

void
lt_pool_free(LtPool *pool)
{
    if (!pool)
        return;
    g_ptr_array_unref(pool->workers);
    g_main_context_unref(pool->context);
    g_free(pool->program);
    g_free(pool);
}

void
lt_pool_set_fewer(LtPool *pool, guint seconds)
{
    pool->fewer_seconds = seconds;
}

gboolean
lt_pool_came_up(const LtPool *pool)
{
    return pool->came_up;
}

static gboolean
is_idle(const LtWorker *worker)
{
    return lt_worker_is_ready(worker) && !lt_worker_document(worker);
}

LtWorker *
lt_pool_idle(LtPool *pool, gboolean fresh)
{
    for (guint i = 0; i < pool->workers->len; i++) {
        LtWorker *worker = g_ptr_array_index(pool->workers, i);

        if (is_idle(worker) && (!fresh || lt_worker_served(worker) == 0))
            return worker;
    }
    return NULL;
}

LtWorker *
lt_pool_idle_to_open(LtPool *pool)
{
    for (guint i = pool->workers->len; i > 0; i--) {
        LtWorker *worker = g_ptr_array_index(pool->workers, i - 1);

        if (is_idle(worker))
            return worker;
    }
    return NULL;
}

static guint
count_busy(const LtPool *pool, gboolean with_page)
{
    guint n = 0;

    for (guint i = 0; i < pool->workers->len; i++) {
        const LtWorker *worker = g_ptr_array_index(pool->workers, i);

        n += lt_worker_document(worker) && (lt_worker_page(worker) > 0) == with_page;
    }
    return n;
}

guint
lt_pool_recognising(const LtPool *pool)
{
    return count_busy(pool, TRUE);
}

guint
lt_pool_opening(const LtPool *pool)
{
    return count_busy(pool, FALSE);
}

static gboolean
start_one(LtPool *pool, GError **error)
{
    g_autofree char *program = lt_reason_show_path(pool->program);
    g_autoptr(GError) why = NULL;
    LtWorker *worker =
        lt_worker_start(pool->program, pool->strict, pool->context, &pool->worker_hooks, &why);

    if (!worker) {
        g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_WORKER,
                    _("cannot start the worker program '%s': %s; install luutru whole"), program,
                    why->message);
        return FALSE;
    }
    g_ptr_array_add(pool->workers, worker);
    return TRUE;
}

/* Makes room for a fresh worker where all are idle but none is fresh. */
static gboolean
retire_one(LtPool *pool)
{
    LtWorker *worker = lt_pool_idle(pool, FALSE);

    if (worker)
        lt_worker_kill(worker);
    return worker != NULL;
}

gboolean
lt_pool_want(LtPool *pool, guint n, guint n_fresh, GError **error)
{
    guint alive = 0, starting = 0;

    if (g_get_monotonic_time() >= pool->fewer_until)
        pool->jobs = pool->wanted;
    for (guint i = 0; i < pool->workers->len; i++) {
        const LtWorker *worker = g_ptr_array_index(pool->workers, i);

        alive += !lt_worker_is_dead(worker);
        starting += !lt_worker_is_dead(worker) && !lt_worker_is_ready(worker);
    }
    if (n_fresh > 0 && starting == 0 && alive >= pool->jobs && retire_one(pool))
        alive--;
    for (; starting < n && alive < pool->jobs; starting++, alive++) {
        g_autoptr(GError) why = NULL;

        if (start_one(pool, &why))
            continue;
        if (make_do(pool))
            return TRUE;
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    return TRUE;
}

void
lt_pool_drop(LtPool *pool, const LtDocument *document)
{
    for (guint i = 0; i < pool->workers->len; i++) {
        LtWorker *worker = g_ptr_array_index(pool->workers, i);

        if (lt_worker_document(worker) == document) {
            lt_worker_kill(worker);
            lt_worker_rest(worker);
        }
    }
}

void
lt_pool_sweep(LtPool *pool)
{
    for (guint i = pool->workers->len; i > 0; i--) {
        if (lt_worker_is_dead(g_ptr_array_index(pool->workers, i - 1)))
            g_ptr_array_remove_index_fast(pool->workers, i - 1);
    }
}
