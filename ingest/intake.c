/* From a file that was found to its original in the archive. Each step is in the ledger before the
 * next begins, so that a run that was killed goes on where it was. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ingest/kind.h"
#include "ingest/reasons.h"
#include "ingest/reread.h"

#define DUE_AT_ONCE 256u   /* rows that are taken up again in one go */
#define PAUSES_OF_FULL 10u /* of a file without room: each try writes as much as there is */

/* Opens a regular file without ever waiting for one that is not. -1 with errno. In a watched folder
 * strangers could lead the way out of it by a link, also one put there since the file was looked at. */
static int
open_source(const LtIngest *run, const char *path, struct stat *ret_info)
{
    int fd =
        run->walk ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : lt_walk_open(path);
    int failed = 0;

    if (fd < 0)
        return -1;
    if (fstat(fd, ret_info) != 0)
        failed = errno;
    else if (!S_ISREG(ret_info->st_mode))
        failed = ENOENT;
    if (!failed)
        return fd;
    close(fd);
    errno = failed;
    return -1;
}

/* Takes a ledger row up; FALSE when this run has met it before. */
static gboolean
take_up(LtIngest *run, gint64 row)
{
    gint64 *key = g_new(gint64, 1);

    *key = row;
    return g_hash_table_add(run->handled, key);
}

/* Whether an earlier run brought the file to its end. One whose bytes could never be read (it was gone,
 * or its disk failed) is tried again when it is there; so is a state of it that was passed over for a
 * later one and has come back, which shows by its being a document after all. kind: (nullable) */
static gboolean
is_settled(const LtLedgerRow *row, const LtKind *kind)
{
    gboolean never_kept = row->size > 0 && row->sha256 == NULL;

    if (never_kept && row->state == LT_LEDGER_QUARANTINED)
        return FALSE;
    if (never_kept && row->state == LT_LEDGER_SKIPPED && kind && kind->format)
        return FALSE;
    return lt_ledger_state_is_final(row->state);
}

/* A file that is at its end, and that is as it was. */
static void
leave_unchanged(LtIngest *run, const LtLedgerRow *row)
{
    g_autofree char *not_moved = NULL;

    if (row->state == LT_LEDGER_FILED || row->state == LT_LEDGER_DUPLICATE) {
        g_autoptr(LtSource) source = lt_source_new(row->id, row->path, row->size, row->mtime_ns);

        not_moved = lt_source_settle(run, source, row->sha256);
    }
    lt_run_let_go(run, row->id);
    run->progress.old_quarantined += row->state == LT_LEDGER_QUARANTINED;
    lt_run_end_file(run, row->path, LT_OUTCOME_UNCHANGED, not_moved ? not_moved : row->reason, NULL,
                    row->document);
}

/* The row of a file that is to be taken; NULL when nothing is to be done for it any more. fd: -1 where
 * it cannot be opened. */
static LtLedgerRow *
see(LtIngest *run, const char *path, guint64 size, gint64 mtime_ns, int fd)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(run->store, path, size, mtime_ns, NULL, &error);
    const LtKind *kind = NULL;

    if (!row) {
        lt_run_fail(run, g_steal_pointer(&error));
        return NULL;
    }
    if (!take_up(run, row->id)) {
        run->progress.files--;
        return NULL;
    }
    if (row->state == LT_LEDGER_SKIPPED && fd >= 0)
        kind = lt_kind_of_file(fd);
    if (is_settled(row, kind) && (fd < 0 || !lt_source_is_wanted(run, row, fd))) {
        leave_unchanged(run, row);
        return NULL;
    }
    return g_steal_pointer(&row);
}

/* Bytes that a person took out do not come back by themselves; the copy that was just made of them
 * goes again. FALSE: they were never taken out. */
static gboolean
refuse_removed(LtIngest *run, const LtSource *source, const char *sha256)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRemoval) removal = lt_store_find_removal(run->store, sha256, &error);
    g_autofree char *reason = NULL;

    if (removal && lt_store_drop_original(run->store, sha256, &error)) {
        reason = g_strdup_printf(_("removed by %s: %s"), removal->by, removal->reason);
        lt_filing_end_source(run, source, LT_LEDGER_SKIPPED, reason, sha256, 0);
    }
    if (error)
        lt_run_fail(run, g_steal_pointer(&error));
    return removal || run->fatal;
}

