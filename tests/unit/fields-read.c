/* Whole dispatches of many kinds, all made up for these tests. */
#include "fields-fixture.h"

#define NATION "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
#define FOOT                                                                                       \
    "Nơi nhận:\n- Như trên;\n- UBND tỉnh (b/c);\n- Lưu: VT, BV.\n"                         \
    "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLò Văn Ví\n"

typedef struct {
    const char *name, *text;
    const char *number, *date, *issuer, *type, *subject, *signer;
} Dispatch;

static const Dispatch dispatches[] = {
    {"letter",
     "UBND TỈNH LAI CHÂU\nSỞ THÔNG TIN VÀ TRUYỀN\nTHÔNG\nSố: 321/STTTT-BCVT\n"
     "V/v rà soát trạm phát sóng tại\ncác xã biên giới\n" NATION
     "Lai Châu, ngày 07 tháng 3 năm 2022\nKính gửi: Ủy ban nhân dân các huyện, thành phố.\n"
     "Thực hiện Công văn số 15/UBND-VX ngày 02/3/2022 của UBND tỉnh, Sở đề nghị:\n" FOOT,
     "321/STTTT-BCVT", "2022-03-07", "Sở Thông tin và Truyền thông", "Công văn",
     "rà soát trạm phát sóng tại các xã biên giới", "Lò Văn Ví"},
    {"columns-interleaved",
     NATION "UBND TỈNH SƠN LA\nSỞ NỘI VỤ\nSơn La, ngày 19 tháng 12 năm 2018\nSố: 0077/SNV-CCHC\n"
            "V/v báo cáo công tác cải cách\nhành chính năm 2018\nKính gửi: Các sở, ban, ngành.\n"
            "Căn cứ Kế hoạch số 8/KH-UBND ngày 11/1/2018;\n" FOOT,
     "0077/SNV-CCHC", "2018-12-19", "Sở Nội vụ", "Công văn",
     "báo cáo công tác cải cách hành chính năm 2018", "Lò Văn Ví"},
    {"columns-on-one-row",
     "BỘ TƯ PHÁP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
     "Số: 45/QĐ-BTP Hà Nội, ngày 28 tháng 02 năm 2019\nQUYẾT ĐỊNH\nVề việc công bố thủ tục\n"
     "BỘ TRƯỞNG BỘ TƯ PHÁP\nCăn cứ Nghị định số 96/2017/NĐ-CP ngày 16 tháng 8 năm 2017;\n",
     "45/QĐ-BTP", "2019-02-28", "Bộ Tư pháp", "Quyết định", "công bố thủ tục", NULL},
    {"province",
     "ỦY BAN NHÂN DÂN\nTỈNH BÀ RỊA - VŨNG TÀU\nSố: 12/CT-UBND\n" NATION
     "Bà Rịa - Vũng Tàu, ngày 30 tháng 6 năm 2016\nCHỈ THỊ\n"
     "Về tăng cường phòng cháy rừng\nTrong thời gian qua, thời tiết khô hạn.\n"
     "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNơi nhận:\n- Các sở;\n- Lưu: VT.\nĐặng Thị Dụ\n",
     "12/CT-UBND", "2016-06-30", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", "Chỉ thị",
     "Về tăng cường phòng cháy rừng", "Đặng Thị Dụ"},
    {"party",
     "ĐẢNG BỘ TỈNH CAO BẰNG\nĐẢNG ỦY SỞ NỘI VỤ\n*\nSố 27-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
     "Cao Bằng, ngày 03 tháng 02 năm 2021\nKẾ HOẠCH\nhọc tập chuyên đề năm 2021\n-----\n"
     "Thực hiện Kế hoạch số 4-KH/TU ngày 10/1/2021 của Tỉnh ủy;\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n"
     "Nơi nhận:\n- Các chi bộ;\n- Lưu VP.\nNông Thị Mẫu\n",
     "27-KH/ĐU", "2021-02-03", "Đảng ủy Sở Nội vụ", "Kế hoạch", "học tập chuyên đề năm 2021",
     "Nông Thị Mẫu"},
    {"party-body",
     "TỈNH ỦY NINH BÌNH\nBAN DÂN VẬN\n*\nSố 41-CV/BDVTU\nVề việc gửi số liệu\n"
     "ĐẢNG CỘNG SẢN VIỆT NAM\nNinh Bình, ngày 08 tháng 9 năm 2015\nKính gửi: Các huyện ủy.\n"
     "Thực hiện Kế hoạch số 4-KH/TU ngày 10/1/2015 của Tỉnh ủy;\n",
     "41-CV/BDVTU", "2015-09-08", "Ban Dân vận Tỉnh ủy Ninh Bình", "Công văn", "gửi số liệu", NULL},
    {"decree",
     "CHÍNH PHỦ\n-------\n" NATION "---------------\nSố: 999/2021/NĐ-CP\n"
     "Hà Nội, ngày 01 tháng 4 năm 2021\nNGHỊ ĐỊNH\nQUY ĐỊNH VỀ BẢO QUẢN SÁCH CỔ\n"
     "Căn cứ Luật Thư viện số 46/2019/QH14;\nĐiều 1. Phạm vi\nSố: 5/2020/NĐ-CP\n",
     "999/2021/NĐ-CP", "2021-04-01", "Chính phủ", "Nghị định", "QUY ĐỊNH VỀ BẢO QUẢN SÁCH CỔ",
     NULL},
    {"law",
     "QUỐC HỘI\nLuật số: 88/2024/QH15\n" NATION "Hà Nội, ngày 27 tháng 11 năm 2024\nLUẬT\n"
     "BẢO TỒN CHỮ VIẾT\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n"
     "Quốc hội ban hành Luật Bảo tồn chữ viết.\n",
     "88/2024/QH15", "2024-11-27", "Quốc hội", "Luật", "BẢO TỒN CHỮ VIẾT", NULL},
    {"joint-circular",
     "BỘ TÀI CHÍNH - BỘ NỘI VỤ\nSố: 11/2013/TTLT-BTC-BNV\n" NATION
     "Hà Nội, ngày 09 tháng 5 năm 2013\nTHÔNG TƯ LIÊN TỊCH\nHướng dẫn phụ cấp thủ kho\n"
     "Căn cứ Nghị định số 204/2004/NĐ-CP ngày 14 tháng 12 năm 2004;\n",
     "11/2013/TTLT-BTC-BNV", "2013-05-09", "Bộ Tài chính; Bộ Nội vụ", "Thông tư liên tịch",
     "Hướng dẫn phụ cấp thủ kho", NULL},
    {"joint-on-two-lines",
     "BỘ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI -\nBỘ Y TẾ\nSố: 7/2010/TTLT-BLĐTBXH-BYT\n" NATION
     "Hà Nội, ngày 09 tháng 5 năm 2010\nTHÔNG TƯ LIÊN TỊCH\nHướng dẫn phục hồi chức năng\n"
     "Căn cứ Luật Người khuyết tật số 51/2010/QH12;\n",
     "7/2010/TTLT-BLĐTBXH-BYT", "2010-05-09", "Bộ Lao động - Thương binh và Xã hội; Bộ Y tế",
     "Thông tư liên tịch", "Hướng dẫn phục hồi chức năng", NULL},
    {"old-symbol",
     "CHÍNH PHỦ\n" NATION "Số: 15/CP\nHà Nội, ngày 02 tháng 3 năm 1993\nNGHỊ ĐỊNH\n"
     "Về nhiệm vụ của Bộ\nCHÍNH PHỦ\nCăn cứ Luật Tổ chức Chính phủ;\n",
     "15/CP", "1993-03-02", "Chính phủ", "Nghị định", "Về nhiệm vụ của Bộ", NULL},
    {"council-of-ministers",
     "HỘI ĐỒNG BỘ TRƯỞNG\n" NATION "Số: 25-HĐBT\nHà Nội, ngày 12 tháng 9 năm 1987\nQUYẾT ĐỊNH\n"
     "Về kho lưu trữ\nHỘI ĐỒNG BỘ TRƯỞNG\nCăn cứ Luật Tổ chức Hội đồng Bộ trưởng;\n",
     "25-HĐBT", "1987-09-12", "Hội đồng Bộ trưởng", "Quyết định", "Về kho lưu trữ", NULL},
    {"university",
     "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐẠI HỌC VÍ DỤ\nSố: 606/TB-ĐHVD\n" NATION
     "Hải Phòng, ngày 15 tháng 8 năm 2024\nTHÔNG BÁO\nVề việc nhập học khóa 12\n"
     "Căn cứ Quyết định số 1/QĐ-ĐHVD ngày 05/01/2024;\n",
     "606/TB-ĐHVD", "2024-08-15", "Trường Đại học Ví Dụ", "Thông báo", "nhập học khóa 12", NULL},
    {"damaged-print",
     "UBND TINH LAI CHAU\nSỞ Y TÉ\nS6: 44 /QD-SYT\n" NATION "Lai Châu, ngày 05 thang 01 năm 2020\n"
     "QUYÉT ĐỊNH\nVề việc điều động\nGIÁM ĐÓC SỞ Y TẾ\nCăn cứ Luật số 25/2008/QH12;\n",
     "44/QĐ-SYT", "2020-01-05", "Sở Y tế", "Quyết định", "điều động", NULL},
    {"minutes",
     "UBND XÃ MẪU\nBAN VĂN HÓA\nSố: 03/BB-BVH\n" NATION "BIÊN BẢN\nHọp xét gia đình văn hóa\n"
     "Thời gian bắt đầu: 08 giờ 00 ngày 12 tháng 5 năm 2022\nĐịa điểm: nhà văn hóa\n",
     "03/BB-BVH", "2022-05-12", "Ban Văn hóa", "Biên bản", "Họp xét gia đình văn hóa", NULL},
};

