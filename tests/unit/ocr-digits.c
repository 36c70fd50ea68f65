/* The reader of digits: its arithmetic against that of the program that trained it, its strings against
 * all alignments counted by hand, and models that lie. */
#include <math.h>
#include <string.h>

#include "ocr/digits-private.h"
#include "ocr/ocr.h"

#define MODEL "ocr/digits.model"
#define VECTORS "tests/unit/ocr-digits.vectors"
#define NEAR 0.01 /* the weights are kept in half precision */
#define SIGNS "0123456789abcd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

typedef struct {
    char *bytes;
    gsize size, at;
} File;

static File
file_open(const char *path)
{
    File file = {0};
    g_autoptr(GError) error = NULL;

    g_file_get_contents(path, &file.bytes, &file.size, &error);
    g_assert_no_error(error);
    return file;
}

static gconstpointer
file_take(File *file, gsize size)
{
    gconstpointer taken = file->bytes + file->at;

    g_assert_cmpuint(file->at + size, <=, file->size);
    file->at += size;
    return taken;
}

static guint32
file_take_u32(File *file)
{
    guint32 value;

    memcpy(&value, file_take(file, sizeof value), sizeof value);
    return GUINT32_FROM_LE(value);
}

static void
check_vector(const LtNetworks *networks, File *file)
{
    guint width = file_take_u32(file), steps = file_take_u32(file);
    const guint8 *strip = file_take(file, (gsize)width * LT_DIGITS_HEIGHT);
    gsize n = (gsize)steps * networks->classes;
    const guint8 *expected = file_take(file, n * sizeof(float));
    g_autofree float *picture = g_new(float, (gsize)width *LT_DIGITS_HEIGHT);
    LtCtcMatrix matrix;

    for (gsize i = 0; i < (gsize)width * LT_DIGITS_HEIGHT; i++)
        picture[i] = strip[i] / 255.f;
    lt_network_run(networks, 0, picture, width, &matrix);
    g_assert_cmpuint(matrix.steps, ==, steps);
    g_assert_cmpuint(matrix.classes, ==, networks->classes);
    for (gsize i = 0; i < n; i++) {
        float value;

        memcpy(&value, expected + i * sizeof value, sizeof value);
        g_assert_cmpfloat_with_epsilon(matrix.values[i], value, NEAR);
    }
    g_free(matrix.values);
}

static void
test_arithmetic(void)
{
    File model = file_open(MODEL), vectors = file_open(VECTORS);
    g_autoptr(GError) error = NULL;
    g_autoptr(LtNetworks) networks = NULL;
    guint n;

    networks = lt_networks_parse((guint8 *)model.bytes, model.size, LT_DIGITS_HEIGHT, &error);
    g_assert_no_error(error);
    n = file_take_u32(&vectors);
    g_assert_cmpuint(n, >, 0);
    while (n-- > 0)
        check_vector(networks, &vectors);
    g_assert_cmpuint(vectors.at, ==, vectors.size);
    g_free(model.bytes);
    g_free(vectors.bytes);
}

/* A matrix of three classes: blank, '0', '1'. */
static LtCtcMatrix
matrix_new(const float (*rows)[3], guint steps)
{
    LtCtcMatrix matrix = {.steps = steps, .classes = 3};

    matrix.values = g_memdup2(rows, steps * sizeof *rows);
    return matrix;
}

static LtDigitReading *
reading_of(LtCtcMatrix matrix)
{
    LtDigitReading *reading = lt_digit_reading_new(SIGNS);

    *lt_digit_reading_add(reading) = matrix;
    return reading;
}

static const float three_steps[][3] = {{.5f, .4f, .1f}, {.3f, .6f, .1f}, {.2f, .3f, .5f}};

