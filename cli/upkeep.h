/* What verify, backup and restore show alike: faults, a line of progress, Ctrl-C. */
#pragma once

#include "cli/cli.h"

typedef struct {
    gboolean json;
    gboolean shown; /* a line of progress stands on the terminal */
    gint64 shown_at;
} LtUpkeepReport;

/* From now on interrupts end what goes on, and not the program. */
void lt_upkeep_watch_signals(void);
gboolean lt_upkeep_interrupted(void);

/* Reports one fault; user_data is the LtUpkeepReport. */
void lt_upkeep_fault(const LtFault *fault, gpointer user_data);
/* Shows a line on a terminal, at most ten times a second; takes line. */
void lt_upkeep_progress(LtUpkeepReport *report, char *line);
void lt_upkeep_progress_end(LtUpkeepReport *report);
/* Whether a line would be shown by now. */
gboolean lt_upkeep_is_time(const LtUpkeepReport *report);
