/* luutru serve: the page for the office. The server is a program of its own, luutru-web, so that no other
 * command loads what it needs; this one says how it is to run, and becomes it. */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#define USUAL_ADDRESS "127.0.0.1"
#define USUAL_PORT 8391
#define USUAL_PATIENCE 20
#define MOST_PATIENCE 3600

typedef struct {
    char *listen, *certificate, *key;
    char **hosts, **rest;
    int port, patience;
    gboolean proxy, require_sandbox;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->listen);
    g_free(options->certificate);
    g_free(options->key);
    g_strfreev(options->hosts);
    g_strfreev(options->rest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean
fail_usage(GError **error, const char *message)
{
    g_set_error_literal(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, message);
    return FALSE;
}

static gboolean
check_options(const Options *options, GError **error)
{
    if (options->rest != NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'serve' takes no '%s'"),
                    options->rest[0]);
        return FALSE;
    }
    if (options->port < 0 || options->port > 65535)
        return fail_usage(error, _("--port takes a number from 0 to 65535"));
    if (options->patience < 1 || options->patience > MOST_PATIENCE)
        return fail_usage(error, _("--patience takes a number of seconds from 1 to 3600"));
    if ((options->certificate != NULL) != (options->key != NULL))
        return fail_usage(error, _("--tls-cert and --tls-key go together"));
    if (options->certificate != NULL && options->proxy)
        return fail_usage(error,
                          _("--behind-proxy says that the proxy does TLS: leave --tls-cert away"));
    return TRUE;
}

static gboolean
is_loopback(const Options *options)
{
    const char *listen = options->listen != NULL ? options->listen : USUAL_ADDRESS;
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(listen);

    return address != NULL && g_inet_address_get_is_loopback(address);
}

/* Nobody but who is at this machine reaches it. */
static gboolean
is_local(const Options *options)
{
    return is_loopback(options) && !options->proxy;
}

/* On any other address it is for people that it knows, and nobody reads along. */
static gboolean
check_safe(const LtCli *cli, const Options *options, GError **error)
{
    g_autofree char *archive = lt_cli_archive(cli);
    g_autoptr(LtPeople) people = NULL;
    guint count = 0;

    if (is_local(options))
        return TRUE;
    people = lt_people_open(archive, FALSE, NULL);
    if (people == NULL || !lt_people_count(people, &count, error) || count == 0)
        return fail_usage(error, _("others than this machine may come only where they log in: give "
                                   "them access with 'luutru user add NAME' first"));
    if (options->certificate == NULL && !options->proxy)
        return fail_usage(error,
                          _("others than this machine may come only over TLS: give --tls-cert "
                            "and --tls-key, or say --behind-proxy where a proxy does it"));
    if (options->hosts == NULL)
        return fail_usage(error, _("say by which name people reach it: --host archive.example.vn"));
    return TRUE;
}

/* Arguments of the server, each with its own copy. (transfer full) */
static char **
server_arguments(const LtCli *cli, const Options *options, const char *server, const char *worker,
                 const char *rules)
{
    g_autoptr(GStrvBuilder) arguments = g_strv_builder_new();
    g_autofree char *folder = lt_cli_archive(cli);
    g_autofree char *archive = g_canonicalize_filename(folder, NULL);
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *locale = lt_cli_locale_directory();
    g_autofree char *port = g_strdup_printf("%d", options->port);
    g_autofree char *patience = g_strdup_printf("%d", options->patience);
    const char *const values[][2] = {
        {"--archive", archive},
        {"--worker", worker},
        {"--program", program},
        {"--rules", rules},
        {"--locale", locale},
        {"--listen", options->listen != NULL ? options->listen : USUAL_ADDRESS},
        {"--port", port},
        {"--patience", patience},
        {"--tls-cert", options->certificate},
        {"--tls-key", options->key},
    };

    g_strv_builder_add(arguments, server);
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        if (values[i][1] != NULL)
            g_strv_builder_add_many(arguments, values[i][0], values[i][1], NULL);
    for (guint i = 0; options->hosts != NULL && options->hosts[i] != NULL; i++)
        g_strv_builder_add_many(arguments, "--host", options->hosts[i], NULL);
    if (options->proxy)
        g_strv_builder_add(arguments, "--behind-proxy");
    if (is_local(options))
        g_strv_builder_add(arguments, "--local");
    if (options->require_sandbox)
        g_strv_builder_add(arguments, "--require-sandbox");
    return g_strv_builder_end(arguments);
}

/* Said before anybody comes, and not to the first who wants to see a page. */
static gboolean
check_walls(const Options *options, const char *worker, GError **error)
{
    LtCutter *cutter = options->require_sandbox ? lt_cutter_new(worker, TRUE, error) : NULL;
    gboolean built = !options->require_sandbox || cutter != NULL;

    lt_cutter_free(cutter);
    return built;
}

static LtExit
become_server(const LtCli *cli, const Options *options, GError **error)
{
    g_autofree char *server = lt_cli_server(error);
    g_autofree char *worker = server != NULL ? lt_cli_worker(error) : NULL;
    g_autofree char *rules = worker != NULL ? lt_cli_rules_directory(error) : NULL;
    g_auto(GStrv) arguments = NULL;

    if (rules == NULL || !check_walls(options, worker, error))
        return LT_EXIT_IO;
    arguments = server_arguments(cli, options, server, worker, rules);
    execv(server, arguments);
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_SETUP, _("'%s' cannot be started: %s"), server,
                g_strerror(errno));
    return LT_EXIT_IO;
}

LtExit
lt_command_serve(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {.port = USUAL_PORT, .patience = USUAL_PATIENCE};
    const GOptionEntry entries[] = {
        {"listen", 0, 0, G_OPTION_ARG_STRING, &options.listen,
         N_("the address of this machine to be reached at (127.0.0.1)"), N_("ADDRESS")},
        {"port", 0, 0, G_OPTION_ARG_INT, &options.port, N_("the port (8391; 0: any)"), "N"},
        {"host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.hosts,
         N_("a name by which people reach it; may be given again"), N_("NAME")},
        {"tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate,
         N_("certificate, with those above it, as PEM"), N_("FILE")},
        {"tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options.key, N_("its key, as PEM"), N_("FILE")},
        {"patience", 0, 0, G_OPTION_ARG_INT, &options.patience,
         N_("seconds that a client may take for a request's head (20)"), "N"},
        {"behind-proxy", 0, 0, G_OPTION_ARG_NONE, &options.proxy,
         N_("a proxy before it does TLS and says who asks"), NULL},
        {"require-sandbox", 0, 0, G_OPTION_ARG_NONE, &options.require_sandbox,
         N_("refuse to read files without every wall around what reads them"), NULL},
        {G_OPTION_REMAINING, 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &options.rest,
         NULL, ""},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;

    if (!lt_cli_parse(cli, argv, entries, _("Serves the archive to browsers."), NULL, error) ||
        !check_options(&options, error))
        return LT_EXIT_USAGE;
    store = lt_cli_open(cli, LT_STORE_READ, error);
    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    g_clear_pointer(&store, lt_store_close);
    if (!check_safe(cli, &options, error))
        return LT_EXIT_USAGE;
    return become_server(cli, &options, error);
}
