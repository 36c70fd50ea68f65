/* Filters as people type them: "coquan:STTTT", "ngay:9/2023". */
#pragma once

#include "store/private.h"

typedef enum {
    LT_FILTER_NUMBER,
    LT_FILTER_DATE,
    LT_FILTER_FROM,
    LT_FILTER_TO,
    LT_FILTER_ISSUER,
    LT_FILTER_TYPE,
    LT_FILTER_SIGNER,
    LT_FILTER_RECIPIENT,
    LT_FILTER_STATUS
} LtFilterKind;

typedef struct {
    LtFilterKind kind;
    char *typed; /* all of it */
    char *value;
    char *from, *to;     /* (nullable) ISO days, of dates */
    char *state;         /* (nullable) a word of LT_TERM_STATE, of a status */
    gboolean excluded;   /* a minus stood before it; of a status: the state is not that */
    gboolean option;     /* given beside the query, not in it */
    gboolean successors; /* a plus stood after an issuer */
} LtFilter;

/* name: what stands before the colon, Vietnamese or English, with or without marks. */
gboolean lt_filter_from_name(const char *name, LtFilterKind *ret_kind);
/* Whether documents have such a state, or are of such a type: "cần xem", "quyết định". */
gboolean lt_filter_is_state(const char *value);
gboolean lt_filter_is_type(const char *value);
/* The types, as LT_TERM_TYPE has them, that letters stand for: "qd" -> "quyet_dinh". (transfer full) of char * */
GPtrArray *lt_filter_types(const char *typed);
/* NULL where the value cannot be one of that kind. (transfer full) */
LtFilter *lt_filter_new(LtFilterKind kind, const char *typed, const char *value, gboolean excluded);
void lt_filter_free(LtFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtFilter, lt_filter_free)
