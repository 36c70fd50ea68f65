/* What a file is, by its first bytes and never by its name. */
#pragma once

#include <glib.h>

#define LT_KIND_BYTES 1024u /* looked at: a PDF's header may stand anywhere in them */

typedef struct {
    const char *format; /* (nullable) "pdf", "tiff", "jpeg", ...; NULL: not a document */
    const char *what;   /* for people, in the source language, where it is not a document */
} LtKind;

/* Returns: (transfer none), never NULL. */
const LtKind *lt_kind_of_bytes(const guint8 *bytes, gsize n_bytes);

/* The same from the beginning of an open file; its offset stays. NULL when it cannot be read
 * (errno). */
const LtKind *lt_kind_of_file(int fd);
