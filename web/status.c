/* The archive in figures, and the files that could not be read. */
#include <glib/gi18n-lib.h>

#include "web/route.h"

LtAnswer *
lt_handle_status(LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    g_auto(LtStoreActivity) activity = {0};
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    LtStoreStatus status;

    if (store == NULL || !lt_store_status(store, &status, &error) ||
        !lt_store_activity(store, &activity, &error))
        return lt_answer_error(error);
    return lt_answer_json(200,
                          lt_store_status_to_json(&status, &activity, lt_desk_site(desk)->archive));
}
