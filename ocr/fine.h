/* A gap at fine size: the strip that it is looked at in, what hangs together there, and where the ink
 * must end. */
#pragma once

#include "ocr/strip.h"

#define LT_FINE 2 /* the ink is looked at in strips so many times finer than the reader's */
#define LT_FINE_ROWS (LT_FINE * LT_STRIP_HEIGHT)
#define LT_FINE_BASE (LT_FINE * LT_STRIP_BASELINE)
#define LT_FINE_CAPITAL (LT_FINE * LT_STRIP_CAPITAL)
#define LT_CAPITAL_EM 0.662 /* em: height of a capital of Times */

/* A strip at LT_FINE size, with the way back to the picture. */
typedef struct {
    PIX *ink;     /* 8 bits: 255 is the darkest */
    PIX *mask;    /* 1 bit: what is ink */
    double x, y;  /* level pixels of the picture at column 0, row LT_FINE_BASE */
    double scale; /* pixels of the picture a column */
} LtFine;

static inline void
lt_fine_clear(LtFine *fine)
{
    g_clear_pointer(&fine->ink, lt_pix_free);
    g_clear_pointer(&fine->mask, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtFine, lt_fine_clear)

/* A place of the level picture as a column of the strip. */
static inline double
lt_fine_column(const LtFine *fine, double x)
{
    return (x - fine->x) / fine->scale;
}

/* Makes the strip of fine's place and scale, up to x1 of the level picture. FALSE where memory fails. */
gboolean lt_fine_sample(PIX *pix, double slope, double x1, LtFine *fine);
/* The strip again, with the print beside the gap standing on its baseline and of its size; gap's end is
 * put right by it. */
gboolean lt_fine_sample_again(PIX *pix, double slope, LtGap *gap, LtFine *fine);

/* A connected piece of what is dark, in columns and rows of the fine strip. */
typedef struct {
    int x, y, width, height;
    int area;
} LtPiece;

static inline double
lt_piece_middle(const LtPiece *piece)
{
    return piece->x + piece->width / 2.0;
}

static inline int
lt_piece_bottom(const LtPiece *piece)
{
    return piece->y + piece->height;
}

static inline int
lt_piece_right(const LtPiece *piece)
{
    return piece->x + piece->width;
}

/* ret_masks (transfer full): the pieces' pixels, in the same order. Returns: (transfer full) of LtPiece. */
GArray *lt_pieces_find(PIX *mask, PIXA **ret_masks);

/* --- bounds.c --- */

/* What bounds the ink, in columns: a line leaning with the slash on the right. */
typedef struct {
    double left, right;
    double lean; /* columns a row that the right bound leans */
    double near; /* where the print after begins, by its letters' measures; 0: nobody knows */
} LtBounds;

static inline double
lt_bounds_right(const LtBounds *bounds, double row)
{
    return bounds->right + (LT_FINE_BASE - row) * bounds->lean;
}

gboolean lt_piece_is_dot(const LtPiece *piece);

/* FALSE where the ink ends nobody knows where. */
gboolean lt_bounds_find(const LtFine *fine, const LtGap *gap, const GArray *pieces, PIXA *masks,
                        LtBounds *ret_bounds);
