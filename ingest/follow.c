/* A run beside a watcher, which holds the archive: it puts what it finds into the watcher's queue, and
 * reports what became of each file as if it had taken it itself. Moving sources is its own affair. */
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "ingest/run.h"

#define PUT_AT_ONCE 256u /* files in one transaction */
#define ASK_MS 100u
#define WONDER_SECONDS 2          /* between two looks at why files wait */
#define MOST_WONDERED_ABOUT 1024u /* files in a look */

struct LtFollow {
    char *ticket;
    GPtrArray *to_put;  /* of char * */
    GHashTable *asked;  /* path that is asked for -> LtSource, as it was named and as it was then */
    GHashTable *told;   /* of char *: of these why they wait was told */
    gint64 next_wonder; /* monotonic, microseconds */
    gint64 until;       /* monotonic; 0: as long as it takes */
    GSource *timer;
};

static void
free_source(gpointer source)
{
    lt_source_free(source);
}

void
lt_follow_free(LtFollow *follow)
{
    if (!follow)
        return;
    g_source_destroy(follow->timer);
    g_source_unref(follow->timer);
    g_ptr_array_unref(follow->to_put);
    g_hash_table_unref(follow->asked);
    g_hash_table_unref(follow->told);
    g_free(follow->ticket);
    g_free(follow);
}

static void
put(LtIngest *run)
{
    g_autoptr(GError) error = NULL;
    LtFollow *follow = run->follow;

    if (follow->to_put->len > 0 &&
        !lt_store_queue_put(run->store, follow->ticket, follow->to_put, &error))
        lt_run_fail(run, g_steal_pointer(&error));
    g_ptr_array_set_size(follow->to_put, 0);
}

void
lt_follow_take(LtIngest *run, const char *path)
{
    LtFollow *follow = run->follow;
    /* A watcher follows no links; the person who names one means what it leads to. */
    g_autofree char *resolved = lt_walk_resolve(path);
    const char *wanted = resolved ? resolved : path;
    struct stat info = {0};

    if (g_hash_table_contains(follow->asked, wanted)) {
        run->progress.files--;
        return;
    }
    /* Where it is gone by now the watcher says so. */
    (void)!stat(path, &info);
    g_hash_table_insert(follow->asked, g_strdup(wanted),
                        lt_source_new(0, path, (guint64)info.st_size, lt_mtime_ns(&info)));
    g_ptr_array_add(follow->to_put, g_strdup(wanted));
    if (follow->to_put->len >= PUT_AT_ONCE)
        put(run);
}

/* The state or other outcome of that name. */
static guint
find_outcome(const char *name)
{
    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        if (g_str_equal(lt_ledger_state_name((LtLedgerState)i), name))
            return i;
    return g_str_equal(name, "unchanged") ? LT_OUTCOME_UNCHANGED : LT_OUTCOME_FAILED;
}

static void
tell(LtIngest *run, const LtQueueRow *row)
{
    const LtSource *source = g_hash_table_lookup(run->follow->asked, row->path);
    guint outcome = find_outcome(row->outcome);
    g_autoptr(LtRecord) record = NULL;
    g_autofree char *not_moved = NULL;

    if (!source)
        return;
    /* It may have been removed again since. */
    if (row->document > 0 && outcome != LT_LEDGER_HELD)
        record = lt_store_document(run->store, row->document, FALSE, NULL);
    if (record)
        not_moved = lt_source_settle(run, source, record->sha256);
    if (outcome != LT_LEDGER_FILED)
        g_clear_pointer(&record, lt_record_free);
    run->progress.doubtful += record && record->doubts->len > 0;
    lt_run_end_file(run, source->path, outcome, not_moved ? not_moved : row->reason, record,
                    row->document);
    g_hash_table_remove(run->follow->asked, row->path);
}

