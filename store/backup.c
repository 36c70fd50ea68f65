/* Backup and restore. Both copy the database as it is at one moment, and the originals that it speaks of,
 * each checked against its sum on the way; the copied database takes its name last, so that a copy that
 * was cut short is never taken for a whole one. */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup-inbox.h"
#include "store/backup-rules.h"
#include "store/backup-target.h"
#include "store/people-private.h"

#define PAGES_AT_ONCE 2000
#define MOST_TRIES 3u /* at a moment in which no document is removed */

typedef struct {
    LtStore *from, *to; /* to: where the copy is made, with its database once that is there */
    const LtCopyOptions *options;
    LtCopyProgress progress;
    gboolean stopped, restoring;
    guint removed_meanwhile; /* originals that the copied database speaks of, and that went since */
} Copy;

static gboolean
may_go_on(Copy *copy)
{
    if (copy->options->go_on != NULL &&
        !copy->options->go_on(&copy->progress, copy->options->user_data))
        copy->stopped = TRUE;
    return !copy->stopped;
}

/* --- the database --- */

/* Which of the two failed: the copy could not be written, or what is copied not be read. */
static LtStore *
find_culprit(const Copy *copy, int code)
{
    switch (code) {
    case SQLITE_FULL:
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
        return copy->to;
    default:
        return copy->from;
    }
}

static gboolean
copy_pages(Copy *copy, sqlite3 *to, GError **error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", copy->from->db, "main");
    int code = backup != NULL ? SQLITE_OK : sqlite3_errcode(to);

    while (code == SQLITE_OK && may_go_on(copy))
        code = sqlite3_backup_step(backup, PAGES_AT_ONCE);
    if (backup != NULL)
        sqlite3_backup_finish(backup);
    return code == SQLITE_DONE || copy->stopped ||
           lt_store_fail_sql(find_culprit(copy, code), code, error);
}

/* The open read keeps the state that is copied: others that write meanwhile do not make it begin again. */
static gboolean
copy_state(Copy *copy, sqlite3 *to, GError **error)
{
    gint64 ignored;
    gboolean copied =
        lt_sql_script(copy->from, "BEGIN", error) &&
        lt_sql_integer(copy->from, &ignored, error, "SELECT count(*) FROM sqlite_schema", "") &&
        copy_pages(copy, to, error);

    return lt_sql_script(copy->from, "COMMIT", copied ? error : NULL) && copied;
}

/* What was being done while it was copied is not being done in the copy: a check of it must not go on from
 * the midst of another's. */
static gboolean
forget_unended(LtStore *to, GError **error)
{
    gint64 known; /* not in archives of older programs */

    return lt_sql_integer(to, &known, error,
                          "SELECT count(*) FROM sqlite_schema WHERE name = 'upkeep'", "") &&
           (known == 0 || lt_sql_script(to, "DELETE FROM upkeep WHERE ended_at IS NULL", error));
}

/* What was copied page by page is as ill as what it was copied from. */
static gboolean
fail_ill(const Copy *copy, GError **error)
{
    g_autofree char *shown = g_filename_display_name(copy->from->directory);

    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED,
                copy->restoring
                    ? _("the database of the backup '%s' is damaged: take an earlier backup")
                    : _("the database of the archive '%s' is damaged, and was not copied; an "
                        "earlier backup stays as it was. 'luutru verify --repair' mends what can "
                        "be made again"),
                shown);
    return FALSE;
}

/* In this journal mode a database is one file, and opens on media that cannot be written. */
static gboolean
settle_database(Copy *copy, GError **error)
{
    g_autoptr(sqlite3_stmt) check = NULL;
    LtStore *to = copy->to;

    if (!lt_sql_script(to, "PRAGMA journal_mode = DELETE", error) || !forget_unended(to, error) ||
        !(copy->restoring ? lt_backup_unmark(to, error) : lt_backup_mark(to, error)))
        return FALSE;
    check = lt_sql_prepare(to, error, "PRAGMA integrity_check(1)", "");
    if (check == NULL || lt_sql_step(to, check, error) < 0)
        return FALSE;
    return g_strcmp0((const char *)sqlite3_column_text(check, 0), "ok") == 0 ||
           lt_store_fail_sql(to, SQLITE_CORRUPT, error);
}

static gboolean
settle(Copy *copy, const char *path, GError **error)
{
    g_autoptr(GError) failure = NULL;
    int fd;

    if (!settle_database(copy, &failure)) {
        if (g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED))
            return fail_ill(copy, error);
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || !lt_disk_sync(fd, "copy")) {
        int failed = errno;
        if (fd >= 0)
            close(fd);
        return lt_store_fail_errno(failed, path, error);
    }
    close(fd);
    return TRUE;
}

