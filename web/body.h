/* JSON that a request brings: one object, not deep. */
#pragma once

#include "web/http.h"

typedef struct LtBody LtBody;

/* NULL: it is none. */
LtBody *lt_body_read(const LtRequest *request);
void lt_body_free(LtBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtBody, lt_body_free)
/* (nullable) */
const char *lt_body_string(const LtBody *body, const char *name);
/* FALSE: it is no whole number from 0 on. */
gboolean lt_body_count(const LtBody *body, const char *name, guint *ret_count);
/* The texts of an array, ended by NULL; empty where it is not there; NULL where it holds anything else. (transfer
 * container) */
const char **lt_body_strings(const LtBody *body, const char *name);
/* The names of an object's members, whose values are texts or null: as lt_body_strings. */
const char **lt_body_members(const LtBody *body, const char *name);
/* Of one of these; NULL: null. */
const char *lt_body_member(const LtBody *body, const char *name, const char *member);
