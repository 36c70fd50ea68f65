#include "cli/report.h"

#include <string.h>
#include <unistd.h>

#include "cli/json.h"

static void
file_as_json(const LtIngestEvent *event)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autofree char *path = lt_cli_json_path(event->path);
    g_autofree char *reason = event->reason != NULL ? lt_cli_shown(event->reason) : NULL;
    const LtRecord *record = event->record;

    json_builder_begin_object(builder);
    lt_json_text(builder, "event", "file");
    lt_json_text(builder, "path", path);
    lt_json_text(builder, "outcome", event->outcome);
    lt_json_text(builder, "reason", reason);
    if (event->document > 0)
        lt_json_count(builder, "id", (guint64)event->document);
    else
        lt_json_null(builder, "id");
    lt_json_text(builder, "number", record != NULL ? record->fields[LT_FIELD_NUMBER].value : NULL);
    if (record != NULL)
        lt_json_bool(builder, "needs_review", record->doubts->len > 0);
    else
        lt_json_null(builder, "needs_review");
    json_builder_end_object(builder);
    lt_json_print(builder);
}

/* "#12", with the number and a sign of doubt where it was filed. */
static char *
document_text(const LtIngestEvent *event)
{
    g_autofree char *number = NULL;

    if (event->document == 0)
        return g_strdup("");
    if (event->record == NULL)
        return g_strdup_printf(" (#%" G_GINT64_FORMAT ")", event->document);
    number = lt_cli_shown(event->record->fields[LT_FIELD_NUMBER].value);
    return g_strdup_printf(" (#%" G_GINT64_FORMAT "%s%s%s)", event->document, *number ? " " : "",
                           number, event->record->doubts->len > 0 ? ", ?" : "");
}

char *
lt_report_line(const LtIngestEvent *event)
{
    g_autofree char *path = lt_cli_shown_path(event->path);
    g_autofree char *document = document_text(event);
    g_autofree char *reason = event->reason != NULL ? lt_cli_shown_path(event->reason) : NULL;

    return g_strdup_printf("%s: %s%s%s%s", lt_cli_outcome_label(event->outcome), path, document,
                           reason != NULL ? ": " : "", reason != NULL ? reason : "");
}

static void
file_as_line(const LtIngestEvent *event)
{
    g_autofree char *line = lt_report_line(event);

    printf("%s\n", line);
    fflush(stdout);
}

/* A terminal shows only what needs an eye; the bar counts the rest. Nobody wants ten thousand lines
 * that say "unchanged", but everyone wants the one that says why a file was not moved. */
static gboolean
is_worth_a_line(const LtIngestEvent *event, const LtReport *report)
{
    if (strcmp(event->outcome, "unchanged") == 0)
        return event->document > 0 && event->reason != NULL;
    return report->dry_run || !isatty(STDOUT_FILENO) || event->reason != NULL ||
           strcmp(event->outcome, "filed") != 0;
}

void
lt_report_walls(const LtIngestEvent *event, LtProgressBar *bar)
{
    if (event->kind != LT_INGEST_WALLS)
        return;
    lt_progress_bar_hide(bar);
    fprintf(stderr, "luutru: %s\n", event->reason);
}

void
lt_report_event(const LtIngestEvent *event, gpointer user_data)
{
    const LtReport *report = user_data;

    lt_report_walls(event, report->bar);
    if (event->kind == LT_INGEST_FILE && (report->json || is_worth_a_line(event, report))) {
        lt_progress_bar_hide(report->bar);
        if (report->json)
            file_as_json(event);
        else
            file_as_line(event);
    }
    lt_progress_bar_update(report->bar, event->progress);
}

static double
pages_per_second(const LtIngestProgress *progress)
{
    return progress->seconds > 0 ? progress->pages_done / progress->seconds : 0;
}

static void
summary_as_json(const LtReport *report, const LtIngestProgress *progress, gboolean interrupted)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_text(builder, "event", "summary");
    lt_json_count(builder, "files", progress->files);
    lt_json_count(builder, "filed", progress->filed);
    lt_json_count(builder, "doubtful", progress->doubtful);
    lt_json_count(builder, "duplicate", progress->duplicate);
    lt_json_count(builder, "skipped", progress->skipped);
    lt_json_count(builder, "held", progress->held);
    lt_json_count(builder, "unchanged", progress->unchanged);
    lt_json_count(builder, "quarantined", progress->quarantined);
    lt_json_count(builder, "old_quarantined", progress->old_quarantined);
    lt_json_count(builder, "failed", progress->failed);
    lt_json_count(builder, "stayed", progress->stayed);
    lt_json_count(builder, "pages", progress->pages_done);
    lt_json_real(builder, "seconds", progress->seconds);
    lt_json_real(builder, "pages_per_second", pages_per_second(progress));
    lt_json_bool(builder, "dry_run", report->dry_run);
    lt_json_bool(builder, "interrupted", interrupted);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

/* What became of the files; outcomes that did not occur are left out. */
static void
print_counts(const LtIngestProgress *progress)
{
    const struct {
        guint count;
        const char *outcome;
    } counts[] = {
        {progress->duplicate, "duplicate"},     {progress->skipped, "skipped"},
        {progress->unchanged, "unchanged"},     {progress->held, "held"},
        {progress->quarantined, "quarantined"}, {progress->failed, "failed"},
    };

    printf(ngettext("%u file: ", "%u files: ", progress->files), progress->files);
    printf(_("%u filed"), progress->filed);
    if (progress->doubtful > 0)
        printf(_(" (%u doubtful)"), progress->doubtful);
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
        if (counts[i].count > 0)
            printf(", %u %s", counts[i].count, lt_cli_outcome_label(counts[i].outcome));
    putchar('\n');
}

static void
summary_as_lines(const LtReport *report, const LtIngestProgress *progress, gboolean interrupted)
{
    print_counts(progress);
    if (progress->pages_done > 0)
        printf(ngettext("%u page in %.1f s (%.2f pages a second)\n",
                        "%u pages in %.1f s (%.2f pages a second)\n", progress->pages_done),
               progress->pages_done, progress->seconds, pages_per_second(progress));
    if (report->dry_run)
        printf(_("Dry run: nothing was written\n"));
    if (progress->stayed > 0)
        printf(ngettext("%u source could not be moved or deleted: see above\n",
                        "%u sources could not be moved or deleted: see above\n", progress->stayed),
               progress->stayed);
    else if (progress->files == progress->unchanged && progress->files > 0)
        printf(_("Nothing to do: every file is in the ledger, unchanged since\n"));
    if (progress->quarantined + progress->old_quarantined > 0)
        printf(ngettext("%u of them is in quarantine: see 'luutru quarantine list'\n",
                        "%u of them are in quarantine: see 'luutru quarantine list'\n",
                        progress->quarantined + progress->old_quarantined),
               progress->quarantined + progress->old_quarantined);
    if (interrupted)
        printf(_("Interrupted: the next run goes on where this one stopped\n"));
}

void
lt_report_summary(const LtReport *report, const LtIngestProgress *progress, gboolean interrupted)
{
    lt_progress_bar_hide(report->bar);
    if (report->json)
        summary_as_json(report, progress, interrupted);
    else
        summary_as_lines(report, progress, interrupted);
}
