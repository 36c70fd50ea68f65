/* A seal adds ink and takes none away: of the right word all strokes are there, but for those that
 * went with the ring's lines. */
#include "ocr/shown.h"

#include <math.h>
#include <string.h>

#define MM_PER_INCH 25.4
#define NEAR 0.09        /* mm: by so much may a stroke lie beside where it is drawn */
#define SIZE_STEPS 8     /* of one per cent, up and down, in which the size is sought */
#define EM_MOST 8.0      /* mm: official paper has 5 */
#define FACE_LIKE 0.8    /* share of ink that the drawn and the printed words have in common */
#define SHIFT 0.35       /* mm: by so much is a word sought beside its place */
#define MISS 2.0         /* what a drawn pixel without ink counts for, one with ink counting 1 */
#define WORD_JUDGED 0.5  /* share of its pixels that the seal left to be judged */
#define WORD_AHEAD 0.012 /* of a square em, in pixels, by which it must be better than any other */

/* Those of official paper, the commonest first. */
static const struct {
    const char *family;
    gboolean bold;
} known[LT_SHOWN_FACES] = {
    {"Tinos", TRUE}, {"Tinos", FALSE}, {"Arimo", TRUE}, {"Cousine", TRUE}, {"Cousine", FALSE},
};

gboolean
lt_ground_init(LtGround *ground, const LtSealed *sealed, guint dpi)
{
    int edge = 2 * (int)lround(NEAR / MM_PER_INCH * dpi) + 1;

    *ground = (LtGround){.sealed = sealed, .mm = dpi / MM_PER_INCH};
    ground->near = pixDilateBrick(NULL, sealed->ink, edge, edge);
    ground->open = pixDilateBrick(NULL, sealed->gone, edge, edge);
    if (ground->near && ground->open)
        pixOr(ground->open, ground->open, ground->near);
    for (guint i = 0; i < LT_SHOWN_FACES; i++)
        ground->faces[i] = lt_typeface_open(known[i].family, known[i].bold);
    return ground->near && ground->open;
}

void
lt_ground_clear(LtGround *ground)
{
    g_clear_pointer(&ground->near, lt_pix_free);
    g_clear_pointer(&ground->open, lt_pix_free);
    for (guint i = 0; i < LT_SHOWN_FACES; i++)
        g_clear_pointer(&ground->faces[i], lt_typeface_close);
}

static int
count_in(const LtDrawn *drawn, PIX *ink, int x, int y)
{
    g_autoptr(PIX) both = pixCopy(NULL, drawn->pix);
    int count = 0;

    if (both && pixRasterop(both, 0, 0, pixGetWidth(both), pixGetHeight(both), PIX_SRC & PIX_DST,
                            ink, x, y) == 0)
        pixCountPixels(both, &count, NULL);
    return count;
}

/* x, y: where the word begins. FALSE where it does not lie on the ground. */
static gboolean
hold(const LtGround *ground, const LtDrawn *drawn, int x, int y, LtShown *ret_match)
{
    int left = x + drawn->x, top = y + drawn->y, pixels = 0, shown, judged;
    int width = pixGetWidth(drawn->pix), height = pixGetHeight(drawn->pix);

    if (left < 0 || top < 0 || left + width > (int)pixGetWidth(ground->sealed->ink) ||
        top + height > (int)pixGetHeight(ground->sealed->ink))
        return FALSE;
    pixCountPixels(drawn->pix, &pixels, NULL);
    shown = count_in(drawn, ground->near, left, top);
    judged = shown + pixels - count_in(drawn, ground->open, left, top);
    *ret_match = (LtShown){
        .score = shown - MISS * (judged - shown),
        .pixels = pixels,
        .shown = judged > WORD_JUDGED * pixels ? (double)shown / judged : 0,
        .x = x,
        .y = y,
        .box = {left, top, left + width, top + height},
    };
    return TRUE;
}

gboolean
lt_shown_about(const LtGround *ground, const LtDrawn *drawn, int x, int y, int slack_x, int slack_y,
               LtShown *ret_match)
{
    gboolean found = FALSE;

    for (int dy = -slack_y; dy <= slack_y; dy++)
        for (int dx = -slack_x; dx <= slack_x; dx++) {
            LtShown match;

            if (!hold(ground, drawn, x + dx, y + dy, &match) ||
                (found && match.score <= ret_match->score))
                continue;
            *ret_match = match;
            found = TRUE;
        }
    return found;
}

