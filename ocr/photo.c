#include "ocr/photo.h"

#include <math.h>

#define SMALL_SIDE 480   /* pixels of the longer side on which edges are sought */
#define STRIP 5          /* pixels of the picture's sides that are looked at for the ground */
#define GROUND 10        /* of 255 by which they are darker than the whole at least */
#define CLOSE 11         /* pixels: print smaller than this vanishes, paper stays */
#define CONTRAST 36      /* of 255 between paper and ground at least */
#define SHEET_LEAST 0.3  /* of the picture */
#define SHEET_MOST 0.985 /* where it is more, there is nothing to cut off */
#define OTHER_LEAST                                                                                \
    0.1 /* of the picture: a second sheet, or what is written on the ground beside the first */
#define OTHER_FULL 0.5   /* of its box that is bright at least */
#define SIDE_MIDDLE 0.12 /* of a side's length left out at either end */
#define FIT_ROUNDS 4     /* of leaving out what lies off the line */
#define FIT_NEAR 1.5     /* pixels off the line at most */
#define FIT_SHARE 0.6    /* of a side's points that must lie on it */
#define AT_EDGE 2        /* pixels from the picture's edge: the paper's is not seen */
#define STRAIGHT 0.35    /* slope of a side against the picture's at most */
#define LOPSIDED 1.5     /* longer to shorter of two opposite sides at most */
#define OUTSIDE 0.02     /* fraction of the picture by which a corner may lie outside */

/* A side as a line: of its points, across = offset + slope * along. */
typedef struct {
    double offset, slope;
} Side;

typedef enum { SIDE_LEFT, SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, N_SIDES } SideName;

/* A sheet by its size. */
static gboolean
is_other_sheet(PIX *part, double picture)
{
    double box = (double)pixGetWidth(part) * pixGetHeight(part);
    float full = 0;

    return box >= OTHER_LEAST * picture && pixForegroundFraction(part, &full) == 0 &&
           full >= OTHER_FULL;
}

/* The sheet as one component, all of it ink. Of two that lie side by side none may be cut off. (transfer full)
 * (nullable) */
static PIX *
only_sheet(PIX *bright)
{
    PIXA *parts = NULL;
    BOXA *boxes = pixConnComp(bright, &parts, 4);
    g_autoptr(PIX) part = NULL;
    double picture = (double)pixGetWidth(bright) * pixGetHeight(bright);
    int largest = 0, place_x = 0, place_y = 0;
    guint n_sheets = 0;
    PIX *sheet = NULL;

    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        g_autoptr(PIX) each = pixaGetPix(parts, i, L_CLONE);
        int x, y, width, height;

        if (!each || boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height) != 0)
            continue;
        n_sheets += is_other_sheet(each, picture) ? 1 : 0;
        if (width * height <= largest)
            continue;
        largest = width * height;
        place_x = x;
        place_y = y;
        g_clear_pointer(&part, lt_pix_free);
        part = g_steal_pointer(&each);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    if (!part || n_sheets > 1 || !(sheet = pixCreateTemplate(bright)))
        return NULL;
    pixRasterop(sheet, place_x, place_y, pixGetWidth(part), pixGetHeight(part), PIX_SRC, part, 0,
                0);
    return sheet;
}

/* Whether the picture is darker along two of its sides than all over: what a sheet lies on. */
static gboolean
has_ground(PIX *small)
{
    int width = pixGetWidth(small), height = pixGetHeight(small);
    BOX *strips[N_SIDES + 1] = {
        boxCreate(0, 0, STRIP, height),
        boxCreate(0, 0, width, STRIP),
        boxCreate(width - STRIP, 0, STRIP, height),
        boxCreate(0, height - STRIP, width, STRIP),
        boxCreate(0, 0, width, height),
    };
    float tones[N_SIDES + 1] = {0};
    guint n_dark = 0;

    for (guint i = 0; i < G_N_ELEMENTS(strips); i++) {
        pixAverageInRect(small, NULL, strips[i], 0, 255, 1, &tones[i]);
        boxDestroy(&strips[i]);
    }
    for (guint i = 0; i < N_SIDES; i++)
        n_dark += tones[i] < tones[N_SIDES] - GROUND ? 1 : 0;
    return n_dark >= 2;
}

/* Ink where the sheet lies. (transfer full) (nullable) */
static PIX *
find_bright(PIX *small)
{
    g_autoptr(PIX) closed = pixCloseGray(small, CLOSE, CLOSE);
    g_autoptr(PIX) dark = NULL;
    int threshold = 0, ground = 0, paper = 0;

    if (!closed ||
        pixSplitDistributionFgBg(closed, 0.1f, 1, &threshold, &ground, &paper, NULL) != 0 ||
        paper - ground < CONTRAST)
        return NULL;
    dark = pixThresholdToBinary(closed, threshold);
    if (!dark || !pixInvert(dark, dark))
        return NULL;
    return only_sheet(dark);
}

