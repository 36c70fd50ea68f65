/* Statements, values and transactions, with errors as GError. User input reaches SQL only through
 * bound values. */
#include "store/private.h"

#include <string.h>

struct LtTransaction {
    LtStore *store;
    gboolean open;
};

static int
bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    g_autofree char *valid = NULL;

    if (text == NULL)
        return sqlite3_bind_null(statement, at);
    if (!g_utf8_validate(text, -1, NULL))
        text = valid = g_utf8_make_valid(text, -1);
    return sqlite3_bind_text64(statement, at, text, strlen(text), SQLITE_TRANSIENT, SQLITE_UTF8);
}

static int
bind_bytes(sqlite3_stmt *statement, int at, const void *bytes, gsize size)
{
    if (bytes == NULL)
        return sqlite3_bind_zeroblob(statement, at, 0);
    return sqlite3_bind_blob64(statement, at, bytes, size, SQLITE_TRANSIENT);
}

static int
bind_next(sqlite3_stmt *statement, int at, char type, va_list *values)
{
    switch (type) {
    case 'i':
        return sqlite3_bind_int64(statement, at, va_arg(*values, gint64));
    case 'd':
        return sqlite3_bind_double(statement, at, va_arg(*values, double));
    case 's':
        return bind_text(statement, at, va_arg(*values, const char *));
    case 'p': {
        const char *path = va_arg(*values, const char *);
        return bind_bytes(statement, at, path, strlen(path));
    }
    case 'b': {
        gsize size;
        const void *bytes = g_bytes_get_data(va_arg(*values, GBytes *), &size);
        return bind_bytes(statement, at, bytes, size);
    }
    default:
        g_return_val_if_reached(SQLITE_MISUSE);
    }
}

static gboolean
bind_list(LtStore *store, sqlite3_stmt *statement, const char *types, va_list *values,
          GError **error)
{
    int code = SQLITE_OK;

    for (int i = 0; code == SQLITE_OK && types[i] != '\0'; i++)
        code = bind_next(statement, i + 1, types[i], values);
    return code == SQLITE_OK || lt_store_fail_sql(store, code, error);
}

static sqlite3_stmt *
prepare_list(LtStore *store, GError **error, const char *sql, const char *types, va_list *values)
{
    g_autoptr(sqlite3_stmt) statement = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);

    if (code != SQLITE_OK) {
        lt_store_fail_sql(store, code, error);
        return NULL;
    }
    return bind_list(store, statement, types, values, error) ? g_steal_pointer(&statement) : NULL;
}

static void
finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

static LtKept *
keep_list(LtStore *store, GError **error, const char *sql, const char *types, va_list *values)
{
    LtKept *kept = store->kept != NULL ? g_hash_table_lookup(store->kept, sql) : NULL;

    if (kept != NULL)
        return bind_list(store, kept, types, values, error) ? kept : NULL;
    kept = prepare_list(store, error, sql, types, values);
    if (store->kept == NULL)
        store->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finalize);
    if (kept != NULL)
        g_hash_table_insert(store->kept, g_strdup(sql), kept);
    return kept;
}

LtKept *
lt_sql_keep(LtStore *store, GError **error, const char *sql, const char *types, ...)
{
    va_list values;

    va_start(values, types);
    LtKept *kept = keep_list(store, error, sql, types, &values);
    va_end(values);
    return kept;
}

void
lt_sql_disconnect(LtStore *store)
{
    g_clear_pointer(&store->kept, g_hash_table_unref);
    g_clear_pointer(&store->db, sqlite3_close);
}

sqlite3_stmt *
lt_sql_prepare(LtStore *store, GError **error, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = prepare_list(store, error, sql, types, &values);
    va_end(values);
    return statement;
}

gboolean
lt_sql_bind_text(LtStore *store, sqlite3_stmt *statement, int at, const char *text, GError **error)
{
    int code = bind_text(statement, at, text);

    return code == SQLITE_OK || lt_store_fail_sql(store, code, error);
}

int
lt_sql_step(LtStore *store, sqlite3_stmt *statement, GError **error)
{
    int code = sqlite3_step(statement);

    if (code == SQLITE_ROW)
        return 1;
    if (code == SQLITE_DONE)
        return 0;
    lt_store_fail_sql(store, code, error);
    return -1;
}

gboolean
lt_sql_run(LtStore *store, GError **error, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    g_autoptr(LtKept) statement = keep_list(store, error, sql, types, &values);
    va_end(values);
    if (statement == NULL)
        return FALSE;

    int got;
    while ((got = lt_sql_step(store, statement, error)) > 0)
        continue;
    return got == 0;
}

gboolean
lt_sql_integer(LtStore *store, gint64 *ret_value, GError **error, const char *sql,
               const char *types, ...)
{
    va_list values;
    va_start(values, types);
    g_autoptr(LtKept) statement = keep_list(store, error, sql, types, &values);
    va_end(values);
    if (statement == NULL)
        return FALSE;

    int got = lt_sql_step(store, statement, error);
    if (got < 0)
        return FALSE;
    *ret_value = got > 0 ? sqlite3_column_int64(statement, 0) : 0;
    return TRUE;
}

gboolean
lt_sql_script(LtStore *store, const char *sql, GError **error)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || lt_store_fail_sql(store, code, error);
}

char *
lt_sql_dup_text(sqlite3_stmt *statement, int column)
{
    return g_strdup((const char *)sqlite3_column_text(statement, column));
}

LtTransaction *
lt_transaction_begin(LtStore *store, GError **error)
{
    if (!lt_sql_script(store, "BEGIN IMMEDIATE", error))
        return NULL;

    LtTransaction *transaction = g_new0(LtTransaction, 1);
    transaction->store = store;
    transaction->open = TRUE;
    return transaction;
}

gboolean
lt_transaction_commit(LtTransaction *transaction, GError **error)
{
    if (transaction->store->sealing && !lt_seal_changed(transaction->store, error))
        return FALSE;
    if (lt_fault("transaction", "commit", "before") > 0)
        return lt_store_fail_sql(transaction->store, SQLITE_IOERR, error);
    if (!lt_sql_script(transaction->store, "COMMIT", error))
        return FALSE;
    lt_fault("transaction", "commit", "after");
    transaction->open = FALSE;
    return TRUE;
}

void
lt_transaction_free(LtTransaction *transaction)
{
    if (transaction == NULL)
        return;
    /* Some errors have rolled back already; then SQLite is in autocommit again. */
    if (transaction->open && !sqlite3_get_autocommit(transaction->store->db))
        sqlite3_exec(transaction->store->db, "ROLLBACK", NULL, NULL, NULL);
    g_free(transaction);
}

gboolean
lt_sql_hurry(LtStore *store, gboolean begin, GError **error)
{
    if (!sqlite3_get_autocommit(store->db))
        return TRUE;
    return lt_sql_script(store, begin ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL",
                         error);
}