static void
test_dispatch(gconstpointer data)
{
    const Dispatch *dispatch = data;
    g_autoptr(LtRecord) record = read_text(dispatch->text);
    g_assert_cmpstr(value_of(record, LT_FIELD_NUMBER), ==, dispatch->number);
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUED_DATE), ==, dispatch->date);
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, dispatch->issuer);
    g_assert_cmpstr(value_of(record, LT_FIELD_TYPE), ==, dispatch->type);
    g_assert_cmpstr(value_of(record, LT_FIELD_SUBJECT), ==, dispatch->subject);
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER), ==, dispatch->signer);
}

static void
test_details(void)
{
    g_autoptr(LtRecord) record = read_text(dispatches[0].text);
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NUMBER), ==, "321");
    g_assert_cmpstr(value_of(record, LT_FIELD_CODE_NOTATION), ==, "STTTT-BCVT");
    g_assert_cmpstr(value_of(record, LT_FIELD_PLACE), ==, "Lai Châu");
    g_assert_cmpstr(record->fields[LT_FIELD_ISSUER].as_printed, ==, "SỞ THÔNG TIN VÀ TRUYỀN THÔNG");
    g_assert_cmpstr(value_of(record, LT_FIELD_PARENT_ISSUER), ==, "Ủy ban nhân dân tỉnh Lai Châu");
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER_TITLE), ==, "PHÓ GIÁM ĐỐC");
    g_assert_cmpstr(value_of(record, LT_FIELD_TO), ==, "Ủy ban nhân dân các huyện, thành phố");
    g_assert_cmpuint(record->recipients->len, ==, 3);
    g_assert_cmpstr(g_ptr_array_index(record->recipients, 2), ==, "Lưu: VT, BV.");
    g_assert_cmpuint(record->references->len, ==, 1);
    const LtReference *reference = g_ptr_array_index(record->references, 0);
    g_assert_cmpstr(reference->number, ==, "15/UBND-VX");
    g_assert_cmpstr(reference->date, ==, "2022-03-02");
    g_assert_cmpstr(reference->relation, ==, "thực hiện");
    g_assert_cmpuint(record->doubts->len, ==, 0);
    g_assert_cmpfloat(record->fields[LT_FIELD_NUMBER].confidence, >=, 0.9);
}

