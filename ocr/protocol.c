/* Frames between the coordinator and its workers: see ocr.h for what they are. Both sides read with
 * one state machine that never reads past the frame it is in, so that a descriptor always belongs
 * to the frame whose bytes it came with. */
#include "ocr/ocr.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#define HEADER_SIZE 8u
#define MAX_DETAIL 1000u /* bytes */
#define MAX_NAME 32u     /* bytes of a doubt or of the reason of NEEDS */
#define MAX_DOUBTS 16u
#define FULL_MILLISECONDS 1000 /* that a peer has to make room for a request */
#define MAX_FDS 4 /* descriptors that one read takes up, to close them: a frame has at most one */

G_DEFINE_QUARK(lt_ocr_error_quark, lt_ocr_error)

typedef struct {
    LtOcrKind kind;
    const char *type;
    gboolean has_fd;
    gboolean to_worker;
} KindRule;

static const KindRule KIND_RULES[] = {
    {LT_OCR_OPEN, "(tu)", TRUE, TRUE},       {LT_OCR_RECOGNISE, "(tu)", TRUE, TRUE},
    {LT_OCR_CUT, "(tudddd)", TRUE, TRUE},    {LT_OCR_READY, "(sas)", FALSE, FALSE},
    {LT_OCR_OPENED, "(tu)", FALSE, FALSE},   {LT_OCR_PAGE, "(tuudddssaqs)", FALSE, FALSE},
    {LT_OCR_NEEDS, "(tus)", FALSE, FALSE},   {LT_OCR_DONE, "(tas)", FALSE, FALSE},
    {LT_OCR_FAILED, "(tuus)", FALSE, FALSE}, {LT_OCR_CUTTING, "(tay)", FALSE, FALSE},
    {LT_OCR_SHOW, "(tuu)", TRUE, TRUE},      {LT_OCR_SHOWING, "(tay)", FALSE, FALSE},
};

static const KindRule *
find_rule(guint32 kind)
{
    for (guint i = 0; i < G_N_ELEMENTS(KIND_RULES); i++)
        if (KIND_RULES[i].kind == kind)
            return &KIND_RULES[i];
    return NULL;
}

void
lt_ocr_message_clear(LtOcrMessage *message)
{
    g_clear_pointer(&message->read, lt_page_free);
    g_clear_pointer(&message->picture, g_bytes_unref);
    g_clear_pointer(&message->detail, g_free);
    g_clear_pointer(&message->doubts, g_strfreev);
    if (message->fd >= 0)
        close(message->fd);
    *message = (LtOcrMessage)LT_OCR_MESSAGE_INIT;
}

static gboolean
invalid(GError **error, const char *what)
{
    g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_PROTOCOL, _("frame is not valid: %s"), what);
    return FALSE;
}

static gboolean
closed(GError **error)
{
    g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_CLOSED,
                        _("the other process closed its socket"));
    return FALSE;
}

/* Writing */

/* Details quote other libraries and file contents: what leaves here is short, valid and without
 * control characters, which the other side insists on. */
static char *
dup_plain(const char *detail)
{
    g_autofree char *valid = g_utf8_make_valid(detail ? detail : "", -1);
    GString *plain = g_string_new(NULL);

    for (const char *p = valid; *p && plain->len + 6 <= MAX_DETAIL; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(plain, g_unichar_iscntrl(c) ? ' ' : c);
    }
    return g_string_free(plain, FALSE);
}

static GVariant *
pack_page(guint64 token, const LtPage *page)
{
    g_autoptr(GBytes) words = lt_page_pack_words(page);
    g_autofree char *written = lt_written_to_text(page->written);
    gsize size = 0;
    const void *packed = g_bytes_get_data(words, &size);
    GVariant *array = g_variant_new_fixed_array(G_VARIANT_TYPE_UINT16, packed,
                                                size / sizeof(guint16), sizeof(guint16));

    return g_variant_new("(tuudddss@aqs)", token, page->number, (guint)page->source,
                         page->confidence, page->width, page->height, page->text,
                         page->raw_text ? page->raw_text : "", array, written);
}

