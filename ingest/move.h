/* Moving a filed source out of the way, without ever losing or overwriting a file. */
#pragma once

#include <gio/gio.h>

/* Moves the file at path into folder (made where it is not there) under its own name, or a numbered
 * one where that is taken, if it has that size and time still and nobody writes to it; where it is
 * another by now, or lies in that folder already, it stays, and all is well. Across file systems it is copied, synced, and only then
 * removed. */
gboolean lt_move_file(const char *path, guint64 size, gint64 mtime_ns, const char *folder,
                      GError **error);

/* Deletes it on the same terms. It is renamed first, so that a file which comes to lie under its name
 * meanwhile is not taken for it; such a file gets its name back. */
gboolean lt_move_delete(const char *path, guint64 size, gint64 mtime_ns, GError **error);
/* The name of a file between the two steps of deleting it; NULL: it is none. (transfer none) */
const char *lt_move_name_of_taken(const char *name);
/* Gives such a file, which a kill left, its name back, or a numbered one. (transfer full), NULL: it
 * could not be. */
char *lt_move_give_back(const char *path);

/* Whether some process has the file open for writing, as far as the kernel tells. */
gboolean lt_move_is_written(int fd);
