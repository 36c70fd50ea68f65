#include "web/site.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/picture.h"

#define LOOK_SECONDS 600  /* in which looking at a document again is the same look */
#define MOST_LOOKS 20000u /* that are remembered */

struct LtDesk {
    LtSite *site;
    LtStore *reading[2],
        *writing;             /* (nullable) opened when asked for; [1]: what is restricted, too */
    LtPeople *people;         /* (nullable) */
    LtPictureMaker *pictures; /* (nullable) */
    LtVisitor visitor;
};

LtDesk *
lt_desk_new(LtSite *site)
{
    LtDesk *desk = g_new0(LtDesk, 1);

    desk->site = site;
    return desk;
}

static void
forget_visitor(LtVisitor *visitor)
{
    lt_session_clear(&visitor->session);
    g_clear_pointer(&visitor->token, g_free);
    *visitor = (LtVisitor){0};
}

void
lt_desk_free(LtDesk *desk)
{
    if (desk == NULL)
        return;
    forget_visitor(&desk->visitor);
    g_clear_pointer(&desk->reading[0], lt_store_close);
    g_clear_pointer(&desk->reading[1], lt_store_close);
    g_clear_pointer(&desk->writing, lt_store_close);
    g_clear_pointer(&desk->people, lt_people_close);
    g_clear_pointer(&desk->pictures, lt_picture_maker_free);
    g_free(desk);
}

LtRules *
lt_site_rules(LtSite *site, GError **error)
{
    g_autofree char *office = g_build_filename(site->archive, "rules", NULL);

    g_mutex_lock(&site->lock);
    if (site->rules == NULL)
        site->rules = lt_rules_load_office(site->rules_directory, office, error);
    g_mutex_unlock(&site->lock);
    return site->rules;
}

LtSite *
lt_desk_site(LtDesk *desk)
{
    return desk->site;
}

const LtVisitor *
lt_desk_visitor(const LtDesk *desk)
{
    return &desk->visitor;
}

LtStore *
lt_desk_store(LtDesk *desk, GError **error)
{
    LtStore **store = &desk->reading[desk->visitor.cleared];

    if (*store == NULL) {
        *store = lt_store_open(desk->site->archive, LT_STORE_READ, error);
        if (*store != NULL && !desk->visitor.cleared && !lt_store_hide_restricted(*store, error))
            g_clear_pointer(store, lt_store_close);
    }
    if (*store != NULL)
        lt_store_set_deadline(*store, LT_SITE_SEARCH_SECONDS);
    return *store;
}

LtStore *
lt_desk_writing_store(LtDesk *desk, GError **error)
{
    if (desk->writing == NULL)
        desk->writing = lt_store_open(desk->site->archive, LT_STORE_WRITE, error);
    return desk->writing;
}

LtPeople *
lt_desk_people(LtDesk *desk, GError **error)
{
    if (desk->people == NULL)
        desk->people = lt_people_open(desk->site->archive, TRUE, error);
    return desk->people;
}

LtPictureMaker *
lt_desk_pictures(LtDesk *desk)
{
    if (desk->pictures == NULL)
        desk->pictures = lt_picture_maker_new(desk->site->worker, desk->site->strict);
    return desk->pictures;
}

/* --- who is there --- */

const char *
lt_cookie_name(const LtRequest *request)
{
    /* The prefix binds it to this host and to TLS (RFC 6265bis, 4.1.3.2). */
    return request->secure ? "__Host-luutru" : "luutru";
}

/* Whether people have to log in. On this machine alone they need not while nobody was given access. */
static gboolean
find_users(LtDesk *desk, gboolean *ret_users, GError **error)
{
    LtPeople *people;
    guint count = 0;

    *ret_users = !desk->site->local;
    people = lt_desk_people(desk, error);
    if (people == NULL) /* an archive that cannot be written has no people beside it */
        return desk->site->local && !lt_people_are_kept(desk->site->archive) &&
                       g_error_matches(*error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY)
                   ? (g_clear_error(error), TRUE)
                   : FALSE;
    if (!lt_people_count(people, &count, error))
        return FALSE;
    *ret_users = *ret_users || count > 0;
    return TRUE;
}

static void
leave_if_moved(LtStore **store)
{
    if (*store != NULL && !lt_store_check_in_place(*store, NULL))
        g_clear_pointer(store, lt_store_close);
}

/* An archive may be moved away and restored under the server: from now on it is that one. */
static void
find_place(LtDesk *desk)
{
    leave_if_moved(&desk->reading[FALSE]);
    leave_if_moved(&desk->reading[TRUE]);
    leave_if_moved(&desk->writing);
    if (desk->people != NULL && !lt_people_in_place(desk->people))
        g_clear_pointer(&desk->people, lt_people_close);
}

gboolean
lt_desk_meet(LtDesk *desk, const LtRequest *request, GError **error)
{
    LtVisitor *visitor = &desk->visitor;

    forget_visitor(visitor);
    find_place(desk);
    if (!find_users(desk, &visitor->users, error))
        return FALSE;
    if (!visitor->users) {
        visitor->role = LT_ROLE_ADMINISTRATOR;
        visitor->known = visitor->cleared = TRUE;
        return TRUE;
    }
    visitor->token = lt_request_cookie(request, lt_cookie_name(request));
    if (visitor->token == NULL)
        return TRUE;
    if (!lt_people_session(desk->people, visitor->token, &visitor->session, error))
        return FALSE;
    if (visitor->session.person != NULL) {
        visitor->known = TRUE;
        visitor->role = visitor->session.person->role;
        visitor->cleared = visitor->session.person->cleared;
    }
    return TRUE;
}

const char *
lt_visitor_name(const LtVisitor *visitor)
{
    return visitor->session.person != NULL ? visitor->session.person->name : g_get_user_name();
}

char *
lt_visitor_csrf(const LtVisitor *visitor)
{
    g_autofree char *text =
        visitor->token != NULL ? g_strconcat("csrf:", visitor->token, NULL) : NULL;

    return text != NULL ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1) : NULL;
}

/* --- the log --- */

static gboolean
was_just_seen(LtSite *site, const char *person, gint64 document)
{
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT " %s", document, person);
    gint64 now = g_get_monotonic_time() / G_USEC_PER_SEC;
    gboolean seen;

    g_mutex_lock(&site->lock);
    if (site->looks == NULL)
        site->looks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (g_hash_table_size(site->looks) >= MOST_LOOKS)
        g_hash_table_remove_all(site->looks);
    seen = g_hash_table_contains(site->looks, key) &&
           now - GPOINTER_TO_INT(g_hash_table_lookup(site->looks, key)) < LOOK_SECONDS;
    if (!seen)
        g_hash_table_replace(site->looks, g_steal_pointer(&key), GINT_TO_POINTER((gint)now));
    g_mutex_unlock(&site->lock);
    return seen;
}

void
lt_desk_note(LtDesk *desk, const LtRequest *request, const char *action, gint64 document,
             const char *detail)
{
    const LtAccess access = {
        .person = (char *)lt_visitor_name(&desk->visitor),
        .address = request->address,
        .action = (char *)action,
        .document = document,
        .detail = (char *)detail,
    };
    g_autoptr(GError) error = NULL;

    if (desk->people == NULL)
        return;
    if (strcmp(action, "look") == 0 && was_just_seen(desk->site, access.person, document))
        return;
    if (!lt_people_note(desk->people, &access, &error))
        g_warning("%s", error->message);
}