/* The original is in the archive: is it a document that is not there yet? */
static void
begin_document(LtIngest *run, LtSource *source_taken, const char *sha256, const char *format)
{
    g_autoptr(LtSource) source = source_taken;
    g_autoptr(GError) error = NULL;
    LtDocument *same = g_hash_table_lookup(run->documents, sha256);
    GPtrArray *staged;
    gint64 filed = 0;

    if (same) {
        g_ptr_array_add(same->waiting, g_steal_pointer(&source));
        return;
    }
    if (!lt_store_find_sha256(run->store, sha256, &filed, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    if (filed != 0) {
        lt_filing_end_source(run, source, LT_LEDGER_DUPLICATE, NULL, sha256, filed);
        return;
    }
    if (refuse_removed(run, source, sha256))
        return;
    staged = lt_store_staged_pages(run->store, sha256, &error);
    if (!staged) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    lt_schedule_add(
        run, lt_document_new(++run->last_token, g_steal_pointer(&source), sha256, format, staged));
}

static gboolean
is_taken_up(gint64 row, gpointer user_data)
{
    const LtIngest *run = user_data;

    return g_hash_table_contains(run->handled, &row);
}

static const char earlier_state[] = N_("an earlier state of this file; it is taken as it is now");

/* The file as it is now; where this run finds it by itself, too, its row tells. */
static void
take_as_it_is(LtIngest *run, const char *path)
{
    LtFound *found = g_new0(LtFound, 1);

    found->kind = LT_FOUND_FILE;
    found->path = g_strdup(path);
    g_queue_push_tail(&run->found, found);
    run->progress.files++;
}

/* A file that a watcher was asked for, and of which no look tells when it is whole: it is taken once it lies
 * still for a pause. Who asked for it is told how it ends, and nothing of the states before that. */
static void
await_stillness(LtIngest *run, const LtSource *source)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row = NULL;
    g_autoptr(LtSource) present = NULL;
    struct stat info;

    if (stat(source->path, &info) != 0) {
        lt_filing_end_source(run, source, LT_LEDGER_QUARANTINED, _("gone before it was read"), NULL,
                             0);
        return;
    }
    if (!lt_store_ledger_set(run->store, source->row, LT_LEDGER_SKIPPED, _(earlier_state), NULL, 0,
                             &error) ||
        !(row = lt_store_ledger_see(run->store, source->path, (guint64)info.st_size,
                                    lt_mtime_ns(&info), NULL, &error))) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    lt_run_let_go(run, source->row);
    if (lt_ledger_state_is_final(row->state)) { /* it is as it was once before */
        run->progress.files--;
        take_as_it_is(run, source->path);
        return;
    }
    if (is_taken_up(row->id, run)) { /* on its way, and its own end is told */
        run->progress.files--;
        return;
    }
    present = lt_source_new(row->id, row->path, row->size, row->mtime_ns);
    lt_filing_await(run, present, _("it is still being written; it is taken when it lies still"),
                    1);
}

/* The file is no more what it was when it was seen. What lies in its folders a watcher looks at as if it were
 * new; but who asked for it waits for its end, not for that of what it was. */
static void
take_anew(LtIngest *run, const LtSource *source)
{
    gboolean offered = run->feed.offer && !lt_queue_asks(run, source->path) &&
                       run->feed.offer(run, source->path, run->feed.user_data);

    if (!run->walk && !offered)
        await_stillness(run, source);
    else if (lt_filing_end_source(run, source, LT_LEDGER_SKIPPED, _(earlier_state), NULL, 0) &&
             !offered)
        take_as_it_is(run, source->path);
}

/* A file that grows: a batch says so and leaves it to the next one, a watcher waits for its end. */
static void
leave_growing(LtIngest *run, const LtSource *source, const char *reason)
{
    if (run->walk)
        lt_filing_end_source(run, source, LT_LEDGER_QUARANTINED, reason, NULL, 0);
    else
        take_anew(run, source);
}

static gboolean
is_as_seen(const LtSource *source, int fd)
{
    struct stat info;

    return fstat(fd, &info) == 0 && (guint64)info.st_size == source->size &&
           lt_mtime_ns(&info) == source->mtime_ns;
}

/* The copy of an original came to nothing. */
static void
copy_failed(LtIngest *run, const LtSource *source, int fd, GError *error_taken)
{
    g_autoptr(GError) error = error_taken;

    /* A quota shows in nothing but this, and a smaller file may have room. */
    if (run->feed.has_room && g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_FULL))
        lt_filing_await(run, source, lt_reason_for_room(), PAUSES_OF_FULL);
    else if (!g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_CHANGED))
        lt_run_fail(run, g_steal_pointer(&error));
    else if (!run->walk && is_as_seen(source, fd)) /* its disk fails: not again at once */
        lt_filing_put_off_source(run, source, error->message);
    else
        leave_growing(run, source, error->message);
}