static void
test_score(void)
{
    g_autoptr(LtDigitReading) reading = reading_of(matrix_new(three_steps, 3));

    g_assert_cmpfloat_with_epsilon(lt_digits_score(reading, ""), .5 * .3 * .2, 1e-6);
    /* The only way to two of the same in three steps has the blank between them. */
    g_assert_cmpfloat_with_epsilon(lt_digits_score(reading, "00"), .4 * .3 * .3, 1e-6);
    g_assert_cmpfloat_with_epsilon(lt_digits_score(reading, "010"), .4 * .1 * .3, 1e-6);
    /* 0-- -0- --0 00- -00 000; then 01- 0-1 -01 001 011 */
    g_assert_cmpfloat_with_epsilon(lt_digits_score(reading, "0"),
                                   .4 * .3 * .2 + .5 * .6 * .2 + .5 * .3 * .3 + .4 * .6 * .2 +
                                       .5 * .6 * .3 + .4 * .6 * .3,
                                   1e-6);
    g_assert_cmpfloat_with_epsilon(
        lt_digits_score(reading, "01"),
        .4 * .1 * .2 + .4 * .3 * .5 + .5 * .6 * .5 + .4 * .6 * .5 + .4 * .1 * .5, 1e-6);
    g_assert_cmpfloat(lt_digits_score(reading, "0101"), ==, 0);
    g_assert_cmpfloat(lt_digits_score(reading, "x"), ==, 0);
    g_assert_cmpfloat(lt_digits_score(reading, "0000000000000"), ==, 0);
}

static void
test_best(void)
{
    g_autoptr(LtDigitReading) reading = reading_of(matrix_new(three_steps, 3));
    g_autoptr(GArray) guesses = lt_digits_best(reading, 32);
    g_autoptr(GArray) one = lt_digits_best(reading, 1);
    double sum = 0;

    /* 3 steps hold "", two strings of 1, four of 2, and 010, 101: all others have two of a kind. */
    g_assert_cmpuint(guesses->len, ==, 9);
    for (guint i = 0; i < guesses->len; i++) {
        const LtDigitGuess *guess = &g_array_index(guesses, LtDigitGuess, i);

        g_assert_cmpfloat(guess->probability, ==, lt_digits_score(reading, guess->text));
        g_assert_true(i == 0 || guess[-1].probability >= guess->probability);
        sum += guess->probability;
    }
    g_assert_cmpfloat_with_epsilon(sum, 1, 1e-6);
    g_assert_cmpstr(g_array_index(guesses, LtDigitGuess, 0).text, ==, "01");
    g_assert_cmpuint(one->len, ==, 1);
    g_assert_cmpstr(g_array_index(one, LtDigitGuess, 0).text, ==, "01");
}

/* Two views that differ: what both hold possible wins over what one is sure of. */
static void
test_views(void)
{
    static const float sure[][3] = {{.0f, .0f, 1.f}}, torn[][3] = {{.1f, .9f, .0f}};
    static const float both[][3] = {{.0f, .6f, .4f}};
    g_autoptr(LtDigitReading) reading = reading_of(matrix_new(sure, 1));
    g_autoptr(GArray) guesses = NULL;

    *lt_digit_reading_add(reading) = matrix_new(torn, 1);
    *lt_digit_reading_add(reading) = matrix_new(both, 1);
    guesses = lt_digits_best(reading, 4);
    g_assert_cmpuint(guesses->len, ==, 3);
    g_assert_cmpstr(g_array_index(guesses, LtDigitGuess, 0).text, ==, "0");
    g_assert_cmpfloat_with_epsilon(g_array_index(guesses, LtDigitGuess, 0).probability, .5, 1e-6);
    g_assert_cmpfloat_with_epsilon(lt_digits_score(reading, "1"), 1.4 / 3, 1e-6);
    g_assert_cmpfloat_with_epsilon(lt_digits_score(reading, ""), .1 / 3, 1e-6);
}

/* A string as long as any may be is neither cut nor grown past its end. */
static void
test_long(void)
{
    LtCtcMatrix matrix = {.steps = 256, .classes = 3};
    g_autoptr(LtDigitReading) reading = NULL;
    g_autoptr(GArray) guesses = NULL;

    matrix.values = g_new(float, 256 * 3);
    for (guint step = 0; step < 256; step++) {
        matrix.values[step * 3] = .02f;
        matrix.values[step * 3 + 1] = step % 2 ? .97f : .01f;
        matrix.values[step * 3 + 2] = step % 2 ? .01f : .97f;
    }
    reading = reading_of(matrix);
    guesses = lt_digits_best(reading, 4);
    for (guint i = 0; i < guesses->len; i++) {
        const LtDigitGuess *guess = &g_array_index(guesses, LtDigitGuess, i);

        g_assert_cmpuint(strlen(guess->text), <=, LT_DIGITS_MAX_LENGTH);
        g_assert_cmpfloat(guess->probability, <, 1e-6);
    }
}

static LtDigits *
load_digits(void)
{
    g_autoptr(GError) error = NULL;
    LtDigits *digits = lt_digits_new(&error);

    g_assert_no_error(error);
    return digits;
}

