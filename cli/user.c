/* luutru user: who may use the archive over a network. */
#include "cli/cli.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/table.h"

typedef struct {
    char **words;
    char *role;
    gboolean cleared, json;
} Options;

static void
options_clear(Options *options)
{
    g_strfreev(options->words);
    g_free(options->role);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* --- passwords: from the terminal without an echo, else the first line of standard input --- */

/* (transfer full) (nullable) */
static char *
read_line(void)
{
    char line[LT_PASSWORD_MOST + 2];

    if (fgets(line, sizeof line, stdin) == NULL)
        return NULL;
    line[strcspn(line, "\n")] = '\0';
    char *copy = g_strdup(line);
    explicit_bzero(line, sizeof line);
    return copy;
}

static char *
ask(const char *prompt)
{
    struct termios before, silent;
    gboolean terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    char *line;

    if (!terminal)
        return read_line();
    fputs(prompt, stderr);
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    line = read_line();
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputc('\n', stderr);
    return line;
}

/* (transfer full) (nullable) */
static char *
ask_password(GError **error)
{
    g_autofree char *password = ask(_("Password: "));
    g_autofree char *again = NULL;

    if (password != NULL && isatty(STDIN_FILENO)) {
        again = ask(_("The same once more: "));
        if (g_strcmp0(password, again) != 0) {
            g_set_error_literal(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                                _("the two passwords are not the same"));
            return NULL;
        }
    }
    if (password == NULL)
        g_set_error_literal(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                            _("no password was given: type it, or write it to standard input"));
    return g_steal_pointer(&password);
}

/* --- what can be done --- */

static gboolean
get_role(const Options *options, LtRole *ret_role, GError **error)
{
    *ret_role = LT_ROLE_READER;
    if (options->role == NULL || lt_role_from_name(options->role, ret_role))
        return TRUE;
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("'%s' is no role: take reader, archivist or administrator"), options->role);
    return FALSE;
}

static gboolean
add_person(LtPeople *people, const Options *options, GError **error)
{
    g_autofree char *password = NULL;
    LtRole role;

    return get_role(options, &role, error) && (password = ask_password(error)) != NULL &&
           lt_people_add(people, options->words[1], password, role, options->cleared, error);
}

static gboolean
set_password(LtPeople *people, const Options *options, GError **error)
{
    g_autofree char *password = ask_password(error);

    return password != NULL && lt_people_set_password(people, options->words[1], password, error);
}

static gboolean
set_role(LtPeople *people, const Options *options, GError **error)
{
    LtRole role;

    if (options->role == NULL) {
        g_set_error_literal(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'role' wants a --role"));
        return FALSE;
    }
    return get_role(options, &role, error) &&
           lt_people_set_role(people, options->words[1], role, options->cleared, error);
}

static gboolean
lock_person(LtPeople *people, const Options *options, GError **error)
{
    return lt_people_set_locked(people, options->words[1], TRUE, error);
}

static gboolean
unlock_person(LtPeople *people, const Options *options, GError **error)
{
    return lt_people_set_locked(people, options->words[1], FALSE, error);
}

static gboolean
remove_person(LtPeople *people, const Options *options, GError **error)
{
    return lt_people_remove(people, options->words[1], error);
}

static const char *
role_label(LtRole role)
{
    static const char *const labels[LT_N_ROLES] = {
        [LT_ROLE_READER] = N_("reader"),
        [LT_ROLE_ARCHIVIST] = N_("archivist"),
        [LT_ROLE_ADMINISTRATOR] = N_("administrator"),
    };

    return _(labels[role]);
}

static void
print_json(const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++) {
        const LtPerson *person = g_ptr_array_index(list, i);
        g_autoptr(GString) json = g_string_new("{");
        lt_json_put_string(json, "name", person->name);
        lt_json_put_string(json, "role", lt_role_name(person->role));
        lt_json_put_bool(json, "cleared", person->cleared);
        lt_json_put_bool(json, "locked", person->locked);
        lt_json_put_string(json, "made_at", person->made_at);
        lt_json_put_string(json, "seen_at", person->seen_at);
        printf("%s}\n", json->str);
    }
}

static void
print_table(const GPtrArray *list)
{
    const LtColumn columns[] = {{_("name"), LT_COLUMN_LEFT},
                                {_("role"), LT_COLUMN_LEFT},
                                {_("sees what is restricted"), LT_COLUMN_LEFT},
                                {_("locked"), LT_COLUMN_LEFT},
                                {_("seen (UTC)"), LT_COLUMN_LEFT}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < list->len; i++) {
        const LtPerson *person = g_ptr_array_index(list, i);
        lt_table_row(table);
        lt_table_take(table, lt_cli_shown(person->name));
        lt_table_add(table, role_label(person->role));
        lt_table_add(table, person->cleared ? _("yes") : "");
        lt_table_add(table, person->locked ? _("yes") : "");
        lt_table_take(table, lt_cli_shown(person->seen_at));
    }
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                   lt_cli_terminal_styled(STDOUT_FILENO));
}

static gboolean
list_people(LtPeople *people, const Options *options, GError **error)
{
    g_autoptr(GPtrArray) list = lt_people_list(people, error);

    if (list == NULL)
        return FALSE;
    if (options->json)
        print_json(list);
    else
        print_table(list);
    return TRUE;
}

typedef struct {
    const char *name;
    gboolean wants_person, creates;
    gboolean (*run)(LtPeople *people, const Options *options, GError **error);
} Action;

static const Action ACTIONS[] = {
    {"add", TRUE, TRUE, add_person},         {"list", FALSE, FALSE, list_people},
    {"password", TRUE, FALSE, set_password}, {"role", TRUE, FALSE, set_role},
    {"lock", TRUE, FALSE, lock_person},      {"unlock", TRUE, FALSE, unlock_person},
    {"remove", TRUE, FALSE, remove_person},
};

static const Action *
find_action(char **words)
{
    guint n = words != NULL ? g_strv_length(words) : 0;

    for (guint i = 0; n > 0 && i < G_N_ELEMENTS(ACTIONS); i++)
        if (strcmp(ACTIONS[i].name, words[0]) == 0 && n == (ACTIONS[i].wants_person ? 2u : 1u))
            return &ACTIONS[i];
    return NULL;
}

LtExit
lt_command_user(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"role", 0, 0, G_OPTION_ARG_STRING, &options.role,
         N_("add, role: reader, archivist or administrator"), N_("ROLE")},
        {"cleared", 0, 0, G_OPTION_ARG_NONE, &options.cleared,
         N_("add, role: sees documents that are restricted, too"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("list: one JSON object a line"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.words, NULL,
         N_("add|password|role|lock|unlock|remove NAME, or list")},
        G_OPTION_ENTRY_NULL,
    };
    const Action *action;
    g_autoptr(LtStore) store = NULL;
    g_autoptr(LtPeople) people = NULL;
    g_autofree char *archive = NULL;

    if (!lt_cli_parse(cli, argv, entries, _("Says who may use the archive in a browser."),
                      _("Passwords are asked for, or read from the first line of standard input.\n"
                        "Whoever is changed has to log in anew."),
                      error))
        return LT_EXIT_USAGE;
    action = find_action(options.words);
    if (action == NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'user' wants 'list', or one of 'add', 'password', 'role', 'lock', 'unlock' "
                      "and 'remove' with a name"));
        return LT_EXIT_USAGE;
    }
    archive = lt_cli_archive(cli);
    store = lt_cli_open(cli, LT_STORE_READ, error);
    people = store != NULL ? lt_people_open(archive, action->creates, error) : NULL;
    return people != NULL && action->run(people, &options, error) ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}
