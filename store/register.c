/* Registers, filled from the documents that a search finds, or from a dossier. */
#include "store/register-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- filling one --- */

/* A row on its way, with what it is sorted by. */
typedef struct {
    char **values;
    char *day; /* (nullable) */
    char
        *then; /* (nullable) where day and number are the same: the notation, or the day of issue */
    gint64 number, id;
} Row;

typedef struct {
    LtStore *store;
    const LtRegisterRequest *request;
    GPtrArray *rows; /* of Row */
    GArray *own_ids; /* (nullable) of gint64: what the office issued */
    GHashTable *own; /* (nullable) the same, to look it up */
    LtSheet *sheet;
    guint next_page; /* of the dossier; 0: none */
    char *issuer;    /* (nullable) of all rows, while it is one */
    gboolean several_issuers;
    gint64 least, most; /* numbers; 0: none yet */
} Filling;

static void
row_free(Row *row)
{
    g_strfreev(row->values);
    g_free(row->day);
    g_free(row->then);
    g_free(row);
}

static void
filling_clear(Filling *filling)
{
    g_clear_pointer(&filling->rows, g_ptr_array_unref);
    g_clear_pointer(&filling->own, g_hash_table_unref);
    g_clear_pointer(&filling->own_ids, g_array_unref);
    g_clear_pointer(&filling->sheet, lt_sheet_free);
    g_free(filling->issuer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filling, filling_clear)

static LtSheet *
sheet_new(LtRegisterKind kind, const LtRegisterRequest *request)
{
    LtSheet *sheet = g_new0(LtSheet, 1);

    sheet->title = lt_register_form(kind)->title;
    sheet->head = lt_register_form(kind)->cover || lt_register_form(kind)->signature ||
                  request->office != NULL;
    sheet->cover = lt_register_form(kind)->cover;
    sheet->signature = lt_register_form(kind)->signature;
    sheet->columns = lt_register_form(kind)->columns;
    sheet->n_columns = lt_register_form(kind)->n_columns;
    sheet->office = g_strdup(request->office);
    sheet->parent = g_strdup(request->parent);
    sheet->heads = g_ptr_array_new_with_free_func(g_free);
    sheet->closing = g_ptr_array_new_with_free_func(g_free);
    sheet->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    return sheet;
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
    const Row *left = *(Row *const *)a, *right = *(Row *const *)b;
    gboolean no_left = left->day == NULL || *left->day == '\0';
    gboolean no_right = right->day == NULL || *right->day == '\0';

    if (no_left != no_right)
        return no_left - no_right;
    int order = g_strcmp0(left->day, right->day);
    if (order == 0)
        order = (left->number > right->number) - (left->number < right->number);
    if (order == 0)
        order = g_strcmp0(left->then, right->then);
    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

/* Whose register it is decides, where that is said. */
static gboolean
belongs(const Filling *filling, const LtRecord *record)
{
    LtRegisterKind kind = filling->request->kind;
    gboolean issued_here = filling->own != NULL && g_hash_table_contains(filling->own, &record->id);

    if (kind != LT_REGISTER_INCOMING && kind != LT_REGISTER_OUTGOING)
        return TRUE;
    if (filling->own == NULL)
        issued_here = lt_record_stamp(record, LT_STAMP_ARRIVAL) == NULL;
    return issued_here == (kind == LT_REGISTER_OUTGOING);
}

static gboolean
is_of_year(const Filling *filling, const LtRecord *record)
{
    const LtStamp *stamp = filling->request->kind == LT_REGISTER_INCOMING
                               ? lt_record_stamp(record, LT_STAMP_ARRIVAL)
                               : NULL;
    const char *day = stamp != NULL && stamp->date != NULL
                          ? stamp->date
                          : record->fields[LT_FIELD_ISSUED_DATE].value;
    guint year = filling->request->year;

    return year == 0 || (day != NULL && g_ascii_strtoull(day, NULL, 10) == year);
}

/* What the heads of the register tell of all rows together. */
static void
note_row(Filling *filling, const LtRecord *record, const Row *row)
{
    const char *issuer = record->fields[LT_FIELD_ISSUER].value;

    if (filling->issuer == NULL && !filling->several_issuers)
        filling->issuer = g_strdup(issuer);
    else if (g_strcmp0(filling->issuer, issuer) != 0) {
        filling->several_issuers = TRUE;
        g_clear_pointer(&filling->issuer, g_free);
    }
    if (row->number > 0) {
        filling->least = filling->least == 0 ? row->number : MIN(filling->least, row->number);
        filling->most = MAX(filling->most, row->number);
    }
}

static gint64
number_of(const char *text)
{
    return text != NULL ? g_ascii_strtoll(text, NULL, 10) : 0;
}

static void
add_row(Filling *filling, const LtRecord *record)
{
    LtRegisterKind kind = filling->request->kind;
    const LtRegisterEntry entry = {record, filling->rows->len + 1, filling->next_page};
    const LtStamp *stamp =
        kind == LT_REGISTER_INCOMING ? lt_record_stamp(record, LT_STAMP_ARRIVAL) : NULL;
    Row *row = g_new0(Row, 1);

    row->values = g_new0(char *, LT_REGISTER_MAX_COLUMNS + 1);
    for (guint i = 0; i < lt_register_form(kind)->n_columns; i++)
        row->values[i] = lt_register_form(kind)->cells[i](&entry);
    row->id = record->id;
    if (kind == LT_REGISTER_INCOMING) {
        row->day = g_strdup(stamp != NULL ? stamp->date : NULL);
        row->number = number_of(stamp != NULL ? stamp->number : NULL);
        row->then = g_strdup(record->fields[LT_FIELD_ISSUED_DATE].value);
    } else {
        row->day = g_strdup(record->fields[LT_FIELD_ISSUED_DATE].value);
        row->then = g_strdup(record->fields[LT_FIELD_CODE_NOTATION].value);
        row->number = number_of(record->fields[LT_FIELD_CODE_NUMBER].value);
    }
    if (filling->next_page > 0)
        filling->next_page += record->page_count;
    note_row(filling, record, row);
    g_ptr_array_add(filling->rows, row);
}

static gboolean
take_record(const LtRecord *record, gpointer user_data, GError **error)
{
    Filling *filling = user_data;
    gboolean secret = FALSE;

    if (!is_of_year(filling, record))
        return TRUE;
    if (!lt_store_is_secret(filling->store, record, &secret, error))
        return FALSE;
    if (secret) {
        filling->sheet->secret++;
        return TRUE;
    }
    if (!belongs(filling, record)) {
        filling->sheet->left_out++;
        return TRUE;
    }
    if (filling->rows->len >= LT_REGISTER_MAX_ROWS) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("a register has at most %u rows: narrow the query, or take one year"),
                    LT_REGISTER_MAX_ROWS);
        return FALSE;
    }
    add_row(filling, record);
    return TRUE;
}

