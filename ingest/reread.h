/* What reading again and recognising again share, and the documents of a run that are recognised
 * again. Private to ingest/. */
#pragma once

#include "ingest/run.h"

/* Makes after, read anew, what the document of before becomes: what a person decided stays, and a mark
 * of secrecy that nobody has answered is a doubt. */
gboolean lt_reread_settle(LtStore *store, LtRecord *after, const LtRecord *before, GError **error);

/* Reads those documents again whose number or day was written by hand and held back: what was filed
 * since may settle them, and they in turn others. */
typedef struct LtSettling LtSettling;

/* Keeps store and rules, which must outlive it. */
LtSettling *lt_settling_new(LtStore *store, const LtRules *rules);
void lt_settling_free(LtSettling *settling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtSettling, lt_settling_free)
/* One document. *ret_more: whether there is more to do. */
gboolean lt_settling_step(LtSettling *settling, gboolean *ret_more, GError **error);

/* --- recognise.c --- */

/* Takes up a document that is filed: its original is read from the beginning. */
void lt_recognise_begin(LtIngest *run, gint64 id);
/* All its pages are there: record takes the document's place. Frees neither. */
void lt_recognise_finish(LtIngest *run, LtDocument *document, LtRecord *record);
/* It cannot be read again, and stays as it was. */
void lt_recognise_fail(LtIngest *run, const LtDocument *document, const char *reason);
