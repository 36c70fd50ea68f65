/* luutru quarantine: files that could not be read, and taking them up again. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/json.h"
#include "cli/table.h"

/* One object a line. */
static void
print_json(const GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);
        g_autoptr(JsonBuilder) builder = json_builder_new();
        g_autofree char *path = lt_cli_json_path(row->path);

        json_builder_begin_object(builder);
        lt_json_count(builder, "file", (guint64)row->id);
        lt_json_text(builder, "path", path);
        lt_json_text(builder, "reason", row->reason);
        lt_json_text(builder, "sha256", row->sha256);
        lt_json_text(builder, "changed_at", row->changed_at);
        json_builder_end_object(builder);
        lt_json_print(builder);
    }
}

static void
print_table(const GPtrArray *rows)
{
    const LtColumn columns[] = {
        {_("file"), LT_COLUMN_RIGHT},
        {_("since (UTC)"), LT_COLUMN_LEFT},
        {_("path"), LT_COLUMN_WRAP},
        {_("reason"), LT_COLUMN_WRAP},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    if (rows->len == 0) {
        printf(_("No file is in quarantine\n"));
        return;
    }
    for (guint i = 0; i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("%" G_GINT64_FORMAT, row->id));
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
    rows = lt_store_ledger_list(store, LT_LEDGER_QUARANTINED, 0, error);
    if (rows == NULL)
        return LT_EXIT_IO;
    if (json)
        print_json(rows);
    else
        print_table(rows);
    return LT_EXIT_DONE;
}

static gboolean
is_wanted(const LtLedgerRow *row, char **wanted)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, row->id);

    return wanted[0] == NULL || g_strv_contains((const char *const *)wanted, id);
}

/* The next ingest finds them unfinished and takes them up. wanted: numbers of the list, none for
 * all. */
static LtExit
retry_files(LtCli *cli, char **wanted, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_WRITE, error);
    g_autoptr(GPtrArray) rows = NULL;
    guint n = 0;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    rows = lt_store_ledger_list(store, LT_LEDGER_QUARANTINED, 0, error);
    if (rows == NULL)
        return LT_EXIT_IO;
    for (guint i = 0; i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);
        if (!is_wanted(row, wanted))
            continue;
        if (!lt_store_ledger_set(store, row->id, LT_LEDGER_SEEN, NULL, NULL, 0, error))
            return LT_EXIT_IO;
        n++;
    }
    printf(ngettext("%u file will be tried again by the next ingest\n",
                    "%u files will be tried again by the next ingest\n", n),
           n);
    return n > 0 || wanted[0] == NULL ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

LtExit
lt_command_quarantine(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    gboolean json = FALSE;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("list: one JSON object a line"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL,
         N_("list|retry [FILE-NUMBER…]")},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(cli, argv, entries, _("Lists files that could not be read, or tries again."),
                      _("'retry' without numbers takes all of them; the next ingest reads them."),
                      error))
        return LT_EXIT_USAGE;
    if (words != NULL && strcmp(words[0], "list") == 0 && words[1] == NULL)
        return list_files(cli, json, error);
    if (words != NULL && strcmp(words[0], "retry") == 0)
        return retry_files(cli, words + 1, error);
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("'quarantine' wants the word 'list' or 'retry'"));
    return LT_EXIT_USAGE;
}
