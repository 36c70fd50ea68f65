/* The database of people, and who they are. Its tables: person, session, attempt, access, upload; see
 * docs/server.md. */
#include "store/people-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define APPLICATION_ID "0x4C547770" /* "LTwp" */

static const char SCHEMA[] =
    "BEGIN IMMEDIATE;"
    "PRAGMA application_id = " APPLICATION_ID ";"
    "PRAGMA user_version = 1;"
    "CREATE TABLE IF NOT EXISTS person (name TEXT PRIMARY KEY, password TEXT NOT NULL,"
    " role TEXT NOT NULL, cleared INTEGER NOT NULL, locked INTEGER NOT NULL DEFAULT 0,"
    " made_at TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS session (token TEXT PRIMARY KEY,"
    " person TEXT NOT NULL REFERENCES person ON DELETE CASCADE, begun INTEGER NOT NULL,"
    " seen INTEGER NOT NULL, address TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS session_person ON session (person);"
    "CREATE TABLE IF NOT EXISTS attempt (at INTEGER NOT NULL, name TEXT NOT NULL,"
    " address TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS attempt_at ON attempt (at);"
    "CREATE TABLE IF NOT EXISTS access (id INTEGER PRIMARY KEY, at TEXT NOT NULL,"
    " person TEXT NOT NULL, address TEXT NOT NULL, action TEXT NOT NULL, document INTEGER,"
    " detail TEXT);"
    "CREATE INDEX IF NOT EXISTS access_document ON access (document) WHERE document IS NOT NULL;"
    "CREATE TABLE IF NOT EXISTS upload (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
    " path BLOB NOT NULL, person TEXT, at TEXT NOT NULL, size INTEGER NOT NULL);"
    "COMMIT;";

static const char *const ROLE_NAMES[LT_N_ROLES] = {
    [LT_ROLE_READER] = "reader",
    [LT_ROLE_ARCHIVIST] = "archivist",
    [LT_ROLE_ADMINISTRATOR] = "administrator",
};

const char *
lt_role_name(LtRole role)
{
    return ROLE_NAMES[role];
}

gboolean
lt_role_from_name(const char *name, LtRole *ret_role)
{
    for (guint i = 0; i < LT_N_ROLES; i++)
        if (g_strcmp0(ROLE_NAMES[i], name) == 0) {
            *ret_role = (LtRole)i;
            return TRUE;
        }
    return FALSE;
}

void
lt_person_free(LtPerson *person)
{
    if (person == NULL)
        return;
    g_free(person->name);
    g_free(person->made_at);
    g_free(person->seen_at);
    g_free(person);
}

void
lt_people_close(LtPeople *people)
{
    lt_store_close((LtStore *)people);
}

/* Nobody but the archive's owner reads it, whatever the umask. */
static gboolean
connect_to(LtStore *store, gboolean create, GError **error)
{
    g_autofree char *path = g_build_filename(store->directory, LT_PEOPLE_DATABASE, NULL);
    gint64 version = 0;
    struct stat status;

    if (!create && stat(path, &status) != 0) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                    _("nobody was given access yet: 'luutru user add NAME' does"));
        return FALSE;
    }
    if (!lt_store_connect(store, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error))
        return FALSE;
    chmod(path, 0600);
    /* A copy is in another journal mode, in which who reads waits for who writes. */
    if (!lt_sql_script(store, "PRAGMA journal_mode = WAL", error) ||
        !lt_sql_script(store, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -512", error) ||
        !lt_sql_integer(store, &version, error, "PRAGMA user_version", ""))
        return FALSE;
    return version == 1 || lt_sql_script(store, SCHEMA, error);
}

LtPeople *
lt_people_open(const char *archive, gboolean create, GError **error)
{
    g_autoptr(LtStore) store = g_new0(LtStore, 1);

    store->directory = g_canonicalize_filename(archive, NULL);
    store->mode = LT_STORE_WRITE;
    store->lock_fd = -1;
    if (!lt_store_check_present(store, error) || !connect_to(store, create, error) ||
        !lt_store_note_place(store, error))
        return NULL;
    return (LtPeople *)g_steal_pointer(&store);
}

gboolean
lt_people_in_place(LtPeople *people)
{
    return lt_store_check_in_place((LtStore *)people, NULL);
}

gboolean
lt_people_are_kept(const char *archive)
{
    g_autofree char *path = g_build_filename(archive, LT_PEOPLE_DATABASE, NULL);
    struct stat status;

    return lstat(path, &status) == 0 || errno != ENOENT;
}

gboolean
lt_people_count(LtPeople *people, guint *ret_count, GError **error)
{
    gint64 count = 0;

    if (!lt_sql_integer((LtStore *)people, &count, error, "SELECT count(*) FROM person", ""))
        return FALSE;
    *ret_count = (guint)count;
    return TRUE;
}

