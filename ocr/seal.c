/* A seal's ring is erased along its radii: where the ink there is as thin as the ring's line it is
 * the ring; where it is thicker a letter crosses it and stays. Rows of letters that begin beside the
 * ring are followed into it; what else there is inside, and parts too large for letters (the
 * signature), go. */
#include "ocr/seal.h"

#include <math.h>

#define MM_PER_INCH 25.4
#define INK 160         /* darker is ink */
#define CIRCLE 0.75     /* share of a circle that must be inked to be one of the ring's, */
#define WOBBLE 1.0      /* pixels from its radius */
#define INNERMOST 0.35  /* of the ring's radius: where its circles are sought */
#define LINE_SLACK 0.25 /* mm by which the line is thicker somewhere, or off the circle */
#define MOST_PASSES 3
#define STROKE 0.5        /* mm: in the titles and the name, which are bold, strokes are thicker */
#define BOLD_SHARE 0.7    /* of the letters have such strokes where they are bold */
#define LETTER_LEAST 1.2  /* mm of height, without marks */
#define LETTER_MOST 6.5   /* mm of height, with marks */
#define LETTER_WIDEST 30. /* mm: letters that run together */
#define REACH 1.15        /* radii around the centre: what the seal reaches, up, down and left, */
#define REACH_RIGHT 4.0   /* and the signature beside it */
#define ROW_LETTERS 3     /* a row has at least */
#define ROW_SHIFT 0.3     /* of a letter's height, between the feet in a row */
#define ROW_GAP 0.7       /* of the row's height, between its words */
#define ROW_LONGER 6.0    /* of the row's height, that it may go on inside the ring */
#define MARK 0.3          /* of the row's height, for marks above and below */
#define SHARE_CORE 0.25   /* of the ink is as dark as the letters' cores; with their edges: */
#define SHARE_MOST 0.4
#define AROUND 3.0      /* radii: where the print is that the seal is compared with */
#define PRINT_LEAST 4.0 /* pixels of ink there, for each pixel of the radius */
#define TONES_APART 25  /* of 255, from there to the seal, so that the two can be parted */
#define LIGHTENED 0.7   /* of the way from text to seal: lighter becomes white */

/* A piece of ink beside the ring. */
typedef struct {
    int x0, y0, x1, y1;
    gboolean large; /* for a letter */
    gboolean inside;
    gboolean thin; /* none of its strokes is as thick as those of bold letters */
    PIX *pix;      /* 1 bit */
} Part;

/* A row of letters of the signer's title or name. */
typedef struct {
    int x0, y0, x1, y1;
    int foot; /* of most letters */
    guint letters;
} Row;

static void
part_clear(gpointer part)
{
    pixDestroy(&((Part *)part)->pix);
}

static gboolean
is_inked(PIX *ink, double x, double y)
{
    int column = (int)lround(x), row = (int)lround(y);

    if (column < 0 || row < 0 || column >= (int)pixGetWidth(ink) || row >= (int)pixGetHeight(ink))
        return FALSE;
    return GET_DATA_BIT(pixGetData(ink) + (gsize)row * (gsize)pixGetWpl(ink), column);
}

static void
clear_radius(PIX *ink, const LtRing *ring, double angle, double from, double to)
{
    for (double radius = from; radius <= to; radius += 0.5) {
        int x = (int)lround(ring->x + radius * cos(angle));
        int y = (int)lround(ring->y + radius * sin(angle));

        if (x >= 0 && y >= 0 && x < (int)pixGetWidth(ink) && y < (int)pixGetHeight(ink))
            CLEAR_DATA_BIT(pixGetData(ink) + (gsize)y * (gsize)pixGetWpl(ink), x);
    }
}

/* The run of ink along one radius that meets the circle. */
typedef struct {
    double angle, begin, end; /* end: of its last pixel */
} Run;

static gboolean
is_inked_at(PIX *ink, const LtRing *ring, double angle, double radius)
{
    return is_inked(ink, ring->x + radius * cos(angle), ring->y + radius * sin(angle));
}

