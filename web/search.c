/* Searching: the list, what is like a document, what waits for review. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/search.h"

#define USUAL_LIMIT 20
#define MOST_LIMIT 200
#define MOST_OFFSET 1000000

static LtAnswer *
bad_parameter(const char *name)
{
    g_autofree char *detail =
        g_strdup_printf(_("the parameter '%s' has a value that it cannot have"), name);

    return lt_answer_problem(400, detail);
}

static gboolean
set_order(const LtRequest *request, LtSearch *search)
{
    static const struct {
        const char *name;
        LtSearchOrder order;
    } orders[] = {{"relevance", LT_ORDER_RELEVANCE},
                  {"date", LT_ORDER_NEWEST},
                  {"newest", LT_ORDER_NEWEST},
                  {"oldest", LT_ORDER_OLDEST}};
    const char *name = lt_request_parameter(request, "sort");

    for (guint i = 0; i < G_N_ELEMENTS(orders); i++)
        if (name == NULL || *name == '\0' || strcmp(name, orders[i].name) == 0) {
            search->order = orders[i].order;
            return TRUE;
        }
    return FALSE;
}

/* "2023" as two days; years that are none find nothing. */
static void
set_year(const LtRequest *request, LtSearch *search)
{
    const char *year = lt_request_parameter(request, "year");

    if (year != NULL && *year != '\0')
        search->date = year;
}

static const char *
text_parameter(const LtRequest *request, const char *name)
{
    const char *text = lt_request_parameter(request, name);

    return text != NULL && *text != '\0' ? text : NULL;
}

/* Days in ISO form: whole ones. */
static gboolean
is_day(const char *text)
{
    g_autoptr(GDateTime) day = NULL;
    g_autofree char *noon = text != NULL ? g_strconcat(text, "T12:00:00Z", NULL) : NULL;

    if (text == NULL)
        return TRUE;
    day = strlen(text) == 10 ? g_date_time_new_from_iso8601(noon, NULL) : NULL;
    return day != NULL;
}

LtAnswer *
lt_web_search(const LtRequest *request, LtSearch *ret_search)
{
    gint64 limit = USUAL_LIMIT, offset = 0, newest = 0;
    const char *query = lt_request_parameter(request, "q");
    LtSearch search = {
        .query = query != NULL ? query : "",
        .from = text_parameter(request, "from"),
        .to = text_parameter(request, "to"),
        .issuer = text_parameter(request, "issuer"),
        .type = text_parameter(request, "type"),
        .number = text_parameter(request, "number"),
        .signer = text_parameter(request, "signer"),
        .recipient = text_parameter(request, "recipient"),
        .status = text_parameter(request, "status"),
    };

    if (!lt_request_number(request, "limit", 0, MOST_LIMIT, &limit))
        return bad_parameter("limit");
    if (!lt_request_number(request, "offset", 0, MOST_OFFSET, &offset))
        return bad_parameter("offset");
    if (!lt_request_number(request, "newest", 0, G_MAXINT64, &newest))
        return bad_parameter("newest");
    if (!is_day(search.from))
        return bad_parameter("from");
    if (!is_day(search.to))
        return bad_parameter("to");
    if (!set_order(request, &search))
        return bad_parameter("sort");
    set_year(request, &search);
    search.limit = (guint)limit;
    search.offset = (guint)offset;
    search.newest = newest;
    *ret_search = search;
    return NULL;
}

static LtAnswer *
result_answer(LtSearchResult *result, guint limit, const GError *error)
{
    if (result == NULL)
        return lt_answer_error(error);
    g_ptr_array_set_size(result->hits, (gint)MIN(result->hits->len, limit));
    return lt_answer_json(200, lt_search_result_to_json(result));
}

LtAnswer *
lt_handle_search(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtSearchResult) result = NULL;
    LtSearch search;
    LtAnswer *problem = lt_web_search(request, &search);
    LtStore *store;
    guint limit;

    if (problem != NULL)
        return problem;
    /* 0 asks for counts and facets alone; to the store it means all. */
    limit = search.limit;
    search.limit = MAX(limit, 1);
    search.places = g_strcmp0(lt_request_parameter(request, "hits"), "1") == 0;
    store = lt_desk_store(desk, &error);
    result = store != NULL ? lt_store_search(store, &search, &error) : NULL;
    return result_answer(result, limit, error);
}

LtAnswer *
lt_handle_similar(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtSearchResult) result = NULL;
    gint64 id = 0, limit = USUAL_LIMIT;
    LtStore *store;

    if (!lt_request_capture(request, 0, G_MAXINT64, &id))
        return lt_answer_problem(404, _("there is no such document"));
    if (!lt_request_number(request, "limit", 1, MOST_LIMIT, &limit))
        return bad_parameter("limit");
    store = lt_desk_store(desk, &error);
    result = store != NULL ? lt_store_more_like(store, id, (guint)limit, &error) : NULL;
    return result_answer(result, (guint)limit, error);
}

LtAnswer *
lt_handle_review(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtReviewList) list = NULL;
    LtSearch search;
    LtAnswer *problem = lt_web_search(request, &search);
    LtStore *store;
    guint limit;

    if (problem != NULL)
        return problem;
    limit = search.limit;
    search.limit = MAX(limit, 1);
    store = lt_desk_store(desk, &error);
    list = store != NULL ? lt_store_review(store, &search, &error) : NULL;
    if (list == NULL)
        return lt_answer_error(error);
    g_ptr_array_set_size(list->items, (gint)MIN(list->items->len, limit));
    return lt_answer_json(200, lt_review_list_to_json(list));
}