LtPerson *
lt_person_read(sqlite3_stmt *row)
{
    LtPerson *person = g_new0(LtPerson, 1);

    person->name = lt_sql_dup_text(row, 0);
    /* A role that is not known may least. */
    lt_role_from_name((const char *)sqlite3_column_text(row, 1), &person->role);
    person->cleared = sqlite3_column_int(row, 2) != 0;
    person->locked = sqlite3_column_int(row, 3) != 0;
    person->made_at = lt_sql_dup_text(row, 4);
    person->seen_at = lt_sql_dup_text(row, 5);
    return person;
}

GPtrArray *
lt_people_list(LtPeople *people, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)lt_person_free);
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(
        store, error,
        "SELECT name, role, cleared, locked, made_at, (SELECT strftime('%Y-%m-%dT%H:%M:%SZ',"
        " max(seen), 'unixepoch') FROM session s WHERE s.person = p.name) FROM person p ORDER BY "
        "name",
        "");
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0)
        g_ptr_array_add(list, lt_person_read(rows));
    return got == 0 ? g_steal_pointer(&list) : NULL;
}

static gboolean
check_name(const char *name, GError **error)
{
    g_autofree char *line = lt_value_line(_("name"), name, error);

    if (line == NULL)
        return FALSE;
    if (strcmp(line, name) == 0 && g_utf8_strlen(name, -1) <= (glong)LT_PERSON_MAX_NAME)
        return TRUE;
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("a name has at most %u letters, and no blanks before or behind it"),
                LT_PERSON_MAX_NAME);
    return FALSE;
}

static gboolean
check_password(const char *password, GError **error)
{
    if (!g_utf8_validate(password, -1, NULL) || strlen(password) > LT_PASSWORD_MOST ||
        g_utf8_strlen(password, -1) < (glong)LT_PASSWORD_LEAST) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("a password has at least %u letters and at most %u bytes"), LT_PASSWORD_LEAST,
                    LT_PASSWORD_MOST);
        return FALSE;
    }
    return TRUE;
}

gboolean
lt_people_add(LtPeople *people, const char *name, const char *password, LtRole role,
              gboolean cleared, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autofree char *now = lt_time_now();
    g_autofree char *sum = NULL;
    gint64 there = 0;

    if (!check_name(name, error) || !check_password(password, error) ||
        !lt_sql_integer(store, &there, error, "SELECT count(*) FROM person WHERE name = ?", "s",
                        name))
        return FALSE;
    if (there > 0) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                    _("there is somebody of the name '%s' already"), name);
        return FALSE;
    }
    sum = lt_password_hash(password, error);
    return sum != NULL && lt_sql_run(store, error,
                                     "INSERT INTO person (name, password, role, cleared, made_at)"
                                     " VALUES (?, ?, ?, ?, ?)",
                                     "sssis", name, sum, lt_role_name(role), (gint64)cleared, now);
}

/* What was changed of a person; whoever is logged in under the name has to log in anew. */
static gboolean
changed(LtStore *store, LtTransaction *transaction, const char *name, GError **error)
{
    if (sqlite3_changes(store->db) == 0) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND,
                    _("there is nobody of the name '%s': see 'luutru user list'"), name);
        return FALSE;
    }
    return lt_sql_run(store, error, "DELETE FROM session WHERE person = ?", "s", name) &&
           lt_transaction_commit(transaction, error);
}

gboolean
lt_people_set_password(LtPeople *people, const char *name, const char *password, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autofree char *sum =
        check_password(password, error) ? lt_password_hash(password, error) : NULL;
    g_autoptr(LtTransaction) transaction = sum != NULL ? lt_transaction_begin(store, error) : NULL;

    return transaction != NULL &&
           lt_sql_run(store, error, "UPDATE person SET password = ? WHERE name = ?", "ss", sum,
                      name) &&
           changed(store, transaction, name, error);
}

gboolean
lt_people_set_role(LtPeople *people, const char *name, LtRole role, gboolean cleared,
                   GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL &&
           lt_sql_run(store, error, "UPDATE person SET role = ?, cleared = ? WHERE name = ?", "sis",
                      lt_role_name(role), (gint64)cleared, name) &&
           changed(store, transaction, name, error);
}

gboolean
lt_people_set_locked(LtPeople *people, const char *name, gboolean locked, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL &&
           lt_sql_run(store, error, "UPDATE person SET locked = ? WHERE name = ?", "is",
                      (gint64)locked, name) &&
           changed(store, transaction, name, error);
}

gboolean
lt_people_remove(LtPeople *people, const char *name, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autoptr(LtTransaction) transaction = lt_transaction_begin(store, error);

    return transaction != NULL &&
           lt_sql_run(store, error, "DELETE FROM person WHERE name = ?", "s", name) &&
           changed(store, transaction, name, error);
}
