#!/usr/bin/python3
"""Crops of real ink with what they say, and how more is made of them.

  cut-digits DIR SCAN... | crops.py TRUTHS DIR

writes the table of what cut-digits cut, for scans with NAME.json in TRUTHS (number, date, issuer, form,
handwritten_number, handwritten_date; "form" stands for the office where it is known).

A folder of crops has a table crops.tsv with a header line: file (a strip as ocr/digits.h has it, PNG), scan
(the document), kind (number, day, month or year), truth, handwritten (0 or 1), issuer (the office). A day
written 05 may stand in it as 5. Crops are no part of the project's tree."""

import csv
import json
import os
import re
import sys

import numpy
from PIL import Image, ImageFilter

SLANTS = (0.0, -0.2, -0.35, -0.1, -0.5, 0.15)


class Crop:
    def __init__(self, folder, row):
        with Image.open(os.path.join(folder, row["file"])) as image:
            self.strip = numpy.asarray(image.convert("L"))
        self.name = row["file"]
        self.document, self.kind, self.truth = row["scan"], row["kind"], row["truth"].lower()
        self.handwritten, self.office = row["handwritten"] == "1", row["issuer"]
        self.text = self.truth  # as it is written, with its zeros


def load(folder):
    with open(os.path.join(folder, "crops.tsv"), newline="", encoding="utf-8") as file:
        return [Crop(folder, row) for row in csv.DictReader(file, delimiter="\t")]


def forms(crop):
    """The ways in which its truth may have been written."""
    plain = crop.truth.lstrip("0")
    return sorted({crop.truth, plain, plain.zfill(2), plain.zfill(3) if crop.kind == "number" else plain} - {""})


def varied(strip, rng, noise):
    """The strip as if written, scanned and cut again."""
    height, width = strip.shape
    image = Image.fromarray(strip)
    scale, stretch = rng.uniform(0.9, 1.12), rng.uniform(0.88, 1.14)
    shear, turn = rng.gauss(0, 0.09), rng.gauss(0, 0.02)
    out = max(8, int(width * scale * stretch))
    middle, x, y = out / 2 + rng.uniform(-3, 3), width / 2, 33 + rng.gauss(0, 1.6)
    a, b, d, e = 1 / (scale * stretch), shear, turn, 1 / scale
    image = image.transform((out, height), Image.AFFINE,
                            (a, b, x - a * middle - b * 33, d, e, y - d * middle - e * 33), Image.BILINEAR)
    chance = rng.random()
    if chance < 0.15:
        image = Image.blend(image, image.filter(ImageFilter.MaxFilter(3)), rng.uniform(0.2, 0.8))
    elif chance < 0.3:
        image = Image.blend(image, image.filter(ImageFilter.MinFilter(3)), rng.uniform(0.1, 0.5))
    elif chance < 0.4:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.8)))
    picture = numpy.asarray(image).astype(numpy.float32) * rng.uniform(0.6, 1.25)
    if rng.random() < 0.3:
        picture += noise.standard_normal(picture.shape, dtype=numpy.float32) * rng.uniform(0, 14)
    return numpy.clip(picture, 0, 255).astype(numpy.uint8)


def upright(strip, slant):
    """The strip with writing of that slant set upright."""
    height, width = strip.shape
    grown = Image.new("L", (width + 24, height))
    grown.paste(Image.fromarray(strip), (12, 0))
    return numpy.asarray(grown.transform(grown.size, Image.AFFINE, (1, -slant, slant * 24, 0, 1, 0), Image.BILINEAR))


def glyphs(strip, text):
    """The strip cut into its signs, where columns of paper part all of them at some slant; else nothing."""
    for slant in SLANTS:
        level = upright(strip, slant)
        inked = (level > 70).any(axis=0)
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate([[False], inked, [False]]).astype(numpy.int8)))
        runs = [(start, end) for start, end in zip(edges[::2], edges[1::2]) if end - start > 1]
        if len(runs) == len(text):
            return [(sign, level[:, max(0, start - 1):end + 1]) for sign, (start, end) in zip(text, runs)]
    return []


class Ink:
    """Single signs cut from crops, put together to strings that nobody wrote: so that a network learns
    hands, not the numbers that they happened to write."""

    def __init__(self, crops):
        self.signs = {}
        for crop in crops:
            for sign, strip in glyphs(crop.strip, crop.text):
                self.signs.setdefault(sign, []).append(strip)

    def write(self, rng):
        """A strip and what it says; all digits alike often."""
        known = sorted(sign for sign in self.signs if sign.isdigit())
        text = "".join(rng.choice(known) for _ in range(rng.choice([1, 2, 2, 3, 4, 4])))
        gaps = [rng.randint(0, 5) for _ in text[1:]] + [rng.randint(5, 10)]
        parts = [numpy.zeros((48, rng.randint(5, 10)), numpy.uint8)]
        for sign, gap in zip(text, gaps):
            strip = numpy.roll(rng.choice(self.signs[sign]), rng.choice([-1, 0, 0, 1]), axis=0)
            parts += [strip, numpy.zeros((48, gap), numpy.uint8)]
        return numpy.concatenate(parts, axis=1), text


def label(truth, part):
    """What is written in a part of a letterhead, and whether by hand; nothing where the truth has none."""
    number = re.match(r"\d+[a-z]?", truth.get("number") or "")
    if part == "number":
        return (number[0], truth.get("handwritten_number")) if number else None
    if not truth.get("date"):
        return None
    place = {"year": 0, "month": 1, "day": 2}[part]
    return truth["date"].split("-")[place], truth.get("handwritten_date") and part != "year"


def main():
    truths, folder = sys.argv[1:3]
    with open(os.path.join(folder, "crops.tsv"), "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, delimiter="\t", lineterminator="\n")
        table.writerow(["file", "scan", "kind", "truth", "handwritten", "issuer"])
        for line in sys.stdin:
            file, scan, part = line.rstrip("\n").split("\t")
            with open(os.path.join(truths, scan + ".json"), encoding="utf-8") as source:
                truth = json.load(source)
            labelled = label(truth, part)
            if labelled:
                office = truth.get("form") or truth.get("issuer")
                table.writerow([file, scan, part, labelled[0], int(bool(labelled[1])), office])


if __name__ == "__main__":
    main()
