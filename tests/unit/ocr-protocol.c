/* Frames between coordinator and worker: what goes in comes out, and nothing that is not a frame
 * does. */
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ocr/ocr.h"

typedef struct {
    int ours, theirs;
} Pair;

static void
set_up(Pair *pair, G_GNUC_UNUSED gconstpointer unused)
{
    int ends[2];

    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
    pair->ours = ends[0];
    pair->theirs = ends[1];
    g_assert_cmpint(fcntl(pair->theirs, F_SETFL, O_NONBLOCK), ==, 0);
}

static void
close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void
tear_down(Pair *pair, G_GNUC_UNUSED gconstpointer unused)
{
    close_end(&pair->ours);
    close_end(&pair->theirs);
}

static LtPage *
sample_page(void)
{
    LtPageBuilder *builder = lt_page_builder_new(3, LT_PAGE_FROM_OCR, 595, 842);
    const LtBox box = {0.125, 0.25, 0.5, 0.375};

    lt_page_builder_add_word(builder, "Số:", &box, 91, 0);
    lt_page_builder_add_word(builder, "1758/STTTT-TTBCXB", &box, 72, 0);
    lt_page_builder_end_line(builder);
    LtPage *page = lt_page_builder_finish(builder);
    g_assert_true(lt_written_from_text("number ink 0.1000 0.2000 0.3000 0.4000 1758=0.9000\n",
                                       &page->written));
    return page;
}

static int
open_null(void)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

    g_assert_cmpint(fd, >=, 0);
    return fd;
}

static gboolean
goes_to_worker(LtOcrKind kind)
{
    return kind < LT_OCR_READY;
}

/* One message of each kind, by index; FALSE after the last. */
static gboolean
sample_message(guint index, LtOcrMessage *ret_message)
{
    static const LtOcrKind KINDS[] = {LT_OCR_OPEN, LT_OCR_RECOGNISE, LT_OCR_READY, LT_OCR_OPENED,
                                      LT_OCR_PAGE, LT_OCR_NEEDS,     LT_OCR_DONE,  LT_OCR_FAILED,
                                      LT_OCR_CUT,  LT_OCR_CUTTING,   LT_OCR_SHOW,  LT_OCR_SHOWING};
    const char *doubts[] = {"damaged", "strange", NULL};
    LtOcrMessage message = LT_OCR_MESSAGE_INIT;

    if (index >= G_N_ELEMENTS(KINDS))
        return FALSE;
    message.kind = KINDS[index];
    message.token = G_MAXUINT64 - index;
    message.page = 7;
    message.page_count = 300;
    message.dpi = 150;
    message.code = LT_OCR_ERROR_TOO_LARGE;
    if (goes_to_worker(message.kind))
        message.fd = open_null();
    message.box = (LtBox){0.125, 0.25, 0.5, 0.75};
    if (message.kind == LT_OCR_CUTTING)
        message.picture = g_bytes_new_static("\x89PNG\r\n\x1a\n rest IEND\xae\x42\x60\x82", 22);
    if (message.kind == LT_OCR_SHOWING)
        message.picture = g_bytes_new_static("\xff\xd8\xff rest \xff\xd9", 11);
    if (message.kind == LT_OCR_PAGE)
        message.read = sample_page();
    if (message.kind == LT_OCR_DONE || message.kind == LT_OCR_READY)
        message.doubts = g_strdupv((char **)doubts);
    message.detail = g_strdup("trang thứ bảy");
    *ret_message = message;
    return TRUE;
}

/* Reads one message as the side that this kind goes to would. */
static gboolean
receive(int fd, LtOcrKind kind, LtOcrMessage *ret_message, gboolean *ret_got, GError **error)
{
    g_autoptr(LtOcrReader) reader = NULL;

    *ret_got = FALSE;
    if (goes_to_worker(kind))
        return *ret_got = lt_ocr_receive(fd, ret_message, error);
    reader = lt_ocr_reader_new(fd);
    return lt_ocr_reader_next(reader, ret_message, ret_got, error);
}

