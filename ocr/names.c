/* Common knowledge: the surnames that all but one in a thousand people bear, and the syllables that
 * their other names are made of; titles as decree 30/2020 writes them. */
#include "ocr/names.h"

#include <string.h>

const char *const lt_names_surnames[] = {
    "Nguyễn", "Trần",  "Lê",     "Phạm",  "Hoàng", "Huỳnh", "Phan", "Vũ",  "Võ",
    "Đặng",   "Bùi",   "Đỗ",     "Hồ",    "Ngô",   "Dương", "Lý",   "Đào", "Đoàn",
    "Vương",  "Trịnh", "Trương", "Lâm",   "Mai",   "Đinh",  "Hà",   "Tạ",  "Tô",
    "Cao",    "Lưu",   "Lương",  "Phùng", "Châu",  "Thái",  NULL,
};

const char *const lt_names_rarer[] = {
    "Tăng", "Quách", "Đàm",   "Kiều",  "Nông",  "Thạch",  "Sơn",   "Chu",   "Triệu", "Nghiêm",
    "Tôn",  "Hứa",   "La",    "Lại",   "Mạc",   "Mạch",   "Ninh",  "Ông",   "Phí",   "Phó",
    "Quản", "Từ",    "Tống",  "Văn",   "Viên",  "Âu",     "Bạch",  "Bành",  "Bế",    "Biện",
    "Bồ",   "Ca",    "Cái",   "Cáp",   "Chử",   "Chung",  "Công",  "Cù",    "Cung",  "Diệp",
    "Doãn", "Đồng",  "Đường", "Giang", "Giáp",  "Hàn",    "Hạ",    "Khổng", "Khúc",  "Khương",
    "Kim",  "Liêu",  "Lò",    "Lộc",   "Lục",   "Lư",     "Ma",    "Mã",    "Mẫn",   "Ngân",
    "Ngụy", "Nhan",  "Nhâm",  "Nhữ",   "Ổn",    "Phương", "Quan",  "Quàng", "Sầm",   "Sử",
    "Thân", "Thẩm",  "Thi",   "Thiều", "Tiêu",  "Tòng",   "Trà",   "Trang", "Trưng", "Từng",
    "Ung",  "Vi",    "Vạn",   "Vừ",    "Giàng", "Sùng",   "Lường", "Cầm",   "Hầu",   "Lầu",
    "Đèo",  "Hoa",   "Hồng",  "Tưởng", "Đái",   "Đôn",    NULL,
};

const char *const lt_names_others[] = {
    "Thị",   "Văn",   "Hữu",   "Đức",   "Minh",   "Xuân",   "Ngọc",   "Quang", "Thanh",  "Thu",
    "Đình",  "Công",  "Quốc",  "Thành", "Hồng",   "Kim",    "Anh",    "Tuấn",  "Hoàng",  "Duy",
    "Viết",  "Bá",    "Thế",   "Trọng", "Mạnh",   "Hải",    "Hùng",   "Hưng",  "Phương", "Phượng",
    "Bích",  "Mỹ",    "Tuyết", "Lan",   "Hoa",    "Hương",  "Hà",     "Hạnh",  "Hiền",   "Hiếu",
    "Hiệp",  "Hòa",   "Hoài",  "Huy",   "Huệ",    "Huyền",  "Khánh",  "Khắc",  "Khoa",   "Kiên",
    "Lâm",   "Liên",  "Linh",  "Loan",  "Long",   "Lộc",    "Lợi",    "Luân",  "Lương",  "Mai",
    "Nam",   "Nga",   "Ngân",  "Nghĩa", "Nguyên", "Nhân",   "Nhung",  "Như",   "Oanh",   "Phát",
    "Phong", "Phú",   "Phúc",  "Phước", "Quân",   "Quý",    "Quyền",  "Quỳnh", "Sáng",   "Sơn",
    "Sỹ",    "Tài",   "Tâm",   "Tân",   "Thái",   "Thắng",  "Thảo",   "Thăng", "Thiện",  "Thịnh",
    "Thọ",   "Thoa",  "Thông", "Thuận", "Thủy",   "Thúy",   "Thùy",   "Thư",   "Thương", "Tiến",
    "Tín",   "Toàn",  "Trang", "Trí",   "Trinh",  "Trung",  "Trường", "Tú",    "Tùng",   "Tường",
    "Vân",   "Việt",  "Vinh",  "Vĩnh",  "Vũ",     "Vương",  "Vượng",  "Yến",   "An",     "Ân",
    "Ánh",   "Bảo",   "Bằng",  "Bình",  "Cảnh",   "Cao",    "Chi",    "Chí",   "Chiến",  "Chính",
    "Chung", "Cường", "Danh",  "Diễm",  "Diệp",   "Diệu",   "Dung",   "Dũng",  "Dương",  "Đại",
    "Đạo",   "Đạt",   "Đăng",  "Điệp",  "Định",   "Đoan",   "Đông",   "Đồng",  "Gia",    "Giang",
    "Giáp",  "Hân",   "Hằng",  "Hào",   "Hậu",    "Hiển",   "Hoàn",   "Hoan",  "Hợp",    "Hưởng",
    "Hường", "Kha",   "Khang", "Khiêm", "Khôi",   "Khương", "Lam",    "Lực",   "Lưu",    "Ly",
    "Mẫn",   "Nghị",  "Ngà",   "Nhật",  "Nhất",   "Nhi",    "Ninh",   "Phi",   "Quyết",  "Quyên",
    "Sang",  "Sinh",  "Tấn",   "Thạch", "Thân",   "Thiên",  "Thuỷ",   "Tiên",  "Tình",   "Toản",
    "Trà",   "Trâm",  "Triều", "Trúc",  "Tuyên",  "Tuyền",  "Uyên",   "Ước",   "Vui",    "Vy",
    "Xuyến", "Ái",    "Ích",   "Hiệu",  "Huân",   "Lập",    "Nhàn",   "Tôn",   "Tiệp",   NULL,
};

