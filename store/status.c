/* The archive in figures. */
#include "store/private.h"

#include <string.h>
#include <sys/stat.h>

static gboolean
count_pages(LtStore *store, LtStoreStatus *status, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error, "SELECT source, count(*) FROM page GROUP BY source", "");
    int got = -1;

    if (statement == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, statement, error)) > 0) {
        LtPageSource source;
        guint64 count = (guint64)sqlite3_column_int64(statement, 1);
        status->pages += count;
        if (lt_page_source_from_name((const char *)sqlite3_column_text(statement, 0), &source))
            status->pages_by_source[source] = count;
    }
    return got == 0;
}

static gboolean
count_ledger(LtStore *store, LtStoreStatus *status, GError **error)
{
    for (guint i = 0; i < LT_LEDGER_N_STATES; i++) {
        gint64 count;
        if (!lt_sql_integer(store, &count, error, "SELECT count(*) FROM ledger WHERE state = ?",
                            "s", lt_ledger_state_name(i)))
            return FALSE;
        status->ledger[i] = (guint64)count;
    }
    return TRUE;
}

static guint64
database_bytes(const LtStore *store)
{
    static const char *const names[] = {LT_STORE_DATABASE, LT_STORE_DATABASE "-wal"};
    guint64 bytes = 0;

    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(store->directory, names[i], NULL);
        struct stat status;
        if (stat(path, &status) == 0)
            bytes += (guint64)status.st_size;
    }
    return bytes;
}

gboolean
lt_store_status(LtStore *store, LtStoreStatus *ret_status, GError **error)
{
    LtStoreStatus status = {.schema = lt_schema_version, .database_bytes = database_bytes(store)};
    const struct {
        const char *sql;
        guint64 *to;
    } counts[] = {
        {"SELECT count(*) FROM document", &status.documents},
        {"SELECT count(*) FROM document WHERE needs_review", &status.needs_review},
        {"SELECT total(size) FROM (SELECT max(size) AS size FROM"
         " (SELECT sha256, size FROM ledger"
         "   WHERE sha256 IS NOT NULL AND sha256 NOT IN (SELECT sha256 FROM removal)"
         "  UNION SELECT sha256, size FROM document) GROUP BY sha256)",
         &status.originals_bytes},
    };

    for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
        gint64 value;
        if (!lt_sql_integer(store, &value, error, counts[i].sql, ""))
            return FALSE;
        *counts[i].to = (guint64)value;
    }
    if (!count_pages(store, &status, error) || !count_ledger(store, &status, error))
        return FALSE;
    *ret_status = status;
    return TRUE;
}
