/* Small networks of convolutions and one recurrent layer, as tools/train-digits writes them.
 *
 * The file, little-endian:
 *
 *   8 bytes  "LTDIGIT1"
 *   u32      networks, 1 to LT_NETWORK_MOST
 *   u32      classes, the blank among them
 *   f32      temperature: what the last layer's values are divided by
 *   32 bytes the sign of each class from 1 on, ASCII, filled up with zeros
 *   each network: u32 layers, then each layer: 9 u32, then its weights as 16-bit floats
 *     convolution: 1, channels in, out, rows, columns of the kernel, whether paper is added above and
 *                  below, rows and columns of the pool behind it, whether values below 0 become 0;
 *                  weights rows x columns x in x out, then out biases. Columns always keep their number.
 *     recurrent:   2, channels in, size of the state, six zeros; forward, then backward: weights
 *                  in x (reset, update, new), state x the same, biases of the input, of the state
 *
 * The picture has one channel; the last layer has one row and as many channels as there are classes. */
#pragma once

#include <glib.h>

#include "ocr/ctc.h"

#define LT_NETWORK_MOST 4u
#define LT_NETWORK_SIGNS 32

typedef struct LtNetwork LtNetwork; /* one of them */

typedef struct {
    guint n_networks;
    LtNetwork *networks[LT_NETWORK_MOST];
    guint classes;
    float temperature;
    char signs[LT_NETWORK_SIGNS]; /* signs[0] is that of class 1 */
} LtNetworks;

/* Reads a file of networks for pictures that have rows rows. Returns: (transfer full); NULL with
 * LT_OCR_ERROR_SETUP where it is cut off or does not fit together. */
LtNetworks *lt_networks_parse(const guint8 *bytes, gsize size, guint rows, GError **error);
void lt_networks_free(LtNetworks *networks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtNetworks, lt_networks_free)

/* picture: rows x columns, 0 to 1, the rows those of _parse; at most LT_NETWORK_MAX_COLUMNS wide. Fills in
 * *ret_matrix, whose values the caller frees; a picture of no columns gives one of no steps. */
#define LT_NETWORK_MAX_COLUMNS 640
void lt_network_run(const LtNetworks *networks, guint index, const float *picture, guint columns,
                    LtCtcMatrix *ret_matrix);
