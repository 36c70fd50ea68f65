"""What is put on the paper by hand: seals, signatures, urgency stamps, digits written with a pen.
Each function returns a callable that draws on a cairo context in points."""
import math

import cairo

from typeset import MM, Style

RED, BLUE, BLACK = (0.80, 0.10, 0.13), (0.10, 0.18, 0.62), (0.08, 0.08, 0.10)

# Digits as strokes through points of a unit box, y downwards; drawn as one smooth line each.
DIGITS = {
    "0": [[(.55, .02), (.15, .2), (.1, .7), (.45, 1), (.8, .72), (.82, .25), (.5, .03)]],
    "1": [[(.28, .25), (.55, .02), (.5, .5), (.47, 1)]],
    "2": [[(.15, .25), (.45, .02), (.78, .25), (.5, .65), (.12, .98), (.45, .92), (.88, .97)]],
    "3": [[(.2, .12), (.55, .02), (.72, .25), (.4, .46), (.78, .68), (.55, .98), (.15, .88)]],
    "4": [[(.55, .02), (.3, .4), (.1, .65), (.5, .63), (.88, .62)], [(.66, .4), (.58, 1)]],
    "5": [[(.78, .04), (.3, .06), (.26, .42), (.6, .42), (.78, .7), (.5, .98), (.15, .9)]],
    "6": [[(.7, .03), (.35, .3), (.15, .7), (.4, .99), (.75, .8), (.6, .55), (.2, .68)]],
    "7": [[(.12, .08), (.5, .08), (.82, .06), (.6, .5), (.42, 1)], [(.3, .52), (.75, .48)]],
    "8": [[(.7, .15), (.4, .02), (.22, .25), (.76, .75), (.45, .99), (.18, .76), (.74, .2)]],
    "9": [[(.76, .25), (.45, .03), (.18, .28), (.45, .5), (.76, .25), (.72, .6), (.5, 1)]],
}


def smooth(ctx, points):
    """A curve through all points (Catmull-Rom as Béziers)."""
    ctx.move_to(*points[0])
    padded = [points[0]] + points + [points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:]):
        ctx.curve_to(b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6,
                     c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, *c)


def handwriting(rng, digits, spot, height, colour, advance=0.62):
    """Digits by a pen from the spot (x, baseline) on; every stroke is a little different."""
    x, baseline = spot
    slant = rng.uniform(-0.05, 0.25)

    def shaken(value):
        return value + rng.uniform(-0.05, 0.05)

    paths, pen = [], rng.uniform(0.9, 1.3)
    for i, digit in enumerate(digits):
        size = height * rng.uniform(0.92, 1.1)
        left = x + i * advance * height
        drop = rng.uniform(-0.06, 0.06) * height
        for stroke in DIGITS[digit]:
            path = [(shaken(px * 0.6 + (1 - py) * slant), shaken(py - 1)) for px, py in stroke]
            paths.append([(left + u * size, baseline + drop + v * size) for u, v in path])

    def draw(ctx):
        ctx.set_source_rgb(*colour)
        ctx.set_line_width(pen)
        ctx.set_line_cap(cairo.LINE_CAP_ROUND)
        for path in paths:
            smooth(ctx, path)
            ctx.stroke()
    return draw


def signature(rng, x, y, colour):
    """Loops and a long tail, about 34 mm by 16 mm from x, y."""
    width, height = rng.uniform(28, 40) * MM, rng.uniform(11, 17) * MM
    loops, points = rng.randint(3, 6), []
    for i in range(loops * 4):
        turn = i * math.pi / 2 + rng.uniform(-0.5, 0.5)
        reach = height * rng.uniform(0.2, 0.55) * (1 - i / (loops * 7))
        left = x + width * i / (loops * 6)
        across, up = reach * math.cos(turn) * 0.6, reach * math.sin(turn)
        points.append((left + across, y + height / 2 - up))
    points.append((x + width * 0.75, y + height * rng.uniform(0.5, 0.9)))
    points.append((x + width, y + height * rng.uniform(0.0, 0.3)))
    bar = [(x + width * u, y + height * v) for u, v in ((0.1, 0.75), (0.5, 0.6), (0.9, 0.62))]

    def draw(ctx):
        ctx.set_source_rgba(*colour, 0.92)
        ctx.set_line_cap(cairo.LINE_CAP_ROUND)
        for path, pen in ((points, 1.5), (bar, 1.1)):
            ctx.set_line_width(pen)
            smooth(ctx, path)
            ctx.stroke()
    return draw


def star(ctx, x, y, size):
    for i in range(10):
        reach = size if i % 2 == 0 else size * 0.42
        ctx.line_to(x + reach * math.sin(i * math.pi / 5), y - reach * math.cos(i * math.pi / 5))
    ctx.close_path()
    ctx.fill()


def ring_text(ctx, setter, text, radius, size):
    """Text along a circle around the origin, spread over the whole turn."""
    for i, letter in enumerate(text):
        if letter == " ":
            continue
        ctx.save()
        ctx.rotate(2 * math.pi * i / len(text) - math.pi * 0.62)
        if letter == "★":
            star(ctx, 0, -radius - size * 0.3, size * 0.4)
        else:
            block = setter.block(letter, Style(size, bold=True, align="centre"), 20)
            block.outline(ctx, -10, -radius)
        ctx.restore()


def seal(rng, setter, middle, lines, ring, colour=RED):
    """A round seal of 34 to 36 mm, a little turned; a picture, hence without text."""
    radius, turn = rng.uniform(17, 18) * MM, rng.uniform(-0.25, 0.25)
    ink = rng.uniform(0.72, 0.9)
    size = 7.6 if len(lines) < 4 else 6.2

    def draw(ctx):
        ctx.save()
        ctx.translate(*middle)
        ctx.rotate(turn)
        ctx.set_operator(cairo.OPERATOR_MULTIPLY)
        ctx.set_source_rgba(*colour, ink)
        for r, pen in ((radius, 1.6), (radius - 2.2, 0.6), (radius * 0.66, 0.8)):
            ctx.set_line_width(pen)
            ctx.arc(0, 0, r, 0, 2 * math.pi)
            ctx.stroke()
        ring_text(ctx, setter, ring, radius * 0.72, 6.0)
        for i, line in enumerate(lines):
            block = setter.block(line, Style(size, bold=True, align="centre"), 80)
            block.outline(ctx, -40, (i - len(lines) / 2 + 0.8) * size * 1.25)
        ctx.restore()
    return draw


def coloured(line, colour):
    """The same line in another colour."""
    plain = line.draw

    def draw(ctx):
        ctx.save()
        ctx.set_source_rgb(*colour)
        plain(ctx)
        ctx.restore()
    line.draw = draw
    return line
