/* What to look for, as search and export take it from the command line. */
#pragma once

#include "cli/cli.h"

typedef struct {
    char **words;
    char *from, *to, *issuer, *type;
    char *query;             /* the words joined */
    char *from_day, *to_day; /* ISO */
} LtFind;

void lt_find_clear(LtFind *find);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtFind, lt_find_clear)

#define LT_FIND_ENTRIES(find)                                                                      \
    {"from",    0, 0, G_OPTION_ARG_STRING, &(find).from, N_("issued on this day or later"),        \
     N_("DATE")},                                                                                  \
        {"to",      0, 0, G_OPTION_ARG_STRING, &(find).to, N_("issued on this day or earlier"),    \
         N_("DATE")},                                                                              \
        {"issuer",                                                                                 \
         0,                                                                                        \
         0,                                                                                        \
         G_OPTION_ARG_FILENAME,                                                                    \
         &(find).issuer,                                                                           \
         N_("issued by: name, part of it, or letters (STTTT)"),                                    \
         N_("NAME")},                                                                              \
        {"type",                                                                                   \
         0,                                                                                        \
         0,                                                                                        \
         G_OPTION_ARG_FILENAME,                                                                    \
         &(find).type,                                                                             \
         N_("type of document: name or letters (QĐ)"),                                             \
         N_("TYPE")},                                                                              \
    {                                                                                              \
        G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(find).words, NULL, N_("[QUERY…]") \
    }

/* A sentence on dates and on queries that begin with '-', for the help. */
const char *lt_find_notes(void);

/* Checks what was parsed and fills in search, whose strings belong to find. Bytes that are not
 * UTF-8 never make an error: they just find nothing. */
gboolean lt_find_search(LtFind *find, LtSearch *ret_search, GError **error);
