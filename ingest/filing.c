/* The ends of a document: filed, held, quarantined; and of the files that hold the same bytes. */
#include <glib/gi18n-lib.h>

#include "ingest/reasons.h"
#include "ingest/reread.h"

/* The confidence from which a secrecy mark holds a document back: one that is held for nothing can
 * be released, one that is filed by mistake has been read by everyone. */
#define LIKELY_SECRET 0.5

/* What is in the archive now may have been met before, when it was not whole or could not be read. */
static gboolean
forget_earlier(LtIngest *run, gint64 row)
{
    g_autoptr(GError) error = NULL;

    return lt_store_ledger_supersede(run->store, row, _("an earlier state of this file"), &error) ||
           lt_run_fail(run, g_steal_pointer(&error));
}

gboolean
lt_filing_end_source(LtIngest *run, const LtSource *source, LtLedgerState state, const char *reason,
                     const char *sha256, gint64 document)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *not_moved = NULL, *problem = NULL;

    /* First the dossier: a kill in between does it once more. */
    if (state == LT_LEDGER_DUPLICATE && !lt_source_enter(run, source, document, &problem, &error))
        return lt_run_fail(run, g_steal_pointer(&error));
    if (!lt_store_ledger_set(run->store, source->row, state, reason, sha256, document, &error))
        return lt_run_fail(run, g_steal_pointer(&error));
    if (state == LT_LEDGER_DUPLICATE) {
        if (!forget_earlier(run, source->row))
            return FALSE;
        not_moved = lt_source_settle(run, source, sha256);
    }
    lt_run_let_go(run, source->row);
    lt_run_end_file(run, source->path, state,
                    not_moved ? not_moved
                    : problem ? problem
                              : reason,
                    NULL, document);
    return TRUE;
}

/* Files with the same bytes share its end, and it leaves the run. */
static void
conclude(LtIngest *run, LtDocument *document, LtLedgerState state, const char *reason, gint64 id)
{
    for (guint i = 0; i < document->waiting->len && !run->fatal; i++)
        lt_filing_end_source(run, g_ptr_array_index(document->waiting, i), state, reason,
                             document->sha256, id);
    g_hash_table_remove(run->documents, document->sha256);
}

