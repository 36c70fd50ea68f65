/* The rows of a document in every table but the first, in place of those that are there. */
#include "store/private.h"

static char *
number_key(const char *text)
{
    g_autofree char *key = text != NULL ? lt_text_number_key(text) : NULL;

    return key != NULL && key[0] != '\0' ? g_steal_pointer(&key) : NULL;
}

static char *
notation_key(const char *text)
{
    g_auto(LtNumberKeys) keys = {0};

    if (text != NULL)
        lt_number_keys_init(&keys, text);
    return g_steal_pointer(&keys.notation);
}

static char *
words_key(const char *text)
{
    g_autofree char *key = text != NULL ? lt_words_key(text) : NULL;

    return key != NULL && key[0] != '\0' ? g_steal_pointer(&key) : NULL;
}

/* The columns that are made from a field, for comparing. */
static const struct {
    const char *column;
    LtFieldId field;
    gboolean as_printed;
    char *(*make)(const char *text);
} keys[] = {
    {"key_number", LT_FIELD_NUMBER, FALSE, number_key},
    {"key_code", LT_FIELD_CODE_NUMBER, FALSE, number_key},
    {"key_notation", LT_FIELD_CODE_NOTATION, FALSE, notation_key},
    {"key_notation_words", LT_FIELD_CODE_NOTATION, FALSE, words_key},
    {"key_issuer", LT_FIELD_ISSUER, FALSE, words_key},
    {"key_issuer_printed", LT_FIELD_ISSUER, TRUE, words_key},
    {"key_parent", LT_FIELD_PARENT_ISSUER, FALSE, words_key},
    {"key_place", LT_FIELD_PLACE, FALSE, words_key},
    {"key_type", LT_FIELD_TYPE, FALSE, words_key},
};

static const char *const list_tables[] = {"evidence", "candidate", "recipient",
                                          "citation", "stamp",     "doubt"};
static const char *const page_tables[] = {"page", "page_raw", "page_words", "page_written"};

static gboolean
clear_tables(LtStore *store, gint64 id, const char *const *tables, guint n, GError **error)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *sql = g_strdup_printf("DELETE FROM %s WHERE document = ?", tables[i]);
        if (!lt_sql_run(store, error, sql, "i", id))
            return FALSE;
    }
    return TRUE;
}

/* Column names come from the tables of this program alone. */
static char *
update_sql(void)
{
    GString *sql = g_string_new("UPDATE document SET ");

    for (guint i = 0; i < LT_N_FIELDS; i++)
        g_string_append_printf(sql, "\"%s\" = ?, ", lt_field_name(i));
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        g_string_append_printf(sql, "%s = ?, ", keys[i].column);
    g_string_append(sql, "issuer_id = ? WHERE id = ?");
    return g_string_free(sql, FALSE);
}

static gboolean
write_values(LtStore *store, const LtRecord *record, GError **error)
{
    g_autofree char *sql = update_sql();
    g_autoptr(LtKept) statement = lt_sql_keep(store, error, sql, "");
    int at = 0;

    if (statement == NULL)
        return FALSE;
    for (guint i = 0; i < LT_N_FIELDS; i++)
        if (!lt_sql_bind_text(store, statement, ++at, record->fields[i].value, error))
            return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        const LtField *field = &record->fields[keys[i].field];
        g_autofree char *key = keys[i].make(keys[i].as_printed ? field->as_printed : field->value);
        if (!lt_sql_bind_text(store, statement, ++at, key, error))
            return FALSE;
    }
    if (!lt_sql_bind_text(store, statement, ++at, record->issuer_id, error))
        return FALSE;
    int code = sqlite3_bind_int64(statement, ++at, record->id);
    if (code != SQLITE_OK)
        return lt_store_fail_sql(store, code, error);
    return lt_sql_step(store, statement, error) == 0;
}

static gboolean
write_evidence(LtStore *store, gint64 id, const char *name, const LtField *field, GError **error)
{
    gboolean known =
        field->value != NULL || field->as_printed != NULL || field->page > 0 || field->rule != NULL;

    if (known &&
        !lt_sql_run(store, error, "INSERT INTO evidence VALUES (?,?,?,?,?,?,?,?,?,?)", "issdidddds",
                    id, name, field->as_printed, field->confidence, (gint64)field->page,
                    field->box.x0, field->box.y0, field->box.x1, field->box.y1, field->rule))
        return FALSE;
    for (guint i = 0; field->candidates != NULL && i < field->candidates->len; i++) {
        const LtCandidate *candidate = g_ptr_array_index(field->candidates, i);
        if (!lt_sql_run(store, error, "INSERT INTO candidate VALUES (?, ?, ?, ?, ?, ?)", "isisds",
                        id, name, (gint64)i, candidate->value, candidate->confidence,
                        candidate->because))
            return FALSE;
    }
    return TRUE;
}

