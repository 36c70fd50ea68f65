/* Disks that come and go: where they belong, and whether they are there. */
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <mntent.h>
#include <paths.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/private.h"

gboolean
lt_path_is_within(const char *path, const char *folder)
{
    gsize length = strlen(folder);

    if (g_str_equal(folder, "/"))
        return TRUE;
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* A part of a disk that is mounted elsewhere on it has the number of the disk, too: only the system knows of it, and
 * an older one does not tell. */
gboolean
lt_mount_is_at(const char *path)
{
    g_autofree char *here =
        g_build_filename(path, ".", NULL); /* so that one made on demand is made */
    g_autofree char *above = g_build_filename(path, "..", NULL);
    struct statx one, other;

    if (statx(AT_FDCWD, here, 0, STATX_INO, &one) != 0 ||
        statx(AT_FDCWD, above, 0, STATX_INO, &other) != 0)
        return FALSE;
    gboolean tells = (one.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0;
    gboolean same_disk =
        one.stx_dev_major == other.stx_dev_major && one.stx_dev_minor == other.stx_dev_minor;
    gboolean mounted = tells ? (one.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0 : !same_disk;

    return mounted || (same_disk && one.stx_ino == other.stx_ino);
}

char *
lt_mount_of(const char *table, const char *path)
{
    FILE *lines = setmntent(table, "re");
    char *best = NULL;
    struct mntent entry;
    char text[4096];

    while (lines && getmntent_r(lines, &entry, text, sizeof text)) {
        g_autofree char *at =
            g_path_is_absolute(entry.mnt_dir) ? g_canonicalize_filename(entry.mnt_dir, NULL) : NULL;

        if (at && !g_str_equal(at, "/") && lt_path_is_within(path, at) &&
            (!best || strlen(at) > strlen(best))) {
            g_free(best);
            best = g_steal_pointer(&at);
        }
    }
    if (lines)
        endmntent(lines);
    return best;
}

/* path, with the links on its way followed as far as it is there. (transfer full) */
static char *
resolve(const char *path)
{
    g_autofree char *at = g_strdup(path);
    char *resolved, *whole;

    while ((resolved = realpath(at, NULL)) == NULL && !g_str_equal(at, "/")) {
        char *parent = g_path_get_dirname(at);

        g_free(at);
        at = parent;
    }
    whole = g_build_filename(resolved != NULL ? resolved : "/", path + strlen(at), NULL);
    free(resolved);
    return whole;
}

gboolean
lt_mount_check(const char *path, GError **error)
{
    g_autofree char *resolved = resolve(path);
    g_autofree char *mount = lt_mount_of(_PATH_MNTTAB, resolved);
    g_autofree char *shown = NULL;

    if (mount == NULL || lt_mount_is_at(mount))
        return TRUE;
    shown = g_filename_display_name(path);
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("'%s' belongs to a disk that is not mounted: mount it, or choose another folder"),
                shown);
    return FALSE;
}
