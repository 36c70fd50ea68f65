"""Puts a dispatch together from the agencies and phrases: everything follows from the random source."""
import datetime

import agencies
import bodies
import phrases
from dispatch import Annex, Dispatch, Paragraph, printed_date

TYPES = {"Quyết định": "QĐ", "Thông báo": "TB", "Kế hoạch": "KH", "Tờ trình": "TTr", "Báo cáo": "BC",
         "Hướng dẫn": "HD", "Giấy mời": "GM", "Chỉ thị": "CT", "Chương trình": "CTr", "Công văn": "CV"}
NAMED = ["Quyết định", "Thông báo", "Kế hoạch", "Tờ trình", "Báo cáo", "Hướng dẫn", "Giấy mời", "Chương trình"]
PARTY = ["Công văn", "Kế hoạch", "Thông báo", "Hướng dẫn", "Báo cáo", "Quyết định", "Chỉ thị"]
OLD = ["Quyết định", "Thông báo", "Chỉ thị", "Công văn"]
LAYOUTS = ["letter", "letter", "named", "named", "annex", "party", "old", "blank"]


def random_day(rng, first, last):
    start = datetime.date(first, 1, 1).toordinal()
    return datetime.date.fromordinal(rng.randint(start, datetime.date(last, 12, 28).toordinal()))


def random_code(rng):
    """Numbers run from 01 upwards each year; small ones are printed with a zero in front."""
    return f"{rng.choice((rng.randint(1, 99), rng.randint(100, 999), rng.randint(1000, 5200))):02d}"


def short_date(day):
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day.day:02d}/{day.month}/{day.year}"


def slots(rng, dispatch, province):
    day = dispatch.date + datetime.timedelta(days=rng.randint(9, 160))
    if dispatch.layout != "old" and agencies.has_districts(dispatch.date):
        area = "huyện " + rng.choice(agencies.PROVINCES[province][1])
    elif dispatch.layout != "old":
        area = "xã " + rng.choice(agencies.PROVINCES[province][2])
    else:
        area = f"{agencies.PROVINCES[province][0]} {province}"
    issuer = dispatch.issuer
    short = issuer if not issuer.startswith("Ủy ban nhân dân") else "Ủy ban nhân dân " + issuer.split()[4]
    return {
        "year": dispatch.date.year, "year2": dispatch.date.year + rng.randint(1, 4), "n": rng.randint(11, 940),
        "few": f"{rng.randint(2, 9):02d}", "some": rng.randint(2, 9), "quarter": rng.choice(["I", "II", "III", "IV"]), "pct": f"{rng.randint(410, 995) / 10:.1f}".replace(".", ","),
        "day": short_date(day), "past": short_date(dispatch.date - datetime.timedelta(days=rng.randint(1, 20))), "area": area, "field": rng.choice(phrases.FIELDS),
        "issuer": short, "Issuer": short, "subject": dispatch.subject.split("Quy chế phối hợp trong việc ")[-1],
    }


class Writer:
    """Fills the slots of a phrase anew for each sentence and never repeats a sentence."""

    def __init__(self, rng, dispatch, province, topic):
        self.rng, self.dispatch, self.province, self.topic = rng, dispatch, province, topic

    def fill(self, phrase):
        return phrase.format_map(slots(self.rng, self.dispatch, self.province))

    def some(self, table, count):
        return [self.fill(p) for p in self.rng.sample(table, min(count, len(table)))]

    def cite(self):
        """A document that this one carries out, older than it."""
        rng, d = self.rng, self.dispatch
        day = d.date - datetime.timedelta(days=rng.randint(4, 500))
        body = rng.choice(["UBND", "HĐND", "VPCP", "BNV", "BTC"])
        table = phrases.PARTY_CITED if d.layout == "party" and rng.random() < 0.7 else phrases.CITED
        kind, pattern = rng.choice(table)
        most = 190 if "{y}" in pattern else 2400
        number = pattern.format(n=f"{rng.randint(3, most):02d}", y=day.year, body=body, unit=rng.choice("VX TH KT NC".split()),
                                ministry=rng.choice("BNV BTC BYT BTP".split()))
        return d.cite(kind, number, day)


