/* What must not be taken for the document's own number, date or issuer; all made up. */
#include "fields-fixture.h"

#define NATION "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
#define HEAD "UBND TỈNH YÊN BÁI\nSỞ TƯ PHÁP\nSố: 88/STP-VP\nV/v góp ý dự thảo nội quy\n" NATION
#define DATED "Yên Bái, ngày 14 tháng 6 năm 2022\nKính gửi: Các phòng.\n"
#define HEADLESS_BODY                                                                              \
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 01/6/2022, Sở đề nghị các phòng góp ý.\n"

static void
assert_own(const LtRecord *record)
{
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "88/STP-VP");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2022-06-14");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Sở Tư pháp");
    g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, "Công văn");
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==, "góp ý dự thảo nội quy");
}

static void
test_arrival_stamp(void)
{
    g_autoptr(LtRecord) before =
        read_text("SỞ XÂY DỰNG\nĐẾN\nSố: 4411\nNgày: 20/6/2022\nChuyển: Phòng HCTH\n" HEAD DATED
                      HEADLESS_BODY);
    assert_own(before);
    g_autoptr(LtRecord) one_line =
        read_text(HEAD "ĐẾN Số: 4411 Ngày: 20/6/2022\n" DATED HEADLESS_BODY);
    assert_own(one_line);
}

static void
test_digital_signature(void)
{
    g_autoptr(LtRecord) record = read_text(
        "Ký bởi: Cổng Thông tin điện tử tỉnh\nEmail: cong@example.vn\n"
        "Cơ quan: Văn phòng\nThời gian ký: 15.06.2022 10:32:58 +07:00\n" HEAD DATED HEADLESS_BODY);
    assert_own(record);
    g_assert_null(value_of(record, LT_FIELD_SIGNER));
}

static void
test_cited_before_the_head(void)
{
    g_autoptr(LtRecord) record =
        read_text("(Kèm theo Công văn số 5/UBND-NC ngày 02 tháng 5 năm 2021)\n"
                  "Mẫu số 01\n" HEAD DATED HEADLESS_BODY);
    assert_own(record);
}

static void
test_number_in_the_body(void)
{
    g_autoptr(LtRecord) record =
        read_text(HEAD DATED HEADLESS_BODY "Số: 1/QĐ-BTP\nHà Nội, ngày 01 tháng 01 năm 2020\n");
    assert_own(record);
    g_autoptr(LtRecord) none =
        read_text("SỞ TƯ PHÁP\n" NATION "Yên Bái, ngày 14 tháng 6 năm 2022\n"
                  "Kính gửi: Các phòng.\nThực hiện Công văn số 7/BTP-VP ngày 01/6/2022.\n"
                  "Số: 1/QĐ-BTP\n");
    g_assert_null(value_of(none, LT_FIELD_NUMBER));
    g_assert_true(is_doubted(none, LT_FIELD_NUMBER, "missing"));
}

static void
test_copy_block(void)
{
    g_autoptr(LtRecord) record =
        read_text("SAO Y; Sở Tư pháp; 16/6/2022; 08:15:00\n" HEAD DATED HEADLESS_BODY
                  "UBND HUYỆN MẪU\nSố: 3/SY-UBND\n" NATION "SAO Y\n"
                  "Mẫu, ngày 17 tháng 6 năm 2022\n");
    assert_own(record);
}

static void
test_annexed_regulation(void)
{
    g_autoptr(LtRecord) record =
        read_text("UBND TỈNH YÊN BÁI\nSỞ TƯ PHÁP\nSố: 31/QĐ-STP\n" NATION
                  "Yên Bái, ngày 14 tháng 6 năm 2022\nQUYẾT ĐỊNH\nBan hành Quy chế tiếp dân\n"
                  "GIÁM ĐỐC SỞ TƯ PHÁP\nCăn cứ Luật Tiếp công dân số 42/2013/QH13;\n"
                  "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo.\nNơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\n"
                  "Hà Thị Thử\nSỞ TƯ PHÁP\n" NATION "QUY CHẾ\nTiếp dân\n"
                  "(Kèm theo Quyết định số 31/QĐ-STP ngày 14 tháng 6 năm 2022)\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "31/QĐ-STP");
    g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, "Quyết định");
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==, "Ban hành Quy chế tiếp dân");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER), ==, "Hà Thị Thử");
    g_assert_cmpuint(record->references->len, ==, 1);
}

