/* What the files of the command dossier share. */
#pragma once

#include "cli/cli.h"
#include "cli/json.h"

/* The subcommands; argv[0] is the subcommand's name. */
LtExit lt_command_dossier_list(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_show(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_new(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_edit(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_fill(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_remove(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_order(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_close(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier_export(LtCli *cli, char **argv, GError **error);

/* The dossier that the first word names, in an archive opened so; ret_store (transfer full). A word that
 * is missing is wrong usage. */
gboolean lt_cli_dossier_open(LtCli *cli, LtStoreMode mode, char **words, LtStore **ret_store,
                             gint64 *ret_id, GError **error);
/* "01.TH@2023", safe to show. (transfer full) */
char *lt_cli_dossier_name(const LtDossier *dossier);
