/* When a file in a watched folder is taken: a decision from what was seen, without a clock of its own. */
#pragma once

#include "ingest/move.h"
#include "ingest/whole.h"

typedef struct {
    gboolean document; /* of a kind that is taken */
    LtWhole whole;
    gboolean closed;   /* closed after writing, or moved here, and not changed since */
    LtWriters writers; /* that have it open */
    gint64 quiet;      /* microseconds since it changed last */
} LtRipening;

typedef enum { LT_RIPE_NOT_YET, LT_RIPE_NOW, LT_RIPE_NEVER /* not before it changes */ } LtRipe;

/* settle: a file that lies still so long has probably been written; patience: one that lies still so long
 * and is not whole is broken. Microseconds. */
LtRipe lt_ripe(const LtRipening *file, gint64 settle, gint64 patience);
/* When to look again at one that is not ripe yet: microseconds from now. */
gint64 lt_ripe_again(const LtRipening *file, gint64 settle);
