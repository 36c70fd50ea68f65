/* luutru dossier list and show. */
#include "cli/dossier.h"

#include <unistd.h>

#include "cli/record.h"
#include "cli/table.h"

static const char *
field_label(LtDossierField field)
{
    static const char *const labels[LT_DOSSIER_N_FIELDS] = {
        [LT_DOSSIER_ORGAN_ID] = N_("Agency code"),
        [LT_DOSSIER_YEAR] = N_("Year"),
        [LT_DOSSIER_CODE] = N_("Code"),
        [LT_DOSSIER_TITLE] = N_("Title"),
        [LT_DOSSIER_RETENTION] = N_("Retention"),
        [LT_DOSSIER_ACCESS] = N_("Access"),
        [LT_DOSSIER_CREATOR] = N_("Made by"),
        [LT_DOSSIER_LANGUAGE] = N_("Language"),
        [LT_DOSSIER_START_DATE] = N_("Begins"),
        [LT_DOSSIER_END_DATE] = N_("Ends"),
        [LT_DOSSIER_DESCRIPTION] = N_("Note"),
    };

    return _(labels[field]);
}

static const char *
field_value(const LtDossier *dossier, LtDossierField field)
{
    if (field == LT_DOSSIER_START_DATE)
        return lt_dossier_start(dossier);
    if (field == LT_DOSSIER_END_DATE)
        return lt_dossier_end(dossier);
    return dossier->values[field];
}

static void
build_head(JsonBuilder *builder, const LtDossier *dossier)
{
    lt_json_count(builder, "id", (guint64)dossier->id);
    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++) {
        const char *name = lt_dossier_field(i)->name;
        const char *value = field_value(dossier, i);
        if (i == LT_DOSSIER_YEAR && value != NULL)
            lt_json_count(builder, name, g_ascii_strtoull(value, NULL, 10));
        else
            lt_json_text(builder, name, value);
    }
    lt_json_count(builder, "documents", dossier->documents);
    lt_json_count(builder, "pages", dossier->pages);
    lt_json_text(builder, "made_at", dossier->made_at);
    lt_json_text(builder, "made_by", dossier->made_by);
    lt_json_text(builder, "closed_at", dossier->closed_at);
    lt_json_text(builder, "closed_by", dossier->closed_by);
}

static void
print_list(const GPtrArray *list)
{
    const LtColumn columns[] = {
        {_("code"), LT_COLUMN_LEFT},   {_("title"), LT_COLUMN_WRAP},
        {_("from"), LT_COLUMN_LEFT},   {_("to"), LT_COLUMN_LEFT},
        {_("kept"), LT_COLUMN_LEFT},   {_("documents"), LT_COLUMN_RIGHT},
        {_("pages"), LT_COLUMN_RIGHT}, {"", LT_COLUMN_LEFT},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < list->len; i++) {
        const LtDossier *dossier = g_ptr_array_index(list, i);
        lt_table_row(table);
        lt_table_take(table, lt_cli_dossier_name(dossier));
        lt_table_take(table, lt_cli_shown(dossier->values[LT_DOSSIER_TITLE]));
        lt_table_take(table, lt_cli_shown_day(lt_dossier_start(dossier)));
        lt_table_take(table, lt_cli_shown_day(lt_dossier_end(dossier)));
        lt_table_take(table, lt_cli_shown(dossier->values[LT_DOSSIER_RETENTION]));
        lt_table_take(table, g_strdup_printf("%u", dossier->documents));
        lt_table_take(table, g_strdup_printf("%u", dossier->pages));
        lt_table_add(table, dossier->closed_at != NULL ? _("closed") : "");
    }
    if (list->len > 0)
        lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                       lt_cli_terminal_styled(STDOUT_FILENO));
    fflush(stdout);
    fprintf(stderr, ngettext("%u dossier\n", "%u dossiers\n", list->len), list->len);
}

static void
print_json_lines(const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++) {
        g_autoptr(JsonBuilder) builder = json_builder_new();
        json_builder_begin_object(builder);
        build_head(builder, g_ptr_array_index(list, i));
        json_builder_end_object(builder);
        lt_json_print(builder);
    }
}

/* The metadata of dossiers by the names of Decree 30/2020, Appendix VI. */
static void
print_csv(const GPtrArray *list)
{
    g_autoptr(GString) csv = g_string_new(LT_CSV_MARK);

    lt_metadata_dossiers_csv(csv, list);
    fputs(csv->str, stdout);
}

static void
print_xml(const GPtrArray *list)
{
    g_autoptr(GString) xml =
        g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Dossiers>\n");

    for (guint i = 0; i < list->len; i++) {
        g_string_append(xml, "  <Dossier>\n");
        lt_metadata_dossier_xml(xml, g_ptr_array_index(list, i), 2);
        g_string_append(xml, "  </Dossier>\n");
    }
    g_string_append(xml, "</Dossiers>\n");
    fputs(xml->str, stdout);
}

