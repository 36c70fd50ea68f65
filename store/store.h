/* The archive: originals, database, ledger, search. The only folder that names SQLite; this front door
 * names no third-party type. One LtStore belongs to one thread.
 *
 *   ARCHIVE/archive.db    SQLite (WAL, synchronous=FULL); its tables are described in docs/archive.md
 *   ARCHIVE/objects/ab/cdef…  originals by SHA-256, written once, read-only
 *   ARCHIVE/lock          held by the one run that takes files in */
#pragma once

#include <glib.h>

#include "store/disk.h"
#include "store/record.h"
#include "store/upkeep.h"

#include "store/dossier.h"
#include "store/gaps.h"
#include "store/json-text.h"
#include "store/metadata.h"
#include "store/mount.h"
#include "store/package.h"
#include "store/people.h"
#include "store/refs.h"
#include "store/register.h"
#include "store/rows.h"
#include "store/sheet.h"
#include "store/xlsx.h"

#define LT_STORE_ERROR (lt_store_error_quark())
GQuark lt_store_error_quark(void);

typedef enum {
    LT_STORE_ERROR_MISSING,   /* no archive there (exit 3) */
    LT_STORE_ERROR_NEWER,     /* made by a newer luutru (exit 3) */
    LT_STORE_ERROR_DAMAGED,   /* not an archive, or its database is broken (exit 3) */
    LT_STORE_ERROR_READ_ONLY, /* cannot be written, or WAL cannot be opened for reading (exit 3) */
    LT_STORE_ERROR_BUSY,      /* another run holds the lock or the database (exit 75) */
    LT_STORE_ERROR_FULL,      /* disk or quota full (exit 4) */
    LT_STORE_ERROR_IO,        /* exit 4 */
    LT_STORE_ERROR_CHANGED,   /* the source changed while it was read */
    LT_STORE_ERROR_NOT_FOUND, /* no such document (exit 1) */
    LT_STORE_ERROR_INVALID,   /* a wrong argument (exit 2) */
    LT_STORE_ERROR_CONFLICT,  /* somebody else changed the document meanwhile (exit 75) */
    LT_STORE_ERROR_STOPPED    /* the caller wanted it so (exit 130) */
} LtStoreError;

typedef enum {
    LT_STORE_READ,  /* must be there */
    LT_STORE_WRITE, /* must be there; its schema is upgraded */
    LT_STORE_CREATE /* made where it is not there (parents too); LT_STORE_ERROR_BUSY: a copy is being made there, or
                     * was cut short; LT_STORE_ERROR_INVALID: its disk is not mounted */
} LtStoreMode;

/* Whether there is one, be it one that cannot be opened. */
gboolean lt_store_is_there(const char *directory);
LtStore *lt_store_open(const char *directory, LtStoreMode mode, GError **error);
void lt_store_close(LtStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtStore, lt_store_close)

/* The archive's folder, absolute. (transfer none) */
const char *lt_store_directory(const LtStore *store);
/* Takes the intake lock until close; waits up to wait_seconds, then LT_STORE_ERROR_BUSY, naming the
 * process that holds it. */
gboolean lt_store_lock(LtStore *store, guint wait_seconds, GError **error);
/* Who holds the lock says that it takes files from the queue; strict: and reads none without every wall around
 * what reads. */
gboolean lt_store_serve_queue(LtStore *store, gboolean strict, GError **error);
/* Whether another process holds the lock and takes files from the queue; then ret_process (nullable)
 * is its id. */
gboolean lt_store_is_served(LtStore *store, gint64 *ret_process);
gboolean lt_store_is_served_strictly(LtStore *store);
/* From now on this connection, which is one for reading, sees nothing of documents that are restricted: those that
 * are marked secret, and those of dossiers whose access is anything but free. They are in no search, no count, no
 * list of citations, and cannot be had by their id. */
gboolean lt_store_hide_restricted(LtStore *store, GError **error);
/* What is asked of the archive from now on ends with LT_STORE_ERROR_STOPPED once so many seconds are over; until
 * it is set again. 0: takes as long as it takes. */
void lt_store_set_deadline(LtStore *store, guint seconds);
/* Another number whenever another connection has changed the archive. */
gboolean lt_store_data_version(LtStore *store, gint64 *ret_version, GError **error);
/* Bytes that this user may still write on the archive's disk. */
gboolean lt_store_room(LtStore *store, guint64 *ret_bytes, GError **error);

