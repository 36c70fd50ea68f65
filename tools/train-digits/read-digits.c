/* Reads strips from its input with the model in a file, for the program that measures models:
 *
 *   read-digits MODEL <strips >answers
 *
 * A question is u32 views, of each u32 width and 48 rows of pixels; then u32 strings, of each 16 bytes.
 * An answer is two lines: the best guesses as text=probability with tabs between them, then the
 * probabilities of the strings. Behind the last, the time taken goes to standard error. */
#include <stdio.h>
#include <string.h>

#include "ocr/digits-private.h"

#define MOST_BYTES (64u << 20)
#define GUESSES 8

typedef struct {
    const guint8 *at;
    gsize left;
} Input;

static const guint8 *
take(Input *input, gsize size)
{
    const guint8 *taken = input->at;

    if (size > input->left)
        g_error("the input is cut off");
    input->at += size;
    input->left -= size;
    return taken;
}

static guint32
take_u32(Input *input)
{
    guint32 value;

    memcpy(&value, take(input, sizeof value), sizeof value);
    return GUINT32_FROM_LE(value);
}

static LtDigitReading *
read_views(Input *input, const LtDigits *digits, GError **error)
{
    LtDigitStrip strips[LT_DIGITS_MAX_VIEWS] = {{0}};
    guint n = take_u32(input);

    if (n < 1 || n > LT_DIGITS_MAX_VIEWS)
        g_error("%u views of a strip", n);
    for (guint i = 0; i < n; i++) {
        strips[i].width = take_u32(input);
        strips[i].stride = strips[i].width;
        strips[i].pixels = take(input, (gsize)LT_DIGITS_HEIGHT * strips[i].width);
    }
    return lt_digits_read(digits, strips, n, error);
}

static void
print_best(const LtDigitReading *reading)
{
    g_autoptr(GArray) guesses = lt_digits_best(reading, GUESSES);

    for (guint i = 0; i < guesses->len; i++) {
        const LtDigitGuess *guess = &g_array_index(guesses, LtDigitGuess, i);

        printf("%s%s=%.6f", i ? "\t" : "", guess->text, guess->probability);
    }
    putchar('\n');
}

static void
print_asked(Input *input, const LtDigitReading *reading)
{
    guint n = take_u32(input);

    for (guint i = 0; i < n; i++) {
        char text[17] = "";

        memcpy(text, take(input, 16), 16);
        printf("%s%.9f", i ? "\t" : "", lt_digits_score(reading, text));
    }
    putchar('\n');
}

int
main(int argc, char **argv)
{
    g_autofree guint8 *bytes = g_malloc(MOST_BYTES);
    Input input = {.at = bytes, .left = fread(bytes, 1, MOST_BYTES, stdin)};
    g_autofree char *model = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(LtDigits) digits = NULL;
    gint64 began;
    gsize size;
    guint n = 0;

    if (argc == 2 && g_file_get_contents(argv[1], &model, &size, &error))
        digits = lt_digits_new_from((guint8 *)model, size, &error);
    if (!digits)
        g_error("%s", error ? error->message : "usage: read-digits MODEL");
    for (began = g_get_monotonic_time(); input.left > 0; n++) {
        g_autoptr(LtDigitReading) reading = read_views(&input, digits, &error);

        if (!reading)
            g_error("%s", error->message);
        print_best(reading);
        print_asked(&input, reading);
    }
    fprintf(stderr, "%u strips, %.2f ms each\n", n,
            (double)(g_get_monotonic_time() - began) / 1000 / MAX(n, 1));
    return 0;
}
