/* luutru show: one document, with what is known of each field and where it was read. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/record.h"
#include "cli/table.h"

typedef struct {
    gboolean json;
    gboolean text;
} ShowOptions;

static void
print_text(const LtRecord *record)
{
    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);
        g_autofree char *text = lt_cli_shown_lines(page->text);
        printf(_("— page %u (%s) —\n"), page->number, lt_page_source_name(page->source));
        printf("%s%s", text, g_str_has_suffix(text, "\n") ? "" : "\n");
    }
}

static void
print_list(LtStore *store, GArray *ids)
{
    const LtColumn columns[] = {
        {_("id"), LT_COLUMN_RIGHT},    {_("number"), LT_COLUMN_LEFT},  {_("date"), LT_COLUMN_LEFT},
        {_("issuer"), LT_COLUMN_WRAP}, {_("subject"), LT_COLUMN_WRAP},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(LtRecord) record =
            lt_store_document(store, g_array_index(ids, gint64, i), FALSE, NULL);
        if (record == NULL)
            continue;
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("#%" G_GINT64_FORMAT, record->id));
        lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_NUMBER].value));
        lt_table_take(table, lt_cli_shown_day(record->fields[LT_FIELD_ISSUED_DATE].value));
        lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_ISSUER].value));
        lt_table_take(table, lt_cli_shown(record->fields[LT_FIELD_SUBJECT].value));
        char *ending = lt_record_ending(record);
        if (ending != NULL)
            lt_table_take_note(table, ending);
    }
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                   lt_cli_terminal_styled(STDOUT_FILENO));
}

static void
print_json_lines(LtStore *store, GArray *ids)
{
    for (guint i = 0; i < ids->len; i++) {
        g_autoptr(LtRecord) record =
            lt_store_document(store, g_array_index(ids, gint64, i), FALSE, NULL);
        g_autofree char *json = record != NULL ? lt_record_to_json(record, FALSE) : NULL;
        if (json != NULL)
            puts(json);
    }
}

/* FALSE without error: there are several, and they have been listed. */
static gboolean
find_one(LtStore *store, const char *wanted, gboolean json, gint64 *ret_id, GError **error)
{
    g_autofree char *number = g_utf8_make_valid(wanted, -1);
    g_autoptr(GArray) ids = NULL;

    if (lt_cli_parse_id(wanted, FALSE, ret_id))
        return TRUE;
    ids = lt_store_find_number(store, number, error);
    if (ids == NULL)
        return FALSE;
    if (ids->len == 0) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_NOT_FOUND,
                    _("no document has the number '%s'; a document's id is written '#12' (in "
                      "quotes) or id:12"),
                    number);
        return FALSE;
    }
    *ret_id = g_array_index(ids, gint64, 0);
    if (ids->len == 1)
        return TRUE;
    if (json)
        print_json_lines(store, ids);
    else
        print_list(store, ids);
    fflush(stdout);
    fprintf(stderr,
            _("%u documents have this number: name one by its id, such as 'id:%" PRId64 "'\n"),
            ids->len, *ret_id);
    return FALSE;
}

static gboolean
show_document(LtStore *store, gint64 id, const ShowOptions *options, GError **error)
{
    g_autoptr(LtRecord) record = lt_store_document(store, id, options->text, error);
    g_autoptr(GArray) cited_by = NULL;

    if (record == NULL)
        return FALSE;
    if (options->json) {
        g_autofree char *json = lt_record_to_json(record, options->text);
        puts(json);
        return TRUE;
    }
    if (options->text) {
        print_text(record);
        return TRUE;
    }
    cited_by = lt_store_cited_by(store, id, error);
    if (cited_by == NULL)
        return FALSE;
    lt_record_print(record, store, cited_by);
    return TRUE;
}

LtExit
lt_command_show(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) names = NULL;
    g_autofree char *name = NULL;
    ShowOptions options = {0};
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("one JSON object"), NULL},
        {"text", 0, 0, G_OPTION_ARG_NONE, &options.text, N_("the text of its pages"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &names, NULL, N_("NUMBER|#ID")},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(LtStore) store = NULL;
    gint64 id;

    if (!lt_cli_parse(cli, argv, entries, _("Shows one document."),
                      _("A shell takes '#' for a comment: write '#12' in quotes, or id:12."),
                      error))
        return LT_EXIT_USAGE;
    if (names == NULL) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'show' wants a number, or an id such as '#12' (in quotes) or id:12"));
        return LT_EXIT_USAGE;
    }
    name = g_strjoinv(" ", names);
    store = lt_cli_open(cli, LT_STORE_READ, error);
    if (store == NULL || !find_one(store, name, options.json, &id, error) ||
        !show_document(store, id, &options, error))
        return LT_EXIT_PARTLY;
    return LT_EXIT_DONE;
}
