#include "cli/xlsx.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>

#include "cli/rows.h"

#define CELL_CHARACTERS 32767 /* as counted by spreadsheets */
#define SHEET_ROWS 1048576u

struct LtXlsx {
    gboolean with_text;
    char *folder; /* temporary: the library writes only by name */
    char *path;
    lxw_workbook *workbook; /* (nullable) once closed */
    lxw_worksheet *sheet;
    lxw_format *day;
    guint rows; /* with the header */
    guint cut;
};

static void
write_header(LtXlsx *xlsx)
{
    lxw_format *bold = workbook_add_format(xlsx->workbook);
    guint n = lt_row_n_columns(xlsx->with_text);

    format_set_bold(bold);
    for (guint i = 0; i < n; i++) {
        worksheet_set_column(xlsx->sheet, (lxw_col_t)i, (lxw_col_t)i, lt_row_column(i)->width,
                             NULL);
        worksheet_write_string(xlsx->sheet, 0, (lxw_col_t)i, lt_row_column(i)->name, bold);
    }
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    xlsx->rows = 1;
}

LtXlsx *
lt_xlsx_new(gboolean with_text, GError **error)
{
    g_autoptr(LtXlsx) xlsx = g_new0(LtXlsx, 1);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};

    xlsx->with_text = with_text;
    xlsx->folder = g_dir_make_tmp("luutru-XXXXXX", error);
    if (xlsx->folder == NULL)
        return NULL;
    xlsx->path = g_build_filename(xlsx->folder, "export.xlsx", NULL);
    options.tmpdir = xlsx->folder;
    xlsx->workbook = workbook_new_opt(xlsx->path, &options);
    if (xlsx->workbook != NULL)
        xlsx->sheet = workbook_add_worksheet(xlsx->workbook, "luutru");
    if (xlsx->sheet == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("cannot begin a workbook in '%s'"),
                    xlsx->folder);
        return NULL;
    }
    xlsx->day = workbook_add_format(xlsx->workbook);
    format_set_num_format(xlsx->day, "dd/mm/yyyy");
    write_header(xlsx);
    return g_steal_pointer(&xlsx);
}

void
lt_xlsx_free(LtXlsx *xlsx)
{
    if (xlsx == NULL)
        return;
    if (xlsx->workbook != NULL)
        workbook_close(xlsx->workbook);
    if (xlsx->path != NULL)
        g_unlink(xlsx->path);
    if (xlsx->folder != NULL)
        g_rmdir(xlsx->folder);
    g_free(xlsx->path);
    g_free(xlsx->folder);
    g_free(xlsx);
}

/* Cuts to what a cell may hold; control characters have no place in XML. */
static void
write_text(LtXlsx *xlsx, lxw_row_t row, lxw_col_t column, const char *value)
{
    g_autofree char *safe = lt_cli_shown_lines(value);

    if (g_utf8_strlen(safe, -1) > CELL_CHARACTERS) {
        *g_utf8_offset_to_pointer(safe, CELL_CHARACTERS) = '\0';
        xlsx->cut++;
    }
    if (*safe != '\0')
        worksheet_write_string(xlsx->sheet, row, column, safe, NULL);
}

static void
write_day(LtXlsx *xlsx, lxw_row_t row, lxw_col_t column, const char *value)
{
    lxw_datetime day = {0};

    if (sscanf(value, "%4d-%2d-%2d", &day.year, &day.month, &day.day) == 3 && day.year >= 1900)
        worksheet_write_datetime(xlsx->sheet, row, column, &day, xlsx->day);
    else
        write_text(xlsx, row, column, value);
}

void
lt_xlsx_add(LtXlsx *xlsx, const LtRecord *record)
{
    lxw_row_t row = xlsx->rows++;

    if (row >= SHEET_ROWS)
        return;
    for (guint i = 0; i < lt_row_n_columns(xlsx->with_text); i++) {
        g_autofree char *value = lt_row_value(record, i);
        switch (lt_row_column(i)->kind) {
        case LT_ROW_COUNT:
            worksheet_write_number(xlsx->sheet, row, (lxw_col_t)i, g_ascii_strtod(value, NULL),
                                   NULL);
            break;
        case LT_ROW_DAY:
            write_day(xlsx, row, (lxw_col_t)i, value);
            break;
        case LT_ROW_TEXT:
            write_text(xlsx, row, (lxw_col_t)i, value);
            break;
        }
    }
}

guint
lt_xlsx_n_rows(const LtXlsx *xlsx)
{
    return xlsx->rows - 1;
}

guint
lt_xlsx_n_cut(const LtXlsx *xlsx)
{
    return xlsx->cut;
}

static gboolean
copy_to(const char *path, LtOutput *output, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);

    return file != NULL && lt_output_write(output, g_mapped_file_get_contents(file),
                                           g_mapped_file_get_length(file), error);
}

gboolean
lt_xlsx_finish(LtXlsx *xlsx, LtOutput *output, GError **error)
{
    lxw_error code;

    worksheet_autofilter(xlsx->sheet, 0, 0, MIN(xlsx->rows, SHEET_ROWS) - 1,
                         (lxw_col_t)(lt_row_n_columns(xlsx->with_text) - 1));
    code = workbook_close(g_steal_pointer(&xlsx->workbook));
    if (code != LXW_NO_ERROR) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("cannot write the workbook: %s"),
                    lxw_strerror(code));
        return FALSE;
    }
    if (xlsx->rows > SHEET_ROWS) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_INPUT,
                    _("%u documents do not fit into one sheet: narrow the query, or take csv"),
                    xlsx->rows - 1);
        return FALSE;
    }
    return copy_to(xlsx->path, output, error);
}
