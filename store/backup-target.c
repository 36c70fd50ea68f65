/* Where a backup may be made: a folder of its own, or one that holds an earlier backup of the same archive. */
#include "store/backup-target.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/private.h"

#define MARK "copy" /* the note of a copy: the last file that was seen when it was made */
#define LAST_FILE "SELECT coalesce(max(id), 0) FROM ledger"

gboolean
lt_backup_fail_target(const char *format, const char *target, GError **error)
{
    g_autofree char *shown = g_filename_display_name(target);
    g_autoptr(GString) message = g_string_new(format);

    g_string_replace(message, "%s", shown, 1);
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID, message->str);
    return FALSE;
}

/* Which archive a database is of; NULL where it is older than that, or is none. (transfer full) */
static char *
identity_of(LtStore *store)
{
    g_autoptr(sqlite3_stmt) row = lt_sql_prepare(store, NULL, "SELECT id FROM identity", "");

    return row != NULL && lt_sql_step(store, row, NULL) > 0 ? lt_sql_dup_text(row, 0) : NULL;
}

/* The database of the copy in a folder, whatever version that is of; its db may be unable to read anything. */
static LtStore *
open_copy(const char *target)
{
    g_autofree char *database = g_build_filename(target, LT_STORE_DATABASE, NULL);
    LtStore *there = g_new0(LtStore, 1);

    there->lock_fd = -1;
    there->directory = g_strdup(target);
    sqlite3_open_v2(database, &there->db, SQLITE_OPEN_READONLY, NULL);
    return there;
}

/* The backup of another archive is left alone, whatever version that was of. */
static gboolean
check_same_archive(LtStore *from, const char *target, GError **error)
{
    g_autofree char *wanted = identity_of(from);
    g_autofree char *found = NULL;
    g_autoptr(LtStore) there = open_copy(target);
    gint64 application = 0;

    if (lt_sql_integer(there, &application, NULL, "PRAGMA application_id", ""))
        found = identity_of(there);
    if (application != LT_STORE_APPLICATION_ID || (found != NULL && g_strcmp0(wanted, found) != 0))
        return lt_backup_fail_target(
            _("'%s' is the backup of another archive: choose another folder"), target, error);
    return TRUE;
}

gboolean
lt_backup_mark(LtStore *copy, GError **error)
{
    return lt_sql_script(copy, "INSERT OR REPLACE INTO note VALUES ('" MARK "', (" LAST_FILE "))",
                         error);
}

static gboolean
has_notes(LtStore *store, gboolean *ret_has, GError **error)
{
    gint64 tables; /* none in archives of older programs */

    if (!lt_sql_integer(store, &tables, error,
                        "SELECT count(*) FROM sqlite_schema WHERE name = 'note'", ""))
        return FALSE;
    *ret_has = tables > 0;
    return TRUE;
}

gboolean
lt_backup_unmark(LtStore *archive, GError **error)
{
    gboolean noted = FALSE;

    return has_notes(archive, &noted, error) &&
           (!noted || lt_sql_script(archive, "DELETE FROM note WHERE name = '" MARK "'", error));
}

gboolean
lt_backup_is_marked(LtStore *copy, gboolean *ret_marked, GError **error)
{
    gboolean noted = FALSE;
    gint64 marks = 0;

    if (!has_notes(copy, &noted, error) ||
        (noted && !lt_sql_integer(copy, &marks, error,
                                  "SELECT count(*) FROM note WHERE name = '" MARK "'", "")))
        return FALSE;
    *ret_marked = marks > 0;
    return TRUE;
}

gboolean
lt_backup_is_as_made(LtStore *store)
{
    gint64 unchanged = 0;

    return lt_sql_integer(store, &unchanged, NULL,
                          "SELECT count(*) FROM note WHERE name = '" MARK
                          "' AND CAST(value AS INTEGER) >= (" LAST_FILE ")",
                          "") &&
           unchanged > 0;
}

/* A check that mends the copy leaves the lock's file there; one that takes files in leaves that, too, and more. */
static gboolean
is_in_use(const char *target)
{
    g_autofree char *lock = g_build_filename(target, "lock", NULL);
    g_autoptr(LtStore) there = NULL;

    if (!g_file_test(lock, G_FILE_TEST_EXISTS))
        return FALSE;
    if (lt_lock_is_held(target))
        return TRUE;
    there = open_copy(target);
    return !lt_backup_is_as_made(there);
}

