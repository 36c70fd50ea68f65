/* Registers: which documents, in what order, what stands in the cells; and the report of gaps. */
#include "tests/unit/store-fixture.h"

static gint64
file_letter(Archive *archive, const char *number, const char *date, const char *issuer)
{
    g_autoptr(LtRecord) record = new_record(archive, &(Dispatch){.number = number,
                                                                 .date = date,
                                                                 .issuer = issuer,
                                                                 .place = "Cao Bằng",
                                                                 .type = "Công văn",
                                                                 .subject = "nội dung",
                                                                 .text = "x"});

    g_ptr_array_add(record->recipients, g_strdup("Như trên"));
    g_ptr_array_add(record->recipients, g_strdup("Lưu: VT, VP."));
    file_record(archive, record);
    return record->id;
}

static gint64
file_arrived(Archive *archive, const char *number, const char *arrival, const char *day)
{
    g_autoptr(LtRecord) record = new_record(
        archive, &(Dispatch){.number = number, .date = "2022-12-30", .issuer = "Bộ Nội vụ"});
    LtStamp *stamp = lt_record_add_stamp(record, LT_STAMP_ARRIVAL, 1, NULL);

    stamp->number = g_strdup(arrival);
    stamp->date = g_strdup(day);
    file_record(archive, record);
    return record->id;
}

static LtSheet *
fill(Archive *archive, LtRegisterRequest request)
{
    static const LtSearch all = {.query = ""};
    g_autoptr(GError) error = NULL;
    LtSheet *sheet;

    request.search = &all;
    sheet = lt_store_register(archive->store, &request, &error);
    g_assert_no_error(error);
    return sheet;
}

/* The values of one column, parted by blanks. */
static void
assert_column(const LtSheet *sheet, guint column, const char *wanted)
{
    g_autoptr(GString) values = g_string_new(NULL);

    for (guint i = 0; i < sheet->rows->len; i++) {
        char *const *row = g_ptr_array_index(sheet->rows, i);
        g_string_append_printf(values, "%s%s", i > 0 ? " " : "", row[column]);
    }
    g_assert_cmpstr(values->str, ==, wanted);
}

static void
test_books(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    file_letter(archive, "10/SNV-VP", "2023-02-01", "Sở Nội vụ");
    file_letter(archive, "9/SNV-VP", "2023-02-01", "Sở Nội vụ");
    file_letter(archive, "1/SNV-VP", "2022-01-05", "Sở Nội vụ");
    file_letter(archive, "7/STC-VP", "2023-01-07", "Sở Tài chính");
    file_arrived(archive, "88/BNV-VP", "12", "2023-01-03");
    file_arrived(archive, "89/BNV-VP", "9", "2023-01-03");
    file_arrived(archive, "90/BNV-VP", NULL, NULL);

    g_autoptr(LtSheet) out = fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_OUTGOING});
    assert_column(out, 0, "1/SNV-VP 7/STC-VP 9/SNV-VP 10/SNV-VP");
    assert_column(out, 5, "VT, VP VT, VP VT, VP VT, VP");
    g_assert_cmpstr(((char **)out->rows->pdata[0])[4], ==, "Như trên");
    g_assert_cmpuint(out->left_out, ==, 3);
    g_assert_null(out->office);

    g_autoptr(LtSheet) own = fill(
        archive,
        (LtRegisterRequest){.kind = LT_REGISTER_OUTGOING, .office = "Sở Nội vụ", .year = 2023});
    assert_column(own, 0, "9/SNV-VP 10/SNV-VP");
    g_assert_cmpstr(own->heads->pdata[0], ==, "Năm: 2023");
    g_assert_cmpstr(own->heads->pdata[2], ==, "Từ số 9 đến số 10");

    /* What came in January counts, whenever it was issued; days first, then numbers as numbers. */
    g_autoptr(LtSheet) in =
        fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_INCOMING, .year = 2023});
    assert_column(in, 1, "9 12");
    g_autoptr(LtSheet) all =
        fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_INCOMING, .office = "Sở Nội vụ"});
    /* Those of which no arrival is known come last, as they were issued. */
    assert_column(all, 3, "89/BNV-VP 88/BNV-VP 90/BNV-VP 7/STC-VP");
}

/* Of one day the numbers count, whatever the notations: many offices have one series for all. */
static void
test_one_series(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    file_letter(archive, "12/KH-SNV", "2023-02-01", "Sở Nội vụ");
    file_letter(archive, "11/SNV-VP", "2023-02-01", "Sở Nội vụ");
    file_letter(archive, "13/BC-SNV", "2023-02-01", "Sở Nội vụ");
    file_letter(archive, "11/BC-SNV", "2023-02-01", "Sở Nội vụ");
    file_letter(archive, "99/SNV-VP", "2023-01-31", "Sở Nội vụ");
    g_autoptr(LtSheet) out = fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_OUTGOING});
    assert_column(out, 0, "99/SNV-VP 11/BC-SNV 11/SNV-VP 12/KH-SNV 13/BC-SNV");
}

