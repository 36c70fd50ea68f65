/* One document on its way through the workers, and the file that it came from. */
#pragma once

#include "ocr/ocr.h"
#include "store/store.h"

/* Text and words of one document, all pages together. */
#define LT_DOCUMENT_MAX_BYTES (256u << 20)

/* A file as the ledger knows it. */
typedef struct {
    gint64 row;
    char *path;
    guint64 size;
    gint64 mtime_ns;
} LtSource;

LtSource *lt_source_new(gint64 row, const char *path, guint64 size, gint64 mtime_ns);
void lt_source_free(LtSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtSource, lt_source_free)

typedef struct {
    guint64 token;
    LtSource *source;
    GPtrArray *waiting; /* of LtSource: the same bytes, met again while this is on its way */
    char *sha256;
    gint64 filed; /* the id under which it is filed and is recognised again; 0: it is new */
    const char *format;
    guint page_count;   /* 0 before it is known */
    guint n_told;       /* pages that opening it has told about */
    guint n_read;       /* pages that are there */
    GHashTable *lost;   /* of those, the ones that stay empty: page number -> LtOcrError */
    char *lost_reason;  /* (nullable) of the first one that was lost */
    GPtrArray *pages;   /* of LtPage, by number - 1; NULL: not read yet */
    GHashTable *staged; /* page number -> LtPage: read in an earlier run */
    GQueue wanted;      /* page numbers to be recognised */
    GHashTable *tried;  /* page numbers (0: opening) that have cost a worker once */
    GPtrArray *doubts;  /* of char *: doubt codes that the worker has about the file */
    gsize bytes;        /* of all pages */
} LtDocument;

/* staged: of LtPage, taken over. */
LtDocument *lt_document_new(guint64 token, LtSource *source, const char *sha256, const char *format,
                            GPtrArray *staged);
void lt_document_free(LtDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtDocument, lt_document_free)

/* What opening it tells, in this order. FALSE: it makes no sense. Pages are taken over. */
gboolean lt_document_begin(LtDocument *document, guint page_count);
gboolean lt_document_tell_page(LtDocument *document, LtPage *page);
gboolean lt_document_tell_need(LtDocument *document, guint page);
gboolean lt_document_all_told(const LtDocument *document);
/* Forgets all of that, so that it can be opened once more. */
void lt_document_restart(LtDocument *document);

/* A page that was recognised; taken over. FALSE: it was not wanted. */
gboolean lt_document_add_page(LtDocument *document, LtPage *page);
/* A page that can never be read: it stays empty. */
void lt_document_lose_page(LtDocument *document, guint page, LtOcrError code, const char *reason);
gboolean lt_document_is_lost(const LtDocument *document); /* every page of it */

gboolean lt_document_is_read(const LtDocument *document);
gboolean lt_document_is_too_big(const LtDocument *document);

/* Whether work that cost a worker may be tried again; the first time only. */
gboolean lt_document_may_retry(LtDocument *document, guint page);
