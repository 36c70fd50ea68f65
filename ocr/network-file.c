/* The file of networks: every size is checked against what came before it and against what is left. */
#include "ocr/network-private.h"

#include <math.h>
#include <string.h>

#include "ocr/ocr.h"

#define MAGIC "LTDIGIT1"
#define MOST_CHANNELS 512u
#define MOST_KERNEL 7u
#define MOST_POOL 4u
#define MOST_STEP 8u

typedef struct {
    const guint8 *bytes;
    gsize left;
    gboolean failed; /* something was cut off or not a number */
} Source;

/* How many rows and channels the picture has between two layers. */
typedef struct {
    guint rows, channels, step;
} Shape;

static guint32
take_u32(Source *source)
{
    guint32 value;

    if (source->left < sizeof value) {
        source->failed = TRUE;
        return 0;
    }
    memcpy(&value, source->bytes, sizeof value);
    source->bytes += sizeof value;
    source->left -= sizeof value;
    return GUINT32_FROM_LE(value);
}

static float
take_float(Source *source)
{
    guint32 bits = take_u32(source);
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* IEEE 754 binary16; infinities and what is no number are refused. */
static float
half_value(guint bits, gboolean *failed)
{
    guint exponent = bits >> 10 & 31, fraction = bits & 1023;
    float value = exponent ? ldexpf(1024 + fraction, (int)exponent - 25) : ldexpf(fraction, -24);

    if (exponent == 31)
        *failed = TRUE;
    return bits >> 15 ? -value : value;
}

/* runs times out floats, each run filled up to padded. Returns: (transfer full) (nullable) */
static float *
take_weights(Source *source, gsize runs, guint out, guint padded)
{
    gsize size = runs * out * 2;
    float *weights;

    if (source->failed || source->left < size) {
        source->failed = TRUE;
        return NULL;
    }
    weights = g_new0(float, runs *padded);
    for (gsize run = 0; run < runs; run++)
        for (guint i = 0; i < out; i++) {
            const guint8 *at = source->bytes + 2 * (run * out + i);

            weights[run * padded + i] = half_value(at[0] | (guint)at[1] << 8, &source->failed);
        }
    source->bytes += size;
    source->left -= size;
    return weights;
}

static void
take_convolution_weights(Source *source, LtConvolution *to)
{
    to->padded = (to->out + LT_BLOCK - 1) / LT_BLOCK * LT_BLOCK;
    to->weights = take_weights(source, (gsize)to->rows * to->columns * to->in, to->out, to->padded);
}

static gboolean
take_convolution(Source *source, LtLayer *layer, Shape *shape)
{
    LtConvolution *it = &layer->convolution;

    it->in = take_u32(source);
    it->out = take_u32(source);
    it->rows = take_u32(source);
    it->columns = take_u32(source);
    it->pad_rows = take_u32(source) != 0;
    layer->pool_rows = take_u32(source);
    layer->pool_columns = take_u32(source);
    it->rectified = take_u32(source) != 0;
    if (it->in != shape->channels || it->out < 1 || it->out > MOST_CHANNELS || it->rows % 2 == 0 ||
        it->rows > MOST_KERNEL || it->columns % 2 == 0 || it->columns > MOST_KERNEL ||
        layer->pool_rows - 1 >= MOST_POOL || layer->pool_columns - 1 >= MOST_POOL)
        return FALSE;
    if (!it->pad_rows) {
        if (shape->rows < it->rows)
            return FALSE;
        shape->rows -= it->rows - 1;
    }
    shape->rows /= layer->pool_rows;
    shape->step *= layer->pool_columns;
    shape->channels = it->out;
    take_convolution_weights(source, it);
    it->biases = take_weights(source, 1, it->out, it->padded);
    return shape->rows > 0 && shape->step <= MOST_STEP;
}

static void
take_direction(Source *source, LtDirection *direction, guint in, guint size)
{
    LtConvolution shape = {.rows = 1, .columns = 1, .out = 3 * size};

    direction->input = direction->state = shape;
    direction->input.in = in;
    direction->state.in = size;
    take_convolution_weights(source, &direction->input);
    take_convolution_weights(source, &direction->state);
    direction->input.biases = take_weights(source, 1, 3 * size, direction->input.padded);
    direction->state.biases = take_weights(source, 1, 3 * size, direction->state.padded);
}

static gboolean
take_recurrent(Source *source, LtLayer *layer, Shape *shape)
{
    guint in = take_u32(source);

    layer->size = take_u32(source);
    layer->pool_rows = layer->pool_columns = 1;
    for (guint i = 0; i < 6; i++)
        (void)take_u32(source);
    if (in != shape->channels || shape->rows != 1 || layer->size - 1 >= MOST_CHANNELS / 2)
        return FALSE;
    shape->channels = 2 * layer->size;
    take_direction(source, &layer->directions[0], in, layer->size);
    take_direction(source, &layer->directions[1], in, layer->size);
    return TRUE;
}

static gboolean
take_network(Source *source, LtNetwork *network)
{
    Shape shape = {.rows = network->rows, .channels = 1, .step = 1};
    guint n_layers = take_u32(source);

    if (n_layers < 1 || n_layers > LT_LAYERS_MOST)
        return FALSE;
    for (; network->n_layers < n_layers; network->n_layers++) {
        LtLayer *layer = &network->layers[network->n_layers];
        gboolean fits;

        layer->kind = take_u32(source);
        if (layer->kind == LT_LAYER_CONVOLUTION)
            fits = take_convolution(source, layer, &shape);
        else
            fits = layer->kind == LT_LAYER_RECURRENT && take_recurrent(source, layer, &shape);
        if (!fits || source->failed) {
            network->n_layers++; /* what it holds by now is freed with the others */
            return FALSE;
        }
    }
    network->step = shape.step;
    return shape.rows == 1 && shape.channels == network->classes;
}

static void
convolution_clear(LtConvolution *convolution)
{
    g_free(convolution->weights);
    g_free(convolution->biases);
}

static void
network_free(LtNetwork *network)
{
    for (guint i = 0; i < network->n_layers; i++) {
        LtLayer *layer = &network->layers[i];

        convolution_clear(&layer->convolution);
        for (guint way = 0; way < 2; way++) {
            convolution_clear(&layer->directions[way].input);
            convolution_clear(&layer->directions[way].state);
        }
    }
    g_free(network);
}

void
lt_networks_free(LtNetworks *networks)
{
    if (!networks)
        return;
    for (guint i = 0; i < networks->n_networks; i++)
        network_free(networks->networks[i]);
    g_free(networks);
}

static gboolean
take_head(Source *source, LtNetworks *networks, guint *ret_count)
{
    if (source->left < strlen(MAGIC) || memcmp(source->bytes, MAGIC, strlen(MAGIC)) != 0)
        return FALSE;
    source->bytes += strlen(MAGIC);
    source->left -= strlen(MAGIC);
    *ret_count = take_u32(source);
    networks->classes = take_u32(source);
    networks->temperature = take_float(source);
    if (source->left < LT_NETWORK_SIGNS)
        return FALSE;
    memcpy(networks->signs, source->bytes, LT_NETWORK_SIGNS);
    source->bytes += LT_NETWORK_SIGNS;
    source->left -= LT_NETWORK_SIGNS;
    if (networks->classes < 2 || networks->classes > LT_CTC_MAX_CLASSES)
        return FALSE;
    for (guint i = 0; i + 1 < networks->classes; i++)
        if (!g_ascii_isgraph(networks->signs[i]))
            return FALSE;
    return *ret_count >= 1 && *ret_count <= LT_NETWORK_MOST && networks->temperature >= 0.1f &&
           networks->temperature <= 10.f;
}

LtNetworks *
lt_networks_parse(const guint8 *bytes, gsize size, guint rows, GError **error)
{
    g_autoptr(LtNetworks) networks = g_new0(LtNetworks, 1);
    Source source = {.bytes = bytes, .left = size};
    guint count = 0;
    gboolean fits = take_head(&source, networks, &count);

    while (fits && networks->n_networks < count) {
        LtNetwork *network = g_new0(LtNetwork, 1);

        network->rows = rows;
        network->classes = networks->classes;
        networks->networks[networks->n_networks++] = network;
        fits = take_network(&source, network);
    }
    if (!fits || source.failed || source.left > 0) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_SETUP,
                    "the model of handwritten digits is cut off or damaged %" G_GSIZE_FORMAT
                    " bytes before its end; build luutru anew",
                    source.left);
        return NULL;
    }
    return g_steal_pointer(&networks);
}
