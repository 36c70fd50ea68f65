#include "web/body.h"

#include <json-glib/json-glib.h>

#define MOST_DEPTH 8u

struct LtBody {
    JsonParser *parser;
    JsonObject *object; /* of the parser */
};

void
lt_body_free(LtBody *body)
{
    if (body == NULL)
        return;
    g_object_unref(body->parser);
    g_free(body);
}

/* The parser goes down as deep as it is led. */
static gboolean
is_flat(const char *text, gsize size)
{
    gboolean quoted = FALSE;
    guint depth = 0;

    for (gsize i = 0; i < size; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text[i] == '{' || text[i] == '[') && ++depth > MOST_DEPTH)
            return FALSE;
        else if (!quoted && (text[i] == '}' || text[i] == ']') && depth > 0)
            depth--;
    }
    return TRUE;
}

LtBody *
lt_body_read(const LtRequest *request)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    const char *type = lt_request_header(request, "content-type");
    gsize size = 0;
    const char *text = request->body != NULL ? g_bytes_get_data(request->body, &size) : NULL;
    JsonNode *root;
    LtBody *body;

    if (text == NULL || type == NULL || !g_str_has_prefix(type, "application/json") ||
        !g_utf8_validate(text, (gssize)size, NULL) || !is_flat(text, size) ||
        !json_parser_load_from_data(parser, text, (gssize)size, NULL))
        return NULL;
    root = json_parser_get_root(parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
        return NULL;
    body = g_new0(LtBody, 1);
    body->object = json_node_get_object(root);
    body->parser = g_steal_pointer(&parser);
    return body;
}

static gboolean
is_text(JsonNode *node)
{
    return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
           json_node_get_value_type(node) == G_TYPE_STRING;
}

const char *
lt_body_string(const LtBody *body, const char *name)
{
    JsonNode *node = json_object_get_member(body->object, name);

    return is_text(node) ? json_node_get_string(node) : NULL;
}

gboolean
lt_body_count(const LtBody *body, const char *name, guint *ret_count)
{
    JsonNode *node = json_object_get_member(body->object, name);
    gint64 value;

    if (node == NULL || !JSON_NODE_HOLDS_VALUE(node) ||
        json_node_get_value_type(node) != G_TYPE_INT64)
        return FALSE;
    value = json_node_get_int(node);
    if (value < 0 || value > G_MAXINT)
        return FALSE;
    *ret_count = (guint)value;
    return TRUE;
}

const char **
lt_body_strings(const LtBody *body, const char *name)
{
    JsonNode *node = json_object_get_member(body->object, name);
    JsonArray *array =
        node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    guint n = array != NULL ? json_array_get_length(array) : 0;
    g_autofree const char **strings = g_new0(const char *, n + 1);

    if (node != NULL && array == NULL)
        return NULL;
    for (guint i = 0; i < n; i++) {
        JsonNode *item = json_array_get_element(array, i);
        if (!is_text(item))
            return NULL;
        strings[i] = json_node_get_string(item);
    }
    return g_steal_pointer(&strings);
}

static JsonObject *
object_of(const LtBody *body, const char *name)
{
    JsonNode *node = json_object_get_member(body->object, name);

    return node != NULL && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

const char **
lt_body_members(const LtBody *body, const char *name)
{
    JsonObject *object = object_of(body, name);
    g_autoptr(GList) members = object != NULL ? json_object_get_members(object) : NULL;
    g_autofree const char **names = g_new0(const char *, g_list_length(members) + 1);
    guint n = 0;

    if (object == NULL && json_object_has_member(body->object, name))
        return NULL;
    for (GList *l = members; l != NULL; l = l->next) {
        JsonNode *node = json_object_get_member(object, l->data);
        if (!is_text(node) && !JSON_NODE_HOLDS_NULL(node))
            return NULL;
        names[n++] = l->data;
    }
    return g_steal_pointer(&names);
}

const char *
lt_body_member(const LtBody *body, const char *name, const char *member)
{
    JsonObject *object = object_of(body, name);
    JsonNode *node = object != NULL ? json_object_get_member(object, member) : NULL;

    return is_text(node) ? json_node_get_string(node) : NULL;
}
