/* Files that people drop: they go into ARCHIVE/inbox, and 'luutru ingest' takes them from there, itself or by way of
 * the watcher that holds the archive. What is in the inbox when the server starts is taken up again. */
#pragma once

#include "web/site.h"

/* A new file in the inbox that no run looks at yet. Returns its descriptor, -1 on error; ret_path: (transfer full) */
int lt_inbox_make(const char *archive, char **ret_path, GError **error);

/* The runs that take the inbox in, one at a time. In the thread that makes it, but for lt_intake_kick. */
LtIntake *lt_intake_new(const char *archive, const char *program, gboolean strict);
/* A run that is under way goes on by itself: nothing is lost by its end. */
void lt_intake_free(LtIntake *intake);
/* There is something in the inbox. From any thread. */
void lt_intake_kick(LtIntake *intake);

/* How files go, as JSON objects. */
typedef struct {
    GPtrArray *keys;  /* of char *: of the files */
    GPtrArray *files; /* of char *, the newest first */
    char *counts, *watcher;
} LtIntakeView;

gboolean lt_intake_view(LtStore *store, LtPeople *people, LtIntakeView *ret_view, GError **error);
void lt_intake_view_clear(LtIntakeView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtIntakeView, lt_intake_view_clear)
