#!/usr/bin/python3
"""bombs.py FOLDER: tiny files that ask for much: bytes that unpack to gigabytes, pictures and pages without end."""
import os
import struct
import sys
import zlib

folder = sys.argv[1]


def stream(dictionary, body):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (dictionary, len(body), body)


def pdf(name, objects):
    """objects: of the body, from number 1 on; the first is the catalog."""
    out = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    assert len(out) < 400000, name
    with open(os.path.join(folder, name), "wb") as file:
        file.write(out)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def page(rest, box=b"0 0 595 842"):
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]%s>>" % (box, rest)


def picture(name, width, height, rest, data):
    pdf(name, [CATALOG, PAGES, page(b"/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R"),
               stream(b"", b"595 0 0 842 0 0 cm /I Do"),
               stream(b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8%s" %
                      (width, height, rest), data)])


def content(name, filters, data):
    pdf(name, [CATALOG, PAGES, page(b"/Contents 4 0 R"), stream(filters, data)])


def lzw(count):
    """Codes of nine bits: clear, then the same byte for ever; each run is longer than the one before."""
    bits = "".join(format(code, "09b") for code in [256, 32] + [258 + n for n in range(250)])
    block = bits * count
    return bytes(int(block[n:n + 8].ljust(8, "0"), 2) for n in range(0, len(block), 8))


def jbig2():
    """A page of 60000 × 60000, and a generic region of that size with no data for it."""
    info = struct.pack(">IIIIBH", 60000, 60000, 0, 0, 0, 0)
    segment = struct.pack(">IBBBI", 0, 48, 0, 1, len(info)) + info
    region = struct.pack(">IIIIB", 60000, 60000, 0, 0, 0) + b"\0" * 26
    return segment + struct.pack(">IBBBI", 1, 38, 0, 1, len(region)) + region


def packed(count):
    once = zlib.compress(b" " * count, 9)
    return once, zlib.compress(once, 9)


once, twice = packed(200_000_000)
content("deflate.pdf", b"/Filter/FlateDecode", once)
content("deflate-twice.pdf", b"/Filter[/FlateDecode/FlateDecode]", twice)
content("operators.pdf", b"/Filter/FlateDecode", zlib.compress(b"q 1 0 0 1 0 0 cm " * 3_000_000, 9))
content("lzw.pdf", b"/Filter/LZWDecode", lzw(200))
picture("picture.pdf", 60000, 60000, b"/Filter/FlateDecode", packed(1_000_000)[0])
picture("jbig2.pdf", 60000, 60000, b"/Filter/JBIG2Decode", jbig2())
for name, box in (("box.pdf", b"0 0 1e30 1e30"), ("box-negative.pdf", b"-99999999 -99999999 99999999 99999999"),
                  ("box-nan.pdf", b"0 0 99999999999999999999999999999999999999999999 1")):
    pdf(name, [CATALOG, PAGES, page(b"/Contents 4 0 R", box), stream(b"", b"0 0 1e30 1e30 re f")])
pdf("tree-ring.pdf", [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>",
                      b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 999999999>>"])
pdf("tree-deep.pdf", [CATALOG] + [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 3) for n in range(3000)] +
    [page(b"")])
pdf("count.pdf", [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", page(b"")])
pdf("form-ring.pdf", [CATALOG, PAGES, page(b"/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R"),
                      stream(b"", b"/F Do"),
                      stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>",
                             b"/F Do /F Do")])
# Twenty forms, each of which draws the next one ten times.
pdf("form-tower.pdf", [CATALOG, PAGES, page(b"/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R"), stream(b"", b"/F Do")] +
    [stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % min(n + 6, 24),
            b"/F Do " * 10) for n in range(20)])


def tiff(name, entries, more=b""):
    body = struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", len(entries))
    for tag, kind, count, value in sorted(entries):
        body += struct.pack("<HHII", tag, kind, count, value)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(body + struct.pack("<I", 0) + more)


tiff("huge.tif", [(256, 4, 1, 4_000_000_000), (257, 4, 1, 4_000_000_000), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
                  (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 4_000_000_000), (279, 4, 1, 100)])
tiff("lzw.tif", [(256, 4, 1, 8900), (257, 4, 1, 8900), (258, 3, 1, 8), (259, 3, 1, 5), (262, 3, 1, 1), (273, 4, 1, 122),
                 (277, 3, 1, 1), (278, 4, 1, 8900), (279, 4, 1, 5000)], lzw(20)[:5000].ljust(5000, b"\0"))
