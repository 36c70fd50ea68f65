#include "ocr/pdf.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ocr/layer.h"
#include "ocr/pdf-sizes.h"

#define POINTS_PER_INCH 72.0
#define TAIL_SIZE 2048        /* bytes at the end in which startxref and %%EOF must stand */
#define CAIRO_MAX_SIDE 32767  /* pixels a side of a cairo image surface */
#define READ_WHOLE (16 << 20) /* bytes of a file that is held in memory at most */
#define LAYERS_MOST 4 /* images that fill a page: each takes as long as the page to decode */
#define COARSE 180.0  /* pixels per inch: print is rarely scanned so coarsely, but its ground is */
#define FULL_PAGE_SHARE 0.8 /* one image covering more of the page than this is a scan */

struct LtPdf {
    PopplerDocument *document;
    GBytes *bytes; /* (nullable): a large file */
    GArray *sizes; /* of its images; (nullable): not read yet, or a large file */
    guint n_pages;
    gboolean damaged;
};

/* The last place of a string in bytes that are no text. Returns: (nullable) */
static const char *
find_last(const char *bytes, gsize size, const char *string)
{
    const char *end = bytes + size, *last = NULL;

    for (const char *at = bytes; (at = memmem(at, (gsize)(end - at), string, strlen(string))); at++)
        last = at;
    return last;
}

/* The last 'startxref' gives the place of a cross-reference table or stream, counted from the
 * header. Where it does not, Poppler searches the file for objects, and what was cut off is
 * missing. */
static gboolean
has_whole_tail(int fd)
{
    struct stat status;
    char head[1024 + 1], tail[TAIL_SIZE + 1], target[32 + 1];
    const char *start, *header;
    gssize n_head, n_tail, n_target;
    guint64 place;

    if (fstat(fd, &status) < 0)
        return FALSE;
    n_head = pread(fd, head, sizeof head - 1, 0);
    n_tail = pread(fd, tail, TAIL_SIZE, MAX(0, status.st_size - TAIL_SIZE));
    if (n_head <= 0 || n_tail <= 0)
        return FALSE;
    header = memmem(head, (gsize)n_head, "%PDF-", 5);
    start = find_last(tail, (gsize)n_tail, "startxref");
    if (!header || !start || !memmem(start, (gsize)(tail + n_tail - start), "%%EOF", 5))
        return FALSE;
    tail[n_tail] = '\0';
    place = g_ascii_strtoull(start + strlen("startxref"), NULL, 10) + (guint64)(header - head);
    if (place >= (guint64)status.st_size)
        return FALSE;
    n_target = pread(fd, target, sizeof target - 1, (off_t)place);
    if (n_target <= 0)
        return FALSE;
    target[n_target] = '\0';
    g_strchug(target);
    return g_str_has_prefix(target, "xref") || g_ascii_isdigit(target[0]);
}

static void
translate_open_error(const GError *cause, GError **error)
{
    if (g_error_matches(cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_ENCRYPTED,
                            _("the PDF needs a password to be opened"));
    else
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED,
                    _("the PDF cannot be read, it is damaged or cut off (%s)"),
                    cause ? cause->message : "");
}

/* The whole file, where it is no large one: Poppler reads a descriptor 256 bytes at a time. (transfer full)
 * (nullable) */
static GBytes *
read_whole(int fd)
{
    struct stat status;
    gsize done = 0;

    if (fstat(fd, &status) < 0 || status.st_size <= 0 || status.st_size > READ_WHOLE)
        return NULL;
    gsize size = (gsize)status.st_size;
    g_autofree guint8 *bytes = g_try_malloc(size);
    while (bytes != NULL && done < size) {
        gssize n = pread(fd, bytes + done, size - done, (off_t)done);
        if (n <= 0)
            return NULL;
        done += (gsize)n;
    }
    return bytes != NULL ? g_bytes_new_take(g_steal_pointer(&bytes), size) : NULL;
}

/* Takes fd over. */
static PopplerDocument *
open_document(int fd, GBytes *bytes, GError **error)
{
    if (!bytes)
        return poppler_document_new_from_fd(fd, NULL, error);
    close(fd);
    return poppler_document_new_from_bytes(bytes, NULL, error);
}

LtPdf *
lt_pdf_open(int fd, GError **error)
{
    g_autoptr(LtPdf) pdf = g_new0(LtPdf, 1);
    g_autoptr(GError) cause = NULL;
    int n_pages;

    pdf->damaged = !has_whole_tail(fd);
    pdf->bytes = read_whole(fd);
    pdf->document = open_document(fd, pdf->bytes, &cause);
    if (!pdf->document) {
        translate_open_error(cause, error);
        return NULL;
    }
    n_pages = poppler_document_get_n_pages(pdf->document);
    if (n_pages < 1) {
        g_set_error(error, LT_OCR_ERROR,
                    pdf->damaged ? LT_OCR_ERROR_DAMAGED : LT_OCR_ERROR_NO_PAGES, "%s",
                    pdf->damaged ? _("the PDF is damaged or cut off: no page can be found")
                                 : _("the PDF has no pages"));
        return NULL;
    }
    pdf->n_pages = (guint)n_pages;
    return g_steal_pointer(&pdf);
}

