/* What the tests of store/ share: an archive in a folder of its own, and documents to put into it.
 */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

typedef struct {
    char *directory;
    LtStore *store;
    guint filed;
} Archive;

static inline void
remove_tree(const char *path)
{
    g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *entry = g_build_filename(path, name, NULL);
        if (g_file_test(entry, G_FILE_TEST_IS_DIR) && !g_file_test(entry, G_FILE_TEST_IS_SYMLINK))
            remove_tree(entry);
        else
            g_unlink(entry);
    }
    g_rmdir(path);
}

static inline LtStore *
open_store(const char *directory, LtStoreMode mode)
{
    g_autoptr(GError) error = NULL;
    LtStore *store = lt_store_open(directory, mode, &error);

    g_assert_no_error(error);
    g_assert_nonnull(store);
    return store;
}

static inline void
archive_set_up(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    archive->directory = g_dir_make_tmp("luutru-store-XXXXXX", NULL);
    g_assert_nonnull(archive->directory);
    archive->store = open_store(archive->directory, LT_STORE_CREATE);
    archive->filed = 0;
}

static inline void
archive_tear_down(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    lt_store_close(archive->store);
    remove_tree(archive->directory);
    g_free(archive->directory);
}

/* A path that goes with the archive. (transfer full) */
static inline char *
beside(Archive *archive, const char *name)
{
    return g_strdup_printf("%s-%s", archive->directory, name);
}

static inline void
set_field(LtRecord *record, LtFieldId field, const char *value)
{
    const LtBox box = {0.1, 0.2, 0.3, 0.25};

    if (value != NULL)
        lt_field_set(&record->fields[field], value, value, 0.95, 1, &box, "test");
}

typedef struct {
    const char *number, *date, *issuer, *place, *type, *subject, *text;
} Dispatch;

static inline LtRecord *
new_record(Archive *archive, const Dispatch *dispatch)
{
    LtRecord *record = lt_record_new();
    g_autofree char *seed = g_strdup_printf("%u", ++archive->filed);

    record->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, seed, -1);
    record->source = g_strdup_printf("/scans/%s.pdf", seed);
    record->format = g_strdup("pdf");
    record->size = 1000;
    set_field(record, LT_FIELD_NUMBER, dispatch->number);
    if (dispatch->number != NULL && strchr(dispatch->number, '/') != NULL) {
        g_auto(GStrv) parts = g_strsplit(dispatch->number, "/", 2);
        set_field(record, LT_FIELD_CODE_NUMBER, parts[0]);
        set_field(record, LT_FIELD_CODE_NOTATION, parts[1]);
    }
    set_field(record, LT_FIELD_ISSUED_DATE, dispatch->date);
    set_field(record, LT_FIELD_ISSUER, dispatch->issuer);
    set_field(record, LT_FIELD_PLACE, dispatch->place);
    set_field(record, LT_FIELD_TYPE, dispatch->type);
    set_field(record, LT_FIELD_SUBJECT, dispatch->subject);
    if (dispatch->text != NULL) {
        g_auto(GStrv) pages = g_strsplit(dispatch->text, "\f", 0);
        for (guint i = 0; pages[i] != NULL; i++)
            g_ptr_array_add(record->pages, lt_page_new_from_text(i + 1, pages[i]));
    }
    return record;
}

static inline void
file_record(Archive *archive, LtRecord *record)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_file(archive->store, record, 0, &error));
    g_assert_no_error(error);
    g_assert_cmpint(record->id, >, 0);
}

static inline gint64
file_dispatch(Archive *archive, const Dispatch *dispatch)
{
    g_autoptr(LtRecord) record = new_record(archive, dispatch);

    file_record(archive, record);
    return record->id;
}

static inline LtSearchResult *
search(Archive *archive, LtSearch request)
{
    g_autoptr(GError) error = NULL;
    LtSearchResult *result = lt_store_search(archive->store, &request, &error);

    g_assert_no_error(error);
    g_assert_nonnull(result);
    return result;
}

/* The descriptor of a file with these bytes, opened for reading and writing. */
static inline int
write_file(const char *path, const char *bytes, gsize size)
{
    int fd = g_open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(write(fd, bytes, size), ==, (gssize)size);
    g_assert_cmpint(lseek(fd, 0, SEEK_SET), ==, 0);
    return fd;
}

typedef void (*ArchiveFunction)(Archive *archive, gconstpointer data);

typedef struct {
    const char *path;
    ArchiveFunction run;
} ArchiveTest;

/* Each test has an archive of its own, which set_up fills. */
static inline void
add_archive_tests(const ArchiveTest *tests, guint n, ArchiveFunction set_up)
{
    for (guint i = 0; i < n; i++)
        g_test_add(tests[i].path, Archive, NULL, set_up, tests[i].run, archive_tear_down);
}
