/* What to look for, as search, export and others take it from the command line. */
#pragma once

#include "cli/cli.h"

typedef struct {
    char **words;
    char *from, *to, *issuer, *type;
    char *number, *date, *signer, *recipient, *status;
    gboolean successors;
    char *query;             /* the words joined */
    char *from_day, *to_day; /* ISO */
} LtFind;

void lt_find_clear(LtFind *find);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtFind, lt_find_clear)

/* Reads a command's own options (entries) and those of find: dates, issuer, type, words. */
gboolean lt_find_parse(LtFind *find, LtCli *cli, char **argv, const GOptionEntry *entries,
                       const char *summary, GError **error);

/* Checks what was parsed and fills in search, whose strings belong to find. Bytes that are not
 * UTF-8 never make an error: they just find nothing. */
gboolean lt_find_search(LtFind *find, LtSearch *ret_search, GError **error);
/* The same for a command that makes or changes something of the documents found: a part of the query that would
 * not be used is an error, for without it other documents would be meant. */
gboolean lt_find_exactly(LtFind *find, LtSearch *ret_search, GError **error);
/* Whether it was given neither words nor options: all documents. */
gboolean lt_find_is_empty(const LtFind *find);
/* Whether it was given options besides words. */
gboolean lt_find_has_options(const LtFind *find);
/* The words and the options as one query, with filters for options. (transfer full) */
char *lt_find_query(const LtFind *find);
/* Which of the documents found; limit 0 is all. */
gboolean lt_find_window(LtSearch *search, int limit, int offset, GError **error);