static gboolean
copy_database(Copy *copy, GError **error)
{
    g_autofree char *path = g_build_filename(copy->to->directory, LT_BACKUP_PARTIAL, NULL);
    int code;

    lt_sql_disconnect(copy->to);
    /* Emptied and not deleted: a folder without it, and without a database, is taken for somebody else's. */
    if (!lt_store_drop_journals(path, error))
        return FALSE;
    if (truncate(path, 0) != 0)
        return lt_store_fail_errno(errno, path, error);
    code = sqlite3_open_v2(path, &copy->to->db,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE,
                           lt_fault_vfs());
    if (code != SQLITE_OK)
        return lt_store_fail_sql(copy->to, code, error);
    return copy_state(copy, copy->to->db, error) && (copy->stopped || settle(copy, path, error));
}

/* --- originals --- */

static void
report_lost(Copy *copy, const char *sha256, const char *detail)
{
    const LtFault fault = {
        .check = LT_CHECK_FILES, .fault = "damaged", .sha256 = sha256, .detail = detail};

    copy->progress.damaged++;
    if (copy->options->report != NULL)
        copy->options->report(&fault, copy->options->user_data);
}

static char *
sum_of_file(int fd)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *bytes = g_malloc(1u << 20);
    gssize n;

    while ((n = read(fd, bytes, 1u << 20)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return NULL;
        g_checksum_update(sum, bytes, n);
    }
    return g_strdup(g_checksum_get_string(sum));
}

/* Whether the copy has the original; where everything is checked, whether it has it whole. */
static gboolean
has_original(Copy *copy, const char *sha256, gint64 size)
{
    g_autofree char *path = lt_original_path(copy->to->directory, sha256);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    g_autofree char *sum = NULL;
    struct stat status;
    gboolean has;

    if (fd < 0)
        return FALSE;
    has = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == size;
    if (has && copy->options->check) {
        sum = sum_of_file(fd);
        has = g_strcmp0(sum, sha256) == 0;
    }
    close(fd);
    return has;
}

/* Whether the archive that is copied still needs the original. */
static gboolean
was_removed(Copy *copy, const char *sha256)
{
    gint64 removed = 0;

    return lt_sql_integer(copy->from, &removed, NULL,
                          "SELECT count(*) FROM removal WHERE sha256 = ?", "s", sha256) &&
           removed > 0;
}

/* missed: it is a fault where the archive has it no more. */
static gboolean
copy_original(Copy *copy, const char *sha256, gint64 size, gboolean missed, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gboolean same = FALSE;
    int fd;

    if (!missed && was_removed(copy, sha256))
        return TRUE;
    copy->progress.originals++;
    if (has_original(copy, sha256, size))
        return TRUE;
    fd = lt_store_open_original(copy->from, sha256, &failure);
    if (fd < 0) {
        if (was_removed(copy, sha256))
            copy->removed_meanwhile++;
        else if (missed || !g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
            report_lost(copy, sha256, failure->message);
        return TRUE;
    }
    gboolean put = lt_original_put_back(copy->to, fd, sha256, &same, &failure);
    close(fd);
    if (!put && !g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!put || !same) {
        report_lost(copy, sha256,
                    put ? _("the original is not what was taken in: its sum has changed")
                        : failure->message);
        return TRUE;
    }
    copy->progress.copied++;
    copy->progress.bytes += (guint64)size;
    return TRUE;
}

/* Those that the database in db speaks of: of documents, and whatever else was kept of files, also of those
 * that could not be read, which a later program may read. What a file was before it changed may be gone, and
 * what could not be read was never in the backup of an older program. */
static gboolean
copy_originals(Copy *copy, LtStore *db, GError **error)
{
    gboolean unread = TRUE;
    g_autoptr(sqlite3_stmt) rows = NULL;
    int got = -1;

    if (copy->restoring && !lt_backup_is_marked(copy->from, &unread, error))
        return FALSE;
    rows = lt_sql_prepare(db, error,
                          "SELECT sha256, size, 1 FROM document UNION ALL"
                          " SELECT sha256, max(size), max(state <> 'skipped'"
                          " AND (?1 OR state NOT IN ('seen', 'quarantined'))) FROM ledger l"
                          " WHERE sha256 IS NOT NULL"
                          " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = l.sha256)"
                          " GROUP BY sha256 ORDER BY 1",
                          "i", (gint64)unread);
    copy->progress.originals = 0;
    while (rows != NULL && (got = lt_sql_step(db, rows, error)) > 0 && may_go_on(copy))
        if (!copy_original(copy, (const char *)sqlite3_column_text(rows, 0),
                           sqlite3_column_int64(rows, 1), sqlite3_column_int(rows, 2), error))
            return FALSE;
    return got >= 0;
}

/* Sums of documents that were removed, and whose originals the copy still has. (transfer full) */
static GPtrArray *
find_removed(Copy *copy, GError **error)
{
    g_autoptr(GPtrArray) sums = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(copy->to, error, "SELECT sha256 FROM removal", "");
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(copy->to, rows, error)) > 0) {
        const char *sha256 = (const char *)sqlite3_column_text(rows, 0);
        g_autofree char *path = lt_original_path(copy->to->directory, sha256);

        if (g_file_test(path, G_FILE_TEST_EXISTS))
            g_ptr_array_add(sums, g_strdup(sha256));
    }
    return got == 0 ? g_steal_pointer(&sums) : NULL;
}

