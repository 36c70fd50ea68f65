/* Trees of citations, and what later documents do to earlier ones. */
#include "tests/unit/store-fixture.h"

typedef struct {
    const char *number, *relation;
} Cited;

static gint64
file_citing(Archive *archive, const Dispatch *dispatch, const Cited *cited, guint n_cited)
{
    g_autoptr(LtRecord) record = new_record(archive, dispatch);

    for (guint i = 0; i < n_cited; i++)
        lt_record_add_reference(record, cited[i].number, NULL, cited[i].relation, 1, NULL);
    file_record(archive, record);
    return record->id;
}

static const Dispatch law = {.number = "1/QĐ-TTg",
                             .date = "2020-01-01",
                             .type = "Quyết định",
                             .issuer = "Thủ tướng Chính phủ",
                             .place = "Hà Nội"};
static const Dispatch plan = {.number = "2/KH-BNV",
                              .date = "2021-01-01",
                              .type = "Kế hoạch",
                              .issuer = "Bộ Nội vụ",
                              .place = "Hà Nội"};
static const Dispatch later_law = {.number = "3/QĐ-TTg",
                                   .date = "2022-01-01",
                                   .type = "Quyết định",
                                   .issuer = "Thủ tướng Chính phủ",
                                   .place = "Hà Nội"};

static LtRefTree *
grow(Archive *archive, gint64 id, guint depth)
{
    g_autoptr(GError) error = NULL;
    LtRefTree *tree = lt_store_refs(archive->store, id, depth, &error);

    g_assert_no_error(error);
    return tree;
}

static const LtRefNode *
child(const LtRefNode *node, guint at)
{
    g_assert_cmpuint(node->children->len, >, at);
    return g_ptr_array_index(node->children, at);
}

/* Three documents in a chain, the cited one filed last. */
static void
test_chain(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Cited plan_cites[] = {{"1/QĐ-TTg", "theo"}, {"1/QĐ-TTg", "căn cứ"}, {"77/NQ-CP", NULL}};
    const Cited letter_cites[] = {{"2/KH-BNV", "thực hiện"}};
    const Dispatch letter = {.number = "9/BNV-VP", .date = "2021-05-01", .place = "Hà Nội"};
    gint64 third = file_citing(archive, &letter, letter_cites, 1);
    gint64 second = file_citing(archive, &plan, plan_cites, G_N_ELEMENTS(plan_cites));
    gint64 first = file_citing(archive, &law, NULL, 0);
    g_autoptr(LtRefTree) down = grow(archive, third, 3);
    g_autoptr(LtRefTree) up = grow(archive, first, 3);
    g_autoptr(LtRefTree) near = grow(archive, first, 1);

    g_assert_cmpint(child(down->cites, 0)->document, ==, second);
    g_assert_cmpstr(child(down->cites, 0)->relation, ==, "thực hiện");
    g_assert_cmpint(child(child(down->cites, 0), 0)->document, ==, first);
    g_assert_cmpstr(child(child(down->cites, 0), 0)->relation, ==, "căn cứ");
    g_assert_cmpint(child(child(down->cites, 0), 1)->document, ==, 0);
    g_assert_cmpstr(child(child(down->cites, 0), 1)->number, ==, "77/NQ-CP");
    g_assert_cmpuint(down->cited_by->children->len, ==, 0);
    g_assert_cmpint(child(child(up->cited_by, 0), 0)->document, ==, third);
    g_assert_cmpuint(child(near->cited_by, 0)->children->len, ==, 0);
}

/* A cites B, B cites A, both cite C: each is opened once, and it ends. */
static void
test_circle(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Cited a_cites[] = {{"2/KH-BNV", "căn cứ"}, {"3/QĐ-TTg", "theo"}};
    const Cited b_cites[] = {{"1/QĐ-TTg", "căn cứ"}, {"3/QĐ-TTg", "theo"}};
    gint64 a = file_citing(archive, &law, a_cites, 2);
    gint64 b = file_citing(archive, &plan, b_cites, 2);
    gint64 c = file_citing(archive, &later_law, NULL, 0);
    g_autoptr(LtRefTree) tree = grow(archive, a, 20);
    const LtRefNode *second = child(tree->cites, 0);

    g_assert_cmpint(second->document, ==, b);
    g_assert_cmpint(child(second, 0)->document, ==, a);
    g_assert_true(child(second, 0)->elsewhere);
    g_assert_cmpuint(child(second, 0)->children->len, ==, 0);
    g_assert_cmpint(child(second, 1)->document, ==, c);
    g_assert_true(child(second, 1)->elsewhere);
    g_assert_false(child(tree->cites, 1)->elsewhere);
}

