/* Documents like another: those that share with it the most pairs of words that few others have. */
#include "store/search.h"

#include <math.h>
#include <string.h>

#define MOST_PAIRS 160u    /* of a document that are looked up, evenly over its text */
#define MOST_DOCUMENTS 400 /* that a pair may stand in: more says little */
#define SUBJECT_WEIGHT 3.0
#define LEAST_SHARED 2u /* pairs: one may be chance */

typedef struct {
    gint64 id;
    double score;
    guint shared;
} Similar;

/* Pairs of neighbours as terms, in their order, each once. */
static GPtrArray *
pairs_of(const char *text)
{
    g_autofree char *key = lt_words_key(text);
    g_auto(GStrv) words = lt_term_words(key);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *pairs = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++) {
        char *pair = lt_term_pair(LT_TERM_PAIR, words[i], words[i + 1]);
        if (g_hash_table_add(seen, pair))
            g_ptr_array_add(pairs, pair);
        else
            g_free(pair);
    }
    return pairs;
}

static void
count_in(GHashTable *found, const GArray *ids, double weight, gint64 except)
{
    for (guint i = 0; i < ids->len; i++) {
        gint64 id = g_array_index(ids, gint64, i);
        Similar *similar = g_hash_table_lookup(found, &id);
        if (id == except)
            continue;
        if (similar == NULL) {
            similar = g_new0(Similar, 1);
            similar->id = id;
            g_hash_table_insert(found, &similar->id, similar);
        }
        similar->score += weight;
        similar->shared++;
    }
}

/* The rarer a pair is, the more it says. */
static gboolean
look_up(LtStore *store, GHashTable *found, const GPtrArray *pairs, double weight, gint64 id,
        GError **error)
{
    guint step = MAX(1u, (pairs->len + MOST_PAIRS - 1) / MOST_PAIRS);

    for (guint i = 0; i < pairs->len; i += step) {
        g_autofree char *match =
            g_strdup_printf("\"%s\"", (const char *)g_ptr_array_index(pairs, i));
        g_autoptr(GArray) ids = lt_rank_ids(store, match, 0, MOST_DOCUMENTS + 1, error);
        if (ids == NULL)
            return FALSE;
        if (ids->len > 1 && ids->len <= MOST_DOCUMENTS)
            count_in(found, ids, weight * log2((double)(MOST_DOCUMENTS + 2) / ids->len), id);
    }
    return TRUE;
}

static int
compare_similar(gconstpointer a, gconstpointer b)
{
    const Similar *first = *(Similar *const *)a, *second = *(Similar *const *)b;

    if (first->score != second->score)
        return first->score > second->score ? -1 : 1;
    return first->id > second->id ? -1 : 1;
}

static char *
text_of(const LtRecord *record)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < record->pages->len; i++)
        g_string_append_printf(text, "%s\n", ((LtPage *)g_ptr_array_index(record->pages, i))->text);
    return g_string_free(text, FALSE);
}

static gboolean
find_similar(LtStore *store, const LtRecord *record, GHashTable *found, GError **error)
{
    const char *subject = record->fields[LT_FIELD_SUBJECT].value;
    g_autofree char *text = text_of(record);
    g_autoptr(GPtrArray) subject_pairs = pairs_of(subject != NULL ? subject : "");
    g_autoptr(GPtrArray) text_pairs = pairs_of(text);

    return look_up(store, found, subject_pairs, SUBJECT_WEIGHT, record->id, error) &&
           look_up(store, found, text_pairs, 1.0, record->id, error);
}

static GArray *
best_of(GHashTable *found, guint limit)
{
    GArray *hits = g_array_new(FALSE, FALSE, sizeof(LtCandidateHit));
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    GHashTableIter each;
    gpointer similar;

    g_hash_table_iter_init(&each, found);
    while (g_hash_table_iter_next(&each, NULL, &similar))
        if (((const Similar *)similar)->shared >= LEAST_SHARED)
            g_ptr_array_add(all, similar);
    g_ptr_array_sort(all, compare_similar);
    for (guint i = 0; i < all->len && (limit == 0 || i < limit); i++) {
        const Similar *one = g_ptr_array_index(all, i);
        const LtCandidateHit hit = {.id = one->id, .score = one->score};
        g_array_append_val(hits, hit);
    }
    return hits;
}

LtSearchResult *
lt_store_more_like(LtStore *store, gint64 id, guint limit, GError **error)
{
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    g_autoptr(LtRecord) record = lt_store_document(store, id, TRUE, error);

    if (record == NULL || !find_similar(store, record, found, error))
        return NULL;
    g_autoptr(GArray) hits = best_of(found, limit);
    g_autofree char *query = g_strdup_printf("#%" G_GINT64_FORMAT, id);
    return lt_search_result_of_hits(store, query, hits, error);
}
