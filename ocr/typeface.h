/* Words drawn as an office prints them, to be held against a scan. */
#pragma once

#include "ocr/ocr-private.h"

/* A word in one bit: its ink and nothing around it. */
typedef struct {
    PIX *pix;
    int x, y;       /* of its top left corner, seen from where the word begins on its baseline */
    double advance; /* pixels to where the next word's blank begins */
} LtDrawn;

static inline void
lt_drawn_clear(LtDrawn *drawn)
{
    g_clear_pointer(&drawn->pix, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtDrawn, lt_drawn_clear)

/* A typeface by its name, so that it is looked for but once. */
typedef struct LtTypeface LtTypeface;
LtTypeface *lt_typeface_open(const char *family, gboolean bold);
void lt_typeface_close(LtTypeface *face);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtTypeface, lt_typeface_close)

/* size: pixels an em. FALSE where nothing is to be seen or memory is short. */
gboolean lt_typeface_draw(LtTypeface *face, double size, const char *text, LtDrawn *ret_drawn);

/* The width of the blank between two words, in pixels. */
double lt_typeface_blank(LtTypeface *face, double size);
