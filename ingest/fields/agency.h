/* Agencies by the authority file: for whoever looks one up, by its abbreviation, its name or its
 * id. Part of the front door fields.h. */
#pragma once

#include <glib.h>

#include "store/store.h"

typedef struct LtRules LtRules;

/* An agency; one that every province, district or commune has counts as one where no place is
 * asked for: its id then begins "vn.*.". Days are ISO. */
typedef struct {
    char *id;          /* "vn.bo-noi-vu", "vn.lai-chau.so-noi-vu", "vn.*.so-noi-vu" */
    char *name;        /* "Sở Nội vụ"; with its place: "Sở Nội vụ tỉnh Lai Châu" */
    char **codes;      /* abbreviations in numbers: "SGDĐT", "SGD&ĐT" */
    char *parent;      /* (nullable) id */
    char *from, *to;   /* (nullable) first and last day */
    char **successors; /* ids of those that came after; empty where it goes on */
} LtAgency;

void lt_agency_free(LtAgency *agency);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtAgency, lt_agency_free)

#define LT_AGENCIES_MAX 20u /* that one look-up gives */

/* All agencies that an abbreviation stands for, without minding case or marks: "sgddt". At most
 * LT_AGENCIES_MAX. Returns: (transfer full) of LtAgency, may be empty. */
GPtrArray *lt_agencies_by_code(const LtRules *rules, const char *code);
/* All that are named so, with or without place, without minding case or marks: "sở nội vụ", "Sở
 * Nội vụ Lai Châu", "UBND tỉnh Lai Châu". (transfer full) of LtAgency, may be empty. */
GPtrArray *lt_agencies_by_name(const LtRules *rules, const char *name);
/* Those whose name, without place, has this in it, without minding case or marks: what a person means who begins to
 * type. (transfer full) of LtAgency, may be empty. */
GPtrArray *lt_agencies_like(const LtRules *rules, const char *text);
/* (transfer full) (nullable) */
LtAgency *lt_agency_by_id(const LtRules *rules, const char *id);
/* The id of an issuer in the archive, by its name, the name of the agency above it, the place and the day
 * (ISO) of the document, of which all but the name may be NULL; NULL where there is none, or it is not known
 * which. (transfer full) */
char *lt_agency_identify(const LtRules *rules, const char *name, const char *parent,
                         const char *place, const char *day);

/* The same of a record's issuer; rules: of LtRules. As LtIssuerIdentify of the store. */
char *lt_agency_identify_issuer(const LtRecord *record, gpointer rules);

/* Tells an archive all agencies, so that its searches know letters, names and successors without these
 * tables. */
gboolean lt_agencies_tell(const LtRules *rules, LtStore *store, GError **error);
