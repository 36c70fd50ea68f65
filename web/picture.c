#include "web/picture.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define USUAL_DPI 150
#define MOST_PAGES 5000
#define MEMORY_BYTES ((gsize)24 << 20)

/* --- the maker --- */

struct LtPictureMaker {
    char *program;
    gboolean strict;
    LtCutter *cutter; /* (nullable) */
};

LtPictureMaker *
lt_picture_maker_new(const char *program, gboolean strict)
{
    LtPictureMaker *maker = g_new0(LtPictureMaker, 1);

    maker->program = g_strdup(program);
    maker->strict = strict;
    return maker;
}

void
lt_picture_maker_free(LtPictureMaker *maker)
{
    if (maker == NULL)
        return;
    lt_cutter_free(maker->cutter);
    g_free(maker->program);
    g_free(maker);
}

static LtCutter *
cutter_of(LtPictureMaker *maker, GError **error)
{
    if (maker->cutter != NULL && lt_cutter_is_dead(maker->cutter))
        g_clear_pointer(&maker->cutter, lt_cutter_free);
    if (maker->cutter == NULL &&
        (maker->cutter = lt_cutter_new(maker->program, maker->strict, error)) != NULL) {
        g_autofree char *warning = lt_cutter_warning(maker->cutter);

        if (warning != NULL)
            g_warning("%s", warning);
    }
    return maker->cutter;
}

/* --- memory, and what is being made just now --- */

struct LtPictureCache {
    GMutex lock;
    GCond made;
    GHashTable *making; /* keys */
    GHashTable *kept;   /* key -> GBytes */
    GQueue order;       /* keys of kept, the oldest first */
    gsize size;
};

LtPictureCache *
lt_picture_cache_new(void)
{
    LtPictureCache *cache = g_new0(LtPictureCache, 1);

    g_mutex_init(&cache->lock);
    g_cond_init(&cache->made);
    cache->making = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    cache->kept =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    return cache;
}

void
lt_picture_cache_free(LtPictureCache *cache)
{
    if (cache == NULL)
        return;
    g_queue_clear(&cache->order);
    g_hash_table_unref(cache->making);
    g_hash_table_unref(cache->kept);
    g_mutex_clear(&cache->lock);
    g_cond_clear(&cache->made);
    g_free(cache);
}

static GBytes *
remembered(LtPictureCache *cache, const char *key)
{
    GBytes *bytes;

    g_mutex_lock(&cache->lock);
    bytes = g_hash_table_lookup(cache->kept, key);
    if (bytes != NULL)
        g_bytes_ref(bytes);
    g_mutex_unlock(&cache->lock);
    return bytes;
}

static void
remember(LtPictureCache *cache, const char *key, GBytes *bytes)
{
    g_mutex_lock(&cache->lock);
    if (!g_hash_table_contains(cache->kept, key)) {
        char *own = g_strdup(key);
        g_hash_table_insert(cache->kept, own, g_bytes_ref(bytes));
        g_queue_push_tail(&cache->order, own);
        cache->size += g_bytes_get_size(bytes);
    }
    while (cache->size > MEMORY_BYTES) {
        char *oldest = g_queue_pop_head(&cache->order);
        cache->size -= g_bytes_get_size(g_hash_table_lookup(cache->kept, oldest));
        g_hash_table_remove(cache->kept, oldest);
    }
    g_mutex_unlock(&cache->lock);
}

/* Two people who open the same page at once get the same picture, made once. */
static void
begin_making(LtPictureCache *cache, const char *key)
{
    g_mutex_lock(&cache->lock);
    while (g_hash_table_contains(cache->making, key))
        g_cond_wait(&cache->made, &cache->lock);
    g_hash_table_add(cache->making, g_strdup(key));
    g_mutex_unlock(&cache->lock);
}

static void
end_making(LtPictureCache *cache, const char *key)
{
    g_mutex_lock(&cache->lock);
    g_hash_table_remove(cache->making, key);
    g_cond_broadcast(&cache->made);
    g_mutex_unlock(&cache->lock);
}

/* --- what is asked for --- */

typedef struct {
    LtRecord *record;
    gint64 page, dpi;
    LtBox box;
    gboolean cut;
    char *name; /* among what is derived of the original */
    char *key;
} Wanted;

static void
wanted_clear(Wanted *wanted)
{
    lt_record_free(wanted->record);
    g_free(wanted->name);
    g_free(wanted->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wanted, wanted_clear)

/* "0.1,0.2,0.3,0.4" in fractions of the page. */
static gboolean
parse_box(const char *text, LtBox *ret_box)
{
    g_auto(GStrv) parts = g_strsplit(text != NULL ? text : "", ",", -1);
    double sides[4];

    if (g_strv_length(parts) != G_N_ELEMENTS(sides))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        char *end = NULL;
        sides[i] = g_ascii_strtod(parts[i], &end);
        if (end == parts[i] || *end != '\0' || !(sides[i] >= 0) || !(sides[i] <= 1))
            return FALSE;
    }
    *ret_box = (LtBox){sides[0], sides[1], sides[2], sides[3]};
    return sides[0] < sides[2] && sides[1] < sides[3];
}