void
lt_pdf_close(LtPdf *pdf)
{
    if (!pdf)
        return;
    g_clear_object(&pdf->document);
    g_clear_pointer(&pdf->sizes, g_array_unref);
    g_clear_pointer(&pdf->bytes, g_bytes_unref);
    g_free(pdf);
}

guint
lt_pdf_n_pages(const LtPdf *pdf)
{
    return pdf->n_pages;
}

gboolean
lt_pdf_is_damaged(const LtPdf *pdf)
{
    return pdf->damaged;
}

/* Returns: (transfer full) (nullable): the page, its upright size in points in *ret_width,
 * *ret_height. */
static PopplerPage *
get_page(LtPdf *pdf, guint number, double *ret_width, double *ret_height, GError **error)
{
    g_autoptr(PopplerPage) page = poppler_document_get_page(pdf->document, (int)number - 1);

    if (page)
        poppler_page_get_size(page, ret_width, ret_height);
    if (!page || !(*ret_width > 0) || !(*ret_height > 0) || !isfinite(*ret_width * *ret_height)) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED,
                    _("page %u of the PDF cannot be read, the file is damaged"), number);
        return NULL;
    }
    return g_steal_pointer(&page);
}

static double
rectangle_area(const PopplerRectangle *area, double width, double height)
{
    double x0 = CLAMP(MIN(area->x1, area->x2), 0, width);
    double x1 = CLAMP(MAX(area->x1, area->x2), 0, width);
    double y0 = CLAMP(MIN(area->y1, area->y2), 0, height);
    double y1 = CLAMP(MAX(area->y1, area->y2), 0, height);

    return (x1 - x0) * (y1 - y0);
}

static double
image_share(PopplerPage *page, double width, double height)
{
    GList *images = poppler_page_get_image_mapping(page);
    double covered = 0;

    for (GList *l = images; l; l = l->next)
        covered += rectangle_area(&((PopplerImageMapping *)l->data)->area, width, height);
    poppler_page_free_image_mapping(images);
    return lt_clamp_fraction(covered / (width * height));
}

/* Pixels per inch of an image on the page, 0 where it cannot be decoded. Compact PDFs keep the tones of a page in a
 * coarse image, and its print in a finer one through which they are drawn, which Poppler does not name. */
static double
image_dpi(LtPdf *pdf, PopplerPage *page, const PopplerImageMapping *image)
{
    double width = fabs(image->area.x2 - image->area.x1);
    double height = fabs(image->area.y2 - image->area.y1);

    if (!pdf->sizes && pdf->bytes) {
        gsize size;
        const char *bytes = g_bytes_get_data(pdf->bytes, &size);

        pdf->sizes = lt_pdf_sizes_read(bytes, size);
    }
    double finest = 0;
    double dpi = pdf->sizes ? lt_pdf_sizes_dpi(pdf->sizes, width, height, &finest) : 0;
    if (dpi > 0)
        return dpi;
    g_autoptr(cairo_surface_t) surface = poppler_page_get_image(page, image->image_id);
    if (!surface)
        return 0;
    dpi = POINTS_PER_INCH * sqrt((double)cairo_image_surface_get_width(surface) *
                                 cairo_image_surface_get_height(surface) / (width * height));
    return dpi < COARSE ? MAX(dpi, finest) : dpi;
}

/* Pixels per inch of the finest image that fills the page; 0 where there is none. */
static double
native_dpi(LtPdf *pdf, PopplerPage *page, double width, double height)
{
    GList *images = poppler_page_get_image_mapping(page);
    double dpi = 0;
    guint n = 0;

    for (GList *l = images; l && n < LAYERS_MOST && dpi < LT_DPI_NATIVE_MAX; l = l->next) {
        const PopplerImageMapping *image = l->data;

        if (rectangle_area(&image->area, width, height) < FULL_PAGE_SHARE * width * height)
            continue;
        dpi = MAX(dpi, image_dpi(pdf, page, image));
        n++;
    }
    poppler_page_free_image_mapping(images);
    return dpi;
}

/* Lowers *dpi until the page is within the limits; FALSE where it never is. */
static gboolean
fit_dpi(guint *dpi, double width, double height, guint number, GError **error)
{
    double inches_wide = width / POINTS_PER_INCH, inches_high = height / POINTS_PER_INCH;
    double by_area = sqrt(LT_OCR_MAX_PIXELS / (inches_wide * inches_high));
    double by_side = CAIRO_MAX_SIDE / MAX(inches_wide, inches_high);
    double highest = floor(MIN(by_area, by_side));

    if (highest < LT_DPI_LOWEST) {
        g_set_error(
            error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE,
            _("page %u measures %.0f × %.0f inches: at %d dpi that is more than the limit of "
              "%.0f million pixels"),
            number, inches_wide, inches_high, LT_DPI_LOWEST, LT_OCR_MAX_PIXELS / 1e6);
        return FALSE;
    }
    *dpi = (guint)MIN(*dpi, highest);
    return TRUE;
}

