#!/bin/sh
# The samples that anyone may keep: filed, read as their expected files say, and found.
. "$(dirname "$0")/tap"

SAMPLES=$TOP/samples
count=$(find "$SAMPLES" -name '*.expected.json' | wc -l)
plan $((count + 15))

# Number, date and type as expected. What a pen wrote, or a photo or a poor copy spoiled, may be left open with
# a doubt but not be read wrongly; what is not there must not be made up; and where number and date were
# read, the evidence lies on them.
cat >agrees.py <<'PYTHON'
import json, os, sys
exported, path = sys.argv[1:]
want = json.load(open(path, encoding="utf-8"))
with open(exported, encoding="utf-8") as lines:
    found = [r for r in map(json.loads, lines) if os.path.basename(r["source"]) == want["file"]]
wrong = [] if len(found) == 1 else [f"filed {len(found)} times"]


def level(text):
    return "".join((text or "").split()).casefold()


def on(a, b):
    """Whether the middle of a lies within b."""
    return b[0] <= (a[0] + a[2]) / 2 <= b[2] and b[1] <= (a[1] + a[3]) / 2 <= b[3]


for key, name in (("number", "number"), ("date", "issued_date"), ("type", "type")) if found else ():
    got, wanted = found[0][name], want[key]
    spoiled = want.get(f"handwritten_{key}") or want["form"] in ("jpg-photo", "scan-poor", "scan-poor-g4")
    doubted = any(doubt["field"] == name for doubt in found[0]["doubts"])
    if level(got) != level(wanted) and not (spoiled and doubted and not got):
        wrong.append(f"{key} is {got}, not {wanted or 'left open'}")
    spot, truth = found[0]["evidence"].get(name), want["boxes"].get(key)
    if got and truth and (not spot or spot["page"] != truth["page"] or not on(spot["box"], truth["box"])):
        wrong.append(f"the evidence for {key} is {spot}, not on {truth}")
for line in wrong:
    print("#", line)
sys.exit(bool(wrong))
PYTHON

run 0 "the folder of samples is ingested" "$luutru" --archive box ingest --json "$SAMPLES"
json "... every sample is filed, all else skipped" \
    "rows[-1]['filed'] == $count and rows[-1]['quarantined'] == 0"
run 0 "a second run has nothing to do" "$luutru" --archive box ingest --json "$SAMPLES"
json "... and files nothing" 'rows[-1]["filed"] == 0'
run 0 "they are exported with their text" "$luutru" --archive box export --format jsonl --text
cp "$OUT" all.jsonl
for expected in "$SAMPLES"/*.expected.json; do
    check "$(basename "$expected" .expected.json): number, date and type as printed" \
        python3 agrees.py all.jsonl "$expected"
done
cp all.jsonl "$OUT"
json "every page has text" 'all(p["text"].strip() for r in rows for p in r["pages"])'
json "a page is read from its text layer where that is worth keeping, and only there" '{
    r["source"].rsplit("/", 1)[-1]: [p["source"] for p in r["pages"]] for r in rows
}.items() >= {
    "cong-van-so-noi-vu.pdf": ["text-layer"] * 2, "thong-bao-nfd.pdf": ["text-layer"],
    "quyet-dinh-hon-hop.pdf": ["text-layer", "ocr"], "cong-van-lop-chu-rac.pdf": ["ocr"],
    "cong-van-so-viet-tay.pdf": ["ocr"], "cong-van-1758.pdf": ["ocr"]
}.items()'
json "legacy code is read as Vietnamese" 'any("trồng cây phân tán" in p["text"] and p["source"] == "legacy"
    for r in rows if r["source"].endswith("chi-thi-tcvn3.pdf") for p in r["pages"])'

first='rows[0]["results"][0]["number"] == "1758/STTTT-TTBCXB"'
run 0 "1758 is found by its number" "$luutru" --archive box search --json 1758
json "... first" "$first"
run 0 "1758 is found by letters of its issuer" "$luutru" --archive box search --json stttt
json "... first" "$first"
run 0 "1758 is found by words without marks" "$luutru" --archive box search --json quyen con nguoi
json "... first" "$first"
json "... and cites the dispatch that it carries out" \
    'any(r["number"] == "20/CV-BCĐNQ" for r in rows[0]["results"][0]["references"])'
