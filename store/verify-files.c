/* The files of the archive: each original that lies there is known, and nothing else does. */
#include "store/verify.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define LT_STORE_DERIVED "derived"

static gboolean
is_hexadecimal(const char *name, gsize length)
{
    return strlen(name) == length && strspn(name, "0123456789abcdef") == length;
}

static void
report_file(LtVerify *verify, const char *fault, const char *path, const char *sha256,
            gboolean repaired)
{
    static const struct {
        const char *fault, *detail;
    } sentences[] = {
        {"stranger", N_("'%s' is no original, and nothing else belongs there: look at it, and take "
                        "it away")},
        {"unknown", N_("'%s' is an original that neither a document nor the ledger knows: with "
                       "--repair the next run files it")},
        {"removed", N_("'%s' belongs to a document that was removed: with --repair it is deleted")},
        {"writable", N_("'%s' can be written: an original never changes")},
        {"left-over", N_("'%s' was made of a document that is not there")},
        {"unreadable", N_("the folder '%s' cannot be read, and what lies in it was not looked at: "
                          "check the disk, and ask for permission to read it")},
    };
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(GString) detail = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(sentences); i++)
        if (strcmp(sentences[i].fault, fault) == 0)
            g_string_append(detail, _(sentences[i].detail));
    g_string_replace(detail, "%s", shown, 1);
    lt_verify_report(
        verify,
        (LtFault){.fault = fault, .sha256 = sha256, .detail = detail->str, .repaired = repaired});
}

#define SECONDS_ON_THE_WAY 60

/* A run that takes files in puts the original first and speaks of it a moment later: what it may have put just now
 * is left to the next check. */
static gboolean
is_on_its_way(const LtStore *store, const struct stat *status)
{
    gint64 age = g_get_real_time() / G_USEC_PER_SEC - status->st_ctim.tv_sec;

    return age >= -1 && age < SECONDS_ON_THE_WAY && lt_lock_is_of_another(store);
}

typedef enum { KNOWN, REMOVED, UNKNOWN } Knowledge;

static gboolean
look_up(LtStore *store, const char *sha256, Knowledge *ret_knowledge, GError **error)
{
    gint64 removed, known;

    if (!lt_sql_integer(store, &known, error,
                        "SELECT EXISTS (SELECT 1 FROM document WHERE sha256 = ?1)"
                        " OR EXISTS (SELECT 1 FROM ledger WHERE sha256 = ?1)",
                        "s", sha256) ||
        !lt_sql_integer(store, &removed, error,
                        "SELECT EXISTS (SELECT 1 FROM removal WHERE sha256 = ?1)", "s", sha256))
        return FALSE;
    *ret_knowledge = removed ? REMOVED : known ? KNOWN : UNKNOWN;
    return TRUE;
}

static gboolean
check_original(LtVerify *verify, const char *path, const char *sha256, const struct stat *status,
               GError **error)
{
    gboolean repair = verify->options->repair;
    gboolean coming = is_on_its_way(verify->store, status);
    Knowledge knowledge;

    if (!look_up(verify->store, sha256, &knowledge, error))
        return FALSE;
    if (knowledge != KNOWN && coming)
        return TRUE;
    /* A backup that was cut short has originals that the next one speaks of. */
    if (knowledge == UNKNOWN && verify->is_backup)
        return TRUE;
    if (knowledge == REMOVED)
        report_file(verify, "removed", path, sha256,
                    repair && lt_store_drop_original(verify->store, sha256, NULL));
    else if (knowledge == UNKNOWN)
        report_file(verify, "unknown", path, sha256, repair && lt_mend_stray(verify, sha256));
    else if ((status->st_mode & 0222) != 0)
        report_file(verify, "writable", path, sha256, repair && chmod(path, 0444) == 0);
    return TRUE;
}

/* What is not well is looked at again once the rest of its folder is done: it may have changed meanwhile. */
typedef struct {
    char *path, *sha256;
} Doubtful;

static void
doubtful_free(gpointer data)
{
    Doubtful *doubtful = data;

    g_free(doubtful->path);
    g_free(doubtful->sha256);
    g_free(doubtful);
}