/* The runs of all radii; those longer than most are not followed to their end. (transfer full) */
static GArray *
find_runs(PIX *ink, const LtRing *ring, double inner, double outer, double slack)
{
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(Run));
    guint steps = (guint)(4 * G_PI * outer);
    double most = outer - inner + 6 * slack;

    for (guint i = 0; i < steps; i++) {
        Run run = {.angle = 2 * G_PI * i / steps};
        double start = inner - slack;

        while (start <= outer + slack && !is_inked_at(ink, ring, run.angle, start))
            start++;
        if (start > outer + slack)
            continue;
        for (run.begin = start; start - run.begin < most; run.begin--)
            if (!is_inked_at(ink, ring, run.angle, run.begin - 1))
                break;
        for (run.end = start; run.end - run.begin < most; run.end++)
            if (!is_inked_at(ink, ring, run.angle, run.end + 1))
                break;
        g_array_append_val(runs, run);
    }
    return runs;
}

static int
compare_lengths(gconstpointer a, gconstpointer b)
{
    const Run *x = a, *y = b;
    double difference = (x->end - x->begin) - (y->end - y->begin);

    return (difference > 0) - (difference < 0);
}

/* Erases the runs that are about as long as the circle's line is thick. Returns: that. */
static double
erase_circle(PIX *ink, const LtRing *ring, double inner, double outer, double slack)
{
    g_autoptr(GArray) runs = find_runs(ink, ring, inner, outer, slack);
    if (runs->len == 0)
        return 0;
    g_array_sort(runs, compare_lengths);
    const Run *middle = &g_array_index(runs, Run, runs->len / 2);
    double line = middle->end - middle->begin + 1;
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = &g_array_index(runs, Run, i);

        if (run->end - run->begin + 1 <= line + slack)
            clear_radius(ink, ring, run->angle, run->begin - 1, run->end + 1);
    }
    return line;
}

/* Mends the letters that a circle's line cut: where ink goes on at both sides of what was erased.
 */
static void
mend(PIX *ink, PIX *before, double line)
{
    int gap = ((int)line + 2) | 1;
    g_autoptr(PIX) erased = pixSubtract(NULL, before, ink);
    g_autoptr(PIX) upright = pixCloseSafeBrick(NULL, ink, 1, gap);
    g_autoptr(PIX) level = pixCloseSafeBrick(NULL, ink, gap, 1);

    if (!erased || !upright || !level)
        return;
    pixOr(upright, upright, level);
    pixAnd(upright, upright, erased);
    pixOr(ink, ink, upright);
}

/* The share of the radii with ink close to where they cross the circle. */
static double
covered_about(PIX *ink, const LtRing *ring, double radius)
{
    guint steps = (guint)(2 * G_PI * radius), inked = 0;

    for (guint i = 0; i < steps; i++) {
        double angle = 2 * G_PI * i / steps;
        gboolean found = FALSE;

        for (double r = radius - WOBBLE; !found && r <= radius + WOBBLE; r++)
            found = is_inked_at(ink, ring, angle, r);
        inked += found;
    }
    return (double)inked / steps;
}

/* Returns: the thickness of the thickest line that was erased; 0 where there was none. */
static double
erase_circles_once(PIX *ink, const LtRing *ring, double slack)
{
    g_autoptr(PIX) before = pixCopy(NULL, ink);
    double start = 0, thickest = 0;

    for (double radius = INNERMOST * ring->radius; before && radius <= ring->radius + 2 * slack + 1;
         radius++) {
        gboolean inked =
            radius <= ring->radius + 2 * slack && covered_about(before, ring, radius) > CIRCLE;

        if (inked && start == 0)
            start = radius;
        if (!inked && start > 0) {
            double line = erase_circle(ink, ring, start, radius - 1, slack);

            thickest = MAX(thickest, line);
            start = 0;
        }
    }
    return thickest;
}

/* Every circle of the ring: runs of radii at which the most part is inked. Two that all but touch
 * are found one after the other. */
static void
erase_circles(PIX *ink, const LtRing *ring, double slack)
{
    g_autoptr(PIX) before = pixCopy(NULL, ink);
    double thickest = 0, line = 1;

    for (guint pass = 0; before && line > 0 && pass < MOST_PASSES; pass++) {
        line = erase_circles_once(ink, ring, slack);
        thickest = MAX(thickest, line);
    }
    if (before)
        mend(ink, before, thickest);
}

