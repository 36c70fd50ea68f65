/* luutru search: documents, best first, with the spot that was hit. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/find.h"
#include "cli/record.h"
#include "cli/rows.h"
#include "cli/table.h"

#define USUAL_LIMIT 20
#define WIDE 110u /* from here on the subject stands in a column of its own */

/* The snippet on one line, what was hit between the signs for bold type. */
static char *
marked_snippet(const LtHit *hit)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *safe = lt_cli_shown(hit->snippet);
    const char *p = safe;
    guint next = 0;
    guint end = 0;

    for (guint i = 0; *p != '\0'; i++, p = g_utf8_next_char(p)) {
        if (end > 0 && i == end) {
            g_string_append_c(text, LT_TABLE_PLAIN);
            end = 0;
        }
        if (next < hit->marks->len && g_array_index(hit->marks, LtSpan, next).start == i) {
            g_string_append_c(text, LT_TABLE_BOLD);
            end = i + g_array_index(hit->marks, LtSpan, next++).length;
        }
        g_string_append_unichar(text, g_utf8_get_char(p));
    }
    if (end > 0)
        g_string_append_c(text, LT_TABLE_PLAIN);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
snippet_note(const LtHit *hit)
{
    g_autofree char *snippet = marked_snippet(hit);

    if (hit->page == 0)
        return g_steal_pointer(&snippet);
    return g_strdup_printf(_("p. %u: %s"), hit->page, snippet);
}

static void
add_hit(LtTable *table, const LtHit *hit, gboolean wide)
{
    const LtRecord *record = hit->record;
    g_autofree char *subject = lt_cli_shown(record->fields[LT_FIELD_SUBJECT].value);

    lt_table_row(table);
    lt_table_take(table, g_strdup_printf("#%" G_GINT64_FORMAT "%s", record->id,
                                         record->doubts->len > 0 ? "?" : ""));
    lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_NUMBER].value));
    lt_table_take(table, lt_cli_shown_day(record->fields[LT_FIELD_ISSUED_DATE].value));
    lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_TYPE].value));
    lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_ISSUER].value));
    if (wide)
        lt_table_add(table, subject);
    else if (*subject != '\0')
        lt_table_take_note(table, g_steal_pointer(&subject));
    char *ending = lt_record_ending(record);
    if (ending != NULL)
        lt_table_take_note(table, ending);
    if (hit->snippet != NULL && *hit->snippet != '\0')
        lt_table_take_note(table, snippet_note(hit));
}

static void
print_notes(const LtSearchResult *result)
{
    if (result->ignored->len > 0) {
        g_autoptr(GString) parts = g_string_new(NULL);
        for (guint i = 0; i < result->ignored->len; i++) {
            g_autofree char *part = lt_cli_shown(g_ptr_array_index(result->ignored, i));
            g_string_append_printf(parts, "%s%s", i > 0 ? ", " : "", part);
        }
        fprintf(stderr, _("Not used of the query: %s\n"), parts->str);
    }
    if (result->suggestion != NULL) {
        g_autofree char *suggestion = lt_cli_shown(result->suggestion);
        fprintf(stderr, _("Did you mean: %s\n"), suggestion);
    }
}

/* How many there are, and how to see more of them. */
static void
print_count(const LtSearchResult *result, const LtSearch *search)
{
    guint64 last = search->offset + result->hits->len;
    gboolean any_doubt = FALSE;

    for (guint i = 0; i < result->hits->len; i++) {
        const LtHit *hit = g_ptr_array_index(result->hits, i);
        any_doubt = any_doubt || hit->record->doubts->len > 0;
    }
    if (any_doubt)
        fprintf(stderr, _("? has doubtful fields: see 'luutru show'\n"));
    if (last >= result->total && search->offset == 0) {
        fprintf(stderr,
                ngettext("%" PRIu64 " document\n", "%" PRIu64 " documents\n", result->total),
                result->total);
        return;
    }
    fprintf(stderr,
            result->total_exact ? _("%u–%" PRIu64 " of %" PRIu64 " documents\n")
                                : _("%u–%" PRIu64 " of at least %" PRIu64 " documents\n"),
            search->offset + 1, last, result->total);
    if (last < result->total)
        fprintf(stderr, _("More with --offset %" PRIu64 "\n"), last);
}

static void
print_table(const LtSearchResult *result, const LtSearch *search)
{
    guint width = lt_cli_terminal_width(STDOUT_FILENO);
    gboolean wide = width == 0 || width >= WIDE;
    const LtColumn columns[] = {
        {_("id"), LT_COLUMN_RIGHT},  {_("number"), LT_COLUMN_LEFT}, {_("date"), LT_COLUMN_LEFT},
        {_("type"), LT_COLUMN_WRAP}, {_("issuer"), LT_COLUMN_WRAP}, {_("subject"), LT_COLUMN_WRAP},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns) - (wide ? 0 : 1));

    for (guint i = 0; i < result->hits->len; i++)
        add_hit(table, g_ptr_array_index(result->hits, i), wide);
    if (result->hits->len > 0)
        lt_table_print(table, stdout, width, lt_cli_terminal_styled(STDOUT_FILENO));
    fflush(stdout);
    print_notes(result);
    if (result->hits->len > 0)
        print_count(result, search);
    else if (result->total > 0)
        fprintf(stderr, _("No more documents after the first %" PRIu64 "\n"), result->total);
    else
        fprintf(stderr, _("Nothing found\n"));
}

static void
print_json(const LtSearchResult *result, const LtSearch *search)
{
    g_autofree char *json = lt_search_result_to_json(result);

    (void)search;
    puts(json);
}

static void
print_csv(const LtSearchResult *result, const LtSearch *search)
{
    g_autoptr(GString) csv = g_string_new(NULL);

    (void)search;
    lt_csv_header(csv, FALSE);
    for (guint i = 0; i < result->hits->len; i++) {
        const LtHit *hit = g_ptr_array_index(result->hits, i);
        lt_csv_row(csv, hit->record, FALSE);
    }
    fputs(csv->str, stdout);
}

typedef void (*PrintResult)(const LtSearchResult *result, const LtSearch *search);

static LtExit
run_search(LtCli *cli, const LtSearch *search, PrintResult print, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtSearchResult) result = NULL;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    result = lt_store_search(store, search, error);
    if (result == NULL)
        return LT_EXIT_IO;
    print(result, search);
    return result->hits->len > 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

LtExit
lt_command_search(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    gboolean json = FALSE;
    gboolean csv = FALSE;
    int limit = USUAL_LIMIT;
    int offset = 0;
    LtSearch search;
    const GOptionEntry entries[] = {
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("at most N documents (20; 0 for all)"), "N"},
        {"offset", 0, 0, G_OPTION_ARG_INT, &offset, N_("leave out the first N"), "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        {"csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_("comma-separated values"), NULL},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Finds documents by number, issuer or any word."), error) ||
        !lt_find_search(&find, &search, error) || !lt_find_window(&search, limit, offset, error))
        return LT_EXIT_USAGE;
    if (json && csv) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--json and --csv exclude each other"));
        return LT_EXIT_USAGE;
    }
    return run_search(cli, &search, json ? print_json : csv ? print_csv : print_table, error);
}
