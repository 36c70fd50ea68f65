/* A worker that misbehaves, to be run in place of luutru-worker. It reads no document: it only
 * looks whether the string BADBADBAD is in it, and for all others behaves well, giving a short
 * dispatch as each page's text, whose number comes from the document's bytes. Where TEXTTEXT is in it the pages
 * have that as their text layer, and need not be recognised.
 *
 * BAD_WORKER names the mode:
 *   well         always behaves
 *   exit         ends on OPEN
 *   crash-page   aborts on RECOGNISE of page BAD_PAGE
 *   stall        never answers OPEN
 *   stall-page   never answers RECOGNISE of page BAD_PAGE
 *   spin-page    burns CPU time on RECOGNISE of page BAD_PAGE and never answers
 *   garbage      answers OPEN with random bytes, for ever
 *   garbage-page answers RECOGNISE of page BAD_PAGE so
 *   cut          answers OPEN with half a frame and ends
 *   lie          answers OPEN for another token
 *   lie-page     answers RECOGNISE of page BAD_PAGE with a page of another number
 *   lie-count    says that a document has one page and goes on with more
 *   lie-limit    says that it has more pages than OPEN allows, where that can be said
 *   flood        answers OPEN with the same good frame for ever
 *   slow-start   is silent for two seconds before READY, then behaves
 *   no-start     ends before READY, whatever the document
 *   once-MODE    as MODE, but only while the file BAD_ONCE is not there, which it then makes
 *
 * BAD_PAGES: how many pages each document has (1); BAD_PAGE: which of them is the bad one (1).
 * BAD_GO: that page of a bad document is not recognised before that file is there. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ocr/ocr.h"

#define BAD_STRING "BADBADBAD"
#define TEXT_STRING "TEXTTEXT"
#define LOOKED_AT (1u << 20) /* bytes of a document that are looked at */

typedef struct {
    guint64 token;
    guint page_limit;
    guint page; /* of RECOGNISE */
} Request;

static void
send_or_end(const LtOcrMessage *message)
{
    if (!lt_ocr_send(LT_OCR_SOCKET_FD, message, NULL))
        exit(0);
}

static guint
number_from_environment(const char *name)
{
    const char *value = g_getenv(name);

    return value ? (guint)strtoul(value, NULL, 10) : 1;
}

static void
send_opened(guint64 token, guint n_pages)
{
    send_or_end(
        &(LtOcrMessage){.kind = LT_OCR_OPENED, .token = token, .page_count = n_pages, .fd = -1});
}

static void
send_needs(guint64 token, guint page)
{
    char why[] = "none";

    send_or_end(&(LtOcrMessage){
        .kind = LT_OCR_NEEDS, .token = token, .page = page, .detail = why, .fd = -1});
}

static void
send_done(guint64 token)
{
    send_or_end(&(LtOcrMessage){.kind = LT_OCR_DONE, .token = token, .fd = -1});
}

static void
send_page(guint64 token, LtPageSource source, guint number, guint code_number)
{
    g_autofree char *text =
        g_strdup_printf("UBND TỈNH LÀO CAI\nSỞ NỘI VỤ\nSố: %u/SNV-VP\nLào Cai, ngày 18 tháng 9 năm "
                        "2023\nV/v thử bộ đọc\nKính gửi: Các phòng, ban.\nTrang %u.\n",
                        code_number, number);
    g_autoptr(LtPage) page = lt_page_new_from_text(number, text);

    page->source = source;
    send_or_end(&(LtOcrMessage){.kind = LT_OCR_PAGE, .token = token, .read = page, .fd = -1});
}

static void
be_silent(G_GNUC_UNUSED const Request *request)
{
    for (;;)
        pause();
}

static void
spin(G_GNUC_UNUSED const Request *request)
{
    for (volatile guint i = 0;; i++)
        ;
}

static void
end(G_GNUC_UNUSED const Request *request)
{
    exit(1);
}

static void
crash(G_GNUC_UNUSED const Request *request)
{
    abort();
}

static void
send_garbage(G_GNUC_UNUSED const Request *request)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1758);
    guint8 bytes[4096];

    do {
        for (guint i = 0; i < sizeof bytes; i++)
            bytes[i] = (guint8)g_rand_int_range(random, 0, 256);
    } while (write(LT_OCR_SOCKET_FD, bytes, sizeof bytes) > 0);
}

static void
send_half(G_GNUC_UNUSED const Request *request)
{
    const guint32 header[2] = {GUINT32_TO_LE(LT_OCR_OPENED), GUINT32_TO_LE(16)};

    exit(write(LT_OCR_SOCKET_FD, header, sizeof header) == sizeof header);
}

static void
lie_about_token(const Request *request)
{
    send_opened(request->token + 1, 1);
    send_needs(request->token + 1, 1);
    send_done(request->token + 1);
}

static void
lie_about_page(const Request *request)
{
    send_page(request->token, LT_PAGE_FROM_OCR, request->page + 1, 1);
}

static void
lie_about_count(const Request *request)
{
    send_opened(request->token, 1);
    for (guint page = 1; page <= 3; page++)
        send_needs(request->token, page);
    send_done(request->token);
}

