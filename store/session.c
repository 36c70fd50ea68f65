/* Sessions: who is logged in. The token is 256 random bits; only its SHA-256 is kept, so that who reads the
 * database cannot be somebody. */
#include "store/people-private.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 32u
#define TRY_SECONDS (15 * 60)
#define TRIES_OF_BOTH 5     /* that fail, of one name from one address */
#define TRIES_OF_ADDRESS 20 /* of any names */
#define TRIES_OF_NAME                                                                              \
    100 /* from anywhere: more, so that a stranger cannot easily lock somebody out */
#define NOTE_SECONDS 60 /* how exactly it is kept when somebody was seen */

void
lt_session_clear(LtSession *session)
{
    g_clear_pointer(&session->person, lt_person_free);
}

static gint64
now(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

static char *
sum_of(const char *token)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, token, -1);
}

/* (transfer full) (nullable) */
static char *
make_token(void)
{
    guint8 bytes[TOKEN_BYTES];
    char *token;

    if (getrandom(bytes, sizeof bytes, 0) != (gssize)sizeof bytes)
        return NULL;
    token = g_base64_encode(bytes, sizeof bytes);
    /* Letters that a cookie may have without quotes. */
    g_strdelimit(token, "=", '\0');
    g_strdelimit(token, "+", '-');
    return g_strdelimit(token, "/", '_');
}

static gboolean
tried_too_often(LtStore *store, const char *name, const char *address, gboolean *ret_too_often,
                GError **error)
{
    gint64 since = now() - TRY_SECONDS;
    gint64 both = 0, by_address = 0, by_name = 0;

    if (!lt_sql_run(store, error, "DELETE FROM attempt WHERE at < ?", "i", since) ||
        !lt_sql_integer(store, &both, error,
                        "SELECT count(*) FROM attempt WHERE name = ? AND address = ?", "ss", name,
                        address) ||
        !lt_sql_integer(store, &by_address, error, "SELECT count(*) FROM attempt WHERE address = ?",
                        "s", address) ||
        !lt_sql_integer(store, &by_name, error, "SELECT count(*) FROM attempt WHERE name = ?", "s",
                        name))
        return FALSE;
    *ret_too_often =
        both >= TRIES_OF_BOTH || by_address >= TRIES_OF_ADDRESS || by_name >= TRIES_OF_NAME;
    return TRUE;
}

/* Old sessions go on the way. */
static gboolean
begin_session(LtStore *store, const char *name, const char *address, char **ret_token,
              GError **error)
{
    g_autofree char *token = make_token();
    g_autofree char *sum = token != NULL ? sum_of(token) : NULL;
    gint64 time = now();

    if (token == NULL)
        return lt_store_fail_errno(errno, "/dev/urandom", error);
    if (!lt_sql_run(store, error, "DELETE FROM session WHERE begun < ? OR seen < ?", "ii",
                    time - LT_SESSION_SECONDS, time - LT_SESSION_IDLE_SECONDS) ||
        !lt_sql_run(store, error, "DELETE FROM attempt WHERE name = ? AND address = ?", "ss", name,
                    address) ||
        !lt_sql_run(store, error,
                    "INSERT INTO session (token, person, begun, seen, address)"
                    " VALUES (?, ?, ?, ?, ?)",
                    "ssiis", sum, name, time, time, address))
        return FALSE;
    *ret_token = g_steal_pointer(&token);
    return TRUE;
}

/* (nullable) what is kept of the password of somebody who may log in. FALSE on error. */
static gboolean
find_hash(LtStore *store, const char *name, char **ret_hash, GError **error)
{
    g_autoptr(sqlite3_stmt) row = lt_sql_prepare(
        store, error, "SELECT password FROM person WHERE name = ? AND NOT locked", "s", name);
    int got = row != NULL ? lt_sql_step(store, row, error) : -1;

    *ret_hash = got > 0 ? lt_sql_dup_text(row, 0) : NULL;
    return got >= 0;
}

gboolean
lt_people_log_in(LtPeople *people, const char *name, const char *password, const char *address,
                 LtLogIn *ret_outcome, char **ret_token, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autofree char *hash = NULL;
    gboolean too_often = FALSE;

    *ret_token = NULL;
    *ret_outcome = LT_LOG_IN_WRONG;
    if (strlen(name) > LT_PERSON_MAX_NAME * 4 || strlen(password) > LT_PASSWORD_MOST)
        return TRUE;
    if (!tried_too_often(store, name, address, &too_often, error) ||
        !find_hash(store, name, &hash, error))
        return FALSE;
    if (too_often) {
        *ret_outcome = LT_LOG_IN_TOO_OFTEN;
        return TRUE;
    }
    if (!lt_password_is(password, hash))
        return lt_sql_run(store, error, "INSERT INTO attempt (at, name, address) VALUES (?, ?, ?)",
                          "iss", now(), name, address);
    *ret_outcome = LT_LOG_IN_DONE;
    return begin_session(store, name, address, ret_token, error);
}

static gboolean
note_seen(LtStore *store, const char *sum, gint64 seen, gint64 time, GError **error)
{
    return time - seen < NOTE_SECONDS ||
           lt_sql_run(store, error, "UPDATE session SET seen = ? WHERE token = ?", "is", time, sum);
}

/* *ret_seen: when the person was last noted to be there. */
static gboolean
find_session(LtStore *store, const char *sum, LtSession *ret_session, gint64 *ret_seen,
             GError **error)
{
    gint64 time = now(), begun;
    g_autoptr(LtKept) row =
        lt_sql_keep(store, error,
                    "SELECT p.name, p.role, p.cleared, p.locked, p.made_at, NULL, s.begun, s.seen"
                    " FROM session s JOIN person p ON p.name = s.person"
                    " WHERE s.token = ? AND NOT p.locked",
                    "s", sum);
    int got = row != NULL ? lt_sql_step(store, row, error) : -1;

    if (got <= 0)
        return got == 0;
    begun = sqlite3_column_int64(row, 6);
    *ret_seen = sqlite3_column_int64(row, 7);
    if (time - begun >= LT_SESSION_SECONDS || time - *ret_seen >= LT_SESSION_IDLE_SECONDS)
        return TRUE;
    ret_session->person = lt_person_read(row);
    ret_session->expires = MIN(begun + LT_SESSION_SECONDS, time + LT_SESSION_IDLE_SECONDS);
    return TRUE;
}

gboolean
lt_people_session(LtPeople *people, const char *token, LtSession *ret_session, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autofree char *sum = sum_of(token);
    gint64 seen = 0;

    if (!find_session(store, sum, ret_session, &seen, error))
        return FALSE;
    return ret_session->person == NULL || note_seen(store, sum, seen, now(), error);
}

gboolean
lt_people_session_lasts(LtPeople *people, const char *token)
{
    g_auto(LtSession) session = {0};
    g_autofree char *sum = sum_of(token);
    gint64 seen = 0;

    return find_session((LtStore *)people, sum, &session, &seen, NULL) && session.person != NULL;
}

gboolean
lt_people_log_out(LtPeople *people, const char *token, GError **error)
{
    g_autofree char *sum = sum_of(token);

    return lt_sql_run((LtStore *)people, error, "DELETE FROM session WHERE token = ?", "s", sum);
}
