/* The search row of a document: its terms (terms.h). The index keeps the terms only, and not the
 * text they came from: to take a row out, the same terms are made again from the tables, so it is
 * taken out before any of them changes. */
#include "store/terms.h"

#include <string.h>

/* What fields give to the index; the columns of FIELDS in their order. */
typedef enum {
    NUMBER,
    TYPE,
    ISSUER,
    ISSUER_PRINTED,
    PARENT,
    SUBJECT,
    SIGNER,
    TO,
    N_TEXTS,
    DATE = N_TEXTS,
    KEY_NUMBER,
    KEY_CODE,
    KEY_NOTATION,
    NOTATION_WORDS,
    KEY_TYPE,
    REVIEW,
    URGENCY,
    SECRECY
} Column;

static const char fields_sql[] =
    "SELECT coalesce(d.number, d.code_notation), d.type, d.issuer, e.as_printed, d.parent_issuer,"
    " d.subject, d.signer, d.\"to\", d.issued_date, d.key_number, d.key_code, d.key_notation,"
    " d.key_notation_words, d.key_type, d.needs_review, d.urgency, d.secrecy FROM document d"
    " LEFT JOIN evidence e ON e.document = d.id AND e.field = 'issuer' WHERE d.id = ?";

static const char *
column(sqlite3_stmt *row, int at)
{
    return (const char *)sqlite3_column_text(row, at);
}

/* The text of a field, as a field's and as anybody's. */
static void
add_field(LtTerms *terms, const char *text)
{
    if (text == NULL)
        return;
    g_autofree char *canonical = lt_text_canonical(text);
    lt_terms_add_text(terms, canonical);
    lt_terms_add_words(terms, LT_TERM_FIELD, canonical, FALSE);
}

/* Leading zeros are printed by some and left out by others: both spellings are found. */
static void
add_number(LtTerms *terms, const char *number)
{
    g_autofree char *short_form = number != NULL ? lt_words_drop_zeros(number) : NULL;

    add_field(terms, number);
    if (g_strcmp0(short_form, number) != 0)
        add_field(terms, short_form);
}

static void
add_date(LtTerms *terms, const char *day)
{
    static const gsize lengths[] = {4, 6, 8};
    g_autofree char *digits = NULL;

    if (day == NULL || strlen(day) != strlen("2023-09-18")) {
        lt_terms_add_whole(terms, LT_TERM_DATE, LT_TERM_UNDATED);
        return;
    }
    digits = g_strdup_printf("%.4s%.2s%.2s", day, day + 5, day + 8);
    for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autofree char *part = g_strndup(digits, lengths[i]);
        lt_terms_add_whole(terms, LT_TERM_DATE, part);
    }
}

static void
add_row(LtTerms *terms, sqlite3_stmt *row)
{
    static const struct {
        Column column;
        LtTermKind kind;
    } wholes[] = {{KEY_NUMBER, LT_TERM_KEY},
                  {KEY_CODE, LT_TERM_CODE},
                  {KEY_NOTATION, LT_TERM_SERIES},
                  {KEY_TYPE, LT_TERM_TYPE}};

    add_number(terms, column(row, NUMBER));
    for (int i = TYPE; i < N_TEXTS; i++)
        add_field(terms, column(row, i));
    lt_terms_add_words(terms, LT_TERM_ISSUER, column(row, ISSUER), TRUE);
    lt_terms_add_words(terms, LT_TERM_ISSUER, column(row, ISSUER_PRINTED), TRUE);
    lt_terms_add_words(terms, LT_TERM_NOTATION, column(row, NOTATION_WORDS), FALSE);
    lt_terms_add_words(terms, LT_TERM_SIGNER, column(row, SIGNER), TRUE);
    lt_terms_add_words(terms, LT_TERM_RECIPIENT, column(row, TO), TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(wholes); i++)
        lt_terms_add_whole(terms, wholes[i].kind, column(row, wholes[i].column));
    add_date(terms, column(row, DATE));
    if (sqlite3_column_int(row, REVIEW) != 0)
        lt_terms_add_whole(terms, LT_TERM_STATE, LT_TERM_REVIEW);
    if (column(row, URGENCY) != NULL)
        lt_terms_add_whole(terms, LT_TERM_STATE, LT_TERM_URGENT);
    if (column(row, SECRECY) != NULL)
        lt_terms_add_whole(terms, LT_TERM_STATE, LT_TERM_SECRET);
    lt_terms_add_whole(terms, LT_TERM_ALL, "");
}

