/* What a hand wrote, as the worker reads it, becomes a value, or candidates and a doubt. */
#include "fields-fixture.h"

#include <string.h>

#define NUMBER_BOX "0.2300 0.1080 0.2900 0.1260"
#define DAY_BOX "0.6300 0.1080 0.6600 0.1260"

typedef struct {
    const char *text;
    double x, y;
} Row;

static const Row letter[] = {
    {"UBND TỈNH LÀO CAI", 0.18, 0.06},
    {"SỞ Y TẾ", 0.24, 0.08},
    {"Số: j2§2 /SYT-NVY", 0.2, 0.11},
    {"V/v tiêm phòng bạch hầu tại", 0.17, 0.14},
    {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.47, 0.06},
    {"Độc lập - Tự do - Hạnh phúc", 0.55, 0.08},
    {"Lào Cai, ngày *† tháng 10 năm 2020", 0.52, 0.11},
    {"Kính gửi: Trung tâm Y tế các huyện.", 0.3, 0.2},
    {"Thực hiện Quyết định số 3054/QĐ-BYT ngày 10/7/2020 của Bộ Y tế về việc tiêm", 0.2, 0.24},
    {"Nơi nhận:", 0.14, 0.5},
    {"- Lưu: VT, NVY.", 0.14, 0.54},
    {"GIÁM ĐỐC", 0.6, 0.5},
    {"Vàng Thị Ví", 0.62, 0.62},
};

/* A plan by its notation, a notice by its title: one of them was misread. */
static const Row contradicting[] = {
    {"UBND TỈNH LÀO CAI", 0.18, 0.06},
    {"SỞ Y TẾ", 0.24, 0.08},
    {"Số: j2§2 /KH-SYT", 0.2, 0.11},
    {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.47, 0.06},
    {"Độc lập - Tự do - Hạnh phúc", 0.55, 0.08},
    {"Lào Cai, ngày 12 tháng 10 năm 2020", 0.52, 0.11},
    {"THÔNG BÁO", 0.44, 0.17},
    {"Về việc tiêm phòng bạch hầu", 0.38, 0.19},
    {"Nơi nhận:", 0.14, 0.5},
    {"- Lưu: VT, NVY.", 0.14, 0.54},
    {"GIÁM ĐỐC", 0.6, 0.5},
    {"Vàng Thị Ví", 0.62, 0.62},
};

static LtRecord *
read_rows(const Row *rows, guint n_rows, const char *written, const char *source)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 595, 842);
    g_autoptr(LtRules) rules = load_rules();
    LtRecord *record = lt_record_new();

    for (guint i = 0; i < n_rows; i++) {
        g_auto(GStrv) words = g_strsplit(rows[i].text, " ", -1);
        double x = rows[i].x;

        for (char **word = words; *word; word++) {
            double width = 0.009 * (double)g_utf8_strlen(*word, -1);
            const LtBox box = {x, rows[i].y, x + width, rows[i].y + 0.012};
            gboolean ink = strpbrk(*word, "*j") != NULL;

            lt_page_builder_add_word(builder, *word, &box, ink ? 10 : 95, 0);
            x += width + 0.006;
        }
        lt_page_builder_end_line(builder);
    }
    LtPage *page = lt_page_builder_finish(builder);
    g_assert_true(lt_written_from_text(written, &page->written));
    g_ptr_array_add(record->pages, page);
    record->source = g_strdup(source);
    lt_fields_read(rules, record->pages, record);
    return record;
}

static LtRecord *
read_written(const char *written, const char *source)
{
    return read_rows(letter, G_N_ELEMENTS(letter), written, source);
}

/* The first candidate, which must be there. */
static const char *
best_of(const LtRecord *record, LtFieldId field, const char **ret_because)
{
    const GPtrArray *candidates = record->fields[field].candidates;
    const LtCandidate *best = NULL;

    if (candidates && candidates->len)
        best = g_ptr_array_index(candidates, 0);
    if (ret_because)
        *ret_because = best ? best->because : NULL;
    return best ? best->value : NULL;
}

static void
test_sure(void)
{
    g_autoptr(LtRecord) record =
        read_written("number ink " NUMBER_BOX " 1252=0.9800 1292=0.0100\n"
                     "day ink " DAY_BOX " 05=0.6000 5=0.3800\n"
                     "month print 0.7200 0.1080 0.7450 0.1260 10=0.9900\n"
                     "year print 0.7900 0.1080 0.8300 0.1260 2020=0.9900\n",
                     "scan.pdf");

    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, "1252/SYT-NVY");
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NUMBER), ==, "1252");
    /* "5" and "05" are one day: together they are sure. */
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, "2020-10-05");
    g_assert_false(is_doubted(record, LT_FIELD_NUMBER, "unreadable"));
    const char *because;
    g_assert_cmpstr(best_of(record, LT_FIELD_NUMBER, &because), ==, "1252/SYT-NVY");
    g_assert_cmpstr(because, ==, "ink:0.98");
}