typedef enum {
    LT_FILESYSTEM_LOCAL,
    LT_FILESYSTEM_SILENT, /* of this machine, but what changes in it need not be told */
    LT_FILESYSTEM_NETWORK /* other machines write, and no locks or shared memory hold */
} LtFilesystemKind;

typedef struct {
    const char *name;
    LtFilesystemKind kind;
} LtFilesystem;

/* What path lies on. (transfer none), NULL where there is nothing (errno). */
const LtFilesystem *lt_filesystem_of(const char *path);
/* Of a file system that a program serves (FUSE): whether it goes over a network, by its name in mounts, the text of
 * /proc/self/mountinfo. (transfer none), NULL where it does not. */
const LtFilesystem *lt_filesystem_served(const char *mounts, guint major, guint minor);

/* Whether the archive that is open still lies where it was opened: else what is written goes to two places.
 * LT_STORE_ERROR_MISSING: it does not. */
gboolean lt_store_check_in_place(LtStore *store, GError **error);

/* --- originals --- */

/* Copies everything from fd (from its present offset) into the archive: temporary file, fsync, rename,
 * fsync of the folder. LT_STORE_ERROR_CHANGED when size or mtime of fd moved meanwhile, and where the bytes are
 * not as many as *size, 0 for any, which is set. */
gboolean lt_store_keep_original(LtStore *store, int fd, char **ret_sha256, guint64 *size,
                                GError **error);
/* SHA-256 of all that the file holds; NULL where it cannot be read (errno). (transfer full) */
char *lt_store_sum(int fd);
/* A fresh read-only descriptor, close-on-exec; -1 on error. */
int lt_store_open_original(LtStore *store, const char *sha256, GError **error);

/* --- derived.c: what can be made again of an original, beside it --- */

#define LT_DERIVED_MOST                                                                            \
    (512ull << 20) /* bytes that are kept; what was not asked for longest goes first */

/* name: letters, digits, '-' and '.'. NULL: it is not there. (transfer full) */
GBytes *lt_store_derived(LtStore *store, const char *sha256, const char *name);
/* FALSE where it cannot be kept: then it is made again the next time. */
gboolean lt_store_keep_derived(LtStore *store, const char *sha256, const char *name, GBytes *bytes);

/* --- ledger: every file ever seen --- */

typedef enum {
    LT_LEDGER_SEEN,
    LT_LEDGER_STORED, /* the original is in the archive */
    LT_LEDGER_READ,   /* all its pages are staged */
    LT_LEDGER_FILED,
    LT_LEDGER_DUPLICATE,
    LT_LEDGER_SKIPPED,
    LT_LEDGER_HELD,
    LT_LEDGER_QUARANTINED,
    LT_LEDGER_N_STATES
} LtLedgerState;

const char *lt_ledger_state_name(LtLedgerState state);
gboolean lt_ledger_state_is_final(LtLedgerState state);

typedef struct {
    gint64 id;
    char *path; /* bytes */
    guint64 size;
    gint64 mtime_ns; /* since 1970, UTC */
    LtLedgerState state;
    char *reason;     /* (nullable) */
    char *sha256;     /* (nullable) */
    gint64 document;  /* the filed document, or the one it duplicates; 0: none */
    char *changed_at; /* ISO, UTC: when it came into this state, or was last put off in it */
} LtLedgerRow;

void lt_ledger_row_free(LtLedgerRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtLedgerRow, lt_ledger_row_free)

/* One object. (transfer full) */
char *lt_ledger_row_to_json(const LtLedgerRow *row);

/* The row of (path, size, mtime), made in state SEEN where there is none; ret_new may be NULL.
 * (transfer full) */
LtLedgerRow *lt_store_ledger_see(LtStore *store, const char *path, guint64 size, gint64 mtime_ns,
                                 gboolean *ret_new, GError **error);
/* The same look-up without making a row: NULL without error where there is none. */
LtLedgerRow *lt_store_ledger_find(LtStore *store, const char *path, guint64 size, gint64 mtime_ns,
                                  GError **error);
/* The latest row of a path; NULL without error where there is none. (transfer full) */
LtLedgerRow *lt_store_ledger_latest(LtStore *store, const char *path, GError **error);
/* reason, sha256 may be NULL (sha256 NULL keeps what is there, "" forgets it); document 0 for none. */
gboolean lt_store_ledger_set(LtStore *store, gint64 row, LtLedgerState state, const char *reason,
                             const char *sha256, gint64 document, GError **error);
