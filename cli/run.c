#include "cli/run.h"

#include <signal.h>

#include <glib-unix.h>

#define TICK_MS 500 /* the time left goes on counting down between two pages */

typedef struct {
    LtIngest *ingest;
    LtProgressBar *bar;
} Run;

static gboolean
on_interrupt(gpointer user_data)
{
    Run *run = user_data;

    lt_progress_bar_hide(run->bar);
    if (lt_ingest_stopped(run->ingest))
        fprintf(stderr, _("Stopping at once\n"));
    else
        fprintf(stderr,
                _("Stopping: what is under way is put away first; again to stop at once\n"));
    lt_ingest_stop(run->ingest);
    return G_SOURCE_CONTINUE;
}

static gboolean
on_tick(gpointer user_data)
{
    Run *run = user_data;

    lt_progress_bar_update(run->bar, lt_ingest_progress(run->ingest));
    return G_SOURCE_CONTINUE;
}

static gboolean
on_resize(gpointer user_data)
{
    Run *run = user_data;

    lt_progress_bar_draw(run->bar);
    return G_SOURCE_CONTINUE;
}

gboolean
lt_cli_run(LtIngest *ingest, LtProgressBar *bar, const char *const *paths, GError **error)
{
    Run run = {ingest, bar};
    const guint sources[] = {
        g_unix_signal_add(SIGINT, on_interrupt, &run),
        g_unix_signal_add(SIGTERM, on_interrupt, &run),
        g_unix_signal_add(SIGWINCH, on_resize, &run),
        g_timeout_add(TICK_MS, on_tick, &run),
    };
    gboolean done = lt_ingest_run(ingest, paths, error);

    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++)
        g_source_remove(sources[i]);
    return done;
}

LtExit
lt_cli_run_exit(LtIngest *ingest)
{
    const LtIngestProgress *progress = lt_ingest_progress(ingest);

    if (lt_ingest_stopped(ingest))
        return LT_EXIT_INTERRUPTED;
    if (progress->failed + progress->held + progress->quarantined + progress->stayed > 0)
        return LT_EXIT_PARTLY;
    return LT_EXIT_DONE;
}
