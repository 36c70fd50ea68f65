/* Pages in the database: of filed documents and, before that, staged ones. */
#include "store/private.h"

LtPage *
lt_page_from_statement(sqlite3_stmt *statement, int column, GError **error)
{
    LtPageSource source = LT_PAGE_FROM_OCR;
    const char *source_name = (const char *)sqlite3_column_text(statement, column + 1);
    const void *bytes = sqlite3_column_blob(statement, column + 7);
    g_autoptr(GBytes) words =
        g_bytes_new(bytes, (gsize)sqlite3_column_bytes(statement, column + 7));
    g_autoptr(GError) failure = NULL;

    if (source_name != NULL)
        lt_page_source_from_name(source_name, &source);
    LtPage *page = lt_page_new_packed(
        (guint)sqlite3_column_int(statement, column), source,
        sqlite3_column_double(statement, column + 2), sqlite3_column_double(statement, column + 3),
        sqlite3_column_double(statement, column + 4),
        (const char *)sqlite3_column_text(statement, column + 5),
        (const char *)sqlite3_column_text(statement, column + 6), words, &failure);
    if (page == NULL) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED, "page %d: %s",
                    sqlite3_column_int(statement, column), failure->message);
        return NULL;
    }
    const char *written = (const char *)sqlite3_column_text(statement, column + 8);
    if (written != NULL)
        lt_written_from_text(written, &page->written);
    return page;
}

/* A document may be removed while a worker has a page of it. */
gboolean
lt_store_stage_page(LtStore *store, const char *sha256, const LtPage *page, GError **error)
{
    g_autoptr(GBytes) words = lt_page_pack_words(page);
    g_autofree char *written = lt_written_to_text(page->written);

    return lt_sql_run(
        store, error,
        "INSERT OR REPLACE INTO staged_page (sha256, number, source, confidence, width,"
        " height, text, raw_text, words, written) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10"
        " WHERE NOT EXISTS (SELECT 1 FROM removal WHERE sha256 = ?1)",
        "sisdddssbs", sha256, (gint64)page->number, lt_page_source_name(page->source),
        page->confidence, page->width, page->height, page->text, page->raw_text, words, written);
}

GPtrArray *
lt_store_staged_pages(LtStore *store, const char *sha256, GError **error)
{
    g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free);
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT number, source, confidence, width, height, text, raw_text, words,"
                       " written FROM staged_page WHERE sha256 = ? ORDER BY number",
                       "s", sha256);
    int got = -1;

    if (statement == NULL)
        return NULL;
    /* A page that is not what was put there is recognised once more. */
    while ((got = lt_sql_step(store, statement, error)) > 0) {
        LtPage *page = lt_page_from_statement(statement, 0, NULL);
        if (page != NULL)
            g_ptr_array_add(pages, page);
    }
    return got == 0 ? g_steal_pointer(&pages) : NULL;
}

gboolean
lt_store_unstage(LtStore *store, const char *sha256, GError **error)
{
    return lt_sql_run(store, error, "DELETE FROM staged_page WHERE sha256 = ?", "s", sha256);
}

gboolean
lt_store_unstage_secret(LtStore *store, const char *sha256, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL && lt_clean_owe(store, error) &&
           lt_store_unstage(store, sha256, error) && lt_transaction_commit(transaction, error);
}
