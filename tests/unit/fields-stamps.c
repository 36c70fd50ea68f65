/* What others put onto a document, what a citation says, and pages that only report a document. */
#include "fields-fixture.h"

static const LtStamp *
find_stamp(const LtRecord *record, LtStampKind kind, guint n)
{
    for (guint i = 0; i < record->stamps->len; i++) {
        const LtStamp *stamp = g_ptr_array_index(record->stamps, i);
        if (stamp->kind == kind && n-- == 0)
            return stamp;
    }
    return NULL;
}

static const LtStamp *
stamp_of(const LtRecord *record, LtStampKind kind, guint n)
{
    const LtStamp *stamp = find_stamp(record, kind, n);
    if (!stamp)
        g_error("there is no %s number %u", lt_stamp_kind_name(kind), n);
    return stamp;
}

static const LtReference *
reference_of(const LtRecord *record, const char *number)
{
    for (guint i = 0; i < record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(record->references, i);
        if (g_str_equal(reference->number, number))
            return reference;
    }
    g_error("'%s' is not among %u references", number, record->references->len);
}

#define HEAD                                                                                                                   \
    "SỞ NỘI VỤ\nSố: 12/SNV-VP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" \
    "Lai Châu, ngày 05 tháng 9 năm 2023\nV/v công tác văn thư\n"

static void
test_arrival(void)
{
    g_autoptr(LtRecord) record = read_text("VĂN PHÒNG TỈNH ỦY\nĐẾN\nSố: 4411\nNgày: 20/9/2023\n"
                                           "Chuyển: Phòng Tổng hợp\n" HEAD "Kính gửi: Bộ Nội vụ\n");
    const LtStamp *arrival = stamp_of(record, LT_STAMP_ARRIVAL, 0);
    g_assert_cmpstr(arrival->number, ==, "4411");
    g_assert_cmpstr(arrival->date, ==, "2023-09-20");
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "12/SNV-VP");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2023-09-05");
}

/* A stamp that nobody filled in is there, with nothing in it. */
static void
test_arrival_blank(void)
{
    g_autoptr(LtRecord) record =
        read_text("ĐẾN\nSố: ...........\nNgày: ...../...../.....\n" HEAD "Kính gửi: Bộ Nội vụ\n");
    const LtStamp *arrival = stamp_of(record, LT_STAMP_ARRIVAL, 0);
    g_assert_null(arrival->number);
    g_assert_null(arrival->date);
    g_autoptr(LtRecord) without = read_text(HEAD "Kính gửi: Bộ Nội vụ\nĐến nay đã xong.\n");
    g_assert_null(find_stamp(without, LT_STAMP_ARRIVAL, 0));
}

/* Digits of a scanned stamp are most often written by hand: not given unless beyond doubt. */
static void
test_arrival_by_hand(void)
{
    static const char *const words[] = {"ĐẾN", "Số:", "4411"};
    static const guint confidence[] = {95, 95, 80};
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 595, 842);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        LtBox box = {0.1 + 0.1 * (i == 2), 0.05 + 0.02 * (i > 0), 0.18 + 0.1 * (i == 2),
                     0.062 + 0.02 * (i > 0)};
        lt_page_builder_add_word(builder, words[i], &box, confidence[i], 0);
        if (i != 1)
            lt_page_builder_end_line(builder);
    }
    g_autoptr(LtRecord) record = read_page(lt_page_builder_finish(builder));
    const LtStamp *arrival = stamp_of(record, LT_STAMP_ARRIVAL, 0);
    g_assert_null(arrival->number);
    g_assert_cmpfloat(arrival->box.y1, >, 0.07);
}

static void
test_copy_on_paper(void)
{
    g_autoptr(LtRecord) record =
        read_text(HEAD "Kính gửi: Bộ Nội vụ\nThực hiện Kế hoạch.\nNơi nhận:\n- Như trên;\n"
                       "GIÁM ĐỐC\nLò Thị Mẫu\nVĂN PHÒNG ỦY BAN NHÂN DÂN\nSAO Y\nSố: 3/SY-VP\n"
                       "Lai Châu, ngày 07 tháng 9 năm 2023\n");
    const LtStamp *copy = stamp_of(record, LT_STAMP_COPY, 0);
    g_assert_cmpstr(copy->type, ==, "SAO Y");
    g_assert_cmpstr(copy->number, ==, "3/SY-VP");
    g_assert_cmpstr(copy->date, ==, "2023-09-07");
    g_assert_cmpstr(copy->agency, ==, "Văn phòng Ủy ban nhân dân");
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "12/SNV-VP");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2023-09-05");
}

