/* Views of a crop through the networks, and what they say together: the probability of a string is the
 * mean of what each network gives it in each view. */
#include "ocr/digits-private.h"

#include <string.h>

#include "ocr/ocr.h"

#define LEAST_SEARCHED                                                                             \
    8 /* strings sought in each matrix: its second may be the best of all together */

G_STATIC_ASSERT(LT_DIGITS_MAX_LENGTH == LT_CTC_MAX_LENGTH);
G_STATIC_ASSERT(LT_DIGITS_MAX_WIDTH <= LT_NETWORK_MAX_COLUMNS);

/* The worker may open no file by the time it reads, so its model is part of it. */
__asm__(".section .rodata\n"
        ".balign 4\n"
        "lt_digits_model_start:\n"
        ".incbin \"ocr/digits.model\"\n"
        "lt_digits_model_end:\n"
        ".previous\n");
extern const guint8 lt_digits_model_start[], lt_digits_model_end[];

struct LtDigits {
    LtNetworks *networks;
};

struct LtDigitReading {
    guint n;
    LtCtcMatrix matrices[LT_DIGITS_MAX_VIEWS * LT_NETWORK_MOST];
    char signs[LT_NETWORK_SIGNS];
};

LtDigits *
lt_digits_new_from(const guint8 *bytes, gsize size, GError **error)
{
    LtNetworks *networks = lt_networks_parse(bytes, size, LT_DIGITS_HEIGHT, error);
    LtDigits *digits;

    if (!networks)
        return NULL;
    digits = g_new0(LtDigits, 1);
    digits->networks = networks;
    return digits;
}

LtDigits *
lt_digits_new(GError **error)
{
    gsize size = (gsize)(lt_digits_model_end - lt_digits_model_start);

    return lt_digits_new_from(lt_digits_model_start, size, error);
}

void
lt_digits_free(LtDigits *digits)
{
    if (!digits)
        return;
    lt_networks_free(digits->networks);
    g_free(digits);
}

LtDigitReading *
lt_digit_reading_new(const char *signs)
{
    LtDigitReading *reading = g_new0(LtDigitReading, 1);

    memcpy(reading->signs, signs, LT_NETWORK_SIGNS);
    return reading;
}

LtCtcMatrix *
lt_digit_reading_add(LtDigitReading *reading)
{
    g_return_val_if_fail(reading->n < G_N_ELEMENTS(reading->matrices), NULL);
    return &reading->matrices[reading->n++];
}

void
lt_digit_reading_free(LtDigitReading *reading)
{
    if (!reading)
        return;
    for (guint i = 0; i < reading->n; i++)
        g_free(reading->matrices[i].values);
    g_free(reading);
}

static float *
picture_of(const LtDigitStrip *strip)
{
    float *picture = g_new(float, (gsize)LT_DIGITS_HEIGHT * strip->width);

    for (gsize row = 0; row < LT_DIGITS_HEIGHT; row++)
        for (gsize column = 0; column < strip->width; column++)
            picture[row * strip->width + column] =
                strip->pixels[row * strip->stride + column] / 255.f;
    return picture;
}

static gboolean
strips_fit(const LtDigitStrip *strips, guint n_strips, GError **error)
{
    if (n_strips > LT_DIGITS_MAX_VIEWS) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE,
                    "%u views of a line of digits, at most %u", n_strips, LT_DIGITS_MAX_VIEWS);
        return FALSE;
    }
    for (guint i = 0; i < n_strips; i++)
        if (strips[i].width > LT_DIGITS_MAX_WIDTH) {
            g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE,
                        "a line of digits is %u pixels wide, at most %u", strips[i].width,
                        LT_DIGITS_MAX_WIDTH);
            return FALSE;
        }
    return TRUE;
}

LtDigitReading *
lt_digits_read(const LtDigits *digits, const LtDigitStrip *strips, guint n_strips, GError **error)
{
    const LtNetworks *networks;
    LtDigitReading *reading;

    g_return_val_if_fail(digits != NULL && strips != NULL && n_strips > 0, NULL);
    if (!strips_fit(strips, n_strips, error))
        return NULL;
    networks = digits->networks;
    reading = lt_digit_reading_new(networks->signs);
    for (guint i = 0; i < n_strips; i++) {
        g_autofree float *picture = picture_of(&strips[i]);

        for (guint k = 0; k < networks->n_networks; k++)
            lt_network_run(networks, k, picture, strips[i].width, lt_digit_reading_add(reading));
    }
    return reading;
}

/* The probability of signs in all matrices together. */
static double
score(const LtDigitReading *reading, const LtCtcString *string)
{
    double sum = 0;

    for (guint i = 0; i < reading->n; i++)
        sum += lt_ctc_score(&reading->matrices[i], string->signs, string->length);
    return sum / reading->n;
}

static gint
compare_guesses(gconstpointer a, gconstpointer b)
{
    const LtDigitGuess *one = a, *other = b;

    if (one->probability != other->probability)
        return one->probability > other->probability ? -1 : 1;
    return strcmp(one->text, other->text);
}

static gboolean
has_guess(const GArray *guesses, const char *text)
{
    for (guint i = 0; i < guesses->len; i++)
        if (strcmp(g_array_index(guesses, LtDigitGuess, i).text, text) == 0)
            return TRUE;
    return FALSE;
}

static void
add_guess(const LtDigitReading *reading, const LtCtcString *string, GArray *guesses)
{
    LtDigitGuess guess = {.text = ""};

    for (guint i = 0; i < string->length; i++)
        guess.text[i] = reading->signs[string->signs[i] - 1];
    if (has_guess(guesses, guess.text))
        return;
    guess.probability = score(reading, string);
    g_array_append_val(guesses, guess);
}

GArray *
lt_digits_best(const LtDigitReading *reading, guint n)
{
    GArray *guesses = g_array_new(FALSE, FALSE, sizeof(LtDigitGuess));

    g_return_val_if_fail(reading != NULL && n > 0, guesses);
    n = MIN(n, LT_DIGITS_MAX_GUESSES);
    for (guint i = 0; i < reading->n; i++) {
        LtCtcString strings[LT_CTC_BEAM];
        guint found =
            lt_ctc_search(&reading->matrices[i], strings, CLAMP(n, LEAST_SEARCHED, LT_CTC_BEAM));

        for (guint k = 0; k < found; k++)
            add_guess(reading, &strings[k], guesses);
    }
    g_array_sort(guesses, compare_guesses);
    if (guesses->len > n)
        g_array_set_size(guesses, n);
    return guesses;
}

double
lt_digits_score(const LtDigitReading *reading, const char *text)
{
    LtCtcString string = {.length = 0};

    g_return_val_if_fail(reading != NULL && text != NULL, 0);
    for (; *text; text++) {
        const char *sign = memchr(reading->signs, *text, LT_NETWORK_SIGNS);

        if (!sign || string.length == LT_CTC_MAX_LENGTH)
            return 0;
        string.signs[string.length++] = (guint8)(sign - reading->signs + 1);
    }
    return score(reading, &string);
}
