/* Which worker does what next. Documents are opened one to a worker; pages to be recognised go to
 * whichever worker is free, a page from each document in turn, so that a long one neither keeps
 * cores idle nor makes short ones wait. A watcher goes on opening while a box of scans waits to be
 * recognised, with a worker more, so that what has its text is filed at once. */
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ingest/crash.h"
#include "ingest/reasons.h"
#include "ingest/run.h"

#define MOST_LATER 8192u             /* documents that wait to be recognised */
#define MOST_LATER_BYTES (64u << 20) /* of their pages that are there */

/* Documents whose pages are recognised in turn: as many as keep workers busy, for the more there are, the later
 * each comes to its end. */
static guint
most_in_turn(const LtIngest *run)
{
    return 2 * run->options.jobs + 2;
}

gboolean
lt_schedule_has_room(const LtIngest *run)
{
    guint n = g_hash_table_size(run->documents);

    if (!run->options.overtaking)
        return n < most_in_turn(run);
    return run->opening.length < most_in_turn(run) && n < MOST_LATER &&
           run->later_bytes < MOST_LATER_BYTES;
}

void
lt_schedule_add(LtIngest *run, LtDocument *document)
{
    g_hash_table_insert(run->documents, document->sha256, document);
    if (lt_crash_count(lt_store_directory(run->store), document->sha256) >= LT_CRASHES_ALLOWED) {
        lt_crash_forget(lt_store_directory(run->store));
        lt_filing_quarantine(run, document,
                             document->filed
                                 ? _("the program broke down each time that it worked at this "
                                     "document: please report that")
                                 : _("the program broke down each time that it worked at this "
                                     "document: please report that; 'luutru quarantine retry' "
                                     "tries it again"));
        return;
    }
    g_queue_push_tail(&run->opening, document);
    lt_schedule(run);
}

void
lt_schedule_remove(LtIngest *run, LtDocument *document)
{
    GList *link = run->again.head;

    lt_pool_drop(run->pool, document);
    g_queue_remove(&run->opening, document);
    if (g_queue_remove(&run->later, document))
        run->later_bytes -= document->bytes;
    g_queue_remove(&run->reading, document);
    while (link) {
        GList *next = link->next;
        LtTask *task = link->data;

        if (task->document == document) {
            g_queue_delete_link(&run->again, link);
            g_free(task);
        }
        link = next;
    }
}

