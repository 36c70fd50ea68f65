#!/bin/sh
# The strips that the reader of digits is trained on, and the figures by which it is measured.
. "$(dirname "$0")/tap"
plan 8

cat >strips.py <<'END'
import sys
import numpy
sys.path.insert(0, sys.argv[1])
import crops, glyphs, strings
block = numpy.zeros((28, 28), numpy.uint8)
block[4:24, 8:20] = 255
bank = strings.Bank({digit: [block] for digit in "0123456789"})
def made(seed, cleaned=False):
    return strings.make(seed, 60, bank, cleaned)
def same(one, other):
    return all(a[1] == b[1] and numpy.array_equal(a[0], b[0]) for a, b in zip(one, other))
if sys.argv[2] == "shape":
    pairs = made(5) + made(6, True)
    assert all(strip.shape[0] == 48 and 8 <= strip.shape[1] <= 224 and strip.dtype == numpy.uint8 for strip, _ in pairs)
    assert all(set(text) <= set(glyphs.ALPHABET) for _, text in pairs)
    assert sum(text == "" for _, text in pairs) >= 1 and sum(len(text) >= 3 for _, text in pairs) >= 20
elif sys.argv[2] == "seed":
    assert same(made(5), made(5)) and not same(made(5), made(7))
else:
    strip = numpy.zeros((48, 60), numpy.uint8)
    for column in (10, 30, 44):
        strip[15:33, column:column + 4] = 255
    signs = crops.glyphs(strip, "123")
    assert [sign for sign, _ in signs] == ["1", "2", "3"] and all(4 <= part.shape[1] <= 8 for _, part in signs)
    assert crops.glyphs(strip, "12") == []
END
cat >figures.py <<'END'
import sys
sys.path.insert(0, sys.argv[1])
import measure
if sys.argv[2] == "interval":
    low, high = measure.wilson(38, 42)
    assert abs(low - 0.779) < 0.001 and abs(high - 0.962) < 0.001
    assert measure.wilson(0, 0) == (0.0, 1.0)
else:
    assert measure.aligned("2242", "2942") == [("2", "2"), ("2", "9"), ("4", "4"), ("2", "2")]
    assert measure.aligned("11", "1").count(("1", "")) == 1 and measure.aligned("", "7") == [("", "7")]
END
program=$TOP/tools/train-digits
check "strips are 48 rows of what may be written" "$PYTHON" strips.py "$program" shape
check "the same seed makes the same strips" "$PYTHON" strips.py "$program" seed
check "a crop is cut into its signs, or not at all" "$PYTHON" strips.py "$program" cut
check "a share has its interval" "$PYTHON" figures.py "$program" interval
check "what was taken for what is told by the cheapest way" "$PYTHON" figures.py "$program" aligned

# Made letterheads: each digit of the bank is a block, the rest is as it is.
cat >bank.py <<'END'
import json, sys
picture = [1.0 if 4 <= row < 24 and 8 <= column < 20 else 0.0 for row in range(28) for column in range(28)]
for digit in range(10):
    json.dump({"data": picture}, open(f"{sys.argv[1]}/{digit}.json", "w"))
END
mkdir bank
"$PYTHON" bank.py bank
letterheads() { "$PYTHON" "$TOP/tests/bench/letterheads.py" --mnist bank --count 1 --seed 5 --out "$1"; }
check "a letterhead is made" letterheads one
letterheads two
check "... the same from the same seed" diff -r one two
mkdir truths
printf '{"number": "0123a/QĐ-UBND", "date": "2020-05-04", "issuer": "UBND", "handwritten_number": true}' >truths/x.json
printf 'x-number.png\tx\tnumber\nx-day.png\tx\tday\n' | "$PYTHON" "$program/crops.py" truths truths
printf 'file\tscan\tkind\ttruth\thandwritten\tissuer\nx-number.png\tx\tnumber\t0123a\t1\tUBND\nx-day.png\tx\tday\t04\t0\tUBND\n' >expected
check "what was cut out gets its truth" cmp expected truths/crops.tsv
