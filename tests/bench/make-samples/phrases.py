"""The words of the dispatches, all written for this project: topics with subjects, reports of how
things stand, and tasks. compose.py fills the slots in braces: {year} {year2} {quarter} {n} {few}
{some} {pct} {day} {past} {area} {field} {issuer} {subject}."""

TOPICS = {
    "records": {
        "subjects": [
            "tăng cường công tác lập hồ sơ và nộp lưu hồ sơ vào lưu trữ cơ quan năm {year}",
            "chỉnh lý, số hóa tài liệu tồn đọng giai đoạn {year} - {year2}",
            "chấn chỉnh việc gửi, nhận văn bản điện tử tại {area}",
        ],
        "facts": [
            (
                "Qua kiểm tra tại {few} đơn vị, đến nay đã lập được {n} hồ sơ, đạt {pct}% số hồ sơ"
                " phải lập trong năm."
            ),
            "Kho tài liệu của một số phòng chuyên môn còn chật, giá kệ thiếu, chưa có máy hút ẩm.",
            "Hiện còn khoảng {n} mét giá tài liệu rời lẻ chưa được phân loại.",
        ],
        "tasks": [
            (
                "Ban hành danh mục hồ sơ trước ngày {day}; giao từng công chức chịu trách nhiệm về"
                " hồ sơ công việc của mình."
            ),
            (
                "Thống kê tài liệu hết giá trị, trình Hội đồng xác định giá trị xem xét trước khi "
                "tiêu hủy."
            ),
            "Kiểm tra dấu thời gian và chữ ký số của văn bản đến trước khi vào sổ đăng ký.",
            (
                "Bố trí ít nhất {few} công chức thành thạo nghiệp vụ để quét và nhập thông tin mô "
                "tả tài liệu."
            ),
        ],
    },
    "forest": {
        "subjects": [
            "phòng, chống cháy rừng mùa khô {year} - {year2}",
            "bảo vệ và phát triển rừng phòng hộ trên địa bàn {area}",
            "trồng cây phân tán đầu xuân năm {year}",
        ],
        "facts": [
            (
                "Từ đầu mùa khô, trên địa bàn đã ghi nhận {few} điểm cháy nhỏ, thiệt hại {n} "
                "héc-ta cỏ tranh và cây bụi."
            ),
            "Nắng hanh kéo dài làm cấp dự báo cháy rừng tại {area} lên cấp IV.",
            "Tỷ lệ che phủ rừng ước đạt {pct}%, tăng nhẹ so với năm trước.",
        ],
        "tasks": [
            "Phát dọn, làm mới {n} km đường băng cản lửa trước ngày {day}.",
            (
                "Không để người dân đốt nương làm rẫy vào những ngày có gió lớn; ghi sổ theo dõi "
                "từng hộ có nương giáp rừng."
            ),
            (
                "Phân công trực chòi canh lửa suốt ngày đêm; báo tin về thường trực Ban Chỉ huy "
                "trước 16 giờ hằng ngày."
            ),
            "Chuẩn bị {n} nghìn cây giống bản địa giao cho các thôn, bản trồng đúng thời vụ.",
        ],
    },
    "health": {
        "subjects": [
            "phòng, chống dịch sốt xuất huyết và bệnh tay chân miệng năm {year}",
            "tổ chức tiêm chủng bổ sung cho trẻ dưới 5 tuổi tại {area}",
            "bảo đảm an toàn thực phẩm trong dịp Tết Nguyên đán năm {year}",
        ],
        "facts": [
            "Tính đến ngày {past}, toàn địa bàn ghi nhận {n} ca bệnh, không có trường hợp tử vong.",
            "Có {few} cơ sở chế biến chưa lưu mẫu thức ăn theo quy định.",
            "Tỷ lệ trẻ được tiêm đủ mũi đạt {pct}%, còn thấp ở các bản xa trung tâm.",
        ],
        "tasks": [
            "Tổ chức diệt loăng quăng, lật úp dụng cụ chứa nước vào sáng thứ Bảy hằng tuần.",
            "Rà soát kho thuốc, vật tư, hóa chất; báo cáo nhu cầu bổ sung trước ngày {day}.",
            (
                "Lập danh sách trẻ chưa tiêm đủ mũi tại từng thôn, bản và mời gia đình đưa trẻ đến"
                " trạm."
            ),
            "Lấy mẫu kiểm nghiệm tại {few} bếp ăn tập thể và công khai kết quả.",
        ],
    },
    "finance": {
        "subjects": [
            "sắp xếp, bố trí sử dụng nhà, đất dôi dư là tài sản công",
            "quyết toán kinh phí sự nghiệp năm {year}",
            "điều chỉnh dự toán thu, chi ngân sách quý {quarter} năm {year}",
        ],
        "facts": [
            "Số thu trong kỳ ước đạt {n} tỷ đồng, bằng {pct}% dự toán giao.",
            "Còn {few} đơn vị chưa đối chiếu số dư tạm ứng với Kho bạc.",
            "Đã bàn giao {few} trụ sở không còn nhu cầu sử dụng cho cơ quan quản lý tài sản.",
        ],
        "tasks": [
            "Đối chiếu số liệu với Kho bạc Nhà nước nơi giao dịch, khóa sổ trước ngày {day}.",
            "Thu hồi các khoản tạm ứng quá hạn; làm rõ trách nhiệm của người đề nghị tạm ứng.",
            (
                "Lập phương án xử lý đối với từng cơ sở nhà, đất; kèm hồ sơ pháp lý và bản vẽ hiện"
                " trạng."
            ),
            "Tiết kiệm thêm {some}% chi thường xuyên để bổ sung vốn sửa chữa trường học.",
        ],
    },
    "school": {
        "subjects": [
            "chuẩn bị các điều kiện khai giảng năm học {year} - {year2}",
            "phòng, chống đuối nước cho học sinh trong dịp hè năm {year}",
            "xây dựng thư viện thân thiện tại các trường tiểu học",
        ],
        "facts": [
            "Toàn ngành hiện có {n} phòng học, trong đó phòng kiên cố đạt {pct}%.",
            "Còn {few} điểm trường lẻ phải học nhờ nhà văn hóa thôn.",
            "Số học sinh biết bơi tăng {some}% so với năm học trước.",
        ],
        "tasks": [
            "Sửa chữa mái, cửa, hệ thống điện và nước sạch của các phòng học trước ngày {day}.",
            "Cắm biển cảnh báo tại ao, hồ, bến sông; giao đoàn thanh niên xã trực vào buổi trưa.",
            (
                "Vận động phụ huynh và doanh nghiệp tặng sách, bổ sung ít nhất {n} đầu sách mỗi "
                "trường."
            ),
            "Không tổ chức dạy trước chương trình; niêm yết công khai các khoản thu.",
        ],
    },
    "digital": {
        "subjects": [
            "chuyển đổi số trong giải quyết thủ tục hành chính tại {area}",
            "bảo đảm an toàn thông tin cho hệ thống thư điện tử công vụ",
            "triển khai chữ ký số trên thiết bị di động cho cán bộ lãnh đạo",
        ],
        "facts": [
            (
                "Tỷ lệ hồ sơ nộp trực tuyến trong kỳ đạt {pct}%, cao hơn kế hoạch {some} điểm phần"
                " trăm."
            ),
            "Hệ thống giám sát đã phát hiện {n} lượt dò quét trái phép vào cổng dịch vụ.",
            "Tại bộ phận một cửa, thời gian chờ bình quân giảm còn {few} phút.",
        ],
        "tasks": [
            "Đổi mật khẩu toàn bộ tài khoản thư công vụ, bật xác thực hai lớp trước ngày {day}.",
            "Cử {few} cán bộ hướng dẫn người dân nộp hồ sơ trực tuyến ngay tại bộ phận một cửa.",
            "Cập nhật bản vá cho máy chủ và máy trạm; gỡ bỏ phần mềm không rõ nguồn gốc.",
            "Rà soát biểu mẫu điện tử, cắt bỏ những giấy tờ mà cơ sở dữ liệu đã có.",
        ],
    },
    "weather": {
        "subjects": [
            "ứng phó mưa lũ, sạt lở đất trên địa bàn {area}",
            "kiểm tra an toàn hồ đập trước mùa mưa năm {year}",
            "khắc phục hậu quả đợt rét đậm, rét hại",
        ],
        "facts": [
            (
                "Mưa lớn trong {few} ngày qua làm {n} ngôi nhà bị ảnh hưởng, nhiều đoạn đường liên"
                " xã bị chia cắt."
            ),
            "Mực nước tại các hồ chứa đang ở mức {pct}% dung tích thiết kế.",
            "Đợt rét làm chết {n} con trâu, bò, chủ yếu là bê, nghé non.",
        ],
        "tasks": [
            (
                "Di dời ngay các hộ ở chân taluy, ven suối đến nơi an toàn; không để ai quay lại "
                "khi chưa có lệnh."
            ),
            "Chuẩn bị {n} rọ thép, bao tải cát và phương tiện tại các vị trí xung yếu.",
            "Thông báo lịch xả nước cho hạ du trước ít nhất {few} giờ.",
            "Thống kê thiệt hại, gửi về cơ quan thường trực trước 17 giờ ngày {day}.",
        ],
    },
    "law": {
        "subjects": [
            "tuyên truyền, phổ biến giáo dục pháp luật cho đồng bào vùng sâu, vùng xa",
            "hưởng ứng Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam năm {year}",
            "rà soát văn bản quy phạm pháp luật trong lĩnh vực {field}",
        ],
        "facts": [
            "Đã tổ chức {n} buổi nói chuyện tại thôn, bản với sự tham gia của đông đảo bà con.",
            "Qua rà soát, có {few} văn bản không còn phù hợp với quy định mới.",
            "Khoảng {pct}% số xã đã có tủ sách pháp luật hoạt động thường xuyên.",
        ],
        "tasks": [
            "Biên soạn tờ gấp song ngữ, mỗi thôn ít nhất {n} bản.",
            "Lồng ghép nội dung tuyên truyền vào buổi sinh hoạt của các tổ hòa giải.",
            "Lập danh mục văn bản hết hiệu lực trong lĩnh vực {field}, công bố trước ngày {day}.",
            "Treo băng rôn, phát thanh trên loa truyền thanh cơ sở vào khung giờ sáng và chiều.",
        ],
    },
    "roads": {
        "subjects": [
            "quản lý hoạt động vận tải hành khách dịp nghỉ lễ",
            "giải tỏa hành lang an toàn giao thông trên các tuyến đường tỉnh",
            "sửa chữa cầu treo dân sinh tại {area}",
        ],
        "facts": [
            "Trong kỳ đã lập biên bản {n} trường hợp lấn chiếm lề đường để bày bán hàng hóa.",
            "Có {few} cầu treo bị han gỉ dây neo, mặt ván hư hỏng.",
            "Số vụ va chạm giảm {some}% so với cùng kỳ.",
        ],
        "tasks": [
            "Vận động các hộ tự tháo dỡ mái che, biển hiệu trước ngày {day}.",
            "Niêm yết giá vé, đường dây nóng tại bến xe và trên phương tiện.",
            "Cắm biển hạn chế tải trọng, tạm dừng cho xe cơ giới qua các cầu chưa kiểm định.",
            "Lắp bổ sung {n} cọc tiêu, gương cầu tại những khúc cua khuất tầm nhìn.",
        ],
    },
    "welfare": {
        "subjects": [
            "giảm nghèo bền vững và tạo việc làm tại chỗ năm {year}",
            "chi trả chế độ cho người có công với cách mạng",
            "hỗ trợ xóa nhà tạm, nhà dột nát cho hộ nghèo",
        ],
        "facts": [
            "Đến hết quý, đã khởi công {n} căn nhà, bàn giao đưa vào sử dụng đạt {pct}%.",
            "Tỷ lệ hộ nghèo giảm {some} điểm phần trăm, vượt chỉ tiêu được giao.",
            "Phiên giao dịch việc làm vừa qua có {few} doanh nghiệp tham gia tuyển dụng.",
        ],
        "tasks": [
            "Rà soát từng hộ, lập danh sách có chữ ký của trưởng thôn, gửi về trước ngày {day}.",
            "Chi trả qua tài khoản cho người hưởng; trường hợp già yếu thì trả tận nhà.",
            "Huy động ngày công của dân quân, đoàn viên giúp các gia đình neo đơn.",
            "Mở {few} lớp dạy nghề ngắn hạn gắn với nhu cầu của hợp tác xã.",
        ],
    },
    "culture": {
        "subjects": [
            "tổ chức Ngày hội Văn hóa các dân tộc năm {year}",
            "bảo tồn nghề dệt thổ cẩm và khèn truyền thống tại {area}",
            "quản lý lễ hội và nếp sống văn minh đầu năm {year}",
        ],
        "facts": [
            "Dự kiến có {few} đoàn với khoảng {n} nghệ nhân, diễn viên quần chúng tham gia.",
            "Nhiều nghệ nhân tuổi đã cao, lớp kế cận còn mỏng.",
            "Lượng khách trong kỳ tăng {pct}% so với cùng kỳ năm trước.",
        ],
        "tasks": [
            "Đăng ký danh sách đoàn và tiết mục với Ban Tổ chức trước ngày {day}.",
            "Mở lớp truyền dạy cho ít nhất {n} học viên là người trẻ trong bản.",
            "Bố trí bãi gửi xe, nhà vệ sinh và lực lượng y tế tại khu vực lễ hội.",
            "Không để xảy ra đổi tiền lẻ, đốt vàng mã quá mức, chèo kéo khách.",
        ],
    },
    "party": {
        "subjects": [
            "nâng cao chất lượng sinh hoạt chi bộ ở cơ sở",
            "học tập, quán triệt nghị quyết năm {year}",
            "kiểm tra công tác cán bộ và quy chế dân chủ ở cơ sở",
        ],
        "facts": [
            "Số chi bộ sinh hoạt chuyên đề đúng kỳ đạt {pct}%.",
            "Có {few} tổ chức chưa gửi biên bản sinh hoạt về bộ phận theo dõi.",
            "Trong kỳ đã mở {few} lớp bồi dưỡng với {n} học viên.",
        ],
        "tasks": [
            "Đăng ký chuyên đề sinh hoạt của năm trước ngày {day}.",
            "Phân công cấp ủy viên dự sinh hoạt tại thôn, bản ít nhất mỗi quý một lần.",
            "Niêm yết công khai các khoản đóng góp tại nhà văn hóa.",
            "Tự kiểm tra, lập báo cáo và danh mục việc cần khắc phục.",
        ],
    },
}

