#include "store/private.h"

#include <string.h>

#define SURE 0.9 /* from here on a value is offered as sure */

typedef struct {
    gint64 number; /* 0: none is known */
    char *suffix;  /* "a" of 12a; "" */
    gint64 document;
    gboolean sure;
} Use;

/* A series as it is collected. */
typedef struct {
    LtSeries *series;
    GArray *uses;          /* of Use */
    GHashTable *notations; /* of char * -> count */
} Collected;

typedef struct {
    LtStore *store;
    const LtGapsRequest *request;
    GHashTable *by_key; /* of char * -> Collected */
    LtGaps *gaps;
} Collecting;

static void
number_use_free(LtNumberUse *use)
{
    g_free(use->number);
    g_array_unref(use->documents);
    g_free(use);
}

static void
series_free(LtSeries *series)
{
    if (series == NULL)
        return;
    g_free(series->issuer);
    g_free(series->type);
    g_free(series->notation);
    g_array_unref(series->missing);
    g_ptr_array_unref(series->doubles);
    g_ptr_array_unref(series->doubtful);
    g_free(series);
}

void
lt_gaps_free(LtGaps *gaps)
{
    if (gaps == NULL)
        return;
    g_ptr_array_unref(gaps->series);
    g_free(gaps);
}

static void
use_clear(Use *use)
{
    g_free(use->suffix);
}

static void
collected_free(Collected *collected)
{
    series_free(collected->series);
    g_array_unref(collected->uses);
    g_hash_table_unref(collected->notations);
    g_free(collected);
}

/* --- which series a document belongs to --- */

static guint
year_of(const LtRecord *record)
{
    const char *day = record->fields[LT_FIELD_ISSUED_DATE].value;

    return day != NULL ? (guint)g_ascii_strtoull(day, NULL, 10) : lt_record_number_year(record);
}

/* The office with its place: every province has a Sở Nội vụ. */
static void
append_office(GString *key, const LtRecord *record)
{
    g_auto(LtIssuer) issuer = {0};
    const char *place;

    lt_issuer_init(&issuer, NULL, record->fields[LT_FIELD_ISSUER].value,
                   record->fields[LT_FIELD_PARENT_ISSUER].value,
                   record->fields[LT_FIELD_PLACE].value);
    place = issuer.region != NULL ? issuer.region : issuer.parent_region;
    g_string_append_printf(key, "%s|%s|", issuer.name != NULL ? issuer.name : "",
                           place != NULL          ? place
                           : issuer.place != NULL ? issuer.place
                                                  : "");
}

/* Legal normative documents, 05/2023/QĐ-UBND, are numbered apart from 5/QĐ-UBND. Without a type, the
 * notation has to do. */
static char *
series_key(const LtRecord *record, LtSeriesKind kind, guint year)
{
    const char *notation = record->fields[LT_FIELD_CODE_NOTATION].value;
    const char *type = record->fields[LT_FIELD_TYPE].value;
    g_autoptr(GString) key = g_string_new(NULL);
    g_auto(LtNumberKeys) keys = {0};

    append_office(key, record);
    if (notation != NULL)
        lt_number_keys_init(&keys, notation);
    if (kind == LT_SERIES_BY_TYPE && type != NULL) {
        g_autofree char *words = lt_words_key(type);
        g_string_append(key, words);
    } else if (kind != LT_SERIES_BY_OFFICE) {
        g_string_append_printf(key, "/%s", keys.notation != NULL ? keys.notation : "");
    }
    g_string_append_printf(key, "|%d|%u", lt_record_number_year(record) > 0, year);
    return g_string_free(g_steal_pointer(&key), FALSE);
}

