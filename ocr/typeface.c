#include "ocr/typeface.h"

#include <math.h>

#define MOST_SIDE 4000 /* pixels of a drawn word */
#define HALF 128       /* of 255: from here on a pixel is ink */

struct LtTypeface {
    cairo_font_face_t *face;
    cairo_scaled_font_t *scaled; /* (nullable) to the size asked for last */
    double size;
};

LtTypeface *
lt_typeface_open(const char *family, gboolean bold)
{
    LtTypeface *face = g_new0(LtTypeface, 1);

    face->face = cairo_toy_font_face_create(
        family, CAIRO_FONT_SLANT_NORMAL, bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    return face;
}

void
lt_typeface_close(LtTypeface *face)
{
    if (!face)
        return;
    g_clear_pointer(&face->scaled, cairo_scaled_font_destroy);
    cairo_font_face_destroy(face->face);
    g_free(face);
}

/* Returns: (transfer none) */
static cairo_scaled_font_t *
scale(LtTypeface *face, double size)
{
    cairo_matrix_t em, same;
    cairo_font_options_t *options;

    if (face->scaled && face->size == size)
        return face->scaled;
    g_clear_pointer(&face->scaled, cairo_scaled_font_destroy);
    options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_matrix_init_scale(&em, size, size);
    cairo_matrix_init_identity(&same);
    face->scaled = cairo_scaled_font_create(face->face, &em, &same, options);
    face->size = size;
    cairo_font_options_destroy(options);
    return face->scaled;
}

/* (transfer full) (nullable) */
static PIX *
take_ink(cairo_surface_t *surface)
{
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    const guint8 *pixels;
    PIX *pix = pixCreate(width, height, 1);

    cairo_surface_flush(surface);
    pixels = cairo_image_surface_get_data(surface);
    for (int y = 0; pix && pixels && y < height; y++)
        for (int x = 0; x < width; x++)
            if (pixels[(gsize)y * (gsize)stride + (gsize)x] >= HALF)
                SET_DATA_BIT(pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix), x);
    return pix;
}

gboolean
lt_typeface_draw(LtTypeface *face, double size, const char *text, LtDrawn *ret_drawn)
{
    cairo_scaled_font_t *font = scale(face, size);
    cairo_text_extents_t extents;
    int left, top, width, height;

    cairo_scaled_font_text_extents(font, text, &extents);
    left = (int)floor(extents.x_bearing);
    top = (int)floor(extents.y_bearing);
    width = (int)ceil(extents.x_bearing + extents.width) - left;
    height = (int)ceil(extents.y_bearing + extents.height) - top;
    if (cairo_scaled_font_status(font) != CAIRO_STATUS_SUCCESS || width < 1 || height < 1 ||
        width > MOST_SIDE || height > MOST_SIDE)
        return FALSE;
    g_autoptr(cairo_surface_t) surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    g_autoptr(cairo_t) cairo = cairo_create(surface);
    cairo_set_scaled_font(cairo, font);
    cairo_move_to(cairo, -left, -top);
    cairo_show_text(cairo, text);
    *ret_drawn = (LtDrawn){take_ink(surface), left, top, extents.x_advance};
    return ret_drawn->pix != NULL;
}

double
lt_typeface_blank(LtTypeface *face, double size)
{
    cairo_text_extents_t extents;

    cairo_scaled_font_text_extents(scale(face, size), " ", &extents);
    return extents.x_advance;
}