FIELDS = [
    "đất đai", "xây dựng", "y tế", "giáo dục", "giao thông", "văn hóa", "khoáng sản", "lao động",
    "thú y",
]

OPENERS = [
    (
        "Thời gian qua, các cơ quan, đơn vị đã có nhiều cố gắng trong việc {subject}; kết quả bước"
        " đầu được ghi nhận."
    ),
    (
        "Nhằm thực hiện tốt việc {subject}, {issuer} đề nghị các cơ quan, đơn vị quan tâm những "
        "nội dung dưới đây."
    ),
    "{Issuer} nhận được phản ánh của một số đơn vị về việc {subject}.",
    "Để công việc được thông suốt, đúng thời hạn, {issuer} có ý kiến như sau:",
]

LEADS = [
    "{Issuer} đề nghị các cơ quan, đơn vị triển khai một số nội dung sau:",
    "{Issuer} yêu cầu thủ trưởng các đơn vị tập trung làm tốt những việc sau đây:",
    "Căn cứ tình hình thực tế, {issuer} hướng dẫn một số việc cần làm ngay:",
]

COMMON_TASKS = [
    (
        "Phân công lãnh đạo phụ trách và cán bộ đầu mối, gửi tên, số điện thoại về {issuer} trước "
        "ngày {day}."
    ),
    "Cân đối trong dự toán được giao để thực hiện; không phát sinh khoản chi ngoài kế hoạch.",
    "Đưa kết quả thực hiện vào tiêu chí xét thi đua, khen thưởng cuối năm của tập thể và cá nhân.",
    (
        "Báo cáo bằng văn bản theo mẫu gửi kèm trước ngày {day}; sau thời hạn trên coi như không "
        "có ý kiến."
    ),
    "Kịp thời biểu dương những cách làm hay, nhắc nhở nơi làm chậm hoặc làm hình thức.",
    "Phối hợp với Mặt trận Tổ quốc và các đoàn thể cùng cấp giám sát việc thực hiện ở cơ sở.",
]

