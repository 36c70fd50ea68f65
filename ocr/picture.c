#include "ocr/picture.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "ocr/jpeg.h"
#include "ocr/tiff.h"

#define POINTS_PER_INCH 72.0
#define A4_LONG_SIDE 11.69 /* inches */
#define GIF_SIZE_AT 6      /* width and height as two 16-bit little-endian numbers */
#define SNIFF_SIZE 12      /* bytes that Leptonica looks at to tell a format */

/* Resolutions that programs write when they know none (72, 96) say nothing, nor do any that make
 * the page smaller than a postcard or larger than A2; up to A0 those are believed that scanners have. */
#define DPI_BELIEVED 100
#define DPI_MOST 2400
#define INCHES_LEAST 4.0
#define INCHES_MOST 24.0
#define INCHES_A0 50.0
#define ESTIMATE_LEAST 70
#define ESTIMATE_MOST 600
#define SQUARE_ENOUGH 1.1 /* fax pages have 204 × 98 dpi */

struct LtPictureFile {
    GMappedFile *map;
    int format;    /* IFF_* of Leptonica */
    GArray *pages; /* of LtTiffPage; the one page of another format likewise */
    guint orientation;
    gboolean damaged;
};

static const guint8 *
file_bytes(const LtPictureFile *file, gsize *ret_size)
{
    *ret_size = g_mapped_file_get_length(file->map);
    return (const guint8 *)g_mapped_file_get_contents(file->map);
}

static gboolean
unsupported(GError **error)
{
    g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_UNSUPPORTED,
                        _("the file is neither a PDF nor a picture of a kind that can be read"));
    return FALSE;
}

static gboolean
damaged_page(guint number, GError **error)
{
    g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED,
                _("page %u of the picture is damaged or cut off"), number);
    return FALSE;
}

/* BMP and PNM begin with two letters that a text may begin with, too. */
static gboolean
has_weak_magic(int format)
{
    return format == IFF_BMP || format == IFF_PNM;
}

static gboolean
read_header(LtPictureFile *file, const guint8 *bytes, gsize size, GError **error)
{
    LtTiffPage page = {.orientation = 1, .whole = TRUE};
    int width = 0, height = 0, format, bits, samples, mapped;

    if (file->format == IFF_GIF && size >= GIF_SIZE_AT + 4) {
        /* Leptonica would decode it all to know this. */
        width = bytes[GIF_SIZE_AT] | bytes[GIF_SIZE_AT + 1] << 8;
        height = bytes[GIF_SIZE_AT + 2] | bytes[GIF_SIZE_AT + 3] << 8;
    } else if (pixReadHeaderMem(bytes, size, &format, &width, &height, &bits, &samples, &mapped)) {
        return has_weak_magic(file->format) ? unsupported(error) : damaged_page(1, error);
    }
    if (width <= 0 || height <= 0)
        return damaged_page(1, error);
    page.width = (guint32)width;
    page.height = (guint32)height;
    g_array_append_val(file->pages, page);
    if (file->format == IFF_JFIF_JPEG) {
        LtJpegInfo info = lt_jpeg_scan(bytes, size);

        file->orientation = info.orientation;
        file->damaged = !info.whole;
    }
    return TRUE;
}

static void
read_tiff(LtPictureFile *file, const guint8 *bytes, gsize size)
{
    if (!lt_tiff_scan(bytes, size, LT_OCR_MAX_PAGES + 1, file->pages)) {
        LtTiffPage lost = {.orientation = 1};

        g_array_append_val(file->pages, lost); /* so that it is named, and fails */
    }
    for (guint i = 0; i < file->pages->len; i++)
        file->damaged = file->damaged || !g_array_index(file->pages, LtTiffPage, i).tidy;
}

