/* The office's own rules in a copy: the same files in the same folders, and no others. */
#include "store/backup-rules.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/private.h"

#define RULES "rules"
#define MOST_LEVELS 16u
#define PLACE "copy" /* of the fault points */

static gboolean
fail_with(const GError *failure, GError **error)
{
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_IO, failure->message);
    return FALSE;
}

static gboolean
copy_file(const char *from, const char *to, GError **error)
{
    g_autofree char *bytes = NULL, *others = NULL;
    g_autoptr(GError) failure = NULL;
    gsize size, other_size;

    if (!g_file_get_contents(from, &bytes, &size, &failure))
        return fail_with(failure, error);
    if (g_file_get_contents(to, &others, &other_size, NULL) && size == other_size &&
        memcmp(bytes, others, size) == 0)
        return TRUE;
    return g_file_set_contents_full(to, bytes, (gssize)size,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    0644, &failure) ||
           fail_with(failure, error);
}

/* A link to a folder is none: it may lead back. */
static gboolean
is_folder(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static gboolean
drop_tree(const char *path, GError **error)
{
    g_autoptr(GDir) entries = is_folder(path) ? g_dir_open(path, 0, NULL) : NULL;
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *entry = g_build_filename(path, name, NULL);

        if (!drop_tree(entry, error))
            return FALSE;
    }
    return (entries != NULL ? rmdir(path) == 0 : lt_disk_unlink(path, "leftover")) ||
           lt_store_fail_errno(errno, path, error);
}

/* What is there and of another kind, or not wanted at all, goes. */
static gboolean
drop_others(const char *from, const char *to, GError **error)
{
    g_autoptr(GDir) entries = g_dir_open(to, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *source = g_build_filename(from, name, NULL);
        g_autofree char *target = g_build_filename(to, name, NULL);
        gboolean wanted =
            is_folder(target) ? is_folder(source) : g_file_test(source, G_FILE_TEST_IS_REGULAR);

        if (!wanted && !drop_tree(target, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
copy_level(const char *from, const char *to, guint level, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GDir) entries = g_dir_open(from, 0, &failure);
    const char *name;

    if (entries == NULL)
        return fail_with(failure, error);
    if (level > MOST_LEVELS)
        return lt_store_fail_errno(ELOOP, from, error);
    if (!lt_disk_make_folder(to, PLACE))
        return lt_store_fail_errno(errno, to, error);
    if (!drop_others(from, to, error))
        return FALSE;
    while ((name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *source = g_build_filename(from, name, NULL);
        g_autofree char *target = g_build_filename(to, name, NULL);

        if (is_folder(source)
                ? !copy_level(source, target, level + 1, error)
                : g_file_test(source, G_FILE_TEST_IS_REGULAR) && !copy_file(source, target, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
lt_backup_rules(const char *from, const char *to, GError **error)
{
    g_autofree char *source = g_build_filename(from, RULES, NULL);
    g_autofree char *target = g_build_filename(to, RULES, NULL);

    if (g_file_test(source, G_FILE_TEST_IS_DIR))
        return copy_level(source, target, 1, error);
    return !g_file_test(target, G_FILE_TEST_EXISTS) || drop_tree(target, error);
}