static void
test_copy_digital(void)
{
    g_autoptr(LtRecord) record =
        read_text("TRÍCH SAO; Sở Nội vụ; 18/9/2023; 10:20:30\n" HEAD "Kính gửi: Bộ Nội vụ\n");
    const LtStamp *copy = stamp_of(record, LT_STAMP_COPY, 0);
    g_assert_cmpstr(copy->type, ==, "TRÍCH SAO");
    g_assert_cmpstr(copy->agency, ==, "Sở Nội vụ");
    g_assert_cmpstr(copy->date, ==, "2023-09-18T10:20:30");
    g_assert_null(copy->number);
}

static void
test_signatures(void)
{
    g_autoptr(LtRecord) record =
        read_text("Ký bởi: Cổng Thông tin điện tử Chính phủ\nEmail: thongtin@example.vn\n"
                  "Cơ quan: Văn phòng Chính phủ\nThời gian ký: 12.05.2015 10:32:58 +07:00\n" HEAD
                  "Kính gửi: Bộ Nội vụ\nNội dung công việc.\n"
                  "Người ký: Lò Thị Mẫu Ngày ký: 06/09/2023 9:05:00\n");
    const LtStamp *portal = stamp_of(record, LT_STAMP_SIGNATURE, 0);
    const LtStamp *person = stamp_of(record, LT_STAMP_SIGNATURE, 1);
    g_assert_cmpstr(portal->person, ==, "Cổng Thông tin điện tử Chính phủ");
    g_assert_cmpstr(portal->agency, ==, "Văn phòng Chính phủ");
    g_assert_cmpstr(portal->date, ==, "2015-05-12T10:32:58+07:00");
    g_assert_cmpstr(person->person, ==, "Lò Thị Mẫu");
    g_assert_cmpstr(person->date, ==, "2023-09-06T09:05:00");
    g_assert_null(find_stamp(record, LT_STAMP_SIGNATURE, 2));
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2023-09-05");
}

/* Words about signing in the text are no signature. */
static void
test_no_signature(void)
{
    g_autoptr(LtRecord) record =
        read_text(HEAD "Kính gửi: Bộ Nội vụ\nNgười ký: phải ghi rõ họ tên.\n");
    g_assert_null(find_stamp(record, LT_STAMP_SIGNATURE, 0));
}

static void
test_citations(void)
{
    g_autoptr(LtRecord) record = read_text(
        HEAD
        "Kính gửi: Bộ Nội vụ\n"
        "Căn cứ Luật Lưu trữ số 33/2024/QH15 ngày 21 tháng 6 năm 2024;\n"
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác\n"
        "văn thư;\n"
        "Trả lời Công văn số 20/CV-BCĐNQ ngày 05 tháng 9 năm 2023 Ban Chỉ đạo Nhân quyền tỉnh\n"
        "về triển khai kết luận, Sở Nội vụ báo cáo như sau. Văn bản này thay thế Thông tư số\n"
        "01/2011/TT-BNV ngày 19/01/2011 của Bộ trưởng Bộ Nội vụ hướng dẫn thể thức.\n");
    const LtReference *law = reference_of(record, "33/2024/QH15");
    const LtReference *decree = reference_of(record, "30/2020/NĐ-CP");
    const LtReference *letter = reference_of(record, "20/CV-BCĐNQ");
    const LtReference *circular = reference_of(record, "01/2011/TT-BNV");
    g_assert_cmpstr(law->type, ==, "Luật");
    g_assert_cmpstr(law->relation, ==, "căn cứ");
    g_assert_cmpstr(decree->type, ==, "Nghị định");
    g_assert_cmpstr(decree->issuer, ==, "Chính phủ");
    g_assert_cmpstr(decree->date, ==, "2020-03-05");
    g_assert_cmpstr(letter->type, ==, "Công văn");
    g_assert_cmpstr(letter->issuer, ==, "Ban Chỉ đạo Nhân quyền tỉnh");
    g_assert_cmpstr(letter->relation, ==, "trả lời");
    g_assert_cmpstr(circular->type, ==, "Thông tư");
    g_assert_cmpstr(circular->issuer, ==, "Bộ Nội vụ");
    g_assert_cmpstr(circular->relation, ==, "thay thế");
    g_assert_cmpuint(record->references->len, ==, 4);
}

