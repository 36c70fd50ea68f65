"""The dispatch this project began with, written out in full, and the list of files in samples/."""
import datetime
from dataclasses import dataclass, field

from dispatch import Dispatch, Paragraph

RIGHTS = [
    "Thực hiện {cited} của Ban Chỉ đạo Nhân quyền tỉnh về việc đẩy mạnh tuyên truyền thành tựu bảo "
    "đảm quyền con người, Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị, địa phương "
    "phối hợp thực hiện một số nội dung sau:",
    "1. Các sở, ban, ngành, đoàn thể tỉnh đưa nội dung về quyền con người vào các buổi sinh hoạt, "
    "giao ban; đăng tin, bài trên trang thông tin điện tử của đơn vị, tập trung vào kết quả giảm "
    "nghèo, chăm sóc sức khỏe, giáo dục vùng cao và quyền của phụ nữ, trẻ em, đồng bào các dân tộc "
    "thiểu số.",
    "2. Ủy ban nhân dân các huyện, thành phố chỉ đạo hệ thống truyền thanh cơ sở phát bản tin bằng "
    "tiếng phổ thông và tiếng dân tộc ít nhất hai lần mỗi tuần; treo khẩu hiệu tại trung tâm xã, "
    "chợ phiên và nhà văn hóa bản.",
    "3. Các cơ quan báo chí của tỉnh mở chuyên mục, giới thiệu gương người tốt, việc làm hay ở cơ "
    "sở; kịp thời phản bác thông tin sai sự thật về tình hình nhân quyền tại địa phương.",
    "4. Báo cáo kết quả thực hiện gửi về Sở Thông tin và Truyền thông (qua Phòng Thông tin, Báo "
    "chí, Xuất bản) trước ngày 30/11/2023 để tổng hợp.",
    "Rất mong các cơ quan, đơn vị, địa phương quan tâm phối hợp./.",
]


