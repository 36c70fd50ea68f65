#include "ocr/pdf-sizes.h"

#include <math.h>
#include <string.h>

#define POINTS_PER_INCH 72.0
#define DICTIONARY_MOST 4096 /* bytes of a dictionary on either side of its width */
#define LEAST 100.0          /* pixels per inch: coarser is a thumbnail */
#define LARGE 1000000.0      /* pixels of an image that may be a page */
#define SAME 0.01            /* two resolutions, and the proportions of a picture and its place */
#define KEYS_MOST 20000      /* pages and layers of a real file */
#define PIXELS_MOST 1000000  /* a side */

typedef struct {
    const char *at, *end;
} Bytes;

/* Where the string begins, all of it before the end. (nullable) */
static const char *
find(const char *from, const char *end, const char *string)
{
    return from < end ? memmem(from, (gsize)(end - from), string, strlen(string)) : NULL;
}

static const char *
skip_blanks(const char *at, const char *end)
{
    while (at < end && g_ascii_isspace(*at))
        at++;
    return at;
}

static const char *
skip_number(const char *at, const char *end, guint *ret_number)
{
    *ret_number = 0;
    while (at < end && g_ascii_isdigit(*at)) {
        *ret_number = MIN(*ret_number * 10 + (guint)(*at - '0'), PIXELS_MOST + 1);
        at++;
    }
    return at;
}

/* The number that follows a key. 0: there is none, or it stands in an object elsewhere ("12 0 R"). */
static guint
number_after(const char *at, const char *end)
{
    guint number, generation;
    const char *after = skip_number(skip_blanks(at, end), end, &number);
    const char *next = skip_blanks(after, end);
    const char *last = skip_blanks(skip_number(next, end, &generation), end);

    if (number > PIXELS_MOST || after == end || (last > next && last < end && *last == 'R'))
        return 0;
    return number;
}

/* The dictionary around a place in it, as far as it can be found without reading it: from behind the last "obj"
 * to the next "stream" of the same object. end: NULL where there is none, as for a width that is no image's. */
static Bytes
dictionary_around(const char *bytes, const char *end, const char *place)
{
    Bytes dictionary = {MAX(bytes, place - MIN(DICTIONARY_MOST, place - bytes)), NULL};
    const char *limit = place + MIN(DICTIONARY_MOST, end - place);

    for (const char *at; (at = find(dictionary.at, place, "obj"));)
        dictionary.at = at + strlen("obj");
    const char *endobj = find(place, limit, "endobj");
    dictionary.end = find(place, endobj ? endobj : limit, "stream");
    return dictionary;
}

/* Adds what is not there. FALSE where the size cannot be told, or there are too many. */
static gboolean
add_size(GArray *sizes, const Bytes *dictionary, const char *after_width)
{
    const char *height = find(dictionary->at, dictionary->end, "/Height");
    if (!height)
        return FALSE;
    height += strlen("/Height");
    LtPdfSize size = {number_after(after_width, dictionary->end),
                      number_after(height, dictionary->end)};
    if (size.width == 0 || size.height == 0 || find(height, dictionary->end, "/Height"))
        return FALSE;
    for (guint i = 0; i < sizes->len; i++)
        if (memcmp(&g_array_index(sizes, LtPdfSize, i), &size, sizeof size) == 0)
            return TRUE;
    if (sizes->len == LT_PDF_SIZES_MOST)
        return FALSE;
    g_array_append_val(sizes, size);
    return TRUE;
}

/* A key that goes on is another one ("/Widths" of a font). */
static gboolean
is_whole_key(const char *after, const char *end)
{
    return after < end && !g_ascii_isalnum(*after);
}

GArray *
lt_pdf_sizes_read(const char *bytes, gsize size)
{
    GArray *sizes = g_array_new(FALSE, FALSE, sizeof(LtPdfSize));
    const char *end = bytes + size;

    guint n = 0;

    for (const char *at = bytes; (at = find(at, end, "/Width")); n++) {
        at += strlen("/Width");
        if (!is_whole_key(at, end))
            continue;
        Bytes dictionary = dictionary_around(bytes, end, at);
        if (!dictionary.end || !find(dictionary.at, dictionary.end, "/Image"))
            continue;
        if (n > KEYS_MOST || !add_size(sizes, &dictionary, at)) {
            g_array_set_size(sizes, 0);
            return sizes;
        }
    }
    return sizes;
}

/* By how much the larger is larger. */
static double
differ(double a, double b)
{
    return fabs(a - b) / MAX(a, b);
}

double
lt_pdf_sizes_dpi(const GArray *sizes, double width, double height, double *ret_finest)
{
    double best = 0, best_off = SAME;
    gboolean agree = TRUE;

    *ret_finest = 0;
    for (guint i = 0; i < sizes->len; i++) {
        const LtPdfSize *size = &g_array_index(sizes, LtPdfSize, i);
        double pixels = (double)size->width * size->height;
        double dpi = POINTS_PER_INCH * sqrt(pixels / (width * height));
        double off = MIN(differ(size->width / width, size->height / height),
                         differ(size->width / height, size->height / width));

        if (off > SAME) {
            agree &= pixels < LARGE;
            continue;
        }
        if (dpi < LEAST)
            continue;
        *ret_finest = MAX(*ret_finest, dpi);
        agree &= best == 0 || differ(best, dpi) <= SAME;
        if (off < best_off) {
            best = dpi;
            best_off = off;
        }
    }
    return agree ? best : 0;
}
