/* The folders that are watched, and what is to be done with the files in each. */
#pragma once

#include "ingest/ingest.h"

/* Follows the links on the way to a folder anew, where somebody named it by links, or it was not there: a folder
 * that is replaced by a link does not lead elsewhere. Whether it has another path now. */
gboolean lt_folders_resolve(LtWatchFolder *folder);
/* The innermost of these folders (of LtWatchFolder) that holds path; NULL: none. (transfer none) */
const LtWatchFolder *lt_folders_find(const GPtrArray *folders, const char *path);
/* Whether the last name of path is one that is left alone there: hidden, temporary, or by a pattern. */
gboolean lt_folders_leaves(const LtWatchFolder *folder, const char *path);
/* The one of them whose filed sources move to path, or to a folder that holds it; NULL: none. (transfer
 * none) */
const LtWatchFolder *lt_folders_moving_to(const GPtrArray *folders, const char *path);
/* Whether filed sources may move to that folder, which need not be there: not into an archive. */
gboolean lt_folders_check_done(const char *done, GError **error);
/* The name of the subfolder right below the watched folder that holds path; NULL: it is in none. (transfer
 * full) */
char *lt_folders_dossier_for(const LtWatchFolder *folder, const char *path);
/* Whether the disk of the done folder gives no answer, or is known and not mounted: by one of earlier (of LtWatchFolder) that moves
 * to the same folder, or by the system's table. Its mount point is remembered then. */
gboolean lt_folders_is_done_away(LtWatchFolder *folder, const GPtrArray *earlier);
/* Remembers where the disk of the done folder, which is there, is mounted. */
void lt_folders_note_mount(LtWatchFolder *folder);
/* Where a filed source moves to: the same subfolder of the done folder. NULL: nothing is mounted where its disk
 * was. (transfer full) */
char *lt_folders_done_for(const LtWatchFolder *folder, const char *path);
