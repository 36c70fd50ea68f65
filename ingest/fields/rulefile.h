/* A rule file as it stands: groups of keys and values, each with its line, so that every complaint can
 * say where. The form is that of GKeyFile, which does not tell lines. Private to ingest/fields. */
#pragma once

#include <glib.h>

typedef struct {
    char *key;
    char *value;
    guint line; /* from 1 */
} LtRuleEntry;

typedef struct {
    char *name;
    guint line;
    GPtrArray *entries; /* of LtRuleEntry */
} LtRuleGroup;

typedef struct {
    char *name;        /* the file's, without folder */
    GPtrArray *groups; /* of LtRuleGroup */
} LtRuleFile;

/* Never fails: what is wrong goes to problems (of char *), one sentence each. */
LtRuleFile *lt_rule_file_parse(const char *name, const char *contents, GPtrArray *problems);
/* Reads the file first; larger than a rule file may be, or no UTF-8, is a problem too. Returns NULL where
 * nothing could be read. */
char *lt_rule_file_read(const char *path, GPtrArray *problems);
void lt_rule_file_free(LtRuleFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRuleFile, lt_rule_file_free)

/* (transfer none) (nullable) */
const LtRuleGroup *lt_rule_file_group(const LtRuleFile *file, const char *name);
const LtRuleEntry *lt_rule_group_entry(const LtRuleGroup *group, const char *key);

/* Adds "'FILE', line N: …", or "'FILE', line N, [GROUP]: …" where group is given. */
void lt_rule_problem(GPtrArray *problems, const char *file, guint line, const char *group,
                     const char *format, ...) G_GNUC_PRINTF(5, 6);
