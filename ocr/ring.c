/* Circles of the size of a State seal, found by Hough's transform: on a reduced picture, with only
 * those components that are large enough to be a part of a ring, so that a page without a seal
 * costs next to nothing. */
#include "ocr/ring.h"

#include <math.h>
#include <string.h>

#define MM_PER_INCH 25.4
#define COARSE_DPI 100    /* at most, where circles are sought */
#define PART_SHORTER 6.0  /* mm: the sides of an inked part that may belong to a ring */
#define PART_LONGER 12.0  /* mm */
#define PART_MOST 110.0   /* mm: a seal with a signature; longer are frames and tables */
#define RADIUS_LEAST 12.0 /* mm: seals measure 28 to 42 across */
#define RADIUS_MOST 22.0  /* mm */
#define RADIUS_OUTER 1.5  /* and the largest */
#define COVERED 0.6       /* share of a circle that is inked, at least */
#define DENSITY_MOST 0.6  /* of the disc: a photograph is darker than a seal */
#define PARTS_APART 26.0  /* mm, at most, between two arcs of one ring */
#define MOST_RINGS 3
#define MOST_POINTS 30000 /* ink that votes */

typedef struct {
    int x, y;
} Point;

/* Parts so near to each other that they may be of one ring, and their ink. */
typedef struct {
    int x0, y0, x1, y1;
    GArray *points; /* of Point */
} Group;

/* Ink as it is asked for point by point. */
typedef struct {
    const l_uint32 *data;
    int width, height, words_per_line;
} Ink;

/* The points of a circle about its centre. */
typedef struct {
    guint n;
    double *dx, *dy;
} Circle;

static void
circle_clear(gpointer circle)
{
    g_free(((Circle *)circle)->dx);
    g_free(((Circle *)circle)->dy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Circle, circle_clear)

static Circle
circle_new(double radius)
{
    Circle circle = {.n = MAX(8, (guint)(2 * G_PI * radius))};

    circle.dx = g_new(double, circle.n);
    circle.dy = g_new(double, circle.n);
    for (guint i = 0; i < circle.n; i++) {
        double angle = 2 * G_PI * i / circle.n;

        circle.dx[i] = radius * cos(angle);
        circle.dy[i] = radius * sin(angle);
    }
    return circle;
}

static Ink
ink_of(PIX *pix)
{
    return (Ink){pixGetData(pix), pixGetWidth(pix), pixGetHeight(pix), pixGetWpl(pix)};
}

static gboolean
is_inked(const Ink *ink, int x, int y)
{
    if (x < 0 || y < 0 || x >= ink->width || y >= ink->height)
        return FALSE;
    return GET_DATA_BIT(ink->data + (gsize)y * (gsize)ink->words_per_line, x);
}

static double
coverage(const Ink *ink, double x, double y, const Circle *circle)
{
    guint inked = 0;

    for (guint i = 0; i < circle->n; i++)
        inked += is_inked(ink, (int)lround(x + circle->dx[i]), (int)lround(y + circle->dy[i]));
    return (double)inked / circle->n;
}

double
lt_ring_coverage(PIX *pix, double x, double y, double radius)
{
    g_auto(Circle) circle = circle_new(radius);
    Ink ink = ink_of(pix);

    return coverage(&ink, x, y, &circle);
}

/* (transfer full) (nullable) */
static PIX *
reduce(PIX *ink, guint dpi, guint *ret_factor)
{
    g_autoptr(PIX) small = pixClone(ink);

    for (*ret_factor = 1; small && dpi / *ret_factor > COARSE_DPI; *ret_factor *= 2) {
        if (pixGetWidth(small) < 2 || pixGetHeight(small) < 2)
            return NULL;

        PIX *half = pixReduceRankBinary2(small, 1, NULL);

        pixDestroy(&small);
        small = half;
    }
    return g_steal_pointer(&small);
}

static void
group_clear(gpointer group)
{
    g_clear_pointer(&((Group *)group)->points, g_array_unref);
}

static void
add_points(PIX *part, int left, int top, GArray *points)
{
    Ink ink = ink_of(part);

    for (int y = 0; y < ink.height; y++)
        for (int x = 0; x < ink.width; x++)
            if (is_inked(&ink, x, y)) {
                Point point = {left + x, top + y};

                g_array_append_val(points, point);
            }
}

static gboolean
is_near(const Group *group, const Group *other, int distance)
{
    return group->x0 - distance < other->x1 && other->x0 - distance < group->x1 &&
           group->y0 - distance < other->y1 && other->y0 - distance < group->y1;
}

/* Adds a part and whatever it brings together. */
static void
add_group(GArray *groups, Group *part, int distance)
{
    for (guint i = 0; i < groups->len;) {
        Group *group = &g_array_index(groups, Group, i);

        if (!is_near(group, part, distance)) {
            i++;
            continue;
        }
        part->x0 = MIN(part->x0, group->x0);
        part->y0 = MIN(part->y0, group->y0);
        part->x1 = MAX(part->x1, group->x1);
        part->y1 = MAX(part->y1, group->y1);
        g_array_append_vals(part->points, group->points->data, group->points->len);
        g_array_remove_index_fast(groups, i);
        i = 0; /* it is larger now */
    }
    g_array_append_val(groups, *part);
}

/* The ink of parts that may belong to a ring. (transfer full) GArray of Group. */
static GArray *
find_groups(PIX *small, double dpi)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(Group));
    double unit = MM_PER_INCH / dpi;
    PIXA *parts = NULL;
    BOXA *boxes = pixConnComp(small, &parts, 8);

    g_array_set_clear_func(groups, group_clear);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        int x, y, width, height;

        boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
        if (MIN(width, height) * unit < PART_SHORTER || MAX(width, height) * unit < PART_LONGER ||
            MAX(width, height) * unit > PART_MOST)
            continue;
        g_autoptr(PIX) part = pixaGetPix(parts, i, L_CLONE);
        Group group = {x, y, x + width, y + height, g_array_new(FALSE, FALSE, sizeof(Point))};
        add_points(part, x, y, group.points);
        add_group(groups, &group, (int)(PARTS_APART / unit));
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    return groups;
}

