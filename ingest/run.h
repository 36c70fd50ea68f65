/* One run of the pipeline, as its own files see it:
 *
 *   ingest.c    the front door, the loop, reports
 *   intake.c    from a file that was found to a stored original with its ledger row
 *   source.c    what becomes of a file that is in the archive now: kept, moved, deleted
 *   queue.c     what other programs ask this run to take
 *   follow.c    the other side: a run that asks the watcher to take what it finds
 *   schedule.c  which worker does what next, and what its answers mean
 *   filing.c    from a document that is read to its end: filed, held, quarantined
 *   recognise.c documents that are filed, on the same way once more */
#pragma once

#include "ingest/document.h"
#include "ingest/ingest.h"
#include "ingest/pool.h"
#include "ingest/walk.h"

/* Where a run's files come from: for a batch a walk over its paths, or a watcher. */
typedef struct {
    /* Finds a little more and gives it to lt_run_push. FALSE: there is nothing just now. */
    gboolean (*step)(LtIngest *run, gpointer user_data);
    /* Nothing more will come. */
    gboolean (*is_over)(const LtIngest *run, gpointer user_data);
    /* What becomes of a filed source; *ret_folder (transfer full) where it moves, NULL: that cannot be
     * reached now. */
    LtSourceAction (*action)(LtIngest *run, const char *path, char **ret_folder,
                             gpointer user_data);
    /* (nullable) The dossier into which a file's document goes: a name (transfer full) (nullable). */
    char *(*dossier)(LtIngest *run, const char *path, gpointer user_data);
    /* (nullable) A file has come to its end, or is put off. */
    void (*ended)(LtIngest *run, const char *path, guint outcome, gpointer user_data);
    /* (nullable) A file has changed since it was seen: to be looked at as if it were new. FALSE: it is
     * none of this feed's. */
    gboolean (*offer)(LtIngest *run, const char *path, gpointer user_data);
    /* (nullable) Whether the archive's disk has room for a file of that size; others go on meanwhile. NULL:
     * where there is none the run ends. */
    gboolean (*has_room)(const LtIngest *run, guint64 size, gpointer user_data);
    /* (nullable) Nothing is to be begun just now, whoever asks for it. */
    gboolean (*is_paused)(const LtIngest *run, gpointer user_data);
    /* (nullable) A file that is not there need not be gone: the folder in which it was found is not there. */
    gboolean (*is_away)(const LtIngest *run, const char *path, gpointer user_data);
    /* (nullable) The disk of a file gives no answer: whoever asks for it waits, perhaps for ever. */
    gboolean (*is_hung)(LtIngest *run, const char *path, gpointer user_data);
    gpointer user_data;
} LtFeed;

typedef struct LtFollow LtFollow;

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

    LtFeed feed;
    LtWalk *walk;  /* (nullable) of a batch */
    GQueue found;  /* of LtFound, not looked into yet */
    guint n_asked; /* ... for which other programs have asked */
    GHashTable
        *handled; /* of gint64: ledger rows that this run has taken up; a watcher lets them go */
    GHashTable *staying; /* of char *: sources that could not be moved or deleted */
    GHashTable *resumed; /* of char *: paths of those that were unfinished when it began */

    gboolean queue_wanted; /* the queue may hold something new */
    gint64 last_queued;
    LtFollow *follow;   /* (nullable) this run asks another to take its files */
    GHashTable *queued; /* path -> GArray of gint64: rows of the queue that wait for its end */

    GHashTable *documents; /* SHA-256 -> LtDocument, on their way */
    GQueue opening;        /* of LtDocument: to be opened */
    GQueue later;          /* of LtDocument: with pages to be recognised, when it is their turn */
    gsize later_bytes;     /* of the pages of those that are there */
    GQueue reading;        /* of LtDocument: a page from each in turn */
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
enum {
    LT_OUTCOME_UNCHANGED = LT_LEDGER_N_STATES,
    LT_OUTCOME_FAILED,
    LT_OUTCOME_WAITING, /* it is put off, or not whole yet: no end, but the run lets go of it */
    LT_N_OUTCOMES
};