static GVariant *
pack_picture(const LtOcrMessage *message)
{
    gsize size = 0;
    const void *bytes = g_bytes_get_data(message->picture, &size);

    return g_variant_new("(t@ay)", message->token,
                         g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, bytes, size, 1));
}

static GVariant *
pack(const LtOcrMessage *message)
{
    static const char *const NO_DOUBTS[] = {NULL};
    g_autofree char *detail = dup_plain(message->detail);

    switch (message->kind) {
    case LT_OCR_OPEN:
    case LT_OCR_OPENED:
        return g_variant_new("(tu)", message->token, message->page_count);
    case LT_OCR_RECOGNISE:
        return g_variant_new("(tu)", message->token, message->page);
    case LT_OCR_CUT:
        return g_variant_new("(tudddd)", message->token, message->page, message->box.x0,
                             message->box.y0, message->box.x1, message->box.y1);
    case LT_OCR_SHOW:
        return g_variant_new("(tuu)", message->token, message->page, message->dpi);
    case LT_OCR_CUTTING:
    case LT_OCR_SHOWING:
        return pack_picture(message);
    case LT_OCR_READY:
        return g_variant_new("(s^as)", detail,
                             message->doubts ? (const char *const *)message->doubts : NO_DOUBTS);
    case LT_OCR_PAGE:
        return pack_page(message->token, message->read);
    case LT_OCR_NEEDS:
        return g_variant_new("(tus)", message->token, message->page, detail);
    case LT_OCR_DONE:
        return g_variant_new("(t^as)", message->token,
                             message->doubts ? (const char *const *)message->doubts : NO_DOUBTS);
    case LT_OCR_FAILED:
        return g_variant_new("(tuus)", message->token, message->page, (guint)message->code, detail);
    }
    return NULL;
}

/* Room in a non-blocking socket, the coordinator's, is waited for only a moment: its requests are short,
 * and a worker that leaves no room for one does not read. All else takes as long as it takes. */
static gboolean
wait_for(int socket_fd, short events)
{
    struct pollfd entry = {.fd = socket_fd, .events = events};
    gboolean patient = events != POLLOUT || !(fcntl(socket_fd, F_GETFL) & O_NONBLOCK);
    int n = poll(&entry, 1, patient ? -1 : FULL_MILLISECONDS);

    if (n == 0)
        errno = ETIMEDOUT;
    return n > 0 || errno == EINTR || errno == EAGAIN;
}

/* One sendmsg; fd < 0 for none. Returns bytes written, 0 to try again, -1 with error set. */
static gssize
write_some(int socket_fd, const guint8 *bytes, gsize size, int fd, GError **error)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = size};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    gssize written;

    if (fd >= 0) {
        struct cmsghdr *rights;

        header.msg_control = control.space;
        header.msg_controllen = sizeof control.space;
        rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    }
    written = sendmsg(socket_fd, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (written >= 0 || errno == EINTR)
        return MAX(written, 0);
    if (errno == EAGAIN && wait_for(socket_fd, POLLOUT))
        return 0;
    if (errno == EPIPE || errno == ECONNRESET)
        closed(error);
    else
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_INTERNAL, _("cannot write to the socket: %s"),
                    g_strerror(errno));
    return -1;
}

gboolean
lt_ocr_send(int socket_fd, const LtOcrMessage *message, GError **error)
{
    const KindRule *rule = find_rule(message->kind);
    g_autoptr(GVariant) body = NULL;
    g_autofree guint8 *frame = NULL;
    guint32 header[2];
    gsize size, done = 0;

    if (!rule || rule->has_fd != (message->fd >= 0))
        return invalid(error, "kind and descriptor do not go together");
    body = g_variant_ref_sink(pack(message));
    size = g_variant_get_size(body);
    if (size > LT_OCR_MAX_FRAME)
        return invalid(error, "too long to be sent");
    header[0] = GUINT32_TO_LE((guint32)message->kind);
    header[1] = GUINT32_TO_LE((guint32)size);
    frame = g_malloc(HEADER_SIZE + size);
    memcpy(frame, header, HEADER_SIZE);
    g_variant_store(body, frame + HEADER_SIZE);
    while (done < HEADER_SIZE + size) {
        gssize written = write_some(socket_fd, frame + done, HEADER_SIZE + size - done,
                                    done == 0 ? message->fd : -1, error);
        if (written < 0)
            return FALSE;
        done += (gsize)written;
    }
    return TRUE;
}

