/* The tables, as numbered steps: the n-th step takes user_version from n - 1 to n; an upgrade takes
 * all that are missing, in one transaction. A step that was ever released is never changed.
 * docs/archive.md describes what the columns hold. */
#include "store/private.h"

#include <glib/gi18n-lib.h>

static const char step_1[] =
    "CREATE TABLE document ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  revision INTEGER NOT NULL,"
    "  sha256 TEXT NOT NULL UNIQUE,"
    "  source BLOB NOT NULL,"
    "  status TEXT NOT NULL,"
    "  format TEXT,"
    "  size INTEGER NOT NULL,"
    "  filed_at TEXT NOT NULL,"
    "  page_count INTEGER NOT NULL,"
    "  needs_review INTEGER NOT NULL,"
    "  number TEXT, code_number TEXT, code_notation TEXT, issued_date TEXT, place TEXT,"
    "  issuer TEXT, parent_issuer TEXT, type TEXT, subject TEXT, signer TEXT, signer_title TEXT,"
    "  \"to\" TEXT, urgency TEXT, secrecy TEXT,"
    "  key_number TEXT, key_code TEXT, key_notation TEXT, key_notation_words TEXT,"
    "  key_issuer TEXT, key_issuer_printed TEXT, key_parent TEXT, key_place TEXT, key_type TEXT);"
    "CREATE INDEX document_issued ON document (issued_date);"
    "CREATE INDEX document_number ON document (key_number);"
    "CREATE INDEX document_code ON document (key_code);"
    "CREATE INDEX document_notation ON document (key_notation);"
    "CREATE INDEX document_review ON document (needs_review);"
    "CREATE TABLE evidence ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  field TEXT NOT NULL, as_printed TEXT, confidence REAL NOT NULL, page INTEGER NOT NULL,"
    "  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL, rule TEXT,"
    "  PRIMARY KEY (document, field));"
    "CREATE TABLE candidate ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  field TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL, confidence REAL NOT "
    "NULL,"
    "  PRIMARY KEY (document, field, position));"
    "CREATE TABLE recipient ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (document, position));"
    "CREATE TABLE citation ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  position INTEGER NOT NULL, number TEXT NOT NULL, key_number TEXT NOT NULL, date TEXT,"
    "  relation TEXT, page INTEGER NOT NULL,"
    "  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,"
    "  PRIMARY KEY (document, position));"
    "CREATE INDEX citation_number ON citation (key_number);"
    "CREATE TABLE doubt ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  position INTEGER NOT NULL, field TEXT, code TEXT NOT NULL,"
    "  PRIMARY KEY (document, position));"
    "CREATE TABLE page ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  number INTEGER NOT NULL, source TEXT NOT NULL, confidence REAL NOT NULL,"
    "  width REAL NOT NULL, height REAL NOT NULL, text TEXT NOT NULL,"
    "  PRIMARY KEY (document, number));"
    "CREATE INDEX page_source ON page (source);"
    "CREATE TABLE page_raw ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  number INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (document, number));"
    "CREATE TABLE page_words ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  number INTEGER NOT NULL, words BLOB NOT NULL, PRIMARY KEY (document, number));"
    "CREATE TABLE staged_page ("
    "  sha256 TEXT NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL,"
    "  confidence REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL, text TEXT NOT NULL,"
    "  raw_text TEXT, words BLOB NOT NULL, PRIMARY KEY (sha256, number));"
    "CREATE TABLE ledger ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  path BLOB NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
    "  state TEXT NOT NULL, reason TEXT, sha256 TEXT, document INTEGER,"
    "  seen_at TEXT NOT NULL, changed_at TEXT NOT NULL, UNIQUE (path, size, mtime_ns));"
    "CREATE INDEX ledger_state ON ledger (state, changed_at);"
    "CREATE INDEX ledger_sha256 ON ledger (sha256, size);"
    "CREATE VIRTUAL TABLE search USING fts5 (number, type, issuer, subject, people, body,"
    "  tokenize = 'unicode61 remove_diacritics 0');"
    "CREATE VIRTUAL TABLE search_marks USING fts5 (number, type, issuer, subject, people, body,"
    "  tokenize = 'unicode61 remove_diacritics 0');";