/* What the office issued, by the same rules by which a search finds an issuer. */
static gboolean
find_own(Filling *filling, GError **error)
{
    const LtSearch search = {.query = "", .issuer = filling->request->office};

    if (filling->request->office == NULL || !filling->sheet->cover)
        return TRUE;
    filling->own_ids = lt_search_ids(filling->store, &search, error);
    if (filling->own_ids == NULL)
        return FALSE;
    filling->own = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < filling->own_ids->len; i++)
        g_hash_table_add(filling->own, &g_array_index(filling->own_ids, gint64, i));
    return TRUE;
}

static gboolean
fill_dossier(Filling *filling, const LtDossier *dossier, GError **error)
{
    filling->next_page = 1;
    for (guint i = 0; i < dossier->ids->len; i++) {
        g_autoptr(LtRecord) record =
            lt_store_document(filling->store, g_array_index(dossier->ids, gint64, i), FALSE, error);
        if (record == NULL || !take_record(record, filling, error))
            return FALSE;
    }
    return TRUE;
}

/* Rows found by a query are put in order, and counted in that order. */
static void
finish_rows(Filling *filling)
{
    if (filling->next_page == 0)
        g_ptr_array_sort(filling->rows, compare_rows);
    for (guint i = 0; i < filling->rows->len; i++) {
        Row *row = g_ptr_array_index(filling->rows, i);
        if (lt_register_counts_rows(filling->request->kind)) {
            g_free(row->values[0]);
            row->values[0] = g_strdup_printf("%u", i + 1);
        }
        g_ptr_array_add(filling->sheet->rows, g_steal_pointer(&row->values));
    }
}

