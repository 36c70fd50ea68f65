/* Keeping an archive well: checking every promise of it, mending what can be made again, copying it away
 * and back. Part of the front door of store/. */
#pragma once

#include <glib.h>

typedef struct LtStore LtStore;

/* --- verify --- */

typedef enum {
    LT_CHECK_DATABASE, /* SQLite's own structure, and references between tables */
    LT_CHECK_DOCUMENT, /* rows against their seal, search rows against them, original against its sum */
    LT_CHECK_LEDGER, /* each row against documents and originals */
    LT_CHECK_FILES,  /* each file in objects/ and derived/ against documents and ledger */
    LT_CHECK_SEARCH, /* the words of the search tables against their text */
    LT_N_CHECKS
} LtCheck;

const char *lt_check_name(LtCheck check);

/* Something that is not as it was promised. */
typedef struct {
    LtCheck check;
    const char *fault;  /* a word for programs: "missing", "damaged", "left-over", ... */
    gint64 document;    /* 0: none */
    gint64 ledger;      /* row; 0: none */
    const char *sha256; /* (nullable) of an original */
    const char *detail; /* a sentence */
    gboolean repaired;
} LtFault;

typedef struct {
    LtCheck check;
    guint64 documents_done, documents; /* with their originals */
    guint64 bytes;                     /* of originals that were read */
    guint64 faults, repaired;
    guint64
        unsealed; /* documents that were changed by another program: no seal tells whether they are whole */
    gboolean resumed; /* it went on where an earlier one had stopped */
    gboolean ended;   /* it came to its end, be it in several goes */
} LtVerifyProgress;

typedef struct {
    gboolean repair; /* mend what can be made again; the caller holds the lock */
    gboolean anew;   /* from the beginning, also where an earlier one had stopped */
    guint seconds;   /* stop after; 0: go on to the end */
    guint64 rate;    /* bytes of originals a second; 0: as fast as they can be read */
    const char
        *backup; /* (nullable) folder of a backup, where originals are looked for to repair */
    void (*report)(const LtFault *fault, gpointer user_data);
    /* FALSE: stop. Between any two steps. (nullable) */
    gboolean (*go_on)(const LtVerifyProgress *progress, gpointer user_data);
    gpointer user_data;
} LtVerifyOptions;

/* Reads everything once. Where it is stopped the next one goes on from there. Runs beside others that
 * write. FALSE only where it could not be done; what it found is in ret_progress. */
gboolean lt_store_verify(LtStore *store, const LtVerifyOptions *options,
                         LtVerifyProgress *ret_progress, GError **error);

/* How long, in microseconds, to wait so that bytes read in elapsed microseconds keep to a rate (bytes a
 * second; 0: any). At most a second. */
guint64 lt_verify_pause(guint64 bytes, guint64 elapsed, guint64 rate);

/* Makes the search tables anew from the documents and writes the database file anew: what was deleted is
 * in no page of it any more. The caller holds the lock. */
gboolean lt_store_compact(LtStore *store, GError **error);

/* --- backup, restore --- */

typedef struct {
    guint64 originals, copied, bytes; /* originals in the copy, those copied now, their bytes */
    guint64 dropped;                  /* originals of removed documents that the copy has no more */
    guint64 damaged;                  /* originals that are missing or not what their sum says */
} LtCopyProgress;

typedef struct {
    gboolean check; /* read the originals that the backup has already, too */
    gboolean anew;  /* begin a backup also where an earlier one was and is gone */
    void (*report)(const LtFault *fault, gpointer user_data);
    gboolean (*go_on)(const LtCopyProgress *progress,
                      gpointer user_data); /* (nullable) FALSE: stop */
    gpointer user_data;
} LtCopyOptions;

/* Makes folder, or brings it up to date: an archive of its own, with a journal that any SQLite opens. While
 * files are taken in the copy is that of one moment. Originals are checked while they are copied; one
 * that is damaged is reported, not copied, and a good one of an earlier backup is kept. */
gboolean lt_store_backup(LtStore *store, const char *folder, const LtCopyOptions *options,
                         LtCopyProgress *ret_progress, GError **error);
/* Makes an archive in directory of a backup in folder; overwrites nothing. */
gboolean lt_store_restore(const char *folder, const char *directory, const LtCopyOptions *options,
                          LtCopyProgress *ret_progress, GError **error);

/* --- when that was done --- */

typedef struct {
    char *started_at, *ended_at; /* ISO, UTC; (nullable) NULL: never, not ended */
    guint64 faults;              /* found, and not repaired */
    char *target;                /* (nullable) folder of a backup */
} LtUpkeep;

void lt_upkeep_clear(LtUpkeep *upkeep);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtUpkeep, lt_upkeep_clear)
/* The last "verify" or "backup". */
gboolean lt_store_last_upkeep(LtStore *store, const char *kind, LtUpkeep *ret_upkeep,
                              GError **error);