/* Which agency the issuer is; who put what right, what was taken out, what was let in. */
static const char step_2[] =
    "ALTER TABLE document ADD COLUMN issuer_id TEXT;"
    "CREATE TABLE correction ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  revision INTEGER NOT NULL, field TEXT NOT NULL, old_value TEXT, new_value TEXT,"
    "  who TEXT NOT NULL, at TEXT NOT NULL);"
    "CREATE INDEX correction_document ON correction (document);"
    "CREATE TABLE removal ("
    "  document INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, number TEXT,"
    "  reason TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL);"
    "CREATE TABLE admission ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  sha256 TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL);"
    "CREATE INDEX admission_sha256 ON admission (sha256);";

/* What else stands on a document: what was put onto it, for whom its signer signed, and what a citation
 * says of the document cited. */
static const char step_3[] =
    "ALTER TABLE document ADD COLUMN signer_authority TEXT;"
    "ALTER TABLE citation ADD COLUMN type TEXT;"
    "ALTER TABLE citation ADD COLUMN issuer TEXT;"
    "CREATE TABLE stamp ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  position INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT, number TEXT, date TEXT,"
    "  agency TEXT, person TEXT, page INTEGER NOT NULL,"
    "  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,"
    "  PRIMARY KEY (document, position));";

/* Further tries of files whose trouble may pass, what other programs ask the watcher to take, and what
 * the watcher says of itself. */
static const char step_4[] =
    "ALTER TABLE ledger ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE ledger ADD COLUMN retry_at TEXT;"
    "CREATE TABLE queue ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  ticket TEXT NOT NULL, path BLOB NOT NULL, queued_at TEXT NOT NULL,"
    "  outcome TEXT, reason TEXT, document INTEGER, ended_at TEXT);"
    "CREATE INDEX queue_ticket ON queue (ticket);"
    "CREATE INDEX queue_open ON queue (id) WHERE outcome IS NULL;"
    "CREATE TABLE watcher ("
    "  id INTEGER PRIMARY KEY CHECK (id = 1), process INTEGER NOT NULL,"
    "  started_at TEXT NOT NULL, noted_at TEXT NOT NULL, state TEXT NOT NULL, reason TEXT,"
    "  folders INTEGER NOT NULL, waiting INTEGER NOT NULL,"
    "  oldest_path TEXT, oldest_since TEXT);";

/* Dossiers; and what ends a document is looked for each time that one is shown. */
static const char step_5[] =
    "CREATE TABLE dossier ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  organ_id TEXT, year INTEGER, code TEXT NOT NULL, key_code TEXT NOT NULL,"
    "  title TEXT NOT NULL, retention TEXT, access TEXT, creator TEXT, language TEXT,"
    "  start_date TEXT, end_date TEXT, description TEXT,"
    "  made_at TEXT NOT NULL, made_by TEXT NOT NULL, closed_at TEXT, closed_by TEXT);"
    "CREATE UNIQUE INDEX dossier_code ON dossier (key_code, coalesce(year, 0));"
    "CREATE TABLE dossier_document ("
    "  dossier INTEGER NOT NULL REFERENCES dossier ON DELETE CASCADE,"
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  position INTEGER NOT NULL, PRIMARY KEY (dossier, document));"
    "CREATE INDEX dossier_document_document ON dossier_document (document);"
    "CREATE INDEX citation_ending ON citation (key_number)"
    "  WHERE relation IN ('thay thế', 'bãi bỏ', 'sửa đổi');";

/* A trigger's part: whoever changes a row of a document breaks its seal. */
#define UNSEAL(table, event, row, key)                                                             \
    "CREATE TRIGGER unseal_" table "_" event " AFTER " event " ON " table                          \
    " BEGIN INSERT OR IGNORE INTO unsealed VALUES (" row "." key "); END;"
#define UNSEAL_BY(table, key)                                                                      \
    UNSEAL(table, "INSERT", "NEW", key)                                                            \
    UNSEAL(table, "UPDATE", "NEW", key)                                                            \
    UNSEAL(table, "DELETE", "OLD", key)