/* The part of the picture in which the titles, the seal, the signature and the name stand. */
static BOX *
block_of(PIX *pix, const LtRing *ring)
{
    int left = MAX(0, (int)(ring->x - REACH * ring->radius));
    int top = MAX(0, (int)(ring->y - REACH * ring->radius));
    int right = MIN((int)pixGetWidth(pix), (int)(ring->x + REACH_RIGHT * ring->radius));
    int bottom = MIN((int)pixGetHeight(pix), (int)(ring->y + REACH * ring->radius));

    return boxCreateValid(left, top, right - left, bottom - top);
}

static gboolean
is_thin(PIX *part, int stroke)
{
    g_autoptr(PIX) framed = pixAddBorder(part, stroke, 0);
    g_autoptr(PIX) thick = framed ? pixOpenBrick(NULL, framed, stroke, stroke) : NULL;
    int none = FALSE;

    return !thick || (pixZero(thick, &none) == 0 && none);
}

/* What is left in the block, in its coordinates. (transfer full) GArray of Part. */
static GArray *
find_parts(PIX *ink, const LtRing *ring, double mm)
{
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(Part));
    PIXA *pieces = NULL;
    BOXA *boxes = pixConnComp(ink, &pieces, 8);

    g_array_set_clear_func(parts, part_clear);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        int width, height;
        Part part = {.pix = pixaGetPix(pieces, i, L_CLONE)};

        boxaGetBoxGeometry(boxes, i, &part.x0, &part.y0, &width, &height);
        part.x1 = part.x0 + width;
        part.y1 = part.y0 + height;
        part.large = height > LETTER_MOST * mm || width > LETTER_WIDEST * mm;
        part.inside = hypot((part.x0 + part.x1) / 2.0 - ring->x,
                            (part.y0 + part.y1) / 2.0 - ring->y) < ring->radius;
        part.thin = is_thin(part.pix, (int)lround(STROKE * mm));
        g_array_append_val(parts, part);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    return parts;
}

static gboolean
is_letter(const Part *part, double mm)
{
    return !part->large && part->y1 - part->y0 > LETTER_LEAST * mm;
}

static void
add_to_rows(GArray *rows, const Part *part)
{
    int height = part->y1 - part->y0;

    for (guint i = 0; i < rows->len; i++) {
        Row *row = &g_array_index(rows, Row, i);

        if (abs(part->y1 - row->foot) > ROW_SHIFT * height)
            continue;
        row->x0 = MIN(row->x0, part->x0);
        row->x1 = MAX(row->x1, part->x1);
        row->y0 = MIN(row->y0, part->y0);
        row->y1 = MAX(row->y1, part->y1);
        row->letters++;
        return;
    }
    Row row = {part->x0, part->y0, part->x1, part->y1, part->y1, 1};
    g_array_append_val(rows, row);
}

/* The rows of letters outside the ring. (transfer full) GArray of Row. */
static GArray *
find_rows(const GArray *parts, const LtRing *ring, double mm)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(Row));

    for (guint i = 0; i < parts->len; i++) {
        const Part *part = &g_array_index(parts, Part, i);

        if (is_letter(part, mm) && !part->inside && part->x0 > ring->x)
            add_to_rows(rows, part);
    }
    for (guint i = rows->len; i > 0; i--)
        if (g_array_index(rows, Row, i - 1).letters < ROW_LETTERS)
            g_array_remove_index(rows, i - 1);
    return rows;
}

static gboolean
has_ink(PIX *ink, int x, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        if (is_inked(ink, x, y))
            return TRUE;
    return FALSE;
}

/* A row goes on to the left, into the ring, up to a gap that is none between words. */
static void
lengthen(Row *row, PIX *ink)
{
    int height = row->y1 - row->y0, gap = 0;
    int least = MAX(0, row->x0 - (int)(ROW_LONGER * height));

    for (int x = row->x0 - 1; x >= least && gap < ROW_GAP * height; x--) {
        gboolean inked = has_ink(ink, x, row->y0 + height / 4, row->foot);

        gap = inked ? 0 : gap + 1;
        row->x0 = inked ? x : row->x0;
    }
}

