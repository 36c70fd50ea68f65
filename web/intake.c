#include "web/intake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define PATIENCE "60" /* seconds that a run waits for a watcher's answers */
#define AGAIN_SECONDS                                                                              \
    5 /* after a run that could not take the inbox, for another one holds the archive */

/* As 'ingest' names what it takes, with links followed: files are found in the ledger by their paths. */
static char *
inbox_of(const char *archive)
{
    char *resolved = realpath(archive, NULL);
    char *inbox = g_build_filename(resolved != NULL ? resolved : archive, LT_INGEST_INBOX, NULL);

    free(resolved);
    return inbox;
}

int
lt_inbox_make(const char *archive, char **ret_path, GError **error)
{
    g_autofree char *inbox = inbox_of(archive);
    g_autofree char *path = g_build_filename(inbox, LT_INGEST_ARRIVING "XXXXXX", NULL);
    gboolean made = lt_store_is_there(archive) && (g_mkdir(inbox, 0700) == 0 || errno == EEXIST);
    int fd = made ? g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600) : -1;

    if (fd < 0) {
        g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno),
                    _("the file cannot be taken now: %s"), g_strerror(errno));
        return -1;
    }
    *ret_path = g_steal_pointer(&path);
    return fd;
}

/* --- runs --- */

struct LtIntake {
    char *archive, *program;
    gboolean strict;
    GMainContext *home;
    GSubprocess *run; /* (nullable) the one that is under way */
    GCancellable *cancel;
    gboolean again; /* something came meanwhile */
};

static void start(LtIntake *intake);

/* What is filed, or was filed before, is in the archive and on its disk; what was removed is wanted nowhere. Anything
 * else stays, for it may have to be read again. */
static gboolean
may_go(LtStore *store, const LtLedgerRow *row)
{
    g_autoptr(LtRemoval) removal = NULL;

    if (row->state == LT_LEDGER_FILED || row->state == LT_LEDGER_DUPLICATE)
        return row->document > 0;
    if (row->state == LT_LEDGER_SKIPPED && row->sha256 != NULL)
        removal = lt_store_find_removal(store, row->sha256, NULL);
    return removal != NULL;
}

static void
clean_folder(LtStore *store, const char *folder)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(LtLedgerRow) row = lt_store_ledger_latest(store, path, NULL);
        if (row != NULL && may_go(store, row))
            g_unlink(path);
    }
    g_rmdir(folder);
}

static void
clean(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data, G_GNUC_UNUSED GCancellable *cancel)
{
    const char *archive = data;
    g_autofree char *inbox = inbox_of(archive);
    g_autoptr(LtStore) store = lt_store_open(archive, LT_STORE_READ, NULL);
    g_autoptr(GDir) folders = store != NULL ? g_dir_open(inbox, 0, NULL) : NULL;
    const char *name;

    while (folders != NULL && (name = g_dir_read_name(folders)) != NULL) {
        g_autofree char *folder = g_build_filename(inbox, name, NULL);
        if (name[0] != '.')
            clean_folder(store, folder);
    }
    g_task_return_boolean(task, TRUE);
}

static gboolean
on_again(gpointer user_data)
{
    start(user_data);
    return G_SOURCE_REMOVE;
}

static void
run_has_ended(GObject *source, GAsyncResult *result, gpointer user_data)
{
    LtIntake *intake = user_data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GTask) task = NULL;
    gboolean well;

    if (!g_subprocess_wait_finish(G_SUBPROCESS(source), result, &error) &&
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    /* 0: all is done; 1: with files that could not be read, which the list shows. */
    well =
        g_subprocess_get_if_exited(intake->run) && g_subprocess_get_exit_status(intake->run) <= 1;
    g_clear_object(&intake->run);
    task = g_task_new(NULL, NULL, NULL, NULL);
    g_task_set_task_data(task, g_strdup(intake->archive), g_free);
    g_task_run_in_thread(task, clean);
    if (!well)
        g_timeout_add_seconds(AGAIN_SECONDS, on_again, intake);
    else if (intake->again)
        start(intake);
}

/* Beside a watcher one file that has to wait, for hours perhaps, does not keep what came after it: the run ends, the
 * file stays asked for, and the next run asks for all that is there by then. */
