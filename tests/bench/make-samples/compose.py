"""Puts a dispatch together from agencies and phrases: everything follows from the random source."""
import datetime

import agencies
import bodies
import phrases
from dispatch import Annex, Dispatch, Paragraph, printed_date

TYPES = {
    "Quyết định": "QĐ",
    "Thông báo": "TB",
    "Kế hoạch": "KH",
    "Tờ trình": "TTr",
    "Báo cáo": "BC",
    "Hướng dẫn": "HD",
    "Giấy mời": "GM",
    "Chương trình": "CTr",
    "Chỉ thị": "CT",
    "Công văn": "CV",
}
NAMED = list(TYPES)[:8]
TYPES_OF = {
    "letter": ["Công văn"],
    "named": NAMED,
    "annex": ["Quyết định"],
    "blank": ["Công văn", "Kế hoạch", "Tờ trình"],
    "party": ["Công văn", "Kế hoạch", "Thông báo", "Hướng dẫn", "Báo cáo", "Quyết định", "Chỉ thị"],
    "old": ["Quyết định", "Thông báo", "Chỉ thị", "Công văn"],
    "bodies": ["Công văn", "Công văn"] + NAMED,
}
LAYOUTS = ["letter", "letter", "named", "named", "annex", "party", "old", "blank"]  # by frequency
MORE_LAYOUTS = ["bodies"]  # made where they are asked for
NATION = "CỘNG HÒA X.H.C.N VIỆT NAM"
DEPUTIES = {
    "GIÁM ĐỐC": "PHÓ GIÁM ĐỐC",
    "CHỦ TỊCH": "PHÓ CHỦ TỊCH",
    "BỘ TRƯỞNG": "THỨ TRƯỞNG",
}
RECIPIENTS = [
    "Thường trực Tỉnh ủy (b/c);",
    "UBND tỉnh (b/c);",
    "Lãnh đạo cơ quan;",
    "Cổng Thông tin điện tử;",
    "Các phòng chuyên môn;",
    "Các đơn vị trực thuộc;",
]
PARTY_RECIPIENTS = [
    "Các huyện ủy, đảng ủy trực thuộc;",
    "Các ban đảng;",
    "Đảng ủy các sở, ngành;",
    "Đồng chí Bí thư (b/c);",
]
ADDRESSEES = [
    "Các sở, ban, ngành",
    "Các đơn vị trực thuộc",
    "Mặt trận Tổ quốc và các đoàn thể",
    "Các cơ quan báo chí",
]


def random_day(rng, first, last):
    start, end = datetime.date(first, 1, 1), datetime.date(last, 12, 28)
    return datetime.date.fromordinal(rng.randint(start.toordinal(), end.toordinal()))


def random_code(rng):
    """Numbers run from 01 upwards each year; small ones are printed with a zero in front."""
    most = rng.choice((99, 999, 5200))
    return f"{rng.randint(1, most):02d}"


def short_date(day):
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def area_of(rng, dispatch, province):
    """A place within the province by the units of that day."""
    kind, districts, communes = agencies.PROVINCES[province]
    if dispatch.layout == "old":
        return f"{kind} {province}"
    if agencies.has_districts(dispatch.date):
        return "huyện " + rng.choice(districts)
    return "xã " + rng.choice(communes)


def short_name(issuer):
    """How a dispatch speaks of its issuer: Ủy ban nhân dân tỉnh, without the place."""
    words = issuer.split()
    return " ".join(words[:5]) if issuer.startswith("Ủy ban nhân dân") else issuer


