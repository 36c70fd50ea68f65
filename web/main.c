/* luutru-web: the page for the office. 'luutru serve' starts it with everything that it needs; see docs/server.md.
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "web/intake.h"
#include "web/picture.h"
#include "web/server.h"

#define CONNECTIONS 256u
#define CONNECTIONS_PER_ADDRESS 64u

typedef struct {
    char *archive, *worker, *program, *rules, *locale, *listen, *certificate, *key;
    char **hosts;
    int port, patience;
    gboolean proxy, local, strict;
} Options;

static void
options_clear(Options *options)
{
    char *const texts[] = {options->archive, options->worker, options->program,     options->rules,
                           options->locale,  options->listen, options->certificate, options->key};

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_strfreev(options->hosts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean
parse(Options *options, int *argc, char ***argv, GError **error)
{
    const GOptionEntry entries[] = {
        {.long_name = "archive", .arg = G_OPTION_ARG_FILENAME, .arg_data = &options->archive},
        {.long_name = "worker", .arg = G_OPTION_ARG_FILENAME, .arg_data = &options->worker},
        {.long_name = "program", .arg = G_OPTION_ARG_FILENAME, .arg_data = &options->program},
        {.long_name = "rules", .arg = G_OPTION_ARG_FILENAME, .arg_data = &options->rules},
        {.long_name = "locale", .arg = G_OPTION_ARG_FILENAME, .arg_data = &options->locale},
        {.long_name = "listen", .arg = G_OPTION_ARG_STRING, .arg_data = &options->listen},
        {.long_name = "port", .arg = G_OPTION_ARG_INT, .arg_data = &options->port},
        {.long_name = "patience", .arg = G_OPTION_ARG_INT, .arg_data = &options->patience},
        {.long_name = "tls-cert", .arg = G_OPTION_ARG_FILENAME, .arg_data = &options->certificate},
        {.long_name = "tls-key", .arg = G_OPTION_ARG_FILENAME, .arg_data = &options->key},
        {.long_name = "behind-proxy", .arg_data = &options->proxy},
        {.long_name = "local", .arg_data = &options->local},
        {.long_name = "require-sandbox", .arg_data = &options->strict},
        {.long_name = "host", .arg = G_OPTION_ARG_STRING_ARRAY, .arg_data = &options->hosts},
        {0},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);

    g_option_context_add_main_entries(context, entries, NULL);
    return g_option_context_parse(context, argc, argv, error);
}

/* Vietnamese is what people see unless their browser asks for English: see route.c. */
static void
set_language(const char *directory)
{
    g_setenv("LANGUAGE", "vi", TRUE);
    setlocale(LC_ALL, "C.UTF-8");
    if (directory != NULL)
        bindtextdomain(GETTEXT_PACKAGE, directory);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
}

static gboolean
on_signal(gpointer user_data)
{
    lt_server_stop(user_data);
    return G_SOURCE_REMOVE;
}

/* The names by which people reach it. */
static char **
all_hosts(const Options *options)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();

    g_strv_builder_add_many(names, "localhost", "127.0.0.1", "[::1]", NULL);
    for (guint i = 0; options->hosts != NULL && options->hosts[i] != NULL; i++) {
        g_autofree char *name = g_ascii_strdown(options->hosts[i], -1);
        g_strv_builder_add(names, name);
    }
    return g_strv_builder_end(names);
}

static void
site_clear(LtSite *site)
{
    lt_intake_free(site->intake);
    lt_picture_cache_free(site->pictures);
    g_clear_pointer(&site->looks, g_hash_table_unref);
    g_clear_pointer(&site->rules, lt_rules_free);
}

static gboolean
serve(const Options *options, GError **error)
{
    g_autoptr(GTlsCertificate) certificate = NULL;
    g_auto(GStrv) hosts = all_hosts(options);
    LtSite site = {
        .archive = options->archive,
        .worker = options->worker,
        .program = options->program,
        .rules_directory = options->rules,
        .hosts = hosts,
        .secure = options->certificate != NULL || options->proxy,
        .proxy = options->proxy,
        .strict = options->strict,
        .local = options->local,
    };
    LtListenerOptions listening = {
        .address = options->listen,
        .port = (guint16)options->port,
        .patience = (guint)MAX(options->patience, 1),
        .most = CONNECTIONS,
        .most_per_address = options->proxy ? 0 : CONNECTIONS_PER_ADDRESS,
    };
    g_autoptr(LtServer) server = NULL;

    if (options->certificate != NULL) {
        certificate = g_tls_certificate_new_from_files(options->certificate, options->key, error);
        if (certificate == NULL)
            return FALSE;
        listening.certificate = certificate;
    }
    site.pictures = lt_picture_cache_new();
    site.intake = lt_intake_new(options->archive, options->program, options->strict);
    server = lt_server_new(&site, &listening, error);
    if (server == NULL) {
        site_clear(&site);
        return FALSE;
    }
    g_unix_signal_add(SIGTERM, on_signal, server);
    g_unix_signal_add(SIGINT, on_signal, server);
    fprintf(stderr, _("luutru: the archive '%s' is open at %s://%s:%u/\n"), options->archive,
            certificate != NULL ? "https" : "http", options->listen, lt_server_port(server));
    lt_server_run(server);
    g_clear_pointer(&server, lt_server_free);
    site_clear(&site);
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_auto(Options) options = {0};
    g_autoptr(GError) error = NULL;
    gboolean parsed = parse(&options, &argc, &argv, &error);

    set_language(options.locale);
    if (parsed && (options.archive == NULL || options.listen == NULL || options.worker == NULL)) {
        fprintf(stderr, "luutru-web: 'luutru serve' starts this program\n");
        return 2;
    }
    if (!parsed || !serve(&options, &error)) {
        fprintf(stderr, "luutru: %s\n", error->message);
        return parsed ? 4 : 2;
    }
    return 0;
}
