/* Which agencies letters stand for, as whoever takes files in has told the archive. The archive keeps it,
 * so that a search knows it without the authority file, and so does whoever reads the archive later. */
#include "store/search.h"

#include <string.h>

#define CHECKED "agencies" /* the sum of the table as it was told last */
#define MOST_NAMES 40u     /* that letters may stand for */
#define MOST_SUCCESSIONS 10

static void
sum_strings(GChecksum *sum, const char *const *strings)
{
    for (; *strings != NULL; strings++)
        g_checksum_update(sum, (const guchar *)*strings, (gssize)strlen(*strings) + 1);
    g_checksum_update(sum, (const guchar *)"\1", 1);
}

static char *
sum_of(const LtStoreAgency *agencies, guint n)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint i = 0; i < n; i++) {
        const char *const id[] = {agencies[i].id, NULL};
        sum_strings(sum, id);
        sum_strings(sum, agencies[i].names);
        sum_strings(sum, agencies[i].codes);
        sum_strings(sum, agencies[i].successors);
    }
    return g_strdup(g_checksum_get_string(sum));
}

static gboolean
write_strings(LtStore *store, const char *sql, const char *id, const char *const *strings,
              gboolean keys, GError **error)
{
    for (; *strings != NULL; strings++) {
        g_autofree char *key = keys ? lt_words_key(*strings) : NULL;
        if (!lt_sql_run(store, error, sql, "ss", id, keys ? key : *strings))
            return FALSE;
    }
    return TRUE;
}

static gboolean
write_agency(LtStore *store, const LtStoreAgency *agency, GError **error)
{
    return write_strings(store, "INSERT OR IGNORE INTO agency_name VALUES (?, ?)", agency->id,
                         agency->names, TRUE, error) &&
           write_strings(store, "INSERT OR IGNORE INTO agency_code VALUES (?, ?)", agency->id,
                         agency->codes, TRUE, error) &&
           write_strings(store, "INSERT OR IGNORE INTO agency_successor VALUES (?, ?)", agency->id,
                         agency->successors, FALSE, error);
}

gboolean
lt_store_tell_agencies(LtStore *store, const LtStoreAgency *agencies, guint n, GError **error)
{
    g_autofree char *sum = sum_of(agencies, n);
    gint64 same = 0;

    if (!lt_sql_integer(store, &same, error,
                        "SELECT count(*) FROM note WHERE name = ? AND value = ?", "ss", CHECKED,
                        sum))
        return FALSE;
    if (same != 0)
        return TRUE;
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    if (transaction == NULL || !lt_sql_script(store,
                                              "DELETE FROM agency_name; DELETE FROM agency_code;"
                                              " DELETE FROM agency_successor",
                                              error))
        return FALSE;
    for (guint i = 0; i < n; i++)
        if (!write_agency(store, &agencies[i], error))
            return FALSE;
    return lt_sql_run(store, error, "INSERT OR REPLACE INTO note VALUES (?, ?)", "ss", CHECKED,
                      sum) &&
           lt_transaction_commit(transaction, error);
}

GPtrArray *
lt_agency_names(LtStore *store, const char *key, gboolean successors, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(LtKept) rows = lt_sql_keep(
        store, error,
        "WITH RECURSIVE a (id, n) AS (SELECT id, 0 FROM agency_code WHERE code = ?1"
        " UNION SELECT id, 0 FROM agency_name WHERE name = ?1"
        " UNION SELECT s.successor, a.n + 1 FROM a JOIN agency_successor s ON s.id = a.id"
        " WHERE a.n < ?2)"
        " SELECT DISTINCT n.name FROM a JOIN agency_name n ON n.id = a.id LIMIT ?3",
        "sii", key, (gint64)(successors ? MOST_SUCCESSIONS : 0), (gint64)MOST_NAMES);
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0)
        g_ptr_array_add(names, lt_sql_dup_text(rows, 0));
    return got == 0 ? g_steal_pointer(&names) : NULL;
}

/* Capitals are letters of something; small letters may be, where they cannot be a syllable. */
static gboolean
may_be_letters(const char *typed, const char *word)
{
    gboolean capitals = TRUE;

    if (strlen(word) < 2 || strspn(word, "abcdefghijklmnopqrstuvwxyz") != strlen(word))
        return FALSE;
    for (const char *p = typed; *p != '\0'; p = g_utf8_next_char(p))
        capitals = capitals && !g_unichar_islower(g_utf8_get_char(p));
    return capitals || !lt_text_is_syllable(word);
}

gboolean
lt_agency_extend(LtStore *store, LtQuery *query, GError **error)
{
    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        for (guint j = 0; j < group->len; j++) {
            LtTerm *term = g_ptr_array_index(group, j);
            const char *word = g_ptr_array_index(term->phrases, 0);
            if (term->prefix || term->quoted || !may_be_letters(term->typed, word))
                continue;
            g_clear_pointer(&term->types, g_ptr_array_unref);
            term->types = lt_filter_types(term->typed);
            g_clear_pointer(&term->agencies, g_ptr_array_unref);
            term->agencies = lt_agency_names(store, word, FALSE, error);
            if (term->agencies == NULL)
                return FALSE;
        }
    }
    return TRUE;
}
