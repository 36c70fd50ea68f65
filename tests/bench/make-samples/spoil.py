"""Paper through a scanner or a camera: a clean page picture goes in, a spoiled one comes out, with
the map of points (fractions of the page) from the one to the other."""
import math

import numpy
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps


def same(x, y):
    return x, y


def moved(box, point_map):
    """The box around the four mapped corners."""
    if box is None:
        return None
    x0, y0, x1, y1 = box
    points = [point_map(x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = zip(*points)
    return [round(min(max(v, 0.0), 1.0), 4) for v in (min(xs), min(ys), max(xs), max(ys))]


def skewed(image, degrees, fill):
    """Turned about its middle, the size kept."""
    width, height = image.size
    turn = math.radians(-degrees)

    def point_map(x, y):
        dx, dy = (x - 0.5) * width, (y - 0.5) * height
        return (0.5 + (dx * math.cos(turn) - dy * math.sin(turn)) / width,
                0.5 + (dx * math.sin(turn) + dy * math.cos(turn)) / height)
    return image.rotate(degrees, Image.BICUBIC, fillcolor=fill), point_map


def light(pixels, rng, depth):
    """Brightness that falls off towards one side."""
    height, width = pixels.shape[:2]
    across = numpy.linspace(-0.5, 0.5, width)[None, :] * rng.uniform(-1, 1)
    down = numpy.linspace(-0.5, 0.5, height)[:, None] * rng.uniform(-1, 1)
    field = 1 - depth / 2 + depth * (across + down)
    return pixels * (field[:, :, None] if pixels.ndim == 3 else field)


def grain(pixels, noise, sigma):
    """The same grain in all colours, so that pictures stay small."""
    if not sigma:
        return pixels
    field = noise.normal(0, sigma, pixels.shape[:2])
    return pixels + (field[:, :, None] if pixels.ndim == 3 else field)


def speckle(image, rng, count, dpi):
    """Dust: dark spots of up to half a millimetre."""
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = rng.uniform(0, image.width), rng.uniform(0, image.height)
        size = rng.uniform(0.04, 0.22) * dpi / 25.4
        tone = rng.randint(20, 120)
        fill = (tone,) * 3 if image.mode == "RGB" else tone
        draw.ellipse((x - size, y - size, x + size, y + size), fill=fill)


def punched(image, rng, dpi):
    """Two holes at the left edge, seen as black discs; sometimes the black edge of the glass."""
    draw = ImageDraw.Draw(image)
    black = (24, 24, 24) if image.mode == "RGB" else 24
    mm = dpi / 25.4
    if rng.random() < 0.5:
        for y in (108.5, 188.5):
            draw.ellipse((8 * mm, y * mm, 14 * mm, (y + 6) * mm), fill=black)
    if rng.random() < 0.3:
        edge = image.height - rng.uniform(0.5, 3) * mm
        draw.rectangle((0, edge, image.width, image.height), fill=black)


def scanned(image, rng, dpi, mode="RGB", skew=0.8, depth=0.05, sigma=2.0, dust=40, blur=0.5):
    """A page through the scanner. mode: RGB, L, or 1 for black and white."""
    noise = numpy.random.default_rng(rng.getrandbits(64))
    white = rng.randint(244, 252)
    paper = (white, white - rng.randint(0, 2), white - rng.randint(0, 9))
    image, point_map = skewed(image, rng.uniform(-skew, skew), (255, 255, 255))
    image = image.convert("L") if mode != "RGB" else image
    image = image.filter(ImageFilter.GaussianBlur(blur * dpi / 200))
    punched(image, rng, dpi)
    speckle(image, rng, dust, dpi)
    pixels = numpy.asarray(image, numpy.float32)
    pixels = pixels * (numpy.array(paper, numpy.float32) / 255 if mode == "RGB" else paper[1] / 255)
    pixels = grain(light(pixels, rng, depth), noise, sigma)
    image = Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))
    if mode == "1":
        image = image.point(lambda v: 255 if v > 168 else 0).convert("1", dither=Image.NONE)
    return image, point_map


