/* Mending what can be made again. Each step is a transaction of its own, and one that does not lead to
 * what was promised leaves everything as it was. */
#include "store/verify.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup-target.h"

/* Takes fd. */
static gboolean
put_back(LtVerify *verify, const char *sha256, int fd)
{
    gboolean same = FALSE;
    gboolean put = fd >= 0 && lt_original_put_back(verify->store, fd, sha256, &same, NULL) && same;

    if (fd >= 0)
        close(fd);
    return put;
}

static int
open_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    struct stat status;

    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

gboolean
lt_mend_original(LtVerify *verify, const char *sha256)
{
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(verify->store, NULL,
                       "SELECT CAST(path AS TEXT) FROM ledger WHERE sha256 = ?1 UNION"
                       " SELECT CAST(source AS TEXT) FROM document WHERE sha256 = ?1",
                       "s", sha256);

    if (verify->options->backup != NULL) {
        g_autofree char *path = lt_original_path(verify->options->backup, sha256);

        if (put_back(verify, sha256, open_file(path)))
            return TRUE;
    }
    while (rows != NULL && lt_sql_step(verify->store, rows, NULL) > 0)
        if (put_back(verify, sha256, open_file((const char *)sqlite3_column_text(rows, 0))))
            return TRUE;
    return FALSE;
}

/* The sum that the document was sealed with. (transfer full) */
static char *
sealed_sum(LtStore *store, gint64 id)
{
    g_autoptr(sqlite3_stmt) row =
        lt_sql_prepare(store, NULL, "SELECT sha256 FROM seal WHERE document = ?", "i", id);

    if (row == NULL || lt_sql_step(store, row, NULL) <= 0)
        return NULL;
    return lt_sql_dup_text(row, 0);
}

gboolean
lt_mend_document(LtVerify *verify, gint64 id)
{
    LtStore *store = verify->store;
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, NULL);
    g_autoptr(LtRecord) record =
        transaction != NULL ? lt_store_document(store, id, TRUE, NULL) : NULL;
    g_autofree char *wanted = sealed_sum(store, id);
    g_autofree char *sum = NULL;

    if (record == NULL || !lt_write_fields(store, record, NULL))
        return FALSE;
    sum = lt_seal_compute(store, id, NULL);
    return sum != NULL && g_strcmp0(sum, wanted) == 0 && lt_transaction_commit(transaction, NULL);
}

gboolean
lt_mend_seal(LtVerify *verify, gint64 id)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(verify->store, NULL);

    return transaction != NULL && lt_seal_put(verify->store, id, NULL) &&
           lt_transaction_commit(transaction, NULL);
}

gboolean
lt_mend_search(LtStore *store, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL && lt_index_rebuild(store, error) &&
           lt_index_owe_scrub(store, error) && lt_transaction_commit(transaction, error) &&
           lt_index_scrub(store, 0, error);
}

gboolean
lt_mend_by(LtVerify *verify, const char *sql)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(verify->store, NULL);

    return transaction != NULL && lt_sql_script(verify->store, sql, NULL) &&
           lt_transaction_commit(transaction, NULL);
}

gboolean
lt_store_compact(LtStore *store, GError **error)
{
    return lt_mend_search(store, error) && lt_sql_script(store, "VACUUM", error) &&
           lt_store_scrub(store, error);
}

gboolean
lt_mend_ledger(LtVerify *verify, gint64 row, gboolean kept)
{
    g_autofree char *now = lt_time_now();
    LtLedgerState state = kept ? LT_LEDGER_STORED : LT_LEDGER_SEEN;

    return lt_sql_run(verify->store, NULL,
                      "UPDATE ledger SET state = ?1, document = NULL, reason = NULL,"
                      " changed_at = ?2, sha256 = iif(?3, sha256, NULL) WHERE id = ?4",
                      "ssii", lt_ledger_state_name(state), now, (gint64)kept, row);
}

/* Only of bytes that are what their name says. */
gboolean
lt_mend_stray(LtVerify *verify, const char *sha256)
{
    g_autofree char *path = lt_original_path(verify->store->directory, sha256);
    g_autofree char *now = lt_time_now();
    g_autofree char *detail = NULL;
    const char *fault;
    struct stat status;

    return stat(path, &status) == 0 &&
           lt_verify_original(verify, sha256, -1, &fault, &detail, NULL) && fault == NULL &&
           lt_sql_run(verify->store, NULL,
                      "INSERT INTO ledger (path, size, mtime_ns, state, sha256, seen_at,"
                      " changed_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                      "piissss", path, (gint64)status.st_size,
                      (gint64)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec,
                      lt_ledger_state_name(LT_LEDGER_STORED), sha256, now, now);
}

/* Its time, which nobody knows, is one that no other row has (store/ledger.c). */
gboolean
lt_mend_unlisted(LtVerify *verify, gint64 id)
{
    g_autofree char *now = lt_time_now();
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(verify->store, NULL);

    return transaction != NULL &&
           lt_sql_run(verify->store, NULL,
                      "INSERT INTO ledger (path, size, mtime_ns, state, sha256, document, seen_at,"
                      " changed_at) SELECT source, size, -id, ?2, sha256, id, filed_at, ?3"
                      " FROM document WHERE id = ?1"
                      " ON CONFLICT DO UPDATE SET document = excluded.document,"
                      " state = excluded.state, sha256 = excluded.sha256",
                      "iss", id, lt_ledger_state_name(LT_LEDGER_FILED), now) &&
           (!verify->is_backup || lt_backup_mark(verify->store, NULL)) &&
           lt_transaction_commit(transaction, NULL);
}
