/* The program luutru: finds the command in a table and runs it. */
#include <errno.h>
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "cli/overview.h"

static LtExit command_help(LtCli *cli, char **argv, GError **error);

static const LtCommand COMMANDS[] = {
    {"ingest", N_("PATH…"), N_("take files and folders into the archive"), lt_command_ingest},
    {"watch", N_("DIR…"), N_("take every file that comes into folders"), lt_command_watch},
    {"search", N_("QUERY"), N_("find documents, best first"), lt_command_search},
    {"more-like", N_("#ID"), N_("documents that have much in common with one"),
     lt_command_more_like},
    {"show", N_("NUMBER|#ID"), N_("show one document: fields, doubts, references"),
     lt_command_show},
    {"get", N_("#ID"), N_("copy out an original, byte for byte"), lt_command_get},
    {"export", N_("[QUERY]"), N_("write documents as JSON lines, CSV or XLSX"), lt_command_export},
    {"register", N_("NAME [QUERY]"), N_("the registers of Decree 30/2020 as CSV, XLSX or PDF"),
     lt_command_register},
    {"gaps", N_("[QUERY]"), N_("numbers that are missing, or given twice"), lt_command_gaps},
    {"dossier", N_("list|show|new|add…"), N_("the files of papers on one matter"),
     lt_command_dossier},
    {"import", N_("DIR"), N_("a dossier that 'dossier export' wrote, back in, verified"),
     lt_command_import},
    {"status", "", N_("what the archive holds, and what became of every file"), lt_command_status},
    {"review", N_("[QUERY]"), N_("what needs an eye, worst first"), lt_command_review},
    {"correct", N_("#ID FIELD=VALUE…"), N_("put fields right"), lt_command_correct},
    {"reread", N_("[QUERY]"), N_("read the fields again by the present rules"), lt_command_reread},
    {"refs", "#ID", N_("what a document cites, and what cites it, as a tree"), lt_command_refs},
    {"remove", N_("#ID --reason TEXT"), N_("take a document out for good"), lt_command_remove},
    {"quarantine", N_("list|retry|forget|release"), N_("files that could not be read, or are held"),
     lt_command_quarantine},
    {"serve", "", N_("the page for the office: search, read, review in a browser"),
     lt_command_serve},
    {"user", N_("add|list|role…"), N_("who may use that page"), lt_command_user},
    {"verify", "", N_("check every promise of the archive"), lt_command_verify},
    {"backup", N_("DIR"), N_("copy the archive, as it is at one moment"), lt_command_backup},
    {"restore", N_("DIR"), N_("make an archive of a backup"), lt_command_restore},
    {"fields", N_("FILE|-"), N_("read the fields of a plain text"), lt_command_fields},
    {"rules", "check", N_("run the examples in the rule files"), lt_command_rules},
    {"help", N_("[COMMAND]"), N_("this list, or the help of a command"), command_help},
};

static const LtCommand *
find_command(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        if (strcmp(COMMANDS[i].name, name) == 0)
            return &COMMANDS[i];
    return NULL;
}

static void
print_overview(FILE *out)
{
    fprintf(out, "%s\n\n", _("Usage: luutru [--archive DIR] COMMAND [OPTION…]"));
    fprintf(out, "%s\n",
            _("An archive of official documents in which each is found by number, "
              "date, issuer or any word."));
    fprintf(out, "\n%s\n", _("Commands:"));
    lt_overview_print(COMMANDS, G_N_ELEMENTS(COMMANDS), out);
    fprintf(out, "\n%s\n%s\n",
            _("The archive: --archive DIR, else $LUUTRU_ARCHIVE, else "
              "$XDG_DATA_HOME/luutru."),
            _("'luutru COMMAND --help' says more; so does 'man luutru'."));
}

static LtExit
run_command(LtCli *cli, const LtCommand *command, char **argv, GError **error)
{
    g_autofree char *name = g_strdup_printf("luutru %s", command->name);

    g_set_prgname(name);
    return command->run(cli, argv, error);
}

