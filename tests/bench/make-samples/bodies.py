"""The body of a dispatch, by its type."""
import phrases
from dispatch import Paragraph

ROMAN = ["I", "II", "III", "IV", "V"]
PROPOSERS = ["Chánh Văn phòng", "Trưởng phòng chuyên môn", "Chánh Thanh tra"]
GUESTS = [
    "Lãnh đạo cơ quan",
    "Trưởng các phòng chuyên môn",
    "Đại diện Văn phòng",
    "Đại diện các đoàn thể",
    "Phóng viên thường trú",
    "Kế toán trưởng các đơn vị",
]
HOURS = ["08 giờ 00 phút", "14 giờ 00 phút", "07 giờ 30 phút"]
INVITED = "{Issuer} trân trọng kính mời dự cuộc họp bàn việc {subject}, cụ thể:"


def text(words):
    return Paragraph("text", words)


def numbered(sentences, mark="{}. "):
    return [text(mark.format(i) + s) for i, s in enumerate(sentences, 1)]


def tasks(writer, count):
    """Tasks of the topic first, then those that any office gets."""
    own = writer.some(writer.topic["tasks"], count)
    return own + writer.some(phrases.COMMON_TASKS, count - len(own))


def ending(writer):
    return text(writer.fill(writer.rng.choice(phrases.CLOSINGS)) + "./.")


def basis(writer, word="Thực hiện"):
    """One to three documents that are carried out."""
    count = writer.rng.randint(1, 3)
    about = [writer.dispatch.subject] + writer.some(writer.topic["subjects"], 2)
    return [text(f"{word} {writer.cite()} về việc {subject}" + (";" if i < count - 1 else ","))
            for i, subject in enumerate(about[:count])]


def money_table(rng):
    rows = [["TT", "Nội dung", "Số tiền (triệu đồng)", "Tỷ lệ"]]
    for i, name in enumerate(rng.sample(phrases.TABLE_ROWS, rng.randint(3, 5)), 1):
        amount = f"{rng.randint(20, 980)},{rng.randint(0, 9)}"
        rows.append([str(i), name, amount, f"{rng.randint(30, 130)}%"])
    return Paragraph("table", rows=rows)


def letter(writer):
    body = basis(writer)
    if writer.rng.random() < 0.5:
        body += [text(s) for s in writer.some(writer.topic["facts"], 2)]
    else:
        body.append(text(writer.fill(writer.rng.choice(phrases.OPENERS))))
    body.append(text(writer.fill(writer.rng.choice(phrases.LEADS))))
    body += numbered(tasks(writer, writer.rng.randint(2, 7)))
    if writer.rng.random() < 0.2:
        body.append(money_table(writer.rng))
    return body + [ending(writer)]


def decision(writer):
    d, rng = writer.dispatch, writer.rng
    chief = d.signer_title.replace("PHÓ ", "").replace("THỨ TRƯỞNG", "BỘ TRƯỞNG")
    head = d.issuer.upper()
    alone = d.issuer.startswith("Ủy ban") or d.layout == "party"
    authority = head if alone else f"{chief} {head}"
    body = [Paragraph("centre", authority)]
    for _ in range(rng.randint(2, 4)):
        cited = f"Căn cứ {writer.cite()} về {rng.choice(phrases.FIELDS)};"
        body.append(Paragraph("base", cited))
    body.append(Paragraph("base", f"Xét đề nghị của {rng.choice(PROPOSERS)}."))
    body.append(Paragraph("centre", "QUYẾT ĐỊNH:"))
    if d.subject.startswith("ban hành "):
        first = f"Ban hành kèm theo Quyết định này {d.subject[len('ban hành '):]}."
    else:
        first = f"Giao các đơn vị trực thuộc tổ chức thực hiện việc {d.subject}, cụ thể như sau:"
    body.append(Paragraph("article", "Điều 1. " + first))
    if not d.subject.startswith("ban hành "):
        body += numbered(tasks(writer, rng.randint(1, 4)))
    body.append(Paragraph("article", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."))
    last = "Chánh Văn phòng và thủ trưởng các đơn vị có liên quan chịu trách nhiệm thi hành"
    return body + [Paragraph("article", f"Điều 3. {last} Quyết định này./.")]


def sections(writer, heads):
    """heads: (title, sentences) in order, numbered with Roman numerals."""
    body = []
    for roman, (title, sentences) in zip(ROMAN, heads):
        body.append(Paragraph("head", f"{roman}. {title}"))
        body += numbered(sentences)
    return body


def plan(writer):
    body = basis(writer)
    body.append(text(writer.fill("{Issuer} xây dựng văn bản này với những nội dung sau:")))
    body += sections(writer, [("MỤC ĐÍCH, YÊU CẦU", writer.some(phrases.PURPOSES, 3)),
                              ("NỘI DUNG", tasks(writer, writer.rng.randint(3, 4))),
                              ("TỔ CHỨC THỰC HIỆN", writer.some(phrases.COMMON_TASKS, 3))])
    return body + [ending(writer)]


def report(writer):
    body = basis(writer) + [text(writer.fill("{Issuer} báo cáo kết quả như sau:"))]
    body += sections(writer, [("KẾT QUẢ ĐẠT ĐƯỢC", writer.some(writer.topic["facts"], 3)),
                              ("TỒN TẠI, HẠN CHẾ", writer.some(phrases.WEAKNESSES, 2)),
                              ("NHIỆM VỤ THỜI GIAN TỚI", tasks(writer, 3))])
    if writer.rng.random() < 0.5:
        body += [text("Số liệu thu, chi trong kỳ:"), money_table(writer.rng)]
    return body + [text(writer.fill("{Issuer} kính báo cáo./."))]


def proposal(writer):
    body = basis(writer, "Căn cứ")
    body += [text(s) for s in writer.some(writer.topic["facts"], 2)]
    body.append(text(writer.fill("{Issuer} kính trình cho phép thực hiện một số nội dung:")))
    body += numbered(tasks(writer, writer.rng.randint(2, 4)))
    return body + [text(writer.fill("{Issuer} kính đề nghị xem xét, quyết định./."))]


def invitation(writer):
    rng = writer.rng
    body = basis(writer) + [text(writer.fill(INVITED)), Paragraph("head", "1. Thành phần")]
    body += [text(f"- {guest};") for guest in rng.sample(GUESTS, 3)]
    body.append(Paragraph("head", "2. Thời gian, địa điểm"))
    body += [
        text(f"- Thời gian: {rng.choice(HOURS)}, ngày {writer.fill('{day}')}."),
        text(f"- Địa điểm: Phòng họp số {rng.randint(1, 3)}, trụ sở {writer.dispatch.issuer}."),
        text("Đề nghị các đại biểu đến dự đúng giờ và chuẩn bị ý kiến phát biểu./."),
    ]
    return body


BODIES = {
    "Quyết định": decision,
    "Kế hoạch": plan,
    "Chương trình": plan,
    "Báo cáo": report,
    "Tờ trình": proposal,
    "Giấy mời": invitation,
}


def write(writer):
    writer.dispatch.body = BODIES.get(writer.dispatch.type, letter)(writer)
