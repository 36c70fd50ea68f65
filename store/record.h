/* A document as the archive knows it: its fields with where each was read, its pages, its way in.
 * Field names follow the data model of Decree 30/2020/NĐ-CP, Appendix VI, in English; docs/glossary.md
 * gives the Vietnamese for each. */
#pragma once

#include <glib.h>

#include "text/text.h"

typedef enum {
    LT_FIELD_NUMBER,      /* "1758/STTTT-TTBCXB": blanks removed, leading zeros as printed */
    LT_FIELD_CODE_NUMBER, /* "1758" */
    LT_FIELD_CODE_NOTATION, /* "STTTT-TTBCXB"; set also where the number itself is blank or unreadable */
    LT_FIELD_ISSUED_DATE, /* ISO: "2023-09-18" */
    LT_FIELD_PLACE,
    LT_FIELD_ISSUER, /* full name in ordinary case; as_printed holds the letterhead's form */
    LT_FIELD_PARENT_ISSUER,
    LT_FIELD_TYPE,    /* "Công văn", "Quyết định", ... */
    LT_FIELD_SUBJECT, /* without "V/v" */
    LT_FIELD_SIGNER,
    LT_FIELD_SIGNER_TITLE,     /* the signer's own: "PHÓ GIÁM ĐỐC" */
    LT_FIELD_SIGNER_AUTHORITY, /* for whom: "KT. GIÁM ĐỐC", "TM. ỦY BAN NHÂN DÂN", "Q." */
    LT_FIELD_TO,               /* Kính gửi */
    LT_FIELD_URGENCY,          /* KHẨN, THƯỢNG KHẨN, HỎA TỐC */
    LT_FIELD_SECRECY,          /* MẬT, TỐI MẬT, TUYỆT MẬT */
    LT_N_FIELDS
} LtFieldId;

const char *lt_field_name(LtFieldId field); /* the JSON key */
gboolean lt_field_from_name(const char *name, LtFieldId *ret_field);

typedef struct {
    char *value;
    double confidence; /* 0–1 */
    /* (nullable) what spoke for it: "ink:0.7100 file-name:4.0000", each witness with how much likelier it
     * makes the value (below 1: less likely); of the ink, its probability */
    char *because;
} LtCandidate;

typedef struct {
    char *value;       /* (nullable): not there, or withheld for doubt */
    char *as_printed;  /* (nullable) what the page says, untouched */
    double confidence; /* 0–1; of the values given 0.9 and more, at least 99 in 100 are right */
    guint page;        /* from 1; 0: no evidence */
    LtBox box;         /* on that page */
    char *rule;        /* (nullable) the name of the rule that found it */
    GPtrArray *candidates; /* of LtCandidate, best first; (nullable) */
} LtField;

/* Sets value, as_printed and rule by copying; confidence is clamped to 0–1. */
void lt_field_set(LtField *field, const char *value, const char *as_printed, double confidence,
                  guint page, const LtBox *box, const char *rule);
void lt_field_add_candidate(LtField *field, const char *value, double confidence);
void lt_candidate_note(LtCandidate *candidate, const char *witness, double factor);

/* A document cited in this one. */
typedef struct {
    char *number; /* as LT_FIELD_NUMBER */
    char *date;   /* (nullable) ISO */
    char *relation; /* (nullable) "căn cứ", "thực hiện", "sửa đổi", "thay thế", "bãi bỏ", ... */
    char *type;   /* (nullable) "Nghị định", ... */
    char *issuer; /* (nullable) where the citation names it */
    guint page;
    LtBox box;
    gint64
        document; /* the cited document's id when the archive has it, else 0; filled in by the store */
} LtReference;

/* What was put onto a document after it was issued. */
typedef enum {
    LT_STAMP_ARRIVAL,   /* ĐẾN: the receiver's number and day */
    LT_STAMP_COPY,      /* SAO Y, SAO LỤC, TRÍCH SAO: the copy's own block */
    LT_STAMP_SIGNATURE, /* the appearance of a digital signature */
    LT_STAMP_N_KINDS
} LtStampKind;

/* Absent parts are NULL. */
typedef struct {
    LtStampKind kind;
    char *type;   /* of a copy: "SAO Y" */
    char *number; /* of arrival or copy */
    char *date;   /* ISO day; of a digital signature with its time: "2015-05-12T10:32:58+07:00" */
    char *agency;
    char *person;
    guint page;
    LtBox box;
} LtStamp;

/* A doubt: what an archivist should look at, as a code that is the same in every language. */
typedef struct {
    char *field; /* (nullable) a field's name; NULL: the document as a whole */
    char *
        code; /* "unreadable", "missing", "low-confidence", "impossible", "damaged", "mismatch", ... */
} LtDoubt;

/* What a person put right, or said is right as it is. */
typedef struct {
    char *field; /* of a field or list, or LT_FIELD_WHOLE: doubts about the document as a whole */
    char *old_value; /* (nullable); of LT_FIELD_WHOLE: the codes of the doubts, parted by blanks */
    char *new_value; /* (nullable); the old one again where it was said to be right */
    char *by;        /* who */
    char *at;        /* ISO, UTC */
    guint revision;  /* of the document, that it led to */
} LtCorrection;

