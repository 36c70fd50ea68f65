/* What the body says about words of the letterhead: a subject is mostly said again there, word for word. */
#pragma once

#include "ingest/fields/reading.h"

/* Pairs of neighbouring words of the body and of the issuer's name, as they are spelt. (transfer full) */
LtAgreement *lt_agreement_new(const LtReading *reading);
void lt_agreement_free(LtAgreement *agreement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtAgreement, lt_agreement_free)

/* Whether a pair of words stands there too, spelt the same but for capitals. (nullable): no word there. */
gboolean lt_agreement_has(const LtAgreement *agreement, const char *word, const char *next);
/* text with each word that the body spells otherwise beside the same neighbour, and never so, spelt as
 * there: marks only, letters stay. (transfer full) */
char *lt_agreement_spell(const LtAgreement *agreement, const char *text);
