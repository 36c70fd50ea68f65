"""The forms a dispatch comes in: each writes one file and knows where number and date stand."""
import random
import unicodedata

import cairo
import numpy
from PIL import Image, ImageOps

import layout
import pdfwriter
import spoil
import tcvn3
from typeset import HEIGHT, WIDTH, Line, Style, Typesetter

QUALITIES = (55, 60, 75)


class Job:
    """One file to be made: its pages in points, and the chance that befalls the paper."""

    def __init__(self, form, dispatch, rng, dpi=0, quality=60):
        self.form, self.dispatch, self.rng, self.quality = form, dispatch, rng, quality
        self.dpi = dpi or rng.choice(FORMS[form].dpis)
        strokes = random.Random(rng.getrandbits(64))
        pen = layout.Pen(strokes, stamped=form != "text-tcvn3", colour=form not in GREY)
        self.pages = layout.Layout(dispatch, pen, nfd=form == "text-nfd").pages()
        self.maps = [spoil.same] * len(self.pages)

    def picture(self, page):
        """The clean page at the resolution of the job."""
        scale = self.dpi / 72
        width, height = round(WIDTH * scale), round(HEIGHT * scale)
        surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
        ctx = cairo.Context(surface)
        ctx.set_source_rgb(1, 1, 1)
        ctx.paint()
        ctx.scale(scale, scale)
        ctx.set_source_rgb(0.07, 0.07, 0.09)
        page.paint(ctx)
        strides = (surface.get_stride(), 4, 1)
        pixels = numpy.ndarray((height, width, 4), numpy.uint8, surface.get_data(), 0, strides)
        return Image.fromarray(pixels[:, :, 2::-1].copy())

    def spoiled(self, index, how=spoil.scanned, **options):
        """A page through scanner or camera; keeps the map of points."""
        clean = self.picture(self.pages[index])
        image, self.maps[index] = how(clean, self.rng, self.dpi, **options)
        return image

    def boxes(self):
        out = {}
        for i, page in enumerate(self.pages):
            for name in page.fields:
                box = spoil.moved(page.box(name), self.maps[i])
                out.setdefault(name, {"page": i + 1, "box": box})
        return out


def cairo_pdf(path):
    surface = cairo.PDFSurface(path, WIDTH, HEIGHT)
    for entry in (cairo.PDF_METADATA_CREATE_DATE, cairo.PDF_METADATA_MOD_DATE):
        surface.set_metadata(entry, "2024-01-01T00:00:00Z")
    return surface, cairo.Context(surface)


def paint_text_page(ctx, page):
    ctx.set_source_rgb(0, 0, 0)
    page.paint(ctx)
    ctx.show_page()


def paint_picture_page(ctx, image, quality, over=()):
    """A JPEG that fills the page, with lines of text over it."""
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, image.width, image.height)
    surface.set_mime_data(cairo.MIME_TYPE_JPEG, pdfwriter.jpeg(image, quality))
    ctx.save()
    ctx.scale(WIDTH / image.width, HEIGHT / image.height)
    ctx.set_source_surface(surface)
    ctx.paint()
    ctx.restore()
    for line in over:
        ctx.set_source_rgb(0.75, 0.05, 0.05)
        line.draw(ctx)
    ctx.show_page()


def write_text(job, path):
    surface, ctx = cairo_pdf(path)
    for page in job.pages:
        paint_text_page(ctx, page)
    surface.finish()


def write_tcvn3(job, path):
    tcvn3.write(job.pages, job.rng, path)


def write_mixed(job, path):
    """Page 1 as text, the others as scans."""
    surface, ctx = cairo_pdf(path)
    paint_text_page(ctx, job.pages[0])
    for i in range(1, len(job.pages)):
        paint_picture_page(ctx, job.spoiled(i), job.quality)
    surface.finish()


def signature_stamp(job):
    """What a signing program prints on a page: the only text over the scan."""
    d = job.dispatch
    clock = ":".join(f"{job.rng.randint(10, most):02d}" for most in (17, 59, 59))
    words = [
        f"Ký bởi: {d.issuer}",
        f"Cơ quan: {d.parent or d.issuer}",
        f"Thời gian ký: {d.date.strftime('%d.%m.%Y')} {clock} +07:00",
    ]
    setter, lines = Typesetter("Arimo"), []
    for i, text in enumerate(words):
        lines.append(setter.block(text, Style(6.5), 200).line(0, 400, 8 + i * 8.5))
    return lines


def write_stamped(job, path):
    surface, ctx = cairo_pdf(path)
    for i, page in enumerate(job.pages):
        over = signature_stamp(job) if i == 0 else []
        paint_picture_page(ctx, job.spoiled(i), job.quality, over)
        stamp = [Line(line.text, line.x0, line.x1, line.top, line.bottom) for line in over]
        page.lines = stamp + page.lines
    surface.finish()


SPOILED = {
    "scan-poor": spoil.poor,
    "scan-poor-g4": spoil.poor,
    "scan-faint": spoil.faint,
    "scan-bleed": spoil.bled,
}


def scan_pages(job, mode, turn=None):
    how = SPOILED.get(job.form, spoil.scanned)
    for i in range(len(job.pages)):
        image = job.spoiled(i, how, mode=mode)
        yield image.transpose(turn) if turn is not None else image