static void
test_widths(void)
{
    g_autoptr(LtDigits) digits = load_digits();
    g_autofree guint8 *pixels = g_malloc0(LT_DIGITS_HEIGHT * (LT_DIGITS_MAX_WIDTH + 1));
    static const guint widths[] = {0, 1, 2, 3, 7, 40, LT_DIGITS_MAX_WIDTH};

    for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
        LtDigitStrip strip = {.pixels = pixels, .stride = widths[i], .width = widths[i]};
        g_autoptr(GError) error = NULL;
        g_autoptr(LtDigitReading) reading = lt_digits_read(digits, &strip, 1, &error);
        g_autoptr(GArray) guesses = NULL;

        g_assert_no_error(error);
        guesses = lt_digits_best(reading, 3);
        g_assert_cmpstr(g_array_index(guesses, LtDigitGuess, 0).text, ==, "");
        g_assert_cmpfloat(g_array_index(guesses, LtDigitGuess, 0).probability, >, 0.5);
    }
}

static void
test_limits(void)
{
    g_autoptr(LtDigits) digits = load_digits();
    g_autofree guint8 *pixels = g_malloc0(LT_DIGITS_HEIGHT * (LT_DIGITS_MAX_WIDTH + 1));
    LtDigitStrip wide = {pixels, LT_DIGITS_MAX_WIDTH + 1, LT_DIGITS_MAX_WIDTH + 1};
    LtDigitStrip many[LT_DIGITS_MAX_VIEWS + 1] = {{0}};
    g_autoptr(GError) width_error = NULL, count_error = NULL;

    g_assert_null(lt_digits_read(digits, &wide, 1, &width_error));
    g_assert_error(width_error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE);
    g_assert_null(lt_digits_read(digits, many, G_N_ELEMENTS(many), &count_error));
    g_assert_error(count_error, LT_OCR_ERROR, LT_OCR_ERROR_TOO_LARGE);
}

static void
assert_refused(const guint8 *bytes, gsize size)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(lt_digits_new_from(bytes, size, &error));
    g_assert_error(error, LT_OCR_ERROR, LT_OCR_ERROR_SETUP);
}

/* Cut off anywhere, in memory that ends there. */
static void
test_truncated(void)
{
    File model = file_open(MODEL);

    for (gsize size = 0; size < model.size; size += size < 600 ? 1 : 9973) {
        g_autofree guint8 *part = g_memdup2(model.bytes, size);

        assert_refused(part, size);
    }
    g_free(model.bytes);
}

static void
test_trailing(void)
{
    File model = file_open(MODEL);
    g_autofree guint8 *longer = g_malloc0(model.size + 1);

    memcpy(longer, model.bytes, model.size);
    assert_refused(longer, model.size + 1);
    g_free(model.bytes);
}

/* Each number of the head and of the first layer is made each of these. */
static void
test_lying_sizes(void)
{
    static const guint32 lies[] = {0, 0x7fffffff, 0x80000000, 0xffffffff, 0x10001, 513, 2};
    static const gsize places[] = {8, 12, 16, 52, 56, 60, 64, 68, 72, 80, 84};
    File model = file_open(MODEL);

    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        for (guint k = 0; k < G_N_ELEMENTS(lies); k++) {
            g_autofree guint8 *lying = g_memdup2(model.bytes, model.size);
            guint32 lie = GUINT32_TO_LE(lies[k]);

            if (memcmp(lying + places[i], &lie, sizeof lie) == 0)
                continue;
            memcpy(lying + places[i], &lie, sizeof lie);
            assert_refused(lying, model.size);
        }
    g_free(model.bytes);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/digits/arithmetic-as-trained", test_arithmetic);
    g_test_add_func("/digits/score-counts-all-alignments", test_score);
    g_test_add_func("/digits/best-are-in-order-and-sum-to-one", test_best);
    g_test_add_func("/digits/views-are-averaged", test_views);
    g_test_add_func("/digits/long-strings-are-held", test_long);
    g_test_add_func("/digits/paper-of-any-width-says-nothing", test_widths);
    g_test_add_func("/digits/limits", test_limits);
    g_test_add_func("/digits/truncated-model", test_truncated);
    g_test_add_func("/digits/trailing-bytes", test_trailing);
    g_test_add_func("/digits/lying-sizes", test_lying_sizes);
    return g_test_run();
}
