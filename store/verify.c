/* Checking every promise: the stages in order, where a check goes on that was stopped, and how fast. */
#include "store/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/backup-target.h"

#define KIND "verify"
#define REPAIR "repair" /* the target of a check that mends */
#define READ_BYTES (1u << 20)
#define STEPS_BETWEEN_NOTES 64u
#define LONGEST_PAUSE ((guint64)G_USEC_PER_SEC)

/* Search rows come last: what is mended in documents shows there. */
static const struct {
    const char *name;
    gboolean (*run)(LtVerify *verify, GError **error);
} stages[LT_N_CHECKS] = {
    [LT_CHECK_DATABASE] = {"database", lt_verify_database},
    [LT_CHECK_DOCUMENT] = {"document", lt_verify_documents},
    [LT_CHECK_LEDGER] = {"ledger", lt_verify_ledger},
    [LT_CHECK_FILES] = {"files", lt_verify_files},
    [LT_CHECK_SEARCH] = {"search", lt_verify_search},
};

const char *
lt_check_name(LtCheck check)
{
    g_return_val_if_fail((guint)check < LT_N_CHECKS, NULL);
    return stages[check].name;
}

guint64
lt_verify_pause(guint64 bytes, guint64 elapsed, guint64 rate)
{
    double due = rate > 0 ? (double)bytes / (double)rate * G_USEC_PER_SEC : 0;

    return due <= (double)elapsed ? 0 : MIN((guint64)(due - (double)elapsed), LONGEST_PAUSE);
}

void
lt_verify_report(LtVerify *verify, LtFault fault)
{
    fault.check = verify->progress.check;
    verify->progress.repaired += fault.repaired;
    verify->progress.faults += !fault.repaired;
    if (verify->options->report != NULL)
        verify->options->report(&fault, verify->options->user_data);
}

gboolean
lt_verify_is_wanted(LtVerify *verify)
{
    const LtVerifyOptions *options = verify->options;

    if (options->go_on != NULL && !options->go_on(&verify->progress, options->user_data))
        verify->stopped = TRUE;
    return !verify->stopped;
}

gboolean
lt_verify_go_on(LtVerify *verify)
{
    guint seconds = verify->options->seconds;
    gint64 elapsed = g_get_monotonic_time() - verify->started;

    if (seconds > 0 && elapsed >= (gint64)seconds * G_USEC_PER_SEC)
        verify->stopped = TRUE;
    return lt_verify_is_wanted(verify) && !verify->stopped;
}

static gboolean
note(LtVerify *verify, GError **error)
{
    return verify->upkeep == 0 ||
           lt_upkeep_note(verify->store, verify->upkeep, stages[verify->progress.check].name,
                          verify->position, verify->progress.faults, error);
}

gboolean
lt_verify_step(LtVerify *verify, const char *position, GError **error)
{
    gboolean go_on = lt_verify_go_on(verify);
    char *copy = g_strdup(position);

    g_free(verify->position);
    verify->position = copy;
    if ((!go_on || ++verify->steps % STEPS_BETWEEN_NOTES == 0) && !note(verify, error))
        return FALSE;
    return go_on;
}

/* The sum of what fd holds; NULL where it cannot be read (errno), or where the check was stopped. */
static char *
sum_of(LtVerify *verify, int fd)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *bytes = g_malloc(READ_BYTES);
    gssize n;

    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    while ((n = read(fd, bytes, READ_BYTES)) != 0) {
        guint64 elapsed = (guint64)(g_get_monotonic_time() - verify->started);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || !lt_verify_go_on(verify))
            return NULL;
        g_checksum_update(sum, bytes, n);
        verify->progress.bytes += (guint64)n;
        g_usleep(lt_verify_pause(verify->progress.bytes, elapsed, verify->options->rate));
    }
    /* Others need the memory more than what is read once in a month. */
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return g_strdup(g_checksum_get_string(sum));
}

static const char *
judge_original(LtVerify *verify, int fd, const char *sha256, gint64 size, char **ret_detail)
{
    g_autofree char *sum = NULL;
    struct stat status;

    if (fstat(fd, &status) == 0 && size >= 0 && status.st_size != size) {
        *ret_detail = g_strdup_printf(_("its original has %" PRId64 " bytes, not %" PRId64),
                                      (gint64)status.st_size, size);
        return "damaged";
    }
    sum = sum_of(verify, fd);
    if (verify->stopped)
        return NULL;
    if (sum == NULL) {
        *ret_detail = g_strdup_printf(_("its original cannot be read: %s"), g_strerror(errno));
        return "unreadable";
    }
    if (g_strcmp0(sum, sha256) == 0)
        return NULL;
    *ret_detail = g_strdup(_("its original is not what was taken in, its sum has changed: 'luutru "
                             "verify --repair --from BACKUP' puts a good one in its place"));
    return "damaged";
}

