/* The authority file: agencies known through misreading, by their abbreviation, with their place
 * and their time. */
#include "fields-fixture.h"

typedef struct {
    const char *name; /* of the test */
    const char *left; /* lines of the letterhead's left column */
    const char *number, *place, *date;
    const char *issuer, *id; /* NULL: none */
    gboolean sure;
    gboolean mismatch;
} Letterhead;

static const Letterhead letterheads[] = {
    {"plain", "UBND TỈNH SƠN LA\nSỞ TƯ PHÁP", "12/STP-VP", "Sơn La", "ngày 03 tháng 4 năm 2019",
     "Sở Tư pháp", "vn.son-la.so-tu-phap", TRUE, FALSE},
    {"lost-marks", "ỦY BAN NHÂN DÂN\nTÍNH TUYÊN QUẢNG", "7/BC-UBND", "Tuyên Quang",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân tỉnh Tuyên Quang",
     "vn.tuyen-quang.uy-ban-nhan-dan", TRUE, FALSE},
    {"joined-words", "UBND TỈNH HÀ NAM\nSỞXÂYDỰNG", "15/QĐ-SXD", "Hà Nam",
     "ngày 03 tháng 4 năm 2019", "Sở Xây dựng", "vn.ha-nam.so-xay-dung", TRUE, FALSE},
    {"joined-unit", "ỦY BAN NHÂN DÂNTỈNH PHÚ YÊN", "15/QĐ-UBND", "Phú Yên",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân tỉnh Phú Yên", "vn.phu-yen.uy-ban-nhan-dan", TRUE,
     FALSE},
    {"split-words", "SỞ CÔ NG THƯƠ NG", "15/SCT-QLTM", "Bến Tre", "ngày 03 tháng 4 năm 2019",
     "Sở Công Thương", "vn.ben-tre.so-cong-thuong", TRUE, FALSE},
    {"letter-by-code", "SỞ TÀI CHÍNHH", "15/STC-NS", "Trà Vinh", "ngày 03 tháng 4 năm 2019",
     "Sở Tài chính", "vn.tra-vinh.so-tai-chinh", TRUE, FALSE},
    {"letter-without-code", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIÊN NÔNG THÔNG", "15/BC-X", "Nam Định",
     "ngày 03 tháng 4 năm 2019", "Sở Nông nghiệp và Phát triển nông thôn",
     "vn.nam-dinh.so-nong-nghiep-va-phat-trien-nong-thon", FALSE, FALSE},
    {"short-form", "SỞ TN&MT", "15/STNMT-ĐĐ", "Bình Phước", "ngày 03 tháng 4 năm 2019",
     "Sở Tài nguyên và Môi trường", "vn.binh-phuoc.so-tai-nguyen-va-moi-truong", TRUE, FALSE},
    {"district", "UBND HUYỆN MƯỜNG TÈ\nPHÒNG NỘI VỤ", "15/PNV", "Mường Tè",
     "ngày 03 tháng 4 năm 2019", "Phòng Nội vụ", "vn.lai-chau.huyen-muong-te.phong-noi-vu", TRUE,
     FALSE},
    {"old-commune", "ỦY BAN NHÂN DÂN\nXÃ SUỐI GIẢ", "15/QĐ-UBND", "Suối Giả",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân xã Suối Giả", NULL, TRUE, FALSE},
    {"commune", "ỦY BAN NHÂN DÂN\nXÃ BÌNH LƯ", "15/QĐ-UBND", "Bình Lư", "ngày 03 tháng 9 năm 2025",
     "Ủy ban nhân dân xã Bình Lư", "vn.lai-chau.xa-binh-lu.uy-ban-nhan-dan", TRUE, FALSE},
    {"unit-misread", "ỦY BAN NHÂN DÂN\nHUYÊM SÌN HỒ", "15/QĐ-UBND", "Sìn Hồ",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân huyện Sìn Hồ",
     "vn.lai-chau.huyen-sin-ho.uy-ban-nhan-dan", TRUE, FALSE},
    {"place-misread", "ỦY BAN NHÂN DÂN\nHUYỆN MƯỜNG NHÉI", "15/QĐ-UBND", "Mường Nhé",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân huyện Mường Nhé",
     "vn.dien-bien.huyen-muong-nhe.uy-ban-nhan-dan", TRUE, FALSE},
    {"place-spoilt", "ỦY BAN NHÂN DÂN\nTỈNH THÁII NGUIÊN", "15/QĐ-UBND", "Sông Công",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân tỉnh Thái Nguyên",
     "vn.thai-nguyen.uy-ban-nhan-dan", FALSE, FALSE},
    {"noise-around", ".SỞ NGOẠI VỤ:", "15/SNgV-VP", "Cao Bằng", "ngày 03 tháng 4 năm 2019",
     "Sở Ngoại vụ", "vn.cao-bang.so-ngoai-vu", TRUE, FALSE},
    {"same-name", "ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH", "15/QĐ-UBND", "Châu Thành",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân huyện Châu Thành", NULL, TRUE, FALSE},
    {"words-left-out", "HỘI NÔNG DÂN VIỆT NAM\nBAN THƯỜNG VỤ TỈNH HÀ GIANG", "15/BTV-VP",
     "Hà Giang", "ngày 03 tháng 4 năm 2019", "Ban Thường vụ tỉnh Hà Giang", NULL, TRUE, FALSE},
    {"words-left-out-for-all", "TRƯỜNG ĐẠI HỌC BÁCH KHOA", "15/ĐHBK-ĐT", "Cần Giờ",
     "ngày 03 tháng 4 năm 2019", "Trường Đại học Bách khoa", NULL, TRUE, FALSE},
    {"code-like-a-type", "THANH TRA TỈNH HÀ GIANG", "15/TTr-VP", "Hà Giang",
     "ngày 03 tháng 4 năm 2019", "Thanh tra tỉnh Hà Giang", "vn.ha-giang.thanh-tra", TRUE, FALSE},
    {"district-and-province", "TÒA ÁN NHÂN DÂN\nHUYỆN SÌN HỒ\nTỈNH LAI CHÂU", "15/TA-VP", "Sìn Hồ",
     "ngày 03 tháng 4 năm 2019", "Tòa án nhân dân huyện Sìn Hồ, tỉnh Lai Châu",
     "vn.lai-chau.huyen-sin-ho.toa-an-nhan-dan", TRUE, FALSE},
    {"numbered", "UBND QUẬN 8\nPHÒNG TƯ PHÁP", "15/PTP", "Quận 8", "ngày 03 tháng 4 năm 2019",
     "Phòng Tư pháp", "vn.ho-chi-minh.quan-8.phong-tu-phap", TRUE, FALSE},
    {"not-a-kind", "UBND TỈNH HÀ GIANG\nBAN CHỈ ĐẠO\nPHÒNG CHỐNG HẠN HÁN", "15/BCĐ", "Hà Giang",
     "ngày 03 tháng 4 năm 2019", "Ban Chỉ đạo Phòng chống hạn hán", NULL, TRUE, FALSE},
    {"country-by-code", "BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN NỘI CHÍNH", "15-CV/BNCTW", "Hà Nội",
     "ngày 03 tháng 4 năm 2019", "Ban Nội chính Trung ương", "vn.ban-noi-chinh-trung-uong", TRUE,
     FALSE},
    {"name-of-two-places", "KHO BẠC NHÀ NƯỚC SƠN LA", "15/KBNN-KT", "Sơn La",
     "ngày 03 tháng 4 năm 2019", "Kho bạc Nhà nước Sơn La", "vn.son-la.kho-bac", TRUE, FALSE},
    {"ministry-gone", "BỘ GIAO THÔNG VẬN TẢI", "15/BGTVT-VP", "Hà Nội", "ngày 03 tháng 9 năm 2025",
     "Bộ Giao thông vận tải", "vn.bo-giao-thong-van-tai", TRUE, TRUE},
    {"ministry-there", "BỘ GIAO THÔNG VẬN TẢI", "15/BGTVT-VP", "Hà Nội",
     "ngày 28 tháng 02 năm 2025", "Bộ Giao thông vận tải", "vn.bo-giao-thong-van-tai", TRUE, FALSE},
    {"ministry-to-come", "BỘ DÂN TỘC VÀ TÔN GIÁO", "15/BDTTG-VP", "Hà Nội",
     "ngày 03 tháng 9 năm 2024", "Bộ Dân tộc và Tôn giáo", "vn.bo-dan-toc-va-ton-giao", TRUE, TRUE},
    {"province-gone", "ỦY BAN NHÂN DÂN\nTỈNH BẠC LIÊU", "15/QĐ-UBND", "Bạc Liêu",
     "ngày 03 tháng 10 năm 2025", "Ủy ban nhân dân tỉnh Bạc Liêu", "vn.bac-lieu.uy-ban-nhan-dan",
     TRUE, TRUE},
    {"code-of-another", "UBND TỈNH LÂM ĐỒNG\nSỞ NGOẠI VỤ", "15/SGDĐT-VP", "Lâm Đồng",
     "ngày 03 tháng 4 năm 2019", "Sở Ngoại vụ", "vn.lam-dong.so-ngoai-vu", FALSE, TRUE},
    {"not-in-the-file", "UBND TỈNH GIA LAI\nBAN TỔ CHỨC HỘI THAO", "15/TB-BTC", "Gia Lai",
     "ngày 03 tháng 4 năm 2019", "Ban Tổ chức Hội thao", NULL, TRUE, FALSE},
    {"specks-before", "UBND TỈNH BẾN TRE\n.. SỞ Y TẺ", "15/SYT-NVY", "Bến Tre",
     "ngày 03 tháng 4 năm 2019", "Sở Y tế", "vn.ben-tre.so-y-te", TRUE, FALSE},
    {"place-of-date", "ỦY BAN NHÂN DÂN\nXÃ EA PÔI", "15/QĐ-UBND", "Ea Pôk",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân xã Ea Pôk", NULL, FALSE, FALSE},
    {"unit-and-place-of-date", "ỦY BAN NHÂN DÂN\nKÃ EA PÔK", "15/QĐ-UBND", "Ea Pôk",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân xã Ea Pôk", NULL, FALSE, FALSE},
    {"kind-misread", "TỔNG CỤC THUẾ\nCỤG THUẾ TỈNH SƠN LA", "15/CT-TTHT", "Sơn La",
     "ngày 03 tháng 4 năm 2019", "Cục Thuế tỉnh Sơn La", "vn.son-la.cuc-thue", TRUE, FALSE},
    {"kind-of-two-words-misread", "UBND TỈNH GIA LAI\nTRUNG TÂN HỘI THAO", "15/TB-X", "Gia Lai",
     "ngày 03 tháng 4 năm 2019", "Trung tâm Hội thao", NULL, FALSE, FALSE},
    {"split-h", "ỦY BAN NIIÂN DÂN\nTỈNII TIIÁI BÌNII", "15/QĐ-UBND", "Thái Bình",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân tỉnh Thái Bình", "vn.thai-binh.uy-ban-nhan-dan",
     TRUE, FALSE},
    {"digit-in-word", "UBND TỈNH GIA LAI\n5Ở XÂY DỰN6", "15/SXD-QLN", "Gia Lai",
     "ngày 03 tháng 4 năm 2019", "Sở Xây dựng", "vn.gia-lai.so-xay-dung", TRUE, FALSE},
    {"no-other-word", "ĐOÀN TNCS HỒ CHÍ MINH\nBAN CHẤP HÀNH TỈNH HÀ NAM", "15-KH/TĐTN", "Hà Nam",
     "ngày 03 tháng 4 năm 2019", "Ban Chấp hành tỉnh Hà Nam", NULL, TRUE, FALSE},
    {"branch-of-region", "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM\nCHI NHÁNH KHU VỰC 6", "15/KV6-TH", "Vinh",
     "ngày 03 tháng 9 năm 2025", "Ngân hàng Nhà nước Việt Nam chi nhánh khu vực 6",
     "vn.ngan-hang-nha-nuoc-khu-vuc-6", TRUE, FALSE},
    {"one-office-two-names", "UBND TỈNH HÀ GIANG\nSỞ GIAOTHÔNG VẬN TẢI", "15/X", "Hà Giang",
     "ngày 03 tháng 4 năm 2019", "Sở Giao thông vận tải", "vn.ha-giang.so-giao-thong-van-tai", TRUE,
     FALSE},
    {"and-between-abbreviations", "UBND HUYỆN TAM ĐƯỜNG\nTRƯỜNG TH & THCS BÌNH LƯ", "15/KH-TH",
     "Bình Lư", "ngày 03 tháng 4 năm 2019", "Trường Tiểu học và Trung học cơ sở Bình Lư", NULL,
     TRUE, FALSE},
    {"and-stays", "UBND TỈNH LAI CHÂU\nBAN QLDA & PTNT TỈNH LAI CHÂU", "15/BC-BQL", "Lai Châu",
     "ngày 03 tháng 4 năm 2019", "Ban Quản lý dự án và Phát triển nông thôn tỉnh Lai Châu", NULL,
     TRUE, FALSE},
    {"abbreviation-in-parts", "UBND TỈNH LAI CHÂU\nSỞ GD & ĐT", "15/SGDĐT-VP", "Lai Châu",
     "ngày 03 tháng 4 năm 2019", "Sở Giáo dục và Đào tạo", "vn.lai-chau.so-giao-duc-va-dao-tao",
     TRUE, FALSE},
    {"place-is-no-kind", "UBND HUYỆN BÌNH TÂN\nTRƯỜNG TIỂU HỌC\nHỒNG AN", "15/KH-TH", "Bình Tân",
     "ngày 03 tháng 4 năm 2019", "Trường Tiểu học Hồng An", NULL, TRUE, FALSE},
    {"place-of-committee-is-no-kind", "ỦY BAN NHÂN DÂN TỈNH\nLONG AN", "15/QĐ-UBND", "Long An",
     "ngày 03 tháng 4 năm 2019", "Ủy ban nhân dân tỉnh Long An", "vn.long-an.uy-ban-nhan-dan", TRUE,
     FALSE},
    {"words-are-no-kind", "CÔNG TY CỔ PHẦN\nQUẢN LÝ ĐƯỜNG BỘ", "15/BC-CT", "Lai Châu",
     "ngày 03 tháng 4 năm 2019", "Công ty Cổ phần Quản lý đường bộ", NULL, TRUE, FALSE},
    {"command-of-province", "QUÂN KHU 2\nBCH QUÂN SỰ TỈNH LAI CHÂU", "15/KH-BCH", "Lai Châu",
     "ngày 03 tháng 4 năm 2019", "Bộ Chỉ huy Quân sự tỉnh Lai Châu",
     "vn.lai-chau.bo-chi-huy-quan-su", TRUE, FALSE},
    {"one-letter-and-digit", "CÔNG TY XI MĂNG LAI CHÂU\nNHÀ MÁY M1", "15/BC-NM", "Lai Châu",
     "ngày 03 tháng 4 năm 2019", "Nhà máy M1", NULL, TRUE, FALSE},
    {"nothing-alike", "SỞ XYZ", "15/BC-XYZ", "Gia Lai", "ngày 03 tháng 4 năm 2019", "Sở Xyz", NULL,
     TRUE, FALSE},
};

static void
test_letterhead(gconstpointer data)
{
    const Letterhead *given = data;
    g_autofree char *text =
        g_strdup_printf("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n%s\nSố: "
                        "%s\n%s, %s\nV/v báo cáo\nKính gửi: Ủy ban nhân dân các xã.\n",
                        given->left, given->number, given->place, given->date);
    g_autoptr(LtRecord) record = read_text(text);
    const LtField *issuer = &record->fields[LT_FIELD_ISSUER];
    g_assert_cmpstr(issuer->value, ==, given->issuer);
    g_assert_cmpstr(record->issuer_id, ==, given->id);
    g_assert_cmpint(issuer->confidence >= 0.9, ==, given->sure);
    g_assert_cmpint(is_doubted(record, LT_FIELD_ISSUER, "mismatch"), ==, given->mismatch);
}

/* What was printed stays beside what was put right. */
static void
test_as_printed(void)
{
    g_autoptr(LtRecord) record = read_text("UBND TỈNH YÊN BÁTI\nSỞ NGOẠI VU\nSố: 3/SNgV-VP\n"
                                           "Yên Bái, ngày 03 tháng 4 năm 2019\nV/v báo cáo\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_PARENT_ISSUER), ==, "Ủy ban nhân dân tỉnh Yên Bái");
    g_assert_cmpstr(record->fields[LT_FIELD_PARENT_ISSUER].as_printed, ==, "UBND TỈNH YÊN BÁTI");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Sở Ngoại vụ");
    g_assert_cmpstr(record->fields[LT_FIELD_ISSUER].as_printed, ==, "SỞ NGOẠI VU");
    g_assert_cmpstr(record->issuer_id, ==, "vn.yen-bai.so-ngoai-vu");
}

/* Names as near to one agency as to another are left as they are printed. */
static void
test_ambiguous(void)
{
    g_autoptr(LtRecord) record = read_text("TRƯỜNG ĐẠI HỌC Y DƯỢC X\nSố: 3/QĐ-Y\n"
                                           "Cà Mau, ngày 03 tháng 4 năm 2019\nV/v báo cáo\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Trường Đại học Y Dược X");
    g_assert_null(record->issuer_id);
}

/* No letterhead: the abbreviation alone is a candidate, and a value less than sure where the
 * place is known. */
static void
test_by_code(void)
{
    g_autoptr(LtRecord) placed =
        read_text("Số: 3/SNgV-LS\nLạng Sơn, ngày 03 tháng 4 năm 2019\nV/v báo cáo\n");
    const LtField *issuer = &placed->fields[LT_FIELD_ISSUER];
    g_assert_cmpstr(issuer->value, ==, "Sở Ngoại vụ");
    g_assert_cmpstr(placed->issuer_id, ==, "vn.lang-son.so-ngoai-vu");
    g_assert_cmpfloat(issuer->confidence, <, 0.9);

    g_autoptr(LtRecord) nowhere =
        read_text("Số: 3/SNgV-LS\nngày 03 tháng 4 năm 2019\nV/v báo cáo\n");
    issuer = &nowhere->fields[LT_FIELD_ISSUER];
    g_assert_null(issuer->value);
    g_assert_null(nowhere->issuer_id);
    g_assert_cmpuint(issuer->candidates->len, ==, 1);
    g_assert_true(is_doubted(nowhere, LT_FIELD_ISSUER, "missing"));
}

static void
add_row(LtPageBuilder *builder, const char *text, double x, double y)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++) {
        double width = 0.009 * (double)g_utf8_strlen(*word, -1);
        LtBox box = {x, y, x + width, y + 0.012};
        lt_page_builder_add_word(builder, *word, &box, 70, 0);
        x += width + 0.006;
    }
    lt_page_builder_end_line(builder);
}

/* Recognition takes capitals for small letters and joins words: the file has the name all the
 * same. A line of small letters that it has not is none. */
static void
test_recognised(void)
{
    LtPageBuilder *builder = lt_page_builder_new(1, LT_PAGE_FROM_OCR, 595, 842);
    add_row(builder, "UBND TỈNH LAI CHÂU", 0.16, 0.06);
    add_row(builder, "Sởytéê", 0.2, 0.08);
    add_row(builder, "vết bẩn", 0.2, 0.095);
    add_row(builder, "Số: 12/SYT-NVY", 0.18, 0.11);
    add_row(builder, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.48, 0.06);
    add_row(builder, "Lai Châu, ngày 14 tháng 10 năm 2020", 0.52, 0.11);
    add_row(builder, "Kính gửi: Trung tâm Y tế các huyện.", 0.3, 0.2);
    g_autoptr(LtRecord) record = read_page(lt_page_builder_finish(builder));
    const LtField *issuer = &record->fields[LT_FIELD_ISSUER];
    g_assert_cmpstr(issuer->value, ==, "Sở Y tế");
    g_assert_cmpstr(issuer->as_printed, ==, "Sởytéê");
    g_assert_cmpstr(record->issuer_id, ==, "vn.lai-chau.so-y-te");
    g_assert_cmpfloat(issuer->confidence, >=, 0.9);
}

static void
test_party(void)
{
    g_autoptr(LtRecord) record =
        read_text("TỈNH ỦY CÀ MAU\nBAN NỘI CHÍNH\n*\nSố 31-CV/BNCTU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
                  "Cà Mau, ngày 03 tháng 4 năm 2019\nV/v báo cáo\n");
    g_assert_cmpstr(value_of(record, LT_FIELD_ISSUER), ==, "Ban Nội chính Tỉnh ủy Cà Mau");
    g_assert_cmpstr(record->fields[LT_FIELD_ISSUER].as_printed, ==, "BAN NỘI CHÍNH");
    g_assert_cmpstr(record->issuer_id, ==, "vn.ca-mau.ban-noi-chinh-tinh-uy");
}

static void
test_lookup(void)
{
    g_autoptr(LtRules) rules = load_rules();
    g_autoptr(GPtrArray) coded = lt_agencies_by_code(rules, "stttt");
    g_assert_cmpuint(coded->len, ==, 1);
    const LtAgency *agency = g_ptr_array_index(coded, 0);
    g_assert_cmpstr(agency->id, ==, "vn.*.so-thong-tin-va-truyen-thong");
    g_assert_cmpstr(agency->name, ==, "Sở Thông tin và Truyền thông");
    g_assert_cmpstr(agency->successors[0], ==, "vn.*.so-khoa-hoc-va-cong-nghe");

    g_autoptr(GPtrArray) named = lt_agencies_by_name(rules, "ubnd tinh lai chau");
    g_assert_cmpuint(named->len, ==, 1);
    g_assert_cmpstr(((LtAgency *)g_ptr_array_index(named, 0))->id, ==,
                    "vn.lai-chau.uy-ban-nhan-dan");

    g_autoptr(GPtrArray) none = lt_agencies_by_name(rules, "Sở Xyz");
    g_assert_cmpuint(none->len, ==, 0);
    g_autoptr(GPtrArray) unheard = lt_agencies_by_name(rules, "UBND xã  Suối  Giả ");
    g_assert_cmpuint(unheard->len, ==, 0);
    g_autoptr(GPtrArray) empty = lt_agencies_by_name(rules, "");
    g_assert_cmpuint(empty->len, ==, 0);
    g_autoptr(GPtrArray) no_code = lt_agencies_by_code(rules, "?");
    g_assert_cmpuint(no_code->len, ==, 0);
}

static void
test_by_id(void)
{
    g_autoptr(LtRules) rules = load_rules();
    g_autoptr(LtAgency) merged = lt_agency_by_id(rules, "vn.kon-tum.so-y-te");
    g_assert_cmpstr(merged->name, ==, "Sở Y tế tỉnh Kon Tum");
    g_assert_cmpstr(merged->parent, ==, "vn.kon-tum.uy-ban-nhan-dan");
    g_assert_cmpstr(merged->to, ==, "2025-06-30");
    g_assert_cmpstr(merged->successors[0], ==, "vn.quang-ngai.so-y-te");

    g_autoptr(LtAgency) city = lt_agency_by_id(rules, "vn.hai-phong.ban-noi-chinh-tinh-uy");
    g_assert_cmpstr(city->name, ==, "Ban Nội chính Thành ủy Hải Phòng");
    g_autoptr(LtAgency) district =
        lt_agency_by_id(rules, "vn.lai-chau.huyen-muong-te.chi-cuc-thue");
    g_assert_cmpstr(district->parent, ==, "vn.lai-chau.cuc-thue");
    g_autoptr(LtAgency) ministry = lt_agency_by_id(rules, "vn.bo-tai-nguyen-va-moi-truong");
    g_assert_cmpstr(ministry->successors[0], ==, "vn.bo-nong-nghiep-va-moi-truong");
    g_assert_cmpstr(ministry->to, ==, "2025-02-28");

    g_assert_null(lt_agency_by_id(rules, "vn.nowhere.so-y-te"));
    g_assert_null(lt_agency_by_id(rules, "vn.lai-chau.bo-y-te"));
    g_assert_null(lt_agency_by_id(rules, "so-y-te"));
    g_assert_null(lt_agency_by_id(rules, ""));
}

/* What an office adds: agencies of its own, and abbreviations of its own for others. */
static void
test_own(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *office = g_dir_make_tmp("luutru-own-XXXXXX", &error);
    g_assert_no_error(error);
    g_autofree char *path = g_build_filename(office, "issuers.tsv", NULL);
    g_assert_true(g_file_set_contents(
        path, "TTXRS\tTrung tâm Xúc tiến Rau sạch\nSTCG\tSở Tài chính\n", -1, &error));
    g_autoptr(LtRules) rules = lt_rules_load_office(RULES_DIRECTORY, office, &error);
    g_unlink(path);
    g_rmdir(office);
    g_assert_no_error(error);

    g_autoptr(GPtrArray) own = lt_agencies_by_code(rules, "TTXRS");
    g_assert_cmpuint(own->len, ==, 1);
    g_assert_cmpstr(((LtAgency *)g_ptr_array_index(own, 0))->id, ==,
                    "own.trung-tam-xuc-tien-rau-sach");
    g_autoptr(GPtrArray) added = lt_agencies_by_code(rules, "STCG");
    g_assert_cmpuint(added->len, ==, 1);
    const LtAgency *finance = g_ptr_array_index(added, 0);
    g_assert_cmpstr(finance->id, ==, "vn.*.so-tai-chinh");
    g_assert_cmpstr(finance->codes[1], ==, "STC");
    g_autoptr(GPtrArray) still = lt_agencies_by_code(rules, "STC");
    g_assert_cmpuint(still->len, ==, 1);
}

/* Every name in the file is found again under its own id, so that none hides another. */
static void
test_every_name(void)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(LtRules) rules = load_rules();
    g_assert_true(g_file_get_contents(RULES_DIRECTORY "/authority.tsv", &text, NULL, &error));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint found = 0;
    for (char **line = lines; *line; line++) {
        if (!**line || **line == '#')
            continue;
        g_auto(GStrv) columns = g_strsplit(*line, "\t", -1);
        g_autofree char *id =
            g_strconcat(g_str_equal(columns[3], "-") ? "vn." : "vn.*.", columns[0], NULL);
        g_autoptr(LtAgency) agency = lt_agency_by_id(rules, id);
        g_assert_nonnull(agency);
        g_autoptr(GPtrArray) named = lt_agencies_by_name(rules, agency->name);
        gboolean again = FALSE;
        for (guint i = 0; i < named->len; i++)
            again = again || g_str_equal(((LtAgency *)g_ptr_array_index(named, i))->id, id);
        g_assert_true(again);
        found++;
    }
    g_assert_cmpuint(found, >, 300);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(letterheads); i++) {
        g_autofree char *path =
            g_strconcat("/fields-issuer/letterhead/", letterheads[i].name, NULL);
        g_test_add_data_func(path, &letterheads[i], test_letterhead);
    }
    g_test_add_func("/fields-issuer/as-printed", test_as_printed);
    g_test_add_func("/fields-issuer/ambiguous", test_ambiguous);
    g_test_add_func("/fields-issuer/by-code", test_by_code);
    g_test_add_func("/fields-issuer/recognised", test_recognised);
    g_test_add_func("/fields-issuer/party", test_party);
    g_test_add_func("/fields-issuer/lookup", test_lookup);
    g_test_add_func("/fields-issuer/by-id", test_by_id);
    g_test_add_func("/fields-issuer/own", test_own);
    g_test_add_func("/fields-issuer/every-name", test_every_name);
    return g_test_run();
}
