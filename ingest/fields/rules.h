/* What the rule files hold, loaded: patterns, document types, agencies, places. Private to
 * ingest/fields.
 *
 *   *.rules       GKeyFile, one group a rule; see docs/rules.md
 *   types.tsv     code, name, family: document types and their codes in numbers
 *   authority.tsv, places.tsv, districts.tsv, communes.tsv
 *                 agencies and places: see authority.h
 *   issuers.tsv   code, name: agencies that an archive's office adds
 *   kinds.tsv     level, name: words an agency's name begins with, and how high it stands
 *   titles.tsv    titles of those who sign
 *   surnames.tsv  family names of those who sign
 *   givennames.tsv  the other syllables of their names
 *   abbreviations.tsv
 *                 what letterheads shorten in names
 *   words.tsv     phrases whose capitals are settled, for names in ordinary case */
#pragma once

#include "ingest/fields/fields.h"
#include "ingest/fields/rulefile.h"

#define LT_RULES_MAX_FILE (1u << 20) /* bytes of one rule file */
#define LT_RULES_MAX 1000u           /* rules of one file */
#define LT_RULES_MAX_ROWS 20000u     /* lines of one table */
#define LT_RULES_MAX_PROBLEMS 100u   /* complaints about rule files that are kept */
#define LT_RULES_MAX_PATTERN 65536u  /* bytes of a pattern with its definitions */
#define LT_RULES_MAX_LINE 4000u      /* code points of a line that patterns are tried on */

typedef enum {
    LT_RULE_NUMBER,
    LT_RULE_DATE,
    LT_RULE_SUBJECT, /* the words that open the subject of a letter: V/v */
    LT_RULE_TO,      /* Kính gửi */
    LT_RULE_URGENCY,
    LT_RULE_SECRECY,
    LT_RULE_MOTTO,          /* the nation's or the Party's name and motto, top right */
    LT_RULE_OPENER,         /* how the body begins */
    LT_RULE_ASIDE,          /* printed onto the page: stamps, digital signatures, running heads */
    LT_RULE_ARRIVAL,        /* opens an arrival stamp */
    LT_RULE_ARRIVAL_LINE,   /* a line of an arrival stamp */
    LT_RULE_AUTHORITY,      /* TM. ỦY BAN NHÂN DÂN, or who decides, below the subject */
    LT_RULE_TITLE,          /* the signer's title */
    LT_RULE_NAME,           /* the signer's name */
    LT_RULE_SIGNS_FOR,      /* for whom he signs */
    LT_RULE_RECIPIENTS,     /* Nơi nhận */
    LT_RULE_REFERENCE,      /* a cited document */
    LT_RULE_CITED_DATE,     /* the date that follows it */
    LT_RULE_RELATION,       /* how it is cited */
    LT_RULE_RELATION_AFTER, /* the same, by what follows */
    LT_RULE_MINUTES,        /* the date inside minutes */
    LT_RULE_ARRIVAL_NUMBER,
    LT_RULE_ARRIVAL_DATE,
    LT_RULE_COPY,         /* opens the block of a copy */
    LT_RULE_SIGNATURE,    /* a part of a digital signature's appearance */
    LT_RULE_CITED_ISSUER, /* who issued a cited document */
    LT_RULE_REPORT,       /* a sentence that reports a document */
    LT_RULE_REPORT_ENDS,  /* a line that begins the sentence after it */
    LT_RULE_PUBLISHED,    /* the day of a page that reports a document */
    LT_RULE_TITLE_LINE,   /* below the title: whose decision it is, and perhaps the subject */
    LT_RULE_TITLE_REST,   /* what a signer's title is of, going on below it */
    LT_RULE_N_KINDS
} LtRuleKind;

typedef struct {
    char *text;
    char *value; /* (nullable) what the rule makes of it; NULL: it must not fit */
    guint line;
} LtExample;

typedef struct {
    char *name;      /* the group's */
    char *file;      /* its file's name, without folder */
    guint line;      /* of the group */
    gboolean office; /* from the office's own folder */
    LtRuleKind kind;
    gboolean folded; /* the pattern runs on the folded line */
    double confidence;
    char *value; /* (nullable) the value it gives, else the group "value" or the whole match */
    GRegex *regex;
    GPtrArray *examples; /* of LtExample */
} LtRule;

typedef struct {
    char *code;                   /* "QĐ"; "" where a type has none */
    char *name;                   /* "Quyết định" */
    char *family;                 /* "state", "law", "party", "copy" */
    char *key;                    /* the name folded */
    char *letters, *code_letters; /* of the name and of the code, folded, nothing else */
} LtTypeName;

