/* The pipeline: which files, in what order, what became of each. Runs a GMainContext of its own: one
 * coordinator, N workers. Front door of ingest/. */
#pragma once

#include <glib.h>

#include "ingest/fields/fields.h"
#include "store/store.h"

#define LT_INGEST_ERROR (lt_ingest_error_quark())
GQuark lt_ingest_error_quark(void);
typedef enum {
    LT_INGEST_ERROR_WORKER, /* workers cannot be started or end at once: nothing can be read */
    LT_INGEST_ERROR_PATH    /* none of the paths can be used */
} LtIngestError;

/* What becomes of a source once its bytes and its document are on the archive's disk. */
typedef enum { LT_SOURCE_KEEP, LT_SOURCE_MOVE, LT_SOURCE_DELETE } LtSourceAction;

typedef struct {
    guint jobs; /* workers; 0: one a core this process may run on */
    gboolean
        overtaking; /* a watcher: what need not be recognised does not wait for what has to be, and
                          * has a worker more */
    const char *move_to; /* (nullable) filed sources go there after the commit */
    gboolean dry_run;    /* say what would be done; no archive needed, nothing written */
    guint page_seconds;  /* deadline of one page; 0: LT_INGEST_PAGE_SECONDS */
    guint max_pages;     /* 0: LT_OCR_MAX_PAGES */
    const char *worker;  /* the worker program; may be NULL for a dry run */
    gboolean
        require_sandbox; /* LT_INGEST_ERROR_WORKER where a wall around workers cannot be built */
    gboolean follow;    /* a watcher holds the archive: ask it to take the files, and follow them */
    int follow_seconds; /* for so long, then LT_STORE_ERROR_BUSY; -1: until all came to their end */
    guint retries;      /* how often a file is tried again whose trouble may pass, ... */
    guint retry_seconds; /* after this pause, and then after longer ones; 0 retries in a batch */
} LtIngestOptions;

#define LT_INGEST_PAGE_SECONDS 120u
#define LT_INGEST_INBOX "inbox"       /* in the archive's folder: what waits there to be taken in */
#define LT_INGEST_ARRIVING ".coming-" /* there, a name that begins so: it is not whole yet */

typedef enum {
    LT_INGEST_FOUND, /* a file or folder was looked at: totals have grown */
    LT_INGEST_PAGE,  /* a page was read */
    LT_INGEST_FILE,  /* a file came to its end: state, reason, document */
    LT_INGEST_WALLS  /* workers run without some of their walls: reason. Once a run */
} LtIngestEventKind;

typedef struct {
    guint files, done;       /* files found, files at their end */
    guint pages, pages_done; /* pages known of so far, pages read */
    guint filed, duplicate, skipped, held, quarantined, unchanged,
        failed;            /* files at their end, by state;
        failed: not taken, for a reason outside the ledger (no permission, vanished before it was seen) */
    guint waiting;         /* put off, to be tried again, or not whole yet */
    guint doubtful;        /* of filed */
    guint old_quarantined; /* of unchanged */
    guint stayed;          /* of filed, duplicate, unchanged: the source was to go and could not */
    gboolean scanning;     /* still looking through folders */
    double seconds;        /* since the run began */
    double last_seconds;   /* of these, when the last file or page came to its end */
} LtIngestProgress;

typedef struct {
    LtIngestEventKind kind;
    const char *path;       /* bytes; FILE */
    const char *outcome;    /* FILE: a ledger state's name, "unchanged", "failed" or "waiting" */
    const char *reason;     /* (nullable) FILE; of what is filed: why its source is not moved */
    const LtRecord *record; /* (nullable) FILE, outcome "filed" */
    const LtRecord *before; /* (nullable) the same document before it was recognised again */
    gint64 document;        /* FILE: filed as, or duplicate of; 0: none */
    const LtIngestProgress *progress;
} LtIngestEvent;

typedef void (*LtIngestReport)(const LtIngestEvent *event, gpointer user_data);

