/* Moving a filed source out of the way, without ever losing or overwriting a file. */
#pragma once

#include <gio/gio.h>

/* Moves the file at path into folder (made where it is not there) under its own name, or a numbered
 * one where that is taken. Across file systems it is copied, synced, and only then removed. */
gboolean lt_move_file(const char *path, const char *folder, GError **error);