static void
assert_same_page(const LtPage *a, const LtPage *b)
{
    g_autoptr(GBytes) words_a = lt_page_pack_words(a);
    g_autoptr(GBytes) words_b = lt_page_pack_words(b);

    g_assert_cmpuint(a->number, ==, b->number);
    g_assert_cmpint(a->source, ==, b->source);
    g_assert_cmpfloat(a->confidence, ==, b->confidence);
    g_assert_cmpfloat(a->width, ==, b->width);
    g_assert_cmpfloat(a->height, ==, b->height);
    g_assert_cmpstr(a->text, ==, b->text);
    g_assert_cmpstr(a->raw_text, ==, b->raw_text);
    g_autofree char *written_a = lt_written_to_text(a->written);
    g_autofree char *written_b = lt_written_to_text(b->written);
    g_assert_cmpstr(written_a, ==, written_b);
    g_assert_true(g_bytes_equal(words_a, words_b));
}

static void
assert_same(const LtOcrMessage *sent, const LtOcrMessage *got)
{
    g_assert_cmpint(got->kind, ==, sent->kind);
    if (sent->kind != LT_OCR_READY)
        g_assert_cmpuint(got->token, ==, sent->token);
    if (sent->kind == LT_OCR_RECOGNISE || sent->kind == LT_OCR_NEEDS || sent->kind == LT_OCR_FAILED)
        g_assert_cmpuint(got->page, ==, sent->page);
    if (sent->kind == LT_OCR_OPEN || sent->kind == LT_OCR_OPENED)
        g_assert_cmpuint(got->page_count, ==, sent->page_count);
    if (sent->kind == LT_OCR_READY || sent->kind == LT_OCR_NEEDS || sent->kind == LT_OCR_FAILED)
        g_assert_cmpstr(got->detail, ==, sent->detail);
    if (sent->kind == LT_OCR_FAILED)
        g_assert_cmpint(got->code, ==, sent->code);
    if (sent->kind == LT_OCR_DONE || sent->kind == LT_OCR_READY)
        g_assert_cmpstrv(got->doubts, sent->doubts);
    if (sent->kind == LT_OCR_PAGE)
        assert_same_page(sent->read, got->read);
    g_assert_cmpint(got->fd >= 0, ==, sent->fd >= 0);
    if (got->fd >= 0)
        g_assert_cmpint(fcntl(got->fd, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
    if (sent->kind == LT_OCR_CUT)
        g_assert_cmpmem(&got->box, sizeof got->box, &sent->box, sizeof sent->box);
    if (sent->kind == LT_OCR_SHOW)
        g_assert_cmpuint(got->dpi, ==, sent->dpi);
    if (sent->kind == LT_OCR_CUTTING || sent->kind == LT_OCR_SHOWING)
        g_assert_true(g_bytes_equal(got->picture, sent->picture));
}

static void
test_round_trip(Pair *pair, G_GNUC_UNUSED gconstpointer unused)
{
    for (guint i = 0;; i++) {
        g_auto(LtOcrMessage) sent = LT_OCR_MESSAGE_INIT;
        g_auto(LtOcrMessage) got = LT_OCR_MESSAGE_INIT;
        g_autoptr(GError) error = NULL;
        gboolean whole = FALSE;

        if (!sample_message(i, &sent))
            break;
        g_assert_true(lt_ocr_send(pair->ours, &sent, &error));
        g_assert_true(receive(pair->theirs, sent.kind, &got, &whole, &error));
        g_assert_no_error(error);
        g_assert_true(whole);
        assert_same(&sent, &got);
    }
}

/* The bytes of a sample's frame, as they go over the socket. (transfer full) */
static GBytes *
frame_bytes(guint index, LtOcrKind *ret_kind)
{
    g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;
    guint8 bytes[4096];
    int ends[2];
    gssize n;

    if (!sample_message(index, &message))
        return NULL;
    *ret_kind = message.kind;
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    g_assert_true(lt_ocr_send(ends[0], &message, NULL));
    n = read(ends[1], bytes, sizeof bytes); /* which loses the descriptor */
    g_assert_cmpint(n, >, 8);
    g_assert_cmpint(n, <, (gssize)sizeof bytes);
    close(ends[0]);
    close(ends[1]);
    return g_bytes_new(bytes, (gsize)n);
}

/* fds: how many descriptors go with the first byte. */
static void
send_raw(int socket_fd, const void *bytes, gsize size, guint fds)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(8 * sizeof(int))];
    } control = {0};
    struct iovec part = {(void *)bytes, size};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    int null = open_null();

    g_assert_cmpuint(fds, <=, 8);
    if (fds > 0) {
        struct cmsghdr *rights;

        header.msg_control = control.space;
        header.msg_controllen = CMSG_SPACE(fds * sizeof(int));
        rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(fds * sizeof(int));
        for (guint i = 0; i < fds; i++)
            memcpy(CMSG_DATA(rights) + i * sizeof(int), &null, sizeof(int));
    }
    g_assert_cmpint(sendmsg(socket_fd, &header, MSG_NOSIGNAL), ==, (gssize)size);
    close(null);
}