static gboolean
check_entry(LtVerify *verify, const char *folder, const char *first, const char *name,
            GPtrArray *doubtful, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *sha256 = g_strconcat(first, name, NULL);
    Knowledge knowledge;
    struct stat status;

    if (lstat(path, &status) != 0)
        return TRUE; /* removed meanwhile */
    if (!S_ISREG(status.st_mode) || !is_hexadecimal(sha256, LT_STORE_SHA256_LENGTH)) {
        report_file(verify, "stranger", path, NULL, FALSE);
        return TRUE;
    }
    if (!look_up(verify->store, sha256, &knowledge, error))
        return FALSE;
    if (knowledge == KNOWN && (status.st_mode & 0222) == 0)
        return TRUE;
    Doubtful *entry = g_new0(Doubtful, 1);
    entry->path = g_steal_pointer(&path);
    entry->sha256 = g_steal_pointer(&sha256);
    g_ptr_array_add(doubtful, entry);
    return TRUE;
}

static gboolean
is_folder(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static gboolean
check_folder(LtVerify *verify, const char *objects, const char *name, GError **error)
{
    g_autofree char *folder = g_build_filename(objects, name, NULL);
    g_autoptr(GPtrArray) doubtful = g_ptr_array_new_with_free_func(doubtful_free);
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *entry;
    struct stat status;

    if (strcmp(name, LT_STORE_TEMPORARY) == 0)
        return TRUE;
    if (!is_hexadecimal(name, 2) || !is_folder(folder)) {
        report_file(verify, "stranger", folder, NULL, FALSE);
        return TRUE;
    }
    if (entries == NULL) {
        report_file(verify, "unreadable", folder, NULL, FALSE);
        return TRUE;
    }
    while ((entry = g_dir_read_name(entries)) != NULL)
        if (!check_entry(verify, folder, name, entry, doubtful, error))
            return FALSE;
    for (guint i = 0; i < doubtful->len; i++) {
        const Doubtful *again = g_ptr_array_index(doubtful, i);

        if (lstat(again->path, &status) == 0 &&
            !check_original(verify, again->path, again->sha256, &status, error))
            return FALSE;
    }
    return TRUE;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted, so that a check can go on after one of them. A folder that is there and cannot be read is reported.
 * (transfer full) */
static GPtrArray *
names_in(LtVerify *verify, const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    const char *name;

    if (entries == NULL && is_folder(folder))
        report_file(verify, "unreadable", folder, NULL, FALSE);
    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

/* derived/ab/cdef…: whatever is made of an original begins with its name. */
static gboolean
check_derived(LtVerify *verify, const char *folder, const char *first, GError **error)
{
    g_autofree char *path = g_build_filename(folder, first, NULL);
    g_autoptr(GPtrArray) names = names_in(verify, path);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *sum = g_strdup_printf("%s%.62s", first, name);
        g_autofree char *file = g_build_filename(path, name, NULL);
        gint64 id;

        if (!lt_store_find_sha256(verify->store, sum, &id, error))
            return FALSE;
        if (id == 0)
            report_file(verify, "left-over", file, NULL,
                        verify->options->repair && lt_disk_unlink(file, LT_STORE_DERIVED));
    }
    return TRUE;
}

gboolean
lt_verify_files(LtVerify *verify, GError **error)
{
    g_autofree char *objects = g_build_filename(verify->store->directory, LT_STORE_OBJECTS, NULL);
    g_autofree char *derived = g_build_filename(verify->store->directory, LT_STORE_DERIVED, NULL);
    g_autoptr(GPtrArray) names = names_in(verify, objects);
    g_autoptr(GPtrArray) made = names_in(verify, derived);
    g_autofree char *after = g_strdup(verify->position);

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);

        if (after != NULL && strcmp(name, after) <= 0)
            continue;
        if (!check_folder(verify, objects, name, error) || !lt_verify_step(verify, name, error))
            return FALSE;
    }
    for (guint i = 0; i < made->len; i++)
        if (!check_derived(verify, derived, g_ptr_array_index(made, i), error))
            return FALSE;
    return TRUE;
}
