#!/bin/sh
# What a document cites and what cites it, as trees; a replaced document says so in every list.
. "$(dirname "$0")/tap"
plan 45

mkdir in
dispatch in/c.pdf 9/STTTT-VP 'Thực hiện Quyết định số 7/QĐ-STTTT ngày 18 tháng 9 năm 2023 của Sở.'
dispatch in/b.pdf 7/QĐ-STTTT 'Quyết định này thay thế Quyết định số 5/QĐ-STTTT ngày 18 tháng 9|năm 2023.'
dispatch in/a.pdf 5/QĐ-STTTT 'Căn cứ Công văn số 9/STTTT-VP ngày 18 tháng 9 năm 2023.'
run 0 "three documents that cite in a circle" "$luutru" --archive box ingest in
id() { "$luutru" --archive box show --json "$1" | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])'; }
a=$(id 5/QĐ-STTTT)
b=$(id 7/QĐ-STTTT)
c=$(id 9/STTTT-VP)

run 0 "the tree" "$luutru" --archive box refs "id:$b"
said "... names what it replaces" "replaces: 5/QĐ-STTTT, .*#$a \[replaced\]"
said "... what rests on it" "carried out by: 9/STTTT-VP, .*#$c"
said "... goes on" "^     └─ based on: 9/STTTT-VP"
said "... and ends where it began" 'see above'
run 0 "one step" "$luutru" --archive box refs "#$b" --depth 1
check "... has no second" sh -c '! grep -q "based on" "$0"' "$OUT"
run 0 "in Vietnamese" env -u LC_ALL LANG=vi_VN.UTF-8 "$luutru" --archive box refs "$b"
said "... both directions have their names" "Thay thế: 5/QĐ-STTTT"
said "... also from the other end" "Được thực hiện bởi: 9/STTTT-VP"
run 0 "for programs" "$luutru" --archive box refs "id:$b" --json
json "... both trees" "rows[0]['document'] == $b and rows[0]['cites'][0]['document'] == $a and rows[0]['cited_by'][0]['document'] == $c"
json "... with relation, label and status" \
    '(lambda n: n["relation"] == "thay thế" and n["label"] == "replaces" and n["status"] == "replaced")(rows[0]["cites"][0])'
json "... and the end of the circle" "rows[0]['cites'][0]['cites'][0]['cites'][0]['elsewhere']"
run 2 "a depth that is none" "$luutru" --archive box refs "$b" --depth 0
run 2 "no document" "$luutru" --archive box refs
run 1 "a document that is not there" "$luutru" --archive box refs 99

run 0 "search" "$luutru" --archive box search 5/QĐ-STTTT
said "... says what replaced it" "replaced by 7/QĐ-STTTT \(#$b\)"
run 0 "a search that is kept" "$luutru" --archive box search --save 'sở' stttt
run 0 "... made again" "$luutru" --archive box search --saved 'sở'
said "... says it" "replaced by 7/QĐ-STTTT \(#$b\)"
run 0 "documents like one" "$luutru" --archive box more-like "id:$c"
said "... say it" "replaced by 7/QĐ-STTTT \(#$b\)"
run 0 "a search as a table for programs" "$luutru" --archive box search --csv so:5
said "... has it in its row" ',replaced,thay thế: 7/QĐ-STTTT,'
run 0 "a search for programs" "$luutru" --archive box search --json so:5
json "... has validity and successor" \
    "rows[0]['results'][0]['validity'] == 'replaced' and rows[0]['results'][0]['superseded_by'][0]['document'] == $b"
for register in muc-luc-van-ban so-van-ban-di; do
    run 0 "the register $register" "$luutru" --archive box register $register
    said "... has it among its remarks" '^(1,)?5/QĐ-STTTT,.*Được thay thế bởi 7/QĐ-STTTT'
done
run 0 "a dossier" "$luutru" --archive box dossier new 01 --title 'Hồ sơ'
"$luutru" --archive box dossier add 01 stttt >/dev/null
run 0 "... listed" "$luutru" --archive box dossier show 01
said "... says it" "replaced by 7/QĐ-STTTT \(#$b\)"
run 0 "show" "$luutru" --archive box show "id:$a"
said "... says it too" "replaced by 7/QĐ-STTTT \(#$b\)"
run 0 "export" "$luutru" --archive box export --format csv
said "... has it in its row" ',replaced,thay thế: 7/QĐ-STTTT,'
run 0 "show for programs" "$luutru" --archive box show --json "id:$a"
json "... validity and the successor" \
    "rows[0]['validity'] == 'replaced' and rows[0]['superseded_by'] == [{'document': $b, 'number': '7/QĐ-STTTT', 'date': '2023-09-18', 'relation': 'thay thế'}]"
run 0 "a day that is doubtful" "$PYTHON" -c 'import sqlite3, sys
db = sqlite3.connect("box/archive.db")
db.execute("INSERT INTO doubt VALUES (?, 99, NULL, ?)", (sys.argv[1], "report"))
db.execute("UPDATE document SET needs_review = 1 WHERE id = ?", (sys.argv[1],))
db.commit()' "$a"
run 0 "review" "$luutru" --archive box review 5/QĐ-STTTT
said "... says it where the document waits" "replaced by 7/QĐ-STTTT"
