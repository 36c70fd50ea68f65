/* Whether a file has come to its end: what its own format says about it, not how long it has lain
 * still. Works on the file as a stranger left it: nothing in it is believed without a look. */
#pragma once

#include "ingest/kind.h"

typedef enum {
    LT_WHOLE_YES,
    LT_WHOLE_UNKNOWN, /* its format does not tell */
    LT_WHOLE_ODD,     /* its end is there, but something is wrong: a reader may manage */
    LT_WHOLE_NO       /* empty or cut off: more of it must come */
} LtWhole;

/* kind: of that file; fd keeps its offset. ret_reason gets a sentence (transfer none) where the answer is
 * ODD or NO. -1 when the file cannot be read (errno). */
int lt_whole_of_file(int fd, const LtKind *kind, const char **ret_reason);

/* --- whole-tiff.c --- */

/* ISO 12639 and Adobe TIFF 6.0; BigTIFF too. */
LtWhole lt_whole_of_tiff(int fd, guint64 size, const char **ret_reason);

/* All of n bytes at an offset; FALSE where they are not there. */
gboolean lt_whole_read(int fd, guint64 offset, guint8 *bytes, gsize n);