/* What was removed is not wanted any more, in a copy neither. */
static gboolean
drop_removed(Copy *copy, const GPtrArray *sums, GError **error)
{
    for (guint i = 0; i < sums->len; i++) {
        if (!lt_store_drop_original(copy->to, g_ptr_array_index(sums, i), error))
            return FALSE;
        copy->progress.dropped++;
    }
    return TRUE;
}

/* --- both ways --- */

/* A journal that somebody who wrote to the copy has left behind would be taken for the new database's. */
gboolean
lt_store_drop_journals(const char *database, GError **error)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};

    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *path = g_strconcat(database, ends[i], NULL);

        if (!lt_disk_unlink(path, "leftover") && errno != ENOENT)
            return lt_store_fail_errno(errno, path, error);
    }
    return TRUE;
}

static gboolean
fail_not_empty(const char *directory, GError **error)
{
    return lt_backup_fail_target(
        _("'%s' is not empty, and nothing is ever overwritten: name a new folder "
          "with --archive"),
        directory, error);
}

/* A restore takes the place of nothing, be it that it came while the files were copied. */
static gboolean
give_name(const Copy *copy, const char *partial, const char *path, GError **error)
{
    if (copy->restoring && g_file_test(path, G_FILE_TEST_EXISTS))
        return fail_not_empty(copy->to->directory, error);
    if (!lt_store_drop_journals(path, error))
        return FALSE;
    return (copy->restoring ? lt_disk_rename_new(partial, path, "copy")
                            : lt_disk_rename(partial, path, "copy")) ||
           lt_store_fail_errno(errno, path, error);
}

static gboolean
name_database(Copy *copy, GError **error)
{
    g_autofree char *partial = g_build_filename(copy->to->directory, LT_BACKUP_PARTIAL, NULL);
    g_autofree char *path = g_build_filename(copy->to->directory, LT_STORE_DATABASE, NULL);

    lt_sql_disconnect(copy->to);
    if (!give_name(copy, partial, path, error))
        return FALSE;
    return lt_disk_sync_folder(copy->to->directory, "copy") ||
           lt_store_fail_errno(errno, copy->to->directory, error);
}

static gboolean
fail_removals(GError **error)
{
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY,
                        _("documents were removed each time that it was copied; an earlier backup "
                          "stays as it was: run it again when the removals have ended"));
    return FALSE;
}

/* A document that is removed while its original is copied leaves a state that cannot be copied whole any
 * more: then a later one is. */
static gboolean
copy_one_moment(Copy *copy, GError **error)
{
    for (guint try = 1; try <= MOST_TRIES; try++) {
        copy->removed_meanwhile = 0;
        if (!copy_database(copy, error))
            return FALSE;
        if (copy->stopped)
            return TRUE;
        if (!copy_originals(copy, copy->to, error))
            return FALSE;
        if (copy->stopped || copy->removed_meanwhile == 0)
            return TRUE;
    }
    return fail_removals(error);
}

static gboolean
fail_stopped(GError **error)
{
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_STOPPED,
                        _("stopped; the same command goes on with it"));
    return FALSE;
}

/* (transfer full), NULL on error. */
static GHashTable *
copy_inbox(Copy *copy, GError **error)
{
    g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func(g_free);
    GHashTable *inbox = lt_backup_inbox(copy->from->directory, copy->to->directory, lost, error);

    for (guint i = 0; i < lost->len; i++)
        report_lost(copy, NULL, g_ptr_array_index(lost, i));
    return inbox;
}

/* What has no place in a database goes along in folders and a database of its own. */
static gboolean
copy_rest(Copy *copy, GError **error)
{
    return lt_backup_rules(copy->from->directory, copy->to->directory, error) &&
           lt_people_copy(copy->from->directory, copy->to->directory, error);
}