class Writer:
    """Fills phrases for one dispatch; every slot is drawn anew for each sentence."""

    def __init__(self, rng, dispatch, province, topic):
        self.rng, self.dispatch, self.province, self.topic = rng, dispatch, province, topic

    def slots(self):
        rng, date = self.rng, self.dispatch.date
        name = short_name(self.dispatch.issuer)
        return {
            "year": date.year,
            "year2": date.year + rng.randint(1, 4),
            "quarter": rng.choice(["I", "II", "III", "IV"]),
            "n": rng.randint(11, 940),
            "few": f"{rng.randint(2, 9):02d}",
            "some": rng.randint(2, 9),
            "pct": f"{rng.randint(410, 995) / 10:.1f}".replace(".", ","),
            "day": short_date(date + datetime.timedelta(days=rng.randint(9, 160))),
            "past": short_date(date - datetime.timedelta(days=rng.randint(1, 20))),
            "area": area_of(rng, self.dispatch, self.province),
            "field": rng.choice(phrases.FIELDS),
            "issuer": name,
            "Issuer": name,
            "subject": self.dispatch.subject.split("Quy chế phối hợp trong việc ")[-1],
        }

    def fill(self, phrase):
        return phrase.format_map(self.slots())

    def some(self, table, count):
        return [self.fill(p) for p in self.rng.sample(table, min(count, len(table)))]

    def cite(self):
        """A document that this one carries out, older than it."""
        rng, d = self.rng, self.dispatch
        day = d.date - datetime.timedelta(days=rng.randint(4, 500))
        party = d.layout == "party" and rng.random() < 0.7
        kind, pattern = rng.choice(phrases.PARTY_CITED if party else phrases.CITED)
        number = pattern.format(
            n=f"{rng.randint(3, 190 if '{y}' in pattern else 2400):02d}",
            y=day.year,
            body=rng.choice(["UBND", "HĐND", "VPCP", "BNV", "BTC"]),
            unit=rng.choice(["VX", "TH", "KT", "NC"]),
            ministry=rng.choice(["BNV", "BTC", "BYT", "BTP"]),
        )
        return d.cite(kind, number, day)


def state_issuer(rng, day, province, wanted):
    """Returns (code, drafting unit, chief's title, what Dispatch holds about the issuer)."""
    kind, districts, communes = agencies.PROVINCES[province]
    level = rng.choice(["department"] * 5 + ["council"] * 2 + ["ministry", "local"])
    if wanted:
        level = "council" if wanted == "UBND" else "department"
    if level == "ministry":
        code, name, units = rng.choice(agencies.alive(agencies.MINISTRIES, day.year))[:3]
        head = dict(issuer=name, place="Hà Nội", head_issuer=[name.upper()])
        return code, rng.choice(units), "BỘ TRƯỞNG", head
    if level == "department":
        there = agencies.alive(agencies.DEPARTMENTS, day.year)
        code, name, units = rng.choice([d for d in there if d[0] == (wanted or d[0])])[:3]
        parent = f"UBND {kind.upper()} {province.upper()}"
        head = dict(
            issuer=name,
            parent=parent,
            place=province,
            head_parent=[parent],
            head_issuer=[name.upper()],
        )
        return code, rng.choice(units), "GIÁM ĐỐC", head
    name, place = f"{kind} {province}", province
    if level == "local":
        place = rng.choice(districts if agencies.has_districts(day) else communes)
        name = ("huyện " if agencies.has_districts(day) else "xã ") + place
    head = dict(
        issuer=f"Ủy ban nhân dân {name}",
        place=place,
        head_issuer=["ỦY BAN NHÂN DÂN", name.upper()],
    )
    return "UBND", rng.choice(agencies.COUNCIL_UNITS), "CHỦ TỊCH", head


def sign(rng, dispatch, chief, committee):
    """Who signs: the chief or a deputy; committee: on whose behalf, or empty."""
    dispatch.authority = [committee] if committee else []
    dispatch.signer_title = chief
    if rng.random() < 0.55:
        dispatch.authority.append(f"KT. {chief}")
        dispatch.signer_title = DEPUTIES[chief]
    dispatch.signer = agencies.person(rng)


def compose_state(rng, layout, type_name, day, province, wanted):
    code, unit, chief, head = state_issuer(rng, day, province, wanted)
    symbol = f"{code}-{unit}" if type_name == "Công văn" else f"{TYPES[type_name]}-{code}"
    number = f"{random_code(rng)}/{symbol}"
    dispatch = Dispatch(layout=layout, type=type_name, number=number, date=day, **head)
    sign(rng, dispatch, chief, "TM. ỦY BAN NHÂN DÂN" if chief == "CHỦ TỊCH" else "")
    dispatch.seal = seal_lines(dispatch.issuer)
    dispatch.seal_ring = f"{NATION} ★ {seal_place(dispatch.parent or dispatch.issuer)} ★ "
    dispatch.urgent = rng.choice([""] * 9 + ["KHẨN", "HỎA TỐC", "THƯỢNG KHẨN"])
    lines = ["Như trên;"] if type_name == "Công văn" else []
    lines += rng.sample(RECIPIENTS, rng.randint(1, 4))
    dispatch.recipients = lines + [f"Lưu: VT, {unit}."]
    return dispatch


