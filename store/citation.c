/* Citations: which document is meant, both ways. Found each time by the same choice, so it holds
 * whichever of two documents came first, and after a correction; what A cites as B is cited by A. */
#include "store/private.h"

#include <string.h>

#define CAPITAL "ha noi" /* what is issued there is cited everywhere */

/* What speaks for a document that has the number; the heaviest first. */
enum { SAME_DAY = 8, SAME_ISSUER = 4, SAME_PLACE = 2, HAS_DAY = 1 };

/* The best document so far for one citation. */
typedef struct {
    gint64 id; /* 0: none */
    guint weight;
    gboolean several; /* others are as good, and are not the same document */
    char *day;
    LtIssuer issuer;
} Choice;

static void
choice_clear(Choice *choice)
{
    g_clear_pointer(&choice->day, g_free);
    lt_issuer_clear(&choice->issuer);
    *choice = (Choice){0};
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Choice, choice_clear)

/* Citations with the documents that have the number, where the day does not speak against it. A day
 * may be cut short: "2023-09". */
#define CITATIONS                                                                                  \
    "SELECT c.document, c.position, c.number, c.date, c.relation, c.page, c.x0, c.y0, c.x1, c.y1," \
    " p.key_place, d.id, d.issued_date, d.key_place, d.issuer_id, d.issuer, d.parent_issuer,"      \
    " d.place, c.type, c.issuer FROM citation c JOIN document p ON p.id = c.document LEFT JOIN "   \
    "document d"                                                                                   \
    " ON d.key_number = c.key_number AND d.id <> c.document AND (c.date IS NULL"                   \
    " OR d.issued_date IS NULL OR substr(d.issued_date, 1, length(c.date)) = c.date)"

#define IN_ORDER " ORDER BY c.document, c.position, d.id"

