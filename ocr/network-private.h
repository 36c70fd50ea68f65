/* What the file of networks (network-file.c) and the running of one (network.c) share. */
#pragma once

#include "ocr/network.h"

#define LT_LAYERS_MOST 16u
#define LT_LANES                                                                                   \
    4 /* outputs that are computed side by side; channels out are filled up to twice that */
#define LT_BLOCK (2 * LT_LANES)

typedef enum { LT_LAYER_CONVOLUTION = 1, LT_LAYER_RECURRENT = 2 } LtLayerKind;

/* Weights as in the file, but each run of outputs filled up with zeros to padded of them. */
typedef struct {
    guint in, out, padded;
    guint rows, columns; /* of the kernel */
    gboolean pad_rows;
    gboolean rectified;
    float *weights, *biases; /* (transfer full) */
} LtConvolution;

typedef struct {
    LtConvolution input, state; /* 1 x 1, to reset, update and new */
} LtDirection;

typedef struct {
    LtLayerKind kind;
    LtConvolution convolution;
    guint pool_rows, pool_columns;
    guint size; /* of a recurrent layer's state */
    LtDirection directions[2];
} LtLayer;

struct LtNetwork {
    guint rows, classes;
    guint step; /* columns of the picture for one of the matrix */
    guint n_layers;
    LtLayer layers[LT_LAYERS_MOST];
};
