/* luutru remove: takes a document out of the archive, for good. */
#include "cli/cli.h"

static LtExit
run_remove(LtCli *cli, gint64 id, const char *reason, const char *by, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, error);
    gboolean clean = TRUE;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    if (!lt_store_remove(store, id, reason, lt_cli_person(by), error))
        return LT_EXIT_IO;
    printf(_("Document #%" PRId64 " is removed; who and why are kept\n"), id);
    if (lt_store_is_clean(store, &clean, NULL) && !clean)
        printf(_("Others were using the database just then: what they kept of its text there is "
                 "cleaned later by the watcher or the next 'luutru ingest', or at once with "
                 "'luutru verify --compact'\n"));
    return LT_EXIT_DONE;
}

LtExit
lt_command_remove(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    g_autofree char *reason = NULL;
    g_autofree char *by = NULL;
    const GOptionEntry entries[] = {
        {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_("why (must be given)"), N_("TEXT")},
        {"by", 0, 0, G_OPTION_ARG_STRING, &by, N_("who says so (the user's name)"), N_("NAME")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, N_("#ID")},
        G_OPTION_ENTRY_NULL,
    };
    gint64 id;

    if (!lt_cli_parse(
            cli, argv, entries, _("Takes a document out: its text, its fields and its original."),
            _("There is no way back. Its id, number and SHA-256 sum stay with the reason, "
              "and the same file is skipped when it comes again."),
            error))
        return LT_EXIT_USAGE;
    if (words == NULL || words[1] != NULL || !lt_cli_parse_id(words[0], TRUE, &id)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'remove' wants one id, such as id:12"));
        return LT_EXIT_USAGE;
    }
    if (reason == NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'remove' wants a --reason"));
        return LT_EXIT_USAGE;
    }
    return run_remove(cli, id, reason, by, error);
}
