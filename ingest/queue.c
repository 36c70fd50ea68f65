/* The queue: files that other programs ask the run to take which holds the archive. They take the same
 * way as files that it found; whoever asked is told how each ended. */
#include "ingest/run.h"

#define TAKEN_AT_ONCE 64u

static void
free_rows(gpointer rows)
{
    g_array_unref(rows);
}

void
lt_queue_init(LtIngest *run)
{
    run->queued = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_rows);
}

void
lt_queue_clear(LtIngest *run)
{
    g_clear_pointer(&run->queued, g_hash_table_unref);
}

static void
take(LtIngest *run, LtQueueRow *row)
{
    GArray *rows = g_hash_table_lookup(run->queued, row->path);
    LtFound *found;

    run->last_queued = row->id;
    if (rows) {
        g_array_append_val(rows, row->id);
        return;
    }
    rows = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_array_append_val(rows, row->id);
    g_hash_table_insert(run->queued, g_strdup(row->path), rows);
    found = g_new0(LtFound, 1);
    found->kind = LT_FOUND_FILE;
    found->path = g_steal_pointer(&row->path);
    found->asked = TRUE;
    run->n_asked++;
    lt_run_push(run, found);
}

gboolean
lt_queue_take(LtIngest *run)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    if (run->n_asked >= TAKEN_AT_ONCE)
        return FALSE;
    rows = lt_store_queue_open(run->store, run->last_queued, TAKEN_AT_ONCE, &error);
    if (!rows)
        return lt_run_fail(run, g_steal_pointer(&error));
    for (guint i = 0; i < rows->len; i++)
        take(run, g_ptr_array_index(rows, i));
    run->queue_wanted = rows->len == TAKEN_AT_ONCE;
    return rows->len > 0;
}

gboolean
lt_queue_asks(const LtIngest *run, const char *path)
{
    return g_hash_table_contains(run->queued, path);
}

void
lt_queue_ended(LtIngest *run, const LtIngestEvent *event)
{
    const GArray *rows = g_hash_table_lookup(run->queued, event->path);
    g_autoptr(GError) error = NULL;

    if (!rows)
        return;
    for (guint i = 0; i < rows->len && !error; i++)
        lt_store_queue_end(run->store, g_array_index(rows, gint64, i), event->outcome,
                           event->reason, event->document, &error);
    if (error)
        lt_run_fail(run, g_steal_pointer(&error));
    g_hash_table_remove(run->queued, event->path);
}