static const char *
text(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

/* Numbers begin again in every office: one from elsewhere is meant only where the whole day agrees or
 * its office is named. */
static gboolean
is_out_of_reach(const char *from, const char *to, gboolean certain)
{
    return !certain && from != NULL && to != NULL && strcmp(from, to) != 0 &&
           strcmp(from, CAPITAL) != 0 && strcmp(to, CAPITAL) != 0;
}

/* The office that a citation names, as far as it does, against that of a document. "UBND tỉnh" alone
 * names none in particular, so only places that differ speak against a document. */
static gboolean
is_other_office(const LtIssuer *cited, const LtIssuer *issuer)
{
    return cited->region != NULL && issuer->region != NULL &&
           (strcmp(cited->region, issuer->region) != 0 ||
            g_strcmp0(cited->level, issuer->level) != 0);
}

/* Two copies of one document, as far as is known. */
static gboolean
is_same(const Choice *choice, const char *day, const LtIssuer *issuer)
{
    gboolean named = choice->issuer.name != NULL && issuer->name != NULL;

    return g_strcmp0(choice->day, day) == 0 && (!named || lt_issuer_same(&choice->issuer, issuer));
}

/* The document in a row of CITATIONS. */
static void
offer(Choice *choice, sqlite3_stmt *row)
{
    const char *cited_day = text(row, 3), *from = text(row, 10);
    const char *day = text(row, 12), *to = text(row, 13);
    gboolean same_day = cited_day != NULL && g_strcmp0(cited_day, day) == 0;
    g_auto(LtIssuer) issuer = {0};
    g_auto(LtIssuer) cited = {0};

    if (sqlite3_column_type(row, 11) == SQLITE_NULL)
        return;
    lt_issuer_init(&issuer, text(row, 14), text(row, 15), text(row, 16), text(row, 17));
    lt_issuer_init(&cited, NULL, text(row, 19), NULL, NULL);
    gboolean named = cited.name != NULL && g_strcmp0(cited.name, issuer.name) == 0;
    gboolean placed = named && cited.region != NULL && issuer.region != NULL;
    guint weight = (same_day ? SAME_DAY : 0) + (named ? SAME_ISSUER : 0) +
                   (from != NULL && g_strcmp0(from, to) == 0 ? SAME_PLACE : 0) +
                   (day != NULL ? HAS_DAY : 0);
    if (is_other_office(&cited, &issuer) || is_out_of_reach(from, to, same_day || placed) ||
        (choice->id != 0 && weight < choice->weight))
        return;
    if (choice->id != 0 && weight == choice->weight) {
        choice->several = choice->several || !is_same(choice, day, &issuer);
        return;
    }
    choice_clear(choice);
    *choice = (Choice){sqlite3_column_int64(row, 11), weight, FALSE, g_strdup(day), issuer};
    issuer = (LtIssuer){0};
}

static gint64
chosen(const Choice *choice)
{
    return choice->several ? 0 : choice->id;
}

static void
append_reference(LtRecord *record, sqlite3_stmt *row)
{
    const LtBox box = {sqlite3_column_double(row, 6), sqlite3_column_double(row, 7),
                       sqlite3_column_double(row, 8), sqlite3_column_double(row, 9)};

    LtReference *reference = lt_record_add_reference(
        record, text(row, 2), text(row, 3), text(row, 4), (guint)sqlite3_column_int(row, 5), &box);
    reference->type = g_strdup(text(row, 18));
    reference->issuer = g_strdup(text(row, 19));
}

gboolean
lt_store_read_references(LtStore *store, LtRecord *record, GError **error)
{
    g_autoptr(LtKept) rows =
        lt_sql_keep(store, error, CITATIONS " WHERE c.document = ?" IN_ORDER, "i", record->id);
    g_auto(Choice) choice = {0};
    gint64 position = -1;
    int got = -1;

    if (rows == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, rows, error)) > 0) {
        if (sqlite3_column_int64(rows, 1) != position) {
            choice_clear(&choice);
            position = sqlite3_column_int64(rows, 1);
            append_reference(record, rows);
        }
        offer(&choice, rows);
        LtReference *last = g_ptr_array_index(record->references, record->references->len - 1);
        last->document = chosen(&choice);
    }
    return got == 0;
}

/* A citation as it stands in a row of CITATIONS; it outlives the row. */
static LtCiting *
citing_from_row(sqlite3_stmt *row)
{
    LtCiting *citing = g_new0(LtCiting, 1);

    citing->document = sqlite3_column_int64(row, 0);
    citing->relation = lt_sql_dup_text(row, 4);
    citing->page = (guint)sqlite3_column_int(row, 5);
    citing->box = (LtBox){sqlite3_column_double(row, 6), sqlite3_column_double(row, 7),
                          sqlite3_column_double(row, 8), sqlite3_column_double(row, 9)};
    return citing;
}

void
lt_citing_free(LtCiting *citing)
{
    if (citing == NULL)
        return;
    g_free(citing->relation);
    g_free(citing);
}

/* The citations in rows (of CITATIONS, in order) that mean the document id. */
static GPtrArray *
citing_from_statement(LtStore *store, sqlite3_stmt *rows, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)lt_citing_free);
    g_autoptr(LtCiting) present = NULL;
    g_auto(Choice) choice = {0};
    gint64 position = -1;
    int got = -1;

    do {
        got = lt_sql_step(store, rows, error);
        if (got <= 0 || present == NULL || sqlite3_column_int64(rows, 0) != present->document ||
            sqlite3_column_int64(rows, 1) != position) {
            if (present != NULL && chosen(&choice) == id)
                g_ptr_array_add(list, g_steal_pointer(&present));
            g_clear_pointer(&present, lt_citing_free);
            choice_clear(&choice);
        }
        if (got > 0) {
            if (present == NULL)
                present = citing_from_row(rows);
            position = sqlite3_column_int64(rows, 1);
            offer(&choice, rows);
        }
    } while (got > 0);
    return got == 0 ? g_steal_pointer(&list) : NULL;
}

