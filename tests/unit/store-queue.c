/* The queue of a watcher, what it says of itself, and files that are tried again later. */
#include "tests/unit/store-fixture.h"
#include "tests/unit/store-sql.h"

static GPtrArray *
two_paths(void)
{
    GPtrArray *paths = g_ptr_array_new();

    g_ptr_array_add(paths, (gpointer) "/in/a.pdf");
    g_ptr_array_add(paths, (gpointer) "/in/\xff\n.pdf");
    return paths;
}

static void
test_queue(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GPtrArray) paths = two_paths();
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_queue_put(archive->store, "mine", paths, &error));
    g_autoptr(GPtrArray) open = lt_store_queue_open(archive->store, 0, 10, &error);
    g_assert_cmpuint(open->len, ==, 2);
    const LtQueueRow *second = g_ptr_array_index(open, 1);
    g_assert_cmpstr(second->path, ==, "/in/\xff\n.pdf");
    g_assert_null(second->outcome);

    g_assert_true(lt_store_queue_end(archive->store, second->id, "duplicate", "why", 7, &error));
    g_autoptr(GPtrArray) others = lt_store_queue_collect(archive->store, "another's", &error);
    g_assert_cmpuint(others->len, ==, 0);
    g_autoptr(GPtrArray) ended = lt_store_queue_collect(archive->store, "mine", &error);
    g_assert_cmpuint(ended->len, ==, 1);
    const LtQueueRow *row = g_ptr_array_index(ended, 0);
    g_assert_cmpstr(row->outcome, ==, "duplicate");
    g_assert_cmpstr(row->reason, ==, "why");
    g_assert_cmpint(row->document, ==, 7);
    g_autoptr(GPtrArray) again = lt_store_queue_collect(archive->store, "mine", &error);
    g_assert_cmpuint(again->len, ==, 0);
    g_autoptr(GPtrArray) left = lt_store_queue_open(archive->store, 0, 10, &error);
    g_assert_cmpuint(left->len, ==, 1);
    g_assert_no_error(error);
}

static void
test_sweep(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GPtrArray) paths = two_paths();
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_queue_put(archive->store, "mine", paths, &error));
    g_assert_true(lt_store_queue_end(archive->store, 1, "filed", NULL, 1, &error));
    g_assert_true(lt_store_queue_sweep(archive->store, &error));
    g_autoptr(GPtrArray) ended = lt_store_queue_collect(archive->store, "mine", &error);
    g_assert_cmpuint(ended->len, ==, 1);
}

static void
test_served(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(LtStore) other = open_store(archive->directory, LT_STORE_WRITE);
    g_autoptr(GError) error = NULL;
    gint64 process = 0;

    g_assert_false(lt_store_is_served(other, &process));
    g_assert_true(lt_store_lock(archive->store, 0, &error));
    g_assert_false(lt_store_is_served(other, &process));
    g_assert_true(lt_store_serve_queue(archive->store, FALSE, &error));
    g_assert_true(lt_store_is_served(other, &process));
    g_assert_cmpint(process, ==, getpid());
    g_assert_false(lt_store_lock(other, 0, &error));
    g_assert_error(error, LT_STORE_ERROR, LT_STORE_ERROR_BUSY);
}

static void
test_note(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    char now[] = "2026-11-24T00:00:00Z", state[] = "paused", reason[] = "no room";
    const LtWatchNote said = {
        .process = 12, .started_at = now, .state = state, .reason = reason, .waiting = 3};
    g_auto(LtWatchNote) note = {0};
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_watch_read(archive->store, &note, &error));
    g_assert_null(note.state);
    g_assert_true(lt_store_watch_note(archive->store, &said, &error));
    g_assert_true(lt_store_watch_note(archive->store, &said, &error));
    g_assert_true(lt_store_watch_read(archive->store, &note, &error));
    g_assert_cmpint(note.process, ==, 12);
    g_assert_cmpstr(note.state, ==, "paused");
    g_assert_cmpstr(note.reason, ==, "no room");
    g_assert_cmpuint(note.waiting, ==, 3);
    g_assert_null(note.oldest_path);
    g_assert_nonnull(note.noted_at);
    g_assert_no_error(error);
}