static void
set_name(Wanted *wanted)
{
    const LtBox *box = &wanted->box;

    wanted->name = wanted->cut
                       ? g_strdup_printf("p%d-%04.0f-%04.0f-%04.0f-%04.0f.png", (int)wanted->page,
                                         box->x0 * 1e4, box->y0 * 1e4, box->x1 * 1e4, box->y1 * 1e4)
                       : g_strdup_printf("p%d-%d.jpg", (int)wanted->page, (int)wanted->dpi);
    wanted->key = g_strconcat(wanted->record->sha256, "-", wanted->name, NULL);
}

/* Returns a problem, or NULL. */
static LtAnswer *
read_wish(LtDesk *desk, const LtRequest *request, Wanted *wanted)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    gint64 id = 0;

    wanted->dpi = USUAL_DPI;
    wanted->cut = g_str_has_suffix(request->path, "/crop");
    if (!lt_request_capture(request, 0, G_MAXINT64, &id) ||
        !lt_request_capture(request, 1, MOST_PAGES, &wanted->page))
        return lt_answer_problem(404, _("there is no such document"));
    if (!lt_request_number(request, "dpi", LT_CUTTER_DPI_LEAST, LT_CUTTER_DPI_MOST, &wanted->dpi))
        return lt_answer_problem(400, _("'dpi' is a number from 30 to 300"));
    if (wanted->cut && !parse_box(lt_request_parameter(request, "box"), &wanted->box))
        return lt_answer_problem(400, _("'box' is x0,y0,x1,y1 in fractions of the page"));
    wanted->record = store != NULL ? lt_store_document_brief(store, id, &error) : NULL;
    if (wanted->record == NULL)
        return lt_answer_error(error);
    if (wanted->page > wanted->record->page_count)
        return lt_answer_problem(404, _("the document has no such page"));
    set_name(wanted);
    return NULL;
}

static LtAnswer *
give(const Wanted *wanted, GBytes *bytes)
{
    LtAnswer *answer = lt_answer_new(200);

    answer->type = g_strdup(wanted->cut ? "image/png" : "image/jpeg");
    answer->body = bytes;
    answer->cached = TRUE;
    answer->etag = g_strdup_printf("\"%.16s-%s\"", wanted->record->sha256, wanted->name);
    return answer;
}

static GBytes *
find(LtDesk *desk, const Wanted *wanted)
{
    GBytes *bytes =
        lt_store_derived(lt_desk_store(desk, NULL), wanted->record->sha256, wanted->name);

    return bytes != NULL ? bytes : remembered(lt_desk_site(desk)->pictures, wanted->key);
}

/* What is there is given at once; NULL: it is to be made. */
LtAnswer *
lt_handle_picture(LtDesk *desk, const LtRequest *request)
{
    g_auto(Wanted) wanted = {0};
    LtAnswer *problem = read_wish(desk, request, &wanted);
    GBytes *bytes;

    if (problem != NULL)
        return problem;
    lt_desk_note(desk, request, "look", wanted.record->id, NULL);
    bytes = find(desk, &wanted);
    return bytes != NULL ? give(&wanted, bytes) : NULL;
}

static GBytes *
make(LtDesk *desk, const Wanted *wanted, GError **error)
{
    LtCutter *cutter = cutter_of(lt_desk_pictures(desk), error);
    LtStore *store = lt_desk_store(desk, NULL);
    const char *sha256 = wanted->record->sha256;
    GBytes *bytes;

    if (cutter == NULL)
        return NULL;
    bytes =
        wanted->cut
            ? lt_cutter_cut(cutter, store, sha256, (guint)wanted->page, &wanted->box, error)
            : lt_cutter_show(cutter, store, sha256, (guint)wanted->page, (guint)wanted->dpi, error);
    if (bytes != NULL && !lt_store_keep_derived(store, sha256, wanted->name, bytes))
        remember(lt_desk_site(desk)->pictures, wanted->key, bytes);
    return bytes;
}

LtAnswer *
lt_handle_picture_making(LtDesk *desk, const LtRequest *request)
{
    g_auto(Wanted) wanted = {0};
    g_autoptr(GError) error = NULL;
    LtAnswer *problem = read_wish(desk, request, &wanted);
    LtPictureCache *cache = lt_desk_site(desk)->pictures;
    GBytes *bytes;

    if (problem != NULL)
        return problem;
    begin_making(cache, wanted.key);
    bytes = find(desk, &wanted);
    if (bytes == NULL)
        bytes = make(desk, &wanted, &error);
    end_making(cache, wanted.key);
    return bytes != NULL ? give(&wanted, bytes) : lt_answer_error(error);
}
