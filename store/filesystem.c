/* What kind of file system a folder lies on: whether a database may live there, whether changes made
 * elsewhere are told, and how much room is left. */
#include "store/private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

/* The magic numbers of statfs(2); some stand in no header. */
static const struct {
    guint32 magic;
    LtFilesystem filesystem;
} known[] = {
    {0x6969, {"NFS", LT_FILESYSTEM_NETWORK}},
    {0x517B, {"SMB", LT_FILESYSTEM_NETWORK}},
    {0xFF534D42, {"CIFS", LT_FILESYSTEM_NETWORK}},
    {0xFE534D42, {"SMB2", LT_FILESYSTEM_NETWORK}},
    {0x01021997, {"9P", LT_FILESYSTEM_NETWORK}},
    {0x564C, {"NCP", LT_FILESYSTEM_NETWORK}},
    {0x5346414F, {"AFS", LT_FILESYSTEM_NETWORK}},
    {0x6B414653, {"AFS", LT_FILESYSTEM_NETWORK}},
    {0x73757245, {"Coda", LT_FILESYSTEM_NETWORK}},
    {0x00C36400, {"Ceph", LT_FILESYSTEM_NETWORK}},
    {0x0BD00BD0, {"Lustre", LT_FILESYSTEM_NETWORK}},
    {0x47504653, {"GPFS", LT_FILESYSTEM_NETWORK}},
    {0x786F4256, {"VirtualBox", LT_FILESYSTEM_NETWORK}},
    {0xBACBACBC, {"VMware", LT_FILESYSTEM_NETWORK}},
    {0x7C7C6673, {"Parallels", LT_FILESYSTEM_NETWORK}},
    {0x65735546, {"FUSE", LT_FILESYSTEM_SILENT}},
};

const LtFilesystem *
lt_filesystem_of(const char *path)
{
    static const LtFilesystem local = {"local", LT_FILESYSTEM_LOCAL};
    struct statfs info;

    if (statfs(path, &info) != 0)
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i].magic == (guint32)info.f_type)
            return &known[i].filesystem;
    return &local;
}

/* WAL needs memory shared between programs, and locks that hold: neither crosses a network. */
gboolean
lt_store_check_filesystem(LtStore *store, GError **error)
{
    g_autofree char *at = g_strdup(store->directory);
    g_autofree char *shown = g_filename_display_name(store->directory);
    const LtFilesystem *filesystem;

    while ((filesystem = lt_filesystem_of(at)) == NULL && errno == ENOENT && strlen(at) > 1) {
        char *parent = g_path_get_dirname(at);
        g_free(at);
        at = parent;
    }
    if (filesystem == NULL || filesystem->kind != LT_FILESYSTEM_NETWORK)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY,
                _("the archive '%s' would lie on a disk of the network (%s), where a power cut or "
                  "a second program can spoil its database: keep it on a disk of this machine and "
                  "watch the folders on the network"),
                shown, filesystem->name);
    return FALSE;
}

gboolean
lt_store_room(LtStore *store, guint64 *ret_bytes, GError **error)
{
    struct statvfs info;

    if (statvfs(store->directory, &info) != 0)
        return lt_store_fail_errno(errno, store->directory, error);
    *ret_bytes = (guint64)info.f_bavail * info.f_frsize;
    return TRUE;
}
