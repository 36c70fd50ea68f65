/* For the tests of ocr/digits.c: a reader made of any model, and a reading made of any matrices. */
#pragma once

#include "ocr/digits.h"
#include "ocr/network.h"

/* As lt_digits_new(), from these bytes (transfer none). */
LtDigits *lt_digits_new_from(const guint8 *bytes, gsize size, GError **error);

/* signs: LT_NETWORK_SIGNS of them, the first that of class 1. */
LtDigitReading *lt_digit_reading_new(const char *signs);

/* Another matrix, to be filled in; its values become the reading's. Returns: (transfer none) */
LtCtcMatrix *lt_digit_reading_add(LtDigitReading *reading);
