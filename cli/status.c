/* luutru status: what the archive holds, and what became of every file it was shown. */
#include "cli/cli.h"

#include <unistd.h>

#include "cli/json.h"
#include "cli/table.h"

static void
print_json(const LtStoreStatus *status, const char *archive)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autofree char *shown = lt_cli_json_path(archive);

    json_builder_begin_object(builder);
    lt_json_text(builder, "archive", shown);
    lt_json_count(builder, "schema", status->schema);
    lt_json_count(builder, "documents", status->documents);
    lt_json_count(builder, "needs_review", status->needs_review);
    lt_json_count(builder, "pages", status->pages);
    json_builder_set_member_name(builder, "pages_by_source");
    json_builder_begin_object(builder);
    for (guint i = 0; i < LT_PAGE_N_SOURCES; i++)
        lt_json_count(builder, lt_page_source_name((LtPageSource)i), status->pages_by_source[i]);
    json_builder_end_object(builder);
    json_builder_set_member_name(builder, "ledger");
    json_builder_begin_object(builder);
    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        lt_json_count(builder, lt_ledger_state_name((LtLedgerState)i), status->ledger[i]);
    json_builder_end_object(builder);
    lt_json_count(builder, "originals_bytes", status->originals_bytes);
    lt_json_count(builder, "database_bytes", status->database_bytes);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static void
add_count(LtTable *table, const char *label, guint64 count, char *remark)
{
    lt_table_row(table);
    lt_table_add(table, label);
    lt_table_take(table, g_strdup_printf("%" G_GUINT64_FORMAT, count));
    lt_table_take(table, remark);
}

static void
add_size(LtTable *table, const char *label, guint64 bytes)
{
    lt_table_row(table);
    lt_table_add(table, label);
    lt_table_take(table, g_format_size(bytes));
}

static const char *const PAGE_LABELS[LT_PAGE_N_SOURCES] = {
    [LT_PAGE_FROM_TEXT_LAYER] = N_("  own text layer"),
    [LT_PAGE_FROM_LEGACY] = N_("  decoded from an old code"),
    [LT_PAGE_FROM_OCR] = N_("  recognised"),
};

static const char *const STATE_LABELS[LT_LEDGER_N_STATES] = {
    [LT_LEDGER_SEEN] = N_("  seen, not begun"),
    [LT_LEDGER_STORED] = N_("  stored, not read"),
    [LT_LEDGER_READ] = N_("  read, not filed"),
    [LT_LEDGER_FILED] = N_("  filed"),
    [LT_LEDGER_DUPLICATE] = N_("  duplicate"),
    [LT_LEDGER_SKIPPED] = N_("  skipped: not a document"),
    [LT_LEDGER_HELD] = N_("  held: secret"),
    [LT_LEDGER_QUARANTINED] = N_("  quarantined"),
};

static void
print_table(const LtStoreStatus *status, const char *archive)
{
    const LtColumn columns[] = {{"", LT_COLUMN_LEFT}, {"", LT_COLUMN_RIGHT}, {"", LT_COLUMN_WRAP}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));
    g_autofree char *shown = lt_cli_shown_path(archive);
    guint64 files = 0;

    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        files += status->ledger[i];
    add_count(table, _("Documents"), status->documents, g_strdup(""));
    add_count(table, _("  needing review"), status->needs_review, g_strdup(""));
    add_count(table, _("Pages"), status->pages, g_strdup(""));
    for (guint i = 0; i < LT_PAGE_N_SOURCES; i++)
        add_count(table, _(PAGE_LABELS[i]), status->pages_by_source[i], g_strdup(""));
    add_count(table, _("Files seen"), files, g_strdup(""));
    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        if (status->ledger[i] > 0 || lt_ledger_state_is_final((LtLedgerState)i))
            add_count(table, _(STATE_LABELS[i]), status->ledger[i],
                      g_strdup(i == LT_LEDGER_QUARANTINED && status->ledger[i] > 0
                                   ? _("see 'luutru quarantine list'")
                                   : ""));
    add_size(table, _("Originals"), status->originals_bytes);
    add_size(table, _("Database"), status->database_bytes);
    printf(_("Archive %s (schema %u)\n"), shown, status->schema);
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                   lt_cli_terminal_styled(STDOUT_FILENO));
}

LtExit
lt_command_status(LtCli *cli, char **argv, GError **error)
{
    gboolean json = FALSE;
    g_auto(GStrv) rest = NULL;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        {G_OPTION_REMAINING, 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, ""},
        G_OPTION_ENTRY_NULL,
    };
    g_autofree char *archive = NULL;
    g_autoptr(LtStore) store = NULL;
    LtStoreStatus status;

    if (!lt_cli_parse(cli, argv, entries, _("The archive in figures."), NULL, error))
        return LT_EXIT_USAGE;
    if (rest != NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'status' takes no '%s'"), rest[0]);
        return LT_EXIT_USAGE;
    }
    archive = lt_cli_archive(cli);
    store = lt_cli_open(cli, LT_STORE_READ, error);
    if (store == NULL || !lt_store_status(store, &status, error))
        return LT_EXIT_ARCHIVE;
    if (json)
        print_json(&status, archive);
    else
        print_table(&status, archive);
    return LT_EXIT_DONE;
}