/* Takes a row out of quarantine, to be taken anew. *ret_done: whether it was there (still). */
gboolean lt_store_ledger_retry(LtStore *store, gint64 row, gboolean *ret_done, GError **error);
/* Takes a row out of quarantine whose file will not come: it is SKIPPED. *ret_done as above. */
gboolean lt_store_ledger_forget(LtStore *store, gint64 row, const char *reason, gboolean *ret_done,
                                GError **error);
/* The file of this row is in the archive: its other rows that were quarantined before a byte of them was
 * kept (it was growing, or it could not be read then) are SKIPPED now. */
gboolean lt_store_ledger_supersede(LtStore *store, gint64 row, const char *reason, GError **error);
/* Rows in SEEN, STORED or READ, oldest first; without those that are to wait for another try, or with them. Of
 * LtLedgerRow; (transfer full). */
GPtrArray *lt_store_ledger_unfinished(LtStore *store, gboolean waiting, GError **error);
typedef gboolean (*LtLedgerAsk)(gint64 row, gpointer user_data);
/* Those that need not wait any more, at most limit, without those that is_known (nullable) says TRUE of. (transfer
 * full) */
GPtrArray *lt_store_ledger_due(LtStore *store, guint limit, LtLedgerAsk is_known,
                               gpointer user_data, GError **error);
/* A file that is at its end holds other bytes by now, with the same size and time: it is to be taken as if it
 * were new. A document that no other row speaks of keeps a row, with the reason. */
gboolean lt_store_ledger_take_again(LtStore *store, gint64 row, const char *reason, GError **error);
/* An unfinished row is to be tried again after a pause, which is pause_seconds the first time and
 * four times the last one from then on. *ret_put_off is FALSE, and nothing is written, where that was
 * done limit times. */
gboolean lt_store_ledger_put_off(LtStore *store, gint64 row, const char *reason,
                                 guint pause_seconds, guint limit, gboolean *ret_put_off,
                                 GError **error);
/* The same for what is no try: it counts for none, and is done as often as it is asked for, also to a row that
 * was at its end, which is in SEEN then. *ret_first is FALSE where the row has that reason already. */
gboolean lt_store_ledger_wait(LtStore *store, gint64 row, const char *reason, guint pause_seconds,
                              gboolean *ret_first, GError **error);
/* Rows in one state, newest first, at most limit (0: all). (transfer full) */
GPtrArray *lt_store_ledger_list(LtStore *store, LtLedgerState state, guint limit, GError **error);

/* --- the queue: files that other programs ask the watcher to take --- */

typedef struct {
    gint64 id;
    char *path;      /* absolute, bytes */
    char *outcome;   /* (nullable) NULL: open */
    char *reason;    /* (nullable) */
    gint64 document; /* 0: none */
} LtQueueRow;

void lt_queue_row_free(LtQueueRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtQueueRow, lt_queue_row_free)

/* paths: of char *. ticket: what who asks knows its own rows by. */
gboolean lt_store_queue_put(LtStore *store, const char *ticket, const GPtrArray *paths,
                            GError **error);
/* Open rows with greater ids than after, at most limit, by id. Of LtQueueRow; (transfer full). */
GPtrArray *lt_store_queue_open(LtStore *store, gint64 after, guint limit, GError **error);
gboolean lt_store_queue_end(LtStore *store, gint64 id, const char *outcome, const char *reason,
                            gint64 document, GError **error);
/* The rows of a ticket that came to their end, which leave the queue. Of LtQueueRow; (transfer full). */
GPtrArray *lt_store_queue_collect(LtStore *store, const char *ticket, GError **error);
/* Who put the rows of a ticket waits no longer: of those that are open, the ones stay that nobody else asks for. */
gboolean lt_store_queue_leave(LtStore *store, const char *ticket, GError **error);
/* Forgets outcomes that nobody collected in a day. */
gboolean lt_store_queue_sweep(LtStore *store, GError **error);

