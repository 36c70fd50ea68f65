/* What the commands of the program luutru share. This folder alone prints, reads argv and exits;
 * one file a command, called from the table in main.c. */
#pragma once

#include <inttypes.h> /* xgettext knows PRIu64, and not GLib's words for it */
#include <stdio.h>

#include <glib.h>
#include <glib/gi18n.h>

#include "ingest/ingest.h"
#include "store/store.h"

typedef enum {
    LT_EXIT_DONE = 0,
    LT_EXIT_PARTLY = 1, /* some documents failed or were held, or nothing was found */
    LT_EXIT_USAGE = 2,
    LT_EXIT_ARCHIVE = 3, /* missing, newer, damaged or not writable */
    LT_EXIT_IO = 4,
    LT_EXIT_BUSY = 75,
    LT_EXIT_INTERRUPTED = 130
} LtExit;

#define LT_CLI_ERROR (lt_cli_error_quark())
GQuark lt_cli_error_quark(void);
typedef enum {
    LT_CLI_ERROR_USAGE,     /* exit 2, with a hint where the help is */
    LT_CLI_ERROR_NOT_FOUND, /* exit 1 */
    LT_CLI_ERROR_INPUT,     /* exit 2, the hint would not help */
    LT_CLI_ERROR_SETUP      /* exit 4: a part of the program is not where it should be */
} LtCliError;

typedef struct {
    char *archive; /* (nullable) as given on the command line */
} LtCli;

/* argv: the command's name and what follows it. Where error is set, it decides the exit code. */
typedef LtExit (*LtCommandRun)(LtCli *cli, char **argv, GError **error);

/* The commands, each in the file of its name. */
LtExit lt_command_backup(LtCli *cli, char **argv, GError **error);
LtExit lt_command_correct(LtCli *cli, char **argv, GError **error);
LtExit lt_command_dossier(LtCli *cli, char **argv, GError **error);
LtExit lt_command_export(LtCli *cli, char **argv, GError **error);
LtExit lt_command_fields(LtCli *cli, char **argv, GError **error);
LtExit lt_command_gaps(LtCli *cli, char **argv, GError **error);
LtExit lt_command_get(LtCli *cli, char **argv, GError **error);
LtExit lt_command_import(LtCli *cli, char **argv, GError **error);
LtExit lt_command_ingest(LtCli *cli, char **argv, GError **error);
LtExit lt_command_more_like(LtCli *cli, char **argv, GError **error);
LtExit lt_command_quarantine(LtCli *cli, char **argv, GError **error);
LtExit lt_command_refs(LtCli *cli, char **argv, GError **error);
LtExit lt_command_register(LtCli *cli, char **argv, GError **error);
LtExit lt_command_remove(LtCli *cli, char **argv, GError **error);
LtExit lt_command_reread(LtCli *cli, char **argv, GError **error);
LtExit lt_command_restore(LtCli *cli, char **argv, GError **error);
LtExit lt_command_review(LtCli *cli, char **argv, GError **error);
LtExit lt_command_rules(LtCli *cli, char **argv, GError **error);
LtExit lt_command_search(LtCli *cli, char **argv, GError **error);
LtExit lt_command_serve(LtCli *cli, char **argv, GError **error);
LtExit lt_command_show(LtCli *cli, char **argv, GError **error);
LtExit lt_command_status(LtCli *cli, char **argv, GError **error);
LtExit lt_command_user(LtCli *cli, char **argv, GError **error);
LtExit lt_command_watch(LtCli *cli, char **argv, GError **error);
LtExit lt_command_verify(LtCli *cli, char **argv, GError **error);

/* --- options.c --- */

/* Reads the options of a command; --archive counts everywhere. argv[0] is the command's name;
 * summary and notes (nullable) stand in its help. FALSE: wrong usage. --help ends the program. */
gboolean lt_cli_parse(LtCli *cli, char **argv, const GOptionEntry *entries, const char *summary,
                      const char *notes, GError **error);
/* The archive's folder: --archive, LUUTRU_ARCHIVE, XDG_DATA_HOME/luutru. (transfer full) */
char *lt_cli_archive(const LtCli *cli);
LtStore *lt_cli_open(const LtCli *cli, LtStoreMode mode, GError **error);
/* "#12", "id:12" (needs no quotes in a shell) and, where bare, "12". FALSE: not an id. */
gboolean lt_cli_parse_id(const char *text, gboolean bare, gint64 *ret_id);
/* A day, a month or a year; *ret_day is its first day, or its last where last is set, in ISO form.
 */
gboolean lt_cli_parse_day(const char *option, const char *text, gboolean last, char **ret_day,
                          GError **error);

/* Whether an option's number is from 0 to most. */
gboolean lt_cli_check_range(const char *option, int value, int most, GError **error);

/* Who does it: by, or where that is NULL the name of the user. */
const char *lt_cli_person(const char *by);

/* --- errors.c --- */

LtExit lt_cli_exit_of(const GError *error);

/* --- paths.c --- */

/* (transfer full); error LT_CLI_ERROR_SETUP names the places looked at. */
char *lt_cli_rules_directory(GError **error);
char *lt_cli_worker(GError **error);
char *lt_cli_printer(GError **error);
char *lt_cli_server(GError **error);
char *lt_cli_locale_directory(void); /* (nullable) */
/* The rules, below those of the office in the archive's folder 'rules'; that folder and the archive
 * need not exist. */
LtRules *lt_cli_archive_rules(const LtCli *cli, GError **error);

/* --- shown.c: nothing from a stranger reaches a terminal as it is --- */

/* One line: blanks for line ends, U+FFFD for what could steer a terminal. text may be NULL. */
static inline char *
lt_cli_shown(const char *text)
{
    return lt_shown(text);
}
/* The same for text of several lines. */
static inline char *
lt_cli_shown_lines(const char *text)
{
    return lt_shown_lines(text);
}
/* A path, or a message that may hold one, on one line: bytes that are not UTF-8 and what could
 * steer a terminal become \xNN. */
static inline char *
lt_cli_shown_path(const char *path)
{
    return lt_shown_path(path);
}
/* A path in JSON, as in a document's `source`: only bytes that are not UTF-8 become \xNN. */
static inline char *
lt_cli_json_path(const char *path)
{
    return lt_json_path(path);
}
/* Columns on a terminal. */
guint lt_cli_width(const char *text);
/* Columns of the terminal behind a descriptor; 0: not a terminal. */
guint lt_cli_terminal_width(int fd);
/* Whether bold type may be used there. */
gboolean lt_cli_terminal_styled(int fd);
/* An ISO day as the reader's language writes it; "" for NULL. */
char *lt_cli_shown_day(const char *iso);

/* --- names.c: what codes are called --- */

const char *lt_cli_field_label(LtFieldId field);
char *lt_cli_doubt_sentence(const LtDoubt *doubt);
const char *lt_cli_outcome_label(const char *outcome);
