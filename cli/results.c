#include "cli/results.h"

#include <string.h>
#include <unistd.h>

#include "cli/record.h"
#include "cli/table.h"

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

/* Why it stands there; NULL where the snippet says so itself. */
static const char *
why_label(const char *why)
{
    static const struct {
        const char *why, *label;
    } labels[] = {
        {"number", N_("its number")},      {"cites", N_("cites it")},
        {"subject", N_("in the subject")}, {"issuer", N_("in the issuer")},
        {"type", N_("in the type")},       {"people", N_("signer or recipient")},
    };

    for (guint i = 0; why != NULL && i < G_N_ELEMENTS(labels); i++)
        if (strcmp(labels[i].why, why) == 0)
            return _(labels[i].label);
    return NULL;
}

static char *
snippet_note(const LtHit *hit)
{
    const char *why = why_label(hit->why);
    g_autofree char *snippet = hit->snippet != NULL ? marked_snippet(hit) : NULL;
    g_autofree char *passage = hit->page == 0 || snippet == NULL
                                   ? g_steal_pointer(&snippet)
                                   : g_strdup_printf(_("p. %u: %s"), hit->page, snippet);

    if (why == NULL)
        return g_steal_pointer(&passage);
    return passage != NULL && *passage != '\0' ? g_strdup_printf("(%s) %s", why, passage)
                                               : g_strdup_printf("(%s)", why);
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
    char *note = snippet_note(hit);
    if (note != NULL)
        lt_table_take_note(table, note);
}

/* With reasons: why each was not used. (transfer full) */
static char *
list_parts(const GPtrArray *parts, gboolean reasons)
{
    GString *list = g_string_new(NULL);

    for (guint i = 0; i < parts->len; i++) {
        const char *reason = reasons ? lt_search_ignored_reason(g_ptr_array_index(parts, i)) : NULL;
        g_autofree char *part = lt_cli_shown(g_ptr_array_index(parts, i));
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", part);
        if (reason != NULL)
            g_string_append_printf(list, " (%s)", reason);
    }
    return g_string_free(list, FALSE);
}

static void
print_notes(const LtSearchResult *result)
{
    g_autofree char *ignored = list_parts(result->ignored, TRUE);
    g_autofree char *unknown = list_parts(result->unknown, FALSE);

    if (*ignored != '\0')
        fprintf(stderr, _("Not used of the query: %s\n"), ignored);
    if (*unknown != '\0')
        fprintf(stderr, _("No document at all has: %s\n"), unknown);
    if (result->suggestion != NULL) {
        g_autofree char *suggestion = lt_cli_shown(result->suggestion);
        fprintf(stderr, _("Nothing has all that was typed. This was looked for: %s\n"), suggestion);
    }
}

#define FACETS_SHOWN 5u

/* The states as a filter takes them, in the language of who reads; other values stand for themselves. */
static const char *
facet_label(guint facet, const char *value)
{
    static const char *const states[] = {N_("review"), N_("done"), N_("urgent"), N_("secret")};

    for (guint i = 0; facet == LT_FACET_STATUS && i < G_N_ELEMENTS(states); i++)
        if (strcmp(states[i], value) == 0)
            return _(states[i]);
    return value;
}

/* Whose they are, on one line each: "Issuer: Sở Nội vụ 12, Sở Y tế 3, …" */
static void
print_facets(const LtSearchResult *result)
{
    static const char *const labels[LT_N_FACETS] = {
        [LT_FACET_ISSUER] = N_("Issuers"),
        [LT_FACET_TYPE] = N_("Types"),
        [LT_FACET_YEAR] = N_("Years"),
        [LT_FACET_STATUS] = N_("Status"),
    };

    const LtColumn column = {"", LT_COLUMN_WRAP};
    g_autoptr(LtTable) table = lt_table_new(&column, 1);

    for (guint i = 0; i < LT_N_FACETS; i++) {
        const GPtrArray *facets = result->facets[i];
        g_autoptr(GString) line = g_string_new(NULL);
        for (guint j = 0; j < facets->len && j < FACETS_SHOWN; j++) {
            const LtFacet *facet = g_ptr_array_index(facets, j);
            g_autofree char *value = lt_cli_shown(facet_label(i, facet->value));
            g_string_append_printf(line, "%s%s %" PRIu64, j > 0 ? ", " : "", value, facet->count);
        }
        if (facets->len < 2)
            continue;
        if (facets->len > FACETS_SHOWN || !result->facets_exact)
            g_string_append(line, ", …");
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("%s: %s", _(labels[i]), line->str));
    }
    lt_table_print(table, stderr, lt_cli_terminal_width(STDERR_FILENO), FALSE);
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
                                : _("%u–%" PRIu64 " of over %" PRIu64 " documents\n"),
            search->offset + 1, last, result->total);
    if (last < result->total)
        fprintf(stderr, _("More with --offset %" PRIu64 " --newest %" PRId64 "\n"), last,
                result->newest);
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
        print_facets(result);
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

void
lt_results_print(const LtSearchResult *result, const LtSearch *search, LtResultsForm form)
{
    static void (*const forms[])(const LtSearchResult *, const LtSearch *) = {
        [LT_RESULTS_TABLE] = print_table,
        [LT_RESULTS_JSON] = print_json,
        [LT_RESULTS_CSV] = print_csv,
    };

    forms[form](result, search);
}
