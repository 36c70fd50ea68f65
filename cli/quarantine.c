/* luutru quarantine: files that could not be read or are held back; taking them up again, or letting them
 * go. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/report.h"
#include "cli/run.h"
#include "cli/table.h"

static const LtLedgerState LISTED[] = {LT_LEDGER_HELD, LT_LEDGER_QUARANTINED};

/* Held files first. (transfer full) */
static GPtrArray *
list_rows(LtStore *store, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)lt_ledger_row_free);

    for (gsize i = 0; i < G_N_ELEMENTS(LISTED); i++) {
        GPtrArray *rows = lt_store_ledger_list(store, LISTED[i], 0, error);
        if (rows == NULL)
            return NULL;
        g_ptr_array_extend_and_steal(all, rows);
    }
    return g_steal_pointer(&all);
}

/* One object a line. */
static void
print_json(const GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        g_autofree char *json = lt_ledger_row_to_json(g_ptr_array_index(rows, i));
        puts(json);
    }
}

static void
print_table(const GPtrArray *rows)
{
    const LtColumn columns[] = {
        {_("file"), LT_COLUMN_RIGHT},       {_("state"), LT_COLUMN_LEFT},
        {_("since (UTC)"), LT_COLUMN_LEFT}, {_("path"), LT_COLUMN_WRAP},
        {_("reason"), LT_COLUMN_WRAP},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    if (rows->len == 0) {
        printf(_("No file is in quarantine or held\n"));
        return;
    }
    for (guint i = 0; i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("%" G_GINT64_FORMAT, row->id));
        lt_table_add(table, lt_cli_outcome_label(lt_ledger_state_name(row->state)));
        lt_table_take(table, lt_cli_shown(row->changed_at));
        lt_table_take(table, lt_cli_shown_path(row->path));
        lt_table_take(table, lt_cli_shown(row->reason));
    }
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                   lt_cli_terminal_styled(STDOUT_FILENO));
}

static LtExit
list_files(LtCli *cli, gboolean json, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(GPtrArray) rows = NULL;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    rows = list_rows(store, error);
    if (rows == NULL)
        return LT_EXIT_IO;
    if (json)
        print_json(rows);
    else
        print_table(rows);
    return LT_EXIT_DONE;
}

/* Marks those of them that are this row. None wanted: every row is. */
static gboolean
is_wanted(const LtLedgerRow *row, char **wanted, gboolean *known)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, row->id);
    gboolean is = wanted[0] == NULL;

    for (guint i = 0; wanted[i] != NULL; i++)
        if (strcmp(wanted[i], id) == 0)
            is = known[i] = TRUE;
    return is;
}

/* How many of them are no row. */
static guint
tell_unknown(char **wanted, const gboolean *known)
{
    guint n = 0;

    for (guint i = 0; wanted[i] != NULL; i++) {
        if (known[i])
            continue;
        fprintf(stderr, _("luutru: no file in quarantine has the number '%s'\n"), wanted[i]);
        n++;
    }
    return n;
}

typedef struct {
    LtStore *store;
    const char *by;
    guint done, refused;
} Change;

typedef gboolean (*ChangeRow)(Change *change, const LtLedgerRow *row, GError **error);

/* Those of the files in quarantine that are wanted. */
static LtExit
change_files(Change *change, char **wanted, ChangeRow change_row, GError **error)
{
    g_autoptr(GPtrArray) rows =
        lt_store_ledger_list(change->store, LT_LEDGER_QUARANTINED, 0, error);
    g_autofree gboolean *known = g_new0(gboolean, g_strv_length(wanted) + 1);

    if (rows == NULL)
        return LT_EXIT_IO;
    for (guint i = 0; i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);

        if (is_wanted(row, wanted, known) && !change_row(change, row, error))
            return LT_EXIT_IO;
    }
    return tell_unknown(wanted, known) + change->refused == 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

