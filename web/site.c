#include "web/site.h"

struct LtDesk {
    LtSite *site;
    LtStore *reading, *writing; /* (nullable) opened when asked for */
};

LtDesk *
lt_desk_new(LtSite *site)
{
    LtDesk *desk = g_new0(LtDesk, 1);

    desk->site = site;
    return desk;
}

void
lt_desk_free(LtDesk *desk)
{
    if (desk == NULL)
        return;
    g_clear_pointer(&desk->reading, lt_store_close);
    g_clear_pointer(&desk->writing, lt_store_close);
    g_free(desk);
}

LtSite *
lt_desk_site(LtDesk *desk)
{
    return desk->site;
}

LtStore *
lt_desk_store(LtDesk *desk, GError **error)
{
    if (desk->reading == NULL)
        desk->reading = lt_store_open(desk->site->archive, LT_STORE_READ, error);
    if (desk->reading != NULL)
        lt_store_set_deadline(desk->reading, LT_SITE_SEARCH_SECONDS);
    return desk->reading;
}

LtStore *
lt_desk_writing_store(LtDesk *desk, GError **error)
{
    if (desk->writing == NULL)
        desk->writing = lt_store_open(desk->site->archive, LT_STORE_WRITE, error);
    return desk->writing;
}
