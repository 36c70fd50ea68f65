#include <string.h>

#include "ingest/kind.h"

/* A literal with its zero bytes, filled up to what is looked at. */
#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *bytes;
    gsize n_bytes;
    const char *format;
    const char *what;
} cases[] = {
    {BYTES("%PDF-1.7\n%\xE2\xE3\xCF\xD3"), "pdf", NULL},
    {BYTES("\xEF\xBB\xBF\r\n%PDF-1.4\nmore"), "pdf", NULL},
    {BYTES("\xEF\xBB\xBF%PDF-1.4\nmore"), "pdf", NULL},
    {BYTES("Content-Type: application/pdf\r\n\r\n%PDF-1.4\nmore"), "pdf", NULL},
    {BYTES("\0\x05"
           "name.pdf\0\0%PDF-1.4\nmore"),
     "pdf", NULL},
    {BYTES("a line about %PDF-\n%PDF-1.4\nmore"), "pdf", NULL},
    {BYTES("A PDF begins with %PDF-1.4, and so on.\n"), NULL, "plain text"},
    {BYTES("what is it:\n%PDF-something\n"), NULL, "plain text"},
    {BYTES("II*\0\x08\0\0\0"), "tiff", NULL},
    {BYTES("MM\0*\0\0\0\x08"), "tiff", NULL},
    {BYTES("II+\0\x08\0\0\0"), "tiff", NULL},
    {BYTES("MM\0+\0\x08\0\0"), "tiff", NULL},
    {BYTES("\xFF\xD8\xFF\xE0\0\x10JFIF"), "jpeg", NULL},
    {BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "png", NULL},
    {BYTES("GIF89a\x01\0\x01\0"), "gif", NULL},
    {BYTES("RIFF\x24\0\0\0WEBPVP8 "), "webp", NULL},
    {BYTES("RIFF\x24\0\0\0WAVEfmt "), NULL, "unknown content"},
    {BYTES("\0\0\0\x0CjP  \r\n\x87\n"), "jp2", NULL},
    {BYTES("P4\n640 480\n"), "pnm", NULL},
    {BYTES("P4 is a size of paper"), NULL, "plain text"},
    {BYTES("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0"), "bmp", NULL},
    {BYTES("BM is how a text may begin as well"), NULL, "plain text"},
    {BYTES("PK\3\4\x14\0\x06\0"), NULL, "a ZIP archive or an office document"},
    {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), NULL, "an office document"},
    {BYTES("{\"number\": \"1758/STTTT-TTBCXB\"}\n"), NULL, "plain text"},
    {BYTES("C\xF4ng v\xA8n \xAE\xD5n s\xE8 20"), NULL, "plain text"},
    {BYTES("\xFF\xFEX\0Y\0"), NULL, "plain text"},
    {BYTES("\0\0\0\0nothing that is known"), NULL, "unknown content"},
    {BYTES("%PDF"), NULL, "plain text"},
    {BYTES(""), NULL, "unknown content"},
};

static void
test_kinds(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        /* A copy of the exact length, so that reading beyond it is found. */
        g_autofree guint8 *bytes = g_memdup2(cases[i].bytes, cases[i].n_bytes);
        const LtKind *kind = lt_kind_of_bytes(bytes, cases[i].n_bytes);

        g_test_message("case %" G_GSIZE_FORMAT, i);
        g_assert_cmpstr(kind->format, ==, cases[i].format);
        g_assert_cmpstr(kind->what, ==, cases[i].what);
    }
}

static void
test_header_limit(void)
{
    guint8 bytes[LT_KIND_BYTES + 16];

    memset(bytes, 1, sizeof bytes);
    memcpy(bytes + LT_KIND_BYTES - 5, "%PDF-", 5);
    g_assert_cmpstr(lt_kind_of_bytes(bytes, sizeof bytes)->format, ==, "pdf");
    memset(bytes, 1, sizeof bytes);
    memcpy(bytes + LT_KIND_BYTES - 4, "%PDF-", 5);
    g_assert_null(lt_kind_of_bytes(bytes, sizeof bytes)->format);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kind/kinds", test_kinds);
    g_test_add_func("/kind/header-limit", test_header_limit);
    return g_test_run();
}
