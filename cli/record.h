/* A document on paper, so to speak: what show and fields print for people. */
#pragma once

#include "cli/cli.h"

/* store and cited_by (ids, of gint64) may be NULL for a record that is in no archive. */
void lt_record_print(const LtRecord *record, LtStore *store, GArray *cited_by);

/* --- relation.c: how documents stand to each other --- */

/* "carries out", or seen from the other end "carried out by", in the reader's language; relation may be
 * NULL. (transfer full) */
char *lt_relation_label(const char *relation, gboolean backwards);
const char *lt_validity_label(LtValidity validity);
/* "replaced by 12/QĐ-UBND (#5)". (transfer full) */
char *lt_successor_text(const LtSuccessor *successor);
/* The same of a document that was replaced or repealed; NULL for any other. (transfer full) */
char *lt_record_ending(const LtRecord *record);

/* What a reader would have offered: "1758 (62 %), 1753 (20 %)"; "" where there is nothing. (transfer full) */
char *lt_record_candidates(const LtField *field);
/* "'1/A' → '2/A'", or that it is right where both are the same. (transfer full) */
char *lt_record_change(const char *old_value, const char *new_value);
/* The same with the field's name before it. (transfer full) */
char *lt_record_correction(const LtCorrection *correction);
