/* One file of a watched folder, from the first sight of it until it is handed to the run: what the ledger
 * knows of it, whether it is whole, and how long it has lain still. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ingest/move.h"
#include "ingest/reasons.h"
#include "ingest/ripen.h"
#include "ingest/watch.h"

#define OLDEST_QUIET (24 * 3600 * (gint64)G_USEC_PER_SEC)

/* --- handing over --- */

static void
hand_over(LtWatch *watch, LtFound *found)
{
    g_hash_table_remove(watch->candidates, found->path);
    g_hash_table_insert(watch->in_hand, g_strdup(found->path), GINT_TO_POINTER(FALSE));
    lt_run_push(watch->run, found);
}

/* info: (nullable) what it was like when it was found to be whole. */
static void
hand_over_file(LtWatch *watch, const char *path, const struct stat *info)
{
    LtFound *found = g_new0(LtFound, 1);

    found->kind = LT_FOUND_FILE;
    found->path = g_strdup(path);
    found->size = info ? (guint64)info->st_size : 0;
    found->mtime_ns = info ? lt_mtime_ns(info) : 0;
    hand_over(watch, found);
}

static void
hand_over_broken(LtWatch *watch, const char *path, const struct stat *info, const char *reason)
{
    LtFound *found = g_new0(LtFound, 1);

    found->kind = LT_FOUND_BROKEN;
    found->path = g_strdup(path);
    found->reason = g_strdup(reason);
    found->size = (guint64)info->st_size;
    found->mtime_ns = lt_mtime_ns(info);
    hand_over(watch, found);
}

/* --- ripening --- */

static gint64
ctime_ns(const struct stat *info)
{
    return info->st_ctim.tv_sec * G_GINT64_CONSTANT(1000000000) + info->st_ctim.tv_nsec;
}

/* How long a file met for the first time has lain still: what its times say where this machine's own clock
 * set them. */
static gint64
quiet_by_times(const char *path, const struct stat *info)
{
    const LtFilesystem *filesystem = lt_filesystem_of(path);
    gint64 changed = MAX(lt_mtime_ns(info), ctime_ns(info)) / 1000;

    if (!filesystem || filesystem->kind != LT_FILESYSTEM_LOCAL)
        return 0;
    return CLAMP(g_get_real_time() - changed, 0, OLDEST_QUIET);
}

/* The candidate as it is now; NULL where there are too many, and a later look finds it. */
static LtUnripe *
note(LtWatch *watch, const char *path, const struct stat *info, gboolean closed)
{
    LtUnripe *candidate = g_hash_table_lookup(watch->candidates, path);
    gint64 now = g_get_monotonic_time();

    if (!candidate) {
        watch->overfull |= g_hash_table_size(watch->candidates) >= LT_MAX_UNRIPE;
        if (watch->overfull)
            return NULL;
        candidate = g_new0(LtUnripe, 1);
        candidate->seen = g_get_real_time() / G_USEC_PER_SEC;
        candidate->changed = now - quiet_by_times(path, info);
        g_hash_table_insert(watch->candidates, g_strdup(path), candidate);
    } else if (candidate->size != (guint64)info->st_size ||
               candidate->mtime_ns != lt_mtime_ns(info) || candidate->ctime_ns != ctime_ns(info)) {
        candidate->changed = now;
        candidate->closed = FALSE;
    }
    candidate->size = (guint64)info->st_size;
    candidate->mtime_ns = lt_mtime_ns(info);
    candidate->ctime_ns = ctime_ns(info);
    candidate->closed |= closed;
    return candidate;
}

/* Told, and let go of: who looks but once does not wait for it. */
static void
leave_waiting(LtWatch *watch, const char *path, const char *reason)
{
    g_hash_table_remove(watch->candidates, path);
    watch->run->progress.files++;
    lt_run_end_file(watch->run, path, LT_OUTCOME_WAITING, reason, NULL, 0);
}

static void
foretell(LtWatch *watch, const char *path, int whole, const char *reason)
{
    if (whole != LT_WHOLE_NO)
        hand_over_file(watch, path, NULL);
    else
        leave_waiting(watch, path, reason);
}

/* A file larger than the room that is left waits for room by itself; others go on. */
static void
wait_for_room(LtWatch *watch, const char *path)
{
    const char *reason = lt_reason_for_room();
    g_autofree char *shown = NULL;
    g_autofree char *sentence = NULL;

    if (watch->options.once) {
        leave_waiting(watch, path, reason);
        return;
    }
    if (g_hash_table_contains(watch->told, path))
        return;
    lt_watch_remember(watch->told, path);
    shown = lt_reason_show_path(path);
    sentence = g_strdup_printf(_("'%s' waits: %s"), shown, reason);
    lt_watch_say(watch, sentence);
}

static void
judge(LtWatch *watch, const char *path, int fd, const struct stat *info, gboolean closed)
{
    gint64 settle = watch->options.settle_ms * (gint64)1000;
    gint64 patience = watch->options.patience_seconds * (gint64)G_USEC_PER_SEC;
    const LtKind *kind = lt_kind_of_file(fd);
    const char *reason = NULL;
    int whole = kind ? lt_whole_of_file(fd, kind, &reason) : -1;
    LtUnripe *candidate;
    LtRipening file;

    if (whole < 0) { /* its disk fails: the run says how */
        hand_over_file(watch, path, NULL);
        return;
    }
    if (watch->ingest.dry_run) {
        foretell(watch, path, whole, reason);
        return;
    }
    candidate = note(watch, path, info, closed);
    if (!candidate)
        return;
    file = (LtRipening){.document = kind->format != NULL,
                        .whole = (LtWhole)whole,
                        .closed = candidate->closed,
                        .writers = lt_move_writers(fd),
                        .quiet = g_get_monotonic_time() - candidate->changed};
    candidate->next = g_get_monotonic_time() + lt_ripe_again(&file, settle);
    switch (lt_ripe(&file, settle, patience)) {
    case LT_RIPE_NOW:
        if (!kind->format || lt_watch_has_room(watch, (guint64)info->st_size))
            hand_over_file(watch, path, info);
        else
            wait_for_room(watch, path);
        break;
    case LT_RIPE_NEVER:
        hand_over_broken(watch, path, info, reason);
        break;
    case LT_RIPE_NOT_YET:
        break;
    }
}

