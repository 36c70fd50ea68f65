/* Who is here. */
#include "web/route.h"

LtAnswer *
lt_handle_session(G_GNUC_UNUSED LtDesk *desk, const LtRequest *request)
{
    GString *json = g_string_new("{");

    lt_json_put_bool(json, "users", FALSE);
    lt_json_put_string(json, "user", NULL);
    lt_json_put_string(json, "role", "administrator");
    lt_json_put_bool(json, "cleared", TRUE);
    lt_json_put_string(json, "csrf", NULL);
    lt_json_put_string(json, "expires_at", NULL);
    lt_json_put_string(json, "language", lt_request_wants_english(request) ? "en" : "vi");
    lt_json_put_string(json, "version", LUUTRU_VERSION);
    lt_json_put_integer(json, "upload_limit", LT_SITE_MAX_UPLOAD);
    g_string_append_c(json, '}');
    return lt_answer_json(200, g_string_free(json, FALSE));
}