static void
hand_out(LtIngest *run, LtWorker *worker, LtDocument *document, guint page)
{
    g_autoptr(GError) error = NULL;
    int fd = lt_store_open_original(run->store, document->sha256, &error);

    if (fd < 0) {
        /* That it is gone is this document's trouble; all else is the archive's. */
        if (g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
            lt_filing_quarantine(run, document, error->message);
        else
            lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    lt_worker_ask(worker, document, page, run->options.max_pages, fd, run->options.page_seconds);
    close(fd);
}

static void
hand_out_again(LtIngest *run, LtWorker *worker)
{
    g_autofree LtTask *task = g_queue_pop_head(&run->again);

    hand_out(run, worker, task->document, task->page);
}

static void
hand_out_page(LtIngest *run, LtWorker *worker)
{
    LtDocument *document = g_queue_pop_head(&run->reading);
    guint page = GPOINTER_TO_UINT(g_queue_pop_head(&document->wanted));

    if (!g_queue_is_empty(&document->wanted))
        g_queue_push_tail(&run->reading, document);
    hand_out(run, worker, document, page);
}

static void
fill_turn(LtIngest *run)
{
    while (run->reading.length < most_in_turn(run) && !g_queue_is_empty(&run->later)) {
        LtDocument *document = g_queue_pop_head(&run->later);

        run->later_bytes -= document->bytes;
        g_queue_push_tail(&run->reading, document);
    }
}

/* Workers that may still be given a page. */
static guint
free_for_pages(const LtIngest *run)
{
    return run->options.jobs - MIN(lt_pool_recognising(run->pool), run->options.jobs);
}

/* Pieces of work that wait, as far as they could keep workers busy. */
static guint
count_waiting(const LtIngest *run)
{
    guint most = free_for_pages(run), pages = 0;

    for (const GList *link = run->reading.head; link && pages < most; link = link->next)
        pages += ((LtDocument *)link->data)->wanted.length;
    return run->again.length + run->opening.length + MIN(pages, most);
}

/* While files come without end there is always one to be opened: one worker will do for that. */
static gboolean
is_pages_turn(const LtIngest *run)
{
    return run->reading.length > 0 && free_for_pages(run) > 0 &&
           (run->opening.length == 0 ||
            (run->options.overtaking && lt_pool_opening(run->pool) > 0));
}

/* Gives out a piece of work; FALSE: there is none, or nobody for it. */
static gboolean
hand_out_any(LtIngest *run)
{
    LtWorker *worker = NULL;

    if (!g_queue_is_empty(&run->again) && (worker = lt_pool_idle(run->pool, TRUE)))
        hand_out_again(run, worker);
    else if (is_pages_turn(run) && (worker = lt_pool_idle(run->pool, FALSE)))
        hand_out_page(run, worker);
    else if (!g_queue_is_empty(&run->opening) && (worker = lt_pool_idle_to_open(run->pool)))
        hand_out(run, worker, g_queue_pop_head(&run->opening), 0);
    return worker != NULL;
}

void
lt_schedule(LtIngest *run)
{
    g_autoptr(GError) error = NULL;

    do
        fill_turn(run);
    while (!lt_run_is_ending(run) && hand_out_any(run));
    if (!lt_run_is_ending(run) &&
        !lt_pool_want(run->pool, count_waiting(run), run->again.length, &error))
        lt_run_fail(run, g_steal_pointer(&error));
}

/* --- what answers mean --- */

static void
try_again(LtIngest *run, LtDocument *document, guint page, const char *reason)
{
    LtTask *task;

    if (!lt_document_may_retry(document, page)) {
        lt_filing_put_off(run, document, reason);
        return;
    }
    if (page == 0) {
        run->progress.pages -= document->page_count;
        run->progress.pages_done -= document->n_read;
        lt_document_restart(document);
    }
    task = g_new0(LtTask, 1);
    task->document = document;
    task->page = page;
    g_queue_push_tail(&run->again, task);
}

/* A page has come: counts it, and ends the document where that was the last one, or one too many.
 */
static void
page_is_there(LtIngest *run, LtDocument *document, gboolean may_finish)
{
    run->progress.pages_done++;
    lt_run_report(run, LT_INGEST_PAGE);
    if (lt_document_is_too_big(document)) {
        g_autofree char *reason =
            g_strdup_printf(_("holds more text than is taken in one file (%u MiB); split it"),
                            LT_DOCUMENT_MAX_BYTES >> 20);

        lt_filing_quarantine(run, document, reason);
    } else if (may_finish && lt_document_is_read(document)) {
        lt_filing_finish(run, document);
    }
}

static void
all_is_told(LtIngest *run, LtWorker *worker, LtOcrMessage *message)
{
    LtDocument *document = lt_worker_document(worker);

    lt_worker_rest(worker);
    for (char **doubt = message->doubts; doubt && *doubt; doubt++)
        g_ptr_array_add(document->doubts, g_strdup(*doubt));
    if (lt_document_is_read(document)) {
        lt_filing_finish(run, document);
        return;
    }
    run->later_bytes += document->bytes;
    g_queue_push_tail(&run->later, document);
}

/* Trouble of the worker, perhaps not of the document: it is tried again elsewhere. */
static gboolean
is_workers_trouble(LtOcrError code)
{
    return code == LT_OCR_ERROR_MEMORY || code == LT_OCR_ERROR_PROTOCOL ||
           code == LT_OCR_ERROR_CLOSED || code == LT_OCR_ERROR_SETUP ||
           code == LT_OCR_ERROR_INTERNAL;
}

/* Trouble of one page, which costs that page. */
static gboolean
is_pages_trouble(LtOcrError code)
{
    return code == LT_OCR_ERROR_DAMAGED || code == LT_OCR_ERROR_TOO_LARGE;
}

static void
work_failed(LtIngest *run, LtWorker *worker, const LtOcrMessage *message)
{
    LtDocument *document = lt_worker_document(worker);
    guint page = lt_worker_page(worker);
    g_autofree char *reason =
        lt_reason_for_failure(message->code, MAX(page, message->page), message->detail);

    lt_worker_rest(worker);
    if (is_workers_trouble(message->code)) {
        lt_worker_kill(worker);
        try_again(run, document, page, reason);
    } else if (page > 0 && is_pages_trouble(message->code)) {
        lt_document_lose_page(document, page, message->code, reason);
        page_is_there(run, document, TRUE);
    } else {
        lt_filing_quarantine(run, document, reason);
    }
}

static gboolean
answer_to_open(LtIngest *run, LtWorker *worker, LtOcrMessage *message)
{
    LtDocument *document = lt_worker_document(worker);
    guint read_before = document->n_read;

    switch (message->kind) {
    case LT_OCR_OPENED:
        if (message->page_count > run->options.max_pages ||
            !lt_document_begin(document, message->page_count))
            return FALSE;
        run->progress.pages += document->page_count;
        return TRUE;
    case LT_OCR_PAGE:
        if (!lt_document_tell_page(document, g_steal_pointer(&message->read)))
            return FALSE;
        page_is_there(run, document, FALSE);
        return TRUE;
    case LT_OCR_NEEDS:
        if (!lt_document_tell_need(document, message->page))
            return FALSE;
        if (document->n_read > read_before)
            page_is_there(run, document, FALSE);
        return TRUE;
    case LT_OCR_DONE:
        if (!lt_document_all_told(document))
            return FALSE;
        all_is_told(run, worker, message);
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean
answer_to_recognise(LtIngest *run, LtWorker *worker, LtOcrMessage *message)
{
    LtDocument *document = lt_worker_document(worker);
    g_autoptr(LtPage) page = g_steal_pointer(&message->read);
    g_autoptr(GError) error = NULL;

    if (message->kind != LT_OCR_PAGE || page->number != lt_worker_page(worker) ||
        page->source != LT_PAGE_FROM_OCR)
        return FALSE;
    lt_worker_rest(worker);
    if (!lt_store_stage_page(run->store, document->sha256, page, &error)) {
        if (!g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID))
            return lt_run_fail(run, g_steal_pointer(&error));
        lt_filing_quarantine(run, document, error->message);
        return TRUE;
    }
    lt_document_add_page(document, g_steal_pointer(&page));
    page_is_there(run, document, TRUE);
    return TRUE;
}

static gboolean
worker_answers(LtWorker *worker, LtOcrMessage *message, gpointer user_data)
{
    LtIngest *run = user_data;
    gboolean sensible = TRUE;

    if (message->token != lt_worker_document(worker)->token)
        return FALSE;
    lt_crash_in_hand(lt_worker_document(worker)->sha256);
    if (message->kind == LT_OCR_FAILED)
        work_failed(run, worker, message);
    else if (lt_worker_page(worker) == 0)
        sensible = answer_to_open(run, worker, message);
    else
        sensible = answer_to_recognise(run, worker, message);
    lt_crash_in_hand(NULL);
    if (sensible)
        lt_schedule(run);
    return sensible;
}

static void
work_is_lost(LtDocument *document, guint page, const LtWorkerEnd *end, gpointer user_data)
{
    g_autofree char *reason = lt_reason_for_end(end, page);

    try_again(user_data, document, page, reason);
}

static void
workers_changed(gpointer user_data)
{
    lt_schedule(user_data);
}

static void
workers_broken(GError *error, gpointer user_data)
{
    lt_run_fail(user_data, error);
}

static void
workers_are_open(const char *const *missing, gpointer user_data)
{
    g_autofree char *names = g_strjoinv(", ", (char **)missing);

    lt_run_tell_walls(user_data, names);
}

void
lt_schedule_init(LtIngest *run)
{
    run->pool_hooks = (LtPoolHooks){.answer = worker_answers,
                                    .lost = work_is_lost,
                                    .changed = workers_changed,
                                    .broken = workers_broken,
                                    .open = workers_are_open,
                                    .user_data = run};
    run->pool = lt_pool_new(run->options.worker, run->options.require_sandbox,
                            run->options.jobs + (run->options.overtaking ? 1 : 0), run->context,
                            &run->pool_hooks);
    if (run->options.retry_seconds > 0)
        lt_pool_set_fewer(run->pool, run->options.retry_seconds);
}
