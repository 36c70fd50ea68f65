#include "ingest/folders.h"

#include <fnmatch.h>
#include <paths.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "ingest/answers.h"
#include "ingest/reasons.h"
#include "ingest/walk.h"

/* What programs write beside the files that are meant, and folders that file servers keep for themselves. */
static const char *const usual[] = {
    ".*",
    "~$*",
    "*~",
    "*.tmp",
    "*.temp",
    "*.part",
    "*.partial",
    "*.crdownload",
    "*.filepart",
    "*.download",
    "*.opdownload",
    "*.!ut",
    "*.swp",
    "*.lck",
    "*.lock",
    "Thumbs.db",
    "desktop.ini",
    "@eaDir",
    "@Recycle",
    "#recycle",
    "$RECYCLE.BIN",
    "lost+found",
    "~snapshot",
    "#snapshot",
    "@Recently-Snapshot",
    "Network Trash Folder",
    "Temporary Items",
    "System Volume Information",
};

LtWatchFolder *
lt_watch_folder_new(const char *path)
{
    LtWatchFolder *folder = g_new0(LtWatchFolder, 1);
    g_autofree char *here = g_get_current_dir();
    g_autofree char *plain = g_canonicalize_filename(path, NULL);

    folder->named = g_path_is_absolute(path) ? g_strdup(path) : g_build_filename(here, path, NULL);
    folder->hung = !lt_answers_once(folder->named);
    folder->path = folder->hung ? NULL : lt_walk_resolve(folder->named);
    folder->by_link = g_strcmp0(folder->path, plain) != 0;
    if (!folder->path)
        folder->path = g_steal_pointer(&plain);
    return folder;
}

gboolean
lt_folders_resolve(LtWatchFolder *folder)
{
    g_autofree char *resolved =
        folder->by_link && !folder->hung ? lt_walk_resolve(folder->named) : NULL;

    if (!resolved || g_str_equal(resolved, folder->path))
        return FALSE;
    g_free(folder->path);
    folder->path = g_steal_pointer(&resolved);
    return TRUE;
}

void
lt_watch_folder_free(LtWatchFolder *folder)
{
    if (!folder)
        return;
    g_free(folder->named);
    g_free(folder->path);
    g_free(folder->done);
    g_free(folder->done_mount);
    g_strfreev(folder->leave);
    g_free(folder);
}

const LtWatchFolder *
lt_folders_find(const GPtrArray *folders, const char *path)
{
    const LtWatchFolder *best = NULL;

    for (guint i = 0; i < folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(folders, i);

        if (lt_walk_holds(folder->path, path) &&
            (!best || strlen(folder->path) > strlen(best->path)))
            best = folder;
    }
    return best;
}

static gboolean
fits_any(const char *const *patterns, gsize n, const char *name)
{
    for (gsize i = 0; i < n; i++)
        if (fnmatch(patterns[i], name, FNM_CASEFOLD) == 0)
            return TRUE;
    return FALSE;
}

gboolean
lt_folders_leaves(const LtWatchFolder *folder, const char *path)
{
    g_autofree char *name = g_path_get_basename(path);

    return fits_any(usual, G_N_ELEMENTS(usual), name) ||
           (folder->leave &&
            fits_any((const char *const *)folder->leave, g_strv_length(folder->leave), name));
}

/* Whether its done folder holds path, by whatever names: it may be mounted in two places, or be reached by a link. */
static gboolean
moves_to(const LtWatchFolder *folder, const char *path)
{
    g_autofree char *at = g_strdup(path);
    struct stat wanted, info;

    if (lt_walk_holds(folder->done, path))
        return TRUE;
    if (folder->done_hung || stat(folder->done, &wanted) != 0)
        return FALSE;
    for (;;) {
        char *parent;

        if (stat(at, &info) == 0 && info.st_dev == wanted.st_dev && info.st_ino == wanted.st_ino)
            return TRUE;
        parent = g_path_get_dirname(at);
        if (g_str_equal(parent, at)) {
            g_free(parent);
            return FALSE;
        }
        g_free(at);
        at = parent;
    }
}

const LtWatchFolder *
lt_folders_moving_to(const GPtrArray *folders, const char *path)
{
    for (guint i = 0; i < folders->len; i++) {
        const LtWatchFolder *folder = g_ptr_array_index(folders, i);

        if (folder->action == LT_SOURCE_MOVE && moves_to(folder, path))
            return folder;
    }
    return NULL;
}

gboolean
lt_folders_is_done_away(LtWatchFolder *folder, const GPtrArray *earlier)
{
    g_autofree char *mount = lt_mount_of(_PATH_MNTTAB, folder->done);

    for (guint i = 0; i < earlier->len && !mount; i++) {
        const LtWatchFolder *other = g_ptr_array_index(earlier, i);

        if (other->done_mount && g_str_equal(other->done, folder->done))
            mount = g_strdup(other->done_mount);
    }
    if (!mount || (!folder->done_hung && lt_mount_is_at(mount)))
        return folder->done_hung;
    g_free(folder->done_mount);
    folder->done_mount = g_steal_pointer(&mount);
    return TRUE;
}

void
lt_folders_note_mount(LtWatchFolder *folder)
{
    char *at = g_strdup(folder->done);

    while (!lt_mount_is_at(at) && !g_str_equal(at, "/")) {
        char *parent = g_path_get_dirname(at);

        g_free(at);
        at = parent;
    }
    g_free(folder->done_mount);
    folder->done_mount = at;
}

gboolean
lt_folders_check_done(const char *done, GError **error)
{
    g_autofree char *at = g_canonicalize_filename(done, NULL);
    g_autofree char *shown = NULL;

    while (!g_file_test(at, G_FILE_TEST_EXISTS) && !g_str_equal(at, "/")) {
        char *parent = g_path_get_dirname(at);

        g_free(at);
        at = parent;
    }
    if (!lt_walk_is_in_archive(at))
        return TRUE;
    shown = lt_reason_show_path(done);
    g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_PATH,
                _("'%s' cannot be the folder for filed sources, for it lies in an archive"), shown);
    return FALSE;
}

char *
lt_folders_done_for(const LtWatchFolder *folder, const char *path)
{
    g_autofree char *inside = g_path_get_dirname(path);

    if (folder->done_mount && !lt_mount_is_at(folder->done_mount))
        return NULL;
    if (!lt_walk_holds(folder->path, inside)) /* a file has come in place of the folder */
        return g_strdup(folder->done);
    return g_build_filename(folder->done, inside + strlen(folder->path), NULL);
}

char *
lt_folders_dossier_for(const LtWatchFolder *folder, const char *path)
{
    const char *inside = path + strlen(folder->path);
    const char *end;

    while (*inside == '/')
        inside++;
    end = strchr(inside, '/');
    return end ? g_strndup(inside, (gsize)(end - inside)) : NULL;
}