/* Where votes for centres are counted: the group's box with room around for centres that lie outside and
 * are not looked at, so that no vote asks where it falls. */
typedef struct {
    int width, height, margin; /* of the box, in pixels; of the room on each side */
    guint16 *counts;           /* width + 2 margins across, height + 2 margins down */
    guint *places;             /* of the points' own pixels in counts */
    guint n_places;
} Ballot;

static void
ballot_clear(Ballot *ballot)
{
    g_free(ballot->counts);
    g_free(ballot->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ballot, ballot_clear)

static gsize
ballot_stride(const Ballot *ballot)
{
    return (gsize)ballot->width + 2 * (gsize)ballot->margin;
}

static gsize
ballot_size(const Ballot *ballot)
{
    return ballot_stride(ballot) * ((gsize)ballot->height + 2 * (gsize)ballot->margin);
}

/* every: of so many points one votes. */
static Ballot
ballot_new(const Group *group, int margin, guint every)
{
    Ballot ballot = {group->x1 - group->x0, group->y1 - group->y0, margin, NULL, NULL, 0};

    ballot.counts = g_new(guint16, ballot_size(&ballot));
    ballot.places = g_new(guint, group->points->len);
    for (guint i = 0; i < group->points->len; i += every) {
        const Point *point = &g_array_index(group->points, Point, i);

        ballot.places[ballot.n_places++] =
            (guint)((gsize)(point->y - group->y0 + margin) * ballot_stride(&ballot) +
                    (gsize)(point->x - group->x0 + margin));
    }
    return ballot;
}

static guint
best_place(const Ballot *ballot, int *ret_x, int *ret_y)
{
    guint most = 0;

    for (int y = 0; y < ballot->height; y++) {
        const guint16 *row =
            ballot->counts + (gsize)(y + ballot->margin) * ballot_stride(ballot) + ballot->margin;

        for (int x = 0; x < ballot->width; x++)
            if (row[x] > most) {
                most = row[x];
                *ret_x = x;
                *ret_y = y;
            }
    }
    return most;
}

/* The centre for which most of a circle of that radius is inked: it lies between the circle's parts. */
static LtRing
vote(const Group *group, const Ballot *ballot, int radius, double *ret_share)
{
    guint steps = (guint)(G_PI * radius);
    int x = 0, y = 0;

    memset(ballot->counts, 0, sizeof *ballot->counts * ballot_size(ballot));
    for (guint s = 0; s < steps; s++) {
        int dx = (int)lround(radius * cos(2 * G_PI * s / steps));
        int dy = (int)lround(radius * sin(2 * G_PI * s / steps));
        guint16 *from = ballot->counts + dy * (gssize)ballot_stride(ballot) + dx;

        for (guint i = 0; i < ballot->n_places; i++)
            from[ballot->places[i]]++;
    }
    *ret_share = (double)best_place(ballot, &x, &y) / steps;
    return (LtRing){group->x0 + x, group->y0 + y, radius};
}

/* Of radii by the ring's own, two pixels apart. (transfer full) GArray of Circle. */
static GArray *
circles_about(double radius, int slack)
{
    GArray *circles = g_array_new(FALSE, FALSE, sizeof(Circle));

    g_array_set_clear_func(circles, circle_clear);
    for (int dr = -slack; dr <= slack; dr += 2) {
        Circle circle = circle_new(radius + dr);

        g_array_append_val(circles, circle);
    }
    return circles;
}

LtRing
lt_ring_refine(PIX *pix, const LtRing *ring, guint slack)
{
    LtRing best = *ring;
    int most = (int)slack;
    g_autoptr(GArray) circles = circles_about(ring->radius, most);
    Ink ink = ink_of(pix);
    double share = 0;

    for (int dy = -most; dy <= most; dy++)
        for (int dx = -most; dx <= most; dx++)
            for (guint i = 0; i < circles->len; i++) {
                double covered =
                    coverage(&ink, ring->x + dx, ring->y + dy, &g_array_index(circles, Circle, i));

                if (covered > share) {
                    share = covered;
                    best = (LtRing){ring->x + dx, ring->y + dy, ring->radius - most + 2.0 * i};
                }
            }
    for (double radius = best.radius; radius < RADIUS_OUTER * ring->radius; radius++)
        if (lt_ring_coverage(pix, best.x, best.y, radius) > COVERED)
            best.radius = radius;
    return best;
}

static gboolean
is_seal(PIX *ink, const LtRing *ring)
{
    double sum = 0;
    guint n = 0;

    for (double radius = ring->radius; radius > 1; radius -= 2, n++)
        sum += lt_ring_coverage(ink, ring->x, ring->y, radius);
    return sum < DENSITY_MOST * n;
}

/* Ink inside the ring votes for no other. */
static void
drop_points(GArray *points, const LtRing *ring)
{
    for (guint i = points->len; i > 0; i--) {
        const Point *point = &g_array_index(points, Point, i - 1);

        if (hypot(point->x - ring->x, point->y - ring->y) < RADIUS_OUTER * ring->radius)
            g_array_remove_index_fast(points, i - 1);
    }
}

static LtRing
find_clearest(const Group *group, double dpi, double *ret_share)
{
    int most = (int)(RADIUS_MOST * dpi / MM_PER_INCH);
    guint every = 1 + group->points->len / MOST_POINTS;
    g_auto(Ballot) ballot = ballot_new(group, most, every);
    LtRing clearest = {0};

    *ret_share = 0;
    for (int radius = (int)(RADIUS_LEAST * dpi / MM_PER_INCH); radius <= most; radius++) {
        double share = 0;
        LtRing ring = vote(group, &ballot, radius, &share);

        if (share * every > *ret_share) {
            *ret_share = share * every;
            clearest = ring;
        }
    }
    return clearest;
}

/* Adds the rings of one group to rings. */
static void
find_rings(const Group *group, PIX *ink, guint factor, double dpi, GArray *rings)
{
    while (group->points->len > 0 && rings->len < MOST_RINGS) {
        double share = 0;
        LtRing coarse = find_clearest(group, dpi, &share);

        if (share < COVERED)
            break;
        LtRing placed = {coarse.x * factor, coarse.y * factor, coarse.radius * factor};
        LtRing ring = lt_ring_refine(ink, &placed, 2 * factor);
        if (is_seal(ink, &ring))
            g_array_append_val(rings, ring);
        drop_points(group->points, &coarse);
    }
}

GArray *
lt_rings_find(PIX *ink, guint dpi)
{
    GArray *rings = g_array_new(FALSE, FALSE, sizeof(LtRing));
    guint factor = 1;
    g_autoptr(PIX) small = reduce(ink, dpi, &factor);

    if (!small)
        return rings;
    g_autoptr(GArray) groups = find_groups(small, (double)dpi / factor);
    for (guint i = 0; i < groups->len; i++)
        find_rings(&g_array_index(groups, Group, i), ink, factor, (double)dpi / factor, rings);
    return rings;
}