/* An end without filing; its text is not kept anywhere. */
static void
end_unfiled(LtIngest *run, LtDocument *document, LtLedgerState state, const char *reason)
{
    g_autoptr(GError) error = NULL;

    lt_schedule_remove(run, document);
    run->progress.pages -= document->page_count - document->n_read;
    if (!(state == LT_LEDGER_HELD ? lt_store_unstage_secret
                                  : lt_store_unstage)(run->store, document->sha256, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    if (document->filed) {
        lt_recognise_fail(run, document, reason);
        conclude(run, document, state, reason, 0);
        return;
    }
    if (!lt_filing_end_source(run, document->source, state, reason, document->sha256, 0))
        return;
    conclude(run, document, state, reason, 0);
    if (state == LT_LEDGER_HELD && !lt_store_scrub(run->store, &error))
        lt_run_fail(run, g_steal_pointer(&error));
}

void
lt_filing_quarantine(LtIngest *run, LtDocument *document, const char *reason)
{
    end_unfiled(run, document, LT_LEDGER_QUARANTINED, reason);
}

/* *ret_put_off: whether it is to be tried again. FALSE: the run has failed. */
static gboolean
put_off_row(LtIngest *run, const LtSource *source, const char *reason, gboolean *ret_put_off)
{
    g_autoptr(GError) error = NULL;

    *ret_put_off = FALSE;
    if (run->options.retries == 0)
        return TRUE;
    if (!lt_store_ledger_put_off(run->store, source->row, reason, run->options.retry_seconds,
                                 run->options.retries, ret_put_off, &error))
        return lt_run_fail(run, g_steal_pointer(&error));
    if (*ret_put_off) {
        lt_run_let_go(run, source->row);
        lt_run_end_file(run, source->path, LT_OUTCOME_WAITING, reason, NULL, 0);
    }
    return TRUE;
}

/* Whether a look, and nobody who asks, has only found once more what was told when the file was given up. */
static gboolean
was_told(LtIngest *run, const LtSource *source, const char *reason)
{
    g_autoptr(LtLedgerRow) row =
        run->feed.ended && !lt_queue_asks(run, source->path)
            ? lt_store_ledger_find(run->store, source->path, source->size, source->mtime_ns, NULL)
            : NULL;

    return row && row->id == source->row && row->state == LT_LEDGER_QUARANTINED &&
           g_strcmp0(row->reason, reason) == 0;
}

void
lt_filing_put_off_source(LtIngest *run, const LtSource *source, const char *reason)
{
    gboolean put_off;

    if (!put_off_row(run, source, reason, &put_off) || put_off)
        return;
    if (!was_told(run, source, reason)) {
        lt_filing_end_source(run, source, LT_LEDGER_QUARANTINED, reason, NULL, 0);
        return;
    }
    lt_run_let_go(run, source->row);
    run->progress.files--;
    run->feed.ended(run, source->path, LT_LEDGER_QUARANTINED, run->feed.user_data);
}

/* A look finds it once more when its disk answers; who asks for it is told. */
void
lt_filing_leave_hung(LtIngest *run, const char *path)
{
    if (lt_queue_asks(run, path)) {
        lt_run_end_file(run, path, LT_OUTCOME_FAILED, lt_reason_for_hung(), NULL, 0);
        return;
    }
    run->progress.files--;
    run->feed.ended(run, path, LT_OUTCOME_WAITING, run->feed.user_data);
}

void
lt_filing_await(LtIngest *run, const LtSource *source, const char *reason, guint pauses)
{
    g_autoptr(GError) error = NULL;
    gboolean first;

    if (!lt_store_ledger_wait(run->store, source->row, reason,
                              pauses * MAX(run->options.retry_seconds, 1), &first, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    lt_run_let_go(run, source->row);
    if (first) {
        lt_run_end_file(run, source->path, LT_OUTCOME_WAITING, reason, NULL, 0);
        return;
    }
    run->progress.files--;
    run->feed.ended(run, source->path, LT_OUTCOME_WAITING, run->feed.user_data);
}

void
lt_filing_put_off(LtIngest *run, LtDocument *document, const char *reason)
{
    gboolean put_off = FALSE;

    if (!document->filed && !put_off_row(run, document->source, reason, &put_off))
        return;
    if (!put_off) {
        lt_filing_quarantine(run, document, reason);
        return;
    }
    /* Pages that were recognised stay staged for the next try. */
    lt_schedule_remove(run, document);
    run->progress.pages -= document->page_count - document->n_read;
    for (guint i = 0; i < document->waiting->len && !run->fatal; i++)
        lt_filing_put_off_source(run, g_ptr_array_index(document->waiting, i), reason);
    g_hash_table_remove(run->documents, document->sha256);
}

static const char *
doubt_for_lost(LtOcrError code)
{
    return code == LT_OCR_ERROR_TOO_LARGE ? "too-large" : "damaged";
}

/* For each kind of loss that it is so, and for each lost page which one it is: "damaged:3". */
static void
doubt_lost_pages(const LtDocument *document, LtRecord *record)
{
    for (guint page = 1; page <= document->page_count; page++) {
        g_autofree char *named = NULL;
        gpointer code;

        if (!g_hash_table_lookup_extended(document->lost, GUINT_TO_POINTER(page), NULL, &code))
            continue;
        named = g_strdup_printf("%s:%u", doubt_for_lost(GPOINTER_TO_UINT(code)), page);
        lt_record_add_doubt(record, NULL, doubt_for_lost(GPOINTER_TO_UINT(code)));
        lt_record_add_doubt(record, NULL, named);
    }
}

/* Pages that show something in which no word was found, each by its number too: "unread:3". */
static void
doubt_unread_pages(const LtDocument *document, LtRecord *record)
{
    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);
        g_autofree char *named = g_strdup_printf("unread:%u", i + 1);

        if (!page || page->source != LT_PAGE_FROM_OCR || page->n_words > 0 ||
            page->confidence > 0 || g_hash_table_contains(document->lost, GUINT_TO_POINTER(i + 1)))
            continue;
        lt_record_add_doubt(record, NULL, "unread");
        lt_record_add_doubt(record, NULL, named);
    }
}

/* The record with its fields; takes the document's pages over. */
static LtRecord *
make_record(LtIngest *run, LtDocument *document)
{
    g_autoptr(LtRecord) record = lt_record_new();

    record->sha256 = g_strdup(document->sha256);
    record->source = g_strdup(document->source->path);
    record->format = g_strdup(document->format);
    record->size = document->source->size;
    record->page_count = document->page_count;
    for (guint i = 0; i < document->pages->len; i++) {
        g_ptr_array_add(record->pages, g_ptr_array_index(document->pages, i));
        g_ptr_array_index(document->pages, i) = NULL;
    }
    lt_fields_read(run->rules, record->pages, record);
    for (guint i = 0; i < document->doubts->len; i++)
        lt_record_add_doubt(record, NULL, g_ptr_array_index(document->doubts, i));
    doubt_lost_pages(document, record);
    doubt_unread_pages(document, record);
    return g_steal_pointer(&record);
}

/* *ret_reason (transfer full) (nullable): why it must not be filed on an ordinary machine. FALSE on
 * error. */
static gboolean
check_secrecy(LtIngest *run, LtRecord *record, char **ret_reason, GError **error)
{
    const LtField *secrecy = &record->fields[LT_FIELD_SECRECY];
    gboolean released = FALSE;

    if (!secrecy->value)
        return TRUE;
    if (!lt_store_is_released(run->store, record->sha256, &released, error))
        return FALSE;
    if (!released && secrecy->confidence >= LIKELY_SECRET)
        *ret_reason = g_strdup_printf(_("marked %s: held back, and its text is not kept here; "
                                        "do with it as the rules for secret documents say"),
                                      secrecy->value);
    else if (!released)
        lt_record_add_doubt(record, lt_field_name(LT_FIELD_SECRECY), "low-confidence");
    return TRUE;
}

/* Text layers are not staged: they are read again in no time. */
static gboolean
is_all_staged(const LtDocument *document, const LtRecord *record)
{
    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);

        if (page->source != LT_PAGE_FROM_OCR)
            return FALSE;
    }
    return g_hash_table_size(document->lost) == 0;
}

