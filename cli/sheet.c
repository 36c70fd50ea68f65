#include "cli/sheet.h"

#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "print/print.h"

static gboolean
write_csv(const LtSheet *sheet, LtOutput *output, GError **error)
{
    g_autoptr(GString) csv = lt_sheet_to_csv(sheet);

    return lt_output_write(output, csv->str, csv->len, error);
}

static gboolean
write_xlsx(const LtSheet *sheet, LtOutput *output, GError **error)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    g_autoptr(LtXlsx) xlsx = NULL;

    g_ptr_array_add(titles, (gpointer)sheet->title);
    for (guint i = 0; i < sheet->heads->len; i++)
        g_ptr_array_add(titles, g_ptr_array_index(sheet->heads, i));
    xlsx = lt_xlsx_new(sheet->columns, sheet->n_columns, titles, error);
    if (xlsx == NULL)
        return FALSE;
    for (guint i = 0; i < sheet->rows->len; i++)
        lt_xlsx_add(xlsx, g_ptr_array_index(sheet->rows, i));
    return lt_output_write_file(output, lt_xlsx_finish(xlsx, error), error);
}

/* --- paper --- */

static GVariant *
lines_of(const GPtrArray *lines)
{
    GVariantBuilder builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("as"));

    for (guint i = 0; i < lines->len; i++)
        g_variant_builder_add(&builder, "s", (const char *)g_ptr_array_index(lines, i));
    return g_variant_builder_end(&builder);
}

static GVariant *
columns_of(const LtSheet *sheet)
{
    GVariantBuilder builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(sub)"));

    for (guint i = 0; i < sheet->n_columns; i++) {
        const LtSheetColumn *column = &sheet->columns[i];
        g_variant_builder_add(&builder, "(sub)", column->name, (guint32)column->width,
                              column->kind != LT_SHEET_TEXT);
    }
    return g_variant_builder_end(&builder);
}

static GVariant *
rows_of(const LtSheet *sheet)
{
    GVariantBuilder builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aas"));

    for (guint r = 0; r < sheet->rows->len; r++) {
        g_variant_builder_open(&builder, G_VARIANT_TYPE("as"));
        for (guint c = 0; c < sheet->n_columns; c++) {
            g_autofree char *text = lt_sheet_text(sheet, r, c);
            g_autofree char *safe = lt_cli_shown(text);
            g_variant_builder_add(&builder, "s", safe);
        }
        g_variant_builder_close(&builder);
    }
    return g_variant_builder_end(&builder);
}

static GBytes *
message_of(const LtSheet *sheet)
{
    g_autofree char *parent = lt_cli_shown(sheet->parent);
    g_autofree char *office = lt_cli_shown(sheet->office);
    g_autoptr(GVariant) message = g_variant_ref_sink(
        g_variant_new("(sssbbb@as@as@a(sub)@aas)", sheet->title, parent, office, sheet->head,
                      sheet->cover, sheet->signature, lines_of(sheet->heads),
                      lines_of(sheet->closing), columns_of(sheet), rows_of(sheet)));

    return g_variant_get_data_as_bytes(message);
}

static gboolean
check_exit(GSubprocess *printer, GError **error)
{
    int code = g_subprocess_get_if_exited(printer) ? g_subprocess_get_exit_status(printer) : -1;

    if (code == LT_PRINT_DONE)
        return TRUE;
    if (code == LT_PRINT_NO_TYPEFACE)
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_SETUP,
                    _("no typeface with Vietnamese letters is installed: install fonts-croscore"));
    else
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_SETUP,
                    _("the register could not be set on paper (luutru-print ended with %d): take "
                      "csv or xlsx"),
                    code);
    return FALSE;
}

static gboolean
write_pdf(const LtSheet *sheet, LtOutput *output, GError **error)
{
    g_autofree char *program = lt_cli_printer(error);
    g_autoptr(GSubprocess) printer =
        program != NULL
            ? g_subprocess_new(G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                               error, program, NULL)
            : NULL;
    g_autoptr(GBytes) message = printer != NULL ? message_of(sheet) : NULL;
    g_autoptr(GBytes) pdf = NULL;
    gconstpointer bytes;
    gsize size;

    if (printer == NULL || !g_subprocess_communicate(printer, message, NULL, &pdf, NULL, error) ||
        !check_exit(printer, error))
        return FALSE;
    bytes = g_bytes_get_data(pdf, &size);
    return lt_output_write(output, bytes, size, error);
}

static const LtSheetFormat FORMATS[] = {
    {"csv", write_csv, TRUE},
    {"xlsx", write_xlsx, FALSE},
    {"pdf", write_pdf, FALSE},
};

const LtSheetFormat *
lt_sheet_format(const char *name, const char *path, GError **error)
{
    const char *wanted = name != NULL ? name : FORMATS[0].name;

    for (gsize i = 0; i < G_N_ELEMENTS(FORMATS); i++) {
        if (strcmp(FORMATS[i].name, wanted) != 0)
            continue;
        if (FORMATS[i].is_text || path != NULL || !isatty(STDOUT_FILENO))
            return &FORMATS[i];
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'%s' is no text for a terminal: name a file with -o, or redirect"), wanted);
        return NULL;
    }
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("there is no format '%s': choose csv, xlsx or pdf"), wanted);
    return NULL;
}
