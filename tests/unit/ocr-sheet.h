/* Pages that tests draw: a sheet of A4 with a dispatch on it, and its text. */
#pragma once

#include <math.h>

#include "ocr/ocr-private.h"

#define WIDTH 595.0 /* points */
#define HEIGHT 842.0

typedef struct {
    cairo_surface_t *surface;
    cairo_t *cairo;
    guint dpi;
} Sheet;

static inline Sheet
sheet_new(guint dpi, double degrees, double paper)
{
    Sheet sheet = {.dpi = dpi};
    double scale = dpi / 72.0;

    sheet.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(WIDTH * scale),
                                               (int)lround(HEIGHT * scale));
    sheet.cairo = cairo_create(sheet.surface);
    cairo_set_source_rgb(sheet.cairo, paper, paper, paper);
    cairo_paint(sheet.cairo);
    cairo_scale(sheet.cairo, scale, scale);
    cairo_translate(sheet.cairo, WIDTH / 2, HEIGHT / 2);
    cairo_rotate(sheet.cairo, degrees * G_PI / 180);
    cairo_translate(sheet.cairo, -WIDTH / 2, -HEIGHT / 2);
    cairo_set_source_rgb(sheet.cairo, 0, 0, 0);
    cairo_select_font_face(sheet.cairo, "Tinos", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(sheet.cairo, 14);
    return sheet;
}

static inline void
put(Sheet *sheet, double x, double y, const char *text)
{
    cairo_move_to(sheet->cairo, x, y);
    cairo_show_text(sheet->cairo, text);
}

/* The picture, in colour or in 8 bits. Ends the sheet. (transfer full) */
static inline PIX *
take_pix(Sheet *sheet, gboolean colour)
{
    int width = cairo_image_surface_get_width(sheet->surface);
    int height = cairo_image_surface_get_height(sheet->surface);
    g_autoptr(PIX) pix = pixCreate(width, height, 32);

    cairo_surface_flush(sheet->surface);
    for (int y = 0; y < height; y++) {
        const guint8 *row = cairo_image_surface_get_data(sheet->surface) +
                            (gsize)y * (gsize)cairo_image_surface_get_stride(sheet->surface);
        l_uint32 *to = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);

        for (int x = 0; x < width; x++)
            to[x] = ((const guint32 *)(const void *)row)[x] << 8;
    }
    cairo_destroy(sheet->cairo);
    cairo_surface_destroy(sheet->surface);
    return colour ? g_steal_pointer(&pix) : pixConvertTo8(pix, FALSE);
}

static const char *const body[] = {
    "Thực hiện Công văn của Ban Chỉ đạo về công tác nhân quyền, Sở đề nghị",
    "các cơ quan, đơn vị trên địa bàn quan tâm phối hợp tuyên truyền những",
    "thành tựu bảo đảm quyền con người của địa phương trong năm vừa qua.",
};

static inline void
put_dispatch(Sheet *sheet)
{
    put(sheet, 70, 80, "UBND TỈNH ĐẮK LẮK");
    put(sheet, 300, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    put(sheet, 85, 98, "SỞ NỘI VỤ");
    put(sheet, 340, 98, "Độc lập - Tự do - Hạnh phúc");
    for (guint i = 0; i < G_N_ELEMENTS(body); i++)
        put(sheet, 80, 180 + 22 * i, body[i]);
}

#define DISPATCH                                                                                         \
    "UBND TỈNH ĐẮK LẮK\nSỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"         \
    "Độc lập - Tự do - Hạnh phúc\n"                                                            \
    "Thực hiện Công văn của Ban Chỉ đạo về công tác nhân quyền, Sở đề nghị\n" \
    "các cơ quan, đơn vị trên địa bàn quan tâm phối hợp tuyên truyền những\n"       \
    "thành tựu bảo đảm quyền con người của địa phương trong năm vừa qua."