def state_issuer(rng, day, province, wanted):
    """Returns (code, issuer, parent, head lines, unit, chief, place)."""
    kind = agencies.PROVINCES[province][0]
    level = rng.choice(["department"] * 5 + ["council"] * 2 + ["ministry"] + ["local"])
    if wanted:
        level = "council" if wanted == "UBND" else "department"
    if level == "ministry":
        code, name, units = rng.choice(agencies.alive(agencies.MINISTRIES, day.year))[:3]
        return code, name, "", ([], [name.upper()]), rng.choice(units), "BỘ TRƯỞNG", "Hà Nội"
    if level == "department":
        there = [row for row in agencies.alive(agencies.DEPARTMENTS, day.year) if row[0] == (wanted or row[0])]
        code, name, units = rng.choice(there)[:3]
        parent = f"UBND {kind.upper()} {province.upper()}"
        return code, name, parent, ([parent], [name.upper()]), rng.choice(units), "GIÁM ĐỐC", province
    unit = rng.choice(agencies.COUNCIL_UNITS)
    name, place = f"{kind} {province}", province
    if level == "local":
        place = rng.choice(agencies.PROVINCES[province][1 if agencies.has_districts(day) else 2])
        name = ("huyện " if agencies.has_districts(day) else "xã ") + place
    return "UBND", f"Ủy ban nhân dân {name}", "", ([], ["ỦY BAN NHÂN DÂN", name.upper()]), unit, "CHỦ TỊCH", place


def sign(rng, dispatch, chief):
    """Who signs: the chief or a deputy; for a people's committee on behalf of the whole."""
    committee = chief == "CHỦ TỊCH"
    deputy = {"GIÁM ĐỐC": "PHÓ GIÁM ĐỐC", "CHỦ TỊCH": "PHÓ CHỦ TỊCH", "BỘ TRƯỞNG": "THỨ TRƯỞNG"}[chief]
    dispatch.authority = ["TM. ỦY BAN NHÂN DÂN"] if committee else []
    dispatch.signer_title = chief
    if rng.random() < 0.55:
        dispatch.authority.append(f"KT. {chief}")
        dispatch.signer_title = deputy
    dispatch.signer = agencies.person(rng)


def compose_state(rng, layout, type_name, day, province, wanted):
    code, issuer, parent, head, unit, chief, place = state_issuer(rng, day, province, wanted)
    symbol = f"{code}-{unit}" if type_name == "Công văn" else f"{TYPES[type_name]}-{code}"
    dispatch = Dispatch(layout=layout, type=type_name, number=f"{random_code(rng)}/{symbol}", date=day, place=place,
                        issuer=issuer, parent=parent, head_parent=head[0], head_issuer=head[1])
    sign(rng, dispatch, chief)
    dispatch.seal = seal_lines(issuer)
    dispatch.seal_ring = f"CỘNG HÒA X.H.C.N VIỆT NAM ★ {seal_place(parent or issuer)} ★ "
    dispatch.urgent = rng.choice([""] * 9 + ["KHẨN", "HỎA TỐC", "THƯỢNG KHẨN"])
    lines = ["Như trên;"] if type_name == "Công văn" else []
    lines += rng.sample(["Thường trực Tỉnh ủy (b/c);", "UBND tỉnh (b/c);", "Lãnh đạo cơ quan;", "Cổng Thông tin điện tử;",
                         "Các phòng chuyên môn;", "Các đơn vị trực thuộc;"], rng.randint(1, 4))
    dispatch.recipients = lines + [f"Lưu: VT, {unit}."]
    return dispatch


def compose_party(rng, type_name, day, province):
    code, name, parent, titles = rng.choice(agencies.PARTY_BODIES if agencies.has_districts(day) else agencies.PARTY_BODIES[:5])
    cap = agencies.party_name(province)
    own = name.format(Cap=cap, district=rng.choice(agencies.PROVINCES[province][1]))
    parent = parent.format(Cap=cap)
    place = own.split(maxsplit=2)[2] if code == "HU" else province
    issuer = own if code in ("TU", "HU") else f"{own} {cap}"
    head = ([], [own.upper()]) if code == "TU" else ([cap.upper()], [own.upper()])
    dispatch = Dispatch(layout="party", type=type_name, number=f"{random_code(rng)}-{TYPES[type_name]}/{code}", date=day,
                        place=place, issuer=issuer, parent=parent if code != "TU" else "", head_parent=head[0], head_issuer=head[1])
    dispatch.signer_title = rng.choice(titles)
    dispatch.authority = [] if dispatch.signer_title == titles[0] else [f"K/T {titles[0]}"]
    if code in ("TU", "HU"):
        dispatch.authority = ["T/M BAN THƯỜNG VỤ"]
    dispatch.signer = agencies.person(rng)
    dispatch.seal = seal_lines(own)
    dispatch.seal_ring = f"ĐẢNG CỘNG SẢN VIỆT NAM ★ {cap.upper()} ★ "
    dispatch.recipients = rng.sample(["Các huyện ủy, đảng ủy trực thuộc;", "Các ban đảng;", "Đảng ủy các sở, ngành;",
                                      "Đồng chí Bí thư (b/c);"], 2) + [f"Lưu {rng.choice(['Văn phòng', 'VPTU', 'Ban'])}."]
    return dispatch


