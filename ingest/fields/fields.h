/* The field readers: number, date, issuer, type, subject and more from pages of words, by rules held
 * as data files in this folder (see docs/rules.md). Each value comes with its confidence and the spot
 * where it was read. */
#pragma once

#include <glib.h>

#include "ingest/fields/agency.h"
#include "store/store.h"

#define LT_RULES_ERROR (lt_rules_error_quark())
GQuark lt_rules_error_quark(void);
typedef enum { LT_RULES_ERROR_MISSING, LT_RULES_ERROR_INVALID } LtRulesError;

/* directory: the folder that holds the rule files. A broken rule is an error that names file, line and
 * what is wrong. (transfer full) */
LtRules *lt_rules_load(const char *directory, GError **error);
/* The same with an office's own rules and tables: they are tried first, a rule of the same field and
 * name takes the built-in one's place, and the first row of a table wins. office: (nullable) a folder,
 * which need not exist. */
LtRules *lt_rules_load_office(const char *directory, const char *office, GError **error);
/* Names of the types of documents, each once: "Quyết định". Of const char * of the rules. (transfer container) */
GPtrArray *lt_rules_type_names(const LtRules *rules);
void lt_rules_free(LtRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRules, lt_rules_free)

/* Runs the examples that stand in the rule files. Returns: (transfer full) of char *: one sentence a
 * failed example or contradiction, empty when all is well. *ret_examples counts what was run. */
GPtrArray *lt_rules_check(const LtRules *rules, guint *ret_examples);
/* The same for one file of an office's own, a rule file or a table, laid over the rules of directory; what
 * cannot be loaded is among the sentences too. NULL: the rules of directory are broken themselves. */
GPtrArray *lt_rules_check_file(const char *directory, const char *path, guint *ret_examples,
                               GError **error);

/* Reads every field from pages (of LtPage, in order) into record, with doubts. Never fails: what is not
 * found stays empty and is doubted where a dispatch must have it. */
void lt_fields_read(const LtRules *rules, GPtrArray *pages, LtRecord *record);

/* --- weigh.c: values that a hand wrote, weighed by witnesses --- */

#define LT_INK_SURE 0.95 /* what a value read from ink must be worth to be given */
#define LT_WITNESS_INK "ink"

/* How much likelier the witness speaks as it does where value is right. */
typedef double (*LtWitness)(const char *value, gpointer user_data);

/* Weighs the candidates of a field anew, and notes with each what the witness did to it. */
void lt_candidates_hear(LtField *field, const char *witness, LtWitness ask, gpointer user_data);
/* Whether they were read from ink. */
gboolean lt_candidates_are_written(const LtField *field);
/* Gives the field the best of them where that is sure; else withholds its value, with a doubt. */
void lt_candidates_decide(LtRecord *record, LtFieldId id);

/* Why a field has its value. */
typedef enum {
    LT_FINDING_TAKEN,
    LT_FINDING_LATER, /* another rule or another line came first */
    LT_FINDING_TEXT,  /* it stands in the text, where the field does not belong */
    LT_FINDING_STAMP  /* it stands on a stamp, a signature or a running head */
} LtFindingReason;

/* A line that a rule of the field fits. */
typedef struct {
    LtFieldId field;
    char *value; /* what the rule makes of it; "?" stands for a part that cannot be read */
    char *text;  /* the line */
    char *rule, *file;
    guint line;      /* of the rule in its file */
    gboolean office; /* the rule is the office's own */
    guint page;
    LtBox box; /* of the line */
    LtFindingReason reason;
} LtFinding;
void lt_finding_free(LtFinding *finding);

/* Reads like lt_fields_read, and tells what was taken and what else was considered. Returns: (transfer
 * full) of LtFinding, field by field, line by line. */
GPtrArray *lt_fields_explain(const LtRules *rules, GPtrArray *pages, LtRecord *record);
/* Where the rule that gave a field its value stands; FALSE where it came from a table or has none. */
gboolean lt_rules_find(const LtRules *rules, LtFieldId field, const char *name,
                       const char **ret_file, guint *ret_line, gboolean *ret_office);
