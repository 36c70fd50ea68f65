/* What is asked about the intake: how files go, a new one, the quarantine. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "web/intake.h"
#include "web/route.h"

#define MOST_NAME 200u /* bytes: file systems take 255 */
#define MOST_LISTED 500u

static void
append_array(GString *json, const char *key, const GPtrArray *objects)
{
    lt_json_begin(json, key, '[');
    for (guint i = 0; i < objects->len; i++) {
        lt_json_separate(json);
        g_string_append(json, g_ptr_array_index(objects, i));
    }
    g_string_append_c(json, ']');
}

LtAnswer *
lt_handle_intake(LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    g_auto(LtIntakeView) view = {0};
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    LtPeople *people = store != NULL ? lt_desk_people(desk, &error) : NULL;
    GString *json;

    if (people == NULL || !lt_intake_view(store, people, &view, &error))
        return lt_answer_error(error);
    json = g_string_new("{");
    append_array(json, "files", view.files);
    g_string_append_printf(json, ",\"counts\":%s,\"watcher\":%s}", view.counts, view.watcher);
    return lt_answer_json(200, g_string_free(json, FALSE));
}

LtAnswer *
lt_handle_events(LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    LtAnswer *answer = lt_answer_new(200);

    answer->type = g_strdup("text/event-stream");
    answer->events = TRUE;
    answer->cleared = lt_desk_visitor(desk)->cleared;
    answer->token = g_strdup(lt_desk_visitor(desk)->token);
    lt_answer_add_header(answer, "X-Accel-Buffering", "no"); /* a proxy would keep it back */
    return answer;
}

/* --- dropping --- */

/* The last part of a name, without what no file name should have. (transfer full) (nullable) */
static char *
clean_name(const char *name)
{
    g_autofree char *base = name != NULL ? g_path_get_basename(name) : NULL;
    GString *clean = g_string_new(NULL);

    for (const char *p = base; p != NULL && *p != '\0' && clean->len + 6 < MOST_NAME;
         p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gboolean forbidden = c < 0x80 && strchr("/\\:*?\"<>|", (int)c) != NULL;
        g_string_append_unichar(clean, g_unichar_iscntrl(c) || forbidden ? '_' : c);
    }
    if (clean->len == 0 || clean->str[0] == '.') {
        g_string_free(clean, TRUE);
        return NULL;
    }
    return g_string_free(clean, FALSE);
}

/* Whether a watcher, who takes what is dropped, was begun without the walls that are wanted here. */
static gboolean
is_taken_laxly(LtDesk *desk)
{
    LtStore *store = lt_desk_site(desk)->strict ? lt_desk_store(desk, NULL) : NULL;

    return store != NULL && lt_store_is_served(store, NULL) && !lt_store_is_served_strictly(store);
}

#define TRIES 3u /* to put a file into a folder that is taken away for being empty */

/* From where nobody looks to a folder of its own, which the next run finds. The path there (transfer full), or
 * NULL. */
static char *
move_into_inbox(const char *from, const char *inbox, const char *name)
{
    for (guint try = 1; try <= TRIES; try++) {
        g_autofree char *unique = g_uuid_string_random();
        g_autofree char *folder = g_build_filename(inbox, unique, NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);

        if (g_mkdir(folder, 0700) != 0)
            return NULL;
        if (lt_disk_rename(from, path, "upload"))
            return lt_disk_sync_folder(folder, "upload") ? g_steal_pointer(&path) : NULL;
        if (errno != ENOENT)
            return NULL;
    }
    return NULL;
}

/* On the disk before anybody is told. */
static gboolean
put_in_place(const char *from, const char *name, char **ret_path)
{
    g_autofree char *inbox = g_path_get_dirname(from);
    g_autofree char *path = NULL;
    int fd = g_open(from, O_RDONLY | O_CLOEXEC, 0);
    gboolean synced = fd >= 0 && lt_disk_sync(fd, "upload");

    if (fd >= 0)
        close(fd);
    if (!synced || !(path = move_into_inbox(from, inbox, name)) ||
        !lt_disk_sync_folder(inbox, "upload"))
        return FALSE;
    *ret_path = g_steal_pointer(&path);
    return TRUE;
}

static LtAnswer *
accepted(const LtUpload *upload, gint64 id)
{
    g_autofree char *key = g_strdup_printf("upload-%" G_GINT64_FORMAT, id);
    GString *json = g_string_new("{");

    lt_json_put_string(json, "id", key);
    lt_json_put_string(json, "name", upload->name);
    lt_json_put_string(json, "state", lt_ledger_state_name(LT_LEDGER_SEEN));
    g_string_append_c(json, '}');
    return lt_answer_json(202, g_string_free(json, FALSE));
}

