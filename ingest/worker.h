/* One worker process from its start to its end: its socket, its deadline, its limits, its last
 * words. A worker is never trusted: what it sends is checked by ocr/protocol.c and then by who
 * asked. */
#pragma once

#include "ingest/document.h"
#include "ocr/ocr.h"

typedef enum {
    LT_WORKER_EXITED,    /* status: exit code */
    LT_WORKER_SIGNALLED, /* status: signal */
    LT_WORKER_STALLED,   /* status: seconds it was given */
    LT_WORKER_LIED,      /* an answer that is not valid, or not to what was asked */
    LT_WORKER_FAILED     /* status: the LtOcrError it gave */
} LtWorkerEndKind;

typedef struct {
    LtWorkerEndKind kind;
    int status;
    const char *detail; /* (nullable) */
    const char *log;    /* the end of what it wrote to standard error */
    gboolean was_ready; /* it had come up */
} LtWorkerEnd;

typedef struct LtWorker LtWorker;

typedef struct {
    /* missing: the walls that it could not build around itself; often none. */
    void (*ready)(LtWorker *worker, const char *const *missing, gpointer user_data);
    /* FALSE: the answer makes no sense, and the worker is ended for it. */
    gboolean (*answer)(LtWorker *worker, LtOcrMessage *message, gpointer user_data);
    /* Comes once, unless lt_worker_kill was called; the worker is dead then. */
    void (*ended)(LtWorker *worker, const LtWorkerEnd *end, gpointer user_data);
    gpointer user_data;
} LtWorkerHooks;

/* Starts program; ready comes later, or ended. strict: it is to end where a wall cannot be built. The hooks
 * must outlive the worker. */
LtWorker *lt_worker_start(const char *program, gboolean strict, GMainContext *context,
                          const LtWorkerHooks *hooks, GError **error);
/* Kills the process if it is still there. Never from within a hook: see lt_worker_is_dead. */
void lt_worker_free(LtWorker *worker);
/* Ends the process at once and without a word; the hooks are not called any more. */
void lt_worker_kill(LtWorker *worker);

gboolean lt_worker_is_ready(const LtWorker *worker); /* came up, and nothing ended it */
gboolean lt_worker_is_dead(const LtWorker *worker);
guint lt_worker_served(const LtWorker *worker); /* requests it was given */

/* The work that it has in hand: a document, and a page (0: opening it). NULL: idle. */
LtDocument *lt_worker_document(const LtWorker *worker);
guint lt_worker_page(const LtWorker *worker);

/* Asks for a document to be opened (page 0) or a page of it to be recognised; each answer must come
 * within seconds. original_fd is not closed. A worker that is already gone is reported by ended. */
void lt_worker_ask(LtWorker *worker, LtDocument *document, guint page, guint max_pages,
                   int original_fd, guint seconds);
/* Asks for the picture of a part of a page, box in fractions of it. */
void lt_worker_cut(LtWorker *worker, LtDocument *document, guint page, const LtBox *box,
                   int original_fd, guint seconds);
/* Asks for the picture of a whole page. */
void lt_worker_show(LtWorker *worker, LtDocument *document, guint page, guint dpi, int original_fd,
                    guint seconds);
/* What was asked is answered. */
void lt_worker_rest(LtWorker *worker);
