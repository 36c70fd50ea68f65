"""PDF whose letters look right and whose text layer is TCVN3 (ABC) code, as offices made them until
about 2009: .VnTime for text, .VnTimeH for capitals, simple TrueType fonts without ToUnicode."""
import io
import os

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from pdfwriter import Pdf, show

FONTS = "/usr/share/fonts/truetype/croscore"
FACES = {  # (bold, italic)
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}
LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ"
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíị"
    "òỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
)
CODES = dict(
    zip(
        LETTERS,
        bytes.fromhex(
            "a1a2a3a4a5a6a7 a8a9aaabacadae"
            "b5b6b7b8b9 bbbcbdbec6 c7c8c9cacb cccecfd0d1 d2d3d4d5d6 d7d8dcddde"
            "dfe1e2e3e4 e5e6e7e8e9 eaebecedee eff1f2f3f4 f5f6f7f8f9 fafbfcfdfe"
        ),
    )
)
# What producers made of the codes of ư and ã, for which WinAnsi has no letter: name, character
NAMED = [
    {0xAD: ("minus", 0x2212), 0xB7: ("bulletoperator", 0x2219)},
    {0xAD: ("uni00AD", 0x00AD)},
]


def needs_capitals(word):
    """TCVN3 has no capitals with tone marks: such words are set in the capital font."""
    return any(c.isupper() and c not in CODES and ord(c) > 126 for c in word)


def encode(word, whole):
    """[(capital font?, letters as drawn, bytes)]; whole: all of the word in the capital font."""
    whole = whole or needs_capitals(word) and word == word.upper()
    pieces = []
    for letter in word:
        capital = whole or needs_capitals(letter)
        code = letter.lower() if capital else letter
        value = CODES.get(code, ord(code) if ord(code) < 127 else ord("?"))
        if pieces and pieces[-1][0] == capital:
            pieces[-1][1].append(letter)
            pieces[-1][2].append(value)
        else:
            pieces.append((capital, [letter], bytearray([value])))
    return pieces


class LegacyFont:
    """A Tinos copy whose character map answers to TCVN3 codes; filled in as letters are used."""

    def __init__(self, face, capital, number):
        self.face, self.capital, self.number, self.used = face, capital, number, {}
        self.source = TTFont(os.path.join(FONTS, f"Tinos-{FACES[face]}.ttf"), recalcTimestamp=False)

    def advance(self, letter, size):
        glyph = self.source.getBestCmap()[ord(letter)]
        return self.source["hmtx"][glyph][0] * size / self.source["head"].unitsPerEm

    def program(self, named):
        options = subset.Options(layout_features=[], name_IDs=[], hinting=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[ord(c) for c in self.used.values()] + [32])
        font = TTFont(os.path.join(FONTS, f"Tinos-{FACES[self.face]}.ttf"), recalcTimestamp=False)
        subsetter.subset(font)
        best = font.getBestCmap()
        table = CmapSubtable.newSubtable(4)
        table.platformID, table.platEncID, table.language = 3, 1, 0
        table.cmap = {
            named.get(code, ("", code))[1]: best[ord(letter)] for code, letter in self.used.items()
        }
        font["cmap"] = newTable("cmap")
        font["cmap"].tableVersion, font["cmap"].tables = 0, [table]
        data = io.BytesIO()
        font.save(data, reorderTables=False)
        return data.getvalue()

    def write(self, pdf, named):
        """Adds the font to the file and returns its object number."""
        program = self.program(named)
        file = pdf.stream(program, f"/Length1 {len(program)}")
        style = FACES[self.face]
        name = f"/LT{'ABCDEFGH'[self.number]}VNA+.VnTime" + ("H" if self.capital else "")
        name += "" if style == "Regular" else f",{style}"
        descriptor = (
            f"/FontName {name} /Flags 32 /FontBBox [-177 -303 1093 981] /Ascent 891 /Descent -216"
            f" /ItalicAngle {-16 if self.face[1] else 0} /CapHeight 662 /StemV 82"
            f" /FontFile2 {file} 0 R"
        )
        described = pdf.add(f"<< /Type /FontDescriptor {descriptor} >>".encode())
        widths = [self.advance(self.used[c], 1000) if c in self.used else 0 for c in range(32, 255)]
        differences = " ".join(f"{code} /{entry[0]}" for code, entry in sorted(named.items()))
        entries = (
            f"/Subtype /TrueType /BaseFont {name} /FontDescriptor {described} 0 R"
            f" /FirstChar 32 /LastChar 254 /Widths [{' '.join(str(round(w)) for w in widths)}]"
            " /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding"
            f" /Differences [{differences}] >>"
        )
        return pdf.add(f"<< /Type /Font {entries} >>".encode())


class LegacyWriter:
    def __init__(self, rng):
        self.fonts, self.named = {}, rng.choice(NAMED)

    def font(self, face, capital):
        key = (face, capital)
        if key not in self.fonts:
            self.fonts[key] = LegacyFont(face, capital, len(self.fonts))
        return self.fonts[key]

    def word(self, text, x, line, bold):
        """The operators that show one word of a line."""
        out, size, face = b"", line.style.size, (bold, line.style.italic)
        heading = needs_capitals(line.text) and line.text == line.text.upper()
        for capital, letters, codes in encode(text, heading):
            font = self.font(face, capital)
            font.used.update(zip(codes, letters))
            font.used[32] = " "
            out += show(f"F{font.number}", size, x, line.baseline, bytes(codes))
            x += sum(font.advance(c, size) for c in letters)
        return out

    def page(self, page):
        content = b"BT\n"
        for line in page.lines:
            for i, (text, x) in enumerate(line.words):
                content += self.word(text, x, line, line.style.bold or i < line.bold_until)
        content += b"ET\n"
        return content + b"".join(mark.operators() for mark in page.marks)


def write(pages, rng, path):
    """Writes pages that carry only text, rules and frames."""
    writer, pdf = LegacyWriter(rng), Pdf()
    contents = [writer.page(page) for page in pages]
    fonts = " ".join(
        f"/F{font.number} {font.write(pdf, writer.named)} 0 R" for font in writer.fonts.values()
    )
    for content in contents:
        pdf.page(content, f"/Font << {fonts} >>")
    pdf.write(path)
