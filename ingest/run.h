/* One run of the pipeline, as its own files see it:
 *
 *   ingest.c    the front door, the loop, reports
 *   intake.c    from a file that was found to a stored original with its ledger row
 *   schedule.c  which worker does what next, and what its answers mean
 *   filing.c    from a document that is read to its end: filed, held, quarantined
 *   recognise.c documents that are filed, on the same way once more */
#pragma once

#include "ingest/document.h"
#include "ingest/ingest.h"
#include "ingest/pool.h"
#include "ingest/walk.h"

struct LtIngest {
    LtStore *store;
    const LtRules *rules;
    LtIngestOptions options; /* its strings are the run's own; nothing is 0 */
    LtIngestReport report;
    gpointer user_data;

    GMainContext *context;
    LtIngestProgress progress;
    gint64 started_at; /* monotonic, microseconds */
    guint stops;
    GError *fatal; /* (nullable) what ends the run */

    LtWalk *walk;
    GQueue found;        /* of LtFound, not looked into yet */
    GHashTable *handled; /* of gint64: ledger rows that this run has taken up */
    GHashTable *resumed; /* of char *: paths of those that were unfinished when it began */

    GHashTable *documents; /* SHA-256 -> LtDocument, on their way */
    GQueue opening;        /* of LtDocument: to be opened */
    GQueue reading;        /* of LtDocument: with pages to be recognised */
    GQueue again;          /* of LtTask: to be tried once more, in a fresh worker */
    guint64 last_token;
    gboolean recognising;   /* filed documents again, and nothing else */
    const LtRecord *before; /* (nullable) of the document that is reported just now */
    LtPoolHooks pool_hooks;
    LtPool *pool;
};

typedef struct {
    LtDocument *document;
    guint page; /* 0: opening it */
} LtTask;

/* A ledger state, or one of these. */
enum { LT_OUTCOME_UNCHANGED = LT_LEDGER_N_STATES, LT_OUTCOME_FAILED, LT_N_OUTCOMES };

/* --- ingest.c --- */

/* Ends the run with error (transfer full). Always FALSE. */
gboolean lt_run_fail(LtIngest *run, GError *error);
gboolean lt_run_is_ending(const LtIngest *run);
void lt_run_report(LtIngest *run, LtIngestEventKind kind);
/* A file has come to its end: counted and reported. */
void lt_run_end_file(LtIngest *run, const char *path, guint outcome, const char *reason,
                     const LtRecord *record, gint64 document);

/* --- intake.c --- */

/* What the ledger has unfinished is put before everything else. */
gboolean lt_intake_resume(LtIngest *run);
void lt_intake_take(LtIngest *run, const LtFound *found);

/* --- schedule.c --- */

void lt_schedule_init(LtIngest *run);
/* Takes over a document that has its original stored. */
void lt_schedule_add(LtIngest *run, LtDocument *document);
/* Forgets it: no worker has it in hand any more. */
void lt_schedule_remove(LtIngest *run, LtDocument *document);
void lt_schedule(LtIngest *run);

/* --- filing.c --- */

/* Writes an end that is no filing into the ledger and reports it. */
gboolean lt_filing_end_source(LtIngest *run, const LtSource *source, LtLedgerState state,
                              const char *reason, const char *sha256, gint64 document);
/* All its pages are there: files it, or holds it when it is secret. Frees the document. */
void lt_filing_finish(LtIngest *run, LtDocument *document);
/* Frees the document. */
void lt_filing_quarantine(LtIngest *run, LtDocument *document, const char *reason);
/* Moves a filed source where it was asked for. Returns: (transfer full) (nullable): why it could
 * not. */
char *lt_filing_move_source(LtIngest *run, const LtSource *source);
