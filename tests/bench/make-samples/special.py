"""The dispatch this project began with, written out in full, and the list of files kept in samples/."""
import datetime

from dispatch import Dispatch, Paragraph


def rights(rng):
    """Sở Thông tin và Truyền thông tỉnh Lai Châu, 1758/STTTT-TTBCXB."""
    d = Dispatch(
        layout="letter", type="Công văn", number="1758/STTTT-TTBCXB", date=datetime.date(2023, 9, 18), place="Lai Châu",
        issuer="Sở Thông tin và Truyền thông", parent="UBND TỈNH LAI CHÂU",
        head_parent=["UBND TỈNH LAI CHÂU"], head_issuer=["SỞ THÔNG TIN VÀ TRUYỀN THÔNG"],
        subject="tuyên truyền thành tựu bảo đảm quyền con người trên địa bàn tỉnh",
        to=["Các sở, ban, ngành, đoàn thể tỉnh", "Ủy ban nhân dân các huyện, thành phố", "Các cơ quan báo chí của tỉnh"],
        signer_title="PHÓ GIÁM ĐỐC", authority=["KT. GIÁM ĐỐC"], signer="Lò Minh Hiệp",
        recipients=["Như trên;", "Ban Chỉ đạo Nhân quyền tỉnh (b/c);", "UBND tỉnh (b/c);", "Giám đốc, các Phó Giám đốc Sở;",
                    "Đài Truyền thanh - Truyền hình các huyện;", "Lưu: VT, TTBCXB."],
        seal=["SỞ", "THÔNG TIN VÀ", "TRUYỀN THÔNG"], seal_ring="CỘNG HÒA X.H.C.N VIỆT NAM ★ TỈNH LAI CHÂU ★ ")
    d.subject_printed = "V/v " + d.subject
    cited = d.cite("Công văn", "20/CV-BCĐNQ", datetime.date(2023, 9, 5))
    d.body = [Paragraph("text", words) for words in (
        f"Thực hiện {cited} của Ban Chỉ đạo Nhân quyền tỉnh về việc đẩy mạnh tuyên truyền thành tựu bảo đảm quyền con người, "
        "Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị, địa phương phối hợp thực hiện một số nội dung sau:",
        "1. Các sở, ban, ngành, đoàn thể tỉnh đưa nội dung về quyền con người vào các buổi sinh hoạt, giao ban; đăng tin, bài "
        "trên trang thông tin điện tử của đơn vị, tập trung vào kết quả giảm nghèo, chăm sóc sức khỏe, giáo dục vùng cao và "
        "quyền của phụ nữ, trẻ em, đồng bào các dân tộc thiểu số.",
        "2. Ủy ban nhân dân các huyện, thành phố chỉ đạo hệ thống truyền thanh cơ sở phát bản tin bằng tiếng phổ thông và "
        "tiếng dân tộc ít nhất hai lần mỗi tuần; treo khẩu hiệu tại trung tâm xã, chợ phiên và nhà văn hóa bản.",
        "3. Các cơ quan báo chí của tỉnh mở chuyên mục, giới thiệu gương người tốt, việc làm hay ở cơ sở; kịp thời phản bác "
        "thông tin sai sự thật về tình hình nhân quyền tại địa phương.",
        "4. Báo cáo kết quả thực hiện gửi về Sở Thông tin và Truyền thông (qua Phòng Thông tin, Báo chí, Xuất bản) trước ngày "
        "30/11/2023 để tổng hợp.",
        "Rất mong các cơ quan, đơn vị, địa phương quan tâm phối hợp./.")]
    return d


# name, form, resolution, JPEG quality, what compose() is asked for, what is changed afterwards
SAMPLES = [
    ("cong-van-1758", "scan-color", 200, 50, rights, {}),
    ("cong-van-so-noi-vu", "text", 0, 0, dict(layout="letter", years=(2021, 2023), province="Sơn La", topic=0, code="SNV"), {}),
    ("quyet-dinh-quy-che", "scan-g4", 200, 0, dict(layout="annex", years=(2018, 2022), province="Gia Lai", topic=5, code="STP"), {"pages": 2}),
    ("to-trinh-ban-sao-mo", "scan-poor", 150, 35, dict(layout="named", type_name="Tờ trình", years=(2012, 2016), province="Quảng Trị", code="STC", topic=3), {}),
    ("bao-cao-nhieu-trang", "tif-g4", 200, 0, dict(layout="named", type_name="Báo cáo", years=(2015, 2019), province="Điện Biên", code="SYT", topic=2), {"pages": 2}),
    ("ke-hoach-mau", "tif-jpeg", 150, 45, dict(layout="named", type_name="Kế hoạch", years=(2022, 2024), province="Nghệ An", topic=10, code="SVHTTDL"), {}),
    ("huong-dan-lzw", "tif-lzw", 150, 0, dict(layout="named", type_name="Hướng dẫn", years=(2019, 2023), province="Khánh Hòa", topic=7, code="STP"), {}),
    ("cong-van-anh-chup", "jpg-photo", 200, 50, dict(layout="letter", years=(2020, 2024), province="Cao Bằng", topic=4, code="SGDĐT"), {}),
    ("giay-moi-png", "png", 150, 0, dict(layout="named", type_name="Giấy mời", years=(2017, 2022), province="Bến Tre", topic=9, code="SLĐTBXH"), {}),
    ("chi-thi-tcvn3", "text-tcvn3", 0, 0, dict(layout="named", type_name="Chỉ thị", years=(2006, 2008), province="Phú Thọ", topic=1, code="UBND"), {}),
    ("ke-hoach-dang", "scan-gray", 150, 45, dict(layout="party", type_name="Kế hoạch", years=(2019, 2023), province="Lâm Đồng", topic=11), {}),
    ("cong-van-lop-chu-rac", "scan-badtext", 150, 45, dict(layout="letter", years=(2016, 2020), province="Cần Thơ", topic=8, code="SXD"), {}),
    ("quyet-dinh-hon-hop", "mixed", 150, 45, dict(layout="annex", years=(2023, 2024), province="Ninh Bình", topic=7, code="SKHCN"), {}),
    ("thong-bao-nfd", "text-nfd", 0, 0, dict(layout="named", type_name="Thông báo", years=(2021, 2024), province="Tuyên Quang", topic=6, code="UBND"), {}),
    ("thong-bao-khan", "scan-color", 150, 45, dict(layout="named", type_name="Thông báo", years=(2022, 2024), province="Yên Bái", topic=6, code="UBND"), {"urgent": "KHẨN"}),
    ("du-thao-chua-so", "text", 0, 0, dict(layout="blank", type_name="Công văn", years=(2024, 2024), province="Hà Giang", topic=9, code="SNV"), {}),
    ("quyet-dinh-1993", "scan-g4", 200, 0, dict(layout="old", type_name="Quyết định", years=(1993, 1993), province="Đồng Tháp", topic=3), {}),
    ("cong-van-so-viet-tay", "scan-stamp", 150, 45, dict(layout="letter", years=(2018, 2022), province="Lạng Sơn", topic=2, code="SYT"), {"hand_number": True, "hand_date": True}),
]
