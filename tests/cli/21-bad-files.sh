#!/bin/sh
# Bad input costs itself only: each such file gets a row in the ledger and a reason, the rest is filed.
. "$(dirname "$0")/tap"
plan 26

mkdir in
dispatch in/dispatch.pdf 1758/STTTT-TTBCXB
check "the bad files are made" "$PYTHON" "$TOP/tests/cli/bad-files.py" in
run 1 "the run ends with 1" "$luutru" --archive box ingest --json in
cp "$OUT" events

outcome() { # WHAT NAME OUTCOMES [REASON]: the outcome of in/NAME is one of these, its reason fits
    cp events "$OUT"
    json "$1" "any(p and p.endswith('in/$2') and r['outcome'] in '$3'.split() and
        __import__('re').search('${4:-}', r['reason'] or '') for p, r in files.items())"
}

outcome "the good dispatch is filed" dispatch.pdf filed
outcome "so is one with only an owner password" owner-only.pdf "filed"
outcome "a whole TIFF is filed" whole.tif filed
outcome "an empty file is quarantined, with the reason" empty.pdf quarantined empty
outcome "a text file is skipped, with the reason" notes.txt skipped .
outcome "a cut PDF is quarantined or filed with a doubt" cut.pdf "quarantined filed"
outcome "a cut TIFF too" cut.tif "quarantined filed"
outcome "a PDF that wants a password is quarantined, and told so" locked.pdf quarantined password
outcome "a PDF without pages is quarantined, and told so" no-pages.pdf quarantined pages
outcome "a picture of 100 megapixels is quarantined, and told so" bomb.png quarantined "too large"
outcome "a picture of 200 inches is quarantined, and told so" huge-page.pdf quarantined "too large"
outcome "one page too many inches wide costs that page only" one-huge-page.pdf filed
outcome "so does one that is cut off" no-end.tif filed
cp events "$OUT"
json "no file is left out of the report" 'len([r for r in rows if r["event"] == "file"]) == rows[-1]["files"]'
json "a cut file that is filed is doubted" \
    'all(r["needs_review"] for p, r in files.items() if p and "/cut." in p and r["outcome"] == "filed")'
run 0 "status counts them" "$luutru" --archive box status --json
json "... each file once" \
    'sum(rows[0]["ledger"].values()) >= 11 and all(rows[0]["ledger"][s] == 0 for s in ("seen", "stored", "read"))'
run 0 "what was filed with a lost page" "$luutru" --archive box export --format jsonl --text
json "... has a doubt that names the picture too large" \
    'any(r["source"].endswith("one-huge-page.pdf") and r["page_count"] == len(r["pages"]) == 4 and
        {"too-large", "too-large:3"} <= {d["code"] for d in r["doubts"]} for r in rows)'
json "... or the page cut off" \
    'any(r["source"].endswith("no-end.tif") and r["page_count"] == 3 and
        {"damaged", "damaged:3"} <= {d["code"] for d in r["doubts"]} for r in rows)'
run 0 "quarantine lists what could not be read" "$luutru" --archive box quarantine list
said "... with the reason" "locked.pdf +.*password"
run 0 "the next run goes by" "$luutru" --archive box ingest --json in
json "... and reads nothing again" 'rows[-1]["pages"] == 0 and rows[-1]["unchanged"] == rows[-1]["files"]'
