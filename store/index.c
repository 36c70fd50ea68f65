/* The search rows of a document: the same six columns twice, folded (search) and with marks
 * (search_marks). Folding keeps the place of every code point, so a place in the folded body is the
 * place in the pages joined by U+000C. */
#include "store/private.h"

static void
append(GString *to, const char *text, const char *separator)
{
    if (text == NULL || text[0] == '\0')
        return;
    if (to->len > 0)
        g_string_append(to, separator);
    g_string_append(to, text);
}

static void
append_field(GString *to, const LtRecord *record, LtFieldId field)
{
    append(to, record->fields[field].value, "\n");
}

/* Leading zeros are printed by some and left out by others: both spellings are found. */
static void
append_number(GString *to, const LtRecord *record)
{
    const char *number = record->fields[LT_FIELD_NUMBER].value;

    if (number == NULL) {
        append_field(to, record, LT_FIELD_CODE_NOTATION);
        return;
    }
    g_autofree char *short_form = lt_words_drop_zeros(number);
    append(to, number, "\n");
    if (g_strcmp0(short_form, number) != 0)
        append(to, short_form, "\n");
}

static void
append_issuer(GString *to, const LtRecord *record)
{
    append_field(to, record, LT_FIELD_ISSUER);
    append_field(to, record, LT_FIELD_PARENT_ISSUER);
    append(to, record->fields[LT_FIELD_ISSUER].as_printed, "\n");
}

static void
append_people(GString *to, const LtRecord *record)
{
    append_field(to, record, LT_FIELD_SIGNER);
    append_field(to, record, LT_FIELD_TO);
    for (guint i = 0; i < record->recipients->len; i++)
        append(to, g_ptr_array_index(record->recipients, i), "\n");
}

static char *
body(const LtRecord *record, LtTextForm form)
{
    GString *joined = g_string_new(NULL);

    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);
        g_autofree char *text = form(page->text);
        if (i > 0)
            g_string_append_c(joined, '\f');
        g_string_append(joined, text);
    }
    return g_string_free(joined, FALSE);
}

char *
lt_index_text(const LtRecord *record, LtIndexColumn column, LtTextForm form)
{
    g_autoptr(GString) text = g_string_new(NULL);

    switch (column) {
    case LT_INDEX_NUMBER:
        append_number(text, record);
        break;
    case LT_INDEX_TYPE:
        append_field(text, record, LT_FIELD_TYPE);
        break;
    case LT_INDEX_ISSUER:
        append_issuer(text, record);
        break;
    case LT_INDEX_SUBJECT:
        append_field(text, record, LT_FIELD_SUBJECT);
        break;
    case LT_INDEX_PEOPLE:
        append_people(text, record);
        break;
    default:
        return body(record, form);
    }

    g_autofree char *canonical = lt_text_canonical(text->str);
    return form(canonical);
}

static gboolean
put_row(LtStore *store, const LtRecord *record, const char *sql, LtTextForm form, GError **error)
{
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(store, error, sql, "i", record->id);

    if (statement == NULL)
        return FALSE;
    for (guint i = 0; i < LT_N_INDEX; i++) {
        g_autofree char *text = lt_index_text(record, i, form);
        if (!lt_sql_bind_text(store, statement, (int)i + 2, text, error))
            return FALSE;
    }
    return lt_sql_step(store, statement, error) == 0;
}

gboolean
lt_index_drop(LtStore *store, gint64 id, GError **error)
{
    return lt_sql_run(store, error, "DELETE FROM search WHERE rowid = ?", "i", id) &&
           lt_sql_run(store, error, "DELETE FROM search_marks WHERE rowid = ?", "i", id);
}

gboolean
lt_index_scrub(LtStore *store, GError **error)
{
    return lt_sql_script(store,
                         "INSERT INTO search (search) VALUES ('optimize');"
                         " INSERT INTO search_marks (search_marks) VALUES ('optimize')",
                         error);
}

gboolean
lt_index_put(LtStore *store, const LtRecord *record, GError **error)
{
    return put_row(store, record,
                   "INSERT OR REPLACE INTO search"
                   " (rowid, number, type, issuer, subject, people, body) VALUES (?,?,?,?,?,?,?)",
                   lt_text_fold, error) &&
           put_row(store, record,
                   "INSERT OR REPLACE INTO search_marks"
                   " (rowid, number, type, issuer, subject, people, body) VALUES (?,?,?,?,?,?,?)",
                   lt_text_level, error);
}
