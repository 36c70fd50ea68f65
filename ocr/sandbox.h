/* The walls around a worker: what a hostile file can make Poppler, Leptonica or Tesseract do ends
 * here. No network, no other program, no file opened but fonts, models and Poppler's tables, none
 * written. */
#pragma once

#include <stdio.h>

#include <glib.h>

typedef struct {
    gboolean
        landlock; /* else files that the user may read can be read; writing is for seccomp to forbid */
    gboolean seccomp; /* else all system calls can be made */
} LtWalls;

/* Resource limits, Landlock, then seccomp, for good. models: folder with Tesseract's models. ret_walls:
 * which of them the kernel or the container lets a process build. Fails with LT_OCR_ERROR_SETUP. */
gboolean lt_sandbox_enter(const char *models, LtWalls *ret_walls, GError **error);

/* For a test: tries from inside what must not work, each in a process of its own, and writes a line
 * "NAME refused|killed|ALLOWED|no-sandbox" for each. Returns whether nothing was allowed. */
gboolean lt_sandbox_probe(const char *models, FILE *out);
