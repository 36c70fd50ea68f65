/* The log of who looked at and changed what, and the files that people dropped. */
#include "store/people-private.h"

#define UPLOADS_KEPT 2000
#define SWEEP_EVERY 1000 /* entries */

void
lt_access_free(LtAccess *access)
{
    if (access == NULL)
        return;
    g_free(access->at);
    g_free(access->person);
    g_free(access->address);
    g_free(access->action);
    g_free(access->detail);
    g_free(access);
}

gboolean
lt_people_note(LtPeople *people, const LtAccess *access, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autofree char *now = lt_time_now();
    gint64 id;

    if (!lt_sql_run(store, error,
                    "INSERT INTO access (at, person, address, action, document, detail)"
                    " VALUES (?, ?, ?, ?, nullif(?, 0), ?)",
                    "ssssis", now, access->person, access->address, access->action,
                    access->document, access->detail))
        return FALSE;
    id = sqlite3_last_insert_rowid(store->db);
    return id % SWEEP_EVERY != 0 ||
           lt_sql_run(store, error, "DELETE FROM access WHERE id <= ?", "i", id - LT_ACCESS_KEPT);
}

#define ASKED                                                                                      \
    " FROM access WHERE (?1 = 0 OR document = ?1) AND (?2 IS NULL OR person = ?2)"                 \
    " AND (?3 IS NULL OR action = ?3) AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)"

GPtrArray *
lt_people_accesses(LtPeople *people, const LtAccessQuery *query, guint64 *ret_total, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)lt_access_free);
    g_autoptr(sqlite3_stmt) rows = NULL;
    gint64 total = 0;
    int got = -1;

    if (!lt_sql_integer(store, &total, error, "SELECT count(*)" ASKED, "issss", query->document,
                        query->person, query->action, query->from, query->before))
        return NULL;
    rows = lt_sql_prepare(store, error,
                          "SELECT at, person, address, action, document, detail" ASKED
                          " ORDER BY id DESC LIMIT ?6 OFFSET ?7",
                          "issssii", query->document, query->person, query->action, query->from,
                          query->before, (gint64)query->limit, (gint64)query->offset);
    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0) {
        LtAccess *access = g_new0(LtAccess, 1);
        access->at = lt_sql_dup_text(rows, 0);
        access->person = lt_sql_dup_text(rows, 1);
        access->address = lt_sql_dup_text(rows, 2);
        access->action = lt_sql_dup_text(rows, 3);
        access->document = sqlite3_column_int64(rows, 4);
        access->detail = lt_sql_dup_text(rows, 5);
        g_ptr_array_add(list, access);
    }
    *ret_total = (guint64)total;
    return got == 0 ? g_steal_pointer(&list) : NULL;
}

/* --- uploads --- */

void
lt_upload_free(LtUpload *upload)
{
    if (upload == NULL)
        return;
    g_free(upload->name);
    g_free(upload->path);
    g_free(upload->person);
    g_free(upload->at);
    g_free(upload);
}

gboolean
lt_people_add_upload(LtPeople *people, const LtUpload *upload, gint64 *ret_id, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autofree char *now = lt_time_now();

    if (!lt_sql_run(store, error,
                    "INSERT INTO upload (name, path, person, at, size) VALUES (?, ?, ?, ?, ?)",
                    "spssi", upload->name, upload->path, upload->person, now, (gint64)upload->size))
        return FALSE;
    *ret_id = sqlite3_last_insert_rowid(store->db);
    return lt_sql_run(store, error, "DELETE FROM upload WHERE id <= ?", "i",
                      *ret_id - UPLOADS_KEPT);
}

GPtrArray *
lt_people_uploads(LtPeople *people, guint limit, GError **error)
{
    LtStore *store = (LtStore *)people;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)lt_upload_free);
    g_autoptr(sqlite3_stmt) rows = lt_sql_prepare(
        store, error,
        "SELECT id, name, path, person, at, size FROM upload ORDER BY id DESC LIMIT ?", "i",
        (gint64)limit);
    int got = -1;

    while (rows != NULL && (got = lt_sql_step(store, rows, error)) > 0) {
        LtUpload *upload = g_new0(LtUpload, 1);
        upload->id = sqlite3_column_int64(rows, 0);
        upload->name = lt_sql_dup_text(rows, 1);
        upload->path =
            g_strndup(sqlite3_column_blob(rows, 2), (gsize)sqlite3_column_bytes(rows, 2));
        upload->person = lt_sql_dup_text(rows, 3);
        upload->at = lt_sql_dup_text(rows, 4);
        upload->size = (guint64)sqlite3_column_int64(rows, 5);
        g_ptr_array_add(list, upload);
    }
    return got == 0 ? g_steal_pointer(&list) : NULL;
}
