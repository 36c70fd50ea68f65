/* Times searches of a warm archive, in this process, first 20 with snippets, as the table on a screen shows them:
 *
 *   search-run make ARCHIVE EACH > QUERIES     EACH queries of every class, made from its documents
 *   search-run time ARCHIVE QUERIES            a line a class: queries, median, 95th percentile, worst
 *   search-run cpu ARCHIVE QUERIES             the same in time of the processor, for a busy machine
 *
 * QUERIES has a class and a query a line, parted by a tab. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tests/bench/search-sample.h"

#define SHOWN 20u
#define RARE 200 /* documents that a rare word may stand in */

typedef char *(*MakeQuery)(LtStore *store, const Sample *sample, GRand *random);

static gboolean
is_letters(const char *word)
{
    for (const char *p = word; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isalpha(g_utf8_get_char(p)))
            return FALSE;
    return *word != '\0';
}

static guint
count(LtStore *store, const char *word)
{
    g_autofree char *key = lt_words_key(word);
    g_autofree char *match = lt_match_phrase(LT_TERM_WORD, key);
    g_autoptr(GArray) ids = match != NULL ? lt_rank_ids(store, match, 0, RARE + 1, NULL) : NULL;

    return ids != NULL ? ids->len : 0;
}

static char *
rare_word(LtStore *store, const Sample *sample, GRand *random)
{
    for (guint tries = 0; tries < 200; tries++) {
        const char *word = sample->words[below(random, sample->n)];
        guint n = is_letters(word) ? count(store, word) : 0;
        if (n > 0 && n <= RARE)
            return lt_words_key(word);
    }
    return NULL;
}

static char *
phrase(G_GNUC_UNUSED LtStore *store, const Sample *sample, GRand *random)
{
    guint length = 2 + below(random, 3);
    guint at = below(random, sample->n - length);
    g_autofree char *words = g_strjoin(" ", sample->words[at], sample->words[at + 1],
                                       length > 2 ? sample->words[at + 2] : NULL,
                                       length > 3 ? sample->words[at + 3] : NULL, NULL);

    return g_strdup_printf("\"%s\"", words);
}

/* The syllables that more than a tenth of the documents have, by what they stand for in texts. */
static char *
two_frequent(G_GNUC_UNUSED LtStore *store, G_GNUC_UNUSED const Sample *sample, GRand *random)
{
    static const char *const syllables[] = {
        "nhân", "dân",   "quy",  "định", "quản", "lý",   "nhà",  "nước",
        "hành", "chính", "tổ",   "chức", "thực", "hiện", "công", "cơ",
        "quan", "theo",  "điều", "luật", "pháp", "tỉnh", "bộ",   "hội",
    };
    guint a = below(random, G_N_ELEMENTS(syllables));
    guint b = (a + 1 + below(random, G_N_ELEMENTS(syllables) - 1)) % G_N_ELEMENTS(syllables);

    return g_strdup_printf("%s %s", syllables[a], syllables[b]);
}

static char *
number(G_GNUC_UNUSED LtStore *store, const Sample *sample, G_GNUC_UNUSED GRand *random)
{
    return g_strdup(field(sample, LT_FIELD_NUMBER));
}

static char *
number_part(G_GNUC_UNUSED LtStore *store, const Sample *sample, GRand *random)
{
    const char *code = field(sample, LT_FIELD_CODE_NUMBER);
    const char *notation = field(sample, LT_FIELD_CODE_NOTATION);

    switch (below(random, 3)) {
    case 0:
        return g_strdup(code);
    case 1:
        return lt_words_key(notation);
    default:
        return g_strdup_printf("so %s", code);
    }
}

static char *
filter_and_word(G_GNUC_UNUSED LtStore *store, const Sample *sample, GRand *random)
{
    const char *word = sample->words[below(random, sample->n)];
    const char *day = field(sample, LT_FIELD_ISSUED_DATE);

    switch (below(random, 3)) {
    case 0:
        return g_strdup_printf("ngay:%.2s/%.4s %s", day + 5, day, word);
    case 1:
        return g_strdup_printf("loai:\"%s\" nam:%.4s %s", field(sample, LT_FIELD_TYPE), day, word);
    default:
        return g_strdup_printf("coquan:\"%s\" %s", field(sample, LT_FIELD_ISSUER), word);
    }
}

