/* The worker program, driven over its socket: what it answers to good and bad documents, and its
 * walls. */
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "ocr/ocr-private.h"

#include <cairo-pdf.h>

#include "tests/unit/ocr-inputs.h"

#define DEADLINE_MS 60000
#define A4 "/MediaBox[0 0 595 842]"

typedef struct {
    int socket;
    GPid pid;
    LtOcrReader *reader;
} Client;

static char *
worker_path(void)
{
    const char *path = g_getenv("LUUTRU_WORKER");
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(self);

    return path ? g_strdup(path) : g_build_filename(folder, "..", "..", "luutru-worker", NULL);
}

static void
receive(Client *client, LtOcrMessage *ret_message)
{
    struct pollfd entry = {.fd = client->socket, .events = POLLIN};
    g_autoptr(GError) error = NULL;
    gboolean got = FALSE;

    for (;;) {
        g_assert_true(lt_ocr_reader_next(client->reader, ret_message, &got, &error));
        if (got)
            return;
        g_assert_cmpint(poll(&entry, 1, DEADLINE_MS), ==, 1);
    }
}

static void
start(Client *client, const char *option)
{
    g_autofree char *program = worker_path();
    const char *argv[] = {program, option, NULL};
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "OMP_THREAD_LIMIT", "1", TRUE);
    g_auto(LtOcrMessage) ready = LT_OCR_MESSAGE_INIT;
    g_autoptr(GError) error = NULL;
    const int target = LT_OCR_SOCKET_FD;
    int ends[2];

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
    g_spawn_async_with_pipes_and_fds(NULL, argv, (const char *const *)environment,
                                     G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, -1, -1, -1, &ends[1],
                                     &target, 1, &client->pid, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    close(ends[1]);
    client->socket = ends[0];
    client->reader = lt_ocr_reader_new(client->socket);
    receive(client, &ready);
    g_assert_cmpint(ready.kind, ==, LT_OCR_READY);
    g_assert_cmpstr(ready.detail, ==, LUUTRU_VERSION);
}

/* Closes the socket, at which the worker ends. Returns its wait status. */
static int
stop(Client *client)
{
    int status = -1;

    lt_ocr_reader_free(client->reader);
    close(client->socket);
    g_assert_cmpint(waitpid(client->pid, &status, 0), ==, client->pid);
    return status;
}

static void
set_up(Client *client, gconstpointer option)
{
    start(client, option);
}

static void
tear_down(Client *client, G_GNUC_UNUSED gconstpointer unused)
{
    g_assert_cmpint(stop(client), ==, 0);
}

static void
ask(Client *client, LtOcrKind kind, guint64 token, guint number, const GString *document)
{
    g_auto(LtOcrMessage) request = {.kind = kind, .token = token, .fd = input_fd_of(document)};
    g_autoptr(GError) error = NULL;

    request.page = request.page_count = number;
    g_assert_true(lt_ocr_send(client->socket, &request, &error));
    g_assert_no_error(error);
}

static void
describe(const LtOcrMessage *message, GString *answers)
{
    switch (message->kind) {
    case LT_OCR_OPENED:
        g_string_append_printf(answers, "opened %u;", message->page_count);
        break;
    case LT_OCR_PAGE:
        g_string_append_printf(answers, "page %u %s '%s';", message->read->number,
                               lt_page_source_name(message->read->source), message->read->text);
        break;
    case LT_OCR_NEEDS:
        g_string_append_printf(answers, "needs %u %s;", message->page, message->detail);
        break;
    case LT_OCR_DONE:
        g_string_append(answers, "done");
        for (char **doubt = message->doubts; *doubt; doubt++)
            g_string_append_printf(answers, " %s", *doubt);
        break;
    case LT_OCR_FAILED:
        g_assert_cmpuint(strlen(message->detail), >, 0);
        g_string_append_printf(answers, "failed %u %d", message->page, (int)message->code);
        break;
    default:
        g_assert_not_reached();
    }
}

/* All answers to OPEN. (transfer full) */
static char *
open_document(Client *client, guint64 token, const GString *document)
{
    GString *answers = g_string_new(NULL);
    LtOcrKind last = LT_OCR_OPENED;

    ask(client, LT_OCR_OPEN, token, LT_OCR_MAX_PAGES, document);
    while (last != LT_OCR_DONE && last != LT_OCR_FAILED) {
        g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;

        receive(client, &message);
        g_assert_cmpuint(message.token, ==, token);
        describe(&message, answers);
        last = message.kind;
    }
    return g_string_free(answers, FALSE);
}

/* The one answer to RECOGNISE. (transfer full) */
static char *
recognise(Client *client, guint64 token, guint page, const GString *document)
{
    g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;
    GString *answers = g_string_new(NULL);

    ask(client, LT_OCR_RECOGNISE, token, page, document);
    receive(client, &message);
    g_assert_cmpuint(message.token, ==, token);
    describe(&message, answers);
    return g_string_free(answers, FALSE);
}