static gboolean
retry_row(Change *change, const LtLedgerRow *row, GError **error)
{
    gboolean done;

    if (!lt_store_ledger_retry(change->store, row->id, &done, error))
        return FALSE;
    change->done += done;
    return TRUE;
}

static void
tell_retried(LtStore *store, guint n)
{
    if (lt_store_is_served(store, NULL))
        printf(ngettext("%u file will be tried again now, by the watcher\n",
                        "%u files will be tried again now, by the watcher\n", n),
               n);
    else
        printf(ngettext("%u file will be tried again by the next ingest\n",
                        "%u files will be tried again by the next ingest\n", n),
               n);
}

/* The next ingest, or the watcher, finds them unfinished and takes them up. wanted: numbers of the list, none
 * for all. */
static LtExit
retry_files(LtCli *cli, char **wanted, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, error);
    Change change = {.store = store};
    LtExit code;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    code = change_files(&change, wanted, retry_row, error);
    if (code != LT_EXIT_IO)
        tell_retried(store, change.done);
    return code;
}

/* A file that is there would only be found anew. */
static gboolean
forget_row(Change *change, const LtLedgerRow *row, GError **error)
{
    g_autofree char *reason =
        g_strdup_printf(_("the file is gone; %s let it go"), lt_cli_person(change->by));
    g_autofree char *shown = lt_cli_shown_path(row->path);
    gboolean done;

    if (!lt_ingest_is_gone(row)) {
        fprintf(stderr,
                _("luutru: '%s' is still there: move or delete it first, or have it tried again "
                  "with 'retry'\n"),
                shown);
        change->refused++;
        return TRUE;
    }
    if (!lt_store_ledger_forget(change->store, row->id, reason, &done, error))
        return FALSE;
    change->done += done;
    return TRUE;
}

static LtExit
forget_files(LtCli *cli, char **wanted, const char *by, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, error);
    Change change = {.store = store, .by = by};
    LtExit code;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    code = change_files(&change, wanted, forget_row, error);
    if (code != LT_EXIT_IO)
        printf(ngettext("%u file left the quarantine\n", "%u files left the quarantine\n",
                        change.done),
               change.done);
    return code;
}

/* The held file of that number in the list, or of that path. 0: none. */
static gint64
find_held(const GPtrArray *rows, const char *wanted)
{
    g_autofree char *path = g_canonicalize_filename(wanted, NULL);

    for (guint i = 0; i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);
        g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, row->id);
        g_autofree char *there = g_canonicalize_filename(row->path, NULL);
        if (strcmp(id, wanted) == 0 || strcmp(there, path) == 0)
            return row->id;
    }
    return 0;
}

/* Files what was just let in, with whatever else is unfinished. */
static LtExit
file_now(LtCli *cli, LtStore *store, GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_archive_rules(cli, error);
    g_autofree char *worker = rules != NULL ? lt_cli_worker(error) : NULL;
    g_autoptr(LtProgressBar) bar = lt_progress_bar_new(STDERR_FILENO);
    const LtIngestOptions settings = {.worker = worker};
    LtReport report = {FALSE, FALSE, bar};
    g_autoptr(LtIngest) ingest = NULL;

    if (worker == NULL)
        return LT_EXIT_IO;
    ingest = lt_ingest_new(store, rules, &settings, lt_report_event, &report);
    if (!lt_cli_run(ingest, bar, NULL, error))
        return LT_EXIT_IO;
    lt_report_summary(&report, lt_ingest_progress(ingest), lt_ingest_stopped(ingest));
    return lt_cli_run_exit(ingest);
}

