/* luutru-worker: reads documents for the coordinator at the other end of descriptor 3, as ocr.h
 * says.
 *
 *   --no-sandbox     without walls, to compare what is read with and without
 *   --require-sandbox  ends where one of the walls cannot be built
 *   --probe-sandbox  tries the walls, prints what held, and ends
 *   --verbose        leaves what Poppler and the others print on stderr */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ocr/cut.h"
#include "ocr/document.h"
#include "ocr/sandbox.h"
#include "ocr/scan.h"

#define STANDARD_MODELS "/usr/share/tesseract-ocr/5/tessdata"

#ifdef __SANITIZE_ADDRESS__
/* The search for leaks at the end traces the process, which the sandbox forbids. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

typedef struct {
    LtDocument *document; /* (nullable) of the last token */
    guint64 token;
    LtEngine *engine; /* (nullable) opened by the first page to be recognised */
} Worker;

static void
worker_clear(Worker *worker)
{
    g_clear_pointer(&worker->document, lt_document_close);
    g_clear_pointer(&worker->engine, lt_engine_close);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Worker, worker_clear)

static gboolean
answer(const LtOcrMessage *message, GError **error)
{
    return lt_ocr_send(LT_OCR_SOCKET_FD, message, error);
}

static gboolean
answer_failed(guint64 token, guint page, const GError *cause, GError **error)
{
    LtOcrMessage message = {.kind = LT_OCR_FAILED, .token = token, .page = page, .fd = -1};

    message.code = cause->domain == LT_OCR_ERROR ? (LtOcrError)cause->code : LT_OCR_ERROR_INTERNAL;
    message.detail = cause->message;
    return answer(&message, error);
}

static gboolean
answer_page(guint64 token, LtPage *page, GError **error)
{
    LtOcrMessage message = {.kind = LT_OCR_PAGE, .token = token, .read = page, .fd = -1};

    return answer(&message, error);
}

static gboolean
answer_needs(guint64 token, guint page, LtLayerVerdict verdict, GError **error)
{
    g_autofree char *why = g_strdup(lt_layer_verdict_name(verdict));
    LtOcrMessage message = {
        .kind = LT_OCR_NEEDS, .token = token, .page = page, .detail = why, .fd = -1};

    return answer(&message, error);
}

/* Opens the document that came with a request, or keeps the one that is open for its token. */
static gboolean
take_document(Worker *worker, LtOcrMessage *request, guint page_limit, GError **error)
{
    int fd = request->fd;

    if (request->kind != LT_OCR_OPEN && worker->document && worker->token == request->token)
        return TRUE;
    g_clear_pointer(&worker->document, lt_document_close);
    request->fd = -1;
    worker->token = request->token;
    worker->document = lt_document_open(fd, page_limit, error);
    return worker->document != NULL;
}

/* Trouble of one page must not keep the others from being read: whoever asks for that page to be
 * recognised is told. */
static gboolean
is_pages_trouble(const GError *cause)
{
    return g_error_matches(cause, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED) ||
           g_error_matches(cause, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE);
}

static gboolean
read_layer(Worker *worker, guint number, gboolean *ret_failed, GError **error)
{
    LtLayerVerdict verdict = LT_LAYER_NONE;
    g_autoptr(LtPage) page = NULL;
    g_autoptr(GError) cause = NULL;

    *ret_failed = !lt_document_read_layer(worker->document, number, &page, &verdict, &cause) &&
                  !is_pages_trouble(cause);
    if (*ret_failed)
        return answer_failed(worker->token, number, cause, error);
    if (page)
        return answer_page(worker->token, page, error);
    return answer_needs(worker->token, number, verdict, error);
}

static gboolean
answer_done(Worker *worker, GError **error)
{
    static const char *const DAMAGED[] = {"damaged", NULL};
    LtOcrMessage message = {.kind = LT_OCR_DONE, .token = worker->token, .fd = -1};

    if (lt_document_is_damaged(worker->document))
        message.doubts = (char **)DAMAGED;
    return answer(&message, error);
}

static gboolean
handle_open(Worker *worker, LtOcrMessage *request, GError **error)
{
    LtOcrMessage opened = {.kind = LT_OCR_OPENED, .token = request->token, .fd = -1};
    g_autoptr(GError) cause = NULL;
    gboolean failed = FALSE;

    if (!take_document(worker, request, request->page_count, &cause))
        return answer_failed(request->token, 0, cause, error);
    opened.page_count = lt_document_n_pages(worker->document);
    if (!answer(&opened, error))
        return FALSE;
    for (guint number = 1; number <= opened.page_count && !failed; number++)
        if (!read_layer(worker, number, &failed, error))
            return FALSE;
    return failed || answer_done(worker, error);
}

/* Returns: (transfer full) (nullable) */
static LtPage *
recognise(Worker *worker, guint number, GError **error)
{
    g_auto(LtPagePicture) picture = {0};

    if (!worker->engine && !(worker->engine = lt_engine_open(error)))
        return NULL;
    if (!lt_document_picture(worker->document, number, &picture, error))
        return NULL;
    return lt_scan_read(worker->engine, &picture, number, error);
}

static gboolean
handle_recognise(Worker *worker, LtOcrMessage *request, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(LtPage) page = NULL;

    if (take_document(worker, request, LT_OCR_MAX_PAGES, &cause))
        page = recognise(worker, request->page, &cause);
    if (!page)
        return answer_failed(request->token, request->page, cause, error);
    return answer_page(request->token, page, error);
}

/* Returns: (transfer full) (nullable) a PNG. */
static GBytes *
cut(Worker *worker, const LtOcrMessage *request, GError **error)
{
    g_auto(LtPagePicture) picture = {0};

    if (!lt_document_picture(worker->document, request->page, &picture, error))
        return NULL;
    return lt_picture_cut(picture.pix, &request->box, error);
}