static cairo_status_t
append(void *file, const unsigned char *bytes, unsigned int size)
{
    g_string_append_len(file, (const char *)bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static const char *const LINES[] = {"QUYẾT ĐỊNH", "Căn cứ Luật Tổ chức chính quyền địa phương"};

static void
draw_lines(cairo_surface_t *surface, double scale)
{
    g_autoptr(cairo_t) cairo = cairo_create(surface);

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_scale(cairo, scale, scale);
    cairo_select_font_face(cairo, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, 14);
    for (guint i = 0; i < G_N_ELEMENTS(LINES); i++) {
        cairo_move_to(cairo, 60, 60 + 24 * i);
        cairo_show_text(cairo, LINES[i]);
    }
}

/* (transfer full) */
static GString *
lines_as_pdf(void)
{
    GString *file = g_string_new(NULL);
    g_autoptr(cairo_surface_t) surface =
        cairo_pdf_surface_create_for_stream(append, file, 420, 595);

    draw_lines(surface, 1);
    cairo_surface_finish(surface);
    return file;
}

/* A page of A5 at 200 dpi. (transfer full) */
static GString *
lines_as_png(gboolean blank)
{
    GString *file = g_string_new(NULL);
    g_autoptr(cairo_surface_t) surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1166, 1652);

    draw_lines(surface, blank ? 0.0001 : 200 / 72.0);
    cairo_surface_write_to_png_stream(surface, append, file);
    return file;
}

static char *
expected_page(guint number, const char *source)
{
    return g_strdup_printf("page %u %s '%s\n%s\n';", number, source, LINES[0], LINES[1]);
}

static void
test_reading(Client *client, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(GString) pdf = lines_as_pdf();
    g_autoptr(GString) png = lines_as_png(FALSE);
    g_autoptr(GString) blank = lines_as_png(TRUE);
    g_autofree char *layer = expected_page(1, "text-layer"), *recognised = expected_page(1, "ocr");
    g_autofree char *from_layer = g_strdup_printf("opened 1;%sdone", layer);
    g_autofree char *pdf_answers = open_document(client, 1, pdf);
    g_autofree char *pdf_anyway = recognise(client, 1, 1, pdf);
    g_autofree char *png_answers = open_document(client, 2, png);
    g_autofree char *png_page = recognise(client, 2, 1, png);
    g_autofree char *other = recognise(client, 3, 1, blank); /* of a document never opened before */
    g_autofree char *again = recognise(client, 2, 1, png);

    g_assert_cmpstr(pdf_answers, ==, from_layer);
    g_assert_cmpstr(pdf_anyway, ==, recognised);
    g_assert_cmpstr(png_answers, ==, "opened 1;needs 1 none;done");
    g_assert_cmpstr(png_page, ==, recognised);
    g_assert_cmpstr(other, ==, "page 1 ocr '';");
    g_assert_cmpstr(again, ==, recognised);
}

static void
expect_failure(Client *client, GString *document, LtOcrError code)
{
    static guint64 token = 100;
    g_autofree char *answers = open_document(client, ++token, document);
    g_autofree char *expected = g_strdup_printf("failed 0 %d", (int)code);

    g_assert_cmpstr(answers, ==, expected);
    g_string_free(document, TRUE);
}

/* Trouble of one page shows when that page is asked for; the rest of the document is told. */
static void
expect_lost_page(Client *client, GString *document, const char *told, guint page, LtOcrError code)
{
    static guint64 token = 200;
    g_autofree char *answers = open_document(client, ++token, document);
    g_autofree char *answer = recognise(client, token, page, document);
    g_autofree char *expected = g_strdup_printf("failed %u %d", page, (int)code);

    g_assert_cmpstr(answers, ==, told);
    g_assert_cmpstr(answer, ==, expected);
    g_string_free(document, TRUE);
}

/* One process answers them all, and reads well afterwards. */
static void
test_bad_documents(Client *client, gconstpointer unused)
{
    g_autoptr(PIX) large = pixCreate(10000, 10000, 1);
    g_autoptr(PIX) small = input_marked_pix(80, 110, 8);
    GString *tiff = input_tiff(small, 2), *png = input_picture(small, IFF_PNG);
    GString *cut = input_pdf(&(PdfInput){.page = A4, .n_pages = 1, .content = ""});

    g_string_truncate(tiff, tiff->len - 100);
    g_string_truncate(cut, 60);
    g_string_truncate(png, 40);
    expect_failure(client, g_string_new(""), LT_OCR_ERROR_DAMAGED);
    expect_failure(client, g_string_new("no document at all"), LT_OCR_ERROR_UNSUPPORTED);
    expect_failure(client, cut, LT_OCR_ERROR_DAMAGED);
    expect_failure(client, input_pdf(&(PdfInput){.page = A4, .n_pages = 0, .content = ""}),
                   LT_OCR_ERROR_NO_PAGES);
    expect_lost_page(client, input_picture(large, IFF_PNG), "opened 1;needs 1 none;done", 1,
                     LT_OCR_ERROR_TOO_LARGE);
    expect_lost_page(
        client,
        input_pdf(&(PdfInput){.page = "/MediaBox[0 0 14400 14400]", .n_pages = 1, .content = ""}),
        "opened 1;needs 1 none;done", 1, LT_OCR_ERROR_TOO_LARGE);
    expect_lost_page(client, tiff, "opened 2;needs 1 none;needs 2 none;done damaged", 2,
                     LT_OCR_ERROR_DAMAGED);
    expect_lost_page(client, png, "opened 1;needs 1 none;done", 1, LT_OCR_ERROR_DAMAGED);
    test_reading(client, unused);
}

static void
test_cut_pdf_has_doubt(Client *client, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(GString) pdf = input_pdf(
        &(PdfInput){.page = A4, .n_pages = 1, .content = "BT /F 12 Tf 50 700 Td (1758) Tj ET"});
    g_autofree char *answers = NULL;

    g_string_truncate(pdf, pdf->len - 20);
    answers = open_document(client, 1, pdf);
    g_assert_cmpstr(answers, ==, "opened 1;page 1 text-layer '1758\n';done damaged");
}

/* Fonts and tables that are not in the file are found behind the walls, too. */
static void
test_same_without_sandbox(Client *client, G_GNUC_UNUSED gconstpointer unused)
{
    static const char *const CONTENTS[] = {
        "BT /F 24 Tf 50 700 Td (Quyet dinh 1758) Tj ET",
        "BT /T 24 Tf 50 700 Td (Uy ban nhan dan) Tj ET",
        "BT /C 24 Tf 50 700 Td <65E5672C00410042> Tj ET",
    };
    Client free_client;

    start(&free_client, "--no-sandbox");
    for (guint i = 0; i < G_N_ELEMENTS(CONTENTS); i++) {
        g_autoptr(GString) pdf =
            input_pdf(&(PdfInput){.page = A4, .n_pages = 1, .content = CONTENTS[i]});
        g_autofree char *layer = open_document(client, i, pdf);
        g_autofree char *free_layer = open_document(&free_client, i, pdf);
        g_autofree char *page = recognise(client, i, 1, pdf);
        g_autofree char *free_page = recognise(&free_client, i, 1, pdf);

        g_assert_cmpstr(layer, ==, free_layer);
        g_assert_cmpstr(page, ==, free_page);
        g_assert_null(strstr(layer, "''"));
    }
    g_assert_cmpint(stop(&free_client), ==, 0);
}

static void
test_walls_hold(void)
{
    static const char *const NAMES[] = {"read-passwords",
                                        "list-folder",
                                        "write-file",
                                        "socket",
                                        "unix-socket",
                                        "execute",
                                        "fork",
                                        "ptrace",
                                        "make-code",
                                        "signal",
                                        "signal-by-descriptor",
                                        "raise-limit",
                                        "allocate",
                                        "spin"};
    g_autofree char *program = worker_path();
    g_autofree char *output = NULL;
    const char *argv[] = {program, "--probe-sandbox", NULL};
    int status = -1;

    g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, &status, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_autofree char *refused = g_strdup_printf("%s refused\n", NAMES[i]);
        g_autofree char *killed = g_strdup_printf("%s killed\n", NAMES[i]);

        g_autofree char *missing = g_strdup_printf("%s no-sandbox\n", NAMES[i]);

        if (i < 2 && strstr(output, missing)) {
            g_test_message("this kernel has no Landlock");
            continue;
        }
        g_test_message("%s", NAMES[i]);
        g_assert_true(strstr(output, refused) || strstr(output, killed));
    }
}

