#!/bin/sh
# A document is taken out for good: nothing of it is left but its number, who and why.
. "$(dirname "$0")/tap"
plan 21

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB "Nội dung lưỡng thê đặc biệt."
dispatch in/b.pdf 20/CV-BCĐNQ "Một bản khác."
run 0 "two documents are filed" "$luutru" --archive box ingest in
id=$("$luutru" --archive box search --json 1758 | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["results"][0]["id"])')
run 2 "a reason must be given" "$luutru" --archive box remove "id:$id"
run 2 "and not an empty one" "$luutru" --archive box remove "id:$id" --reason ' '
run 2 "a number is no id" "$luutru" --archive box remove 1758/STTTT-TTBCXB --reason x
run 0 "it is there still" "$luutru" --archive box get "id:$id" -o kept.pdf
run 0 "it is removed" "$luutru" --archive box remove "id:$id" --by Lan --reason 'thu hồi'
run 1 "it is not found" "$luutru" --archive box search lưỡng
run 1 "it is not shown" "$luutru" --archive box show "id:$id"
said "... and says who and why" 'removed at .* by Lan: thu hồi'
check "its words are nowhere in the database" sh -c '! cat box/archive.db* | grep -aqE "lưỡng|luong the"'
check "its original is gone" sh -c 'test "$(find box/objects -type f | wc -l)" -eq 1'
run 1 "a second time" "$luutru" --archive box remove "id:$id" --reason x
run 0 "the same folder again" "$luutru" --archive box ingest --json in
json "... it stays out" 'rows[-1]["unchanged"] == 2 and rows[-1]["filed"] == 0'
cp in/a.pdf in/again.pdf
run 0 "the same bytes under another name" "$luutru" --archive box ingest --json in
json "... are skipped, with the reason" \
    'rows[-1]["skipped"] == 1 and any(r.get("outcome") == "skipped" and "Lan: thu hồi" in r["reason"] for r in rows)'
check "... and not kept" sh -c 'test "$(find box/objects -type f | wc -l)" -eq 1'
run 0 "status" "$luutru" --archive box status --json
json "... counts one document" 'rows[0]["documents"] == 1 and rows[0]["pages"] == 1'
check "the tombstone is plain to read" "$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT number, reason, who FROM removal").fetchall()
sys.exit(0 if rows == [("1758/STTTT-TTBCXB", "thu hồi", "Lan")] else 1)
PYTHON
check "the index finds it by nothing any more" "$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
db.execute("CREATE VIRTUAL TABLE temp.entry USING fts5vocab(main, search, instance)")
indexed = {row[0] for row in db.execute("SELECT doc FROM entry")}
sys.exit(0 if indexed == {row[0] for row in db.execute("SELECT id FROM document")} else 1)
PYTHON
