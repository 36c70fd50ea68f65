#include "store/private.h"

#define MAX_REASONS 20
#define HOUR 3600
#define DAY (24 * HOUR)

static void
free_failure(gpointer data)
{
    LtFailure *failure = data;

    g_free(failure->reason);
    g_free(failure);
}

void
lt_store_activity_clear(LtStoreActivity *activity)
{
    g_clear_pointer(&activity->oldest_path, g_free);
    g_clear_pointer(&activity->oldest_since, g_free);
    g_clear_pointer(&activity->failures, g_ptr_array_unref);
    g_clear_pointer(&activity->verified_at, g_free);
    g_clear_pointer(&activity->backed_up_at, g_free);
    lt_watch_note_clear(&activity->watcher);
}

static char *
time_before(gint64 seconds)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) then = g_date_time_add_seconds(now, -(double)seconds);

    return g_date_time_format(then, "%Y-%m-%dT%H:%M:%SZ");
}

/* Files that came to an end since, and those of them that were filed. */
static gboolean
count_since(LtStore *store, gint64 seconds, guint64 *ret_filed, guint64 *ret_ended, GError **error)
{
    g_autofree char *since = time_before(seconds);
    gint64 count;

    *ret_filed = *ret_ended = 0;
    for (guint i = 0; i < LT_LEDGER_N_STATES; i++) {
        if (!lt_ledger_state_is_final(i))
            continue;
        if (!lt_sql_integer(store, &count, error,
                            "SELECT count(*) FROM ledger WHERE state = ? AND changed_at >= ?", "ss",
                            lt_ledger_state_name(i), since))
            return FALSE;
        *ret_ended += (guint64)count;
        *ret_filed += i == LT_LEDGER_FILED ? (guint64)count : 0;
    }
    return TRUE;
}

static gboolean
count_backlog(LtStore *store, LtStoreActivity *activity, GError **error)
{
    const struct {
        const char *sql;
        guint64 *to;
    } counts[] = {
        {"SELECT count(*) FROM ledger WHERE state IN ('seen', 'stored', 'read')",
         &activity->unfinished},
        {"SELECT count(*) FROM ledger WHERE state IN ('seen', 'stored', 'read')"
         " AND retry_at IS NOT NULL",
         &activity->put_off},
        /* What is on its way already was counted, and may be asked for by several. */
        {"SELECT count(DISTINCT path) FROM queue q WHERE outcome IS NULL AND NOT EXISTS"
         " (SELECT 1 FROM ledger l WHERE l.path = q.path AND state IN ('seen', 'stored', 'read'))",
         &activity->queued},
    };

    for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
        gint64 value;
        if (!lt_sql_integer(store, &value, error, counts[i].sql, ""))
            return FALSE;
        *counts[i].to = (guint64)value;
    }
    return TRUE;
}

/* Of rows (path, time), the first. What a watcher says of itself is true while it lives. */
static gboolean
find_oldest(LtStore *store, LtStoreActivity *activity, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT path, seen_at AS since FROM ledger"
                       " WHERE state IN ('seen', 'stored', 'read')"
                       " UNION ALL SELECT path, queued_at FROM queue WHERE outcome IS NULL"
                       " UNION ALL SELECT oldest_path, oldest_since FROM watcher"
                       "  WHERE oldest_path IS NOT NULL AND state <> 'stopped' AND ?"
                       " ORDER BY since LIMIT 1",
                       "i", (gint64)activity->watched);
    int got = statement != NULL ? lt_sql_step(store, statement, error) : -1;

    if (got > 0) {
        g_autofree char *path =
            g_strndup(sqlite3_column_blob(statement, 0), (gsize)sqlite3_column_bytes(statement, 0));
        activity->oldest_path = g_steal_pointer(&path);
        activity->oldest_since = lt_sql_dup_text(statement, 1);
    }
    return got >= 0;
}

static gboolean
list_failures(LtStore *store, LtStoreActivity *activity, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT coalesce(reason, ''), count(*) FROM ledger WHERE state = ?"
                       " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
                       "si", lt_ledger_state_name(LT_LEDGER_QUARANTINED), (gint64)MAX_REASONS);
    int got = -1;

    activity->failures = g_ptr_array_new_with_free_func(free_failure);
    while (statement != NULL && (got = lt_sql_step(store, statement, error)) > 0) {
        LtFailure *failure = g_new0(LtFailure, 1);

        failure->reason = lt_sql_dup_text(statement, 0);
        failure->count = (guint64)sqlite3_column_int64(statement, 1);
        g_ptr_array_add(activity->failures, failure);
    }
    return got == 0;
}

/* *ret_at stays NULL where it never came to its end. */
static gboolean
find_upkeep(LtStore *store, const char *kind, char **ret_at, guint64 *ret_faults, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT ended_at, faults FROM upkeep WHERE kind = ? AND ended_at IS NOT NULL"
                       " ORDER BY id DESC LIMIT 1",
                       "s", kind);
    int got = statement != NULL ? lt_sql_step(store, statement, error) : -1;

    if (got > 0) {
        *ret_at = lt_sql_dup_text(statement, 0);
        *ret_faults = (guint64)sqlite3_column_int64(statement, 1);
    }
    return got >= 0;
}

gboolean
lt_store_activity(LtStore *store, LtStoreActivity *ret_activity, GError **error)
{
    LtStoreActivity *activity = ret_activity;
    gint64 process = 0;

    *activity = (LtStoreActivity){0};
    activity->watched = lt_store_is_served(store, &process);
    return count_since(store, HOUR, &activity->filed_hour, &activity->ended_hour, error) &&
           count_since(store, DAY, &activity->filed_day, &activity->ended_day, error) &&
           count_backlog(store, activity, error) && find_oldest(store, activity, error) &&
           list_failures(store, activity, error) &&
           find_upkeep(store, "verify", &activity->verified_at, &activity->verify_faults, error) &&
           find_upkeep(store, "backup", &activity->backed_up_at, &activity->backup_faults, error) &&
           lt_store_watch_read(store, &activity->watcher, error);
}
