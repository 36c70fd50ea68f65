#!/bin/sh
# Dossiers: made, filled by query or id, ordered, closed; corrections and removals keep them right.
. "$(dirname "$0")/tap"
plan 61

mkdir in
for n in 12 2 30; do
    dispatch "in/$n.pdf" "$n/STTTT-VP" "Nội dung số $n."
done
run 0 "three documents are filed" "$luutru" --archive box ingest in
id() { "$luutru" --archive box show --json "$1" | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["id"])'; }
a=$(id 2/STTTT-VP)
b=$(id 12/STTTT-VP)
c=$(id 30/STTTT-VP)

run 2 "a dossier needs a title" "$luutru" --archive box dossier new 01.TH
run 0 "one is begun" "$luutru" --archive box dossier new 01.TH --year 2023 --title 'Hồ sơ về tuyên truyền' \
    --retention '20 năm' --access 'Công khai' --creator Lan --by Minh
said "... its name is told" '01\.TH@2023 is id:1'
run 2 "the same code in the same year" "$luutru" --archive box dossier new 01.th --year 2023 --title x
run 0 "the same code in another" "$luutru" --archive box dossier new 01.TH --year 2024 --title 'Năm sau'
run 2 "the code alone fits both" "$luutru" --archive box dossier show 01.TH
said "... and the way out is told" '01.TH@2023.* id:3'
for name in id:1x id: 'id:-1' 01.TH@2023x 01.TH@-2023 01.TH@; do
    run 1 "'$name' is none" "$luutru" --archive box dossier remove "$name"
done
run 2 "a title longer than the decree allows" "$luutru" --archive box dossier new 9 \
    --title "$(printf '%0501d' 0)"
said "... is refused with both lengths" '501 signs.* 500'
run 2 "a day that is none" "$luutru" --archive box dossier new 9 --title x --start 31/2/2023
run 2 "an end before the beginning" "$luutru" --archive box dossier new 9 --title x --start 2023-05-01 --end 2023-04-01

run 0 "documents by query" "$luutru" --archive box dossier add 01.TH@2023 --issuer STTTT
said "... are counted" '3 documents put in'
run 0 "show" "$luutru" --archive box dossier show 01.TH@2023 --json
json "... by day and number, not as text" \
    '[i["number"] for i in rows[0]["items"]] == ["2/STTTT-VP", "12/STTTT-VP", "30/STTTT-VP"]'
json "... with what was said of it" \
    '(rows[0]["retention"] == "20 năm" and rows[0]["year"] == 2023 and rows[0]["pages"] == 3 and rows[0]["made_by"] == "Minh"
      and rows[0]["start_date"] == "2023-09-18")'
run 0 "documents by id, one of them a second time" "$luutru" --archive box dossier add id:2 "#$b" "id:$b"
said "... only once" '^1 document put in, 1 was in it already'
run 0 "documents by a filter alone" "$luutru" --archive box dossier add id:2 --number 12/STTTT-VP
said "... those that it finds" '1 was in it already'
run 1 "an id that a filter speaks against" "$luutru" --archive box dossier add id:2 "id:$c" --number 12/STTTT-VP
run 2 "a query with a day that does not exist" "$luutru" --archive box dossier add id:2 coquan:STTTT ngay:31/2/2023
said "... puts nothing in, which is said" "'ngay:31/2/2023' cannot be used.* other documents"
run 0 "a query with signs left over" "$luutru" --archive box dossier add id:2 12/STTTT-VP - OR
run 2 "neither documents nor a query" "$luutru" --archive box dossier add id:2
run 1 "a document that is not there" "$luutru" --archive box dossier add id:2 id:99
run 1 "a dossier that is not there" "$luutru" --archive box dossier add 77 "id:$a"
run 2 "no document named" "$luutru" --archive box dossier add id:2
run 0 "a document says where it is" "$luutru" --archive box show --json "id:$b"
json "... in both" '[(d["code"], d["year"], d["ordinal"]) for d in rows[0]["dossiers"]] == [("01.TH", 2023, 2), ("01.TH", 2024, 1)]'

run 0 "one is moved" "$luutru" --archive box dossier order id:1 "id:$c" 1
run 0 "show" "$luutru" --archive box dossier show id:1 --json
json "... to the place" "[i['id'] for i in rows[0]['items']] == [$c, $a, $b]"
run 0 "a correction" "$luutru" --archive box correct "id:$b" issued_date=2023-09-01 'subject==2+3 chủ đề'
run 0 "sorted by day" "$luutru" --archive box dossier order id:1
run 0 "show" "$luutru" --archive box dossier show id:1 --json
json "... the corrected day counts" \
    "[i['id'] for i in rows[0]['items']] == [$b, $a, $c] and rows[0]['start_date'] == '2023-09-01' and rows[0]['items'][0]['subject'] == '=2+3 chủ đề'"
run 2 "an order that is none" "$luutru" --archive box dossier order id:1 --by colour

run 0 "closed" "$luutru" --archive box dossier close id:1 --by Minh
run 2 "... it takes nothing more" "$luutru" --archive box dossier remove id:1 "id:$a"
said "... and says who closed it" 'closed by Minh'
run 0 "a document is removed from the archive" "$luutru" --archive box remove "id:$a" --reason 'trùng'
run 0 "show" "$luutru" --archive box dossier show id:1 --json
json "... it has left the closed dossier, and the rest moves up" \
    "[(i['ordinal'], i['id']) for i in rows[0]['items']] == [(1, $b), (2, $c)]"
run 0 "opened again" "$luutru" --archive box dossier close id:1 --reopen
run 0 "its title changed" "$luutru" --archive box dossier edit id:1 --title 'Hồ sơ khác' --retention ''
run 0 "documents taken out" "$luutru" --archive box dossier remove id:2 "id:$b"
run 0 "and the empty one taken away" "$luutru" --archive box dossier remove id:2
run 0 "the list" "$luutru" --archive box dossier list --json
json "... has the other" \
    'len(rows) == 1 and rows[0]["title"] == "Hồ sơ khác" and rows[0]["retention"] is None and rows[0]["closed_at"] is None'

"$luutru" --archive box correct "id:$c" secrecy=mật >/dev/null 2>&1
run 2 "one that is marked secret since then is not exported" "$luutru" --archive box dossier export id:1 out
check "... and nothing is left of the attempt" sh -c '! ls -d out* 2>/dev/null'
mkdir full && touch full/x
run 2 "nor over a folder that holds something" "$luutru" --archive box dossier export id:1 full/
said "... which is said before anything is copied" "'full' is there already"
