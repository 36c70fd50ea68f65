/* A package as strangers may write it: lists that lie, XML that is none. Each is refused with its reason, in
 * time, and nothing outside the folder is opened. */
#include "tests/unit/store-fixture.h"

#define ORIGINAL "bytes of an original"
#define NAME "files/A.001.pdf"

typedef struct {
    char *directory;
} Folder;

static void
folder_set_up(Folder *folder, G_GNUC_UNUSED gconstpointer data)
{
    folder->directory = g_dir_make_tmp("luutru-package-XXXXXX", NULL);
    g_assert_nonnull(folder->directory);
}

static void
folder_tear_down(Folder *folder, G_GNUC_UNUSED gconstpointer data)
{
    remove_tree(folder->directory);
    g_free(folder->directory);
}

static void
put(const Folder *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder->directory, name, NULL);

    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
append_sum(GString *sums, const char *name, const char *text)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

    g_string_append_printf(sums, "%s  %s\n", sum, name);
}

/* A package whose sums are right, of this XML. */
static LtPackage *
read_package(const Folder *folder, const char *xml, GError **error)
{
    g_autofree char *files = g_build_filename(folder->directory, "files", NULL);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, ORIGINAL, -1);
    g_autofree char *index = g_strdup_printf("Path,SHA256,Size\r\n" NAME ",%s,20\r\n", sum);
    g_autoptr(GString) sums = g_string_new(NULL);

    g_mkdir(files, 0755);
    put(folder, NAME, ORIGINAL);
    put(folder, "dossier.xml", xml);
    put(folder, "index.csv", index);
    append_sum(sums, NAME, ORIGINAL);
    append_sum(sums, "dossier.xml", xml);
    append_sum(sums, "index.csv", index);
    put(folder, "SHA256SUMS", sums->str);
    return lt_package_read(folder->directory, error);
}

/* The XML of one document, with this inside and behind its file. */
static char *
xml_with(const char *head, const char *body)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, ORIGINAL, -1);

    return g_strdup_printf("<Dossier format=\"luutru-dossier-1\"><FileCode><FileNotation>A"
                           "</FileNotation></FileCode><Title>T</Title>%s<Documents><Document>"
                           "<File path=\"" NAME "\" sha256=\"%s\" size=\"20\"/>%s</Document>"
                           "</Documents></Dossier>",
                           head, sum, body);
}

static void
test_good(Folder *folder, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *xml = xml_with(
        "<Unknown><Title>not this</Title></Unknown>",
        "<CodeNumber>5</CodeNumber><CodeNotation>A</CodeNotation>"
        "<Correction field=\"subject\" by=\"Lan\" at=\"2023-01-02T03:04:05Z\"><New>m&amp;n</New>"
        "</Correction>");
    g_autoptr(GError) error = NULL;
    g_autoptr(LtPackage) package = read_package(folder, xml, &error);

    g_assert_no_error(error);
    const LtPackageItem *item = package->items->pdata[0];
    const LtCorrection *correction = item->corrections->pdata[0];
    g_assert_cmpstr(package->values[LT_DOSSIER_TITLE], ==, "T");
    g_assert_cmpstr(package->values[LT_DOSSIER_CODE], ==, "A");
    g_assert_cmpstr(correction->new_value, ==, "m&n");
    g_assert_null(correction->old_value);
}

