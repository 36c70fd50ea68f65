#!/usr/bin/python3
"""Makes the files of the issue's list of bad input in the folder given, from the good dispatch.pdf there."""
import struct
import subprocess
import sys
import zlib

import cairo
from PIL import Image

INCH = 72.0


def write(path, data):
    with open(path, "wb") as out:
        out.write(data)


def pdf_without_pages(path):
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    data += b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    write(path, data)


def huge_page(path):
    surface = cairo.PDFSurface(path, 200 * INCH, 200 * INCH)
    context = cairo.Context(surface)
    context.rectangle(100, 100, 5000, 5000)
    context.fill()
    surface.finish()


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_bomb(path, side=10000):
    rows = zlib.compress((b"\0" + bytes(side // 8)) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    write(path, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def tiff(path):
    picture = Image.new("L", (1654, 2339), 255)
    for x in range(200, 1400, 3):
        for y in range(300, 2000, 7):
            picture.putpixel((x, y), (x * y) % 256)
    picture.save(path, dpi=(200, 200))


def tiff_without_its_end(path):
    """Three pages, of which the last one has its strips beyond the end; its directory stays."""
    noise = [Image.effect_noise((800, 1000), 90) for _ in range(3)]
    noise[0].save(path, save_all=True, append_images=noise[1:], dpi=(100, 100))
    data = bytearray(open(path, "rb").read())
    directory = struct.unpack_from("<I", data, 4)[0]
    for _ in range(2):
        entries = struct.unpack_from("<H", data, directory)[0]
        directory = struct.unpack_from("<I", data, directory + 2 + 12 * entries)[0]
    for entry in range(struct.unpack_from("<H", data, directory)[0]):
        at = directory + 2 + 12 * entry
        tag, _, count, value = struct.unpack_from("<HHII", data, at)
        for strip in range(count if tag == 273 else 0):
            struct.pack_into("<I", data, value + 4 * strip if count > 1 else at + 8, len(data) - 10)
    write(path, bytes(data))


def one_huge_page(path):
    """Four pages, of which the third one measures 200 inches."""
    surface = cairo.PDFSurface(path, 595, 842)
    context = cairo.Context(surface)
    for page in range(1, 5):
        side = 200 * INCH if page == 3 else 595
        surface.set_size(side, side if page == 3 else 842)
        context.rectangle(100, 100, 200, 20)
        context.fill()
        context.show_page()
    surface.finish()


def main():
    folder = sys.argv[1]
    good = open(f"{folder}/dispatch.pdf", "rb").read()
    write(f"{folder}/empty.pdf", b"")
    write(f"{folder}/cut.pdf", good[: len(good) // 2])
    write(f"{folder}/notes.txt", "Đây không phải là công văn.\n".encode())
    write(f"{folder}/.hidden.bin", bytes(range(256)))
    pdf_without_pages(f"{folder}/no-pages.pdf")
    huge_page(f"{folder}/huge-page.pdf")
    one_huge_page(f"{folder}/one-huge-page.pdf")
    png_bomb(f"{folder}/bomb.png")
    tiff(f"{folder}/whole.tif")
    tiff_without_its_end(f"{folder}/no-end.tif")
    whole = open(f"{folder}/whole.tif", "rb").read()
    write(f"{folder}/cut.tif", whole[: len(whole) // 3])
    for name, user in (("locked", "secret"), ("owner-only", "")):
        subprocess.run(["qpdf", "--encrypt", user, "owner", "256", "--", f"{folder}/dispatch.pdf",
                        f"{folder}/{name}.pdf"], check=True)


main()
