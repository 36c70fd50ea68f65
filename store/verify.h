/* What the files of a check share. Nobody outside of store/ includes this. */
#pragma once

#include <inttypes.h>

#include "store/private.h"

typedef struct {
    LtStore *store;
    const LtVerifyOptions *options;
    LtVerifyProgress progress;
    gint64 upkeep;  /* row of this check; 0: the archive cannot be written, and nothing is noted */
    gint64 started; /* monotonic, microseconds */
    guint64 bytes_before; /* read by goes before this one */
    guint steps;
    gboolean stopped;
    gboolean is_backup; /* one that took nothing in by itself since it was made */
    char *position;     /* (nullable) where the stage goes on */
} LtVerify;

/* --- verify.c --- */

void lt_verify_report(LtVerify *verify, LtFault fault);
/* Lets the caller have a say. FALSE: stop. For what cannot go on later, and so may take longer than the check may. */
gboolean lt_verify_is_wanted(LtVerify *verify);
/* The same for what can: it stops, too, when the time of the check is over. */
gboolean lt_verify_go_on(LtVerify *verify);
/* As lt_verify_go_on, between two steps: notes where it is, too. position: what to go on after. */
gboolean lt_verify_step(LtVerify *verify, const char *position, GError **error);
/* Whether the original is there and what its name says; else *ret_fault is the word and *ret_detail the
 * sentence for it. size: of the original; -1: not known. FALSE only where it was stopped, or on error. */
gboolean lt_verify_original(LtVerify *verify, const char *sha256, gint64 size,
                            const char **ret_fault, char **ret_detail, GError **error);

/* --- the stages; each goes on after verify->position --- */

gboolean lt_verify_database(LtVerify *verify, GError **error);
gboolean lt_verify_documents(LtVerify *verify, GError **error);
gboolean lt_verify_ledger(LtVerify *verify, GError **error);
gboolean lt_verify_files(LtVerify *verify, GError **error);
gboolean lt_verify_search(LtVerify *verify, GError **error);

/* --- mend.c: what can be made again; each returns whether it could --- */

/* Looks for the bytes in the backup and where the ledger has seen them. */
gboolean lt_mend_original(LtVerify *verify, const char *sha256);
/* Rows that are made of others are written anew; whether the document is then the one that was sealed. */
gboolean lt_mend_document(LtVerify *verify, gint64 id);
gboolean lt_mend_seal(LtVerify *verify, gint64 id);
/* Every search row anew. */
gboolean lt_mend_search(LtStore *store, GError **error);
/* SQL without parameters, in one transaction. */
gboolean lt_mend_by(LtVerify *verify, const char *sql);
/* The next run takes it up: from the original where that is kept, else from its source. */
gboolean lt_mend_ledger(LtVerify *verify, gint64 row, gboolean kept);
/* A ledger row for an original that nothing speaks of, so that the next run files it. */
gboolean lt_mend_stray(LtVerify *verify, const char *sha256);
/* A ledger row for a document that has none. */
gboolean lt_mend_unlisted(LtVerify *verify, gint64 id);
