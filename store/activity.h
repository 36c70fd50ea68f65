/* How the intake goes: rates, what waits, what failed and why, when the archive was last looked after.
 * Part of the front door. */
#pragma once

#include <glib.h>

typedef struct {
    char *reason;
    guint64 count;
} LtFailure;

/* Whether a watcher that is alive has said nothing for longer than it can be busy: it is stopped, or waits for a disk. */
gboolean lt_watch_note_is_silent(const LtWatchNote *note);

typedef struct {
    guint64 filed_hour, filed_day; /* files filed in the last 60 minutes, 24 hours */
    guint64 ended_hour, ended_day; /* files that came to any end */
    guint64 unfinished;            /* in the ledger, on their way */
    guint64 put_off;               /* of these, those that wait for another try */
    guint64 queued;                /* asked for by other programs, not taken yet */
    char *oldest_path;   /* (nullable) of what is on its way or queued; shown, not bytes */
    char *oldest_since;  /* (nullable) ISO, UTC */
    GPtrArray *failures; /* of LtFailure: what is in quarantine, most frequent first */
    char *verified_at, *backed_up_at; /* (nullable) when the last one ended */
    guint64 verify_faults;            /* that the last verify left */
    guint64 backup_faults;            /* originals that were not in the last backup */
    gboolean watched;                 /* a watcher is alive */
    LtWatchNote watcher;              /* its last word; state is NULL where none ever ran */
} LtStoreActivity;

void lt_store_activity_clear(LtStoreActivity *activity);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtStoreActivity, lt_store_activity_clear)
/* Clear it also after FALSE. */
gboolean lt_store_activity(LtStore *store, LtStoreActivity *ret_activity, GError **error);
