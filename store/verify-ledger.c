/* The ledger row by row: what each says of documents and originals; and documents that it does not know. */
#include "store/verify.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
    gint64 id, size;
    LtLedgerState state;
    char *sha256;   /* (nullable) */
    char *filed;    /* (nullable) sum of the document that it names */
    gboolean named; /* it names one */
} Row;

static void
row_clear(Row *row)
{
    g_free(row->sha256);
    g_free(row->filed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Row, row_clear)

typedef struct {
    const char *fault; /* (nullable) NULL: all is well */
    char *detail;
    gboolean kept; /* the original is there */
} Finding;

static void
finding_clear(Finding *finding)
{
    g_clear_pointer(&finding->detail, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Finding, finding_clear)

static LtLedgerState
state_of(const char *name)
{
    LtLedgerState state = 0;

    while (state < LT_LEDGER_N_STATES && g_strcmp0(lt_ledger_state_name(state), name) != 0)
        state++;
    return state;
}

/* -1: error; 0: there is no such row. */
static int
read_row(LtStore *store, gint64 id, Row *ret_row, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        lt_sql_prepare(store, error,
                       "SELECT l.size, l.state, l.sha256, d.sha256, l.document IS NOT NULL"
                       " FROM ledger l LEFT JOIN document d ON d.id = l.document WHERE l.id = ?",
                       "i", id);
    int got = row != NULL ? lt_sql_step(store, row, error) : -1;

    if (got > 0) {
        ret_row->id = id;
        ret_row->size = sqlite3_column_int64(row, 0);
        ret_row->state = state_of((const char *)sqlite3_column_text(row, 1));
        ret_row->sha256 = lt_sql_dup_text(row, 2);
        ret_row->filed = lt_sql_dup_text(row, 3);
        ret_row->named = sqlite3_column_int(row, 4);
    }
    return got;
}

static gboolean
judge_kept(LtVerify *verify, const Row *row, Finding *finding, GError **error)
{
    if (row->sha256 == NULL) {
        finding->fault = "no-original";
        finding->detail = g_strdup(_("it is said to be kept, and no original is named"));
        return TRUE;
    }
    if (!lt_verify_original(verify, row->sha256, row->size, &finding->fault, &finding->detail,
                            error))
        return FALSE;
    finding->kept = finding->fault == NULL;
    return TRUE;
}

static void
judge_filed(const Row *row, Finding *finding)
{
    if (row->filed == NULL) {
        finding->fault = "no-document";
        finding->detail = g_strdup(_("it is said to be filed, and its document is not there"));
    } else if (g_strcmp0(row->filed, row->sha256) != 0) {
        finding->fault = "mismatch";
        finding->detail = g_strdup(_("its sum is not that of its document"));
    }
}

static gboolean
judge(LtVerify *verify, const Row *row, Finding *finding, GError **error)
{
    switch (row->state) {
    case LT_LEDGER_STORED:
    case LT_LEDGER_READ:
    case LT_LEDGER_HELD:
        return judge_kept(verify, row, finding, error);
    case LT_LEDGER_SEEN: /* it may have been tried before */
    case LT_LEDGER_QUARANTINED:
        return row->sha256 == NULL || judge_kept(verify, row, finding, error);
    case LT_LEDGER_FILED:
    case LT_LEDGER_DUPLICATE:
        judge_filed(row, finding);
        return TRUE;
    case LT_LEDGER_N_STATES:
        finding->fault = "damaged";
        finding->detail = g_strdup(_("its state is not known"));
        return TRUE;
    default:
        return TRUE;
    }
}

static gboolean
mend(LtVerify *verify, const Row *row, const Finding *finding)
{
    g_autofree char *ignored = NULL;
    const char *fault = "missing";

    if (row->state == LT_LEDGER_N_STATES)
        return FALSE;
    if (row->sha256 != NULL && !finding->kept) {
        if (row->state != LT_LEDGER_FILED && row->state != LT_LEDGER_DUPLICATE &&
            lt_mend_original(verify, row->sha256))
            return TRUE;
        /* It is not on its way, and why it could not be read stays true: a backup may still have it. */
        if (row->state == LT_LEDGER_QUARANTINED)
            return FALSE;
        if (!lt_verify_original(verify, row->sha256, row->size, &fault, &ignored, NULL))
            return FALSE;
        /* What is there is not forgotten for a disk or a permission that may be put right. */
        if (g_strcmp0(fault, "unreadable") == 0)
            return FALSE;
    }
    return lt_mend_ledger(verify, row->id, fault == NULL);
}

/* A run beside this check may be writing the row: what looks wrong is looked at a second time. */
static gboolean
check_row(LtVerify *verify, gint64 id, GError **error)
{
    for (guint look = 1;; look++) {
        g_auto(Row) row = {0};
        g_auto(Finding) finding = {0};
        int got = read_row(verify->store, id, &row, error);

        if (got <= 0)
            return got == 0;
        if (!judge(verify, &row, &finding, error))
            return FALSE;
        if (finding.fault == NULL)
            return TRUE;
        if (look == 1)
            continue;
        lt_verify_report(
            verify, (LtFault){.ledger = id,
                              .sha256 = row.sha256,
                              .fault = finding.fault,
                              .detail = finding.detail,
                              .repaired = verify->options->repair && mend(verify, &row, &finding)});
        return TRUE;
    }
}

static gboolean
check_listed(LtVerify *verify, GError **error)
{
    gint64 id = 0;

    for (;;) {
        if (!lt_sql_integer(verify->store, &id, error,
                            "SELECT min(id) FROM document d WHERE id > ? AND NOT EXISTS"
                            " (SELECT 1 FROM ledger l WHERE l.document = d.id)",
                            "i", id))
            return FALSE;
        if (id == 0)
            return TRUE;
        lt_verify_report(
            verify, (LtFault){.document = id,
                              .fault = "unlisted",
                              .detail = _("the ledger knows nothing of it"),
                              .repaired = verify->options->repair && lt_mend_unlisted(verify, id)});
    }
}

gboolean
lt_verify_ledger(LtVerify *verify, GError **error)
{
    gint64 id = verify->position != NULL ? g_ascii_strtoll(verify->position, NULL, 10) : 0;

    for (;;) {
        g_autofree char *position = NULL;

        if (!lt_sql_integer(verify->store, &id, error, "SELECT min(id) FROM ledger WHERE id > ?",
                            "i", id))
            return FALSE;
        if (id == 0)
            return check_listed(verify, error);
        if (!check_row(verify, id, error))
            return FALSE;
        position = g_strdup_printf("%" PRId64, id);
        if (!lt_verify_step(verify, position, error))
            return FALSE;
    }
}
