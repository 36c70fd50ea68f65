/* A package from elsewhere, read with every suspicion: it is taken only where all of it agrees. */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (1u << 18)
#define MAX_DEPTH 16u                             /* of elements in dossier.xml */
#define MAX_CORRECTIONS 1000u                     /* of one document */
#define MAX_LISTED (2 * LT_DOSSIER_MAX_DOCUMENTS) /* files in SHA256SUMS */
#define SUMS "SHA256SUMS"
#define INDEX "index.csv"
#define XML "dossier.xml"

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
fail(GError **error, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    g_autofree char *message = g_strdup_vprintf(format, values);
    va_end(values);
    g_set_error_literal(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID, message);
    return FALSE;
}

static void
item_free(LtPackageItem *item)
{
    g_free(item->path);
    g_free(item->sha256);
    g_ptr_array_unref(item->corrections);
    g_free(item);
}

void
lt_package_free(LtPackage *package)
{
    if (package == NULL)
        return;
    g_free(package->directory);
    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++)
        g_free(package->values[i]);
    g_ptr_array_unref(package->items);
    g_free(package);
}

/* --- files, below one folder and nowhere else --- */

typedef struct {
    int folder, files; /* -1: not open */
} Folders;

static void
folders_clear(Folders *folders)
{
    if (folders->folder >= 0)
        close(folders->folder);
    if (folders->files >= 0)
        close(folders->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Folders, folders_clear)

static gboolean
folders_open(Folders *folders, const char *directory, GError **error)
{
    folders->folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folders->folder < 0)
        return lt_store_fail_errno(errno, directory, error);
    folders->files =
        openat(folders->folder, "files", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folders->files < 0 && errno != ENOENT)
        return fail(error, _("'files' in '%s' is no folder"), directory);
    return TRUE;
}

static gboolean
is_plain_name(const char *name)
{
    return name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
           strchr(name, '/') == NULL && g_utf8_validate(name, -1, NULL);
}

/* A regular file of the package; -1 with an error. */
static int
open_listed(const Folders *folders, const char *path, struct stat *ret_info, GError **error)
{
    gboolean in_files = g_str_has_prefix(path, "files/");
    const char *name = in_files ? path + strlen("files/") : path;
    int fd;

    if (!is_plain_name(name)) {
        fail(error, _("'%s' names a file outside the package"), path);
        return -1;
    }
    fd = openat(in_files ? folders->files : folders->folder, name,
                O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 && (errno == ENOENT || errno == EBADF)) {
        fail(error, _("'%s' is missing"), path);
    } else if (fd < 0 && errno == ELOOP) {
        fail(error, _("'%s' is a link; a package holds only files"), path);
    } else if (fd < 0) {
        lt_store_fail_errno(errno, path, error);
    } else if (fstat(fd, ret_info) != 0 || !S_ISREG(ret_info->st_mode)) {
        close(fd);
        fail(error, _("'%s' is no regular file"), path);
        return -1;
    }
    return fd;
}