static void
test_dossier(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const LtDossierValue values[] = {
        {LT_DOSSIER_CODE, "01.TH"}, {LT_DOSSIER_TITLE, "Hồ sơ"}, {LT_DOSSIER_YEAR, "2023"}};
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    gint64 dossier;
    guint added;

    for (guint i = 0; i < 3; i++) {
        g_autofree char *number = g_strdup_printf("%u/SNV-VP", 3 - i);
        gint64 id = file_letter(archive, number, "2023-02-01", "Sở Nội vụ");
        g_array_append_val(ids, id);
    }
    g_assert_true(lt_store_dossier_new(archive->store, values, 3, "Lan", &dossier, NULL));
    g_assert_true(lt_store_dossier_add(archive->store, dossier, ids, &added, NULL));
    g_autoptr(LtSheet) sheet =
        fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_DOCUMENTS, .dossier = dossier});
    assert_column(sheet, 0, "1 2 3");
    assert_column(sheet, 1, "3/SNV-VP 2/SNV-VP 1/SNV-VP");
    assert_column(sheet, 5, "1 2 3");
    g_assert_cmpstr(sheet->heads->pdata[0], ==, "Số, ký hiệu hồ sơ: 01.TH");
    g_autofree char *day = lt_sheet_text(sheet, 0, 2);
    g_assert_cmpstr(day, ==, "01/02/2023");
    g_assert_cmpstr(((char **)sheet->rows->pdata[0])[3], ==, "Công văn: nội dung");

    g_autoptr(LtSheet) found = fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_DOCUMENTS});
    assert_column(found, 1, "1/SNV-VP 2/SNV-VP 3/SNV-VP");
    g_autoptr(LtSheet) list = fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_DOSSIERS});
    assert_column(list, 3, "01/02/2023");
    g_assert_cmpstr(list->closing->pdata[1], ==, "Viết bằng chữ: một hồ sơ (đơn vị bảo quản).");
}

/* "Như trên" says nothing in a register: those to whom the document is addressed stand in its place. */
static void
test_as_above(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) record = new_record(
        archive, &(Dispatch){.number = "5/SNV-VP", .date = "2023-02-01", .subject = "nội dung"});

    set_field(record, LT_FIELD_TO, "Sở Tài chính; Kho bạc Nhà nước.");
    g_ptr_array_add(record->recipients, g_strdup("Như trên; UBND tỉnh (b/c);"));
    g_ptr_array_add(record->recipients, g_strdup("Cục Thuế; Lưu: VT; NC(2b)."));
    file_record(archive, record);
    g_autoptr(LtSheet) sheet = fill(archive, (LtRegisterRequest){.kind = LT_REGISTER_OUTGOING});
    assert_column(sheet, 4, "Sở Tài chính; Kho bạc Nhà nước; UBND tỉnh (b/c); Cục Thuế");
    assert_column(sheet, 5, "VT; NC(2b)");
    g_autoptr(GString) xml = g_string_new(NULL);
    lt_metadata_xml(xml, &(LtMetadata){.record = record}, 0);
    g_assert_nonnull(strstr(xml->str, "<OrganName>Kho bạc Nhà nước</OrganName>"));
    g_assert_null(strstr(xml->str, "Như trên"));
}

/* Nothing of what is marked secret stands in a register, unless it was released. */
static void
test_secret(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtRecord) record = new_record(
        archive, &(Dispatch){.number = "5/SNV-VP", .date = "2023-02-01", .subject = "điều mật"});
    g_autoptr(GError) error = NULL;

    set_field(record, LT_FIELD_SECRECY, "TỐI MẬT");
    file_record(archive, record);
    file_letter(archive, "4/SNV-VP", "2023-02-01", "Sở Nội vụ");
    for (LtRegisterKind kind = LT_REGISTER_DOCUMENTS; kind < LT_REGISTER_N_KINDS; kind++) {
        if (kind == LT_REGISTER_DOSSIERS)
            continue;
        g_autoptr(LtSheet) sheet = fill(archive, (LtRegisterRequest){.kind = kind});
        g_autoptr(GString) csv = lt_sheet_to_csv(sheet);
        g_assert_cmpuint(sheet->secret, ==, 1);
        g_assert_null(strstr(csv->str, "điều mật"));
        g_assert_null(strstr(csv->str, "5/SNV-VP"));
    }
}

