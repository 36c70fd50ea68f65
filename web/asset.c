/* The front end: files that are compiled into the program. */
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "web/route.h"

/* Of what glib-compile-resources makes. */
GResource *lt_assets_get_resource(void);

#define ASSETS "/luutru/assets/"
#define PAGE_NAME "index.html"

static const struct {
    const char *ending, *type;
} TYPES[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".webmanifest", "application/manifest+json"},
    {".png", "image/png"},
    {".woff2", "font/woff2"},
};

static const char *
type_of(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(TYPES); i++)
        if (g_str_has_suffix(name, TYPES[i].ending))
            return TYPES[i].type;
    return "application/octet-stream";
}

/* By their content, so that a browser keeps a file until it is another. (transfer full) */
static char *
etag_of(GBytes *bytes)
{
    g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);

    return g_strdup_printf("\"%.32s\"", sum);
}

static LtAnswer *
give(const char *name)
{
    g_autofree char *path = g_strconcat(ASSETS, name, NULL);
    GBytes *bytes = strchr(name, '/') == NULL
                        ? g_resource_lookup_data(lt_assets_get_resource(), path,
                                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL)
                        : NULL;
    LtAnswer *answer;

    if (bytes == NULL)
        return lt_answer_problem(404, _("there is nothing of that name"));
    answer = lt_answer_new(200);
    answer->type = g_strdup(type_of(name));
    answer->body = bytes;
    answer->etag = etag_of(bytes);
    answer->cached = TRUE;
    return answer;
}

LtAnswer *
lt_handle_asset(G_GNUC_UNUSED LtDesk *desk, const LtRequest *request)
{
    return give(request->captures[0]);
}

/* Whatever the page shows, it is the same page: its script looks at the address. */
LtAnswer *
lt_handle_page(G_GNUC_UNUSED LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    return give(PAGE_NAME);
}
