/* luutru dossier: the files of papers on one matter; this file finds the subcommand. */
#include "cli/dossier.h"

#include <string.h>

#include "cli/overview.h"

static const LtCommand SUBCOMMANDS[] = {
    {"list", "", N_("the dossiers of the archive"), lt_command_dossier_list},
    {"show", N_("CODE"), N_("one dossier and its documents"), lt_command_dossier_show},
    {"new", N_("CODE --title TEXT"), N_("begin a dossier"), lt_command_dossier_new},
    {"edit", N_("CODE --title TEXT…"), N_("change what is said of it"), lt_command_dossier_edit},
    {"add", N_("CODE #ID…|QUERY"), N_("put documents into it"), lt_command_dossier_fill},
    {"remove", N_("CODE [#ID…]"),
     N_("take documents out of it; without any, an empty dossier away"), lt_command_dossier_remove},
    {"order", N_("CODE [#ID PLACE]"), N_("sort its documents, or move one"),
     lt_command_dossier_order},
    {"close", N_("CODE"), N_("end it: nothing is changed in it any more"),
     lt_command_dossier_close},
    {"export", N_("CODE DIR"), N_("write it as a folder that 'luutru import' reads"),
     lt_command_dossier_export},
};

static void
print_overview(FILE *out)
{
    fprintf(out, "%s\n\n", _("Usage: luutru dossier SUBCOMMAND [OPTION…]"));
    lt_overview_print(SUBCOMMANDS, G_N_ELEMENTS(SUBCOMMANDS), out);
    fprintf(out, "\n%s\n",
            _("A dossier is named by its code, 01.TH, where several years have it with the year, "
              "01.TH@2023, or as id:3."));
}

LtExit
lt_command_dossier(LtCli *cli, char **argv, GError **error)
{
    if (argv[1] != NULL && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        print_overview(stdout);
        return LT_EXIT_DONE;
    }
    for (gsize i = 0; argv[1] != NULL && i < G_N_ELEMENTS(SUBCOMMANDS); i++)
        if (strcmp(SUBCOMMANDS[i].name, argv[1]) == 0) {
            g_autofree char *name = g_strdup_printf("luutru dossier %s", argv[1]);
            g_set_prgname(name);
            return SUBCOMMANDS[i].run(cli, argv + 1, error);
        }
    g_set_error(
        error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
        _("'dossier' wants the word 'list', 'show', 'new', 'edit', 'add', 'remove', 'order', "
          "'close' or 'export'"));
    return LT_EXIT_USAGE;
}

gboolean
lt_cli_dossier_open(LtCli *cli, LtStoreMode mode, char **words, LtStore **ret_store, gint64 *ret_id,
                    GError **error)
{
    if (words == NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("which dossier? Name it by its code, such as 01.TH, 01.TH@2023 or id:3"));
        return FALSE;
    }
    *ret_store = lt_cli_open(cli, mode, error);
    return *ret_store != NULL && lt_store_find_dossier(*ret_store, words[0], ret_id, error);
}

char *
lt_cli_dossier_name(const LtDossier *dossier)
{
    const char *year = dossier->values[LT_DOSSIER_YEAR];
    g_autofree char *name = g_strdup_printf("%s%s%s", dossier->values[LT_DOSSIER_CODE],
                                            year != NULL ? "@" : "", year != NULL ? year : "");

    return lt_cli_shown(name);
}
