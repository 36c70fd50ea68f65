/* The hits of a document on its pages, with their boxes. */
#include "store/search.h"

#define MOST_PLACES 200u /* of one document */

static void
place_free(LtHitPlace *place)
{
    g_array_unref(place->boxes);
    g_free(place);
}

static gboolean
is_placed(const LtBox *box)
{
    return box->x1 > box->x0 && box->y1 > box->y0;
}

static void
grow(LtBox *box, const LtBox *by)
{
    box->x0 = MIN(box->x0, by->x0);
    box->y0 = MIN(box->y0, by->y0);
    box->x1 = MAX(box->x1, by->x1);
    box->y1 = MAX(box->y1, by->y1);
}

/* One box for the words of each line that the span touches. */
static GArray *
boxes_of(const LtPage *page, const LtSpan *span)
{
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(LtBox));
    guint line = G_MAXUINT;

    for (guint i = 0; i < page->n_words; i++) {
        const LtWord *word = &page->words[i];
        if (word->start + word->length <= span->start || !is_placed(&word->box))
            continue;
        if (word->start >= span->start + span->length)
            break;
        if (word->line == line)
            grow(&g_array_index(boxes, LtBox, boxes->len - 1), &word->box);
        else
            g_array_append_val(boxes, word->box);
        line = word->line;
    }
    return boxes;
}

static void
add_places(GPtrArray *places, const LtQuery *query, const LtPage *page)
{
    g_autoptr(GArray) spans = lt_query_spans(query, page->text);

    for (guint i = 0; i < spans->len && places->len < MOST_PLACES; i++) {
        LtHitPlace *place = g_new0(LtHitPlace, 1);
        place->page = page->number;
        place->span = g_array_index(spans, LtSpan, i);
        place->boxes = boxes_of(page, &place->span);
        g_ptr_array_add(places, place);
    }
}

GPtrArray *
lt_places_find(LtStore *store, const LtQuery *query, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func((GDestroyNotify)place_free);
    g_autoptr(sqlite3_stmt) pages = lt_sql_prepare(
        store, error,
        "SELECT p.number, p.source, p.confidence, p.width, p.height, p.text, NULL, w.words"
        " FROM page p LEFT JOIN page_words w USING (document, number) WHERE p.document = ?"
        " ORDER BY p.number LIMIT ?",
        "ii", id, (gint64)LT_SNIPPET_MAX_PAGES);
    int got = pages != NULL ? 0 : -1;

    if (pages == NULL || query->groups->len == 0)
        return got == 0 ? g_steal_pointer(&places) : NULL;
    while (places->len < MOST_PLACES && (got = lt_sql_step(store, pages, error)) > 0) {
        g_autoptr(LtPage) page = lt_page_from_statement(pages, 0, error);
        if (page == NULL)
            return NULL;
        add_places(places, query, page);
    }
    return got >= 0 ? g_steal_pointer(&places) : NULL;
}

GPtrArray *
lt_store_places(LtStore *store, const char *query, gint64 id, GError **error)
{
    const LtSearch search = {.query = query};
    g_auto(LtPlan) plan = {0};
    gint64 there = 0;

    if (!lt_sql_integer(store, &there, error, "SELECT count(*) FROM document WHERE id = ?", "i",
                        id))
        return NULL;
    if (there == 0) {
        lt_document_fail(store, id, error);
        return NULL;
    }
    return lt_plan_init(&plan, store, &search, error) ? lt_places_find(store, plan.query, id, error)
                                                      : NULL;
}
