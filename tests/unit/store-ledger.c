/* The ledger: one row a file, whatever its name; and what is left to do after a kill. */
#include "tests/unit/store-fixture.h"

static LtLedgerRow *
see(Archive *archive, const char *path, guint64 size, gint64 mtime, gboolean *ret_new)
{
    g_autoptr(GError) error = NULL;
    LtLedgerRow *row = lt_store_ledger_see(archive->store, path, size, mtime, ret_new, &error);

    g_assert_no_error(error);
    g_assert_nonnull(row);
    return row;
}

static void
test_states(void)
{
    static const gboolean final[LT_LEDGER_N_STATES] = {
        [LT_LEDGER_FILED] = TRUE, [LT_LEDGER_DUPLICATE] = TRUE,   [LT_LEDGER_SKIPPED] = TRUE,
        [LT_LEDGER_HELD] = TRUE,  [LT_LEDGER_QUARANTINED] = TRUE,
    };

    for (guint i = 0; i < LT_LEDGER_N_STATES; i++)
        g_assert_cmpint(lt_ledger_state_is_final(i), ==, final[i]);
    g_assert_cmpstr(lt_ledger_state_name(LT_LEDGER_QUARANTINED), ==, "quarantined");
}

static void
test_one_row(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gboolean made = FALSE;
    g_autoptr(LtLedgerRow) first = see(archive, "/in/a.pdf", 10, 99, &made);
    g_assert_true(made);
    g_autoptr(LtLedgerRow) again = see(archive, "/in/a.pdf", 10, 99, &made);
    g_assert_false(made);
    g_autoptr(LtLedgerRow) grown = see(archive, "/in/a.pdf", 11, 99, &made);
    g_assert_true(made);
    g_autoptr(LtLedgerRow) touched = see(archive, "/in/a.pdf", 10, -5, &made);
    g_assert_true(made);

    g_assert_cmpint(first->id, ==, again->id);
    g_assert_cmpint(first->id, !=, grown->id);
    g_assert_cmpint(touched->mtime_ns, ==, -5);
    g_assert_cmpint(first->state, ==, LT_LEDGER_SEEN);
    g_assert_null(first->sha256);
    g_assert_cmpuint(strlen(first->changed_at), ==, strlen("2023-09-18T00:00:00Z"));
}

static void
test_any_name(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const paths[] = {"/in/\xff\xfe.pdf", "/in/a\nb.pdf", "/in/'; DROP TABLE x",
                                        "/in/Quyết định.pdf", "x"};

    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(LtLedgerRow) row = see(archive, paths[i], i, 0, NULL);
        g_autoptr(LtLedgerRow) found = lt_store_ledger_find(archive->store, paths[i], i, 0, NULL);
        g_assert_cmpstr(row->path, ==, paths[i]);
        g_assert_cmpint(found->id, ==, row->id);
    }
}

static void
test_find_makes_none(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    g_assert_null(lt_store_ledger_find(archive->store, "/in/a.pdf", 1, 1, &error));
    g_assert_no_error(error);
    rows = lt_store_ledger_unfinished(archive->store, TRUE, NULL);
    g_assert_cmpuint(rows->len, ==, 0);
}

static void
test_set(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtLedgerRow) row = see(archive, "/in/a.pdf", 10, 99, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(
        lt_store_ledger_set(archive->store, row->id, LT_LEDGER_STORED, NULL, "abc", 0, NULL));
    g_assert_true(lt_store_ledger_set(archive->store, row->id, LT_LEDGER_QUARANTINED,
                                      "trang 3: \xff hỏng", NULL, 0, NULL));
    g_autoptr(LtLedgerRow) now = see(archive, "/in/a.pdf", 10, 99, NULL);
    g_assert_cmpint(now->state, ==, LT_LEDGER_QUARANTINED);
    g_assert_cmpstr(now->sha256, ==, "abc");
    g_assert_true(g_utf8_validate(now->reason, -1, NULL));
    g_assert_cmpint(now->document, ==, 0);

    g_assert_false(
        lt_store_ledger_set(archive->store, 12345, LT_LEDGER_HELD, NULL, NULL, 0, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_NOT_FOUND);
}

static guint
count_rows(Archive *archive, LtLedgerState state)
{
    g_autoptr(GPtrArray) rows = lt_store_ledger_list(archive->store, state, 0, NULL);

    return rows->len;
}

/* Two files hold the same document; both are written anew. */
static void
test_take_again(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtLedgerRow) row = see(archive, "/in/a.pdf", 10, 99, NULL);
    g_autoptr(LtLedgerRow) copy = see(archive, "/in/b.pdf", 10, 99, NULL);
    g_autoptr(GPtrArray) filed = NULL;

    g_assert_true(
        lt_store_ledger_set(archive->store, row->id, LT_LEDGER_FILED, NULL, "abc", 7, NULL));
    g_assert_true(
        lt_store_ledger_set(archive->store, copy->id, LT_LEDGER_DUPLICATE, NULL, "abc", 7, NULL));
    g_assert_true(lt_store_ledger_take_again(archive->store, row->id, "earlier", NULL));
    g_assert_cmpuint(count_rows(archive, LT_LEDGER_FILED), ==, 0);
    g_assert_cmpuint(count_rows(archive, LT_LEDGER_DUPLICATE), ==, 1);
    g_assert_true(lt_store_ledger_take_again(archive->store, copy->id, "earlier", NULL));
    g_assert_cmpuint(count_rows(archive, LT_LEDGER_SEEN), ==, 2);
    filed = lt_store_ledger_list(archive->store, LT_LEDGER_DUPLICATE, 0, NULL);
    g_assert_cmpuint(filed->len, ==, 1);
    g_assert_cmpint(((const LtLedgerRow *)g_ptr_array_index(filed, 0))->document, ==, 7);
    g_assert_cmpstr(((const LtLedgerRow *)g_ptr_array_index(filed, 0))->path, ==, "/in/b.pdf");
}

