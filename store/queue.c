/* The queue: files that other programs ask the watcher to take, which holds the archive. A row is
 * open until it has an outcome; who asked collects it then. */
#include "store/private.h"

#define SILENT_SECONDS 30              /* a watcher that notes nothing for so long does nothing */
#define KEEP_ENDED_SECONDS (24 * 3600) /* outcomes that nobody collected */

void
lt_queue_row_free(LtQueueRow *row)
{
    if (row == NULL)
        return;
    g_free(row->path);
    g_free(row->outcome);
    g_free(row->reason);
    g_free(row);
}

gboolean
lt_store_queue_put(LtStore *store, const char *ticket, const GPtrArray *paths, GError **error)
{
    g_autofree char *now = lt_time_now();
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    for (guint i = 0; transaction != NULL && i < paths->len; i++)
        if (!lt_sql_run(store, error,
                        "INSERT INTO queue (ticket, path, queued_at) VALUES (?, ?, ?)", "sps",
                        ticket, g_ptr_array_index(paths, i), now))
            return FALSE;
    return transaction != NULL && lt_transaction_commit(transaction, error);
}

static GPtrArray *
read_rows(LtStore *store, sqlite3_stmt *statement, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)lt_queue_row_free);
    int got;

    while ((got = lt_sql_step(store, statement, error)) > 0) {
        LtQueueRow *row = g_new0(LtQueueRow, 1);

        row->id = sqlite3_column_int64(statement, 0);
        row->path =
            g_strndup(sqlite3_column_blob(statement, 1), (gsize)sqlite3_column_bytes(statement, 1));
        row->outcome = lt_sql_dup_text(statement, 2);
        row->reason = lt_sql_dup_text(statement, 3);
        row->document = sqlite3_column_int64(statement, 4);
        g_ptr_array_add(rows, row);
    }
    return got == 0 ? g_steal_pointer(&rows) : NULL;
}

GPtrArray *
lt_store_queue_open(LtStore *store, gint64 after, guint limit, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT id, path, outcome, reason, document FROM queue"
                       " WHERE outcome IS NULL AND id > ? ORDER BY id LIMIT ?",
                       "ii", after, (gint64)limit);

    return statement != NULL ? read_rows(store, statement, error) : NULL;
}

gboolean
lt_store_queue_end(LtStore *store, gint64 id, const char *outcome, const char *reason,
                   gint64 document, GError **error)
{
    g_autofree char *now = lt_time_now();
    gboolean set = lt_sql_hurry(store, TRUE, error) &&
                   lt_sql_run(store, error,
                              "UPDATE queue SET outcome = ?, reason = ?, document = nullif(?, 0),"
                              " ended_at = ? WHERE id = ?",
                              "ssisi", outcome, reason, document, now, id);

    return lt_sql_hurry(store, FALSE, set ? error : NULL) && set;
}

GPtrArray *
lt_store_queue_collect(LtStore *store, const char *ticket, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(sqlite3_stmt) statement =
        transaction == NULL
            ? NULL
            : lt_sql_prepare(store, error,
                             "SELECT id, path, outcome, reason, document FROM queue"
                             " WHERE ticket = ? AND outcome IS NOT NULL ORDER BY id",
                             "s", ticket);
    g_autoptr(GPtrArray) rows = statement != NULL ? read_rows(store, statement, error) : NULL;

    if (rows == NULL)
        return NULL;
    for (guint i = 0; i < rows->len; i++) {
        const LtQueueRow *row = g_ptr_array_index(rows, i);
        if (!lt_sql_run(store, error, "DELETE FROM queue WHERE id = ?", "i", row->id))
            return NULL;
    }
    return lt_transaction_commit(transaction, error) ? g_steal_pointer(&rows) : NULL;
}

/* The ids of one asker's rows lie behind those of who asked before. */
gboolean
lt_store_queue_leave(LtStore *store, const char *ticket, GError **error)
{
    return lt_sql_run(store, error,
                      "DELETE FROM queue WHERE ticket = ?1 AND outcome IS NULL AND path IN"
                      " (SELECT path FROM queue WHERE outcome IS NULL AND id <"
                      "  (SELECT min(id) FROM queue WHERE ticket = ?1))",
                      "s", ticket);
}

gboolean
lt_store_queue_sweep(LtStore *store, GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) then = g_date_time_add_seconds(now, -KEEP_ENDED_SECONDS);
    g_autofree char *before = g_date_time_format(then, "%Y-%m-%dT%H:%M:%SZ");

    return lt_sql_run(store, error, "DELETE FROM queue WHERE ended_at < ?", "s", before);
}

gboolean
lt_store_data_version(LtStore *store, gint64 *ret_version, GError **error)
{
    return lt_sql_integer(store, ret_version, error, "PRAGMA data_version", "");
}

/* --- what the watcher says of itself --- */

gboolean
lt_store_watch_note(LtStore *store, const LtWatchNote *note, GError **error)
{
    g_autofree char *now = lt_time_now();
    gboolean set =
        lt_sql_hurry(store, TRUE, error) &&
        lt_sql_run(store, error,
                   "INSERT OR REPLACE INTO watcher (id, process, started_at, noted_at, state,"
                   " reason, folders, waiting, oldest_path, oldest_since)"
                   " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   "issssiiss", note->process, note->started_at, now, note->state, note->reason,
                   (gint64)note->folders, (gint64)note->waiting, note->oldest_path,
                   note->oldest_since);

    return lt_sql_hurry(store, FALSE, set ? error : NULL) && set;
}

void
lt_watch_note_clear(LtWatchNote *note)
{
    g_clear_pointer(&note->started_at, g_free);
    g_clear_pointer(&note->noted_at, g_free);
    g_clear_pointer(&note->state, g_free);
    g_clear_pointer(&note->reason, g_free);
    g_clear_pointer(&note->oldest_path, g_free);
    g_clear_pointer(&note->oldest_since, g_free);
}

gboolean
lt_watch_note_is_silent(const LtWatchNote *note)
{
    g_autoptr(GDateTime) noted =
        note->noted_at != NULL ? g_date_time_new_from_iso8601(note->noted_at, NULL) : NULL;

    return noted != NULL &&
           g_get_real_time() / G_USEC_PER_SEC - g_date_time_to_unix(noted) > SILENT_SECONDS;
}

gboolean
lt_store_watch_read(LtStore *store, LtWatchNote *ret_note, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT process, started_at, noted_at, state, reason, folders, waiting,"
                       " oldest_path, oldest_since FROM watcher",
                       "");
    int got = statement != NULL ? lt_sql_step(store, statement, error) : -1;

    if (got > 0) {
        *ret_note = (LtWatchNote){
            .process = sqlite3_column_int64(statement, 0),
            .started_at = lt_sql_dup_text(statement, 1),
            .noted_at = lt_sql_dup_text(statement, 2),
            .state = lt_sql_dup_text(statement, 3),
            .reason = lt_sql_dup_text(statement, 4),
            .folders = (guint)sqlite3_column_int64(statement, 5),
            .waiting = (guint)sqlite3_column_int64(statement, 6),
            .oldest_path = lt_sql_dup_text(statement, 7),
            .oldest_since = lt_sql_dup_text(statement, 8),
        };
    }
    return got >= 0;
}
