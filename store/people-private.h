/* What the files about people share. An LtPeople is an LtStore of another database: only what asks for none of the
 * archive's tables may be done with it. */
#pragma once

#include "store/private.h"

#define LT_PEOPLE_DATABASE "web.db"

/* --- people-copy.c --- */

/* Makes the people and the log of the archive in the folder to those of the archive in the folder from; where that has
 * none, nothing is done. */
gboolean lt_people_copy(const char *from, const char *to, GError **error);

/* --- backup.c --- */

gboolean lt_store_drop_journals(const char *database, GError **error);

/* --- password.c --- */

/* (transfer full) what is kept of it: yescrypt, with a salt of its own. */
char *lt_password_hash(const char *password, GError **error);
/* hash NULL: takes as long, and is FALSE. */
gboolean lt_password_is(const char *password, const char *hash);

/* --- people.c --- */

/* Columns name, role, cleared, locked, made_at, seen_at. (transfer full) */
LtPerson *lt_person_read(sqlite3_stmt *row);