/* Bad input: nothing there, two hands over one another, a signature, two numbers, no day of any
 * calendar. None of it is a value. */
static void
test_withheld(void)
{
    static const char *const numbers[] = {
        "number ink " NUMBER_BOX "\n",
        "number ink " NUMBER_BOX " -=0.9900\n",
        "number ink " NUMBER_BOX " 753=0.4000 153=0.3500 763=0.1000\n",
        "number ink " NUMBER_BOX " 1234567=0.9900\n",
        "number ink " NUMBER_BOX " 000=0.9900\n",
        "number ink " NUMBER_BOX " 12=0.1000\n",
        "number ink 0.2300 0.7000 0.2900 0.7200 1252=0.9900\n",
    };
    static const char *const days[] = {
        "day ink " DAY_BOX " 45=0.9900\nmonth print 0.7200 0.1080 0.7450 0.1260 10=0.9900\n",
        "day ink " DAY_BOX " 7=0.0300 456=0.9000\nmonth print 0.7200 0.1080 0.7450 0.1260 10=0.9\n",
        "day ink " DAY_BOX " 7=0.9000\nmonth ink 0.7200 0.1080 0.7450 0.1260 13=0.9900\n",
        "day ink " DAY_BOX " 7=0.9900\nmonth ink 0.7200 0.1080 0.7450 0.1260 13=0.95 3=0.04\n"
        "year print 0.7900 0.1080 0.8300 0.1260 2020=0.9900\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autoptr(LtRecord) record = read_written(numbers[i], "scan.pdf");

        g_test_message("%s", numbers[i]);
        g_assert_null(value_of(record, LT_FIELD_NUMBER));
        g_assert_true(is_doubted(record, LT_FIELD_NUMBER, "unreadable"));
    }
    for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autoptr(LtRecord) record = read_written(days[i], "scan.pdf");

        g_test_message("%s", days[i]);
        g_assert_null(value_of(record, LT_FIELD_ISSUED_DATE));
        g_assert_true(is_doubted(record, LT_FIELD_ISSUED_DATE, "unreadable"));
    }
}

/* Ink that is surely read makes no sure number with a notation that the title contradicts. */
static void
test_contradicted(void)
{
    g_autoptr(LtRecord) record =
        read_rows(contradicting, G_N_ELEMENTS(contradicting),
                  "number ink " NUMBER_BOX " 1252=0.9900\n", "in/1252_KH-SYT.pdf");

    g_assert_true(is_doubted(record, LT_FIELD_TYPE, "mismatch"));
    g_assert_null(value_of(record, LT_FIELD_NUMBER));
    g_assert_true(is_doubted(record, LT_FIELD_NUMBER, "unreadable"));
    g_assert_cmpstr(best_of(record, LT_FIELD_NUMBER, NULL), ==, "1252/KH-SYT");
}

/* A printed day that looks like ink and cannot be read as such stays what recognition read, though not
 * surely; one that the ink contradicts does not. */
static void
test_recognised(void)
{
    static const struct {
        const char *written, *expected;
    } rows[] = {
        {"day ink " DAY_BOX " 79=0.5450 15=0.0200 12=0.1500\n"
         "month print 0.7200 0.1080 0.7450 0.1260 10=0.9900\n"
         "year print 0.7900 0.1080 0.8300 0.1260 2020=0.9900\n",
         "2020-10-12"},
        {"day ink " DAY_BOX " 12=0.9700\n"
         "month ink 0.7200 0.1080 0.7450 0.1260 10=0.9800\n"
         "year ink 0.7900 0.1080 0.8300 0.1260\n",
         "2020-10-12"},
        {"day ink " DAY_BOX " 17=0.6000 12=0.0100\n"
         "month print 0.7200 0.1080 0.7450 0.1260 10=0.9900\n"
         "year print 0.7900 0.1080 0.8300 0.1260 2020=0.9900\n",
         NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(LtRecord) record =
            read_rows(contradicting, G_N_ELEMENTS(contradicting), rows[i].written, "scan.pdf");
        g_test_message("%s", rows[i].written);
        g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, rows[i].expected);
        g_assert_cmpfloat(record->fields[LT_FIELD_ISSUED_DATE].confidence, <, 0.9);
    }
}

