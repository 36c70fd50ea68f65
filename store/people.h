/* Who may use the archive over a network: people, their sessions, and what they looked at and changed. A database
 * of its own beside the archive's, ARCHIVE/web.db, so that reading never writes to the archive. One LtPeople
 * belongs to one thread. Part of the front door of store/. */
#pragma once

#include <glib.h>

typedef enum {
    LT_ROLE_READER,        /* searches and reads */
    LT_ROLE_ARCHIVIST,     /* puts right and takes in, too */
    LT_ROLE_ADMINISTRATOR, /* sees who did what, too */
    LT_N_ROLES
} LtRole;

const char *lt_role_name(LtRole role); /* "reader" */
gboolean lt_role_from_name(const char *name, LtRole *ret_role);

#define LT_PERSON_MAX_NAME 64u /* code points */
#define LT_PASSWORD_LEAST 10u  /* code points: NIST SP 800-63B asks for 8 at least */
#define LT_PASSWORD_MOST 512u  /* bytes */
#define LT_SESSION_IDLE_SECONDS (2 * 3600)
#define LT_SESSION_SECONDS (12 * 3600)
#define LT_ACCESS_KEPT 1000000 /* entries of the log; the oldest go */

typedef struct {
    char *name;
    LtRole role;
    gboolean cleared; /* sees what is restricted */
    gboolean locked;  /* cannot log in */
    char *made_at;    /* ISO, UTC */
    char *seen_at;    /* (nullable) of the last session */
} LtPerson;

void lt_person_free(LtPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPerson, lt_person_free)

typedef struct LtPeople LtPeople;

/* archive: its folder. create: makes the database where it is not there; else it is LT_STORE_ERROR_NOT_FOUND. */
LtPeople *lt_people_open(const char *archive, gboolean create, GError **error);
/* Whether the file that is open is still the one at its place. */
gboolean lt_people_in_place(LtPeople *people);
/* Whether there is such a database, be it one that cannot be opened. */
gboolean lt_people_are_kept(const char *archive);
void lt_people_close(LtPeople *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPeople, lt_people_close)

/* --- persons --- */

gboolean lt_people_count(LtPeople *people, guint *ret_count, GError **error);
/* By name, of LtPerson. (transfer full) */
GPtrArray *lt_people_list(LtPeople *people, GError **error);
/* LT_STORE_ERROR_INVALID: there is one of that name, or name or password will not do. */
gboolean lt_people_add(LtPeople *people, const char *name, const char *password, LtRole role,
                       gboolean cleared, GError **error);
/* All of these end the sessions of the person. LT_STORE_ERROR_NOT_FOUND: there is none of that name. */
gboolean lt_people_set_password(LtPeople *people, const char *name, const char *password,
                                GError **error);
gboolean lt_people_set_role(LtPeople *people, const char *name, LtRole role, gboolean cleared,
                            GError **error);
gboolean lt_people_set_locked(LtPeople *people, const char *name, gboolean locked, GError **error);
gboolean lt_people_remove(LtPeople *people, const char *name, GError **error);

/* --- sessions --- */

typedef struct {
    LtPerson *person;
    gint64 expires; /* seconds since 1970 */
} LtSession;

void lt_session_clear(LtSession *session);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtSession, lt_session_clear)

typedef enum {
    LT_LOG_IN_DONE,
    LT_LOG_IN_WRONG,    /* no such person, another password, or locked: nobody is told which */
    LT_LOG_IN_TOO_OFTEN /* so many tries failed that there is a pause */
} LtLogIn;

/* Takes as long for a name that is not there as for one that is. *ret_token (transfer full) is what the person
 * shows from then on; only its sum is kept. FALSE only on error. */
gboolean lt_people_log_in(LtPeople *people, const char *name, const char *password,
                          const char *address, LtLogIn *ret_outcome, char **ret_token,
                          GError **error);
/* Whose session it is; ret_session->person stays NULL where it is none, or is over. Notes that the person is there.
 */
gboolean lt_people_session(LtPeople *people, const char *token, LtSession *ret_session,
                           GError **error);
/* Whether somebody would still be let in by it, which this does not prolong. FALSE, too, where that cannot be found
 * out. */
gboolean lt_people_session_lasts(LtPeople *people, const char *token);
gboolean lt_people_log_out(LtPeople *people, const char *token, GError **error);

/* --- the log of who looked at and changed what --- */

typedef struct {
    char *at; /* ISO, UTC; set by the store */
    char *person, *address;
    char *action;    /* "look", "correct", … */
    gint64 document; /* 0: none */
    char *detail;    /* (nullable) */
} LtAccess;

void lt_access_free(LtAccess *access);
gboolean lt_people_note(LtPeople *people, const LtAccess *access, GError **error);

typedef struct {
    gint64 document;             /* 0: any */
    const char *person, *action; /* (nullable) */
    const char *from, *before;   /* (nullable) moments, as those of LtAccess */
    guint offset, limit;
} LtAccessQuery;

/* Newest first, of LtAccess. (transfer full) */
GPtrArray *lt_people_accesses(LtPeople *people, const LtAccessQuery *query, guint64 *ret_total,
                              GError **error);

/* --- files that people dropped --- */

typedef struct {
    gint64 id;
    char *name;   /* as the person's machine calls it */
    char *path;   /* where it waits, or waited */
    char *person; /* (nullable) */
    char *at;     /* ISO, UTC */
    guint64 size;
} LtUpload;

void lt_upload_free(LtUpload *upload);
/* *ret_id: of the new row. */
gboolean lt_people_add_upload(LtPeople *people, const LtUpload *upload, gint64 *ret_id,
                              GError **error);
/* Newest first, at most limit, of LtUpload. (transfer full) */
GPtrArray *lt_people_uploads(LtPeople *people, guint limit, GError **error);