/* Where the rows' letters are bold, the seal's own print tells itself by its thin strokes. */
static void
drop_thin(PIX *ink, const GArray *parts, const LtRing *ring, double mm)
{
    guint letters = 0, bold = 0;

    for (guint i = 0; i < parts->len; i++) {
        const Part *part = &g_array_index(parts, Part, i);

        if (is_letter(part, mm) && !part->inside && part->x0 > ring->x) {
            letters++;
            bold += !part->thin;
        }
    }
    for (guint i = 0; i < parts->len && bold > BOLD_SHARE * letters; i++) {
        const Part *part = &g_array_index(parts, Part, i);

        if (part->inside && part->thin && part->y1 - part->y0 > LETTER_LEAST * mm)
            pixRasterop(ink, part->x0, part->y0, part->x1 - part->x0, part->y1 - part->y0,
                        PIX_DST & PIX_NOT(PIX_SRC), part->pix, 0, 0);
    }
}

/* (transfer full) (nullable) what of the block stays. */
static PIX *
keep(PIX *ink, const GArray *parts, const GArray *rows)
{
    g_autoptr(PIX) kept = pixCreateTemplate(ink);

    for (guint i = 0; kept && i < parts->len; i++) {
        const Part *part = &g_array_index(parts, Part, i);

        if (!part->inside && !part->large)
            pixRasterop(kept, part->x0, part->y0, part->x1 - part->x0, part->y1 - part->y0,
                        PIX_PAINT, part->pix, 0, 0);
    }
    for (guint i = 0; kept && i < rows->len; i++) {
        const Row *row = &g_array_index(rows, Row, i);
        int mark = (int)((row->y1 - row->y0) * MARK);

        pixRasterop(kept, row->x0, row->y0 - mark, row->x1 - row->x0, row->y1 - row->y0 + 2 * mark,
                    PIX_PAINT, ink, row->x0, row->y0 - mark);
    }
    return g_steal_pointer(&kept);
}

/* Whitens what is ink in before and not in kept, with its soft edge. */
static void
whiten(PIX *grey, PIX *before, PIX *kept, const BOX *block, guint dpi)
{
    int edge = 2 * (int)(dpi / 100) + 1, left, top;
    g_autoptr(PIX) gone = pixSubtract(NULL, before, kept);
    g_autoptr(PIX) wide = gone ? pixDilateBrick(NULL, gone, edge, edge) : NULL;
    g_autoptr(PIX) near = pixDilateBrick(NULL, kept, 3, 3);

    if (!wide || !near)
        return;
    pixSubtract(wide, wide, near);
    boxGetGeometry((BOX *)block, &left, &top, NULL, NULL);
    pixSetMaskedGeneral(grey, wide, 255, left, top);
}

static gboolean
erase_in_block(PIX *grey, BOX *block, const LtRing *ring, guint dpi, gboolean lightened,
               LtSealed *ret_sealed)
{
    double mm = dpi / MM_PER_INCH;
    g_autoptr(PIX) crop = pixClipRectangle(grey, block, NULL);
    g_autoptr(PIX) before = crop ? pixThresholdToBinary(crop, INK) : NULL;
    g_autoptr(PIX) ink = before ? pixCopy(NULL, before) : NULL;
    int left, top;

    if (!ink)
        return FALSE;
    boxGetGeometry(block, &left, &top, NULL, NULL);
    LtRing moved = {ring->x - left, ring->y - top, ring->radius};
    if (!lightened) {
        moved = lt_ring_refine(ink, &moved, 1 + (guint)(LINE_SLACK * mm));
        erase_circles(ink, &moved, LINE_SLACK * mm);
    }
    *ret_sealed = (LtSealed){left,
                             top,
                             moved.x,
                             moved.y,
                             moved.radius,
                             pixCopy(NULL, ink),
                             pixSubtract(NULL, before, ink)};
    g_autoptr(GArray) parts = find_parts(ink, &moved, mm);
    g_autoptr(GArray) rows = find_rows(parts, &moved, mm);
    drop_thin(ink, parts, &moved, mm);
    for (guint i = 0; i < rows->len; i++)
        lengthen(&g_array_index(rows, Row, i), ink);
    g_autoptr(PIX) kept = keep(ink, parts, rows);
    if (kept)
        whiten(grey, before, kept, block, dpi);
    return ret_sealed->ink && ret_sealed->gone;
}

