/* What the files of store/ share; nobody else includes this. The only headers of the project that
 * may name SQLite are this one and those it names. */
#pragma once

#include <sqlite3.h>

#include "store/fault.h"
#include "store/store.h"

#define LT_STORE_APPLICATION_ID 0x4C547275 /* "LTru" */
#define LT_STORE_DATABASE "archive.db"
#define LT_STORE_OBJECTS "objects"
#define LT_STORE_TEMPORARY "tmp" /* in objects/: files not yet whole */
#define LT_STORE_SHA256_LENGTH 64u
#define LT_STORE_BUSY_MILLISECONDS 10000 /* that a writer waits for others */

struct LtStore {
    char *directory; /* absolute */
    LtStoreMode mode;
    sqlite3 *db;
    dev_t disk; /* with inode: the folder as it was opened */
    ino_t inode;
    int lock_fd;       /* -1: not locked */
    gboolean old;      /* an older schema will do: it is only copied */
    gboolean sealing;  /* its schema is the present one, and it may be written */
    GHashTable *kept;  /* (nullable) statements by their text */
    gint64 deadline;   /* monotonic; 0: none */
    char *restriction; /* (nullable) condition on rowid: what is restricted is hidden */
};

/* --- error.c: each of these sets error and returns FALSE --- */

/* A result code of SQLite, with what SQLite says about it. */
gboolean lt_store_fail_sql(LtStore *store, int code, GError **error);
/* A failed system call on path; saved_errno because cleaning up may have moved errno. */
gboolean lt_store_fail_errno(int saved_errno, const char *path, GError **error);
/* What a result code is to the caller; system_errno as sqlite3_system_errno() gives it, 0 for none.
 */
LtStoreError lt_store_error_of_sqlite(int code, int system_errno);
LtStoreError lt_store_error_of_errno(int saved_errno);

/* --- schema.c --- */

extern const guint lt_schema_version;
/* The statements that lead to that version from the one before it, 1 being the first. */
const char *lt_schema_step(guint version);
/* The archive's schema is the present one afterwards, or that is the error. */
gboolean lt_schema_check(LtStore *store, GError **error);

/* --- open.c --- */

/* For reading, also where an older program made it: only what all versions have may be asked. */
LtStore *lt_store_open_old(const char *directory, GError **error);
/* Whether changes stand beside a database that are not in it yet. */
gboolean lt_store_wal_has_content(const char *database);
gboolean lt_store_check_present(const LtStore *store, GError **error);
/* What lt_store_check_in_place() compares with later. */
gboolean lt_store_note_place(LtStore *store, GError **error);
/* Opens the database name with everything that makes a connection safe; flags of sqlite3_open_v2(). */
gboolean lt_store_connect(LtStore *store, const char *name, int flags, GError **error);

/* --- sql.c --- */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

/* types has one letter a parameter, with its value after it: i gint64, d double, s text (const char
 * *, NULL for NULL), p a path's bytes (const char *), b GBytes *. Values are copied. Returns:
 * (transfer full), NULL on error. */
sqlite3_stmt *lt_sql_prepare(LtStore *store, GError **error, const char *sql, const char *types,
                             ...);
/* The same for what is asked over and over: the statement stays prepared with the store. Not while it is
 * in use already. (transfer none) */
typedef sqlite3_stmt LtKept;
LtKept *lt_sql_keep(LtStore *store, GError **error, const char *sql, const char *types, ...);
static inline void
lt_kept_release(LtKept *kept)
{
    sqlite3_reset(kept);
    sqlite3_clear_bindings(kept); /* which may be a page's text */
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtKept, lt_kept_release)
/* Closes the database and what was kept of it. */
void lt_sql_disconnect(LtStore *store);
/* 1: a row is there; 0: no more; -1: error is set. */
int lt_sql_step(LtStore *store, sqlite3_stmt *statement, GError **error);
/* Binds, runs to the end. The statement stays prepared: its text must be one of few. */
gboolean lt_sql_run(LtStore *store, GError **error, const char *sql, const char *types, ...);
/* The first column of the first row; 0 where there is no row or it is NULL. Likewise. */
gboolean lt_sql_integer(LtStore *store, gint64 *ret_value, GError **error, const char *sql,
                        const char *types, ...);
/* For statements whose parameters are counted by a table. text may be NULL. */
gboolean lt_sql_bind_text(LtStore *store, sqlite3_stmt *statement, int at, const char *text,
                          GError **error);
