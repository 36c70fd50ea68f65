/* Documents by number: look-up and duplicates. Both are joins at the time of reading, so they hold
 * whichever of two documents came first, and after a correction. */
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

/* A document as far as it matters for being the same as another. */
typedef struct {
    gint64 id;
    char *day, *year;
    LtIssuer issuer;
} Twin;

static void
twin_clear(Twin *twin)
{
    g_clear_pointer(&twin->day, g_free);
    g_clear_pointer(&twin->year, g_free);
    lt_issuer_clear(&twin->issuer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Twin, twin_clear)

/* The columns that twin_take reads. The year stands in the date, or else in the number. */
#define TWIN_COLUMNS                                                                               \
    "o.id, o.issued_date, coalesce(substr(o.issued_date, 1, 4),"                                   \
    " CASE WHEN o.code_notation GLOB '[12][0-9][0-9][0-9]/*' THEN substr(o.code_notation, 1, 4)"   \
    " END), o.issuer_id, o.issuer, o.parent_issuer, o.place"

static void
twin_take(Twin *twin, sqlite3_stmt *statement)
{
    *twin = (Twin){.id = sqlite3_column_int64(statement, 0)};
    twin->day = lt_sql_dup_text(statement, 1);
    twin->year = lt_sql_dup_text(statement, 2);
    lt_issuer_init(&twin->issuer, (const char *)sqlite3_column_text(statement, 3),
                   (const char *)sqlite3_column_text(statement, 4),
                   (const char *)sqlite3_column_text(statement, 5),
                   (const char *)sqlite3_column_text(statement, 6));
}

/* Where the name of one issuer could not be read, number, notation and day still tell. */
static gboolean
is_twin(const Twin *a, const Twin *b)
{
    if (a->year == NULL || b->year == NULL || strcmp(a->year, b->year) != 0)
        return FALSE;
    if (a->issuer.name != NULL && b->issuer.name != NULL)
        return lt_issuer_same(&a->issuer, &b->issuer);
    return a->day != NULL && b->day != NULL && strcmp(a->day, b->day) == 0 &&
           a->issuer.place != NULL && b->issuer.place != NULL &&
           strcmp(a->issuer.place, b->issuer.place) == 0;
}

gboolean
lt_store_read_duplicates(LtStore *store, LtRecord *record, GError **error)
{
    g_autoptr(LtKept) own = lt_sql_keep(
        store, error, "SELECT " TWIN_COLUMNS " FROM document o WHERE o.id = ?", "i", record->id);
    g_autoptr(LtKept) others =
        lt_sql_keep(store, error,
                    "SELECT " TWIN_COLUMNS " FROM document d JOIN document o"
                    " ON o.key_number = d.key_number AND o.id <> d.id WHERE d.id = ? ORDER BY o.id",
                    "i", record->id);
    g_auto(Twin) self = {0};
    int got = -1;

    g_ptr_array_set_size(record->duplicates, 0);
    if (own == NULL || others == NULL || lt_sql_step(store, own, error) < 0)
        return FALSE;
    twin_take(&self, own);
    while ((got = lt_sql_step(store, others, error)) > 0) {
        g_auto(Twin) other = {0};
        twin_take(&other, others);
        if (is_twin(&self, &other))
            g_ptr_array_add(record->duplicates, g_memdup2(&other.id, sizeof other.id));
    }
    return got == 0;
}
