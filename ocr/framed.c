/* The recogniser takes a frame for a picture or its sides for letters, and a line that leans does not
 * fit among its lines. So frames are sought as parts of the ink, turned level by the axis along which
 * they are longest, and what is in them is read without them. Only what is one of the stamps of
 * decree 30/2020 and of the law on secrets counts: a drawing has frames, too. */
#include "ocr/framed.h"

#include <math.h>
#include <string.h>

#include "ocr/lines.h"

#define MM_PER_INCH 25.4
#define INK 160        /* darker is ink */
#define FIND_DPI 100   /* at most, where frames are sought */
#define ABOVE 0.55     /* of the page: stamps stand there */
#define SIDE_LEAST 6.5 /* mm of a frame's sides, upright */
#define LONG_LEAST 14.
#define LONG_MOST 75.
#define HIGH_MOST 40.
#define FULL_MOST 0.45 /* of its box is ink */
#define LEAN_MOST 50.  /* degrees */
#define MOST_FRAMES 8
#define PART_WIDE 0.4 /* of the frame's length: wider parts are its sides */
#define PART_HIGH 0.8 /* of its height */
#define BORDER 20     /* pixels of white around what is read */
#define SURE_LEAST 40 /* mean confidence */

static const struct {
    const char *key; /* folded, letters alone */
    const char *text;
    guint off; /* letters that may be misread */
} stamps[] = {
    {"khan", "KHẨN", 0},
    {"thuongkhan", "THƯỢNG KHẨN", 2},
    {"hoatoc", "HỎA TỐC", 1},
    {"hoatochengio", "HỎA TỐC HẸN GIỜ", 2},
    {"mat", "MẬT", 0},
    {"toimat", "TỐI MẬT", 0},
    {"tuyetmat", "TUYỆT MẬT", 1},
};

/* In pixels of the prepared picture. */
typedef struct {
    int x, y, width, height;
    double lean; /* radians, clockwise */
} Frame;

/* Along which axis the part is longest. */
static double
find_lean(PIX *part)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;

    for (int y = 0; y < (int)pixGetHeight(part); y++)
        for (int x = 0; x < (int)pixGetWidth(part); x++)
            if (GET_DATA_BIT(pixGetData(part) + (gsize)y * (gsize)pixGetWpl(part), x)) {
                n++;
                sx += x;
                sy += y;
                sxx += (double)x * x;
                syy += (double)y * y;
                sxy += (double)x * y;
            }
    if (n == 0)
        return 0;
    return 0.5 * atan2(2 * (sxy - sx * sy / n), (sxx - sx * sx / n) - (syy - sy * sy / n));
}

static gboolean
is_frame(PIX *part, double mm, double *ret_lean)
{
    double width = pixGetWidth(part) / mm, height = pixGetHeight(part) / mm;
    float full = 0;

    if (MIN(width, height) < SIDE_LEAST || MAX(width, height) < LONG_LEAST || width > LONG_MOST ||
        height > HIGH_MOST || pixForegroundFraction(part, &full) != 0 || full > FULL_MOST)
        return FALSE;
    *ret_lean = find_lean(part);
    return fabs(*ret_lean) < LEAN_MOST * G_PI / 180;
}

/* (transfer full) (nullable) the ink above the middle, reduced by *ret_factor. */
static PIX *
find_ink(const LtPrepared *prepared, int *ret_factor)
{
    BOX *box = boxCreate(0, 0, pixGetWidth(prepared->pix),
                         MAX(1, (int)(ABOVE * pixGetHeight(prepared->pix))));
    g_autoptr(PIX) above = pixClipRectangle(prepared->pix, box, NULL);
    g_autoptr(PIX) ink = above ? pixThresholdToBinary(above, INK) : NULL;

    boxDestroy(&box);
    for (*ret_factor = 1; ink && (int)prepared->dpi / *ret_factor > FIND_DPI; *ret_factor *= 2) {
        PIX *half = MIN(pixGetWidth(ink), pixGetHeight(ink)) > 1
                        ? pixReduceRankBinary2(ink, 1, NULL)
                        : NULL;

        pixDestroy(&ink);
        ink = half;
    }
    return g_steal_pointer(&ink);
}

