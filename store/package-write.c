/* A dossier written as a folder: into a folder with another name first, which is renamed when it is
 * whole. */
#include "store/disk.h"
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (1u << 18)
#define PLACE "package" /* of fault points */

typedef struct {
    LtStore *store;
    LtDossier *dossier;
    char *folder; /* (nullable) not yet renamed */
    char *stem;   /* what file names begin with */
    GString *xml, *csv, *sums;
} Writing;

static void
remove_folder(const char *path)
{
    g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);
    const char *name;

    while (entries != NULL && (name = g_dir_read_name(entries)) != NULL) {
        g_autofree char *entry = g_build_filename(path, name, NULL);
        if (g_unlink(entry) != 0)
            remove_folder(entry);
    }
    g_rmdir(path);
}

static void
writing_clear(Writing *writing)
{
    if (writing->folder != NULL)
        remove_folder(writing->folder);
    g_free(writing->folder);
    g_free(writing->stem);
    lt_dossier_free(writing->dossier);
    if (writing->xml != NULL)
        g_string_free(writing->xml, TRUE);
    if (writing->csv != NULL)
        g_string_free(writing->csv, TRUE);
    if (writing->sums != NULL)
        g_string_free(writing->sums, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Writing, writing_clear)

/* The code in letters that every file system and archive program takes. */
static char *
stem_of(const char *code)
{
    g_autofree char *canonical = lt_text_canonical(code);
    g_autofree char *folded = lt_text_fold(canonical);
    g_autofree char *upper = g_ascii_strup(folded, -1);
    g_autofree char *ascii = g_str_to_ascii(upper, "C");

    for (char *p = ascii; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p) && strchr("._-", *p) == NULL)
            *p = '_';
    if (ascii[0] == '.' || ascii[0] == '-')
        ascii[0] = '_';
    return g_steal_pointer(&ascii);
}

static const char *
extension(const char *format)
{
    if (g_strcmp0(format, "tiff") == 0)
        return "tif";
    if (g_strcmp0(format, "jpeg") == 0)
        return "jpg";
    return format != NULL ? format : "bin";
}

static gboolean
write_bytes(int fd, const char *path, const void *bytes, gsize size, GError **error)
{
    return lt_disk_write(fd, bytes, size, PLACE) || lt_store_fail_errno(errno, path, error);
}

static gboolean
sync_folder(const char *path, GError **error)
{
    return lt_disk_sync_folder(path, PLACE) || lt_store_fail_errno(errno, path, error);
}

/* Ends a file that was written: it is on the disk afterwards. */
static gboolean
finish_file(int fd, const char *path, gboolean written, GError **error)
{
    int saved_errno = 0;

    if (written && !lt_disk_sync(fd, PLACE))
        saved_errno = errno;
    if (close(fd) != 0 && saved_errno == 0)
        saved_errno = errno;
    if (written && saved_errno != 0)
        return lt_store_fail_errno(saved_errno, path, error);
    return written;
}

static int
make_file(const char *path, GError **error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0)
        lt_store_fail_errno(errno, path, error);
    return fd;
}

static void
note_sum(Writing *writing, const char *name, const char *sha256)
{
    g_string_append_printf(writing->sums, "%s  %s\n", sha256, name);
}

static gboolean
write_text(Writing *writing, const char *name, const GString *text, GError **error)
{
    g_autofree char *path = g_build_filename(writing->folder, name, NULL);
    g_autofree char *sha256 =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text->str, text->len);
    int fd = make_file(path, error);

    if (fd < 0 || !finish_file(fd, path, write_bytes(fd, path, text->str, text->len, error), error))
        return FALSE;
    if (text != writing->sums)
        note_sum(writing, name, sha256);
    return TRUE;
}

