/* Looks through files and folders step by step, in sorted order, without ever opening a file.
 * Links to folders are not followed; archives, what is just arriving in the inbox of one, and the folder for filed
 * sources are left alone. */
#pragma once

#include <sys/stat.h>

#include <glib.h>

#include "store/store.h"

typedef enum {
    LT_FOUND_FILE,   /* a regular file, or a link to one */
    LT_FOUND_SKIP,   /* no file to read: a pipe, a device, a link to a folder, ... */
    LT_FOUND_FOLDER, /* a folder that is left alone */
    LT_FOUND_FAILED, /* cannot be looked at */
    LT_FOUND_BROKEN, /* stays as it is, though it is not whole, or cannot be reached */
    LT_FOUND_RESUME, /* a row that the ledger has unfinished */
    LT_FOUND_FILED   /* a document that is filed, to be recognised again */
} LtFoundKind;

typedef struct {
    LtFoundKind kind;
    char *path;       /* absolute, bytes */
    char *reason;     /* (nullable) SKIP, FOLDER, FAILED, BROKEN */
    guint64 size;     /* BROKEN, and FILE where mtime_ns is not 0 */
    gint64 mtime_ns;  /* SKIP, BROKEN, FILE (0: not known): when it was looked at */
    gboolean asked;   /* by another program */
    LtLedgerRow *row; /* (nullable) RESUME */
    gint64 document;  /* FILED */
} LtFound;

void lt_found_free(LtFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtFound, lt_found_free)

typedef struct LtWalk LtWalk;

/* leave_alone: (nullable) a folder that is not entered. */
LtWalk *lt_walk_new(const char *const *paths, const char *leave_alone);
/* What a watcher sets: visit is asked for each folder before it is read, FALSE leaves it alone; names is
 * asked for each name in it, FALSE passes over it. Links are no files to it. */
typedef gboolean (*LtWalkAsk)(const char *path, gpointer user_data);
void lt_walk_watch(LtWalk *walk, LtWalkAsk visit, LtWalkAsk wanted, gpointer user_data);
void lt_walk_free(LtWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtWalk, lt_walk_free)

gboolean lt_walk_is_over(const LtWalk *walk);
/* One step: an entry looked at, or a folder entered or left. Returns: (transfer full) (nullable).
 */
LtFound *lt_walk_step(LtWalk *walk);

/* Whether path is one of those that were named, or lies below one. */
gboolean lt_walk_is_named(const LtWalk *walk, const char *path);
/* Whether path is folder or lies below it. */
gboolean lt_walk_holds(const char *folder, const char *path);

/* What is at path, for one who follows no links: FILE, SKIP or FAILED; NULL for a folder. (transfer
 * full) */
LtFound *lt_walk_look(const char *path);
/* Opens for reading, never through a link at any place of the absolute path, and never waits. -1 with
 * errno. */
int lt_walk_open(const char *path);

/* Whether path is an archive or lies in one: its originals are nobody's to take in or to move. Its inbox is there
 * to be taken in. */
gboolean lt_walk_is_in_archive(const char *path);

/* The path under which a file is known, from whatever folder it is named: its folder resolved, its
 * own name kept. Returns: (transfer full); NULL when its folder is not there (errno). */
char *lt_walk_absolute(const char *path);

/* The path with every link on its way resolved, and without "..". Returns: (transfer full); NULL when it is
 * not there (errno). */
char *lt_walk_resolve(const char *path);

/* The ledger's form of a file's time of change. */
gint64 lt_mtime_ns(const struct stat *info);
