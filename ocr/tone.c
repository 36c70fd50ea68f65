#include "ocr/tone.h"

#define DARKEST 0.003f /* share of the picture that is looked at; five lines of print are 0.004 */
#define SOUND 0.0004f  /* half a line of sound print: a page with few lines is not a faint one */
#define MARGIN 10      /* parts of either side that are left out: edges and holes are black */
#define SAMPLING 3     /* every third pixel, either way */
/* Tones between which print is faint. Measured on the generator's scans: sound print under 60, poor copies
 * 40 to 105, print of a worn ribbon 117 to 138; what is lighter is the grain of paper without print. */
#define FAINT_FROM 110.0f
#define FAINT_TO 165.0f

gboolean
lt_tone_is_faint(PIX *level, int *ret_tone)
{
    int width = pixGetWidth(level), height = pixGetHeight(level);
    BOX *box = boxCreate(width / MARGIN, height / MARGIN, width - 2 * (width / MARGIN),
                         height - 2 * (height / MARGIN));
    NUMA *counts = pixGetGrayHistogramInRect(level, box, SAMPLING);
    float tone = 0, least = 0;

    if (counts) {
        numaHistogramGetValFromRank(counts, DARKEST, &tone);
        numaHistogramGetValFromRank(counts, SOUND, &least);
    }
    numaDestroy(&counts);
    boxDestroy(&box);
    *ret_tone = (int)tone;
    return least > FAINT_FROM && tone < FAINT_TO;
}
