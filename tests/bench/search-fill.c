/* Fills an archive with made dispatches of a page, through the program's own filing:
 *
 *   search-fill ARCHIVE TEXTS COUNT [singly]
 *
 * Their text is resampled from the files TEXTS/x.txt, clause by clause, so that syllables and pairs of
 * them are as frequent as they are there; a name and a file number of each are its own. Goes on where an
 * archive has fewer. Prints what filing took for the first and the last thousand: those are filed as the
 * program does it. Those between come to the same rows and terms, but many in one transaction and
 * without seals. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "store/private.h"

#define MEASURED 1000u
#define WORDS 380u /* of running text in a dispatch */
#define AT_ONCE 4000u
#define HASH_BYTES                                                                                 \
    "33554432" /* that the index gathers before it writes: of so many documents, once */
#define USUAL_HASH_BYTES "1048576"
#define MERGED_PAGES 1000

typedef struct {
    GPtrArray *clauses; /* of char *: three words and more */
    GRand *random;
} Source;

static const struct {
    const char *name, *letters, *place;
} issuers[] = {
    {"Sở Thông tin và Truyền thông", "STTTT", "Đắk Lắk"},
    {"Sở Nội vụ", "SNV", "Đắk Lắk"},
    {"Sở Tài chính", "STC", "Đắk Lắk"},
    {"Sở Y tế", "SYT", "Đắk Lắk"},
    {"Sở Giáo dục và Đào tạo", "SGDĐT", "Đắk Lắk"},
    {"Sở Xây dựng", "SXD", "Đắk Lắk"},
    {"Sở Tư pháp", "STP", "Đắk Lắk"},
    {"Sở Công Thương", "SCT", "Đắk Lắk"},
    {"Ủy ban nhân dân tỉnh Đắk Lắk", "UBND", "Đắk Lắk"},
    {"Ủy ban nhân dân huyện Krông Pắc", "UBND", "Krông Pắc"},
    {"Ủy ban nhân dân thành phố Buôn Ma Thuột", "UBND", "Buôn Ma Thuột"},
    {"Hội đồng nhân dân tỉnh Đắk Lắk", "HĐND", "Đắk Lắk"},
    {"Bộ Nội vụ", "BNV", "Hà Nội"},
    {"Bộ Tài chính", "BTC", "Hà Nội"},
    {"Bộ Thông tin và Truyền thông", "BTTTT", "Hà Nội"},
    {"Bộ Y tế", "BYT", "Hà Nội"},
    {"Chính phủ", "CP", "Hà Nội"},
    {"Văn phòng Chính phủ", "VPCP", "Hà Nội"},
    {"Thanh tra tỉnh", "TTT", "Đắk Lắk"},
    {"Ban Chỉ đạo về Nhân quyền", "BCĐNQ", "Hà Nội"},
};

static const struct {
    const char *name, *letters;
} types[] = {{"Công văn", NULL},   {"Công văn", NULL},  {"Công văn", NULL}, {"Quyết định", "QĐ"},
             {"Quyết định", "QĐ"}, {"Thông báo", "TB"}, {"Báo cáo", "BC"},  {"Kế hoạch", "KH"},
             {"Tờ trình", "TTr"},  {"Nghị quyết", "NQ"}};

static const char *const units[] = {"VP", "TCCB", "KHTC", "NV", "TTBCXB", "CNTT", "TH", "VX"};
static const char *const surnames[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Y", "H'", "Vũ"};

static void
add_clauses(Source *source, const char *path)
{
    g_autofree char *raw = NULL;

    if (!g_file_get_contents(path, &raw, NULL, NULL))
        return;
    g_autofree char *text = lt_text_canonical(raw);
    g_auto(GStrv) parts = g_strsplit_set(text, ".,;:\n", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_auto(GStrv) words = g_strsplit(g_strstrip(*part), " ", -1);
        if (g_strv_length(words) >= 3)
            g_ptr_array_add(source->clauses, g_strdup(*part));
    }
}

static gboolean
read_texts(Source *source, const char *directory)
{
    g_autoptr(GDir) entries = g_dir_open(directory, 0, NULL);
    const char *name;

    source->clauses = g_ptr_array_new_with_free_func(g_free);
    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *path = g_build_filename(directory, name, NULL);
        if (g_str_has_suffix(name, ".txt"))
            add_clauses(source, path);
    }
    return source->clauses->len > 0;
}

