/* What a hand may have written into a letterhead, place by place, with what it was read as: part of a
 * page, and like its words handed from the worker to the archive. */
#pragma once

#include <glib.h>

typedef struct {
    double x0, y0, x1, y1;
} LtBox;

typedef enum {
    LT_WRITTEN_NUMBER, /* "number": between "Số:" and the notation */
    LT_WRITTEN_DAY,    /* "day" */
    LT_WRITTEN_MONTH,  /* "month" */
    LT_WRITTEN_YEAR,   /* "year" */
    LT_WRITTEN_N_PARTS
} LtWrittenPart;

#define LT_WRITTEN_MAX_READINGS 16u
#define LT_WRITTEN_MAX_LENGTH 12u /* letters of a reading */

typedef struct {
    char text[LT_WRITTEN_MAX_LENGTH + 1]; /* 0-9, a-z; "": nothing is written there */
    double probability;                   /* 0–1; those of one place sum to 1 at most */
} LtWrittenReading;

typedef struct {
    LtWrittenPart part;
    gboolean printed; /* by its shape it is print, not ink */
    LtBox box;        /* as in LtPage: around the ink, or the gap where there is none */
    guint n_readings; /* 0: nothing was read there */
    LtWrittenReading readings[LT_WRITTEN_MAX_READINGS]; /* best first */
} LtWritten;

const char *lt_written_part_name(LtWrittenPart part);

/* FALSE where the text is no reading, or there are enough. */
gboolean lt_written_add(LtWritten *written, const char *text, double probability);
/* The probability of a reading, 0 where it is not among them. */
double lt_written_probability(const LtWritten *written, const char *text);

/* The form in the archive and between processes: a line a place, ended by '\n':
 *
 *   number ink 0.1204 0.1310 0.2071 0.1522 2193=0.7100 2198=0.2200
 *
 * part, "ink" or "print", box, readings best first; "-" stands for the empty one. written: (nullable)
 * GArray of LtWritten. Returns: (transfer full), "" for none. */
char *lt_written_to_text(const GArray *written);

/* Checks everything, for the text may come from a stranger: known parts, each once, boxes and
 * probabilities in their ranges. *ret_written is NULL for "". FALSE: it is not of that form. */
gboolean lt_written_from_text(const char *text, GArray **ret_written);