def scan_writer(*modes, turns=(None,)):
    """A writer of picture PDFs; mode and turn are drawn from those given."""
    def write(job, path):
        pdf, mode, turn = pdfwriter.Pdf(), job.rng.choice(modes), job.rng.choice(turns)
        for image in scan_pages(job, mode, turn):
            pdf.picture_page(image, job.dpi, job.quality)
        pdf.write(path)
    return write


CONFUSED = {
    "a": ["~", "ii", "4"],
    "e": ["~", "c", "?"],
    "o": ["6", "Q", "()"],
    "u": ["il", "tr", "v"],
    "i": ["j", "!"],
    "d": ["cl", "d"],
}
MISREAD = {"đ": "d", "Đ": "D", "ơ": "o", "ư": "u", "Ơ": "O", "Ư": "U"}


def misread(text, rng):
    """What an English recogniser makes of Vietnamese."""
    out = []
    for letter in text:
        base = MISREAD.get(letter, unicodedata.normalize("NFD", letter)[0])
        base = MISREAD.get(base, base)
        if base != letter and rng.random() < 0.45:
            base = rng.choice(CONFUSED.get(base.lower(), [base, base + "'"]))
        out.append(base if rng.random() > 0.02 else "")
    return "".join(out)


def write_badtext(job, path):
    pdf = pdfwriter.Pdf()
    font = pdf.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>")
    for page, image in zip(job.pages, scan_pages(job, job.rng.choice(["RGB", "L"]))):
        text = b"BT 3 Tr\n"
        for line in page.lines:
            if line.words:
                words = misread(line.text, job.rng).encode("ascii", "replace")
                text += pdfwriter.show("F", line.style.size, line.x0, line.baseline, words)
        pdf.picture_page(image, job.dpi, job.quality, text + b"ET\n", f"/Font << /F {font} 0 R >>")
    pdf.write(path)


def tiff_writer(mode, compression, **options):
    def write(job, path):
        images = [job.spoiled(i, mode=mode, **options) for i in range(len(job.pages))]
        extra = {"quality": job.quality} if compression == "jpeg" else {}
        if compression == "jpeg" and mode == "RGB":
            images = [image.convert("YCbCr") for image in images]
        if compression == "tiff_lzw":
            extra["tiffinfo"] = {317: 2}  # horizontal predictor
            images = [ImageOps.posterize(image, 4) for image in images]
        images[0].save(
            path,
            "TIFF",
            compression=compression,
            dpi=(job.dpi, job.dpi),
            save_all=True,
            append_images=images[1:],
            **extra,
        )
    return write


def write_photo(job, path):
    job.spoiled(0, spoil.photographed).save(path, "JPEG", quality=job.quality, optimize=True)


def write_png(job, path):
    image = job.spoiled(0, mode=job.rng.choice(["RGB", "RGB", "L"]), depth=0, sigma=0)
    ImageOps.posterize(image, 4).save(path, "PNG", dpi=(job.dpi, job.dpi), optimize=True)


class Form:
    """How a form is written. pages: "one", "many" or "any"."""

    def __init__(self, suffix, writer, dpis=(150, 200, 200, 300), pages="any"):
        self.suffix, self.writer, self.dpis, self.pages = suffix, writer, dpis, pages


UPSIDE_DOWN, SIDEWAYS = (Image.ROTATE_180,), (Image.ROTATE_90, Image.ROTATE_270)
FORMS = {
    "text": Form("pdf", write_text),
    "text-nfd": Form("pdf", write_text),
    "text-tcvn3": Form("pdf", write_tcvn3),
    "mixed": Form("pdf", write_mixed, pages="many"),
    "scan-color": Form("pdf", scan_writer("RGB")),
    "scan-gray": Form("pdf", scan_writer("L")),
    "scan-g4": Form("pdf", scan_writer("1"), (200, 300)),
    "scan-poor": Form("pdf", scan_writer("L"), (200, 200, 300)),
    "scan-poor-g4": Form("pdf", scan_writer("1"), (200, 300)),
    "scan-faint": Form("pdf", scan_writer("L"), (200, 300)),
    "scan-bleed": Form("pdf", scan_writer("L"), (200, 300)),
    "scan-rot180": Form("pdf", scan_writer("RGB", "L", "1", turns=UPSIDE_DOWN), (200, 300)),
    "scan-rot90": Form("pdf", scan_writer("RGB", "L", "1", turns=SIDEWAYS), (200, 300)),
    "scan-badtext": Form("pdf", write_badtext),
    "scan-stamp": Form("pdf", write_stamped),
    "tif-g4": Form("tif", tiff_writer("1", "group4"), (200, 300)),
    "tif-lzw": Form("tif", tiff_writer("RGB", "tiff_lzw", depth=0, sigma=0), (150, 200)),
    "tif-jpeg": Form("tif", tiff_writer("RGB", "jpeg")),
    "tif-gray": Form("tif", tiff_writer("L", "jpeg")),
    "jpg-photo": Form("jpg", write_photo, (200, 250, 300), "one"),
    "png": Form("png", write_png, pages="one"),
}
GREY = {"scan-gray", "scan-g4", "tif-g4", "tif-gray"} | set(SPOILED)
BORN_DIGITAL = {"text", "text-nfd", "text-tcvn3"}
