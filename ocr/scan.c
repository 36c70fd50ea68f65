#include "ocr/scan.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "ocr/borders.h"
#include "ocr/geometry.h"
#include "ocr/ink.h"
#include "ocr/lines.h"
#include "ocr/orient.h"
#include "ocr/photo.h"

/* In degrees: lines that slope less are levelled when the picture is prepared, and found to be
 * lines as they stand. */
#define LEVEL 2.5
/* Larger pictures are read two ways up at most, for the time that it takes. */
#define RETRY_PIXELS 2e7
/* Share of a page that is inked; a page with less shows nothing. Five lines of print are 0.004. */
#define BLANK_INK 0.003
/* So many times better than the likelier way up another must read, and by so much: a word. */
#define RIVAL 1.2
#define RIVAL_MORE 3.0

/* One way up, read. */
typedef struct {
    GArray *words;         /* of LtRawWord */
    guint turns;           /* quarter turns clockwise */
    PIX *pix;              /* the picture that the words' boxes are of */
    double slope;          /* radians to be turned clockwise for its lines to be level */
    LtGeometry to_upright; /* of the words' boxes: to the page so turned, still askew */
    double score;
    gboolean sure;
} Reading;

static void
reading_clear(Reading *reading)
{
    g_clear_pointer(&reading->words, g_array_unref);
    g_clear_pointer(&reading->pix, lt_pix_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

static gboolean
out_of_memory(GError **error)
{
    g_set_error_literal(error, LT_OCR_ERROR, LT_OCR_ERROR_MEMORY,
                        _("the picture takes more memory than is allowed"));
    return FALSE;
}

static int
longer_side(PIX *pix)
{
    return MAX(pixGetWidth(pix), pixGetHeight(pix));
}

/* Replaces the picture of a sheet on a darker ground by the sheet alone; the page's size was the
 * sheet's. */
static void
flatten(LtPagePicture *picture, LtGeometry *ret_to_photo)
{
    LtPoint corners[4];
    PIX *flat;

    *ret_to_photo = LT_GEOMETRY_SAME;
    if (!lt_photo_find_sheet(picture->pix, corners))
        return;
    flat = lt_photo_flatten(picture->pix, corners, ret_to_photo);
    if (!flat)
        return;
    picture->dpi =
        (guint)lround((double)picture->dpi * longer_side(flat) / longer_side(picture->pix));
    picture->dpi = MAX(picture->dpi, LT_DPI_LOWEST);
    pixDestroy(&picture->pix);
    picture->pix = flat;
}

/* (transfer full) (nullable) */
static PIX *
level(PIX *pix, double degrees, LtGeometry *to_upright)
{
    double radians = degrees * G_PI / 180;
    g_autoptr(PIX) deep = pixGetDepth(pix) == 1 ? pixConvertTo8(pix, FALSE) : pixClone(pix);
    LtGeometry back = lt_geometry_unskew(radians, pixGetWidth(pix), pixGetHeight(pix));

    *to_upright = lt_geometry_join(to_upright, &back);
    return deep ? pixRotateAM(deep, (float)radians, L_BRING_IN_WHITE) : NULL;
}

/* (transfer full) (nullable) */
static PIX *
turn(PIX *pix, guint quarter_turns)
{
    return quarter_turns ? pixRotateOrth(pix, (int)quarter_turns) : pixClone(pix);
}

static gboolean
read_turned(LtEngine *engine, const LtPagePicture *picture, PIX *ink, guint turns,
            Reading *ret_reading, GError **error)
{
    g_auto(Reading) reading = {.words = lt_raw_words_new(), .turns = turns};
    g_autoptr(PIX) turned = turn(picture->pix, turns);
    g_autoptr(PIX) turned_ink = turn(ink, turns);
    double slope = 0;

    if (!turned || !turned_ink)
        return out_of_memory(error);
    reading.to_upright = LT_GEOMETRY_SAME;
    if (lt_orient_find_slope(turned_ink, &slope) && fabs(slope) > LEVEL) {
        PIX *levelled = level(turned, slope, &reading.to_upright);

        if (!levelled)
            return out_of_memory(error);
        pixDestroy(&turned);
        turned = levelled;
        slope = 0;
    }
    reading.slope = slope * G_PI / 180;
    if (!lt_engine_read(engine, turned, picture->dpi, reading.words, error))
        return FALSE;
    reading.score =
        lt_orient_score(reading.words, pixGetWidth(turned), pixGetHeight(turned), &reading.sure);
    reading.pix = g_steal_pointer(&turned);
    reading_clear(ret_reading);
    *ret_reading = reading;
    reading.words = NULL;
    reading.pix = NULL;
    return TRUE;
}

static gboolean
is_blank(PIX *ink)
{
    int blank = 0;

    return pixZero(ink, &blank) == 0 && blank;
}

/* The best of the ways up, upright unless another is better. */
static gboolean
read_upright(LtEngine *engine, const LtPagePicture *picture, PIX *ink, Reading *best,
             GError **error)
{
    guint turns[4] = {0}, n;
    gboolean sideways = lt_orient_find_lines(ink) == LT_LINES_DOWN;

    if (!sideways && !read_turned(engine, picture, ink, 0, best, error))
        return FALSE;
    if (best->sure || is_blank(ink))
        return TRUE;
    n = lt_orient_rank(picture->pix, picture->dpi, turns);
    if (sideways && turns[0] % 2 == 0) {
        guint upright[2] = {turns[0], turns[1]};

        memmove(turns, turns + 2, sizeof upright);
        memcpy(turns + 2, upright, sizeof upright);
        n = 4;
    }
    if ((double)pixGetWidth(picture->pix) * pixGetHeight(picture->pix) > RETRY_PIXELS)
        n = sideways ? 2 : 1;
    for (guint i = 0; i < n && !best->sure; i++) {
        g_auto(Reading) rival = {0};

        if (best->words && turns[i] == best->turns)
            continue;
        if (!read_turned(engine, picture, ink, turns[i], &rival, error))
            return FALSE;
        if (best->words && rival.score <= RIVAL * best->score + RIVAL_MORE)
            continue;
        reading_clear(best);
        *best = rival;
        rival.words = NULL;
        rival.pix = NULL;
    }
    return TRUE;
}

/* Lines are built on the words as they stand straight; then the boxes go back to where they are on
 * the page. */
static LtPage *
build(const LtEngine *engine, const Reading *reading, const LtPagePicture *picture,
      const LtGeometry *to_photo, guint number)
{
    gboolean sideways = reading->turns % 2 != 0;
    LtPage *page = lt_lines_build(reading->words, number, LT_PAGE_FROM_OCR,
                                  sideways ? picture->height : picture->width,
                                  sideways ? picture->width : picture->height);
    LtGeometry forth = lt_geometry_turn(reading->turns);
    LtGeometry back = lt_geometry_turn(4 - reading->turns);
    LtGeometry whole = lt_geometry_join(&back, &reading->to_upright);

    if (reading->pix)
        page->written =
            lt_ink_read(lt_engine_digits(engine), reading->pix, reading->slope, reading->words);
    whole = lt_geometry_join(to_photo, &whole);
    whole = lt_geometry_join(&forth, &whole);
    lt_geometry_map_page(&whole, page);
    return page;
}

/* But for dust and what shines through from the other side. */
static gboolean
shows_nothing(PIX *ink)
{
    float share = 0;

    return pixForegroundFraction(ink, &share) == 0 && share < BLANK_INK;
}

LtPage *
lt_scan_read(LtEngine *engine, LtPagePicture *picture, guint number, GError **error)
{
    g_auto(Reading) best = {0};
    g_autoptr(PIX) ink = NULL;
    LtGeometry to_photo;
    gboolean specked;
    int step = 1;

    if (picture->hollow) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_DAMAGED,
                    _("the picture on page %u cannot be decoded"), number);
        return NULL;
    }
    flatten(picture, &to_photo);
    ink = lt_ink_new(picture->pix, picture->dpi, &step);
    if (!ink) {
        out_of_memory(error);
        return NULL;
    }
    specked = lt_borders_clear(picture->pix, ink, step, picture->dpi / (double)step);
    if (!read_upright(engine, picture, ink, &best, error))
        return NULL;
    LtPage *page = build(engine, &best, picture, &to_photo, number);
    if (page->n_words == 0)
        page->confidence = !specked && shows_nothing(ink) ? 1 : 0;
    return page;
}