static LtExit
release_file(LtCli *cli, const char *wanted, const char *reason, const char *by, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, error);
    g_autoptr(GPtrArray) rows =
        store != NULL ? lt_store_ledger_list(store, LT_LEDGER_HELD, 0, error) : NULL;
    g_autoptr(GError) busy = NULL;
    gint64 row;

    if (rows == NULL)
        return LT_EXIT_ARCHIVE;
    row = find_held(rows, wanted);
    if (row == 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_NOT_FOUND,
                    _("'%s' is not held: see 'luutru quarantine list'"), wanted);
        return LT_EXIT_PARTLY;
    }
    if (!lt_store_release(store, row, reason, lt_cli_person(by), error))
        return LT_EXIT_IO;
    if (lt_store_lock(store, 0, &busy))
        return file_now(cli, store, error);
    if (!g_error_matches(busy, LT_STORE_ERROR, LT_STORE_ERROR_BUSY)) {
        g_propagate_error(error, g_steal_pointer(&busy));
        return LT_EXIT_IO;
    }
    if (lt_store_is_served(store, NULL))
        printf(_("Released; the watcher, which holds the archive, files it\n"));
    else
        printf(_("Released; the next ingest files it, for another run holds the archive now\n"));
    return LT_EXIT_DONE;
}

typedef struct {
    char **words;
    char *reason, *by;
    gboolean json;
} Options;

static void
options_clear(Options *options)
{
    g_strfreev(options->words);
    g_free(options->reason);
    g_free(options->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* Whether no option was given that another word has. */
static gboolean
check_options(const Options *options, GError **error)
{
    static const char *const words[] = {"list", "retry", "forget", "release", NULL};
    const char *word = options->words[0];
    gboolean lists = strcmp(word, "list") == 0, releases = strcmp(word, "release") == 0;
    const struct {
        const char *name;
        gboolean given, belongs;
    } checks[] = {
        {"--json", options->json, lists},
        {"--reason", options->reason != NULL, releases},
        {"--by", options->by != NULL, releases || strcmp(word, "forget") == 0},
    };

    for (gsize i = 0; g_strv_contains(words, word) && i < G_N_ELEMENTS(checks); i++)
        if (checks[i].given && !checks[i].belongs) {
            g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'%s' takes no '%s'"), word,
                        checks[i].name);
            return FALSE;
        }
    return TRUE;
}

static LtExit
run_quarantine(LtCli *cli, const Options *options, GError **error)
{
    char **words = options->words;

    if (words != NULL && !check_options(options, error))
        return LT_EXIT_USAGE;
    if (words != NULL && strcmp(words[0], "list") == 0 && words[1] == NULL)
        return list_files(cli, options->json, error);
    if (words != NULL && strcmp(words[0], "retry") == 0)
        return retry_files(cli, words + 1, error);
    if (words != NULL && strcmp(words[0], "forget") == 0 && words[1] != NULL)
        return forget_files(cli, words + 1, options->by, error);
    if (words == NULL || strcmp(words[0], "release") != 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'quarantine' wants the word 'list', 'retry', 'forget' with numbers of the "
                      "list, or 'release'"));
        return LT_EXIT_USAGE;
    }
    if (words[1] == NULL || words[2] != NULL || options->reason == NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'release' wants one held file, by its number in the list or its path, and a "
                      "--reason"));
        return LT_EXIT_USAGE;
    }
    return release_file(cli, words[1], options->reason, options->by, error);
}

LtExit
lt_command_quarantine(LtCli *cli, char **argv, GError **error)
{
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("list: one JSON object a line"), NULL},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, N_("release: why (must be given)"),
         N_("TEXT")},
        {"by", 0, 0, G_OPTION_ARG_STRING, &options.by,
         N_("release, forget: who says so (the user's name)"), N_("NAME")},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.words, NULL,
         N_("list|retry|forget|release [FILE-NUMBER…]")},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(
            cli, argv, entries,
            _("Lists files that could not be read or are held as secret, tries again, lets go, or "
              "lets in."),
            _("'retry' without numbers takes all that could not be read; the next ingest or "
              "the watcher reads them.\n'forget' takes files off the list that are not there any "
              "more.\n"
              "'release' files a held document in spite of its mark; who and "
              "why are kept."),
            error))
        return LT_EXIT_USAGE;
    return run_quarantine(cli, &options, error);
}
