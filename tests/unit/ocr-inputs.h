/* Small documents made for the tests of ocr/, as descriptors of files in memory. */
#pragma once

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <allheaders.h>
#include <gio/gio.h>

#ifdef __SANITIZE_ADDRESS__
/* Fontconfig keeps what it once read until the process ends. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}
#endif

/* A read-only descriptor of its own, as a worker gets it. */
static inline int
input_fd(const void *bytes, gsize size)
{
    int memory = memfd_create("input", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", memory);
    int fd;

    g_assert_cmpint(write(memory, bytes, size), ==, (gssize)size);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    g_assert_cmpint(fd, >=, 0);
    close(memory);
    return fd;
}

static inline int
input_fd_of(const GString *document)
{
    return input_fd(document->str, document->len);
}

typedef struct {
    const char *page;      /* entries of every page: /MediaBox, /Rotate, ... */
    const char *resources; /* entries of its resources besides the fonts F (Helvetica, not
                            * embedded), T (Times), L, LH and V (.VnTime, its capitals, VNI-Times),
                            * C (a Japanese CID font, not embedded) and G (glyphs by number) */
    const char *content;
    guint n_pages;
} PdfInput;

#define PDF_FONTS                                                                                  \
    "/F <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> "                 \
    "/T <</Type/Font/Subtype/TrueType/BaseFont/TimesNewRoman/Encoding/WinAnsiEncoding>> "          \
    "/L <</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding<</Type/Encoding/BaseEncoding"      \
    "/WinAnsiEncoding/Differences[173/minus]>>>> "                                                 \
    "/LH <</Type/Font/Subtype/TrueType/BaseFont/.VnTimeH/Encoding/WinAnsiEncoding>> "              \
    "/V <</Type/Font/Subtype/TrueType/BaseFont/VNI-Times/Encoding/WinAnsiEncoding>> "              \
    "/G <</Type/Font/Subtype/Type0/BaseFont/Glyphs/Encoding/Identity-H/DescendantFonts[<</Type"    \
    "/Font/Subtype/CIDFontType2/BaseFont/Glyphs/CIDSystemInfo<</Registry(Adobe)"                   \
    "/Ordering(Identity)/Supplement 0>>/DW 500/FontDescriptor<</Type/FontDescriptor/FontName"      \
    "/Glyphs/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight "   \
    "700/StemV 80>>>>]>> "                                                                         \
    "/C <</Type/Font/Subtype/Type0/BaseFont/HeiseiMin-W3/Encoding/UniJIS-UCS2-H"                   \
    "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/CIDSystemInfo"       \
    "<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/FontDescriptor<</Type"             \
    "/FontDescriptor/FontName/HeiseiMin-W3/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"        \
    "/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>> "

static inline void
begin_object(GString *pdf, GArray *offsets)
{
    g_array_append_val(offsets, pdf->len);
    g_string_append_printf(pdf, "%u 0 obj\n", offsets->len);
}

/* (transfer full) */
static inline GString *
input_pdf(const PdfInput *input)
{
    GString *pdf = g_string_new("%PDF-1.4\n");
    g_autoptr(GArray) offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
    gsize xref;

    begin_object(pdf, offsets);
    g_string_append(pdf, "<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    begin_object(pdf, offsets);
    g_string_append_printf(pdf, "<</Type/Pages/Count %u/Kids[", input->n_pages);
    for (guint i = 0; i < input->n_pages; i++)
        g_string_append_printf(pdf, "%u 0 R ", 4 + i);
    g_string_append(pdf, "]>>\nendobj\n");
    begin_object(pdf, offsets);
    g_string_append_printf(pdf, "<</Length %zu>>\nstream\n%s\nendstream\nendobj\n",
                           strlen(input->content), input->content);
    for (guint i = 0; i < input->n_pages; i++) {
        begin_object(pdf, offsets);
        g_string_append_printf(pdf,
                               "<</Type/Page/Parent 2 0 R/Contents 3 0 R %s/Resources<<%s "
                               "/Font<<" PDF_FONTS ">>>>>>\nendobj\n",
                               input->page, input->resources ? input->resources : "");
    }
    xref = pdf->len;
    g_string_append_printf(pdf, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
    for (guint i = 0; i < offsets->len; i++)
        g_string_append_printf(pdf, "%010zu 00000 n \n", g_array_index(offsets, gsize, i));
    g_string_append_printf(pdf, "trailer\n<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
                           offsets->len + 1, xref);
    return pdf;
}

/* A picture in one of Leptonica's formats. (transfer full) */
static inline GString *
input_picture(PIX *pix, int format)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    GString *file;

    g_assert_cmpint(pixWriteMem(&bytes, &size, pix, format), ==, 0);
    file = g_string_new_len((const char *)bytes, (gssize)size);
    lept_free(bytes);
    return file;
}

/* A TIFF of several pages, CCITT G4 or, for deeper ones, LZW. (transfer full) */
static inline GString *
input_tiff(PIX *page, guint n_pages)
{
    g_autofree char *path = NULL;
    g_autofree char *bytes = NULL;
    gsize size = 0;
    int fd = g_file_open_tmp("luutru-XXXXXX.tif", &path, NULL);
    int format = pixGetDepth(page) == 1 ? IFF_TIFF_G4 : IFF_TIFF_LZW;

    g_assert_cmpint(fd, >=, 0);
    close(fd);
    for (guint i = 0; i < n_pages; i++)
        g_assert_cmpint(pixWriteTiff(path, page, format, i == 0 ? "w" : "a"), ==, 0);
    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    unlink(path);
    return g_string_new_len(bytes, (gssize)size);
}

/* White, with a black block of a quarter of the width and an eighth of the height in the top left
 * corner. */
static inline PIX *
input_marked_pix(int width, int height, int depth)
{
    PIX *pix = pixCreate(width, height, depth);
    BOX *mark = boxCreate(0, 0, width / 4, height / 8);

    if (depth == 1) {
        pixSetInRect(pix, mark);
    } else {
        pixSetAll(pix);
        pixClearInRect(pix, mark);
    }
    boxDestroy(&mark);
    return pix;
}
