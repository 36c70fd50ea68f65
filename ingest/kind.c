/* The kinds of file that are taken, and the commonest of those that are not, as a table of
 * signatures. */
#include "ingest/kind.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

typedef struct {
    guint offset, length;
    const char *bytes;
    LtKind kind;
} Signature;

static const LtKind kind_pdf = {"pdf", NULL};
static const LtKind kind_bmp = {"bmp", NULL};
static const LtKind kind_pnm = {"pnm", NULL};
static const LtKind kind_text = {NULL, N_("plain text")};
static const LtKind kind_unknown = {NULL, N_("unknown content")};

static const Signature signatures[] = {
    {0, 5, "%PDF-", {"pdf", NULL}},
    {0, 4, "II*\0", {"tiff", NULL}},
    {0, 4, "MM\0*", {"tiff", NULL}},
    {0, 4, "II+\0", {"tiff", NULL}},
    {0, 4, "MM\0+", {"tiff", NULL}},
    {0, 3, "\xFF\xD8\xFF", {"jpeg", NULL}},
    {0, 8, "\x89PNG\r\n\x1A\n", {"png", NULL}},
    {0, 6, "GIF87a", {"gif", NULL}},
    {0, 6, "GIF89a", {"gif", NULL}},
    {8, 4, "WEBP", {"webp", NULL}},
    {0, 12, "\0\0\0\x0CjP  \r\n\x87\n", {"jp2", NULL}},
    {0, 4, "\xFF\x4F\xFF\x51", {"jp2", NULL}},
    {0, 4, "PK\3\4", {NULL, N_("a ZIP archive or an office document")}},
    {0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", {NULL, N_("an office document")}},
    {0, 6, "Rar!\x1A\x07", {NULL, N_("a RAR archive")}},
    {0, 6, "7z\xBC\xAF\x27\x1C", {NULL, N_("a 7z archive")}},
    {0, 3, "\x1F\x8B\x08", {NULL, N_("a gzip archive")}},
    {0, 4, "%!PS", {NULL, N_("PostScript")}},
    {0, 5, "{\\rtf", {NULL, N_("an RTF document")}},
    {0, 16, "SQLite format 3\0", {NULL, N_("a database")}},
    {4, 8, "ftypheic", {NULL, N_("a HEIC picture")}},
    {4, 8, "ftypavif", {NULL, N_("an AVIF picture")}},
    {0,
     4,
     "\x7F"
     "ELF",
     {NULL, N_("a program")}},
};

static guint32
little32(const guint8 *bytes)
{
    return bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 | (guint32)bytes[3] << 24;
}

/* "BM" alone begins many a text; the size of the second header tells a picture from it. */
static gboolean
is_bmp(const guint8 *bytes, gsize n)
{
    static const guint32 header_sizes[] = {12, 40, 52, 56, 64, 108, 124};

    if (n < 26 || bytes[0] != 'B' || bytes[1] != 'M')
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(header_sizes); i++) {
        if (little32(bytes + 14) == header_sizes[i])
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_pnm(const guint8 *bytes, gsize n)
{
    return n >= 8 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6' &&
           g_ascii_isspace(bytes[2]) && (g_ascii_isdigit(bytes[3]) || bytes[3] == '#');
}

/* Text in any code, Unicode or one of the old Vietnamese ones: no bytes that only binary files
 * hold. */
static gboolean
is_text(const guint8 *bytes, gsize n)
{
    if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return TRUE;
    for (gsize i = 0; i < n; i++) {
        if ((bytes[i] < 0x20 && !strchr("\t\n\v\f\r\x1B", bytes[i])) || bytes[i] == 0 ||
            bytes[i] == 0x7F)
            return FALSE;
    }
    return n > 0;
}

/* What stands before a PDF's header: nothing, whole lines, or no text at all. A text that speaks of the
 * header does so within a line. */
static gboolean
may_precede_header(const guint8 *bytes, gsize n)
{
    while (n > 0 && (bytes[n - 1] == ' ' || bytes[n - 1] == '\t'))
        n--;
    if (n == 0 || bytes[n - 1] == '\n' || bytes[n - 1] == '\r')
        return TRUE;
    return (n == 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) || !is_text(bytes, n);
}

/* ISO 32000-1, annex H.3.4.1: readers take a header anywhere in the first 1024 bytes. */
static gboolean
is_late_pdf(const guint8 *bytes, gsize n)
{
    const guint8 *at = bytes;

    while ((at = memmem(at, n - (gsize)(at - bytes), "%PDF-", 5))) {
        gsize before = (gsize)(at - bytes);

        at += 5;
        if ((before + 5 == n || g_ascii_isdigit(*at)) && may_precede_header(bytes, before))
            return TRUE;
    }
    return FALSE;
}

const LtKind *
lt_kind_of_bytes(const guint8 *bytes, gsize n_bytes)
{
    gsize n = MIN(n_bytes, LT_KIND_BYTES);

    for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++) {
        const Signature *signature = &signatures[i];

        if (n >= signature->offset + signature->length &&
            memcmp(bytes + signature->offset, signature->bytes, signature->length) == 0)
            return &signature->kind;
    }
    if (is_bmp(bytes, n))
        return &kind_bmp;
    if (is_pnm(bytes, n))
        return &kind_pnm;
    if (n > 0 && is_late_pdf(bytes, n))
        return &kind_pdf;
    return is_text(bytes, n) ? &kind_text : &kind_unknown;
}

const LtKind *
lt_kind_of_file(int fd)
{
    guint8 bytes[LT_KIND_BYTES];
    gsize n = 0;

    while (n < sizeof bytes) {
        gssize got = pread(fd, bytes + n, sizeof bytes - n, (off_t)n);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return NULL;
        if (got == 0)
            break;
        n += (gsize)got;
    }
    return lt_kind_of_bytes(bytes, n);
}