/* The share of ink that a word and the ground have in common, within the word's box. */
static double
likeness(const LtGround *ground, const LtDrawn *drawn, const LtShown *match)
{
    int edge = 2 * (int)lround(NEAR * ground->mm) + 1, shown = 0, there = 0, both = 0, pixels = 0;
    g_autoptr(PIX) wide = pixDilateBrick(NULL, drawn->pix, edge, edge);
    BOX *box = boxCreate((int)match->box.x0, (int)match->box.y0, pixGetWidth(drawn->pix),
                         pixGetHeight(drawn->pix));
    g_autoptr(PIX) ink = box ? pixClipRectangle(ground->sealed->ink, box, NULL) : NULL;

    boxDestroy(&box);
    if (!wide || !ink)
        return 0;
    pixCountPixels(drawn->pix, &pixels, NULL);
    pixCountPixels(ink, &there, NULL);
    shown = count_in(drawn, ground->near, (int)match->box.x0, (int)match->box.y0);
    pixAnd(ink, ink, wide);
    pixCountPixels(ink, &both, NULL);
    return pixels + there > 0 ? (double)(shown + both) / (pixels + there) : 0;
}

/* The size and place at which the sure words are likest to the ink. */
static gboolean
fit_face(const LtGround *ground, LtTypeface *face, const char *text, const LtBox *box,
         LtPrint *ret_print, double *ret_like)
{
    g_auto(LtDrawn) whole = {0};
    int slack = (int)ceil(SHIFT * ground->mm);
    double guess;

    *ret_like = 0;
    if (!lt_typeface_draw(face, 100, text, &whole))
        return FALSE;
    guess = 100 * (box->x1 - box->x0) / pixGetWidth(whole.pix);
    for (int step = -SIZE_STEPS; step <= SIZE_STEPS; step++) {
        g_auto(LtDrawn) drawn = {0};
        double size = guess * (1 + step / 100.0), like;
        LtShown match;

        if (!lt_typeface_draw(face, size, text, &drawn) ||
            !lt_shown_about(ground, &drawn, (int)box->x1 - pixGetWidth(drawn.pix) - drawn.x,
                            (int)box->y0 - drawn.y, slack, slack, &match))
            continue;
        like = likeness(ground, &drawn, &match);
        if (like <= *ret_like)
            continue;
        *ret_like = like;
        *ret_print = (LtPrint){.face = face, .size = size, .x = match.x, .y = match.y};
        ret_print->box = match.box;
    }
    g_strlcpy(ret_print->text, text, sizeof ret_print->text);
    return *ret_like > 0;
}

LtPrint
lt_print_lengthen(const LtGround *ground, const LtPrint *print, const LtShown *word)
{
    g_autofree char *text = g_strconcat(word->text, " ", print->text, NULL);
    LtBox box = lt_box_around(&word->box, &print->box);
    LtPrint longer = *print;
    double like;

    longer.x = word->x;
    longer.y = word->y;
    if (strlen(text) < LT_SHOWN_BYTES)
        fit_face(ground, print->face, text, &box, &longer, &like);
    return longer;
}

gboolean
lt_print_find(const LtGround *ground, const char *text, const LtBox *box, LtPrint *ret_print)
{
    double best = 0;

    for (guint i = 0; i < LT_SHOWN_FACES; i++) {
        LtPrint print;
        double like = 0;

        if (!fit_face(ground, ground->faces[i], text, box, &print, &like) || like <= best)
            continue;
        best = like;
        *ret_print = print;
    }
    return best >= FACE_LIKE && ret_print->size <= EM_MOST * ground->mm;
}

/* Tries a word before those that are known. */
static void
try_word(const LtGround *ground, const LtPrint *print, const char *text, double blank,
         LtShown *best, double *ret_second)
{
    g_auto(LtDrawn) drawn = {0};
    int slack = (int)ceil(SHIFT * ground->mm), x;
    LtShown match;

    if (!lt_typeface_draw(print->face, print->size, text, &drawn))
        return;
    x = (int)lround(print->x - blank - drawn.advance);
    if (!lt_shown_about(ground, &drawn, x, print->y, 1, 0, &match) || match.shown < WORD_JUDGED ||
        !lt_shown_about(ground, &drawn, x, print->y, slack, 1, &match))
        return;
    match.text = text;
    if (best->text && match.score <= best->score) {
        *ret_second = MAX(*ret_second, match.score);
        return;
    }
    *ret_second = best->text ? best->score : 0;
    *best = match;
}

double
lt_print_ahead(const LtPrint *print)
{
    return WORD_AHEAD * print->size * print->size;
}

gboolean
lt_shown_find(const LtGround *ground, const LtPrint *print, const char *const *list,
              LtShown *ret_word)
{
    double second = 0, blank = lt_typeface_blank(print->face, print->size);

    *ret_word = (LtShown){0};
    for (; *list; list++)
        try_word(ground, print, *list, blank, ret_word, &second);
    return ret_word->text && ret_word->shown >= LT_SHOWN_LEAST &&
           ret_word->score - second >= lt_print_ahead(print);
}