static void
test_number_words(void)
{
    static const struct {
        guint number;
        const char *words;
    } cases[] = {
        {0, "không"},
        {1, "một"},
        {5, "năm"},
        {10, "mười"},
        {11, "mười một"},
        {15, "mười lăm"},
        {21, "hai mươi mốt"},
        {25, "hai mươi lăm"},
        {100, "một trăm"},
        {105, "một trăm linh năm"},
        {110, "một trăm mười"},
        {1005, "một nghìn không trăm linh năm"},
        {1000, "một nghìn"},
        {999999, "chín trăm chín mươi chín nghìn chín trăm chín mươi chín"},
        {1000000, "1000000"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = lt_sheet_number_words(cases[i].number);
        g_assert_cmpstr(words, ==, cases[i].words);
    }
}

/* --- gaps --- */

static LtGaps *
find_gaps(Archive *archive, LtGapsRequest request)
{
    static const LtSearch all = {.query = ""};
    g_autoptr(GError) error = NULL;
    LtGaps *gaps;

    request.search = &all;
    gaps = lt_store_gaps(archive->store, &request, &error);
    g_assert_no_error(error);
    return gaps;
}

static gint64
file_doubtful(Archive *archive, const char *number)
{
    g_autoptr(LtRecord) record = new_record(archive, &(Dispatch){.number = number,
                                                                 .date = "2023-02-01",
                                                                 .issuer = "Sở Nội vụ",
                                                                 .place = "Cao Bằng",
                                                                 .type = "Công văn"});

    lt_record_add_doubt(record, "number", "low-confidence");
    file_record(archive, record);
    return record->id;
}

static void
assert_missing(const LtSeries *series, const char *wanted)
{
    g_autofree char *text = lt_gaps_ranges_text(series);

    g_assert_cmpstr(text, ==, wanted);
}

static void
test_gaps(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const numbers[] = {"03/SNV-VP", "4/SNV-TC", "4/SNV-VP",
                                          "7a/SNV-VP", "9/SNV-VP", "123456/SNV-VP"};
    const LtGapsRequest request = {.from_one = TRUE};

    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        file_letter(archive, numbers[i], "2023-02-01", "Sở Nội vụ");
    file_letter(archive, "40/SNV-VP", "2022-02-01", "Sở Nội vụ");
    file_letter(archive, "41/SNV-VP", NULL, "Sở Nội vụ");
    gint64 six = file_doubtful(archive, "6/SNV-VP");
    file_doubtful(archive, "77/SNV-VP");

    g_autoptr(LtGaps) gaps = find_gaps(archive, request);
    const LtSeries *series = gaps->series->pdata[1];
    g_assert_cmpuint(gaps->series->len, ==, 2);
    g_assert_cmpuint(gaps->undated, ==, 1);
    g_assert_cmpuint(series->year, ==, 2023);
    g_assert_cmpstr(series->notation, ==, "SNV-VP");
    g_assert_cmpint(series->last, ==, 9);
    assert_missing(series, "1–2, 5, 8");
    g_assert_cmpuint(series->n_missing, ==, 4);
    g_assert_cmpuint(series->doubles->len, ==, 1);
    g_assert_cmpstr(((LtNumberUse *)series->doubles->pdata[0])->number, ==, "4");
    g_assert_cmpuint(series->doubtful->len, ==, 3);
    g_assert_cmpint(
        g_array_index(((LtNumberUse *)series->doubtful->pdata[0])->documents, gint64, 0), ==, six);
    assert_missing(gaps->series->pdata[0], "1–39");

    g_autoptr(LtGaps) lowest = find_gaps(archive, (LtGapsRequest){.year = 2023, .least = 2});
    assert_missing(lowest->series->pdata[0], "5, 8");
    g_autoptr(LtGaps) notation = find_gaps(
        archive, (LtGapsRequest){.year = 2023, .series = LT_SERIES_BY_NOTATION, .least = 2});
    g_assert_cmpuint(notation->series->len, ==, 1);
    g_assert_cmpuint(notation->small, ==, 1);
    g_assert_cmpuint(((LtSeries *)notation->series->pdata[0])->doubles->len, ==, 0);
}

/* Legal normative documents and other offices of the same name count by themselves. */
static void
test_series(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const rows[][4] = {
        {"1/QĐ-UBND", "Ủy ban nhân dân tỉnh Cao Bằng", "Cao Bằng", "Quyết định"},
        {"1/2023/QĐ-UBND", "Ủy ban nhân dân tỉnh Cao Bằng", "Cao Bằng", "Quyết định"},
        {"1/QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", "Lạng Sơn", "Quyết định"},
        {"1/KH-UBND", "UBND tỉnh Cao Bằng", "Cao Bằng", "Kế hoạch"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        file_dispatch(archive, &(Dispatch){.number = rows[i][0],
                                           .date = "2023-01-01",
                                           .issuer = rows[i][1],
                                           .place = rows[i][2],
                                           .type = rows[i][3]});
    g_autoptr(LtGaps) by_type = find_gaps(archive, (LtGapsRequest){.from_one = TRUE});
    g_autoptr(LtGaps) by_office =
        find_gaps(archive, (LtGapsRequest){.series = LT_SERIES_BY_OFFICE, .least = 2});
    g_assert_cmpuint(by_type->series->len, ==, 4);
    g_assert_cmpuint(by_office->series->len, ==, 1);
    g_assert_cmpuint(((LtSeries *)by_office->series->pdata[0])->doubles->len, ==, 1);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/register/one-series", test_one_series},
        {"/store/register/as-above", test_as_above},
        {"/store/register/books", test_books},
        {"/store/register/dossier", test_dossier},
        {"/store/register/secret", test_secret},
        {"/store/gaps/numbers", test_gaps},
        {"/store/gaps/series", test_series},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    g_test_add_func("/store/register/number-words", test_number_words);
    return g_test_run();
}