def rights():
    """Sở Thông tin và Truyền thông tỉnh Lai Châu, 1758/STTTT-TTBCXB."""
    dispatch = Dispatch(
        layout="letter",
        type="Công văn",
        number="1758/STTTT-TTBCXB",
        date=datetime.date(2023, 9, 18),
        place="Lai Châu",
        issuer="Sở Thông tin và Truyền thông",
        parent="UBND TỈNH LAI CHÂU",
        head_parent=["UBND TỈNH LAI CHÂU"],
        head_issuer=["SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
        subject="tuyên truyền thành tựu bảo đảm quyền con người trên địa bàn tỉnh",
        subject_printed="V/v tuyên truyền thành tựu bảo đảm quyền con người trên địa bàn tỉnh",
        to=[
            "Các sở, ban, ngành, đoàn thể tỉnh",
            "Ủy ban nhân dân các huyện, thành phố",
            "Các cơ quan báo chí của tỉnh",
        ],
        authority=["KT. GIÁM ĐỐC"],
        signer_title="PHÓ GIÁM ĐỐC",
        signer="Lò Minh Hiệp",
        recipients=[
            "Như trên;",
            "Ban Chỉ đạo Nhân quyền tỉnh (b/c);",
            "UBND tỉnh (b/c);",
            "Giám đốc, các Phó Giám đốc Sở;",
            "Đài TT-TH các huyện;",
            "Lưu: VT, TTBCXB.",
        ],
        seal=["SỞ", "THÔNG TIN VÀ", "TRUYỀN THÔNG"],
        seal_ring="CỘNG HÒA X.H.C.N VIỆT NAM ★ TỈNH LAI CHÂU ★ ",
    )
    cited = dispatch.cite("Công văn", "20/CV-BCĐNQ", datetime.date(2023, 9, 5))
    dispatch.body = [Paragraph("text", words.format(cited=cited)) for words in RIGHTS]
    return dispatch


@dataclass
class Sample:
    """One file of samples/. asked: what compose() is told; none for the dispatch written out above.
    changes: what is set afterwards; pages: how many there must be, 0 for any number."""

    name: str
    form: str
    asked: dict = field(default_factory=dict)
    dpi: int = 150
    quality: int = 45
    pages: int = 0
    changes: dict = field(default_factory=dict)


def asked(layout, type_name, province, years, topic, code=""):
    return dict(
        layout=layout, type_name=type_name, province=province, years=years, topic=topic, code=code
    )


SAMPLES = [
    Sample("cong-van-1758", "scan-color", dpi=200, quality=50),
    Sample(
        "cong-van-so-noi-vu",
        "text",
        asked("letter", "Công văn", "Sơn La", (2021, 2023), "records", "SNV"),
        pages=2,
    ),
    Sample(
        "quyet-dinh-quy-che",
        "scan-g4",
        asked("annex", "Quyết định", "Gia Lai", (2018, 2022), "digital", "STP"),
        dpi=200,
        pages=2,
    ),
    Sample(
        "to-trinh-ban-sao-mo",
        "scan-poor",
        asked("named", "Tờ trình", "Quảng Trị", (2012, 2016), "finance", "STC"),
        quality=35,
    ),
    Sample(
        "bao-cao-nhieu-trang",
        "tif-g4",
        asked("named", "Báo cáo", "Điện Biên", (2015, 2019), "health", "SYT"),
        dpi=200,
        pages=2,
    ),
    Sample(
        "ke-hoach-mau",
        "tif-jpeg",
        asked("named", "Kế hoạch", "Nghệ An", (2022, 2024), "culture", "SVHTTDL"),
        pages=2,
    ),
    Sample(
        "huong-dan-lzw",
        "tif-lzw",
        asked("named", "Hướng dẫn", "Khánh Hòa", (2019, 2023), "law", "STP"),
    ),
    Sample(
        "cong-van-anh-chup",
        "jpg-photo",
        asked("letter", "Công văn", "Cao Bằng", (2020, 2024), "school", "SGDĐT"),
        dpi=200,
        quality=50,
    ),
    Sample(
        "giay-moi-png",
        "png",
        asked("named", "Giấy mời", "Bến Tre", (2017, 2022), "welfare", "SLĐTBXH"),
    ),
    Sample(
        "chi-thi-tcvn3",
        "text-tcvn3",
        asked("named", "Chỉ thị", "Phú Thọ", (2006, 2008), "forest", "UBND"),
        pages=1,
    ),
    Sample(
        "ke-hoach-dang",
        "scan-gray",
        asked("party", "Kế hoạch", "Lâm Đồng", (2019, 2023), "party"),
        pages=2,
    ),
    Sample(
        "cong-van-lop-chu-rac",
        "scan-badtext",
        asked("letter", "Công văn", "Cần Thơ", (2016, 2020), "roads", "SXD"),
        pages=1,
    ),
    Sample(
        "quyet-dinh-hon-hop",
        "mixed",
        asked("annex", "Quyết định", "Ninh Bình", (2023, 2024), "law", "SKHCN"),
        pages=2,
    ),
    Sample(
        "thong-bao-nfd",
        "text-nfd",
        asked("named", "Thông báo", "Tuyên Quang", (2021, 2024), "weather", "UBND"),
        pages=1,
    ),
    Sample(
        "thong-bao-khan",
        "scan-color",
        asked("named", "Thông báo", "Yên Bái", (2022, 2024), "weather", "UBND"),
        pages=1,
        changes={"urgent": "KHẨN"},
    ),
    Sample(
        "du-thao-chua-so",
        "text",
        asked("blank", "Công văn", "Hà Giang", (2024, 2024), "welfare", "SNV"),
        pages=1,
    ),
    Sample(
        "quyet-dinh-1993",
        "scan-g4",
        asked("old", "Quyết định", "Đồng Tháp", (1993, 1993), "finance"),
        dpi=200,
    ),
    Sample(
        "cong-van-so-viet-tay",
        "scan-stamp",
        asked("letter", "Công văn", "Lạng Sơn", (2018, 2022), "health", "SYT"),
        pages=1,
        changes={"hand_number": True, "hand_date": True},
    ),
]
