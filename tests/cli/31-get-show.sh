#!/bin/sh
# get gives back the bytes; show tells one document, or lists those of a number.
. "$(dirname "$0")/tap"
plan 26

mkdir in
dispatch in/a.pdf 20/CV-BCĐNQ
dispatch in/b.pdf 1758/STTTT-TTBCXB "Thực hiện Công văn số 20/CV-BCĐNQ ngày 18 tháng 9 năm 2023."
dispatch in/c.pdf 0020/CV-BCĐNQ "Một bản khác."
run 0 "three documents are filed" "$luutru" --archive box ingest in
run 0 "get by id" "$luutru" --archive box get '#1'
check "... gives the bytes of a file" sh -c 'cmp -s "$0" in/a.pdf || cmp -s "$0" in/b.pdf || cmp -s "$0" in/c.pdf' "$OUT"
run 0 "get to a file" "$luutru" --archive box get id:1 -o one.pdf
check "... gives the same" sh -c 'cmp -s one.pdf in/a.pdf || cmp -s one.pdf in/b.pdf || cmp -s one.pdf in/c.pdf'
run 1 "get of a document that is not there" "$luutru" --archive box get 99
run 2 "get refuses a number" "$luutru" --archive box get 1758/STTTT-TTBCXB
sha=$("$luutru" --archive box export | "$PYTHON" -c 'import json,sys; print(json.loads(sys.stdin.readline())["sha256"])')
object=$(find box/objects -type f -name "$(echo "$sha" | cut -c3-)*")
chmod u+w "$object" && printf x >>"$object"
run 3 "get notices an original that has changed" "$luutru" --archive box get 1 -o bad.pdf
check "... and leaves no file of that" test ! -e bad.pdf

run 0 "show by number" "$luutru" --archive box show 1758/STTTT-TTBCXB
said "... tells a field, how sure, and the page" '^Number.* 1758/STTTT-TTBCXB +[0-9]+ % +1'
said "... and what it cites" '20/CV-BCĐNQ'
run 0 "show in JSON" "$luutru" --archive box show --json 1758/STTTT-TTBCXB
json "... has the evidence of the number" \
    'rows[0]["evidence"]["number"]["page"] == 1 and len(rows[0]["evidence"]["number"]["box"]) == 4'
id=$("$PYTHON" -c 'import json,sys; print(json.load(open(sys.argv[1]))["id"])' "$OUT")
run 0 "show by id" "$luutru" --archive box show "#$id"
run 0 "show by id without quotes" "$luutru" --archive box show "id:$id" --text
said "... gives the text" 'Thực hiện Công văn'
run 1 "several of one number" "$luutru" --archive box show 20/CV-BCĐNQ
said "... are listed by id" '#[0-9]+ +0020/CV-BCĐNQ'
said "... and counted" '2 documents have this number'
run 1 "several of one number in JSON" "$luutru" --archive box show --json 20/CV-BCĐNQ
json "... are a line each" 'len(rows) == 2 and all(r["code_notation"] == "CV-BCĐNQ" for r in rows)'
cited=$("$luutru" --archive box search --json '20/CV-BCĐNQ' | "$PYTHON" -c '
import json, sys
print([r["id"] for r in json.load(sys.stdin)["results"] if r["number"].startswith("20/")][0])')
run 0 "a cited document" "$luutru" --archive box show "id:$cited"
said "... names what cites it" 'Cited by'
run 1 "a number that no document has" "$luutru" --archive box show 999/XYZ
run 1 "an id that no document has" "$luutru" --archive box show '#999'
