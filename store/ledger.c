/* The ledger: one row for each file ever seen, by path, size and time of change. */
#include "store/private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

static const struct {
    const char *name;
    gboolean final;
} states[LT_LEDGER_N_STATES] = {
    [LT_LEDGER_SEEN] = {"seen", FALSE},          [LT_LEDGER_STORED] = {"stored", FALSE},
    [LT_LEDGER_READ] = {"read", FALSE},          [LT_LEDGER_FILED] = {"filed", TRUE},
    [LT_LEDGER_DUPLICATE] = {"duplicate", TRUE}, [LT_LEDGER_SKIPPED] = {"skipped", TRUE},
    [LT_LEDGER_HELD] = {"held", TRUE},           [LT_LEDGER_QUARANTINED] = {"quarantined", TRUE},
};

#define LONGEST_PAUSE 86400.0 /* seconds between two tries */

/* The time of a row that is kept for an earlier state of a file: before 1970 by as many nanoseconds as its document has
 * for a number. No file bears such a time. */
#define IS_EARLIER "mtime_ns BETWEEN -999999999 AND -1"

#define ROW_COLUMNS "id, path, size, mtime_ns, state, reason, sha256, document, changed_at"

const char *
lt_ledger_state_name(LtLedgerState state)
{
    g_return_val_if_fail((guint)state < LT_LEDGER_N_STATES, NULL);
    return states[state].name;
}

gboolean
lt_ledger_state_is_final(LtLedgerState state)
{
    g_return_val_if_fail((guint)state < LT_LEDGER_N_STATES, FALSE);
    return states[state].final;
}

void
lt_ledger_row_free(LtLedgerRow *row)
{
    if (row == NULL)
        return;
    g_free(row->path);
    g_free(row->reason);
    g_free(row->sha256);
    g_free(row->changed_at);
    g_free(row);
}

static gboolean
state_from_name(const char *name, LtLedgerState *ret_state)
{
    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        if (g_strcmp0(states[i].name, name) == 0) {
            *ret_state = i;
            return TRUE;
        }
    return FALSE;
}

static LtLedgerRow *
row_from_statement(sqlite3_stmt *statement, GError **error)
{
    g_autoptr(LtLedgerRow) row = g_new0(LtLedgerRow, 1);
    const char *state = (const char *)sqlite3_column_text(statement, 4);

    if (!state_from_name(state, &row->state)) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED,
                    _("the ledger holds a state that is not known, '%s': put back a backup"),
                    state);
        return NULL;
    }
    row->id = sqlite3_column_int64(statement, 0);
    row->path =
        g_strndup(sqlite3_column_blob(statement, 1), (gsize)sqlite3_column_bytes(statement, 1));
    row->size = (guint64)sqlite3_column_int64(statement, 2);
    row->mtime_ns = sqlite3_column_int64(statement, 3);
    row->reason = lt_sql_dup_text(statement, 5);
    row->sha256 = lt_sql_dup_text(statement, 6);
    row->document = sqlite3_column_int64(statement, 7);
    row->changed_at = lt_sql_dup_text(statement, 8);
    return g_steal_pointer(&row);
}

LtLedgerRow *
lt_store_ledger_find(LtStore *store, const char *path, guint64 size, gint64 mtime_ns,
                     GError **error)
{
    g_autoptr(LtKept) statement = lt_sql_keep(store, error,
                                              "SELECT " ROW_COLUMNS " FROM ledger"
                                              " WHERE path = ? AND size = ? AND mtime_ns = ?",
                                              "pii", path, (gint64)size, mtime_ns);

    if (statement == NULL || lt_sql_step(store, statement, error) <= 0)
        return NULL;
    return row_from_statement(statement, error);
}

LtLedgerRow *
lt_store_ledger_latest(LtStore *store, const char *path, GError **error)
{
    g_autoptr(LtKept) statement =
        lt_sql_keep(store, error,
                    "SELECT " ROW_COLUMNS " FROM ledger"
                    " WHERE path = ? ORDER BY " IS_EARLIER ", id DESC LIMIT 1",
                    "p", path);

    if (statement == NULL || lt_sql_step(store, statement, error) <= 0)
        return NULL;
    return row_from_statement(statement, error);
}

