/* Disks that come and go: where they belong, and whether they are there. Part of the front door of store/. */
#pragma once

#include <glib.h>

/* Whether path is folder or lies below it; both absolute. */
gboolean lt_path_is_within(const char *path, const char *folder);
/* Whether something is mounted at path. */
gboolean lt_mount_is_at(const char *path);
/* The innermost mount point in a table (fstab(5)) that holds path; NULL: none but the root. (transfer full) */
char *lt_mount_of(const char *table, const char *path);
/* What is made in the empty folder where a disk belongs fills another one, and is hidden once the disk is there.
 * LT_STORE_ERROR_INVALID: path, absolute, belongs to a disk that is not mounted. */
gboolean lt_mount_check(const char *path, GError **error);
