/* A handwritten number that was held back is settled by what is filed after it, a document a step. */
#include "fields-fixture.h"
#include "store-fixture.h"
#include "store-sql.h"

#include "ingest/reread.h"

static const struct {
    const char *text;
    double x, y;
} rows[] = {
    {"UBND TỈNH LÀO CAI", 0.18, 0.06},
    {"SỞ Y TẾ", 0.24, 0.08},
    {"Số: j2§2 /SYT-NVY", 0.2, 0.11},
    {"V/v tiêm phòng bạch hầu tại", 0.17, 0.14},
    {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.47, 0.06},
    {"Độc lập - Tự do - Hạnh phúc", 0.55, 0.08},
    {"Lào Cai, ngày 12 tháng 10 năm 2020", 0.52, 0.11},
    {"Kính gửi: Trung tâm Y tế các huyện.", 0.3, 0.2},
    {"GIÁM ĐỐC", 0.6, 0.5},
    {"Vàng Thị Ví", 0.62, 0.62},
};

static const struct {
    const char *number, *date;
} later[] = {
    {"1240/SYT-NVY", "2020-10-07"},
    {"1246/SYT-NVY", "2020-10-08"},
    {"1259/SYT-NVY", "2020-10-15"},
    {"1264/SYT-NVY", "2020-10-16"},
};

static LtPage *
new_page(void)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 595, 842);

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) words = g_strsplit(rows[i].text, " ", -1);
        double x = rows[i].x;

        for (char **word = words; *word; word++) {
            double width = 0.009 * (double)g_utf8_strlen(*word, -1);
            const LtBox box = {x, rows[i].y, x + width, rows[i].y + 0.012};

            lt_page_builder_add_word(builder, *word, &box, **word == 'j' ? 10 : 95, 0);
            x += width + 0.006;
        }
        lt_page_builder_end_line(builder);
    }
    LtPage *page = lt_page_builder_finish(builder);
    g_assert_true(lt_written_from_text(
        "number ink 0.2300 0.1080 0.2900 0.1260 1252=0.6000 7252=0.3900\n", &page->written));
    return page;
}

/* Steps to the end. Returns: how many there were. */
static guint
settle(Archive *archive, const LtRules *rules)
{
    g_autoptr(LtSettling) settling = lt_settling_new(archive->store, rules);
    g_autoptr(GError) error = NULL;
    guint steps = 0;

    for (gboolean more = TRUE; more; steps++) {
        g_assert_true(lt_settling_step(settling, &more, &error));
        g_assert_no_error(error);
        g_assert_cmpuint(steps, <, 10);
    }
    return steps;
}

static void
assert_number(Archive *archive, gint64 id, const char *number)
{
    g_autoptr(LtRecord) record = lt_store_document(archive->store, id, FALSE, NULL);

    g_assert_nonnull(record);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, number);
}

/* With a number by hand that stays open. (transfer full) */
static LtRecord *
file_doubtful(Archive *archive, const LtRules *rules)
{
    const Dispatch nothing = {NULL};
    LtRecord *record = new_record(archive, &nothing);

    g_ptr_array_add(record->pages, new_page());
    lt_fields_read(rules, record->pages, record);
    file_record(archive, record);
    return record;
}

static void
test_later(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtRules) rules = load_rules();
    g_autoptr(LtRecord) record = file_doubtful(archive, rules);

    settle(archive, rules);
    assert_number(archive, record->id, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(later); i++) {
        const Dispatch dispatch = {
            later[i].number, later[i].date, value_of(record, LT_FIELD_ISSUER),
            "Lào Cai",       "Công văn",    "việc",
            "một\n"};
        g_autoptr(LtRecord) neighbour = new_record(archive, &dispatch);

        neighbour->issuer_id = g_strdup(record->issuer_id);
        file_record(archive, neighbour);
    }
    g_assert_cmpuint(settle(archive, rules), ==, 1);
    assert_number(archive, record->id, "1252/SYT-NVY");
}

/* A bit that flipped in one document is 'verify's to tell: the files that come shall not wait for it. */
static void
test_damaged(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtRules) rules = load_rules();
    g_autoptr(LtRecord) record = file_doubtful(archive, rules);

    run_sql(archive->directory, "UPDATE page_words SET words = x'1758'");
    g_assert_null(lt_store_document(archive->store, record->id, TRUE, NULL));
    g_assert_cmpuint(settle(archive, rules), ==, 1);
}

static void
test_nothing(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtRules) rules = load_rules();

    g_assert_cmpuint(settle(archive, rules), ==, 1);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/settle/later", test_later},
        {"/settle/damaged", test_damaged},
        {"/settle/nothing", test_nothing},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