/* Several statements without parameters. */
gboolean lt_sql_script(LtStore *store, const char *sql, GError **error);
/* Commits that say only how far something has come are not waited for until they are on the disk: what
 * is lost of them with the power is done again, and the commit that files a document brings them along.
 * Within a transaction its end decides. */
gboolean lt_sql_hurry(LtStore *store, gboolean begin, GError **error);
/* Returns: (transfer full) (nullable). */
char *lt_sql_dup_text(sqlite3_stmt *statement, int column);

/* BEGIN IMMEDIATE: a deferred transaction that reads first can fail with BUSY_SNAPSHOT, which no
 * timeout cures. One that goes out of scope without commit is rolled back. */
typedef struct LtTransaction LtTransaction;
LtTransaction *lt_transaction_begin(LtStore *store, GError **error);
gboolean lt_transaction_commit(LtTransaction *transaction, GError **error);
void lt_transaction_free(LtTransaction *transaction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtTransaction, lt_transaction_free)

/* --- seal.c --- */

typedef enum {
    LT_SEAL_WHOLE,
    LT_SEAL_BROKEN, /* the rows are not those that were sealed */
    LT_SEAL_NONE    /* rows were changed by another program, or the archive is older than seals */
} LtSealState;

/* Of the document's rows as they are. (transfer full) */
char *lt_seal_compute(LtStore *store, gint64 id, GError **error);
gboolean lt_seal_compare(LtStore *store, gint64 id, LtSealState *ret_state, GError **error);
/* Inside a transaction: seals a document as it is; of one that is gone the note goes. */
gboolean lt_seal_put(LtStore *store, gint64 id, GError **error);
/* Inside a transaction, at its end: seals documents whose rows have changed. */
gboolean lt_seal_changed(LtStore *store, GError **error);

/* --- original.c --- */

gboolean lt_is_sha256(const char *text);
gboolean lt_store_make_folders(LtStore *store, GError **error);
/* Removes what killed runs left half written; under the lock only. */
gboolean lt_store_sweep_temporary(LtStore *store, GError **error);

/* Deletes what was made of an original. */
void lt_derived_drop(LtStore *store, const char *sha256);
/* (transfer full) */
char *lt_original_path(const char *directory, const char *sha256);
/* Puts what fd holds in place of the original of that sum, if it has that sum. */
gboolean lt_original_put_back(LtStore *store, int fd, const char *sha256, gboolean *ret_same,
                              GError **error);

/* --- upkeep.c: rows of the table upkeep --- */

/* target may be NULL. */
gboolean lt_upkeep_begin(LtStore *store, const char *kind, const char *target, gint64 *ret_row,
                         GError **error);
gboolean lt_upkeep_note(LtStore *store, gint64 row, const char *stage, const char *position,
                        guint64 faults, GError **error);
gboolean lt_upkeep_end(LtStore *store, gint64 row, guint64 faults, GError **error);

/* --- lock.c --- */

void lt_store_unlock(LtStore *store);
/* Whether anybody is taking files into the archive in a folder. */
gboolean lt_lock_is_held(const char *directory);
/* Whether anybody but this store is. */
gboolean lt_lock_is_of_another(const LtStore *store);

/* --- filesystem.c --- */

/* Whether a database may live where the archive is or will be. */
gboolean lt_store_check_filesystem(LtStore *store, GError **error);

/* --- sample.c --- */

/* The field of record, which has its pages, was put right: keeps what a hand wrote there, where the archive
 * keeps samples. Inside a transaction. */
gboolean lt_sample_keep(LtStore *store, const LtRecord *record, LtFieldId field, const char *by,
                        const char *at, GError **error);

/* --- page.c --- */

/* Columns of a page in SQL, in the order in which lt_page_from_statement reads them from column on:
 * number, source, confidence, width, height, text, raw_text, words, written. NULL on error. (transfer full)
 */
LtPage *lt_page_from_statement(sqlite3_stmt *statement, int column, GError **error);

/* --- number.c --- */

/* What a number is looked up by. Parts that do not apply are NULL. */
typedef struct {
    char *key;            /* of a whole number or a code number */
    char *notation;       /* of a notation, without a year before it */
    char *notation_words; /* where the notation was typed with its year: "2020 nd cp" */
} LtNumberKeys;