static void
test_bad(Folder *folder, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *deep = g_strnfill(300, ' ');
    g_autoptr(GString) nested = g_string_new(NULL);
    const struct {
        const char *head, *body;
    } cases[] = {
        {"", "<File path=\"" NAME "\" sha256=\"0\" size=\"1\"/>"},
        {"", "<Correction field=\"colour\" by=\"x\" at=\"2023-01-02T03:04:05Z\"/>"},
        {"", "<Correction field=\"subject\" by=\"x\" at=\"yesterday\"/>"},
        {"", "<Correction field=\"subject\" at=\"2023-01-02T03:04:05Z\"/>"},
        {"", "<Correction field=\"subject\" by=\"x\" at=\"9999-01-02T03:04:05Z\"/>"},
        {"", "<Correction field=\"subject\" by=\"x\" at=\"2023-W01-2T03:04:05Z\"/>"},
        {"", "<Correction field=\"subject\" by=\"x\" at=\"20230102T030405.000Z\"/>"},
        {"", "</Document><Document>"},
        {"", "</Document><Document><Documents><Document/></Documents>"},
        {"<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;"},
        {"<a></b>", ""},
        {"", "<Subject>\xff</Subject>"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *xml = xml_with(cases[i].head, cases[i].body);
        g_autoptr(GError) error = NULL;
        g_test_message("%s %s", cases[i].head, cases[i].body);
        g_assert_null(read_package(folder, xml, &error));
        g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    }
    for (guint i = 0; i < 300; i++)
        g_string_append(nested, "<a>");
    g_autofree char *xml = xml_with(nested->str, deep);
    g_autoptr(GError) error = NULL;
    g_assert_null(read_package(folder, xml, &error));
    g_assert_nonnull(strstr(error->message, "nested"));
}

static void
test_sums(Folder *folder, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const lists[] = {
        "",
        "no sums\n",
        "0000  dossier.xml\n",
        "0000000000000000000000000000000000000000000000000000000000000000 dossier.xml\n",
        "0000000000000000000000000000000000000000000000000000000000000000  ../x\n",
        "0000000000000000000000000000000000000000000000000000000000000000  /etc/passwd\n",
        "0000000000000000000000000000000000000000000000000000000000000000  files/../SHA256SUMS\n",
        "0000000000000000000000000000000000000000000000000000000000000000  files/\n",
        "0000000000000000000000000000000000000000000000000000000000000000  .\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autofree char *xml = xml_with("", "");
        g_autoptr(LtPackage) good = read_package(folder, xml, NULL);
        g_autoptr(GError) error = NULL;
        g_assert_nonnull(good);
        put(folder, "SHA256SUMS", lists[i]);
        g_assert_null(lt_package_read(folder->directory, &error));
        g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    }
}

/* Lists that are short to write and would take much memory to hold. */
static void
test_floods(Folder *folder, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *xml = xml_with("", "");
    g_autofree char *ends = g_strnfill(1 << 20, '\n');
    g_autoptr(LtPackage) good = read_package(folder, xml, NULL);
    g_autoptr(GString) sums = g_string_new(NULL);
    g_autoptr(GError) many = NULL;
    g_autoptr(GError) index = NULL;

    g_assert_nonnull(good);
    for (guint i = 0; i < 3 * LT_DOSSIER_MAX_DOCUMENTS; i++)
        g_string_append_printf(sums, "%064u  files/%u\n", i, i);
    put(folder, "SHA256SUMS", sums->str);
    g_assert_null(lt_package_read(folder->directory, &many));
    g_assert_nonnull(strstr(many->message, "lists more than"));

    put(folder, "index.csv", ends);
    g_string_truncate(sums, 0);
    append_sum(sums, NAME, ORIGINAL);
    append_sum(sums, "dossier.xml", xml);
    append_sum(sums, "index.csv", ends);
    put(folder, "SHA256SUMS", sums->str);
    g_assert_null(lt_package_read(folder->directory, &index));
    g_assert_nonnull(strstr(index->message, "more than 2 lines"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/store/package/good", Folder, NULL, folder_set_up, test_good, folder_tear_down);
    g_test_add("/store/package/bad", Folder, NULL, folder_set_up, test_bad, folder_tear_down);
    g_test_add("/store/package/sums", Folder, NULL, folder_set_up, test_sums, folder_tear_down);
    g_test_add("/store/package/floods", Folder, NULL, folder_set_up, test_floods, folder_tear_down);
    return g_test_run();
}