/* What no table tells of a disk: an earlier backup was there. */
static gboolean
check_still_there(LtStore *from, const char *target, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        lt_sql_prepare(from, error,
                       "SELECT 1 FROM upkeep WHERE kind = 'backup' AND ended_at IS NOT NULL"
                       " AND target = CAST(? AS BLOB)",
                       "s", target);
    int got = row != NULL ? lt_sql_step(from, row, error) : -1;

    if (got > 0)
        lt_backup_fail_target(_("the earlier backup is not in '%s' any more: is its disk mounted? "
                                "--anew begins another one there"),
                              target, error);
    return got == 0;
}

/* A folder that holds anything else is left alone. */
gboolean
lt_backup_check_target(LtStore *from, const char *folder, gboolean anew, GError **error)
{
    g_autofree char *target = g_canonicalize_filename(folder, NULL);
    g_autofree char *database = g_build_filename(target, LT_STORE_DATABASE, NULL);
    g_autofree char *partial = g_build_filename(target, LT_BACKUP_PARTIAL, NULL);
    g_autoptr(GDir) entries = g_dir_open(target, 0, NULL);

    if (lt_path_is_within(target, from->directory) || lt_path_is_within(from->directory, target))
        return lt_backup_fail_target(
            _("'%s' and the archive lie within each other: choose another folder, "
              "best on another disk"),
            target, error);
    if (!lt_mount_check(target, error) ||
        (!anew && !g_file_test(database, G_FILE_TEST_EXISTS) &&
         !g_file_test(partial, G_FILE_TEST_EXISTS) && !check_still_there(from, target, error)))
        return FALSE;
    if (entries == NULL || g_dir_read_name(entries) == NULL)
        return TRUE;
    if (is_in_use(target))
        return lt_backup_fail_target(
            _("'%s' is an archive in use, and no backup: choose another folder"), target, error);
    if (g_file_test(database, G_FILE_TEST_EXISTS))
        return check_same_archive(from, target, error);
    return g_file_test(partial, G_FILE_TEST_EXISTS) || /* a first backup that was cut short */
           lt_backup_fail_target(_("'%s' is not empty and no backup: choose an empty folder"),
                                 target, error);
}

/* --- the folder itself --- */

/* Two that copy to one folder would give each other's half database its name. A file system that knows no
 * such locks is trusted. */
static gboolean
lock_folder(LtStore *to, GError **error)
{
    to->lock_fd = open(to->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (to->lock_fd < 0)
        return lt_store_fail_errno(errno, to->directory, error);
    return flock(to->lock_fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK ||
           lt_backup_fail_target(_("another run is copying to '%s': try again when it has ended"),
                                 to->directory, error);
}

/* From the beginning on, before anything else lies there, the folder shows that a copy is being made in it. */
static gboolean
begin_folder(const char *folder, GError **error)
{
    g_autofree char *partial = g_build_filename(folder, LT_BACKUP_PARTIAL, NULL);
    int fd = open(partial, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

    if (fd < 0)
        return lt_store_fail_errno(errno, partial, error);
    close(fd);
    return TRUE;
}

static gboolean
make_folder(const char *folder, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(folder);
    gboolean there = g_file_test(folder, G_FILE_TEST_IS_DIR);

    if (g_mkdir_with_parents(folder, 0777) != 0)
        return lt_store_fail_errno(errno, folder, error);
    return there || lt_disk_sync_folder(parent, "copy") ||
           lt_store_fail_errno(errno, parent, error);
}

LtStore *
lt_backup_open_folder(const char *folder, GError **error)
{
    g_autoptr(LtStore) store = g_new0(LtStore, 1);

    store->directory = g_canonicalize_filename(folder, NULL);
    store->mode = LT_STORE_CREATE;
    store->lock_fd = -1;
    if (!make_folder(store->directory, error) || !lock_folder(store, error) ||
        !begin_folder(store->directory, error) || !lt_store_make_folders(store, error) ||
        !lt_store_sweep_temporary(store, error))
        return NULL;
    return g_steal_pointer(&store);
}