static void
file_record(LtIngest *run, LtDocument *document, LtRecord *record)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *not_moved = NULL, *problem = NULL;

    if (is_all_staged(document, record) &&
        !lt_store_ledger_set(run->store, document->source->row, LT_LEDGER_READ, NULL, NULL, 0,
                             &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    if (!lt_source_file(run, document->source, record, &problem, &error)) {
        /* What the store refuses is this document's trouble; all else is the archive's. */
        if (g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID))
            lt_filing_quarantine(run, document, error->message);
        else
            lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    if (!forget_earlier(run, document->source->row))
        return;
    not_moved = lt_source_settle(run, document->source, document->sha256);
    lt_run_let_go(run, document->source->row);
    run->progress.doubtful += record->doubts->len > 0;
    lt_run_end_file(run, document->source->path, LT_LEDGER_FILED, not_moved ? not_moved : problem,
                    record, record->id);
    conclude(run, document, LT_LEDGER_DUPLICATE, NULL, record->id);
}

void
lt_filing_finish(LtIngest *run, LtDocument *document)
{
    g_autoptr(LtRecord) record = NULL;
    g_autofree char *secret = NULL;
    g_autoptr(GError) error = NULL;

    if (lt_document_is_lost(document)) {
        lt_filing_quarantine(run, document, document->lost_reason);
        return;
    }
    record = make_record(run, document);
    if (document->filed) {
        lt_recognise_finish(run, document, record);
        conclude(run, document, LT_LEDGER_FILED, NULL, document->filed);
        return;
    }
    if (!lt_order_settle(run->store, record, &error) ||
        !check_secrecy(run, record, &secret, &error))
        lt_run_fail(run, g_steal_pointer(&error));
    else if (secret)
        end_unfiled(run, document, LT_LEDGER_HELD, secret);
    else
        file_record(run, document, record);
}
