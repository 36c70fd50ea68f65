/* Why a file was not filed, in sentences for people: what, where, and what to do. */
#pragma once

#include <glib.h>

#include "ingest/worker.h"
#include "ocr/ocr.h"

/* page: 0 for the document as a whole. detail: (nullable) the worker's own words; they are a
 * stranger's and are cut and cleaned here. Returns: (transfer full). */
char *lt_reason_for_failure(LtOcrError code, guint page, const char *detail);
char *lt_reason_for_end(const LtWorkerEnd *end, guint page);

/* LT_INGEST_ERROR_WORKER: why a worker of that program did not come up, with its last words. (transfer full) */
GError *lt_reason_for_start(const char *program, const LtWorkerEnd *end);

/* Why a file cannot be opened or read. (transfer full) */
char *lt_reason_for_errno(int code);

/* Why nobody tries to. */
const char *lt_reason_for_hung(void);

/* Why a file waits that is larger than the room on the archive's disk. */
const char *lt_reason_for_room(void);

/* A path as one line that can be shown. Returns: (transfer full). */
char *lt_reason_show_path(const char *path);
