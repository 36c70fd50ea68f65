/* Looks for documents that are known to be there by what a person half remembers of them:
 *
 *   search-known ARCHIVE COUNT [--misses]
 *
 * Prints, a line a kind of query, in how many a right document stands first, and among the first ten. A
 * document is right where it is the one the query was made of, or has the same words in the same places:
 * the same number, or the passage of the text or the words of the subject that were asked for. */
#include <stdio.h>
#include <string.h>

#include "tests/bench/search-sample.h"

#define TEN 10u

typedef struct {
    char *query;
    char *parts[2];     /* (nullable) folded words that stand in a right document's text */
    gboolean by_number; /* what makes another document right as well */
    char *subject;      /* (nullable) folded words that stand in a right document's subject */
} Known;

typedef Known (*MakeKnown)(const Sample *sample, GRand *random);

/* So many words from a place on, without their marks. */
static char *
some_words(char *const *words, guint at, guint n)
{
    g_autoptr(GString) some = g_string_new(NULL);

    for (guint i = at; i < at + n && words[i] != NULL; i++)
        g_string_append_printf(some, "%s ", words[i]);
    return lt_words_key(some->str);
}

static char *
subject_words(const Sample *sample, guint n)
{
    g_autofree char *key = lt_words_key(field(sample, LT_FIELD_SUBJECT));
    g_auto(GStrv) words = g_strsplit(key, " ", -1);

    return some_words(words, 0, n);
}

static Known
by_subject(const Sample *sample, G_GNUC_UNUSED GRand *random)
{
    return (Known){.query = subject_words(sample, 8), .subject = subject_words(sample, 8)};
}

/* One letter of one word is another. */
static Known
by_wrong_subject(const Sample *sample, GRand *random)
{
    char *words = subject_words(sample, 8);
    gsize length = strlen(words);

    for (guint tries = 0; length > 0 && tries < 50; tries++) {
        char *letter = words + below(random, (guint)length);
        if (!g_ascii_isalpha(*letter))
            continue;
        *letter = (char)('a' + (*letter - 'a' + 1 + (int)below(random, 25)) % 26);
        break;
    }
    return (Known){.query = words, .subject = subject_words(sample, 8)};
}

static Known
by_number(const Sample *sample, G_GNUC_UNUSED GRand *random)
{
    return (Known){.query = lt_words_key(field(sample, LT_FIELD_NUMBER)), .by_number = TRUE};
}

/* The code number, a word or two of the subject. */
static Known
by_number_part(const Sample *sample, G_GNUC_UNUSED GRand *random)
{
    g_autofree char *words = subject_words(sample, 3);

    return (Known){.query = g_strdup_printf("so %s %s", field(sample, LT_FIELD_CODE_NUMBER), words),
                   .subject = subject_words(sample, 3)};
}

static Known
by_text(const Sample *sample, GRand *random)
{
    char *words = some_words(sample->words, below(random, sample->n - 12), 12);

    return (Known){.query = words, .parts = {g_strdup(words)}};
}

/* Two places of the text, five words each. */
static Known
by_two_places(const Sample *sample, GRand *random)
{
    char *first = some_words(sample->words, below(random, sample->n - 5), 5);
    char *second = some_words(sample->words, below(random, sample->n - 5), 5);

    return (Known){.query = g_strdup_printf("%s %s", first, second), .parts = {first, second}};
}

static Known
by_filters(const Sample *sample, G_GNUC_UNUSED GRand *random)
{
    g_autofree char *words = subject_words(sample, 4);
    const char *day = field(sample, LT_FIELD_ISSUED_DATE);

    return (Known){g_strdup_printf("coquan:\"%s\" ngay:%.2s/%.4s %s",
                                   field(sample, LT_FIELD_ISSUER), day + 5, day, words),
                   .subject = subject_words(sample, 4)};
}

static Known
by_issuer_and_subject(const Sample *sample, G_GNUC_UNUSED GRand *random)
{
    g_autofree char *words = subject_words(sample, 5);
    g_autofree char *issuer = lt_words_key(field(sample, LT_FIELD_ISSUER));

    return (Known){.query = g_strdup_printf("%s %s", issuer, words),
                   .subject = subject_words(sample, 5)};
}

