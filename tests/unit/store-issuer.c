/* Which documents come from one office, and which of them are the same document. */
#include "tests/unit/store-fixture.h"

#include "store/private.h"

typedef struct {
    const char *id, *name, *parent, *place;
} Office;

static gboolean
same(const Office *a, const Office *b)
{
    g_auto(LtIssuer) first = {0};
    g_auto(LtIssuer) second = {0};

    lt_issuer_init(&first, a->id, a->name, a->parent, a->place);
    lt_issuer_init(&second, b->id, b->name, b->parent, b->place);
    g_assert_cmpint(lt_issuer_same(&first, &second), ==, lt_issuer_same(&second, &first));
    return lt_issuer_same(&first, &second);
}

static void
test_offices(void)
{
    static const struct {
        Office a, b;
        gboolean same;
    } cases[] = {
        /* short forms, marks and capitals */
        {{NULL, "UBND tỉnh Cao Bằng", NULL, NULL},
         {NULL, "Uỷ ban nhân dân tỉnh Cao Bằng", NULL, "Cao Bằng"},
         TRUE},
        {{NULL, "Sở Nội vụ", "UBND TỈNH CAO BẰNG", NULL},
         {NULL, "Sở Nội vụ", "Ủy ban nhân dân tỉnh Cao Bằng", "Cao Bằng"},
         TRUE},
        {{NULL, "UBND TP Hà Nội", NULL, NULL},
         {NULL, "Ủy ban nhân dân thành phố Hà Nội", NULL, NULL},
         TRUE},
        /* the place stands in the name, with the parent, or before the date */
        {{NULL, "Sở Nội vụ tỉnh Cao Bằng", NULL, NULL},
         {NULL, "Sở Nội vụ", "Ủy ban nhân dân tỉnh Cao Bằng", NULL},
         TRUE},
        {{NULL, "Sở Nội vụ tỉnh Cao Bằng", NULL, NULL},
         {NULL, "Sở Nội vụ", NULL, "Cao Bằng"},
         TRUE},
        {{NULL, "Sở Nội vụ tỉnh Cao Bằng", NULL, NULL},
         {NULL, "Sở Nội vụ", NULL, "Lạng Sơn"},
         FALSE},
        {{NULL, "Sở Nội vụ tỉnh Cao Bằng", NULL, NULL},
         {NULL, "Sở Nội vụ", "UBND tỉnh Lạng Sơn", NULL},
         FALSE},
        {{NULL, "Sở Nội vụ", "UBND tỉnh Lạng Sơn", "Lạng Sơn"},
         {NULL, "Sở Nội vụ", "UBND tỉnh Cao Bằng", "Cao Bằng"},
         FALSE},
        {{NULL, "Sở Nội vụ", NULL, "Lạng Sơn"}, {NULL, "Sở Nội vụ", NULL, "Cao Bằng"}, FALSE},
        /* a town and its province are two offices */
        {{NULL, "UBND thành phố Cao Bằng", NULL, NULL},
         {NULL, "UBND tỉnh Cao Bằng", NULL, NULL},
         FALSE},
        {{NULL, "UBND xã Đông Hòa", "UBND huyện Dĩ An", NULL},
         {NULL, "UBND xã Đông Hòa", "UBND huyện Biên Hòa", NULL},
         FALSE},
        {{NULL, "Tỉnh ủy", NULL, "Cao Bằng"}, {NULL, "Tỉnh ủy", NULL, "Lạng Sơn"}, FALSE},
        {{NULL, "Ban Tổ chức Tỉnh ủy", NULL, NULL}, {NULL, "Ban Tổ chức", NULL, NULL}, FALSE},
        {{NULL, "Sở Nội vụ", NULL, NULL}, {NULL, "Sở Ngoại vụ", NULL, NULL}, FALSE},
        {{NULL, "Bộ Nội vụ", NULL, "Hà Nội"}, {NULL, "Bộ Nội vụ", NULL, NULL}, TRUE},
        {{NULL, NULL, NULL, "Hà Nội"}, {NULL, NULL, NULL, "Hà Nội"}, FALSE},
        /* the authority file knows better */
        {{"vn.a", "Sở Nội vụ", NULL, "x"}, {"vn.a", "Sở Nội v", NULL, "y"}, TRUE},
        {{"vn.a", "Sở Nội vụ", NULL, "x"}, {"vn.b", "Sở Nội vụ", NULL, "x"}, FALSE},
        {{"vn.a", "Sở Nội vụ", NULL, "x"}, {NULL, "Sở Nội vụ", NULL, "x"}, TRUE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%u", i);
        g_assert_cmpint(same(&cases[i].a, &cases[i].b), ==, cases[i].same);
    }
}

static guint
duplicates_of(Archive *archive, const Dispatch *dispatch)
{
    g_autoptr(LtRecord) record = new_record(archive, dispatch);

    file_record(archive, record);
    return record->duplicates->len;
}

static void
test_duplicates(Archive *archive, G_GNUC_UNUSED gconstpointer data)
{
    static const Dispatch decree = {.number = "30/2020/NĐ-CP", .issuer = "Chính phủ"};
    static const Dispatch dated = {
        .number = "30/2020/NĐ-CP", .issuer = "Chính phủ", .date = "2020-03-05"};
    static const Dispatch letter = {
        .number = "7/SNV-VP", .issuer = "Sở Nội vụ", .date = "2023-09-18", .place = "Cao Bằng"};
    static const Dispatch nameless = {
        .number = "7/SNV-VP", .date = "2023-09-18", .place = "Cao Bằng"};
    static const Dispatch elsewhere = {
        .number = "7/SNV-VP", .date = "2023-09-18", .place = "Lạng Sơn"};
    static const Dispatch other_day = {
        .number = "7/SNV-VP", .date = "2023-09-19", .place = "Cao Bằng"};

    /* The year in the number counts where the date is missing. */
    g_assert_cmpuint(duplicates_of(archive, &decree), ==, 0);
    g_assert_cmpuint(duplicates_of(archive, &dated), ==, 1);
    g_assert_cmpuint(duplicates_of(archive, &letter), ==, 0);
    g_assert_cmpuint(duplicates_of(archive, &nameless), ==, 1);
    g_assert_cmpuint(duplicates_of(archive, &elsewhere), ==, 0);
    g_assert_cmpuint(duplicates_of(archive, &other_day), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/issuer/offices", test_offices);
    g_test_add("/store/issuer/duplicates", Archive, NULL, archive_set_up, test_duplicates,
               archive_tear_down);
    return g_test_run();
}
