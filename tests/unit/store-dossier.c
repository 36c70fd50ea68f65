/* Dossiers: what they take and refuse, and what becomes of them when documents change. */
#include "tests/unit/store-fixture.h"

static gint64
make(Archive *archive, const char *code, const char *year)
{
    const LtDossierValue values[] = {
        {LT_DOSSIER_CODE, code}, {LT_DOSSIER_TITLE, "Hồ sơ thử"}, {LT_DOSSIER_YEAR, year}};
    g_autoptr(GError) error = NULL;
    gint64 id = 0;

    g_assert_true(
        lt_store_dossier_new(archive->store, values, G_N_ELEMENTS(values), "Lan", &id, &error));
    g_assert_no_error(error);
    return id;
}

static guint
add(Archive *archive, gint64 dossier, gint64 document)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) error = NULL;
    guint added = 0;

    g_array_append_val(ids, document);
    g_assert_true(lt_store_dossier_add(archive->store, dossier, ids, &added, &error));
    g_assert_no_error(error);
    return added;
}

static void
test_names(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 first = make(archive, "Đ/01.TH", "2023"), second = make(archive, "Đ/01.TH", "");
    static const struct {
        const char *name;
        int code; /* -1: found */
    } cases[] = {
        {"đ/01.th@2023", -1},
        {"Đ/01.TH", LT_STORE_ERROR_INVALID},
        {"Đ/01.TH@2022", LT_STORE_ERROR_NOT_FOUND},
        {"Đ/01.TH@", LT_STORE_ERROR_NOT_FOUND},
        {"\xff", LT_STORE_ERROR_NOT_FOUND},
        {"", LT_STORE_ERROR_NOT_FOUND},
        {"id:", LT_STORE_ERROR_NOT_FOUND},
        {"id:1", -1},
        {"' OR 1 --", LT_STORE_ERROR_NOT_FOUND},
    };

    g_assert_cmpint(first, !=, second);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        gint64 id = 0;
        gboolean found = lt_store_find_dossier(archive->store, cases[i].name, &id, &error);
        if (cases[i].code < 0)
            g_assert_cmpint(id, ==, first);
        else
            g_assert_error(error, LT_STORE_ERROR, cases[i].code);
        g_assert_true(found == (cases[i].code < 0));
    }
}

static void
test_values(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *longest = g_strnfill(30, 'a');
    g_autofree char *longer = g_strnfill(31, 'a');
    const struct {
        LtDossierField field;
        const char *value;
        gboolean taken;
    } cases[] = {
        {LT_DOSSIER_RETENTION, longest, TRUE},
        {LT_DOSSIER_RETENTION, longer, FALSE},
        {LT_DOSSIER_RETENTION, "", TRUE},
        {LT_DOSSIER_YEAR, "23", FALSE},
        {LT_DOSSIER_YEAR, "2023a", FALSE},
        {LT_DOSSIER_CODE, "a@2023", FALSE},
        {LT_DOSSIER_CODE, "id:3", FALSE},
        {LT_DOSSIER_CODE, "", FALSE},
        {LT_DOSSIER_TITLE, "", FALSE},
        {LT_DOSSIER_TITLE, "một\nhai", TRUE},
        {LT_DOSSIER_START_DATE, "1/2/2023", TRUE},
        {LT_DOSSIER_END_DATE, "2022-12-31", FALSE},
        {LT_DOSSIER_END_DATE, "hôm qua", FALSE},
    };
    gint64 id = make(archive, "02.TH", "2023");

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const LtDossierValue value = {cases[i].field, cases[i].value};
        g_autoptr(GError) error = NULL;
        g_test_message("%s", cases[i].value);
        g_assert_true(lt_store_dossier_edit(archive->store, id, &value, 1, &error) ==
                      cases[i].taken);
        if (!cases[i].taken)
            g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
    }
    g_autoptr(LtDossier) dossier = lt_store_dossier(archive->store, id, NULL);
    g_assert_cmpstr(dossier->values[LT_DOSSIER_TITLE], ==, "một hai");
    g_assert_cmpstr(dossier->values[LT_DOSSIER_START_DATE], ==, "2023-02-01");
    g_assert_null(dossier->values[LT_DOSSIER_RETENTION]);
}

