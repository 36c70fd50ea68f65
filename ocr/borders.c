/* Print is never taken: its strokes are thinner than an edge or a hole, and dust counts as such
 * only where nothing else is near, so that dots and marks stay with their letters whatever their
 * size. */
#include "ocr/borders.h"

#include <math.h>

#include "ocr/leaders.h"
#include "ocr/orient.h"

#define MM_PER_INCH 25.4

/* All in millimetres on paper. */
#define EDGE_THICK 2.5  /* no stroke of print is as thick in both directions */
#define EDGE_NEAR 1.5   /* an edge begins so near to the picture's */
#define EDGE_MARGIN 1.0 /* around what is taken: its frayed rim */
#define HOLE_LEAST 3.5
#define HOLE_MOST 9.0
#define HOLE_NEAR 30.0  /* to the picture's edge at most */
#define DUST_MOST 0.9   /* 0.4 of the height of x in common print */
#define DUST_FREE 1.0   /* of other ink, on every side */
#define STOP_BEHIND 1.8 /* a full stop is no dust: so near behind a letter (1.4 on a typewriter), */
#define STOP_LEVEL 0.3  /* level with its foot, */
#define STOP_LOW 1.2    /* which is so high at least */

#define SPECKS_DENSE 16 /* things on a square centimetre of the page: print has 6 at most, */
#define SPECKS_MOST 64  /* with more it is none, whatever lines a screen may have, */
#define SPECKS_MANY 3   /* or so many specks, */
#define SPECKS_TO_INK 8 /* and so many to each larger thing: print has fewer than 5 */

#define HOLE_ROUND 1.25     /* longer to shorter side at most */
#define HOLE_FULL_LEAST 0.7 /* of its box; of a disc it is 0.785 */
#define HOLE_FULL_MOST 0.9
#define EDGE_SHARE 0.4 /* of the page at most: what is blacker is no edge */
#define BLACK_MOST 200 /* solid parts looked at */

/* What is unwanted, in the ink. */
typedef struct {
    PIX *unwanted;
    double mm; /* pixels */
    guint n;   /* things found */
} Finding;

typedef struct {
    int x, y, width, height;
    double full; /* share of it that is ink */
} Area;

static int
pixels(const Finding *finding, double millimetres)
{
    return MAX(1, (int)lround(millimetres * finding->mm));
}

static int
distance_to_edge(const Finding *finding, const Area *area)
{
    int right = pixGetWidth(finding->unwanted) - area->x - area->width;
    int below = pixGetHeight(finding->unwanted) - area->y - area->height;

    return MIN(MIN(area->x, area->y), MIN(right, below));
}

static gboolean
is_hole(const Finding *finding, const Area *area)
{
    int shorter = MIN(area->width, area->height), longer = MAX(area->width, area->height);

    return shorter >= pixels(finding, HOLE_LEAST) && longer <= pixels(finding, HOLE_MOST) &&
           longer <= HOLE_ROUND * shorter && area->full > HOLE_FULL_LEAST &&
           area->full < HOLE_FULL_MOST &&
           distance_to_edge(finding, area) <= pixels(finding, HOLE_NEAR);
}

static gboolean
is_edge(const Finding *finding, const Area *area)
{
    double page = (double)pixGetWidth(finding->unwanted) * pixGetHeight(finding->unwanted);

    return distance_to_edge(finding, area) <= pixels(finding, EDGE_NEAR) &&
           area->full * area->width * area->height < EDGE_SHARE * page;
}