/* A page about a dispatch, printed from a browser. */
static void
test_news_page(void)
{
    g_autoptr(LtRecord) record =
        read_text("Thứ ba, Ngày 05/07/2022 -\nTăng cường tiếp dân\nNgày đăng: 01/07/2022 07:35\n"
                  "Ngày 14/6, Sở Tư pháp có Văn bản số 88/STP-VP gửi các phòng.\n");
    /* The one that it reports, never the page's own days; see fields-stamps.c. */
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "88/STP-VP");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2022-06-14");
    g_autoptr(LtRecord) dated = read_text("Bản tin\nYên Bái, ngày 05/07/2022\nThời tiết đẹp.\n");
    g_assert_cmpfloat(dated->fields[LT_FIELD_ISSUED_DATE].confidence, <, 0.7);
    g_assert_true(is_doubted(dated, LT_FIELD_ISSUED_DATE, "low-confidence"));
}

static void
test_weekday(void)
{
    g_autoptr(LtRecord) right =
        read_text(HEAD "Yên Bái, thứ Ba, ngày 14 tháng 6 năm 2022\nKính gửi: Các phòng.\n");
    assert_own(right);
    g_assert_false(is_doubted(right, LT_FIELD_ISSUED_DATE, "mismatch"));
    g_assert_cmpfloat(right->fields[LT_FIELD_ISSUED_DATE].confidence, >=, 0.9);
    g_autoptr(LtRecord) wrong =
        read_text(HEAD "Yên Bái, thứ Tư, ngày 14 tháng 6 năm 2022\nKính gửi: Các phòng.\n");
    g_assert_cmpstr(value_of(wrong, LT_FIELD_ISSUED_DATE), ==, "2022-06-14");
    g_assert_true(is_doubted(wrong, LT_FIELD_ISSUED_DATE, "mismatch"));
    g_assert_cmpfloat(wrong->fields[LT_FIELD_ISSUED_DATE].confidence, <, 0.9);
}

static void
test_blanks(void)
{
    g_autoptr(LtRecord) record =
        read_text("SỞ TƯ PHÁP\nSố:      /STP-VP\nV/v góp ý\n" NATION
                  "Yên Bái, ngày     tháng     năm 2022\nKính gửi: Các phòng.\n");
    g_assert_null(value_of(record, LT_FIELD_NUMBER));
    g_assert_null(value_of(record, LT_FIELD_ISSUED_DATE));
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NOTATION), ==, "STP-VP");
    g_assert_true(is_doubted(record, LT_FIELD_NUMBER, "missing"));
    g_assert_true(is_doubted(record, LT_FIELD_ISSUED_DATE, "missing"));
}

static void
test_impossible_dates(void)
{
    g_autoptr(LtRecord) record =
        read_text(HEAD "Yên Bái, ngày 31 tháng 6 năm 2022\nKính gửi: Các phòng.\n");
    g_assert_null(value_of(record, LT_FIELD_ISSUED_DATE));
    g_assert_true(is_doubted(record, LT_FIELD_ISSUED_DATE, "impossible"));
    g_autoptr(LtRecord) future =
        read_text(HEAD "Yên Bái, ngày 30 tháng 6 năm 2098\nKính gửi: Các phòng.\n");
    g_assert_true(is_doubted(future, LT_FIELD_ISSUED_DATE, "impossible"));
    g_assert_cmpfloat(future->fields[LT_FIELD_ISSUED_DATE].confidence, <, 0.9);
}

static void
test_year_against_number(void)
{
    g_autoptr(LtRecord) record =
        read_text("BỘ TƯ PHÁP\nSố: 9/2019/TT-BTP\n" NATION "Hà Nội, ngày 05 tháng 3 năm 2018\n"
                  "THÔNG TƯ\nVề hộ tịch\nCăn cứ Luật Hộ tịch số 60/2014/QH13;\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2018-03-05");
    g_assert_true(is_doubted(record, LT_FIELD_ISSUED_DATE, "mismatch"));
    g_assert_cmpfloat(record->fields[LT_FIELD_ISSUED_DATE].confidence, <, 0.9);
}

static void
test_issuer_against_number(void)
{
    g_autoptr(LtRecord) record =
        read_text("CHÍNH PHỦ\nSố: 9/2019/TT-BTP\n" NATION "Hà Nội, ngày 05 tháng 3 năm 2019\n"
                  "THÔNG TƯ\nVề hộ tịch\nCăn cứ Luật Hộ tịch số 60/2014/QH13;\n");
    g_assert_true(is_doubted(record, LT_FIELD_ISSUER, "mismatch"));
    g_assert_cmpfloat(record->fields[LT_FIELD_ISSUER].confidence, <, 0.9);
}

