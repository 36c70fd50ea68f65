/* Dossiers (hồ sơ): documents on one matter, in an order of their own. Part of the front door of store/.
 * Each change is one short transaction; none needs the intake lock. A document may be in several
 * dossiers; taking it out of the archive takes it out of them. */
#pragma once

#include "store/record.h"

/* What a person says of a dossier: Decree 30/2020/NĐ-CP, Appendix VI, part II. */
typedef enum {
    LT_DOSSIER_ORGAN_ID,    /* code of the agency that keeps the list of dossiers */
    LT_DOSSIER_YEAR,        /* of that list: "2023" */
    LT_DOSSIER_CODE,        /* số và ký hiệu: "01.TH"; may come again in another year */
    LT_DOSSIER_TITLE,       /* tiêu đề */
    LT_DOSSIER_RETENTION,   /* thời hạn bảo quản: "Vĩnh viễn", "20 năm" */
    LT_DOSSIER_ACCESS,      /* chế độ sử dụng */
    LT_DOSSIER_CREATOR,     /* người lập hồ sơ */
    LT_DOSSIER_LANGUAGE,    /* ngôn ngữ */
    LT_DOSSIER_START_DATE,  /* ISO; where none is given, the first day of its documents */
    LT_DOSSIER_END_DATE,    /* ISO; the last */
    LT_DOSSIER_DESCRIPTION, /* ghi chú */
    LT_DOSSIER_N_FIELDS
} LtDossierField;

typedef struct {
    const char *name;     /* in JSON, options and the table */
    const char *official; /* in the decree */
    guint length;         /* signs that the decree allows */
} LtDossierFieldInfo;

const LtDossierFieldInfo *lt_dossier_field(LtDossierField field);

#define LT_DOSSIER_MAX_DOCUMENTS 9999u /* DocTotal has four digits */

typedef struct {
    gint64 id;
    char *values[LT_DOSSIER_N_FIELDS]; /* (nullable) but for code and title */
    char *made_at, *made_by;
    char *closed_at, *closed_by;  /* (nullable) NULL: open */
    guint documents, pages;       /* how many of each */
    char *first_date, *last_date; /* (nullable) of its documents */
    GArray *ids;                  /* of gint64, in order; (nullable) in lists of dossiers */
} LtDossier;

void lt_dossier_free(LtDossier *dossier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtDossier, lt_dossier_free)

/* Its first and last day: those that were given, else those of its documents; (nullable). */
const char *lt_dossier_start(const LtDossier *dossier);
const char *lt_dossier_end(const LtDossier *dossier);

typedef struct {
    LtDossierField field;
    const char *value; /* as typed; "" empties it */
} LtDossierValue;

/* Both refuse (LT_STORE_ERROR_INVALID) values longer than the decree allows, and a code that another
 * dossier of the year has. code and title must be there. */
gboolean lt_store_dossier_new(LtStore *store, const LtDossierValue *values, guint n_values,
                              const char *by, gint64 *ret_id, GError **error);
gboolean lt_store_dossier_edit(LtStore *store, gint64 id, const LtDossierValue *values,
                               guint n_values, GError **error);

/* "id:3", a code, or a code with its year, "01.TH@2023". LT_STORE_ERROR_NOT_FOUND where there is none,
 * LT_STORE_ERROR_INVALID where a code alone fits several. */
gboolean lt_store_find_dossier(LtStore *store, const char *name, gint64 *ret_id, GError **error);
/* (transfer full), with ids. */
LtDossier *lt_store_dossier(LtStore *store, gint64 id, GError **error);
/* All of them, by year and code; of LtDossier without ids. year 0: of every year. (transfer full) */
GPtrArray *lt_store_dossiers(LtStore *store, guint year, GError **error);

/* Documents (of gint64) in the order given, behind those that are there; those that are in it already
 * stay where they are. Refuses one that is marked secret and was not released. */
gboolean lt_store_dossier_add(LtStore *store, gint64 id, const GArray *documents, guint *ret_added,
                              GError **error);
/* A dossier by name, for a document that is being filed: a new one gets the name as its code and title. */
typedef struct {
    const char *dossier, *by;
    char *
        problem; /* (nullable) (transfer full) why it could not go in; the document is well all the same */
} LtDossierEntry;
gboolean lt_store_dossier_enter(LtStore *store, LtDossierEntry *entry, gint64 document,
                                GError **error);
/* LT_STORE_ERROR_NOT_FOUND where one of them is not in it. */
gboolean lt_store_dossier_drop(LtStore *store, gint64 id, const GArray *documents, GError **error);
/* Takes an empty dossier away. */
gboolean lt_store_dossier_delete(LtStore *store, gint64 id, GError **error);

typedef enum {
    LT_DOSSIER_BY_DATE,   /* then by number: as Decree 30/2020/NĐ-CP, article 29, asks */
    LT_DOSSIER_BY_NUMBER, /* by notation, then number */
    LT_DOSSIER_BY_FILING  /* as they came into the archive */
} LtDossierOrder;
gboolean lt_store_dossier_sort(LtStore *store, gint64 id, LtDossierOrder order, GError **error);
/* ordinal: the place it gets, from 1; past the end is the end. */
gboolean lt_store_dossier_move(LtStore *store, gint64 id, gint64 document, guint ordinal,
                               GError **error);
/* A closed dossier takes no changes until it is opened again (by NULL). */
gboolean lt_store_dossier_close(LtStore *store, gint64 id, const char *by, GError **error);