static guint
count_due(Archive *archive)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = lt_store_ledger_due(archive->store, 100, NULL, NULL, &error);

    g_assert_no_error(error);
    return rows->len;
}

/* A file counts once, also while several wait for it. */
static void
test_backlog(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GPtrArray) paths = two_paths();
    g_auto(LtStoreActivity) activity = {0};
    g_auto(LtStoreActivity) later = {0};
    g_autoptr(GError) error = NULL;

    g_assert_true(lt_store_queue_put(archive->store, "mine", paths, &error));
    g_assert_true(lt_store_queue_put(archive->store, "another's", paths, &error));
    g_assert_true(lt_store_activity(archive->store, &activity, &error));
    g_assert_cmpuint(activity.queued, ==, 2);
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, "/in/a.pdf", 1, 1, NULL, &error);
    g_assert_true(lt_store_activity(archive->store, &later, &error));
    g_assert_cmpuint(later.unfinished, ==, 1);
    g_assert_cmpuint(later.queued, ==, 1);
    g_assert_nonnull(row);
    g_assert_no_error(error);
}

static gboolean
put_off(Archive *archive, gint64 row, guint pause)
{
    g_autoptr(GError) error = NULL;
    gboolean was = FALSE;

    g_assert_true(lt_store_ledger_put_off(archive->store, row, "busy", pause, 2, &was, &error));
    g_assert_no_error(error);
    return was;
}

static void
test_put_off(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, "/in/a.pdf", 1, 1, NULL, &error);

    g_assert_cmpuint(count_due(archive), ==, 1);
    g_assert_true(put_off(archive, row->id, 1000));
    g_assert_cmpuint(count_due(archive), ==, 0);
    g_autoptr(GPtrArray) unfinished = lt_store_ledger_unfinished(archive->store, TRUE, &error);
    g_assert_cmpuint(unfinished->len, ==, 1);
    g_autoptr(GPtrArray) now = lt_store_ledger_unfinished(archive->store, FALSE, &error);
    g_assert_cmpuint(now->len, ==, 0);
    g_assert_true(put_off(archive, row->id, 0));
    g_assert_cmpuint(count_due(archive), ==, 1);
    g_assert_false(put_off(archive, row->id, 0));

    /* A person's wish begins the count anew. */
    g_assert_true(lt_store_ledger_set(archive->store, row->id, LT_LEDGER_QUARANTINED, "busy", NULL,
                                      0, &error));
    g_assert_true(
        lt_store_ledger_set(archive->store, row->id, LT_LEDGER_SEEN, NULL, NULL, 0, &error));
    g_assert_true(put_off(archive, row->id, 1000));
    g_assert_no_error(error);
}

static gboolean
is_early(gint64 row, gpointer user_data)
{
    guint *asked = user_data;

    ++*asked;
    return row <= 15;
}

