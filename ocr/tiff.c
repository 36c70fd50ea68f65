#include "ocr/tiff.h"

#include <string.h>

#define ENTRY_SIZE 12u
#define FIRST_DIRECTORY 4u /* where the header keeps its offset */
#define HEADER_SIZE 8u

enum {
    TAG_SUBFILE_TYPE = 254,
    TAG_WIDTH = 256,
    TAG_HEIGHT = 257,
    TAG_STRIP_OFFSETS = 273,
    TAG_ORIENTATION = 274,
    TAG_STRIP_SIZES = 279,
    TAG_TILE_OFFSETS = 324,
    TAG_TILE_SIZES = 325
};

enum { SUBFILE_REDUCED = 1, SUBFILE_MASK = 4 };

enum { TYPE_BYTE = 1, TYPE_SHORT = 3, TYPE_LONG = 4 };

/* Bytes of one value by type, from BYTE to DOUBLE and IFD. */
static const guint TYPE_SIZES[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

typedef struct {
    const guint8 *bytes;
    gsize size;
    gboolean big_endian;
} Tiff;

/* An entry of a directory: count unsigned integers of width bytes at place; count is 0 where it is
 * absent or not inside the file. */
typedef struct {
    guint32 count;
    guint width;
    gsize place;
} Values;

static guint32
get(const Tiff *tiff, gsize place, guint width)
{
    guint32 value = 0;

    for (guint i = 0; i < width; i++) {
        guint at = tiff->big_endian ? i : width - 1 - i;

        value = value << 8 | tiff->bytes[place + at];
    }
    return value;
}

static gboolean
is_inside(const Tiff *tiff, guint64 place, guint64 length)
{
    return place <= tiff->size && length <= tiff->size - place;
}

gboolean
lt_tiff_has_header(const guint8 *bytes, gsize size)
{
    return size >= HEADER_SIZE &&
           (memcmp(bytes, "II*\0", 4) == 0 || memcmp(bytes, "MM\0*", 4) == 0);
}

static Values
find_values(const Tiff *tiff, gsize directory, guint tag)
{
    guint n = get(tiff, directory, 2);

    for (guint i = 0; i < n; i++) {
        gsize entry = directory + 2 + (gsize)i * ENTRY_SIZE;
        guint type = get(tiff, entry + 2, 2);
        Values values = {.count = get(tiff, entry + 4, 4), .place = entry + 8};

        if (get(tiff, entry, 2) != tag)
            continue;
        values.width = type == TYPE_LONG ? 4 : type == TYPE_SHORT ? 2 : type == TYPE_BYTE ? 1 : 0;
        if ((guint64)values.count * values.width > 4)
            values.place = get(tiff, values.place, 4);
        if (values.width == 0 ||
            !is_inside(tiff, values.place, (guint64)values.count * values.width))
            values.count = 0;
        return values;
    }
    return (Values){0};
}

static guint32
get_value(const Tiff *tiff, const Values *values, guint32 index)
{
    return get(tiff, values->place + (gsize)index * values->width, values->width);
}

static guint32
get_number(const Tiff *tiff, gsize directory, guint tag, guint32 otherwise)
{
    Values values = find_values(tiff, directory, tag);

    return values.count > 0 ? get_value(tiff, &values, 0) : otherwise;
}

/* Sizes may be absent in old files of one strip; then the offsets alone must be inside. */
static gboolean
has_whole_data(const Tiff *tiff, gsize directory, guint offsets_tag, guint sizes_tag)
{
    Values offsets = find_values(tiff, directory, offsets_tag);
    Values sizes = find_values(tiff, directory, sizes_tag);

    for (guint32 i = 0; i < offsets.count; i++) {
        guint32 length = i < sizes.count ? get_value(tiff, &sizes, i) : 1;

        if (!is_inside(tiff, get_value(tiff, &offsets, i), length))
            return FALSE;
    }
    return offsets.count > 0;
}

static gboolean
has_all_values(const Tiff *tiff, gsize directory)
{
    guint n = get(tiff, directory, 2);

    for (guint i = 0; i < n; i++) {
        gsize entry = directory + 2 + (gsize)i * ENTRY_SIZE;
        guint type = get(tiff, entry + 2, 2);
        guint64 length = type < G_N_ELEMENTS(TYPE_SIZES) ? TYPE_SIZES[type] : 0;

        length *= get(tiff, entry + 4, 4);
        if (length > 4 && !is_inside(tiff, get(tiff, entry + 8, 4), length))
            return FALSE;
    }
    return TRUE;
}

static void
add_page(const Tiff *tiff, guint32 directory, GArray *pages)
{
    guint32 subfile = get_number(tiff, directory, TAG_SUBFILE_TYPE, 0);
    LtTiffPage page = {
        .offset = directory,
        .width = get_number(tiff, directory, TAG_WIDTH, 0),
        .height = get_number(tiff, directory, TAG_HEIGHT, 0),
        .orientation = get_number(tiff, directory, TAG_ORIENTATION, 1),
        .tidy = has_all_values(tiff, directory),
    };

    if (subfile & (SUBFILE_REDUCED | SUBFILE_MASK))
        return;
    page.whole = has_whole_data(tiff, directory, TAG_STRIP_OFFSETS, TAG_STRIP_SIZES) ||
                 has_whole_data(tiff, directory, TAG_TILE_OFFSETS, TAG_TILE_SIZES);
    g_array_append_val(pages, page);
}

gboolean
lt_tiff_scan(const guint8 *bytes, gsize size, guint limit, GArray *ret_pages)
{
    Tiff tiff = {.bytes = bytes, .size = size};
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    guint32 directory;

    if (!lt_tiff_has_header(bytes, size))
        return FALSE;
    tiff.big_endian = bytes[0] == 'M';
    directory = get(&tiff, FIRST_DIRECTORY, 4);
    while (directory != 0 && ret_pages->len < limit) {
        guint64 length;

        if (!is_inside(&tiff, directory, 2) || !g_hash_table_add(seen, GUINT_TO_POINTER(directory)))
            return FALSE;
        length = 2 + (guint64)get(&tiff, directory, 2) * ENTRY_SIZE;
        if (!is_inside(&tiff, directory, length + 4))
            return FALSE;
        add_page(&tiff, directory, ret_pages);
        directory = get(&tiff, directory + length, 4);
    }
    return TRUE;
}
