/* The agencies that a letterhead names. Private to ingest/fields. */
#pragma once

#include "ingest/fields/authority.h"
#include "ingest/fields/reading.h"

typedef struct {
    GString *name;
    GArray *spans;   /* of LtStretch: the lines it stands on */
    guint level;     /* see lt_issuer_level */
    gboolean mended; /* its kind was misread in a letter */
} LtLetterheadName;

/* From the top down: the last is the issuer, the one above it its parent. (transfer full) of
 * LtLetterheadName, may be empty. */
GPtrArray *lt_letterhead_names(const LtReading *reading);

/* issuer.c: the agency of the authority file that is printed so. code: (nullable) the
 * abbreviation in the number. */
gboolean lt_letterhead_find(const LtReading *reading, const char *name, const char *code,
                            LtNaming *ret_naming);