/* What the watcher last said of itself. Strings are NULL where there is nothing to say. */
typedef struct {
    gint64 process;
    char *started_at, *noted_at; /* ISO, UTC; noted_at is set by the store */
    char *state;                 /* "watching", "paused", "stopped" */
    char *reason;                /* why it is paused */
    guint folders;               /* that it watches, subfolders included */
    guint waiting;               /* files that are not whole yet, or not looked at */
    char *oldest_path;           /* of these, the one that has waited longest */
    char *oldest_since;
} LtWatchNote;

void lt_watch_note_clear(LtWatchNote *note);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtWatchNote, lt_watch_note_clear)
gboolean lt_store_watch_note(LtStore *store, const LtWatchNote *note, GError **error);
/* Leaves ret_note as it is where no watcher ever ran. */
gboolean lt_store_watch_read(LtStore *store, LtWatchNote *ret_note, GError **error);

/* --- filing --- */

/* The id of the document with these bytes, 0 for none. FALSE only on error. */
gboolean lt_store_find_sha256(LtStore *store, const char *sha256, gint64 *ret_id, GError **error);

/* Finished pages of unfinished documents; no reader sees them. */
gboolean lt_store_stage_page(LtStore *store, const char *sha256, const LtPage *page,
                             GError **error);
GPtrArray *lt_store_staged_pages(LtStore *store, const char *sha256,
                                 GError **error); /* of LtPage */
gboolean lt_store_unstage(LtStore *store, const char *sha256, GError **error);
/* The same of pages of which nothing may be left in the database: lt_store_scrub() is to follow, which is noted. */
gboolean lt_store_unstage_secret(LtStore *store, const char *sha256, GError **error);

/* Files a document: record, pages, fields, references (linked both ways where the other is there),
 * duplicates by number, search rows, and its ledger row, in one transaction; drops its staged pages.
 * Fills in record's id, revision, status, filed_at and duplicates. */
gboolean lt_store_file(LtStore *store, LtRecord *record, gint64 ledger_row, GError **error);
/* The same, and into a dossier in the same transaction. entry: (nullable) */
gboolean lt_store_file_into(LtStore *store, LtRecord *record, gint64 ledger_row,
                            LtDossierEntry *entry, GError **error);

/* --- reading --- */

LtRecord *lt_store_document(LtStore *store, gint64 id, gboolean with_pages, GError **error);
/* What a list on a screen shows, sooner: without evidence but that of the issuer, candidates, stamps,
 * corrections, references, dossiers, duplicates and pages. */
LtRecord *lt_store_document_brief(LtStore *store, gint64 id, GError **error);
/* Ids of the documents of that number, whatever its spelling (blanks, marks, leading zeros); also by
 * code number or notation alone. Exact ones first. Of gint64. (transfer full) */
GArray *lt_store_find_number(LtStore *store, const char *number, GError **error);
/* Documents that cite this one, of gint64. (transfer full) */
GArray *lt_store_cited_by(LtStore *store, gint64 id, GError **error);

/* A place where a document cites another. */
typedef struct {
    gint64 document; /* the one that cites */
    char *relation;  /* (nullable) as in LtReference */
    guint page;
    LtBox box;
} LtCiting;
void lt_citing_free(LtCiting *citing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtCiting, lt_citing_free)
/* Every place that means this document, by document and place; of LtCiting. (transfer full) */
GPtrArray *lt_store_citing(LtStore *store, gint64 id, GError **error);

/* How a document's number and day fit those with the next numbers of the same issuer, kind of number and year,
 * as far as theirs are sure. */
typedef enum {
    LT_NUMBER_ORDER_UNKNOWN,
    LT_NUMBER_IN_ORDER,
    LT_NUMBER_OUT_OF_ORDER /* all that come before it are of later days, or all after of earlier ones */
} LtNumberOrder;
gboolean lt_store_number_order(LtStore *store, const LtRecord *record, LtNumberOrder *ret_order,
                               GError **error);

typedef struct {
    guint64 documents, pages, pages_by_source[LT_PAGE_N_SOURCES], needs_review;
    guint64 ledger[LT_LEDGER_N_STATES];
    guint64 originals_bytes, database_bytes;
    guint schema;
} LtStoreStatus;
gboolean lt_store_status(LtStore *store, LtStoreStatus *ret_status, GError **error);

/* --- putting right: short transactions, no intake lock --- */

#define LT_VALUE_MAX 4000u /* code points of a corrected value or a reason */

/* What a person typed for a field, in the form the archive keeps: days in ISO form from 2023-09-18 or
 * 18/09/2023, numbers without blanks, urgency and secrecy by their names. (transfer full), or NULL
 * with LT_STORE_ERROR_INVALID, which says what the field takes. */
