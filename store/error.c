/* What went wrong, in the caller's terms, with what to do about it. */
#include "store/private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/statvfs.h>

G_DEFINE_QUARK(lt_store_error_quark, lt_store_error)

LtStoreError
lt_store_error_of_errno(int saved_errno)
{
    switch (saved_errno) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: /* of a limit on the size of files, or a disk that has one */
        return LT_STORE_ERROR_FULL;
    case EROFS:
    case EACCES:
    case EPERM:
        return LT_STORE_ERROR_READ_ONLY;
    default:
        return LT_STORE_ERROR_IO;
    }
}

LtStoreError
lt_store_error_of_sqlite(int code, int system_errno)
{
    static const struct {
        int code;
        LtStoreError error;
    } map[] = {
        {SQLITE_BUSY, LT_STORE_ERROR_BUSY},          {SQLITE_LOCKED, LT_STORE_ERROR_BUSY},
        {SQLITE_FULL, LT_STORE_ERROR_FULL},          {SQLITE_READONLY, LT_STORE_ERROR_READ_ONLY},
        {SQLITE_CANTOPEN, LT_STORE_ERROR_READ_ONLY}, {SQLITE_PERM, LT_STORE_ERROR_READ_ONLY},
        {SQLITE_CORRUPT, LT_STORE_ERROR_DAMAGED},    {SQLITE_NOTADB, LT_STORE_ERROR_DAMAGED},
        {SQLITE_ERROR, LT_STORE_ERROR_DAMAGED},      {SQLITE_TOOBIG, LT_STORE_ERROR_INVALID},
        {SQLITE_CONSTRAINT, LT_STORE_ERROR_INVALID}, {SQLITE_INTERRUPT, LT_STORE_ERROR_STOPPED},
    };
    gboolean may_be_full = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;

    /* SQLite reports a full quota as an I/O error. */
    if (may_be_full && lt_store_error_of_errno(system_errno) == LT_STORE_ERROR_FULL)
        return LT_STORE_ERROR_FULL;
    for (guint i = 0; i < G_N_ELEMENTS(map); i++)
        if (map[i].code == (code & 0xff))
            return map[i].error;
    return LT_STORE_ERROR_IO;
}

static gboolean
is_on_read_only_disk(const char *path)
{
    struct statvfs info;

    return statvfs(path, &info) == 0 && info.f_flag & ST_RDONLY;
}

/* A sentence with one %s for the path. */
static const char *
advice(LtStoreError kind, const char *path)
{
    switch (kind) {
    case LT_STORE_ERROR_BUSY:
        return _("'%s' is busy: another program is writing to the archive; try again in a moment");
    case LT_STORE_ERROR_FULL:
        return _(
            "no room is left on the disk of '%s', or a quota or a limit on the size of files is "
            "reached: free some space, or raise the limit, and run again");
    case LT_STORE_ERROR_READ_ONLY:
        if (is_on_read_only_disk(path))
            return _("'%s' cannot be written: its disk is mounted for reading only");
        return _("'%s' cannot be written: ask for permission to write to the archive's folder and "
                 "its files");
    case LT_STORE_ERROR_DAMAGED:
        return _(
            "the database of '%s' is damaged: keep a copy of the folder as it is, then put back "
            "a backup");
    case LT_STORE_ERROR_INVALID:
        return _("'%s' did not accept the record");
    case LT_STORE_ERROR_STOPPED:
        return _("'%s' was asked for more than there is time for");
    default:
        return _("'%s' cannot be read or written: check the disk");
    }
}

static void
set_error(GError **error, LtStoreError kind, const char *path, const char *detail)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(GString) message = g_string_new(advice(kind, path));

    g_string_replace(message, "%s", shown, 1);
    g_set_error(error, LT_STORE_ERROR, (gint)kind, "%s (%s)", message->str, detail);
}

gboolean
lt_store_fail_sql(LtStore *store, int code, GError **error)
{
    int system_errno = store->db != NULL ? sqlite3_system_errno(store->db) : 0;
    /* A connection that is well knows nothing of what another one met. */
    gboolean knows = store->db != NULL && sqlite3_errcode(store->db) != SQLITE_OK;
    const char *detail = knows ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);

    set_error(error, lt_store_error_of_sqlite(code, system_errno), store->directory, detail);
    return FALSE;
}

gboolean
lt_store_fail_errno(int saved_errno, const char *path, GError **error)
{
    set_error(error, lt_store_error_of_errno(saved_errno), path, g_strerror(saved_errno));
    return FALSE;
}