/* Copies the original into the archive, which is the last time that the source is needed. */
static void
store_original(LtIngest *run, LtSource *source_taken, int fd, const char *format)
{
    g_autoptr(LtSource) source = source_taken;
    g_autoptr(GError) error = NULL;
    g_autofree char *sha256 = NULL;
    guint64 size = source->size;

    if (run->feed.has_room && !run->feed.has_room(run, source->size, run->feed.user_data)) {
        lt_filing_await(run, source, lt_reason_for_room(), 1);
        return;
    }
    if (!lt_store_check_in_place(run->store, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    if (!lt_store_keep_original(run->store, fd, &sha256, &size, &error)) {
        copy_failed(run, source, fd, g_steal_pointer(&error));
        return;
    }
    if (!lt_store_ledger_set(run->store, source->row, LT_LEDGER_STORED, NULL, sha256, 0, &error)) {
        lt_run_fail(run, g_steal_pointer(&error));
        return;
    }
    begin_document(run, g_steal_pointer(&source), sha256, format);
}

/* Looks into an open file that has its row. */
static void
admit(LtIngest *run, LtSource *source_taken, int fd)
{
    g_autoptr(LtSource) source = source_taken;
    const LtKind *kind = lt_kind_of_file(fd);
    g_autofree char *reason = NULL;

    if (!kind) {
        reason = lt_reason_for_errno(errno);
        lt_filing_put_off_source(run, source, reason);
    } else if (source->size == 0) {
        lt_filing_end_source(run, source, LT_LEDGER_QUARANTINED,
                             _("empty file; scan or copy it again"), NULL, 0);
    } else if (!kind->format) {
        reason = g_strdup_printf(_("not a document: %s"), _(kind->what));
        lt_filing_end_source(run, source, LT_LEDGER_SKIPPED, reason, NULL, 0);
    } else {
        store_original(run, g_steal_pointer(&source), fd, kind->format);
    }
}

/* A file that is there and cannot be opened, for a reason of its own: later it may be. What else a share
 * gives as the reason is told, and a watcher tries again. */
static gboolean
is_closed(const LtIngest *run, const char *path, int code, struct stat *ret_info)
{
    gboolean may_pass = run->walk ? code == EACCES || code == EPERM || code == EIO
                                  : code != ENOENT && code != ENOTDIR && code != ELOOP;

    return may_pass && stat(path, ret_info) == 0 && S_ISREG(ret_info->st_mode);
}

/* Hours may lie between a watcher's look at a file and its turn. One that changed meanwhile is looked at anew. */
static gboolean
leave_changed(LtIngest *run, const LtFound *found, const struct stat *info)
{
    gboolean same = (guint64)info->st_size == found->size && lt_mtime_ns(info) == found->mtime_ns;

    if (found->mtime_ns == 0 || same || lt_queue_asks(run, found->path) || !run->feed.offer ||
        !run->feed.offer(run, found->path, run->feed.user_data))
        return FALSE;
    run->progress.files--;
    run->feed.ended(run, found->path, LT_OUTCOME_WAITING, run->feed.user_data);
    return TRUE;
}

/* Whoever opened it would wait, perhaps for ever. */
static gboolean
is_hung(LtIngest *run, const char *path)
{
    return run->feed.is_hung && run->feed.is_hung(run, path, run->feed.user_data);
}

static void
take_file(LtIngest *run, const LtFound *found)
{
    const char *path = found->path;
    struct stat info;
    g_autoptr(LtLedgerRow) row = NULL;
    g_autoptr(LtSource) source = NULL;
    int fd = open_source(run, path, &info);
    int failed = errno;
    g_autofree char *trouble = fd < 0 ? lt_reason_for_errno(failed) : NULL;

    if (fd < 0 && !is_closed(run, path, failed, &info)) {
        lt_run_end_file(run, path, LT_OUTCOME_FAILED, trouble, NULL, 0);
        return;
    }
    if (fd < 0 || !leave_changed(run, found, &info))
        row = see(run, path, (guint64)info.st_size, lt_mtime_ns(&info), fd);
    if (row)
        source = lt_source_new(row->id, row->path, row->size, row->mtime_ns);
    if (source && fd < 0)
        lt_filing_put_off_source(run, source, trouble);
    else if (source)
        admit(run, g_steal_pointer(&source), fd);
    if (fd >= 0)
        close(fd);
}

/* A file that stays as it is, and is not whole, or that is none: its row tells when it changes. */
static void
take_as_found(LtIngest *run, const LtFound *found, LtLedgerState state)
{
    g_autoptr(LtLedgerRow) row = see(run, found->path, found->size, found->mtime_ns, -1);
    g_autoptr(LtSource) source = NULL;

    if (!row)
        return;
    source = lt_source_new(row->id, row->path, row->size, row->mtime_ns);
    lt_filing_end_source(run, source, state, found->reason, NULL, 0);
}

/* Goes on from the archive's own copy; the source may be gone by now. */
static gboolean
resume_stored(LtIngest *run, const LtLedgerRow *row)
{
    g_autoptr(GError) error = NULL;
    const LtKind *kind;
    int fd = lt_store_open_original(run->store, row->sha256, &error);

    if (fd < 0 && g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND))
        return FALSE;
    if (fd < 0) {
        lt_run_fail(run, g_steal_pointer(&error));
        return TRUE;
    }
    kind = lt_kind_of_file(fd);
    close(fd);
    if (!kind || !kind->format)
        return FALSE;
    begin_document(run, lt_source_new(row->id, row->path, row->size, row->mtime_ns), row->sha256,
                   kind->format);
    return TRUE;
}

/* The file of a row that nothing was kept of cannot be opened. */
static void
resume_closed(LtIngest *run, const LtSource *source, int code)
{
    g_autofree char *trouble = lt_reason_for_errno(code);
    gboolean is_away =
        run->feed.is_away && run->feed.is_away(run, source->path, run->feed.user_data);
    struct stat info;

    if ((code == ENOENT || code == ENOTDIR) && !is_away)
        lt_filing_end_source(run, source, LT_LEDGER_QUARANTINED, _("gone before it was read"), NULL,
                             0);
    else if (!run->walk || is_closed(run, source->path, code, &info))
        lt_filing_put_off_source(run, source, trouble);
    else { /* It may well be there: the row stays as it is. */
        lt_run_let_go(run, source->row);
        lt_run_end_file(run, source->path, LT_OUTCOME_FAILED, trouble, NULL, 0);
    }
}

static void
resume_seen(LtIngest *run, const LtLedgerRow *row)
{
    g_autoptr(LtSource) source = lt_source_new(row->id, row->path, row->size, row->mtime_ns);
    struct stat info;
    int fd;

    if (is_hung(run, row->path)) {
        lt_filing_put_off_source(run, source, lt_reason_for_hung());
        return;
    }
    fd = open_source(run, row->path, &info);
    if (fd < 0) {
        resume_closed(run, source, errno);
        return;
    }
    if ((guint64)info.st_size == row->size && lt_mtime_ns(&info) == row->mtime_ns)
        admit(run, g_steal_pointer(&source), fd);
    else
        take_anew(run, source);
    close(fd);
}

static void
resume(LtIngest *run, const LtLedgerRow *row)
{
    if (!row->sha256 || !resume_stored(run, row))
        resume_seen(run, row);
}

gboolean
lt_intake_resume(LtIngest *run)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    if (run->options.dry_run)
        return TRUE;
    /* Who tries again by himself keeps to the pauses: a start is no try. */
    rows = lt_store_ledger_unfinished(run->store, run->options.retries == 0, &error);
    if (!rows)
        return lt_run_fail(run, g_steal_pointer(&error));
    g_ptr_array_set_free_func(rows, NULL);
    for (guint i = 0; i < rows->len; i++) {
        LtFound *found = g_new0(LtFound, 1);

        found->kind = LT_FOUND_RESUME;
        found->row = g_ptr_array_index(rows, i);
        found->path = g_strdup(found->row->path);
        take_up(run, found->row->id);
        g_hash_table_add(run->resumed, g_strdup(found->path));
        g_queue_push_tail(&run->found, found);
        run->progress.files++;
    }
    lt_run_report(run, LT_INGEST_FOUND);
    return TRUE;
}

