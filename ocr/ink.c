#include "ocr/ink.h"

#include <math.h>
#include <string.h>

#include "ocr/gaps.h"
#include "ocr/strip.h"

G_STATIC_ASSERT(LT_STRIP_HEIGHT == LT_DIGITS_HEIGHT);
G_STATIC_ASSERT(LT_STRIP_BASELINE == LT_DIGITS_BASELINE);
G_STATIC_ASSERT(LT_STRIP_CAPITAL == LT_DIGITS_CAP);
G_STATIC_ASSERT(LT_STRIP_MOST <= LT_DIGITS_MAX_WIDTH);

#define NUMBER_GUESSES 8u
#define OTHER_GUESSES 3u /* beside what a calendar has */
#define LEAST 0.0005     /* probability that is worth keeping */
#define DOUBTFUL                                                                                   \
    0.5         /* of a reading's probability that is left where it may not be one whole number */
#define SHIFT 1 /* rows and columns that a view is moved by */
#define YEARS_FROM 1945
#define YEARS_TO 2099

/* What else than the likeliest strings is asked for: every value of a calendar, as it is and with the
 * zero that the decree wants before it. */
static const struct {
    guint from, to;
} calendar[LT_WRITTEN_N_PARTS] = {
    [LT_WRITTEN_DAY] = {1, 31},
    [LT_WRITTEN_MONTH] = {1, 12},
    [LT_WRITTEN_YEAR] = {YEARS_FROM, YEARS_TO},
};

/* The strip with an empty edge, so that views of it can be moved. (transfer full) */
static guint8 *
dup_padded(PIX *pix, gsize *ret_stride)
{
    gsize width = (gsize)pixGetWidth(pix), stride = width + 2 * SHIFT;
    guint8 *padded = g_malloc0(stride * (LT_STRIP_HEIGHT + 2 * SHIFT));

    for (int y = 0; y < LT_STRIP_HEIGHT; y++) {
        const l_uint32 *line = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        for (gsize x = 0; x < width; x++)
            padded[(gsize)(y + SHIFT) * stride + x + SHIFT] = GET_DATA_BYTE(line, x);
    }
    *ret_stride = stride;
    return padded;
}

/* (transfer full) (nullable) */
static LtDigitReading *
read_strip(const LtDigits *reader, PIX *pix)
{
    static const struct {
        gsize down, right;
    } views[] = {{SHIFT, SHIFT}, {0, SHIFT}, {2 * SHIFT, SHIFT}};
    LtDigitStrip strips[G_N_ELEMENTS(views)];
    gsize stride;
    g_autofree guint8 *padded = dup_padded(pix, &stride);

    for (guint i = 0; i < G_N_ELEMENTS(views); i++)
        strips[i] = (LtDigitStrip){padded + views[i].down * stride + views[i].right, stride,
                                   (guint)pixGetWidth(pix)};
    return lt_digits_read(reader, strips, G_N_ELEMENTS(strips), NULL);
}

static int
compare_readings(gconstpointer a, gconstpointer b)
{
    double x = ((const LtWrittenReading *)a)->probability,
           y = ((const LtWrittenReading *)b)->probability;

    return (x < y) - (x > y);
}

static void
consider(GArray *found, const char *text, double probability)
{
    LtWrittenReading reading = {.probability = MIN(probability, 1)};

    if (probability < LEAST)
        return;
    for (guint i = 0; i < found->len; i++)
        if (strcmp(g_array_index(found, LtWrittenReading, i).text, text) == 0)
            return;
    g_strlcpy(reading.text, text, sizeof reading.text);
    g_array_append_val(found, reading);
}

static void
consider_calendar(GArray *found, const LtDigitReading *reading, LtWrittenPart part)
{
    for (guint value = calendar[part].from; value && value <= calendar[part].to; value++) {
        g_autofree char *plain = g_strdup_printf("%u", value);
        g_autofree char *padded = g_strdup_printf("%02u", value);

        consider(found, plain, lt_digits_score(reading, plain));
        consider(found, padded, lt_digits_score(reading, padded));
    }
}

/* share: of each probability, what is left of it. */
static void
add_readings(LtWritten *written, const LtDigitReading *reading, double share)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(LtWrittenReading));
    g_autoptr(GArray) best = lt_digits_best(
        reading, written->part == LT_WRITTEN_NUMBER ? NUMBER_GUESSES : OTHER_GUESSES);

    for (guint i = 0; i < best->len; i++) {
        const LtDigitGuess *guess = &g_array_index(best, LtDigitGuess, i);
        consider(found, guess->text, guess->probability);
    }
    consider_calendar(found, reading, written->part);
    g_array_sort(found, compare_readings);
    for (guint i = 0; i < found->len; i++) {
        const LtWrittenReading *each = &g_array_index(found, LtWrittenReading, i);
        if (!lt_written_add(written, each->text, share * each->probability))
            break;
    }
}

GArray *
lt_ink_read(const LtDigits *reader, PIX *pix, double slope, const GArray *words)
{
    g_autoptr(GArray) gaps = lt_gaps_find(words, pixGetWidth(pix), pixGetHeight(pix), slope);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(LtWritten));

    for (guint i = 0; i < gaps->len; i++) {
        const LtGap *gap = &g_array_index(gaps, LtGap, i);
        LtWritten written = {.part = gap->part};
        g_auto(LtStrip) strip = {0};
        g_autoptr(LtDigitReading) reading = NULL;

        if (!lt_strip_cut(pix, slope, gap, &strip))
            continue;
        written.box = strip.box;
        written.printed = strip.printed;
        if (reader && strip.pix && (reading = read_strip(reader, strip.pix)))
            add_readings(&written, reading,
                         gap->part == LT_WRITTEN_NUMBER && strip.doubtful ? DOUBTFUL : 1);
        g_array_append_val(places, written);
    }
    return places->len ? g_steal_pointer(&places) : NULL;
}