/* typed: a number, code number or notation in any spelling, "Số" before it or not. */
void lt_number_keys_init(LtNumberKeys *keys, const char *typed);
void lt_number_keys_clear(LtNumberKeys *keys);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtNumberKeys, lt_number_keys_clear)
/* A condition on the table document as d, with the parameters ?1 ?2 ?3: key, notation,
 * notation_words. */
#define LT_NUMBER_CONDITION                                                                        \
    "(d.key_number = ?1 OR d.key_code = ?1 OR"                                                     \
    " (d.key_notation = ?2 AND (?3 IS NULL OR d.key_notation_words = ?3)))"

/* Fills record->duplicates. */
gboolean lt_store_read_duplicates(LtStore *store, LtRecord *record, GError **error);

/* --- search.c --- */

/* Every document that a search finds (offset and limit kept), by id; of gint64. (transfer full) */
GArray *lt_search_ids(LtStore *store, const LtSearch *search, GError **error);

/* --- citation.c --- */

/* Appends to record->references, each with the document it means. */
gboolean lt_store_read_references(LtStore *store, LtRecord *record, GError **error);
/* Fills record->successors. */
gboolean lt_store_read_successors(LtStore *store, LtRecord *record, GError **error);

/* --- dossier.c --- */

/* Fills record->dossiers. */
gboolean lt_store_read_memberships(LtStore *store, LtRecord *record, GError **error);
/* 0: none. */
gint64 lt_dossier_year(const LtDossier *dossier);
/* The column key_code. (transfer full) */
char *lt_dossier_code_key(const char *code);
/* The columns of dossier in the order of LtDossierField. */
#define LT_DOSSIER_COLUMNS                                                                         \
    "organ_id, year, code, title, retention, access, creator, language, start_date, end_date,"     \
    " description"

/* --- dossier-enter.c --- */

/* Inside a transaction, which stays as it was where the dossier does not take the document. */
gboolean lt_dossier_enter(LtStore *store, LtDossierEntry *entry, gint64 document, GError **error);

/* --- dossier-change.c --- */

/* FALSE where a value cannot be, code or title is missing, or it ends before it begins. */
gboolean lt_dossier_take_values(LtDossier *dossier, const LtDossierValue *values, guint n_values,
                                GError **error);
/* Refuses a closed one. (transfer full) */
LtDossier *lt_dossier_open(LtStore *store, gint64 id, GError **error);
/* Refuses a document that is marked secret and was not released. */
gboolean lt_dossier_check_admissible(LtStore *store, gint64 document, GError **error);
/* Both inside a transaction. A dossier with its values, made_at and made_by set gets its id. */
gboolean lt_dossier_insert(LtStore *store, LtDossier *dossier, GError **error);
gboolean lt_dossier_add(LtStore *store, const LtDossier *dossier, const GArray *documents,
                        guint *ret_added, GError **error);

/* --- write.c: rows in place of those that are there; inside a transaction --- */

/* Every value, evidence, candidate, recipient, citation and doubt. */
gboolean lt_write_fields(LtStore *store, const LtRecord *record, GError **error);
gboolean lt_write_pages(LtStore *store, const LtRecord *record, GError **error);

/* --- document.c --- */

/* Sets LT_STORE_ERROR_NOT_FOUND, and returns FALSE. Of a document that was removed it says who and
 * why. */
gboolean lt_document_fail(LtStore *store, gint64 id, GError **error);

/* --- correct.c --- */

/* Inside a transaction: corrections (of LtCorrection, oldest first) that people made elsewhere, with who
 * and when. One that is there, or that a later one here has overtaken, is passed over. */
gboolean lt_correct_take_over(LtStore *store, gint64 id, const GPtrArray *corrections,
                              guint *ret_taken, GError **error);

/* --- revise.c --- */

/* Inside a transaction: LT_STORE_ERROR_CONFLICT when the document is not at that revision (0: any),
 * LT_STORE_ERROR_NOT_FOUND when it is not there. */
gboolean lt_revise_check(LtStore *store, gint64 id, guint revision, GError **error);
/* Inside a transaction: record in place of what is there, one revision higher. */
gboolean lt_revise_write(LtStore *store, LtRecord *record, gboolean with_pages, GError **error);

/* --- issuer.c --- */

