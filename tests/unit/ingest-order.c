/* Handwritten numbers and days against the other numbers of the office. */
#include "tests/unit/store-fixture.h"

#include "ingest/fields/fields.h"
#include "ingest/ingest.h"

static const struct {
    const char *number, *date;
} filed[] = {
    {"2013/TB-SYT", "2017-10-23"}, {"2094/TB-SYT", "2017-11-07"}, {"2155/TB-SYT", "2017-11-17"},
    {"2193/TB-SYT", "2017-11-29"}, {"2276/TB-SYT", "2017-12-18"}, {"125/GM-SYT", "2017-09-05"},
};

static void
set_up(Archive *archive, gconstpointer unused)
{
    archive_set_up(archive, unused);
    for (guint i = 0; i < G_N_ELEMENTS(filed); i++) {
        const Dispatch dispatch = {filed[i].number, filed[i].date, "Sở Y tế", "Kiên Giang",
                                   "Thông báo",     "việc",        "một\n"};
        file_dispatch(archive, &dispatch);
    }
}

/* A document read just now, its number withheld with two candidates. */
static LtRecord *
new_written(Archive *archive, const char *first, const char *second, const char *date)
{
    const Dispatch dispatch = {NULL, date, "Sở Y tế", "Kiên Giang", "Thông báo", "việc", "một\n"};
    const char *const values[] = {first, second};
    const double probabilities[] = {0.6, 0.39};
    LtRecord *record = new_record(archive, &dispatch);
    LtField *number = &record->fields[LT_FIELD_NUMBER];

    set_field(record, LT_FIELD_CODE_NOTATION, "TB-SYT");
    for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
        lt_field_add_candidate(number, values[i], probabilities[i]);
        lt_candidate_note(g_ptr_array_index(number->candidates, i), LT_WITNESS_INK,
                          probabilities[i]);
    }
    lt_record_add_doubt(record, "number", "unreadable");
    return record;
}

static void
assert_settled(Archive *archive, LtRecord *record, const char *value)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_order_settle(archive->store, record, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(record->fields[LT_FIELD_NUMBER].value, ==, value);
    g_assert_cmpuint(record->doubts->len, ==, value ? 0 : 1);
}

static void
test_between(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtRecord) record = new_written(archive, "2130/TB-SYT", "2730/TB-SYT", "2017-11-15");
    g_autoptr(LtRecord) taken = new_written(archive, "2155/TB-SYT", "2135/TB-SYT", "2017-11-15");
    g_autoptr(LtRecord) near = new_written(archive, "2130/TB-SYT", "2136/TB-SYT", "2017-11-15");

    assert_settled(archive, record, "2130/TB-SYT");
    const LtCandidate *wrong = g_ptr_array_index(record->fields[LT_FIELD_NUMBER].candidates, 1);
    g_assert_nonnull(strstr(wrong->because, "order:"));
    /* A number that another document has is hardly this one's; but that alone makes none sure. */
    assert_settled(archive, taken, NULL);
    g_assert_cmpstr(
        ((LtCandidate *)g_ptr_array_index(taken->fields[LT_FIELD_NUMBER].candidates, 0))->value, ==,
        "2135/TB-SYT");
    assert_settled(archive, near, NULL);
}

/* What other fields said against a value is not undone because its neighbours say nothing. */
static void
test_kept(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtRecord) record = new_written(archive, "2130/TB-SYT", "2730/TB-SYT", "2018-11-15");
    LtField *number = &record->fields[LT_FIELD_NUMBER];
    g_autoptr(GError) error = NULL;

    ((LtCandidate *)g_ptr_array_index(number->candidates, 0))->confidence = 0.99;
    ((LtCandidate *)g_ptr_array_index(number->candidates, 1))->confidence = 0.001;
    number->value = g_strdup("2130/TB-SYT");
    number->confidence = 0.5;
    lt_record_drop_doubts(record, "number");
    lt_record_add_doubt(record, "number", "mismatch");
    g_assert_true(lt_order_settle(archive->store, record, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(number->value, ==, "2130/TB-SYT");
    g_assert_cmpfloat(number->confidence, <=, 0.5);
    g_assert_cmpuint(record->doubts->len, ==, 1);
}

/* After the last of the year, where nothing stands above: numbers do not leap. */
static void
test_leap(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtRecord) record = new_written(archive, "2976/TB-SYT", "2296/TB-SYT", "2017-12-20");
    const GPtrArray *candidates = record->fields[LT_FIELD_NUMBER].candidates;

    assert_settled(archive, record, NULL);
    g_assert_cmpstr(((const LtCandidate *)g_ptr_array_index(candidates, 0))->value, ==,
                    "2296/TB-SYT");
}

/* Another office, another year, no neighbours: nothing is said. */
static void
test_alone(Archive *archive, G_GNUC_UNUSED gconstpointer unused)
{
    g_autoptr(LtRecord) record = new_written(archive, "2130/TB-SYT", "2730/TB-SYT", "2018-11-15");

    assert_settled(archive, record, NULL);
    g_assert_cmpstr(
        ((const LtCandidate *)g_ptr_array_index(record->fields[LT_FIELD_NUMBER].candidates, 0))
            ->because,
        ==, "ink:0.6");
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/order/between", test_between},
        {"/order/kept", test_kept},
        {"/order/leap", test_leap},
        {"/order/alone", test_alone},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), set_up);
    return g_test_run();
}
