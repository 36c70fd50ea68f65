/* A document on paper, so to speak: what show and fields print for people. */
#pragma once

#include "cli/cli.h"

/* store and cited_by (ids, of gint64) may be NULL for a record that is in no archive. */
void lt_record_print(const LtRecord *record, LtStore *store, GArray *cited_by);

/* What a reader would have offered: "1758 (62 %), 1753 (20 %)"; "" where there is nothing. (transfer full) */
char *lt_record_candidates(const LtField *field);
/* "'1/A' → '2/A'", or that it is right where both are the same. (transfer full) */
char *lt_record_change(const char *old_value, const char *new_value);
/* The same with the field's name before it. (transfer full) */
char *lt_record_correction(const LtCorrection *correction);
