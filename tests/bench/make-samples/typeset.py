"""Lines of text through Pango, and the pages they are placed on. Unit: point, origin top left, A4.

Everything that is drawn leaves a Line behind, so that the truth is what stands on the page."""
import unicodedata
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import cairo
import gi

gi.require_version("Pango", "1.0")
gi.require_version("PangoCairo", "1.0")
from gi.repository import Pango, PangoCairo  # noqa: E402

MM = 72 / 25.4
WIDTH, HEIGHT = 595.28, 841.89
ALIGN = {"left": Pango.Alignment.LEFT, "centre": Pango.Alignment.CENTER}


@dataclass
class Style:
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "left"
    justify: bool = False
    indent: float = 0
    leading: float = 1.0
    bold_words: int = 0  # so many words at the start are bold


@dataclass
class Line:
    """A line as placed: words are (text, x) for writers that set their own type."""
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float = 0
    words: list = field(default_factory=list)
    style: Style = None
    bold_until: int = 0  # this many words of the line are bold
    draw: object = None


@dataclass
class Page:
    lines: list = field(default_factory=list)
    marks: list = field(default_factory=list)  # stamps, rules, strokes: each draws on a context
    fields: dict = field(default_factory=dict)  # "number", "date" -> [x0, y0, x1, y1] in points

    def paint(self, ctx, with_text=True):
        """Draws in points on a context that is already scaled."""
        for line in self.lines:
            if line.draw and with_text:
                line.draw(ctx)
        for mark in self.marks:
            mark(ctx)

    def text(self):
        return "".join(line.text + "\n" for line in self.lines)

    def box(self, name):
        if name not in self.fields:
            return None
        x0, y0, x1, y1 = self.fields[name]
        return [x0 / WIDTH, y0 / HEIGHT, x1 / WIDTH, y1 / HEIGHT]


class Typesetter:
    def __init__(self, family="Tinos", nfd=False):
        self.family, self.form = family, "NFD" if nfd else "NFC"
        options = cairo.FontOptions()
        options.set_hint_metrics(cairo.HINT_METRICS_OFF)
        options.set_hint_style(cairo.HINT_STYLE_NONE)
        surface = cairo.ImageSurface(cairo.FORMAT_A8, 1, 1)
        self.context = PangoCairo.create_context(cairo.Context(surface))
        PangoCairo.context_set_font_options(self.context, options)
        PangoCairo.context_set_resolution(self.context, 72)

    def font(self, style):
        name = self.family + (" Bold" if style.bold else "") + (" Italic" if style.italic else "")
        return Pango.FontDescription(f"{name} {style.size}")

    def block(self, text, style, width):
        return Block(self, unicodedata.normalize(self.form, text), style, width)