/* --- ingest.c --- */

/* Ends the run with error (transfer full). Always FALSE. */
gboolean lt_run_fail(LtIngest *run, GError *error);
gboolean lt_run_is_ending(const LtIngest *run);
/* Which walls around workers are missing. */
void lt_run_tell_walls(LtIngest *run, const char *missing);
void lt_run_report(LtIngest *run, LtIngestEventKind kind);
/* A ledger row is in nobody's hands any more. A batch takes none up twice all the same, so that what is
 * named twice counts once. */
void lt_run_let_go(LtIngest *run, gint64 row);
/* Takes over something that was found: the run gets to it when its turn comes. */
void lt_run_push(LtIngest *run, LtFound *found);
/* A file waits, in this run's hands or another's: reported, and not counted. */
void lt_run_tell_waiting(LtIngest *run, const char *path, const char *reason);
/* A file has come to its end: counted and reported. */
void lt_run_end_file(LtIngest *run, const char *path, guint outcome, const char *reason,
                     const LtRecord *record, gint64 document);

/* --- intake.c --- */

/* What the ledger has unfinished is put before everything else. */
gboolean lt_intake_resume(LtIngest *run);
void lt_intake_take(LtIngest *run, const LtFound *found);

/* A watcher's: rows that have become unfinished, or whose pause is over, are taken up again. */
gboolean lt_intake_due(LtIngest *run);

/* --- source.c --- */

/* Keeps, moves or deletes a source whose bytes, of this sum, are in the archive, synced, as was asked for.
 * Returns: (transfer full) (nullable): why it could not. */
char *lt_source_settle(LtIngest *run, const LtSource *source, const char *sha256);
/* Puts the document of a source that is a duplicate into the dossier of its folder. *ret_problem
 * (transfer full) (nullable): why it does not go in. */
gboolean lt_source_enter(LtIngest *run, const LtSource *source, gint64 document, char **ret_problem,
                         GError **error);
/* Files the document, into the dossier of its source's folder where it has one. */
gboolean lt_source_file(LtIngest *run, const LtSource *source, LtRecord *record, char **ret_problem,
                        GError **error);
/* Whether a file that the ledger has in the archive is to be taken once more before it is moved or deleted:
 * it holds other bytes by now, though its size and time are the same, or the archive's copy does. */
gboolean lt_source_is_wanted(LtIngest *run, const LtLedgerRow *row, int fd);

/* --- queue.c --- */

void lt_queue_init(LtIngest *run);
void lt_queue_clear(LtIngest *run);
/* Takes some of what is open in the queue. FALSE: there was nothing. */
gboolean lt_queue_take(LtIngest *run);
/* Whether somebody waits for the end of that file. */
gboolean lt_queue_asks(const LtIngest *run, const char *path);
/* Tells who asked for it. */
void lt_queue_ended(LtIngest *run, const LtIngestEvent *event);

/* --- follow.c --- */

void lt_follow_begin(LtIngest *run);
void lt_follow_free(LtFollow *follow);
/* Asks for a file that was found. */
void lt_follow_take(LtIngest *run, const char *path);
/* Everything that was asked for has come to its end. */
gboolean lt_follow_is_over(const LtIngest *run);

/* --- schedule.c --- */

void lt_schedule_init(LtIngest *run);
/* Whether another document may be begun. */
gboolean lt_schedule_has_room(const LtIngest *run);
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
/* Trouble that may pass: in a run that tries again it waits for that, as often as the options say;
 * then, and in all others, it is quarantined. Frees the document. */
void lt_filing_put_off(LtIngest *run, LtDocument *document, const char *reason);
/* A file whose disk does not answer. */
void lt_filing_leave_hung(LtIngest *run, const char *path);
void lt_filing_put_off_source(LtIngest *run, const LtSource *source, const char *reason);
/* It waits, however long that lasts, which is no try, and is told once. pauses: how many of those
 * after which a file is tried again for the first time. */
void lt_filing_await(LtIngest *run, const LtSource *source, const char *reason, guint pauses);