typedef struct LtIngest LtIngest;

/* store: locked by the caller; NULL only for a dry run. Both must outlive the run. */
LtIngest *lt_ingest_new(LtStore *store, const LtRules *rules, const LtIngestOptions *options,
                        LtIngestReport report, gpointer user_data);
void lt_ingest_free(LtIngest *ingest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtIngest, lt_ingest_free)

/* Goes on with what the ledger has unfinished, then takes the paths, and returns when all is done or
 * lt_ingest_stop was called. FALSE only for what ends the whole run: disk full, I/O, archive broken,
 * no worker; each file's own trouble is reported and counted. */
gboolean lt_ingest_run(LtIngest *ingest, const char *const *paths, GError **error);
/* Before the run: it recognises these documents (of gint64) again from their originals, and does
 * nothing else. What a person put right stays; one that cannot be read again stays as it was. */
void lt_ingest_recognise(LtIngest *ingest, const GArray *ids);
/* From a signal source of the thread-default context: no new work; run returns when what is under way has
 * been put away safely. A second call ends at once. */
void lt_ingest_stop(LtIngest *ingest);
gboolean lt_ingest_stopped(const LtIngest *ingest);
/* As it is at this moment. */
const LtIngestProgress *lt_ingest_progress(LtIngest *ingest);

/* Whether the file of a row is not there any more as it was: no name, or other bytes under it. FALSE also where
 * that cannot be told. */
gboolean lt_ingest_is_gone(const LtLedgerRow *row);

/* --- watch.c: folders that are watched for ever --- */

typedef struct {
    char *named;      /* absolute, as somebody named it */
    char *path;       /* the same with links resolved; as named while it is not there */
    gboolean by_link; /* links led to it, or it was not there: another way may lead to it later */
    gboolean
        hung; /* its disk gave no answer when it was last asked: nothing is asked of it but that */
    LtSourceAction action; /* of what is filed or was filed before */
    char *done;            /* (nullable) MOVE: absolute; subfolders are kept */
    char *done_mount;      /* (nullable) MOVE: where the disk of that folder is mounted */
    gboolean done_hung;    /* MOVE: the same of its disk as hung is of this one */
    gboolean dossiers;     /* a file in a subfolder goes into the dossier of the subfolder's name */
    char **leave;          /* (nullable) patterns (fnmatch) of names that are left alone */
} LtWatchFolder;

LtWatchFolder *lt_watch_folder_new(const char *path);
void lt_watch_folder_free(LtWatchFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtWatchFolder, lt_watch_folder_free)

typedef struct {
    guint settle_ms;        /* a file that lies still so long and is whole is taken */
    guint patience_seconds; /* one that lies still so long and is not whole is quarantined */
    guint look_seconds;     /* between two looks over all folders */
    guint poll_seconds;     /* the same where the file system tells nothing */
    guint64 reserve;        /* bytes that stay free on the archive's disk */
    gboolean poll;          /* wherever the folders are */
    gboolean once;          /* what is there, and then an end */
} LtWatchOptions;

/* How it is just now. Strings are the watcher's own. */
typedef struct {
    gboolean looking;        /* a look over the folders is under way */
    const char *paused;      /* (nullable) why nothing is taken now */
    guint folders;           /* that are watched, subfolders included, as far as met */
    guint waiting;           /* files that are not ripe yet or not looked at */
    guint in_hand;           /* files that are being taken */
    const char *oldest_path; /* (nullable) of what is not ripe, the one seen first */
    gint64 oldest_since;     /* seconds since 1970 */
} LtWatchState;

/* A sentence for the log: what it watches and how, why it pauses. */
typedef void (*LtWatchSay)(const char *sentence, gpointer user_data);

typedef struct LtWatch LtWatch;

/* store: locked by the caller; NULL only for a dry run, which looks once. folders: of LtWatchFolder,
 * taken over. store, rules and what user_data points to must outlive it. */
