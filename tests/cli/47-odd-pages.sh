#!/bin/sh
# Odd pages: each gives what can be read of it, and says so where something cannot.
. "$(dirname "$0")/tap"
plan 18

mkdir in
check "the odd pages are made" "$PYTHON" "$TOP/tests/cli/odd-pages.py" in
run 1 "they are taken" "$luutru" --archive box ingest --json in
json "... and only the picture that cannot be decoded is put aside, with the reason" \
    'all((r["outcome"] == "filed") != (p.endswith("/corrupt-image.pdf") and "damaged" in (r["reason"] or ""))
        for p, r in files.items() if p)'
run 0 "what was read" "$luutru" --archive box export --format jsonl --text

reads() { # WHAT NAME: the text of in/NAME has the words of its lines
    json "$1" "any(r['source'].endswith('in/$2') and {'Ủy', 'ban', 'nhân', 'các', 'chương', 'trình', 'tác'} <=
        set(r['pages'][0]['text'].split()) for r in rows)"
}

reads "a JPEG in CMYK" cmyk.jpg
reads "... inside a PDF" cmyk.pdf
reads "16 bits a sample" deep.png
reads "... inside a PDF" deep.pdf
reads "JPEG 2000" jpx.pdf
reads "JBIG2" jbig2.pdf
reads "a strip of 20,000 pixels" strip.png
reads "a photo upside down by its EXIF data" upside-down.jpg
json "boxes that lie, or are not there, hide no text" \
    '4 == sum("/box-" in r["source"] and r["pages"][0]["text"] == "Circular 12 of the office on filing papers\n" for r in rows)'
json "a text layer of ten megabytes keeps to the limits of a page" \
    'any(r["source"].endswith("ten-megabytes.pdf") and 1000 < len(r["pages"][0]["text"]) <= 4 << 20 for r in rows)'
json "pages that show nothing have no text and no doubt" \
    '2 == sum(r["source"].endswith(("blank.png", "dot.png")) and r["pages"][0]["text"] == "" and
        not any(d["code"].startswith("unread") for d in r["doubts"]) for r in rows)'
json "a black one is doubted, by its number too" \
    'any(r["source"].endswith("black.png") and {"unread", "unread:1"} <= {d["code"] for d in r["doubts"]} for r in rows)'
json "... and one of specks, at once" \
    'any(r["source"].endswith("specks.tif") and {"unread", "unread:1"} <= {d["code"] for d in r["doubts"]} for r in rows)'
json "pictures that cannot be decoded cost their pages, each with a doubt, and no other" \
    'any(r["source"].endswith("corrupt-among.pdf") and r["page_count"] == len(r["pages"]) == 5 and
        all(("chương" in p["text"]) == (n in (1, 5)) for n, p in enumerate(r["pages"], 1)) and
        {"damaged:2", "damaged:3", "damaged:4"} <= {d["code"] for d in r["doubts"]} for r in rows)'
