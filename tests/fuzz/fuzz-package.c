/* A dossier's lists from elsewhere: any bytes as dossier.xml, with sums that fit, and as CSV. */
#include <glib/gstdio.h>

#include "store/store.h"
#include "tests/fuzz/fuzz.h"

static const char *const names[] = {"dossier.xml", "index.csv", "SHA256SUMS"};

static void
put(const char *folder, const char *name, const void *bytes, gsize length, GString *sums)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, length);

    g_assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
    if (sums != NULL)
        g_string_append_printf(sums, "%s  %s\n", sum, name);
}

static void
read_package(const guint8 *bytes, gsize length)
{
    g_autofree char *folder = g_dir_make_tmp("luutru-fuzz-XXXXXX", NULL);
    g_autoptr(GString) sums = g_string_new(NULL);
    g_autoptr(LtPackage) package = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(folder);
    put(folder, names[0], length > 0 ? bytes : (const guint8 *)"", length, sums);
    put(folder, names[1], "a\r\n", 3, sums);
    put(folder, names[2], sums->str, sums->len, NULL);
    package = lt_package_read(folder, &error);
    /* No originals are there, so whatever the XML says, it cannot be whole. */
    g_assert_null(package);
    g_assert_nonnull(error);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
}

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autoptr(GPtrArray) lines = lt_csv_parse(text, 1000, NULL);

    for (guint i = 0; lines != NULL && i < lines->len; i++)
        g_assert_cmpuint(g_strv_length(g_ptr_array_index(lines, i)), >, 0);
    read_package(bytes, length);
    return 0;
}
