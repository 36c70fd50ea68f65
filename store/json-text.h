/* JSON written straight into a string: one line, numbers short ("0.97", where a general writer gives
 * seventeen digits). Commas set themselves: what is not the first of its object or array gets one in front.
 * Part of the front door of store/. */
#pragma once

#include <glib.h>

/* Values as items of an array, behind lt_json_separate, or after a key. */
void lt_json_append_string(GString *json, const char *text); /* NULL: null */
/* Four places after the point: what word boxes have. What is no number is null. */
void lt_json_append_real(GString *json, double value);
void lt_json_append_integer(GString *json, guint64 value);
void lt_json_append_id(GString *json, gint64 id); /* 0: null */
void lt_json_separate(GString *json);
void lt_json_append_key(GString *json, const char *key);

/* Members of an object. */
void lt_json_put_string(GString *json, const char *key, const char *value);
void lt_json_put_integer(GString *json, const char *key, guint64 value);
void lt_json_put_real(GString *json, const char *key, double value);
void lt_json_put_bool(GString *json, const char *key, gboolean value);
void lt_json_put_id(GString *json, const char *key, gint64 id);
void lt_json_put_path(GString *json, const char *key, const char *path); /* NULL: null */
/* Begins an object '{' or an array '[': a member of that key, or where it is NULL an item or the whole. Its
 * end is the closing bracket, which the caller appends. */
void lt_json_begin(GString *json, const char *key, char bracket);

/* A path is bytes: those that are not UTF-8 are written as \xNN. (transfer full) */
char *lt_json_path(const char *path);