gboolean
lt_verify_original(LtVerify *verify, const char *sha256, gint64 size, const char **ret_fault,
                   char **ret_detail, GError **error)
{
    g_autoptr(GError) failure = NULL;
    int fd = lt_store_open_original(verify->store, sha256, &failure);

    *ret_fault = NULL;
    if (fd >= 0) {
        *ret_fault = judge_original(verify, fd, sha256, size, ret_detail);
        close(fd);
        return !verify->stopped;
    }
    if (g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND) ||
        g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_INVALID) ||
        g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY) ||
        g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_IO)) {
        *ret_fault = failure->code == LT_STORE_ERROR_NOT_FOUND ? "missing" : "unreadable";
        *ret_detail = g_strdup(failure->message);
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* The row of a check that was stopped becomes this one's. A repair goes on with a repair only: what another
 * has passed was looked at, and not mended. */
static gboolean
resume(LtVerify *verify, guint *ret_stage, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        lt_sql_prepare(verify->store, error,
                       "SELECT id, stage, position, faults FROM upkeep WHERE id ="
                       " (SELECT max(id) FROM upkeep WHERE kind = ?1)"
                       " AND ended_at IS NULL AND stage IS NOT NULL"
                       " AND (NOT ?2 OR target IS NOT NULL)",
                       "si", KIND, (gint64)verify->options->repair);
    int got = row != NULL ? lt_sql_step(verify->store, row, error) : -1;

    if (got <= 0)
        return got == 0;
    for (guint i = 0; i < LT_N_CHECKS; i++)
        if (g_strcmp0(stages[i].name, (const char *)sqlite3_column_text(row, 1)) == 0) {
            *ret_stage = i;
            verify->upkeep = sqlite3_column_int64(row, 0);
            verify->position = lt_sql_dup_text(row, 2);
            verify->progress.faults = (guint64)sqlite3_column_int64(row, 3);
            verify->progress.resumed = TRUE;
        }
    /* A look goes on with a repair, too; what it passes is not mended, and so no repair goes on with that. */
    g_clear_pointer(&row, sqlite3_finalize); /* who reads does not wait to write */
    return verify->options->repair || verify->upkeep == 0 ||
           lt_sql_run(verify->store, error, "UPDATE upkeep SET target = NULL WHERE id = ?", "i",
                      verify->upkeep);
}

static gboolean
begin(LtVerify *verify, guint *ret_stage, GError **error)
{
    if (verify->store->mode == LT_STORE_READ)
        return TRUE;
    if (!verify->options->anew && !resume(verify, ret_stage, error))
        return FALSE;
    return verify->upkeep != 0 ||
           lt_upkeep_begin(verify->store, KIND, verify->options->repair ? REPAIR : NULL,
                           &verify->upkeep, error);
}

/* What a damaged database does not let be read is a fault, and other stages may still tell more. */
static gboolean
run_stage(LtVerify *verify, guint stage, GError **error)
{
    g_autoptr(GError) failure = NULL;

    verify->progress.check = stage;
    if (stages[stage].run(verify, &failure))
        return TRUE;
    if (verify->stopped && failure == NULL)
        return TRUE;
    if (!g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    lt_verify_report(verify, (LtFault){.fault = "unreadable", .detail = failure->message});
    return TRUE;
}

static gboolean
run_stages(LtVerify *verify, guint first, GError **error)
{
    for (guint i = first; i < LT_N_CHECKS && !verify->stopped; i++) {
        if (!run_stage(verify, i, error))
            return FALSE;
        if (!verify->stopped)
            g_clear_pointer(&verify->position, g_free);
    }
    verify->progress.ended = !verify->stopped;
    if (verify->upkeep == 0)
        return TRUE;
    return verify->stopped
               ? note(verify, error)
               : lt_upkeep_end(verify->store, verify->upkeep, verify->progress.faults, error);
}

/* Where nothing lies nothing is found, and each original that is lost would be said to have no copy. */
static gboolean
check_backup(const LtVerifyOptions *options, GError **error)
{
    g_autofree char *objects =
        options->backup != NULL ? g_build_filename(options->backup, LT_STORE_OBJECTS, NULL) : NULL;
    g_autofree char *shown = NULL;

    if (objects == NULL || g_file_test(objects, G_FILE_TEST_IS_DIR))
        return TRUE;
    shown = g_filename_display_name(options->backup);
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("there is no backup in '%s': is its disk mounted?"), shown);
    return FALSE;
}

gboolean
lt_store_verify(LtStore *store, const LtVerifyOptions *options, LtVerifyProgress *ret_progress,
                GError **error)
{
    LtVerify verify = {.store = store, .options = options, .started = g_get_monotonic_time()};
    gint64 documents;
    guint first = 0;
    verify.is_backup = lt_backup_is_as_made(store);
    gboolean done = check_backup(options, error) &&
                    lt_sql_integer(store, &documents, error, "SELECT count(*) FROM document", "") &&
                    begin(&verify, &first, error);

    if (done) {
        verify.progress.documents = (guint64)documents;
        done = run_stages(&verify, first, error);
    }
    g_free(verify.position);
    *ret_progress = verify.progress;
    return done;
}
