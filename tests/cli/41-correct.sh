#!/bin/sh
# A person puts fields right: all or none, with the old value, who and when, also while a run holds the archive.
. "$(dirname "$0")/tap"
plan 50

mkdir in
dispatch in/a.pdf 1758/STTTT-TTBCXB
dispatch in/b.pdf 20/CV-BCĐNQ "Một bản khác."
run 0 "two documents are filed" "$luutru" --archive box ingest in
id=$("$luutru" --archive box search --json 1758 | "$PYTHON" -c 'import json,sys; print(json.load(sys.stdin)["results"][0]["id"])')

run 0 "number and date" "$luutru" --archive box correct "id:$id" --by 'Lê Thị Lan' 'number= 42 / SNV-TCBC' issued_date=19/9/2023
said "... old and new are told" "^Number: '1758/STTTT-TTBCXB' → '42/SNV-TCBC'"
said "... and the revision" 'is at revision 2'
run 0 "show" "$luutru" --archive box show "#$id"
said "... tells who, and what it was" "Lê Thị Lan +Date: '2023-09-18' → '2023-09-19'"
run 0 "show for programs" "$luutru" --archive box show --json "#$id"
json "... has the new values, sure" \
    '(rows[0]["number"] == "42/SNV-TCBC" and rows[0]["code_number"] == "42" and rows[0]["code_notation"] == "SNV-TCBC"
     and rows[0]["issued_date"] == "2023-09-19" and rows[0]["confidence"]["number"] == 1
     and rows[0]["evidence"]["number"]["rule"] == "corrected")'
json "... and the corrections" \
    '(rows[0]["corrections"][0]["field"] == "number" and rows[0]["corrections"][0]["old"] == "1758/STTTT-TTBCXB"
     and rows[0]["corrections"][0]["new"] == "42/SNV-TCBC" and rows[0]["corrections"][0]["by"] == "Lê Thị Lan"
     and rows[0]["corrections"][0]["at"].endswith("Z") and len(rows[0]["corrections"]) == 4)'
run 0 "it is found by the new number" "$luutru" --archive box show 42/snv-tcbc
run 1 "and not by the old one" "$luutru" --archive box show 1758/STTTT-TTBCXB
run 0 "it is found on its new day" "$luutru" --archive box search --from 2023-09-19 --to 2023-09-19

run 2 "a day that the calendar lacks" "$luutru" --archive box correct "$id" subject=khác issued_date=31/2/2023
said "... is refused, with what is wanted" '2023-09-18 or 18/09/2023'
run 2 "a number that is none" "$luutru" --archive box correct "$id" number=STTTT
run 2 "a field that is none" "$luutru" --archive box correct "$id" nonsense=1
run 2 "a word without a value" "$luutru" --archive box correct "$id" number
run 2 "a part of the number alone" "$luutru" --archive box correct "$id" code_number=7
run 2 "no document" "$luutru" --archive box correct
run 1 "a document that is not there" "$luutru" --archive box correct 99 number=1/A
run 75 "a revision that has passed" "$luutru" --archive box correct "$id" --if-revision 1 subject=khác
said "... is told with the present one" 'revision 2, not 1'
run 0 "the present revision" "$luutru" --archive box correct "$id" --if-revision 2 subject=khác --json
json "... counts on" 'rows[0]["revision"] == 3 and rows[0]["subject"] == "khác"'

run 0 "a value that is right" "$luutru" --archive box correct "$id" --accept issuer type=
run 0 "show then" "$luutru" --archive box show --json "id:$id"
json "... keeps it, and empties the other" \
    'rows[0]["issuer"] == "Sở Thông tin và Truyền thông" and rows[0]["confidence"]["issuer"] == 1 and rows[0]["type"] is None'

run 0 "an issuer's name" "$luutru" --archive box correct "$id" 'issuer=Sở Nội vụ' 'parent_issuer=UBND tỉnh Cao Bằng' --json
json "... is another agency of the authority file" 'rows[0]["issuer_id"] == "vn.cao-bang.so-noi-vu"'
run 0 "one that the file does not know" "$luutru" --archive box correct "$id" 'issuer=Hội Người yêu sách' --json
json "... has no id" 'rows[0]["issuer_id"] is None'

run 0 "lists" "$luutru" --archive box correct "$id" 'recipients=Như trên; Lưu: VT' \
    'references=20/CV-BCĐNQ, thực hiện; 7/TB-VP, 5/9/2023' --json
json "... are put right as a whole" \
    '(rows[0]["recipients"] == ["Như trên", "Lưu: VT"]
     and [(r["number"], r["date"], r["relation"]) for r in rows[0]["references"]]
     == [("20/CV-BCĐNQ", None, "thực hiện"), ("7/TB-VP", "2023-09-05", None)])'
json "... and linked" 'rows[0]["references"][0]["document"] is not None and rows[0]["references"][1]["document"] is None'
run 0 "reading again" "$luutru" --archive box reread
run 0 "the document then" "$luutru" --archive box show --json "id:$id"
json "... has them still" 'len(rows[0]["recipients"]) == 2 and len(rows[0]["references"]) == 2'
run 0 "show" "$luutru" --archive box show "id:$id"
said "... tells what they were" "Cites: .*→ '20/CV-BCĐNQ, thực hiện; 7/TB-VP, 2023-09-05'"
run 2 "a relation that is none" "$luutru" --archive box correct "$id" 'references=7/TB-VP, xem thêm'
said "... is refused" "'xem thêm' is neither a day nor a relation"
run 2 "a number that is none" "$luutru" --archive box correct "$id" 'references=bảy'
run 0 "an empty list" "$luutru" --archive box correct "$id" references= --json
json "... is none" 'rows[0]["references"] == []'

mkfifo held
"$PYTHON" - box/lock held <<'PYTHON' &
import fcntl, signal, struct, sys
lock = open(sys.argv[1], "r+")
fcntl.fcntl(lock, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))  # F_OFD_SETLK
open(sys.argv[2], "w").close()
signal.pause()
PYTHON
holder=$!
await held
run 75 "while a run holds the archive, another cannot begin" "$luutru" --archive box ingest in
run 0 "and corrections go through" "$luutru" --archive box correct "$id" place='Cao Bằng'
kill "$holder"

run 0 "a mark of secrecy" "$luutru" --archive box correct "$id" secrecy=mật
said "... comes with what to do" 'luutru remove'
check "the index has lost the old number and has the new one" "$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
def found(term):
    return db.execute("SELECT count(*) FROM search WHERE search MATCH ?", (f'"{term}"',)).fetchone()[0]
db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
sys.exit(0 if found("_k42snvtcbc") == 1 and found("_k1758sttttttbcxb") == 0 else 1)
PYTHON
check "plain sqlite3 tells the history" "$PYTHON" - box/archive.db <<'PYTHON'
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT old_value, new_value, who FROM correction WHERE field = 'number'").fetchall()
sys.exit(0 if rows == [("1758/STTTT-TTBCXB", "42/SNV-TCBC", "Lê Thị Lan")] else 1)
PYTHON
