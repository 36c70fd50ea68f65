/* What kind of file system a folder lies on: whether a database may live there, whether changes made
 * elsewhere are told, and how much room is left. */
#include "store/private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#define FUSE 0x65735546

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
    {FUSE, {"FUSE", LT_FILESYSTEM_SILENT}},
};

/* File systems of programs all have the same number. By their names, these go over a network. */
static const struct {
    const char *type;
    LtFilesystem filesystem;
} served[] = {
    {"fuse.sshfs", {"SSHFS", LT_FILESYSTEM_NETWORK}},
    {"fuse.glusterfs", {"GlusterFS", LT_FILESYSTEM_NETWORK}},
    {"fuse.ceph", {"Ceph", LT_FILESYSTEM_NETWORK}},
    {"fuse.ceph-fuse", {"Ceph", LT_FILESYSTEM_NETWORK}},
    {"fuse.rclone", {"rclone", LT_FILESYSTEM_NETWORK}},
    {"fuse.s3fs", {"S3", LT_FILESYSTEM_NETWORK}},
    {"fuse.davfs", {"WebDAV", LT_FILESYSTEM_NETWORK}},
    {"fuse.davfs2", {"WebDAV", LT_FILESYSTEM_NETWORK}},
    {"fuse.curlftpfs", {"FTP", LT_FILESYSTEM_NETWORK}},
    {"fuse.gvfsd-fuse", {"GVfs", LT_FILESYSTEM_NETWORK}},
    {"fuse.vmhgfs-fuse", {"VMware", LT_FILESYSTEM_NETWORK}},
};

/* proc(5): "36 35 98:0 /root /mount options [tags] - type source options". */
const LtFilesystem *
lt_filesystem_served(const char *mounts, guint major, guint minor)
{
    g_auto(GStrv) lines = g_strsplit(mounts, "\n", -1);
    const LtFilesystem *found = NULL;

    for (guint i = 0; lines[i]; i++) {
        const char *dash = strstr(lines[i], " - ");
        g_autofree char *type = NULL;
        guint at_major, at_minor;

        if (!dash || sscanf(lines[i], "%*u %*u %u:%u", &at_major, &at_minor) != 2 ||
            at_major != major || at_minor != minor)
            continue;
        type = g_strndup(dash + 3, strcspn(dash + 3, " "));
        for (guint j = 0; j < G_N_ELEMENTS(served); j++)
            if (g_str_equal(served[j].type, type))
                found = &served[j].filesystem;
    }
    return found;
}

static const LtFilesystem *
find_served(const char *path)
{
    g_autofree char *mounts = NULL;
    struct stat info;

    if (stat(path, &info) != 0 || !g_file_get_contents("/proc/self/mountinfo", &mounts, NULL, NULL))
        return NULL;
    return lt_filesystem_served(mounts, major(info.st_dev), minor(info.st_dev));
}

const LtFilesystem *
lt_filesystem_of(const char *path)
{
    static const LtFilesystem local = {"local", LT_FILESYSTEM_LOCAL};
    const LtFilesystem *by_name;
    struct statfs info;

    if (statfs(path, &info) != 0)
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        if (known[i].magic != (guint32)info.f_type)
            continue;
        by_name = known[i].magic == FUSE ? find_served(path) : NULL;
        return by_name ? by_name : &known[i].filesystem;
    }
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