gboolean
lt_intake_due(LtIngest *run)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows =
        lt_store_ledger_due(run->store, DUE_AT_ONCE, is_taken_up, run, &error);

    if (!rows)
        return lt_run_fail(run, g_steal_pointer(&error));
    for (guint i = 0; i < rows->len; i++) {
        LtLedgerRow *row = g_ptr_array_index(rows, i);
        LtFound *found;

        /* Here and not when its turn comes: else it would be found anew until then, and once more be
         * taken as it was before it came to its end. */
        if (!take_up(run, row->id))
            continue;
        found = g_new0(LtFound, 1);
        found->kind = LT_FOUND_RESUME;
        found->path = g_strdup(row->path);
        found->row = row;
        g_ptr_array_index(rows, i) = NULL;
        lt_run_push(run, found);
    }
    return TRUE;
}

/* What would be done, from what can be seen without touching anything. */
static void
foretell(LtIngest *run, const char *path)
{
    g_autoptr(LtLedgerRow) row = NULL;
    g_autofree char *reason = NULL;
    const LtKind *kind = NULL;
    struct stat info;
    int fd = open_source(run, path, &info);

    if (fd >= 0) {
        kind = lt_kind_of_file(fd);
        close(fd);
    }
    if (!kind) {
        reason = lt_reason_for_errno(errno);
        lt_run_end_file(run, path, LT_OUTCOME_FAILED, reason, NULL, 0);
        return;
    }
    if (run->store)
        row =
            lt_store_ledger_find(run->store, path, (guint64)info.st_size, lt_mtime_ns(&info), NULL);
    if (row && is_settled(row, kind)) {
        lt_run_end_file(run, path, LT_OUTCOME_UNCHANGED, row->reason, NULL, row->document);
    } else if (info.st_size == 0) {
        lt_run_end_file(run, path, LT_LEDGER_QUARANTINED, _("empty file; scan or copy it again"),
                        NULL, 0);
    } else if (!kind->format) {
        reason = g_strdup_printf(_("not a document: %s"), _(kind->what));
        lt_run_end_file(run, path, LT_LEDGER_SKIPPED, reason, NULL, 0);
    } else {
        lt_run_end_file(run, path, LT_LEDGER_SEEN, NULL, NULL, 0);
    }
}