#define CITES_ITS_NUMBER " WHERE c.key_number = (SELECT key_number FROM document WHERE id = ?)"

GPtrArray *
lt_store_citing(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(sqlite3_stmt) rows =
        lt_sql_prepare(store, error, CITATIONS CITES_ITS_NUMBER IN_ORDER, "i", id);

    return rows != NULL ? citing_from_statement(store, rows, id, error) : NULL;
}

GArray *
lt_store_cited_by(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) all = lt_store_citing(store, id, error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    if (all == NULL)
        return NULL;
    /* A document that cites it in several places is named once. */
    for (guint i = 0; i < all->len; i++) {
        const LtCiting *citing = g_ptr_array_index(all, i);
        if (ids->len == 0 || g_array_index(ids, gint64, ids->len - 1) != citing->document)
            g_array_append_val(ids, citing->document);
    }
    return g_steal_pointer(&ids);
}

/* --- what later documents did to one --- */

/* What decides whether a document may end another: both ends' day, type and office. */
#define ENDING_COLUMNS                                                                             \
    "SELECT d.number, d.issued_date, d.key_type, d.issuer_id, d.issuer, d.parent_issuer, d.place"  \
    " FROM document d WHERE d.id = ?"

/* A document that mentions what another one replaced is not the one that replaces: it would have to be
 * of the same type or office as the one that ends, and not older. */
static gboolean
may_end(sqlite3_stmt *later, sqlite3_stmt *earlier)
{
    const char *later_day = text(later, 1), *day = text(earlier, 1);
    const char *later_type = text(later, 2), *type = text(earlier, 2);
    g_auto(LtIssuer) by = {0};
    g_auto(LtIssuer) of = {0};

    if (later_day != NULL && day != NULL && strcmp(later_day, day) < 0)
        return FALSE;
    if (later_type == NULL || type == NULL || strcmp(later_type, type) == 0)
        return TRUE;
    lt_issuer_init(&by, text(later, 3), text(later, 4), text(later, 5), text(later, 6));
    lt_issuer_init(&of, text(earlier, 3), text(earlier, 4), text(earlier, 5), text(earlier, 6));
    return by.name == NULL || of.name == NULL || lt_issuer_same(&by, &of);
}

static gboolean
add_successor(LtStore *store, LtRecord *record, const LtCiting *citing, sqlite3_stmt *earlier,
              GError **error)
{
    g_autoptr(sqlite3_stmt) later =
        lt_sql_prepare(store, error, ENDING_COLUMNS, "i", citing->document);
    int got = later != NULL ? lt_sql_step(store, later, error) : -1;

    if (got <= 0 || !may_end(later, earlier))
        return got >= 0;
    const LtSuccessor successor = {citing->document, (char *)text(later, 0), (char *)text(later, 1),
                                   citing->relation};
    lt_record_add_successor(record, &successor);
    return TRUE;
}

/* The same words as in the index citation_ending, or SQLite would not use it. */
#define ENDING " AND c.relation IN ('thay thế', 'bãi bỏ', 'sửa đổi')"

gboolean
lt_store_read_successors(LtStore *store, LtRecord *record, GError **error)
{
    g_autoptr(LtKept) rows =
        lt_sql_keep(store, error, CITATIONS CITES_ITS_NUMBER ENDING IN_ORDER, "i", record->id);
    g_autoptr(GPtrArray) all =
        rows != NULL ? citing_from_statement(store, rows, record->id, error) : NULL;

    g_ptr_array_set_size(record->successors, 0);
    if (all == NULL || all->len == 0)
        return all != NULL;
    g_autoptr(LtKept) own = lt_sql_keep(store, error, ENDING_COLUMNS, "i", record->id);
    if (own == NULL || lt_sql_step(store, own, error) < 0)
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if (!add_successor(store, record, g_ptr_array_index(all, i), own, error))
            return FALSE;
    return TRUE;
}
