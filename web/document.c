/* One document: its record, its text and words, its original. */
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "web/route.h"

#define REFS_DEPTH 3u
#define MOST_PAGES 5000

static LtAnswer *
no_document(void)
{
    return lt_answer_problem(404, _("there is no such document"));
}

/* The document that the first capture names. NULL with *ret_answer: why not. */
static LtRecord *
get_record(LtDesk *desk, const LtRequest *request, gboolean with_pages, LtAnswer **ret_answer)
{
    g_autoptr(GError) error = NULL;
    LtRecord *record = NULL;
    LtStore *store;
    gint64 id = 0;

    if (!lt_request_capture(request, 0, G_MAXINT64, &id)) {
        *ret_answer = no_document();
        return NULL;
    }
    store = lt_desk_store(desk, &error);
    record = store != NULL ? lt_store_document(store, id, with_pages, &error) : NULL;
    if (record == NULL)
        *ret_answer = g_error_matches(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND)
                          ? no_document()
                          : lt_answer_error(error);
    return record;
}

LtAnswer *
lt_handle_document(LtDesk *desk, const LtRequest *request)
{
    gboolean text = g_strcmp0(lt_request_parameter(request, "text"), "1") == 0;
    LtAnswer *answer = NULL;
    g_autoptr(LtRecord) record = get_record(desk, request, text, &answer);

    if (record == NULL)
        return answer;
    lt_desk_note(desk, request, "look", record->id, NULL);
    return lt_answer_json(200, lt_record_to_json(record, text));
}

LtAnswer *
lt_handle_refs(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRefTree) tree = NULL;
    gint64 id = 0, depth = REFS_DEPTH;
    LtStore *store;

    if (!lt_request_capture(request, 0, G_MAXINT64, &id))
        return no_document();
    if (!lt_request_number(request, "depth", 1, LT_REFS_MAX_DEPTH, &depth))
        return lt_answer_problem(400, _("the parameter 'depth' has a value that it cannot have"));
    store = lt_desk_store(desk, &error);
    tree = store != NULL ? lt_store_refs(store, id, (guint)depth, &error) : NULL;
    return tree != NULL ? lt_answer_json(200, lt_ref_tree_to_json(tree, NULL))
                        : lt_answer_error(error);
}

/* --- the original --- */

static const struct {
    const char *format, *type, *ending;
} FORMATS[] = {
    {"pdf", "application/pdf", "pdf"}, {"tiff", "image/tiff", "tif"}, {"jpeg", "image/jpeg", "jpg"},
    {"png", "image/png", "png"},       {"gif", "image/gif", "gif"},   {"bmp", "image/bmp", "bmp"},
    {"webp", "image/webp", "webp"},
};

/* A name that says what it is: number, else its id; nothing but letters and digits of ASCII reaches the header.
 */
static char *
file_name(const LtRecord *record, const char *ending)
{
    const char *number = record->fields[LT_FIELD_NUMBER].value;
    g_autofree char *ascii = number != NULL ? g_str_to_ascii(number, "C") : NULL;

    if (ascii == NULL)
        return g_strdup_printf("luutru-%" G_GINT64_FORMAT ".%s", record->id, ending);
    g_strcanon(ascii, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-", '-');
    return g_strdup_printf("%s.%s", ascii, ending);
}

static void
set_type(LtAnswer *answer, const LtRecord *record, gboolean is_inline)
{
    const char *type = "application/octet-stream", *ending = "bin";
    g_autofree char *name = NULL, *disposition = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(FORMATS); i++)
        if (g_strcmp0(record->format, FORMATS[i].format) == 0) {
            type = FORMATS[i].type;
            ending = FORMATS[i].ending;
        }
    name = file_name(record, ending);
    disposition = g_strdup_printf("%s; filename=\"%s\"", is_inline ? "inline" : "attachment", name);
    answer->type = g_strdup(type);
    lt_answer_add_header(answer, "Content-Disposition", disposition);
    /* A stranger's file runs nothing and loads nothing, whoever looks at it. */
    lt_answer_add_header(answer, "Content-Security-Policy",
                         "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'");
}

/* Originals are written once and never changed in place, so that they can be mapped. */
static GBytes *
map_original(LtStore *store, const char *sha256, GError **error)
{
    int fd = lt_store_open_original(store, sha256, error);
    g_autoptr(GMappedFile) map = fd >= 0 ? g_mapped_file_new_from_fd(fd, FALSE, error) : NULL;

    if (fd >= 0)
        close(fd);
    return map != NULL ? g_mapped_file_get_bytes(map) : NULL;
}

