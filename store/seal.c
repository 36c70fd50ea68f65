/* Seals: a SHA-256 sum over all rows of a document, so that a bit that flips on the disk is found in text,
 * too, which no structure of the database protects. Triggers note every document whose rows change in
 * the table unsealed, whoever changes them; the end of the transaction seals it anew. What is changed by a
 * plain sqlite3 stays unsealed until the next verify --repair. */
#include "store/private.h"

#include <string.h>

#define MOST_AT_ONCE                                                                               \
    64 /* after an upgrade all documents are unsealed: they must not delay one commit */

/* Every table with rows of a document but the search tables, which are made of these. */
static const char *const queries[] = {
    "SELECT * FROM document WHERE id = ?",
    "SELECT * FROM evidence WHERE document = ? ORDER BY field",
    "SELECT * FROM candidate WHERE document = ? ORDER BY field, position",
    "SELECT * FROM recipient WHERE document = ? ORDER BY position",
    "SELECT * FROM citation WHERE document = ? ORDER BY position",
    "SELECT * FROM stamp WHERE document = ? ORDER BY position",
    "SELECT * FROM doubt WHERE document = ? ORDER BY position",
    "SELECT * FROM correction WHERE document = ? ORDER BY id",
    "SELECT * FROM page WHERE document = ? ORDER BY number",
    "SELECT * FROM page_raw WHERE document = ? ORDER BY number",
    "SELECT * FROM page_words WHERE document = ? ORDER BY number",
    "SELECT * FROM page_written WHERE document = ? ORDER BY number",
    "SELECT * FROM written_sample WHERE document = ? ORDER BY part",
};

static void
add_number(GChecksum *sum, guint64 number)
{
    guint64 bytes = GUINT64_TO_LE(number);

    g_checksum_update(sum, (const guchar *)&bytes, sizeof bytes);
}

/* A column that is NULL counts for nothing, so that a column more changes no seal. */
static void
add_column(GChecksum *sum, sqlite3_stmt *row, int column)
{
    int type = sqlite3_column_type(row, column);
    const char *name = sqlite3_column_name(row, column);
    double real;
    guint64 bits;

    if (type == SQLITE_NULL)
        return;
    g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name) + 1);
    add_number(sum, (guint64)type);
    if (type == SQLITE_INTEGER) {
        add_number(sum, (guint64)sqlite3_column_int64(row, column));
    } else if (type == SQLITE_FLOAT) {
        real = sqlite3_column_double(row, column);
        memcpy(&bits, &real, sizeof bits);
        add_number(sum, bits);
    } else {
        const void *bytes = sqlite3_column_blob(row, column);
        int size = sqlite3_column_bytes(row, column);

        add_number(sum, (guint64)size);
        if (size > 0)
            g_checksum_update(sum, bytes, size);
    }
}

static gboolean
add_rows(LtStore *store, GChecksum *sum, guint query, gint64 id, GError **error)
{
    g_autoptr(LtKept) rows = lt_sql_keep(store, error, queries[query], "i", id);
    int got = -1;

    if (rows == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, rows, error)) > 0) {
        add_number(sum, query);
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            add_column(sum, rows, i);
    }
    return got == 0;
}

char *
lt_seal_compute(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint i = 0; i < G_N_ELEMENTS(queries); i++)
        if (!add_rows(store, sum, i, id, error))
            return NULL;
    return g_strdup(g_checksum_get_string(sum));
}

gboolean
lt_seal_put(LtStore *store, gint64 id, GError **error)
{
    g_autofree char *sum = lt_seal_compute(store, id, error);

    return sum != NULL &&
           lt_sql_run(store, error,
                      "INSERT OR REPLACE INTO seal (document, sha256)"
                      " SELECT id, ?2 FROM document WHERE id = ?1",
                      "is", id, sum) &&
           lt_sql_run(store, error, "DELETE FROM unsealed WHERE document = ?", "i", id);
}

static GArray *
unsealed_ids(LtStore *store, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(LtKept) rows = lt_sql_keep(store, error, "SELECT document FROM unsealed LIMIT ?", "i",
                                         (gint64)MOST_AT_ONCE);
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0) {
        gint64 id = sqlite3_column_int64(rows, 0);
        g_array_append_val(ids, id);
    }
    return got == 0 ? g_steal_pointer(&ids) : NULL;
}

gboolean
lt_seal_changed(LtStore *store, GError **error)
{
    g_autoptr(GArray) ids = unsealed_ids(store, error);

    if (ids == NULL)
        return FALSE;
    for (guint i = 0; i < ids->len; i++)
        if (!lt_seal_put(store, g_array_index(ids, gint64, i), error))
            return FALSE;
    return TRUE;
}

gboolean
lt_seal_compare(LtStore *store, gint64 id, LtSealState *ret_state, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        lt_sql_prepare(store, error,
                       "SELECT (SELECT sha256 FROM seal WHERE document = ?1),"
                       " EXISTS (SELECT 1 FROM unsealed WHERE document = ?1)",
                       "i", id);
    g_autofree char *sum = NULL;

    if (row == NULL || lt_sql_step(store, row, error) < 0)
        return FALSE;
    if (sqlite3_column_type(row, 0) == SQLITE_NULL || sqlite3_column_int(row, 1)) {
        *ret_state = LT_SEAL_NONE;
        return TRUE;
    }
    sum = lt_seal_compute(store, id, error);
    if (sum == NULL)
        return FALSE;
    *ret_state = g_strcmp0(sum, (const char *)sqlite3_column_text(row, 0)) == 0 ? LT_SEAL_WHOLE
                                                                                : LT_SEAL_BROKEN;
    return TRUE;
}