/* A register of decisions cites without end: what is read has a limit. */
static void
test_thousand_citations(void)
{
    g_autoptr(GString) text = g_string_new(HEAD "Kính gửi: Bộ Nội vụ\n");
    for (guint i = 1; i <= 1000; i++)
        g_string_append_printf(text, "Quyết định số %u/QĐ-UBND ngày 05/9/2022;\n", i);
    g_autoptr(LtRecord) record = read_text(text->str);
    g_assert_cmpuint(record->references->len, ==, 500);
}

#define REPORT                                                                                                            \
    "Thứ hai, Ngày 24/06/2024 -\nTuyên truyền về quyền con người\nNgày đăng: 19/09/2023  07:35\n"         \
    "Ngày 18/9, Sở Thông tin và Truyền thông có Văn bản số 1758/STTTT-TTBCXB gửi các Sở, ban,\n"       \
    "ngành; Ủy ban nhân dân các huyện về việc tăng cường tuyên truyền thành tựu về quyền con\n" \
    "người trên địa bàn tỉnh\n"                                                                                 \
    "Theo đó, thực hiện Công văn số 20/CV-BCĐNQ ngày 05 tháng 9 năm 2023 Ban Chỉ đạo Nhân quyền\n"

static void
test_report(void)
{
    g_autoptr(LtRecord) record = read_text(REPORT);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "1758/STTTT-TTBCXB");
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NUMBER), ==, "1758");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2023-09-18");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Sở Thông tin và Truyền thông");
    g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, "Công văn");
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==,
                    "tăng cường tuyên truyền thành tựu về quyền con người trên địa bàn tỉnh");
    g_assert_cmpstr(value_of(record, LT_FIELD_TO), ==,
                    "các Sở, ban, ngành; Ủy ban nhân dân các huyện");
    g_assert_cmpuint(record->references->len, ==, 1);
    g_assert_cmpstr(reference_of(record, "20/CV-BCĐNQ")->date, ==, "2023-09-05");
    const LtDoubt *doubt = g_ptr_array_index(record->doubts, 0);
    g_assert_cmpuint(record->doubts->len, ==, 1);
    g_assert_null(doubt->field);
    g_assert_cmpstr(doubt->code, ==, "report");
}

/* A day without a year is of the page's year, or of the year before; of none where the page tells
 * none. */
static void
test_report_year(void)
{
    g_autoptr(LtRecord) before =
        read_text("Ngày đăng: 02/01/2024\nNgày 28/12, Sở Nội vụ ban hành Công văn số 9/SNV-VP về "
                  "việc nghỉ Tết.\n");
    g_autoptr(LtRecord) none =
        read_text("Ngày 28/12, Sở Nội vụ ban hành Công văn số 9/SNV-VP về việc nghỉ Tết.\n");
    g_assert_cmpstr(value_of(before, LT_FIELD_ISSUED_DATE), ==, "2023-12-28");
    g_assert_cmpstr(value_of(none, LT_FIELD_NUMBER), ==, "9/SNV-VP");
    g_assert_null(value_of(none, LT_FIELD_ISSUED_DATE));
    g_assert_true(is_doubted(none, LT_FIELD_ISSUED_DATE, "missing"));
}

/* A dispatch that tells of another is itself. */
static void
test_no_report(void)
{
    g_autoptr(LtRecord) record =
        read_text(HEAD "Kính gửi: Bộ Nội vụ\nNgày 18/9/2023, Sở Y tế có Văn bản số 1758/SYT-VP gửi "
                       "các huyện về việc phòng dịch.\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "12/SNV-VP");
    for (guint i = 0; i < record->doubts->len; i++)
        g_assert_cmpstr(((const LtDoubt *)g_ptr_array_index(record->doubts, i))->code, !=,
                        "report");
}

static void
test_authority(void)
{
    g_autoptr(LtRecord) record =
        read_text(HEAD "Kính gửi: Bộ Nội vụ\nĐề nghị thực hiện./.\nNơi nhận:\n- Như trên;\n"
                       "TL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG\nPHÓ VỤ TRƯỞNG\nLò Thị Mẫu\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER_TITLE), ==, "PHÓ VỤ TRƯỞNG");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER_AUTHORITY), ==,
                    "TL. BỘ TRƯỞNG; KT. VỤ TRƯỞNG");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER), ==, "Lò Thị Mẫu");
}

/* One letter of a title may be misread: put right, and no longer sure. */
static void
test_title_misread(void)
{
    g_autoptr(LtRecord) record =
        read_text(HEAD "Kính gửi: Bộ Nội vụ\nĐề nghị thực hiện./.\nNơi nhận:\n- Như trên;\n"
                       "TM. ỦY BAN NHÂN DÂN\nCHỦ TCH\nLò Thị Mẫu\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER_TITLE), ==, "CHỦ TỊCH");
    g_assert_cmpfloat(record->fields[LT_FIELD_SIGNER_TITLE].confidence, <, 0.9);
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER_AUTHORITY), ==, "TM. ỦY BAN NHÂN DÂN");
}