static void
give_up(LtIngest *run, gboolean served)
{
    guint n = g_hash_table_size(run->follow->asked);

    /* Who asks again and again must not fill the queue. */
    lt_store_queue_leave(run->store, run->follow->ticket, NULL);
    if (served)
        lt_run_fail(run, g_error_new(LT_STORE_ERROR, LT_STORE_ERROR_BUSY,
                                     g_dngettext(GETTEXT_PACKAGE,
                                                 "%u file still waits in the queue of the watcher, "
                                                 "which will take it: see 'luutru status'",
                                                 "%u files still wait in the queue of the watcher, "
                                                 "which will take them: see 'luutru status'",
                                                 n),
                                     n));
    else
        lt_run_fail(run,
                    g_error_new(LT_STORE_ERROR, LT_STORE_ERROR_BUSY,
                                g_dngettext(GETTEXT_PACKAGE,
                                            "the watcher has ended, and %u file still waits in "
                                            "its queue: run again to take it",
                                            "the watcher has ended, and %u files still wait in "
                                            "its queue: run again to take them",
                                            n),
                                n));
}

/* (transfer full) (nullable) NULL: it is in good hands, as far as can be seen. */
static char *
dup_wait_reason(LtIngest *run, const char *path, const LtWatchNote *note)
{
    g_autoptr(LtLedgerRow) row = lt_store_ledger_latest(run->store, path, NULL);

    if (row && !lt_ledger_state_is_final(row->state) && row->reason)
        return g_strdup(row->reason);
    if (g_strcmp0(note->state, "paused") == 0)
        return g_strdup_printf(_("the watcher is paused: %s"), note->reason ? note->reason : "");
    if (lt_watch_note_is_silent(note))
        return g_strdup_printf(_("the watcher has not said anything since %s (UTC): is it stopped, "
                                 "or its machine busy?"),
                               note->noted_at);
    return NULL;
}

/* Nobody shall wait without knowing what for. */
static void
wonder(LtIngest *run)
{
    LtFollow *follow = run->follow;
    g_auto(LtWatchNote) note = {0};
    GHashTableIter iter;
    gpointer path, source;
    guint n = 0;

    follow->next_wonder = g_get_monotonic_time() + WONDER_SECONDS * (gint64)G_USEC_PER_SEC;
    lt_store_watch_read(run->store, &note, NULL);
    g_hash_table_iter_init(&iter, follow->asked);
    while (n < MOST_WONDERED_ABOUT && g_hash_table_iter_next(&iter, &path, &source)) {
        g_autofree char *reason = NULL;

        if (g_hash_table_contains(follow->told, path))
            continue;
        n++;
        reason = dup_wait_reason(run, path, &note);
        if (!reason)
            continue;
        g_hash_table_add(follow->told, g_strdup(path));
        lt_run_tell_waiting(run, ((const LtSource *)source)->path, reason);
    }
}

static gboolean
on_time(gpointer user_data)
{
    LtIngest *run = user_data;
    LtFollow *follow = run->follow;
    gboolean served = lt_store_is_served(run->store, NULL);
    gboolean over;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    put(run);
    rows = lt_store_queue_collect(run->store, follow->ticket, &error);
    if (!rows) {
        lt_run_fail(run, g_steal_pointer(&error));
        return G_SOURCE_CONTINUE;
    }
    for (guint i = 0; i < rows->len; i++)
        tell(run, g_ptr_array_index(rows, i));
    if (lt_follow_is_over(run) || run->fatal)
        return G_SOURCE_CONTINUE;
    over = !served || (follow->until > 0 && g_get_monotonic_time() >= follow->until);
    if (over || g_get_monotonic_time() >= follow->next_wonder)
        wonder(run);
    if (over)
        give_up(run, served);
    return G_SOURCE_CONTINUE;
}

void
lt_follow_begin(LtIngest *run)
{
    LtFollow *follow = g_new0(LtFollow, 1);

    follow->ticket = g_uuid_string_random();
    follow->to_put = g_ptr_array_new_with_free_func(g_free);
    follow->asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_source);
    follow->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (run->options.follow_seconds >= 0)
        follow->until =
            g_get_monotonic_time() + run->options.follow_seconds * (gint64)G_USEC_PER_SEC;
    follow->timer = g_timeout_source_new(ASK_MS);
    g_source_set_callback(follow->timer, on_time, run, NULL);
    g_source_attach(follow->timer, run->context);
    follow->next_wonder = g_get_monotonic_time() + WONDER_SECONDS * (gint64)G_USEC_PER_SEC;
    run->follow = follow;
}

gboolean
lt_follow_is_over(const LtIngest *run)
{
    return g_hash_table_size(run->follow->asked) == 0;
}