LtWatch *lt_watch_new(LtStore *store, const LtRules *rules, const LtIngestOptions *ingest,
                      const LtWatchOptions *options, GPtrArray *folders);
void lt_watch_free(LtWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtWatch, lt_watch_free)
void lt_watch_set_hooks(LtWatch *watch, LtIngestReport report, LtWatchSay say, gpointer user_data);

/* Before the run: its folders can be watched, and those for filed sources are there. */
gboolean lt_watch_prepare(LtWatch *watch, GError **error);
/* Until lt_watch_stop; with once, until all that is there came to its end. Where the disk is full it waits
 * for room and goes on, and so where no worker comes up any more. FALSE for what it cannot go on with:
 * archive broken, no worker from the beginning. */
gboolean lt_watch_run(LtWatch *watch, GError **error);
/* As lt_ingest_stop. */
void lt_watch_stop(LtWatch *watch);
gboolean lt_watch_stopped(const LtWatch *watch);
/* Other folders from now on (taken over); of ingest, how often files are tried again and when. FALSE: they
 * cannot be, and all is as it was. */
gboolean lt_watch_reload(LtWatch *watch, const LtIngestOptions *ingest,
                         const LtWatchOptions *options, GPtrArray *folders, GError **error);
/* Since it began. */
const LtIngestProgress *lt_watch_progress(LtWatch *watch);
void lt_watch_state(const LtWatch *watch, LtWatchState *ret_state);

/* --- cut.c: pages as pictures, and cut-outs of them --- */

typedef struct LtCutter LtCutter;

/* program: the worker. LT_INGEST_ERROR_WORKER: it does not start, or without a wall that is required. (transfer
 * full) */
LtCutter *lt_cutter_new(const char *program, gboolean require_sandbox, GError **error);
void lt_cutter_free(LtCutter *cutter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtCutter, lt_cutter_free)
/* The spot of a page of an original, with some of what is around it, as a PNG. box: in fractions of the
 * page as its file has it. (transfer full) */
GBytes *lt_cutter_cut(LtCutter *cutter, LtStore *store, const char *sha256, guint page,
                      const LtBox *box, GError **error);
/* The whole page as a JPEG, at dpi (LT_CUTTER_DPI_LEAST to _MOST) or what of it is possible. (transfer full) */
#define LT_CUTTER_DPI_LEAST 30u
#define LT_CUTTER_DPI_MOST 300u
GBytes *lt_cutter_show(LtCutter *cutter, LtStore *store, const char *sha256, guint page, guint dpi,
                       GError **error);
/* Its worker has ended: it makes no more pictures. */
gboolean lt_cutter_is_dead(const LtCutter *cutter);
/* What a person is to be told of the walls around its worker; NULL: they all stand. (transfer full) */
char *lt_cutter_warning(const LtCutter *cutter);

/* --- order.c: what the archive knows of handwritten numbers and days --- */

/* Weighs those of record, read just now, by the numbers and days of the same office that are sure, and
 * gives or withholds them anew. FALSE only on error. */
gboolean lt_order_settle(LtStore *store, LtRecord *record, GError **error);

/* --- reread.c: reading the fields again from the pages that are stored, with the present rules --- */

typedef struct {
    gint64 id;
    const char *trouble; /* (nullable) why it cannot be read: nothing else is there then */
    const LtRecord *before, *after; /* with pages; after has the new revision when it was written */
    gboolean changed;               /* anything, be it only where a value was read */
} LtReread;

/* FALSE stops, with its own error or none. */
typedef gboolean (*LtRereadReport)(const LtReread *reread, gpointer user_data, GError **error);

/* Every document that search finds, by id; one transaction each, none where nothing changed. What a
 * person put right stays. One that is damaged is reported, and the others go on. dry_run: nothing is written. Needs no intake lock. */
gboolean lt_reread(LtStore *store, const LtRules *rules, const LtSearch *search, gboolean dry_run,
                   LtRereadReport report, gpointer user_data, GError **error);
