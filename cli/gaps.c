/* luutru gaps: numbers that are missing, and numbers that were given twice. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/find.h"
#include "cli/json.h"
#include "cli/table.h"

#define USUAL_LEAST 2

/* "12 (#3, #7), 15a (#9)" */
static char *
uses_text(const GPtrArray *uses, const char *mark)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < uses->len; i++) {
        const LtNumberUse *use = g_ptr_array_index(uses, i);
        g_string_append_printf(text, "%s%s%s (", i > 0 ? ", " : "", use->number, mark);
        for (guint d = 0; d < use->documents->len; d++)
            g_string_append_printf(text, "%s#%" PRId64, d > 0 ? ", " : "",
                                   g_array_index(use->documents, gint64, d));
        g_string_append_c(text, ')');
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
series_name(const LtSeries *series)
{
    g_autofree char *type = lt_cli_shown(series->type);
    g_autofree char *notation = lt_cli_shown(series->notation);

    if (*type == '\0' || *notation == '\0')
        return g_strconcat(type, notation, NULL);
    return g_strdup_printf("%s (%s)", type, notation);
}

enum {
    COLUMN_ISSUER,
    COLUMN_SERIES,
    COLUMN_YEAR,
    COLUMN_DOCUMENTS,
    COLUMN_NUMBERS,
    COLUMN_COUNT,
    COLUMN_MISSING,
    COLUMN_DOUBLE,
    COLUMN_DOUBTFUL,
    COLUMN_UNNUMBERED,
    N_COLUMNS
};

/* (transfer full), each N_COLUMNS values. */
static char **
series_values(const LtSeries *series)
{
    char **values = g_new0(char *, N_COLUMNS + 1);

    values[COLUMN_ISSUER] = g_strdup(series->issuer != NULL ? series->issuer : "");
    values[COLUMN_SERIES] = series_name(series);
    values[COLUMN_YEAR] = g_strdup_printf("%u", series->year);
    values[COLUMN_DOCUMENTS] = g_strdup_printf("%u", series->documents);
    values[COLUMN_NUMBERS] =
        series->last > 0 ? g_strdup_printf("%" PRId64 "–%" PRId64, series->first, series->last)
                         : g_strdup("");
    values[COLUMN_COUNT] = g_strdup_printf("%" PRIu64, series->n_missing);
    values[COLUMN_MISSING] = lt_gaps_ranges_text(series);
    values[COLUMN_DOUBLE] = uses_text(series->doubles, "");
    values[COLUMN_DOUBTFUL] = uses_text(series->doubtful, "?");
    values[COLUMN_UNNUMBERED] = g_strdup_printf("%u", series->unnumbered);
    return values;
}

static void
print_notes(const LtGaps *gaps)
{
    if (gaps->series->len == 0)
        fprintf(stderr, _("No series of numbers was found\n"));
    if (gaps->small > 0)
        fprintf(stderr,
                ngettext("%u series has too few documents to tell; --least 1 shows it\n",
                         "%u series have too few documents to tell; --least 1 shows them\n",
                         gaps->small),
                gaps->small);
    if (gaps->undated > 0)
        fprintf(stderr,
                ngettext("%u document is left out: its year is not known\n",
                         "%u documents are left out: their years are not known\n", gaps->undated),
                gaps->undated);
    if (gaps->secret > 0)
        fprintf(stderr,
                ngettext("%u document is marked secret and left out\n",
                         "%u documents are marked secret and left out\n", gaps->secret),
                gaps->secret);
}

#define WIDE 110u /* from here on the long lists stand in columns of their own */

/* Which numbers: under the row, for a column would be too narrow for them. */
static void
take_lists(LtTable *table, const LtColumn *columns, char *const *values)
{
    for (guint c = COLUMN_MISSING; c < N_COLUMNS; c++) {
        g_autofree char *value = lt_cli_shown(values[c]);
        const char *title = columns[c == COLUMN_MISSING ? COLUMN_COUNT : c].title;
        if (*value != '\0' && strcmp(value, "0") != 0)
            lt_table_take_note(table, g_strdup_printf("%s: %s", title, value));
    }
}

static void
print_table(const LtGaps *gaps)
{
    guint width = lt_cli_terminal_width(STDOUT_FILENO);
    gboolean wide = width == 0 || width >= WIDE;
    guint n_columns = wide ? N_COLUMNS : COLUMN_MISSING;
    const LtColumn columns[N_COLUMNS] = {
        [COLUMN_ISSUER] = {_("issuer"), LT_COLUMN_WRAP},
        [COLUMN_SERIES] = {_("series"), LT_COLUMN_WRAP},
        [COLUMN_YEAR] = {_("year"), LT_COLUMN_RIGHT},
        [COLUMN_DOCUMENTS] = {_("documents"), LT_COLUMN_RIGHT},
        [COLUMN_NUMBERS] = {_("numbers"), LT_COLUMN_LEFT},
        [COLUMN_COUNT] = {_("missing"), LT_COLUMN_RIGHT},
        [COLUMN_MISSING] = {_("which"), LT_COLUMN_WRAP},
        [COLUMN_DOUBLE] = {_("given twice"), LT_COLUMN_WRAP},
        [COLUMN_DOUBTFUL] = {_("doubtful"), LT_COLUMN_WRAP},
        [COLUMN_UNNUMBERED] = {_("without"), LT_COLUMN_RIGHT},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, n_columns);

    for (guint i = 0; i < gaps->series->len; i++) {
        g_auto(GStrv) values = series_values(g_ptr_array_index(gaps->series, i));
        lt_table_row(table);
        for (guint c = 0; c < n_columns; c++)
            lt_table_take(table, lt_cli_shown(values[c]));
        if (!wide)
            take_lists(table, columns, values);
    }
    if (gaps->series->len > 0)
        lt_table_print(table, stdout, width, lt_cli_terminal_styled(STDOUT_FILENO));
    fflush(stdout);
}

static void
print_csv(const LtGaps *gaps)
{
    static const char *const names[N_COLUMNS] = {
        "issuer",        "series",  "year",   "documents", "numbers",
        "missing_count", "missing", "double", "doubtful",  "without_number"};
    g_autoptr(GString) csv = g_string_new(LT_CSV_MARK);

    lt_csv_append_line(csv, names, N_COLUMNS);
    for (guint i = 0; i < gaps->series->len; i++) {
        g_auto(GStrv) values = series_values(g_ptr_array_index(gaps->series, i));
        lt_csv_append_line(csv, (const char *const *)values, N_COLUMNS);
    }
    fputs(csv->str, stdout);
}

static void
build_uses(JsonBuilder *builder, const char *name, const GPtrArray *uses)
{
    json_builder_set_member_name(builder, name);
    json_builder_begin_array(builder);
    for (guint i = 0; i < uses->len; i++) {
        const LtNumberUse *use = g_ptr_array_index(uses, i);
        json_builder_begin_object(builder);
        lt_json_text(builder, "number", use->number);
        json_builder_set_member_name(builder, "documents");
        json_builder_begin_array(builder);
        for (guint d = 0; d < use->documents->len; d++)
            json_builder_add_int_value(builder, g_array_index(use->documents, gint64, d));
        json_builder_end_array(builder);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

/* Null where no number is sure. */
static void
build_end(JsonBuilder *builder, const char *name, gint64 number)
{
    if (number > 0)
        lt_json_count(builder, name, (guint64)number);
    else
        lt_json_null(builder, name);
}

static void
build_series(JsonBuilder *builder, const LtSeries *series)
{
    json_builder_begin_object(builder);
    lt_json_text(builder, "issuer", series->issuer);
    lt_json_text(builder, "type", series->type);
    lt_json_text(builder, "notation", series->notation);
    lt_json_count(builder, "year", series->year);
    lt_json_count(builder, "documents", series->documents);
    build_end(builder, "first", series->first);
    build_end(builder, "last", series->last);
    lt_json_count(builder, "missing_count", series->n_missing);
    json_builder_set_member_name(builder, "missing");
    json_builder_begin_array(builder);
    for (guint i = 0; i < series->missing->len; i++) {
        const LtRange *range = &g_array_index(series->missing, LtRange, i);
        json_builder_begin_array(builder);
        json_builder_add_int_value(builder, range->first);
        json_builder_add_int_value(builder, range->last);
        json_builder_end_array(builder);
    }
    json_builder_end_array(builder);
    build_uses(builder, "double", series->doubles);
    build_uses(builder, "doubtful", series->doubtful);
    lt_json_count(builder, "without_number", series->unnumbered);
    json_builder_end_object(builder);
}

static void
print_json(const LtGaps *gaps)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    json_builder_set_member_name(builder, "series");
    json_builder_begin_array(builder);
    for (guint i = 0; i < gaps->series->len; i++)
        build_series(builder, g_ptr_array_index(gaps->series, i));
    json_builder_end_array(builder);
    lt_json_count(builder, "small", gaps->small);
    lt_json_count(builder, "undated", gaps->undated);
    lt_json_count(builder, "secret", gaps->secret);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static gboolean
parse_series(const char *name, LtSeriesKind *ret_kind, GError **error)
{
    static const char *const names[] = {
        [LT_SERIES_BY_TYPE] = "type",
        [LT_SERIES_BY_NOTATION] = "notation",
        [LT_SERIES_BY_OFFICE] = "office",
    };

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_strcmp0(names[i], name != NULL ? name : names[0]) == 0) {
            *ret_kind = i;
            return TRUE;
        }
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("there is no series by '%s': choose type, notation or office"), name);
    return FALSE;
}

typedef void (*PrintGaps)(const LtGaps *gaps);

static LtExit
run_gaps(LtCli *cli, const LtGapsRequest *request, PrintGaps print, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtGaps) gaps = store != NULL ? lt_store_gaps(store, request, error) : NULL;

    if (gaps == NULL)
        return LT_EXIT_IO;
    print(gaps);
    print_notes(gaps);
    return gaps->series->len > 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

LtExit
lt_command_gaps(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    g_autofree char *by = NULL;
    gboolean json = FALSE, csv = FALSE, from_lowest = FALSE;
    int year = 0, least = USUAL_LEAST;
    const GOptionEntry entries[] = {
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of this year alone"), N_("YEAR")},
        {"series", 0, 0, G_OPTION_ARG_STRING, &by,
         N_("what is numbered by itself: type (default), notation or office"), N_("KIND")},
        {"from-lowest", 0, 0, G_OPTION_ARG_NONE, &from_lowest,
         N_("begin at the lowest number that is there, not at 1"), NULL},
        {"least", 0, 0, G_OPTION_ARG_INT, &least,
         N_("leave out series with fewer documents than N (2)"), "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        {"csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_("comma-separated values"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    LtSearch search;
    LtGapsRequest request = {.search = &search};

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Tells which numbers are missing and which were given twice, by issuer, "
                         "series and year."),
                       error) ||
        !lt_find_exactly(&find, &search, error) || !parse_series(by, &request.series, error))
        return LT_EXIT_USAGE;
    if ((json && csv) || year < 0 || year > 9999 || least < 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    json && csv ? _("--json and --csv exclude each other")
                                : _("--year wants a year, --least a number from 0 on"));
        return LT_EXIT_USAGE;
    }
    request.year = (guint)year;
    request.least = (guint)least;
    request.from_one = !from_lowest;
    return run_gaps(cli, &request, json ? print_json : csv ? print_csv : print_table, error);
}