static void
test_garbage_ends_it(Client *client, G_GNUC_UNUSED gconstpointer unused)
{
    static const char GARBAGE[] = "this is no frame";
    int status;

    g_assert_cmpint(write(client->socket, GARBAGE, sizeof GARBAGE), ==, sizeof GARBAGE);
    g_assert_cmpint(waitpid(client->pid, &status, 0), ==, client->pid);
    g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    lt_ocr_reader_free(client->reader);
    close(client->socket);
}

static void
test_missing_models(void)
{
    g_autoptr(GString) png = lines_as_png(FALSE);
    g_autofree char *answer = NULL;
    Client client;

    g_setenv("LUUTRU_TESSDATA", "/nonexistent", TRUE);
    start(&client, NULL);
    g_unsetenv("LUUTRU_TESSDATA");
    answer = recognise(&client, 1, 1, png);
    g_assert_cmpstr(answer, ==, "failed 1 9"); /* setup */
    g_assert_cmpint(stop(&client), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    setMsgSeverity(L_SEVERITY_NONE);
    g_test_add("/worker/reading", Client, NULL, set_up, test_reading, tear_down);
    g_test_add("/worker/bad-documents", Client, NULL, set_up, test_bad_documents, tear_down);
    g_test_add("/worker/cut-pdf-has-doubt", Client, NULL, set_up, test_cut_pdf_has_doubt,
               tear_down);
    g_test_add("/worker/same-without-sandbox", Client, NULL, set_up, test_same_without_sandbox,
               tear_down);
    g_test_add("/worker/garbage-ends-it", Client, NULL, set_up, test_garbage_ends_it, NULL);
    g_test_add_func("/worker/walls-hold", test_walls_hold);
    g_test_add_func("/worker/missing-models", test_missing_models);
    return g_test_run();
}