static Collected *
find_series(Collecting *collecting, const LtRecord *record, guint year)
{
    LtSeriesKind kind = collecting->request->series;
    g_autofree char *key = series_key(record, kind, year);
    Collected *collected = g_hash_table_lookup(collecting->by_key, key);

    if (collected != NULL)
        return collected;
    collected = g_new0(Collected, 1);
    collected->uses = g_array_new(FALSE, FALSE, sizeof(Use));
    g_array_set_clear_func(collected->uses, (GDestroyNotify)use_clear);
    collected->notations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    collected->series = g_new0(LtSeries, 1);
    collected->series->year = year;
    collected->series->issuer = g_strdup(record->fields[LT_FIELD_ISSUER].value);
    if (kind == LT_SERIES_BY_TYPE)
        collected->series->type = g_strdup(record->fields[LT_FIELD_TYPE].value);
    collected->series->missing = g_array_new(FALSE, FALSE, sizeof(LtRange));
    collected->series->doubles = g_ptr_array_new_with_free_func((GDestroyNotify)number_use_free);
    collected->series->doubtful = g_ptr_array_new_with_free_func((GDestroyNotify)number_use_free);
    g_hash_table_insert(collecting->by_key, g_steal_pointer(&key), collected);
    return collected;
}

/* --- its number --- */

/* The number that is given, else the best that it may be. */
static const char *
known_number(const LtRecord *record, gboolean *ret_sure)
{
    static const LtFieldId ids[] = {LT_FIELD_CODE_NUMBER, LT_FIELD_NUMBER};
    const LtField *field = &record->fields[LT_FIELD_CODE_NUMBER];

    *ret_sure = field->value != NULL && field->confidence >= SURE &&
                !lt_record_is_doubted(record, LT_FIELD_CODE_NUMBER) &&
                !lt_record_is_doubted(record, LT_FIELD_NUMBER);
    if (field->value != NULL)
        return field->value;
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        field = &record->fields[ids[i]];
        if (field->candidates != NULL && field->candidates->len > 0)
            return ((const LtCandidate *)g_ptr_array_index(field->candidates, 0))->value;
    }
    return NULL;
}

static void
take_use(Collected *collected, const LtRecord *record)
{
    Use use = {.document = record->id};
    const char *text = known_number(record, &use.sure);
    gsize digits = text != NULL ? strspn(text, "0123456789") : 0;
    const char *rest = text != NULL ? text + digits : "";

    use.number = digits > 0 && digits < 10 ? g_ascii_strtoll(text, NULL, 10) : 0;
    use.sure = use.sure && use.number <= LT_GAPS_LARGEST;
    use.suffix = g_unichar_isalpha(g_utf8_get_char(rest))
                     ? g_utf8_strdown(rest, g_utf8_next_char(rest) - rest)
                     : g_strdup("");
    if (use.number > 0)
        g_array_append_val(collected->uses, use);
    else {
        use_clear(&use);
        collected->series->unnumbered++;
    }
}

static gboolean
take_record(Collecting *collecting, const LtRecord *record, GError **error)
{
    const char *notation = record->fields[LT_FIELD_CODE_NOTATION].value;
    guint year = year_of(record);
    gboolean secret = FALSE;
    Collected *collected;

    if (!lt_store_is_secret(collecting->store, record, &secret, error))
        return FALSE;
    if (secret || year == 0) {
        collecting->gaps->secret += secret;
        collecting->gaps->undated += !secret;
        return TRUE;
    }
    if (collecting->request->year != 0 && collecting->request->year != year)
        return TRUE;
    collected = find_series(collecting, record, year);
    collected->series->documents++;
    if (notation != NULL) {
        gpointer count = g_hash_table_lookup(collected->notations, notation);
        g_hash_table_insert(collected->notations, g_strdup(notation),
                            GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
    }
    take_use(collected, record);
    return TRUE;
}

/* --- the few columns that matter: a whole document would take thirty times as long --- */

static const LtFieldId columns[] = {
    LT_FIELD_ISSUER,        LT_FIELD_PARENT_ISSUER, LT_FIELD_PLACE,       LT_FIELD_TYPE,
    LT_FIELD_CODE_NOTATION, LT_FIELD_ISSUED_DATE,   LT_FIELD_CODE_NUMBER, LT_FIELD_SECRECY};

#define SELECT_COLUMNS                                                                             \
    "SELECT issuer, parent_issuer, place, type, code_notation, issued_date, code_number, secrecy," \
    " sha256, (SELECT confidence FROM evidence e WHERE e.document = d.id"                          \
    " AND e.field = 'code_number'), needs_review FROM document d WHERE d.id = ?"

static gboolean
read_doubts(LtStore *store, LtRecord *record, GError **error)
{
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(
        store, error,
        "SELECT field, code, NULL FROM doubt WHERE document = ?1 AND field IN"
        " ('number', 'code_number') UNION ALL SELECT field, value, confidence FROM candidate"
        " WHERE document = ?1 AND field IN ('number', 'code_number') AND position = 0",
        "i", record->id);
    int got = -1;

    if (rows == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, rows, error)) > 0) {
        const char *name = (const char *)sqlite3_column_text(rows, 0);
        const char *text = (const char *)sqlite3_column_text(rows, 1);
        LtFieldId id;
        if (sqlite3_column_type(rows, 2) == SQLITE_NULL)
            lt_record_add_doubt(record, name, text);
        else if (lt_field_from_name(name, &id))
            lt_field_add_candidate(&record->fields[id], text, sqlite3_column_double(rows, 2));
    }
    return got == 0;
}

