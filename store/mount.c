/* Disks that come and go: where they belong, and whether they are there. */
#include <mntent.h>
#include <string.h>
#include <sys/stat.h>

#include "store/store.h"

gboolean
lt_path_is_within(const char *path, const char *folder)
{
    gsize length = strlen(folder);

    if (g_str_equal(folder, "/"))
        return TRUE;
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

gboolean
lt_mount_is_at(const char *path)
{
    g_autofree char *here =
        g_build_filename(path, ".", NULL); /* so that one made on demand is made */
    g_autofree char *above = g_build_filename(path, "..", NULL);
    struct stat one, other;

    return stat(here, &one) == 0 && stat(above, &other) == 0 &&
           (one.st_dev != other.st_dev || one.st_ino == other.st_ino);
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