/* Returns FALSE on error; another connection may have made the row since it was looked for. */
static gboolean
make_row(LtStore *store, const char *path, guint64 size, gint64 mtime_ns, gboolean *ret_new,
         GError **error)
{
    g_autofree char *now = lt_time_now();
    gboolean made =
        lt_sql_hurry(store, TRUE, error) &&
        lt_sql_run(store, error,
                   "INSERT INTO ledger (path, size, mtime_ns, state, seen_at, changed_at)"
                   " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                   "piisss", path, (gint64)size, mtime_ns, states[LT_LEDGER_SEEN].name, now, now);

    *ret_new = made && sqlite3_changes(store->db) > 0;
    return lt_sql_hurry(store, FALSE, made ? error : NULL) && made;
}

LtLedgerRow *
lt_store_ledger_see(LtStore *store, const char *path, guint64 size, gint64 mtime_ns,
                    gboolean *ret_new, GError **error)
{
    g_autoptr(GError) failure = NULL;
    gboolean made = FALSE;
    LtLedgerRow *row = lt_store_ledger_find(store, path, size, mtime_ns, &failure);

    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    if (row == NULL) {
        if (!make_row(store, path, size, mtime_ns, &made, error))
            return NULL;
        row = lt_store_ledger_find(store, path, size, mtime_ns, error);
    }
    if (ret_new != NULL)
        *ret_new = made;
    return row;
}

gboolean
lt_store_ledger_set(LtStore *store, gint64 row, LtLedgerState state, const char *reason,
                    const char *sha256, gint64 document, GError **error)
{
    g_autofree char *now = lt_time_now();
    gboolean on_the_way = !states[state].final;
    gboolean set =
        (!on_the_way || lt_sql_hurry(store, TRUE, error)) &&
        lt_sql_run(
            store, error,
            "UPDATE ledger SET state = ?1, reason = ?2, sha256 = nullif(coalesce(?3, sha256), ''),"
            " document = nullif(?4, 0), changed_at = ?5, retry_at = NULL,"
            " attempts = iif(?1 = 'seen', 0, attempts) WHERE id = ?6",
            "sssisi", lt_ledger_state_name(state), reason, sha256, document, now, row);

    if ((on_the_way && !lt_sql_hurry(store, FALSE, set ? error : NULL)) || !set)
        return FALSE;
    if (sqlite3_changes(store->db) == 1)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                _("the ledger has no row %" PRId64), row);
    return FALSE;
}

gboolean
lt_store_ledger_retry(LtStore *store, gint64 row, gboolean *ret_done, GError **error)
{
    g_autofree char *now = lt_time_now();

    if (!lt_sql_run(store, error,
                    "UPDATE ledger SET state = ?, reason = NULL, document = NULL, changed_at = ?,"
                    " retry_at = NULL, attempts = 0 WHERE id = ? AND state = ?",
                    "ssis", states[LT_LEDGER_SEEN].name, now, row,
                    states[LT_LEDGER_QUARANTINED].name))
        return FALSE;
    *ret_done = sqlite3_changes(store->db) == 1;
    return TRUE;
}

gboolean
lt_store_ledger_forget(LtStore *store, gint64 row, const char *reason, gboolean *ret_done,
                       GError **error)
{
    g_autofree char *now = lt_time_now();

    if (!lt_sql_run(store, error,
                    "UPDATE ledger SET state = ?, reason = ?, changed_at = ?, retry_at = NULL"
                    " WHERE id = ? AND state = ?",
                    "sssis", states[LT_LEDGER_SKIPPED].name, reason, now, row,
                    states[LT_LEDGER_QUARANTINED].name))
        return FALSE;
    *ret_done = sqlite3_changes(store->db) == 1;
    return TRUE;
}

gboolean
lt_store_ledger_supersede(LtStore *store, gint64 row, const char *reason, GError **error)
{
    g_autofree char *now = lt_time_now();

    return lt_sql_run(store, error,
                      "UPDATE ledger SET state = ?, reason = ?, changed_at = ?"
                      " WHERE path = (SELECT path FROM ledger WHERE id = ?) AND id <> ?"
                      " AND state = ? AND sha256 IS NULL",
                      "sssiis", states[LT_LEDGER_SKIPPED].name, reason, now, row, row,
                      states[LT_LEDGER_QUARANTINED].name);
}

/* The number of the document makes the row one of its own (IS_EARLIER). */
static gboolean
keep_earlier(LtStore *store, gint64 row, const char *reason, GError **error)
{
    g_autofree char *now = lt_time_now();

    return lt_sql_run(store, error,
                      "INSERT INTO ledger (path, size, mtime_ns, state, reason, sha256, document,"
                      " seen_at, changed_at) SELECT path, size, -document, state, ?, sha256,"
                      " document, seen_at, ? FROM ledger l WHERE id = ? AND document IS NOT NULL"
                      " AND NOT EXISTS (SELECT 1 FROM ledger o WHERE o.document = l.document"
                      " AND o.id <> l.id)",
                      "ssi", reason, now, row);
}

gboolean
lt_store_ledger_take_again(LtStore *store, gint64 row, const char *reason, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL && keep_earlier(store, row, reason, error) &&
           lt_store_ledger_set(store, row, LT_LEDGER_SEEN, NULL, "", 0, error) &&
           lt_transaction_commit(transaction, error);
}

static GPtrArray *
rows_from_statement(LtStore *store, sqlite3_stmt *statement, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)lt_ledger_row_free);
    int got;

    while ((got = lt_sql_step(store, statement, error)) > 0) {
        LtLedgerRow *row = row_from_statement(statement, error);
        if (row == NULL)
            return NULL;
        g_ptr_array_add(rows, row);
    }
    return got == 0 ? g_steal_pointer(&rows) : NULL;
}

