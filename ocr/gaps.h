/* Where a hand may have written in a letterhead: the gap between "Số:" and the notation, and the gaps
 * between "ngày", "tháng", "năm" and the end of the date. Found from the words around them. */
#pragma once

#include "ocr/lines.h"

/* A word in pixels of the picture, its lines level. */
typedef struct {
    const char *text; /* not owned */
    char *fold;       /* canonical and folded */
    double x0, y0, x1, y1;
    guint confidence; /* 0–100 */
} LtPrint;

/* Lengths are in pixels. */
typedef struct {
    LtWrittenPart part;
    double x0, x1; /* where the print before and after it ends and begins, as far as known */
    double outer0; /* where the print before begins, */
    double outer1; /* and the print after ends */
    double tail,
        tail_end;     /* em, pixels: the print after, where it is glued to the ink, takes so much
                              before this place; 0: it is not */
    gboolean open0;   /* no print was found before it: x0 is as far left as it may reach */
    gboolean open1;   /* nor after it */
    gboolean slash;   /* a slash ends it */
    double doubt;     /* farther than usual the print after may begin from where it seems to */
    double y;         /* centre of the print beside it */
    double em;        /* its size */
    guint confidence; /* 0–100: of what recognition read in the gap; 0: of nothing */
} LtGap;

/* words: of LtRawWord, of one page; turned about the picture's centre by slope radians clockwise to
 * lie level. Returns: (transfer full) of LtGap, each part once. */
GArray *lt_gaps_find(const GArray *words, int width, int height, double slope);

/* A turn about a picture's centre, worked out once for all its points. */
typedef struct {
    double cosine, sine, middle_x, middle_y;
} LtLevel;

/* As lt_gaps_find turns; with -slope back again. */
LtLevel lt_level_new(double slope, int width, int height);
void lt_level_turn(const LtLevel *level, double *x, double *y);
