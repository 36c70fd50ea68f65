/* Scores and searches strings in a matrix of probabilities by step. Plain doubles do: the longest strip
 * has some hundred steps, at each of which the best class has a tenth or more. */
#include "ocr/ctc.h"

#include <string.h>

#define RARE 1e-6 /* classes that are rarer at a step are not followed */

double
lt_ctc_score(const LtCtcMatrix *matrix, const guint8 *signs, guint length)
{
    /* Even places are blanks, odd ones the signs: the ways that end at each place by this step. Before
     * the first they all begin at the blank. */
    double ways[2 * LT_CTC_MAX_LENGTH + 1] = {1};

    if (length > LT_CTC_MAX_LENGTH)
        return 0;
    for (guint step = 0; step < matrix->steps; step++) {
        const float *row = matrix->values + (gsize)step * matrix->classes;

        for (int place = 2 * (int)length; place >= 0; place--) {
            guint sign = place % 2 ? signs[place / 2] : 0;
            double sum = ways[place];

            if (place > 0)
                sum += ways[place - 1];
            if (place > 2 && place % 2 && sign != signs[place / 2 - 1])
                sum += ways[place - 2];
            ways[place] = sum * row[sign];
        }
    }
    return ways[2 * length] + (length ? ways[2 * length - 1] : 0);
}

/* A string on the way, with the probability of its alignments that end in a blank and in its last sign. */
typedef struct {
    LtCtcString string;
    double blank, sign;
} Branch;

typedef struct {
    Branch branches[LT_CTC_BEAM];
    guint n;
} Beam;

static guint
last_sign(const LtCtcString *string)
{
    return string->length ? string->signs[string->length - 1] : 0;
}

static gboolean
is_grown_from(const LtCtcString *string, const LtCtcString *shorter)
{
    return string->length == shorter->length + 1 &&
           memcmp(string->signs, shorter->signs, shorter->length) == 0;
}

/* Keeps branch if it is among the best, in order. */
static void
beam_offer(Beam *beam, const Branch *branch)
{
    double weight = branch->blank + branch->sign;
    guint place = beam->n;

    while (place > 0 && beam->branches[place - 1].blank + beam->branches[place - 1].sign < weight)
        place--;
    if (place == LT_CTC_BEAM || weight <= 0)
        return;
    if (beam->n < LT_CTC_BEAM)
        beam->n++;
    memmove(beam->branches + place + 1, beam->branches + place,
            (beam->n - 1 - place) * sizeof(Branch));
    beam->branches[place] = *branch;
}

/* The probability that branch goes on with sign at this step. */
static double
grow(const Branch *branch, guint sign, const float *row)
{
    double before =
        sign == last_sign(&branch->string) ? branch->blank : branch->blank + branch->sign;

    return before * row[sign];
}

/* The branches of the step before that stay what they are, and what grows into them. */
static Branch
stay(const Beam *beam, const Branch *branch, const float *row)
{
    guint last = last_sign(&branch->string);
    Branch next = {.string = branch->string};

    next.blank = (branch->blank + branch->sign) * row[0];
    if (last > 0)
        next.sign = branch->sign * row[last];
    for (guint i = 0; i < beam->n; i++)
        if (is_grown_from(&branch->string, &beam->branches[i].string))
            next.sign += grow(&beam->branches[i], last, row);
    return next;
}

static gboolean
beam_holds(const Beam *beam, const LtCtcString *shorter, guint sign)
{
    for (guint i = 0; i < beam->n; i++)
        if (last_sign(&beam->branches[i].string) == sign &&
            is_grown_from(&beam->branches[i].string, shorter))
            return TRUE;
    return FALSE;
}

static void
offer_grown(const Beam *beam, const Branch *branch, const float *row, guint classes, Beam *next)
{
    if (branch->string.length == LT_CTC_MAX_LENGTH)
        return;
    for (guint sign = 1; sign < classes; sign++) {
        Branch grown = {.string = branch->string};

        if (row[sign] < RARE || beam_holds(beam, &branch->string, sign))
            continue;
        grown.string.signs[grown.string.length++] = (guint8)sign;
        grown.sign = grow(branch, sign, row);
        beam_offer(next, &grown);
    }
}

guint
lt_ctc_search(const LtCtcMatrix *matrix, LtCtcString *ret_strings, guint n)
{
    Beam beam = {.branches = {{.blank = 1}}, .n = 1};

    for (guint step = 0; step < matrix->steps; step++) {
        const float *row = matrix->values + (gsize)step * matrix->classes;
        Beam next = {.n = 0};

        for (guint i = 0; i < beam.n; i++) {
            Branch kept = stay(&beam, &beam.branches[i], row);

            beam_offer(&next, &kept);
            offer_grown(&beam, &beam.branches[i], row, matrix->classes, &next);
        }
        if (next.n > 0)
            beam = next;
    }
    n = MIN(n, beam.n);
    for (guint i = 0; i < n; i++)
        ret_strings[i] = beam.branches[i].string;
    return n;
}