static gboolean
handle_cut(Worker *worker, LtOcrMessage *request, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) png = NULL;
    LtOcrMessage message = {.kind = LT_OCR_CUTTING, .token = request->token, .fd = -1};

    if (take_document(worker, request, LT_OCR_MAX_PAGES, &cause))
        png = cut(worker, request, &cause);
    if (!png)
        return answer_failed(request->token, request->page, cause, error);
    message.picture = png;
    return answer(&message, error);
}

/* Returns: (transfer full) (nullable) a JPEG. */
static GBytes *
show(Worker *worker, const LtOcrMessage *request, GError **error)
{
    g_auto(LtPagePicture) picture = {0};

    if (!lt_document_show(worker->document, request->page, request->dpi, &picture, error))
        return NULL;
    return lt_picture_show(picture.pix, error);
}

static gboolean
handle_show(Worker *worker, LtOcrMessage *request, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) jpeg = NULL;
    LtOcrMessage message = {.kind = LT_OCR_SHOWING, .token = request->token, .fd = -1};

    if (take_document(worker, request, LT_OCR_MAX_PAGES, &cause))
        jpeg = show(worker, request, &cause);
    if (!jpeg)
        return answer_failed(request->token, request->page, cause, error);
    message.picture = jpeg;
    return answer(&message, error);
}

static gboolean
handle(Worker *worker, LtOcrMessage *request, GError **error)
{
    switch (request->kind) {
    case LT_OCR_OPEN:
        return handle_open(worker, request, error);
    case LT_OCR_CUT:
        return handle_cut(worker, request, error);
    case LT_OCR_SHOW:
        return handle_show(worker, request, error);
    default:
        return handle_recognise(worker, request, error);
    }
}

static gboolean
serve(char **missing, GError **error)
{
    g_auto(Worker) worker = {0};
    LtOcrMessage ready = {.kind = LT_OCR_READY, .detail = (char *)LUUTRU_VERSION, .fd = -1};

    ready.doubts = missing;
    if (!answer(&ready, error))
        return FALSE;
    for (;;) {
        g_auto(LtOcrMessage) request = LT_OCR_MESSAGE_INIT;

        if (!lt_ocr_receive(LT_OCR_SOCKET_FD, &request, error))
            return FALSE;
        if (!handle(&worker, &request, error))
            return FALSE;
    }
}

typedef struct {
    gboolean no_sandbox, require_sandbox, probe_sandbox, verbose;
    const char *models;
    char *missing[3]; /* walls that could not be built */
} Options;

static gboolean
enter(Options *options, GError **error)
{
    static char LANDLOCK[] = "landlock", SECCOMP[] = "seccomp";
    LtWalls walls;
    guint n = 0;

    if (options->no_sandbox)
        return TRUE;
    if (!lt_sandbox_enter(options->models, &walls, error))
        return FALSE;
    if (!walls.landlock)
        options->missing[n++] = LANDLOCK;
    if (!walls.seccomp)
        options->missing[n++] = SECCOMP;
    if (n == 0 || !options->require_sandbox)
        return TRUE;
    g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_SETUP,
                _("the sandbox cannot be built whole: this system has no %s"), options->missing[0]);
    return FALSE;
}

/* What libraries print about a hostile file has no limit and no reader: once the walls stand, it
 * goes nowhere. */
static gboolean
prepare(Options *options, GError **error)
{
    gboolean prepared;
    int null;

    close_range(LT_OCR_SOCKET_FD + 1, ~0u, 0);      /* whatever was left open by mistake */
    null = open("/dev/null", O_WRONLY | O_CLOEXEC); /* which the sandbox forbids */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setMsgSeverity(L_SEVERITY_NONE);
    prepared = enter(options, error);
    if (null < 0)
        return prepared;
    if (prepared && !options->verbose)
        dup2(null, STDERR_FILENO);
    close(null);
    return prepared;
}

/* Where models are looked for, by Tesseract too. A home folder's font settings would change what is
 * rendered, and the sandbox hides them: so there is none. */
static const char *
prepare_environment(void)
{
    const char *models = g_getenv("LUUTRU_TESSDATA");

    if (!models || !*models)
        models = STANDARD_MODELS;
    g_setenv("TESSDATA_PREFIX", models, TRUE);
    g_setenv("HOME", "/nonexistent", TRUE);
    g_unsetenv("XDG_CONFIG_HOME");
    g_unsetenv("XDG_DATA_HOME");
    g_unsetenv("XDG_CACHE_HOME");
    return models;
}

int
main(int argc, char **argv)
{
    Options options = {.models = prepare_environment()};
    const GOptionEntry entries[] = {
        {.long_name = "no-sandbox", .arg_data = &options.no_sandbox},
        {.long_name = "require-sandbox", .arg_data = &options.require_sandbox},
        {.long_name = "probe-sandbox", .arg_data = &options.probe_sandbox},
        {.long_name = "verbose", .arg_data = &options.verbose},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "luutru-worker: %s\n", error->message);
        return 2;
    }
    if (options.probe_sandbox)
        return lt_sandbox_probe(options.models, stdout) ? 0 : 1;
    if (!prepare(&options, &error)) {
        fprintf(stderr, "luutru-worker: %s\n", error->message);
        answer_failed(0, 0, error, NULL);
        return 1;
    }
    if (serve(options.missing, &error) || g_error_matches(error, LT_OCR_ERROR, LT_OCR_ERROR_CLOSED))
        return 0;
    fprintf(stderr, "luutru-worker: %s\n", error->message);
    return 1;
}