def other_issuer(rng, day, province):
    """Returns (code, drafting unit, chief's title, deputy's, what Dispatch holds about the issuer)."""
    kind, districts, _ = agencies.PROVINCES[province]
    there = [row for row in agencies.OTHER_BODIES if row[8] <= day.year <= row[9]]
    code, above, own, name, parent, units, chief, deputy = rng.choice(there)[:8]
    district = rng.choice(districts)
    places = dict(
        p=f"{kind} {province}", P=f"{kind} {province}".upper(), n=province, N=province.upper(),
        d=f"huyện {district}", D=f"huyện {district}".upper())
    central = "{" not in above + own
    head = dict(
        issuer=name.format(**places),
        parent=parent.format(**places),
        place="Hà Nội" if central else district if "{D}" in own + above else province,
        head_parent=[above.format(**places)] if above else [],
        head_issuer=[own.format(**places)],
    )
    return code, rng.choice(units.split()), chief, deputy, head


def compose_other(rng, type_name, day, province):
    """A body that is neither a department nor a ministry, or not one of the usual ones."""
    code, unit, chief, deputy, head = other_issuer(rng, day, province)
    symbol = f"{code}-{unit}" if type_name == "Công văn" else f"{TYPES[type_name]}-{code}"
    layout = "letter" if type_name == "Công văn" else "named"
    number = f"{random_code(rng)}/{symbol}"
    dispatch = Dispatch(layout=layout, type=type_name, number=number, date=day, **head)
    dispatch.authority, dispatch.signer_title = [], chief
    if rng.random() < 0.55:
        dispatch.authority, dispatch.signer_title = [f"KT. {chief}"], deputy
    dispatch.signer = agencies.person(rng)
    dispatch.seal = seal_lines(dispatch.issuer)
    dispatch.seal_ring = f"{NATION} ★ {seal_place(dispatch.parent or dispatch.issuer)} ★ "
    first = ["Như trên;"] if type_name == "Công văn" else []
    dispatch.recipients = first + rng.sample(RECIPIENTS, rng.randint(1, 4)) + [f"Lưu: VT, {unit}."]
    return dispatch


def compose_party(rng, type_name, day, province):
    bodies_there = agencies.PARTY_BODIES
    if not agencies.has_districts(day):
        bodies_there = [b for b in bodies_there if b[0] != "HU"]
    code, name, parent, titles = rng.choice(bodies_there)
    cap, district = agencies.party_name(province), rng.choice(agencies.PROVINCES[province][1])
    own = name.format(Cap=cap, district=district)
    top = code == "TU"
    dispatch = Dispatch(
        layout="party",
        type=type_name,
        number=f"{random_code(rng)}-{TYPES[type_name]}/{code}",
        date=day,
        place=district if code == "HU" else province,
        issuer=own if code in ("TU", "HU") else f"{own} {cap}",
        parent=parent.format(Cap=cap),
        head_parent=[] if top else [cap.upper()],
        head_issuer=[own.upper()],
    )
    dispatch.signer_title = rng.choice(titles)
    if code in ("TU", "HU"):
        dispatch.authority = ["T/M BAN THƯỜNG VỤ"]
    elif dispatch.signer_title != titles[0]:
        dispatch.authority = [f"K/T {titles[0]}"]
    dispatch.signer = agencies.person(rng)
    dispatch.seal = seal_lines(own)
    dispatch.seal_ring = f"ĐẢNG CỘNG SẢN VIỆT NAM ★ {cap.upper()} ★ "
    kept = f"Lưu {rng.choice(['Văn phòng', 'VPTU', 'Ban'])}."
    dispatch.recipients = rng.sample(PARTY_RECIPIENTS, 2) + [kept]
    return dispatch


def compose_old(rng, type_name, day, province):
    name = f"{agencies.PROVINCES[province][0]} {province}"
    dispatch = Dispatch(
        layout="old",
        type=type_name,
        number=f"{random_code(rng)}/{TYPES[type_name]}-UB",
        date=day,
        place=province,
        issuer=f"Ủy ban nhân dân {name}",
        head_issuer=["ỦY BAN NHÂN DÂN", name.upper()],
    )
    sign(rng, dispatch, "CHỦ TỊCH", f"TM. UBND {name.upper()}")
    dispatch.seal = ["ỦY BAN", "NHÂN DÂN"]
    dispatch.seal_ring = f"{NATION} ★ {name.upper()} ★ "
    first = "Như trên;" if type_name == "Công văn" else "Các sở, ban, ngành;"
    dispatch.recipients = [first, "Lưu VP."]
    return dispatch