static gboolean
copy_bytes(int from, int to, const char *path, GChecksum *sum, GError **error)
{
    g_autofree guchar *buffer = g_malloc(COPY_BYTES);
    ssize_t got;

    while ((got = read(from, buffer, COPY_BYTES)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return lt_store_fail_errno(errno, path, error);
        g_checksum_update(sum, buffer, got);
        if (!write_bytes(to, path, buffer, (gsize)got, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
copy_original(Writing *writing, const LtRecord *record, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(writing->folder, name, NULL);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    int from = lt_store_open_original(writing->store, record->sha256, error);
    int to = from >= 0 ? make_file(path, error) : -1;
    gboolean copied = to >= 0 && copy_bytes(from, to, path, sum, error);

    if (from >= 0)
        close(from);
    if (to < 0 || !finish_file(to, path, copied, error))
        return FALSE;
    if (strcmp(g_checksum_get_string(sum), record->sha256) != 0) {
        g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_DAMAGED,
                    _("the original of document #%" PRId64
                      " is damaged in the archive: nothing was written"),
                    record->id);
        return FALSE;
    }
    note_sum(writing, name, record->sha256);
    return TRUE;
}

static void
append_correction(GString *xml, const LtCorrection *correction)
{
    g_string_append(xml, "      <Correction");
    lt_xml_attribute(xml, "field", correction->field);
    lt_xml_attribute(xml, "by", correction->by);
    lt_xml_attribute(xml, "at", correction->at);
    g_string_append(xml, ">\n");
    lt_xml_element(xml, 4, "Old", correction->old_value);
    lt_xml_element(xml, 4, "New", correction->new_value);
    g_string_append(xml, "      </Correction>\n");
}

static void
append_document(Writing *writing, const LtMetadata *metadata, const char *name)
{
    const LtRecord *record = metadata->record;
    g_autofree char *size = g_strdup_printf("%" G_GUINT64_FORMAT, record->size);
    GString *xml = writing->xml;

    g_string_append(xml, "    <Document>\n");
    lt_metadata_xml(xml, metadata, 3);
    g_string_append(xml, "      <File");
    lt_xml_attribute(xml, "path", name);
    lt_xml_attribute(xml, "sha256", record->sha256);
    lt_xml_attribute(xml, "size", size);
    g_string_append(xml, "/>\n");
    for (guint i = 0; i < record->corrections->len; i++)
        append_correction(xml, g_ptr_array_index(record->corrections, i));
    g_string_append(xml, "    </Document>\n");
    g_string_append_printf(writing->csv, "%s,%s,%s,", name, record->sha256, size);
    lt_metadata_csv(writing->csv, metadata);
}

static gboolean
fail_secret(const LtRecord *record, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("document #%" PRId64 " is marked %s: take it out of the dossier first"),
                record->id, record->fields[LT_FIELD_SECRECY].value);
    return FALSE;
}

static gboolean
write_document(Writing *writing, guint at, GError **error)
{
    gint64 id = g_array_index(writing->dossier->ids, gint64, at);
    g_autoptr(LtRecord) record = lt_store_document(writing->store, id, FALSE, error);
    g_autofree char *name = NULL;
    gboolean secret = FALSE;

    if (record == NULL || !lt_store_is_secret(writing->store, record, &secret, error))
        return FALSE;
    if (secret)
        return fail_secret(record, error);
    name = g_strdup_printf("files/%s.%03u.%s", writing->stem, at + 1, extension(record->format));
    const LtMetadata metadata = {record, writing->dossier, at + 1};
    append_document(writing, &metadata, name);
    return copy_original(writing, record, name, error);
}

static gboolean
fail_there(const char *directory, GError **error)
{
    g_set_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID,
                _("'%s' is there already: name a folder that is not"), directory);
    return FALSE;
}

/* Asked before gigabytes are copied; renaming decides. */
static gboolean
check_free(const char *directory, GError **error)
{
    g_autoptr(GDir) entries = g_dir_open(directory, 0, NULL);

    if (entries != NULL ? g_dir_read_name(entries) != NULL
                        : g_file_test(directory, G_FILE_TEST_EXISTS))
        return fail_there(directory, error);
    return TRUE;
}

static gboolean
begin(Writing *writing, const char *directory, GError **error)
{
    g_autofree char *files = NULL;

    writing->folder = g_strdup_printf("%s.XXXXXX", directory);
    if (g_mkdtemp_full(writing->folder, 0777) == NULL) {
        int saved_errno = errno;
        g_clear_pointer(&writing->folder, g_free);
        return lt_store_fail_errno(saved_errno, directory, error);
    }
    files = g_build_filename(writing->folder, "files", NULL);
    if (g_mkdir(files, 0777) != 0)
        return lt_store_fail_errno(errno, files, error);
    writing->stem = stem_of(writing->dossier->values[LT_DOSSIER_CODE]);
    writing->sums = g_string_new(NULL);
    writing->csv = g_string_new(LT_CSV_MARK "Path,SHA256,Size,");
    lt_metadata_csv_header(writing->csv);
    writing->xml = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<Dossier format=\"luutru-dossier-1\">\n");
    lt_metadata_dossier_xml(writing->xml, writing->dossier, 1);
    g_string_append(writing->xml, "  <Documents>\n");
    return TRUE;
}

static gboolean
put_in_place(Writing *writing, const char *directory, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(directory);
    g_autofree char *files = g_build_filename(writing->folder, "files", NULL);

    if (!sync_folder(files, error) || !sync_folder(writing->folder, error))
        return FALSE;
    if (!lt_disk_rename(writing->folder, directory, PLACE)) {
        int saved_errno = errno;
        if (saved_errno != ENOTEMPTY && saved_errno != EEXIST && saved_errno != ENOTDIR)
            return lt_store_fail_errno(saved_errno, directory, error);
        return fail_there(directory, error);
    }
    g_clear_pointer(&writing->folder, g_free);
    return sync_folder(parent, error);
}

static gboolean
write_all(Writing *writing, const char *directory, GError **error)
{
    if (!begin(writing, directory, error))
        return FALSE;
    for (guint i = 0; i < writing->dossier->ids->len; i++)
        if (!write_document(writing, i, error))
            return FALSE;
    g_string_append(writing->xml, "  </Documents>\n</Dossier>\n");
    return write_text(writing, "dossier.xml", writing->xml, error) &&
           write_text(writing, "index.csv", writing->csv, error) &&
           write_text(writing, "SHA256SUMS", writing->sums, error) &&
           put_in_place(writing, directory, error);
}

gboolean
lt_store_export_dossier(LtStore *store, gint64 id, const char *directory, GError **error)
{
    g_auto(Writing) writing = {.store = store};
    g_autofree char *plain = g_strdup(directory);

    while (strlen(plain) > 1 && g_str_has_suffix(plain, "/"))
        plain[strlen(plain) - 1] = '\0';
    writing.dossier = lt_store_dossier(store, id, error);
    return writing.dossier != NULL && check_free(plain, error) && write_all(&writing, plain, error);
}
