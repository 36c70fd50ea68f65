/* What is known of one document between being stored and being filed. */
#include "ingest/document.h"

#include <string.h>

LtSource *
lt_source_new(gint64 row, const char *path, guint64 size, gint64 mtime_ns)
{
    LtSource *source = g_new0(LtSource, 1);

    source->row = row;
    source->path = g_strdup(path);
    source->size = size;
    source->mtime_ns = mtime_ns;
    return source;
}

void
lt_source_free(LtSource *source)
{
    if (!source)
        return;
    g_free(source->path);
    g_free(source);
}

static void
free_page(gpointer page)
{
    lt_page_free(page);
}

static GHashTable *
index_pages(GPtrArray *pages)
{
    GHashTable *by_number = g_hash_table_new_full(NULL, NULL, NULL, free_page);

    g_ptr_array_set_free_func(pages, NULL);
    for (guint i = 0; i < pages->len; i++) {
        LtPage *page = g_ptr_array_index(pages, i);

        g_hash_table_replace(by_number, GUINT_TO_POINTER(page->number), page);
    }
    g_ptr_array_unref(pages);
    return by_number;
}

LtDocument *
lt_document_new(guint64 token, LtSource *source, const char *sha256, const char *format,
                GPtrArray *staged)
{
    LtDocument *document = g_new0(LtDocument, 1);

    document->token = token;
    document->source = source;
    document->waiting = g_ptr_array_new_with_free_func((GDestroyNotify)lt_source_free);
    document->sha256 = g_strdup(sha256);
    document->format = format;
    document->pages = g_ptr_array_new_with_free_func(free_page);
    document->staged = index_pages(staged);
    g_queue_init(&document->wanted);
    document->tried = g_hash_table_new(NULL, NULL);
    document->lost = g_hash_table_new(NULL, NULL);
    document->doubts = g_ptr_array_new_with_free_func(g_free);
    return document;
}

void
lt_document_free(LtDocument *document)
{
    if (!document)
        return;
    lt_source_free(document->source);
    g_ptr_array_unref(document->waiting);
    g_free(document->sha256);
    g_ptr_array_unref(document->pages);
    g_hash_table_unref(document->staged);
    g_queue_clear(&document->wanted);
    g_hash_table_unref(document->tried);
    g_hash_table_unref(document->lost);
    g_free(document->lost_reason);
    g_ptr_array_unref(document->doubts);
    g_free(document);
}

gboolean
lt_document_begin(LtDocument *document, guint page_count)
{
    if (document->page_count > 0 || page_count == 0)
        return FALSE;
    document->page_count = page_count;
    g_ptr_array_set_size(document->pages, (int)page_count);
    return TRUE;
}

static gsize
page_bytes(const LtPage *page)
{
    return strlen(page->text) + (page->raw_text ? strlen(page->raw_text) : 0) +
           page->n_words * sizeof(LtWord);
}

static void
put_page(LtDocument *document, LtPage *page)
{
    g_ptr_array_index(document->pages, page->number - 1) = page;
    document->n_read++;
    document->bytes += page_bytes(page);
}

gboolean
lt_document_tell_page(LtDocument *document, LtPage *page)
{
    if (page->number != document->n_told + 1 || page->number > document->page_count ||
        page->source == LT_PAGE_FROM_OCR) {
        lt_page_free(page);
        return FALSE;
    }
    document->n_told++;
    put_page(document, page);
    return TRUE;
}

gboolean
lt_document_tell_need(LtDocument *document, guint page)
{
    gpointer staged = NULL;

    if (page != document->n_told + 1 || page > document->page_count)
        return FALSE;
    document->n_told++;
    if (g_hash_table_steal_extended(document->staged, GUINT_TO_POINTER(page), NULL, &staged))
        put_page(document, staged);
    else
        g_queue_push_tail(&document->wanted, GUINT_TO_POINTER(page));
    return TRUE;
}

gboolean
lt_document_all_told(const LtDocument *document)
{
    return document->page_count > 0 && document->n_told == document->page_count;
}

void
lt_document_restart(LtDocument *document)
{
    for (guint i = 0; i < document->pages->len; i++) {
        LtPage *page = g_ptr_array_index(document->pages, i);

        if (page && page->source == LT_PAGE_FROM_OCR) {
            g_hash_table_replace(document->staged, GUINT_TO_POINTER(page->number), page);
            g_ptr_array_index(document->pages, i) = NULL;
        }
    }
    g_ptr_array_set_size(document->pages, 0);
    g_queue_clear(&document->wanted);
    g_ptr_array_set_size(document->doubts, 0);
    document->page_count = document->n_told = document->n_read = 0;
    g_hash_table_remove_all(document->lost);
    g_clear_pointer(&document->lost_reason, g_free);
    document->bytes = 0;
}

gboolean
lt_document_add_page(LtDocument *document, LtPage *page)
{
    if (page->number == 0 || page->number > document->page_count ||
        page->source != LT_PAGE_FROM_OCR || g_ptr_array_index(document->pages, page->number - 1)) {
        lt_page_free(page);
        return FALSE;
    }
    put_page(document, page);
    return TRUE;
}

void
lt_document_lose_page(LtDocument *document, guint page, LtOcrError code, const char *reason)
{
    put_page(document, lt_page_builder_finish(lt_page_builder_new(page, LT_PAGE_FROM_OCR, 0, 0)));
    g_hash_table_insert(document->lost, GUINT_TO_POINTER(page), GUINT_TO_POINTER(code));
    if (!document->lost_reason)
        document->lost_reason = g_strdup(reason);
}

gboolean
lt_document_is_lost(const LtDocument *document)
{
    return g_hash_table_size(document->lost) == document->page_count;
}

gboolean
lt_document_is_read(const LtDocument *document)
{
    return document->page_count > 0 && document->n_read == document->page_count;
}

gboolean
lt_document_is_too_big(const LtDocument *document)
{
    return document->bytes > LT_DOCUMENT_MAX_BYTES;
}

gboolean
lt_document_may_retry(LtDocument *document, guint page)
{
    return g_hash_table_add(document->tried, GUINT_TO_POINTER(page));
}