/* The file's name raises what the ink says, and makes nothing that the ink does not say. */
static void
test_name(void)
{
    static const char doubtful[] = "number ink " NUMBER_BOX " 1252=0.7000 1292=0.2500\n";
    g_autoptr(LtRecord) plain = read_written(doubtful, "scan.pdf");
    g_autoptr(LtRecord) agrees = read_written(doubtful, "in/1252_SYT-NVY.pdf");
    g_autoptr(LtRecord) other = read_written(doubtful, "in/4711_SYT-NVY.pdf");

    g_assert_null(value_of(plain, LT_FIELD_NUMBER));
    g_assert_cmpstr(value_of(agrees, LT_FIELD_NUMBER), ==, "1252/SYT-NVY");
    const char *because;
    best_of(agrees, LT_FIELD_NUMBER, &because);
    g_assert_cmpstr(because, ==, "ink:0.7 file-name:20");
    g_assert_null(value_of(other, LT_FIELD_NUMBER));
    g_assert_cmpstr(best_of(other, LT_FIELD_NUMBER, NULL), ==, "1252/SYT-NVY");
}

/* "(Kèm theo Quyết định số 1252 /SYT-NVY …)": the number that the document repeats, also with blanks. */
static void
test_repeated(void)
{
    static const char doubtful[] = "number ink " NUMBER_BOX " 1292=0.6000 1252=0.3000\n";
    static const char *const said[] = {"(Kèm theo Công văn số 1252/SYT-NVY)",
                                       "(Kèm theo Công văn số 1252 / SYT-NVY của Sở)",
                                       "(Kèm theo Công văn số 1252/KH-SYT)"};

    for (guint i = 0; i < G_N_ELEMENTS(said); i++) {
        Row rows[G_N_ELEMENTS(letter)];
        const char *because;

        memcpy(rows, letter, sizeof rows);
        rows[8].text = said[i];
        g_autoptr(LtRecord) record = read_rows(rows, G_N_ELEMENTS(rows), doubtful, "scan.pdf");
        if (i == 2) {
            g_assert_cmpstr(best_of(record, LT_FIELD_NUMBER, NULL), ==, "1292/SYT-NVY");
            continue;
        }
        g_assert_cmpstr(best_of(record, LT_FIELD_NUMBER, &because), ==, "1252/SYT-NVY");
        g_assert_cmpstr(because, ==, "ink:0.3 text:30");
    }
}

/* A digital signature's day speaks for that day, and against a later one. */
static void
test_signed(void)
{
    Row rows[G_N_ELEMENTS(letter)];
    const char *because;

    memcpy(rows, letter, sizeof rows);
    rows[9].text = "Ký bởi: Sở Y tế";
    rows[10].text = "Thời gian ký: 12.10.2020 10:32:58 +07:00";
    g_autoptr(LtRecord) record = read_rows(rows, G_N_ELEMENTS(rows),
                                           "day ink " DAY_BOX " 17=0.6000 12=0.3000\n"
                                           "month print 0.7200 0.1080 0.7450 0.1260 10=0.9900\n"
                                           "year print 0.7900 0.1080 0.8300 0.1260 2020=0.9900\n",
                                           "scan.pdf");
    g_assert_cmpstr(best_of(record, LT_FIELD_ISSUED_DATE, &because), ==, "2020-10-12");
    g_assert_nonnull(strstr(because, "signature:20"));
}

/* A document of a day cannot cite one of a later day. */
static void
test_citation(void)
{
    g_autoptr(LtRecord) record =
        read_written("day ink " DAY_BOX " 09=0.7000 11=0.2500\n"
                     "month ink 0.7200 0.1080 0.7450 0.1260 7=0.9900\n"
                     "year print 0.7900 0.1080 0.8300 0.1260 2020=0.9900\n",
                     "scan.pdf");

    g_assert_cmpstr(best_of(record, LT_FIELD_ISSUED_DATE, NULL), ==, "2020-07-11");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fields/ink/sure", test_sure);
    g_test_add_func("/fields/ink/withheld", test_withheld);
    g_test_add_func("/fields/ink/contradicted", test_contradicted);
    g_test_add_func("/fields/ink/recognised", test_recognised);
    g_test_add_func("/fields/ink/name", test_name);
    g_test_add_func("/fields/ink/repeated", test_repeated);
    g_test_add_func("/fields/ink/signed", test_signed);
    g_test_add_func("/fields/ink/citation", test_citation);
    return g_test_run();
}
