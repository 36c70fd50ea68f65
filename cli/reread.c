/* luutru reread: the fields again, by the present rules, from pages that are already read, or are
 * recognised again from the originals. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/find.h"
#include "cli/json.h"
#include "cli/record.h"
#include "cli/report.h"
#include "cli/run.h"

typedef struct {
    gboolean json, dry_run, recognise, require_sandbox;
    LtProgressBar *bar; /* (nullable) */
    guint failed;
    guint documents, changed, valued; /* valued: of changed, those where a value is another */
    guint by_field[LT_N_FIELDS];
} Count;

static gboolean
differs(const LtReread *reread, guint field)
{
    return g_strcmp0(reread->before->fields[field].value, reread->after->fields[field].value) != 0;
}

static void
print_document(const LtReread *reread)
{
    g_autofree char *number = lt_cli_shown(reread->after->fields[LT_FIELD_NUMBER].value);

    printf("#%" PRId64 "%s%s\n", reread->after->id, *number != '\0' ? " " : "", number);
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        g_autofree char *change =
            lt_record_change(reread->before->fields[i].value, reread->after->fields[i].value);
        if (differs(reread, i))
            printf("  %s: %s\n", lt_cli_field_label((LtFieldId)i), change);
    }
}

static void
print_json(const LtReread *reread)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_text(builder, "event", "document");
    lt_json_count(builder, "id", (guint64)reread->after->id);
    lt_json_count(builder, "revision", reread->after->revision);
    json_builder_set_member_name(builder, "fields");
    json_builder_begin_object(builder);
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        if (!differs(reread, i))
            continue;
        json_builder_set_member_name(builder, lt_field_name((LtFieldId)i));
        json_builder_begin_object(builder);
        lt_json_text(builder, "old", reread->before->fields[i].value);
        lt_json_text(builder, "new", reread->after->fields[i].value);
        json_builder_end_object(builder);
    }
    json_builder_end_object(builder);
    lt_json_bool(builder, "needs_review", reread->after->doubts->len > 0);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static void
print_failure(gint64 id, const char *why, gboolean json)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autofree char *reason = lt_cli_shown_path(why);

    if (!json) {
        printf("#%" PRId64 ": %s\n", id, reason);
        return;
    }
    json_builder_begin_object(builder);
    lt_json_text(builder, "event", "failed");
    lt_json_count(builder, "id", (guint64)id);
    lt_json_text(builder, "reason", reason);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static gboolean
report(const LtReread *reread, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    Count *count = user_data;
    gboolean valued = FALSE;

    if (reread->trouble != NULL) {
        count->failed++;
        print_failure(reread->id, reread->trouble, count->json);
        return TRUE;
    }
    count->documents++;
    count->changed += reread->changed;
    for (guint i = 0; i < LT_N_FIELDS; i++)
        if (differs(reread, i)) {
            count->by_field[i]++;
            valued = TRUE;
        }
    count->valued += valued;
    if (count->json && reread->changed)
        print_json(reread);
    else if (valued)
        print_document(reread);
    return TRUE;
}

static void
summary_as_json(const Count *count)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_text(builder, "event", "summary");
    lt_json_count(builder, "documents", count->documents);
    lt_json_count(builder, "changed", count->changed);
    lt_json_count(builder, "values_changed", count->valued);
    lt_json_count(builder, "failed", count->failed);
    lt_json_bool(builder, "dry_run", count->dry_run);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static void
summary_as_lines(const Count *count)
{
    printf(ngettext("%u document read again: ", "%u documents read again: ", count->documents),
           count->documents);
    printf(_("%u with other values"), count->valued);
    if (count->changed > count->valued && !count->recognise)
        printf(_(", %u where only confidence, place or lists are others"),
               count->changed - count->valued);
    if (count->failed > 0)
        printf(_(", %u failed"), count->failed);
    putchar('\n');
    for (guint i = 0; i < LT_N_FIELDS; i++)
        if (count->by_field[i] > 0)
            printf("  %s: %u\n", lt_cli_field_label((LtFieldId)i), count->by_field[i]);
    if (count->dry_run)
        printf(_("Dry run: nothing was written\n"));
}

static void
report_event(const LtIngestEvent *event, gpointer user_data)
{
    Count *count = user_data;

    lt_report_walls(event, count->bar);
    if (event->kind == LT_INGEST_FILE) {
        lt_progress_bar_hide(count->bar);
        if (event->record != NULL) {
            report(&(LtReread){.id = event->document,
                               .before = event->before,
                               .after = event->record,
                               .changed = TRUE},
                   count, NULL);
        } else {
            count->failed++;
            print_failure(event->document, event->reason, count->json);
        }
    }
    lt_progress_bar_update(count->bar, event->progress);
}

static gboolean
take_id(const LtRecord *record, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    g_array_append_val((GArray *)user_data, record->id);
    return TRUE;
}

static gboolean
recognise(LtStore *store, const LtRules *rules, const LtSearch *search, Count *count,
          LtExit *ret_exit, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autofree char *worker = lt_cli_worker(error);
    g_autoptr(LtProgressBar) bar = lt_progress_bar_new(STDERR_FILENO);
    const LtIngestOptions settings = {.worker = worker, .require_sandbox = count->require_sandbox};
    g_autoptr(LtIngest) ingest = NULL;

    if (worker == NULL || !lt_store_lock(store, 0, error) ||
        !lt_store_each(store, search, FALSE, take_id, ids, error))
        return FALSE;
    count->bar = bar;
    ingest = lt_ingest_new(store, rules, &settings, report_event, count);
    lt_ingest_recognise(ingest, ids);
    if (!lt_cli_run(ingest, bar, NULL, error))
        return FALSE;
    lt_progress_bar_hide(bar);
    *ret_exit = lt_cli_run_exit(ingest);
    return TRUE;
}

static LtExit
run_reread(LtCli *cli, const LtSearch *search, Count *count, GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_archive_rules(cli, error);
    g_autoptr(LtStore) store = NULL;
    LtExit code = LT_EXIT_DONE;
    gboolean done;

    if (rules == NULL)
        return LT_EXIT_IO;
    store = lt_cli_open(cli, count->dry_run ? LT_STORE_READ : LT_STORE_WRITE, error);
    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    done = count->recognise ? recognise(store, rules, search, count, &code, error)
                            : lt_reread(store, rules, search, count->dry_run, report, count, error);
    if (!done)
        return LT_EXIT_IO;
    if (count->json)
        summary_as_json(count);
    else
        summary_as_lines(count);
    return code == LT_EXIT_DONE && (count->documents == 0 || count->failed > 0) ? LT_EXIT_PARTLY
                                                                                : code;
}

LtExit
lt_command_reread(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    Count count = {0};
    LtSearch search;
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &count.dry_run,
         N_("say what would change; write nothing"), NULL},
        {"recognise", 0, 0, G_OPTION_ARG_NONE, &count.recognise,
         N_("recognise their pages again first, from the originals"), NULL},
        {"require-sandbox", 0, 0, G_OPTION_ARG_NONE, &count.require_sandbox,
         N_("refuse to read files without every wall around what reads them"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &count.json, N_("one JSON object a line"), NULL},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Reads the fields of documents again by the present rules, from pages "
                         "that are stored. What was corrected stays."),
                       error) ||
        !lt_find_exactly(&find, &search, error))
        return LT_EXIT_USAGE;
    if (count.recognise && count.dry_run) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--recognise and --dry-run exclude each other"));
        return LT_EXIT_USAGE;
    }
    return run_reread(cli, &search, &count, error);
}