#define LT_FIELD_WHOLE "document"

void lt_correction_free(LtCorrection *correction);
/* Lists that a person may put right as well, as one line: see docs/json.md. */
#define LT_LIST_RECIPIENTS "recipients"
#define LT_LIST_REFERENCES "references"

/* What a later document did to a document; the greater is the stronger. */
typedef enum { LT_IN_FORCE, LT_AMENDED, LT_REPEALED, LT_REPLACED } LtValidity;

/* A document of the archive that says that it replaces, repeals or amends this one. */
typedef struct {
    gint64 document;
    char *number;   /* (nullable) */
    char *date;     /* (nullable) ISO: when it was issued */
    char *relation; /* "thay thế", "bãi bỏ", "sửa đổi" */
} LtSuccessor;

/* A dossier that the document belongs to. */
typedef struct {
    gint64 dossier;
    char *code; /* "01.TH" */
    guint year; /* of the list of dossiers that the code stands in; 0: not known */
    char *title;
    guint ordinal; /* its place in it, from 1 */
} LtMembership;

typedef struct {
    gint64 id; /* 0 before it is filed */
    guint revision;
    char *sha256;   /* 64 hexadecimal digits, of the original */
    char *source;   /* path it came from: bytes as the file system has them, perhaps not UTF-8 */
    char *status;   /* "filed" */
    char *format;   /* "pdf", "tiff", "jpeg", "png", ... */
    guint64 size;   /* bytes of the original */
    char *filed_at; /* ISO, UTC */
    LtField fields[LT_N_FIELDS];
    char *issuer_id; /* (nullable) the issuer in the authority file: "vn.lai-chau.so-noi-vu" */
    GPtrArray *recipients;  /* of char *: Nơi nhận, line by line */
    GPtrArray *references;  /* of LtReference */
    GPtrArray *stamps;      /* of LtStamp */
    GPtrArray *doubts;      /* of LtDoubt; needs_review is that there is one */
    GPtrArray *duplicates;  /* of gint64 * : ids of documents of the same number, issuer and year */
    GPtrArray *corrections; /* of LtCorrection, oldest first */
    GPtrArray *successors;  /* of LtSuccessor, the strongest first; filled in by the store */
    GPtrArray *dossiers;    /* of LtMembership, oldest first; filled in by the store */
    guint page_count;
    GPtrArray *pages; /* of LtPage; may be empty where they were not asked for */
} LtRecord;

LtRecord *lt_record_new(void);
void lt_record_free(LtRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRecord, lt_record_free)

/* Type and issuer may be set afterwards. Returns: (transfer none). */
LtReference *lt_record_add_reference(LtRecord *record, const char *number, const char *date,
                                     const char *relation, guint page, const LtBox *box);
const char *lt_stamp_kind_name(LtStampKind kind); /* "arrival", "copy", "signature" */
gboolean lt_stamp_kind_from_name(const char *name, LtStampKind *ret_kind);
/* The parts are set afterwards. Returns: (transfer none). */
LtStamp *lt_record_add_stamp(LtRecord *record, LtStampKind kind, guint page, const LtBox *box);
/* The first of its kind; NULL where there is none. Returns: (transfer none). */
const LtStamp *lt_record_stamp(const LtRecord *record, LtStampKind kind);
/* The year inside the number, 2020 of 30/2020/NĐ-CP; 0 where there is none. */
guint lt_record_number_year(const LtRecord *record);
gboolean lt_record_is_doubted(const LtRecord *record, LtFieldId field);
/* Adds each doubt once. */
void lt_record_add_doubt(LtRecord *record, const char *field, const char *code);
/* field NULL: those about the document as a whole. */
void lt_record_drop_doubts(LtRecord *record, const char *field);
void lt_record_add_correction(LtRecord *record, const LtCorrection *correction);
/* Both copy; added: (transfer none). */
void lt_record_add_successor(LtRecord *record, const LtSuccessor *successor);
void lt_record_add_membership(LtRecord *record, const LtMembership *membership);

/* What a citation with this relation (nullable) does to the document cited. */
LtValidity lt_relation_validity(const char *relation);
/* What the strongest successor did. */
LtValidity lt_record_validity(const LtRecord *record);
/* "amended", "repealed", "replaced"; NULL for what is in force as far as is known. */
const char *lt_validity_name(LtValidity validity);

/* Forgets what was read from the pages: fields, recipients, references, doubts. */
void lt_record_forget(LtRecord *record);
/* What a person decided about before stays so in record, which was read anew from the same document:
 * values that were put right, doubts that were answered. Takes over the corrections. */
void lt_record_keep_corrections(LtRecord *record, const LtRecord *before);

/* The document as one line of JSON with the keys of docs/json.md; pages only where asked for.
 * Returns: (transfer full). */
char *lt_record_to_json(const LtRecord *record, gboolean with_pages);