/* Reading */

struct LtOcrReader {
    int socket_fd;
    guint8 header[HEADER_SIZE];
    guint8 *body; /* NULL until the header is whole */
    gsize length; /* of the body */
    gsize got;    /* bytes of header and body */
    const KindRule *rule;
    int fd;
    gboolean to_worker; /* which direction's kinds are accepted */
    gboolean broken;    /* after an error nothing that follows can be believed */
};

static void
reader_reset(LtOcrReader *reader)
{
    g_clear_pointer(&reader->body, g_free);
    reader->length = reader->got = 0;
    reader->rule = NULL;
    if (reader->fd >= 0)
        close(reader->fd);
    reader->fd = -1;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtOcrReader, reader_reset)

LtOcrReader *
lt_ocr_reader_new(int socket_fd)
{
    LtOcrReader *reader = g_new0(LtOcrReader, 1);

    reader->socket_fd = socket_fd;
    reader->fd = -1;
    return reader;
}

void
lt_ocr_reader_free(LtOcrReader *reader)
{
    if (!reader)
        return;
    reader_reset(reader);
    g_free(reader);
}

/* Takes up every descriptor of a read: the first one of a frame's first bytes is kept, any other is
 * closed and makes the frame invalid. */
static gboolean
take_descriptors(LtOcrReader *reader, struct msghdr *header)
{
    gboolean good = !(header->msg_flags & MSG_CTRUNC);

    for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c)) {
        gsize n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        for (gsize i = 0; i < n; i++) {
            int fd;

            memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
            if (reader->got == 0 && reader->fd < 0) {
                reader->fd = fd;
            } else {
                close(fd);
                good = FALSE;
            }
        }
    }
    return good;
}

typedef enum { READ_SOME, READ_NOTHING_YET, READ_FAILED } ReadResult;

static ReadResult
read_some(LtOcrReader *reader, guint8 *bytes, gsize size, GError **error)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(MAX_FDS * sizeof(int))];
    } control;
    struct iovec part = {.iov_base = bytes, .iov_len = size};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control.space,
                            .msg_controllen = sizeof control.space};
    gssize n = recvmsg(reader->socket_fd, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return READ_NOTHING_YET;
    if (n < 0 && errno != ECONNRESET) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_INTERNAL,
                    _("cannot read from the socket: %s"), g_strerror(errno));
        return READ_FAILED;
    }
    if (n <= 0) {
        if (reader->got == 0)
            closed(error);
        else
            invalid(error, "cut off by the end of the stream");
        return READ_FAILED;
    }
    if (!take_descriptors(reader, &header)) {
        invalid(error, "more descriptors than it may have");
        return READ_FAILED;
    }
    reader->got += (gsize)n;
    return READ_SOME;
}

static gboolean
take_header(LtOcrReader *reader, GError **error)
{
    guint32 header[2];

    memcpy(header, reader->header, HEADER_SIZE);
    reader->rule = find_rule(GUINT32_FROM_LE(header[0]));
    reader->length = GUINT32_FROM_LE(header[1]);
    if (!reader->rule || reader->rule->to_worker != reader->to_worker)
        return invalid(error, "of a kind that is not known here");
    if (reader->length == 0 || reader->length > LT_OCR_MAX_FRAME)
        return invalid(error, "its length is out of range");
    if (reader->rule->has_fd != (reader->fd >= 0))
        return invalid(error, reader->rule->has_fd ? "its descriptor is missing"
                                                   : "it carries a descriptor");
    reader->body = g_malloc(reader->length);
    return TRUE;
}

/* Checking */

