/* Whether a document's number and day fit those of the documents around it. */
#include "tests/unit/store-fixture.h"

static LtRecord *
new_numbered(Archive *archive, guint code, const char *series, const char *day)
{
    g_autofree char *number = g_strdup_printf("%u/%s", code, series);
    g_autofree char *digits = g_strdup_printf("%u", code);
    g_autofree char *text = g_strdup_printf("Số: %s của ngày %s", number, day);
    const Dispatch dispatch = {number, day, "Sở Y tế", "Lào Cai", "Quyết định", "nhân sự", text};
    LtRecord *record = new_record(archive, &dispatch);

    set_field(record, LT_FIELD_CODE_NUMBER, digits);
    set_field(record, LT_FIELD_CODE_NOTATION, series);
    g_free(record->issuer_id);
    record->issuer_id = g_strdup("vn.lao-cai.so-y-te");
    return record;
}

static void
file_numbered(Archive *archive, guint code, const char *series, const char *day)
{
    g_autoptr(LtRecord) record = new_numbered(archive, code, series, day);

    file_record(archive, record);
}

static LtNumberOrder
order_of(Archive *archive, guint code, const char *series, const char *day)
{
    g_autoptr(LtRecord) record = new_numbered(archive, code, series, day);
    g_autoptr(GError) error = NULL;
    LtNumberOrder order;

    g_assert_true(lt_store_number_order(archive->store, record, &order, &error));
    g_assert_no_error(error);
    return order;
}

static void
test_order(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    file_numbered(archive, 10, "QĐ-SYT", "2021-03-01");
    file_numbered(archive, 11, "QĐ-SYT", "2021-03-02");
    file_numbered(archive, 14, "QĐ-SYT", "2021-03-10");
    file_numbered(archive, 15, "QĐ-SYT", "2021-03-11");

    g_assert_cmpint(order_of(archive, 12, "QĐ-SYT", "2021-03-05"), ==, LT_NUMBER_IN_ORDER);
    g_assert_cmpint(order_of(archive, 12, "QĐ-SYT", "2021-03-01"), ==, LT_NUMBER_IN_ORDER);
    /* A month misread. */
    g_assert_cmpint(order_of(archive, 12, "QĐ-SYT", "2021-08-05"), ==, LT_NUMBER_OUT_OF_ORDER);
    g_assert_cmpint(order_of(archive, 12, "QĐ-SYT", "2021-01-05"), ==, LT_NUMBER_OUT_OF_ORDER);
    /* Another kind of number, another year, too far away. */
    g_assert_cmpint(order_of(archive, 12, "BC-SYT", "2021-08-05"), ==, LT_NUMBER_ORDER_UNKNOWN);
    g_assert_cmpint(order_of(archive, 12, "QĐ-SYT", "2022-08-05"), ==, LT_NUMBER_ORDER_UNKNOWN);
    g_assert_cmpint(order_of(archive, 40, "QĐ-SYT", "2021-01-05"), ==, LT_NUMBER_ORDER_UNKNOWN);
    /* On one side only. */
    g_assert_cmpint(order_of(archive, 17, "QĐ-SYT", "2021-03-12"), ==, LT_NUMBER_ORDER_UNKNOWN);
    g_assert_cmpint(order_of(archive, 17, "QĐ-SYT", "2021-02-12"), ==, LT_NUMBER_OUT_OF_ORDER);
}

/* One neighbour alone may be the one that was misread. */
static void
test_few(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    file_numbered(archive, 11, "QĐ-SYT", "2021-03-02");
    g_assert_cmpint(order_of(archive, 12, "QĐ-SYT", "2021-01-05"), ==, LT_NUMBER_ORDER_UNKNOWN);
    file_numbered(archive, 10, "QĐ-SYT", "2020-12-31");
    g_assert_cmpint(order_of(archive, 12, "QĐ-SYT", "2021-01-05"), ==, LT_NUMBER_ORDER_UNKNOWN);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/neighbours/order", Archive, NULL, archive_set_up, test_order, archive_tear_down);
    g_test_add("/neighbours/few", Archive, NULL, archive_set_up, test_few, archive_tear_down);
    return g_test_run();
}