const char *const lt_names_words[] = {
    "KT.",   "TM.",   "TL.",  "TUQ.", "Q.",     "PHÓ",   "THỨ",  "TRƯỞNG", "BỘ",   "CHỦ",   "TỊCH",
    "GIÁM",  "ĐỐC",   "TỔNG", "CỤC",  "VỤ",     "CHÁNH", "VĂN",  "PHÒNG",  "VIỆN", "BAN",   "ỦY",
    "UỶ",    "NHÂN",  "DÂN",  "HỘI",  "ĐỒNG",   "THANH", "TRA",  "HIỆU",   "CHI",  "ĐỘI",   "KHOA",
    "TRUNG", "TÂM",   "BÍ",   "THƯ",  "THƯỜNG", "TRỰC",  "UBND", "HĐND",   "ĐẢNG", "QUYỀN", "THỦ",
    "TƯỚNG", "CHÍNH", "PHỦ",  "SỞ",   "K/T",    "T/M",   "T/L",  "KT",     "TM",   "TL",    NULL,
};

const char *const lt_names_titles[] = {
    "CHỦ TỊCH",       "GIÁM ĐỐC",        "BỘ TRƯỞNG",
    "TRƯỞNG BAN",     "CHÁNH VĂN PHÒNG", "CỤC TRƯỞNG",
    "VỤ TRƯỞNG",      "TỔNG CỤC TRƯỞNG", "CHI CỤC TRƯỞNG",
    "TỔNG GIÁM ĐỐC",  "CHÁNH THANH TRA", "TRƯỞNG PHÒNG",
    "HIỆU TRƯỞNG",    "VIỆN TRƯỞNG",     "BÍ THƯ",
    "THỦ TƯỚNG",      "THỐNG ĐỐC",       "CHỦ NHIỆM",
    "TỔNG THANH TRA", "TRƯỞNG ĐOÀN",     NULL,
};

static const char *const in_stead[] = {"KT. ", "K/T ", "KT "}; /* of a superior */
static const char *const in_name[] = {"TM. ", "T/M ", "TM ", "TL. ", "TL ", "T/L ", "TUQ. "};

/* What follows one of the beginnings; (nullable) */
static const char *
after(const char *row, const char *const *beginnings, guint n)
{
    for (guint i = 0; i < n; i++)
        if (g_str_has_prefix(row, beginnings[i]))
            return row + strlen(beginnings[i]);
    return NULL;
}

GPtrArray *
lt_names_below(const char *row)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    const char *superior = after(row, in_stead, G_N_ELEMENTS(in_stead));

    if (superior) {
        g_ptr_array_add(rows, g_strconcat("PHÓ ", superior, NULL));
        if (g_str_has_suffix(superior, "BỘ TRƯỞNG"))
            g_ptr_array_add(rows, g_strdup("THỨ TRƯỞNG"));
    } else if (after(row, in_name, G_N_ELEMENTS(in_name))) {
        for (const char *const *title = lt_names_titles; *title; title++) {
            g_ptr_array_add(rows, g_strdup(*title));
            g_ptr_array_add(rows, g_strconcat("PHÓ ", *title, NULL));
            g_ptr_array_add(rows, g_strconcat("KT. ", *title, NULL));
        }
    }
    return rows;
}
