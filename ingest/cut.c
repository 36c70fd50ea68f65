/* Pages and cut-outs of them for a person's eye, made by a worker from the original: one at a time. */
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ingest/ingest.h"
#include "ingest/reasons.h"
#include "ingest/worker.h"

#define CUT_SECONDS 60u
#define AROUND_X                                                                                   \
    0.03 /* of the page, that is left around the spot: a person wants to see where it is */
#define AROUND_Y 0.012

struct LtCutter {
    GMainContext *context;
    LtWorkerHooks hooks;
    LtWorker *worker;
    GBytes *picture; /* that was asked for last */
    LtOcrKind wanted;
    char *sha256;  /* (nullable) of the document that the worker has open under token */
    char *failure; /* (nullable) why there is none */
    char *missing; /* walls around the worker, once it is up */
    const char *program;
    GError *broken; /* (nullable) why it did not come up */
    gboolean waiting;
    guint64 token;
};

static void
is_ready(G_GNUC_UNUSED LtWorker *worker, const char *const *missing, gpointer user_data)
{
    LtCutter *cutter = user_data;

    cutter->missing = g_strjoinv(", ", (char **)missing);
    cutter->waiting = FALSE;
}

static gboolean
take_answer(G_GNUC_UNUSED LtWorker *worker, LtOcrMessage *message, gpointer user_data)
{
    LtCutter *cutter = user_data;

    if (message->token != cutter->token ||
        (message->kind != cutter->wanted && message->kind != LT_OCR_FAILED))
        return FALSE;
    if (message->kind == cutter->wanted)
        cutter->picture = g_bytes_ref(message->picture);
    else
        cutter->failure = g_strdup(message->detail);
    cutter->waiting = FALSE;
    return TRUE;
}

static void
has_ended(G_GNUC_UNUSED LtWorker *worker, const LtWorkerEnd *end, gpointer user_data)
{
    LtCutter *cutter = user_data;

    if (!cutter->missing)
        cutter->broken = lt_reason_for_start(cutter->program, end);
    cutter->failure = g_strdup(end->detail ? end->detail : _("the worker ended"));
    cutter->waiting = FALSE;
}

static const LtWorkerHooks HOOKS = {is_ready, take_answer, has_ended, NULL};

void
lt_cutter_free(LtCutter *cutter)
{
    if (!cutter)
        return;
    lt_worker_free(cutter->worker);
    g_main_context_unref(cutter->context);
    g_clear_pointer(&cutter->picture, g_bytes_unref);
    g_free(cutter->sha256);
    g_free(cutter->failure);
    g_free(cutter->missing);
    g_free(cutter);
}

static void
wait_for(LtCutter *cutter)
{
    cutter->waiting = TRUE;
    while (cutter->waiting)
        g_main_context_iteration(cutter->context, TRUE);
}

LtCutter *
lt_cutter_new(const char *program, gboolean require_sandbox, GError **error)
{
    LtCutter *cutter = g_new0(LtCutter, 1);

    cutter->context = g_main_context_new();
    cutter->hooks = HOOKS;
    cutter->program = program;
    cutter->hooks.user_data = cutter;
    cutter->worker =
        lt_worker_start(program, require_sandbox, cutter->context, &cutter->hooks, error);
    if (!cutter->worker) {
        lt_cutter_free(cutter);
        return NULL;
    }
    wait_for(cutter);
    if (cutter->broken) {
        g_propagate_error(error, g_steal_pointer(&cutter->broken));
        lt_cutter_free(cutter);
        return NULL;
    }
    return cutter;
}

/* What is asked of the worker: a cut where box is there, else the page at dpi. */
typedef struct {
    guint page, dpi;
    const LtBox *box; /* (nullable) */
} Wish;

/* The worker keeps a document open for as long as its token is asked for. */
static LtDocument *
name_document(LtCutter *cutter, const char *sha256)
{
    if (g_strcmp0(cutter->sha256, sha256) != 0) {
        g_free(cutter->sha256);
        cutter->sha256 = g_strdup(sha256);
        cutter->token++;
    }
    return lt_document_new(cutter->token, NULL, sha256, NULL,
                           g_ptr_array_new_with_free_func((GDestroyNotify)lt_page_free));
}

static void
ask(LtCutter *cutter, const char *sha256, const Wish *wish, int fd)
{
    LtDocument *document = name_document(cutter, sha256);

    cutter->wanted = wish->box ? LT_OCR_CUTTING : LT_OCR_SHOWING;
    if (wish->box)
        lt_worker_cut(cutter->worker, document, wish->page, wish->box, fd, CUT_SECONDS);
    else
        lt_worker_show(cutter->worker, document, wish->page, wish->dpi, fd, CUT_SECONDS);
    wait_for(cutter);
    if (!lt_worker_is_dead(cutter->worker))
        lt_worker_rest(cutter->worker);
    lt_document_free(document);
}

static GBytes *
fulfil(LtCutter *cutter, LtStore *store, const char *sha256, const Wish *wish, GError **error)
{
    int fd = cutter->failure ? -1 : lt_store_open_original(store, sha256, error);

    if (fd >= 0) {
        ask(cutter, sha256, wish, fd);
        close(fd);
    }
    if (cutter->picture)
        return g_steal_pointer(&cutter->picture);
    if (error && !*error)
        g_set_error(error, LT_INGEST_ERROR, LT_INGEST_ERROR_WORKER,
                    wish->box ? _("page %u cannot be cut: %s") : _("page %u cannot be shown: %s"),
                    wish->page, cutter->failure);
    if (!lt_worker_is_dead(cutter->worker))
        g_clear_pointer(&cutter->failure, g_free);
    return NULL;
}

GBytes *
lt_cutter_cut(LtCutter *cutter, LtStore *store, const char *sha256, guint page, const LtBox *box,
              GError **error)
{
    const LtBox wide = {MAX(0, box->x0 - AROUND_X), MAX(0, box->y0 - AROUND_Y),
                        MIN(1, box->x1 + AROUND_X), MIN(1, box->y1 + AROUND_Y)};
    const Wish wish = {.page = page, .box = &wide};

    return fulfil(cutter, store, sha256, &wish, error);
}

GBytes *
lt_cutter_show(LtCutter *cutter, LtStore *store, const char *sha256, guint page, guint dpi,
               GError **error)
{
    const Wish wish = {.page = page, .dpi = dpi};

    return fulfil(cutter, store, sha256, &wish, error);
}

char *
lt_cutter_warning(const LtCutter *cutter)
{
    if (!cutter->missing || cutter->missing[0] == '\0')
        return NULL;
    return g_strdup_printf(_("this system lets no walls of this kind be built around what reads "
                             "files: %s. Pages are shown without"),
                           cutter->missing);
}

gboolean
lt_cutter_is_dead(const LtCutter *cutter)
{
    return lt_worker_is_dead(cutter->worker);
}
