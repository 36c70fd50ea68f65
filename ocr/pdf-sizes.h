/* Sizes of the images in a PDF, from the dictionaries before their data: Poppler tells them only of an image
 * that it has decoded, which takes half as long as to render the page. The dictionary of a stream is never
 * compressed nor encrypted (ISO 32000-1, 7.5.7 and 7.6.1). */
#pragma once

#include <glib.h>

typedef struct {
    guint width, height; /* pixels */
} LtPdfSize;

/* Of all images that stand in the file, no size twice, at most LT_PDF_SIZES_MOST. Empty where one size cannot be
 * told, so that nobody concludes from the others. (transfer full) (element-type LtPdfSize) */
GArray *lt_pdf_sizes_read(const char *bytes, gsize size);

#define LT_PDF_SIZES_MOST 32

/* Pixels per inch of an image that was drawn width × height points large, upright or turned: of the size whose
 * proportions come nearest. 0 where that cannot be told: none has these proportions, several do and differ by more
 * than a hundredth in resolution, or there are large images of other proportions. *ret_finest: the largest of those
 * that have them. */
double lt_pdf_sizes_dpi(const GArray *sizes, double width, double height, double *ret_finest);
