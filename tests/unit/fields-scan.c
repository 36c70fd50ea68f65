/* Recognised pages with boxes: evidence, columns in any order, handwriting, doubtful words. */
#include "fields-fixture.h"

#include <string.h>

#define PRINT 0.012 /* height of printed words, in fractions of the page */

typedef struct {
    const char *text; /* words parted by blanks */
    double x, y;
} Row;

/* A word of the page that differs from the rest: recognised badly, or standing high. */
typedef struct {
    const char *word;
    guint confidence;
    double height;
} Odd;

static const Row letter[] = {
    {"UBND TỈNH LÀO CAI", 0.18, 0.06},
    {"SỞ Y TẾ", 0.24, 0.08},
    {"Số: 0451 /SYT-NVY", 0.2, 0.11},
    {"V/v tiêm phòng bạch hầu tại", 0.17, 0.14},
    {"các huyện vùng cao", 0.19, 0.16},
    {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.47, 0.06},
    {"Độc lập - Tự do - Hạnh phúc", 0.55, 0.08},
    {"Lào Cai, ngày 14 tháng 10 năm 2020", 0.52, 0.11},
    {"Kính gửi: Trung tâm Y tế các huyện.", 0.3, 0.2},
    {"Thực hiện Quyết định số 3054/QĐ-BYT ngày 10/7/2020 của Bộ Y tế về việc tiêm", 0.2, 0.24},
    {"phòng, Sở Y tế đề nghị các đơn vị báo cáo trước ngày 20/10/2020.", 0.14, 0.26},
    {"Nơi nhận:", 0.14, 0.5},
    {"- Như trên;", 0.14, 0.52},
    {"- Lưu: VT, NVY.", 0.14, 0.54},
    {"KT. GIÁM ĐỐC", 0.6, 0.5},
    {"PHÓ GIÁM ĐỐC", 0.6, 0.52},
    {"Vàng Thị Ví", 0.62, 0.62},
};

static const Odd *
find_odd(const Odd *odds, guint n, const char *word)
{
    for (guint i = 0; i < n; i++)
        if (g_str_equal(odds[i].word, word))
            return &odds[i];
    return NULL;
}

static void
add_row(LtPageBuilder *builder, const Row *row, const Odd *odds, guint n_odds)
{
    g_auto(GStrv) words = g_strsplit(row->text, " ", -1);
    double x = row->x;
    for (char **word = words; *word; word++) {
        const Odd *odd = find_odd(odds, n_odds, *word);
        double width = 0.009 * (double)g_utf8_strlen(*word, -1);
        double height = odd && odd->height > 0 ? odd->height : PRINT;
        LtBox box = {x, row->y + PRINT - height, x + width, row->y + PRINT};
        lt_page_builder_add_word(builder, *word, &box, odd ? odd->confidence : 95, 0);
        x += width + 0.006;
    }
    lt_page_builder_end_line(builder);
}

static LtRecord *
read_rows(const Row *rows, guint n, gboolean backwards, const Odd *odds, guint n_odds)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 595, 842);
    for (guint i = 0; i < n; i++)
        add_row(builder, &rows[backwards ? n - 1 - i : i], odds, n_odds);
    return read_page(lt_page_builder_finish(builder));
}

static LtRecord *
read_letter(const Odd *odds, guint n_odds)
{
    return read_rows(letter, G_N_ELEMENTS(letter), FALSE, odds, n_odds);
}

static void
assert_box(const LtField *field, double x0, double y0, double x1, double y1)
{
    g_assert_cmpuint(field->page, ==, 1);
    g_assert_cmpfloat_with_epsilon(field->box.x0, x0, 0.0005);
    g_assert_cmpfloat_with_epsilon(field->box.y0, y0, 0.0005);
    g_assert_cmpfloat_with_epsilon(field->box.x1, x1, 0.0005);
    g_assert_cmpfloat_with_epsilon(field->box.y1, y1, 0.0005);
}

static void
test_printed(void)
{
    g_autoptr(LtRecord) record = read_letter(NULL, 0);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "0451/SYT-NVY");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2020-10-14");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Sở Y tế");
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==,
                    "tiêm phòng bạch hầu tại các huyện vùng cao");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER), ==, "Vàng Thị Ví");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER_TITLE), ==, "PHÓ GIÁM ĐỐC");
    g_assert_cmpuint(record->recipients->len, ==, 2);
    g_assert_cmpuint(record->doubts->len, ==, 0);
    for (guint field = LT_FIELD_NUMBER; field <= LT_FIELD_ISSUED_DATE; field++)
        g_assert_cmpfloat(record->fields[field].confidence, >=, 0.9);
}