LtAnswer *
lt_handle_upload(LtDesk *desk, const LtRequest *request)
{
    g_autofree char *name = clean_name(lt_request_parameter(request, "name"));
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    LtPeople *people = lt_desk_people(desk, &error);
    struct stat status;
    gint64 id = 0;

    if (people == NULL)
        return lt_answer_error(error);
    if (name == NULL)
        return lt_answer_problem(400, _("the parameter 'name' says what the file is called"));
    if (request->upload == NULL)
        return lt_answer_problem(507, _("the disk did not take the whole file"));
    if (stat(request->upload, &status) != 0 || status.st_size == 0)
        return lt_answer_problem(400, _("the file is empty"));
    if (is_taken_laxly(desk))
        return lt_answer_problem(503, _("no file is taken now: the archive's watcher was not begun "
                                        "with --require-sandbox"));
    if (!put_in_place(request->upload, name, &path))
        return lt_answer_problem(507, _("the disk did not take the whole file"));
    const LtUpload upload = {
        .name = name,
        .path = path,
        .person = (char *)lt_visitor_name(lt_desk_visitor(desk)),
        .size = (guint64)status.st_size,
    };
    /* It is in the inbox: what became of it shows, whatever happens to the list. */
    if (!lt_people_add_upload(people, &upload, &id, &error))
        g_warning("%s", error->message);
    lt_desk_note(desk, request, "upload", 0, name);
    lt_intake_kick(lt_desk_site(desk)->intake);
    return accepted(&upload, id);
}

/* --- quarantine --- */

static void
put_quarantined(GString *json, const LtLedgerRow *row)
{
    g_autofree char *name = g_path_get_basename(row->path);

    lt_json_begin(json, NULL, '{');
    lt_json_put_id(json, "id", row->id);
    lt_json_put_path(json, "name", name);
    lt_json_put_path(json, "source", row->path);
    lt_json_put_string(json, "reason", row->reason);
    lt_json_put_string(json, "at", row->changed_at);
    g_string_append_c(json, '}');
}

LtAnswer *
lt_handle_quarantine(LtDesk *desk, G_GNUC_UNUSED const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_store(desk, &error);
    g_autoptr(GPtrArray) rows =
        store != NULL ? lt_store_ledger_list(store, LT_LEDGER_QUARANTINED, MOST_LISTED, &error)
                      : NULL;
    GString *json;

    if (rows == NULL)
        return lt_answer_error(error);
    json = g_string_new("{");
    lt_json_begin(json, "results", '[');
    for (guint i = 0; i < rows->len; i++)
        put_quarantined(json, g_ptr_array_index(rows, i));
    g_string_append(json, "]}");
    return lt_answer_json(200, g_string_free(json, FALSE));
}

static LtLedgerRow *
find_quarantined(LtStore *store, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) rows = lt_store_ledger_list(store, LT_LEDGER_QUARANTINED, 0, error);

    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(rows, i);
        if (row->id == id)
            return g_ptr_array_steal_index(rows, i);
    }
    return NULL;
}

LtAnswer *
lt_handle_retry(LtDesk *desk, const LtRequest *request)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_desk_writing_store(desk, &error);
    g_autoptr(LtLedgerRow) row = NULL;
    g_autofree char *name = NULL;
    gboolean done = FALSE;
    GString *json;
    gint64 id = 0;

    if (store == NULL)
        return lt_answer_error(error);
    if (lt_request_capture(request, 0, G_MAXINT64, &id))
        row = find_quarantined(store, id, &error);
    if (row == NULL)
        return error != NULL ? lt_answer_error(error)
                             : lt_answer_problem(404, _("no such file is in quarantine"));
    if (!lt_store_ledger_retry(store, id, &done, &error))
        return lt_answer_error(error);
    if (!done)
        return lt_answer_problem(404, _("no such file is in quarantine"));
    name = g_path_get_basename(row->path);
    lt_desk_note(desk, request, "retry", 0, name);
    lt_intake_kick(lt_desk_site(desk)->intake);
    json = g_string_new("{");
    lt_json_put_id(json, "id", id);
    lt_json_put_path(json, "name", name);
    lt_json_put_string(json, "state", lt_ledger_state_name(LT_LEDGER_SEEN));
    g_string_append_c(json, '}');
    return lt_answer_json(202, g_string_free(json, FALSE));
}
