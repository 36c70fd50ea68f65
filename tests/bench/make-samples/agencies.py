"""Who writes dispatches: places, agencies and the people (all made up) who sign them."""

# Province -> (kind, seat, districts up to June 2025, communes since July 2025).
PROVINCES = {
    "Lai Châu": (
        "tỉnh",
        ["Tam Đường", "Mường Tè", "Sìn Hồ", "Phong Thổ"],
        ["Bình Lư", "Tả Lèng", "Khun Há"],
    ),
    "Điện Biên": ("tỉnh", ["Tuần Giáo", "Mường Nhé", "Tủa Chùa"], ["Mường Phăng", "Thanh Nưa"]),
    "Sơn La": ("tỉnh", ["Mai Sơn", "Yên Châu", "Mộc Châu"], ["Chiềng Hặc", "Phiêng Khoài"]),
    "Hà Giang": ("tỉnh", ["Đồng Văn", "Vị Xuyên", "Bắc Quang"], ["Tùng Vài", "Quản Bạ"]),
    "Cao Bằng": ("tỉnh", ["Trùng Khánh", "Hà Quảng", "Nguyên Bình"], ["Đông Khê", "Phục Hòa"]),
    "Bắc Kạn": ("tỉnh", ["Chợ Đồn", "Na Rì", "Ba Bể"], ["Chợ Rã", "Yến Lạc"]),
    "Lạng Sơn": ("tỉnh", ["Văn Quan", "Chi Lăng", "Lộc Bình"], ["Na Sầm", "Thất Khê"]),
    "Yên Bái": ("tỉnh", ["Văn Chấn", "Lục Yên", "Mù Cang Chải"], ["Gia Hội", "Khao Mang"]),
    "Tuyên Quang": ("tỉnh", ["Chiêm Hóa", "Na Hang", "Sơn Dương"], ["Minh Quang", "Hùng Lợi"]),
    "Phú Thọ": ("tỉnh", ["Thanh Sơn", "Hạ Hòa", "Cẩm Khê"], ["Đào Xá", "Hiền Lương"]),
    "Ninh Bình": ("tỉnh", ["Gia Viễn", "Kim Sơn", "Nho Quan"], ["Yên Mô", "Phát Diệm"]),
    "Nghệ An": ("tỉnh", ["Quỳ Châu", "Con Cuông", "Đô Lương"], ["Tam Quang", "Nghĩa Đàn"]),
    "Quảng Trị": ("tỉnh", ["Hướng Hóa", "Đakrông", "Gio Linh"], ["Khe Sanh", "Lao Bảo"]),
    "Gia Lai": ("tỉnh", ["Chư Păh", "Ia Grai", "Kbang"], ["Ia Ly", "Đak Đoa"]),
    "Đắk Nông": ("tỉnh", ["Đắk Mil", "Cư Jút", "Krông Nô"], ["Quảng Khê", "Nâm Nung"]),
    "Lâm Đồng": ("tỉnh", ["Đức Trọng", "Lạc Dương", "Di Linh"], ["Hiệp Thạnh", "Tân Hà"]),
    "Khánh Hòa": ("tỉnh", ["Diên Khánh", "Vạn Ninh", "Khánh Sơn"], ["Suối Dầu", "Tu Bông"]),
    "Bến Tre": ("tỉnh", ["Ba Tri", "Mỏ Cày Nam", "Thạnh Phú"], ["Giồng Trôm", "Hương Mỹ"]),
    "Đồng Tháp": ("tỉnh", ["Tam Nông", "Lấp Vò", "Thanh Bình"], ["Tràm Chim", "Phú Thọ"]),
    "Cà Mau": ("tỉnh", ["Năm Căn", "Trần Văn Thời", "Thới Bình"], ["Đất Mũi", "Khánh An"]),
    "Hải Phòng": ("thành phố", ["Vĩnh Bảo", "Thủy Nguyên", "An Lão"], ["Kiến Hải", "Tiên Lãng"]),
    "Cần Thơ": ("thành phố", ["Phong Điền", "Cờ Đỏ", "Thới Lai"], ["Trường Xuân", "Vĩnh Thạnh"]),
}

