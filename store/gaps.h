/* Numbers that a series lacks or has twice: the archivist's first question about a year of papers. Part of
 * the front door of store/. */
#pragma once

#include <glib.h>

/* A greater number is more likely misread than given: it counts as doubtful. */
#define LT_GAPS_LARGEST 99999

struct LtSearch;

typedef enum {
    LT_SERIES_BY_TYPE,     /* an office numbers each type of document by itself */
    LT_SERIES_BY_NOTATION, /* each notation by itself: STTTT-VP, STTTT-TTBCXB */
    LT_SERIES_BY_OFFICE    /* all together */
} LtSeriesKind;

typedef struct {
    const struct LtSearch *search; /* which documents */
    LtSeriesKind series;
    guint year;        /* 0: every year */
    gboolean from_one; /* numbers begin at 1, as Decree 30/2020/NĐ-CP, article 15, says; else at the
                          lowest that is there */
    guint least;       /* series with fewer documents are only counted */
} LtGapsRequest;

typedef struct {
    gint64 first, last;
} LtRange;

/* A number with the documents that have it. */
typedef struct {
    char *number;      /* "12", "12a" */
    GArray *documents; /* of gint64 */
} LtNumberUse;

typedef struct {
    char *issuer;   /* (nullable) not known */
    char *type;     /* (nullable) where series go by type */
    char *notation; /* (nullable) the one that most of its documents have */
    guint year;
    guint documents;
    gint64 first, last; /* the lowest and highest number that is sure; 0: none is */
    GArray *missing;    /* of LtRange, in order */
    guint64 n_missing;
    GPtrArray *doubles; /* of LtNumberUse: sure, and given more than once */
    GPtrArray *
        doubtful; /* of LtNumberUse: not sure; they neither fill nor make gaps, and are not missing */
    guint unnumbered; /* documents of which no number is known at all */
} LtSeries;

typedef struct {
    GPtrArray *series; /* of LtSeries, by issuer, type or notation, and year */
    guint small;       /* series left out for having too few documents */
    guint undated;     /* documents left out because their year is not known */
    guint secret;      /* left out: they have a series of their own (article 15) */
} LtGaps;

/* (transfer full) */
LtGaps *lt_store_gaps(LtStore *store, const LtGapsRequest *request, GError **error);
void lt_gaps_free(LtGaps *gaps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtGaps, lt_gaps_free)
/* "1–4, 7, 9–12". (transfer full) */
char *lt_gaps_ranges_text(const LtSeries *series);
