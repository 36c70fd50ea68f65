/* What a search found, for people and for programs. */
#pragma once

#include "cli/cli.h"

typedef enum { LT_RESULTS_TABLE, LT_RESULTS_JSON, LT_RESULTS_CSV } LtResultsForm;

/* search: what was asked for, as far as the window goes. */
void lt_results_print(const LtSearchResult *result, const LtSearch *search, LtResultsForm form);