LtAnswer *
lt_handle_original(LtDesk *desk, const LtRequest *request)
{
    gboolean is_inline = g_strcmp0(lt_request_parameter(request, "inline"), "1") == 0;
    g_autoptr(GError) error = NULL;
    LtAnswer *answer = NULL;
    g_autoptr(LtRecord) record = get_record(desk, request, FALSE, &answer);
    GBytes *bytes;

    if (record == NULL)
        return answer;
    bytes = map_original(lt_desk_store(desk, NULL), record->sha256, &error);
    if (bytes == NULL)
        return lt_answer_error(error);
    lt_desk_note(desk, request, "original", record->id, NULL);
    answer = lt_answer_new(200);
    answer->body = bytes;
    answer->ranges = answer->cached = TRUE;
    answer->etag = g_strdup_printf("\"%.32s\"", record->sha256);
    set_type(answer, record, is_inline);
    return answer;
}

/* --- words and hits --- */

static const LtPage *
find_page(const LtRecord *record, guint number)
{
    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);
        if (page->number == number)
            return page;
    }
    return NULL;
}

static void
put_box(GString *json, const char *key, const LtBox *box)
{
    const double sides[] = {box->x0, box->y0, box->x1, box->y1};

    lt_json_begin(json, key, '[');
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        lt_json_separate(json);
        lt_json_append_real(json, sides[i]);
    }
    g_string_append_c(json, ']');
}

static void
put_words(GString *json, const LtPage *page)
{
    static const char *const zones[] = {
        [LT_PAGE_ZONE_UNKNOWN] = "text",
        [LT_PAGE_ZONE_SIGNATURE] = "signature",
        [LT_PAGE_ZONE_STAMP] = "stamp",
    };
    const char *at = page->text;
    guint32 position = 0;

    lt_json_begin(json, "words", '[');
    for (guint i = 0; i < page->n_words; i++) {
        const LtWord *word = &page->words[i];
        const char *start = g_utf8_offset_to_pointer(at, word->start - position);
        const char *end = g_utf8_offset_to_pointer(start, word->length);
        g_autofree char *text = g_strndup(start, (gsize)(end - start));
        at = end;
        position = word->start + word->length;
        lt_json_begin(json, NULL, '{');
        lt_json_put_integer(json, "start", word->start);
        lt_json_put_integer(json, "length", word->length);
        lt_json_put_integer(json, "line", word->line);
        lt_json_put_string(json, "text", text);
        put_box(json, "box", &word->box);
        lt_json_put_integer(json, "confidence", word->confidence);
        lt_json_put_string(json, "zone", zones[word->zone < G_N_ELEMENTS(zones) ? word->zone : 0]);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

LtAnswer *
lt_handle_words(LtDesk *desk, const LtRequest *request)
{
    LtAnswer *answer = NULL;
    g_autoptr(LtRecord) record = get_record(desk, request, TRUE, &answer);
    const LtPage *page = NULL;
    GString *json;
    gint64 number = 0;

    if (record == NULL)
        return answer;
    if (lt_request_capture(request, 1, MOST_PAGES, &number))
        page = find_page(record, (guint)number);
    if (page == NULL)
        return lt_answer_problem(404, _("the document has no such page"));
    json = g_string_new("{");
    lt_json_put_integer(json, "page", page->number);
    lt_json_put_string(json, "source", lt_page_source_name(page->source));
    lt_json_put_real(json, "confidence", page->confidence);
    lt_json_put_real(json, "width", page->width);
    lt_json_put_real(json, "height", page->height);
    put_words(json, page);
    g_string_append_c(json, '}');
    return lt_answer_json(200, g_string_free(json, FALSE));
}

LtAnswer *
lt_handle_hits(LtDesk *desk, const LtRequest *request)
{
    const char *query = lt_request_parameter(request, "q");
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) places = NULL;
    LtStore *store;
    gint64 id = 0;

    if (!lt_request_capture(request, 0, G_MAXINT64, &id))
        return no_document();
    store = lt_desk_store(desk, &error);
    places = store != NULL ? lt_store_places(store, query != NULL ? query : "", id, &error) : NULL;
    return places != NULL ? lt_answer_json(200, lt_hit_places_to_json(places))
                          : lt_answer_error(error);
}
