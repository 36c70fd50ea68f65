/* Searches that are kept under a name, for everybody. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/body.h"
#include "web/route.h"

LtAnswer *
lt_handle_saved(LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    g_autoptr(GPtrArray) list = store != NULL ? lt_store_saved_searches(store, &error) : NULL;
    GString *json;

    if (list == NULL)
        return lt_answer_error(error);
    json = g_string_new("{");
    lt_json_begin(json, "results", '[');
    for (guint i = 0; i < list->len; i++) {
        const LtSavedSearch *saved = g_ptr_array_index(list, i);
        lt_json_begin(json, NULL, '{');
        lt_json_put_string(json, "name", saved->name);
        lt_json_put_string(json, "query", saved->query);
        lt_json_put_string(json, "by", saved->by);
        lt_json_put_string(json, "at", saved->at);
        g_string_append_c(json, '}');
    }
    g_string_append(json, "]}");
    return lt_answer_json(200, g_string_free(json, FALSE));
}

/* Readers may change only what is theirs. */
static LtAnswer *
refuse(LtDesk *desk, LtStore *store, const char *name)
{
    const LtVisitor *visitor = lt_desk_visitor(desk);
    g_autoptr(GPtrArray) list = lt_store_saved_searches(store, NULL);
    g_autofree char *kept = lt_saved_search_name(name, NULL);

    for (guint i = 0; visitor->role == LT_ROLE_READER && list != NULL && i < list->len; i++) {
        const LtSavedSearch *saved = g_ptr_array_index(list, i);
        if (g_strcmp0(saved->name, kept) == 0 &&
            g_strcmp0(saved->by, lt_visitor_name(visitor)) != 0)
            return lt_answer_problem(403, _("somebody else keeps a search under that name"));
    }
    return NULL;
}

LtAnswer *
lt_handle_saved_keep(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(LtBody) body = lt_body_read(request);
    const char *query = body != NULL ? lt_body_string(body, "query") : NULL;
    const char *name = request->captures[0];
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_writing_store(desk, &error);
    LtAnswer *refusal;

    if (query == NULL)
        return lt_answer_problem(400, _("a search that is to be kept wants the text 'query'"));
    if (store == NULL)
        return lt_answer_error(error);
    refusal = refuse(desk, store, name);
    if (refusal != NULL)
        return refusal;
    if (!lt_store_save_search(store, name, query, lt_visitor_name(lt_desk_visitor(desk)), &error))
        return lt_answer_error(error);
    return lt_answer_new(204);
}

LtAnswer *
lt_handle_saved_forget(LtDesk *desk, const LtRequest *request)
{
    const char *name = request->captures[0];
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_writing_store(desk, &error);
    LtAnswer *refusal = store != NULL ? refuse(desk, store, name) : NULL;

    if (refusal != NULL)
        return refusal;
    if (store == NULL || !lt_store_forget_search(store, name, &error))
        return lt_answer_error(error);
    return lt_answer_new(204);
}
