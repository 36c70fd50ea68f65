/* Reads a line of handwritten digits: small trained networks look at a strip that was cut from the page.
 *
 * A strip is grey, 8 bits, LT_DIGITS_HEIGHT rows: 255 is ink, 0 paper, the tones between are kept. It is
 * scaled so that the page's printed capitals are LT_DIGITS_CAP pixels high, and their baseline is the
 * lower edge of row LT_DIGITS_BASELINE - 1. Left and right of the ink there should be about half a cap
 * of what stands there, paper at best. One crop may be given in several views (moved by a pixel or two,
 * cut a little wider, cleaned otherwise): the readings are averaged, which is worth more than it costs.
 *
 * What is read is a string of 0-9 with, rarely, one letter of a-d behind it; it may be empty: no digits
 * here. Nothing here knows calendars or registers: lt_digits_score() says how well a string that one
 * of them proposes fits the ink.
 *
 * How it was trained: tools/train-digits. How well it reads: docs/measurements.md. */
#pragma once

#include <glib.h>

#define LT_DIGITS_HEIGHT 48
#define LT_DIGITS_BASELINE 33
#define LT_DIGITS_CAP 16
#define LT_DIGITS_MAX_WIDTH 512 /* columns of one strip */
#define LT_DIGITS_MAX_VIEWS 16  /* strips of one reading */
#define LT_DIGITS_MAX_LENGTH 12 /* characters of a string that is proposed or scored */
#define LT_DIGITS_MAX_GUESSES 32

/* The networks, compiled into the program. Never changed once made: threads may share it. */
typedef struct LtDigits LtDigits;

/* Returns: (transfer full); NULL with LT_OCR_ERROR_SETUP where the model is not what this program
 * was made for. */
LtDigits *lt_digits_new(GError **error);
void lt_digits_free(LtDigits *digits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtDigits, lt_digits_free)

typedef struct {
    const guint8
        *pixels;  /* (transfer none) LT_DIGITS_HEIGHT rows from the top, each stride bytes apart */
    gsize stride; /* >= width */
    guint width;  /* columns; 0 is allowed and holds the empty string */
} LtDigitStrip;

/* What the networks saw: for each view and network, log probabilities of each class at each step along
 * the strip. */
typedef struct LtDigitReading LtDigitReading;

/* strips: 1 to LT_DIGITS_MAX_VIEWS views of one crop. Returns: (transfer full); NULL with
 * LT_OCR_ERROR_TOO_LARGE for too many or too wide strips. */
LtDigitReading *lt_digits_read(const LtDigits *digits, const LtDigitStrip *strips, guint n_strips,
                               GError **error);
void lt_digit_reading_free(LtDigitReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtDigitReading, lt_digit_reading_free)

typedef struct {
    char text[LT_DIGITS_MAX_LENGTH + 1];
    double probability; /* calibrated: of the strings given with p, a share of p is right */
} LtDigitGuess;

/* The likeliest strings, best first, their probabilities summing to 1 at most. n: how many at most, up
 * to LT_DIGITS_MAX_GUESSES. Returns: (transfer full) GArray of LtDigitGuess, never empty. */
GArray *lt_digits_best(const LtDigitReading *reading, guint n);

/* The probability, 0 to 1, that the ink says exactly text ("05" is not "5"): over all strings these sum
 * to 1. Strings that cannot be read at all (foreign characters, too long) have 0. To weigh a closed
 * set, such as all days of a month, divide by the sum over the set. */
double lt_digits_score(const LtDigitReading *reading, const char *text);