/* --- what the ledger knows of it --- */

typedef enum { KNOWN_NOT, KNOWN_DONE, KNOWN_SETTLE, KNOWN_IF_WHOLE } Known;

static Known
look_up(LtWatch *watch, const char *path, guint64 size, gint64 mtime_ns)
{
    g_autofree char *folder = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row =
        watch->store ? lt_store_ledger_find(watch->store, path, size, mtime_ns, &error) : NULL;

    if (error) {
        lt_run_fail(watch->run, g_steal_pointer(&error));
        return KNOWN_DONE;
    }
    if (!row)
        return KNOWN_NOT;
    /* The run takes up what is unfinished by itself. */
    if (!lt_ledger_state_is_final(row->state))
        return KNOWN_DONE;
    if (row->state == LT_LEDGER_FILED || row->state == LT_LEDGER_DUPLICATE)
        return watch->ingest.dry_run ||
                       watch->run->feed.action(watch->run, path, &folder, watch) ==
                           LT_SOURCE_KEEP ||
                       lt_watch_is_stuck(watch, path)
                   ? KNOWN_DONE
                   : KNOWN_SETTLE;
    /* Nothing was kept of it: it was broken or could not be read, and may be as it was once more. */
    return row->sha256 || size == 0 || lt_watch_is_stuck(watch, path) ? KNOWN_DONE : KNOWN_IF_WHOLE;
}

/* As far as can be told: of some formats it never can. */
static gboolean
is_whole_document(int fd)
{
    const LtKind *kind = lt_kind_of_file(fd);
    const char *reason;
    int whole = kind && kind->format ? lt_whole_of_file(fd, kind, &reason) : -1;

    return whole >= 0 && whole != LT_WHOLE_NO;
}

static void
examine_open(LtWatch *watch, const char *path, int fd, gboolean closed)
{
    Known known;
    struct stat info;

    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return;
    known = look_up(watch, path, (guint64)info.st_size, lt_mtime_ns(&info));
    if (known == KNOWN_SETTLE)
        hand_over_file(watch, path, NULL);
    else if (known == KNOWN_NOT && lt_walk_is_in_archive(path)) /* one that is just being made */
        g_hash_table_remove(watch->candidates, path);
    else if (known == KNOWN_NOT || (known == KNOWN_IF_WHOLE && is_whole_document(fd)))
        judge(watch, path, fd, &info, closed);
    else
        g_hash_table_remove(watch->candidates, path);
}

/* A file that cannot be opened: when it lies still, the run puts it into the ledger with the reason, and
 * tries again. One that somebody has open for himself alone, as on a share, is still being written. */
static void
examine_closed(LtWatch *watch, const char *path, int code)
{
    gint64 settle = watch->options.settle_ms * (gint64)1000;
    gboolean written = code == EBUSY || code == ETXTBSY || code == EAGAIN; /* that: a lease */
    LtRipening file = {.writers = written ? LT_WRITERS_SOME : LT_WRITERS_NONE};
    LtUnripe *candidate;
    struct stat info;

    if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode) ||
        look_up(watch, path, (guint64)info.st_size, lt_mtime_ns(&info)) != KNOWN_NOT) {
        g_hash_table_remove(watch->candidates, path);
        return;
    }
    candidate = note(watch, path, &info, FALSE);
    if (!candidate)
        return;
    file.quiet = g_get_monotonic_time() - candidate->changed;
    candidate->next = g_get_monotonic_time() + (written ? lt_ripe_again(&file, settle) : settle);
    if (!written && file.quiet >= settle)
        hand_over_file(watch, path, NULL);
}

/* A folder on the way to it is a link by now. The run says so, once. */
static void
examine_beyond_link(LtWatch *watch, const char *path)
{
    if (g_hash_table_contains(watch->told, path))
        return;
    lt_watch_remember(watch->told, path);
    hand_over_file(watch, path, NULL);
}

/* Pipes, links and the like; the row of an earlier look tells that it is known. */
static void
examine_special(LtWatch *watch, LtFound *found_taken)
{
    g_autoptr(LtFound) found = found_taken;

    if (look_up(watch, found->path, 0, found->mtime_ns) == KNOWN_NOT)
        hand_over(watch, g_steal_pointer(&found));
}

void
lt_examine(LtWatch *watch, const char *path, gboolean closed)
{
    LtFound *found;
    int fd;

    if (g_hash_table_contains(watch->in_hand, path)) {
        if (closed)
            g_hash_table_insert(watch->in_hand, g_strdup(path), GINT_TO_POINTER(TRUE));
        return;
    }
    found = lt_walk_look(path);
    if (found && found->kind == LT_FOUND_SKIP) {
        examine_special(watch, found);
        return;
    }
    if (!found || found->kind != LT_FOUND_FILE) {
        g_hash_table_remove(watch->candidates, path);
        lt_found_free(found);
        return;
    }
    lt_found_free(found);
    fd = lt_walk_open(path);
    if (fd >= 0) {
        examine_open(watch, path, fd, closed);
        close(fd);
    } else if (errno == ELOOP) {
        examine_beyond_link(watch, path);
    } else if (errno != ENOENT) {
        examine_closed(watch, path, errno);
    }
}