static guint
below(const Source *source, guint n)
{
    return (guint)g_rand_int_range(source->random, 0, (gint32)n);
}

static const char *
clause(const Source *source)
{
    return g_ptr_array_index(source->clauses, below(source, source->clauses->len));
}

/* A name as no other document has it: syllables put together by chance. */
static char *
own_word(const Source *source)
{
    static const char *const onsets[] = {"b", "ch", "đ", "kr", "l", "m", "ng", "s", "tr", "v"};
    static const char *const rhymes[] = {"ăng", "eo", "ông", "uk", "a",
                                         "in",  "ơi", "uôn", "ek", "ia"};
    GString *word = g_string_new(NULL);

    for (guint i = 0; i < 4; i++)
        g_string_append_printf(word, "%s%s", onsets[below(source, G_N_ELEMENTS(onsets))],
                               rhymes[below(source, G_N_ELEMENTS(rhymes))]);
    return g_string_free(word, FALSE);
}

static void
set(LtRecord *record, LtFieldId field, const char *value)
{
    const LtBox box = {0.1, 0.1, 0.4, 0.12};

    lt_field_set(&record->fields[field], value, value, 0.95, 1, &box, "made");
}

static void
set_number(LtRecord *record, const Source *source, guint issuer, guint type, guint year)
{
    guint code = 1 + below(source, 4000);
    g_autofree char *notation =
        types[type].letters != NULL
            ? g_strdup_printf("%s-%s", types[type].letters, issuers[issuer].letters)
            : g_strdup_printf("%s-%s", issuers[issuer].letters,
                              units[below(source, G_N_ELEMENTS(units))]);
    g_autofree char *digits = g_strdup_printf("%u", code);
    g_autofree char *number = g_strdup_printf("%u/%s", code, notation);
    g_autofree char *day =
        g_strdup_printf("%04u-%02u-%02u", year, 1 + below(source, 12), 1 + below(source, 28));

    set(record, LT_FIELD_NUMBER, number);
    set(record, LT_FIELD_CODE_NUMBER, digits);
    set(record, LT_FIELD_CODE_NOTATION, notation);
    set(record, LT_FIELD_ISSUED_DATE, day);
}

static void
add_body(LtRecord *record, const Source *source, GString *text)
{
    g_autofree char *own = own_word(source);
    g_autofree char *cited = g_strdup_printf("%u/%s-VP", 1 + below(source, 4000),
                                             issuers[below(source, G_N_ELEMENTS(issuers))].letters);
    const LtBox box = {0.1, 0.3, 0.4, 0.32};
    guint words = 0;

    g_string_append_printf(text, "Căn cứ văn bản số %s; xét hồ sơ %u của ông %s;\n", cited,
                           100000 + below(source, 900000), own);
    lt_record_add_reference(record, cited, NULL, "căn cứ", 1, &box);
    while (words < WORDS) {
        const char *part = clause(source);
        for (const char *p = part; *p != '\0'; p++)
            words += *p == ' ';
        words++;
        g_string_append_printf(text, "%s%s", part, below(source, 3) == 0 ? ".\n" : ", ");
    }
}

/* A page of canonical text, whose words need no more than a box each. */
static LtPage *
make_page(const char *text)
{
    g_autoptr(GByteArray) words = g_byte_array_new();
    static const guint8 word[12] = {0xE8, 3, 0xE8, 3, 0xDC, 5, 0x4C, 4, 95, 0, 0, 0};
    g_autoptr(GError) error = NULL;

    for (const char *p = text; *p != '\0'; p++)
        if (*p != ' ' && *p != '\n' && (p == text || p[-1] == ' ' || p[-1] == '\n'))
            g_byte_array_append(words, word, sizeof word);
    g_autoptr(GBytes) packed = g_byte_array_free_to_bytes(g_steal_pointer(&words));
    LtPage *page =
        lt_page_new_packed(1, LT_PAGE_FROM_OCR, 0.95, 595, 842, text, NULL, packed, &error);
    g_assert_no_error(error);
    return page;
}

