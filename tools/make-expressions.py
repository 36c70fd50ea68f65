#!/usr/bin/python3
"""Makes ocr/expressions.txt: which two syllables stand side by side in official Vietnamese.

    make-expressions.py FOLDER... > ocr/expressions.txt

FOLDER holds texts that are known to be right, NAME.txt each. A pair counts when several of them have
it, so that no single text, nor its names or slips, decides what is an expression."""
import glob
import os
import re
import sys
import unicodedata

TEXTS_LEAST = 2
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def newer(word):
    """hoà as hòa: the older custom of placing tones levelled to the newer one, as lt_text_level does."""
    for rhyme in ("oa", "oe", "uy"):
        for tone in _TONES:
            old = unicodedata.normalize("NFC", rhyme + tone)
            if word.endswith(old) and not (rhyme == "uy" and word[: -len(old)].endswith("q")):
                return word[: -len(old)] + unicodedata.normalize("NFC", rhyme[0] + tone + rhyme[1])
    return word


def syllables(text):
    text = unicodedata.normalize("NFC", text).casefold()
    return [newer(t) for t in re.findall(r"[^\W\d_]+|\d+|[^\w\s]", text)]


def pairs(text):
    found = set()
    for paragraph in re.split(r"\n\s*\n", text):
        words = syllables(paragraph)
        found |= {(a, b) for a, b in zip(words, words[1:]) if a.isalpha() and b.isalpha()}
    return found


def main():
    counts = {}
    for folder in sys.argv[1:]:
        for name in glob.glob(os.path.join(folder, "*.txt")):
            with open(name, encoding="utf-8") as file:
                for pair in pairs(file.read()):
                    counts[pair] = counts.get(pair, 0) + 1
    lines = [" ".join(pair) for pair, n in counts.items() if n >= TEXTS_LEAST]
    print("\n".join(sorted(lines, key=lambda line: line.encode("utf-8"))))


if __name__ == "__main__":
    main()