/* The document of row as far as the report looks at it. (transfer full) */
static LtRecord *
read_columns(LtStore *store, gint64 id, sqlite3_stmt *row, GError **error)
{
    g_autoptr(LtRecord) record = lt_record_new();
    int at = 0;

    record->id = id;
    for (; at < (int)G_N_ELEMENTS(columns); at++)
        record->fields[columns[at]].value = lt_sql_dup_text(row, at);
    record->sha256 = lt_sql_dup_text(row, at++);
    record->fields[LT_FIELD_CODE_NUMBER].confidence = sqlite3_column_double(row, at++);
    if (sqlite3_column_int(row, at) != 0 && !read_doubts(store, record, error))
        return NULL;
    return g_steal_pointer(&record);
}

static gboolean
collect(Collecting *collecting, GError **error)
{
    LtStore *store = collecting->store;
    g_autoptr(GArray) ids = lt_search_ids(store, collecting->request->search, error);
    g_autoptr(sqlite3_stmt) row =
        ids != NULL ? lt_sql_prepare(store, error, SELECT_COLUMNS, "") : NULL;

    if (row == NULL)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        gint64 id = g_array_index(ids, gint64, i);
        int code = sqlite3_bind_int64(row, 1, id);
        if (code != SQLITE_OK)
            return lt_store_fail_sql(store, code, error);
        int got = lt_sql_step(store, row, error);
        g_autoptr(LtRecord) record = got > 0 ? read_columns(store, id, row, error) : NULL;
        if (got < 0 || (got > 0 && (record == NULL || !take_record(collecting, record, error))))
            return FALSE;
        sqlite3_reset(row);
    }
    return TRUE;
}

/* --- what is missing, and what is there twice --- */

static int
compare_uses(gconstpointer a, gconstpointer b)
{
    const Use *left = a, *right = b;

    if (left->number != right->number)
        return left->number < right->number ? -1 : 1;
    int order = strcmp(left->suffix, right->suffix);
    if (order != 0)
        return order;
    return left->document < right->document ? -1 : 1;
}

/* The uses of one number from *at on that are sure, or that are not. */
static LtNumberUse *
gather(const GArray *uses, guint from, guint to, gboolean sure)
{
    const Use *first = &g_array_index(uses, Use, from);
    LtNumberUse *gathered = g_new0(LtNumberUse, 1);

    gathered->number = g_strdup_printf("%" G_GINT64_FORMAT "%s", first->number, first->suffix);
    gathered->documents = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = from; i < to; i++) {
        const Use *use = &g_array_index(uses, Use, i);
        if (use->sure == sure)
            g_array_append_val(gathered->documents, use->document);
    }
    return gathered;
}

static void
keep_if(GPtrArray *list, LtNumberUse *use, guint least)
{
    if (use->documents->len >= least)
        g_ptr_array_add(list, use);
    else
        number_use_free(use);
}