/* Where the sheet begins, seen from one side, on the line `along`; -1 where it is not met. */
static int
meet(PIX *sheet, SideName side, int along)
{
    int width = pixGetWidth(sheet), height = pixGetHeight(sheet);
    gboolean upright = side == SIDE_LEFT || side == SIDE_RIGHT;
    gboolean from_end = side == SIDE_RIGHT || side == SIDE_BOTTOM;
    int length = upright ? width : height;

    for (int i = 0; i < length; i++) {
        int across = from_end ? length - 1 - i : i;
        l_uint32 value = 0;

        pixGetPixel(sheet, upright ? across : along, upright ? along : across, &value);
        if (value)
            return from_end ? across + 1 : across;
    }
    return -1;
}

/* The line through the points by least squares. */
static Side
fit(const LtPoint *points, guint n)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, spread;

    for (guint i = 0; i < n; i++) {
        sx += points[i].x;
        sy += points[i].y;
        sxx += points[i].x * points[i].x;
        sxy += points[i].x * points[i].y;
    }
    spread = n * sxx - sx * sx;
    if (spread <= 0)
        return (Side){0, G_MAXDOUBLE};
    return (Side){(sy * sxx - sx * sxy) / spread, (n * sxy - sx * sy) / spread};
}

/* Leaves out the half that lies farther off the line than the others, then fits again, until all
 * points left lie on it. */
static gboolean
fit_side(LtPoint *points, guint n, Side *ret_side)
{
    guint kept = n;

    for (guint round = 0; round < FIT_ROUNDS * 2 && kept > 2; round++) {
        double near = MAX(FIT_NEAR, 16.0 / (1 << round));
        guint next = 0;

        *ret_side = fit(points, kept);
        for (guint i = 0; i < kept; i++)
            if (fabs(points[i].y - ret_side->offset - ret_side->slope * points[i].x) <= near)
                points[next++] = points[i];
        kept = next;
    }
    return kept > 2 && kept >= FIT_SHARE * n && fabs(ret_side->slope) < STRAIGHT;
}

/* One side of the sheet; that of the picture where the sheet goes on beyond it. */
static gboolean
find_side(PIX *sheet, SideName name, const int box[4], Side *ret_side, gboolean *ret_seen)
{
    gboolean upright = name == SIDE_LEFT || name == SIDE_RIGHT;
    int first = box[upright ? 1 : 0], length = box[upright ? 3 : 2];
    int limit = upright ? pixGetWidth(sheet) : pixGetHeight(sheet);
    int skip = (int)(length * SIDE_MIDDLE);
    g_autofree LtPoint *points = g_new(LtPoint, length);
    guint n = 0, hidden = 0;

    for (int along = first + skip; along < first + length - skip; along++) {
        int across = meet(sheet, name, along);

        if (across < 0)
            continue;
        if (across <= AT_EDGE || across >= limit - AT_EDGE)
            hidden++;
        points[n++] = (LtPoint){along + 0.5, across};
    }
    *ret_seen = hidden * 2 < n;
    if (*ret_seen)
        return fit_side(points, n, ret_side);
    *ret_side = (Side){name == SIDE_LEFT || name == SIDE_TOP ? 0 : limit, 0};
    return TRUE;
}

static LtPoint
cross(const Side *upright, const Side *level)
{
    double x =
        (upright->offset + upright->slope * level->offset) / (1 - upright->slope * level->slope);

    return (LtPoint){x, level->offset + level->slope * x};
}

static double
distance(const LtPoint *a, const LtPoint *b)
{
    return hypot(a->x - b->x, a->y - b->y);
}

static gboolean
is_even(double a, double b)
{
    return a < LOPSIDED * b && b < LOPSIDED * a;
}

/* corners: in pixels of a picture of that size. */
static gboolean
is_sheet(const LtPoint corners[4], double width, double height)
{
    double area = 0;

    for (guint i = 0; i < 4; i++) {
        const LtPoint *a = &corners[i], *b = &corners[(i + 1) % 4];

        if (a->x < -OUTSIDE * width || a->x > (1 + OUTSIDE) * width || a->y < -OUTSIDE * height ||
            a->y > (1 + OUTSIDE) * height)
            return FALSE;
        area += (a->x * b->y - b->x * a->y) / 2;
    }
    return area > SHEET_LEAST * width * height && area < SHEET_MOST * width * height &&
           is_even(distance(&corners[0], &corners[1]), distance(&corners[3], &corners[2])) &&
           is_even(distance(&corners[0], &corners[3]), distance(&corners[1], &corners[2]));
}