class Block:
    """A paragraph broken into lines, not yet placed."""

    def __init__(self, setter, text, style, width):
        self.style, self.source, self.form = style, text, setter.form
        self.layout = layout = Pango.Layout.new(setter.context)
        layout.set_font_description(setter.font(style))
        layout.set_width(int(width * Pango.SCALE))
        layout.set_alignment(ALIGN[style.align])
        layout.set_justify(style.justify)
        layout.set_indent(int(style.indent * Pango.SCALE))
        layout.set_line_spacing(style.leading)
        head = " ".join(text.split(" ")[: style.bold_words])
        layout.set_markup(f"<b>{escape(head)}</b>{escape(text[len(head):])}", -1)
        self.raw = text.encode()
        self.bold_bytes = len(head.encode())
        self.rows = self._rows()
        self.height = layout.get_extents()[1].height / Pango.SCALE

    def _rows(self):
        rows, step = [], self.layout.get_iter()
        while True:
            extents, baseline = step.get_line_extents()[1], step.get_baseline() / Pango.SCALE
            rows.append((step.get_line_readonly(), extents, baseline))
            if not step.next_line():
                return rows

    def line(self, index, x, y):
        """Line number index, for a block whose origin is at x, y."""
        row, extents, baseline = self.rows[index]
        left = x + extents.x / Pango.SCALE
        raw = self.raw[row.start_index:row.start_index + row.length]
        words, at = [], row.start_index
        for word in raw.split(b" "):
            if word:
                words.append((word.decode(), left + row.index_to_x(at, False) / Pango.SCALE))
            at += len(word) + 1
        bold = len(self.raw[row.start_index : max(row.start_index, self.bold_bytes)].split())

        def draw(ctx, layout=self.layout, row=row):
            ctx.move_to(left, y + baseline)
            PangoCairo.show_layout_line(ctx, row)

        top = y + extents.y / Pango.SCALE
        return Line(
            text=unicodedata.normalize("NFC", " ".join(raw.decode().split())),
            x0=left,
            x1=left + extents.width / Pango.SCALE,
            top=top,
            bottom=top + extents.height / Pango.SCALE,
            baseline=y + baseline,
            words=words,
            style=self.style,
            bold_until=bold,
            draw=draw,
        )

    def outline(self, ctx, x, y):
        """Fills the letters of the first line, its baseline at y, as shapes that leave no text."""
        row, extents, _ = self.rows[0]
        ctx.move_to(x + extents.x / Pango.SCALE, y)
        PangoCairo.layout_line_path(ctx, row)
        ctx.fill()

    def position(self, index, text):
        """Where a character of the text as given stands in the source, which may be decomposed."""
        return len(unicodedata.normalize(self.form, text[:index]))

    def span(self, start, end, x, y):
        """The box of the characters from start to end of the source, over all their lines."""
        first, last = (len(self.source[:i].encode()) for i in (start, end))
        box = None
        for row, extents, baseline in self.rows:
            a, b = max(first, row.start_index), min(last, row.start_index + row.length)
            if a >= b:
                continue
            left = x + extents.x / Pango.SCALE
            x0, x1 = (left + row.index_to_x(i, False) / Pango.SCALE for i in (a, b))
            y0, y1 = (y + baseline + share * self.style.size for share in (-0.72, 0.22))
            if box:
                x0, y0, x1, y1 = min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3])
            box = [x0, y0, x1, y1]
        return box


@dataclass
class Path:
    """A rule (height 0) or an empty frame."""
    x: float
    y: float
    width: float
    height: float
    pen: float = 0.7
    colour: tuple = (0, 0, 0)

    def __call__(self, ctx):
        ctx.set_source_rgb(*self.colour)
        ctx.set_line_width(self.pen)
        ctx.rectangle(self.x, self.y, self.width, self.height)
        ctx.stroke()

    def operators(self):
        """The same in the words of PDF."""
        red, green, blue = self.colour
        bottom = HEIGHT - self.y - self.height
        return (
            f"{red} {green} {blue} RG {self.pen} w"
            f" {self.x:.2f} {bottom:.2f} {self.width:.2f} {self.height:.2f} re S\n"
        ).encode()


class Sheet:
    """Pages being filled from the top; y is where the next block goes."""

    def __init__(self, setter, margins=(20, 15, 20, 30)):
        self.setter = setter
        self.top, self.right, self.bottom, self.left = (m * MM for m in margins)
        self.right, self.bottom = WIDTH - self.right, HEIGHT - self.bottom
        self.pages = []
        self.new_page(numbered=False)

    @property
    def page(self):
        return self.pages[-1]

    @property
    def width(self):
        return self.right - self.left

    def new_page(self, numbered=True):
        self.pages.append(Page())
        self.y = self.top
        if numbered:
            number = str(len(self.pages))
            self.put(number, Style(13, align="centre"), self.left, 12 * MM, self.width)

    def put(self, text, style, x, y, width):
        """Places a whole block at a spot of the current page and returns it."""
        block = self.setter.block(text, style, width)
        for i in range(len(block.rows)):
            self.page.lines.append(block.line(i, x, y))
        return block

    def flow(self, text, style, before=0.0, keep=0.0):
        """Places a paragraph at y and goes on over the pages. keep: room to be left below it."""
        block = self.setter.block(text, style, self.width)
        self.y += before
        if keep and self.y + block.height + keep > self.bottom:
            self.new_page()
        shift = self.y
        for i in range(len(block.rows)):
            line = block.line(i, self.left, shift)
            if line.bottom > self.bottom:
                self.new_page()
                shift += self.y - line.top
                line = block.line(i, self.left, shift)
            self.page.lines.append(line)
            self.y = line.bottom
        return block
