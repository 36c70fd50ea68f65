/* A worker's deadline, with the program of tests/fault in its place. */
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/worker.h"

#define SECONDS 1 /* of a page */
#define SILENT 3  /* the page that is never answered */

static char *program;

typedef struct {
    GMainLoop *loop;
    LtDocument *document;
    int original_fd;
    guint n_answers;
    gint64 asked; /* the last page */
    LtWorkerEndKind end;
} Run;

static void
ask_page(Run *run, LtWorker *worker)
{
    run->asked = g_get_monotonic_time();
    lt_worker_ask(worker, run->document, run->n_answers + 1, 1, run->original_fd, SECONDS);
}

static void
ready(LtWorker *worker, G_GNUC_UNUSED const char *const *missing, gpointer user_data)
{
    ask_page(user_data, worker);
}

static gboolean
be_busy(G_GNUC_UNUSED gpointer user_data)
{
    g_usleep((SECONDS + 1) * G_USEC_PER_SEC);
    return G_SOURCE_REMOVE;
}

/* The answer to the second page comes at once, and for longer than it has time nobody looks. */
static gboolean
answer(LtWorker *worker, LtOcrMessage *message, gpointer user_data)
{
    Run *run = user_data;

    g_assert_cmpint(message->kind, ==, LT_OCR_PAGE);
    run->n_answers++;
    ask_page(run, worker);
    if (run->n_answers == 1)
        g_idle_add_full(G_PRIORITY_HIGH, be_busy, NULL, NULL);
    return TRUE;
}

static void
ended(G_GNUC_UNUSED LtWorker *worker, const LtWorkerEnd *end, gpointer user_data)
{
    Run *run = user_data;

    run->end = end->kind;
    g_main_loop_quit(run->loop);
}

/* (transfer full) of which every page is bad. */
static int
make_original(void)
{
    static const char BAD[] = "BADBADBAD";
    int fd = memfd_create("original", MFD_CLOEXEC);

    g_assert_cmpint(write(fd, BAD, sizeof BAD), ==, sizeof BAD);
    return fd;
}

/* The deadline falls due while the coordinator is busy with something else, the answer before it. The next page
 * has its own time, and all of it. */
static void
test_busy_coordinator(void)
{
    g_autoptr(LtDocument) document =
        lt_document_new(1, lt_source_new(1, "/a", 10, 20), "ab", "pdf",
                        g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free));
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(GError) error = NULL;
    Run run = {.loop = loop, .document = document, .original_fd = make_original()};
    const LtWorkerHooks hooks = {ready, answer, ended, &run};
    LtWorker *worker = lt_worker_start(program, FALSE, g_main_context_default(), &hooks, &error);

    g_assert_no_error(error);
    g_main_loop_run(loop);
    g_assert_cmpint(run.end, ==, LT_WORKER_STALLED);
    g_assert_cmpuint(run.n_answers, ==, SILENT - 1);
    g_assert_cmpint(g_get_monotonic_time() - run.asked, >=, SECONDS * G_USEC_PER_SEC);
    lt_worker_free(worker);
    close(run.original_fd);
}

int
main(int argc, char **argv)
{
    g_autofree char *folder = g_path_get_dirname(argv[0]);
    int status;

    g_test_init(&argc, &argv, NULL);
    g_setenv("BAD_WORKER", "stall-page", TRUE);
    g_setenv("BAD_PAGE", G_STRINGIFY(SILENT), TRUE);
    program = g_build_filename(folder, "..", "fault", "bad-worker", NULL);
    g_test_add_func("/worker/busy-coordinator", test_busy_coordinator);
    status = g_test_run();
    g_free(program);
    return status;
}
