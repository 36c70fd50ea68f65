/* Where a command writes a file to: a name given with -o, which appears only when it is whole, or
 * standard output. */
#pragma once

#include "cli/cli.h"

typedef struct {
    char *path;    /* (nullable) NULL: standard output */
    char *partial; /* (nullable) what is written until commit, beside path */
    int fd;
} LtOutput;

/* path may be NULL: standard output. An existing special file (a pipe, a device) is written to as
 * it is; any other is replaced by _commit. Without it nothing is left behind. */
gboolean lt_output_open(LtOutput *output, const char *path, GError **error);
gboolean lt_output_write(LtOutput *output, const void *bytes, gsize size, GError **error);
/* A file whole; FALSE too where path is NULL, with the error that is there. */
gboolean lt_output_write_file(LtOutput *output, const char *path, GError **error);
gboolean lt_output_commit(LtOutput *output, GError **error);
void lt_output_clear(LtOutput *output);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtOutput, lt_output_clear)
#define LT_OUTPUT_INIT                                                                             \
    {                                                                                              \
        .fd = -1                                                                                   \
    }
