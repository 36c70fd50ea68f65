/* luutru status: what the archive holds, and what became of every file it was shown. */
#include "cli/cli.h"

#include <unistd.h>

#include "cli/table.h"

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

/* (transfer full) */
static char *
watcher_text(const LtStoreActivity *activity)
{
    const LtWatchNote *note = &activity->watcher;
    g_autofree char *reason = note->reason != NULL ? lt_cli_shown(note->reason) : NULL;

    if (note->state == NULL)
        return g_strdup(_("never ran"));
    if (!activity->watched)
        return g_strdup_printf(_("not running; last seen %s (UTC)"), note->noted_at);
    if (lt_watch_note_is_silent(note))
        return g_strdup_printf(_("process %" PRId64 " has not said anything since %s (UTC): is it "
                                 "stopped, or its machine busy?"),
                               note->process, note->noted_at);
    if (reason != NULL)
        return g_strdup_printf(_("process %" PRId64 ": %s"), note->process, reason);
    return g_strdup_printf(ngettext("process %" PRId64 ", %u folder",
                                    "process %" PRId64 ", %u folders", note->folders),
                           note->process, note->folders);
}

static void
add_text(LtTable *table, const char *label, const char *text)
{
    lt_table_row(table);
    lt_table_add(table, label);
    lt_table_add(table, "");
    lt_table_add(table, text);
}

static void
add_backlog(LtTable *table, const LtStoreActivity *activity)
{
    guint64 waiting = activity->watched ? activity->watcher.waiting : 0;
    g_autofree char *oldest = NULL;
    g_autofree char *path =
        activity->oldest_path != NULL ? lt_cli_shown_path(activity->oldest_path) : NULL;

    if (path != NULL)
        oldest = g_strdup_printf(_("oldest since %s (UTC): %s"), activity->oldest_since, path);
    add_count(table, _("Waiting"), activity->unfinished + activity->queued + waiting,
              g_strdup(oldest != NULL ? oldest : ""));
    if (activity->put_off > 0)
        add_count(table, _("  to be tried again"), activity->put_off, g_strdup(""));
}

/* (transfer full) */
static char *
backup_text(const LtStoreActivity *activity)
{
    if (activity->backed_up_at == NULL)
        return g_strdup(_("never"));
    if (activity->backup_faults == 0)
        return g_strdup_printf(_("%s (UTC)"), activity->backed_up_at);
    return g_strdup_printf(
        ngettext("%s (UTC), without %" PRIu64 " original that is missing or damaged",
                 "%s (UTC), without %" PRIu64 " originals that are missing or damaged",
                 activity->backup_faults),
        activity->backed_up_at, activity->backup_faults);
}

static void
add_activity_rows(LtTable *table, const LtStoreActivity *activity)
{
    g_autofree char *watcher = watcher_text(activity);
    g_autofree char *faults = g_strdup_printf(
        ngettext("%s (UTC), %" PRIu64 " fault", "%s (UTC), %" PRIu64 " faults",
                 activity->verify_faults),
        activity->verified_at != NULL ? activity->verified_at : "", activity->verify_faults);
    g_autofree char *backup = backup_text(activity);

    add_backlog(table, activity);
    add_count(table, _("Filed in the last hour"), activity->filed_hour, g_strdup(""));
    add_count(table, _("  in the last day"), activity->filed_day, g_strdup(""));
    add_text(table, _("Watcher"), watcher);
    add_text(table, _("Last verified"), activity->verified_at != NULL ? faults : _("never"));
    add_text(table, _("Last backup"), backup);
}

static void
print_failures(const LtStoreActivity *activity)
{
    const LtColumn columns[] = {{"", LT_COLUMN_RIGHT}, {"", LT_COLUMN_WRAP}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    if (activity->failures->len == 0)
        return;
    for (guint i = 0; i < activity->failures->len; i++) {
        const LtFailure *failure = g_ptr_array_index(activity->failures, i);
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("%" PRIu64, failure->count));
        lt_table_take(table, lt_cli_shown(failure->reason));
    }
    printf(_("\nIn quarantine, by reason:\n"));
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                   lt_cli_terminal_styled(STDOUT_FILENO));
}

static void
print_table(const LtStoreStatus *status, const LtStoreActivity *activity, const char *archive)
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
    add_activity_rows(table, activity);
    printf(_("Archive %s (schema %u)\n"), shown, status->schema);
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                   lt_cli_terminal_styled(STDOUT_FILENO));
    print_failures(activity);
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
    g_auto(LtStoreActivity) activity = {0};
    LtStoreStatus status;

    if (!lt_cli_parse(cli, argv, entries, _("The archive in figures."), NULL, error))
        return LT_EXIT_USAGE;
    if (rest != NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE, _("'status' takes no '%s'"), rest[0]);
        return LT_EXIT_USAGE;
    }
    archive = lt_cli_archive(cli);
    store = lt_cli_open(cli, LT_STORE_READ, error);
    if (store == NULL || !lt_store_status(store, &status, error) ||
        !lt_store_activity(store, &activity, error))
        return LT_EXIT_ARCHIVE;
    if (json) {
        g_autofree char *text = lt_store_status_to_json(&status, &activity, archive);
        puts(text);
    } else {
        print_table(&status, &activity, archive);
    }
    return LT_EXIT_DONE;
}