char *lt_value_normalise(LtFieldId field, const char *typed, GError **error);

typedef struct {
    const char *field; /* a field's or list's name; where value is NULL also LT_FIELD_WHOLE */
    const char *value; /* as typed; "" empties it; NULL: what stands there is right */
} LtChange;

/* The id in the authority file of record's issuer as it is now. (transfer full), NULL where there is none. */
typedef char *(*LtIssuerIdentify)(const LtRecord *record, gpointer user_data);

typedef struct {
    const LtChange *changes;
    guint n_changes;
    const char *by;    /* who */
    guint if_revision; /* 0: whatever it is; else LT_STORE_ERROR_CONFLICT where it is another */
    LtIssuerIdentify identify; /* (nullable) asked where the issuer becomes another one */
    gpointer user_data;
} LtAmendment;

/* All changes or none. code_number and code_notation follow from number. A value given here is sure,
 * its doubts are gone, and reading again never overwrites it. ret_record (nullable) gets the document
 * as it is then, with its pages. */
gboolean lt_store_correct(LtStore *store, gint64 id, const LtAmendment *amendment,
                          LtRecord **ret_record, GError **error);

/* Takes the last correction of a document back (all that was put right at once), as a correction of its own: its
 * values are those before, and in doubt again; amendment has no changes. LT_STORE_ERROR_INVALID where nothing was
 * corrected. Else as lt_store_correct. */
gboolean lt_store_undo(LtStore *store, gint64 id, const LtAmendment *amendment,
                       LtRecord **ret_record, GError **error);

/* Whether handwriting that a person puts right is kept for the reader to learn from (it is, unless this was
 * called with FALSE, which also forgets what was kept). */
gboolean lt_store_keep_samples(LtStore *store, gboolean keep, GError **error);

/* Puts what was read anew in place of the document of record's id (its pages too where with_pages is
 * set), if its revision is still record's; else LT_STORE_ERROR_CONFLICT. Raises record's revision. */
gboolean lt_store_revise(LtStore *store, LtRecord *record, gboolean with_pages, GError **error);

/* --- numbers of an office, for reading those that a hand wrote --- */

/* A document whose number and day are sure. */
typedef struct {
    char *number;   /* code_number */
    char *notation; /* code_notation */
    char *date;     /* ISO day */
} LtSeriesRow;

void lt_series_row_free(LtSeriesRow *row);

/* Those of record's issuer in the year of day (ISO), the nearest days first; record itself, where it is
 * filed, is not among them. Of LtSeriesRow; (transfer full). */
GPtrArray *lt_store_series(LtStore *store, const LtRecord *record, const char *day, GError **error);
/* Documents whose number or day was read from ink and held back for doubt, the latest first. Of gint64;
 * (transfer full). */
GArray *lt_store_unsettled(LtStore *store, guint limit, GError **error);

/* --- taking out, and letting in --- */

/* What stays of a document that was taken out. */
typedef struct {
    gint64 document;
    char *sha256;
    char *number; /* (nullable) */
    char *reason;
    char *by;
    char *at; /* ISO, UTC */
} LtRemoval;

void lt_removal_free(LtRemoval *removal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRemoval, lt_removal_free)

/* Takes the document out of every table and the index, and after the commit deletes its original. None of its
 * text is left in the database where lt_store_is_clean; else that is noted, for lt_store_clean. */
gboolean lt_store_remove(LtStore *store, gint64 id, const char *reason, const char *by,
                         GError **error);
/* The removal of these bytes; NULL without error where there was none. (transfer full) */
LtRemoval *lt_store_find_removal(LtStore *store, const char *sha256, GError **error);
/* Deletes an original that no document needs: one that was removed. */
gboolean lt_store_drop_original(LtStore *store, const char *sha256, GError **error);

/* Lets a held file in after all: it and its copies are unfinished again, and the next run files them.
 * LT_STORE_ERROR_NOT_FOUND where the row is not held. */
gboolean lt_store_release(LtStore *store, gint64 ledger_row, const char *reason, const char *by,
                          GError **error);
gboolean lt_store_is_released(LtStore *store, const char *sha256, gboolean *ret_released,
                              GError **error);
/* Whether a filed document carries a mark of secrecy that nobody has lifted: such a one stands in no
 * register, no dossier and no report that is made for everyone. */
