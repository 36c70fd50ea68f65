/* Where the parts of the program lie: beside the build, then where it was installed. */
#include "cli/cli.h"

typedef struct {
    const char *what;
    const char *variable; /* (nullable) an environment variable that decides alone */
    GFileTest test;
    const char *beside[4]; /* from the folder of the running program */
    const char *installed; /* from LUUTRU_PREFIX */
} Part;

/* build/luutru has its rules in ../ingest/fields, build/asan/luutru one folder further up. */
static const Part RULES = {
    N_("rule files"),
    NULL,
    G_FILE_TEST_IS_DIR,
    {"../ingest/fields", "../../ingest/fields", "../share/luutru/fields", NULL},
    "share/luutru/fields",
};
static const Part WORKER = {
    N_("worker program"),
    "LUUTRU_WORKER",
    G_FILE_TEST_IS_EXECUTABLE,
    {"luutru-worker", "../libexec/luutru/luutru-worker", NULL, NULL},
    "libexec/luutru/luutru-worker",
};
static const Part PRINTER = {
    N_("print program"),           NULL,
    G_FILE_TEST_IS_EXECUTABLE,     {"luutru-print", "../libexec/luutru/luutru-print", NULL, NULL},
    "libexec/luutru/luutru-print",
};
static const Part SERVER = {
    N_("server program"),        NULL,
    G_FILE_TEST_IS_EXECUTABLE,   {"luutru-web", "../libexec/luutru/luutru-web", NULL, NULL},
    "libexec/luutru/luutru-web",
};
static const Part LOCALE = {
    N_("translations"), NULL, G_FILE_TEST_IS_DIR, {"locale", "../share/locale", NULL, NULL},
    "share/locale",
};

static char *
find_part(const Part *part, GError **error)
{
    const char *variable = part->variable != NULL ? g_getenv(part->variable) : NULL;
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program != NULL ? g_path_get_dirname(program) : g_strdup(".");
    g_autofree char *installed = g_build_filename(LUUTRU_PREFIX, part->installed, NULL);

    if (variable != NULL && *variable != '\0')
        return g_strdup(variable);
    for (gsize i = 0; i < G_N_ELEMENTS(part->beside) && part->beside[i] != NULL; i++) {
        g_autofree char *path = g_build_filename(folder, part->beside[i], NULL);
        if (g_file_test(path, part->test))
            return g_canonicalize_filename(path, NULL);
    }
    if (g_file_test(installed, part->test))
        return g_steal_pointer(&installed);
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_SETUP,
                _("%s not found, neither beside '%s' nor as '%s': install luutru again"),
                _(part->what), program != NULL ? program : "luutru", installed);
    return NULL;
}

char *
lt_cli_rules_directory(GError **error)
{
    return find_part(&RULES, error);
}

char *
lt_cli_worker(GError **error)
{
    return find_part(&WORKER, error);
}

char *
lt_cli_printer(GError **error)
{
    return find_part(&PRINTER, error);
}

char *
lt_cli_server(GError **error)
{
    return find_part(&SERVER, error);
}

char *
lt_cli_locale_directory(void)
{
    return find_part(&LOCALE, NULL);
}

LtRules *
lt_cli_archive_rules(const LtCli *cli, GError **error)
{
    g_autofree char *directory = lt_cli_rules_directory(error);
    g_autofree char *archive = directory != NULL ? lt_cli_archive(cli) : NULL;
    g_autofree char *office =
        archive != NULL && *archive != '\0' ? g_build_filename(archive, "rules", NULL) : NULL;

    return directory != NULL ? lt_rules_load_office(directory, office, error) : NULL;
}
