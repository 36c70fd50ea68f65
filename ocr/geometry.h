/* Where the points of a straightened page picture lie on the upright page that a viewer shows. */
#pragma once

#include "ocr/ocr-private.h"

/* A projective map of the plane, in fractions of the one picture and of the other: row by row the
 * matrix that carries (x, y, 1). */
typedef struct {
    double m[9];
} LtGeometry;

#define LT_GEOMETRY_SAME ((LtGeometry){{1, 0, 0, 0, 1, 0, 0, 0, 1}})

/* First inner, then outer. */
LtGeometry lt_geometry_join(const LtGeometry *outer, const LtGeometry *inner);

/* Quarter turns clockwise of the whole picture. */
LtGeometry lt_geometry_turn(guint quarter_turns);

/* From a picture that was turned clockwise by radians about its centre, its size in pixels kept,
 * back to what it was. */
LtGeometry lt_geometry_unskew(double radians, double width, double height);

typedef struct {
    double x, y;
} LtPoint;

/* From the unit square to four corners, in the order top left, top right, bottom right, bottom
 * left; no three of them on one line (Heckbert, Fundamentals of Texture Mapping, 1989, 2.2.3). */
LtGeometry lt_geometry_to_corners(const LtPoint corners[4]);

LtPoint lt_geometry_map(const LtGeometry *geometry, double x, double y);

/* Carries the words' boxes of a finished page; a box becomes the one around its mapped corners. */
void lt_geometry_map_page(const LtGeometry *geometry, LtPage *page);
