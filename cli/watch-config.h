/* What 'watch' is to do: from a file (GKeyFile), from the command line, or both. */
#pragma once

#include "cli/cli.h"

typedef struct {
    char *archive; /* (nullable) */
    int jobs;
    LtWatchOptions options;
    guint retries, retry_seconds;
    GPtrArray *folders; /* of LtWatchFolder */
} LtWatchConfig;

void lt_watch_config_init(LtWatchConfig *config);
void lt_watch_config_clear(LtWatchConfig *config);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtWatchConfig, lt_watch_config_clear)

/* Adds what the file says. An unknown group or key is an error, for a wish that is misspelt would not be
 * kept. */
gboolean lt_watch_config_load(LtWatchConfig *config, const char *path, GError **error);
/* The same for one key of the group [watch]: "settle=5". */
gboolean lt_watch_config_set(LtWatchConfig *config, const char *setting, GError **error);
/* Adds a folder of the command line; action: "keep", "move" (with done) or "delete". (transfer
 * none), NULL on error. */
LtWatchFolder *lt_watch_config_add(LtWatchConfig *config, const char *path, const char *action,
                                   const char *done, char **leave, GError **error);
/* Each has its folders, its done folder, ... as it must be. */
gboolean lt_watch_config_check(const LtWatchConfig *config, GError **error);