CLOSINGS = [
    "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ với {issuer} để cùng tháo gỡ",
    "Rất mong nhận được sự phối hợp chặt chẽ của quý cơ quan, đơn vị",
    "Đề nghị thủ trưởng các cơ quan, đơn vị nghiêm túc tổ chức thực hiện",
    "{Issuer} trân trọng thông báo để các đơn vị biết, thực hiện",
    "Nhận được văn bản này, đề nghị các đơn vị khẩn trương triển khai",
]

# kind of cited document and its symbol; {y}: the year stands in the number
CITED = [
    ("Công văn", "{n}/{body}-{unit}"),
    ("Kế hoạch", "{n}/KH-{body}"),
    ("Quyết định", "{n}/QĐ-{body}"),
    ("Nghị định", "{n}/{y}/NĐ-CP"),
    ("Thông tư", "{n}/{y}/TT-{ministry}"),
    ("Chỉ thị", "{n}/CT-{body}"),
    ("Thông báo", "{n}/TB-{body}"),
    ("Báo cáo", "{n}/BC-{body}"),
]

PARTY_CITED = [
    ("Kế hoạch", "{n}-KH/TU"),
    ("Chỉ thị", "{n}-CT/TW"),
    ("Hướng dẫn", "{n}-HD/BTGTU"),
    ("Công văn", "{n}-CV/TU"),
]

