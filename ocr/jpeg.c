#include "ocr/jpeg.h"

#include <string.h>

#include "ocr/tiff.h"

enum { MARKER_EOI = 0xd9, MARKER_SOS = 0xda, MARKER_APP1 = 0xe1 };

static const char EXIF_NAME[6] = "Exif\0";

static gboolean
is_standalone(guint8 marker)
{
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7); /* TEM, restarts */
}

/* The place after the marker that ends entropy-coded data; size where there is none. */
static gsize
skip_entropy_data(const guint8 *bytes, gsize size, gsize place)
{
    while (place + 1 < size) {
        const guint8 *found = memchr(bytes + place, 0xff, size - 1 - place);

        if (!found)
            break;
        place = (gsize)(found - bytes);
        if (bytes[place + 1] != 0x00 && bytes[place + 1] != 0xff &&
            !is_standalone(bytes[place + 1]))
            return place;
        place += bytes[place + 1] == 0xff ? 1 : 2;
    }
    return size;
}

static void
read_exif(const guint8 *bytes, gsize size, LtJpegInfo *info)
{
    g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(LtTiffPage));

    if (size <= sizeof EXIF_NAME || memcmp(bytes, EXIF_NAME, sizeof EXIF_NAME) != 0)
        return;
    lt_tiff_scan(bytes + sizeof EXIF_NAME, size - sizeof EXIF_NAME, 1, pages);
    if (pages->len > 0)
        info->orientation = g_array_index(pages, LtTiffPage, 0).orientation;
    if (info->orientation < 1 || info->orientation > 8)
        info->orientation = 1;
}

LtJpegInfo
lt_jpeg_scan(const guint8 *bytes, gsize size)
{
    LtJpegInfo info = {.orientation = 1};
    gsize place = 2; /* after SOI */

    while (place + 1 < size && bytes[place] == 0xff) {
        guint8 marker = bytes[place + 1];
        gsize length;

        if (marker == MARKER_EOI) {
            info.whole = TRUE;
            break;
        }
        if (marker == 0xff || is_standalone(marker)) {
            place += marker == 0xff ? 1 : 2;
            continue;
        }
        if (place + 4 > size)
            break;
        length = (gsize)bytes[place + 2] << 8 | bytes[place + 3];
        if (length < 2 || length > size - place - 2)
            break;
        if (marker == MARKER_APP1)
            read_exif(bytes + place + 4, length - 2, &info);
        place += 2 + length;
        if (marker == MARKER_SOS)
            place = skip_entropy_data(bytes, size, place);
    }
    return info;
}