static gboolean
read_structure(LtPictureFile *file, GError **error)
{
    gsize size = 0;
    const guint8 *bytes = file_bytes(file, &size);

    if (size < SNIFF_SIZE || findFileFormatBuffer(bytes, &file->format))
        return unsupported(error);
    if (file->format == IFF_UNKNOWN || file->format == IFF_PS || file->format == IFF_SPIX)
        return unsupported(error);
    if (!L_FORMAT_IS_TIFF(file->format))
        return read_header(file, bytes, size, error);
    if (!lt_tiff_has_header(bytes, size))
        return unsupported(error);
    read_tiff(file, bytes, size);
    return TRUE;
}

LtPictureFile *
lt_picture_file_open(int fd, GError **error)
{
    g_autoptr(LtPictureFile) file = g_new0(LtPictureFile, 1);
    g_autoptr(GError) cause = NULL;

    file->pages = g_array_new(FALSE, FALSE, sizeof(LtTiffPage));
    file->orientation = 1;
    file->map = g_mapped_file_new_from_fd(fd, FALSE, &cause);
    close(fd);
    if (!file->map) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_MEMORY, _("the file cannot be mapped: %s"),
                    cause->message);
        return NULL;
    }
    if (!read_structure(file, error))
        return NULL;
    return g_steal_pointer(&file);
}

void
lt_picture_file_close(LtPictureFile *file)
{
    if (!file)
        return;
    g_clear_pointer(&file->map, g_mapped_file_unref);
    g_clear_pointer(&file->pages, g_array_unref);
    g_free(file);
}

guint
lt_picture_file_n_pages(const LtPictureFile *file)
{
    return file->pages->len;
}

gboolean
lt_picture_file_is_damaged(const LtPictureFile *file)
{
    return file->damaged;
}

gboolean
lt_picture_file_check(LtPictureFile *file, guint number, GError **error)
{
    const LtTiffPage *page = &g_array_index(file->pages, LtTiffPage, number - 1);

    if (!page->whole || page->width == 0 || page->height == 0)
        return damaged_page(number, error);
    if ((double)page->width * page->height > LT_OCR_MAX_PIXELS) {
        g_set_error(
            error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE,
            _("page %u is a picture of %u × %u pixels, more than the limit of %.0f million"),
            number, page->width, page->height, LT_OCR_MAX_PIXELS / 1e6);
        return FALSE;
    }
    return TRUE;
}

/* Returns: (transfer full) (nullable) */
static PIX *
decode(const LtPictureFile *file, guint number)
{
    const LtTiffPage *page = &g_array_index(file->pages, LtTiffPage, number - 1);
    gsize size = 0, offset = page->offset;
    const guint8 *bytes = file_bytes(file, &size);

    if (L_FORMAT_IS_TIFF(file->format))
        return pixReadMemFromMultipageTiff(bytes, size, &offset);
    if (file->format == IFF_JFIF_JPEG) /* what is missing or spoiled becomes grey */
        return pixReadMemJpeg(bytes, size, 0, 1, NULL, L_JPEG_CONTINUE_WITH_BAD_DATA);
    return pixReadMem(bytes, size);
}

/* To 1, 8 or 32 bits without colour map or alpha. (transfer full)
 * (nullable) */
static PIX *
simplify(PIX *decoded)
{
    g_autoptr(PIX) opaque = pixRemoveAlpha(decoded);
    g_autoptr(PIX) plain = opaque ? pixRemoveColormap(opaque, REMOVE_CMAP_BASED_ON_SRC) : NULL;

    if (!plain || pixGetDepth(plain) == 1)
        return g_steal_pointer(&plain);
    return pixConvertTo8Or32(plain, L_COPY, 0);
}

/* EXIF 2.3, 4.6.4: what must be done for row 0 to be at the top and column 0 at the left; quarter
 * turns clockwise, after the flip. TIFF pages are turned by Leptonica already. */
static const struct {
    gboolean mirrored;
    int quarter_turns;
} ORIENTATIONS[] = {
    [1] = {FALSE, 0}, [2] = {TRUE, 0},  [3] = {FALSE, 2}, [4] = {TRUE, 2},
    [5] = {TRUE, 3},  [6] = {FALSE, 1}, [7] = {TRUE, 1},  [8] = {FALSE, 3},
};

