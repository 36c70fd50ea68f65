/* The structure of a JPEG file (ITU-T T.81, annex B) without its pixels. libjpeg fills what is cut
 * off with grey and calls it a warning, so the file's end is looked for here. */
#pragma once

#include <glib.h>

typedef struct {
    gboolean whole;    /* the end-of-image marker is there */
    guint orientation; /* 1–8, from EXIF; 1 where it says nothing */
} LtJpegInfo;

LtJpegInfo lt_jpeg_scan(const guint8 *bytes, gsize size);