/* An office, taken apart for comparing; all folded words, all (nullable). */
typedef struct {
    char *id;                    /* in the authority file */
    char *name, *level, *region; /* "so noi vu", "tinh", "cao bang" */
    char *parent, *parent_level, *parent_region;
    char *place; /* before the date */
} LtIssuer;

void lt_issuer_init(LtIssuer *issuer, const char *id, const char *name, const char *parent,
                    const char *place);
void lt_issuer_clear(LtIssuer *issuer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtIssuer, lt_issuer_clear)
/* Whether two documents come from one office, as far as is known. */
gboolean lt_issuer_same(const LtIssuer *a, const LtIssuer *b);

/* --- value.c --- */

/* "1758/STTTT-TTBCXB" -> "1758" and "STTTT-TTBCXB" (nullable). FALSE: not a number. */
gboolean lt_value_split_number(const char *number, char **ret_code, char **ret_notation);
/* A line that a person wrote, made canonical; NULL and an error naming what where nothing is left of
 * it or it is too long. (transfer full) */
char *lt_value_line(const char *what, const char *typed, GError **error);

/* --- lists.c: recipients and references as a person writes them, parted by semicolons --- */

gboolean lt_list_is(const char *name);
/* (transfer full) */
char *lt_list_join(const LtRecord *record, const char *name);
/* typed: "" empties it. LT_STORE_ERROR_INVALID leaves the record as it was. */
gboolean lt_list_set(LtRecord *record, const char *name, const char *typed, GError **error);
void lt_list_copy(LtRecord *record, const LtRecord *from, const char *name);

/* --- record.c --- */

/* The present time, UTC: "2023-09-18T07:05:09Z". (transfer full) */
char *lt_time_now(void);

/* --- words.c: text as SQLite's tokenizer unicode61 sees it --- */

typedef struct {
    gsize offset, bytes; /* in UTF-8 */
    guint start, length; /* code points */
} LtToken;

/* Runs of letters and digits. Returns: (transfer full), of LtToken. */
GArray *lt_words_find(const char *text);
/* The words of text parted by single blanks. (transfer full) */
char *lt_words_join(const char *text);
/* The same of the folded text: the form of the columns key_issuer, key_type, ... (transfer full) */
char *lt_words_key(const char *text);
/* Each run of digits without the zeros before it: "05/2019" -> "5/2019". (transfer full) */
char *lt_words_drop_zeros(const char *text);
/* All ways to write these words, parted by blanks, by the customs of i and y (lt_text_other_custom); the words
 * themselves come first, and of many syllables that have two ways only the first few change. With but_last
 * the last one stays. (transfer full) of char * */
GPtrArray *lt_words_spellings(const char *words, gboolean but_last);
/* Whether two texts of words are the same but for i and y. */
gboolean lt_words_same_but_custom(const char *words, const char *others);

/* --- clean.c --- */

/* Notes, in the transaction that takes text out, that the log is to be cut off. */
gboolean lt_clean_owe(LtStore *store, GError **error);

/* --- index.c: the search row of a document --- */

/* Makes it from the other tables, where it must not have one. */
gboolean lt_index_put(LtStore *store, gint64 id, GError **error);
/* Takes it out; before anything of the document changes in the other tables. */
gboolean lt_index_drop(LtStore *store, gint64 id, GError **error);
/* Rows that were taken out leave their terms in the index until it is merged. Notes that this is to be
 * done, in the transaction that takes them out. */
gboolean lt_index_owe_scrub(LtStore *store, GError **error);
gboolean lt_index_owes_scrub(LtStore *store, gboolean *ret_owed, GError **error);
/* Merges it and forgets the note, outside of transactions: in steps, between which others may write. What
 * is not done after so many seconds (0: to the end), or was killed meanwhile, the next one goes on with. */
gboolean lt_index_scrub(LtStore *store, guint seconds, GError **error);
/* The terms that the row has, parted by blanks. (transfer full), NULL on error. */
char *lt_index_terms(LtStore *store, gint64 id, GError **error);
/* Every row anew; inside a transaction. */
gboolean lt_index_rebuild(LtStore *store, GError **error);

typedef enum {
    LT_INDEX_NUMBER,
    LT_INDEX_TYPE,
    LT_INDEX_ISSUER,
    LT_INDEX_SUBJECT,
    LT_INDEX_PEOPLE,
    LT_N_INDEX
} LtIndexField;

/* Canonical text of what a record has for that. (transfer full) */
char *lt_index_field(const LtRecord *record, LtIndexField field);
