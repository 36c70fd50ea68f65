#!/bin/sh
# Documents are recognised again from their originals; what cannot be read again, and what a person decided, stays.
. "$(dirname "$0")/tap"
plan 25

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB
dispatch scan.pdf 20/CV-BCĐNQ "Một bản khác."
pdftoppm -r 150 -gray -png -singlefile scan.pdf in/b
dispatch in/c.pdf 33/STTTT-VP "Bản thứ ba."
run 0 "three documents are filed" "$luutru" --archive box ingest in
id=$("$luutru" --archive box search --json 1758 | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["results"][0]["id"])')
run 0 "a person decides" "$luutru" --archive box correct "id:$id" subject=đúng

# What an older recogniser may have made of them.
"$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for page, text in db.execute("SELECT rowid, text FROM page").fetchall():
    words = text.split()
    db.execute("UPDATE page SET text = ?, source = 'ocr' WHERE rowid = ?", (" ".join("xyz" for _ in words), page))
db.execute("UPDATE document SET number = '9/X', key_number = '9x' WHERE number IS NOT NULL")
db.commit()
PYTHON
run 1 "nothing is found by its words" "$luutru" --archive box show 1758/STTTT-TTBCXB
run 2 "a dry run cannot recognise" "$luutru" --archive box reread --recognise --dry-run
run 0 "recognising again" "$luutru" --archive box reread --recognise --json
json "... takes every document" 'rows[-1]["documents"] == 3 and rows[-1]["failed"] == 0'
json "... tells old and new" \
    'any(r.get("fields", {}).get("number") == {"old": "9/X", "new": "1758/STTTT-TTBCXB"} for r in rows)'
run 0 "the document" "$luutru" --archive box show --json "id:$id" --text
json "... has its words again" 'len(rows[0]["pages"]) == 1 and "Độc lập" in rows[0]["pages"][0]["text"]'
json "... from where they really stand" 'rows[0]["pages"][0]["source"] == "text-layer"'
json "... and what the person said" 'rows[0]["subject"] == "đúng" and rows[0]["revision"] == 3'
run 0 "the scan is recognised" "$luutru" --archive box search --json CV-BCĐNQ
json "... and found" 'rows[0]["total"] == 1'
run 0 "the ledger is as it was" "$luutru" --archive box status --json
json "... three files filed" 'rows[0]["ledger"]["filed"] == 3 and rows[0]["pages"] == 3'
check "no page waits anywhere" "$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
sys.exit(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM staged_page").fetchone()[0])
PYTHON

# One of which a part is damaged in the midst, as a disk does it: what was read of it before is better.
run 0 "a scan" "$luutru" --archive box search --json CV-BCĐNQ
other=$("$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["results"][0]["id"])' <"$OUT")
"$luutru" --archive box show --json "id:$other" --text >before
sum=$("$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["sha256"])' <before)
object=box/objects/$(echo "$sum" | cut -c1-2)/$(echo "$sum" | cut -c3-)
chmod u+w "$object"
cp "$object" whole
head -c 900 /dev/zero | dd of="$object" bs=1 seek=$(($(stat -c %s "$object") / 2)) conv=notrunc 2>/dev/null
run 1 "... of which a part is damaged" "$luutru" --archive box reread --recognise CV-BCĐNQ
said "... is not read again" "^#$other: its original is damaged.*stays as it was"
"$luutru" --archive box show --json "id:$other" --text >after
check "... and is as it was" cmp before after
cat whole >"$object"

sha=$("$luutru" --archive box show --json "id:$id" | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["sha256"])')
object=box/objects/$(echo "$sha" | cut -c1-2)/$(echo "$sha" | cut -c3-)
chmod u+w "$object"
head -c 2000 "$object" >cut && cat cut >"$object"
run 1 "an original that is damaged" "$luutru" --archive box reread --recognise
said "... is told" "^#$id: .*stays as it was"
said "... and counted, beside the others" '^2 documents read again: .*, 1 failed'
run 0 "the document" "$luutru" --archive box show --json "id:$id" --text
json "... is as it was" '"Độc lập" in rows[0]["pages"][0]["text"] and rows[0]["revision"] == 3'
