/* What waits to be taken in, for backup.c alone. */
#pragma once

#include <glib.h>

/* Adds the inbox of the archive in the folder from to that in the folder to. Before the database is copied: what is filed
 * and leaves the inbox meanwhile is in one of both then. Returns the paths there; (transfer full), NULL on error. lost:
 * sentences about what cannot be read are added. */
GHashTable *lt_backup_inbox(const char *from, const char *to, GPtrArray *lost, GError **error);
/* What is in the inbox there beside them goes: it was filed. */
gboolean lt_backup_inbox_end(const char *to, GHashTable *copied, GError **error);