static const struct {
    const char *name;
    MakeKnown make;
} kinds[] = {
    {"subject, no marks", by_subject},       {"subject, one wrong letter", by_wrong_subject},
    {"number, no marks", by_number},         {"code number and subject", by_number_part},
    {"a line of the text", by_text},         {"two places of the text", by_two_places},
    {"issuer, month and words", by_filters}, {"issuer's name and words", by_issuer_and_subject},
};

static gboolean
same(const Sample *sample, const LtRecord *record, LtFieldId id)
{
    return g_strcmp0(field(sample, id), record->fields[id].value) == 0;
}

static void
known_clear(Known *known)
{
    g_free(known->query);
    g_free(known->parts[0]);
    g_free(known->parts[1]);
    g_free(known->subject);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)

static gboolean
has_subject(const Known *known, const LtRecord *record)
{
    g_autofree char *subject = lt_words_key(record->fields[LT_FIELD_SUBJECT].value);

    return strstr(subject, known->subject) != NULL;
}

/* Whether the text of a document has the parts. */
static gboolean
has_parts(LtStore *store, const Known *known, gint64 id)
{
    g_autoptr(LtRecord) record = lt_store_document(store, id, TRUE, NULL);
    const LtPage *page = record != NULL ? g_ptr_array_index(record->pages, 0) : NULL;
    g_autofree char *words = lt_words_key(page != NULL ? page->text : "");

    return strstr(words, known->parts[0]) != NULL &&
           (known->parts[1] == NULL || strstr(words, known->parts[1]) != NULL);
}

static gboolean
is_right(LtStore *store, const Sample *sample, const Known *known, const LtRecord *record)
{
    return record->id == sample->record->id ||
           (known->parts[0] != NULL && has_parts(store, known, record->id)) ||
           (known->by_number && same(sample, record, LT_FIELD_NUMBER)) ||
           (known->subject != NULL && has_subject(known, record));
}

/* Its place among the first ten, from 1; 0: it is not there. */
static gboolean
find_place(LtStore *store, const Sample *sample, const Known *known, guint *ret_place,
           GError **error)
{
    const LtSearch search = {.query = known->query, .limit = TEN};
    g_autoptr(LtSearchResult) result = lt_store_search(store, &search, error);

    *ret_place = 0;
    for (guint i = 0; result != NULL && i < result->hits->len && *ret_place == 0; i++)
        if (is_right(store, sample, known,
                     ((const LtHit *)g_ptr_array_index(result->hits, i))->record))
            *ret_place = i + 1;
    return result != NULL;
}

typedef struct {
    guint asked, first, ten;
} Score;

static void
print_score(const char *name, const Score *score)
{
    printf("%-28s %4u queries  first %5.1f %%  first ten %5.1f %%\n", name, score->asked,
           100.0 * score->first / MAX(score->asked, 1u),
           100.0 * score->ten / MAX(score->asked, 1u));
}

static gboolean
ask_all(LtStore *store, guint asked, gboolean misses, GError **error)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    Score scores[G_N_ELEMENTS(kinds)] = {0}, all = {0};
    gint64 newest = 0;

    if (!lt_sql_integer(store, &newest, error, "SELECT max(id) FROM document", ""))
        return FALSE;
    for (guint i = 0; i < asked; i++) {
        guint kind = i % G_N_ELEMENTS(kinds), place;
        g_auto(Sample) sample = {0};
        if (!take_sample(store, newest, random, &sample, error))
            return FALSE;
        g_auto(Known) known = kinds[kind].make(&sample, random);
        if (!find_place(store, &sample, &known, &place, error))
            return FALSE;
        scores[kind].asked++;
        scores[kind].first += place == 1;
        scores[kind].ten += place > 0;
        if (misses && place != 1)
            printf("%s: #%" G_GINT64_FORMAT " at %u of '%s'\n", kinds[kind].name, sample.record->id,
                   place, known.query);
    }
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        print_score(kinds[i].name, &scores[i]);
        all.asked += scores[i].asked;
        all.first += scores[i].first;
        all.ten += scores[i].ten;
    }
    print_score("all", &all);
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    if (argc < 3) {
        fputs("usage: search-known ARCHIVE COUNT [--misses]\n", stderr);
        return 2;
    }
    g_autoptr(LtStore) store = lt_store_open(argv[1], LT_STORE_READ, &error);
    if (store == NULL ||
        !ask_all(store, (guint)g_ascii_strtoull(argv[2], NULL, 10), argc > 3, &error)) {
        fprintf(stderr, "search-known: %s\n", error->message);
        return 1;
    }
    return 0;
}
