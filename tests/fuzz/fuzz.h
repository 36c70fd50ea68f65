/* What every fuzz target offers: libFuzzer's entry point, which replay.c calls as well. */
#pragma once

#include <glib.h>

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length);
