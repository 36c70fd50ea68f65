/* The few things that JSON for programs is made of here. */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

/* value may be NULL: null. */
void lt_json_text(JsonBuilder *builder, const char *name, const char *value);
void lt_json_count(JsonBuilder *builder, const char *name, guint64 value);
void lt_json_null(JsonBuilder *builder, const char *name);
void lt_json_bool(JsonBuilder *builder, const char *name, gboolean value);
void lt_json_real(JsonBuilder *builder, const char *name, double value);
/* Prints the finished object as one line of standard output, at once. */
void lt_json_print(JsonBuilder *builder);