/* Among many that are in somebody's hands those are found that are in nobody's. */
static void
test_due_of_many(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    gboolean done = FALSE;
    guint asked = 0;

    for (guint i = 1; i <= 20; i++) {
        g_autofree char *path = g_strdup_printf("/in/%u.pdf", i);
        g_autoptr(LtLedgerRow) row = lt_store_ledger_see(archive->store, path, 1, 1, NULL, &error);

        g_assert_cmpint(row->id, ==, i);
        if (i == 18 || i == 19)
            g_assert_true(put_off(archive, row->id, i == 18 ? 0 : 1000));
        if (i == 20)
            g_assert_true(lt_store_ledger_set(archive->store, row->id, LT_LEDGER_QUARANTINED,
                                              "locked", NULL, 0, &error));
    }
    g_assert_true(lt_store_ledger_retry(archive->store, 17, &done, &error));
    g_assert_false(done); /* it was never in quarantine */
    g_assert_true(lt_store_ledger_retry(archive->store, 20, &done, &error));
    g_assert_true(done);
    g_autoptr(GPtrArray) rows = lt_store_ledger_due(archive->store, 100, is_early, &asked, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(rows->len, ==, 4); /* 16, 17, 18 and 20 */
    g_assert_cmpuint(asked, ==, 19);
    g_autoptr(GPtrArray) some = lt_store_ledger_due(archive->store, 2, is_early, &asked, &error);
    g_assert_cmpuint(some->len, ==, 2);
}

/* What waits without being tried does so as often as need be, and is told once. */
static void
test_wait(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, "/in/a.pdf", 1, 1, NULL, &error);
    gboolean first = FALSE;

    g_assert_true(lt_store_ledger_set(archive->store, row->id, LT_LEDGER_QUARANTINED, "gone", NULL,
                                      0, &error));
    for (guint i = 0; i < 5; i++) {
        g_assert_true(
            lt_store_ledger_wait(archive->store, row->id, "no room", 1000, &first, &error));
        g_assert_cmpint(first, ==, i == 0);
        g_assert_cmpuint(count_due(archive), ==, 0);
    }
    g_assert_true(lt_store_ledger_wait(archive->store, row->id, "no room", 0, &first, &error));
    g_assert_cmpuint(count_due(archive), ==, 1);
    g_assert_true(put_off(archive, row->id, 1000));
    g_assert_no_error(error);
}

/* The clock stood in another year when a file was put off, and was put right. */
static void
test_wrong_clock(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(LtLedgerRow) row =
        lt_store_ledger_see(archive->store, "/in/a.pdf", 1, 1, NULL, &error);

    g_assert_true(put_off(archive, row->id, 1000));
    g_assert_cmpuint(count_due(archive), ==, 0);
    run_sql(archive->directory, "UPDATE ledger SET retry_at = '2099-01-01T00:00:00Z'");
    g_assert_cmpuint(count_due(archive), ==, 1);
    /* One that ran ahead by the seven hours of the time zone. */
    run_sql(archive->directory,
            "UPDATE ledger SET changed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+7 hours'),"
            " retry_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+8 hours')");
    g_assert_cmpuint(count_due(archive), ==, 1);
    g_assert_no_error(error);
}

static void
test_filesystem(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    guint64 room = 0;

    g_assert_nonnull(lt_filesystem_of(archive->directory));
    g_assert_null(lt_filesystem_of("/there/is/no/such"));
    g_assert_true(lt_store_room(archive->store, &room, &error));
    g_assert_cmpuint(room, >, 0);
}

/* File systems of programs: the number is the same for all, the name is not. */
static void
test_served_by_program(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const char mounts[] =
        "22 28 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw\n"
        "90 28 0:55 / /srv/share rw,nosuid - fuse.sshfs clerk@server:/srv rw,user_id=0\n"
        "91 28 0:56 / /media/a\\040disk rw shared:9 - fuseblk /dev/sdb1 rw,user_id=0\n"
        "no line at all\n";
    const LtFilesystem *over_network = lt_filesystem_served(mounts, 0, 55);

    (void)archive;
    g_assert_nonnull(over_network);
    g_assert_cmpint(over_network->kind, ==, LT_FILESYSTEM_NETWORK);
    g_assert_null(lt_filesystem_served(mounts, 0, 56));
    g_assert_null(lt_filesystem_served(mounts, 0, 20));
    g_assert_null(lt_filesystem_served(mounts, 1, 55));
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/queue/put-end-collect", test_queue},
        {"/queue/sweep", test_sweep},
        {"/queue/served", test_served},
        {"/queue/note", test_note},
        {"/queue/backlog", test_backlog},
        {"/ledger/put-off", test_put_off},
        {"/ledger/due-of-many", test_due_of_many},
        {"/ledger/wait", test_wait},
        {"/ledger/wrong-clock", test_wrong_clock},
        {"/filesystem", test_filesystem},
        {"/filesystem/served", test_served_by_program},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
