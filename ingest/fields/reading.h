/* One document being read: its lines with their zones, and what the readers found so far. Private
 * to ingest/fields. Readers run in the order of lt_fields_read; each sets fields of the record. */
#pragma once

#include "ingest/fields/rules.h"

typedef struct LtAgreement LtAgreement; /* agreement.h */

#define LT_READING_MAX_LINES 200000u /* lines of a document that are looked at */
#define LT_READING_MAX_REFERENCES 500u
#define LT_READING_MAX_RECIPIENTS 200u
#define LT_READING_HEAD_LINES 60u /* lines a letterhead with title and subject may take */

#define LT_TYPE_CODE_MINUTES "BB" /* of Biên bản, in types.tsv */

/* Values with at least this confidence are offered as sure; below LT_DOUBTFUL they are doubted. */
#define LT_SURE 0.9
#define LT_DOUBTFUL 0.7

typedef enum {
    LT_ZONE_BODY,
    LT_ZONE_HEAD,  /* above the body on the page with the letterhead */
    LT_ZONE_MOTTO, /* of the head: nation, motto, Party */
    LT_ZONE_ASIDE  /* stamps, digital signatures, running heads: no part of the text */
} LtZone;

/* What an aside belongs to. */
typedef enum { LT_MARK_NONE, LT_MARK_ARRIVAL, LT_MARK_SIGNATURE } LtMark;

/* A line, or the part of one that lies in a column of the letterhead. */
typedef struct {
    guint index;    /* among the reading's lines */
    guint page;     /* index of the page */
    guint row;      /* the line's number on its page */
    guint first, n; /* words of the page */
    guint start;    /* code points from the beginning of the page's text */
    char *text;     /* canonical */
    char *fold;
    LtBox box;
    LtZone zone;
    LtMark mark;
    gboolean left; /* of a head: in the left column; only where boxes tell */
} LtLine;

typedef struct {
    const LtRules *rules;
    GPtrArray *pages; /* of LtPage, not owned */
    LtRecord *record;
    GPtrArray *lines; /* of LtLine, in the pages' order */
    GPtrArray *head;  /* of LtLine, not owned: the letterhead with title and subject, top down */
    guint head_page;  /* index of its page */
    gboolean boxes;   /* that page has real boxes */
    gboolean party;   /* the Party's letterhead */
    gboolean number_dash; /* a dash parts number and notation */
    gboolean joint;       /* its letterhead names two agencies on a line */
    const LtLine *number_line, *date_line, *title_line, *subject_line, *body_line; /* (nullable) */
    const LtTypeName *title;            /* (nullable) the type as printed */
    char *title_rest;                   /* (nullable) what follows the type on its line */
    char *type_code;                    /* (nullable) of the notation */
    char *issuer_code;                  /* (nullable) of the notation */
    const struct LtOffice *office;      /* (nullable) the issuer, where the authority file has it */
    const struct LtPlace *office_place; /* (nullable) where it is */
} LtReading;

/* A stretch of a line, for evidence. */
typedef struct {
    const LtLine *line;
    guint start, end; /* code points in the line */
} LtStretch;

/* header.c: lines and zones. */
void lt_reading_init(LtReading *reading, const LtRules *rules, GPtrArray *pages, LtRecord *record);
void lt_reading_clear(LtReading *reading);
/* Makes box as large as to hold both. */
void lt_box_add(LtBox *box, const LtBox *other);
LtBox lt_spans_box(const LtReading *reading, const LtStretch *spans, guint n);
/* The lowest confidence, 0–100, of the words a span touches; 100 for a text layer. */
guint lt_span_lowest(const LtReading *reading, const LtStretch *span);
/* The share of words, by letters, that are likely right; 1 for a text layer. */
double lt_spans_right(const LtReading *reading, const LtStretch *spans, guint n);
/* How likely no more than a share of the words is wrong; 1 for a text layer. body: (nullable) what speaks
 * for words that the body has too. */
double lt_spans_mostly_right(const LtReading *reading, const LtStretch *spans, guint n,
                             double tolerated, const LtAgreement *body);
/* The height, in fractions of the page, of the word that holds a code point of a line. */
double lt_line_height_at(const LtReading *reading, const LtLine *line, guint at);
gboolean lt_reading_is_ocr(const LtReading *reading, const LtLine *line);
/* Whether a comes before b in the head: higher up, or earlier where there are no boxes. */
gboolean lt_line_above(const LtReading *reading, const LtLine *a, const LtLine *b);
/* Whether b goes on under a in the same column. */
gboolean lt_line_under(const LtReading *reading, const LtLine *a, const LtLine *b);