/* Boxes lie on the value, not on the words before it. */
static void
test_evidence(void)
{
    g_autoptr(LtRecord) record = read_letter(NULL, 0);
    const LtField *number = &record->fields[LT_FIELD_NUMBER];
    assert_box(number, 0.2 + 0.027 + 0.006, 0.11, 0.2 + 0.027 + 0.006 + 0.036 + 0.006 + 0.072,
               0.122);
    g_assert_cmpstr(number->as_printed, ==, "0451 /SYT-NVY");
    g_assert_cmpstr(number->rule, ==, "number");
    const LtField *subject = &record->fields[LT_FIELD_SUBJECT];
    g_assert_cmpfloat_with_epsilon(subject->box.y0, 0.14, 0.0005);
    g_assert_cmpfloat_with_epsilon(subject->box.y1, 0.172, 0.0005);
    const LtField *date = &record->fields[LT_FIELD_ISSUED_DATE];
    g_assert_cmpstr(date->as_printed, ==, "ngày 14 tháng 10 năm 2020");
    g_assert_cmpfloat(date->box.x0, >, 0.58);
}

/* Zones follow the boxes, not the order in which lines were recognised. */
static void
test_order(void)
{
    g_autoptr(LtRecord) record = read_rows(letter, G_N_ELEMENTS(letter), TRUE, NULL, 0);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "0451/SYT-NVY");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2020-10-14");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Sở Y tế");
    g_assert_cmpstr(value_of(record, LT_FIELD_PARENT_ISSUER), ==, "Ủy ban nhân dân tỉnh Lào Cai");
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==,
                    "tiêm phòng bạch hầu tại các huyện vùng cao");
}

static void
assert_withheld(const LtRecord *record)
{
    const LtField *number = &record->fields[LT_FIELD_NUMBER];
    g_assert_null(number->value);
    g_assert_null(value_of(record, LT_FIELD_CODE_NUMBER));
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NOTATION), ==, "SYT-NVY");
    g_assert_true(is_doubted(record, LT_FIELD_NUMBER, "unreadable"));
    g_assert_cmpuint(number->page, ==, 1);
    g_assert_nonnull(number->candidates);
    const LtCandidate *candidate = g_ptr_array_index(number->candidates, 0);
    g_assert_cmpstr(candidate->value, ==, "0451/SYT-NVY");
    g_assert_cmpfloat(candidate->confidence, <, 0.9);
}

static void
test_handwriting(void)
{
    static const Odd faint[] = {{"0451", 40, 0}}, high[] = {{"0451", 90, 0.02}};
    g_autoptr(LtRecord) doubtful = read_letter(faint, 1);
    assert_withheld(doubtful);
    g_autoptr(LtRecord) tall = read_letter(high, 1);
    assert_withheld(tall);
    g_assert_cmpstr(value_of(tall, LT_FIELD_ISSUED_DATE), ==, "2020-10-14");
}

static void
test_doubtful_date(void)
{
    static const Odd faint[] = {{"14", 50, 0}}, fair[] = {{"14", 82, 0}};
    g_autoptr(LtRecord) withheld = read_letter(faint, 1);
    g_assert_null(value_of(withheld, LT_FIELD_ISSUED_DATE));
    g_assert_true(is_doubted(withheld, LT_FIELD_ISSUED_DATE, "unreadable"));
    g_autoptr(LtRecord) unsure = read_letter(fair, 1);
    g_assert_cmpstr(value_of(unsure, LT_FIELD_ISSUED_DATE), ==, "2020-10-14");
    g_assert_cmpfloat(unsure->fields[LT_FIELD_ISSUED_DATE].confidence, <, 0.9);
}

/* One doubtful word spoils a subject for being sure, and nothing else. */
static void
test_doubtful_subject(void)
{
    static const Odd faint[] = {{"bạch", 30, 0}};
    g_autoptr(LtRecord) record = read_letter(faint, 1);
    g_assert_cmpfloat(record->fields[LT_FIELD_SUBJECT].confidence, <, 0.9);
    g_assert_cmpfloat(record->fields[LT_FIELD_NUMBER].confidence, >=, 0.9);
}

/* The body says the subject again: what recognition did to its marks is put right from there, and what
 * both spell alike is surer. */