static void
find_doubles(Collected *collected)
{
    const GArray *uses = collected->uses;

    for (guint from = 0, to; from < uses->len; from = to) {
        const Use *first = &g_array_index(uses, Use, from);
        for (to = from + 1; to < uses->len; to++) {
            const Use *next = &g_array_index(uses, Use, to);
            if (next->number != first->number || strcmp(next->suffix, first->suffix) != 0)
                break;
        }
        keep_if(collected->series->doubles, gather(uses, from, to, TRUE), 2);
        keep_if(collected->series->doubtful, gather(uses, from, to, FALSE), 1);
    }
}

static void
add_missing(LtSeries *series, gint64 first, gint64 last)
{
    const LtRange range = {first, last};

    if (first > last)
        return;
    g_array_append_val(series->missing, range);
    series->n_missing += (guint64)(last - first + 1);
}

/* What no document has, not even a doubtful one, below the highest number that is sure. */
static void
find_missing(Collected *collected, gboolean from_one)
{
    LtSeries *series = collected->series;
    gint64 next;

    for (guint i = 0; i < collected->uses->len; i++) {
        const Use *use = &g_array_index(collected->uses, Use, i);
        if (!use->sure)
            continue;
        series->first = series->first == 0 ? use->number : series->first;
        series->last = use->number;
    }
    next = from_one ? 1 : series->first;
    for (guint i = 0; i < collected->uses->len && next <= series->last; i++) {
        const Use *use = &g_array_index(collected->uses, Use, i);
        if (use->number < next)
            continue;
        add_missing(series, next, MIN(use->number - 1, series->last));
        next = use->number + 1;
    }
}

static void
choose_notation(Collected *collected)
{
    GHashTableIter iter;
    gpointer notation, count;
    guint most = 0;

    g_hash_table_iter_init(&iter, collected->notations);
    while (g_hash_table_iter_next(&iter, &notation, &count)) {
        guint n = GPOINTER_TO_UINT(count);
        if (n < most || (n == most && strcmp(notation, collected->series->notation) > 0))
            continue;
        most = n;
        g_free(collected->series->notation);
        collected->series->notation = g_strdup(notation);
    }
}

static int
compare_series(gconstpointer a, gconstpointer b)
{
    const LtSeries *left = *(LtSeries *const *)a, *right = *(LtSeries *const *)b;
    int order = g_strcmp0(left->issuer, right->issuer);

    if (order == 0)
        order = (left->year > right->year) - (left->year < right->year);
    if (order == 0)
        order = g_strcmp0(left->type, right->type);
    return order != 0 ? order : g_strcmp0(left->notation, right->notation);
}

static void
finish(Collecting *collecting)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, collecting->by_key);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        Collected *collected = value;
        if (collected->series->documents < collecting->request->least) {
            collecting->gaps->small++;
            continue;
        }
        g_array_sort(collected->uses, compare_uses);
        find_doubles(collected);
        find_missing(collected, collecting->request->from_one);
        choose_notation(collected);
        g_ptr_array_add(collecting->gaps->series, g_steal_pointer(&collected->series));
    }
    g_ptr_array_sort(collecting->gaps->series, compare_series);
}

LtGaps *
lt_store_gaps(LtStore *store, const LtGapsRequest *request, GError **error)
{
    g_autoptr(LtGaps) gaps = g_new0(LtGaps, 1);
    g_autoptr(GHashTable) by_key =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)collected_free);
    Collecting collecting = {store, request, by_key, gaps};

    gaps->series = g_ptr_array_new_with_free_func((GDestroyNotify)series_free);
    if (!collect(&collecting, error))
        return NULL;
    finish(&collecting);
    return g_steal_pointer(&gaps);
}

char *
lt_gaps_ranges_text(const LtSeries *series)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < series->missing->len; i++) {
        const LtRange *range = &g_array_index(series->missing, LtRange, i);
        g_string_append_printf(text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", range->first);
        if (range->last > range->first)
            g_string_append_printf(text, "–%" G_GINT64_FORMAT, range->last);
    }
    return g_string_free(text, FALSE);
}
