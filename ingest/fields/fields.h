/* The field readers: number, date, issuer, type, subject and more from pages of words, by rules held
 * as data files in this folder (see docs/rules.md). Each value comes with its confidence and the spot
 * where it was read. */
#pragma once

#include <glib.h>

#include "store/store.h"

#define LT_RULES_ERROR (lt_rules_error_quark())
GQuark lt_rules_error_quark(void);
typedef enum { LT_RULES_ERROR_MISSING, LT_RULES_ERROR_INVALID } LtRulesError;

typedef struct LtRules LtRules;

/* directory: the folder that holds the rule files. A broken rule is an error that names file, line or
 * group, and what is wrong. (transfer full) */
LtRules *lt_rules_load(const char *directory, GError **error);
void lt_rules_free(LtRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRules, lt_rules_free)

/* Runs the examples that stand in the rule files. Returns: (transfer full) of char *: one sentence a
 * failed example, empty when all is well. *ret_examples counts what was run. */
GPtrArray *lt_rules_check(const LtRules *rules, guint *ret_examples);

/* Reads every field from pages (of LtPage, in order) into record, with doubts. Never fails: what is not
 * found stays empty and is doubted where a dispatch must have it. */
void lt_fields_read(const LtRules *rules, GPtrArray *pages, LtRecord *record);