gboolean lt_store_is_secret(LtStore *store, const LtRecord *record, gboolean *ret_secret,
                            GError **error);

/* Whoever has deleted text that nobody may see calls this: what the write-ahead log still holds of it
 * goes too. Where others read the older state that is noted, for lt_store_clean; FALSE only on error. */
gboolean lt_store_scrub(LtStore *store, GError **error);
/* Does what is noted as left of removals in index and log, for about so many seconds (0: to the end). */
gboolean lt_store_clean(LtStore *store, guint seconds, GError **error);
/* The same, and deletes originals that are still there, of a removal that was killed or not allowed to. */
gboolean lt_store_sweep_removed(LtStore *store, guint seconds, GError **error);
/* Whether nothing of that is left in index and log. */
gboolean lt_store_is_clean(LtStore *store, gboolean *ret_clean, GError **error);

/* --- search --- */

#define LT_SEARCH_MAX_QUERY 1000u /* code points looked at; the rest is reported as ignored */
#define LT_SEARCH_COUNTED 1000u   /* hits that are counted exactly and ranked */

typedef enum {
    LT_ORDER_RELEVANCE, /* fields above text; by day, newest first, where no words were typed */
    LT_ORDER_NEWEST,    /* by day of issue */
    LT_ORDER_OLDEST
} LtSearchOrder;

typedef struct LtSearch {
    const char *query;     /* what a person typed; "" for all. Never a syntax error. */
    const char *from, *to; /* (nullable) ISO days, inclusive */
    const char *issuer;    /* (nullable) name, part of it, or letters (STTTT) */
    const char *type;      /* (nullable) name or abbreviation as in a number */
    guint limit;           /* 0: all */
    guint offset;
    const char *number, *signer, *recipient; /* (nullable) */
    const char *date;    /* (nullable) day, month, quarter, year or a range, as people write them */
    const char *status;  /* (nullable) review, done, urgent, secret */
    gboolean successors; /* of the issuer too */
    LtSearchOrder order;
    gint64 newest; /* documents up to this id; 0: all. Paging with the first result's newest is not
                         disturbed by what is filed meanwhile */
    gboolean places;  /* LtHit's places */
    gboolean literal; /* no other spelling is tried */
    gboolean brief;   /* hits have the records of lt_store_document_brief */
} LtSearch;

typedef struct {
    guint start, length; /* code points */
} LtSpan;

/* A hit on a page: where a viewer marks it. */
typedef struct {
    guint page;
    LtSpan span;   /* in the page's text */
    GArray *boxes; /* of LtBox, one a line */
} LtHitPlace;

typedef struct {
    LtRecord *record; /* without pages */
    double score;
    char *
        why; /* (nullable) "number", "cites", "subject", "issuer", "type", "people", "text": the best
                       place that was hit; NULL where nothing was looked for */
    guint page;        /* page of the snippet; 0: none */
    char *snippet;     /* (nullable) of the original text */
    GArray *marks;     /* of LtSpan in snippet */
    GPtrArray *places; /* (nullable) of LtHitPlace, by page and place; where they were asked for */
} LtHit;

/* How many of the hits have a value; hits beyond those that were ranked are not counted. */
typedef struct {
    char *value;
    guint64 count;
} LtFacet;

typedef enum {
    LT_FACET_ISSUER,
    LT_FACET_TYPE,
    LT_FACET_YEAR,
    LT_FACET_STATUS,
    LT_N_FACETS
} LtFacetKind;

typedef struct {
    char *query;
    guint64 total;        /* where total_exact is FALSE: at least so many */
    gboolean total_exact; /* always where limit is 0 */
    GPtrArray *ignored;   /* of char *: parts of the query that were not used; see
                             lt_search_ignored_reason */
    char *suggestion;     /* (nullable) another spelling, which finds what was not found as typed */
    gboolean corrected;   /* the hits are those of suggestion */
    gint64 newest;        /* the newest document that was looked at */
    GPtrArray *unknown;   /* of char *: filters that no document meets */
    gboolean facets_exact;
    GPtrArray *hits;                /* of LtHit */
    GPtrArray *facets[LT_N_FACETS]; /* of LtFacet, most frequent first */
} LtSearchResult;

/* --- agencies: what letters and names stand for --- */