/* Originals, and files of the inbox, go last: until the new database has its name, the one before still speaks of
 * them. */
static gboolean
run_backup(Copy *copy, GError **error)
{
    g_autoptr(GHashTable) inbox = NULL;
    g_autoptr(GPtrArray) removed = NULL;

    inbox = copy_inbox(copy, error);
    if (inbox == NULL || !copy_one_moment(copy, error) || (copy->stopped && !fail_stopped(error)))
        return FALSE;
    removed = find_removed(copy, error);
    return removed != NULL && copy_rest(copy, error) && name_database(copy, error) &&
           drop_removed(copy, removed, error) &&
           lt_backup_inbox_end(copy->to->directory, inbox, error);
}

/* An archive that can write nothing, on a full disk say, is the last that should do without a copy. */
static gboolean
note_begun(LtStore *store, const char *target, gint64 *ret_row, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (store->mode == LT_STORE_READ ||
        lt_upkeep_begin(store, "backup", target, ret_row, &failure) ||
        g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_FULL) ||
        g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_BUSY))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* It is there, noted or not. */
static void
note_ended(LtStore *store, const char *target, gint64 row, guint64 damaged)
{
    if (store->mode != LT_STORE_READ &&
        (row != 0 || lt_upkeep_begin(store, "backup", target, &row, NULL)))
        lt_upkeep_end(store, row, damaged, NULL);
}

gboolean
lt_store_backup(LtStore *store, const char *folder, const LtCopyOptions *options,
                LtCopyProgress *ret_progress, GError **error)
{
    g_autoptr(LtStore) to = lt_backup_check_target(store, folder, options->anew, error)
                                ? lt_backup_open_folder(folder, error)
                                : NULL;
    Copy copy = {.from = store, .to = to, .options = options};
    gint64 row = 0;

    if (to == NULL || !note_begun(store, to->directory, &row, error))
        return FALSE;
    gboolean done = run_backup(&copy, error);
    if (done)
        note_ended(store, to->directory, row, copy.progress.damaged);
    *ret_progress = copy.progress;
    return done;
}

/* The folder is empty, or holds what a restore that was cut short has left. */
static gboolean
check_room(const char *directory, GError **error)
{
    g_autofree char *partial = g_build_filename(directory, LT_BACKUP_PARTIAL, NULL);
    g_autofree char *database = g_build_filename(directory, LT_STORE_DATABASE, NULL);
    g_autofree char *absolute = g_canonicalize_filename(directory, NULL);
    g_autoptr(GDir) entries = g_dir_open(directory, 0, NULL);

    if (!lt_mount_check(absolute, error))
        return FALSE;
    if (entries == NULL || g_dir_read_name(entries) == NULL ||
        (g_file_test(partial, G_FILE_TEST_EXISTS) && !g_file_test(database, G_FILE_TEST_EXISTS)))
        return TRUE;
    return fail_not_empty(directory, error);
}

static gboolean
run_restore(Copy *copy, GError **error)
{
    g_autoptr(GHashTable) inbox = NULL;

    if (!copy_database(copy, error) || (!copy->stopped && !copy_originals(copy, copy->to, error)) ||
        (copy->stopped && !fail_stopped(error)))
        return FALSE;
    inbox = copy_inbox(copy, error);
    return inbox != NULL && copy_rest(copy, error) && name_database(copy, error);
}

static LtStore *
open_backup(const char *folder, GError **error)
{
    g_autoptr(GError) failure = NULL;
    LtStore *store = lt_store_open_old(folder, &failure);
    g_autofree char *shown = g_filename_display_name(folder);

    if (store == NULL && g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_MISSING))
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_MISSING,
                    _("'%s' is no backup: name a folder that 'luutru backup' has filled"), shown);
    else if (store == NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return store;
}

/* A backup that an older program made is as good as any: what comes of it is upgraded. */
gboolean
lt_store_restore(const char *folder, const char *directory, const LtCopyOptions *options,
                 LtCopyProgress *ret_progress, GError **error)
{
    g_autoptr(LtStore) from = open_backup(folder, error);
    g_autoptr(LtStore) to = from != NULL && check_room(directory, error)
                                ? lt_backup_open_folder(directory, error)
                                : NULL;
    g_autoptr(LtStore) made = NULL;
    Copy copy = {.from = from, .to = to, .options = options, .restoring = TRUE};

    if (to == NULL || !lt_store_check_filesystem(to, error))
        return FALSE;
    if (run_restore(&copy, error))
        made = lt_store_open(directory, LT_STORE_WRITE, error);
    *ret_progress = copy.progress;
    return made != NULL;
}
