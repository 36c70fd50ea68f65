#include "cli/journal.h"

#include <string.h>
#include <unistd.h>

#include "cli/report.h"

#define MAX_FIELDS 9u

typedef struct {
    GLogField fields[MAX_FIELDS];
    gsize n;
} Entry;

gboolean
lt_journal_is_there(void)
{
    return g_log_writer_is_journald(STDERR_FILENO);
}

static void
add(Entry *entry, const char *key, const char *value)
{
    if (value && entry->n < MAX_FIELDS)
        entry->fields[entry->n++] = (GLogField){key, value, -1};
}

/* What is no end of a file's own making is a warning: somebody has to do something. */
static const char *
priority_of(const char *outcome)
{
    static const char *const warned[] = {"quarantined", "held", "failed", NULL};

    return g_strv_contains(warned, outcome) ? "4" : "6";
}

static void
write_entry(Entry *entry)
{
    add(entry, "SYSLOG_IDENTIFIER", "luutru");
    g_log_writer_journald(G_LOG_LEVEL_INFO, entry->fields, entry->n, NULL);
}

void
lt_journal_file(const LtIngestEvent *event)
{
    g_autofree char *line = lt_report_line(event);
    g_autofree char *id = g_strdup_printf("%" PRId64, event->document);
    Entry entry = {.n = 0};

    add(&entry, "MESSAGE", line);
    add(&entry, "PRIORITY", priority_of(event->outcome));
    add(&entry, "LUUTRU_OUTCOME", event->outcome);
    add(&entry, "LUUTRU_PATH", event->path);
    add(&entry, "LUUTRU_REASON", event->reason);
    if (event->document > 0)
        add(&entry, "LUUTRU_DOCUMENT", id);
    if (event->record)
        add(&entry, "LUUTRU_NUMBER", event->record->fields[LT_FIELD_NUMBER].value);
    write_entry(&entry);
}

void
lt_journal_say(const char *sentence)
{
    Entry entry = {.n = 0};

    add(&entry, "MESSAGE", sentence);
    add(&entry, "PRIORITY", "5");
    write_entry(&entry);
}
