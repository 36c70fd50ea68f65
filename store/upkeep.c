/* The table upkeep: what was done to keep the archive well, and where a check that was stopped goes on. */
#include "store/private.h"

void
lt_upkeep_clear(LtUpkeep *upkeep)
{
    g_clear_pointer(&upkeep->started_at, g_free);
    g_clear_pointer(&upkeep->ended_at, g_free);
    g_clear_pointer(&upkeep->target, g_free);
}

gboolean
lt_store_last_upkeep(LtStore *store, const char *kind, LtUpkeep *ret_upkeep, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        lt_sql_prepare(store, error,
                       "SELECT started_at, ended_at, faults, CAST(target AS TEXT) FROM upkeep"
                       " WHERE kind = ? ORDER BY id DESC LIMIT 1",
                       "s", kind);
    int got = row != NULL ? lt_sql_step(store, row, error) : -1;

    if (got < 0)
        return FALSE;
    *ret_upkeep = (LtUpkeep){0};
    if (got > 0) {
        ret_upkeep->started_at = lt_sql_dup_text(row, 0);
        ret_upkeep->ended_at = lt_sql_dup_text(row, 1);
        ret_upkeep->faults = (guint64)sqlite3_column_int64(row, 2);
        ret_upkeep->target = lt_sql_dup_text(row, 3);
    }
    return TRUE;
}

gboolean
lt_upkeep_begin(LtStore *store, const char *kind, const char *target, gint64 *ret_row,
                GError **error)
{
    g_autofree char *now = lt_time_now();

    if (!lt_sql_run(store, error,
                    "INSERT INTO upkeep (kind, started_at, target)"
                    " VALUES (?, ?, CAST(? AS BLOB))",
                    "sss", kind, now, target))
        return FALSE;
    *ret_row = sqlite3_last_insert_rowid(store->db);
    return TRUE;
}

gboolean
lt_upkeep_note(LtStore *store, gint64 row, const char *stage, const char *position, guint64 faults,
               GError **error)
{
    gboolean noted = lt_sql_hurry(store, TRUE, error) &&
                     lt_sql_run(store, error,
                                "UPDATE upkeep SET stage = ?, position = ?, faults = ?"
                                " WHERE id = ?",
                                "ssii", stage, position, (gint64)faults, row);

    return lt_sql_hurry(store, FALSE, noted ? error : NULL) && noted;
}

gboolean
lt_upkeep_end(LtStore *store, gint64 row, guint64 faults, GError **error)
{
    g_autofree char *now = lt_time_now();

    return lt_sql_run(store, error,
                      "UPDATE upkeep SET ended_at = ?, stage = NULL, position = NULL, faults = ?"
                      " WHERE id = ?",
                      "sii", now, (gint64)faults, row);
}
