/* The print of a letterhead: the words at the top of a page, by rows, and the measures of their typeface. */
#pragma once

#include "ocr/gaps.h"

#define LT_BEARINGS 0.05   /* em: a word's box is so much narrower than its letters' advances */
#define LT_CLOSE_PRINT 0.7 /* em: what stands so near goes on with the sentence */

typedef struct {
    GArray *prints; /* of LtPrint, by x0 */
    double em;      /* of the page's running text */
} LtBand;

/* words: as in lt_gaps_find. em is 0 where no print was surely read. */
void lt_band_init(LtBand *band, const GArray *words, int width, int height, double slope);
void lt_band_clear(LtBand *band);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtBand, lt_band_clear)

static inline const LtPrint *
lt_band_at(const LtBand *band, guint i)
{
    return &g_array_index(band->prints, LtPrint, i);
}

static inline double
lt_print_centre(const LtPrint *print)
{
    return (print->y0 + print->y1) / 2;
}

gboolean lt_band_same_row(const LtBand *band, const LtPrint *a, const LtPrint *b);
/* The nearest print of the row right of x; NULL where there is none. */
const LtPrint *lt_band_next(const LtBand *band, const LtPrint *of, double x);
/* The size of the row's print, which may be another than the page's. */
double lt_band_row_em(const LtBand *band, const LtPrint *of);
/* A word of print beyond doubt: none such stands where a hand writes. */
gboolean lt_print_is_word(const LtPrint *print);
guint lt_print_letters(const char *text);
/* em: from the left of the first letter's place to the right of the last one's, in Times. */
double lt_print_advances(const char *text);

/* --- gaps-date.c --- */

/* number: (nullable) of the same letterhead. Adds the gaps of its date, where there is one. */
void lt_gaps_find_date(const LtBand *band, const LtGap *number, GArray *gaps);