static LtRecord *
make_record(const Source *source, guint serial)
{
    LtRecord *record = lt_record_new();
    guint issuer = below(source, G_N_ELEMENTS(issuers));
    guint type = below(source, G_N_ELEMENTS(types));
    guint year = 2006 + below(source, 20);
    g_autofree char *seed = g_strdup_printf("made %u", serial);
    g_autofree char *signer =
        g_strdup_printf("%s Văn %s", surnames[below(source, G_N_ELEMENTS(surnames))], "Thành");
    g_autoptr(GString) text = g_string_new(NULL);

    record->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, seed, -1);
    record->source = g_strdup_printf("/made/%u.pdf", serial);
    record->format = g_strdup("pdf");
    record->size = 100000;
    set_number(record, source, issuer, type, year);
    set(record, LT_FIELD_PLACE, issuers[issuer].place);
    set(record, LT_FIELD_ISSUER, issuers[issuer].name);
    set(record, LT_FIELD_TYPE, types[type].name);
    set(record, LT_FIELD_SUBJECT, clause(source));
    set(record, LT_FIELD_SIGNER, signer);
    g_ptr_array_add(record->recipients, g_strdup("Như trên"));
    g_ptr_array_add(record->recipients, g_strdup("Lưu: VT"));
    g_string_append_printf(text, "%s\nSố: %s\n%s, ngày %s\n%s\nVề việc %s\n", issuers[issuer].name,
                           record->fields[LT_FIELD_NUMBER].value, issuers[issuer].place,
                           record->fields[LT_FIELD_ISSUED_DATE].value, types[type].name,
                           record->fields[LT_FIELD_SUBJECT].value);
    add_body(record, source, text);
    g_string_append_printf(text, "\n%s\n", signer);
    g_autofree char *canonical = lt_text_canonical(text->str);
    g_autoptr(GString) lines = g_string_new(g_strstrip(canonical));
    g_string_append_c(lines, '\n');
    g_string_replace(lines, " \n", "\n", 0);
    g_string_replace(lines, "\n\n", "\n", 0);
    g_ptr_array_add(record->pages, make_page(lines->str));
    return record;
}

static gboolean
file_made(LtStore *store, const Source *source, guint serial, double *longest, GError **error)
{
    g_autoptr(LtRecord) record = make_record(source, serial);
    gint64 begun = g_get_monotonic_time();
    gboolean filed = lt_store_file(store, record, 0, error);
    double took = (double)(g_get_monotonic_time() - begun) / 1000;

    *longest = MAX(*longest, took);
    return filed;
}

/* Files [from, to). */
static gboolean
file_range(LtStore *store, const Source *source, guint from, guint to, GError **error)
{
    gint64 begun = g_get_monotonic_time();
    clock_t used = clock();
    double longest = 0;

    for (guint serial = from; serial < to; serial++) {
        g_rand_set_seed(source->random, serial);
        if (!file_made(store, source, serial, &longest, error))
            return FALSE;
    }
    if (to > from)
        printf("filed %u-%u: %.2f ms each (%.2f of the processor), %.0f ms the longest\n", from + 1,
               to, (double)(g_get_monotonic_time() - begun) / 1000 / (to - from),
               (double)(clock() - used) * 1e3 / CLOCKS_PER_SEC / (to - from), longest);
    fflush(stdout);
    return TRUE;
}

static gboolean
insert_row(LtStore *store, LtRecord *record, GError **error)
{
    if (!lt_sql_run(
            store, error,
            "INSERT INTO document (revision, sha256, source, status, format, size, filed_at,"
            " page_count, needs_review) VALUES (1, ?, ?, 'filed', ?, ?, ?, ?, 0)",
            "spsisi", record->sha256, record->source, record->format, (gint64)record->size,
            "2026-01-01T00:00:00Z", (gint64)record->pages->len))
        return FALSE;
    record->id = sqlite3_last_insert_rowid(store->db);
    return TRUE;
}