static void
test_title_against_number(void)
{
    g_autoptr(LtRecord) record =
        read_text("SỞ TƯ PHÁP\nSố: 5/BC-STP\n" NATION "Yên Bái, ngày 05 tháng 3 năm 2019\n"
                  "KẾ HOẠCH\nTuyên truyền\nCăn cứ Luật số 60/2014/QH13;\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, "Kế hoạch");
    g_assert_true(is_doubted(record, LT_FIELD_TYPE, "mismatch"));
}

static void
test_nothing_to_read(void)
{
    static const char *const texts[] = {"", "1 2 3\n4 5 6\n", "/ / / - - -\n",
                                        "Một bài thơ\nkhông có gì\n"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(LtRecord) record = read_text(texts[i]);
        for (guint field = 0; field < LT_N_FIELDS; field++)
            g_assert_null(value_of(record, field));
        g_assert_cmpuint(record->doubts->len, ==, 5);
    }
}

/* Each reader's work is bounded: a few megabytes of digits and slashes take seconds, not hours. */
static void
test_hostile_text(void)
{
    static const char *const pieces[] = {"1/", "Số: ", "12/QĐ-UBND ", "ngày 1 tháng ", "A-"};
    for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) text = g_string_new(HEAD DATED);
        while (text->len < 300000) {
            g_string_append(text, pieces[i]);
            if (text->len % 97 == 0)
                g_string_append_c(text, '\n');
        }
        g_autoptr(LtRecord) record = read_text(text->str);
        g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "88/STP-VP");
        g_assert_cmpuint(record->references->len, <=, 501);
    }
}

/* Without a title and V/v, a notation that begins with nobody's abbreviation may begin with a type's. */
static void
test_unknown_type(void)
{
    static const struct {
        const char *notation;
        gboolean sure;
    } cases[] = {{"UBND-VX", TRUE}, {"XYZ-ABC", FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("UBND TỈNH YÊN BÁI\nSố: 31/%s\n" NATION
                                                "Yên Bái, ngày 14 tháng 6 năm 2022\n"
                                                "Kính gửi: Sở Tư pháp.\nĐề nghị Sở cho ý kiến.\n",
                                                cases[i].notation);
        g_autoptr(LtRecord) record = read_text(text);
        g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, "Công văn");
        g_assert_true((record->fields[LT_FIELD_TYPE].confidence >= 0.9) == cases[i].sure);
    }
}

/* Ink that is read beyond doubt may yet be the number of another document than its title says. */
static void
test_disputed_ink(void)
{
    static const LtFieldId against[] = {LT_FIELD_TYPE, LT_FIELD_ISSUER};
    for (guint i = 0; i <= G_N_ELEMENTS(against); i++) {
        g_autoptr(LtRecord) record = lt_record_new();
        LtField *number = &record->fields[LT_FIELD_NUMBER];
        LtField *code = &record->fields[LT_FIELD_CODE_NUMBER];
        gboolean disputed = i < G_N_ELEMENTS(against);
        lt_field_set(&record->fields[LT_FIELD_CODE_NOTATION], "KH-UBND", NULL, 0.97, 1, NULL, NULL);
        lt_field_add_candidate(number, "300/KH-UBND", 0.99);
        if (disputed)
            lt_record_add_doubt(record, lt_field_name(against[i]), "mismatch");
        lt_candidates_decide(record, LT_FIELD_NUMBER);
        g_assert_cmpstr(number->value, ==, "300/KH-UBND");
        g_assert_true((number->confidence < 0.9) == disputed);
        g_assert_true((code->confidence < 0.9) == disputed);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fields/traps/arrival-stamp", test_arrival_stamp);
    g_test_add_func("/fields/traps/digital-signature", test_digital_signature);
    g_test_add_func("/fields/traps/cited-before-the-head", test_cited_before_the_head);
    g_test_add_func("/fields/traps/number-in-the-body", test_number_in_the_body);
    g_test_add_func("/fields/traps/copy-block", test_copy_block);
    g_test_add_func("/fields/traps/annexed-regulation", test_annexed_regulation);
    g_test_add_func("/fields/traps/news-page", test_news_page);
    g_test_add_func("/fields/traps/weekday", test_weekday);
    g_test_add_func("/fields/traps/blanks", test_blanks);
    g_test_add_func("/fields/traps/impossible-dates", test_impossible_dates);
    g_test_add_func("/fields/traps/year-against-number", test_year_against_number);
    g_test_add_func("/fields/traps/issuer-against-number", test_issuer_against_number);
    g_test_add_func("/fields/traps/title-against-number", test_title_against_number);
    g_test_add_func("/fields/traps/nothing-to-read", test_nothing_to_read);
    g_test_add_func("/fields/traps/hostile-text", test_hostile_text);
    g_test_add_func("/fields/traps/unknown-type", test_unknown_type);
    g_test_add_func("/fields/traps/disputed-ink", test_disputed_ink);
    return g_test_run();
}