static LtExit
unknown_command(const char *name, GError **error)
{
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("there is no command '%s'"), name);
    return LT_EXIT_USAGE;
}

static LtExit
command_help(LtCli *cli, char **argv, GError **error)
{
    const LtCommand *command;
    char option[] = "--help";

    if (argv[1] == NULL || argv[1][0] == '-') {
        print_overview(stdout);
        return LT_EXIT_DONE;
    }
    command = find_command(argv[1]);
    if (command == NULL)
        return unknown_command(argv[1], error);
    if (command->run == command_help) {
        print_overview(stdout);
        return LT_EXIT_DONE;
    }
    return run_command(cli, command, (char *[]){argv[1], option, NULL}, error);
}

/* What the environment asks for as the language of messages, in the order of setlocale(3). */
static const char *
asked_locale(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        const char *value = g_getenv(NAMES[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return NULL;
}

/* Small systems have no vi_VN locale, and then setlocale() leaves "C", in which gettext looks at
 * nothing. C.UTF-8 is always there and lets LANGUAGE choose, so the wish is moved over to it.
 * Numbers stay in C's form: they are written for programs too. */
static void
set_language(void)
{
    const char *asked = asked_locale();
    g_autofree char *directory = lt_cli_locale_directory();

    if (setlocale(LC_ALL, "") == NULL || asked == NULL) {
        if (asked != NULL && g_getenv("LANGUAGE") == NULL)
            g_setenv("LANGUAGE", asked, TRUE);
        setlocale(LC_ALL, "C.UTF-8");
    }
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
    if (directory != NULL)
        bindtextdomain(GETTEXT_PACKAGE, directory);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
}

static gboolean
parse_global(LtCli *cli, char ***argv, gboolean *ret_version, gboolean *ret_help, GError **error)
{
    const GOptionEntry entries[] = {
        {"archive", 0, 0, G_OPTION_ARG_FILENAME, &cli->archive, NULL, NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, ret_version, NULL, NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, ret_help, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);

    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, TRUE);
    g_option_context_add_main_entries(context, entries, NULL);
    return g_option_context_parse_strv(context, argv, error);
}

static LtExit
run(LtCli *cli, char ***argv, GError **error)
{
    gboolean version = FALSE;
    gboolean help = FALSE;
    const LtCommand *command;

    if (!parse_global(cli, argv, &version, &help, error))
        return LT_EXIT_USAGE;
    if (version) {
        printf("luutru %s\n", LUUTRU_VERSION);
        return LT_EXIT_DONE;
    }
    if (help) {
        print_overview(stdout);
        return LT_EXIT_DONE;
    }
    if ((*argv)[1] == NULL) {
        print_overview(stderr);
        return LT_EXIT_USAGE;
    }
    command = find_command((*argv)[1]);
    if (command == NULL)
        return unknown_command((*argv)[1], error);
    return run_command(cli, command, *argv + 1, error);
}

static void
print_error(const GError *error)
{
    g_autofree char *shown = lt_cli_shown_path(error->message);

    fprintf(stderr, "luutru: %s\n", shown);
    if (error->domain == G_OPTION_ERROR || g_error_matches(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE))
        fprintf(stderr, _("Try '%s --help'.\n"), g_get_prgname());
}

int
main(int argc, char **argv)
{
    g_auto(GStrv) arguments = NULL;
    g_autofree char *archive = NULL;
    g_autoptr(GError) error = NULL;
    LtCli cli = {0};
    LtExit code;

    (void)argc;
    arguments = g_strdupv(argv);
    g_set_prgname("luutru");
    /* A file that becomes larger than a limit allows is an error like others, and no end. */
    signal(SIGXFSZ, SIG_IGN);
    set_language();
    code = run(&cli, &arguments, &error);
    archive = cli.archive;
    if (error != NULL) {
        code = lt_cli_exit_of(error);
        print_error(error);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, _("luutru: cannot write to standard output: %s\n"), g_strerror(errno));
        code = code == LT_EXIT_DONE ? LT_EXIT_IO : code;
    }
    return (int)code;
}