static void
lie_about_limit(const Request *request)
{
    guint n_pages = MIN(request->page_limit + 1, LT_OCR_MAX_PAGES);

    send_opened(request->token, n_pages);
    for (guint page = 1; page <= n_pages; page++)
        send_needs(request->token, page);
    send_done(request->token);
}

static void
flood(const Request *request)
{
    send_opened(request->token, 1);
    for (;;)
        send_needs(request->token, 1);
}

static void
start_slowly(G_GNUC_UNUSED const Request *request)
{
    g_usleep(2 * G_USEC_PER_SEC);
}

typedef struct {
    const char *name;
    LtOcrKind when; /* the request that it spoils; READY: the start */
    void (*misbehave)(const Request *request);
} Mode;

static const Mode MODES[] = {
    {"exit", LT_OCR_OPEN, end},
    {"crash-page", LT_OCR_RECOGNISE, crash},
    {"stall", LT_OCR_OPEN, be_silent},
    {"stall-page", LT_OCR_RECOGNISE, be_silent},
    {"spin-page", LT_OCR_RECOGNISE, spin},
    {"garbage", LT_OCR_OPEN, send_garbage},
    {"garbage-page", LT_OCR_RECOGNISE, send_garbage},
    {"cut", LT_OCR_OPEN, send_half},
    {"lie", LT_OCR_OPEN, lie_about_token},
    {"lie-page", LT_OCR_RECOGNISE, lie_about_page},
    {"lie-count", LT_OCR_OPEN, lie_about_count},
    {"lie-limit", LT_OCR_OPEN, lie_about_limit},
    {"flood", LT_OCR_OPEN, flood},
    {"slow-start", LT_OCR_READY, start_slowly},
    {"no-start", LT_OCR_READY, end},
};

static const Mode *
find_mode(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(MODES); i++)
        if (g_strcmp0(MODES[i].name, name) == 0)
            return &MODES[i];
    return NULL;
}

/* Whether this is the moment to misbehave; "once" is used up by asking. */
static gboolean
is_time(const Mode *mode, gboolean once, LtOcrKind when)
{
    int marker;

    if (!mode || mode->when != when)
        return FALSE;
    if (!once)
        return TRUE;
    marker = open(g_getenv("BAD_ONCE"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (marker >= 0)
        close(marker);
    return marker >= 0;
}

typedef struct {
    gboolean is_bad, has_text;
    guint code_number; /* from its bytes, for its text */
} Look;

static Look
look_at(int fd)
{
    g_autofree char *bytes = g_malloc(LOOKED_AT + 1);
    gssize n = MAX(pread(fd, bytes, LOOKED_AT, 0), 0);
    g_autoptr(GBytes) document = g_bytes_new(bytes, (gsize)n);

    return (Look){
        .is_bad = memmem(bytes, (gsize)n, BAD_STRING, strlen(BAD_STRING)) != NULL,
        .has_text = memmem(bytes, (gsize)n, TEXT_STRING, strlen(TEXT_STRING)) != NULL,
        .code_number = g_bytes_hash(document) % 9000 + 1,
    };
}

static void
wait_for_go(void)
{
    const char *go = g_getenv("BAD_GO");

    while (go && !g_file_test(go, G_FILE_TEST_EXISTS))
        g_usleep(10000);
}

static void
behave(const LtOcrMessage *request, const Look *look)
{
    guint n_pages = number_from_environment("BAD_PAGES");

    if (request->kind == LT_OCR_RECOGNISE) {
        if (look->is_bad && request->page == number_from_environment("BAD_PAGE"))
            wait_for_go();
        send_page(request->token, LT_PAGE_FROM_OCR, request->page, look->code_number);
        return;
    }
    send_opened(request->token, n_pages);
    for (guint page = 1; page <= n_pages; page++) {
        if (look->has_text)
            send_page(request->token, LT_PAGE_FROM_TEXT_LAYER, page, look->code_number);
        else
            send_needs(request->token, page);
    }
    send_done(request->token);
}

int
main(void)
{
    const char *name = g_getenv("BAD_WORKER");
    gboolean once = name && g_str_has_prefix(name, "once-");
    const Mode *mode = find_mode(once ? name + strlen("once-") : name);
    char version[] = "bad";

    if ((!mode && g_strcmp0(name, "well") != 0) || (once && !g_getenv("BAD_ONCE")))
        return 2;
    if (is_time(mode, once, LT_OCR_READY))
        mode->misbehave(NULL);
    send_or_end(&(LtOcrMessage){.kind = LT_OCR_READY, .detail = version, .fd = -1});
    for (;;) {
        g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;
        Request request;
        Look look;

        if (!lt_ocr_receive(LT_OCR_SOCKET_FD, &message, NULL))
            return 0;
        request = (Request){message.token, message.page_count, message.page};
        look = look_at(message.fd);
        if (look.is_bad &&
            (message.kind == LT_OCR_OPEN || message.page == number_from_environment("BAD_PAGE")) &&
            is_time(mode, once, message.kind))
            mode->misbehave(&request);
        else
            behave(&message, &look);
    }
}
