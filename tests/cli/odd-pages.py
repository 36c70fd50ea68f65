#!/usr/bin/python3
"""Makes small files whose pages are odd, in the folder given: pictures of rare kinds with a line of print, pages
without any, and PDFs whose boxes lie."""
import io
import os
import random
import struct
import sys
import zlib

from PIL import Image, ImageDraw, ImageFont, ImageOps, TiffImagePlugin

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
LINES = ("Kính gửi: Ủy ban nhân dân các huyện, thị xã",
         "Thực hiện chương trình công tác năm, Sở đề nghị",
         "các đơn vị báo cáo kết quả trước ngày 15.")


def page(mode="L", size=(1240, 700)):
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(LINES):
        draw.text((90, 120 + 90 * i), line, 0, ImageFont.truetype(FONT, 44))
    return image.convert(mode, dither=Image.Dither.NONE) if mode == "1" else image.convert(mode)


def packed(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pdf(path, *pages):
    """pages: each (entries, streams), streams the content first, then pictures, each (entries, bytes). Entries may name
    the page's first picture as %d 0 R."""
    kids, bodies, number = [], [], 3
    for entries, streams in pages:
        kids.append(b"%d 0 R" % number)
        if b"%d" in entries:
            entries %= number + 2
        bodies.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R" % (number + 1) + entries + b">>")
        bodies += [b"<<" + head + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream\n" for head, data in streams]
        number += 1 + len(streams)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids)), *bodies]
    data, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    data += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    with open(path, "wb") as out:
        out.write(data)


def picture_page(image, filter_name, data, colour=b"/DeviceGray", bits=8, parms=b""):
    entries = b"/MediaBox[0 0 595 336]/Resources<</XObject<</I %d 0 R>>>>"
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent %d/Filter/%s" % (
        image.width, image.height, colour, bits, filter_name)
    return entries, [(b"", b"q 595 0 0 336 0 0 cm /I Do Q"), (head + parms, data)]


def picture_pdf(path, *page_of, **options):
    pdf(path, picture_page(*page_of, **options))


def text_pdf(path, box, content=b"BT /F 14 Tf 60 700 Td (Circular 12 of the office on filing papers) Tj ET"):
    pdf(path, (box + b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>", [(b"", content)]))


def jbig2(image):
    """An embedded stream: page information, then one generic region in MMR code, which is what G4 is."""
    TiffImagePlugin.STRIP_SIZE = 1 << 30  # all in one
    tiff = Image.open(io.BytesIO(packed(ImageOps.invert(image.convert("L")).convert("1"), "TIFF", compression="group4")))
    strip, count = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    tiff.fp.seek(strip)
    coded = tiff.fp.read(count)
    if tiff.tag_v2.get(266, 1) == 2:
        coded = bytes(int(f"{byte:08b}"[::-1], 2) for byte in coded)
    region = struct.pack(">IIIIBB", image.width, image.height, 0, 0, 0, 1) + coded
    info = struct.pack(">IIIIBH", image.width, image.height, 0, 0, 0, 0)
    return (struct.pack(">IBBBI", 0, 0x30, 0, 1, len(info)) + info +
            struct.pack(">IBBBI", 1, 0x26, 0, 1, len(region)) + region)


def png_16_bit(path, image):
    rows = b"".join(b"\0" + bytes(b for v in image.crop((0, y, image.width, y + 1)).tobytes() for b in (v, v)) for y in range(image.height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(path, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", image.width, image.height, 16, 0, 0, 0, 0)) +
                  chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def make_pictures(at):
    grey = page()
    Image.new("L", (1240, 1754), 255).save(at("blank.png"))
    Image.new("1", (1240, 1754), 0).save(at("black.png"))
    Image.new("L", (1, 1), 0).save(at("dot.png"))
    specks = Image.new("1", (1654, 2339), 1)
    for _ in range(20000):
        specks.paste(0, (x := random.randrange(1650), y := random.randrange(2335), x + random.randint(1, 4), y + random.randint(1, 4)))
    specks.save(at("specks.tif"), dpi=(200, 200), compression="group4")
    strip = Image.new("L", (20000, 300), 255)
    strip.paste(grey.crop((0, 80, 1240, 380)), (0, 0))
    strip.save(at("strip.png"), dpi=(200, 200))
    page("CMYK").save(at("cmyk.jpg"), quality=90, dpi=(150, 150))
    png_16_bit(at("deep.png"), grey)
    exif = Image.Exif()
    exif[0x0112] = 3
    grey.rotate(180).save(at("upside-down.jpg"), exif=exif, dpi=(150, 150))


def make_pdfs(at):
    grey, ink = page(), page("1")
    jpeg = packed(grey, "JPEG", quality=90)
    spoiled = jpeg[:300] + os.urandom(64) + b"\0" * 5000
    picture_pdf(at("jpx.pdf"), grey, b"JPXDecode", packed(grey, "JPEG2000"))
    picture_pdf(at("jbig2.pdf"), ink, b"JBIG2Decode", jbig2(ink), bits=1)
    picture_pdf(at("cmyk.pdf"), grey, b"DCTDecode", packed(page("CMYK"), "JPEG", quality=90), colour=b"/DeviceCMYK", parms=b"/Decode[1 0 1 0 1 0 1 0]")
    picture_pdf(at("deep.pdf"), grey, b"FlateDecode", zlib.compress(bytes(b for v in grey.tobytes() for b in (v, v))), bits=16)
    picture_pdf(at("corrupt-image.pdf"), grey, b"DCTDecode", spoiled)
    picture_pdf(at("cut-image.pdf"), grey, b"DCTDecode", jpeg[: len(jpeg) * 3 // 4])
    pdf(at("corrupt-among.pdf"), picture_page(grey, b"DCTDecode", jpeg), picture_page(grey, b"DCTDecode", spoiled),
        picture_page(grey, b"JPXDecode", os.urandom(2000)), picture_page(grey, b"FlateDecode", b"\x78\x9c\xff" + os.urandom(500)),
        picture_page(ink, b"JBIG2Decode", jbig2(ink), bits=1))
    text_pdf(at("box-reversed.pdf"), b"/MediaBox[595 842 0 0]")
    text_pdf(at("box-empty.pdf"), b"/MediaBox[0 0 0 0]")
    text_pdf(at("box-elsewhere.pdf"), b"/MediaBox[0 0 595 842]/CropBox[5000 5000 6000 6000]")
    text_pdf(at("box-none.pdf"), b"")
    line = b"BT /F 1 Tf %d %d Td (A line of the longest text layer that anyone has put upon one page, over and over) Tj ET\n"
    many = b"".join(line % (10 + i % 7, 20 + i % 800) for i in range(100000))
    text_pdf(at("ten-megabytes.pdf"), b"/MediaBox[0 0 595 842]", many)


def main():
    folder = sys.argv[1]
    make_pictures(lambda name: os.path.join(folder, name))
    make_pdfs(lambda name: os.path.join(folder, name))


main()
