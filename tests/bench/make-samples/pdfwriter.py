"""A small PDF writer for what cairo does not write: CCITT pictures, invisible text, legacy fonts.
Nothing in its output depends on the clock."""
import io
import zlib

from PIL import Image, TiffImagePlugin

from typeset import HEIGHT, WIDTH


TiffImagePlugin.STRIP_SIZE = 1 << 26  # one strip a picture: PDF takes no more


class Pdf:
    def __init__(self):
        self.objects, self.pages = [], []
        self.catalog, self.tree = self.add(b""), self.add(b"")

    def add(self, body):
        """Returns the number of the new object."""
        self.objects.append(body)
        return len(self.objects)

    def stream(self, data, entries="", compress=True):
        if compress:
            data, entries = zlib.compress(data, 9), entries + " /Filter /FlateDecode"
        head = f"<< {entries} /Length {len(data)} >>\nstream\n"
        return self.add(head.encode() + data + b"\nendstream")

    def page(self, content, resources, width=WIDTH, height=HEIGHT):
        body = self.stream(content)
        entries = (
            f"/Parent {self.tree} 0 R /MediaBox [0 0 {width:.2f} {height:.2f}]"
            f" /Resources << {resources} >> /Contents {body} 0 R"
        )
        self.pages.append(self.add(f"<< /Type /Page {entries} >>".encode()))

    def picture(self, image, quality):
        """CCITT G4 for black and white, else JPEG."""
        size = f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
        if image.mode == "1":
            shape = f"/K -1 /Columns {image.width} /Rows {image.height} /BlackIs1 true"
            size += " /ColorSpace /DeviceGray /BitsPerComponent 1"
            size += f" /Filter /CCITTFaxDecode /DecodeParms << {shape} >>"
            return self.stream(g4(image), size, False)
        space = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
        size += f" /ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode"
        return self.stream(jpeg(image, quality), size, False)

    def picture_page(self, image, dpi, quality, text=b"", fonts=""):
        """A page that is one picture, with text operators (drawn invisibly) under it."""
        width, height = image.width * 72 / dpi, image.height * 72 / dpi
        number = self.picture(image, quality)
        content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im Do Q\n".encode() + text
        self.page(content, f"/XObject << /Im {number} 0 R >> {fonts}", width, height)

    def write(self, path):
        kids = " ".join(f"{n} 0 R" for n in self.pages)
        self.objects[self.catalog - 1] = f"<< /Type /Catalog /Pages {self.tree} 0 R >>".encode()
        tree = f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>"
        self.objects[self.tree - 1] = tree.encode()
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for i, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += f"{i} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
        out += "".join(f"{o:010d} 00000 n \n" for o in offsets).encode()
        out += f"trailer\n<< /Size {len(offsets) + 1} /Root {self.catalog} 0 R >>\n".encode()
        out += f"startxref\n{start}\n%%EOF\n".encode()
        with open(path, "wb") as file:
            file.write(out)


def jpeg(image, quality):
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality, optimize=True)
    return data.getvalue()


def g4(image):
    """The picture as one CCITT G4 strip: written as TIFF, the strip taken out."""
    data = io.BytesIO()
    image.save(data, "TIFF", compression="group4")
    tiff = Image.open(data)
    offsets, lengths = tiff.tag_v2[273], tiff.tag_v2[279]
    assert len(offsets) == 1 and tiff.tag_v2[262] == 1  # black is zero, hence BlackIs1
    return data.getvalue()[offsets[0]:offsets[0] + lengths[0]]


def literal(data):
    """Bytes as a PDF string."""
    return b"(" + data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def show(font, size, x, baseline, data):
    """The operators that show bytes at a spot given in points from the top left."""
    place = f"/{font} {size} Tf 1 0 0 1 {x:.2f} {HEIGHT - baseline:.2f} Tm "
    return place.encode() + literal(data) + b" Tj\n"
