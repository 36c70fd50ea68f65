#include "ocr/geometry.h"

#include <math.h>

LtGeometry
lt_geometry_join(const LtGeometry *outer, const LtGeometry *inner)
{
    LtGeometry joined = {{0}};

    for (guint row = 0; row < 3; row++)
        for (guint column = 0; column < 3; column++)
            for (guint k = 0; k < 3; k++)
                joined.m[3 * row + column] += outer->m[3 * row + k] * inner->m[3 * k + column];
    return joined;
}

LtGeometry
lt_geometry_turn(guint quarter_turns)
{
    static const LtGeometry turns[4] = {
        {{1, 0, 0, 0, 1, 0, 0, 0, 1}},
        {{0, -1, 1, 1, 0, 0, 0, 0, 1}},
        {{-1, 0, 1, 0, -1, 1, 0, 0, 1}},
        {{0, 1, 0, -1, 0, 1, 0, 0, 1}},
    };

    return turns[quarter_turns % 4];
}

LtGeometry
lt_geometry_unskew(double radians, double width, double height)
{
    double cosine = cos(radians), sine = sin(radians);
    double across = sine * height / width, down = -sine * width / height;

    return (LtGeometry){{cosine, across, 0.5 - 0.5 * (cosine + across), down, cosine,
                         0.5 - 0.5 * (cosine + down), 0, 0, 1}};
}

LtGeometry
lt_geometry_to_corners(const LtPoint corners[4])
{
    const LtPoint *c = corners;
    double dx1 = c[1].x - c[2].x, dx2 = c[3].x - c[2].x;
    double dy1 = c[1].y - c[2].y, dy2 = c[3].y - c[2].y;
    double sx = c[0].x - c[1].x + c[2].x - c[3].x;
    double sy = c[0].y - c[1].y + c[2].y - c[3].y;
    double area = dx1 * dy2 - dx2 * dy1;
    double g = (sx * dy2 - dx2 * sy) / area;
    double h = (dx1 * sy - sx * dy1) / area;

    return (LtGeometry){{c[1].x - c[0].x + g * c[1].x, c[3].x - c[0].x + h * c[3].x, c[0].x,
                         c[1].y - c[0].y + g * c[1].y, c[3].y - c[0].y + h * c[3].y, c[0].y, g, h,
                         1}};
}

LtPoint
lt_geometry_map(const LtGeometry *geometry, double x, double y)
{
    const double *m = geometry->m;
    double w = m[6] * x + m[7] * y + m[8];

    return (LtPoint){(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w};
}

static LtBox
map_box(const LtGeometry *geometry, const LtBox *box)
{
    LtBox around = {1, 1, 0, 0};

    for (guint corner = 0; corner < 4; corner++) {
        LtPoint point = lt_geometry_map(geometry, corner & 1 ? box->x1 : box->x0,
                                        corner & 2 ? box->y1 : box->y0);

        around.x0 = MIN(around.x0, lt_clamp_fraction(point.x));
        around.y0 = MIN(around.y0, lt_clamp_fraction(point.y));
        around.x1 = MAX(around.x1, lt_clamp_fraction(point.x));
        around.y1 = MAX(around.y1, lt_clamp_fraction(point.y));
    }
    return around;
}

void
lt_geometry_map_page(const LtGeometry *geometry, LtPage *page)
{
    for (guint i = 0; i < page->n_words; i++)
        page->words[i].box = map_box(geometry, &page->words[i].box);
    for (guint i = 0; page->written && i < page->written->len; i++) {
        LtWritten *written = &g_array_index(page->written, LtWritten, i);

        written->box = map_box(geometry, &written->box);
    }
}