static guint
count_descriptors(void)
{
    guint n = 0;

    for (int fd = 0; fd < 256; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static void
expect_refused(const void *bytes, gsize size, guint fds, LtOcrKind kind, LtOcrError code)
{
    guint before = count_descriptors();
    g_auto(LtOcrMessage) got = LT_OCR_MESSAGE_INIT;
    g_autoptr(GError) error = NULL;
    gboolean whole = FALSE;
    Pair pair;

    set_up(&pair, NULL);
    if (size > 0)
        send_raw(pair.ours, bytes, size, fds);
    close_end(&pair.ours);
    g_assert_false(receive(pair.theirs, kind, &got, &whole, &error));
    g_assert_error(error, LT_OCR_ERROR, (int)code);
    g_assert_false(whole);
    tear_down(&pair, NULL);
    g_assert_cmpuint(count_descriptors(), ==, before);
}

/* Cut off in the stream, and cut off with a length that says so. */
static void
test_truncations(void)
{
    LtOcrKind kind = LT_OCR_OPEN;

    for (guint i = 0;; i++) {
        g_autoptr(GBytes) frame = frame_bytes(i, &kind);
        g_autofree guint8 *copy = NULL;
        gsize size = frame ? g_bytes_get_size(frame) : 0;

        if (!frame)
            break;
        copy = g_memdup2(g_bytes_get_data(frame, NULL), size);
        expect_refused(NULL, 0, 0, kind, LT_OCR_ERROR_CLOSED);
        for (gsize cut = 1; cut < size; cut++)
            expect_refused(copy, cut, goes_to_worker(kind), kind, LT_OCR_ERROR_PROTOCOL);
        for (gsize cut = 8; cut < size; cut++) {
            guint32 length = GUINT32_TO_LE((guint32)(cut - 8));

            if (kind == LT_OCR_DONE && length == GUINT32_TO_LE(sizeof(guint64)))
                continue; /* a token and no doubts: a whole frame */
            memcpy(copy + 4, &length, sizeof length);
            expect_refused(copy, cut, goes_to_worker(kind), kind, LT_OCR_ERROR_PROTOCOL);
        }
    }
}

static void
test_descriptors(void)
{
    LtOcrKind kind = LT_OCR_OPEN;

    for (guint i = 0;; i++) {
        g_autoptr(GBytes) frame = frame_bytes(i, &kind);
        gsize size = 0;
        const void *bytes = frame ? g_bytes_get_data(frame, &size) : NULL;

        if (!frame)
            break;
        if (goes_to_worker(kind))
            expect_refused(bytes, size, 0, kind, LT_OCR_ERROR_PROTOCOL);
        else
            expect_refused(bytes, size, 1, kind, LT_OCR_ERROR_PROTOCOL);
        expect_refused(bytes, size, 2, kind, LT_OCR_ERROR_PROTOCOL);
        expect_refused(bytes, size, 8, kind, LT_OCR_ERROR_PROTOCOL);
    }
}

static void
test_garbage(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1758);
    guint8 bytes[512];

    for (guint round = 0; round < 2000; round++) {
        for (guint i = 0; i < sizeof bytes; i++)
            bytes[i] = (guint8)g_rand_int_range(random, 0, 256);
        expect_refused(bytes, sizeof bytes, 0, LT_OCR_PAGE, LT_OCR_ERROR_PROTOCOL);
    }
}

/* Good frames with one byte changed are either refused or good messages: nothing else happens. */
static void
test_changed_bytes(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(2023);
    LtOcrKind kind = LT_OCR_OPEN;

    for (guint i = 2;; i++) {
        g_autoptr(GBytes) frame = frame_bytes(i, &kind);
        gsize size = frame ? g_bytes_get_size(frame) : 0;

        if (!frame)
            break;
        for (guint round = 0; round < 500; round++) {
            g_autofree guint8 *copy = g_memdup2(g_bytes_get_data(frame, NULL), size);
            g_auto(LtOcrMessage) got = LT_OCR_MESSAGE_INIT;
            g_autoptr(GError) error = NULL;
            gboolean whole = FALSE, good;
            Pair pair;

            copy[g_rand_int_range(random, 0, (gint32)size)] =
                (guint8)g_rand_int_range(random, 0, 256);
            set_up(&pair, NULL);
            send_raw(pair.ours, copy, size, 0);
            good = receive(pair.theirs, kind, &got, &whole, &error);
            g_assert_true(good == (error == NULL));
            g_assert_true(!whole || good);
            tear_down(&pair, NULL);
        }
    }
}

static void
test_lengths(void)
{
    const guint32 too_long[2] = {GUINT32_TO_LE(LT_OCR_PAGE), GUINT32_TO_LE(LT_OCR_MAX_FRAME + 1)};
    const guint32 huge[2] = {GUINT32_TO_LE(LT_OCR_PAGE), G_MAXUINT32};
    const guint32 empty[2] = {GUINT32_TO_LE(LT_OCR_DONE), 0};

    expect_refused(too_long, sizeof too_long, 0, LT_OCR_PAGE, LT_OCR_ERROR_PROTOCOL);
    expect_refused(huge, sizeof huge, 0, LT_OCR_PAGE, LT_OCR_ERROR_PROTOCOL);
    expect_refused(empty, sizeof empty, 0, LT_OCR_DONE, LT_OCR_ERROR_PROTOCOL);
}

/* Sends a body of its own under a kind's name. */
static void
expect_body_refused(LtOcrKind kind, GVariant *body)
{
    g_autoptr(GVariant) owned = g_variant_ref_sink(body);
    gsize size = g_variant_get_size(owned);
    g_autofree guint8 *frame = g_malloc(8 + size);
    guint32 header[2] = {GUINT32_TO_LE((guint32)kind), GUINT32_TO_LE((guint32)size)};

    memcpy(frame, header, sizeof header);
    g_variant_store(owned, frame + sizeof header);
    expect_refused(frame, 8 + size, goes_to_worker(kind), kind, LT_OCR_ERROR_PROTOCOL);
}

static GVariant *
page_body(guint number, guint source, double confidence, const char *text, guint n_words)
{
    const guint16 word[6] = {0, 0, GUINT16_TO_LE(100), GUINT16_TO_LE(100), GUINT16_TO_LE(50), 0};
    GVariant *words = g_variant_new_fixed_array(G_VARIANT_TYPE_UINT16, word, 6 * n_words, 2);

    return g_variant_new("(tuudddss@aq)", (guint64)1, number, source, confidence, 595.0, 842.0,
                         text, "", words);
}

static void
test_ranges(void)
{
    const guint over = LT_OCR_MAX_PAGES + 1;
    const char *many[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                          "j", "k", "l", "m", "n", "o", "p", "q", NULL};
    const char *odd[] = {"bad\033[2J", NULL};
    g_autofree char *endless = g_strnfill(2000, 'x');

    expect_body_refused(LT_OCR_OPEN, g_variant_new("(tu)", (guint64)1, 0));
    expect_body_refused(LT_OCR_OPEN, g_variant_new("(tu)", (guint64)1, over));
    expect_body_refused(LT_OCR_RECOGNISE, g_variant_new("(tu)", (guint64)1, 0));
    expect_body_refused(LT_OCR_CUT, g_variant_new("(tudddd)", (guint64)1, 1, 0.5, 0.1, 0.4, 0.2));
    expect_body_refused(LT_OCR_CUT, g_variant_new("(tudddd)", (guint64)1, 1, 0.1, 0.1, 0.4, 1.2));
    expect_body_refused(LT_OCR_CUTTING, g_variant_new("(t@ay)", (guint64)1,
                                                      g_variant_new_bytestring("no picture")));
    expect_body_refused(LT_OCR_OPENED, g_variant_new("(tu)", (guint64)1, 0));
    expect_body_refused(LT_OCR_OPENED, g_variant_new("(tu)", (guint64)1, over));
    expect_body_refused(LT_OCR_NEEDS, g_variant_new("(tus)", (guint64)1, 0, "none"));
    expect_body_refused(LT_OCR_NEEDS, g_variant_new("(tus)", (guint64)1, 1, endless));
    expect_body_refused(LT_OCR_FAILED, g_variant_new("(tuus)", (guint64)1, 1, LT_OCR_N_ERRORS, ""));
    expect_body_refused(LT_OCR_FAILED, g_variant_new("(tuus)", (guint64)1, over, 1, ""));
    expect_body_refused(LT_OCR_FAILED, g_variant_new("(tuus)", (guint64)1, 1, 1, endless));
    expect_body_refused(LT_OCR_FAILED, g_variant_new("(tuus)", (guint64)1, 1, 1, "a\nb"));
    expect_body_refused(LT_OCR_DONE, g_variant_new("(t^as)", (guint64)1, many));
    expect_body_refused(LT_OCR_DONE, g_variant_new("(t^as)", (guint64)1, odd));
    expect_body_refused(LT_OCR_PAGE, page_body(0, 0, 1, "một", 1));
    expect_body_refused(LT_OCR_PAGE, page_body(over, 0, 1, "một", 1));
    expect_body_refused(LT_OCR_PAGE, page_body(1, LT_PAGE_N_SOURCES, 1, "một", 1));
    expect_body_refused(LT_OCR_PAGE, page_body(1, 0, 7, "một", 1));
    expect_body_refused(LT_OCR_PAGE, page_body(1, 0, 1, "một hai", 1));
    expect_body_refused(LT_OCR_PAGE, page_body(1, 0, 1, "", 1));
}

/* The coordinator does not take requests, nor the worker answers. */
static void
test_directions(void)
{
    LtOcrKind kind = LT_OCR_OPEN;

    for (guint i = 0;; i++) {
        g_autoptr(GBytes) frame = frame_bytes(i, &kind);
        gsize size = 0;
        const void *bytes = frame ? g_bytes_get_data(frame, &size) : NULL;

        if (!frame)
            break;
        expect_refused(bytes, size, goes_to_worker(kind),
                       goes_to_worker(kind) ? LT_OCR_READY : LT_OCR_OPEN, LT_OCR_ERROR_PROTOCOL);
    }
}

/* Byte by byte, with nothing lost between; and after a fault nothing more is believed. */
static void
test_reader_in_pieces(Pair *pair, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtOcrReader) reader = lt_ocr_reader_new(pair->theirs);
    g_autoptr(GError) error = NULL;
    LtOcrKind kind = LT_OCR_OPEN;
    gboolean got = FALSE;

    for (guint i = 2; i < 8; i++) {
        g_autoptr(GBytes) frame = frame_bytes(i, &kind);
        gsize size = 0;
        const guint8 *bytes = g_bytes_get_data(frame, &size);

        for (gsize at = 0; at < size; at++) {
            g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;

            g_assert_false(got && at > 0);
            send_raw(pair->ours, bytes + at, 1, 0);
            g_assert_true(lt_ocr_reader_next(reader, &message, &got, &error));
            if (got)
                g_assert_cmpint(message.kind, ==, kind);
        }
        g_assert_true(got);
    }
    for (guint round = 0; round < 2; round++) {
        g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;

        g_clear_error(&error);
        send_raw(pair->ours, "not a frame at all", 18, 0);
        g_assert_false(lt_ocr_reader_next(reader, &message, &got, &error));
        g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_PROTOCOL);
    }
}

