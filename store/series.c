/* The numbers that an office gave in one year: they grow with the days. */
#include "store/private.h"

#define SURE 0.9      /* confidence of number and day alike */
#define MOST_ROWS 200 /* of the days nearest to the one asked for */

void
lt_series_row_free(LtSeriesRow *row)
{
    g_free(row->number);
    g_free(row->notation);
    g_free(row->date);
    g_free(row);
}

static LtSeriesRow *
take_row(sqlite3_stmt *statement)
{
    LtSeriesRow *row = g_new0(LtSeriesRow, 1);

    row->number = lt_sql_dup_text(statement, 0);
    row->notation = lt_sql_dup_text(statement, 1);
    row->date = lt_sql_dup_text(statement, 2);
    return row;
}

GPtrArray *
lt_store_series(LtStore *store, const LtRecord *record, const char *day, GError **error)
{
    const char *issuer = record->fields[LT_FIELD_ISSUER].value;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)lt_series_row_free);
    g_autofree char *key = issuer != NULL ? lt_words_key(issuer) : NULL;
    g_autofree char *from = g_strdup_printf("%.4s-01-01", day);
    g_autofree char *to = g_strdup_printf("%.4s-12-31", day);
    g_autoptr(sqlite3_stmt) statement = NULL;
    int got = -1;

    if (key == NULL)
        return g_steal_pointer(&rows);
    statement = lt_sql_prepare(
        store, error,
        "SELECT d.code_number, d.code_notation, d.issued_date FROM document d"
        " JOIN evidence n ON n.document = d.id AND n.field = 'number' AND n.confidence >= ?1"
        " JOIN evidence t ON t.document = d.id AND t.field = 'issued_date' AND t.confidence >= ?1"
        " WHERE d.issued_date BETWEEN ?2 AND ?3 AND d.id <> ?4 AND d.code_number IS NOT NULL"
        " AND d.code_notation IS NOT NULL"
        " AND CASE WHEN ?5 IS NULL OR d.issuer_id IS NULL THEN d.key_issuer = ?6"
        " ELSE d.issuer_id = ?5 END"
        " ORDER BY abs(julianday(d.issued_date) - julianday(?7)), d.id LIMIT ?8",
        "dssisssi", SURE, from, to, record->id, record->issuer_id, key, day, (gint64)MOST_ROWS);
    while (statement != NULL && (got = lt_sql_step(store, statement, error)) > 0)
        g_ptr_array_add(rows, take_row(statement));
    return got == 0 ? g_steal_pointer(&rows) : NULL;
}

GArray *
lt_store_unsettled(LtStore *store, guint limit, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, error,
        "SELECT DISTINCT b.document FROM doubt b JOIN candidate c ON c.document = b.document"
        " AND c.field = b.field WHERE b.code = 'unreadable' AND c.because LIKE 'ink:%'"
        " ORDER BY b.document DESC LIMIT ?",
        "i", (gint64)limit);
    int got = -1;

    while (statement != NULL && (got = lt_sql_step(store, statement, error)) > 0) {
        gint64 id = sqlite3_column_int64(statement, 0);
        g_array_append_val(ids, id);
    }
    return got == 0 ? g_steal_pointer(&ids) : NULL;
}
