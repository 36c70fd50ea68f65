/* Changes to files that have to outlive a crash, for store/ and for whoever removes or moves sources.
 * All end with FALSE and errno where they fail. place names the spot, such as "original.place": with the
 * operation and "before" or "after" it is the name of a fault point (store/fault.h). */
#pragma once

#include <glib.h>

/* All of it, however many calls that takes. */
gboolean lt_disk_write(int fd, const void *bytes, gsize size, const char *place);
/* Everything from one descriptor's present offset to the other; errno says why not. */
typedef enum { LT_DISK_COPIED, LT_DISK_NOT_READ, LT_DISK_NOT_WRITTEN } LtDiskCopy;
LtDiskCopy lt_disk_copy(int from, int to, const char *place);
/* Until it is on the disk. */
gboolean lt_disk_sync(int fd, const char *place);
gboolean lt_disk_sync_folder(const char *folder, const char *place);
/* An existing folder is well. */
gboolean lt_disk_make_folder(const char *folder, const char *place);
gboolean lt_disk_rename(const char *from, const char *to, const char *place);
/* Fails with EEXIST where the new name is taken, on any file system. */
gboolean lt_disk_rename_new(const char *from, const char *to, const char *place);
gboolean lt_disk_unlink(const char *path, const char *place);