LtExit
lt_command_dossier_list(LtCli *cli, char **argv, GError **error)
{
    gboolean json = FALSE, csv = FALSE, xml = FALSE;
    int year = 0;
    const GOptionEntry entries[] = {
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of this year alone"), N_("YEAR")},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object a line"), NULL},
        {"csv", 0, 0, G_OPTION_ARG_NONE, &csv,
         N_("their metadata by the names of Decree 30/2020/NĐ-CP, Appendix VI"), NULL},
        {"xml", 0, 0, G_OPTION_ARG_NONE, &xml, N_("the same as XML"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;
    g_autoptr(GPtrArray) list = NULL;

    if (!lt_cli_parse(cli, argv, entries, _("Lists the dossiers, by year and code."), NULL, error))
        return LT_EXIT_USAGE;
    if (json + csv + xml > 1) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--json, --csv and --xml exclude each other"));
        return LT_EXIT_USAGE;
    }
    store = lt_cli_open(cli, LT_STORE_READ, error);
    list = store != NULL ? lt_store_dossiers(store, (guint)MAX(year, 0), error) : NULL;
    if (list == NULL)
        return LT_EXIT_IO;
    (json ? print_json_lines : csv ? print_csv : xml ? print_xml : print_list)(list);
    return LT_EXIT_DONE;
}

/* --- one of them --- */

static void
print_values(const LtDossier *dossier)
{
    const LtColumn columns[] = {{"", LT_COLUMN_LEFT}, {"", LT_COLUMN_WRAP}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++) {
        const char *value = field_value(dossier, i);
        gboolean day = i == LT_DOSSIER_START_DATE || i == LT_DOSSIER_END_DATE;
        if (value == NULL)
            continue;
        lt_table_row(table);
        lt_table_add(table, field_label(i));
        lt_table_take(table, day ? lt_cli_shown_day(value) : lt_cli_shown(value));
    }
    if (dossier->closed_at != NULL) {
        lt_table_row(table);
        lt_table_add(table, _("Closed"));
        lt_table_take(table, g_strdup_printf("%s, %s", dossier->closed_at, dossier->closed_by));
    }
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO), FALSE);
}

static void
add_document(LtTable *table, const LtRecord *record, guint ordinal)
{
    char *ending = lt_record_ending(record);

    lt_table_row(table);
    lt_table_take(table, g_strdup_printf("%u", ordinal));
    lt_table_take(table, g_strdup_printf("#%" PRId64, record->id));
    lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_NUMBER].value));
    lt_table_take(table, lt_cli_shown_day(record->fields[LT_FIELD_ISSUED_DATE].value));
    lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_TYPE].value));
    lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_SUBJECT].value));
    lt_table_take(table, g_strdup_printf("%u", record->page_count));
    if (ending != NULL)
        lt_table_take_note(table, ending);
}

static gboolean
print_documents(LtStore *store, const LtDossier *dossier, GError **error)
{
    const LtColumn columns[] = {
        {_("no."), LT_COLUMN_RIGHT},   {_("id"), LT_COLUMN_RIGHT},  {_("number"), LT_COLUMN_LEFT},
        {_("date"), LT_COLUMN_LEFT},   {_("type"), LT_COLUMN_WRAP}, {_("subject"), LT_COLUMN_WRAP},
        {_("pages"), LT_COLUMN_RIGHT},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < dossier->ids->len; i++) {
        g_autoptr(LtRecord) record =
            lt_store_document(store, g_array_index(dossier->ids, gint64, i), FALSE, error);
        if (record == NULL)
            return FALSE;
        add_document(table, record, i + 1);
    }
    putchar('\n');
    if (dossier->ids->len > 0)
        lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                       lt_cli_terminal_styled(STDOUT_FILENO));
    fflush(stdout);
    fprintf(stderr, ngettext("%u document", "%u documents", dossier->documents),
            dossier->documents);
    fprintf(stderr, ngettext(", %u page\n", ", %u pages\n", dossier->pages), dossier->pages);
    return TRUE;
}

static gboolean
print_json(LtStore *store, const LtDossier *dossier, GError **error)
{
    static const LtFieldId shown[] = {LT_FIELD_NUMBER, LT_FIELD_ISSUED_DATE, LT_FIELD_TYPE,
                                      LT_FIELD_ISSUER, LT_FIELD_SUBJECT};
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    build_head(builder, dossier);
    json_builder_set_member_name(builder, "items");
    json_builder_begin_array(builder);
    for (guint i = 0; i < dossier->ids->len; i++) {
        g_autoptr(LtRecord) record =
            lt_store_document(store, g_array_index(dossier->ids, gint64, i), FALSE, error);
        if (record == NULL)
            return FALSE;
        json_builder_begin_object(builder);
        lt_json_count(builder, "ordinal", i + 1);
        lt_json_count(builder, "id", (guint64)record->id);
        for (guint f = 0; f < G_N_ELEMENTS(shown); f++)
            lt_json_text(builder, lt_field_name(shown[f]), record->fields[shown[f]].value);
        lt_json_text(builder, "validity", lt_validity_name(lt_record_validity(record)));
        lt_json_count(builder, "page_count", record->page_count);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    lt_json_print(builder);
    return TRUE;
}

LtExit
lt_command_dossier_show(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    gboolean json = FALSE;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, N_("CODE")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;
    g_autoptr(LtDossier) dossier = NULL;
    gint64 id;

    if (!lt_cli_parse(cli, argv, entries, _("Shows a dossier and its documents, in order."), NULL,
                      error))
        return LT_EXIT_USAGE;
    if (!lt_cli_dossier_open(cli, LT_STORE_READ, words, &store, &id, error))
        return LT_EXIT_PARTLY;
    dossier = lt_store_dossier(store, id, error);
    if (dossier == NULL)
        return LT_EXIT_PARTLY;
    if (json)
        return print_json(store, dossier, error) ? LT_EXIT_DONE : LT_EXIT_IO;
    print_values(dossier);
    return print_documents(store, dossier, error) ? LT_EXIT_DONE : LT_EXIT_IO;
}
