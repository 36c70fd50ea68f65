/* Searches that are kept under a name. */
#pragma once

#include "cli/find.h"

typedef struct {
    char *save, *use, *forget; /* (nullable) names */
    gboolean list;
    char *query; /* made of the one in use */
} LtSavedOptions;

void lt_saved_options_clear(LtSavedOptions *options);

/* Whether a search is to be kept, listed or forgotten, and none to be made. */
gboolean lt_saved_is_asked(const LtSavedOptions *options);
LtExit lt_saved_run(LtCli *cli, const LtSavedOptions *options, const LtFind *find, GError **error);
/* Puts the query kept under the name in use before the words of *query. */
gboolean lt_saved_use(LtCli *cli, LtSavedOptions *options, const char **query, GError **error);
