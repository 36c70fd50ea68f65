/* The journal of systemd, with fields that it can be searched by: journalctl LUUTRU_DOCUMENT=12. */
#pragma once

#include "cli/cli.h"

/* Whether standard error is a stream to the journal. */
gboolean lt_journal_is_there(void);
/* A line a document: LUUTRU_OUTCOME, LUUTRU_PATH, LUUTRU_DOCUMENT, LUUTRU_NUMBER, LUUTRU_REASON. */
void lt_journal_file(const LtIngestEvent *event);
void lt_journal_say(const char *sentence);