static void
start(LtIntake *intake)
{
    g_autofree char *inbox = inbox_of(intake->archive);
    g_autoptr(GError) error = NULL;
    const char *const arguments[] = {intake->program,
                                     "--archive",
                                     intake->archive,
                                     "ingest",
                                     "--wait",
                                     PATIENCE,
                                     inbox,
                                     intake->strict ? "--require-sandbox" : NULL,
                                     NULL};

    intake->again = intake->run != NULL;
    if (intake->run != NULL)
        return;
    if (!lt_store_is_there(intake->archive)) { /* a run would make one */
        g_timeout_add_seconds(AGAIN_SECONDS, on_again, intake);
        return;
    }
    intake->run = g_subprocess_newv(
        arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
    if (intake->run == NULL) {
        g_warning("%s", error->message);
        g_timeout_add_seconds(AGAIN_SECONDS, on_again, intake);
        return;
    }
    g_subprocess_wait_async(intake->run, intake->cancel, run_has_ended, intake);
}

/* Left over by a server that was killed between taking a file and handing it on. */
static gboolean
has_something(const char *archive)
{
    g_autofree char *inbox = inbox_of(archive);
    g_autoptr(GDir) entries = g_dir_open(inbox, 0, NULL);
    const char *name;
    gboolean something = FALSE;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *path = g_build_filename(inbox, name, NULL);
        if (name[0] == '.')
            g_unlink(path); /* nobody was told that it was taken */
        else
            something = TRUE;
    }
    return something;
}

LtIntake *
lt_intake_new(const char *archive, const char *program, gboolean strict)
{
    LtIntake *intake = g_new0(LtIntake, 1);

    intake->archive = g_strdup(archive);
    intake->program = g_strdup(program);
    intake->strict = strict;
    intake->home = g_main_context_ref_thread_default();
    intake->cancel = g_cancellable_new();
    if (has_something(archive))
        start(intake);
    return intake;
}

void
lt_intake_free(LtIntake *intake)
{
    if (intake == NULL)
        return;
    g_cancellable_cancel(intake->cancel);
    g_object_unref(intake->cancel);
    g_clear_object(&intake->run);
    g_main_context_unref(intake->home);
    g_free(intake->archive);
    g_free(intake->program);
    g_free(intake);
}

void
lt_intake_kick(LtIntake *intake)
{
    g_main_context_invoke(intake->home, on_again, intake);
}

/* --- how files go --- */

#define UPLOADS_SHOWN 200u
#define OTHERS_SHOWN 30u /* of each state */

void
lt_intake_view_clear(LtIntakeView *view)
{
    g_clear_pointer(&view->keys, g_ptr_array_unref);
    g_clear_pointer(&view->files, g_ptr_array_unref);
    g_clear_pointer(&view->counts, g_free);
    g_clear_pointer(&view->watcher, g_free);
}

static gboolean
is_doubtful(LtStore *store, const LtLedgerRow *row)
{
    g_autoptr(LtRecord) record = row != NULL && row->state == LT_LEDGER_FILED
                                     ? lt_store_document_brief(store, row->document, NULL)
                                     : NULL;

    return record != NULL && record->doubts->len > 0;
}

/* One of the two may be NULL: of a file that nobody dropped here, and of one that no run has met yet. */
static void
add_file(LtStore *store, LtIntakeView *view, const LtUpload *upload, const LtLedgerRow *row)
{
    g_autofree char *name =
        upload != NULL ? g_strdup(upload->name) : g_path_get_basename(row->path);
    char *key = upload != NULL ? g_strdup_printf("upload-%" G_GINT64_FORMAT, upload->id)
                               : g_strdup_printf("file-%" G_GINT64_FORMAT, row->id);
    GString *json = g_string_new("{");

    lt_json_put_string(json, "id", key);
    lt_json_put_id(json, "file", row != NULL ? row->id : 0);
    lt_json_put_path(json, "name", name);
    lt_json_put_string(json, "state",
                       lt_ledger_state_name(row != NULL ? row->state : LT_LEDGER_SEEN));
    lt_json_put_string(json, "reason", row != NULL ? row->reason : NULL);
    lt_json_put_id(json, "document", row != NULL ? row->document : 0);
    lt_json_put_string(json, "changed_at", row != NULL ? row->changed_at : upload->at);
    lt_json_put_string(json, "by", upload != NULL ? upload->person : NULL);
    lt_json_put_bool(json, "review", is_doubtful(store, row));
    g_string_append_c(json, '}');
    g_ptr_array_add(view->keys, key);
    g_ptr_array_add(view->files, g_string_free(json, FALSE));
}

