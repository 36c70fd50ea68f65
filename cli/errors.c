/* From errors to exit codes: one table. */
#include "cli/cli.h"

#include <gio/gio.h>

G_DEFINE_QUARK(lt_cli_error_quark, lt_cli_error)

#define ANY_CODE (-1)

typedef struct {
    GQuark (*domain)(void);
    int code;
    LtExit exit;
} ExitRule;

/* The first that fits counts. */
static const ExitRule EXIT_RULES[] = {
    {lt_store_error_quark, LT_STORE_ERROR_MISSING, LT_EXIT_ARCHIVE},
    {lt_store_error_quark, LT_STORE_ERROR_NEWER, LT_EXIT_ARCHIVE},
    {lt_store_error_quark, LT_STORE_ERROR_DAMAGED, LT_EXIT_ARCHIVE},
    {lt_store_error_quark, LT_STORE_ERROR_READ_ONLY, LT_EXIT_ARCHIVE},
    {lt_store_error_quark, LT_STORE_ERROR_BUSY, LT_EXIT_BUSY},
    {lt_store_error_quark, LT_STORE_ERROR_FULL, LT_EXIT_IO},
    {lt_store_error_quark, LT_STORE_ERROR_IO, LT_EXIT_IO},
    {lt_store_error_quark, LT_STORE_ERROR_CHANGED, LT_EXIT_PARTLY},
    {lt_store_error_quark, LT_STORE_ERROR_NOT_FOUND, LT_EXIT_PARTLY},
    {lt_store_error_quark, LT_STORE_ERROR_INVALID, LT_EXIT_USAGE},
    {lt_store_error_quark, LT_STORE_ERROR_CONFLICT, LT_EXIT_BUSY},
    {lt_store_error_quark, LT_STORE_ERROR_STOPPED, LT_EXIT_INTERRUPTED},
    {lt_ingest_error_quark, LT_INGEST_ERROR_PATH, LT_EXIT_PARTLY},
    {lt_ingest_error_quark, LT_INGEST_ERROR_WORKER, LT_EXIT_IO},
    {lt_rules_error_quark, LT_RULES_ERROR_INVALID, LT_EXIT_PARTLY},
    {lt_cli_error_quark, LT_CLI_ERROR_NOT_FOUND, LT_EXIT_PARTLY},
    {lt_cli_error_quark, LT_CLI_ERROR_USAGE, LT_EXIT_USAGE},
    {lt_cli_error_quark, LT_CLI_ERROR_INPUT, LT_EXIT_USAGE},
    {g_option_error_quark, ANY_CODE, LT_EXIT_USAGE},
};

LtExit
lt_cli_exit_of(const GError *error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(EXIT_RULES); i++) {
        const ExitRule *rule = &EXIT_RULES[i];
        if (error->domain == rule->domain() &&
            (rule->code == ANY_CODE || rule->code == error->code))
            return rule->exit;
    }
    return LT_EXIT_IO;
}
