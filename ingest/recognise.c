/* Filed documents recognised again from their originals. Such a document takes the same way through
 * the workers as a new one, but the ledger knows nothing of it: its files were settled long ago. */
#include "ingest/reread.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ingest/kind.h"

void
lt_ingest_recognise(LtIngest *run, const GArray *ids)
{
    run->recognising = TRUE;
    for (guint i = 0; i < ids->len; i++) {
        LtFound *found = g_new0(LtFound, 1);

        found->kind = LT_FOUND_FILED;
        found->document = g_array_index(ids, gint64, i);
        g_queue_push_tail(&run->found, found);
        run->progress.files++;
    }
}

/* Of a damaged original some pages can be read still, and nothing that comes of the others is better than what was
 * read of them when it was whole. */
static gboolean
is_as_taken(int fd, const char *sha256, GError **error)
{
    g_autofree char *sum = lt_store_sum(fd);

    if (g_strcmp0(sum, sha256) == 0)
        return TRUE;
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                        _("its original is damaged: 'luutru verify --repair --from BACKUP' puts a "
                          "good one in its place; the document stays as it was"));
    return FALSE;
}

/* NULL: the bytes are no document any more; or an error. */
static const LtKind *
kind_of_original(LtIngest *run, const char *sha256, GError **error)
{
    int fd = lt_store_open_original(run->store, sha256, error);
    const LtKind *kind = NULL;

    if (fd < 0)
        return NULL;
    if (is_as_taken(fd, sha256, error))
        kind = lt_kind_of_file(fd);
    close(fd);
    return kind && kind->format ? kind : NULL;
}

static void
fail(LtIngest *run, const LtRecord *record, const char *reason)
{
    lt_run_end_file(run, record->source, LT_OUTCOME_FAILED, reason, NULL, record->id);
}

/* Pages that an interrupted run left staged may be of an older recogniser. */
static void
schedule(LtIngest *run, const LtRecord *record, const char *format)
{
    g_autoptr(GError) error = NULL;
    LtDocument *document;

    if (!lt_store_unstage(run->store, record->sha256, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    document = lt_document_new(++run->last_token, lt_source_new(0, record->source, record->size, 0),
                               record->sha256, format,
                               g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free));
    document->filed = record->id;
    lt_schedule_add(run, document);
}

void
lt_recognise_begin(LtIngest *run, gint64 id)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRecord) record = lt_store_document(run->store, id, FALSE, &error);
    const LtKind *kind = record ? kind_of_original(run, record->sha256, &error) : NULL;

    if (kind)
        schedule(run, record, kind->format);
    else if (!record && g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
        run->progress.files--; /* removed since it was found */
    else if (error && !g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
        lt_run_fail(run, g_steal_pointer(&error));
    else
        fail(run, record, error ? error->message : _("its original is no document any more"));
}

/* FALSE on error, LT_STORE_ERROR_CONFLICT among them. */
static gboolean
replace(LtIngest *run, gint64 id, LtRecord *record, LtRecord **ret_before, GError **error)
{
    g_autoptr(LtRecord) before = lt_store_document(run->store, id, FALSE, error);

    if (!before)
        return FALSE;
    record->id = id;
    record->revision = before->revision;
    if (!lt_reread_settle(run->store, record, before, error) ||
        !lt_store_revise(run->store, record, TRUE, error))
        return FALSE;
    *ret_before = g_steal_pointer(&before);
    return TRUE;
}

void
lt_recognise_finish(LtIngest *run, LtDocument *document, LtRecord *record)
{
    g_autoptr(LtRecord) before = NULL;
    g_autoptr(GError) failure = NULL;
    g_autoptr(GError) error = NULL;

    if (!replace(run, document->filed, record, &before, &failure) &&
        !g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_CONFLICT) &&
        !g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND)) {
        lt_run_fail(run, g_steal_pointer(&failure));
        return;
    }
    /* Also where somebody removed it meanwhile: then nothing of its text may stay. */
    if (!lt_store_unstage(run->store, document->sha256, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    if (failure) {
        lt_recognise_fail(run, document, failure->message);
        return;
    }
    run->progress.doubtful += record->doubts->len > 0;
    run->before = before;
    lt_run_end_file(run, document->source->path, LT_LEDGER_FILED, NULL, record, document->filed);
    run->before = NULL;
}

void
lt_recognise_fail(LtIngest *run, const LtDocument *document, const char *reason)
{
    g_autofree char *told = g_strdup_printf(_("%s; the document stays as it was"), reason);

    lt_run_end_file(run, document->source->path, LT_OUTCOME_FAILED, told, NULL, document->filed);
}
