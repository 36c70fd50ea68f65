/* Opening and closing. Everything a connection needs to be safe is set here, once. */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup-target.h"

#define CACHE_KIBIBYTES "-16000" /* the upper parts of the trees of a million documents */

static char *
database_path(const LtStore *store)
{
    return g_build_filename(store->directory, LT_STORE_DATABASE, NULL);
}

static gboolean
fail_missing(const LtStore *store, GError **error)
{
    g_autofree char *shown = g_filename_display_name(store->directory);

    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_MISSING,
                _("there is no archive in '%s': 'luutru ingest' makes one, or name another with "
                  "--archive"),
                shown);
    return FALSE;
}

gboolean
lt_store_is_there(const char *directory)
{
    g_autofree char *path = g_build_filename(directory, LT_STORE_DATABASE, NULL);
    struct stat status;

    return stat(path, &status) == 0;
}

gboolean
lt_store_check_present(const LtStore *store, GError **error)
{
    g_autofree char *path = database_path(store);
    struct stat status;

    if (stat(path, &status) == 0)
        return TRUE;
    if (errno == ENOENT || errno == ENOTDIR)
        return fail_missing(store, error);
    return lt_store_fail_errno(errno, path, error);
}

gboolean
lt_store_connect(LtStore *store, const char *name, int flags, GError **error)
{
    static const struct {
        int option;
        int value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1}, {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    static gsize configured;

    /* A store belongs to one thread at a time, and nobody asks SQLite what it holds: no locks around each
     * of its steps and allocations. */
    if (g_once_init_enter(&configured)) {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        g_once_init_leave(&configured, 1);
    }
    int code = sqlite3_open_v2(name, &store->db,
                               flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, lt_fault_vfs());

    if (code != SQLITE_OK) {
        lt_store_fail_sql(store, code, error);
        g_clear_pointer(&store->db, sqlite3_close);
        return FALSE;
    }
    sqlite3_busy_timeout(store->db, LT_STORE_BUSY_MILLISECONDS);
    if (!lt_sql_script(store, "PRAGMA cache_size = " CACHE_KIBIBYTES, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(options); i++)
        sqlite3_db_config(store->db, options[i].option, options[i].value, NULL);
    return TRUE;
}

/* SQLite opens lazily: the first read tells whether the database can be read at all. */
static gboolean
connect_and_probe(LtStore *store, const char *name, int flags, GError **error)
{
    gint64 ignored;

    if (!lt_store_connect(store, name, flags, error))
        return FALSE;
    if (lt_sql_integer(store, &ignored, error, "SELECT count(*) FROM sqlite_schema", ""))
        return TRUE;
    g_clear_pointer(&store->db, sqlite3_close);
    return FALSE;
}

gboolean
lt_store_wal_has_content(const char *database)
{
    g_autofree char *path = g_strconcat(database, "-wal", NULL);
    struct stat status;

    return stat(path, &status) == 0 && status.st_size > 0;
}

static gboolean
connect_immutable(LtStore *store, GError **error)
{
    g_autofree char *path = database_path(store);
    g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
    g_autofree char *name = g_strdup_printf("file:%s?immutable=1", escaped);

    if (lt_store_wal_has_content(path)) {
        g_autofree char *shown = g_filename_display_name(store->directory);
        g_set_error(
            error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY,
            _("the archive '%s' cannot be read without permission to write: its latest "
              "changes still stand in '%s'. Ask for permission to write, or have someone who "
              "may write run 'luutru status' on it once"),
            shown, LT_STORE_DATABASE "-wal");
        return FALSE;
    }
    return connect_and_probe(store, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

/* Reading a WAL database takes a shared-memory file beside it. Where that cannot be made (read-only
 * media, no permission) the database is read as a file that does not change. */
static gboolean
connect_for_reading(LtStore *store, GError **error)
{
    g_autofree char *path = database_path(store);
    g_autoptr(GError) failure = NULL;

    if (!connect_and_probe(store, path, SQLITE_OPEN_READWRITE, &failure)) {
        if (!g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FALSE;
        }
        if (!connect_immutable(store, error))
            return FALSE;
    }
    return lt_sql_script(store, "PRAGMA query_only = ON", error);
}

static gboolean
connect_for_writing(LtStore *store, GError **error)
{
    g_autofree char *path = database_path(store);
    int create = store->mode == LT_STORE_CREATE ? SQLITE_OPEN_CREATE : 0;

    if (!connect_and_probe(store, path, SQLITE_OPEN_READWRITE | create, error))
        return FALSE;
    /* Of the text of usual pages, one fits onto a page of the usual 4096 bytes, and a third of that stays
     * empty. Takes effect where the database is being made. */
    if (create != 0 && !lt_sql_script(store, "PRAGMA page_size = 8192", error))
        return FALSE;
    if (sqlite3_db_readonly(store->db, "main") == 1)
        return lt_store_fail_errno(EACCES, store->directory, error);
    return TRUE;
}

/* After the stamp was checked, so that a stranger's database is left as it is. */
static gboolean
set_durable(LtStore *store, GError **error)
{
    /* Text that is deleted may be secret: it is overwritten, and not only forgotten. */
    return lt_sql_script(store,
                         "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         " PRAGMA secure_delete = ON",
                         error);
}

/* Where a copy is being made nobody begins an archive that the copy would take the place of; nor where the disk of one
 * is not there. */
static gboolean
check_place(LtStore *store, GError **error)
{
    g_autofree char *partial = g_build_filename(store->directory, LT_BACKUP_PARTIAL, NULL);
    g_autofree char *shown = NULL;

    if (lt_store_check_present(store, NULL))
        return TRUE;
    if (!g_file_test(partial, G_FILE_TEST_EXISTS))
        return lt_mount_check(store->directory, error);
    shown = g_filename_display_name(store->directory);
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY,
                _("a copy is being made in '%s', or was cut short there: wait for it, or give the "
                  "command again that makes it"),
                shown);
    return FALSE;
}

static gboolean
open_for_writing(LtStore *store, GError **error)
{
    if (!lt_store_check_filesystem(store, error))
        return FALSE;
    if (store->mode == LT_STORE_CREATE) {
        if (!check_place(store, error) || !lt_store_make_folders(store, error))
            return FALSE;
    } else if (!lt_store_check_present(store, error)) {
        return FALSE;
    }
    if (!connect_for_writing(store, error) || !lt_schema_check(store, error) ||
        !set_durable(store, error))
        return FALSE;
    store->sealing = TRUE;
    return TRUE;
}

static gboolean
open_for_reading(LtStore *store, GError **error)
{
    return lt_store_check_present(store, error) && connect_for_reading(store, error) &&
           lt_schema_check(store, error);
}

gboolean
lt_store_note_place(LtStore *store, GError **error)
{
    struct stat status;

    if (stat(store->directory, &status) != 0)
        return lt_store_fail_errno(errno, store->directory, error);
    store->disk = status.st_dev;
    store->inode = status.st_ino;
    return TRUE;
}

static LtStore *
open_store(const char *directory, LtStoreMode mode, gboolean old, GError **error)
{
    g_autoptr(LtStore) store = g_new0(LtStore, 1);

    store->directory = g_canonicalize_filename(directory, NULL);
    store->mode = mode;
    store->old = old;
    store->lock_fd = -1;
    if (!(mode == LT_STORE_READ ? open_for_reading(store, error)
                                : open_for_writing(store, error)) ||
        !lt_store_note_place(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

LtStore *
lt_store_open(const char *directory, LtStoreMode mode, GError **error)
{
    return open_store(directory, mode, FALSE, error);
}

LtStore *
lt_store_open_old(const char *directory, GError **error)
{
    return open_store(directory, LT_STORE_READ, TRUE, error);
}

#define STEPS_BETWEEN_LOOKS 20000 /* of SQLite's machine: some milliseconds */

static int
is_too_late(void *user_data)
{
    const LtStore *store = user_data;

    return g_get_monotonic_time() >= store->deadline;
}

void
lt_store_set_deadline(LtStore *store, guint seconds)
{
    store->deadline =
        seconds > 0 ? g_get_monotonic_time() + seconds * (gint64)G_USEC_PER_SEC : G_MAXINT64;
    sqlite3_progress_handler(store->db, seconds > 0 ? STEPS_BETWEEN_LOOKS : 0, is_too_late, store);
}

void
lt_store_close(LtStore *store)
{
    if (store == NULL)
        return;
    lt_store_unlock(store);
    lt_sql_disconnect(store);
    g_free(store->restriction);
    g_free(store->directory);
    g_free(store);
}

const char *
lt_store_directory(const LtStore *store)
{
    return store->directory;
}