/* What the reader makes of a match, as the examples in rule files write it. (transfer full) */
char *lt_rule_dup_meaning(const LtMatch *match);

/* The readers; run calls one after the other. */
void lt_reading_run(LtReading *reading);
void lt_read_title(LtReading *reading);
/* type.c: whether a line of the head is a type's name in capitals and nothing else. */
gboolean lt_line_is_title(const LtReading *reading, const LtLine *line);
/* Letters of introduction and the like have no subject. */
gboolean lt_reading_is_slip(const LtReading *reading);
void lt_read_number(LtReading *reading);
void lt_read_date(LtReading *reading);
void lt_read_issuer(LtReading *reading);
void lt_read_type(LtReading *reading);
void lt_read_subject(LtReading *reading);
void lt_read_to(LtReading *reading);
void lt_read_signer(LtReading *reading);
/* signer.c: whether a line is the title of one who signs, alone. */
gboolean lt_line_is_post(const LtReading *reading, const LtLine *line);
/* names.c: whether a name has three syllables and more. */
gboolean lt_name_is_whole(const char *name);
/* Spells a name of a scan as the tables have it, where that is clear. Returns what is left of its confidence. */
double lt_name_settle(const LtRules *rules, char **name);
/* A line from its first letter on, with words parted that were glued. (transfer full) */
char *lt_name_part(const char *text);
void lt_read_recipients(LtReading *reading);
void lt_read_marks(LtReading *reading); /* urgency and secrecy */
void lt_read_references(LtReading *reading);
void lt_read_arrival(LtReading *reading);
void lt_read_copy(LtReading *reading);
void lt_read_signatures(LtReading *reading);
void lt_read_report(LtReading *reading);
void lt_read_ink(LtReading *reading);
void lt_read_crosscheck(LtReading *reading);

/* Sets a field of the record from spans, the strength of the rule tempered by how well the words
 * were recognised (strict: by the worst word, else by the mean). value NULL withholds it. */
void lt_reading_set(LtReading *reading, LtFieldId field, const char *value, const LtRule *rule,
                    double confidence, const LtStretch *spans, guint n_spans, gboolean strict);
double lt_confidence_of_word(double confidence, double word);

/* number.c: what a match of a number rule says. */
typedef struct {
    char *digits;   /* "1758"; NULL where blank or unclear */
    char *notation; /* "STTTT-TTBCXB" */
    char *guess;    /* (nullable) digits as far as they can be made out */
    gboolean dash;  /* a dash parts them: Party numbers and old ones */
    gboolean blank;
    gboolean repaired;
} LtNumber;
gboolean lt_number_from_match(const LtMatch *match, LtNumber *ret_number);
void lt_number_clear(LtNumber *number);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtNumber, lt_number_clear)
char *lt_number_format(const LtNumber *number, const char *digits);
/* Whether the notation is that of a copy: SY, TrS, SL. */
gboolean lt_number_is_copy(const LtRules *rules, const LtNumber *number);

/* notation.c: puts a type's code right that lost marks or letters; TRUE where it did. */
gboolean lt_notation_repair(const LtReading *reading, char **notation, gboolean ocr);
/* Tells the reading the codes of type and issuer. */
void lt_notation_note_codes(LtReading *reading, const char *notation);
/* Whether all groups are known, or stand elsewhere in the text too; the issuer's apart. */
gboolean lt_notation_confirmed(const LtReading *reading, const char *notation);

/* date.c: the groups day, month and year of a match. Returns an ISO date, or NULL where a part is
 * missing or no number; *ret_state says why. */
typedef enum { LT_DATE_RIGHT, LT_DATE_BLANK, LT_DATE_UNREADABLE, LT_DATE_IMPOSSIBLE } LtDateState;
char *lt_date_from_match(const LtMatch *match, LtDateState *ret_state, gboolean *ret_repaired);
/* The date of a match as ISO, NULL where it is not one. */
char *lt_date_dup(const LtMatch *match);

/* case.c: an agency's name as running text writes it (transfer full). *ret_settled: every word of it
 * stands in a table. */
char *lt_case_agency(const LtRules *rules, const char *name, gboolean *ret_settled);

/* issuer.c: several agencies issue it together, as its number says (TTLT). */
gboolean lt_reading_is_joint(const LtReading *reading);

/* letterhead.c: how high an agency stands whose name begins so (1 to 5), 0 where it is no agency's
 * name. */
guint lt_issuer_level(const LtRules *rules, const char *fold);
/* The first letters of an agency's name: "Sở Thông tin và Truyền thông" -> "STTTT". */
char *lt_issuer_initials(const char *name);