static void add_head(LtSheet *sheet, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
add_head(LtSheet *sheet, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    g_ptr_array_add(sheet->heads, g_strdup_vprintf(format, values));
    va_end(values);
}

#define DOTS "……………"

/* "Năm: 2023", from what day to what day, from what number to what number, which volume. */
static void
head_book(Filling *filling)
{
    LtSheet *sheet = filling->sheet;
    const Row *first = filling->rows->len > 0 ? g_ptr_array_index(filling->rows, 0) : NULL;
    const Row *last = first;
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;

    for (guint i = filling->rows->len; i > 0; i--) {
        last = g_ptr_array_index(filling->rows, i - 1);
        if (last->day != NULL && *last->day != '\0')
            break;
    }
    from = lt_metadata_day(first != NULL ? first->day : NULL);
    to = lt_metadata_day(last != NULL ? last->day : NULL);
    if (filling->request->year > 0)
        add_head(sheet, "Năm: %u", filling->request->year);
    else
        add_head(sheet, "Năm: " DOTS);
    add_head(sheet, "Từ ngày %s đến ngày %s", *from != '\0' ? from : DOTS, *to != '\0' ? to : DOTS);
    if (filling->least > 0)
        add_head(sheet, "Từ số %" G_GINT64_FORMAT " đến số %" G_GINT64_FORMAT, filling->least,
                 filling->most);
    else
        add_head(sheet, "Từ số " DOTS " đến số " DOTS);
    add_head(sheet, "Quyển số: " DOTS);
    if (sheet->office == NULL && filling->request->kind == LT_REGISTER_OUTGOING)
        sheet->office = g_steal_pointer(&filling->issuer);
}

static void
head_documents(LtSheet *sheet, const LtDossier *dossier, guint year)
{
    const char *code = dossier != NULL ? dossier->values[LT_DOSSIER_CODE] : NULL;
    const char *dossier_year = dossier != NULL ? dossier->values[LT_DOSSIER_YEAR] : NULL;

    add_head(sheet, "Số, ký hiệu hồ sơ: %s", code != NULL ? code : DOTS);
    if (dossier_year != NULL)
        add_head(sheet, "Năm %s", dossier_year);
    else if (year > 0)
        add_head(sheet, "Năm %u", year);
    else
        add_head(sheet, "Năm " DOTS);
}

static gboolean
fill_documents(Filling *filling, GError **error)
{
    const LtRegisterRequest *request = filling->request;
    g_autoptr(LtDossier) dossier = NULL;

    if (request->dossier != 0) {
        dossier = lt_store_dossier(filling->store, request->dossier, error);
        if (dossier == NULL || !fill_dossier(filling, dossier, error))
            return FALSE;
    } else if (!find_own(filling, error) || !lt_store_each(filling->store, request->search, FALSE,
                                                           take_record, filling, error)) {
        return FALSE;
    }
    finish_rows(filling);
    if (filling->sheet->cover)
        head_book(filling);
    else
        head_documents(filling->sheet, dossier, request->year);
    return TRUE;
}

/* --- mục lục hồ sơ --- */

static char *
days_of(const LtDossier *dossier)
{
    g_autofree char *start = lt_metadata_day(lt_dossier_start(dossier));
    g_autofree char *end = lt_metadata_day(lt_dossier_end(dossier));

    if (strcmp(start, end) == 0)
        return g_steal_pointer(&start);
    return g_strdup_printf("%s - %s", start, end);
}

static char *
text_or_none(const char *text)
{
    return g_strdup(text != NULL ? text : "");
}

static void
add_dossier(LtSheet *sheet, const LtDossier *dossier)
{
    char **values = g_new0(char *, LT_REGISTER_MAX_COLUMNS + 1);
    guint i = 0;

    values[i++] = g_strdup_printf("%u", sheet->rows->len + 1);
    values[i++] = text_or_none(dossier->values[LT_DOSSIER_CODE]);
    values[i++] = text_or_none(dossier->values[LT_DOSSIER_TITLE]);
    values[i++] = days_of(dossier);
    values[i++] = text_or_none(dossier->values[LT_DOSSIER_RETENTION]);
    values[i++] = g_strdup_printf("%u", dossier->pages);
    values[i] = text_or_none(dossier->values[LT_DOSSIER_DESCRIPTION]);
    g_ptr_array_add(sheet->rows, values);
}

static gboolean
fill_dossiers(Filling *filling, GError **error)
{
    LtSheet *sheet = filling->sheet;
    g_autoptr(GPtrArray) list = lt_store_dossiers(filling->store, filling->request->year, error);
    g_autofree char *words = NULL;

    if (list == NULL)
        return FALSE;
    for (guint i = 0; i < list->len; i++)
        add_dossier(sheet, g_ptr_array_index(list, i));
    if (filling->request->year > 0)
        add_head(sheet, "Năm %u", filling->request->year);
    else
        add_head(sheet, "Năm " DOTS);
    words = lt_sheet_number_words(list->len);
    g_ptr_array_add(sheet->closing,
                    g_strdup_printf("Mục lục này gồm: %u hồ sơ (đơn vị bảo quản).", list->len));
    g_ptr_array_add(sheet->closing,
                    g_strdup_printf("Viết bằng chữ: %s hồ sơ (đơn vị bảo quản).", words));
    return TRUE;
}

LtSheet *
lt_store_register(LtStore *store, const LtRegisterRequest *request, GError **error)
{
    g_auto(Filling) filling = {.store = store, .request = request};

    filling.rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
    filling.sheet = sheet_new(request->kind, request);
    if (!(lt_register_form(request->kind)->cells != NULL ? fill_documents(&filling, error)
                                                         : fill_dossiers(&filling, error)))
        return NULL;
    return g_steal_pointer(&filling.sheet);
}
