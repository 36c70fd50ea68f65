/* What ingest says about each file and at the end: lines for people or JSON for programs. */
#pragma once

#include "cli/cli.h"
#include "cli/progress.h"

typedef struct {
    gboolean json;
    gboolean dry_run;
    LtProgressBar *bar;
} LtReport;

/* What became of a file, on one line. (transfer full) */
char *lt_report_line(const LtIngestEvent *event);
/* Says on standard error that workers run without some of their walls, where the event tells that. */
void lt_report_walls(const LtIngestEvent *event, LtProgressBar *bar);
/* An LtIngestReport; user_data is an LtReport. */
void lt_report_event(const LtIngestEvent *event, gpointer user_data);
void lt_report_summary(const LtReport *report, const LtIngestProgress *progress,
                       gboolean interrupted);
