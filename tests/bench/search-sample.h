/* Documents of an archive, taken by chance, to make queries of. */
#pragma once

#include "store/search.h"

/* The words of a document's page, and its fields. */
typedef struct {
    LtRecord *record;
    char **words;
    guint n;
} Sample;

static inline void
sample_clear(Sample *sample)
{
    g_clear_pointer(&sample->record, lt_record_free);
    g_clear_pointer(&sample->words, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sample, sample_clear)

static inline guint
below(GRand *random, guint n)
{
    return n > 1 ? (guint)g_rand_int_range(random, 0, (gint32)n) : 0;
}

static inline const char *
field(const Sample *sample, LtFieldId id)
{
    return sample->record->fields[id].value;
}

/* A document by chance. */
static inline gboolean
take_sample(LtStore *store, gint64 newest, GRand *random, Sample *sample, GError **error)
{
    sample->record = lt_store_document(store, 1 + below(random, (guint)newest), TRUE, error);
    if (sample->record == NULL)
        return FALSE;
    const LtPage *page = g_ptr_array_index(sample->record->pages, 0);
    g_autofree char *joined = lt_words_join(page->text);
    sample->words = g_strsplit(joined, " ", -1);
    sample->n = g_strv_length(sample->words);
    return TRUE;
}