gboolean
lt_pdf_read_layer(LtPdf *pdf, guint number, LtPage **ret_page, LtLayerVerdict *ret_verdict,
                  GError **error)
{
    double width = 0, height = 0;
    g_autoptr(PopplerPage) page = get_page(pdf, number, &width, &height, error);
    g_autoptr(LtPage) read = NULL;
    gboolean broken = FALSE;
    guint dpi = LT_DPI_LOWEST;

    if (!page)
        return FALSE;
    read = lt_layer_read(page, number, width, height, &broken);
    *ret_verdict = broken ? LT_LAYER_GARBAGE : lt_layer_judge(read, 1);
    /* What would be kept over a scan is kept without looking for pictures, which takes as long as
     * reading the text. */
    if (!broken && *ret_verdict != LT_LAYER_KEEP)
        *ret_verdict = lt_layer_judge(read, image_share(page, width, height));
    if (*ret_verdict == LT_LAYER_KEEP) {
        *ret_page = g_steal_pointer(&read);
        return TRUE;
    }
    return fit_dpi(&dpi, width, height, number, error);
}

static gboolean
is_grey(const guint8 *pixels, int stride, int width, int height)
{
    for (int y = 0; y < height; y++) {
        const guint32 *row = (const guint32 *)(const void *)(pixels + (gsize)y * (gsize)stride);

        for (int x = 0; x < width; x++)
            if (((row[x] ^ (row[x] >> 8)) & 0xffff) != 0)
                return FALSE;
    }
    return TRUE;
}

/* From cairo's RGB24 to 8 bits where there is no colour, else 32. (transfer full) (nullable) */
static PIX *
surface_to_pix(cairo_surface_t *surface)
{
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    const guint8 *pixels = cairo_image_surface_get_data(surface);
    gboolean grey = is_grey(pixels, stride, width, height);
    g_autoptr(PIX) pix = pixCreateNoInit(width, height, grey ? 8 : 32);

    if (!pix)
        return NULL;
    for (int y = 0; y < height; y++) {
        const guint32 *from = (const guint32 *)(const void *)(pixels + (gsize)y * (gsize)stride);
        l_uint32 *to = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);

        for (int x = 0; x < width; x++) {
            if (grey)
                SET_DATA_BYTE(to, x, from[x] & 0xff);
            else
                to[x] = from[x] << 8 | 0xff;
        }
    }
    return g_steal_pointer(&pix);
}

/* One tone all over. */
static gboolean
is_even(PIX *pix)
{
    const l_uint32 *words = pixGetData(pix);
    int wpl = pixGetWpl(pix), last = pixGetWidth(pix) * pixGetDepth(pix) / 32;

    for (int y = 0; y < (int)pixGetHeight(pix); y++)
        for (int i = 0; i < last; i++)
            if (words[(gsize)y * (gsize)wpl + (gsize)i] != words[0])
                return FALSE;
    return TRUE;
}

static gboolean
out_of_memory(guint number, GError **error)
{
    g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_MEMORY,
                _("page %u takes more memory than is allowed"), number);
    return FALSE;
}

gboolean
lt_pdf_render(LtPdf *pdf, guint number, guint wanted_dpi, LtPagePicture *ret_picture,
              GError **error)
{
    double width = 0, height = 0, native;
    g_autoptr(PopplerPage) page = get_page(pdf, number, &width, &height, error);
    g_autoptr(cairo_surface_t) surface = NULL;
    g_autoptr(cairo_t) cairo = NULL;
    guint dpi = wanted_dpi > 0 ? wanted_dpi : LT_DPI_DEFAULT;
    double scale;

    if (!page)
        return FALSE;
    native = wanted_dpi > 0 ? 0 : native_dpi(pdf, page, width, height);
    if (native > 0)
        dpi = (guint)lround(CLAMP(native, LT_DPI_NATIVE_MIN, LT_DPI_NATIVE_MAX));
    if (!fit_dpi(&dpi, width, height, number, error))
        return FALSE;
    scale = dpi / POINTS_PER_INCH;
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, MAX(1, (int)lround(width * scale)),
                                         MAX(1, (int)lround(height * scale)));
    cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1); /* Poppler paints no background */
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    if (cairo_status(cairo) != CAIRO_STATUS_SUCCESS)
        return out_of_memory(number, error);
    cairo_surface_flush(surface);
    ret_picture->pix = surface_to_pix(surface);
    if (!ret_picture->pix)
        return out_of_memory(number, error);
    ret_picture->hollow =
        is_even(ret_picture->pix) && image_share(page, width, height) > FULL_PAGE_SHARE;
    pixSetResolution(ret_picture->pix, (int)dpi, (int)dpi);
    ret_picture->dpi = dpi;
    ret_picture->width = width;
    ret_picture->height = height;
    return TRUE;
}
