#!/bin/sh
# Newer rules are applied to documents that are filed, without recognising them again; what a person decided stays.
. "$(dirname "$0")/tap"
plan 19

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB
dispatch in/b.pdf 20/CV-BCĐNQ "Một bản khác."
run 0 "two documents are filed" "$luutru" --archive box ingest in
run 0 "with the same rules" "$luutru" --archive box reread --json
json "... nothing changes" 'rows[-1]["documents"] == 2 and rows[-1]["changed"] == 0'
id=$("$luutru" --archive box search --json 1758 | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["results"][0]["id"])')
run 0 "a person decides" "$luutru" --archive box correct "id:$id" subject=đúng

# What an older program may have read.
"$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("UPDATE document SET number = '9/X', key_number = '9x', subject = 'sai' WHERE number LIKE '20/%'")
db.execute("UPDATE document SET signer = 'Ai đó' WHERE number LIKE '1758/%'")
db.commit()
PYTHON
run 0 "a dry run" "$luutru" --archive box reread --dry-run
said "... tells what would change" "Number: '9/X' → '20/CV-BCĐNQ'"
said "... and that nothing was written" '^Dry run'
run 0 "... and writes nothing" "$luutru" --archive box show 9/X
run 0 "only what a query finds" "$luutru" --archive box reread --json 1758
json "... is read again" \
    'rows[-1]["documents"] == 1 and rows[0]["fields"] == {"signer": {"old": "Ai đó", "new": "Nguyễn Văn An"}} and rows[0]["revision"] == 3'
run 0 "everything" "$luutru" --archive box reread
said "... is counted" '^2 documents read again: 1 with other values'
run 0 "show the corrected one" "$luutru" --archive box show --json "id:$id"
json "... it is as the person said" 'rows[0]["subject"] == "đúng" and rows[0]["revision"] == 3'
run 1 "a query that finds nothing" "$luutru" --archive box reread không-có-gì
run 2 "a date that is none" "$luutru" --archive box reread --from gestern
check "the index is sound and has every document" "$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
every = db.execute("SELECT count(*) FROM search WHERE search MATCH '\"_x\"'").fetchone()[0]
sys.exit(0 if every == db.execute("SELECT count(*) FROM document").fetchone()[0] else 1)
PYTHON

sqlite3 box/archive.db "UPDATE page_words SET words = x'1758' WHERE document = $id"
run 1 "a document that is damaged" "$luutru" --archive box reread --json
json "... is told of, and the others are read again" \
    'rows[0]["event"] == "failed" and rows[-1]["failed"] == 1 and rows[-1]["documents"] == 1'
