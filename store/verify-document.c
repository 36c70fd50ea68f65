/* Documents one by one: their rows against the seal, the original against its sum. All of a document is read from one state of the database. */
#include "store/verify.h"

#include <glib/gi18n-lib.h>

typedef struct {
    gint64 id;
    LtSealState seal;
    LtRecord *record; /* (nullable) NULL: it cannot be read, or is gone */
    GError *failure;  /* (nullable) why */
} Reading;

static void
reading_clear(Reading *reading)
{
    g_clear_pointer(&reading->record, lt_record_free);
    g_clear_error(&reading->failure);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

static gboolean
read_parts(LtStore *store, Reading *reading, GError **error)
{
    reading->record = lt_store_document(store, reading->id, TRUE, &reading->failure);
    if (reading->record == NULL)
        return TRUE;
    return lt_seal_compare(store, reading->id, &reading->seal, error);
}

static gboolean
read_document(LtStore *store, Reading *reading, GError **error)
{
    if (!lt_sql_script(store, "SAVEPOINT verify", error))
        return FALSE;
    gboolean read = read_parts(store, reading, error);
    return lt_sql_script(store, "RELEASE verify", read ? error : NULL) && read;
}

static void
report(LtVerify *verify, gint64 id, const char *fault, const char *detail, gboolean repaired)
{
    lt_verify_report(
        verify, (LtFault){.document = id, .fault = fault, .detail = detail, .repaired = repaired});
}

static void
judge_rows(LtVerify *verify, const Reading *reading)
{
    gboolean repair = verify->options->repair;

    if (reading->seal == LT_SEAL_BROKEN)
        report(
            verify, reading->id, "damaged",
            _("what the database holds of it is not what was filed: restore a backup, or read it "
              "again with 'luutru reread --recognise'"),
            repair && lt_mend_document(verify, reading->id));
    else if (reading->seal == LT_SEAL_NONE && !(repair && lt_mend_seal(verify, reading->id)))
        verify->progress.unsealed++;
}

static gboolean
judge_original(LtVerify *verify, const LtRecord *record, GError **error)
{
    const char *fault;
    g_autofree char *detail = NULL;
    gint64 there;

    if (!lt_verify_original(verify, record->sha256, (gint64)record->size, &fault, &detail, error))
        return FALSE;
    if (fault == NULL)
        return TRUE;
    /* It may have been removed since it was read. */
    if (!lt_store_find_sha256(verify->store, record->sha256, &there, error))
        return FALSE;
    if (there != 0)
        lt_verify_report(verify, (LtFault){.document = record->id,
                                           .sha256 = record->sha256,
                                           .fault = fault,
                                           .detail = detail,
                                           .repaired = verify->options->repair &&
                                                       lt_mend_original(verify, record->sha256)});
    return TRUE;
}

static gboolean
check_document(LtVerify *verify, gint64 id, GError **error)
{
    g_auto(Reading) reading = {.id = id};

    if (!read_document(verify->store, &reading, error))
        return FALSE;
    if (reading.record == NULL) {
        if (g_error_matches(reading.failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
            return TRUE;
        if (!g_error_matches(reading.failure, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED)) {
            g_propagate_error(error, g_steal_pointer(&reading.failure));
            return FALSE;
        }
        report(verify, id, "unreadable", reading.failure->message, FALSE);
        return TRUE;
    }
    judge_rows(verify, &reading);
    return judge_original(verify, reading.record, error);
}

static gint64
position_of(const LtVerify *verify)
{
    return verify->position != NULL ? g_ascii_strtoll(verify->position, NULL, 10) : 0;
}

gboolean
lt_verify_documents(LtVerify *verify, GError **error)
{
    gint64 id = position_of(verify), done = 0;

    if (!lt_sql_integer(verify->store, &done, error, "SELECT count(*) FROM document WHERE id <= ?",
                        "i", id))
        return FALSE;
    verify->progress.documents_done = (guint64)done;
    for (;;) {
        g_autofree char *position = NULL;

        if (!lt_sql_integer(verify->store, &id, error, "SELECT min(id) FROM document WHERE id > ?",
                            "i", id))
            return FALSE;
        if (id == 0)
            return TRUE;
        if (!check_document(verify, id, error))
            return FALSE;
        verify->progress.documents_done++;
        position = g_strdup_printf("%" PRId64, id);
        if (!lt_verify_step(verify, position, error))
            return FALSE;
    }
}
