/* A watcher, as its own files see it:
 *
 *   watch.c    its life: runs of the pipeline one after the other, timers, pauses
 *   look.c     which files are there: what events tell, and looks over the folders
 *   roots.c    the watched folders themselves   answers.c  whether their disks answer
 *   examine.c  one file: known, ripe, or to be looked at again; handing it to the run
 *   events.c   what the kernel tells      folders.c  what is wanted in each folder
 *   ripen.c    when a file is taken       whole.c    whether it has come to its end */
#pragma once

#include "ingest/answers.h"
#include "ingest/events.h"
#include "ingest/folders.h"
#include "ingest/reread.h"
#include "ingest/run.h"

/* A file that is not ripe, and what was last seen of it. */
typedef struct {
    guint64 size;
    gint64 mtime_ns, ctime_ns;
    gint64 changed;  /* monotonic, microseconds: when it was last seen to change */
    gint64 next;     /* the same: when to look again */
    gint64 seen;     /* seconds since 1970 */
    gboolean closed; /* closed after writing, or moved here, and not changed since */
} LtUnripe;

/* A file at its end whose source could not be moved or deleted, or that could not be read. */
typedef struct {
    guint tries;
    gint64 next; /* monotonic, microseconds: when to try again */
} LtStuck;

struct LtWatch {
    LtStore *store; /* (nullable) a dry run */
    const LtRules *rules;
    LtIngestOptions ingest;
    LtWatchOptions options;
    GPtrArray *folders; /* of LtWatchFolder */
    LtIngestReport report;
    LtWatchSay say;
    gpointer user_data;

    GMainContext *context;
    LtIngest *run;             /* (nullable) the present one */
    LtIngestProgress progress; /* of those before it */
    guint stops;
    guint failures;           /* in a row, of runs that ended for what may pass */
    char *paused;             /* (nullable) why */
    gboolean workers_came_up; /* ever */
    char *started_at;
    gint64 version; /* of the archive, when the queue was looked at */

    LtSettling *settling; /* (nullable) under way */
    guint settled_filed;  /* how many were filed when it began */

    gint64 next_due, next_note;           /* monotonic, microseconds */
    GSource *on_tick, *on_look, *on_poll; /* (nullable) */

    LtEvents *events; /* (nullable) */
    LtAnswers *answers;
    GHashTable *hung;  /* of char *: shares below the watched folders that gave no answer */
    GPtrArray *polled; /* of char *: folders of ours where nothing is told */
    LtWalk *walk;      /* (nullable) a look under way */
    gboolean walk_is_full, look_wanted, poll_wanted, looked;
    gboolean overfull;      /* there were more candidates than are remembered: look again */
    GQueue subfolders;      /* of char *: new folders to be looked into */
    GQueue fresh;           /* of LtFresh: told by events, to be examined */
    GHashTable *candidates; /* path -> LtUnripe */
    GHashTable *in_hand;    /* path -> whether it changed since it was handed over */
    GHashTable *stuck;      /* path -> LtStuck */
    GHashTable *told;       /* of char *: what cannot be looked at, and was reported */
};

/* Makes the folders for filed sources where they can be made by now. */
gboolean lt_watch_prepare_done(LtWatch *watch, GError **error);

/* For people: what it does and why. */
void lt_watch_say(LtWatch *watch, const char *sentence);

/* Whether the archive's disk has room for so many bytes more than those that stay free. */
gboolean lt_watch_has_room(const LtWatch *watch, guint64 size);

#define LT_MAX_UNRIPE 20000u /* candidates */

/* Whether the source of a file that is at its end resists, and it is not time yet to try again. */
gboolean lt_watch_is_stuck(LtWatch *watch, const char *path);

/* Adds path to a set of what is told or tried once, which never grows beyond a limit. */
void lt_watch_remember(GHashTable *set, const char *path);

/* --- roots.c --- */

/* Whether path is one of the watched folders. */
gboolean lt_root_is(const LtWatch *watch, const char *path);
/* Whether folder is looked at in intervals, for nothing tells of changes in it. */
gboolean lt_root_is_polled(const LtWatch *watch, const char *folder);
void lt_root_say(LtWatch *watch, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Whether folder lies on a disk that tells nothing, and so is looked at in intervals. It may be a root, or
 * a share that is mounted below one; what lies in a share is looked at with it. */
gboolean lt_root_poll_if_silent(LtWatch *watch, const char *folder);
/* A folder that cannot be looked at is told, once. */
void lt_root_refuse(LtWatch *watch, const char *path, const char *reason);
/* Whether the disk of a watched folder, or of a share below one, answers. What gives no answer is told, and what
 * does again. */
LtAnswer lt_root_ask(LtWatch *watch, const char *path);
/* Whether a look may go into path: FALSE where that lies on a disk of its own that gave no answer a moment ago. */
gboolean lt_root_may_enter(LtWatch *watch, const char *path);
/* Whether the disk of path, below a watched folder, gave an answer a moment ago. Never waits. */
gboolean lt_root_may_be_asked(LtWatch *watch, const char *path);
/* Whether it gives none; waits for that a little. */
gboolean lt_root_is_hung(LtWatch *watch, const char *path);
/* Whether the done folder of folder, one of the watched, answers; waits for that a little. */
gboolean lt_root_is_done_there(LtWatch *watch, const LtWatchFolder *folder);
/* Where events come is to be found out anew; shares that give no answer are known still. */
void lt_roots_forget_ways(LtWatch *watch);
/* Those that answer, after links on the way to them were followed anew, and it is known where events come and where they
 * do not; polled: of those that are looked at in intervals. (transfer full) NULL: some have not answered yet. */
GPtrArray *lt_roots_gather(LtWatch *watch, gboolean polled);
/* A sentence on those that give no answer. (transfer full) NULL: all do. */
char *lt_roots_hung(const LtWatch *watch);

/* --- examine.c --- */

/* closed: it was closed after writing or moved here just now. */
void lt_examine(LtWatch *watch, const char *path, gboolean closed);

/* --- look.c --- */

void lt_look_init(LtWatch *watch);
void lt_look_clear(LtWatch *watch);
/* Forgets what it knows and looks anew: the folders are others, or the run is. */
void lt_look_restart(LtWatch *watch);
/* The feed of a run. */
void lt_look_feed(LtWatch *watch, LtFeed *ret_feed);
/* Examines candidates whose time has come. */
void lt_look_tick(LtWatch *watch);