static void
test_addressees(void)
{
    g_autoptr(LtRecord) record =
        read_text("SỞ TÀI CHÍNH\nSố: 9/STC-NS\nV/v quyết toán\n" NATION
                  "Cà Mau, ngày 11 tháng 10 năm 2020\nKính gửi:\n- Kho bạc Nhà nước Cà Mau;\n"
                  "- Cục Thuế tỉnh.\nĐể kịp thời tổng hợp, Sở đề nghị gửi số liệu.\n" FOOT);
    g_assert_cmpstr(value_of(record, LT_FIELD_TO), ==, "Kho bạc Nhà nước Cà Mau; Cục Thuế tỉnh");
}

static void
test_urgency_and_secrecy(void)
{
    g_autoptr(LtRecord) urgent =
        read_text("SỞ TÀI CHÍNH\nSố: 9/STC-NS\nV/v quyết toán\nTHƯỢNG KHẨN\n" NATION
                  "Cà Mau, ngày 11 tháng 10 năm 2020\nKính gửi: Cục Thuế.\n");
    g_assert_cmpstr(value_of(urgent, LT_FIELD_URGENCY), ==, "THƯỢNG KHẨN");
    g_assert_cmpstr(value_of(urgent, LT_FIELD_SUBJECT), ==, "quyết toán");
    g_assert_null(value_of(urgent, LT_FIELD_SECRECY));
    g_autoptr(LtRecord) secret = read_text("SỞ TÀI CHÍNH\nSố: 9/STC-NS\nTỐI MẬT\nHỎA TỐC\n" NATION);
    g_assert_cmpstr(value_of(secret, LT_FIELD_SECRECY), ==, "TỐI MẬT");
    g_assert_cmpstr(value_of(secret, LT_FIELD_URGENCY), ==, "HỎA TỐC");
}

