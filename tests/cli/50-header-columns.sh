#!/bin/sh
# The two header columns never run into one line: looked at on every seventh upright document of the corpus
# (no form of document recurs at that pace), or on every STEP-th: STEP=1 looks at them all, in some ten minutes.
. "$(dirname "$0")/tap"

CORPUS=$TOP/../shared/corpus
if [ ! -d "$CORPUS" ]; then
    echo "1..0 # SKIP no corpus beside the project"
    exit 0
fi
plan 5

cat >upright.py <<'PYTHON'
import glob, json, os, sys
for truth in sorted(glob.glob(sys.argv[1] + "/typeset/*.json") + glob.glob(sys.argv[1] + "/scans/*.json")):
    with open(truth, encoding="utf-8") as file:
        turned = "-rot" in (json.load(file).get("form") or "")
    if not turned:
        print(next(f for f in glob.glob(truth[:-5] + ".*") if f != truth))
PYTHON

# A line of the right column must begin where that column begins: what of the state's name, the motto, the
# Party's name or the date stands too late in its line, or is followed by more, ran into the other column.
cat >columns.py <<'PYTHON'
import json, os, re, sys, unicodedata

# What the line holds, how many letters before it and after it belong to it (and a few misread ones).
RIGHT = [("xahoichunghia", 10, 10), ("tudohanhphuc", 9, 3), ("DANGCONGSANVIETNAM", 3, 3)]
HEADER_LINES = 20


def plain(line):
    line = unicodedata.normalize("NFD", line.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^A-Za-z0-9]", "", line)


def joined(line, place):
    letters = plain(line)
    for key, before, after in RIGHT:
        held = letters if key.isupper() else letters.lower()
        at = held.find(key)
        if at >= 0 and (at > before or len(held) - at - len(key) > after):
            return True
    low = letters.lower()
    dated = re.search("ngay.{0,6}thang.{0,4}nam.{0,6}$", low)
    if dated and re.match(r"\s*S\S{1,2}\s*[:.]", line):
        return True
    at = low.find(plain(place).lower() + "ngay") if place and dated else 0
    return at > 3


if sys.argv[1] == "--joined":
    with open(sys.argv[2], encoding="utf-8") as lines:
        sys.exit(not all(joined(line.rstrip("\n"), "Tỉnh Xa") for line in lines))
failed = named = total = 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for document in map(json.loads, lines):
        total += 1
        truth = json.load(open(os.path.splitext(document["source"])[0] + ".json", encoding="utf-8"))
        header = document["pages"][0]["text"].split("\n")[:HEADER_LINES]
        named += any(key in plain(line).lower() for line in header for key in
                     ("xahoichunghia", "tudohanhphuc", "dangcongsan"))
        for line in header:
            if joined(line, truth.get("place")):
                failed += 1
                print("#", os.path.basename(document["source"]) + ":", line)
print("#", total, "documents,", named, "with the state's or the Party's name")
sys.exit(1 if failed or named < 0.95 * total else 0)
PYTHON

"$PYTHON" upright.py "$CORPUS" | awk -v step="${STEP:-7}" 'NR % step == 1 || step == 1' >files
set --
while IFS= read -r file; do
    set -- "$@" "$file"
done <files
check "there are documents" test $# -gt 0
# Without marks, which the comparison drops anyway: sh spoils some of their bytes here.
cat >joined.txt <<'TEXT'
UBND TINH XA CONG HOA XA HOI CHU NGHIA VIET NAM
CONG HOA XA HOI CHU NGHIA VIET NAM UBND TINH XA
SO NOI VU Doc lap - Tu do - Hanh phuc
TINH UY XA DANG CONG SAN VIET NAM
So: 12/SNV-VP Tinh Xa, ngay 05 thang 9 nam 2023
TEXT
check "joined lines are seen" "$PYTHON" columns.py --joined joined.txt
run 0 "they are filed" "$luutru" --archive a ingest "$@"
run 0 "they are exported with their text" "$luutru" --archive a export --format jsonl --text
check "no line joins the columns" "$PYTHON" columns.py "$OUT"