def compose_old(rng, type_name, day, province):
    kind = agencies.PROVINCES[province][0]
    symbol = f"{TYPES[type_name]}-UB" if type_name != "Công văn" else "CV-UB"
    dispatch = Dispatch(layout="old", type=type_name, number=f"{random_code(rng)}/{symbol}", date=day, place=province,
                        issuer=f"Ủy ban nhân dân {kind} {province}",
                        head_issuer=["ỦY BAN NHÂN DÂN", f"{kind.upper()} {province.upper()}"])
    sign(rng, dispatch, "CHỦ TỊCH")
    dispatch.authority[0] = f"TM. UBND {kind.upper()} {province.upper()}"
    dispatch.seal = ["ỦY BAN", "NHÂN DÂN"]
    dispatch.seal_ring = f"CỘNG HÒA X.H.C.N VIỆT NAM ★ {kind.upper()} {province.upper()} ★ "
    dispatch.recipients = ["Như trên;" if type_name == "Công văn" else "Các sở, ban, ngành;", "Lưu VP."]
    return dispatch


def seal_lines(name):
    """The name set in the middle of the seal, about two words a line."""
    words = name.upper().split()
    size = 2 if len(words) < 7 else 3
    return [" ".join(words[i:i + size]) for i in range(0, len(words), size)]


def seal_place(name):
    """UBND TỈNH X and Ủy ban nhân dân tỉnh X both give TỈNH X; a ministry's seal repeats its name."""
    return name.upper().replace("UBND ", "").replace("ỦY BAN NHÂN DÂN ", "")


def addressees(rng, dispatch, province):
    if dispatch.type in ("Tờ trình", "Báo cáo"):
        if dispatch.parent or dispatch.issuer.startswith("Ủy ban nhân dân"):
            return [f"Ủy ban nhân dân {agencies.PROVINCES[province][0]} {province}"] if dispatch.parent else ["Hội đồng nhân dân"]
        return ["Chính phủ"]
    if dispatch.type != "Công văn":
        return []
    pool = ["Các sở, ban, ngành", "Các đơn vị trực thuộc", "Mặt trận Tổ quốc và các đoàn thể", "Các cơ quan báo chí"]
    if dispatch.layout != "old":
        pool.append(agencies.sub_units(province, dispatch.date) if dispatch.layout != "party" else "Các cấp ủy trực thuộc")
    return rng.sample(pool, rng.choice((1, 1, 2, 3)))


def annexed_regulation(rng, writer, dispatch):
    body = []
    for i, (head, text) in enumerate(phrases.REGULATION, 1):
        body += [Paragraph("article", f"Điều {i}. {head}", bold_words=9), Paragraph("text", writer.fill(text))]
        body += [Paragraph("text", f"{j}. {t}") for j, t in enumerate(writer.some(phrases.COMMON_TASKS, rng.randint(0, 2)), 1)]
    attached = f"(Kèm theo Quyết định số {dispatch.number} {printed_date(dispatch.date)} của {dispatch.issuer})"
    return Annex("QUY CHẾ", "Phối hợp trong việc " + dispatch.subject.split("trong việc ", 1)[-1], attached, body)


def compose(rng, layout="", type_name="", years=None, province="", topic=None, code=""):
    """A new dispatch. Empty arguments are chosen by rng. years: (first, last); code: of the agency."""
    layout = layout or rng.choice(LAYOUTS)
    table = {"letter": ["Công văn"], "blank": ["Công văn", "Kế hoạch", "Tờ trình"], "annex": ["Quyết định"], "party": PARTY, "old": OLD}
    type_name = type_name or rng.choice(table.get(layout, NAMED))
    day = random_day(rng, *(years or ((1988, 2004) if layout == "old" else (2006, 2026))))
    province = province or rng.choice(list(agencies.PROVINCES))
    family = layout if layout in ("letter", "party", "old") else "letter" if type_name == "Công văn" else "named"
    if family == "party":
        dispatch = compose_party(rng, type_name, day, province)
    elif family == "old":
        dispatch = compose_old(rng, type_name, day, province)
    else:
        dispatch = compose_state(rng, family, type_name, day, province, code)
    usual = agencies.TOPICS_OF.get(dispatch.notation.split("/")[-1].split("-")[0 if type_name == "Công văn" else -1])
    if topic is None:
        topic = rng.choice(usual or range(len(phrases.TOPICS)))
    topic = phrases.TOPICS[topic]
    writer = Writer(rng, dispatch, province, topic)
    dispatch.blank = layout == "blank"
    dispatch.subject = writer.fill(rng.choice(topic["subjects"]))
    if layout == "annex":
        dispatch.subject = "ban hành Quy chế phối hợp trong việc " + dispatch.subject
    dispatch.to = addressees(rng, dispatch, province)
    dispatch.subject_printed = ("V/v " if type_name == "Công văn" else rng.choice(["Về việc ", "Về việc ", "Về "])) + dispatch.subject
    bodies.write(writer)
    if layout == "annex":
        dispatch.annex = annexed_regulation(rng, writer, dispatch)
    return dispatch
