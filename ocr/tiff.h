/* The structure of a TIFF file (TIFF 6.0, Adobe 1992, section 2) without its pixels: enough to know
 * each page's size before it is decoded and whether its data is inside the file. EXIF is the same
 * structure. */
#pragma once

#include <glib.h>

typedef struct {
    guint32 offset; /* of its directory in the file */
    guint32 width, height;
    guint32 orientation; /* 1–8; 1 where it says nothing */
    gboolean whole;      /* all its strips or tiles lie inside the file */
    gboolean tidy;       /* so do the values of all its tags */
} LtTiffPage;

/* Whether this is a classic TIFF header. */
gboolean lt_tiff_has_header(const guint8 *bytes, gsize size);

/* Adds the pages in order to ret_pages (of LtTiffPage), at most limit; thumbnails and masks are
 * left out. FALSE where the chain of directories leaves the file or bites its own tail; the pages
 * before that are in ret_pages. */
gboolean lt_tiff_scan(const guint8 *bytes, gsize size, guint limit, GArray *ret_pages);
