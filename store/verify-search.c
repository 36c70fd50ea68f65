/* The last stage of a check: the terms of the search index. It keeps them and not the text they came from,
 * so each document's terms are made again, and their sum is compared with the sum of those that the
 * index has for it. */
#include "store/verify.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    gint64 id;
    guint64 sum; /* of the terms that it should have, less those that it has: 0 where all is well */
} Entry;

/* FNV-1a, 64 bits. */
static guint64
sum_of_term(const char *term, gsize length)
{
    guint64 sum = 14695981039346656037ull;

    for (gsize i = 0; i < length; i++)
        sum = (sum ^ (guchar)term[i]) * 1099511628211ull;
    return sum;
}

static guint64
sum_of_terms(const char *terms)
{
    guint64 sum = 0;

    while (*terms != '\0') {
        gsize length = strcspn(terms, " ");

        sum += sum_of_term(terms, length);
        terms += length + (terms[length] == ' ');
    }
    return sum;
}

/* Of Entry, by id; NULL where it was stopped, or on error. All of it is of one state of the database, and cannot be
 * gone on with later: it takes the time that it takes. */
static GArray *
expect(LtVerify *verify, GError **error)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(verify->store, error, "SELECT id FROM document ORDER BY id", "");
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(verify->store, rows, error)) > 0) {
        Entry entry = {.id = sqlite3_column_int64(rows, 0)};
        g_autofree char *terms = lt_index_terms(verify->store, entry.id, error);

        if (terms == NULL || !lt_verify_is_wanted(verify))
            return NULL;
        entry.sum = sum_of_terms(terms);
        g_array_append_val(entries, entry);
    }
    return got == 0 ? g_steal_pointer(&entries) : NULL;
}

static int
compare_ids(const void *a, const void *b)
{
    gint64 one = ((const Entry *)a)->id, other = ((const Entry *)b)->id;

    return (one > other) - (one < other);
}

/* *ret_strange: terms of documents that are not there. */
static gboolean
subtract_found(LtVerify *verify, GArray *entries, guint64 *ret_strange, GError **error)
{
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(verify->store, error, "SELECT term, doc FROM temp.verify_terms", "");
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(verify->store, rows, error)) > 0) {
        const Entry wanted = {.id = sqlite3_column_int64(rows, 1)};
        Entry *entry = entries->len > 0 ? bsearch(&wanted, entries->data, entries->len,
                                                  sizeof(Entry), compare_ids)
                                        : NULL;

        if (entry != NULL)
            entry->sum -= sum_of_term((const char *)sqlite3_column_text(rows, 0),
                                      (gsize)sqlite3_column_bytes(rows, 0));
        else
            ++*ret_strange;
    }
    return got == 0;
}

static GArray *
compare_all(LtVerify *verify, guint64 *ret_strange, GError **error)
{
    g_autoptr(GArray) entries = NULL;

    if (!lt_sql_script(verify->store,
                       "PRAGMA query_only = OFF; CREATE VIRTUAL TABLE IF NOT EXISTS"
                       " temp.verify_terms USING fts5vocab(main, search, instance)",
                       error))
        return NULL;
    if (!lt_sql_script(verify->store, "BEGIN", error))
        return NULL;
    entries = expect(verify, error);
    gboolean compared = entries != NULL && subtract_found(verify, entries, ret_strange, error);
    if (!lt_sql_script(verify->store, "COMMIT; DROP TABLE temp.verify_terms",
                       compared ? error : NULL))
        return NULL;
    if (verify->store->mode == LT_STORE_READ &&
        !lt_sql_script(verify->store, "PRAGMA query_only = ON", compared ? error : NULL))
        return NULL;
    return compared ? g_steal_pointer(&entries) : NULL;
}

static void
report(LtVerify *verify, gint64 document, const char *detail, gboolean repaired)
{
    lt_verify_report(
        verify,
        (LtFault){.document = document, .fault = "search", .detail = detail, .repaired = repaired});
}

static void
report_all(LtVerify *verify, const GArray *entries, guint64 strange, gboolean repaired)
{
    if (strange > 0)
        report(verify, 0, _("the search index has terms of documents that are not there"),
               repaired);
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = &g_array_index(entries, Entry, i);

        if (entry->sum != 0)
            report(verify, entry->id, _("its search row is not that of its text"), repaired);
    }
}

static gboolean
is_well(const GArray *entries, guint64 strange)
{
    for (guint i = 0; i < entries->len; i++)
        if (g_array_index(entries, Entry, i).sum != 0)
            return FALSE;
    return strange == 0;
}

/* SQLite's own look through the index is a command that needs permission to write, and keeps it to the end:
 * whoever takes files in meanwhile would have to give up. Its terms are read in any case. */
static gboolean
has_structure(LtVerify *verify, GError **error)
{
    return verify->store->mode == LT_STORE_READ || lt_lock_is_of_another(verify->store) ||
           lt_sql_script(verify->store, "INSERT INTO search (search) VALUES ('integrity-check')",
                         error);
}

/* Where the text is damaged, the terms may be those of the good one: nothing is made anew for its sake, and
 * the document was reported already. */
static gboolean
leave_damaged(LtVerify *verify, GArray *entries, GError **error)
{
    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = &g_array_index(entries, Entry, i);
        LtSealState seal = LT_SEAL_WHOLE;

        if (entry->sum != 0 && !lt_seal_compare(verify->store, entry->id, &seal, error))
            return FALSE;
        if (seal == LT_SEAL_BROKEN)
            entry->sum = 0;
    }
    return TRUE;
}

gboolean
lt_verify_search(LtVerify *verify, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GArray) entries = NULL;
    guint64 strange = 0;
    gboolean repair = verify->options->repair;

    if (has_structure(verify, &failure))
        entries = compare_all(verify, &strange, &failure);
    if (entries != NULL && leave_damaged(verify, entries, &failure)) {
        gboolean repaired =
            repair && !is_well(entries, strange) && lt_mend_search(verify->store, NULL);

        report_all(verify, entries, strange, repaired);
        return TRUE;
    }
    if (!g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED)) {
        if (failure != NULL)
            g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    report(verify, 0, _("the search index is damaged"),
           repair && lt_mend_search(verify->store, NULL));
    return TRUE;
}
