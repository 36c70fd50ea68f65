/* The database of people in a copy: who may, and the log. Who is logged in here is not so there. */
#include "store/people-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define PARTIAL LT_PEOPLE_DATABASE ".partial"
#define PLACE "people" /* of the fault points */

/* An empty one that nobody else reads, whatever the umask. */
static gboolean
make_empty(const char *path, GError **error)
{
    int fd;

    if (!lt_disk_unlink(path, "leftover") && errno != ENOENT)
        return lt_store_fail_errno(errno, path, error);
    fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return lt_store_fail_errno(errno, path, error);
    close(fd);
    return TRUE;
}

static LtStore *
connect_database(const char *path, int flags, GError **error)
{
    g_autoptr(LtStore) store = g_new0(LtStore, 1);

    store->directory = g_path_get_dirname(path);
    store->lock_fd = -1;
    return lt_store_connect(store, path, flags, error) ? g_steal_pointer(&store) : NULL;
}

/* Where nothing may be written nobody writes, and none of what SQLite would make to find out; what a snapshot has beside
 * its database cannot be read there. */
static LtStore *
connect_source(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
    g_autofree char *name = g_strdup_printf("file:%s?immutable=1", escaped);

    if (access(folder, W_OK) == 0)
        return connect_database(path, SQLITE_OPEN_READWRITE, error);
    if (lt_store_wal_has_content(path)) {
        g_autofree char *shown = g_filename_display_name(path);
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY,
                    _("'%s' cannot be read without permission to write: its latest changes still "
                      "stand beside it. Ask for permission to write, or stop the server first"),
                    shown);
        return NULL;
    }
    return connect_database(name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

static gboolean
copy_pages(LtStore *from, LtStore *to, GError **error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
    int code = backup != NULL ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to->db);

    if (backup != NULL)
        sqlite3_backup_finish(backup);
    return code == SQLITE_DONE || lt_store_fail_sql(from, code, error);
}

static gboolean
make_copy(const char *from, const char *path, GError **error)
{
    g_autoptr(LtStore) source = connect_source(from, error);
    g_autoptr(LtStore) copy = source != NULL && make_empty(path, error)
                                  ? connect_database(path, SQLITE_OPEN_READWRITE, error)
                                  : NULL;

    return copy != NULL && copy_pages(source, copy, error) &&
           lt_sql_script(copy,
                         "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"
                         "PRAGMA secure_delete = ON; DELETE FROM session; DELETE FROM attempt",
                         error);
}

gboolean
lt_people_copy(const char *from, const char *to, GError **error)
{
    g_autofree char *source = g_build_filename(from, LT_PEOPLE_DATABASE, NULL);
    g_autofree char *target = g_build_filename(to, LT_PEOPLE_DATABASE, NULL);
    g_autofree char *partial = g_build_filename(to, PARTIAL, NULL);

    if (!g_file_test(source, G_FILE_TEST_EXISTS))
        return TRUE;
    return make_copy(source, partial, error) && lt_store_drop_journals(target, error) &&
           (lt_disk_rename(partial, target, PLACE) || lt_store_fail_errno(errno, target, error));
}