typedef struct {
    const char *id;
    const char *const *names; /* all three are ended by NULL */
    const char *const *codes;
    const char *const *successors; /* ids */
} LtStoreAgency;

/* What searches take STTTT for; in place of what was told before. Does nothing where it is the same. */
gboolean lt_store_tell_agencies(LtStore *store, const LtStoreAgency *agencies, guint n,
                                GError **error);

LtSearchResult *lt_store_search(LtStore *store, const LtSearch *search, GError **error);
/* Documents that share the most with this one that few others have, best first, at most limit (0:
 * all): why is "similar", and they have no snippets. (transfer full) */
LtSearchResult *lt_store_more_like(LtStore *store, gint64 id, guint limit, GError **error);
void lt_search_result_free(LtSearchResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtSearchResult, lt_search_result_free)
/* The parts of a query that a search does not use, in their order. (transfer full) of char * */
GPtrArray *lt_search_ignored(const char *query);
/* Why such a part was not used, for people; NULL where it says so itself. (transfer none) */
const char *lt_search_ignored_reason(const char *part);
/* One object: {query, total, total_exact, ignored, suggestion, facets, results}. (transfer full) */
char *lt_search_result_to_json(const LtSearchResult *result);

/* Where a query hits one document, whatever it is found by. Of LtHitPlace. (transfer full) */
GPtrArray *lt_store_places(LtStore *store, const char *query, gint64 id, GError **error);
/* One object: {hits}. (transfer full) */
char *lt_hit_places_to_json(const GPtrArray *places);

/* Calls visit for every document that search finds (offset and limit kept), by id. visit returns FALSE
 * to stop (its own error in *error, or none). */
typedef gboolean (*LtVisit)(const LtRecord *record, gpointer user_data, GError **error);
gboolean lt_store_each(LtStore *store, const LtSearch *search, gboolean with_pages, LtVisit visit,
                       gpointer user_data, GError **error);

/* --- searches kept under a name --- */

typedef struct {
    char *name, *query;
    char *by; /* who saved it */
    char *at; /* ISO, UTC */
} LtSavedSearch;

void lt_saved_search_free(LtSavedSearch *saved);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtSavedSearch, lt_saved_search_free)

/* The name as it is kept. (transfer full), NULL where it is none. */
char *lt_saved_search_name(const char *typed, GError **error);
/* In place of one of that name. */
gboolean lt_store_save_search(LtStore *store, const char *name, const char *query, const char *by,
                              GError **error);
/* The query; NULL with LT_STORE_ERROR_NOT_FOUND where there is none. (transfer full) */
char *lt_store_saved_search(LtStore *store, const char *name, GError **error);
/* By name, of LtSavedSearch. (transfer full) */
GPtrArray *lt_store_saved_searches(LtStore *store, GError **error);
gboolean lt_store_forget_search(LtStore *store, const char *name, GError **error);

/* --- review --- */

/* Why a document waits for a person, worst first. */
typedef enum {
    LT_REVIEW_SECRET,    /* it is marked secret, and was filed before that was seen */
    LT_REVIEW_NO_NUMBER, /* number or date are not there, not readable or impossible */
    LT_REVIEW_DAMAGED,   /* a doubt about the file as a whole */
    LT_REVIEW_MISSING,   /* another field is not there, not readable or impossible */
    LT_REVIEW_MISMATCH,  /* values contradict each other */
    LT_REVIEW_UNSURE,    /* a value is not sure */
    LT_REVIEW_NOTE,      /* anything else */
    LT_REVIEW_N_CLASSES
} LtReviewClass;

const char *lt_review_class_name(LtReviewClass review);

typedef struct {
    LtReviewClass review;
    LtRecord *record; /* without pages */
} LtReviewItem;

typedef struct {
    guint64 total;    /* documents that search finds and that need review */
    GPtrArray *items; /* of LtReviewItem, worst first: offset and limit kept */
} LtReviewList;

LtReviewList *lt_store_review(LtStore *store, const LtSearch *search, GError **error);
void lt_review_list_free(LtReviewList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtReviewList, lt_review_list_free)
/* One object: {total, results}, each result a document with its class. (transfer full) */
char *lt_review_list_to_json(const LtReviewList *list);

#include "store/activity.h"
/* Both as one object. archive: its folder. (transfer full) */
char *lt_store_status_to_json(const LtStoreStatus *status, const LtStoreActivity *activity,
                              const char *archive);
