/* The folder in which a backup is made, and what tells it from an archive. Nobody outside of store/ includes this. */
#pragma once

#include "store/private.h"

#define LT_BACKUP_PARTIAL LT_STORE_DATABASE ".partial" /* a copied database that is not whole yet */

/* format: a sentence with one %s for the folder. Sets error and returns FALSE. */
gboolean lt_backup_fail_target(const char *format, const char *target, GError **error);
/* Whether a backup of from may be made there: nothing that is anything else is written over, and no other disk is
 * filled than the one that is meant. anew: an earlier one that was there may be gone. */
gboolean lt_backup_check_target(LtStore *from, const char *folder, gboolean anew, GError **error);
/* A store without a database, for the files of a copy, in a folder that nobody else copies to meanwhile. (transfer full)
 */
LtStore *lt_backup_open_folder(const char *folder, GError **error);
/* Notes in a copied database that it is one, and of which moment; what takes files in by itself is a copy no
 * more. */
gboolean lt_backup_mark(LtStore *copy, GError **error);
/* Whether the archive is a copy, and has taken nothing in by itself. */
gboolean lt_backup_is_as_made(LtStore *store);
/* What was restored from a copy is none. */
gboolean lt_backup_unmark(LtStore *archive, GError **error);
/* An older program has marked none, and has copied no originals of files that it could not read. */
gboolean lt_backup_is_marked(LtStore *copy, gboolean *ret_marked, GError **error);