/* What a file holds, up to a limit; NULL where it holds bytes that are no text. (transfer full) */
static char *
read_text(const Folders *folders, const char *name, GError **error)
{
    struct stat info;
    g_autofree char *text = NULL;
    gsize length = 0;
    int fd = open_listed(folders, name, &info, error);

    if (fd < 0)
        return NULL;
    if ((guint64)info.st_size > LT_PACKAGE_MAX_TEXT) {
        close(fd);
        fail(error, _("'%s' is too big: it may have %u MiB"), name, LT_PACKAGE_MAX_TEXT >> 20);
        return NULL;
    }
    text = g_malloc((gsize)info.st_size + 1);
    while (length < (gsize)info.st_size) {
        ssize_t got = read(fd, text + length, (gsize)info.st_size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        length += (gsize)got;
    }
    close(fd);
    text[length] = '\0';
    if (strlen(text) == length && g_utf8_validate(text, (gssize)length, NULL))
        return g_steal_pointer(&text);
    fail(error, _("'%s' is no UTF-8 text"), name);
    return NULL;
}

/* (transfer full), NULL on error. */
static char *
sum_of_file(const Folders *folders, const char *path, guint64 *ret_size, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *buffer = g_malloc(READ_BYTES);
    struct stat info;
    ssize_t got;
    int fd = open_listed(folders, path, &info, error);

    if (fd < 0)
        return NULL;
    *ret_size = 0;
    while ((got = read(fd, buffer, READ_BYTES)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            lt_store_fail_errno(errno, path, error);
            close(fd);
            return NULL;
        }
        g_checksum_update(sum, buffer, got);
        *ret_size += (guint64)got;
    }
    close(fd);
    return g_strdup(g_checksum_get_string(sum));
}

/* --- SHA256SUMS --- */

static gboolean
is_sum(const char *text)
{
    return strlen(text) == LT_STORE_SHA256_LENGTH &&
           strspn(text, "0123456789abcdef") == LT_STORE_SHA256_LENGTH;
}

/* "SUM  PATH", the line that comes after those in sums. */
static gboolean
take_sum(GHashTable *sums, const char *line, GError **error)
{
    g_autofree char *sum = g_strndup(line, LT_STORE_SHA256_LENGTH);
    const char *rest = line + strlen(sum);
    guint before = g_hash_table_size(sums);

    if (before >= MAX_LISTED)
        return fail(error, _("'%s' lists more than %u files"), SUMS, MAX_LISTED);
    if (!is_sum(sum) || rest[0] != ' ' || (rest[1] != ' ' && rest[1] != '*'))
        return fail(error, _("line %u of '%s' is not of the form that sha256sum writes"),
                    before + 1, SUMS);
    return g_hash_table_insert(sums, g_strdup(rest + 2), g_steal_pointer(&sum)) ||
           fail(error, _("'%s' lists '%s' twice"), SUMS, rest + 2);
}

/* Path -> sum. Line by line: a list of nothing but line ends would fill the memory if it were cut up
 * first. */
static GHashTable *
read_sums(const Folders *folders, GError **error)
{
    g_autoptr(GHashTable) sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *text = read_text(folders, SUMS, error);
    char *next = text;

    if (text == NULL)
        return NULL;
    while (*next != '\0') {
        const char *line = strsep(&next, "\n");
        if (!take_sum(sums, line, error))
            return NULL;
        if (next == NULL)
            break;
    }
    return g_steal_pointer(&sums);
}

static gboolean
check_sum(const Folders *folders, const char *path, const char *wanted, GError **error)
{
    guint64 size;
    g_autofree char *sum = sum_of_file(folders, path, &size, error);

    if (sum == NULL)
        return FALSE;
    return strcmp(sum, wanted) == 0 ||
           fail(error, _("'%s' was changed: its SHA-256 is %s, and '%s' says %s"), path, sum, SUMS,
                wanted);
}

static gboolean
check_sums(const Folders *folders, GHashTable *sums, GError **error)
{
    g_autoptr(GList) paths = g_list_sort(g_hash_table_get_keys(sums), (GCompareFunc)strcmp);

    for (const GList *path = paths; path != NULL; path = path->next)
        if (!check_sum(folders, path->data, g_hash_table_lookup(sums, path->data), error))
            return FALSE;
    for (guint i = 0; i < 2; i++) {
        const char *name = i == 0 ? XML : INDEX;
        if (g_hash_table_lookup(sums, name) == NULL)
            return fail(error, _("'%s' does not list '%s'"), SUMS, name);
    }
    return TRUE;
}

/* --- dossier.xml --- */

typedef struct {
    LtPackage *package;
    GString *text;            /* of the element that is open */
    LtPackageItem *item;      /* (nullable) of the document that is open */
    LtCorrection *correction; /* (nullable) */
    char *elements[MAX_DEPTH];
    guint depth;
    gboolean known; /* the root is of a form that this version reads */
} Reading;

static const char *
attribute(const char *name, const char *const *names, const char *const *values)
{
    for (guint i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return values[i];
    return NULL;
}

static gboolean
begin_document(Reading *reading, GError **error)
{
    if (reading->package->items->len >= LT_DOSSIER_MAX_DOCUMENTS)
        return fail(error, _("it has more than %u documents"), LT_DOSSIER_MAX_DOCUMENTS);
    reading->item = g_new0(LtPackageItem, 1);
    reading->item->corrections = g_ptr_array_new_with_free_func((GDestroyNotify)lt_correction_free);
    g_ptr_array_add(reading->package->items, reading->item);
    return TRUE;
}

static gboolean
take_file(Reading *reading, const char *const *names, const char *const *values, GError **error)
{
    const char *path = attribute("path", names, values);
    const char *sum = attribute("sha256", names, values);
    const char *size = attribute("size", names, values);
    LtPackageItem *item = reading->item;

    if (item->path != NULL || path == NULL || sum == NULL || !is_sum(sum) || size == NULL ||
        !g_ascii_string_to_unsigned(size, 10, 1, G_MAXINT64, &item->size, NULL))
        return fail(error, _("document %u has no file with path, sha256 and size"),
                    reading->package->items->len);
    if (!g_str_has_prefix(path, "files/") || !is_plain_name(path + strlen("files/")))
        return fail(error, _("'%s' names a file outside the package"), path);
    item->path = g_strdup(path);
    item->sha256 = g_strdup(sum);
    return TRUE;
}

/* Whether it is a moment as the archive writes it, by which corrections are ordered; one that is yet to
 * come would stand above all that people put right here. Clocks may differ by a day. */
static gboolean
is_past(const char *at)
{
    g_autoptr(GDateTime) time = at != NULL ? g_date_time_new_from_iso8601(at, NULL) : NULL;
    g_autofree char *same = time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    return g_strcmp0(at, same) == 0 && same != NULL &&
           g_date_time_difference(time, now) <= G_TIME_SPAN_DAY;
}

static gboolean
begin_correction(Reading *reading, const char *const *names, const char *const *values,
                 GError **error)
{
    const char *field = attribute("field", names, values);
    const char *by = attribute("by", names, values);
    const char *at = attribute("at", names, values);
    LtFieldId known;

    if (field == NULL || by == NULL || !is_past(at) ||
        (strcmp(field, LT_FIELD_WHOLE) != 0 && !lt_list_is(field) &&
         !lt_field_from_name(field, &known)) ||
        reading->item->corrections->len >= MAX_CORRECTIONS)
        return fail(error, _("document %u has a correction that cannot be read"),
                    reading->package->items->len);
    reading->correction = g_new0(LtCorrection, 1);
    reading->correction->field = g_strdup(field);
    reading->correction->by = g_strdup(by);
    reading->correction->at = g_strdup(at);
    g_ptr_array_add(reading->item->corrections, reading->correction);
    return TRUE;
}

static const char *
parent(const Reading *reading)
{
    return reading->depth > 0 ? reading->elements[reading->depth - 1] : "";
}

static gboolean
begin_element(Reading *reading, const char *name, const char *const *names,
              const char *const *values, GError **error)
{
    if (reading->depth == 0) {
        reading->known = strcmp(name, "Dossier") == 0 &&
                         g_strcmp0(attribute("format", names, values), "luutru-dossier-1") == 0;
        return reading->known || fail(error, _("it is no dossier that this luutru can read"));
    }
    if (reading->item == NULL && strcmp(name, "Document") == 0 &&
        strcmp(parent(reading), "Documents") == 0)
        return begin_document(reading, error);
    if (reading->item != NULL && strcmp(name, "File") == 0)
        return take_file(reading, names, values, error);
    if (reading->item != NULL && strcmp(name, "Correction") == 0)
        return begin_correction(reading, names, values, error);
    return TRUE;
}

static void
on_start(G_GNUC_UNUSED GMarkupParseContext *context, const char *name, const char **names,
         const char **values, gpointer user_data, GError **error)
{
    Reading *reading = user_data;

    if (reading->depth >= MAX_DEPTH) {
        fail(error, _("its elements are nested too deeply"));
        return;
    }
    if (begin_element(reading, name, names, values, error)) {
        reading->elements[reading->depth++] = g_strdup(name);
        g_string_truncate(reading->text, 0);
    }
}

static void
on_text(G_GNUC_UNUSED GMarkupParseContext *context, const char *text, gsize length,
        gpointer user_data, G_GNUC_UNUSED GError **error)
{
    Reading *reading = user_data;

    g_string_append_len(reading->text, text, (gssize)length);
}

static void
take_text(Reading *reading, char **value)
{
    g_free(*value);
    *value = g_strdup(reading->text->str);
}

static void
take_dossier_value(Reading *reading, const char *name)
{
    gboolean in_code = strcmp(parent(reading), "FileCode") == 0;

    if (!in_code && strcmp(parent(reading), "Dossier") != 0)
        return;
    for (guint i = 0; i < LT_DOSSIER_N_FIELDS; i++)
        if (strcmp(lt_dossier_field(i)->official, name) == 0)
            take_text(reading, &reading->package->values[i]);
}

static void
on_end(G_GNUC_UNUSED GMarkupParseContext *context, const char *name, gpointer user_data,
       GError **error)
{
    Reading *reading = user_data;
    LtCorrection *correction = reading->correction;

    g_clear_pointer(&reading->elements[--reading->depth], g_free);
    if (correction != NULL && strcmp(name, "Old") == 0)
        take_text(reading, &correction->old_value);
    else if (correction != NULL && strcmp(name, "New") == 0)
        take_text(reading, &correction->new_value);
    else if (strcmp(name, "Correction") == 0)
        reading->correction = NULL;
    else if (reading->item == NULL)
        take_dossier_value(reading, name);
    else if (strcmp(name, "Document") == 0 && strcmp(parent(reading), "Documents") == 0) {
        if (reading->item->path == NULL)
            fail(error, _("document %u has no file with path, sha256 and size"),
                 reading->package->items->len);
        reading->item = NULL;
    }
    g_string_truncate(reading->text, 0);
}

static gboolean
parse_xml(LtPackage *package, const char *text, GError **error)
{
    static const GMarkupParser parser = {on_start, on_end, on_text, NULL, NULL};
    Reading reading = {.package = package, .text = g_string_new(NULL)};
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &reading, NULL);
    g_autoptr(GError) failure = NULL;
    gboolean parsed = g_markup_parse_context_parse(context, text, -1, &failure) &&
                      g_markup_parse_context_end_parse(context, &failure);

    for (guint i = 0; i < reading.depth; i++)
        g_free(reading.elements[i]);
    g_string_free(reading.text, TRUE);
    if (!parsed)
        return fail(error, _("'%s' cannot be read: %s"), XML, failure->message);
    return package->items->len > 0 || fail(error, _("'%s' has no documents"), XML);
}

/* --- what must agree --- */

static gboolean
check_item(const Folders *folders, const LtPackageItem *item, GHashTable *sums, GHashTable *seen,
           GError **error)
{
    const char *sum = g_hash_table_lookup(sums, item->path);
    struct stat info;
    int fd;

    if (sum == NULL)
        return fail(error, _("'%s' does not list '%s'"), SUMS, item->path);
    if (strcmp(sum, item->sha256) != 0)
        return fail(error, _("'%s' and '%s' disagree about '%s'"), SUMS, XML, item->path);
    if (!g_hash_table_add(seen, item->sha256))
        return fail(error, _("'%s' names the same bytes twice: '%s'"), XML, item->path);
    fd = open_listed(folders, item->path, &info, error);
    if (fd < 0)
        return FALSE;
    close(fd);
    return (guint64)info.st_size == item->size ||
           fail(error, _("'%s' is not of the size that '%s' says"), item->path, XML);
}

static gboolean
check_items(const Folders *folders, const LtPackage *package, GHashTable *sums, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < package->items->len; i++)
        if (!check_item(folders, g_ptr_array_index(package->items, i), sums, seen, error))
            return FALSE;
    return TRUE;
}