static gboolean
add_uploads(LtStore *store, LtPeople *people, LtIntakeView *view, GHashTable *shown, GError **error)
{
    g_autoptr(GPtrArray) uploads = lt_people_uploads(people, UPLOADS_SHOWN, error);

    for (guint i = 0; uploads != NULL && i < uploads->len; i++) {
        const LtUpload *upload = g_ptr_array_index(uploads, i);
        g_autoptr(LtLedgerRow) row = lt_store_ledger_latest(store, upload->path, NULL);
        add_file(store, view, upload, row);
        g_hash_table_add(shown, g_strdup(upload->path));
    }
    return uploads != NULL;
}

static int
newest_first(gconstpointer a, gconstpointer b)
{
    const LtLedgerRow *first = *(const LtLedgerRow *const *)a;
    const LtLedgerRow *second = *(const LtLedgerRow *const *)b;
    int order = strcmp(second->changed_at, first->changed_at);

    return order != 0 ? order : (first->id < second->id) - (first->id > second->id);
}

/* What the watcher, or somebody at the command line, took in of late. */
static gboolean
add_others(LtStore *store, LtIntakeView *view, GHashTable *shown, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)lt_ledger_row_free);

    for (guint i = 0; i < LT_LEDGER_N_STATES; i++) {
        GPtrArray *rows = lt_store_ledger_list(store, (LtLedgerState)i, OTHERS_SHOWN, error);
        if (rows == NULL)
            return FALSE;
        g_ptr_array_extend_and_steal(all, rows);
    }
    g_ptr_array_sort(all, newest_first);
    for (guint i = 0; i < all->len; i++) {
        const LtLedgerRow *row = g_ptr_array_index(all, i);
        if (!g_hash_table_contains(shown, row->path))
            add_file(store, view, NULL, row);
    }
    return TRUE;
}

static char *
describe_counts(const LtStoreStatus *status)
{
    GString *json = g_string_new("{");

    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        lt_json_put_integer(json, lt_ledger_state_name((LtLedgerState)i), status->ledger[i]);
    lt_json_put_integer(json, "documents", status->documents);
    lt_json_put_integer(json, "needs_review", status->needs_review);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}

static char *
describe_watcher(const LtStoreActivity *activity)
{
    const LtWatchNote *note = &activity->watcher;
    g_autofree char *oldest =
        activity->oldest_path != NULL ? g_path_get_basename(activity->oldest_path) : NULL;
    GString *json = g_string_new("{");

    lt_json_put_bool(json, "running", activity->watched);
    lt_json_put_bool(json, "paused", activity->watched && g_strcmp0(note->state, "paused") == 0);
    lt_json_put_string(json, "state", note->state);
    lt_json_put_string(json, "reason", note->reason);
    lt_json_put_integer(json, "folders", note->folders);
    lt_json_put_integer(json, "waiting", note->waiting);
    lt_json_put_integer(json, "backlog", activity->unfinished + activity->queued);
    lt_json_put_integer(json, "put_off", activity->put_off);
    lt_json_put_path(json, "oldest", oldest);
    lt_json_put_string(json, "oldest_since", activity->oldest_since);
    lt_json_put_integer(json, "filed_last_hour", activity->filed_hour);
    lt_json_put_integer(json, "filed_last_day", activity->filed_day);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}

gboolean
lt_intake_view(LtStore *store, LtPeople *people, LtIntakeView *ret_view, GError **error)
{
    g_autoptr(GHashTable) shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(LtStoreActivity) activity = {0};
    LtStoreStatus status;

    ret_view->keys = g_ptr_array_new_with_free_func(g_free);
    ret_view->files = g_ptr_array_new_with_free_func(g_free);
    if (!lt_store_status(store, &status, error) || !lt_store_activity(store, &activity, error) ||
        !add_uploads(store, people, ret_view, shown, error) ||
        !add_others(store, ret_view, shown, error))
        return FALSE;
    ret_view->counts = describe_counts(&status);
    ret_view->watcher = describe_watcher(&activity);
    return TRUE;
}
