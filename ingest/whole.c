/* The end of a file, format by format. */
#include "ingest/whole.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#define TAIL 65536u        /* bytes looked at from the end */
#define PDF_TAIL 1024u     /* ISO 32000-1, annex H.3.4.4: the end mark stands in the last of them */
#define MAX_SEGMENTS 4096u /* of a JPEG, before its picture */
#define LINE_BLANKS 16u    /* blanks and line ends between startxref, its number and the end mark */

/* The beginning and the end of a file, which may overlap. */
typedef struct {
    int fd;
    guint64 size;
    const guint8 *head;
    gsize n_head;
    const guint8 *tail;
    gsize n_tail;
} Ends;

gboolean
lt_whole_read(int fd, guint64 offset, guint8 *bytes, gsize n)
{
    while (n > 0) {
        gssize got = offset <= G_MAXINT64 ? pread(fd, bytes, n, (off_t)offset) : 0;

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return FALSE;
        bytes += got;
        offset += (guint64)got;
        n -= (gsize)got;
    }
    return TRUE;
}

static const guint8 *
find_last(const guint8 *bytes, gsize n, const char *text, gsize length)
{
    for (gsize i = n >= length ? n - length + 1 : 0; i > 0; i--)
        if (memcmp(bytes + i - 1, text, length) == 0)
            return bytes + i - 1;
    return NULL;
}

/* --- PDF --- */

static gsize
skip_blanks(const guint8 *bytes, gsize at, gsize n)
{
    gsize most = MIN(n, at + LINE_BLANKS);

    while (at < most && g_ascii_isspace(bytes[at]))
        at++;
    return at;
}

static gboolean
read_digits(const guint8 *bytes, gsize *at, gsize n, guint64 *ret_value)
{
    gsize from = *at;

    *ret_value = 0;
    while (*at < n && g_ascii_isdigit(bytes[*at]) && *at - from < 18)
        *ret_value = *ret_value * 10 + (guint64)(bytes[(*at)++] - '0');
    return *at > from;
}

/* A table "xref", or an object "12 0 obj", which a stream is. */
static gboolean
is_xref(const Ends *ends, guint64 offset)
{
    guint8 bytes[64] = {0};
    gsize n = (gsize)MIN(sizeof bytes, ends->size - MIN(offset, ends->size));
    guint64 number;
    gsize at;

    if (n < 5 || !lt_whole_read(ends->fd, offset, bytes, n))
        return FALSE;
    at = skip_blanks(bytes, 0, n);
    if (n - at >= 4 && memcmp(bytes + at, "xref", 4) == 0)
        return TRUE;
    if (!read_digits(bytes, &at, n, &number))
        return FALSE;
    at = skip_blanks(bytes, at, n);
    if (!read_digits(bytes, &at, n, &number))
        return FALSE;
    at = skip_blanks(bytes, at, n);
    return n - at >= 3 && memcmp(bytes + at, "obj", 3) == 0;
}

/* The length that a linearised file gives for itself (ISO 32000-1, annex F.3.3); 0: it is none. */
static guint64
linearised_length(const Ends *ends)
{
    const guint8 *found = memmem(ends->head, ends->n_head, "/Linearized", 11);
    const guint8 *end =
        found ? memmem(found, ends->n_head - (gsize)(found - ends->head), ">>", 2) : NULL;
    const guint8 *length = end ? memmem(found, (gsize)(end - found), "/L ", 3) : NULL;
    guint64 value = 0;
    gsize at = 3;

    if (length && read_digits(length, &at, (gsize)(end - length), &value))
        return value;
    return 0;
}

/* Offsets count from the header, which need not be the first byte. */
static guint64
header_offset(const Ends *ends)
{
    const guint8 *header = memmem(ends->head, ends->n_head, "%PDF-", 5);

    return header ? (guint64)(header - ends->head) : 0;
}

static LtWhole
whole_pdf(const Ends *ends, const char **ret_reason)
{
    const guint8 *tail = ends->tail + (ends->n_tail - MIN(ends->n_tail, PDF_TAIL));
    gsize n = MIN(ends->n_tail, PDF_TAIL);
    const guint8 *mark = find_last(tail, n, "%%EOF", 5);
    const guint8 *start = mark ? find_last(tail, (gsize)(mark - tail), "startxref", 9) : NULL;
    guint64 offset = 0;
    gsize at = 9;

    *ret_reason = _("its end is missing (no end mark): it is cut off, or not sent to its end");
    if (!mark || linearised_length(ends) > ends->size)
        return LT_WHOLE_NO;
    /* A later version of it is being added. */
    if (memmem(mark, n - (gsize)(mark - tail), " obj", 4))
        return LT_WHOLE_NO;
    *ret_reason = _("its cross-reference table is not where it should be");
    if (!start)
        return LT_WHOLE_ODD;
    at = skip_blanks(start, at, (gsize)(mark - start));
    if (!read_digits(start, &at, (gsize)(mark - start), &offset))
        return LT_WHOLE_ODD;
    /* The first part of a linearised file ends like a whole one, but gives no offset. */
    if (offset == 0 && linearised_length(ends) > 0) {
        *ret_reason =
            _("only the first page of it is there: it is cut off, or not sent to its end");
        return LT_WHOLE_NO;
    }
    if (is_xref(ends, offset) || is_xref(ends, offset + header_offset(ends)))
        return LT_WHOLE_YES;
    return LT_WHOLE_ODD;
}

