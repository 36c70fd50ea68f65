/* Runs a network over a strip. Between layers a picture is rows x columns x channels, the channels of
 * one place side by side, so that one place of the input goes to LT_BLOCK outputs at a time. */
#include "ocr/network-private.h"

#include <math.h>
#include <string.h>

#define TILE 4 /* columns that share the weights once they are fetched */

typedef float Lanes __attribute__((vector_size(LT_LANES * sizeof(float))));

/* channels: floats from one place to the next, those behind the last channel 0. */
typedef struct {
    guint rows, columns, channels;
    float *values;
} Field;

static Field
field_new(guint rows, guint columns, guint channels)
{
    Field field = {.rows = rows, .columns = columns, .channels = channels};

    field.values = g_new0(float, (gsize)rows *columns *channels);
    return field;
}

static void
field_clear(Field *field)
{
    g_clear_pointer(&field->values, g_free);
}

static float *
field_at(const Field *field, guint row, guint column)
{
    return field->values + ((gsize)row * field->columns + column) * field->channels;
}

static Lanes
load(const float *from)
{
    Lanes lanes;

    memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

/* LT_BLOCK outputs of TILE places: sums[place] += inputs[place] x weights, over n channels in. */
static inline void
tile_add(Lanes sums[TILE][2], const float *const inputs[TILE], const float *weights, guint n,
         guint padded)
{
    for (guint i = 0; i < n; i++) {
        Lanes low = load(weights), high = load(weights + LT_LANES);

        for (guint place = 0; place < TILE; place++) {
            sums[place][0] += inputs[place][i] * low;
            sums[place][1] += inputs[place][i] * high;
        }
        weights += padded;
    }
}

/* One block of outputs of the TILE places from (row, column) of the result on. margin: the columns of
 * paper that source has more on the left. */
static void
convolve_tile(const LtConvolution *kernel, const Field *source, const Field *result, guint row,
              guint column, guint block)
{
    Lanes sums[TILE][2];
    int above = kernel->pad_rows ? (int)kernel->rows / 2 : 0;

    for (guint place = 0; place < TILE; place++) {
        sums[place][0] = load(kernel->biases + block);
        sums[place][1] = load(kernel->biases + block + LT_LANES);
    }
    for (guint r = 0; r < kernel->rows; r++) {
        int from = (int)(row + r) - above;

        if (from < 0 || from >= (int)source->rows)
            continue;
        for (guint c = 0; c < kernel->columns; c++) {
            const float *inputs[TILE];

            for (guint place = 0; place < TILE; place++)
                inputs[place] = field_at(source, (guint)from, column + c + place);
            tile_add(sums, inputs,
                     kernel->weights +
                         ((gsize)(r * kernel->columns + c) * kernel->in) * kernel->padded + block,
                     kernel->in, kernel->padded);
        }
    }
    for (guint place = 0; place < TILE && column + place < result->columns; place++)
        memcpy(field_at(result, row, column + place) + block, sums[place], sizeof sums[place]);
}

/* A copy with paper on the left and right, wide enough for whole tiles. */
static Field
widen(const Field *source, guint kernel_columns)
{
    guint margin = kernel_columns / 2;
    guint tiles = (source->columns + TILE - 1) / TILE;
    Field wide = field_new(source->rows, tiles * TILE + 2 * margin, source->channels);

    for (guint row = 0; row < source->rows; row++)
        memcpy(field_at(&wide, row, margin), field_at(source, row, 0),
               (gsize)source->columns * source->channels * sizeof(float));
    return wide;
}

static Field
convolve(const LtConvolution *kernel, const Field *source)
{
    Field wide = widen(source, kernel->columns);
    Field result = field_new(kernel->pad_rows ? source->rows : source->rows - kernel->rows + 1,
                             source->columns, kernel->padded);

    for (guint row = 0; row < result.rows; row++)
        for (guint column = 0; column < result.columns; column += TILE)
            for (guint block = 0; block < kernel->padded; block += LT_BLOCK)
                convolve_tile(kernel, &wide, &result, row, column, block);
    field_clear(&wide);
    return result;
}

static void
rectify(Field *field)
{
    gsize n = (gsize)field->rows * field->columns * field->channels;

    for (gsize i = 0; i < n; i++)
        field->values[i] = MAX(field->values[i], 0.f);
}

/* The greatest of each rows x columns places; what is left over at the edges is dropped. */
static Field
pool(const Field *source, guint rows, guint columns)
{
    Field result = field_new(source->rows / rows, source->columns / columns, source->channels);

    for (guint row = 0; row < result.rows; row++)
        for (guint column = 0; column < result.columns; column++) {
            float *to = field_at(&result, row, column);

            memcpy(to, field_at(source, row * rows, column * columns),
                   source->channels * sizeof(float));
            for (guint i = 1; i < rows * columns; i++) {
                const float *from =
                    field_at(source, row * rows + i / columns, column * columns + i % columns);

                for (guint channel = 0; channel < source->channels; channel++)
                    to[channel] = MAX(to[channel], from[channel]);
            }
        }
    return result;
}

static float
squash(float value)
{
    return 1.f / (1.f + expf(-value));
}

/* A kernel of 1 x 1 at a single place; to: padded floats. */
static void
apply(const LtConvolution *kernel, const float *inputs, float *to)
{
    for (guint block = 0; block < kernel->padded; block += LT_LANES) {
        const float *weights = kernel->weights + block;
        Lanes sum = load(kernel->biases + block);

        for (guint i = 0; i < kernel->in; i++)
            sum += inputs[i] * load(weights + (gsize)i * kernel->padded);
        memcpy(to + block, &sum, sizeof sum);
    }
}

/* A gated recurrent unit (Cho et al., 2014) over the columns, its states from channel offset of to on. */
static void
recur(const LtDirection *direction, guint size, const Field *source, gboolean backward, Field *to,
      guint offset)
{
    Field inputs = convolve(&direction->input, source);
    g_autofree float *state = g_new0(float, size);
    g_autofree float *gates = g_new0(float, direction->state.padded);

    for (guint step = 0; step < source->columns; step++) {
        guint column = backward ? source->columns - 1 - step : step;
        const float *in = field_at(&inputs, 0, column);

        apply(&direction->state, state, gates);
        for (guint i = 0; i < size; i++) {
            float reset = squash(in[i] + gates[i]);
            float update = squash(in[size + i] + gates[size + i]);
            float fresh = tanhf(in[2 * size + i] + reset * gates[2 * size + i]);

            state[i] = (1 - update) * fresh + update * state[i];
        }
        memcpy(field_at(to, 0, column) + offset, state, size * sizeof(float));
    }
    field_clear(&inputs);
}

static Field
run_layer(const LtLayer *layer, const Field *source)
{
    Field result, pooled;

    if (layer->kind == LT_LAYER_RECURRENT) {
        result = field_new(1, source->columns, 2 * layer->size);
        recur(&layer->directions[0], layer->size, source, FALSE, &result, 0);
        recur(&layer->directions[1], layer->size, source, TRUE, &result, layer->size);
        return result;
    }
    result = convolve(&layer->convolution, source);
    if (layer->convolution.rectified)
        rectify(&result);
    if (layer->pool_rows * layer->pool_columns == 1)
        return result;
    pooled = pool(&result, layer->pool_rows, layer->pool_columns);
    field_clear(&result);
    return pooled;
}

/* Values of the last layer to probabilities. */
static void
normalise(const float *from, float temperature, guint n, float *to)
{
    float most = from[0], sum = 0;

    for (guint i = 1; i < n; i++)
        most = MAX(most, from[i]);
    for (guint i = 0; i < n; i++)
        sum += to[i] = expf((from[i] - most) / temperature);
    for (guint i = 0; i < n; i++)
        to[i] /= sum;
}

void
lt_network_run(const LtNetworks *networks, guint index, const float *picture, guint columns,
               LtCtcMatrix *ret_matrix)
{
    const LtNetwork *network = networks->networks[index];
    guint steps = (MIN(columns, LT_NETWORK_MAX_COLUMNS) + network->step - 1) / network->step;
    Field field = field_new(network->rows, steps * network->step, 1);

    for (guint row = 0; row < network->rows; row++)
        for (guint column = 0; column < MIN(columns, field.columns); column++)
            *field_at(&field, row, column) = picture[(gsize)row * columns + column];
    for (guint i = 0; steps > 0 && i < network->n_layers; i++) {
        Field next = run_layer(&network->layers[i], &field);

        field_clear(&field);
        field = next;
    }
    ret_matrix->steps = steps;
    ret_matrix->classes = network->classes;
    ret_matrix->values = g_new(float, (gsize)steps * network->classes);
    for (guint step = 0; step < steps; step++)
        normalise(field_at(&field, 0, step), networks->temperature, network->classes,
                  ret_matrix->values + (gsize)step * network->classes);
    field_clear(&field);
}