/* (transfer full) */
static char *
time_in(double seconds)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(GDateTime) then = g_date_time_add_seconds(now, seconds);

    return g_date_time_format(then, "%Y-%m-%dT%H:%M:%SZ");
}

#define ON_THE_WAY " FROM ledger WHERE state IN ('seen', 'stored', 'read')"
/* A time further off than the longest pause was set by a clock that has been put right since; so was one that was
 * written in what is the future now. */
#define NOT_WAITING " AND (retry_at IS NULL OR retry_at <= ?1 OR retry_at > ?2 OR changed_at > ?1)"

GPtrArray *
lt_store_ledger_unfinished(LtStore *store, gboolean waiting, GError **error)
{
    g_autofree char *now = time_in(0);
    g_autofree char *latest = time_in(LONGEST_PAUSE);
    g_autoptr(sqlite3_stmt) statement =
        waiting ? lt_sql_prepare(store, error, "SELECT " ROW_COLUMNS ON_THE_WAY " ORDER BY id", "")
                : lt_sql_prepare(store, error,
                                 "SELECT " ROW_COLUMNS ON_THE_WAY NOT_WAITING " ORDER BY id", "ss",
                                 now, latest);

    return statement != NULL ? rows_from_statement(store, statement, error) : NULL;
}

/* Of thousands that are on their way nearly all are in somebody's hands. */
GPtrArray *
lt_store_ledger_due(LtStore *store, guint limit, LtLedgerAsk is_known, gpointer user_data,
                    GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)lt_ledger_row_free);
    g_autofree char *now = time_in(0);
    g_autofree char *latest = time_in(LONGEST_PAUSE);
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, error, "SELECT " ROW_COLUMNS ON_THE_WAY NOT_WAITING, "ss", now, latest);
    int got = -1;

    while (statement != NULL && rows->len < limit &&
           (got = lt_sql_step(store, statement, error)) > 0) {
        LtLedgerRow *row;

        if (is_known != NULL && is_known(sqlite3_column_int64(statement, 0), user_data))
            continue;
        row = row_from_statement(statement, error);
        if (row == NULL)
            return NULL;
        g_ptr_array_add(rows, row);
    }
    return got >= 0 ? g_steal_pointer(&rows) : NULL;
}

/* The time after the pause that comes after so many tries. (transfer full) */
static char *
time_after_pause(guint pause_seconds, gint64 attempts)
{
    return time_in(MIN(pause_seconds * (double)(1u << (2 * MIN(attempts, 10))), LONGEST_PAUSE));
}

gboolean
lt_store_ledger_put_off(LtStore *store, gint64 row, const char *reason, guint pause_seconds,
                        guint limit, gboolean *ret_put_off, GError **error)
{
    g_autofree char *retry_at = NULL;
    g_autofree char *now = lt_time_now();
    gint64 attempts;

    if (!lt_sql_integer(store, &attempts, error, "SELECT attempts FROM ledger WHERE id = ?", "i",
                        row))
        return FALSE;
    *ret_put_off = attempts < limit;
    if (!*ret_put_off)
        return TRUE;
    retry_at = time_after_pause(pause_seconds, attempts);
    return lt_sql_run(
        store, error,
        "UPDATE ledger SET state = iif(state = ?, ?, state), reason = ?, retry_at = ?,"
        " attempts = attempts + 1, changed_at = ? WHERE id = ?",
        "sssssi", states[LT_LEDGER_QUARANTINED].name, states[LT_LEDGER_SEEN].name, reason, retry_at,
        now, row);
}

gboolean
lt_store_ledger_wait(LtStore *store, gint64 row, const char *reason, guint pause_seconds,
                     gboolean *ret_first, GError **error)
{
    g_autofree char *retry_at = time_after_pause(pause_seconds, 0);
    g_autofree char *now = lt_time_now();
    gint64 first;

    if (!lt_sql_integer(store, &first, error, "SELECT reason IS NOT ? FROM ledger WHERE id = ?",
                        "si", reason, row))
        return FALSE;
    *ret_first = first != 0;
    return lt_sql_run(store, error,
                      "UPDATE ledger SET state = ?, reason = ?, retry_at = ?, changed_at = ?"
                      " WHERE id = ?",
                      "ssssi", states[LT_LEDGER_SEEN].name, reason, retry_at, now, row);
}

GPtrArray *
lt_store_ledger_list(LtStore *store, LtLedgerState state, guint limit, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT " ROW_COLUMNS " FROM ledger WHERE state = ?"
                       " ORDER BY changed_at DESC, id DESC LIMIT ?",
                       "si", lt_ledger_state_name(state), limit == 0 ? (gint64)-1 : (gint64)limit);

    return statement != NULL ? rows_from_statement(store, statement, error) : NULL;
}
