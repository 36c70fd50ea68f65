/* The authority file in memory: kinds of agencies (authority.tsv) and places (places.tsv,
 * districts.tsv, communes.tsv). An agency of the country is an office alone; that of a province,
 * district or commune is an office with a place, and is never written out: ids are made from
 * both. Private to ingest/fields. */
#pragma once

#include "ingest/fields/fields.h"

typedef enum { LT_PLACE_PROVINCE, LT_PLACE_DISTRICT, LT_PLACE_COMMUNE } LtPlaceLevel;

/* Since then, and until the day before, the tables have all communes, and all districts. */
#define LT_COMMUNES_BEGIN "2025-07-01"
#define LT_DISTRICTS_END "2025-06-30"

typedef struct LtPlace LtPlace;
struct LtPlace {
    LtPlaceLevel level;
    char *id;          /* "lai-chau", "lai-chau.huyen-tam-duong" */
    char *name;        /* "Tam Đường" */
    char *unit;        /* "huyện" */
    char *key;         /* the name's letters, folded */
    char *above;       /* (nullable) id of the province */
    char *from, *to;   /* (nullable) */
    char **successors; /* ids of places */
};

typedef struct LtOffice {
    char *slug;   /* "so-noi-vu" */
    char **names; /* the full one first */
    char **keys;  /* of the names: letters, folded */
    char **codes;
    guint where;       /* bits of 1 << LtPlaceLevel; 0: one for the country */
    char *parent;      /* (nullable) slug */
    char *from, *to;   /* (nullable) */
    char **successors; /* slugs */
    gboolean own;      /* of an archive's office, by its issuers.tsv */
} LtOffice;

typedef struct LtAuthority {
    GPtrArray *offices;          /* of LtOffice */
    GPtrArray *places;           /* of LtPlace */
    GHashTable *offices_by_code; /* letters -> GPtrArray of LtOffice, not owned */
    GHashTable *offices_by_slug; /* slug -> LtOffice */
    GHashTable *places_by_key;   /* key -> GPtrArray of LtPlace */
    GHashTable *places_by_id;    /* id -> LtPlace */
    GHashTable *abbreviations;   /* letters of UBND -> Ủy ban nhân dân */
} LtAuthority;

LtAuthority *lt_authority_new(void);
void lt_authority_free(LtAuthority *authority);

/* Rows of the tables, columns as their heads say; FALSE where one makes no sense. */
gboolean lt_authority_add_office(LtAuthority *authority, char **columns);
gboolean lt_authority_add_province(LtAuthority *authority, char **columns);
gboolean lt_authority_add_districts(LtAuthority *authority, char **columns);
gboolean lt_authority_add_communes(LtAuthority *authority, char **columns);
gboolean lt_authority_add_abbreviation(LtAuthority *authority, char **columns);
/* An agency that an archive's office added by abbreviation and name alone. */
gboolean lt_authority_add_own(LtAuthority *authority, const char *code, const char *name);
/* Once all tables are loaded. */
void lt_authority_make_keys(LtAuthority *authority);

/* (transfer none) (nullable) */
GPtrArray *lt_authority_offices_of_code(const LtAuthority *authority, const char *code);
/* The place of one of these levels (bits) that is named so, where it is the only one. */
const LtPlace *lt_authority_place(const LtAuthority *authority, const char *name, guint levels);
/* How a place of this name is spelt, whatever became of its marks; NULL where no place bears it, or two that
 * differ in their marks. *ret_as_printed: one bears it with these marks. */
const char *lt_authority_spelling(const LtAuthority *authority, const char *printed,
                                  gboolean *ret_as_printed);
gboolean lt_office_has_code(const LtOffice *office, const char *code);
/* Whether a number with these codes (both nullable) may be the office's: TTr before a dash may be a
 * Thanh tra's as well as a Tờ trình's. */
gboolean lt_office_is_coded(const LtOffice *office, const char *issuer_code, const char *type_code);
gboolean lt_office_is_at(const LtOffice *office, const LtPlace *place);
/* The id of an office at a place (nullable); NULL where it needs one and has none. (transfer
 * full) */
char *lt_office_id(const LtOffice *office, const LtPlace *place);
gboolean lt_place_existed(const LtPlace *place, const char *day);
/* Whether it was there on a day (ISO). Reorganisations reach provinces and districts over weeks:
 * they have that much grace. */
gboolean lt_office_valid(const LtOffice *office, const LtPlace *place, const char *day);
/* "Sở Nội vụ" -> "so-noi-vu". (transfer full) */
char *lt_slug(const char *name);

/* naming.c: what a printed name stands for. */
typedef struct {
    const char *code;      /* (nullable) the abbreviation in the number */
    const LtPlace *within; /* (nullable) the province that other lines speak of */
    const char *day;       /* (nullable) the document's, ISO */
    const char *place;     /* (nullable) that of its date, as printed */
} LtNamingHints;

typedef struct {
    const LtOffice *office;
    const LtPlace *place; /* (nullable) named in the name, and in the authority file */
    char *name;           /* in the authority's spelling */
    guint wrong;          /* letters that were printed otherwise */
    guint place_wrong;    /* of these, in the place */
    gboolean marks;       /* marks were printed otherwise */
    gboolean unlisted;    /* its place stands in no table: as printed */
    gboolean dated;       /* of such a place: it is that of the date */
} LtNaming;

/* The agency that is printed so, allowing for capitals, lost marks, joined and split words, and
 * a few letters misread: more where the abbreviation speaks for it. FALSE where it is none of
 * the file, or two alike. */
gboolean lt_authority_name(const LtAuthority *authority, const char *printed,
                           const LtNamingHints *hints, LtNaming *ret_naming);
void lt_naming_clear(LtNaming *naming);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtNaming, lt_naming_clear)
#define LT_NAMING_INIT                                                                             \
    {                                                                                              \
        0                                                                                          \
    }
/* expand.c: the printed name with the abbreviations in it spelled out: UBND, TP., MTTQ. (transfer full) */
char *lt_naming_expand(const LtAuthority *authority, const char *printed);

/* case.c: one word with a capital, the rest small. (transfer full) */
char *lt_case_word(const char *word);
