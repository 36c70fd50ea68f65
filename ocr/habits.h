/* What the recogniser's models are known to misread, put right where the words beside it leave no
 * choice. */
#pragma once

#include "ocr/lines.h"

/* words: GArray of LtRawWord in reading order, changed in place. */
void lt_habits_mend(GArray *words);