/* --- pictures --- */

static const char no_end[] =
    N_("the end of the picture is missing: it is cut off, or not sent to its end");

/* Something may follow the end mark; what a camera or a mail program appends is small. */
static LtWhole
whole_by_mark(const Ends *ends, const char *mark, gsize length, const char **ret_reason)
{
    *ret_reason = _(no_end);
    return find_last(ends->tail, ends->n_tail, mark, length) ? LT_WHOLE_YES : LT_WHOLE_NO;
}

/* Where the picture itself begins: a preview before it, in a segment of its own, has an end mark too. 0:
 * not there. */
static guint64
find_scan(const Ends *ends)
{
    guint64 at = 2;

    for (guint i = 0; i < MAX_SEGMENTS; i++) {
        guint8 segment[4];

        if (!lt_whole_read(ends->fd, at, segment, sizeof segment) || segment[0] != 0xFF)
            return 0;
        if (segment[1] == 0xDA)
            return at;
        if (segment[1] == 0xFF)
            at++; /* padding */
        else
            at += 2 + ((guint64)segment[2] << 8 | segment[3]);
    }
    return 0;
}

/* Within a scan the bytes of the end mark do not occur (ITU-T T.81, B.1.1.5). */
static LtWhole
whole_jpeg(const Ends *ends, const char **ret_reason)
{
    guint64 scan = find_scan(ends);
    guint64 tail_at = ends->size - ends->n_tail;
    gsize skip = scan > tail_at ? (gsize)(scan - tail_at) : 0;
    Ends after = *ends;

    *ret_reason = _(no_end);
    if (scan == 0)
        return LT_WHOLE_NO;
    after.tail += MIN(skip, ends->n_tail);
    after.n_tail -= MIN(skip, ends->n_tail);
    return whole_by_mark(&after, "\xFF\xD9", 2, ret_reason);
}

static LtWhole
whole_png(const Ends *ends, const char **ret_reason)
{
    return whole_by_mark(ends, "IEND\xAE\x42\x60\x82", 8, ret_reason);
}

static LtWhole
whole_gif(const Ends *ends, const char **ret_reason)
{
    return whole_by_mark(ends, "\0;", 2, ret_reason);
}

/* Formats whose head says how long they are. */
static LtWhole
whole_by_length(const Ends *ends, guint32 length, const char **ret_reason)
{
    *ret_reason = _(no_end);
    return length <= ends->size ? LT_WHOLE_YES : LT_WHOLE_NO;
}

static guint32
little32(const guint8 *bytes)
{
    return bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 | (guint32)bytes[3] << 24;
}

static LtWhole
whole_webp(const Ends *ends, const char **ret_reason)
{
    return whole_by_length(ends, MIN(little32(ends->head + 4), G_MAXUINT32 - 8) + 8, ret_reason);
}

static LtWhole
whole_bmp(const Ends *ends, const char **ret_reason)
{
    return whole_by_length(ends, little32(ends->head + 2), ret_reason);
}

static LtWhole
whole_tiff(const Ends *ends, const char **ret_reason)
{
    return lt_whole_of_tiff(ends->fd, ends->size, ret_reason);
}

static const struct {
    const char *format;
    gsize least; /* bytes that check looks at without asking */
    LtWhole (*check)(const Ends *ends, const char **ret_reason);
} formats[] = {
    {"pdf", 5, whole_pdf}, {"tiff", 4, whole_tiff},  {"jpeg", 3, whole_jpeg}, {"png", 8, whole_png},
    {"gif", 6, whole_gif}, {"webp", 12, whole_webp}, {"bmp", 26, whole_bmp},
};

static LtWhole
check_format(const Ends *ends, const char *format, const char **ret_reason)
{
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        if (g_str_equal(formats[i].format, format) && ends->n_head >= formats[i].least)
            return formats[i].check(ends, ret_reason);
    return LT_WHOLE_UNKNOWN;
}

int
lt_whole_of_file(int fd, const LtKind *kind, const char **ret_reason)
{
    g_autofree guint8 *tail = NULL;
    guint8 head[LT_KIND_BYTES];
    Ends ends = {.fd = fd, .head = head};
    struct stat info;

    *ret_reason = NULL;
    if (fstat(fd, &info) != 0)
        return -1;
    ends.size = (guint64)info.st_size;
    *ret_reason = _("empty file; scan or copy it again");
    if (ends.size == 0)
        return LT_WHOLE_NO;
    if (!kind->format)
        return LT_WHOLE_UNKNOWN;
    ends.n_head = (gsize)MIN(ends.size, sizeof head);
    ends.n_tail = (gsize)MIN(ends.size, TAIL);
    ends.tail = tail = g_malloc(ends.n_tail);
    errno = EIO;
    if (!lt_whole_read(fd, 0, head, ends.n_head) ||
        !lt_whole_read(fd, ends.size - ends.n_tail, tail, ends.n_tail))
        return -1;
    return check_format(&ends, kind->format, ret_reason);
}