# code, name, units that draft its letters, first and last year of its existence
DEPARTMENTS = [
    ("SNV", "Sở Nội vụ", ["CCVC", "VTLT", "XDCQ", "TCBC"], 2006, 2030),
    ("STTTT", "Sở Thông tin và Truyền thông", ["TTBCXB", "CNTT", "BCVT", "VP"], 2008, 2024),
    ("STC", "Sở Tài chính", ["QLNS", "HCSN", "QLGCS", "ĐT"], 2006, 2030),
    ("SYT", "Sở Y tế", ["NVY", "TCCB", "KHTC", "NVD"], 2006, 2030),
    ("SGDĐT", "Sở Giáo dục và Đào tạo", ["GDTrH", "GDMN", "QLCL", "KHTC"], 2008, 2030),
    ("SXD", "Sở Xây dựng", ["QLXD", "QHKT", "HTKT"], 2006, 2030),
    ("STP", "Sở Tư pháp", ["PBGDPL", "HCTP", "XDVB"], 2006, 2030),
    ("SCT", "Sở Công Thương", ["QLTM", "QLCN", "QLNL"], 2008, 2030),
    ("SKHCN", "Sở Khoa học và Công nghệ", ["QLKH", "TĐC", "QLCN"], 2006, 2030),
    ("SNNPTNT", "Sở Nông nghiệp và Phát triển nông thôn", ["TTBVTV", "KHTC", "QLXDCT"], 2006, 2024),
    ("STNMT", "Sở Tài nguyên và Môi trường", ["QLĐĐ", "BVMT", "KS"], 2006, 2024),
    ("SNNMT", "Sở Nông nghiệp và Môi trường", ["QLĐĐ", "CNTY", "TL"], 2025, 2030),
    ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch", ["QLVH", "QLTDTT", "QLDL"], 2008, 2030),
    ("SLĐTBXH", "Sở Lao động - Thương binh và Xã hội", ["NCC", "LĐVL", "BTXH"], 2008, 2024),
]
MINISTRIES = [
    ("BNV", "Bộ Nội vụ", ["VTLT", "CCVC", "CQĐP"], 2006, 2030),
    ("BTC", "Bộ Tài chính", ["QLCS", "HCSN", "NSNN"], 2006, 2030),
    ("BYT", "Bộ Y tế", ["DP", "KCB", "KHTC"], 2006, 2030),
    ("BGDĐT", "Bộ Giáo dục và Đào tạo", ["GDTrH", "GDTX", "NGCBQLGD"], 2006, 2030),
    ("BTTTT", "Bộ Thông tin và Truyền thông", ["CATTT", "CBC", "THH"], 2008, 2024),
    ("BTP", "Bộ Tư pháp", ["PBGDPL", "KTrVB", "HTQTCT"], 2006, 2030),
    ("BKHCN", "Bộ Khoa học và Công nghệ", ["TTra", "TĐC", "KHTC"], 2006, 2030),
]
# Which topics of phrases.py an agency writes about; agencies not named here write about any.
TOPICS_OF = {
    "SNV": ["records", "digital", "party"],
    "BNV": ["records", "digital"],
    "STTTT": ["digital", "law", "culture"],
    "BTTTT": ["digital", "law"],
    "STC": ["finance"],
    "BTC": ["finance"],
    "SYT": ["health"],
    "BYT": ["health"],
    "SGDĐT": ["school"],
    "BGDĐT": ["school"],
    "SXD": ["finance", "roads"],
    "STP": ["digital", "law"],
    "BTP": ["law"],
    "SCT": ["health", "finance", "roads"],
    "SKHCN": ["digital", "records"],
    "BKHCN": ["digital", "records"],
    "SNNPTNT": ["forest", "weather"],
    "STNMT": ["forest", "weather"],
    "SNNMT": ["forest", "weather"],
    "SVHTTDL": ["culture"],
    "SLĐTBXH": ["welfare"],
    "TU": ["party", "welfare", "law"],
    "HU": ["party", "welfare", "forest"],
    "BTGTU": ["party", "law"],
    "BTCTU": ["party", "records"],
    "BNCTU": ["law", "party"],
    "VPTU": ["records", "digital", "party"],
}
COUNCIL_UNITS = ["VX", "KT", "NC", "TH", "NN", "XD"]
PARTY_BODIES = [
    ("TU", "{Cap}", "", ["BÍ THƯ", "PHÓ BÍ THƯ"]),
    ("BTGTU", "Ban Tuyên giáo", "{Cap}", ["TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
    ("BTCTU", "Ban Tổ chức", "{Cap}", ["TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
    ("BNCTU", "Ban Nội chính", "{Cap}", ["TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
    ("VPTU", "Văn phòng", "{Cap}", ["CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
    ("HU", "Huyện ủy {district}", "{Cap}", ["BÍ THƯ", "PHÓ BÍ THƯ"]),
]

SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương "
    "Lý Lò Giàng Sùng Vàng Lường Cầm Nông Hà Mai Tô"
).split()
MIDDLE_MEN = "Văn Đức Minh Quang Hữu Xuân Đình Công Thanh Quốc Trọng A".split()
MIDDLE_WOMEN = "Thị Ngọc Thu Hồng Thúy Kim Bích Mỹ".split()
MEN = (
    "Hùng Thắng Toàn Khánh Dũng Sơn Hiệp Long Phúc Tuấn "
    "Việt Nghĩa Cường Thịnh Đạt Vinh Lâm Quyết Tùng"
).split()
WOMEN = "Hà Hương Lan Thủy Phượng Nga Tuyết Huệ Yến Hạnh Oanh Liên Thảo Quỳnh Nhung Xuyến".split()


def person(rng):
    if rng.random() < 0.65:
        return " ".join((rng.choice(SURNAMES), rng.choice(MIDDLE_MEN), rng.choice(MEN)))
    return " ".join((rng.choice(SURNAMES), rng.choice(MIDDLE_WOMEN), rng.choice(WOMEN)))


def alive(table, year):
    return [row for row in table if row[3] <= year <= row[4]]


def has_districts(day):
    return (day.year, day.month) < (2025, 7)


def sub_units(province, day):
    """The units below a province, as an address line names them on that day."""
    if not has_districts(day):
        return "Ủy ban nhân dân các xã, phường"
    if PROVINCES[province][0] == "thành phố":
        return "Ủy ban nhân dân các quận, huyện"
    return "Ủy ban nhân dân các huyện, thành phố"


def party_name(province):
    return ("Thành ủy " if PROVINCES[province][0] == "thành phố" else "Tỉnh ủy ") + province
