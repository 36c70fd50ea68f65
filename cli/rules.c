/* luutru rules: the examples that stand in the rule files. */
#include "cli/cli.h"

#include <string.h>

static LtExit
check_rules(GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_load_rules(error);
    g_autoptr(GPtrArray) failures = NULL;
    guint examples = 0;

    if (rules == NULL)
        return LT_EXIT_PARTLY;
    failures = lt_rules_check(rules, &examples);
    for (guint i = 0; i < failures->len; i++) {
        g_autofree char *sentence = lt_cli_shown(g_ptr_array_index(failures, i));
        printf("%s\n", sentence);
    }
    printf(ngettext("%u example, %u wrong\n", "%u examples, %u wrong\n", examples), examples,
           failures->len);
    return failures->len > 0 ? LT_EXIT_PARTLY : LT_EXIT_DONE;
}

LtExit
lt_command_rules(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    const GOptionEntry entries[] = {
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, "check"},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(cli, argv, entries, _("Runs every example in the rule files."), NULL, error))
        return LT_EXIT_USAGE;
    if (words == NULL || strcmp(words[0], "check") != 0 || words[1] != NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'rules' wants the word 'check'"));
        return LT_EXIT_USAGE;
    }
    return check_rules(error);
}
