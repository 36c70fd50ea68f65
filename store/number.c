/* Documents by number: look-up, citations both ways, duplicates. All are joins at the time of
 * reading, so they hold whichever of two documents came first, and after a correction. */
#include "store/private.h"

#include <string.h>

/* The year in "2020/NĐ-CP", which belongs to the number and not to the letters after it. */
static gboolean
begins_with_year(const char *key)
{
    return strspn(key, "0123456789") == 4 && (key[0] == '1' || key[0] == '2') && key[4] != '\0';
}

void
lt_number_keys_init(LtNumberKeys *keys, const char *typed)
{
    g_autofree char *words = lt_words_key(typed);
    const char *number = words;

    if (g_str_has_prefix(words, "so ") && words[3] != '\0')
        number = words + 3;
    g_autofree char *key = lt_text_number_key(number);

    *keys = (LtNumberKeys){0};
    if (key[0] == '\0')
        return;
    gboolean year = begins_with_year(key);
    keys->notation = g_strdup(year ? key + 4 : key);
    keys->notation_words = year ? g_strdup(number) : NULL;
    keys->key = g_steal_pointer(&key);
}

void
lt_number_keys_clear(LtNumberKeys *keys)
{
    g_clear_pointer(&keys->key, g_free);
    g_clear_pointer(&keys->notation, g_free);
    g_clear_pointer(&keys->notation_words, g_free);
}

/* Steps through; the ids are in the first column. */
static GArray *
ids_from_statement(LtStore *store, sqlite3_stmt *statement, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    int got;

    while ((got = lt_sql_step(store, statement, error)) > 0) {
        gint64 id = sqlite3_column_int64(statement, 0);
        g_array_append_val(ids, id);
    }
    return got == 0 ? g_steal_pointer(&ids) : NULL;
}

GArray *
lt_store_find_number(LtStore *store, const char *number, GError **error)
{
    g_auto(LtNumberKeys) keys = {0};

    lt_number_keys_init(&keys, number);
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, error,
        "SELECT d.id FROM document d WHERE " LT_NUMBER_CONDITION
        " ORDER BY d.key_number IS ?1 DESC, d.key_code IS ?1 DESC, d.issued_date DESC, d.id DESC",
        "sss", keys.key, keys.notation, keys.notation_words);

    return statement != NULL ? ids_from_statement(store, statement, error) : NULL;
}

/* A citation means a document when number and date agree as far as both are known. A date may be
 * cut short: "2023-09". */
#define CITES                                                                                      \
    "c.key_number = d.key_number AND c.document <> d.id AND"                                       \
    " (c.date IS NULL OR d.issued_date IS NULL OR"                                                 \
    " substr(d.issued_date, 1, length(c.date)) = c.date)"

GArray *
lt_store_cited_by(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_sql_prepare(store, error,
                       "SELECT DISTINCT c.document FROM document d JOIN citation c ON " CITES
                       " WHERE d.id = ? ORDER BY c.document",
                       "i", id);

    return statement != NULL ? ids_from_statement(store, statement, error) : NULL;
}

gboolean
lt_store_read_duplicates(LtStore *store, LtRecord *record, GError **error)
{
    /* Every province has a Sở Nội vụ: the issuer's parent tells them apart, or else the place. */
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, error,
        "SELECT o.id FROM document d JOIN document o"
        " ON o.key_number = d.key_number AND o.id <> d.id AND o.key_issuer = d.key_issuer"
        " AND substr(o.issued_date, 1, 4) = substr(d.issued_date, 1, 4)"
        " WHERE d.id = ? AND CASE"
        " WHEN o.key_parent IS NOT NULL AND d.key_parent IS NOT NULL THEN o.key_parent = "
        "d.key_parent"
        " WHEN o.key_place IS NOT NULL AND d.key_place IS NOT NULL THEN o.key_place = d.key_place"
        " ELSE 1 END ORDER BY o.id",
        "i", record->id);
    g_autoptr(GArray) ids = NULL;

    if (statement == NULL || (ids = ids_from_statement(store, statement, error)) == NULL)
        return FALSE;
    g_ptr_array_set_size(record->duplicates, 0);
    for (guint i = 0; i < ids->len; i++)
        g_ptr_array_add(record->duplicates,
                        g_memdup2(&g_array_index(ids, gint64, i), sizeof(gint64)));
    return TRUE;
}

gboolean
lt_store_read_references(LtStore *store, LtRecord *record, GError **error)
{
    /* Numbers begin again every year and in every office: without a date, two documents of
     * different days are one too many to choose from. */
    g_autoptr(sqlite3_stmt) statement = lt_sql_prepare(
        store, error,
        "SELECT c.number, c.date, c.relation, c.page, c.x0, c.y0, c.x1, c.y1,"
        " (SELECT CASE WHEN c.date IS NOT NULL OR count(DISTINCT d.issued_date) < 2 THEN"
        "   coalesce(min(CASE WHEN d.issued_date IS NOT NULL THEN d.id END), min(d.id)) END"
        "  FROM document d WHERE " CITES ")"
        " FROM citation c WHERE c.document = ? ORDER BY c.position",
        "i", record->id);
    int got = -1;

    if (statement == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, statement, error)) > 0) {
        LtBox box = {sqlite3_column_double(statement, 4), sqlite3_column_double(statement, 5),
                     sqlite3_column_double(statement, 6), sqlite3_column_double(statement, 7)};
        lt_record_add_reference(record, (const char *)sqlite3_column_text(statement, 0),
                                (const char *)sqlite3_column_text(statement, 1),
                                (const char *)sqlite3_column_text(statement, 2),
                                (guint)sqlite3_column_int(statement, 3), &box);
        LtReference *added = g_ptr_array_index(record->references, record->references->len - 1);
        added->document = sqlite3_column_int64(statement, 8);
    }
    return got == 0;
}