/* KT. GIÁM ĐỐC alone says for whom, not who; scraps of a seal are no recipients. */
static void
test_damaged_foot(void)
{
    g_autoptr(LtRecord) record =
        read_text("SỞ TÀI CHÍNH\nSố: 9/STC-NS\nV/v quyết toán\n" NATION
                  "Cà Mau, ngày 11 tháng 10 năm 2020\nKính gửi: Cục Thuế.\nĐể tổng hợp, Sở báo "
                  "cáo.\nKT. GIÁM ĐỐC\nNơi nhận:\n- Như trên; ^ Á Ố\n- Lưu: VT.\nLò Văn Ví\n");
    const LtField *title = &record->fields[LT_FIELD_SIGNER_TITLE];
    g_assert_null(title->value);
    g_assert_nonnull(title->candidates);
    g_assert_cmpstr(value_of(record, LT_FIELD_SIGNER), ==, "Lò Văn Ví");
    g_assert_cmpuint(record->recipients->len, ==, 2);
    g_assert_cmpstr(g_ptr_array_index(record->recipients, 0), ==, "Như trên;");
}

static void
test_relations(void)
{
    g_autoptr(LtRecord) record = read_text(
        "SỞ NỘI VỤ\nSố: 5/QĐ-SNV\n" NATION "Cà Mau, ngày 11 tháng 10 năm 2020\nQUYẾT ĐỊNH\n"
        "Về việc ban hành nội quy\nCăn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm\n"
        "2020 của Chính phủ;\nTheo đề nghị của Chánh Văn phòng.\n"
        "Điều 2. Quyết định này thay thế Quyết định số 77/QĐ-\nSNV ngày 9/9/2009.\n");
    g_assert_cmpuint(record->references->len, ==, 2);
    const LtReference *grounds = g_ptr_array_index(record->references, 0);
    g_assert_cmpstr(grounds->number, ==, "30/2020/NĐ-CP");
    g_assert_cmpstr(grounds->date, ==, "2020-03-05");
    g_assert_cmpstr(grounds->relation, ==, "căn cứ");
    const LtReference *replaced = g_ptr_array_index(record->references, 1);
    g_assert_cmpstr(replaced->number, ==, "77/QĐ-SNV");
    g_assert_cmpstr(replaced->date, ==, "2009-09-09");
    g_assert_cmpstr(replaced->relation, ==, "thay thế");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(dispatches); i++) {
        g_autofree char *path = g_strconcat("/fields/dispatch/", dispatches[i].name, NULL);
        g_test_add_data_func(path, &dispatches[i], test_dispatch);
    }
    g_test_add_func("/fields/details", test_details);
    g_test_add_func("/fields/addressees", test_addressees);
    g_test_add_func("/fields/urgency-and-secrecy", test_urgency_and_secrecy);
    g_test_add_func("/fields/damaged-foot", test_damaged_foot);
    g_test_add_func("/fields/relations", test_relations);
    return g_test_run();
}
