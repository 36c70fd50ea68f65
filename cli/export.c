/* luutru export: documents as JSON lines, CSV or XLSX. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/find.h"
#include "cli/output.h"
#include "cli/rows.h"
#include "cli/xlsx.h"

typedef struct {
    LtOutput output;
    gboolean with_text;
    guint64 written;
} Export;

static gboolean
write_json(const LtRecord *record, gpointer user_data, GError **error)
{
    Export *export = user_data;
    g_autofree char *json = lt_record_to_json(record, export->with_text);
    g_autofree char *line = g_strconcat(json, "\n", NULL);

    export->written++;
    return lt_output_write(&export->output, line, strlen(line), error);
}

static gboolean
write_csv(const LtRecord *record, gpointer user_data, GError **error)
{
    Export *export = user_data;
    g_autoptr(GString) csv = g_string_new(NULL);

    lt_csv_row(csv, record, export->with_text);
    export->written++;
    return lt_output_write(&export->output, csv->str, csv->len, error);
}

static gboolean
write_xlsx(const LtRecord *record, gpointer user_data, GError **error)
{
    (void)error;
    lt_xlsx_add(user_data, record);
    return TRUE;
}

static gboolean
export_jsonl(LtStore *store, const LtSearch *search, Export *export, GError **error)
{
    return lt_store_each(store, search, export->with_text, write_json, export, error);
}

static gboolean
export_csv(LtStore *store, const LtSearch *search, Export *export, GError **error)
{
    g_autoptr(GString) header = g_string_new(NULL);

    lt_csv_header(header, export->with_text);
    return lt_output_write(&export->output, header->str, header->len, error) &&
           lt_store_each(store, search, export->with_text, write_csv, export, error);
}

static gboolean
export_xlsx(LtStore *store, const LtSearch *search, Export *export, GError **error)
{
    g_autoptr(LtXlsx) xlsx = lt_xlsx_new(export->with_text, error);

    if (xlsx == NULL || !lt_store_each(store, search, export->with_text, write_xlsx, xlsx, error))
        return FALSE;
    export->written = lt_xlsx_n_rows(xlsx);
    if (lt_xlsx_n_cut(xlsx) > 0)
        fprintf(stderr,
                _("luutru: %u values were longer than a cell may be (32767 signs) and were cut\n"),
                lt_xlsx_n_cut(xlsx));
    return lt_xlsx_finish(xlsx, &export->output, error);
}

typedef struct {
    const char *name;
    gboolean (*write)(LtStore *store, const LtSearch *search, Export *export, GError **error);
    gboolean is_text;
} Format;

static const Format FORMATS[] = {
    {"jsonl", export_jsonl, TRUE},
    {"csv", export_csv, TRUE},
    {"xlsx", export_xlsx, FALSE},
};

static const Format *
find_format(const char *name, const char *path, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(FORMATS); i++) {
        if (strcmp(FORMATS[i].name, name) != 0)
            continue;
        if (FORMATS[i].is_text || path != NULL || !isatty(STDOUT_FILENO))
            return &FORMATS[i];
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'%s' is no text for a terminal: name a file with -o, or redirect"), name);
        return NULL;
    }
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("there is no format '%s': choose jsonl, csv or xlsx"), name);
    return NULL;
}

static LtExit
run_export(LtCli *cli, const Format *format, LtFind *find, gboolean with_text, const char *path,
           GError **error)
{
    Export export = {.output = LT_OUTPUT_INIT, .with_text = with_text};
    g_autoptr(LtStore) store = NULL;
    LtSearch search;
    gboolean done;

    if (!lt_find_search(find, &search, error))
        return LT_EXIT_USAGE;
    store = lt_cli_open(cli, LT_STORE_READ, error);
    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    done = lt_output_open(&export.output, path, error) &&
           format->write(store, &search, &export, error) && lt_output_commit(&export.output, error);
    lt_output_clear(&export.output);
    if (done && path != NULL)
        fprintf(stderr,
                ngettext("%" PRIu64 " document written\n", "%" PRIu64 " documents written\n",
                         export.written),
                export.written);
    return done && export.written == 0 ? LT_EXIT_PARTLY : LT_EXIT_DONE;
}

LtExit
lt_command_export(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    g_autofree char *name = NULL;
    g_autofree char *path = NULL;
    gboolean with_text = FALSE;
    const GOptionEntry entries[] = {
        {"format", 'f', 0, G_OPTION_ARG_STRING, &name, N_("jsonl (default), csv or xlsx"),
         N_("FORMAT")},
        {"text", 0, 0, G_OPTION_ARG_NONE, &with_text, N_("add the text of the pages"), NULL},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("write to this file"), N_("FILE")},
        G_OPTION_ENTRY_NULL,
    };
    const Format *format;

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Writes the documents that QUERY finds, or all of them."), error))
        return LT_EXIT_USAGE;
    format = find_format(name != NULL ? name : "jsonl", path, error);
    if (format == NULL)
        return LT_EXIT_USAGE;
    return run_export(cli, format, &find, with_text, path, error);
}
