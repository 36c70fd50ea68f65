/* The terms of the search index (docs/archive.md, "search"): what a document is found by. A term is a
 * word, or a mark that says what the word is, then the word: "quyet", "_2quyet_dinh". Words are
 * runs of letters and digits, and the mark is no letter, so that no word a person types can be taken
 * for a marked term. */
#pragma once

#include "store/private.h"

#define LT_TERM_MAX_WORD 64u /* code points; of longer words the beginning is indexed */

typedef enum {
    LT_TERM_WORD,      /* folded; anywhere in the text or the fields */
    LT_TERM_PAIR,      /* two neighbours, folded: "_2quyet_dinh" */
    LT_TERM_FIELD,     /* folded, in a field */
    LT_TERM_ISSUER,    /* folded, in the issuer's name; two neighbours of it too */
    LT_TERM_NOTATION,  /* folded, in the notation: "_nqd" */
    LT_TERM_SIGNER,    /* like the issuer's */
    LT_TERM_RECIPIENT, /* "Kính gửi" and "Nơi nhận", like the issuer's */
    LT_TERM_TYPE,      /* the whole type: "_tcong_van" */
    LT_TERM_DATE,      /* year, month and day: "_d2023", "_d202309", "_d20230918"; "_d0": none */
    LT_TERM_KEY,       /* key_number */
    LT_TERM_CODE,      /* key_code */
    LT_TERM_SERIES,    /* key_notation */
    LT_TERM_CITED,     /* key_number of a citation */
    LT_TERM_CITED_CODE,
    LT_TERM_STATE, /* "_vreview", "_vurgent", "_vsecret" */
    LT_TERM_ALL,   /* "_x": every document */
    LT_TERM_N_KINDS
} LtTermKind;

#define LT_TERM_UNDATED "0"
#define LT_TERM_REVIEW "review"
#define LT_TERM_URGENT "urgent"
#define LT_TERM_SECRET "secret"

/* (transfer full); word "" for LT_TERM_ALL. */
char *lt_term(LtTermKind kind, const char *word);
/* The word and the one after it (not NULL). (transfer full) */
char *lt_term_pair(LtTermKind kind, const char *word, const char *next);
/* Words as the index has them, folded or levelled before: each at most LT_TERM_MAX_WORD long.
 * Returns: (transfer full), ended by NULL. */
char **lt_term_words(const char *text);

/* The terms of one document, each once. */
typedef struct LtTerms LtTerms;
LtTerms *lt_terms_new(void);
void lt_terms_free(LtTerms *terms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtTerms, lt_terms_free)

/* Canonical text: its words, folded and as they are, and its pairs. */
void lt_terms_add_text(LtTerms *terms, const char *text);
/* Folded words of text with this mark, and their pairs where pairs is set. text may be NULL. */
void lt_terms_add_words(LtTerms *terms, LtTermKind kind, const char *text, gboolean pairs);
/* text as one word, blanks in it as '_'. May be NULL. */
void lt_terms_add_whole(LtTerms *terms, LtTermKind kind, const char *text);
/* Parted by blanks, in the order in which they came. Returns: (transfer none). */
const char *lt_terms_text(const LtTerms *terms);
