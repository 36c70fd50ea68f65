/* Words with boxes on a made-up page, line by line. */
#pragma once

#include <math.h>

#include "ocr/lines.h"

#define WIDTH 595.0
#define HEIGHT 842.0
#define ADVANCE 7.0 /* points a letter takes */
#define BLANK 3.5
#define LETTER 13.0

typedef struct {
    GArray *words;
    double slope; /* points down a point to the right */
} Sheet;

static inline double
text_width(const char *text)
{
    double width = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p))
        width += *p == ' ' ? BLANK : ADVANCE;
    return width;
}

/* One line of words from x on, its centre at y; hint: the source's line, or G_MAXUINT. Returns:
 * where it ends. */
static inline double
put(Sheet *sheet, double x, double y, guint hint, const char *text)
{
    g_auto(GStrv) tokens = g_strsplit(text, " ", -1);

    for (guint i = 0; tokens[i]; i++) {
        double end = x + text_width(tokens[i]);
        double centre = y + sheet->slope * (x + end) / 2;
        LtRawWord word = {.text = g_strdup(tokens[i]),
                          .box = {x / WIDTH, (centre - LETTER / 2) / HEIGHT, end / WIDTH,
                                  (centre + LETTER / 2) / HEIGHT},
                          .confidence = 90,
                          .line_hint = hint};

        g_array_append_val(sheet->words, word);
        x = end + BLANK;
    }
    return x - BLANK;
}

static inline void
put_centred(Sheet *sheet, double centre, double y, guint hint, const char *text)
{
    put(sheet, centre - text_width(text) / 2, y, hint, text);
}

static inline Sheet
sheet_new(double degrees)
{
    return (Sheet){.words = lt_raw_words_new(), .slope = tan(degrees * G_PI / 180)};
}