static void
test_width(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Cited cites[] = {{"1/QĐ-TTg", "căn cứ"}};
    gint64 first = file_citing(archive, &law, NULL, 0);

    for (guint i = 0; i < LT_REFS_MAX_CHILDREN + 7; i++) {
        g_autofree char *number = g_strdup_printf("%u/BNV-VP", i + 10);
        const Dispatch letter = {.number = number, .date = "2021-05-01", .place = "Hà Nội"};
        file_citing(archive, &letter, cites, 1);
    }
    g_autoptr(LtRefTree) tree = grow(archive, first, 2);
    g_assert_cmpuint(tree->cited_by->children->len, ==, LT_REFS_MAX_CHILDREN);
    g_assert_cmpuint(tree->cited_by->left_out, ==, 7);
}

static LtValidity
validity_of(Archive *archive, gint64 id)
{
    g_autoptr(LtRecord) record = lt_store_document(archive->store, id, FALSE, NULL);

    g_assert_nonnull(record);
    return lt_record_validity(record);
}

/* What another document did counts, whichever came first; what an older one or a bystander says does not. */
static void
test_validity(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    const Cited replaces[] = {{"1/QĐ-TTg", "thay thế"}, {"1/QĐ-TTg", "căn cứ"}};
    const Cited amends[] = {{"1/QĐ-TTg", "sửa đổi"}};
    const Cited repeals_later[] = {{"3/QĐ-TTg", "bãi bỏ"}};
    const Dispatch older = {.number = "8/QĐ-TTg", .date = "2019-01-01", .type = "Quyết định"};
    const Dispatch amending = {.number = "5/QĐ-TTg", .date = "2021-06-01", .type = "Quyết định"};
    gint64 first = file_citing(archive, &law, NULL, 0);

    g_assert_cmpint(validity_of(archive, first), ==, LT_IN_FORCE);
    file_citing(archive, &older, replaces, 1);
    file_citing(archive, &plan, replaces, 1);
    g_assert_cmpint(validity_of(archive, first), ==, LT_IN_FORCE);
    file_citing(archive, &amending, amends, 1);
    g_assert_cmpint(validity_of(archive, first), ==, LT_AMENDED);
    gint64 later = file_citing(archive, &later_law, replaces, 2);
    g_assert_cmpint(validity_of(archive, first), ==, LT_REPLACED);
    file_citing(archive, &amending, repeals_later, 1);
    g_assert_cmpint(validity_of(archive, later), ==, LT_IN_FORCE);

    g_autoptr(LtRecord) record = lt_store_document(archive->store, first, FALSE, NULL);
    g_autofree char *json = lt_record_to_json(record, FALSE);
    g_assert_cmpuint(record->successors->len, ==, 2);
    g_assert_cmpint(((LtSuccessor *)record->successors->pdata[0])->document, ==, later);
    g_assert_nonnull(strstr(json, "\"validity\":\"replaced\""));
    g_assert_nonnull(strstr(json, "\"relation\":\"thay thế\"}"));

    g_assert_true(lt_store_remove(archive->store, later, "x", "y", NULL));
    g_assert_cmpint(validity_of(archive, first), ==, LT_AMENDED);
}

int
main(int argc, char **argv)
{
    static const ArchiveTest tests[] = {
        {"/store/refs/chain", test_chain},
        {"/store/refs/circle", test_circle},
        {"/store/refs/width", test_width},
        {"/store/refs/validity", test_validity},
    };

    g_test_init(&argc, &argv, NULL);
    add_archive_tests(tests, G_N_ELEMENTS(tests), archive_set_up);
    return g_test_run();
}
