/* Reading a document back, table by table. */
#include "store/private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

/* How a row of one of the tables goes into the record. */
typedef gboolean (*TakeRow)(LtRecord *record, sqlite3_stmt *statement, GError **error);

static gboolean
take_each(LtStore *store, LtRecord *record, const char *sql, TakeRow take, GError **error)
{
    g_autoptr(LtKept) statement = lt_sql_keep(store, error, sql, "i", record->id);
    int got = -1;

    if (statement == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, statement, error)) > 0)
        if (!take(record, statement, error))
            return FALSE;
    return got == 0;
}

#define HEAD_COLUMNS 10

static void
take_head(LtRecord *record, sqlite3_stmt *statement)
{
    record->id = sqlite3_column_int64(statement, 0);
    record->revision = (guint)sqlite3_column_int(statement, 1);
    record->sha256 = lt_sql_dup_text(statement, 2);
    record->source =
        g_strndup(sqlite3_column_blob(statement, 3), (gsize)sqlite3_column_bytes(statement, 3));
    record->status = lt_sql_dup_text(statement, 4);
    record->format = lt_sql_dup_text(statement, 5);
    record->size = (guint64)sqlite3_column_int64(statement, 6);
    record->filed_at = lt_sql_dup_text(statement, 7);
    record->page_count = (guint)sqlite3_column_int(statement, 8);
    record->issuer_id = lt_sql_dup_text(statement, 9);
    for (guint i = 0; i < LT_N_FIELDS; i++)
        record->fields[i].value = lt_sql_dup_text(statement, HEAD_COLUMNS + (int)i);
}

static char *
make_head_sql(void)
{
    GString *sql =
        g_string_new("SELECT id, revision, sha256, source, status, format, size, filed_at,"
                     " page_count, issuer_id");

    for (guint i = 0; i < LT_N_FIELDS; i++)
        g_string_append_printf(sql, ", \"%s\"", lt_field_name(i));
    g_string_append(sql, " FROM document WHERE id = ?");
    return g_string_free(sql, FALSE);
}

static const char *
head_sql(void)
{
    static const char *sql;

    if (g_once_init_enter(&sql))
        g_once_init_leave(&sql, make_head_sql());
    return sql;
}

gboolean
lt_document_fail(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, NULL, "SELECT at, who, reason FROM removal WHERE document = ?", "i", id);

    if (statement != NULL && lt_sql_step(store, statement, NULL) > 0)
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                    _("document #%" PRId64 " was removed at %s by %s: %s"), id,
                    (const char *)sqlite3_column_text(statement, 0),
                    (const char *)sqlite3_column_text(statement, 1),
                    (const char *)sqlite3_column_text(statement, 2));
    else
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                    _("there is no document #%" PRId64 " in the archive"), id);
    return FALSE;
}

static gboolean
read_head(LtStore *store, LtRecord *record, gint64 id, GError **error)
{
    g_autoptr(LtKept) statement = lt_sql_keep(store, error, head_sql(), "i", id);
    int got = statement != NULL ? lt_sql_step(store, statement, error) : -1;

    if (got == 0)
        lt_document_fail(store, id, error);
    if (got <= 0)
        return FALSE;
    take_head(record, statement);
    return TRUE;
}

/* The field that column 0 names; NULL for one that this version does not know. */
static LtField *
named_field(LtRecord *record, sqlite3_stmt *statement)
{
    const char *name = (const char *)sqlite3_column_text(statement, 0);
    LtFieldId field;

    return name != NULL && lt_field_from_name(name, &field) ? &record->fields[field] : NULL;
}

static gboolean
take_evidence(LtRecord *record, sqlite3_stmt *statement, G_GNUC_UNUSED GError **error)
{
    LtField *field = named_field(record, statement);
    LtBox box = {sqlite3_column_double(statement, 4), sqlite3_column_double(statement, 5),
                 sqlite3_column_double(statement, 6), sqlite3_column_double(statement, 7)};

    if (field != NULL)
        lt_field_set(field, field->value, (const char *)sqlite3_column_text(statement, 1),
                     sqlite3_column_double(statement, 2), (guint)sqlite3_column_int(statement, 3),
                     &box, (const char *)sqlite3_column_text(statement, 8));
    return TRUE;
}

static gboolean
take_candidate(LtRecord *record, sqlite3_stmt *statement, G_GNUC_UNUSED GError **error)
{
    LtField *field = named_field(record, statement);

    if (field == NULL)
        return TRUE;
    lt_field_add_candidate(field, (const char *)sqlite3_column_text(statement, 1),
                           sqlite3_column_double(statement, 2));
    LtCandidate *last = g_ptr_array_index(field->candidates, field->candidates->len - 1);
    last->because = lt_sql_dup_text(statement, 3);
    return TRUE;
}

static gboolean
take_recipient(LtRecord *record, sqlite3_stmt *statement, G_GNUC_UNUSED GError **error)
{
    g_ptr_array_add(record->recipients, lt_sql_dup_text(statement, 0));
    return TRUE;
}

static gboolean
take_doubt(LtRecord *record, sqlite3_stmt *statement, G_GNUC_UNUSED GError **error)
{
    lt_record_add_doubt(record, (const char *)sqlite3_column_text(statement, 0),
                        (const char *)sqlite3_column_text(statement, 1));
    return TRUE;
}

