/* Moving a filed source out of the way, without ever losing or overwriting a file. */
#pragma once

#include <gio/gio.h>

/* What a source was like when its bytes were taken. */
typedef struct {
    guint64 size;
    gint64 mtime_ns;
    const char *sha256;
} LtMoveLook;

typedef enum {
    LT_MOVE_FAILED,
    LT_MOVE_DONE,
    LT_MOVE_LEFT, /* by its size or time it is another by now, or somebody writes to it: it stays */
    LT_MOVE_CHANGED /* size and time are the same, and the bytes are others: it stays */
} LtMoved;

/* Moves the file at path into folder (made where it is not there) under its own name, or a numbered
 * one where that is taken, if it is what it was still and nobody writes to it. One that lies in that
 * folder stays there. Across file systems it is copied, synced, and only then removed. error only
 * where it FAILED. */
LtMoved lt_move_file(const char *path, const LtMoveLook *look, const char *folder, GError **error);

/* Deletes it on the same terms. It is renamed first, so that a file which comes to lie under its name
 * meanwhile is not taken for it; such a file gets its name back. */
LtMoved lt_move_delete(const char *path, const LtMoveLook *look, GError **error);
/* The name of a file between the two steps of deleting it; NULL: it is none. (transfer none) */
const char *lt_move_name_of_taken(const char *name);
/* Gives such a file, which a kill left, its name back, or a numbered one. (transfer full), NULL: it
 * could not be. */
char *lt_move_give_back(const char *path);

typedef enum {
    LT_WRITERS_NONE, /* as far as the kernel tells */
    LT_WRITERS_SOME,
    LT_WRITERS_UNKNOWN /* this process may not ask, or the answer says nothing: another user's file, a share */
} LtWriters;

/* Whether some process has the file open for writing. */
LtWriters lt_move_writers(int fd);
