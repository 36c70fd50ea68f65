/* A document on paper, so to speak: what show and fields print for people. */
#pragma once

#include "cli/cli.h"

/* store and cited_by (ids, of gint64) may be NULL for a record that is in no archive. */
void lt_record_print(const LtRecord *record, LtStore *store, GArray *cited_by);