static gboolean
take_correction(LtRecord *record, sqlite3_stmt *statement, G_GNUC_UNUSED GError **error)
{
    const LtCorrection correction = {
        .field = (char *)sqlite3_column_text(statement, 0),
        .old_value = (char *)sqlite3_column_text(statement, 1),
        .new_value = (char *)sqlite3_column_text(statement, 2),
        .by = (char *)sqlite3_column_text(statement, 3),
        .at = (char *)sqlite3_column_text(statement, 4),
        .revision = (guint)sqlite3_column_int(statement, 5),
    };

    lt_record_add_correction(record, &correction);
    return TRUE;
}

/* A kind that this version does not know is passed over. */
static gboolean
take_stamp(LtRecord *record, sqlite3_stmt *statement, G_GNUC_UNUSED GError **error)
{
    const LtBox box = {sqlite3_column_double(statement, 7), sqlite3_column_double(statement, 8),
                       sqlite3_column_double(statement, 9), sqlite3_column_double(statement, 10)};
    LtStampKind kind;

    if (!lt_stamp_kind_from_name((const char *)sqlite3_column_text(statement, 0), &kind))
        return TRUE;
    LtStamp *stamp =
        lt_record_add_stamp(record, kind, (guint)sqlite3_column_int(statement, 6), &box);
    stamp->type = lt_sql_dup_text(statement, 1);
    stamp->number = lt_sql_dup_text(statement, 2);
    stamp->date = lt_sql_dup_text(statement, 3);
    stamp->agency = lt_sql_dup_text(statement, 4);
    stamp->person = lt_sql_dup_text(statement, 5);
    return TRUE;
}

static gboolean
take_page(LtRecord *record, sqlite3_stmt *statement, GError **error)
{
    LtPage *page = lt_page_from_statement(statement, 0, error);

    if (page != NULL)
        g_ptr_array_add(record->pages, page);
    return page != NULL;
}

/* How much of a document is read. */
typedef enum { BRIEF, WHOLE, WITH_PAGES } Depth;

static const struct {
    const char *sql;
    TakeRow take;
    Depth from, to; /* at which it is read */
} tables[] = {
    {"SELECT field, as_printed, confidence, page, x0, y0, x1, y1, rule FROM evidence"
     " WHERE document = ? AND field = 'issuer'",
     take_evidence, BRIEF, BRIEF},
    {"SELECT field, as_printed, confidence, page, x0, y0, x1, y1, rule FROM evidence"
     " WHERE document = ?",
     take_evidence, WHOLE, WITH_PAGES},
    {"SELECT field, value, confidence, because FROM candidate WHERE document = ? ORDER BY field, "
     "position",
     take_candidate, WHOLE, WITH_PAGES},
    {"SELECT text FROM recipient WHERE document = ? ORDER BY position", take_recipient, BRIEF,
     WITH_PAGES},
    {"SELECT kind, type, number, date, agency, person, page, x0, y0, x1, y1 FROM stamp"
     " WHERE document = ? ORDER BY position",
     take_stamp, WHOLE, WITH_PAGES},
    {"SELECT field, code FROM doubt WHERE document = ? ORDER BY position", take_doubt, BRIEF,
     WITH_PAGES},
    {"SELECT field, old_value, new_value, who, at, revision FROM correction WHERE document = ?"
     " ORDER BY id",
     take_correction, WHOLE, WITH_PAGES},
    {"SELECT p.number, p.source, p.confidence, p.width, p.height, p.text, r.text, w.words, "
     "h.written"
     " FROM page p LEFT JOIN page_raw r USING (document, number)"
     " LEFT JOIN page_words w USING (document, number)"
     " LEFT JOIN page_written h USING (document, number) WHERE p.document = ? ORDER BY p.number",
     take_page, WITH_PAGES, WITH_PAGES},
};

static gboolean
read_all(LtStore *store, LtRecord *record, gint64 id, Depth depth, GError **error)
{
    if (!read_head(store, record, id, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        if (tables[i].from <= depth && depth <= tables[i].to &&
            !take_each(store, record, tables[i].sql, tables[i].take, error))
            return FALSE;
    if (!lt_store_read_successors(store, record, error))
        return FALSE;
    return depth == BRIEF || (lt_store_read_references(store, record, error) &&
                              lt_store_read_memberships(store, record, error) &&
                              lt_store_read_duplicates(store, record, error));
}

/* A savepoint makes the tables agree, whatever another connection commits meanwhile; within one, or a
 * transaction, they do. */
static LtRecord *
read_document(LtStore *store, gint64 id, Depth depth, GError **error)
{
    g_autoptr(LtRecord) record = lt_record_new();
    gboolean alone = sqlite3_get_autocommit(store->db) != 0;

    if (alone && !lt_sql_script(store, "SAVEPOINT document", error))
        return NULL;
    gboolean read = read_all(store, record, id, depth, error);
    if (alone && !lt_sql_script(store, "RELEASE document", read ? error : NULL))
        return NULL;
    return read ? g_steal_pointer(&record) : NULL;
}

LtRecord *
lt_store_document(LtStore *store, gint64 id, gboolean with_pages, GError **error)
{
    return read_document(store, id, with_pages ? WITH_PAGES : WHOLE, error);
}

LtRecord *
lt_store_document_brief(LtStore *store, gint64 id, GError **error)
{
    return read_document(store, id, BRIEF, error);
}