static gboolean
is_plain(const char *string, gsize limit)
{
    if (strlen(string) > limit)
        return FALSE;
    for (const char *p = string; *p; p = g_utf8_next_char(p))
        if (g_unichar_iscntrl(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

static gboolean
unpack_page(GVariant *body, LtOcrMessage *message, GError **error)
{
    guint number = 0, source = 0;
    double confidence = 0, width = 0, height = 0;
    const char *text = NULL, *raw_text = NULL, *written = NULL;
    g_autoptr(GVariant) array = NULL;
    g_autoptr(GBytes) words = NULL;
    g_autoptr(GError) fault = NULL;

    g_variant_get(body, "(tuuddd&s&s@aq&s)", &message->token, &number, &source, &confidence, &width,
                  &height, &text, &raw_text, &array, &written);
    if (number < 1 || number > LT_OCR_MAX_PAGES)
        return invalid(error, "page number is out of range");
    if (source >= LT_PAGE_N_SOURCES)
        return invalid(error, "page source is not known");
    words = g_variant_get_data_as_bytes(array);
    message->read = lt_page_new_packed(number, (LtPageSource)source, confidence, width, height,
                                       text, raw_text[0] ? raw_text : NULL, words, &fault);
    if (!message->read)
        return invalid(error, fault ? fault->message : "page");
    return lt_written_from_text(written, &message->read->written)
               ? TRUE
               : invalid(error, "what is written by hand");
}

static gboolean
check_doubts(char **doubts, GError **error)
{
    if (g_strv_length(doubts) > MAX_DOUBTS)
        return invalid(error, "too many doubts");
    for (char **doubt = doubts; *doubt; doubt++)
        if (!**doubt || !is_plain(*doubt, MAX_NAME))
            return invalid(error, "a doubt is not a plain name");
    return TRUE;
}

static gboolean
unpack_done(GVariant *body, LtOcrMessage *message, GError **error)
{
    g_variant_get(body, "(t^as)", &message->token, &message->doubts);
    return check_doubts(message->doubts, error);
}

static gboolean
unpack_cut(GVariant *body, LtOcrMessage *message)
{
    LtBox *box = &message->box;

    g_variant_get(body, "(tudddd)", &message->token, &message->page, &box->x0, &box->y0, &box->x1,
                  &box->y1);
    return box->x0 >= 0 && box->x0 <= box->x1 && box->x1 <= 1 && box->y0 >= 0 &&
           box->y0 <= box->y1 && box->y1 <= 1;
}

static gboolean
unpack_picture(GVariant *body, LtOcrMessage *message, GError **error)
{
    static const char PNG[] = "\x89PNG\r\n\x1a\n", PNG_TAIL[] = "IEND\xae\x42\x60\x82";
    static const char JPEG[] = "\xff\xd8\xff", JPEG_TAIL[] = "\xff\xd9";
    gboolean png = message->kind == LT_OCR_CUTTING;
    const char *magic = png ? PNG : JPEG, *tail = png ? PNG_TAIL : JPEG_TAIL;
    g_autoptr(GVariant) array = NULL;
    gsize size = 0;
    const char *bytes;

    g_variant_get(body, "(t@ay)", &message->token, &array);
    bytes = g_variant_get_fixed_array(array, &size, 1);
    if (size < strlen(magic) + strlen(tail) || memcmp(bytes, magic, strlen(magic)) != 0 ||
        memcmp(bytes + size - strlen(tail), tail, strlen(tail)) != 0)
        return invalid(error, png ? "picture is no whole PNG" : "picture is no whole JPEG");
    message->picture = g_bytes_new(bytes, size);
    return TRUE;
}

static gboolean
unpack(GVariant *body, LtOcrMessage *message, GError **error)
{
    guint lowest_page = 1, limit = MAX_DETAIL;
    guint *number = &message->page;
    guint code = 0;

    switch (message->kind) {
    case LT_OCR_PAGE:
        return unpack_page(body, message, error);
    case LT_OCR_DONE:
        return unpack_done(body, message, error);
    case LT_OCR_READY:
        g_variant_get(body, "(s^as)", &message->detail, &message->doubts);
        if (!check_doubts(message->doubts, error))
            return FALSE;
        number = NULL;
        break;
    case LT_OCR_OPEN:
    case LT_OCR_OPENED:
        number = &message->page_count;
        g_variant_get(body, "(tu)", &message->token, number);
        break;
    case LT_OCR_RECOGNISE:
        g_variant_get(body, "(tu)", &message->token, number);
        break;
    case LT_OCR_CUT:
        if (!unpack_cut(body, message))
            return invalid(error, "box is not on the page");
        break;
    case LT_OCR_SHOW:
        g_variant_get(body, "(tuu)", &message->token, number, &message->dpi);
        if (message->dpi < LT_OCR_SHOW_LEAST || message->dpi > LT_OCR_SHOW_MOST)
            return invalid(error, "resolution is out of range");
        break;
    case LT_OCR_CUTTING:
    case LT_OCR_SHOWING:
        return unpack_picture(body, message, error);
    case LT_OCR_NEEDS:
        g_variant_get(body, "(tus)", &message->token, number, &message->detail);
        limit = MAX_NAME;
        break;
    case LT_OCR_FAILED:
        g_variant_get(body, "(tuus)", &message->token, number, &code, &message->detail);
        if (code >= LT_OCR_N_ERRORS)
            return invalid(error, "error code is not known");
        message->code = (LtOcrError)code;
        lowest_page = 0;
        break;
    }
    if (number && (*number < lowest_page || *number > LT_OCR_MAX_PAGES))
        return invalid(error, "page number or count is out of range");
    if (message->detail && !is_plain(message->detail, limit))
        return invalid(error, "detail is not plain text");
    return TRUE;
}

static gboolean
take_body(LtOcrReader *reader, LtOcrMessage *ret_message, GError **error)
{
    g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;
    g_autoptr(GBytes) bytes = g_bytes_new_take(g_steal_pointer(&reader->body), reader->length);
    g_autoptr(GVariant) body = g_variant_ref_sink(
        g_variant_new_from_bytes(G_VARIANT_TYPE(reader->rule->type), bytes, FALSE));

    message.kind = reader->rule->kind;
    message.fd = reader->fd;
    reader->fd = -1;
    if (!g_variant_is_normal_form(body))
        return invalid(error, "not in the form of its kind");
    if (!unpack(body, &message, error))
        return FALSE;
    *ret_message = message;
    message = (LtOcrMessage)LT_OCR_MESSAGE_INIT;
    return TRUE;
}

/* Goes on until a message is whole or nothing more is there. */
static gboolean
advance(LtOcrReader *reader, LtOcrMessage *ret_message, gboolean *ret_got, GError **error)
{
    *ret_got = FALSE;
    for (;;) {
        gsize end = HEADER_SIZE + reader->length;
        guint8 *into = reader->body ? reader->body + (reader->got - HEADER_SIZE)
                                    : reader->header + reader->got;
        ReadResult result = read_some(reader, into, end - reader->got, error);

        if (result != READ_SOME)
            return result == READ_NOTHING_YET;
        if (reader->got < end)
            continue;
        if (!reader->body) {
            if (!take_header(reader, error))
                return FALSE;
            continue;
        }
        if (!take_body(reader, ret_message, error))
            return FALSE;
        reader_reset(reader);
        *ret_got = TRUE;
        return TRUE;
    }
}

gboolean
lt_ocr_reader_next(LtOcrReader *reader, LtOcrMessage *ret_message, gboolean *ret_got,
                   GError **error)
{
    if (reader->broken) {
        *ret_got = FALSE;
        return invalid(error, "the stream was broken before");
    }
    if (advance(reader, ret_message, ret_got, error))
        return TRUE;
    reader->broken = TRUE;
    return FALSE;
}

gboolean
lt_ocr_receive(int socket_fd, LtOcrMessage *ret_message, GError **error)
{
    g_auto(LtOcrReader) reader = {.socket_fd = socket_fd, .fd = -1, .to_worker = TRUE};
    gboolean got = FALSE;

    while (!got) {
        if (!advance(&reader, ret_message, &got, error))
            return FALSE;
        if (!got && !wait_for(socket_fd, POLLIN)) {
            g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_INTERNAL,
                        _("cannot wait for the socket: %s"), g_strerror(errno));
            return FALSE;
        }
    }
    return TRUE;
}
