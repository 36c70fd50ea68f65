/* The workers of a run: started when there is work for them, replaced when they end. */
#pragma once

#include "ingest/worker.h"

typedef struct {
    gboolean (*answer)(LtWorker *worker, LtOcrMessage *message, gpointer user_data);
    /* A worker ended with this in hand; it is the pool's no more. */
    void (*lost)(LtDocument *document, guint page, const LtWorkerEnd *end, gpointer user_data);
    /* Something changed: a worker is ready, or one has to be replaced. */
    void (*changed)(gpointer user_data);
    /* No worker comes up. (transfer full) */
    void (*broken)(GError *error, gpointer user_data);
    /* A worker has come up without these walls; told once a pool. */
    void (*open)(const char *const *missing, gpointer user_data);
    gpointer user_data;
} LtPoolHooks;

#define LT_POOL_FEWER_SECONDS 60u

typedef struct LtPool LtPool;

/* strict: workers are to end where a wall cannot be built around them. */
LtPool *lt_pool_new(const char *program, gboolean strict, guint jobs, GMainContext *context,
                    const LtPoolHooks *hooks);
void lt_pool_free(LtPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPool, lt_pool_free)

/* For so long it makes do with those that came up, where others did not; then it tries for as many as it was
 * made for. */
void lt_pool_set_fewer(LtPool *pool, guint seconds);
/* Whether any worker ever came up: the program is there, and of this version. */
gboolean lt_pool_came_up(const LtPool *pool);
/* An idle worker; fresh: one that has served nothing yet. NULL: none now. (transfer none) */
LtWorker *lt_pool_idle(LtPool *pool, gboolean fresh);
/* Another one than that where there are several: one that has recognised nothing yet stays small as long as it
 * can. (transfer none) */
LtWorker *lt_pool_idle_to_open(LtPool *pool);
/* How many have a page in hand, and how many a document to open. */
guint lt_pool_recognising(const LtPool *pool);
guint lt_pool_opening(const LtPool *pool);
/* Sees that workers come up for work that waits: n pieces, n_fresh of them for fresh workers. */
gboolean lt_pool_want(LtPool *pool, guint n, guint n_fresh, GError **error);
/* Ends the workers that have this document in hand. */
void lt_pool_drop(LtPool *pool, const LtDocument *document);
/* Frees workers that have ended. Never from within a hook. */
void lt_pool_sweep(LtPool *pool);
