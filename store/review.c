/* What waits for a person, worst first. */
#include "store/search.h"

#include <inttypes.h>

static const char *const class_names[LT_REVIEW_N_CLASSES] = {
    [LT_REVIEW_SECRET] = "secret",     [LT_REVIEW_NO_NUMBER] = "number-or-date",
    [LT_REVIEW_DAMAGED] = "damaged",   [LT_REVIEW_MISSING] = "missing",
    [LT_REVIEW_MISMATCH] = "mismatch", [LT_REVIEW_UNSURE] = "unsure",
    [LT_REVIEW_NOTE] = "note",
};

/* Which class a doubt makes; the first row that fits counts. NULL fits every code or field. */
static const struct {
    const char *code;
    const char *field; /* "": the document as a whole */
    LtReviewClass review;
} classes[] = {
    {"secret", NULL, LT_REVIEW_SECRET},
    {"missing", "number", LT_REVIEW_NO_NUMBER},
    {"missing", "issued_date", LT_REVIEW_NO_NUMBER},
    {"unreadable", "number", LT_REVIEW_NO_NUMBER},
    {"unreadable", "issued_date", LT_REVIEW_NO_NUMBER},
    {"impossible", "number", LT_REVIEW_NO_NUMBER},
    {"impossible", "issued_date", LT_REVIEW_NO_NUMBER},
    {"damaged", "", LT_REVIEW_DAMAGED},
    {"too-large", "", LT_REVIEW_DAMAGED},
    {"missing", NULL, LT_REVIEW_MISSING},
    {"unreadable", NULL, LT_REVIEW_MISSING},
    {"impossible", NULL, LT_REVIEW_MISSING},
    {"mismatch", NULL, LT_REVIEW_MISMATCH},
    {"low-confidence", NULL, LT_REVIEW_UNSURE},
    {NULL, NULL, LT_REVIEW_NOTE},
};

const char *
lt_review_class_name(LtReviewClass review)
{
    g_return_val_if_fail((guint)review < LT_REVIEW_N_CLASSES, NULL);
    return class_names[review];
}

/* The table as an expression of SQL over doubt as b; its strings are this program's own. */
static char *
class_sql(void)
{
    GString *sql = g_string_new("CASE");

    for (guint i = 0; i < G_N_ELEMENTS(classes); i++) {
        g_string_append(sql, " WHEN 1");
        if (classes[i].code != NULL)
            g_string_append_printf(sql, " AND b.code = '%s'", classes[i].code);
        if (classes[i].field != NULL)
            g_string_append_printf(sql, " AND coalesce(b.field, '') = '%s'", classes[i].field);
        g_string_append_printf(sql, " THEN %d", (int)classes[i].review);
    }
    g_string_append(sql, " END");
    return g_string_free(sql, FALSE);
}

#define FOUND " FROM document d WHERE d.needs_review AND " LT_PLAN_FOUND

static gboolean
count(LtStore *store, const LtPlan *plan, guint64 *ret_total, GError **error)
{
    g_autoptr(sqlite3_stmt) statement =
        lt_plan_prepare(store, plan, "SELECT count(*)" FOUND " LIMIT ?3 OFFSET ?4", -1, 0, error);

    if (statement == NULL || lt_sql_step(store, statement, error) <= 0)
        return FALSE;
    *ret_total = (guint64)sqlite3_column_int64(statement, 0);
    return TRUE;
}

static void
item_free(LtReviewItem *item)
{
    lt_record_free(item->record);
    g_free(item);
}

/* A document that was removed since it was found is left out. */
static gboolean
take_item(LtStore *store, GPtrArray *items, gint64 id, LtReviewClass review, GError **error)
{
    g_autoptr(GError) failure = NULL;
    LtRecord *record = lt_store_document(store, id, FALSE, &failure);

    if (record == NULL && !g_error_matches(failure, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (record == NULL)
        return TRUE;
    LtReviewItem *item = g_new0(LtReviewItem, 1);
    item->review = MIN(review, LT_REVIEW_NOTE);
    item->record = record;
    g_ptr_array_add(items, item);
    return TRUE;
}

/* Of documents that are equally bad, the one with most doubts comes first, then the older one. */
static gboolean
take_items(LtStore *store, const LtPlan *plan, const LtSearch *search, GPtrArray *items,
           GError **error)
{
    g_autofree char *review = class_sql();
    g_autofree char *sql =
        g_strdup_printf("SELECT d.id, (SELECT min(%s) FROM doubt b WHERE b.document = d.id) AS bad,"
                        " (SELECT count(*) FROM doubt b WHERE b.document = d.id) AS n%s"
                        " ORDER BY bad, n DESC, d.id LIMIT ?3 OFFSET ?4",
                        review, FOUND);
    gint64 limit = search->limit == 0 ? -1 : (gint64)search->limit;
    g_autoptr(sqlite3_stmt) statement =
        lt_plan_prepare(store, plan, sql, limit, (gint64)search->offset, error);
    int got = -1;

    if (statement == NULL)
        return FALSE;
    while ((got = lt_sql_step(store, statement, error)) > 0)
        if (!take_item(store, items, sqlite3_column_int64(statement, 0),
                       (LtReviewClass)sqlite3_column_int(statement, 1), error))
            return FALSE;
    return got == 0;
}

LtReviewList *
lt_store_review(LtStore *store, const LtSearch *search, GError **error)
{
    g_autoptr(LtReviewList) list = g_new0(LtReviewList, 1);
    g_auto(LtPlan) plan = {0};

    list->items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
    if (!lt_plan_init(&plan, store, search, error))
        return NULL;
    if (lt_plan_is_hopeless(&plan))
        return g_steal_pointer(&list);
    if (!count(store, &plan, &list->total, error) ||
        !take_items(store, &plan, search, list->items, error))
        return NULL;
    return g_steal_pointer(&list);
}

void
lt_review_list_free(LtReviewList *list)
{
    if (list == NULL)
        return;
    g_ptr_array_unref(list->items);
    g_free(list);
}