void
lt_intake_take(LtIngest *run, const LtFound *found)
{
    switch (found->kind) {
    case LT_FOUND_FILE:
        if (run->options.dry_run)
            foretell(run, found->path);
        else if (run->follow)
            lt_follow_take(run, found->path);
        else if (is_hung(run, found->path))
            lt_filing_leave_hung(run, found->path);
        else
            take_file(run, found);
        break;
    case LT_FOUND_SKIP:
        if (run->options.dry_run || run->follow)
            lt_run_end_file(run, found->path, LT_LEDGER_SKIPPED, found->reason, NULL, 0);
        else
            take_as_found(run, found, LT_LEDGER_SKIPPED);
        break;
    case LT_FOUND_FOLDER:
        lt_run_end_file(run, found->path, LT_LEDGER_SKIPPED, found->reason, NULL, 0);
        break;
    case LT_FOUND_FAILED:
        lt_run_end_file(run, found->path, LT_OUTCOME_FAILED, found->reason, NULL, 0);
        break;
    case LT_FOUND_RESUME:
        resume(run, found->row);
        break;
    case LT_FOUND_BROKEN:
        if (run->options.dry_run || run->follow)
            lt_run_end_file(run, found->path, LT_LEDGER_QUARANTINED, found->reason, NULL, 0);
        else
            take_as_found(run, found, LT_LEDGER_QUARANTINED);
        break;
    case LT_FOUND_FILED:
        lt_recognise_begin(run, found->document);
        break;
    }
}