def seal_lines(name):
    """The name set in the middle of the seal, two or three words a line."""
    words = name.upper().split()
    size = 2 if len(words) < 7 else 3
    return [" ".join(words[i : i + size]) for i in range(0, len(words), size)]


def seal_place(name):
    """TỈNH X for a committee by its long or short name; a ministry's seal repeats its own."""
    return name.upper().replace("UBND ", "").replace("ỦY BAN NHÂN DÂN ", "")


def addressees(rng, dispatch, province):
    if dispatch.type in ("Tờ trình", "Báo cáo") and dispatch.layout != "party":
        if dispatch.parent:
            return [f"Ủy ban nhân dân {agencies.PROVINCES[province][0]} {province}"]
        return ["Hội đồng nhân dân" if dispatch.issuer.startswith("Ủy ban") else "Chính phủ"]
    if dispatch.type != "Công văn":
        return []
    pool = list(ADDRESSEES)
    if dispatch.layout == "party":
        pool.append("Các cấp ủy trực thuộc")
    elif dispatch.layout != "old":
        pool.append(agencies.sub_units(province, dispatch.date))
    return rng.sample(pool, rng.choice((1, 1, 2, 3)))


def annexed_regulation(rng, writer, dispatch):
    body = []
    for i, (head, text) in enumerate(phrases.REGULATION, 1):
        body.append(Paragraph("article", f"Điều {i}. {head}", bold_words=9))
        body.append(Paragraph("text", writer.fill(text)))
        more = writer.some(phrases.COMMON_TASKS, rng.randint(0, 2))
        body += [Paragraph("text", f"{j}. {words}") for j, words in enumerate(more, 1)]
    own = f"Quyết định số {dispatch.number} {printed_date(dispatch.date)}"
    subject = "Phối hợp trong việc " + dispatch.subject.split("trong việc ", 1)[-1]
    return Annex("QUY CHẾ", subject, f"(Kèm theo {own} của {dispatch.issuer})", body)


def topic_of(rng, dispatch):
    """A topic that the agency would write about."""
    parts = dispatch.notation.lstrip("/-").replace("/", "-").split("-")
    code = parts[0] if dispatch.layout == "letter" else parts[-1]
    return rng.choice(agencies.TOPICS_OF.get(code) or list(phrases.TOPICS))


def compose(rng, layout="", type_name="", years=None, province="", topic="", code=""):
    """A new dispatch. What is left empty is chosen by rng. years: (first, last); code: the
    agency's, UBND for the committee of the province; topic: a key of phrases.TOPICS."""
    layout = layout or rng.choice(LAYOUTS)
    type_name = type_name or rng.choice(TYPES_OF[layout])
    day = random_day(rng, *(years or ((1988, 2004) if layout == "old" else (2006, 2026))))
    province = province or rng.choice(list(agencies.PROVINCES))
    if layout == "party":
        dispatch = compose_party(rng, type_name, day, province)
    elif layout == "old":
        dispatch = compose_old(rng, type_name, day, province)
    elif layout == "bodies":
        dispatch = compose_other(rng, type_name, day, province)
    else:
        family = "letter" if type_name == "Công văn" else "named"
        dispatch = compose_state(rng, family, type_name, day, province, code)
    topic = phrases.TOPICS[topic or topic_of(rng, dispatch)]
    writer = Writer(rng, dispatch, province, topic)
    dispatch.blank = layout == "blank"
    dispatch.subject = writer.fill(rng.choice(topic["subjects"]))
    if layout == "annex":
        dispatch.subject = "ban hành Quy chế phối hợp trong việc " + dispatch.subject
    dispatch.to = addressees(rng, dispatch, province)
    start = "V/v " if type_name == "Công văn" else rng.choice(["Về việc ", "Về việc ", "Về "])
    dispatch.subject_printed = start + dispatch.subject
    bodies.write(writer)
    if layout == "annex":
        dispatch.annex = annexed_regulation(rng, writer, dispatch)
    return dispatch
