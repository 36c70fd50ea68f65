/* The walls around a worker: what a hostile file can make Poppler, Leptonica or Tesseract do ends
 * here. No network, no other program, no file opened but fonts, models and Poppler's tables, none
 * written. */
#pragma once

#include <stdio.h>

#include <glib.h>

/* Resource limits, Landlock, then seccomp, for good. models: folder with Tesseract's models.
 * *ret_landlock: whether the kernel has Landlock; without it files are kept from being written, but
 * those that the user may read can be read. Fails with LT_OCR_ERROR_SETUP. */
gboolean lt_sandbox_enter(const char *models, gboolean *ret_landlock, GError **error);

/* For a test: tries from inside what must not work, each in a process of its own, and writes a line
 * "NAME refused|killed|ALLOWED|no-sandbox" for each. Returns whether nothing was allowed. */
gboolean lt_sandbox_probe(const char *models, FILE *out);