static void
test_subject_by_body(void)
{
    Row rows[G_N_ELEMENTS(letter)];
    static const Odd faint[] = {{"phỏng", 80, 0}};
    memcpy(rows, letter, sizeof letter);
    rows[3].text = "V/v tiêm phỏng bạch hầu tại";
    g_autoptr(LtRecord) record = read_rows(rows, G_N_ELEMENTS(rows), FALSE, faint, 1);
    const LtField *subject = &record->fields[LT_FIELD_SUBJECT];
    g_assert_cmpstr(subject->value, ==, "tiêm phòng bạch hầu tại các huyện vùng cao");
    g_assert_cmpstr(subject->as_printed, ==, "tiêm phỏng bạch hầu tại các huyện vùng cao");
    static const Odd same[] = {{"phòng", 85, 0}};
    g_autoptr(LtRecord) agreed = read_letter(same, 1);
    g_assert_cmpfloat(agreed->fields[LT_FIELD_SUBJECT].confidence, >, subject->confidence);
    /* Letters that differ are another word. */
    rows[3].text = "V/v tiêm phông bạch hầu tại";
    rows[9].text = "Thực hiện Quyết định số 3054/QĐ-BYT ngày 10/7/2020 của Bộ Y tế về việc kiêm";
    g_autoptr(LtRecord) other = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
    g_assert_cmpstr(value_of(other, LT_FIELD_SUBJECT), ==,
                    "tiêm phông bạch hầu tại các huyện vùng cao");
}

/* An abbreviation below a name that is sure: a letter lost, though what is left is another's. */
static void
test_abbreviation_of_name(void)
{
    Row rows[G_N_ELEMENTS(letter)];
    memcpy(rows, letter, sizeof letter);
    rows[2].text = "Số: 0451 /YT-NVY";
    static const Odd faint[] = {{"/YT-NVY", 40, 0}};
    g_autoptr(LtRecord) doubtful = read_rows(rows, G_N_ELEMENTS(rows), FALSE, faint, 1);
    const LtField *notation = &doubtful->fields[LT_FIELD_CODE_NOTATION];
    g_assert_cmpstr(notation->value, ==, "SYT-NVY");
    g_assert_cmpstr(notation->as_printed, ==, "YT-NVY");
    g_assert_cmpfloat(notation->confidence, <, 0.9);
    rows[2].text = "Số: 0451 /S.YT-NVY";
    g_autoptr(LtRecord) speck = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
    g_assert_cmpstr(value_of(speck, LT_FIELD_CODE_NOTATION), ==, "SYT-NVY");
    rows[2].text = "Số: 0451 /YT-NVY";
    /* What is well recognised stands. */
    g_autoptr(LtRecord) clear = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
    g_assert_cmpstr(value_of(clear, LT_FIELD_CODE_NOTATION), ==, "YT-NVY");
}

static void
test_code_of_title(void)
{
    static const Row rows[] = {
        {"UBND TỈNH LÀO CAI", 0.18, 0.06},
        {"SỞ Y TẾ", 0.24, 0.08},
        {"Số: 39 /TT-SYT", 0.2, 0.11},
        {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.47, 0.06},
        {"Độc lập - Tự do - Hạnh phúc", 0.55, 0.08},
        {"Lào Cai, ngày 14 tháng 10 năm 2020", 0.52, 0.11},
        {"TỜ TRÌNH", 0.46, 0.15},
        {"Về an toàn thực phẩm", 0.4, 0.17},
        {"Kính gửi: Ủy ban nhân dân tỉnh Lào Cai.", 0.3, 0.2},
    };
    g_autoptr(LtRecord) record = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NOTATION), ==, "TTr-SYT");
    g_assert_cmpstr(record->fields[LT_FIELD_CODE_NOTATION].as_printed, ==, "TT-SYT");
    g_assert_cmpfloat(record->fields[LT_FIELD_NUMBER].confidence, <, 0.9);
}

static void
test_family_name(void)
{
    Row rows[G_N_ELEMENTS(letter)];
    memcpy(rows, letter, sizeof letter);
    rows[16].text = "Trân Thị Ví";
    g_autoptr(LtRecord) marks = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
    g_assert_cmpstr(value_of(marks, LT_FIELD_SIGNER), ==, "Trần Thị Ví");
    g_assert_cmpstr(marks->fields[LT_FIELD_SIGNER].as_printed, ==, "Trân Thị Ví");
    g_assert_cmpfloat(marks->fields[LT_FIELD_SIGNER].confidence, <, 0.9);
    /* What was before it is lost below the seal. */
    rows[16].text = "Thị Thu Ví";
    g_autoptr(LtRecord) lost = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
    g_assert_cmpfloat(lost->fields[LT_FIELD_SIGNER].confidence, <, 0.9);
}