static PIX *
turn_upright(PIX *pix, guint orientation)
{
    g_autoptr(PIX) flipped =
        ORIENTATIONS[orientation].mirrored ? pixFlipLR(NULL, pix) : pixClone(pix);

    return flipped ? pixRotateOrth(flipped, ORIENTATIONS[orientation].quarter_turns) : NULL;
}

static gboolean
is_scanners(int dpi)
{
    static const int SCANNERS[] = {150, 200, 300, 400, 600};

    for (guint i = 0; i < G_N_ELEMENTS(SCANNERS); i++)
        if (dpi == SCANNERS[i])
            return TRUE;
    return FALSE;
}

static gboolean
is_plausible(int dpi, guint longer_pixels)
{
    double inches = dpi > 0 ? (double)longer_pixels / dpi : 0;

    return dpi >= DPI_BELIEVED && dpi <= DPI_MOST && inches >= INCHES_LEAST &&
           inches <= (is_scanners(dpi) ? INCHES_A0 : INCHES_MOST);
}

/* Resolution across and down, equal unless the file says otherwise. */
static void
find_resolution(PIX *pix, double *ret_across, double *ret_down)
{
    guint longer = (guint)MAX(pixGetWidth(pix), pixGetHeight(pix));
    int across = pixGetXRes(pix), down = pixGetYRes(pix);
    double estimate = CLAMP(longer / A4_LONG_SIDE, ESTIMATE_LEAST, ESTIMATE_MOST);

    *ret_across = *ret_down = round(estimate);
    if (is_plausible(MAX(across, down), longer)) {
        *ret_across = across > 0 ? across : down;
        *ret_down = down > 0 ? down : across;
    }
}

/* To square pixels of a resolution that is worth its time. (transfer full) (nullable) */
static PIX *
scale(PIX *pix, double across, double down, guint *ret_dpi)
{
    double dpi = MAX(across, down), factor_x, factor_y;

    if (dpi >= LT_DPI_REDUCE)
        dpi = LT_DPI_DEFAULT;
    else if (dpi < SQUARE_ENOUGH * MIN(across, down))
        dpi = across;
    *ret_dpi = (guint)lround(dpi);
    factor_x = dpi / across;
    factor_y = dpi / down;
    if (fabs(factor_x - 1) < 0.01 && factor_y < SQUARE_ENOUGH && factor_y > 1 / SQUARE_ENOUGH)
        return pixClone(pix);
    if (pixGetDepth(pix) == 1 && factor_x < 1 && fabs(factor_x - factor_y) < 0.01)
        return pixScaleToGray(pix, (float)factor_x);
    if (pixGetWidth(pix) * factor_x * pixGetHeight(pix) * factor_y > LT_OCR_MAX_PIXELS)
        return NULL;
    return pixScale(pix, (float)factor_x, (float)factor_y);
}

gboolean
lt_picture_file_read(LtPictureFile *file, guint number, LtPagePicture *ret_picture, GError **error)
{
    g_autoptr(PIX) decoded = NULL, simple = NULL, upright = NULL;
    double across = 0, down = 0;

    if (!lt_picture_file_check(file, number, error))
        return FALSE;
    decoded = decode(file, number);
    simple = decoded ? simplify(decoded) : NULL;
    upright = simple ? turn_upright(simple, file->orientation) : NULL;
    if (!upright)
        return damaged_page(number, error);
    find_resolution(upright, &across, &down);
    ret_picture->width = pixGetWidth(upright) / across * POINTS_PER_INCH;
    ret_picture->height = pixGetHeight(upright) / down * POINTS_PER_INCH;
    ret_picture->pix = scale(upright, across, down, &ret_picture->dpi);
    if (!ret_picture->pix)
        return damaged_page(number, error);
    pixSetResolution(ret_picture->pix, (int)ret_picture->dpi, (int)ret_picture->dpi);
    return TRUE;
}
