/* What is put right in the recogniser's words, and what must stay. */
#include "ocr/habits.h"

static void
assert_mended(const char *read, const char *expected)
{
    g_autoptr(GArray) words = lt_raw_words_new();
    g_auto(GStrv) tokens = g_strsplit(read, " ", -1);
    g_autoptr(GString) mended = g_string_new(NULL);

    for (guint i = 0; tokens[i]; i++) {
        LtRawWord word = {.text = g_strdup(tokens[i]), .confidence = 90};

        g_array_append_val(words, word);
    }
    lt_habits_mend(words);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(mended, "%s%s", i ? " " : "",
                               g_array_index(words, LtRawWord, i).text);
    g_assert_cmpstr(mended->str, ==, expected);
}

static void
test_mended(void)
{
    assert_mended("chỉ thường xuyên 5.236 tỷ", "chi thường xuyên 5.236 tỷ");
    assert_mended("thu, chỉ ngân sách", "thu, chi ngân sách");
    assert_mended("tiếp tục đối mới", "tiếp tục đổi mới");
    assert_mended("cơ quan, tố chức", "cơ quan, tổ chức");
    assert_mended("Tống Công ty", "Tổng Công ty");
    assert_mended("tống hợp, thấm định", "tổng hợp, thẩm định");
    assert_mended("QUYÉT ĐỊNH", "QUYẾT ĐỊNH");
    assert_mended("(Tống hợp", "(Tổng hợp");
    assert_mended("PHÓ GLÁM ĐÓC", "PHÓ GIÁM ĐỐC");
    assert_mended("hiện tôn tại", "hiện tồn tại");
    assert_mended("Trân Thị Thu", "Trần Thị Thu");
    assert_mended("V/ tuyên truyền", "V/v tuyên truyền");
    assert_mended("12⁄2020⁄NĐ-CP", "12/2020/NĐ-CP");
}

static void
test_stays(void)
{
    static const char *const right[] = {
        "chỉ tiêu",
        "V/",
        "tổ V/ chức",
        "bà Ngọc Trân Văn phòng",
        "trân trọng",
        "chỉ thường thấy ở",
        "chỉ đạo",
        "có thế mạnh",
        "tống đạt văn bản",
        "đối với",
        "độc lập",
        "đọc lại",
        "tôn trọng",
        "chỉ. Ngân sách",
        "thấm, định",
        "chỉ",
        "",
        "thường chỉ",
        "điều chuyển đối với cán bộ",
        "chỉ đầu tư cho vùng sâu",
        "không chỉ thường xuyên kiểm tra",
        "các khoản chỉ được thanh toán khi",
        "chỉ bổ sung một lần",
        "chuyến giao lưu văn hóa",
        "chuyến tiếp theo",
        "yếu tố dân số",
        "các yếu tố chức năng",
        "tương đối mới",
        "tìm kiếm dịch vụ",
        "có tính đoàn kết",
        "UBND tính toán chi phí",
        "mái tôn tại các trường",
        "thay thế lệ phí",
        "ở đấy mạnh hơn",
        "từ đấy nhanh chóng",
        "Tống Thu Hà",
        "Tống Công Minh",
        "sơn chống thấm định kỳ",
    };

    for (guint i = 0; i < G_N_ELEMENTS(right); i++)
        assert_mended(right[i], right[i]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/habits/mended", test_mended);
    g_test_add_func("/habits/stays", test_stays);
    return g_test_run();
}