static void
test_sending(Pair *pair, G_GNUC_UNUSED gconstpointer unused)
{
    g_auto(LtOcrMessage) message = {.kind = LT_OCR_OPEN, .page_count = 1, .fd = -1};
    g_autoptr(GError) error = NULL;

    g_assert_false(lt_ocr_send(pair->ours, &message, &error)); /* without its descriptor */
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_PROTOCOL);
    g_clear_error(&error);
    close_end(&pair->theirs);
    message.kind = LT_OCR_READY;
    g_assert_false(lt_ocr_send(pair->ours, &message, &error)); /* and no SIGPIPE */
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_CLOSED);
}

/* What a library says about a hostile file is cleaned before it is sent. */
/* A worker that answers and never reads must not hold the coordinator up for ever. */
static void
test_full_socket(Pair *pair, G_GNUC_UNUSED gconstpointer unused)
{
    const LtOcrMessage message = {.kind = LT_OCR_DONE, .token = 7, .fd = -1};
    g_autoptr(GError) error = NULL;
    guint sent = 0;

    while (lt_ocr_send(pair->theirs, &message, &error))
        sent++;
    g_assert_cmpuint(sent, >, 0);
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_INTERNAL);
}

static void
test_dirty_detail(Pair *pair, G_GNUC_UNUSED gconstpointer unused)
{
    g_autofree char *endless = g_strnfill(100000, 'x');
    const char *const DIRTY[] = {"two\nlines\033[2J", "\xff\xfe not UTF-8", endless};

    for (guint i = 0; i < G_N_ELEMENTS(DIRTY); i++) {
        g_auto(LtOcrMessage) sent = {.kind = LT_OCR_FAILED, .fd = -1};
        g_auto(LtOcrMessage) got = LT_OCR_MESSAGE_INIT;
        g_autoptr(GError) error = NULL;
        gboolean whole = FALSE;

        sent.detail = g_strdup(DIRTY[i]);
        g_assert_true(lt_ocr_send(pair->ours, &sent, &error));
        g_assert_true(receive(pair->theirs, LT_OCR_FAILED, &got, &whole, &error));
        g_assert_true(whole);
        g_assert_null(strchr(got.detail, '\n'));
        g_assert_cmpuint(strlen(got.detail), <=, 1000);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/protocol/round-trip", Pair, NULL, set_up, test_round_trip, tear_down);
    g_test_add("/protocol/reader-in-pieces", Pair, NULL, set_up, test_reader_in_pieces, tear_down);
    g_test_add("/protocol/sending", Pair, NULL, set_up, test_sending, tear_down);
    g_test_add("/protocol/full-socket", Pair, NULL, set_up, test_full_socket, tear_down);
    g_test_add("/protocol/dirty-detail", Pair, NULL, set_up, test_dirty_detail, tear_down);
    g_test_add_func("/protocol/truncations", test_truncations);
    g_test_add_func("/protocol/descriptors", test_descriptors);
    g_test_add_func("/protocol/garbage", test_garbage);
    g_test_add_func("/protocol/changed-bytes", test_changed_bytes);
    g_test_add_func("/protocol/lengths", test_lengths);
    g_test_add_func("/protocol/ranges", test_ranges);
    g_test_add_func("/protocol/directions", test_directions);
    return g_test_run();
}