static const struct {
    const char *name;
    MakeQuery make;
} classes[] = {
    {"rare word", rare_word}, {"phrase", phrase},           {"two frequent", two_frequent},
    {"number", number},       {"number part", number_part}, {"filter and word", filter_and_word},
};

static gboolean
make_queries(LtStore *store, guint each, GError **error)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    gint64 newest = 0;

    if (!lt_sql_integer(store, &newest, error, "SELECT max(id) FROM document", ""))
        return FALSE;
    for (guint i = 0; i < each; i++)
        for (guint j = 0; j < G_N_ELEMENTS(classes); j++) {
            g_auto(Sample) sample = {0};
            if (!take_sample(store, newest, random, &sample, error))
                return FALSE;
            g_autofree char *query = classes[j].make(store, &sample, random);
            if (query != NULL)
                printf("%s\t%s\n", classes[j].name, query);
        }
    return TRUE;
}

static int
compare_times(gconstpointer a, gconstpointer b)
{
    double first = *(const double *)a, second = *(const double *)b;

    return first < second ? -1 : first > second;
}

static void
print_times(const char *name, GArray *times, guint found)
{
    g_array_sort(times, compare_times);
    if (times->len == 0)
        return;
    printf("%-16s %5u queries %5u found  median %7.2f  p95 %7.2f  worst %7.2f ms\n", name,
           times->len, found, g_array_index(times, double, times->len / 2),
           g_array_index(times, double, times->len * 95 / 100),
           g_array_index(times, double, times->len - 1));
}

/* Milliseconds. */
static double
now(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static gboolean
time_query(LtStore *store, const char *query, clockid_t clock, double *ret_took,
           gboolean *ret_found, GError **error)
{
    const LtSearch search = {.query = query, .limit = SHOWN, .brief = TRUE};
    double begun = now(clock);
    g_autoptr(LtSearchResult) result = lt_store_search(store, &search, error);

    *ret_took = now(clock) - begun;
    *ret_found = result != NULL && result->total > 0;
    return result != NULL;
}

static void
print_memory(void)
{
    g_autofree char *status = NULL;
    const char *peak;

    if (g_file_get_contents("/proc/self/status", &status, NULL, NULL) &&
        (peak = strstr(status, "VmHWM:")) != NULL)
        printf("memory at most %.*s\n", (int)strcspn(peak + 6, "\n"), peak + 6);
}

/* Every query twice: what the first time reads is what the second finds warm. */
static gboolean
time_queries(LtStore *store, const char *path, clockid_t clock, GError **error)
{
    GArray *times[G_N_ELEMENTS(classes) + 1];
    guint found[G_N_ELEMENTS(classes) + 1] = {0};
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, error))
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; i < G_N_ELEMENTS(times); i++)
        times[i] = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint round = 0; round < 2; round++)
        for (char **line = lines; *line != NULL && **line != '\0'; line++) {
            const char *tab = strchr(*line, '\t');
            double took;
            gboolean any;
            if (tab == NULL || !time_query(store, tab + 1, clock, &took, &any, error))
                return FALSE;
            for (guint i = 0; round > 0 && i < G_N_ELEMENTS(times); i++)
                if (i == G_N_ELEMENTS(classes) ||
                    (strlen(classes[i].name) == (gsize)(tab - *line) &&
                     g_str_has_prefix(*line, classes[i].name))) {
                    g_array_append_val(times[i], took);
                    found[i] += any;
                }
        }
    for (guint i = 0; i < G_N_ELEMENTS(times); i++) {
        print_times(i < G_N_ELEMENTS(classes) ? classes[i].name : "all", times[i], found[i]);
        g_array_unref(times[i]);
    }
    print_memory();
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    gboolean make = argc == 4 && strcmp(argv[1], "make") == 0;
    gboolean cpu = argc == 4 && strcmp(argv[1], "cpu") == 0;

    if (!make && !cpu && (argc != 4 || strcmp(argv[1], "time") != 0)) {
        fputs("usage: search-run make ARCHIVE EACH | search-run time|cpu ARCHIVE QUERIES\n",
              stderr);
        return 2;
    }
    g_autoptr(LtStore) store = lt_store_open(argv[2], LT_STORE_READ, &error);
    if (store == NULL ||
        !(make ? make_queries(store, (guint)g_ascii_strtoull(argv[3], NULL, 10), &error)
               : time_queries(store, argv[3], cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC,
                              &error))) {
        fprintf(stderr, "search-run: %s\n", error->message);
        return 1;
    }
    return 0;
}
