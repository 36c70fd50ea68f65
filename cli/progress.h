/* A progress bar on a terminal: one line, redrawn at most ten times a second, gone before any other
 * line is written. */
#pragma once

#include "cli/cli.h"

typedef struct LtProgressBar LtProgressBar;

/* fd: a descriptor of the terminal; the bar stays invisible where it is none. */
LtProgressBar *lt_progress_bar_new(int fd);
void lt_progress_bar_free(LtProgressBar *bar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtProgressBar, lt_progress_bar_free)

/* Notes the new figures and draws them unless it has just done so. */
void lt_progress_bar_update(LtProgressBar *bar, const LtIngestProgress *progress);
/* Draws what was noted last: after the terminal changed its width, and as time goes by. */
void lt_progress_bar_draw(LtProgressBar *bar);
/* Draws this line in place of figures, from now on. */
void lt_progress_bar_set_line(LtProgressBar *bar, const char *line);
/* Takes the bar away so that a line can be written. */
void lt_progress_bar_hide(LtProgressBar *bar);

/* The bar's line for a terminal of that width: what matters least is left out first. (transfer
 * full) */
char *lt_progress_line(const LtIngestProgress *progress, guint width);