#define UNSEAL_ROWS(table) UNSEAL_BY(table, "document")

/* Sums that tell a flipped bit in a document's rows; indices that hold each fact of the other tables a
 * second time, where an integrity check compares them; what was done to keep the archive well, and which
 * archive this is, for its backups. */
/* clang-format off */
static const char step_6[] =
    "CREATE TABLE seal ("
    "  document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,"
    "  sha256 TEXT NOT NULL);"
    "CREATE TABLE unsealed (document INTEGER PRIMARY KEY);"
    UNSEAL_BY("document", "id")
    UNSEAL_ROWS("evidence")
    UNSEAL_ROWS("candidate")
    UNSEAL_ROWS("recipient")
    UNSEAL_ROWS("citation")
    UNSEAL_ROWS("stamp")
    UNSEAL_ROWS("doubt")
    UNSEAL_ROWS("correction")
    UNSEAL_ROWS("page")
    UNSEAL_ROWS("page_raw")
    UNSEAL_ROWS("page_words")
    "CREATE INDEX seal_sum ON seal (sha256);"
    "CREATE INDEX ledger_rest ON ledger (document, reason, seen_at, attempts, retry_at);"
    "CREATE INDEX removal_rest ON removal (number, reason, who, at);"
    "CREATE INDEX admission_rest ON admission (reason, who, at);"
    "CREATE INDEX dossier_rest ON dossier (code, organ_id, year, title, retention, access, creator,"
    " language, start_date, end_date, description, made_at, made_by, closed_at, closed_by);"
    "CREATE INDEX dossier_document_rest ON dossier_document (document, position);"
    "CREATE TABLE upkeep ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, started_at TEXT NOT NULL,"
    "  ended_at TEXT, stage TEXT, position TEXT, faults INTEGER NOT NULL DEFAULT 0, target BLOB);"
    "CREATE TABLE identity (id TEXT PRIMARY KEY);"
    "INSERT INTO identity VALUES (lower(hex(randomblob(16))));";
/* clang-format on */

#define VERSION_OF_SEALS 6

/* One index of terms in place of two of texts. Merging in small steps: automerge does a little with
 * each document, and levels may wait for it rather than be merged at one go. */
static const char step_7[] =
    "DROP TABLE search;"
    "DROP TABLE search_marks;"
    "CREATE VIRTUAL TABLE search USING fts5 (terms, content = '', columnsize = 0, detail = none,"
    "  prefix = '1 2 3', tokenize = 'ascii tokenchars _');"
    "INSERT INTO search (search, rank) VALUES ('automerge', 4);"
    "INSERT INTO search (search, rank) VALUES ('crisismerge', 64);"
    "CREATE TABLE agency_name (id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (name, id));"
    "CREATE INDEX agency_name_id ON agency_name (id);"
    "CREATE TABLE agency_code (id TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (code, id));"
    "CREATE TABLE agency_successor (id TEXT NOT NULL, successor TEXT NOT NULL,"
    "  PRIMARY KEY (id, successor));"
    "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE saved_search ("
    "  name TEXT PRIMARY KEY, query TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL);";

/* What a hand may have written, and what it was read as; what of it a person put right, for the reader
 * to learn from. */
/* clang-format off */
static const char step_8[] =
    "CREATE TABLE page_written ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  number INTEGER NOT NULL, written TEXT NOT NULL, PRIMARY KEY (document, number));"
    "CREATE TABLE written_sample ("
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,"
    "  part TEXT NOT NULL, truth TEXT NOT NULL, page INTEGER NOT NULL,"
    "  x0 REAL NOT NULL, y0 REAL NOT NULL, x1 REAL NOT NULL, y1 REAL NOT NULL,"
    "  who TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (document, part));"
    UNSEAL_ROWS("page_written")
    UNSEAL_ROWS("written_sample")
    "ALTER TABLE staged_page ADD COLUMN written TEXT;";
/* clang-format on */

