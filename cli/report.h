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
/* An LtIngestReport; user_data is an LtReport. */
void lt_report_event(const LtIngestEvent *event, gpointer user_data);
void lt_report_summary(const LtReport *report, const LtIngestProgress *progress,
                       gboolean interrupted);
