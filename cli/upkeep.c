#include "cli/upkeep.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/json.h"

#define MICROSECONDS_BETWEEN_LINES 100000

/* A handler can tell the program nothing but through this. */
static volatile sig_atomic_t interrupts;

static void
on_signal(int number)
{
    interrupts++;
    if (interrupts > 1) {
        signal(number, SIG_DFL);
        raise(number);
    }
}

void
lt_upkeep_watch_signals(void)
{
    const struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

gboolean
lt_upkeep_interrupted(void)
{
    return interrupts > 0;
}

static void
print_json(const LtFault *fault)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_text(builder, "check", lt_check_name(fault->check));
    lt_json_text(builder, "fault", fault->fault);
    if (fault->document != 0)
        lt_json_count(builder, "document", (guint64)fault->document);
    else
        lt_json_null(builder, "document");
    if (fault->ledger != 0)
        lt_json_count(builder, "ledger", (guint64)fault->ledger);
    else
        lt_json_null(builder, "ledger");
    lt_json_text(builder, "sha256", fault->sha256);
    lt_json_text(builder, "detail", fault->detail);
    lt_json_bool(builder, "repaired", fault->repaired);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static char *
subject_of(const LtFault *fault)
{
    if (fault->document != 0)
        return g_strdup_printf(_("document #%" PRId64), fault->document);
    if (fault->ledger != 0)
        return g_strdup_printf(_("ledger row %" PRId64), fault->ledger);
    return g_strdup(fault->check == LT_CHECK_FILES ? _("file") : _("database"));
}

void
lt_upkeep_fault(const LtFault *fault, gpointer user_data)
{
    LtUpkeepReport *report = user_data;
    g_autofree char *subject = subject_of(fault);
    g_autofree char *detail = lt_cli_shown_path(fault->detail);

    lt_upkeep_progress_end(report);
    if (report->json)
        print_json(fault);
    else if (fault->repaired)
        printf(_("%s: %s; repaired\n"), subject, detail);
    else
        printf("%s: %s\n", subject, detail);
}

gboolean
lt_upkeep_is_time(const LtUpkeepReport *report)
{
    return lt_cli_terminal_width(STDERR_FILENO) > 0 &&
           g_get_monotonic_time() - report->shown_at >= MICROSECONDS_BETWEEN_LINES;
}

void
lt_upkeep_progress(LtUpkeepReport *report, char *line)
{
    guint width = lt_cli_terminal_width(STDERR_FILENO);

    if (width > lt_cli_width(line))
        fprintf(stderr, "\r\033[K%s", line);
    report->shown = TRUE;
    report->shown_at = g_get_monotonic_time();
    g_free(line);
}

void
lt_upkeep_progress_end(LtUpkeepReport *report)
{
    if (report->shown)
        fprintf(stderr, "\r\033[K");
    report->shown = FALSE;
}
