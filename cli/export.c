/* luutru export: documents as JSON lines, CSV or XLSX. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/find.h"
#include "cli/metadata.h"
#include "cli/output.h"

typedef struct {
    LtOutput output;
    const char *dossier; /* (nullable) */
    gboolean with_text;
    guint64 written;
    gboolean failed; /* something of it is not as it should be, and was told */
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

typedef struct {
    LtXlsx *xlsx;
    guint n_columns;
} Workbook;

static gboolean
write_xlsx(const LtRecord *record, gpointer user_data, GError **error)
{
    const Workbook *workbook = user_data;
    g_auto(GStrv) values = g_new0(char *, workbook->n_columns + 1);

    (void)error;
    for (guint i = 0; i < workbook->n_columns; i++)
        values[i] = lt_row_value(record, i);
    lt_xlsx_add(workbook->xlsx, values);
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
    guint n_columns = lt_row_n_columns(export->with_text);
    g_autofree LtSheetColumn *columns = g_new0(LtSheetColumn, n_columns);
    g_autoptr(LtXlsx) xlsx = NULL;

    for (guint i = 0; i < n_columns; i++)
        columns[i] = *lt_row_column(i);
    xlsx = lt_xlsx_new(columns, n_columns, NULL, error);
    Workbook workbook = {xlsx, n_columns};
    if (xlsx == NULL ||
        !lt_store_each(store, search, export->with_text, write_xlsx, &workbook, error))
        return FALSE;
    export->written = lt_xlsx_n_rows(xlsx);
    if (lt_xlsx_n_cut(xlsx) > 0)
        fprintf(stderr,
                _("luutru: %u values were longer than a cell may be (32767 signs) and were cut\n"),
                lt_xlsx_n_cut(xlsx));
    return lt_output_write_file(&export->output, lt_xlsx_finish(xlsx, error), error);
}

static gboolean
export_metadata(LtStore *store, const LtSearch *search, Export *export, gboolean xml,
                GError **error)
{
    LtMetadataExport metadata = {.output = &export->output, .xml = xml, .search = search};

    if (export->dossier != NULL &&
        !lt_store_find_dossier(store, export->dossier, &metadata.dossier, error))
        return FALSE;
    if (!lt_metadata_export(store, &metadata, error))
        return FALSE;
    export->written = metadata.written;
    export->failed = metadata.too_long > 0;
    return TRUE;
}

static gboolean
export_metadata_csv(LtStore *store, const LtSearch *search, Export *export, GError **error)
{
    return export_metadata(store, search, export, FALSE, error);
}

static gboolean
export_metadata_xml(LtStore *store, const LtSearch *search, Export *export, GError **error)
{
    return export_metadata(store, search, export, TRUE, error);
}

typedef struct {
    const char *name;
    gboolean (*write)(LtStore *store, const LtSearch *search, Export *export, GError **error);
    gboolean is_text;
    gboolean metadata; /* of documents and dossiers, by the decree */
} Format;

static const Format FORMATS[] = {
    {"jsonl", export_jsonl, TRUE, FALSE},
    {"csv", export_csv, TRUE, FALSE},
    {"xlsx", export_xlsx, FALSE, FALSE},
    {"metadata-csv", export_metadata_csv, TRUE, TRUE},
    {"metadata-xml", export_metadata_xml, TRUE, TRUE},
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
                _("there is no format '%s': choose jsonl, csv, xlsx, metadata-csv or metadata-xml"),
                name);
    return NULL;
}

typedef struct {
    char *name, *path, *dossier;
    gboolean with_text;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->name);
    g_free(options->path);
    g_free(options->dossier);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static LtExit
run_export(LtCli *cli, const Format *format, LtFind *find, const Options *options, GError **error)
{
    Export export = {
        .output = LT_OUTPUT_INIT, .dossier = options->dossier, .with_text = options->with_text};
    const char *path = options->path;
    g_autoptr(LtStore) store = NULL;
    LtSearch search;
    gboolean done;

    if (!lt_find_exactly(find, &search, error))
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
    return done && (export.written == 0 || export.failed) ? LT_EXIT_PARTLY : LT_EXIT_DONE;
}

LtExit
lt_command_export(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"format", 'f', 0, G_OPTION_ARG_STRING, &options.name,
         N_("jsonl (default), csv, xlsx, metadata-csv or metadata-xml"), N_("FORMAT")},
        {"text", 0, 0, G_OPTION_ARG_NONE, &options.with_text, N_("add the text of the pages"),
         NULL},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.path, N_("write to this file"),
         N_("FILE")},
        {"dossier", 0, 0, G_OPTION_ARG_STRING, &options.dossier,
         N_("metadata-…: of this dossier, in its order"), N_("CODE")},
        G_OPTION_ENTRY_NULL,
    };
    const Format *format;

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Writes the documents that QUERY finds, or all of them."), error))
        return LT_EXIT_USAGE;
    format = find_format(options.name != NULL ? options.name : "jsonl", options.path, error);
    if (format == NULL)
        return LT_EXIT_USAGE;
    if (options.dossier != NULL && (!format->metadata || !lt_find_is_empty(&find))) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--dossier goes with metadata-csv and metadata-xml, without a query"));
        return LT_EXIT_USAGE;
    }
    return run_export(cli, format, &find, &options, error);
}