typedef struct {
    guint level; /* 1 the State's top ... 9 the smallest unit */
    char *name;
    char *key; /* the name folded */
} LtIssuerKind;

typedef struct {
    char *name;    /* as written in running text */
    char *key;     /* folded, blanks levelled */
    char *letters; /* of it, nothing else */
    guint words;
} LtPhrase;

struct LtRules {
    GPtrArray *by_kind[LT_RULE_N_KINDS]; /* of LtRule, in the files' order */
    GPtrArray *types;                    /* of LtTypeName */
    struct LtAuthority *authority;       /* agencies and their places: authority.h */
    GPtrArray *kinds;                    /* of LtIssuerKind, longest name first */
    GPtrArray *phrases;                  /* of LtPhrase: places and words, longest first */
    GPtrArray *titles;                   /* of LtPhrase */
    GPtrArray *surnames;                 /* of LtPhrase */
    GPtrArray *given_names;              /* of LtPhrase */
};

/* One match of a rule in a text. Positions are code points, in the text as in its folded form. */
typedef struct {
    const LtRule *rule;
    GMatchInfo *info;
    const char *subject; /* what the pattern ran on */
    const char *text;    /* canonical text of as many code points */
} LtMatch;

/* text: canonical, one line; fold: the same folded. Sets match and returns TRUE for the first rule
 * of that kind that fits; clear it with lt_match_clear. text and fold must outlive the match. */
gboolean lt_rules_match(const LtRules *rules, LtRuleKind kind, const char *text, const char *fold,
                        LtMatch *match);
gboolean lt_rule_match(const LtRule *rule, const char *text, const char *fold, LtMatch *match);
/* The next match of the same rule further on, without overlap. */
gboolean lt_match_next(LtMatch *match);
void lt_match_clear(LtMatch *match);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtMatch, lt_match_clear)
#define LT_MATCH_INIT                                                                              \
    {                                                                                              \
        0                                                                                          \
    }

/* Where a named group lies in code points; FALSE when it took no part. group "" is the whole match.
 */
gboolean lt_match_range(const LtMatch *match, const char *group, guint *ret_start, guint *ret_end);
/* The canonical text of a group: (transfer full) (nullable). */
char *lt_match_dup(const LtMatch *match, const char *group);
/* The rule's fixed value, its group "value", or the whole match: (transfer full). */
char *lt_match_dup_value(const LtMatch *match);
/* Whether any rule of the kind fits. */
gboolean lt_rules_fits(const LtRules *rules, LtRuleKind kind, const char *text, const char *fold);

/* A code as printed, looked up without minding case or marks: the type it stands for.
 * An exact spelling wins; a folded one counts only where it is the only one. (transfer none)
 * (nullable) */
const LtTypeName *lt_rules_type_by_code(const LtRules *rules, const char *code);
const LtTypeName *lt_rules_type_by_name(const LtRules *rules, const char *name);

/* The kind's name in rule files: "number", "issued_date", ... */
const char *lt_rule_kind_name(LtRuleKind kind);

/* Everything that can be loaded from a folder and an office's own folder or file (nullable); NULL with an error only
 * where directory holds no rules at all. (transfer full) */
LtRules *lt_rules_load_all(const char *directory, const char *office, GPtrArray *problems,
                           GError **error);
/* Reading the files: what is wrong goes to problems, one sentence each with file and line, and the
 * rest is loaded all the same. What was loaded before wins. fallback: (nullable) the path of a file whose
 * [definitions] count where path has none of its own. */
void lt_rules_load_patterns(LtRules *rules, const char *path, const char *fallback, gboolean office,
                            GPtrArray *problems);
void lt_rules_init_tables(LtRules *rules);
/* must_exist: a table that is not there is a problem. */
void lt_rules_load_tables(LtRules *rules, const char *directory, gboolean must_exist,
                          GPtrArray *problems);
/* One table, known by its file's name; FALSE where no table has this name. */
gboolean lt_rules_load_table(LtRules *rules, const char *path, GPtrArray *problems);
void lt_rules_sort_tables(LtRules *rules);
void lt_rules_free_tables(LtRules *rules);
void lt_rule_free(LtRule *rule);

/* Small text tools. All (transfer full). */
char *lt_text_slice(const char *text, guint start, guint end); /* by code points */
char *lt_text_squeeze(const char *text);                       /* without blanks */
/* The share of capitals among the letters, 0–1; 0 when there are none. */
double lt_text_capitals(const char *text, guint *ret_letters);
