"""Lays a dispatch out by the geometry of Decree 30/2020; for the Party by Hướng dẫn 36-HD/VPTW;
before 2005 as on a typewriter."""
import stamps
from dispatch import printed_date
from typeset import MM, Path, Sheet, Style, Typesetter

GAP = 9  # blanks left for a number to be written in later
HEADS = {"letter": 13, "named": 13, "party": 14, "old": 11.5}


class Pen:
    """How this dispatch is finished by hand: colours follow the kind of paper copy."""

    def __init__(self, rng, stamped=True, colour=True):
        self.rng, self.stamped = rng, stamped
        self.ink = stamps.BLUE if colour else stamps.BLACK
        self.red = stamps.RED if colour else (0.25, 0.25, 0.25)


class Layout:
    def __init__(self, dispatch, pen, nfd=False):
        self.d, self.pen = dispatch, pen
        self.old = dispatch.layout == "old"
        self.setter = Typesetter("Cousine" if self.old else "Tinos", nfd)
        party = dispatch.layout == "party"
        self.sheet = Sheet(self.setter, (20, 15, 20, 30) if party else (20, 17, 20, 30))
        self.body_size = 11.5 if self.old else 14
        self.left_x, self.left_w = 22 * MM, 76 * MM
        self.right_x, self.right_w = 100 * MM, 95 * MM

    def pages(self):
        self.header()
        self.title()
        self.addressees()
        self.body(self.d.body, closing=True)
        self.signature()
        if self.d.annex:
            self.annex()
        return self.sheet.pages

    def column(self, x, width, y, text, **style):
        """A centred block in a header column; returns the y below it."""
        block = self.sheet.put(text, Style(align="centre", **style), x, y, width)
        return y + block.height, block

    def underline(self, block, x, width, y, share):
        """A rule below the last line of a block, share of its length."""
        row = block.rows[-1][1].width / 1024
        middle, half = x + width / 2, row * share / 2
        self.sheet.page.marks.append(Path(middle - half, y + 2, 2 * half, 0))

    def header(self):
        size = HEADS[self.d.layout]
        top = self.sheet.y
        y = self.left_head(top, size)
        right = self.right_head(top, size)
        line = max(y, right) + 5 if not self.d.layout == "party" else max(y, right)
        bottom = max(self.number_line(line), self.date_line(line))
        if self.d.type == "Công văn":
            bottom = max(bottom, self.subject_beside(line + 20))
        if self.d.urgent:
            bottom = self.urgency(bottom + 6)
        self.sheet.y = bottom + 8

    def left_head(self, y, size):
        for text in self.d.head_parent:
            y, block = self.column(self.left_x, self.left_w, y, text, size=size)
        for text in self.d.head_issuer:
            wraps = len(self.setter.block(text, Style(size, bold=True), self.left_w).rows) > 1
            own = size - 1 if wraps else size
            y, block = self.column(self.left_x, self.left_w, y, text, size=own, bold=True)
        if self.d.layout == "party":
            return self.column(self.left_x, self.left_w, y, "*", size=size)[0]
        self.underline(block, self.left_x, self.left_w, y, 0.4)
        return y

    def right_head(self, y, size):
        if self.d.layout == "party":
            lines = [("ĐẢNG CỘNG SẢN VIỆT NAM", 15)]
        else:
            nation = f"CỘNG {'HOÀ' if self.old else 'HÒA'} XÃ HỘI CHỦ NGHĨA VIỆT NAM"
            lines = [(nation, size - 0.5), ("Độc lập - Tự do - Hạnh phúc", size + 0.5)]
        for text, own in lines:
            y, block = self.column(self.right_x, self.right_w, y, text, size=own, bold=True)
        self.underline(block, self.right_x, self.right_w, y, 1.0)
        return y

    def written(self, x, y, width, parts, style, name, shown):
        """A header line of (words, ""); (None, digits) is a gap that a pen fills with digits or
        leaves open. Records the line as it reads when filled in, and the box from the words shown
        (when those are empty, from the gap) to the end; no box when shown is None."""
        drawn, filled, gaps = "", "", []
        for part, value in parts:
            if part is None:
                gaps.append((len(drawn), value))
                drawn += " " * max(6, 5 + 3 * len(value.strip())) if value else " " * GAP
                filled += value
            else:
                drawn += part
                filled += part
        block = self.setter.block(drawn, style, width)
        lines = [block.line(i, x, y) for i in range(len(block.rows))]
        if len(lines) == 1:
            lines[0].text = " ".join(filled.split())
        self.sheet.page.lines += lines
        for at, value in gaps:
            if value:
                value = value.strip()
                box = block.span(at, at + 1, x, y)
                spot = (box[0] + 3, lines[0].baseline)
                mark = stamps.handwriting(self.pen.rng, value, spot, style.size * 0.9, self.pen.ink)
                self.sheet.page.marks.append(mark)
        if shown is not None:
            start = block.position(drawn.index(shown) if shown else gaps[0][0] + 1, drawn)
            self.sheet.page.fields[name] = block.span(start, len(block.source), x, y)
        return y + block.height

    def number_line(self, y):
        d = self.d
        label = "Số " if d.layout == "party" else "Số: "
        style = Style(13 if not self.old else 11.5, align="centre")
        if d.blank or d.hand_number:
            parts = [(label, ""), (None, "" if d.blank else d.code), (d.notation, "")]
            shown = None if d.blank else ""
        else:
            parts, shown = [(label + d.number, "")], d.number
        return self.written(self.left_x, y, self.left_w, parts, style, "number", shown)

    def date_line(self, y):
        d = self.d
        style = Style(13.5 if not self.old else 11, italic=True, align="centre")
        text = printed_date(d.date)
        day, rest = text[5:7], text[7:]
        if d.blank or d.hand_date:
            day = "" if d.blank else day + " "
            parts = [(f"{d.place}, ngày ", ""), (None, day), (rest.strip(), "")]
        else:
            parts = [(f"{d.place}, {text}", "")]
        shown = None if d.blank else "ngày"
        return self.written(self.right_x, y, self.right_w, parts, style, "date", shown)

    def subject_beside(self, y):
        size = 10.5 if self.old else 12
        x, width = self.left_x + 4 * MM, self.left_w - 8 * MM
        return self.column(x, width, y + 3, self.d.subject_printed, size=size)[0]

    def urgency(self, y):
        width = {"KHẨN": 26, "HỎA TỐC": 32}.get(self.d.urgent, 42) * MM
        x = self.left_x + (self.left_w - width) / 2
        block = self.sheet.put(self.d.urgent, Style(13, bold=True, align="centre"), x, y + 2, width)
        stamps.coloured(self.sheet.page.lines[-1], self.pen.red)
        self.sheet.page.marks.append(Path(x, y, width, block.height + 4, 1.3, self.pen.red))
        return y + block.height + 6

    def title(self):
        d, sheet = self.d, self.sheet
        if d.type == "Công văn":
            return
        size = 15 if d.layout == "party" else self.body_size
        sheet.flow(d.type.upper(), Style(size, bold=True, align="centre"), before=6)
        block = sheet.flow(d.subject_printed, Style(self.body_size, bold=True, align="centre"))
        if d.layout == "party":
            sheet.flow("-----", Style(self.body_size, align="centre"))
        else:
            self.underline(block, sheet.left, sheet.width, sheet.y, 0.4)
        sheet.y += 8

    def addressees(self):
        d, sheet = self.d, self.sheet
        if not d.to:
            return
        if len(d.to) == 1:
            sheet.flow(f"Kính gửi: {d.to[0]}.", Style(self.body_size, align="centre"), before=8)
        else:
            x = sheet.left + 32 * MM
            sheet.y += 8
            sheet.put("Kính gửi:", Style(self.body_size), x, sheet.y, 40 * MM)
            sheet.y += self.body_size * 1.2
            for i, to in enumerate(d.to):
                mark = "." if i == len(d.to) - 1 else ";"
                left = x + 22 * MM
                block = sheet.put(
                    f"- {to}{mark}", Style(self.body_size), left, sheet.y, sheet.right - left
                )
                sheet.y += block.height
        sheet.y += 6

    def body(self, paragraphs, closing=False):
        room = 68 * MM if closing else 0
        indent = 12.7 * MM
        for i, p in enumerate(paragraphs):
            keep = room if i == len(paragraphs) - 1 else 0
            style = Style(self.body_size, justify=True, indent=indent, leading=1.08)
            if p.kind == "table":
                self.table(p.rows)
                continue
            if p.kind == "base":
                style.italic = self.d.layout != "party"
            elif p.kind == "head":
                style.bold = True
            elif p.kind == "centre":
                style.bold, style.align, style.indent, style.justify = True, "centre", 0, False
            elif p.kind == "article":
                style.bold_words = p.bold_words
            self.sheet.flow(p.text, style, before=5, keep=keep or 30)

    def table(self, rows):
        sheet = self.sheet
        widths = [share * sheet.width for share in (0.08, 0.42, 0.32, 0.18)]
        height = self.body_size * 1.5
        if sheet.y + height * (len(rows) + 1) > sheet.bottom:
            sheet.new_page()
        sheet.y += 6
        size = self.body_size - 1.5
        head, cell = Style(size, bold=True, align="centre"), Style(size)
        for i, row in enumerate(rows):
            x = sheet.left
            for text, width in zip(row, widths):
                sheet.put(text, cell if i else head, x + 4, sheet.y + 3, width - 8)
                sheet.page.marks.append(Path(x, sheet.y, width, height))
                x += width
            sheet.y += height
        sheet.y += 4

    def signature(self):
        sheet = self.sheet
        if sheet.y + 62 * MM > sheet.bottom:
            sheet.new_page()
        top = sheet.y + 10
        sheet.y = max(self.receivers(top), self.signer(top))

    def receivers(self, y):
        sheet, (head, size) = self.sheet, (10.5, 10) if self.old else (12, 11)
        label = Style(head, bold=True, italic=True)
        y += sheet.put("Nơi nhận:", label, sheet.left, y, 70 * MM).height
        for text in self.d.recipients:
            y += sheet.put("- " + text, Style(size), sheet.left, y, 68 * MM).height
        return y

    def signer(self, y):
        """Authority, title, seal over the left third of the signature, name."""
        d, pen = self.d, self.pen
        x, width = 112 * MM, 80 * MM
        for text in d.authority + [d.signer_title]:
            y, _ = self.column(x, width, y, text, size=self.body_size, bold=True)
        if pen.stamped and not d.blank:
            left = x + width / 2 - 14 * MM
            middle = (left - 1 * MM, y + 14 * MM)
            marks = self.sheet.page.marks
            marks.append(stamps.signature(pen.rng, left, y + 8 * MM, pen.ink))
            marks.append(stamps.seal(pen.rng, self.setter, middle, d.seal, d.seal_ring, pen.red))
        name = y + pen.rng.uniform(29, 34) * MM
        return self.column(x, width, name, d.signer, size=self.body_size, bold=True)[0]

    def annex(self):
        d, sheet = self.d, self.sheet
        sheet.new_page(numbered=False)
        size = HEADS[d.layout]
        left, right = self.left_head(sheet.y, size), self.right_head(sheet.y, size)
        sheet.y = max(left, right) + 14
        sheet.flow(d.annex.title, Style(14, bold=True, align="centre"))
        sheet.flow(d.annex.subject, Style(14, bold=True, align="centre"))
        sheet.flow(d.annex.attached, Style(13, italic=True, align="centre"), before=2)
        sheet.y += 8
        self.body(d.annex.body)
