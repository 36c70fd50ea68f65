/* What is left of text that was taken out: its terms in the index until that is merged, its pages in the
 * write-ahead log until that is cut off. What cannot be done at once is noted, and done at the next chance. */
#include "store/private.h"

#define LOG_MILLISECONDS 250 /* that others may have to wait for a reader to end */
#define LOG "log"            /* the note that the log is still to be cut off */

static gboolean
owes_log(LtStore *store, gboolean *ret_owed, GError **error)
{
    gint64 n = 0;

    if (!lt_sql_integer(store, &n, error, "SELECT count(*) FROM note WHERE name = ?", "s", LOG))
        return FALSE;
    *ret_owed = n > 0;
    return TRUE;
}

/* Nothing is written where that is noted already. */
static gboolean
note_log(LtStore *store, gboolean owed, GError **error)
{
    gboolean before = FALSE;

    return owes_log(store, &before, error) &&
           (before == owed || lt_sql_run(store, error,
                                         owed ? "INSERT OR REPLACE INTO note VALUES (?, '1')"
                                              : "DELETE FROM note WHERE name = ?",
                                         "s", LOG));
}

gboolean
lt_clean_owe(LtStore *store, GError **error)
{
    return note_log(store, TRUE, error);
}

/* A reader that still looks at an older state keeps it in the log. Nobody can write while it is waited for. */
gboolean
lt_store_scrub(LtStore *store, GError **error)
{
    sqlite3_busy_timeout(store->db, LOG_MILLISECONDS);
    int code = sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(store->db, LT_STORE_BUSY_MILLISECONDS);

    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return note_log(store, TRUE, error);
    return code == SQLITE_OK ? note_log(store, FALSE, error)
                             : lt_store_fail_sql(store, code, error);
}

gboolean
lt_store_clean(LtStore *store, guint seconds, GError **error)
{
    gboolean index = FALSE, log = FALSE;

    if (!lt_index_owes_scrub(store, &index, error) || !owes_log(store, &log, error))
        return FALSE;
    /* What is merged away stands in the log, until that is cut off in its turn. */
    if (index && !(note_log(store, TRUE, error) && lt_index_scrub(store, seconds, error)))
        return FALSE;
    return !(index || log) || lt_store_scrub(store, error);
}

gboolean
lt_store_is_clean(LtStore *store, gboolean *ret_clean, GError **error)
{
    gboolean index = FALSE, log = FALSE;

    if (!lt_index_owes_scrub(store, &index, error) || !owes_log(store, &log, error))
        return FALSE;
    *ret_clean = !index && !log;
    return TRUE;
}