static void
add_recipient(LtTerms *terms, sqlite3_stmt *row)
{
    add_field(terms, column(row, 0));
    lt_terms_add_words(terms, LT_TERM_RECIPIENT, column(row, 0), TRUE);
}

/* "1758sttttttbcxb" -> also "1758". */
static void
add_citation(LtTerms *terms, sqlite3_stmt *row)
{
    const char *key = column(row, 0);
    gsize digits = strspn(key, "0123456789");
    g_autofree char *code = g_strndup(key, digits);

    if (*key != '\0')
        lt_terms_add_whole(terms, LT_TERM_CITED, key);
    if (digits > 0)
        lt_terms_add_whole(terms, LT_TERM_CITED_CODE, code);
}

/* The pages are one text, so that words which a page's end parts are neighbours. */
static gboolean
add_pages(LtStore *store, LtTerms *terms, gint64 id, GError **error)
{
    g_autoptr(LtKept) pages = lt_sql_keep(
        store, error, "SELECT text FROM page WHERE document = ? ORDER BY number", "i", id);
    g_autoptr(GString) body = g_string_new(NULL);
    int got = -1;

    while (pages != NULL && (got = lt_sql_step(store, pages, error)) > 0) {
        if (body->len > 0)
            g_string_append_c(body, '\f');
        g_string_append(body, column(pages, 0));
    }
    lt_terms_add_text(terms, body->str);
    return got == 0;
}

static gboolean
add_each(LtStore *store, LtTerms *terms, gint64 id, const char *sql,
         void (*add)(LtTerms *terms, sqlite3_stmt *row), GError **error)
{
    g_autoptr(LtKept) rows = lt_sql_keep(store, error, sql, "i", id);
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0)
        add(terms, rows);
    return got == 0;
}

/* (transfer full), NULL on error. */
static LtTerms *
read_terms(LtStore *store, gint64 id, GError **error)
{
    static const struct {
        const char *sql;
        void (*add)(LtTerms *terms, sqlite3_stmt *row);
    } tables[] = {
        {fields_sql, add_row},
        {"SELECT text FROM recipient WHERE document = ? ORDER BY position", add_recipient},
        {"SELECT key_number FROM citation WHERE document = ? ORDER BY position", add_citation},
    };
    g_autoptr(LtTerms) terms = lt_terms_new();

    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        if (!add_each(store, terms, id, tables[i].sql, tables[i].add, error))
            return NULL;
    return add_pages(store, terms, id, error) ? g_steal_pointer(&terms) : NULL;
}

char *
lt_index_terms(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(LtTerms) terms = read_terms(store, id, error);

    return terms != NULL ? g_strdup(lt_terms_text(terms)) : NULL;
}

gboolean
lt_index_put(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(LtTerms) terms = read_terms(store, id, error);

    return terms != NULL &&
           lt_sql_run(store, error, "INSERT INTO search (rowid, terms) VALUES (?, ?)", "is", id,
                      lt_terms_text(terms));
}

gboolean
lt_index_drop(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(LtTerms) terms = read_terms(store, id, error);

    return terms != NULL &&
           lt_sql_run(store, error,
                      "INSERT INTO search (search, rowid, terms) VALUES ('delete', ?, ?)", "is", id,
                      lt_terms_text(terms));
}

#define OWED "scrub"      /* the note that something was taken out and is not merged away yet */
#define BEGUN "begun"     /* its value where the merge is under way */
#define MERGED_PAGES 1000 /* that a step writes at most */

gboolean
lt_index_owe_scrub(LtStore *store, GError **error)
{
    return lt_sql_run(store, error, "INSERT OR REPLACE INTO note VALUES (?, '1')", "s", OWED);
}

gboolean
lt_index_owes_scrub(LtStore *store, gboolean *ret_owed, GError **error)
{
    gint64 n = 0;

    if (!lt_sql_integer(store, &n, error, "SELECT count(*) FROM note WHERE name = ?", "s", OWED))
        return FALSE;
    *ret_owed = n > 0;
    return TRUE;
}

