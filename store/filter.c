/* Narrowing a search to an issuer or a type, by whatever name it goes. */
#include "store/search.h"

#include <string.h>

/* Types by the letters that stand for them in numbers: Decree 30/2020/NĐ-CP, Appendix III, and the
 * legislative ones of the Law on Promulgation of Legal Documents. */
static const struct {
    const char *letters, *type;
} abbreviations[] = {
    {"NQ", "Nghị quyết"},
    {"QĐ", "Quyết định"},
    {"CT", "Chỉ thị"},
    {"QC", "Quy chế"},
    {"QyĐ", "Quy định"},
    {"TC", "Thông cáo"},
    {"TB", "Thông báo"},
    {"HD", "Hướng dẫn"},
    {"CTr", "Chương trình"},
    {"KH", "Kế hoạch"},
    {"PA", "Phương án"},
    {"ĐA", "Đề án"},
    {"DA", "Dự án"},
    {"BC", "Báo cáo"},
    {"BB", "Biên bản"},
    {"TTr", "Tờ trình"},
    {"HĐ", "Hợp đồng"},
    {"CĐ", "Công điện"},
    {"BGN", "Bản ghi nhớ"},
    {"BTT", "Bản thỏa thuận"},
    {"GUQ", "Giấy ủy quyền"},
    {"GM", "Giấy mời"},
    {"GGT", "Giấy giới thiệu"},
    {"GNP", "Giấy nghỉ phép"},
    {"PG", "Phiếu gửi"},
    {"PC", "Phiếu chuyển"},
    {"PB", "Phiếu báo"},
    {"CV", "Công văn"},
    {"NĐ", "Nghị định"},
    {"TT", "Thông tư"},
    {"TTLT", "Thông tư liên tịch"},
    {"PL", "Pháp lệnh"},
    {"L", "Lệnh"},
};

static void
append_type(GString *types, const char *name)
{
    g_autofree char *key = lt_words_key(name);

    g_string_append_printf(types, "%s|", key);
}

/* Letters typed with their marks tell HĐ (Hợp đồng) from HD (Hướng dẫn); in capitals without, both.
 */
char *
lt_filter_types(const char *typed)
{
    g_autofree char *level = lt_text_level(typed);
    g_autofree char *key = lt_words_key(typed);
    gboolean marked = strcmp(level, key) != 0;
    GString *types = g_string_new("|");

    append_type(types, typed);
    for (guint i = 0; i < G_N_ELEMENTS(abbreviations); i++) {
        g_autofree char *letters = marked ? lt_text_level(abbreviations[i].letters)
                                          : lt_words_key(abbreviations[i].letters);
        if (strcmp(letters, marked ? level : key) == 0)
            append_type(types, abbreviations[i].type);
    }
    return g_string_free(types, FALSE);
}