/* All documents or none; places count without holes. */
static void
test_documents(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = make(archive, "03.TH", "2023");
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) error = NULL;
    guint added;

    for (guint i = 0; i < 3; i++) {
        gint64 document = file_dispatch(archive, &(Dispatch){.number = "1/A", .text = "x"});
        g_array_append_val(ids, document);
        g_assert_cmpuint(add(archive, id, document), ==, 1);
        g_assert_cmpuint(add(archive, id, document), ==, 0);
    }
    gint64 nobody = 999;
    g_array_append_val(ids, nobody);
    gint64 other = make(archive, "04.TH", "2023");
    g_assert_false(lt_store_dossier_add(archive->store, other, ids, &added, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_autoptr(LtDossier) empty = lt_store_dossier(archive->store, other, NULL);
    g_assert_cmpuint(empty->ids->len, ==, 0);

    g_assert_false(lt_store_dossier_drop(archive->store, id, ids, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_false(lt_store_dossier_delete(archive->store, id, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);

    g_assert_true(lt_store_remove(archive->store, g_array_index(ids, gint64, 1), "x", "y", NULL));
    g_autoptr(LtDossier) dossier = lt_store_dossier(archive->store, id, NULL);
    g_autoptr(LtRecord) last =
        lt_store_document(archive->store, g_array_index(ids, gint64, 2), FALSE, NULL);
    g_assert_cmpuint(dossier->documents, ==, 2);
    g_assert_cmpuint(((LtMembership *)last->dossiers->pdata[0])->ordinal, ==, 2);
}

/* A mark of secrecy that nobody lifted keeps a document out. */
static void
test_secret(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 id = make(archive, "05.TH", "2023");
    g_autoptr(LtRecord) record = new_record(archive, &(Dispatch){.number = "1/A"});
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) error = NULL;
    guint added;

    set_field(record, LT_FIELD_SECRECY, "MẬT");
    file_record(archive, record);
    g_array_append_val(ids, record->id);
    g_assert_false(lt_store_dossier_add(archive->store, id, ids, &added, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_INVALID);
}

static void
test_csv(void)
{
    static const char *const values[] = {"a", "=1+1", "b \"c\", d", "", "hai\ndòng", NULL, "-5"};
    g_autoptr(GString) csv = g_string_new(LT_CSV_MARK);
    g_autoptr(GPtrArray) lines = NULL;
    g_autofree char *commas = g_strnfill(100, ',');
    char **line;

    lt_csv_append_line(csv, values, G_N_ELEMENTS(values));
    lt_csv_append_line(csv, values, 1);
    g_assert_cmpstr(csv->str, ==,
                    LT_CSV_MARK "a,\"'=1+1\",\"b \"\"c\"\", d\",,\"hai\ndòng\",,\"'-5\"\r\na\r\n");
    lines = lt_csv_parse(csv->str, 100, NULL);
    g_assert_cmpuint(lines->len, ==, 2);
    line = lines->pdata[0];
    g_assert_cmpuint(g_strv_length(line), ==, 7);
    g_assert_cmpstr(line[2], ==, values[2]);
    g_assert_cmpstr(line[4], ==, values[4]);
    g_assert_null(lt_csv_parse("a,\"b", 100, NULL));
    g_assert_null(lt_csv_parse("\"a\"b,c", 100, NULL));
    g_assert_null(lt_csv_parse("a\nb\nc\n", 2, NULL));
    g_assert_null(lt_csv_parse(commas, 100, NULL));
}

static void
count_long(G_GNUC_UNUSED const LtMetadata *metadata, const LtMetadataField *field, guint length,
           gpointer user_data)
{
    g_string_append_printf(user_data, "%s=%u;", field->name, length);
}

/* What is longer than the decree allows is told, and written whole; what XML cannot hold is not. */
static void
test_metadata(void)
{
    g_autoptr(LtRecord) record = lt_record_new();
    g_autofree char *long_subject = g_strnfill(501, 'x');
    g_autofree char *long_name = g_strnfill(201, 'y');
    g_autoptr(GString) found = g_string_new(NULL);
    g_autoptr(GString) xml = g_string_new(NULL);
    const LtMetadata metadata = {record, NULL, 0};

    set_field(record, LT_FIELD_SUBJECT, long_subject);
    set_field(record, LT_FIELD_SIGNER, "A\x01 <B> \xEF\xBF\xBF");
    set_field(record, LT_FIELD_URGENCY, "HỎA TỐC");
    g_ptr_array_add(record->recipients, g_strdup("Như trên;"));
    g_ptr_array_add(record->recipients, g_strdup(long_name));
    record->page_count = 1000;
    g_assert_cmpuint(lt_metadata_check(&metadata, count_long, found), ==, 3);
    g_assert_cmpstr(found->str, ==, "Subject=501;PageAmount=4;To.OrganName=201;");
    lt_metadata_xml(xml, &metadata, 0);
    g_assert_nonnull(strstr(xml->str, long_subject));
    g_assert_nonnull(strstr(xml->str, "<FullName>A  &lt;B&gt;    </FullName>"));
    g_assert_nonnull(strstr(xml->str, "<Priority>3</Priority>"));
    g_assert_nonnull(strstr(xml->str, "<To>\n  <OrganName>Như trên</OrganName>\n</To>\n<To>\n"));
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/dossier/names", test_names},
        {"/store/dossier/values", test_values},
        {"/store/dossier/documents", test_documents},
        {"/store/dossier/secret", test_secret},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    g_test_add_func("/store/dossier/csv", test_csv);
    g_test_add_func("/store/dossier/metadata", test_metadata);
    return g_test_run();
}
