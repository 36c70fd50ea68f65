/* The list of commands, or of the subcommands of one. */
#pragma once

#include "cli/cli.h"

typedef struct {
    const char *name;
    const char *arguments; /* "" where it takes none */
    const char *summary;
    LtCommandRun run;
} LtCommand;

/* One a line, the summaries below one another however long a name is. */
void lt_overview_print(const LtCommand *commands, gsize n, FILE *out);