PURPOSES = [
    "Tạo chuyển biến rõ nét về nhận thức và hành động của cán bộ, công chức trong việc {subject}.",
    "Xác định rõ người, rõ việc, rõ thời hạn hoàn thành; tránh chồng chéo giữa các đơn vị.",
    "Bảo đảm thiết thực, tiết kiệm, phù hợp với điều kiện của từng địa bàn.",
    "Lấy kết quả phục vụ người dân làm thước đo đánh giá.",
]

WEAKNESSES = [
    "Một số đơn vị gửi báo cáo chậm, số liệu chưa khớp với thực tế.",
    "Kinh phí bố trí chưa kịp thời; trang thiết bị còn thiếu ở các xã vùng cao.",
    "Sự phối hợp giữa các phòng, ban có lúc chưa chặt chẽ.",
    "Cán bộ theo dõi còn kiêm nhiệm nhiều việc.",
]

# the articles of an annexed regulation: heading and first sentence
REGULATION = [
    (
        "Phạm vi điều chỉnh",
        "Quy chế này quy định nguyên tắc, nội dung và trách nhiệm phối hợp trong việc {subject}.",
    ),
    (
        "Đối tượng áp dụng",
        "Quy chế này áp dụng đối với các phòng, đơn vị trực thuộc và cá nhân có liên quan.",
    ),
    (
        "Nguyên tắc chung",
        "Việc phối hợp dựa trên chức năng, nhiệm vụ của từng đơn vị, không làm tăng thủ tục.",
    ),
    (
        "Trách nhiệm của cá nhân",
        "Người được giao việc chịu trách nhiệm về tính chính xác của thông tin do mình cung cấp.",
    ),
    (
        "Chế độ thông tin, báo cáo",
        "Định kỳ sáu tháng, các đơn vị tự đánh giá và gửi kết quả về Văn phòng để tổng hợp.",
    ),
    (
        "Khen thưởng và xử lý vi phạm",
        "Tập thể, cá nhân thực hiện tốt được xét khen thưởng; vi phạm thì tùy mức độ mà xử lý.",
    ),
]

TABLE_ROWS = [
    "Thu tại địa bàn", "Chi đầu tư", "Chi thường xuyên", "Dự phòng", "Hỗ trợ mục tiêu",
    "Kết dư năm trước",
]