/* Terms after all rows: statements that change several rows have the index written out. */
static gboolean
insert_some(LtStore *store, const Source *source, guint from, guint to, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint serial = from; transaction != NULL && serial < to; serial++) {
        g_rand_set_seed(source->random, serial);
        g_autoptr(LtRecord) record = make_record(source, serial);
        if (!insert_row(store, record, error) || !lt_write_fields(store, record, error) ||
            !lt_write_pages(store, record, error))
            return FALSE;
        g_array_append_val(ids, record->id);
    }
    for (guint i = 0; i < ids->len; i++)
        if (!lt_index_put(store, g_array_index(ids, gint64, i), error))
            return FALSE;
    return transaction != NULL &&
           lt_sql_run(store, error, "DELETE FROM unsealed WHERE document > 0", "") &&
           lt_transaction_commit(transaction, error);
}

/* Merges what filing one by one would have merged on the way, down to two segments a level: those written in one
 * go are large and stand among the smallest, where they would hold up the merging of what is filed next. */
static gboolean
merge_index(LtStore *store, GError **error)
{
    if (!lt_sql_script(store, "INSERT INTO search (search, rank) VALUES ('usermerge', 2)", error))
        return FALSE;
    for (int before = -2; sqlite3_total_changes(store->db) - before >= 2;) {
        before = sqlite3_total_changes(store->db);
        if (!lt_sql_run(store, error, "INSERT INTO search (search, rank) VALUES ('merge', ?)", "i",
                        (gint64)MERGED_PAGES))
            return FALSE;
    }
    return lt_sql_script(store, "INSERT INTO search (search, rank) VALUES ('usermerge', 4)", error);
}

static gboolean
insert_range(LtStore *store, const Source *source, guint from, guint to, GError **error)
{
    gboolean done = lt_sql_script(store,
                                  "PRAGMA synchronous = OFF; INSERT INTO search (search, rank)"
                                  " VALUES ('hashsize', " HASH_BYTES ")",
                                  error);

    store->sealing = FALSE;
    for (guint at = from; done && at < to; at += AT_ONCE)
        done = insert_some(store, source, at, MIN(at + AT_ONCE, to), error);
    store->sealing = TRUE;
    return done && merge_index(store, error) &&
           lt_sql_script(store,
                         "INSERT INTO search (search, rank)"
                         " VALUES ('hashsize', " USUAL_HASH_BYTES ");"
                         " PRAGMA synchronous = FULL",
                         error);
}

static gboolean
fill_singly(LtStore *store, const Source *source, guint from, guint count, GError **error)
{
    gboolean done = TRUE;

    for (guint to = MEASURED; done && from < count; to *= 2) {
        done = to <= from || file_range(store, source, from, MIN(to, count), error);
        from = MAX(from, MIN(to, count));
    }
    return done;
}

static gboolean
fill(LtStore *store, const Source *source, guint count, gboolean singly, GError **error)
{
    gint64 there = 0;

    if (!lt_sql_integer(store, &there, error, "SELECT count(*) FROM document", ""))
        return FALSE;
    if (singly)
        return fill_singly(store, source, (guint)there, count, error);
    guint from = (guint)there, measured = MIN(MEASURED, count);
    guint last = MAX(count - measured, from);
    if (from < measured && !file_range(store, source, from, measured, error))
        return FALSE;
    from = MAX(from, measured);
    return (last <= from || insert_range(store, source, from, last, error)) &&
           file_range(store, source, MAX(last, from), count, error);
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    Source source = {.random = g_rand_new_with_seed(1)};

    gboolean singly = argc == 5 && g_str_equal(argv[4], "singly");

    if (!(argc == 4 || singly) || !read_texts(&source, argv[2])) {
        fputs("usage: search-fill ARCHIVE TEXTS COUNT [singly]\n", stderr);
        return 2;
    }
    g_autoptr(LtStore) store = lt_store_open(argv[1], LT_STORE_CREATE, &error);
    if (store == NULL ||
        !fill(store, &source, (guint)g_ascii_strtoull(argv[3], NULL, 10), singly, &error)) {
        fprintf(stderr, "search-fill: %s\n", error->message);
        return 1;
    }
    return 0;
}
