/* Whether files are whole: the samples are, their beginnings are not, and a few ends that deceive. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/whole.h"

#define CUTS 40u

static int
file_of(const void *bytes, gsize n)
{
    int fd = memfd_create("whole", MFD_CLOEXEC);

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(write(fd, bytes, n), ==, (gssize)n);
    return fd;
}

static int
whole_of(const void *bytes, gsize n)
{
    const char *reason = NULL;
    int fd = file_of(bytes, n);
    int whole = lt_whole_of_file(fd, lt_kind_of_bytes(bytes, n), &reason);

    close(fd);
    if (whole == LT_WHOLE_NO || whole == LT_WHOLE_ODD)
        g_assert_nonnull(reason);
    return whole;
}

/* Every sample that has a format of its own, whole and cut at many places. */
static void
test_samples(void)
{
    g_autoptr(GDir) folder = g_dir_open("samples", 0, NULL);
    const char *name;
    guint n = 0;

    g_assert_nonnull(folder);
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename("samples", name, NULL);
        g_autofree char *bytes = NULL;
        gsize length = 0;

        if (!g_file_get_contents(path, &bytes, &length, NULL) ||
            !lt_kind_of_bytes((const guint8 *)bytes, length)->format)
            continue;
        n++;
        g_test_message("%s", name);
        g_assert_cmpint(whole_of(bytes, length), ==, LT_WHOLE_YES);
        for (guint i = 1; i < CUTS; i++)
            g_assert_cmpint(whole_of(bytes, length * i / CUTS), !=, LT_WHOLE_YES);
        g_assert_cmpint(whole_of(bytes, length - 16), ==, LT_WHOLE_NO);
    }
    g_assert_cmpuint(n, >, 10);
}

#define LITERAL(text) text, sizeof(text) - 1
#define OBJECT "1 0 obj\n<<>>\nendobj\n"
#define TABLE "xref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\n"

static const struct {
    const char *what, *bytes;
    gsize n;
    LtWhole whole;
} cases[] = {
    {"a table", LITERAL("%PDF-1.4\n" TABLE "startxref\n9\n%%EOF\n"), LT_WHOLE_YES},
    {"no line end", LITERAL("%PDF-1.4\n" TABLE "startxref 9 %%EOF"), LT_WHOLE_YES},
    {"carriage returns", LITERAL("%PDF-1.4\r" TABLE "startxref\r9\r%%EOF\r"), LT_WHOLE_YES},
    {"a stream", LITERAL("%PDF-1.5\n" OBJECT "startxref\n9\n%%EOF\n"), LT_WHOLE_YES},
    {"a late header", LITERAL("mail\n\n%PDF-1.4\n" TABLE "startxref\n9\n%%EOF\n"), LT_WHOLE_YES},
    {"no end mark", LITERAL("%PDF-1.4\n" TABLE "startxref\n9\n"), LT_WHOLE_NO},
    {"no startxref", LITERAL("%PDF-1.4\n" TABLE "%%EOF\n"), LT_WHOLE_ODD},
    {"a wrong offset", LITERAL("%PDF-1.4\n" TABLE "startxref\n11\n%%EOF\n"), LT_WHOLE_ODD},
    {"an offset far out", LITERAL("%PDF-1.4\n" TABLE "startxref\n999999999999999999999\n%%EOF\n"),
     LT_WHOLE_ODD},
    {"a second part begun", LITERAL("%PDF-1.4\n" TABLE "startxref\n9\n%%EOF\n" OBJECT),
     LT_WHOLE_NO},
    {"linearised, first part",
     LITERAL("%PDF-1.4\n1 0 obj\n<< /Linearized 1 /L 9000 /N 2 >>\nendobj\n" TABLE
             "startxref\n0\n%%EOF\n" OBJECT),
     LT_WHOLE_NO},
    {"linearised, longer by an update",
     LITERAL("%PDF-1.4\n1 0 obj\n<< /Linearized 1 /L 99 >>\nendobj\n" TABLE "startxref\n0\n%%EOF\n"
             "startxref\n9\n%%EOF\n"),
     LT_WHOLE_YES},
    {"no document", LITERAL("some words\n"), LT_WHOLE_UNKNOWN},
    {"empty", "", 0, LT_WHOLE_NO},
    {"TIFF without directory", LITERAL("II*\0\0\0\0\0"), LT_WHOLE_NO},
    {"TIFF cut in its head", LITERAL("MM\0*\0\0"), LT_WHOLE_NO},
    {"TIFF, an empty directory", LITERAL("II*\0\x08\0\0\0\0\0\0\0\0\0"), LT_WHOLE_YES},
    {"TIFF, a ring", LITERAL("II*\0\x08\0\0\0\0\0\x08\0\0\0"), LT_WHOLE_ODD},
    {"TIFF, a strip inside",
     LITERAL("MM\0*\0\0\0\x08\0\x02\x01\x11\0\x03\0\0\0\x01\0\x08\0\0"
             "\x01\x17\0\x03\0\0\0\x01\0\x04\0\0\0\0\0\0"),
     LT_WHOLE_YES},
    {"TIFF, a strip beyond",
     LITERAL("MM\0*\0\0\0\x08\0\x02\x01\x11\0\x03\0\0\0\x01\0\x08\0\0"
             "\x01\x17\0\x03\0\0\0\x01\0\x7F\0\0\0\0\0\0"),
     LT_WHOLE_NO},
    {"TIFF, values beyond",
     LITERAL("MM\0*\0\0\0\x08\0\x02\x01\x11\0\x04\0\0\0\x09\0\0\x7F\0"
             "\x01\x17\0\x04\0\0\0\x09\0\0\x7F\0\0\0\0\0"),
     LT_WHOLE_NO},
    {"JPEG, only its preview",
     LITERAL("\xFF\xD8\xFF\xE1\0\x08preW\xFF\xD9\xFF\xDA\0\x04"
             "ab scan"),
     LT_WHOLE_NO},
    {"JPEG, its end",
     LITERAL("\xFF\xD8\xFF\xE1\0\x08preW\xFF\xD9\xFF\xDA\0\x04"
             "ab scan\xFF\xD9\0"),
     LT_WHOLE_YES},
};

static void
test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        g_assert_cmpint(whole_of(cases[i].bytes, cases[i].n), ==, (int)cases[i].whole);
    }
}

static void
test_gone(void)
{
    const char *reason;

    g_assert_cmpint(lt_whole_of_file(-1, lt_kind_of_bytes((const guint8 *)"%PDF-1.4", 8), &reason),
                    ==, -1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/whole/samples", test_samples);
    g_test_add_func("/whole/cases", test_cases);
    g_test_add_func("/whole/gone", test_gone);
    return g_test_run();
}
