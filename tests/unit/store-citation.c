/* Which document a citation means, seen from both ends. */
#include "tests/unit/store-fixture.h"

static gint64
file_citing(Archive *archive, const char *place, const char *number, const char *day)
{
    g_autoptr(LtRecord) record = new_record(
        archive, &(Dispatch){.number = "99/VP-TH", .date = "2024-01-01", .place = place});

    lt_record_add_reference(record, number, day, "căn cứ", 1, NULL);
    lt_record_add_reference(record, number, day, "theo", 2, NULL);
    file_record(archive, record);
    return record->id;
}

/* What the citing document means, which must be what both ends say. */
static gint64
meant_by(Archive *archive, gint64 citing)
{
    g_autoptr(LtRecord) record = lt_store_document(archive->store, citing, FALSE, NULL);
    gint64 meant = ((LtReference *)record->references->pdata[0])->document;

    g_assert_cmpuint(record->references->len, ==, 2);
    g_assert_cmpint(((LtReference *)record->references->pdata[1])->document, ==, meant);
    for (gint64 id = 1; id <= (gint64)archive->filed; id++) {
        g_autoptr(GArray) ids = lt_store_cited_by(archive->store, id, NULL);
        gboolean listed = FALSE;
        for (guint i = 0; i < ids->len; i++)
            listed = listed || g_array_index(ids, gint64, i) == citing;
        g_assert_cmpint(listed, ==, id == meant);
    }
    return meant;
}

static const Dispatch of_cao_bang = {.number = "20/KH-UBND",
                                     .date = "2023-03-01",
                                     .issuer = "Ủy ban nhân dân tỉnh Cao Bằng",
                                     .place = "Cao Bằng"};
static const Dispatch of_lang_son = {.number = "20/KH-UBND",
                                     .date = "2023-03-01",
                                     .issuer = "Ủy ban nhân dân tỉnh Lạng Sơn",
                                     .place = "Lạng Sơn"};

static void
test_place(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 dated = file_citing(archive, "Lạng Sơn", "20/KH-UBND", "2023-03-01");
    gint64 undated = file_citing(archive, "Lạng Sơn", "20/KH-UBND", NULL);
    gint64 capital = file_citing(archive, "Hà Nội", "20/KH-UBND", NULL);
    gint64 month = file_citing(archive, "Lạng Sơn", "20/KH-UBND", "2023-03");
    gint64 other_day = file_citing(archive, "Lạng Sơn", "20/KH-UBND", "2023-03-02");
    gint64 first = file_dispatch(archive, &of_cao_bang);

    /* Only the other province's is there: the whole day must agree. */
    g_assert_cmpint(meant_by(archive, dated), ==, first);
    g_assert_cmpint(meant_by(archive, undated), ==, 0);
    g_assert_cmpint(meant_by(archive, month), ==, 0);
    g_assert_cmpint(meant_by(archive, capital), ==, first);
    g_assert_cmpint(meant_by(archive, other_day), ==, 0);

    /* Both are there: one's own. */
    gint64 second = file_dispatch(archive, &of_lang_son);
    g_assert_cmpint(meant_by(archive, dated), ==, second);
    g_assert_cmpint(meant_by(archive, undated), ==, second);
    g_assert_cmpint(meant_by(archive, month), ==, second);
    g_assert_cmpint(meant_by(archive, capital), ==, 0);
}

/* An office that is named decides, wherever it is. */
static void
test_office(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *issuer, *day;
        gint64 meant; /* 1: of Cao Bằng, 2: of Lạng Sơn */
    } cases[] = {
        {"UBND tỉnh Lạng Sơn", NULL, 2},
        {"Ủy ban nhân dân tỉnh Lạng Sơn", "2023-03-01", 2},
        {"UBND tỉnh Bắc Kạn", "2023-03-01", 0},
        {"UBND thành phố Lạng Sơn", "2023-03-01", 0},
        {"UBND tỉnh", NULL, 1},
        {NULL, NULL, 1},
    };

    file_dispatch(archive, &of_cao_bang);
    file_dispatch(archive, &of_lang_son);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtRecord) record =
            new_record(archive, &(Dispatch){.number = "5/STC-NS", .place = "Cao Bằng"});
        for (guint twice = 0; twice < 2; twice++)
            lt_record_add_reference(record, "20/KH-UBND", cases[i].day, NULL, 1, NULL)->issuer =
                g_strdup(cases[i].issuer);
        file_record(archive, record);
        g_test_message("%s", cases[i].issuer != NULL ? cases[i].issuer : "none");
        g_assert_cmpint(meant_by(archive, record->id), ==, cases[i].meant);
    }
}

/* Two copies of one document are no reason to name none. */
static void
test_copies(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    gint64 citing = file_citing(archive, "Cao Bằng", "20/KH-UBND", NULL);
    gint64 first = file_dispatch(archive, &of_cao_bang);

    file_dispatch(archive, &of_cao_bang);
    g_assert_cmpint(meant_by(archive, citing), ==, first);
}

/* A document without a day is second choice, and better than none. */
static void
test_undated(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch blank = {.number = "20/KH-UBND"};
    gint64 citing = file_citing(archive, "Cao Bằng", "20/KH-UBND", "2023-03-01");
    gint64 first = file_dispatch(archive, &blank);

    g_assert_cmpint(meant_by(archive, citing), ==, first);
    gint64 second = file_dispatch(archive, &of_cao_bang);
    g_assert_cmpint(meant_by(archive, citing), ==, second);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/citation/place", test_place},
        {"/store/citation/office", test_office},
        {"/store/citation/copies", test_copies},
        {"/store/citation/undated", test_undated},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