/* Facts a second time, as in step 6. */
static const char step_9[] = "CREATE INDEX saved_search_rest ON saved_search (query, who, at);"
                             "CREATE INDEX note_rest ON note (value);";

/* What spoke for a candidate. */
static const char step_10[] = "ALTER TABLE candidate ADD COLUMN because TEXT;";

/* Statements, and what SQL alone cannot do (nullable), in the same transaction. */
static const struct {
    const char *sql;
    gboolean (*then)(LtStore *store, GError **error);
} steps[] = {
    {step_1, NULL},
    {step_2, NULL},
    {step_3, NULL},
    {step_4, NULL},
    {step_5, NULL},
    {step_6, NULL},
    {step_7, lt_index_rebuild},
    {step_8, NULL},
    {step_9, NULL},
    {step_10, NULL},
};

const guint lt_schema_version = G_N_ELEMENTS(steps);

const char *
lt_schema_step(guint version)
{
    g_return_val_if_fail(version >= 1 && version <= lt_schema_version, NULL);
    return steps[version - 1].sql;
}

typedef struct {
    gint64 application, version, tables;
} Stamp;

static gboolean
read_stamp(LtStore *store, Stamp *ret_stamp, GError **error)
{
    return lt_sql_integer(store, &ret_stamp->tables, error, "SELECT count(*) FROM sqlite_schema",
                          "") &&
           lt_sql_integer(store, &ret_stamp->application, error, "PRAGMA application_id", "") &&
           lt_sql_integer(store, &ret_stamp->version, error, "PRAGMA user_version", "");
}

static gboolean
is_empty(const Stamp *stamp)
{
    return stamp->tables == 0 && stamp->application == 0 && stamp->version == 0;
}

static gboolean
take_step(LtStore *store, guint version, GError **error)
{
    g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                            LT_STORE_APPLICATION_ID, version + 1);

    if (!lt_sql_script(store, steps[version].sql, error) ||
        (steps[version].then != NULL && !steps[version].then(store, error)) ||
        !lt_sql_script(store, mark, error))
        return FALSE;
    /* New columns may hold values: the seals of before are void. */
    return version + 1 < VERSION_OF_SEALS ||
           lt_sql_script(store, "INSERT OR IGNORE INTO unsealed SELECT id FROM document", error);
}

/* All steps or none, and one wait for the disk. Which they are is read inside the transaction: another
 * run may have upgraded while this one waited. */
static gboolean
upgrade(LtStore *store, GError **error)
{
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);
    Stamp stamp;

    if (transaction == NULL || !read_stamp(store, &stamp, error))
        return FALSE;
    for (guint version = (guint)stamp.version; version < lt_schema_version; version++)
        if (!take_step(store, version, error))
            return FALSE;
    return lt_transaction_commit(transaction, error);
}

gboolean
lt_schema_check(LtStore *store, GError **error)
{
    g_autofree char *shown = g_filename_display_name(store->directory);
    Stamp stamp;

    if (!read_stamp(store, &stamp, error))
        return FALSE;
    if (is_empty(&stamp) && store->mode != LT_STORE_CREATE) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_MISSING,
                    _("there is no archive in '%s' yet: 'luutru ingest' makes it"), shown);
        return FALSE;
    }
    if (!is_empty(&stamp) && stamp.application != LT_STORE_APPLICATION_ID) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED,
                    _("'%s/%s' is not an archive of luutru: choose another folder"), shown,
                    LT_STORE_DATABASE);
        return FALSE;
    }
    if (stamp.version > lt_schema_version) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NEWER,
                    _("the archive '%s' was made by a newer luutru (its schema is %d, this program "
                      "knows up to %u): install the newer program"),
                    shown, (int)stamp.version, lt_schema_version);
        return FALSE;
    }
    if (stamp.version == lt_schema_version || store->old)
        return TRUE;
    if (store->mode == LT_STORE_READ) {
        g_set_error(
            error, LT_STORE_ERROR, LT_STORE_ERROR_READ_ONLY,
            _("the archive '%s' was made by an older luutru and must be upgraded first: run "
              "'luutru ingest' on it once"),
            shown);
        return FALSE;
    }
    return upgrade(store, error);
}
