/* Files that could not be read. */
#include "web/route.h"

#define MOST_LISTED 500u

LtAnswer *
lt_handle_quarantine(LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    g_autoptr(GPtrArray) rows =
        store != NULL ? lt_store_ledger_list(store, LT_LEDGER_QUARANTINED, MOST_LISTED, &error)
                      : NULL;
    GString *json;

    if (rows == NULL)
        return lt_answer_error(error);
    json = g_string_new("{");
    lt_json_begin(json, "results", '[');
    for (guint i = 0; i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);
        g_autofree char *name = g_path_get_basename(row->path);
        lt_json_begin(json, NULL, '{');
        lt_json_put_id(json, "id", row->id);
        lt_json_put_path(json, "name", name);
        lt_json_put_path(json, "source", row->path);
        lt_json_put_string(json, "reason", row->reason);
        lt_json_put_string(json, "at", row->changed_at);
        g_string_append_c(json, '}');
    }
    g_string_append(json, "]}");
    return lt_answer_json(200, g_string_free(json, FALSE));
}