static void
test_misread_letterhead(void)
{
    static const Row rows[] = {
        {"UBND TỈNH LÀO CAI -", 0.18, 0.06},
        {"SỞYTÉ ..", 0.24, 0.08},
        {"Số: 17/QD-SYI", 0.2, 0.11},
        {"CỌNG HOÀ XÃ HỌI CHỦ NGHĨA VIỆT NAM", 0.47, 0.06},
        {"Độc lập - Tự đo - Hạnh phúc", 0.55, 0.08},
        {"Lào Cai, ngày 14 tháng 10 năm 2020", 0.52, 0.11},
        {"[Hỏa rốc¡", 0.12, 0.14},
        {"QUYÉT ĐỊNH", 0.46, 0.15},
        {"Về việc thưởng đột xuất", 0.4, 0.17},
        {"GIÁM ĐÓC SỞ Y TẾ", 0.42, 0.2},
        {"Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 và các văn bản hướng dẫn;", 0.2, 0.24},
    };
    g_autoptr(LtRecord) record = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Sở Y tế");
    g_assert_cmpstr(value_of(record, LT_FIELD_PARENT_ISSUER), ==, "Ủy ban nhân dân tỉnh Lào Cai");
    g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, "Quyết định");
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==, "thưởng đột xuất");
    g_assert_cmpstr(value_of(record, LT_FIELD_URGENCY), ==, "HỎA TỐC");
    /* Put right in its letters, and said to be so: less than sure, as printed beside it. */
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NOTATION), ==, "QĐ-SYT");
    g_assert_cmpstr(record->fields[LT_FIELD_CODE_NOTATION].as_printed, ==, "QD-SYI");
    g_assert_cmpfloat(record->fields[LT_FIELD_NUMBER].confidence, <, 0.9);
}

/* What recognition made of a signer's name, what must come of it, and whether that may be sure. */
static const struct {
    const char *printed, *name;
    gboolean sure;
} signers[] = {
    {"Vàng Thị Ví", "Vàng Thị Ví", TRUE},
    {"- Vàng A Ví", "Vàng A Ví", TRUE},
    {"~ ' Giàng AVinh", "Giàng A Vinh", TRUE},
    {"Vú Quốc Vinh", "Vũ Quốc Vinh", FALSE},         /* Vù is a rare one */
    {"Cầm Hiữu Thắng", "Cầm Hữu Thắng", FALSE},      /* no syllable */
    {"Fường Quốc Thắng", "Fường Quốc Thắng", FALSE}, /* Lường or Đường */
    {"Kim Hạnh", "Kim Hạnh", FALSE},                 /* the family name may be lost */
    {"- Như trên", NULL, FALSE},
};

static void
test_signers(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(signers); i++) {
        Row rows[G_N_ELEMENTS(letter)];
        memcpy(rows, letter, sizeof letter);
        rows[G_N_ELEMENTS(letter) - 1].text = signers[i].printed;
        g_autoptr(LtRecord) record = read_rows(rows, G_N_ELEMENTS(rows), FALSE, NULL, 0);
        const LtField *signer = &record->fields[LT_FIELD_SIGNER];
        g_assert_cmpstr(signer->value, ==, signers[i].name);
        g_assert_cmpint(signer->confidence >= 0.9, ==, signers[i].sure);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fields/scan/printed", test_printed);
    g_test_add_func("/fields/scan/evidence", test_evidence);
    g_test_add_func("/fields/scan/order", test_order);
    g_test_add_func("/fields/scan/handwriting", test_handwriting);
    g_test_add_func("/fields/scan/doubtful-date", test_doubtful_date);
    g_test_add_func("/fields/scan/doubtful-subject", test_doubtful_subject);
    g_test_add_func("/fields/scan/subject-by-body", test_subject_by_body);
    g_test_add_func("/fields/scan/abbreviation-of-name", test_abbreviation_of_name);
    g_test_add_func("/fields/scan/code-of-title", test_code_of_title);
    g_test_add_func("/fields/scan/family-name", test_family_name);
    g_test_add_func("/fields/scan/misread-letterhead", test_misread_letterhead);
    g_test_add_func("/fields/scan/signers", test_signers);
    return g_test_run();
}