static void
find_black(PIX *ink, Finding *finding)
{
    int thick = pixels(finding, EDGE_THICK), rim = 2 * pixels(finding, EDGE_MARGIN) + 1;
    g_autoptr(PIX) solid = pixOpenBrick(NULL, ink, thick, thick);
    PIXA *parts = NULL;
    BOXA *boxes = NULL;

    if (solid)
        boxes = pixConnComp(solid, &parts, 8);
    for (int i = 0; boxes && i < MIN(boxaGetCount(boxes), BLACK_MOST); i++) {
        g_autoptr(PIX) part = pixaGetPix(parts, i, L_CLONE);
        g_autoptr(PIX) framed = NULL;
        Area area = {0};
        float full = 0;

        if (boxaGetBoxGeometry(boxes, i, &area.x, &area.y, &area.width, &area.height) != 0 ||
            pixForegroundFraction(part, &full) != 0)
            continue;
        area.full = full;
        if (!is_edge(finding, &area) && !is_hole(finding, &area))
            continue;
        framed = pixAddBorder(part, rim, 0);
        if (!framed || !pixDilateBrick(framed, framed, rim, rim))
            continue;
        pixRasterop(finding->unwanted, area.x - rim, area.y - rim, pixGetWidth(framed),
                    pixGetHeight(framed), PIX_PAINT, framed, 0, 0);
        finding->n++;
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
}

/* Whether what ends at the row bottom, left of which is the column x, stands behind a letter as a full stop does. */
static gboolean
is_stop(PIX *ink, const Finding *finding, int x, int bottom)
{
    int level = pixels(finding, STOP_LEVEL), high = pixels(finding, STOP_LOW);
    BOX *behind = boxCreate(MAX(0, x - pixels(finding, STOP_BEHIND)), MAX(0, bottom - 3 * high),
                            pixels(finding, STOP_BEHIND), 3 * high + 2 * level);
    BOX *letter = NULL;
    int y, height;
    gboolean is = FALSE;

    if (behind && pixClipBoxToForeground(ink, behind, NULL, &letter) == 0 && letter &&
        boxGetGeometry(letter, NULL, &y, NULL, &height) == 0)
        is = height >= high && abs(y + height - bottom) <= level;
    boxDestroy(&behind);
    boxDestroy(&letter);
    return is;
}

/* Ink is grown until what belongs together is one; what is small even then stands alone. */
static void
find_dust(PIX *ink, Finding *finding)
{
    int free = 2 * pixels(finding, DUST_FREE / 2) + 1;
    int most = pixels(finding, DUST_MOST) + free - 1;
    g_autoptr(PIX) grown = pixDilateBrick(NULL, ink, free, free);
    BOXA *boxes = NULL;

    if (grown)
        boxes = pixConnComp(grown, NULL, 8);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        int x, y, width, height;

        if (boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height) != 0 || width > most ||
            height > most || is_stop(ink, finding, x + free / 2, y + height - free / 2))
            continue;
        pixRasterop(finding->unwanted, x, y, width, height, PIX_SET, NULL, 0, 0);
        finding->n++;
    }
    boxaDestroy(&boxes);
}

static guint
count_specks(const Finding *finding, BOXA *boxes)
{
    int most = pixels(finding, DUST_MOST);
    guint n = 0;

    for (int i = 0; i < boxaGetCount(boxes); i++) {
        int width, height;

        if (boxaGetBoxGeometry(boxes, i, NULL, NULL, &width, &height) == 0)
            n += MAX(width, height) <= most ? 1 : 0;
    }
    return n;
}

/* What is left without dust and dotted lines is counted, n_dots of which were in such lines. On a page that is all
 * specks (a noisy copy, a screened picture, a scan of sand) there is nothing to read, and the search for columns in
 * them takes minutes or does not end. Small figures in a table, and a screened picture or a shaded head among text,
 * are as dense as noise, which has no lines. */
static gboolean
is_specked(PIX *ink, BOXA *boxes, guint n_dots, const Finding *finding)
{
    double side = 10 * finding->mm; /* of a square centimetre */
    double area = (double)pixGetWidth(ink) * pixGetHeight(ink) / (side * side);
    double all = boxaGetCount(boxes) - (double)n_dots, specks = 0;

    if (all > SPECKS_MANY * area)
        specks = MAX(0, (double)count_specks(finding, boxes) - n_dots);
    gboolean dense = all > SPECKS_DENSE * area ||
                     (specks > SPECKS_MANY * area && specks > SPECKS_TO_INK * (all - specks));

    return dense && (all > SPECKS_MOST * area || lt_orient_find_lines(ink) == LT_LINES_NONE);
}

/* The last column and row of unwanted go on to the picture's edge: a remainder of less than step
 * pixels had no share in the ink. */
static void
paint_white(PIX *pix, PIX *unwanted, int step)
{
    g_autoptr(PIX) wider = pixAddContinuedBorder(unwanted, 0, 1, 0, 1);
    g_autoptr(PIX) mask = wider ? pixExpandBinaryReplicate(wider, step, step) : NULL;

    if (mask && pixGetDepth(pix) == 1)
        pixSubtract(pix, pix, mask);
    else if (mask)
        pixSetMasked(pix, mask, pixGetDepth(pix) == 8 ? 0xff : 0xffffff00);
}

gboolean
lt_borders_clear(PIX *pix, PIX *ink, int step, double ink_dpi)
{
    g_autoptr(PIX) unwanted = pixCreateTemplate(ink);
    Finding finding = {.unwanted = unwanted, .mm = ink_dpi / MM_PER_INCH};

    if (!unwanted)
        return FALSE;
    find_black(ink, &finding);
    find_dust(ink, &finding);
    paint_white(ink, unwanted, 1);
    BOXA *boxes = pixConnComp(ink, NULL, 8);
    guint n_dots = boxes ? lt_leaders_find(ink, boxes, finding.mm, unwanted) : 0;
    gboolean specked = boxes && is_specked(ink, boxes, n_dots, &finding);
    boxaDestroy(&boxes);
    if (specked)
        pixSetAll(unwanted);
    if (specked || finding.n + n_dots > 0) {
        paint_white(pix, unwanted, step);
        paint_white(ink, unwanted, 1);
    }
    return specked;
}