/* The earlier state got its row last, and is not what the file is now, also when its document was removed. */
static void
test_latest(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtLedgerRow) row = see(archive, "/in/a.pdf", 10, 99, NULL);
    g_autoptr(GPtrArray) filed = NULL;

    g_assert_true(
        lt_store_ledger_set(archive->store, row->id, LT_LEDGER_FILED, NULL, "abc", 7, NULL));
    g_assert_true(lt_store_ledger_take_again(archive->store, row->id, "earlier", NULL));
    g_autoptr(LtLedgerRow) taken = lt_store_ledger_latest(archive->store, "/in/a.pdf", NULL);
    g_assert_cmpint(taken->id, ==, row->id);
    filed = lt_store_ledger_list(archive->store, LT_LEDGER_FILED, 0, NULL);
    g_assert_cmpuint(filed->len, ==, 1);
    g_assert_true(lt_store_ledger_set(archive->store, ((LtLedgerRow *)filed->pdata[0])->id,
                                      LT_LEDGER_SKIPPED, "removed", NULL, 0, NULL));
    g_autoptr(LtLedgerRow) left = lt_store_ledger_latest(archive->store, "/in/a.pdf", NULL);
    g_assert_cmpint(left->id, ==, row->id);

    g_autoptr(LtLedgerRow) later = see(archive, "/in/a.pdf", 10, 100, NULL);
    g_autoptr(LtLedgerRow) now = lt_store_ledger_latest(archive->store, "/in/a.pdf", NULL);
    g_assert_cmpint(now->id, ==, later->id);
}

static void
test_lists(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const LtLedgerState states[] = {LT_LEDGER_STORED,  LT_LEDGER_FILED, LT_LEDGER_READ,
                                           LT_LEDGER_SKIPPED, LT_LEDGER_SEEN,  LT_LEDGER_SKIPPED};

    for (guint i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autofree char *path = g_strdup_printf("/in/%u", i);
        g_autoptr(LtLedgerRow) row = see(archive, path, 1, 1, NULL);
        g_assert_true(lt_store_ledger_set(archive->store, row->id, states[i], NULL, NULL, 0, NULL));
    }

    g_autoptr(GPtrArray) left = lt_store_ledger_unfinished(archive->store, TRUE, NULL);
    g_assert_cmpuint(left->len, ==, 3);
    g_assert_cmpstr(((LtLedgerRow *)left->pdata[0])->path, ==, "/in/0");
    g_assert_cmpstr(((LtLedgerRow *)left->pdata[2])->path, ==, "/in/4");

    g_autoptr(GPtrArray) skipped = lt_store_ledger_list(archive->store, LT_LEDGER_SKIPPED, 0, NULL);
    g_assert_cmpuint(skipped->len, ==, 2);
    g_assert_cmpstr(((LtLedgerRow *)skipped->pdata[0])->path, ==, "/in/5");
    g_autoptr(GPtrArray) one = lt_store_ledger_list(archive->store, LT_LEDGER_SKIPPED, 1, NULL);
    g_assert_cmpuint(one->len, ==, 1);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/ledger/one-row", test_one_row},
        {"/store/ledger/any-name", test_any_name},
        {"/store/ledger/find-makes-none", test_find_makes_none},
        {"/store/ledger/set", test_set},
        {"/store/ledger/take-again", test_take_again},
        {"/store/ledger/latest", test_latest},
        {"/store/ledger/lists", test_lists},
    };

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/ledger/states", test_states);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