/* All that is there is put up for one merge, with which the steps after it go on; one that found nothing to do
 * has changed no row but its own. What is removed meanwhile is no part of that merge, and the note asks for
 * another one: it is read, and written, together with the step. *ret_more: something may be left. */
static gboolean
merge_step(LtStore *store, gboolean *ret_more, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    gint64 way = 0; /* -1: all anew, 1: on, 0: others have done it */
    int before = sqlite3_total_changes(store->db);

    if (transaction == NULL ||
        !lt_sql_integer(store, &way, error, "SELECT iif(value = ?, 1, -1) FROM note WHERE name = ?",
                        "ss", BEGUN, OWED))
        return FALSE;
    *ret_more = way != 0;
    if (way == 0)
        return TRUE;
    if (!lt_sql_run(store, error, "INSERT INTO search (search, rank) VALUES ('merge', ?)", "i",
                    way * MERGED_PAGES))
        return FALSE;
    *ret_more = sqlite3_total_changes(store->db) - before >= 2;
    return (*ret_more ? lt_sql_run(store, error, "UPDATE note SET value = ? WHERE name = ?", "ss",
                                   BEGUN, OWED)
                      : lt_sql_run(store, error, "DELETE FROM note WHERE name = ?", "s", OWED)) &&
           lt_transaction_commit(transaction, error);
}

static gboolean
merge(LtStore *store, guint seconds, GError **error)
{
    gint64 until = g_get_monotonic_time() + seconds * (gint64)G_USEC_PER_SEC;
    gboolean more = TRUE;

    while (more) {
        if (!merge_step(store, &more, error))
            return FALSE;
        if (seconds > 0 && g_get_monotonic_time() >= until)
            return TRUE;
    }
    return TRUE;
}

gboolean
lt_index_scrub(LtStore *store, guint seconds, GError **error)
{
    gboolean merged = lt_sql_hurry(store, TRUE, error) && merge(store, seconds, error);

    return lt_sql_hurry(store, FALSE, merged ? error : NULL) && merged;
}

gboolean
lt_index_rebuild(LtStore *store, GError **error)
{
    g_autoptr(sqlite3_stmt) documents = NULL;
    int got = -1;

    if (!lt_sql_script(store, "INSERT INTO search (search) VALUES ('delete-all')", error))
        return FALSE;
    documents = lt_sql_prepare(store, error, "SELECT id FROM document ORDER BY id", "");
    while (documents != NULL && (got = lt_sql_step(store, documents, error)) > 0)
        if (!lt_index_put(store, sqlite3_column_int64(documents, 0), error))
            return FALSE;
    return got == 0;
}

/* --- the fields of a record, for saying why it was found --- */

static void
append(GString *to, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    if (to->len > 0)
        g_string_append_c(to, '\n');
    g_string_append(to, text);
}

char *
lt_index_field(const LtRecord *record, LtIndexField field)
{
    static const LtFieldId values[LT_N_INDEX][3] = {
        [LT_INDEX_NUMBER] = {LT_FIELD_NUMBER, LT_FIELD_CODE_NOTATION, LT_N_FIELDS},
        [LT_INDEX_TYPE] = {LT_FIELD_TYPE, LT_N_FIELDS},
        [LT_INDEX_ISSUER] = {LT_FIELD_ISSUER, LT_FIELD_PARENT_ISSUER, LT_N_FIELDS},
        [LT_INDEX_SUBJECT] = {LT_FIELD_SUBJECT, LT_N_FIELDS},
        [LT_INDEX_PEOPLE] = {LT_FIELD_SIGNER, LT_FIELD_TO, LT_N_FIELDS},
    };
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < 3 && values[field][i] != LT_N_FIELDS; i++)
        append(text, record->fields[values[field][i]].value);
    if (field == LT_INDEX_ISSUER)
        append(text, record->fields[LT_FIELD_ISSUER].as_printed);
    for (guint i = 0; field == LT_INDEX_PEOPLE && i < record->recipients->len; i++)
        append(text, g_ptr_array_index(record->recipients, i));
    return lt_text_canonical(text->str);
}
