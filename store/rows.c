#include "store/store.h"

#include <string.h>

typedef struct {
    LtSheetColumn column;
    LtFieldId field;                        /* where value is NULL */
    char *(*value)(const LtRecord *record); /* (nullable) */
} RowSource;

static char *
join(GPtrArray *parts)
{
    g_ptr_array_add(parts, NULL);
    return g_strjoinv("; ", (char **)parts->pdata);
}

static char *
row_id(const LtRecord *record)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, record->id);
}

static char *
row_recipients(const LtRecord *record)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();

    for (guint i = 0; i < record->recipients->len; i++)
        g_ptr_array_add(parts, g_ptr_array_index(record->recipients, i));
    return join(parts);
}

static char *
row_references(const LtRecord *record)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new();

    for (guint i = 0; i < record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(record->references, i);
        g_ptr_array_add(parts, reference->number);
    }
    return join(parts);
}

static char *
row_duplicates(const LtRecord *record)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < record->duplicates->len; i++) {
        const gint64 *id = g_ptr_array_index(record->duplicates, i);
        g_ptr_array_add(parts, g_strdup_printf("%" G_GINT64_FORMAT, *id));
    }
    return join(parts);
}

static char *
row_validity(const LtRecord *record)
{
    return g_strdup(lt_validity_name(lt_record_validity(record)));
}

static char *
row_superseded_by(const LtRecord *record)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < record->successors->len; i++) {
        const LtSuccessor *successor = g_ptr_array_index(record->successors, i);
        g_ptr_array_add(parts,
                        g_strdup_printf("%s: %s", successor->relation,
                                        successor->number != NULL ? successor->number : "?"));
    }
    return join(parts);
}

static char *
row_dossiers(const LtRecord *record)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < record->dossiers->len; i++) {
        const LtMembership *membership = g_ptr_array_index(record->dossiers, i);
        g_ptr_array_add(parts, membership->year > 0
                                   ? g_strdup_printf("%s@%u", membership->code, membership->year)
                                   : g_strdup(membership->code));
    }
    return join(parts);
}

static char *
row_needs_review(const LtRecord *record)
{
    return g_strdup(record->doubts->len > 0 ? "true" : "false");
}

static char *
row_doubts(const LtRecord *record)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        g_ptr_array_add(parts, doubt->field != NULL
                                   ? g_strdup_printf("%s:%s", doubt->field, doubt->code)
                                   : g_strdup(doubt->code));
    }
    return join(parts);
}

static char *
row_page_count(const LtRecord *record)
{
    return g_strdup_printf("%u", record->page_count);
}

static char *
row_sha256(const LtRecord *record)
{
    return g_strdup(record->sha256);
}

static char *
row_source(const LtRecord *record)
{
    return record->source != NULL ? lt_shown_path(record->source) : NULL;
}

static char *
row_filed_at(const LtRecord *record)
{
    return g_strdup(record->filed_at);
}

static char *
row_text(const LtRecord *record)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);
        if (i > 0)
            g_string_append_c(text, '\f');
        g_string_append(text, page->text);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static const RowSource SOURCES[] = {
    {{"id", LT_SHEET_COUNT, 8}, 0, row_id},
    {{"number", LT_SHEET_TEXT, 24}, LT_FIELD_NUMBER, NULL},
    {{"code_number", LT_SHEET_TEXT, 10}, LT_FIELD_CODE_NUMBER, NULL},
    {{"code_notation", LT_SHEET_TEXT, 18}, LT_FIELD_CODE_NOTATION, NULL},
    {{"issued_date", LT_SHEET_DAY, 12}, LT_FIELD_ISSUED_DATE, NULL},
    {{"place", LT_SHEET_TEXT, 14}, LT_FIELD_PLACE, NULL},
    {{"issuer", LT_SHEET_TEXT, 36}, LT_FIELD_ISSUER, NULL},
    {{"parent_issuer", LT_SHEET_TEXT, 30}, LT_FIELD_PARENT_ISSUER, NULL},
    {{"type", LT_SHEET_TEXT, 14}, LT_FIELD_TYPE, NULL},
    {{"subject", LT_SHEET_TEXT, 70}, LT_FIELD_SUBJECT, NULL},
    {{"signer", LT_SHEET_TEXT, 22}, LT_FIELD_SIGNER, NULL},
    {{"signer_title", LT_SHEET_TEXT, 22}, LT_FIELD_SIGNER_TITLE, NULL},
    {{"signer_authority", LT_SHEET_TEXT, 22}, LT_FIELD_SIGNER_AUTHORITY, NULL},
    {{"to", LT_SHEET_TEXT, 40}, LT_FIELD_TO, NULL},
    {{"recipients", LT_SHEET_TEXT, 40}, 0, row_recipients},
    {{"urgency", LT_SHEET_TEXT, 12}, LT_FIELD_URGENCY, NULL},
    {{"secrecy", LT_SHEET_TEXT, 12}, LT_FIELD_SECRECY, NULL},
    {{"references", LT_SHEET_TEXT, 30}, 0, row_references},
    {{"duplicates", LT_SHEET_TEXT, 10}, 0, row_duplicates},
    {{"validity", LT_SHEET_TEXT, 12}, 0, row_validity},
    {{"superseded_by", LT_SHEET_TEXT, 24}, 0, row_superseded_by},
    {{"dossiers", LT_SHEET_TEXT, 16}, 0, row_dossiers},
    {{"needs_review", LT_SHEET_TEXT, 12}, 0, row_needs_review},
    {{"doubts", LT_SHEET_TEXT, 24}, 0, row_doubts},
    {{"page_count", LT_SHEET_COUNT, 10}, 0, row_page_count},
    {{"sha256", LT_SHEET_TEXT, 20}, 0, row_sha256},
    {{"source", LT_SHEET_TEXT, 40}, 0, row_source},
    {{"filed_at", LT_SHEET_TEXT, 20}, 0, row_filed_at},
    {{"text", LT_SHEET_TEXT, 60}, 0, row_text},
};

guint
lt_row_n_columns(gboolean with_text)
{
    return G_N_ELEMENTS(SOURCES) - (with_text ? 0 : 1);
}

const LtSheetColumn *
lt_row_column(guint column)
{
    return &SOURCES[column].column;
}

char *
lt_row_value(const LtRecord *record, guint column)
{
    const RowSource *source = &SOURCES[column];
    char *value = source->value != NULL ? source->value(record)
                                        : g_strdup(record->fields[source->field].value);

    return value != NULL ? value : g_strdup("");
}

void
lt_csv_header(GString *csv, gboolean with_text)
{
    for (guint i = 0; i < lt_row_n_columns(with_text); i++)
        g_string_append_printf(csv, "%s%s", i > 0 ? "," : "", lt_row_column(i)->name);
    g_string_append(csv, "\r\n");
}

void
lt_csv_row(GString *csv, const LtRecord *record, gboolean with_text)
{
    for (guint i = 0; i < lt_row_n_columns(with_text); i++) {
        g_autofree char *value = lt_row_value(record, i);
        if (i > 0)
            g_string_append_c(csv, ',');
        lt_csv_append(csv, value);
    }
    g_string_append(csv, "\r\n");
}