static gboolean
write_reference(LtStore *store, gint64 id, guint position, const LtReference *reference,
                GError **error)
{
    g_autofree char *key = lt_text_number_key(reference->number);

    return lt_sql_run(store, error, "INSERT INTO citation VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                      "iissssiddddss", id, (gint64)position, reference->number, key,
                      reference->date, reference->relation, (gint64)reference->page,
                      reference->box.x0, reference->box.y0, reference->box.x1, reference->box.y1,
                      reference->type, reference->issuer);
}

static gboolean
write_stamp(LtStore *store, gint64 id, guint position, const LtStamp *stamp, GError **error)
{
    return lt_sql_run(store, error, "INSERT INTO stamp VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                      "iissssssidddd", id, (gint64)position, lt_stamp_kind_name(stamp->kind),
                      stamp->type, stamp->number, stamp->date, stamp->agency, stamp->person,
                      (gint64)stamp->page, stamp->box.x0, stamp->box.y0, stamp->box.x1,
                      stamp->box.y1);
}

static gboolean
write_lists(LtStore *store, const LtRecord *record, GError **error)
{
    for (guint i = 0; i < LT_N_FIELDS; i++)
        if (!write_evidence(store, record->id, lt_field_name(i), &record->fields[i], error))
            return FALSE;
    for (guint i = 0; i < record->recipients->len; i++)
        if (!lt_sql_run(store, error, "INSERT INTO recipient VALUES (?, ?, ?)", "iis", record->id,
                        (gint64)i, g_ptr_array_index(record->recipients, i)))
            return FALSE;
    for (guint i = 0; i < record->references->len; i++)
        if (!write_reference(store, record->id, i, g_ptr_array_index(record->references, i), error))
            return FALSE;
    for (guint i = 0; i < record->stamps->len; i++)
        if (!write_stamp(store, record->id, i, g_ptr_array_index(record->stamps, i), error))
            return FALSE;
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        if (!lt_sql_run(store, error, "INSERT INTO doubt VALUES (?, ?, ?, ?)", "iiss", record->id,
                        (gint64)i, doubt->field, doubt->code))
            return FALSE;
    }
    return TRUE;
}

gboolean
lt_write_fields(LtStore *store, const LtRecord *record, GError **error)
{
    return write_values(store, record, error) &&
           clear_tables(store, record->id, list_tables, G_N_ELEMENTS(list_tables), error) &&
           write_lists(store, record, error);
}

static gboolean
write_page(LtStore *store, gint64 id, const LtPage *page, GError **error)
{
    g_autoptr(GBytes) words = lt_page_pack_words(page);
    g_autofree char *written = lt_written_to_text(page->written);

    if (!lt_sql_run(store, error, "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", "iisddds", id,
                    (gint64)page->number, lt_page_source_name(page->source), page->confidence,
                    page->width, page->height, page->text))
        return FALSE;
    if (page->raw_text != NULL && !lt_sql_run(store, error, "INSERT INTO page_raw VALUES (?, ?, ?)",
                                              "iis", id, (gint64)page->number, page->raw_text))
        return FALSE;
    if (page->written != NULL &&
        !lt_sql_run(store, error, "INSERT INTO page_written VALUES (?, ?, ?)", "iis", id,
                    (gint64)page->number, written))
        return FALSE;
    return lt_sql_run(store, error, "INSERT INTO page_words VALUES (?, ?, ?)", "iib", id,
                      (gint64)page->number, words);
}

gboolean
lt_write_pages(LtStore *store, const LtRecord *record, GError **error)
{
    if (!clear_tables(store, record->id, page_tables, G_N_ELEMENTS(page_tables), error))
        return FALSE;
    for (guint i = 0; i < record->pages->len; i++)
        if (!write_page(store, record->id, g_ptr_array_index(record->pages, i), error))
            return FALSE;
    return TRUE;
}