static gboolean
check_index(const LtPackage *package, const char *text, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) lines = lt_csv_parse(text, package->items->len + 1, &failure);

    if (lines == NULL)
        return fail(error, _("'%s' cannot be read: %s"), INDEX, failure->message);
    if (lines->len != package->items->len + 1)
        return fail(error, _("'%s' and '%s' do not list the same documents"), INDEX, XML);
    for (guint i = 0; i < package->items->len; i++) {
        const LtPackageItem *item = g_ptr_array_index(package->items, i);
        char **line = g_ptr_array_index(lines, i + 1);
        if (g_strcmp0(line[0], item->path) != 0 || g_strcmp0(line[1], item->sha256) != 0)
            return fail(error, _("'%s' and '%s' do not list the same documents"), INDEX, XML);
    }
    return TRUE;
}

LtPackage *
lt_package_read(const char *directory, GError **error)
{
    g_autoptr(LtPackage) package = g_new0(LtPackage, 1);
    g_auto(Folders) folders = {-1, -1};
    g_autoptr(GHashTable) sums = NULL;
    g_autofree char *xml = NULL;
    g_autofree char *index = NULL;

    package->directory = g_canonicalize_filename(directory, NULL);
    package->items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
    if (!folders_open(&folders, directory, error) || (sums = read_sums(&folders, error)) == NULL ||
        !check_sums(&folders, sums, error) || (xml = read_text(&folders, XML, error)) == NULL ||
        !parse_xml(package, xml, error) || (index = read_text(&folders, INDEX, error)) == NULL ||
        !check_index(package, index, error) || !check_items(&folders, package, sums, error))
        return NULL;
    return g_steal_pointer(&package);
}