gboolean
lt_seal_erase(PIX *grey, const LtRing *ring, guint dpi, gboolean lightened, LtSealed *ret_sealed)
{
    BOX *block = block_of(grey, ring);
    g_auto(LtSealed) sealed = {0};
    gboolean erased = block && erase_in_block(grey, block, ring, dpi, lightened, &sealed);

    boxDestroy(&block);
    if (!erased)
        return FALSE;
    *ret_sealed = sealed;
    sealed = (LtSealed){0};
    return TRUE;
}

/* The tone than which that share of all counted is darker. */
static int
tone_at(const guint *counts, int tones, double share)
{
    guint total = 0, sum = 0;
    int tone = 0;

    for (int i = 0; i < tones; i++)
        total += counts[i];
    while (tone < tones && sum < share * total)
        sum += counts[tone++];
    return tone;
}

/* The darkest tone along each radius near the ring's outermost circle, in the middle. */
static int
ring_tone(PIX *grey, const LtRing *ring, double slack)
{
    guint counts[256] = {0};

    for (guint i = 0; i < 360; i++) {
        double angle = i * G_PI / 180;
        int darkest = 255;

        for (double radius = ring->radius - slack; radius <= ring->radius + slack; radius++) {
            l_uint32 tone = 255;

            if (pixGetPixel(grey, (int)(ring->x + radius * cos(angle)),
                            (int)(ring->y + radius * sin(angle)), &tone) == 0)
                darkest = MIN(darkest, (int)tone);
        }
        counts[darkest]++;
    }
    return tone_at(counts, 256, 0.5);
}

/* Two tones of the print around the seal, since poor copies fade from place to place: of letters'
 * cores, and that of which most ink is darker. Without print there: FALSE. */
static gboolean
text_tones(PIX *grey, const LtRing *ring, int *ret_core, int *ret_most)
{
    guint counts[256] = {0}, total = 0;
    int left = MAX(0, (int)(ring->x - AROUND * ring->radius));
    int right = MIN((int)pixGetWidth(grey), (int)(ring->x + AROUND * ring->radius));
    int top = MAX(0, (int)(ring->y - AROUND * ring->radius));
    int bottom = MIN((int)pixGetHeight(grey), (int)(ring->y + AROUND * ring->radius));

    for (int y = top; y < bottom; y++) {
        const l_uint32 *line = pixGetData(grey) + (gsize)y * (gsize)pixGetWpl(grey);

        for (int x = left; x < right; x++)
            if (hypot(x - ring->x, y - ring->y) > REACH * ring->radius)
                counts[GET_DATA_BYTE(line, x)]++;
    }
    for (int tone = 0; tone < INK; tone++)
        total += counts[tone];
    *ret_core = tone_at(counts, INK, SHARE_CORE);
    *ret_most = tone_at(counts, INK, SHARE_MOST);
    return total > PRINT_LEAST * ring->radius;
}

gboolean
lt_seal_lighten(PIX *grey, const LtRing *ring, guint dpi)
{
    int seal = ring_tone(grey, ring, LINE_SLACK * dpi / MM_PER_INCH), text, most;

    if (!text_tones(grey, ring, &text, &most) || seal - most < TONES_APART)
        return FALSE;
    BOX *block = block_of(grey, ring);
    NUMA *curve = numaCreate(256);
    double white = text + LIGHTENED * (seal - text);
    for (int tone = 0; tone < 256; tone++)
        numaAddNumber(curve,
                      (float)(tone >= white ? 255
                              : tone > text ? text + (255 - text) * (tone - text) / (white - text)
                                            : tone));
    g_autoptr(PIX) crop = block ? pixClipRectangle(grey, block, NULL) : NULL;
    if (crop && pixTRCMap(crop, NULL, curve) == 0) {
        int left, top, width, height;

        boxGetGeometry(block, &left, &top, &width, &height);
        pixRasterop(grey, left, top, width, height, PIX_SRC, crop, 0, 0);
    }
    numaDestroy(&curve);
    boxDestroy(&block);
    return crop != NULL;
}