def poor(image, rng, dpi, mode="L"):
    """A copy of a copy: faint, patchy, grainy, askew."""
    noise = numpy.random.default_rng(rng.getrandbits(64))
    image, point_map = scanned(
        image, rng, dpi, "L", skew=2.2, depth=0.16, sigma=0, dust=450, blur=0.75
    )
    pixels = numpy.asarray(image, numpy.float32)
    cloud = Image.fromarray(noise.integers(0, 255, (36, 25), numpy.uint8))
    patch = numpy.asarray(cloud.resize(image.size, Image.BICUBIC), numpy.float32) / 255
    pixels = 255 - (255 - pixels) * (0.5 + 0.4 * patch)
    pixels -= 14 + rng.uniform(0, 10)
    for _ in range(rng.randint(0, 3)):  # streaks of a dirty drum
        x = rng.randint(0, image.width - 3)
        pixels[:, x:x + rng.randint(1, 2)] -= rng.uniform(10, 45)
    image = Image.fromarray(numpy.clip(grain(pixels, noise, 9), 0, 255).astype(numpy.uint8))
    if mode == "1":
        image = image.point(lambda v: 255 if v > 158 else 0).convert("1", dither=Image.NONE)
    return image, point_map


def faint(image, rng, dpi, mode="L"):
    """Print of a worn ribbon or an empty cartridge: pale, paler in places, on white paper."""
    noise = numpy.random.default_rng(rng.getrandbits(64))
    image, point_map = scanned(image, rng, dpi, "L", depth=0.05, sigma=0, dust=60)
    pixels = numpy.asarray(image, numpy.float32)
    cloud = Image.fromarray(noise.integers(0, 255, (9, 6), numpy.uint8))
    patch = numpy.asarray(cloud.resize(image.size, Image.BICUBIC), numpy.float32) / 255
    pixels = 255 - (255 - pixels) * (rng.uniform(0.22, 0.34) + 0.22 * patch)
    return Image.fromarray(numpy.clip(grain(pixels, noise, 3), 0, 255).astype(numpy.uint8)), point_map


def bled(image, rng, dpi, mode="L"):
    """Thin paper printed on both sides, in a bound volume: the other side shines through, and the page
    darkens towards the fold."""
    noise = numpy.random.default_rng(rng.getrandbits(64))
    back = ImageOps.mirror(image.convert("L")).filter(ImageFilter.GaussianBlur(1.1 * dpi / 200))
    back = back.rotate(rng.uniform(-1, 1), Image.BICUBIC, fillcolor=255)
    back = ImageChops.offset(back, rng.randint(0, dpi // 8), rng.randint(dpi // 20, dpi // 6))
    through = 255 - (255 - numpy.asarray(back, numpy.float32)) * rng.uniform(0.14, 0.26)
    both = numpy.minimum(numpy.asarray(image.convert("L"), numpy.float32), through)
    both = Image.fromarray(both.astype(numpy.uint8)).convert("RGB")
    both, point_map = scanned(both, rng, dpi, "L", depth=0.1, sigma=0)
    pixels = numpy.asarray(both, numpy.float32)
    across = numpy.arange(pixels.shape[1]) / dpi * 25.4  # mm from the fold
    pixels = pixels * (1 - rng.uniform(0.25, 0.5) * numpy.exp(-across / rng.uniform(8, 16)))
    return Image.fromarray(numpy.clip(grain(pixels, noise, 3), 0, 255).astype(numpy.uint8)), point_map


def homography(source, target):
    """The eight numbers that carry four points to four others."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return numpy.linalg.solve(numpy.array(rows, float), numpy.array(right, float))


def photographed(image, rng, dpi):
    """Laid on a desk and taken with a telephone: perspective, light from one side, soft focus."""
    noise = numpy.random.default_rng(rng.getrandbits(64))
    w, h = image.size
    wide, high = int(w * 1.1), int(h * 1.08)

    def shaken(x, y):
        return x * wide + rng.uniform(-0.022, 0.022) * w, y * high + rng.uniform(-0.018, 0.018) * h

    left, right, top, bottom = 0.055, 0.945, 0.045, 0.955
    corners = [shaken(*c) for c in ((left, top), (right, top), (right, bottom), (left, bottom))]
    page = [(0, 0), (w, 0), (w, h), (0, h)]
    back = homography(corners, page)
    there = homography(page, corners)
    desk = tuple(rng.randint(70, 120) + c for c in (30, 10, -15))
    lay = ((wide, high), Image.PERSPECTIVE, back, Image.BICUBIC)
    mask = Image.new("L", image.size, 255).transform(*lay)
    scene = Image.composite(image.transform(*lay), Image.new("RGB", (wide, high), desk), mask)
    scene = scene.filter(ImageFilter.GaussianBlur(0.6 * dpi / 200))
    pixels = light(numpy.asarray(scene, numpy.float32) * 0.93, rng, 0.42)
    pixels = grain(pixels, noise, 3.0)

    def point_map(x, y):
        x, y = x * w, y * h
        u, v, down = numpy.append(there, 1).reshape(3, 3) @ (x, y, 1)
        return float(u / down / wide), float(v / down / high)

    return Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8)), point_map
