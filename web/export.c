/* The list that a search finds, as a file for a spreadsheet. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/route.h"
#include "web/search.h"

#define MOST_ROWS 20000u
#define EXPORT_SECONDS 60u
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static gboolean
add_csv(const LtRecord *record, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    lt_csv_row(user_data, record, FALSE);
    return TRUE;
}

static GBytes *
make_csv(LtStore *store, const LtSearch *search, GError **error)
{
    g_autoptr(GString) csv = g_string_new(LT_CSV_MARK);

    lt_csv_header(csv, FALSE);
    return lt_store_each(store, search, FALSE, add_csv, csv, error)
               ? g_string_free_to_bytes(g_steal_pointer(&csv))
               : NULL;
}

static gboolean
add_xlsx(const LtRecord *record, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    guint n_columns = lt_row_n_columns(FALSE);
    g_auto(GStrv) values = g_new0(char *, n_columns + 1);

    for (guint i = 0; i < n_columns; i++)
        values[i] = lt_row_value(record, i);
    lt_xlsx_add(user_data, values);
    return TRUE;
}

static GBytes *
make_xlsx(LtStore *store, const LtSearch *search, GError **error)
{
    guint n_columns = lt_row_n_columns(FALSE);
    g_autofree LtSheetColumn *columns = g_new0(LtSheetColumn, n_columns);
    g_autoptr(LtXlsx) xlsx = NULL;
    const char *path;
    char *bytes = NULL;
    gsize size = 0;

    for (guint i = 0; i < n_columns; i++)
        columns[i] = *lt_row_column(i);
    xlsx = lt_xlsx_new(columns, n_columns, NULL, error);
    if (xlsx == NULL || !lt_store_each(store, search, FALSE, add_xlsx, xlsx, error))
        return NULL;
    path = lt_xlsx_finish(xlsx, error);
    return path != NULL && g_file_get_contents(path, &bytes, &size, error)
               ? g_bytes_new_take(bytes, size)
               : NULL;
}

static const struct {
    const char *name, *type, *disposition;
    GBytes *(*make)(LtStore *store, const LtSearch *search, GError **error);
} FORMATS[] = {
    {"csv", "text/csv; charset=utf-8", "attachment; filename=\"luutru.csv\"", make_csv},
    {"xlsx", XLSX, "attachment; filename=\"luutru.xlsx\"", make_xlsx},
};

LtAnswer *
lt_handle_export(LtDesk *desk, const LtRequest *request)
{
    const char *name = lt_request_parameter(request, "format");
    g_autoptr(GError) error = NULL;
    LtSearch search;
    LtAnswer *answer = lt_web_search(request, &search);
    GBytes *bytes = NULL;
    LtStore *store;
    guint format = 0;

    if (answer != NULL)
        return answer;
    while (format < G_N_ELEMENTS(FORMATS) && g_strcmp0(name, FORMATS[format].name) != 0)
        format++;
    if (format == G_N_ELEMENTS(FORMATS))
        return lt_answer_problem(400, _("'format' is csv or xlsx"));
    search.limit = MOST_ROWS;
    search.offset = 0;
    store = lt_desk_store(desk, &error);
    if (store != NULL) {
        lt_store_set_deadline(store, EXPORT_SECONDS);
        bytes = FORMATS[format].make(store, &search, &error);
    }
    if (bytes == NULL)
        return lt_answer_error(error);
    lt_desk_note(desk, request, "export", 0, search.query);
    answer = lt_answer_new(200);
    answer->body = bytes;
    answer->type = g_strdup(FORMATS[format].type);
    lt_answer_add_header(answer, "Content-Disposition", FORMATS[format].disposition);
    return answer;
}