/* A number on a scan whose digits stand so many times as high as the word Số. */
static LtRecord *
read_number(double height)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 595, 842);
    lt_page_builder_add_word(builder, "Số:", &(LtBox){0.2, 0.1, 0.23, 0.112}, 93, 0);
    lt_page_builder_add_word(builder, "28/UBND-VX", &(LtBox){0.24, 0.1, 0.33, 0.1 + 0.012 * height},
                             65, 0);
    lt_page_builder_end_line(builder);
    return read_page(lt_page_builder_finish(builder));
}

/* Recognition thinks little of numbers; their height tells print from handwriting. */
static void
test_print_by_height(void)
{
    g_autoptr(LtRecord) printed = read_number(1.05);
    g_autoptr(LtRecord) written = read_number(1.3);
    const LtField *number = &printed->fields[LT_FIELD_NUMBER];
    g_assert_cmpstr(number->value, ==, "28/UBND-VX");
    g_assert_cmpfloat(number->confidence, >, 0.85);
    g_assert_null(value_of(written, LT_FIELD_NUMBER));
    g_assert_cmpstr(value_of(written, LT_FIELD_CODE_NOTATION), ==, "UBND-VX");
    g_assert_true(is_doubted(written, LT_FIELD_NUMBER, "unreadable"));
}

/* Text that names the nation among other words is no letterhead. */
static void
test_nation_in_subject(void)
{
    g_autoptr(LtRecord) record =
        read_text("SỞ TƯ PHÁP\nSố: 12/QĐ-STP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do "
                  "- Hạnh phúc\n"
                  "Lai Châu, ngày 05 tháng 9 năm 2023\nQUYẾT ĐỊNH\n"
                  "Về hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam\nnăm 2022\n"
                  "GIÁM ĐỐC SỞ TƯ PHÁP\nCăn cứ Luật;\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==,
                    "Về hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2022");
}

static void
test_numbers_only(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 4000; i++)
        g_string_append_printf(text, "%u %u/%u %u.%u-%u\n", i, i, i * 7, i * 13, i % 12, i % 31);
    g_autoptr(LtRecord) record = read_text(text->str);
    g_assert_null(value_of(record, LT_FIELD_NUMBER));
    g_assert_null(value_of(record, LT_FIELD_ISSUED_DATE));
    g_assert_cmpuint(record->references->len, ==, 0);
}

/* Half a megabyte, in lines and in one line: time must grow with the text, not with its square. Of five, see
 * tests/cli/33-fields-rules.sh. */
static void
test_long_text(gconstpointer data)
{
    const char *piece = data;
    g_autoptr(GString) text = g_string_new(HEAD "Kính gửi: Bộ Nội vụ\n");
    while (text->len < 1u << 19)
        g_string_append(text, piece);
    g_autoptr(LtRecord) record = read_text(text->str);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "12/SNV-VP");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stamps/arrival", test_arrival);
    g_test_add_func("/stamps/arrival-blank", test_arrival_blank);
    g_test_add_func("/stamps/arrival-by-hand", test_arrival_by_hand);
    g_test_add_func("/stamps/copy-on-paper", test_copy_on_paper);
    g_test_add_func("/stamps/copy-digital", test_copy_digital);
    g_test_add_func("/stamps/signatures", test_signatures);
    g_test_add_func("/stamps/no-signature", test_no_signature);
    g_test_add_func("/citations/parts", test_citations);
    g_test_add_func("/citations/thousand", test_thousand_citations);
    g_test_add_func("/report/article", test_report);
    g_test_add_func("/report/year", test_report_year);
    g_test_add_func("/report/dispatch", test_no_report);
    g_test_add_func("/signer/authority", test_authority);
    g_test_add_func("/signer/misread", test_title_misread);
    g_test_add_func("/number/print-by-height", test_print_by_height);
    g_test_add_func("/subject/nation", test_nation_in_subject);
    g_test_add_func("/bad/numbers-only", test_numbers_only);
    g_test_add_data_func("/bad/long-text", "Thực hiện Quyết định số 12/QĐ-UBND ngày 05/9/2022;\n",
                         test_long_text);
    g_test_add_data_func("/bad/long-line", "thực hiện Quyết định số 12/QĐ-UBND và 24/24 giờ, ",
                         test_long_text);
    return g_test_run();
}
