/* Resolutions told from the dictionaries of images, and what must not be concluded from them. */
#include "ocr/pdf-sizes.h"

#include <string.h>

#define A4_WIDE 595.2
#define A4_HIGH 841.92

static GArray *
read_sizes(const char *pdf)
{
    return lt_pdf_sizes_read(pdf, strlen(pdf));
}

/* As lt_pdf_render asks: 0 where the image must be decoded. */
static void
assert_dpi(const char *pdf, double width, double height, double expected)
{
    g_autoptr(GArray) sizes = read_sizes(pdf);
    double finest;

    g_assert_cmpfloat_with_epsilon(lt_pdf_sizes_dpi(sizes, width, height, &finest), expected, 0.5);
}

#define IMAGE(entries)                                                                             \
    "7 0 obj\n<</Type/XObject/Subtype/Image" entries ">>\nstream\nxxx\nendstream\nendobj\n"
#define A4_200 IMAGE("/Width 1654/Height 2339/BitsPerComponent 1")
#define A4_300 IMAGE("/Height 3508 /Length 3 /Width 2480")

static void
test_told(void)
{
    assert_dpi(A4_200, A4_WIDE, A4_HIGH, 200);
    assert_dpi(A4_300, A4_WIDE, A4_HIGH, 300);
    assert_dpi(A4_200, A4_HIGH, A4_WIDE, 200); /* turned by the page */
    assert_dpi(A4_200 IMAGE("/Width 400/Height 400"), A4_WIDE, A4_HIGH, 200);
    assert_dpi(A4_200 IMAGE("/Width 1660 /Height 2350") A4_200, A4_WIDE, A4_HIGH, 200);
    assert_dpi(A4_200 IMAGE("/Width 106/Height 150"), A4_WIDE, A4_HIGH, 200); /* a thumbnail */
    assert_dpi("1 0 obj<</O/Layout/Width 100>>endobj\n" A4_200, A4_WIDE, A4_HIGH, 200);
    assert_dpi("1 0 obj<</Widths[500 500]/FirstChar 1>>endobj\n" A4_200, A4_WIDE, A4_HIGH, 200);
}

static void
test_not_told(void)
{
    assert_dpi("", A4_WIDE, A4_HIGH, 0);
    assert_dpi("%PDF-1.7 /Width", A4_WIDE, A4_HIGH, 0);
    assert_dpi(A4_200, A4_WIDE, A4_WIDE, 0);
    assert_dpi(A4_200 A4_300, A4_WIDE, A4_HIGH, 0);
    assert_dpi(A4_200 IMAGE("/Width 1728/Height 1145"), A4_WIDE, A4_HIGH, 0); /* a fax */
    assert_dpi(A4_200 IMAGE("/Width 12 0 R/Height 13 0 R"), A4_WIDE, A4_HIGH, 0);
    assert_dpi(A4_200 IMAGE("/Width 2480"), A4_WIDE, A4_HIGH, 0);
    assert_dpi(A4_200 IMAGE("/Width 2480/Height 3508/Height 1"), A4_WIDE, A4_HIGH, 0);
    assert_dpi(A4_200 IMAGE("/Width 99999999999/Height 3508"), A4_WIDE, A4_HIGH, 0);
    assert_dpi(A4_200 IMAGE("/Width -5/Height 3508"), A4_WIDE, A4_HIGH, 0);
}

/* The tones of a page at 100 pixels per inch, its print at 300. */
static void
test_finest(void)
{
    g_autoptr(GArray) sizes = read_sizes(IMAGE("/Width 827/Height 1170") A4_300);
    double finest = 0;

    g_assert_cmpfloat(lt_pdf_sizes_dpi(sizes, A4_WIDE, A4_HIGH, &finest), ==, 0);
    g_assert_cmpfloat_with_epsilon(finest, 300, 0.5);
}

/* Every cut of a file, in memory of its own size, for the sanitizers to watch. */
static void
test_cut_off(void)
{
    static const char PDF[] = A4_300 A4_200;

    for (gsize size = 0; size < sizeof PDF; size++) {
        g_autofree char *cut = g_memdup2(PDF, size);
        g_autoptr(GArray) sizes = lt_pdf_sizes_read(cut ? cut : "", size);

        g_assert_cmpuint(sizes->len, <=, 2);
    }
}

static void
test_many(void)
{
    g_autoptr(GString) pdf = g_string_new(NULL);

    for (guint i = 1; i <= LT_PDF_SIZES_MOST; i++)
        g_string_append_printf(pdf, IMAGE("/Width %u/Height %u"), 1654 * i, 2339 * i);
    g_autoptr(GArray) full = read_sizes(pdf->str);
    g_assert_cmpuint(full->len, ==, LT_PDF_SIZES_MOST);
    g_string_append(pdf, IMAGE("/Width 5/Height 5"));
    g_autoptr(GArray) over = read_sizes(pdf->str);
    g_assert_cmpuint(over->len, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pdf-sizes/told", test_told);
    g_test_add_func("/pdf-sizes/not-told", test_not_told);
    g_test_add_func("/pdf-sizes/finest", test_finest);
    g_test_add_func("/pdf-sizes/cut-off", test_cut_off);
    g_test_add_func("/pdf-sizes/many", test_many);
    return g_test_run();
}
