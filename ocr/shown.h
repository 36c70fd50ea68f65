/* Words drawn and held against ink that other ink lies over. */
#pragma once

#include "ocr/seal.h"
#include "ocr/typeface.h"

#define LT_SHOWN_FACES 5
#define LT_SHOWN_BYTES 200  /* of a line */
#define LT_SHOWN_LEAST 0.86 /* share of a word's pixels that have ink, where the seal left any */

/* The ink around one seal, in coordinates of its block. */
typedef struct {
    const LtSealed *sealed;
    PIX *near; /* the ink and what is near to it */
    PIX *open; /* and what the seal's lines took away */
    double mm; /* pixels */
    LtTypeface *faces[LT_SHOWN_FACES];
} LtGround;

/* sealed: outlives the ground. FALSE where memory is short. */
gboolean lt_ground_init(LtGround *ground, const LtSealed *sealed, guint dpi);
void lt_ground_clear(LtGround *ground);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtGround, lt_ground_clear)

/* How the sure words of a line are printed. */
typedef struct {
    LtTypeface *face; /* the ground's */
    double size;      /* pixels an em */
    int x, y;         /* where the leftmost word begins, on the baseline */
    LtBox box;        /* of all words */
    char text[LT_SHOWN_BYTES];
} LtPrint;

/* A drawn word where it is likest to the ink. */
typedef struct {
    const char *text;
    double score; /* pixels with ink, less those without */
    int pixels;
    double shown; /* share of the pixels that could be judged */
    int x, y;     /* of where the word begins, on the baseline */
    LtBox box;
} LtShown;

static inline LtBox
lt_box_around(const LtBox *a, const LtBox *b)
{
    return (LtBox){MIN(a->x0, b->x0), MIN(a->y0, b->y0), MAX(a->x1, b->x1), MAX(a->y1, b->y1)};
}

/* text in its box: in which of the typefaces of official paper it is printed, and how large. FALSE
 * where in none of them. */
gboolean lt_print_find(const LtGround *ground, const char *text, const LtBox *box,
                       LtPrint *ret_print);

/* With one word more the size is known better. */
LtPrint lt_print_lengthen(const LtGround *ground, const LtPrint *print, const LtShown *word);

/* Pixels by which a word must be better than another. */
double lt_print_ahead(const LtPrint *print);

/* The best place for a word within so many pixels around one; FALSE where it does not lie on the
 * ground. */
gboolean lt_shown_about(const LtGround *ground, const LtDrawn *drawn, int x, int y, int slack_x,
                        int slack_y, LtShown *ret_shown);

/* The one word of a list (ended by NULL) that the ink before the print shows; FALSE where none is, or
 * more. */
gboolean lt_shown_find(const LtGround *ground, const LtPrint *print, const char *const *list,
                       LtShown *ret_word);
