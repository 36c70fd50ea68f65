/* A run of the pipeline with a person before it: the bar, and Ctrl-C. */
#pragma once

#include "cli/cli.h"
#include "cli/progress.h"

/* As lt_ingest_run; the first interrupt ends it cleanly, the second at once. */
gboolean lt_cli_run(LtIngest *ingest, LtProgressBar *bar, const char *const *paths, GError **error);
/* How such a run ends where nothing ended it. */
LtExit lt_cli_run_exit(LtIngest *ingest);
