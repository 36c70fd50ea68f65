#include "store/store.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>

#define CELL_CHARACTERS 32767 /* as counted by spreadsheets */
#define SHEET_ROWS 1048576u

struct LtXlsx {
    const LtSheetColumn *columns;
    guint n_columns;
    char *folder; /* temporary: the library writes only by name */
    char *path;
    lxw_workbook *workbook; /* (nullable) once closed */
    lxw_worksheet *sheet;
    lxw_format *day;
    lxw_format *wrapped;
    guint first; /* the row of the headings */
    guint rows;  /* that were written, with all above them */
    guint cut;
};

/* Titles stand over the whole width, the first one bold. */
static void
write_titles(LtXlsx *xlsx, const GPtrArray *titles)
{
    lxw_format *bold = workbook_add_format(xlsx->workbook);
    lxw_format *plain = workbook_add_format(xlsx->workbook);

    format_set_bold(bold);
    format_set_align(bold, LXW_ALIGN_CENTER);
    format_set_align(plain, LXW_ALIGN_CENTER);
    for (guint i = 0; i < titles->len; i++) {
        g_autofree char *safe = lt_shown(g_ptr_array_index(titles, i));
        worksheet_merge_range(xlsx->sheet, xlsx->rows, 0, xlsx->rows,
                              (lxw_col_t)(xlsx->n_columns - 1), safe, i == 0 ? bold : plain);
        xlsx->rows++;
    }
    xlsx->rows++;
    worksheet_set_landscape(xlsx->sheet);
    worksheet_set_paper(xlsx->sheet, 9); /* A4 */
    worksheet_fit_to_pages(xlsx->sheet, 1, 0);
    worksheet_repeat_rows(xlsx->sheet, xlsx->rows, xlsx->rows);
    worksheet_set_footer(xlsx->sheet, "&C&P");
}

static void
write_header(LtXlsx *xlsx)
{
    lxw_format *bold = workbook_add_format(xlsx->workbook);

    format_set_bold(bold);
    if (xlsx->wrapped != NULL) {
        format_set_text_wrap(bold);
        format_set_align(bold, LXW_ALIGN_CENTER);
        format_set_border(bold, LXW_BORDER_THIN);
    }
    for (guint i = 0; i < xlsx->n_columns; i++) {
        worksheet_set_column(xlsx->sheet, (lxw_col_t)i, (lxw_col_t)i, xlsx->columns[i].width, NULL);
        worksheet_write_string(xlsx->sheet, xlsx->rows, (lxw_col_t)i, xlsx->columns[i].name, bold);
    }
    xlsx->first = xlsx->rows++;
    worksheet_freeze_panes(xlsx->sheet, xlsx->rows, 0);
}

/* Cells of a sheet for paper are framed, and wrap. */
static void
add_formats(LtXlsx *xlsx, gboolean paper)
{
    xlsx->day = workbook_add_format(xlsx->workbook);
    format_set_num_format(xlsx->day, "dd/mm/yyyy");
    if (!paper)
        return;
    xlsx->wrapped = workbook_add_format(xlsx->workbook);
    format_set_text_wrap(xlsx->wrapped);
    format_set_align(xlsx->wrapped, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(xlsx->day, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(xlsx->wrapped, LXW_BORDER_THIN);
    format_set_border(xlsx->day, LXW_BORDER_THIN);
}

LtXlsx *
lt_xlsx_new(const LtSheetColumn *columns, guint n_columns, const GPtrArray *titles, GError **error)
{
    g_autoptr(LtXlsx) xlsx = g_new0(LtXlsx, 1);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};

    xlsx->columns = columns;
    xlsx->n_columns = n_columns;
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
    add_formats(xlsx, titles != NULL);
    if (titles != NULL)
        write_titles(xlsx, titles);
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
    g_autofree char *safe = lt_shown_lines(value);

    if (g_utf8_strlen(safe, -1) > CELL_CHARACTERS) {
        *g_utf8_offset_to_pointer(safe, CELL_CHARACTERS) = '\0';
        xlsx->cut++;
    }
    if (*safe != '\0')
        worksheet_write_string(xlsx->sheet, row, column, safe, xlsx->wrapped);
    else if (xlsx->wrapped != NULL)
        worksheet_write_blank(xlsx->sheet, row, column, xlsx->wrapped);
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
lt_xlsx_add(LtXlsx *xlsx, char *const *values)
{
    lxw_row_t row = xlsx->rows++;

    if (row >= SHEET_ROWS)
        return;
    for (guint i = 0; i < xlsx->n_columns; i++) {
        lxw_col_t column = (lxw_col_t)i;
        if (xlsx->columns[i].kind == LT_SHEET_COUNT)
            worksheet_write_number(xlsx->sheet, row, column, g_ascii_strtod(values[i], NULL),
                                   xlsx->wrapped);
        else if (xlsx->columns[i].kind == LT_SHEET_DAY)
            write_day(xlsx, row, column, values[i]);
        else
            write_text(xlsx, row, column, values[i]);
    }
}

guint
lt_xlsx_n_rows(const LtXlsx *xlsx)
{
    return xlsx->rows - xlsx->first - 1;
}

guint
lt_xlsx_n_cut(const LtXlsx *xlsx)
{
    return xlsx->cut;
}

const char *
lt_xlsx_finish(LtXlsx *xlsx, GError **error)
{
    lxw_error code;

    worksheet_autofilter(xlsx->sheet, xlsx->first, 0, MIN(xlsx->rows, SHEET_ROWS) - 1,
                         (lxw_col_t)(xlsx->n_columns - 1));
    code = workbook_close(g_steal_pointer(&xlsx->workbook));
    if (code != LXW_NO_ERROR) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("cannot write the workbook: %s"),
                    lxw_strerror(code));
        return NULL;
    }
    if (xlsx->rows > SHEET_ROWS) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("%u documents do not fit into one sheet: narrow the query, or take csv"),
                    lt_xlsx_n_rows(xlsx));
        return NULL;
    }
    return xlsx->path;
}
