/* Strings from what a network says step by step: connectionist temporal classification (Graves et al.,
 * ICML 2006). Class 0 is the blank; a class that stays for several steps is one sign, and the blank
 * parts two that are the same. */
#pragma once

#include <glib.h>

#define LT_CTC_MAX_CLASSES 33

/* Probabilities: steps rows of classes each, every row summing to 1. */
typedef struct {
    guint steps, classes;
    float *values; /* (transfer full) */
} LtCtcMatrix;

/* The probability of exactly this string of classes (1 and up), over all ways to align it. */
double lt_ctc_score(const LtCtcMatrix *matrix, const guint8 *signs, guint length);

#define LT_CTC_MAX_LENGTH 12
typedef struct {
    guint8 signs[LT_CTC_MAX_LENGTH]; /* classes */
    guint length;
} LtCtcString;

/* The likeliest strings, best first, by a search that follows LT_CTC_BEAM of them side by side. Returns how
 * many of n there are; at least 1. */
#define LT_CTC_BEAM 16
guint lt_ctc_search(const LtCtcMatrix *matrix, LtCtcString *ret_strings, guint n);