static gboolean
find_corners(PIX *sheet, LtPoint corners[4])
{
    Side sides[N_SIDES];
    guint n_seen = 0;
    BOX *bounds = NULL;
    int box[4] = {0};

    if (pixClipToForeground(sheet, NULL, &bounds) != 0 || !bounds)
        return FALSE;
    boxGetGeometry(bounds, &box[0], &box[1], &box[2], &box[3]);
    boxDestroy(&bounds);
    for (SideName name = 0; name < N_SIDES; name++) {
        gboolean seen = FALSE;

        if (!find_side(sheet, name, box, &sides[name], &seen))
            return FALSE;
        n_seen += seen ? 1 : 0;
    }
    corners[0] = cross(&sides[SIDE_LEFT], &sides[SIDE_TOP]);
    corners[1] = cross(&sides[SIDE_RIGHT], &sides[SIDE_TOP]);
    corners[2] = cross(&sides[SIDE_RIGHT], &sides[SIDE_BOTTOM]);
    corners[3] = cross(&sides[SIDE_LEFT], &sides[SIDE_BOTTOM]);
    return n_seen >= 2 && is_sheet(corners, pixGetWidth(sheet), pixGetHeight(sheet));
}

gboolean
lt_photo_find_sheet(PIX *pix, LtPoint ret_corners[4])
{
    int longer = MAX(pixGetWidth(pix), pixGetHeight(pix));
    g_autoptr(PIX) sampled = NULL;
    g_autoptr(PIX) small = NULL;
    g_autoptr(PIX) sheet = NULL;

    if (pixGetDepth(pix) == 1 || longer < SMALL_SIDE)
        return FALSE;
    sampled = pixScaleByIntSampling(pix, MAX(1, longer / SMALL_SIDE));
    small = sampled ? pixConvertTo8(sampled, FALSE) : NULL;
    sheet = small && has_ground(small) ? find_bright(small) : NULL;
    if (!sheet || !find_corners(sheet, ret_corners))
        return FALSE;
    for (guint i = 0; i < 4; i++) {
        ret_corners[i].x /= pixGetWidth(small);
        ret_corners[i].y /= pixGetHeight(small);
    }
    return TRUE;
}

/* Between four pixels, each channel by itself: 8 bits are taken for one of four equal ones. */
static l_uint32
blend(const l_uint32 pixels[4], guint right, guint below)
{
    l_uint32 mixed = 0;

    for (guint shift = 0; shift < 32; shift += 8) {
        guint top = (pixels[0] >> shift & 255) * (256 - right) + (pixels[1] >> shift & 255) * right;
        guint base =
            (pixels[2] >> shift & 255) * (256 - right) + (pixels[3] >> shift & 255) * right;

        mixed |= (top * (256 - below) + base * below) >> 16 << shift;
    }
    return mixed;
}

static l_uint32
pixel_at(const l_uint32 *line, int x, gboolean grey)
{
    return grey ? GET_DATA_BYTE(line, x) : line[x];
}

static void
fill(PIX *flat, PIX *pix, const LtGeometry *to_photo)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix), wpl = pixGetWpl(pix);
    int flat_width = pixGetWidth(flat), flat_height = pixGetHeight(flat);
    gboolean grey = pixGetDepth(pix) == 8;

    for (int row = 0; row < flat_height; row++) {
        l_uint32 *to = pixGetData(flat) + (gsize)row * (gsize)pixGetWpl(flat);

        for (int column = 0; column < flat_width; column++) {
            LtPoint at =
                lt_geometry_map(to_photo, (column + 0.5) / flat_width, (row + 0.5) / flat_height);
            double x = CLAMP(at.x * width - 0.5, 0, width - 1.001);
            double y = CLAMP(at.y * height - 0.5, 0, height - 1.001);
            const l_uint32 *line = pixGetData(pix) + (gsize)y * (gsize)wpl;
            l_uint32 four[4] = {pixel_at(line, (int)x, grey), pixel_at(line, (int)x + 1, grey),
                                pixel_at(line + wpl, (int)x, grey),
                                pixel_at(line + wpl, (int)x + 1, grey)};
            l_uint32 value = blend(four, (guint)((x - (int)x) * 256), (guint)((y - (int)y) * 256));

            if (grey)
                SET_DATA_BYTE(to, column, value);
            else
                to[column] = value;
        }
    }
}

PIX *
lt_photo_flatten(PIX *pix, const LtPoint corners[4], LtGeometry *ret_to_photo)
{
    double width = pixGetWidth(pix), height = pixGetHeight(pix);
    LtPoint at[4];
    g_autoptr(PIX) flat = NULL;

    for (guint i = 0; i < 4; i++)
        at[i] = (LtPoint){corners[i].x * width, corners[i].y * height};
    flat = pixCreate((int)lround(MAX(distance(&at[0], &at[1]), distance(&at[3], &at[2]))),
                     (int)lround(MAX(distance(&at[0], &at[3]), distance(&at[1], &at[2]))),
                     pixGetDepth(pix));
    if (!flat)
        return NULL;
    *ret_to_photo = lt_geometry_to_corners(corners);
    fill(flat, pix, ret_to_photo);
    return g_steal_pointer(&flat);
}