/* (transfer full) GArray of Frame. */
static GArray *
find_frames(const LtPrepared *prepared)
{
    GArray *frames = g_array_new(FALSE, FALSE, sizeof(Frame));
    int factor = 1;
    g_autoptr(PIX) ink = find_ink(prepared, &factor);
    PIXA *parts = NULL;
    BOXA *boxes = ink ? pixConnComp(ink, &parts, 8) : NULL;
    double mm = (double)prepared->dpi / factor / MM_PER_INCH;

    for (int i = 0; boxes && i < boxaGetCount(boxes) && frames->len < MOST_FRAMES; i++) {
        g_autoptr(PIX) part = pixaGetPix(parts, i, L_CLONE);
        Frame frame;

        if (!is_frame(part, mm, &frame.lean))
            continue;
        boxaGetBoxGeometry(boxes, i, &frame.x, &frame.y, &frame.width, &frame.height);
        frame.x *= factor;
        frame.y *= factor;
        frame.width *= factor;
        frame.height *= factor;
        g_array_append_val(frames, frame);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    return frames;
}

/* Takes the frame's sides off. */
static void
drop_sides(PIX *ink, const Frame *frame)
{
    double across = frame->width * cos(frame->lean), down = frame->height;
    PIXA *parts = NULL;
    BOXA *boxes = pixConnComp(ink, &parts, 8);

    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        g_autoptr(PIX) part = pixaGetPix(parts, i, L_CLONE);
        int x, y, width, height;

        boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
        if (width > PART_WIDE * across || height > PART_HIGH * down)
            pixRasterop(ink, x, y, width, height, PIX_DST & PIX_NOT(PIX_SRC), part, 0, 0);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
}

/* What is in the frame, level. (transfer full) (nullable) */
static PIX *
take_inside(const LtPrepared *prepared, const Frame *frame)
{
    BOX *box = boxCreate(frame->x, frame->y, frame->width, frame->height);
    g_autoptr(PIX) crop = pixClipRectangle(prepared->pix, box, NULL);
    g_autoptr(PIX) level = crop ? pixRotate(crop, (float)-frame->lean, L_ROTATE_AREA_MAP,
                                            L_BRING_IN_WHITE, frame->width, frame->height)
                                : NULL;
    g_autoptr(PIX) ink = level ? pixThresholdToBinary(level, INK) : NULL;
    g_autoptr(PIX) inside = NULL;

    boxDestroy(&box);
    if (!ink)
        return NULL;
    drop_sides(ink, frame);
    if (pixClipToForeground(ink, &inside, NULL) != 0 || !inside)
        return NULL;
    return pixAddBorder(inside, BORDER, 0);
}

static char *
letters_of(const char *text)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_autofree char *folded = lt_text_fold(canonical);
    GString *letters = g_string_new(NULL);

    for (const char *p = folded; *p; p++)
        if (g_ascii_isalpha(*p))
            g_string_append_c(letters, *p);
    return g_string_free(letters, FALSE);
}

/* Returns: (nullable) the stamp that it is. */
static const char *
find_stamp(const char *text)
{
    g_autofree char *letters = letters_of(text);
    guint n = strlen(letters);

    for (guint i = 0; i < G_N_ELEMENTS(stamps); i++)
        if (n + stamps[i].off >= strlen(stamps[i].key) &&
            lt_text_distance(letters, stamps[i].key, stamps[i].off) <= stamps[i].off)
            return stamps[i].text;
    return NULL;
}

/* Puts the stamp in the place of what was read in its frame. */
static void
put_stamp(GArray *words, const Frame *frame, const char *text, guint confidence)
{
    guint hint = 0;
    LtRawWord word = {
        .text = g_strdup(text),
        .box = {frame->x, frame->y, frame->x + frame->width, frame->y + frame->height},
        .confidence = confidence,
        .zone = LT_PAGE_ZONE_STAMP,
    };

    for (guint i = words->len; i > 0; i--) {
        const LtRawWord *old = &g_array_index(words, LtRawWord, i - 1);
        double x = (old->box.x0 + old->box.x1) / 2, y = (old->box.y0 + old->box.y1) / 2;

        hint = MAX(hint, old->line_hint);
        if (x > word.box.x0 && x < word.box.x1 && y > word.box.y0 && y < word.box.y1)
            g_array_remove_index(words, i - 1);
    }
    word.line_hint = hint + 1;
    g_array_append_val(words, word);
}

static void
read_frame(TessBaseAPI *api, const LtPrepared *prepared, const Frame *frame, GArray *words)
{
    g_autoptr(PIX) inside = take_inside(prepared, frame);
    const char *stamp = NULL;
    int confidence = 0;

    if (!inside)
        return;
    TessBaseAPISetImage2(api, inside);
    TessBaseAPISetSourceResolution(api, (int)prepared->dpi);
    if (TessBaseAPIRecognize(api, NULL) == 0) {
        char *text = TessBaseAPIGetUTF8Text(api);

        confidence = TessBaseAPIMeanTextConf(api);
        stamp = text && confidence >= SURE_LEAST ? find_stamp(text) : NULL;
        TessDeleteText(text);
    }
    TessBaseAPIClear(api);
    if (stamp)
        put_stamp(words, frame, stamp, (guint)CLAMP(confidence, 0, 100));
}

void
lt_framed_read(TessBaseAPI *api, const LtPrepared *prepared, GArray *words)
{
    g_autoptr(GArray) frames = find_frames(prepared);

    if (frames->len == 0)
        return;
    TessBaseAPISetPageSegMode(api, PSM_SINGLE_LINE);
    for (guint i = 0; i < frames->len; i++)
        read_frame(api, prepared, &g_array_index(frames, Frame, i), words);
    TessBaseAPISetPageSegMode(api, PSM_AUTO);
}
